// Words typed into a form of the desk and not yet sent, kept in this browser: another form
// of the page can be sent, or the page left, and they stand there again.

import * as copies from "desk/copies";
import { differ, offer } from "desk/offering";
import { act, make } from "desk/page";

const NEVER = new Set(["password", "hidden", "file", "submit", "button"]);
const REFUSED = new Set([409, 422]);
const LATER = "It could not be saved; try again in a moment.";
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

/** The forms that say something which the server does not have. */
const waiting = () => forms.filter((form) => differ(said(form), said(form, drawn)));

/** Send a form where it stands; gives why it was refused, if it was. */
async function send(form) {
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (answer.redirected && new URL(answer.url).pathname === location.pathname) return took(form, page);
  if (answer.ok) return ""; // a page to sign in on: what is kept here stands here again
  const said = REFUSED.has(answer.status) ? [...page.querySelectorAll(".errors li, main > .notice")] : [];
  return said.map(({ textContent }) => textContent.trim()).join(" ") || LATER;
}

/** What the form says is now what it was drawn with. */
function took(form, page) {
  for (const field of fields(form)) {
    if (field.name === "seen") field.value = page.getElementById(field.id)?.value ?? field.value;
    if (field.type === "checkbox" || field.type === "radio") field.defaultChecked = field.checked;
    else if ("defaultValue" in field) field.defaultValue = field.value;
  }
  form.querySelector(`.${WAITS}`)?.remove();
  copies.forget(nameOf(form));
  return "";
}

function refuse(form, why) {
  form.querySelector(":scope > .error")?.remove();
  form.prepend(make("p", { className: "error", textContent: `Not saved: ${why}` }));
  fields(form).find(({ type }) => type !== "hidden").focus();
  form.closest("[id]").scrollIntoView({ block: "nearest" });
}

let isSending = false;

/** Whoever goes on from the draft takes along what is typed beside it. */
async function together(event) {
  const { target, submitter } = event;
  if (!target.matches("[data-draft]") || submitter?.name !== "look" || !waiting().length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (isSending) return;
  isSending = true;
  const refused = [];
  for (const form of waiting()) {
    const why = await send(form).catch(() => LATER);
    if (why) refused.push([form, why]);
  }
  isSending = false;
  for (const [form, why] of refused.reverse()) refuse(form, why);
  if (!refused.length) leave(target, submitter);
}

/** Go on, whatever could not be sent. */
function leave(form, submitter) {
  document.removeEventListener("submit", together, true);
  form.requestSubmit(submitter);
}

for (const user of new Set(sections.map((section) => section.dataset.user))) {
  copies.settle(user, document.querySelector(".messages .success") !== null);
}
for (const form of forms) {
  restore(form);
  form.addEventListener("input", () => keep(form));
}
// After all others: a form that one of them held back is not sent.
window.addEventListener("submit", ({ target, defaultPrevented }) => {
  if (forms.includes(target) && !defaultPrevented) keep(target, true);
});
document.addEventListener("submit", together, true);
