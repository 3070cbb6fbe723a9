// Answers to reviewers that were typed and not yet sent, kept in this browser: sending
// one of them draws the page anew, and the others stand there again.

import * as copies from "desk/copies";
import { differ, offer } from "desk/offering";
import { make } from "desk/page";

const OURS = new Set(["csrfmiddlewaretoken", "back"]);
const section = document.querySelector("[data-answers]");

function nameOf(form) {
  return copies.named(section.dataset.user, form.getAttribute("action"));
}

function typed(form) {
  return Object.fromEntries([...new FormData(form)].filter(([name]) => !OURS.has(name)));
}

function keep(form, sent = false) {
  copies.keep(nameOf(form), typed(form), sent);
}

/** The page that tells of a saving opens at the form that was sent. */
function hasArrived(form, { sent }) {
  const isHere = location.hash === `#${form.closest("[id]").id}`;
  return sent && isHere && document.querySelector(".messages .success") !== null;
}

/** Put typed words where they were; a newer answer is not covered by them. */
function restore(form) {
  const found = copies.kept(nameOf(form));
  const drop = () => copies.forget(nameOf(form));
  if (!found || hasArrived(form, found) || !differ(found.fields, typed(form))) return drop();
  const take = () => fill(form, found.fields);
  if (found.fields.seen === typed(form).seen) return take();
  return form.prepend(offer(found, { take, drop }));
}

function fill(form, { seen, ...fields }) {
  for (const [name, value] of Object.entries(fields)) {
    const field = form.elements.namedItem(name);
    if (field) field.value = value;
  }
  keep(form);
  form.prepend(make("p", { className: "soft", textContent: "Typed here and not saved yet." }));
}

for (const form of section?.querySelectorAll("form") ?? []) {
  restore(form);
  form.addEventListener("input", () => keep(form));
  form.addEventListener("submit", () => keep(form, true));
}
