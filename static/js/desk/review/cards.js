// Comments as cards: each beside its passage, which is marked without touching the text.
// A card is a row of the form; one that says nothing is no card and is not shown.

import { form, make, hear, tell } from "desk/page";
import { counted, find, parts, rangeOf, uncounted } from "review/anchors";
import { cardOf, putInstead } from "review/instead";
import * as sheet from "review/sheet";
import { show, whenShown } from "review/tabs";

const GAP = 12;
const KINDS = { question: "question", suggestion: "suggestion", blocking: "blocking", earlier: "earlier" };
const column = document.querySelector("[data-comments]");
const blank = column?.querySelector("[data-blank]");
const empty = make("p", { className: "empty", textContent: "Select words in the text to comment on them." });

const rows = () => [...(column?.querySelectorAll("[data-row]") ?? [])];
const input = (row, name) => row.querySelector(`[name$="-${name}"]`);
const number = (row) => Number(row.id.split("-")[1]);

/** Every card in the order in which it stands. */
export const cards = () => [...(column?.querySelectorAll(".note") ?? [])].filter((card) => !card.hidden);

/** Where a card's passage stands in the text: {part, start, end}, or null. */
export function placeOf(card) {
  if (card.matches("[data-row]")) return rowPlace(card);
  const { part, start, end, passage } = card.dataset;
  if (!part) return null;
  const from = uncounted(part, Number(start));
  return { part, start: from, end: passage === undefined ? uncounted(part, Number(end)) : from + passage.length };
}

function rowPlace(row) {
  const part = input(row, "part").value;
  const passage = input(row, "passage").value;
  const known = parts.has(part) ? uncounted(part, Number(input(row, "start").value)) : 0;
  return find(passage, part, known);
}

const says = (row) => ["text", "passage", "replacement", "criterion"].some((name) => input(row, name).value.trim());

/** A new card: about a place in the text, if there is one; gives the card. */
export function add(kind, place = null, criterion = "") {
  const row = rows().find((found) => found.hidden && !says(found)) ?? another();
  input(row, "kind").value = kind;
  input(row, "criterion").value = criterion;
  if (place) {
    put(row, { passage: place.passage, part: place.part, prefix: place.prefix, suffix: place.suffix, start: counted(place) });
  }
  row.hidden = false;
  for (const other of rows()) other.open = other === row;
  settle(row);
  draw(row);
  renumber();
  tell("changed", row.id);
  write(row);
  return row;
}

/** Go on with a card where one writes, its passage in sight. */
function write(row) {
  reveal(row);
  row.open = true;
  const place = placeOf(row);
  const said = input(row, input(row, "kind").value === "suggestion" ? "replacement" : "text");
  sheet.write(row, said, place && rangeOf(place));
}

function put(row, values) {
  for (const [name, value] of Object.entries(values)) input(row, name).value = value;
}

function another() {
  const next = Math.max(0, ...rows().map(number)) + 1;
  return withNumber(next);
}

function withNumber(wanted) {
  const copy = blank.content.firstElementChild.cloneNode(true);
  for (const element of [copy, ...copy.querySelectorAll("*")]) {
    for (const { name, value } of [...element.attributes]) {
      if (value.includes("__n__")) element.setAttribute(name, value.replaceAll("__n__", wanted));
    }
  }
  blank.before(copy);
  equip(copy);
  return copy;
}

/** Put a card where its passage stands among the others, unless somebody types in it. */
function settle(row) {
  const place = order(row);
  const others = rows().filter((other) => other !== row && !other.hidden);
  const next = others.find((other) => order(other) > place);
  const before = next ?? blank;
  if (before.previousElementSibling !== row) before.before(row);
}

function order(card) {
  const place = placeOf(card);
  const part = place ? [...parts.keys()].indexOf(place.part) : parts.size;
  return part * 1e7 + (place?.start ?? number(card));
}

