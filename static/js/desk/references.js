// The references of this draft, as CSL-JSON items whose `id` is the key the text cites.
//
// The list lives in the form's own field; every change tells the document
// "references-changed". Import it to read, add and remove; `references-list` draws it.
// How readers will see a work is the server's to say: with the page, with what a search
// finds, and with the next save after a work was typed or changed.

import { field, hear, tell } from "desk/page";

const NOT_IN_A_KEY = /[^a-z0-9]+/g;
const onPage = document.getElementById("printed")?.textContent ?? "{}";
const printed = new Map(Object.entries(JSON.parse(onPage))); // safe HTML by key

export function all() {
  try {
    const items = JSON.parse(field("references").value || "[]");
    return Array.isArray(items) ? items.filter((item) => item && item.id) : [];
  } catch {
    return []; // not yet a list: the server will say what is wrong with it
  }
}

export function get(key) {
  return all().find((item) => item.id === key);
}

/**
 * Add works; give the keys they are cited by, in the same order. One that is in the
 * list already, by DOI, PMID or title and year, keeps the key it has. `htmls` say how
 * readers see them, where that is known.
 */
export function add(items, htmls = []) {
  const list = all();
  const keys = items.map((item) => place(item, list));
  keys.forEach((key, at) => htmls[at] && printed.set(key, htmls[at]));
  store(list);
  return keys;
}

export function remove(key) {
  store(all().filter((item) => item.id !== key));
}

/** Put another item under the key of an existing one. */
export function replace(key, item) {
  printed.delete(key);
  store(all().map((known) => (known.id === key ? { ...item, id: key } : known)));
}

export function year(item) {
  return item.issued?.["date-parts"]?.[0]?.[0] ?? "";
}

/** Whether the server has still to say how readers see one of them. */
export function isNews() {
  return all().some((item) => !printed.has(item.id));
}

export function learn(htmls) {
  for (const [key, html] of Object.entries(htmls)) printed.set(key, html);
  said();
}

/** What readers see of a work, as nodes; title and year until the server has said. */
export function shown(item, html = printed.get(item.id)) {
  if (!html) return [[item.title || item.id, year(item)].filter(Boolean).join(", ")];
  return [...new DOMParser().parseFromString(html, "text/html").body.childNodes];
}

/** The same as a line of words. */
export function words(item, html) {
  return shown(item, html).map((node) => node.textContent ?? node).join("");
}

/** Whether two items are the same work, as far as anybody can tell here. */
export function same(one, other) {
  for (const name of ["DOI", "PMID"]) {
    if (one[name] && other[name]) return plain(one[name]) === plain(other[name]);
  }
  return plain(one.title) === plain(other.title) && year(one) === year(other);
}

function place(item, list) {
  const known = list.find((other) => same(item, other));
  if (known) return known.id;
  const id = item.id && !list.some((other) => other.id === item.id) ? item.id : freeKey(item, list);
  list.push({ ...item, id });
  return id;
}

function freeKey(item, list) {
  const first = item.author?.[0] ?? {};
  const name = first.family ?? first.literal ?? item.title ?? "";
  const stem = plain(name).normalize("NFKD").replace(NOT_IN_A_KEY, "").slice(0, 40) || "reference";
  const taken = new Set(list.map((other) => other.id));
  let key = `${stem}${year(item)}`;
  for (let number = 2; taken.has(key); number += 1) key = `${stem}${year(item)}-${number}`;
  return key;
}

function plain(text = "") {
  return String(text).toLowerCase().trim();
}

function store(list) {
  field("references").value = list.length ? JSON.stringify(list, null, 2) : "";
  tell("changed", "references");
  said();
}

function said() {
  document.dispatchEvent(new CustomEvent("references-changed", { detail: all() }));
}

hear("replaced", (names) => {
  if (!names.includes("references")) return;
  printed.clear();
  said();
});
