// The words of a suggestion stand in the text, behind those that they would replace. They
// are there to be seen: no place of a comment is counted with them.

import { make } from "desk/page";
import { rangeOf, reread } from "review/anchors";

let shown = []; // {card, place, element}

const isSame = (one, other) => ["part", "start", "end"].every((name) => one[name] === other[name]);

/** Show these and no others, each a card, its place, and the words that would stand there. */
export function putInstead(wanted) {
  const stay = wanted.length === shown.length && wanted.every(({ place }, at) => isSame(place, shown[at].place));
  if (!stay) {
    takeOut();
    shown = wanted.map(put);
  }
  wanted.forEach(({ card, words }, at) => {
    shown[at].card = card;
    if (shown[at].element.textContent !== words) shown[at].element.textContent = words;
  });
}

/** The card whose words these are. */
export function cardOf(element) {
  return shown.find((one) => one.element === element)?.card;
}

function put({ card, place }) {
  const element = make("ins", { className: "put" });
  const range = rangeOf(place);
  range.collapse(false);
  range.insertNode(element);
  reread(place.part);
  return { card, place, element };
}

function takeOut() {
  for (const { element } of shown) {
    const around = element.parentNode;
    element.remove();
    around.normalize();
  }
  for (const part of new Set(shown.map(({ place }) => place.part))) reread(part);
}