function equip(row) {
  const bar = make("p", { className: "buttons" });
  const seek = make("button", { type: "button", className: "quiet", textContent: "Show in the text" });
  const drop = make("button", { type: "button", className: "quiet", textContent: "Remove" });
  seek.addEventListener("click", () => lookAt(row));
  drop.addEventListener("click", () => remove(row));
  bar.append(sheet.wayBack(), seek, drop);
  row.append(bar);
  const about = row.querySelector(".change");
  about.open = Boolean(about.querySelector(".wrong"));
  about.addEventListener("toggle", align);
  row.addEventListener("input", () => draw(row));
  row.addEventListener("toggle", () => {
    if (!row.open && row.matches(".raised")) sheet.lower();
    align();
  });
  row.addEventListener("focusin", () => mark());
  row.querySelector("summary").addEventListener("focus", () => mark(row));
  row.querySelector("summary").addEventListener("click", () => reveal(row));
}

function remove(row) {
  const all = cards();
  const next = all[all.indexOf(row) + 1] ?? all[all.indexOf(row) - 1];
  put(row, { passage: "", text: "", replacement: "", criterion: "", part: "", prefix: "", suffix: "", start: "" });
  row.hidden = true;
  mark();
  renumber();
  tell("changed", row.id);
  (next?.querySelector("summary") ?? document.querySelector("[data-add]")).focus();
}

/** The head of a card says its kind, its number, and what it is about. */
function draw(row) {
  const kind = input(row, "kind").value;
  const suggests = kind === "suggestion";
  row.classList.toggle("block", kind === "blocking");
  row.classList.toggle("sugg", suggests);
  const replacement = input(row, "replacement");
  replacement.closest(".field").hidden = !suggests;
  replacement.disabled = !suggests;
  const text = input(row, "text").value.trim();
  const passage = input(row, "passage").value.trim();
  const gone = passage && !rowPlace(row);
  const line = input(row, "criterion").value && input(row, "criterion").selectedOptions[0].text;
  const summary = row.querySelector("summary");
  const head = make("span", { className: "head" }, make("span", { textContent: `You · ${KINDS[kind] ?? kind}` }), make("span", { className: "number" }));
  const said = make("span", { className: "said" });
  if (suggests && replacement.value.trim()) {
    said.append(make("del", { textContent: passage }), " ", make("ins", { textContent: replacement.value.trim() }), " ");
  } else if (passage) {
    said.append(make("q", { textContent: passage.length > 90 ? `${passage.slice(0, 90)}…` : passage }), " ");
  } else said.append("On the whole text. ");
  said.append(make("span", { className: "echo", textContent: text || (suggests ? "" : "Nothing said yet") }));
  if (line) said.append(make("span", { className: "fails", textContent: `Fails: ${line}` }));
  if (gone) said.append(make("b", { textContent: " These words do not stand in the text." }));
  summary.replaceChildren(head, said);
  mark();
  renumber();
  document.dispatchEvent(new CustomEvent("review-changed"));
}

function renumber() {
  const shown = rows().filter((row) => !row.hidden);
  shown.forEach((row, at) => row.querySelector(".number")?.replaceChildren(`no. ${at + 1}`));
  empty.hidden = shown.length > 0;
  align();
}

/** The comments on words of the text that name no line of the checklist, with their numbers. */
export function nameless() {
  const shown = rows().filter((row) => !row.hidden);
  const said = (row) => input(row, "passage").value.trim();
  return shown.filter((row) => !input(row, "criterion").value && rowPlace(row)).map((row) => ({ row, number: shown.indexOf(row) + 1, passage: said(row) }));
}

/** Say of a comment that it shows where a line of the checklist fails. */
export function nameLine(row, criterion) {
  input(row, "criterion").value = criterion;
  tell("changed", row.id);
  draw(row);
}

const kindOf = (card) => (card.matches("[data-row]") ? input(card, "kind").value : card.dataset.kind);

/** What a suggestion would put in the place of its passage; nothing, of another comment. */
function wordsInstead(card) {
  if (kindOf(card) !== "suggestion") return "";
  return card.matches("[data-row]") ? input(card, "replacement").value.trim() : card.dataset.replacement;
}

