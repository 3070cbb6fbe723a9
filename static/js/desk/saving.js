// Saves by itself: soon after typing stops, and now and then while it goes on. What is
// not yet saved lies in this browser too, and the page says in words how it stands.

import { field, form, hear, make, replace, tell, written } from "desk/page";
import * as copies from "desk/copies";
import * as references from "desk/references";

const PAUSE = 3_000;
const LONGEST = 15_000;
const COPY_AFTER = 400;
const AGAIN = [5_000, 10_000, 20_000, 60_000];
const LOOK_AGAIN = 4_000;
const COUNTERS = new Set(["seen", "saves", "attempt"]); // they say nothing

const status = document.querySelector("[data-saving]");
const time = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

const attemptName = `${Date.now()}-${Math.random().toString(36).slice(2)}`; // opens one article, once

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

function act(text, deed) {
  const button = make("button", { type: "button", className: "quiet", textContent: text });
  button.addEventListener("click", deed);
  return button;
}

function changed() {
  if (!isUnsaved()) first = Date.now();
  changes += 1;
  clearTimeout(copying);
  copying = setTimeout(copy, COPY_AFTER);
  if (!stopped) later(Math.max(0, Math.min(PAUSE, first + LONGEST - Date.now())));
}

function copy() {
  return copies.keep(written());
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
  if (fields.question?.trim() === "") return say("Not saved yet: write the question first. Your words are kept in this browser.", "waits");
  const upTo = changes;
  say("Saving…", "busy");
  try {
    const answer = await send(fields);
    return await took(answer, upTo);
  } catch {
    return failed();
  }
}

async function send(fields) {
  const answer = await post(fields);
  if (answer.status !== 403) return answer;
  const fresh = await ask(); // the page's token is from before the last sign-in
  if (fresh.status === 401) return fresh;
  return (await renewed(fresh)) ? post(fields) : answer;
}

/** A review has many fields, and an empty one says nothing; but a claim sent empty is one no longer answered. */
function said(fields) {
  if (!form.dataset.version?.startsWith("review-")) return fields;
  return Object.fromEntries(Object.entries(fields).filter(([name, value]) => value || name.startsWith("cite-")));
}

function post(fields) {
  const body = new URLSearchParams({ ...said(fields), attempt: attemptName, csrfmiddlewaretoken: field("csrfmiddlewaretoken").value });
  if (references.isNews()) body.set("printed", "yes");
  return fetch(form.dataset.save, { method: "POST", body, headers: { Accept: "application/json" } });
}

function ask() {
  return fetch(form.dataset.token, { headers: { Accept: "application/json" } });
}

/** Put a fresh token into the page; false when nobody, or somebody else, is signed in. */
async function renewed(answer) {
  if (!answer.ok) return false;
  const { token, user } = await answer.json();
  if (String(user) !== form.dataset.user) return false;
  for (const input of document.querySelectorAll('[name="csrfmiddlewaretoken"]')) input.value = token;
  return true;
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
  if (told.seen !== undefined) field("seen").value = told.seen;
  if (!isUnsaved()) copies.forget();
  if (!form.dataset.version) opened(told);
  if (document.querySelector("[data-question]")) named();
  if (told.printed && !isUnsaved()) references.learn(told.printed);
  const dropped = told.dropped?.length ? [taken(told.dropped)] : [];
  say(`Saved at ${time.format(new Date(told.saved_at))}`, "good", ...dropped);
  tell("saved", told);
  document.dispatchEvent(new CustomEvent("draft-saved", { detail: told }));
}

/** A new article has an address of its own from its first save on, and parts that lead on. */
function opened({ address, save: to, version, parts }) {
  copies.forget();
  Object.assign(form.dataset, { version, save: to });
  form.action = address;
  history.replaceState(null, "", address);
  for (const [name, html] of Object.entries(parts)) {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    document.querySelector(`[data-fresh="${name}"]`).replaceChildren(...body.childNodes);
  }
  if (isUnsaved()) copy();
}

/** The heading says the question as it is stored. */
function named() {
  document.querySelector("[data-question]").textContent = field("question").value;
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
  const link = make("a", { href: address, target: "_blank", textContent: "Sign in in a new tab" });
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
function offer() {
  const found = copies.kept();
  const now = written();
  const arrived = found?.sent && document.querySelector(".messages .success");
  const differs = found && Object.keys({ ...found.fields, ...now }).some((name) => !COUNTERS.has(name) && plain(found.fields[name]) !== plain(now[name]));
  if (arrived || !differs) return copies.forget();
  if (found.fields.saves !== undefined && found.fields.saves === now.saves) return bringBack(found);
  const place = make("div", { className: "notice" });
  const end = (deed) => () => {
    place.remove();
    deed();
  };
  const when = new Date(found.at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" });
  place.append(
    make("b", { textContent: "This browser has words that were never saved" }),
    make("p", { textContent: `They are from ${when}. What you see below is what is stored.` }),
    make("p", { className: "buttons" }, act("Take them", end(() => replace(found.fields))), act("Throw them away", end(copies.forget))),
  );
  place.setAttribute("role", "region");
  place.setAttribute("aria-label", "Unsaved words");
  (document.querySelector("[data-offers]") ?? status.parentElement).before(place);
  return undefined;
}

/** Newer than what is stored, and nobody saved anything else since: they simply go on. */
function bringBack(found) {
  replace(found.fields);
  changed();
}

/** Lines between blocks are there to be read, not to be compared. */
function plain(text = "") {
  return text.replace(/>\s+(?=<)/g, ">").trim();
}

async function leave(event) {
  if (!running) {
    leaving = true;
    clearTimeout(timer); // what is on its way says it all
    const fields = written();
    if (isUnsaved()) copies.keep(fields, true);
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
  offer();
  if (!form.dataset.version) say("Not saved yet: it is saved by itself while you write", "waits");
  else if (!form.dataset.unsaved) say("All saved", "good");
  measured();
  hear("changed", changed);
  form.addEventListener("input", ({ target, isTrusted }) => isTrusted && target.name && target.type !== "password" && !target.name.startsWith("ref-") && changed());
  form.addEventListener("submit", leave);
  document.addEventListener("click", follow);
  document.addEventListener("keydown", byKey);
  window.addEventListener("online", () => isUnsaved() && !stopped && save());
  document.addEventListener("visibilitychange", () => document.hidden && isUnsaved() && !stopped && save());
  window.addEventListener("pagehide", () => isUnsaved() && !leaving && copy());
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", (event) => isUnsaved() && !leaving && event.preventDefault());
  if (form.dataset.unsaved) changed();
}
