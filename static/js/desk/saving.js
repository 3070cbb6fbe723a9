// Saves by itself: soon after typing stops, and now and then while it goes on. What is
// not yet saved lies in this browser too, and the page says in words how it stands.

import { act, field, form, hear, isReview, make, mended, replace, tell, written } from "desk/page";
import * as copies from "desk/copies";
import { differ, offer } from "desk/offering";
import { ask, renewed, send } from "desk/sending";
import * as references from "desk/references";

const PAUSE = isReview ? 1_500 : 3_000; // of a review no moment is kept but the last
const LONGEST = 15_000;
const COPY_AFTER = 400;
const AGAIN = [5_000, 10_000, 20_000, 60_000];
const LOOK_AGAIN = 4_000;
const UNSAVED = "Not saved yet";

const status = document.querySelector("[data-saving]");
const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

let changes = 0; // counted up with every change
let saved = 0; // the count that the server has
let first = 0; // when the oldest unsaved change was made
let timer = 0;
let copying = 0;
let running = null;
let failures = 0;
let stopped = false; // somebody must decide first
let leaving = false;

export const isUnsaved = () => changes > saved;

function say(words, kind, ...more) {
  status.className = `saving ${kind}`;
  status.replaceChildren(make("span", { textContent: words }), ...more.flatMap((part) => [" ", part]));
}

function changed() {
  if (!isUnsaved()) first = Date.now();
  changes += 1;
  clearTimeout(copying);
  copying = setTimeout(copy, COPY_AFTER);
  if (stopped) return;
  if (!running && !failures) waits();
  later(Math.max(0, Math.min(PAUSE, first + LONGEST - Date.now())));
}

/** Say once that words are unsaved: what is said anew at every key is read out anew. */
function waits() {
  if (!status.matches(".waits")) say(UNSAVED, "waits", ...status.querySelectorAll("details"));
}

/** By what name this browser keeps the words of this page. */
function name() {
  return copies.named(form.dataset.user, form.dataset.version || "new");
}

function copy() {
  return copies.keep(name(), written());
}

function forget() {
  clearTimeout(copying);
  copies.forget(name());
}

function later(wait) {
  clearTimeout(timer);
  timer = setTimeout(save, wait);
}

/** Save what there is; gives when it is over, however it went. */
export function save() {
  clearTimeout(timer);
  running ??= attempt().finally(() => {
    running = null;
    if (isUnsaved() && !stopped && !failures) later(PAUSE);
  });
  return running;
}

async function attempt() {
  const fields = written();
  if (fields.question?.trim() === "") return say(`${UNSAVED}: write the question first. Your words are kept in this browser.`, "waits");
  const upTo = changes;
  say("Saving…", "busy");
  try {
    const answer = await send(fields);
    return await took(answer, upTo);
  } catch {
    return failed();
  }
}

async function took(answer, upTo) {
  failures = 0;
  const told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
  if (answer.ok) return done(told, upTo);
  if (answer.status === 401) return signedOut(told);
  copy();
  if (answer.status === 409) return conflict(told);
  if (answer.status === 422) return refused(told);
  if (answer.status < 500) {
    stopped = true;
    return say("Not saved: you may not write here any more. Your words are kept in this browser; copy what you need.", "bad");
  }
  return failed("the server could not do it");
}

function done(told, upTo) {
  saved = upTo;
  first = Date.now();
  if (!isReview) mended(); // a review is saved however much of it is missing
  if (told.seen !== undefined) field("seen").value = told.seen;
  if (!isUnsaved()) forget();
  if (!form.dataset.version) opened(told);
  for (const heading of document.querySelectorAll("[data-question]")) heading.textContent = told.question;
  if (told.printed && !isUnsaved()) references.learn(told.printed);
  const dropped = told.dropped?.length ? [taken(told.dropped)] : [];
  say(`Saved at ${time.format(new Date(told.saved_at))}`, "good", ...dropped);
  if (isUnsaved()) waits();
  tell("saved", told);
  document.dispatchEvent(new CustomEvent("draft-saved", { detail: told }));
}

/** A new article has an address of its own from its first save on, and parts that lead on. */
function opened({ address, save: to, version, parts }) {
  forget();
  Object.assign(form.dataset, { version, save: to });
  form.action = address;
  history.replaceState(null, "", address);
  for (const [part, html] of Object.entries(parts)) {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    document.querySelector(`[data-fresh="${part}"]`).replaceChildren(...body.childNodes);
  }
  if (isUnsaved()) copy();
}

