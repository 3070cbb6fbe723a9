// A card that is written keeps its passage in sight. Where it does not fit beside it, it
// stands over the page as a sheet, and the text under it stays where it is.

import { make } from "desk/page";

const NARROW = matchMedia("(max-width: 1180px)");
const EDGE = 24;

let raised = null;
let below = null; // the text to go back to

const barsBottom = () => document.querySelector(".bar").getBoundingClientRect().bottom;

/** Whether cards stand beside the text at all. */
export const isNarrow = () => NARROW.matches;

/** Write in a field of a card; `range` is the passage, if there is one. */
export function write(card, input, range) {
  lower();
  below = range?.startContainer.parentElement.closest("[tabindex='0']") ?? null;
  input.focus({ preventScroll: true });
  if (range && (isNarrow() || !fits(input, range))) raise(card, input);
  else input.scrollIntoView({ block: "nearest", behavior: "instant" });
  if (range) uncover(range);
}

/** Whether passage and field can be seen at the same time. */
function fits(input, range) {
  const seen = innerHeight - barsBottom() - 2 * EDGE;
  return input.getBoundingClientRect().bottom - range.getBoundingClientRect().top < seen;
}

function raise(card, input) {
  raised = card;
  card.style.marginTop = "";
  card.classList.add("raised");
  const field = input.closest(".field");
  card.scrollTop = field.offsetTop + field.offsetHeight + EDGE - card.clientHeight;
}

/** Scroll the text no further than it must be for the passage to be seen. */
function uncover(range) {
  const { top, bottom } = range.getBoundingClientRect();
  const lowest = raised && isBelow() ? raised.getBoundingClientRect().top : innerHeight;
  const highest = barsBottom() + EDGE;
  if (top < highest || bottom > lowest - EDGE) scrollBy({ top: top - highest, behavior: "instant" });
}

/** On a phone the sheet takes the lower part of the screen. */
const isBelow = () => matchMedia("(max-width: 900px)").matches;

/** Put the sheet back among the cards. */
export function lower() {
  if (!raised) return;
  const card = raised;
  raised = null;
  card.classList.remove("raised");
  card.open = false;
}

function done() {
  lower();
  below?.focus({ preventScroll: true });
}

/** The way from the sheet back to the text. */
export function wayBack() {
  const button = make("button", { type: "button", className: "done", textContent: "Done" });
  button.addEventListener("click", done);
  return button;
}

export function start() {
  document.addEventListener("focusin", ({ target }) => raised && !raised.contains(target) && lower());
  document.addEventListener("keydown", (event) => event.key === "Escape" && raised?.contains(event.target) && done());
}
