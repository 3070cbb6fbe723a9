// Words that this browser kept and the server never got, offered to their author.

import { act, make } from "desk/page";

const COUNTERS = new Set(["seen", "saves", "attempt", "opening"]); // they say nothing

/** Whether two sets of fields say different things. */
export function differ(one, other) {
  const names = Object.keys({ ...one, ...other });
  return names.some((name) => !COUNTERS.has(name) && plain(one[name]) !== plain(other[name]));
}

/** Lines between blocks are there to be read, not to be compared; so is the order of keys. */
function plain(text = "") {
  try {
    return JSON.stringify(JSON.parse(/^\s*\[/.test(text) ? text : ""), (_, value) => byKey(value));
  } catch {
    return text.replace(/>\s+(?=<)/g, ">").trim();
  }
}

function byKey(value) {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** A box that asks what becomes of a copy, and goes once somebody has said. */
export function offer({ at }, { take, drop }) {
  const place = make("div", { className: "notice" });
  const end = (deed) => () => {
    place.remove();
    deed();
  };
  const when = new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short", hourCycle: "h23" });
  place.append(
    make("b", { textContent: "This browser has words that were never saved" }),
    make("p", { textContent: `They are from ${when}. What you see below is what is stored.` }),
    make("p", { className: "buttons" }, act("Take them", end(take)), act("Throw them away", end(drop))),
  );
  place.setAttribute("role", "region");
  place.setAttribute("aria-label", "Unsaved words");
  return place;
}
