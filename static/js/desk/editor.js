// An editor over each text field. The field stays the truth and is kept in step.

import { Editor, pm } from "django-prose-editor/editor";
import { events, hear, make, tell, textFields, writesLate } from "desk/page";
import { label, numbers } from "desk/numbers";
import { tidied } from "desk/pasting";
import { BODY, INLINE, markers, spelled } from "desk/schema";
import { toolbar } from "desk/toolbar";
import { picker } from "desk/picker";

const LATE = 150;
const { Fragment, Slice } = pm.model;
const mounted = new Map();

/** The editor over a field, made when it is first asked for. */
export function editorOf(textarea) {
  if (!mounted.has(textarea)) mounted.set(textarea, mount(textarea));
  return mounted.get(textarea);
}

function mount(textarea) {
  const inline = textarea.name === "key_answer";
  const name = document.querySelector(`label[for="${textarea.id}"]`);
  const place = make("div", { className: "editing" });
  name.id ||= `${textarea.id}-label`;
  textarea.before(place);
  textarea.hidden = true;
  const editor = new Editor({
    element: place,
    injectCSS: false,
    extensions: inline ? INLINE : BODY,
    content: textarea.value,
    editorProps: {
      attributes: attributes(textarea, name, inline),
      transformPastedHTML: tidied,
      handleDOMEvents: { keydown: leaving() },
      ...(inline ? { transformPasted: joined, handleKeyDown: staysOneLine } : {}),
    },
  });
  const step = inStep(editor, textarea, inline);
  editor.on("update", step.later);
  writesLate(step.now);
  hear("replaced", (names) => names.includes(textarea.name) && take(editor, textarea));
  name.addEventListener("click", () => editor.commands.focus());
  place.prepend(toolbar(editor, { inline, name: name.textContent.replace("(optional)", "").trim() }));
  picker(editor);
  return editor;
}

function attributes(textarea, name, inline) {
  const given = {
    class: inline ? "text one" : "text",
    role: "textbox",
    "aria-multiline": String(!inline),
    "aria-labelledby": name.id,
    spellcheck: "true",
  };
  const hint = textarea.getAttribute("aria-describedby");
  return hint ? { ...given, "aria-describedby": hint } : given;
}

/** Put what the editor holds into its field: soon, and at once when somebody reads it. */
function inStep(editor, textarea, inline) {
  let timer = null;
  const now = () => {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    textarea.value = spelled(editor.getHTML(), { inline });
    textarea.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const later = ({ transaction }) => {
    if (transaction.getMeta("taken")) return;
    tell("changed", textarea.name);
    timer ??= setTimeout(now, LATE);
  };
  return { now, later };
}

function take(editor, textarea) {
  editor.chain().setMeta("taken", true).setContent(textarea.value, { emitUpdate: true }).run();
}

/** Several pasted blocks become one run of text. */
function joined(slice, { state }) {
  const found = [];
  slice.content.descendants((node) => {
    if (node.isTextblock && found.length) found.push(state.schema.text(" "));
    if (node.isInline) found.push(node);
  });
  return slice.content.firstChild?.isInline ? slice : new Slice(Fragment.from(found), 0, 0);
}

/** After Escape, Tab is the browser's own and leads out of the text, wherever one is in it. */
function leaving() {
  let isOnTheWay = false;
  return (_view, { key }) => {
    const leaves = isOnTheWay && key === "Tab";
    isOnTheWay = key === "Escape" || (isOnTheWay && key === "Shift");
    return leaves;
  };
}

function staysOneLine(_view, event) {
  return event.key === "Enter" && !event.defaultPrevented;
}

function renumber() {
  const known = numbers();
  for (const marker of markers) {
    marker.show = () => {
      const text = label(marker.keys, known);
      if (marker.dom.textContent === text) return;
      marker.dom.textContent = text;
      marker.dom.title = marker.keys.join(", ");
    };
    marker.show();
  }
}

let drawing = 0;

function soon() {
  drawing ||= requestAnimationFrame(() => {
    drawing = 0;
    renumber();
  });
}

/** Mount the editors that are seen at once; the others come with their tabs. */
export function start() {
  for (const textarea of textFields().slice(0, 2)) editorOf(textarea);
  for (const textarea of textFields()) textarea.addEventListener("input", soon);
  document.addEventListener("references-changed", soon);
  events.addEventListener("changed", soon);
  soon();
}
