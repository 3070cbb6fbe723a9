// What the modules of the writing page share: the form, and word of what changes in it.
//
// The form is the truth. An editor that holds newer words than its field puts them
// there when it is asked to (`flush`), and says at once that something changed.
//
// Events, all on `events`: "changed" (detail: the field's name), "saved" (detail: the
// server's answer), "replacing" (detail: texts by name) and
// "replaced" (detail: the names of fields that got another text).
// The document is told "draft-saved" and "references-changed" too, for parts of the page
// that no module of ours draws.

export const form = document.querySelector("form[data-draft]");
export const isReview = Boolean(form?.dataset.version?.startsWith("review-"));
export const events = new EventTarget();

const writers = new Set();

export function tell(name, detail) {
  events.dispatchEvent(new CustomEvent(name, { detail }));
}

export function hear(name, listener) {
  events.addEventListener(name, (event) => listener(event.detail));
}

/** `writer` is called before anybody reads the form. */
export function writesLate(writer) {
  writers.add(writer);
}

function flush() {
  for (const writer of writers) writer();
}

export function field(name) {
  return form.elements.namedItem(name);
}

/** Every field of the form as its server is sent it, by name. */
export function written() {
  flush();
  const skipped = /^(csrfmiddlewaretoken|password|attempt|ref-.*)$/;
  return Object.fromEntries([...new FormData(form)].filter(([name]) => !skipped.test(name)));
}

/** Put other texts into the form, and tell whoever shows them. */
export function replace(texts) {
  tell("replacing", texts);
  for (const name of Object.keys(texts)) if (/^cite-/.test(name) && !field(name)) form.append(make("input", { type: "hidden", name }));
  const names = Object.keys(texts).filter((name) => field(name) && field(name).value !== texts[name]);
  for (const name of names) field(name).value = texts[name];
  tell("replaced", names);
  if (names.length) tell("changed", names[0]);
}

/** The texts in the order in which they are read: it makes the numbers. */
export function textFields() {
  const others = [...form.querySelectorAll('textarea[name^="body_"]')];
  others.sort((one, other) => (one.name < other.name ? -1 : 1));
  return [field("key_answer"), field("body"), ...others].filter(Boolean);
}

/** A new element: its properties, then what stands in it. */
export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** A quiet button that does one thing. */
export function act(text, deed) {
  const button = make("button", { type: "button", className: "quiet", textContent: text });
  button.addEventListener("click", deed);
  return button;
}

/** What was wrong with the form is so no more, once its server has taken it. */
export function mended() {
  for (const said of document.querySelectorAll(".errors")) said.remove();
  for (const said of form.querySelectorAll(".errorlist")) said.remove();
  for (const place of form.querySelectorAll(".wrong")) place.classList.remove("wrong");
  for (const input of form.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
}
