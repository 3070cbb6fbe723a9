// The texts for other audiences as tabs beside the main one.

import { field, form, hear, make } from "desk/page";
import { editorOf } from "desk/editor";
import { sidelong } from "desk/toolbar";

export function start() {
  const main = field("body").closest(".field");
  const others = [...form.querySelectorAll(".rendition")];
  const folded = others[0]?.closest("details");
  if (!folded) return;
  const bar = make("div", { className: "tabs" });
  bar.setAttribute("role", "tablist");
  bar.setAttribute("aria-label", "Texts by audience");
  main.before(bar);
  const panels = [main, ...others];
  const tabs = panels.map((panel) => tab(bar, panel));
  main.after(...others);
  folded.remove();

  const choose = (place) => {
    panels.forEach((panel, at) => {
      panel.hidden = at !== place;
      tabs[at].setAttribute("aria-selected", String(at === place));
      tabs[at].tabIndex = at === place ? 0 : -1;
    });
    editorOf(panels[place].querySelector("textarea"));
  };
  const name = () => tabs.forEach((made, place) => called(made, panels[place], place === 0));
  tabs.forEach((made, place) => made.addEventListener("click", () => choose(place)));
  bar.addEventListener("keydown", (event) => {
    const shown = tabs.filter((made) => !made.hidden);
    const here = shown.indexOf(document.activeElement);
    const steps = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: -1 };
    if (here < 0 || !(event.key in steps)) return;
    event.preventDefault();
    const next = shown.at(steps[event.key] % shown.length);
    next.focus();
    choose(tabs.indexOf(next));
  });
  form.addEventListener("input", name);
  hear("replaced", name);
  name();
  const wrong = panels.findIndex((panel) => panel.matches(".wrong, :has(.wrong)"));
  choose(Math.max(wrong, 0));
  sidelong(bar);
}

function tab(bar, panel) {
  const area = panel.querySelector("textarea");
  const made = make("button", { type: "button", id: `${area.id}-tab` });
  panel.id = `${area.id}-panel`;
  panel.setAttribute("role", "tabpanel");
  panel.setAttribute("aria-labelledby", made.id);
  made.setAttribute("role", "tab");
  made.setAttribute("aria-controls", panel.id);
  bar.append(made);
  return made;
}

/** A tab says for whom, and whether anything is written there. */
function called(made, panel, isMain) {
  const audience = field("audience");
  const area = panel.querySelector("textarea");
  const mine = isMain ? audience.value : area.name.replace("body_", "");
  const label = [...audience.options].find((option) => option.value === mine)?.text ?? mine;
  const words = isMain ? `${label} (main text)` : label;
  const text = area.value.trim() || isMain ? words : `${words} · empty`;
  if (made.textContent !== text) made.textContent = text;
  made.hidden = !isMain && mine === audience.value && !area.value.trim();
}