/** Mark every passage in the text, and the one of `current` above the others. */
export function mark(current = null) {
  if (!CSS.highlights) return;
  const placed = cards().map((card) => ({ card, place: placeOf(card), words: wordsInstead(card) })).filter(({ place }) => place && rangeOf(place));
  putInstead(placed.filter(({ words }) => words));
  const found = { question: [], suggestion: [], instead: [], blocking: [], earlier: [], current: [] };
  for (const { card, place, words } of placed) {
    found[words ? "instead" : kindOf(card)]?.push(rangeOf(place));
    if (card === current) found.current.push(rangeOf(place));
  }
  for (const [name, ranges] of Object.entries(found)) CSS.highlights.set(`review-${name}`, new Highlight(...ranges));
}

/** Scroll to the passage of a card. */
function lookAt(card) {
  reveal(card);
  const place = placeOf(card);
  const range = place && rangeOf(place);
  range?.startContainer.parentElement.scrollIntoView({ block: "center" });
}

function reveal(card) {
  const place = placeOf(card);
  if (place) show(place.part);
  mark(card);
}

/** Give the focus to a card, open or not. */
export function goTo(card) {
  reveal(card);
  (card.querySelector("summary") ?? card).focus();
  card.scrollIntoView({ block: "nearest" });
}

/** On a wide screen each card begins where its passage does, or below the one before. */
export function align() {
  const all = cards().filter((card) => !card.matches(".raised"));
  for (const card of all) card.style.marginTop = "";
  if (sheet.isNarrow() || !all.length) return;
  let bottom = all[0].getBoundingClientRect().top;
  for (const card of all) {
    const place = placeOf(card);
    const range = place && rangeOf(place);
    const wanted = range?.getClientRects()[0]?.top ?? bottom;
    const top = Math.max(bottom, wanted);
    card.style.marginTop = `${top - card.getBoundingClientRect().top}px`;
    bottom = top + card.getBoundingClientRect().height + GAP;
  }
}

/** A click on a marked passage goes to its card. */
function clicked(event) {
  const card = cardOf(event.target);
  if (card) return seek(card);
  if (event.target.closest("a, button") || !document.getSelection().isCollapsed) return undefined;
  const point = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  const old = point ? null : document.caretRangeFromPoint?.(event.clientX, event.clientY);
  const node = point?.offsetNode ?? old?.startContainer;
  if (!node) return undefined;
  const at = point?.offset ?? old.startOffset;
  const hit = cards().find((card) => {
    const place = placeOf(card);
    return place && rangeOf(place)?.isPointInRange(node, at);
  });
  return hit && seek(hit);
}

function seek(card) {
  return sheet.isNarrow() && card.matches("[data-row]") ? write(card) : goTo(card);
}

/** Rows that a copy of this browser fills and this page has not drawn yet. */
function make_room(texts) {
  const known = new Set(rows().map(number));
  for (const name of Object.keys(texts)) {
    const wanted = Number(name.match(/^comment-([1-9]\d{0,2})-text$/)?.[1]);
    if (wanted && !known.has(wanted)) withNumber(wanted);
  }
}

function redraw() {
  for (const row of rows()) row.hidden = !says(row);
  for (const row of rows()) draw(row);
  for (const row of rows().sort((one, other) => order(one) - order(other))) blank.before(row);
  renumber();
}

export function start() {
  sheet.start();
  if (form) {
    rows().forEach(equip);
    column.querySelector("h2").after(empty);
    hear("replacing", make_room);
    hear("replaced", redraw);
    redraw();
    for (const row of rows()) row.open = Boolean(row.querySelector(".wrong"));
  } else {
    mark();
    align();
  }
  for (const card of cards()) {
    if (!card.matches("[data-row]")) card.addEventListener("click", () => lookAt(card));
  }
  document.querySelector(".reading article").addEventListener("click", clicked);
  whenShown(() => { mark(); align(); });
  addEventListener("resize", align);
  document.fonts.ready.then(align);
}
