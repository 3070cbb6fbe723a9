// Single keys for who does not use a mouse. They can be switched off, for those whose
// voice or switch types letters by accident; everything has a button too.

import { make } from "desk/page";
import * as blocks from "review/blocks";
import { cards, goTo } from "review/cards";
import { toNext } from "review/checks";
import { commentByKey } from "review/selecting";
import { open } from "review/signing";

const OFF = "review-keys-off";
const LIST = [
  ["j, k", "The next comment or finding, the one before"],
  ["t", "The text; there the arrow keys go by words, with Shift they select"],
  ["t again", "The next heading, paragraph or list item of the text; with Shift the one before"],
  ["c", "Comment on the selected words"],
  ["g", "Suggest other words for them"],
  ["b", "A blocking comment on them"],
  ["1 to 9", "That line of the checklist; then the arrow keys choose"],
  ["n", "The next claim that is not answered; then Space or the arrow keys choose"],
  ["v", "The vote"],
  ["s", "Sign and submit: the second look"],
  ["?", "This list"],
];
const dialog = make("dialog", { className: "keys" });

const isOff = () => localStorage.getItem(OFF) === "1";

function stops() {
  return [...cards(), ...document.querySelectorAll("[id^=finding-].note")];
}

function step(by) {
  const all = stops();
  const here = all.findIndex((stop) => stop.contains(document.activeElement));
  const next = all[Math.max(0, Math.min(all.length - 1, here + by))];
  if (!next) return;
  if (next.id.startsWith("finding-")) {
    next.tabIndex = -1;
    next.closest("details")?.setAttribute("open", "");
    next.focus();
    next.scrollIntoView({ block: "center" });
  } else goTo(next);
}

function line(number) {
  const found = document.querySelectorAll("[data-line]")[number - 1];
  (found?.querySelector(":checked") ?? found?.querySelector("input"))?.focus();
}

const DEEDS = {
  j: () => step(1),
  k: () => step(-1),
  t: () => blocks.go(1),
  T: () => blocks.go(-1),
  c: () => commentByKey("question"),
  g: () => commentByKey("suggestion"),
  b: () => commentByKey("blocking"),
  n: toNext,
  v: () => (document.querySelector("[name=vote]:checked") ?? document.querySelector("[name=vote]")).focus(),
  s: open,
  "?": () => dialog.showModal(),
};

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || isOff()) return;
  if (event.target.closest("textarea, select, dialog, input:not([type=radio])")) return;
  const deed = /^[1-9]$/.test(event.key) ? () => line(Number(event.key)) : DEEDS[event.key];
  if (!deed) return;
  event.preventDefault();
  deed();
}

export function start() {
  const list = make("dl", { className: "facts" }, ...LIST.flatMap(([key, said]) => [make("dt", {}, make("kbd", { textContent: key })), make("dd", { textContent: said })]));
  const box = make("input", { type: "checkbox", checked: !isOff() });
  box.addEventListener("change", () => localStorage.setItem(OFF, box.checked ? "" : "1"));
  const shut = make("button", { type: "button", textContent: "Close" });
  shut.addEventListener("click", () => dialog.close());
  const title = make("h2", { id: "keys", textContent: "Keys" });
  dialog.setAttribute("aria-labelledby", "keys");
  dialog.append(title, list, make("p", {}, make("label", { className: "choice" }, box, " Single keys are on")), shut);
  const help = make("button", { type: "button", className: "quiet help", textContent: "Keys" });
  help.addEventListener("click", () => dialog.showModal());
  document.querySelector(".bar [data-save-plainly]").before(help);
  document.querySelector("main").append(dialog);
  document.addEventListener("keydown", pressed);
}
