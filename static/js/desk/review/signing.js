// The second look: what is about to be signed, counted once more, before the password.

import { form, make } from "desk/page";
import { counts } from "review/counts";

const section = form?.querySelector("[data-signing]");
const dialog = make("dialog", { className: "second-look" });

export function open() {
  draw();
  if (!dialog.open) dialog.showModal();
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
  if (now.citations[1]) facts.Citations = `${now.citations[0]} of ${now.citations[1]} checked`;
  const list = section.querySelector("[data-second-look]");
  list.replaceChildren(...Object.entries(facts).flatMap(([name, said]) => [make("dt", { textContent: name }), make("dd", { textContent: said })]));
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
  section.querySelector(".buttons").append(back);
  for (const link of document.querySelectorAll("[data-sign]")) {
    const button = make("button", { type: "button", textContent: link.textContent });
    button.addEventListener("click", open);
    link.replaceWith(button);
  }
  if (section.querySelector(".error, .wrong")) open();
  for (const link of document.querySelectorAll(".errors a[href]")) {
    link.addEventListener("click", () => section.querySelector(link.hash) ? open() : dialog.close());
  }
}
