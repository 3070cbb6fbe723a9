// How far the review is: lines answered, claims checked; and what each line still needs.

import { form, hear, make } from "desk/page";
import * as claimed from "review/checks";
import { nameless, nameLine } from "review/cards";
import { commentOn } from "review/selecting";

const MOST_KNOWN = 8;

const rows = () => [...form.querySelectorAll("[data-row]")].filter((row) => !row.hidden);
const value = (name) => form.elements.namedItem(name)?.value ?? "";
const lines = () => [...form.querySelectorAll("[data-line]")];

/** Claims checked and all there are; those of other pages are counted by the server. */
function claims() {
  const section = form.querySelector("[data-claims]")?.dataset ?? { claims: 0, checkedElsewhere: 0 };
  const here = claimed.checks().filter(claimed.isChecked).length;
  return [here + Number(section.checkedElsewhere), Number(section.claims)];
}

/** How many are checked of how many the tier asks for; empty where there is none. */
function checked() {
  const section = form.querySelector("[data-claims]");
  if (!section) return "";
  const { asked } = section.querySelector("[data-asked]").dataset;
  const { beforeNumber, repeatedElsewhere } = section.dataset;
  const again = claimed.checks().filter((check) => claimed.isChecked(check) && claimed.isRepeated(check)).length + Number(repeatedElsewhere);
  const said = `${claims().join(" of ")} checked${again ? `, ${again} as in your review of version ${beforeNumber}` : ""}`;
  return asked ? `${said}; ${asked}` : said;
}

/** What stands in the form, counted. */
export function counts() {
  const kinds = rows().map((row) => row.querySelector("[name$=-kind]").value);
  const of = (kind) => kinds.filter((found) => found === kind).length;
  return {
    checklist: [lines().filter((line) => value(line.dataset.line)).length, lines().length],
    citations: claims(),
    checked: checked(),
    comments: kinds.length,
    blocking: of("blocking"),
    vote: form.querySelector("[name=vote]:checked")?.closest("label").textContent.trim() ?? "not chosen yet",
  };
}

function draw() {
  const now = counts();
  for (const name of ["checklist", "citations"]) {
    const place = form.querySelector(`[data-counted=${name}]`);
    if (place) place.textContent = `, ${now[name][0]} of ${now[name][1]}`;
  }
  const asked = form.querySelector("[data-asked]");
  if (asked) asked.textContent = `${now.checked}.`;
  for (const line of lines()) offer(line);
  claimed.draw();
}

/** A line that fails needs a passage; the ways to one stand in the line. */
function offer(line) {
  const code = line.dataset.line.replace("check_", "");
  const fails = value(line.dataset.line) === "no";
  const named = rows().some((row) => row.querySelector("[name$=-criterion]").value === code && row.querySelector("[name$=-passage]").value.trim());
  const found = line.querySelector(".shows");
  if (!fails || named) return found?.remove();
  return offerKnown(found ?? asking(line, code), line, code);
}

function asking(line, code) {
  const button = make("button", { type: "button", className: "linklike", textContent: "Comment on where it fails" });
  const said = make("span", { className: "soft", textContent: " It needs a passage." });
  button.addEventListener("click", () => {
    if (!commentOn(code)) said.textContent = " Select the words in the text and choose a kind; the comment will name this line.";
  });
  line.append(make("p", { className: "shows" }, make("span", { className: "known" }), button, said));
  return line.lastElementChild;
}

/** What was said already may be what fails here: one press says so. */
function offerKnown(place, line, code) {
  const known = nameless().slice(0, MOST_KNOWN);
  const told = known.map(({ number, passage }) => `It is comment ${number} “${short(passage)}”`);
  const list = place.querySelector(".known");
  if (list.textContent === told.join("")) return;
  list.replaceChildren(...known.map(({ row }, at) => {
    const button = make("button", { type: "button", className: "linklike", textContent: told[at] });
    button.addEventListener("click", () => {
      nameLine(row, code);
      line.querySelector(":checked").focus();
    });
    return button;
  }));
}

const short = (passage) => (passage.length > 40 ? `${passage.slice(0, 40)}…` : passage);

/** What each line asks is told to whoever wants it told; the page is short without. */
function explain() {
  const list = form.querySelector("[data-lines]");
  const button = make("button", { type: "button", className: "linklike", textContent: "What each line asks" });
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => button.setAttribute("aria-pressed", String(list.classList.toggle("told"))));
  list.after(button);
}

export function start() {
  for (const plain of form.querySelectorAll("[data-lines] .shows")) plain.remove(); // ours change as one writes
  explain();
  claimed.start();
  form.addEventListener("input", draw);
  hear("replaced", draw);
  document.addEventListener("review-changed", draw);
  draw();
}
