// The second look: what is about to be signed, counted once more, and what it still
// needs. The password can be typed at once; it is hidden when something is missing.

import { form, make, written } from "desk/page";
import { send } from "desk/sending";
import { counts } from "review/counts";
import { leadTo } from "review/leading";
import { isElsewhere } from "review/refused";

const PATIENCE = 5_000; // then it is left to the signature to be refused

const section = form?.querySelector("[data-signing]");
const signature = section?.querySelector("[data-signature]");
const dialog = make("dialog", { className: "second-look" });
const missing = make("div", { className: "missing", hidden: true });
missing.setAttribute("role", "status");

let looks = 0; // counted up with every look, so that a late answer is not the last word

export async function open() {
  draw();
  missing.textContent = "Looking once more…";
  missing.hidden = false;
  signature.hidden = false;
  if (!dialog.open) dialog.showModal();
  signature.querySelector("[type=password]").focus();
  looks += 1;
  const mine = looks;
  const found = await look();
  if (mine === looks && dialog.open) show(found);
}

/** What the server says of these words; who cannot ask it is told when they sign. */
async function look() {
  try {
    const late = new Promise((_, fail) => { setTimeout(fail, PATIENCE); });
    const answer = await Promise.race([send(written(), form.dataset.look), late]);
    return answer.ok ? await answer.json() : {};
  } catch {
    return {};
  }
}

function show({ missing: found = [], passed_over: over }) {
  signature.hidden = found.length > 0;
  missing.hidden = found.length === 0;
  const links = found.map(([id, sentence]) => make("li", {}, make("a", { href: `#${id}`, textContent: sentence })));
  if (over !== undefined) {
    const said = signature.querySelector("[data-passed-over]");
    said.textContent = over;
    said.hidden = !over;
  }
  missing.replaceChildren(make("p", { textContent: "Before you can sign:" }), make("ul", {}, ...links));
  missing.querySelector("a")?.focus();
}

/** Enter after the password signs; by itself it would press the form's first button. */
function sign(event) {
  if (event.key !== "Enter" || !event.target.matches("[type=password]")) return;
  event.preventDefault();
  section.querySelector("[type=submit]").click();
}

function draw() {
  const now = counts();
  const facts = {
    Vote: now.vote,
    Checklist: `${now.checklist[0]} of ${now.checklist[1]} lines answered`,
    Comments: `${now.comments}, ${now.blocking} of them blocking`,
  };
  if (now.checked) facts.Citations = now.checked;
  const list = section.querySelector("[data-second-look]");
  list.replaceChildren(...Object.entries(facts).flatMap(([name, said]) => [make("dt", { textContent: name }), make("dd", { textContent: said })]));
  list.after(missing);
}

/** A link to a field goes there, out of the second look or into it. */
function follow(event) {
  const link = event.target.closest(".errors a[href^='#'], .missing a");
  const target = link && document.getElementById(link.hash.slice(1));
  if (!target) return;
  event.preventDefault();
  if (section.contains(target)) return open();
  dialog.close();
  leadTo(target);
}

export function start() {
  dialog.setAttribute("aria-labelledby", "sign");
  const on = make("button", { type: "button", textContent: "To the signature" });
  on.dataset.signs = "";
  on.addEventListener("click", open);
  section.before(make("p", { className: "buttons" }, on), dialog);
  dialog.append(section);
  dialog.addEventListener("keydown", sign);
  const back = make("button", { type: "button", className: "quiet", textContent: "Go on reading" });
  back.addEventListener("click", () => dialog.close());
  section.append(make("p", { className: "buttons" }, back));
  for (const link of document.querySelectorAll("[data-sign]")) {
    const button = make("button", { type: "button", textContent: link.textContent });
    button.addEventListener("click", open);
    link.replaceWith(button);
  }
  document.addEventListener("click", follow);
  if (section.querySelector(".wrong") && !isElsewhere(section)) open();
}
