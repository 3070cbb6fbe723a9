// The second look: what is about to be signed, counted once more, and what it still
// needs. The password can be typed at once; it is hidden when something is missing.

import { act, form, make } from "desk/page";
import { isBack, look } from "review/asking";
import { counts } from "review/counts";
import { leadTo } from "review/leading";
import { isElsewhere } from "review/refused";

const LOOK_AGAIN = 4_000;
const OFFLINE = "No connection: you can sign when it is back.";

const section = form?.querySelector("[data-signing]");
const signature = section?.querySelector("[data-signature]");
const dialog = make("dialog", { className: "second-look" });
const missing = make("div", { className: "missing", hidden: true });
missing.setAttribute("role", "status");

const signs = signature?.querySelector("[type=submit]");
const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

let again = 0;
let looks = 0; // counted up with every look, so that a late answer is not the last word

export async function open() {
  draw();
  tell("Looking once more…");
  signature.hidden = false;
  if (!dialog.open) dialog.showModal();
  const password = signature.querySelector("[type=password]");
  password.value = ""; // letters that were typed at the last opening, and never seen
  password.focus();
  await ask();
}

async function ask() {
  clearTimeout(again);
  looks += 1;
  const mine = looks;
  const found = await look();
  if (mine === looks && dialog.open) answered(found);
}

function answered(found) {
  signs.disabled = Boolean(found.offline);
  if (found.offline) return offline();
  if (found.elsewhere) return elsewhere(found.elsewhere);
  if (found.signIn) return signedOut(found.signIn);
  if (found.refused) return refuse(found.refused);
  return show(found);
}

function tell(words, ...more) {
  missing.hidden = false;
  missing.replaceChildren(make("p", { textContent: words }), ...more);
}

/** Nothing is sent to a house that does not answer; its page would be the browser's. */
function offline() {
  signs.disabled = true;
  if (missing.textContent !== OFFLINE) tell(OFFLINE); // said once
  clearTimeout(again);
  again = setTimeout(() => dialog.open && ask(), LOOK_AGAIN);
}

function elsewhere({ what, who, when }) {
  const at = when ? `, at ${time.format(new Date(when))}` : "";
  const see = act("See both texts", () => form.requestSubmit(document.querySelector("[data-save-plainly]")));
  refuse(`${what} by ${who}${at}, in another window. Choose what stays, then sign. Nothing is lost.`, see);
  see.focus();
}

function refuse(words, ...more) {
  signature.hidden = true;
  tell(words, ...more);
}

/** Nobody is asked for a password who must sign in first; once they are back, we look again. */
function signedOut(address) {
  const link = make("a", { href: address, target: "_blank", textContent: "Sign in in a new tab, then come back here" });
  refuse("You are signed out; your words are kept on this page.", link);
  link.focus();
  const wait = () => { again = setTimeout(async () => dialog.open && ((await isBack()) ? open() : wait()), LOOK_AGAIN); };
  wait();
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
  signs.click();
}

/** The connection can go between the look and the signature. */
function hold(event) {
  if (navigator.onLine || event.submitter !== signs) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  offline();
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
  form.addEventListener("submit", hold);
  window.addEventListener("offline", () => dialog.open && !signature.hidden && offline());
  window.addEventListener("online", () => dialog.open && signs.disabled && ask());
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
