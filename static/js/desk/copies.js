// A copy of unsaved words in this browser, for this person and this draft, until the
// server has them. It expires, and nobody else who signs in here is shown it.

import { form } from "desk/page";

const PREFIX = "draft";
const LONGEST = 14 * 24 * 3600 * 1000;

function name() {
  const { user, version } = form.dataset;
  return [PREFIX, user, version || "new"].join(":");
}

/** Keep these fields; say whether the browser took them. `sent`: with the whole page. */
export function keep(fields, sent = false) {
  try {
    localStorage.setItem(name(), JSON.stringify({ at: Date.now(), fields, sent }));
    return true;
  } catch {
    return false; // storage is full or closed to us
  }
}

export function kept() {
  try {
    sweep();
    return JSON.parse(localStorage.getItem(name()) ?? "null");
  } catch {
    return null;
  }
}

export function forget() {
  try {
    localStorage.removeItem(name());
  } catch {
    // storage is closed to us: nothing was kept
  }
}

function sweep() {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(`${PREFIX}:`)) continue;
    if (!(Date.now() - keptAt(key) <= LONGEST)) localStorage.removeItem(key);
  }
}

/** When a copy was kept; nothing for what is no copy. */
function keptAt(key) {
  try {
    return JSON.parse(localStorage.getItem(key))?.at;
  } catch {
    return undefined;
  }
}
