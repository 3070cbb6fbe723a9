// The row of buttons over a text: one stop for the Tab key, arrows within.

import { make } from "desk/page";
import { isAddress, textOf } from "desk/schema";

const SLACK = 4; // pixels that are no overflow
const MAC = /Mac|iP(hone|ad)/.test(navigator.platform);
const MOD = MAC ? "⌘" : "Ctrl+";

// [what it shows, what it is called, keys, is it on, what it does]
const INLINE = [
  [["B", "Bold (B)", "B", (e) => e.isActive("bold"), (c) => c.toggleBold()],
    ["I", "Italic (I)", "I", (e) => e.isActive("italic"), (c) => c.toggleItalic()],
    ["x²", "Superscript (x²)", ".", (e) => e.isActive("superscript"), (c) => c.toggleSuperscript()],
    ["x₂", "Subscript (x₂)", ",", (e) => e.isActive("subscript"), (c) => c.toggleSubscript()]],
  [["Link", "Link", "K", (e) => e.isActive("link"), null]],
  [["@ Cite", "@ Cite a work", "", null, (c) => c.insertContent("@")]],
];
const BLOCKS = [
  ["Heading", "Subheading", "Small heading"].map((called, place) => [
    called, called, `Alt+${place + 2}`,
    (e) => e.isActive("heading", { level: place + 2 }), (c) => c.toggleHeading({ level: place + 2 }),
  ]),
  [["• List", "• List", "Shift+8", (e) => e.isActive("bulletList"), (c) => c.toggleBulletList()],
    ["1. List", "1. List", "Shift+7", (e) => e.isActive("orderedList"), (c) => c.toggleOrderedList()],
    ["Quote", "Quote", "Shift+B", (e) => e.isActive("blockquote"), (c) => c.toggleBlockquote()],
    ["▲ Safety", "▲ Safety call-out", "Alt+S", (e) => e.isActive("safety"), boxed],
    ["Table", "Table", "", (e) => e.isActive("table"),
      (c, e) => (e.isActive("table") ? c : c.insertTable({ rows: 3, cols: 2, withHeaderRow: true }))]],
];
const UNDO = [
  [["↶", "Undo", "Z", null, (c) => c.undo()], ["↷", "Redo", "Shift+Z", null, (c) => c.redo()]],
];
const TABLE = [
  [["Row below", "Row below", "Enter", null, (c) => c.addRowAfter()],
    ["Row above", "Row above", "", null, (c) => c.addRowBefore()],
    ["Remove row", "Remove row", "", null, (c) => c.deleteRow()]],
  [["Column after", "Column after", "", null, (c) => c.addColumnAfter()],
    ["Column before", "Column before", "", null, (c) => c.addColumnBefore()],
    ["Remove column", "Remove column", "", null, (c) => c.deleteColumn()]],
  [["Header cell", "Header cell", "", (e) => e.isActive("tableHeader"), (c) => c.toggleHeaderCell()],
    ["Caption", "Caption", "", (e) => Boolean(e.getAttributes("table").caption), null]],
  [["Remove table", "Remove table", "", null, (c) => c.deleteTable()]],
];

/** A safety call-out around what is written here; a cell of a table holds none. */
function boxed(chain, editor) {
  const isInCell = editor.isActive("table") && !editor.isActive("safety");
  return isInCell ? chain : chain.toggleWrap("safety");
}

export function toolbar(editor, { inline, name }) {
  const asking = make("div", { className: "asking", hidden: true });
  const asks = { Link: () => link(editor, asking), Caption: () => caption(editor, asking) };
  const groups = inline ? [...INLINE, ...UNDO] : [...BLOCKS.slice(0, 1), ...INLINE, ...BLOCKS.slice(1), ...UNDO];
  const main = row(editor, groups, `Format: ${name}`, asks);
  const tools = make("div", { className: "tools" }, main);
  if (!inline) {
    const table = row(editor, TABLE, `Table in: ${name}`, asks);
    const follow = () => { table.hidden = !editor.isActive("table"); };
    editor.on("transaction", follow);
    follow();
    tools.append(table);
  }
  tools.append(asking);
  shortcuts(editor, asks);
  return tools;
}

