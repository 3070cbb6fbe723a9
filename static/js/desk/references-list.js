// The reference list as people read it, in place of the JSON it is kept in.

import { field, form, hear, make } from "desk/page";
import { counts, numbers } from "desk/numbers";
import * as references from "desk/references";

const PLACES = {
  textbook: "book", drug_label: "webpage", regulation: "regulation", safety_alert: "webpage",
  registry: "dataset", preprint: "article", patient_material: "webpage", report: "report",
  web: "webpage", internal: "webpage",
};
const PLAIN = {
  title: "title", journal: "container-title", volume: "volume", issue: "issue",
  pages: "page", doi: "DOI", pmid: "PMID", url: "URL",
};

export function start() {
  const textarea = field("references");
  const around = textarea.closest(".field");
  const list = make("ol", { className: "refs" });
  const empty = make("p", { className: "empty", textContent: "No references yet. Type @ in the text to cite a work of the library, or add one below." });
  const title = make("h2", { textContent: "References", id: "references-title" });
  const section = make("section", { className: "references" }, title, list, empty);
  section.setAttribute("aria-labelledby", title.id);
  around.before(section);
  around.hidden = true;
  byHand();
  const draw = () => {
    empty.hidden = references.all().length > 0;
    list.replaceChildren(...rows());
  };
  let timer = 0;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(draw, 250);
  };
  document.addEventListener("references-changed", draw);
  hear("changed", soon);
  draw();
}

function rows() {
  const known = numbers();
  const cited = counts();
  const ordered = references.all().sort((one, other) => known.get(one.id) - known.get(other.id));
  return ordered.map((item) => row(item, known.get(item.id), cited.get(item.id) ?? 0));
}

function row(item, number, times) {
  const key = make("code", { textContent: item.id });
  const often = times ? `cited ${times === 1 ? "once" : `${times} times`}` : "not cited";
  const facts = make("small", {}, key, ` · ${often} `);
  const name = `reference ${number}`;
  const edit = button("Edit", `Edit ${name}`, () => fill(item));
  facts.append(edit);
  if (!times) facts.append(button("Remove", `Remove ${name}`, () => references.remove(item.id)));
  return make("li", {}, make("span", { className: "n", textContent: `${number}` }), make("div", {}, ...references.shown(item), facts));
}

function button(text, label, act) {
  const made = make("button", { type: "button", className: "linklike", textContent: text });
  made.setAttribute("aria-label", label);
  made.addEventListener("click", act);
  return made;
}

function typed(name) {
  return field(`ref-${name}`);
}

const INITIALS = /^[\p{Lu}.-]+$/u;
const SHORT = 2; // words that a written family or given name has at the most

let edited = null;

function byHand() {
  const folded = typed("title").closest("details");
  const add = make("button", { type: "button", className: "quiet", textContent: "Add to the references" });
  const said = make("p", { className: "error", hidden: true, textContent: "A reference needs its title." });
  said.setAttribute("role", "alert");
  add.addEventListener("click", () => {
    said.hidden = Boolean(typed("title").value.trim());
    if (!said.hidden) return typed("title").focus();
    const item = read();
    if (edited) references.replace(edited, item);
    else references.add([item]);
    return clear();
  });
  folded.querySelector(":scope > .soft")?.remove();
  folded.append(make("p", { className: "buttons" }, add), said);
}

function read() {
  const item = { ...(edited ? references.get(edited) : {}) };
  const kind = typed("kind").value;
  for (const [name, target] of Object.entries(PLAIN)) {
    const value = typed(name).value.trim();
    if (value) item[target] = value;
    else delete item[target];
  }
  const year = Number.parseInt(typed("year").value, 10);
  const dated = references.year(item) === year ? item.issued : year && { "date-parts": [[year]] };
  if (dated) item.issued = dated;
  else delete item.issued;
  if (people(item) !== typed("authors").value) item.author = typed("authors").value.split(";").map(person).filter(Boolean);
  item.type = edited && item.custom?.kind === kind ? item.type : PLACES[kind] ?? "article-journal";
  item.custom = { ...item.custom, kind };
  const key = typed("key").value.trim();
  return key && !edited ? { ...item, id: key } : item;
}

function fill(item) {
  edited = item.id;
  for (const [name, source] of Object.entries(PLAIN)) typed(name).value = item[source] ?? "";
  typed("year").value = references.year(item);
  typed("authors").value = people(item);
  typed("kind").value = item.custom?.kind ?? "article";
  typed("key").value = item.id;
  typed("key").readOnly = true;
  const folded = typed("title").closest("details");
  folded.open = true;
  folded.querySelector(".buttons button").textContent = "Change the reference";
  typed("title").focus();
}

function clear() {
  edited = null;
  for (const control of form.querySelectorAll('[name^="ref-"]:not(select)')) control.value = "";
  typed("key").readOnly = false;
  const folded = typed("title").closest("details");
  folded.querySelector(".buttons button").textContent = "Add to the references";
  folded.open = false;
  folded.querySelector("summary").focus();
}

/** As `person` reads them back: a given name that is written out stands after a comma. */
function people(item) {
  return (item.author ?? []).map(called).join("; ");
}

function called({ literal, family = "", given = "" }) {
  if (literal) return literal;
  return INITIALS.test(given) ? `${family} ${given}` : [family, given].filter(Boolean).join(", ");
}

/** `Lee JD` and `Lee, Joshua` are people; what is longer, or one word, is a group. */
function person(written) {
  const name = written.trim();
  const [, family, given] = /^([^,]+?)(?:,\s*|\s+(?=[\p{Lu}.-]+$))([^,]+)$/u.exec(name) ?? [];
  const isShort = (part) => part.split(/\s+/).length <= SHORT;
  const isPerson = family && (INITIALS.test(given) ? !INITIALS.test(family) : isShort(family) && isShort(given));
  if (isPerson) return { family, given };
  return name ? { literal: name } : null;
}
