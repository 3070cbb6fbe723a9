// The texts for several audiences as tabs: one is read at a time, as its readers see it.

import { make } from "desk/page";

const article = document.querySelector(".reading article");
const sections = [...(article?.querySelectorAll("section[aria-labelledby^=for-]") ?? [])];
const listeners = new Set();
let tabs = [];

/** Call `listener` whenever another text is shown. */
export function whenShown(listener) {
  listeners.add(listener);
}

/** Show the text in which this part stands. */
export function show(part) {
  const place = sections.findIndex((section) => section.getAttribute("aria-labelledby") === `for-${part}`);
  if (place >= 0 && sections[place].hidden) choose(place);
}

function choose(place) {
  sections.forEach((section, at) => {
    section.hidden = at !== place;
    tabs[at].setAttribute("aria-selected", String(at === place));
    tabs[at].tabIndex = at === place ? 0 : -1;
  });
  for (const listener of listeners) listener();
}

function byKey(event) {
  const here = tabs.indexOf(document.activeElement);
  const steps = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: -1 };
  if (here < 0 || !(event.key in steps)) return;
  event.preventDefault();
  const next = (steps[event.key] + tabs.length) % tabs.length;
  tabs[next].focus();
  choose(next);
}

/** A link into a text that is not shown shows it first. */
function follow() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const place = sections.findIndex((section) => target && section.contains(target));
  if (place < 0 || !sections[place].hidden) return;
  choose(place);
  target.scrollIntoView();
}

export function start() {
  if (sections.length < 2) return;
  const bar = make("div", { className: "tabs" });
  bar.setAttribute("role", "tablist");
  bar.setAttribute("aria-label", "As readers see it");
  tabs = sections.map((section, at) => {
    const label = section.querySelector(".label");
    const name = label.textContent.replace("Written for ", "For ");
    const tab = make("button", { type: "button", id: `${label.id}-tab`, textContent: name });
    section.id ||= `${label.id}-text`;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", section.id);
    section.setAttribute("role", "tabpanel");
    tab.addEventListener("click", () => choose(at));
    bar.append(tab);
    return tab;
  });
  bar.addEventListener("keydown", byKey);
  sections[0].before(bar);
  window.addEventListener("hashchange", follow);
  choose(0);
  follow();
}
