// Words typed into a form of the desk and not yet sent, kept in this browser: another form
// of the page can be sent, or the page left, and they stand there again.

import * as copies from "desk/copies";
import { differ, offer } from "desk/offering";
import { act, make } from "desk/page";

const NEVER = new Set(["password", "hidden", "file", "submit", "button"]);
const WAITS = "unsent"; // marks what this script put into a form

const sections = [...document.querySelectorAll("[data-unsent]")];
const forms = [...document.querySelectorAll("form[data-unsent], [data-unsent] form")].filter((form) => form.querySelector("textarea"));

/** The same form on another page has the same name; forms of one page have their own. */
function nameOf(form) {
  const { user, unsent } = form.closest("[data-unsent]").dataset;
  return copies.ofForm(user, `${unsent} ${form.querySelector("textarea").id}`);
}

function fields(form) {
  return [...form.elements].filter(({ name, type }) => name && (name === "seen" || !NEVER.has(type)));
}

const box = ({ name, value }) => `${name}=${value}`;

const now = { text: (field) => field.value, tick: (field) => field.checked };
const drawn = { text: (field) => field.defaultValue ?? chosen(field), tick: (field) => field.defaultChecked };

function chosen({ options }) {
  return ([...options].find((option) => option.defaultSelected) ?? options[0])?.value;
}

/** What is chosen and written in a form `now`, or was as it was `drawn`; of each box, whether it is ticked. */
function said(form, { text, tick } = now) {
  const found = {};
  for (const field of fields(form)) {
    if (field.type === "checkbox") found[box(field)] = tick(field) ? "yes" : "";
    else if (field.type !== "radio") found[field.name] = text(field);
    else if (tick(field)) found[field.name] = field.value;
  }
  return found;
}

function keep(form, sent = false) {
  copies.keep(nameOf(form), said(form), sent);
}

/** Put typed words where they were, unless the server has newer ones. */
function restore(form) {
  if (form.matches("[data-unsaved]")) return keep(form); // it came back, and nothing is newer
  const found = copies.kept(nameOf(form));
  const drop = () => copies.forget(nameOf(form));
  if (!found || !differ(found.fields, said(form, drawn))) return drop();
  unfold(form);
  const take = () => fill(form, found.fields);
  if (found.fields.seen === said(form, drawn).seen) return take();
  return form.prepend(offer(found, { take, drop }));
}

function unfold(form) {
  for (let fold = form.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
}

function fill(form, words) {
  for (const field of fields(form)) {
    if (field.name === "seen") continue;
    if (field.type === "checkbox") field.checked = words[box(field)] === "yes";
    else if (field.type === "radio") field.checked = words[field.name] === field.value;
    else if (field.name in words) field.value = words[field.name];
  }
  keep(form);
  const drop = act("Throw it away", () => empty(form));
  form.prepend(make("p", { className: `soft ${WAITS}` }, "Typed here and not saved yet. ", drop));
}

function empty(form) {
  form.reset();
  form.querySelector(`.${WAITS}`).remove();
  copies.forget(nameOf(form));
}

for (const user of new Set(sections.map((section) => section.dataset.user))) {
  copies.settle(user, document.querySelector(".messages .success") !== null);
}
for (const form of forms) {
  restore(form);
  form.addEventListener("input", () => keep(form));
  form.addEventListener("submit", () => keep(form, true));
}
