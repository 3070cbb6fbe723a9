// Words selected by mouse, finger or keys become the passage of a new comment.

import { make } from "desk/page";
import { parts, placeOf } from "review/anchors";
import { add } from "review/cards";
import * as reading from "review/reading";
import { lower } from "review/sheet";

const KINDS = { question: "Question", suggestion: "Suggestion", blocking: "Blocking" };
const bar = make("div", { className: "pick", hidden: true });
const told = make("p", { className: "vh" });
const asking = make("p", { className: "asking", hidden: true });
const FIRST = "Select words first: with the mouse, or press T and then Shift with the arrow keys.";

let place = null; // what is selected, also while a button has the focus
let line = ""; // the line of the checklist that the next comment names
let waiting = 0;

/** Comment on what is selected; with nothing selected, on the whole. */
export function comment(kind = "question") {
  const made = add(kind, place, line);
  line = "";
  hide();
  getSelection().removeAllRanges();
  place = null;
  return made;
}

/** A key is about selected words; without any it says so and opens nothing. */
export function commentByKey(kind) {
  look(); // the browser tells of a new selection a little later
  if (place) return comment(kind);
  told.textContent = FIRST;
  asking.textContent = FIRST;
  asking.hidden = false;
  return null;
}

/** The next comment is about a line of the checklist; at once, if words are selected. */
export function commentOn(criterion) {
  line = criterion;
  if (place) return comment("blocking");
  reading.goBack();
  told.textContent = "Select the words where it fails.";
  return null;
}

function hide() {
  bar.hidden = true;
  asking.hidden = true;
}

function look() {
  const selection = getSelection();
  const within = selection.rangeCount && !selection.isCollapsed && selection.getRangeAt(0);
  const found = within && placeOf(within);
  if (!found) {
    if (!bar.contains(document.activeElement) && !document.activeElement.matches("[data-add]")) {
      place = null;
      hide();
    }
    return;
  }
  place = found;
  if (bar.hidden) told.textContent = "Press C to comment on the selected words.";
  asking.hidden = true;
  lower(); // it would stand over the toolbar
  bar.hidden = false;
  const box = within.getBoundingClientRect();
  bar.style.top = `${scrollY + box.top - bar.offsetHeight - 8}px`;
  bar.style.left = `${Math.max(8, Math.min(scrollX + box.left, innerWidth - bar.offsetWidth - 8))}px`;
}

const STEPS = {
  ArrowRight: ["forward", "word"],
  ArrowLeft: ["backward", "word"],
  ArrowDown: ["forward", "line"],
  ArrowUp: ["backward", "line"],
};

/** In the text: the arrows go from word to word, and with Shift select. */
function byKey(event) {
  const step = STEPS[event.key];
  const root = event.currentTarget;
  if (!step || event.target !== root || event.ctrlKey || event.metaKey || event.altKey) return;
  if (!event.shiftKey && step[1] === "line") return; // the page scrolls
  event.preventDefault();
  const selection = getSelection();
  if (!selection.rangeCount || !root.contains(selection.anchorNode)) selection.collapse(first(root), 0);
  if (!event.shiftKey) {
    if (step[0] === "forward") selection.collapseToEnd();
    else {
      selection.collapseToStart();
      selection.modify("move", ...step);
    }
    const { focusNode, focusOffset } = selection;
    selection.modify("extend", "forward", "word");
    if (!root.contains(selection.focusNode)) selection.collapse(focusNode, focusOffset);
  } else selection.modify("extend", ...step);
  const seen = selection.focusNode?.parentElement?.getBoundingClientRect();
  if (seen && (seen.bottom < 60 || seen.top > innerHeight - 60)) selection.focusNode.parentElement.scrollIntoView({ block: "center" });
}

function first(root) {
  return document.createTreeWalker(root, NodeFilter.SHOW_TEXT).nextNode() ?? root;
}

function button(kind, label) {
  const made = make("button", { type: "button", className: "quiet", textContent: label });
  made.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the selection
  made.addEventListener("click", () => comment(kind));
  return made;
}

export function start() {
  reading.start();
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Comment on the selected words");
  bar.append(...Object.entries(KINDS).map(([kind, label]) => button(kind, label)));
  told.setAttribute("role", "status");
  document.querySelector(".reading").append(bar, told, asking);
  document.addEventListener("focusin", () => { asking.hidden = true; });
  const adding = make("button", { type: "button", className: "quiet", textContent: "Add a comment" });
  adding.dataset.add = "";
  adding.addEventListener("mousedown", (event) => event.preventDefault());
  adding.addEventListener("click", () => comment());
  document.querySelector("[data-blank]").after(make("p", { className: "buttons" }, adding));
  for (const { name, root } of parts.values()) {
    root.tabIndex = 0;
    if (!root.hasAttribute("role")) root.setAttribute("role", "group");
    root.setAttribute("aria-label", `${name === "key_answer" ? "Key answer" : "Text"}: arrow keys go by words, with Shift they select`);
    root.addEventListener("keydown", byKey);
  }
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 80);
  });
}
