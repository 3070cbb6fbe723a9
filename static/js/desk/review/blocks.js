// From one heading, paragraph or list item of the text to the next, for who selects by keys.

import { parts } from "review/anchors";

const KINDS = "h2, h3, h4, p, li, tr";

let last = null; // where one was, for the way back from a comment

const isRead = (block) => block.getClientRects().length > 0 && !block.matches(".label") && firstWords(block);

/** The blocks that are shown, in the order of reading; of nested ones the innermost. */
function blocks() {
  const all = [...parts.values()].flatMap(({ root }) => (root.matches(KINDS) ? [root] : [...root.querySelectorAll(KINDS)]));
  return all.filter((block) => !block.querySelector(KINDS) && isRead(block));
}

function firstWords(block) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (walker.currentNode.data.trim()) return walker.currentNode;
  return null;
}

/** To the text; from there to the next block (1) or the one before (-1). */
export function go(by) {
  const all = blocks();
  const isThere = [...parts.values()].some(({ root }) => root === document.activeElement);
  const at = all.findIndex((block) => block.contains(getSelection().focusNode));
  const here = isThere && at >= 0 ? at : all.indexOf(last);
  const step = isThere && here >= 0 ? by : 0;
  const block = all[Math.max(0, Math.min(all.length - 1, Math.max(0, here) + step))];
  if (block) enter(block);
}

/** Its first word is selected: what is selected by keys begins there. */
function enter(block) {
  last = block;
  // A table within the part takes the focus as well, so that it can be scrolled.
  [...parts.values()].find(({ root }) => root.contains(block)).root.focus({ preventScroll: true });
  const selection = getSelection();
  selection.collapse(firstWords(block), 0);
  selection.modify("extend", "forward", "word");
  block.scrollIntoView({ block: "center", behavior: "instant" });
}