function row(editor, groups, name, asks) {
  const bar = make("div", { className: "toolbar" });
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", name);
  const shown = [];
  for (const group of groups) {
    const together = make("div", { className: "group" });
    for (const [text, called, keys, isOn, act] of group) {
      const button = make("button", { type: "button", textContent: text, tabIndex: -1 });
      if (called !== text) button.setAttribute("aria-label", called);
      button.title = keys ? `${called} · ${MOD}${keys}` : called;
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", () => (act ? act(editor.chain().focus(), editor).run() : asks[text]()));
      together.append(button);
      shown.push({ button, isOn });
    }
    bar.append(together);
  }
  roving(bar, shown.map(({ button }) => button));
  sidelong(bar);
  const follow = () => shown.forEach(({ button, isOn }) => isOn && button.setAttribute("aria-pressed", String(isOn(editor))));
  editor.on("transaction", follow);
  follow();
  return bar;
}

/** Say on which side there is more than a narrow screen shows. */
export function sidelong(bar) {
  const look = () => {
    const rest = bar.scrollWidth - bar.clientWidth - bar.scrollLeft;
    bar.classList.toggle("more-before", bar.scrollLeft > SLACK);
    bar.classList.toggle("more-after", rest > SLACK);
  };
  bar.addEventListener("scroll", look, { passive: true });
  new ResizeObserver(look).observe(bar);
}

function roving(bar, buttons) {
  buttons[0].tabIndex = 0;
  bar.addEventListener("focusin", (event) => {
    for (const button of buttons) button.tabIndex = button === event.target ? 0 : -1;
  });
  bar.addEventListener("keydown", (event) => {
    const here = buttons.indexOf(document.activeElement);
    const steps = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: -1 };
    if (here < 0 || !(event.key in steps)) return;
    event.preventDefault();
    buttons.at(steps[event.key] % buttons.length).focus();
  });
}

function shortcuts(editor, asks) {
  editor.view.dom.addEventListener("keydown", (event) => {
    const mod = MAC ? event.metaKey : event.ctrlKey;
    if (mod && !event.shiftKey && !event.altKey && event.key === "k") {
      event.preventDefault();
      asks.Link();
    }
    if (mod && event.altKey && event.code === "KeyS" && editor.schema.nodes.safety) {
      event.preventDefault();
      boxed(editor.chain().focus(), editor).run();
    }
    if (event.altKey && event.key === "F10") {
      event.preventDefault();
      editor.view.dom.parentElement.querySelector('[role="toolbar"] [tabindex="0"]').focus();
    }
  });
}

function link(editor, asking) {
  const now = editor.getAttributes("link").href ?? "";
  ask(editor, asking, {
    label: "Address, beginning with https://",
    value: now,
    wrong: (text) => text && !isAddress(text) && "This is no address; it begins with https://",
    done: (text) => {
      const chain = editor.chain().focus().extendMarkRange("link");
      if (!text) return chain.unsetMark("link").run();
      if (!editor.state.selection.empty || now) return chain.setMark("link", { href: text }).run();
      return chain.insertContent({ type: "text", text, marks: [{ type: "link", attrs: { href: text } }] }).run();
    },
  });
}

function caption(editor, asking) {
  const now = textOf(editor.getAttributes("table").caption ?? "");
  ask(editor, asking, {
    label: "What the table shows",
    value: now,
    wrong: () => false,
    done: (text) => {
      const escaped = make("i", { textContent: text.trim() }).innerHTML;
      return text === now ? editor.commands.focus() : editor.chain().focus().updateAttributes("table", { caption: escaped }).run();
    },
  });
}

/** One question under the buttons; Enter answers, Escape goes back to the text. */
function ask(editor, asking, { label, value, wrong, done }) {
  const input = make("input", { type: "text", value });
  const error = make("p", { className: "error", hidden: true });
  const close = () => {
    editor.off("focus", close);
    asking.hidden = true;
    asking.replaceChildren();
  };
  const answer = () => {
    const text = input.value.trim();
    const objection = wrong(text);
    error.hidden = !objection;
    error.textContent = objection || "";
    if (objection) return;
    close();
    done(text);
  };
  const leave = () => {
    close();
    editor.commands.focus();
  };
  error.setAttribute("role", "alert");
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
    if (event.key === "Enter") answer();
    if (event.key === "Escape") leave();
  });
  const set = make("button", { type: "button", textContent: "Set" });
  const back = make("button", { type: "button", className: "quiet", textContent: "Cancel" });
  set.addEventListener("click", answer);
  back.addEventListener("click", leave);
  asking.replaceChildren(make("label", {}, `${label} `, input), set, back, error);
  asking.hidden = false;
  editor.on("focus", close);
  input.focus();
  input.select();
}