function taken(sentences) {
  const list = make("ul", {}, ...sentences.map((sentence) => make("li", { textContent: sentence })));
  return make("details", {}, make("summary", { textContent: "Something was taken out" }), list);
}

function failed(why = "there is no connection") {
  copy();
  const wait = AGAIN[Math.min(failures, AGAIN.length - 1)];
  failures += 1;
  later(wait);
  say(`Not saved: ${why}. Your words are kept in this browser; it is tried again by itself.`, "bad", act("Try now", save));
}

function refused({ errors = [] }) {
  failures += 1;
  say(`Not saved: ${errors.join(" ")} Your words are kept in this browser.`, "bad");
}

function conflict({ what, who, when }) {
  stopped = true;
  const at = when ? `, at ${time.format(new Date(when))}` : "";
  const see = act("See both texts", () => form.requestSubmit(document.querySelector("[data-save-plainly]")));
  say(`Not saved: ${what} by ${who}${at}, in another window. Nothing is lost.`, "bad", see);
}

function signedOut({ sign_in: address }) {
  stopped = true;
  copy();
  const link = make("a", { href: address, target: "_blank", textContent: "Sign in in a new tab, then come back here" });
  say("Not saved: you are signed out. Go on typing; your words are kept in this browser and saved once you have signed in.", "bad", link);
  const look = async () => {
    if (await ask().then(renewed).catch(() => false)) {
      stopped = false;
      return save();
    }
    return setTimeout(look, LOOK_AGAIN);
  };
  setTimeout(look, LOOK_AGAIN);
}

/** Words that a browser kept and the server never got: take them, or throw them away. */
function restore() {
  const found = copies.kept(name());
  const now = written();
  const arrived = found?.sent && document.querySelector(".messages .success");
  if (!found || arrived || !differ(found.fields, now)) return forget();
  if (found.fields.saves !== undefined && found.fields.saves === now.saves) return bringBack(found);
  const take = () => replace(found.fields);
  (document.querySelector("[data-offers]") ?? status.parentElement).before(offer(found, { take, drop: forget }));
  return undefined;
}

/** Newer than what is stored, and nobody saved anything else since: they simply go on. */
function bringBack(found) {
  replace(found.fields);
  changed();
}

async function leave(event) {
  if (!running) {
    leaving = true;
    clearTimeout(timer); // what is on its way says it all
    const fields = written();
    if (isUnsaved()) copies.keep(name(), fields, true);
    return;
  }
  event.preventDefault();
  const { submitter } = event;
  await running;
  form.requestSubmit(submitter);
}

/** A link is followed once what stands here is saved. */
async function follow(event) {
  const link = event.target.closest?.("a[href]");
  const plainly = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  const stays = !link || link.target || link.getAttribute("href").startsWith("#") || link.closest(".ProseMirror");
  if (stays || !plainly || stopped || !isUnsaved()) return;
  event.preventDefault();
  await save();
  location.assign(link.href);
}

function byKey(event) {
  if (event.key !== "s" || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  if (isUnsaved() && !stopped) save();
}

/** Other things that stay in sight stand below this one, however many lines it has. */
function measured() {
  const bar = status.parentElement;
  const told = new ResizeObserver(() => form.style.setProperty("--saving", `${bar.offsetHeight}px`));
  told.observe(bar);
}

export function start() {
  if (!form.dataset.version) say(`${UNSAVED}: it is saved by itself while you write`, "waits");
  else if (!form.dataset.unsaved) say("All saved", "good");
  restore();
  measured();
  hear("changed", changed);
  form.addEventListener("input", ({ target, isTrusted }) => isTrusted && target.name && target.type !== "password" && !target.name.startsWith("ref-") && changed());
  form.addEventListener("submit", leave);
  document.addEventListener("click", follow);
  document.addEventListener("keydown", byKey);
  window.addEventListener("online", () => isUnsaved() && !stopped && save());
  document.addEventListener("visibilitychange", () => document.hidden && isUnsaved() && !stopped && !leaving && save());
  window.addEventListener("pagehide", () => isUnsaved() && !leaving && copy());
  // A page that the browser kept whole holds older words than those saved since.
  window.addEventListener("pageshow", (event) => event.persisted && navigator.onLine && location.reload());
  window.addEventListener("beforeunload", (event) => isUnsaved() && !leaving && event.preventDefault());
  if (form.dataset.unsaved) changed();
}
