// What the text may hold: the vocabulary the server cleans to, as an editor knows it.

import {
  Blockquote, Bold, BulletList, Document, Dropcursor, Gapcursor, HardBreak, Heading,
  History, Italic, ListItem, Mark, Node, OrderedList, Paragraph, Subscript, Superscript,
  Table, TableCell, TableHeader, TableRow, Text,
} from "django-prose-editor/editor";
import { make } from "desk/page";

const KEY = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,79}$/;
const ADDRESS = /^(https?:\/\/[^\s]+|\/(?!\/)\S*)$/i;

export const markers = new Set();
/** Every citation marker on the page: {dom, keys}. */

export function isAddress(text) {
  return ADDRESS.test(text);
}

const Link = Mark.create({
  name: "link",
  inclusive: false,
  addAttributes: () => ({ href: { default: null } }),
  parseHTML: () => [{ tag: "a[href]", getAttrs: (a) => (isAddress(a.getAttribute("href").trim()) ? null : false) }],
  renderHTML: ({ HTMLAttributes }) => ["a", HTMLAttributes, 0],
});

const Citation = Node.create({
  name: "citation",
  group: "inline",
  inline: true,
  atom: true,
  addAttributes: () => ({
    keys: {
      default: [],
      parseHTML: (cite) => keysOf(cite.dataset.ref),
      renderHTML: ({ keys }) => ({ "data-ref": keys.join(" ") }),
    },
  }),
  parseHTML: () => [{ tag: "cite[data-ref]", getAttrs: (cite) => (keysOf(cite.dataset.ref).length ? null : false) }],
  renderHTML: ({ HTMLAttributes }) => ["cite", HTMLAttributes],
  addNodeView: () => ({ node }) => new Marker(node),
});

class Marker {
  constructor(node) {
    this.dom = make("cite", { className: "marker", contentEditable: "false" });
    this.show = () => {};
    this.update(node);
    markers.add(this);
  }

  update(node) {
    if (node.type.name !== "citation") return false;
    this.keys = node.attrs.keys;
    this.dom.dataset.ref = this.keys.join(" ");
    this.show();
    return true;
  }

  ignoreMutation() {
    return true;
  }

  destroy() {
    markers.delete(this);
  }
}

const Safety = Node.create({
  name: "safety",
  group: "block",
  content: "block+",
  defining: true,
  parseHTML: () => [{ tag: "aside.safety" }],
  renderHTML: () => ["aside", { class: "safety" }, 0],
});

const Headings = Heading.extend({
  parseHTML: () => ["h1", "h2", "h3", "h4", "h5", "h6"].map((tag, place) => ({
    tag, attrs: { level: Math.min(Math.max(place + 1, 2), 4) },
  })),
}).configure({ levels: [2, 3, 4] });

const Numbered = OrderedList.extend({ addAttributes: () => ({}), renderHTML: () => ["ol", 0] });

function span(name) {
  return {
    default: 1,
    parseHTML: (cell) => Number.parseInt(cell.getAttribute(name), 10) || 1,
    renderHTML: (attributes) => (attributes[name] > 1 ? { [name]: attributes[name] } : {}),
  };
}

const spans = { colspan: span("colspan"), rowspan: span("rowspan"), colwidth: { default: null, parseHTML: () => null, renderHTML: () => ({}) } };

const IN_CELL = "(paragraph | heading | bulletList | orderedList | blockquote)+"; // no box in a box

const Cell = TableCell.extend({
  content: IN_CELL,
  addAttributes: () => spans,
  renderHTML: ({ HTMLAttributes }) => ["td", HTMLAttributes, 0],
});

const HeaderCell = TableHeader.extend({
  content: IN_CELL,
  addAttributes: () => ({ ...spans, scope: { default: null } }),
  renderHTML: ({ HTMLAttributes }) => ["th", HTMLAttributes, 0],
});

const Captioned = Table.extend({
  addAttributes: () => ({
    caption: {
      default: "",
      parseHTML: (table) => table.querySelector(":scope > caption")?.innerHTML.trim() ?? "",
      renderHTML: ({ caption }) => (caption ? { "data-caption": caption } : {}),
    },
  }),
  parseHTML: () => [{ tag: "table" }, { tag: "caption", ignore: true }, { tag: "colgroup", ignore: true }],
  renderHTML: ({ HTMLAttributes }) => ["table", HTMLAttributes, ["tbody", 0]],
  addKeyboardShortcuts() {
    return { ...this.parent?.(), Tab: () => this.editor.commands.goToNextCell(), "Mod-Enter": () => anotherRow(this.editor) };
  },
  addNodeView: () => ({ node }) => new TableInPage(node),
});

