// Citing: type @ and a few letters, choose a work, and its marker stands in the text.

import { pm } from "django-prose-editor/editor";
import { form, make } from "desk/page";
import * as references from "desk/references";
import { numbers } from "desk/numbers";

const QUERY = /@([^@\n￼]{0,60})$/;
const PATIENCE = 250;
const LEAST = 2;
const OWN = 6;
const GAP = 6; // pixels between the words and the works
const EDGE = 80; // pixels that the bar above the text can take
const { closeHistory } = pm.history;
let lists = 0;

export function picker(editor) {
  const place = editor.view.dom;
  const list = make("ul", { className: "works", id: `works-${(lists += 1)}` });
  const said = make("p", { className: "hint" });
  const box = make("div", { className: "picker", hidden: true }, list, said);
  const state = { from: null, query: null, offered: [], at: 0, left: null, asked: null, timer: 0 };
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Works to cite");
  said.setAttribute("role", "status");
  place.parentElement.append(box);

  function look() {
    const found = asked(editor);
    if (found?.from !== state.left) state.left = null;
    if (!found || state.left !== null || !editor.isFocused) return close();
    if (found.query === state.query && found.from === state.from) return undefined;
    Object.assign(state, found, { at: 0 });
    open(found);
    return undefined;
  }

  function open({ query }) {
    const own = ofTheArticle(query);
    show(own, query.trim().length < LEAST ? "Type two letters or more to search the library too." : "Searching the library…");
    clearTimeout(state.timer);
    state.asked?.abort();
    if (query.trim().length >= LEAST) state.timer = setTimeout(() => search(query, own), PATIENCE);
  }

  async function search(query, own) {
    state.asked = new AbortController();
    try {
      const address = `${form.dataset.works}?q=${encodeURIComponent(query.trim())}`;
      const answer = await fetch(address, { signal: state.asked.signal, headers: { Accept: "application/json" } });
      if (!answer.ok) return show(own, "The library cannot be searched now; the works of this article are above.");
      const { works } = await answer.json();
      const known = references.all();
      const others = works.filter(({ item }) => !known.some((mine) => references.same(mine, item)));
      return show([...own, ...others], counted(own.length + others.length));
    } catch (error) {
      if (error.name === "AbortError") return undefined;
      return show(own, "There is no connection; the works of this article are above.");
    }
  }

  function show(offered, words) {
    if (state.from === null) return;
    state.offered = offered;
    state.at = Math.min(state.at, Math.max(offered.length - 1, 0));
    list.replaceChildren(...offered.map((work, place_) => option(work, `${list.id}-${place_}`)));
    list.hidden = !offered.length;
    said.textContent = words;
    box.hidden = false;
    const combo = { role: "combobox", "aria-expanded": "true", "aria-controls": list.id, "aria-haspopup": "listbox", "aria-autocomplete": "list" };
    for (const [name, value] of Object.entries(combo)) place.setAttribute(name, value);
    place.removeAttribute("aria-multiline");
    beside(); // first, or marking scrolls the window to where the list stood before
    mark();
  }

  function option({ item, number, html }, id) {
    const shown = make("li", { id }, make("b", { textContent: number ? `${number}. ` : "" }), references.words(item, html));
    shown.setAttribute("role", "option");
    shown.addEventListener("mousedown", (event) => event.preventDefault());
    shown.addEventListener("click", () => {
      state.at = [...list.children].indexOf(shown);
      choose();
    });
    return shown;
  }

  function mark() {
    [...list.children].forEach((shown, place_) => shown.setAttribute("aria-selected", String(place_ === state.at)));
    const current = list.children[state.at];
    if (!current) return place.removeAttribute("aria-activedescendant");
    place.setAttribute("aria-activedescendant", current.id);
    return current.scrollIntoView({ block: "nearest" });
  }

  function beside() {
    const { left, top, bottom } = editor.view.coordsAtPos(state.from);
    const around = box.parentElement.getBoundingClientRect();
    const widest = Math.max(0, around.width - box.offsetWidth);
    box.style.left = `${Math.min(Math.max(0, left - around.left), widest)}px`;
    box.style.top = `${bottom + GAP - around.top}px`;
    const below = box.getBoundingClientRect().bottom - innerHeight;
    if (below > 0) scrollBy({ top: Math.min(below, Math.max(0, top - EDGE)), behavior: "instant" }); // never past the line
  }

  function close() {
    clearTimeout(state.timer);
    state.asked?.abort();
    Object.assign(state, { from: null, query: null });
    if (box.hidden) return;
    box.hidden = true;
    for (const name of ["aria-expanded", "aria-controls", "aria-haspopup", "aria-autocomplete", "aria-activedescendant"]) place.removeAttribute(name);
    place.setAttribute("role", "textbox");
    place.setAttribute("aria-multiline", "true");
  }

  function choose() {
    const work = state.offered[state.at];
    const { from } = state;
    const to = editor.state.selection.from;
    if (!work) return;
    const [key] = work.own ? [work.item.id] : references.add([work.item], [work.html]);
    close();
    cite(editor, { from, to }, key);
  }

  function steer(event) {
    if (box.hidden || event.isComposing) return;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    const count = state.offered.length;
    if (event.key in moves && count) {
      state.at = (state.at + moves[event.key] + count) % count;
      mark();
    } else if ((event.key === "Enter" || event.key === "Tab") && count) choose();
    else if (event.key === "Escape") {
      state.left = state.from;
      close();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  place.parentElement.addEventListener("keydown", steer, true);
  editor.on("transaction", look);
  editor.on("blur", close);
  window.addEventListener("resize", () => box.hidden || beside());
}

/** What stands between the last @ and the cursor, and where it begins. */
function asked(editor) {
  const { $from, empty } = editor.state.selection;
  if (!empty || !$from.parent.isTextblock) return null;
  const before = $from.parent.textBetween(0, $from.parentOffset, "\n", "￼");
  const found = QUERY.exec(before);
  return found && { query: found[1], from: $from.pos - found[0].length };
}

function ofTheArticle(query) {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const known = numbers();
  const found = references.all().filter((item) => {
    const text = `${item.id} ${item.title} ${references.words(item)} ${item.DOI ?? ""} ${item.PMID ?? ""}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const ordered = found.sort((one, other) => known.get(one.id) - known.get(other.id));
  return ordered.slice(0, OWN).map((item) => ({ item, own: true, number: known.get(item.id) }));
}

function counted(count) {
  if (!count) return "No work matches. Add it under References, then cite it.";
  return `${count} ${count === 1 ? "work" : "works"}; arrows choose, Enter cites.`;
}

/** A marker in place of what was typed, or one more key in the marker beside it. */
function cite(editor, { from, to }, key) {
  const { doc, schema, tr } = editor.state;
  const begin = withoutSpace(doc, from);
  const before = doc.resolve(begin).nodeBefore;
  const after = doc.resolve(to).nodeAfter;
  const isMarker = (node) => node?.type === schema.nodes.citation;
  const keys = [...(isMarker(before) ? before.attrs.keys : []), key, ...(isMarker(after) ? after.attrs.keys : [])];
  const start = isMarker(before) ? begin - before.nodeSize : begin;
  const end = isMarker(after) ? to + after.nodeSize : to;
  const marker = schema.nodes.citation.create({ keys: [...new Set(keys)] });
  const cited = closeHistory(tr).replaceWith(start, end, marker);
  editor.view.dispatch(cited.scrollIntoView());
  editor.view.focus();
}

/** Where a marker begins: it stands at its words, without the space that was typed. */
function withoutSpace(doc, from) {
  const { parent, parentOffset } = doc.resolve(from);
  const [space] = /[ \u00a0]*$/.exec(parent.textBetween(0, parentOffset, "\n", "￼"));
  return space.length < parentOffset ? from - space.length : from;
}
