// The claims of a text, each answered by one tap or key. What is not simply supported
// unfolds the fields that say where, and why; an answer can be taken back.

import { form, hear, make, tell } from "desk/page";
import { leadTo } from "review/leading";

export const checks = () => [...form.querySelectorAll("[data-check]")];
export const isChecked = (check) => ![undefined, "", "not_accessible"].includes(check.querySelector(":checked")?.value);
export const isAnswered = (check) => Boolean(check.querySelector(":checked"));

const all = form?.querySelector("[data-all-before]");
const link = form?.querySelector("[data-next-claim]");
const verdict = (check) => check.querySelector("[type=radio]").name;
const words = (check) => [...check.querySelectorAll("details [name]")];

let last = null; // the claim where somebody was

/** Go to the next claim without an answer, and after the end to the first. */
export function toNext() {
  const all = checks();
  const after = all.indexOf(last) + 1;
  const next = [...all.slice(after), ...all.slice(0, after)].find((check) => !isAnswered(check));
  if (next) leadTo(next, "nearest");
}

function chosen({ target }) {
  const check = target.closest("[data-check]");
  if (!check || target.type !== "radio") return;
  check.querySelector("details").open = target.value !== "supports" || words(check).some(({ value }) => value);
}

/** Nothing said of a claim is sent as nothing: who took an answer back has said so. */
function unsaid({ formData }) {
  for (const check of checks()) if (!isAnswered(check)) formData.set(verdict(check), "");
}

function takeBack(check) {
  clear(check);
  leadTo(check, "nearest");
  tell("changed", verdict(check));
  document.dispatchEvent(new CustomEvent("review-changed"));
}

function clear(check) {
  for (const answer of check.querySelectorAll(":checked")) answer.checked = false;
}

const before = (check) => check.querySelector("[data-before]");

/** Whether a claim is answered as in the review before, word for word. */
export function isRepeated(check) {
  if (!before(check)) return false;
  const { verdict: was, locator, note } = before(check).dataset;
  const [where, why] = words(check).map(({ value }) => value.trim());
  return check.querySelector(":checked")?.value === was && where === locator && why === note;
}

function repeat(check) {
  const { verdict: was, locator, note } = before(check).dataset;
  check.querySelector(`[type=radio][value="${was}"]`).checked = true;
  const [where, why] = words(check);
  where.value ||= locator; // what is typed already stays
  why.value ||= note;
  check.querySelector("details").open = was !== "supports" || Boolean(locator || note);
}

function repeated(some) {
  for (const check of some) repeat(check);
  tell("changed", verdict(some[0]));
  document.dispatchEvent(new CustomEvent("review-changed"));
  some[0].querySelector(":checked").focus();
}

/** Whether every claim of the text stands on this page. */
const isWhole = () => checks().length === Number(all.closest("[data-claims]").dataset.claims);

const toRepeat = () => checks().filter((check) => before(check) && !isAnswered(check));

/** One press answers a claim as before, another all that are left; those of other pages the server answers. */
function offerBefore() {
  for (const check of checks()) {
    before(check)?.querySelector("button").addEventListener("click", (event) => {
      event.preventDefault();
      repeated([check]);
    });
  }
  all?.querySelector("button").addEventListener("click", (event) => {
    if (!isWhole()) return;
    event.preventDefault();
    repeated(toRepeat());
  });
}

/** Another text of the review may know a claim as not answered. */
function replacing(texts) {
  for (const check of checks()) if (texts[verdict(check)] === "") clear(check);
}

export function draw() {
  for (const check of checks()) {
    const [locator] = words(check);
    check.querySelector("[data-told]").textContent = locator.value.trim() || "More";
    if (before(check)) {
      before(check).querySelector("button").hidden = isRepeated(check);
      before(check).querySelector("span").hidden = !isRepeated(check);
    }
  }
  if (link) link.hidden = checks().every(isAnswered);
  if (!all || !isWhole()) return;
  all.hidden = !toRepeat().length;
  all.querySelector("[data-to-repeat]").textContent = toRepeat().length;
}

export function start() {
  for (const check of checks()) {
    const back = make("button", { type: "button", className: "linklike", textContent: "Not checked after all" });
    back.addEventListener("click", () => takeBack(check));
    check.querySelector("[data-none]").replaceWith(back);
  }
  offerBefore();
  form.addEventListener("focusin", ({ target }) => { last = target.closest("[data-check]") ?? last; });
  form.addEventListener("input", chosen);
  form.addEventListener("formdata", unsaid);
  hear("replacing", replacing);
  link?.addEventListener("click", (event) => {
    event.preventDefault();
    toNext();
  });
}