/** Tab leads out of the last cell and out of the text; a row is asked for by its own key. */
function anotherRow(editor) {
  return editor.isActive("table") && editor.chain().addRowAfter().goToNextCell().run();
}

class TableInPage {
  constructor(node) {
    this.contentDOM = make("tbody");
    this.caption = make("caption", { contentEditable: "false" });
    this.dom = make("div", { className: "table" }, make("table", {}, this.caption, this.contentDOM));
    this.update(node);
  }

  update(node) {
    if (node.type.name !== "table") return false;
    this.caption.textContent = textOf(node.attrs.caption);
    this.caption.hidden = !node.attrs.caption;
    return true;
  }

  /** Words that a browser puts beside the rows are read, lest they stand there unsaved. */
  ignoreMutation({ type, target }) {
    if (type === "selection") return false;
    return type === "attributes" ? !this.contentDOM.contains(target) : this.caption.contains(target);
  }
}

/** A mark by its own tags, or by the look that a pasted text had elsewhere. */
function marked(mark, tags, look, never) {
  const own = tags.map((tag) => ({ tag: never ? `${tag}:not([data-look~="${never}"])` : tag }));
  return mark.extend({ parseHTML: () => [...own, { tag: `[data-look~="${look}"]`, consuming: false }] });
}

const MARKS = [
  marked(Bold, ["strong", "b"], "bold", "light"),
  marked(Italic, ["em", "i"], "italic", "upright"),
  marked(Subscript, ["sub"], "sub"),
  marked(Superscript, ["sup"], "super"),
  Link,
];
const ALWAYS = [Text, Paragraph, History, Citation, ...MARKS];

/** A whole text. */
export const BODY = [
  ...ALWAYS, Document, Dropcursor.configure({ class: "drop-here", color: false }), Gapcursor, HardBreak, Headings,
  BulletList, Numbered, ListItem, Blockquote, Safety, Captioned, TableRow, HeaderCell, Cell,
];

/** A sentence or two, without blocks: the key answer. */
export const INLINE = [...ALWAYS, Document.extend({ content: "paragraph" })];

function keysOf(text = "") {
  return [...new Set(text.split(/\s+/).filter((key) => KEY.test(key)))];
}

/** The words of a piece of markup, which is only read, never shown. */
export function textOf(html) {
  return new DOMParser().parseFromString(html, "text/html").body.textContent;
}

/** The editor's text as it is stored: the one spelling the server keeps. */
export function spelled(html, { inline }) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  if (inline) return (body.querySelector("p") ?? body).innerHTML.trim();
  for (const item of body.querySelectorAll("li, td, th")) unwrap(item);
  for (const table of body.querySelectorAll("table")) finish(table);
  for (const empty of body.querySelectorAll("p:empty")) {
    if (empty.parentElement.children.length > 1 || empty.parentElement === body) empty.remove();
  }
  return [...body.children].map((block) => block.outerHTML).join("");
}

/** A lone paragraph says no more than the cell or the item around it. */
function unwrap(item) {
  const [first, ...rest] = item.children;
  const only = item.matches("li") ? rest.every((block) => block.matches("ul, ol")) : !rest.length;
  if (first?.matches("p") && only) first.replaceWith(...first.childNodes);
}

function finish(table) {
  const body = table.querySelector(":scope > tbody");
  const rows = [...body.children];
  const below = rows.findIndex((row) => [...row.children].some((cell) => cell.matches("td")));
  const above = rows.slice(0, below < 0 ? Math.min(1, rows.length) : below);
  for (const cell of table.querySelectorAll("th:not([scope])")) {
    cell.scope = above.includes(cell.parentElement) ? "col" : "row";
  }
  if (above.length && above.length < rows.length) {
    const head = table.ownerDocument.createElement("thead");
    head.append(...above);
    body.before(head);
  }
  const { caption } = table.dataset;
  table.removeAttribute("data-caption");
  if (caption) table.createCaption().innerHTML = caption;
}
