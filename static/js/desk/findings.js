// Beside the text: what was found in it, fetched anew after each save. A place leads to
// its words in the editor.

import { form } from "desk/page";
import { editorOf } from "desk/editor";
import { isUnsaved, save } from "desk/saving";

const place = document.querySelector("[data-found]");
let asked = 0;

function section() {
  return place.querySelector("[data-findings]");
}

function address() {
  return section()?.dataset.findings ?? form.action.replace(/edit\/.*$/, "findings/?on=edit");
}

/** Draw the findings on what is stored now, unless somebody writes an answer there. */
async function refresh() {
  if (!form.dataset.version || writing()) return;
  asked += 1;
  const turn = asked;
  const answer = await fetch(address(), { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || turn !== asked || writing()) return;
  const was = new Map(folds().map((fold) => [about(fold), fold.open]));
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body;
  place.replaceChildren(...fresh.children);
  for (const fold of folds()) fold.open = was.get(about(fold)) ?? fold.open;
}

function folds() {
  return [...place.querySelectorAll("details")];
}

function writing() {
  return place.contains(document.activeElement) && document.activeElement.matches("textarea, input, select");
}

/** What a fold is about, whatever it counts at the moment. */
function about(fold) {
  return fold.closest(".note")?.id ?? fold.querySelector("summary").textContent.split(":")[0];
}

function lead(event) {
  const link = event.target.closest("a[data-part]");
  const area = link && document.querySelector(link.hash || null);
  if (!area?.matches("textarea[name^=body], textarea[name=key_answer]")) return;
  event.preventDefault();
  document.getElementById(`${area.id}-tab`)?.click();
  select(editorOf(area), link.dataset.excerpt);
}

function select(editor, excerpt) {
  const found = excerpt && words(editor.state.doc, excerpt);
  const chain = editor.chain().focus();
  (found ? chain.setTextSelection(found) : chain).scrollIntoView().run();
}

/** Where the words stand in the document; markers between them do not count. */
function words(doc, excerpt) {
  let found = null;
  doc.descendants((block, at) => {
    if (found || !block.isTextblock) return !found;
    const [text, places] = plain(block, at + 1);
    const start = text.indexOf(excerpt);
    if (start >= 0) found = { from: places[start], to: places[start + excerpt.length - 1] + 1 };
    return false;
  });
  return found;
}

function plain(block, start) {
  let text = "";
  const places = [];
  block.forEach((node, offset) => {
    for (const [at, letter] of [...(node.text ?? "")].entries()) {
      const space = /\s/.test(letter);
      if (space && text.endsWith(" ")) continue;
      text += space ? " " : letter;
      places.push(start + offset + at);
    }
  });
  return [text, places];
}

/** An answer is sent once the text beside it is saved. */
async function send(event) {
  if (!isUnsaved()) return;
  event.preventDefault();
  const { target, submitter } = event;
  await save();
  if (!isUnsaved()) target.requestSubmit(submitter);
}

export function start() {
  if (!place) return;
  document.addEventListener("draft-saved", refresh);
  place.closest("aside").addEventListener("click", lead);
  place.closest("aside").addEventListener("submit", send);
}
