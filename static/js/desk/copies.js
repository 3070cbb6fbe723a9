// Copies of unsaved words in this browser, each by the name of whose it is and of what,
// until the server has them. They expire, and nobody else who signs in here is shown them.

const PREFIX = "draft";
const SENT = "sent"; // whose copy this tab sent last
const LONGEST = 14 * 24 * 3600 * 1000;

/** The name of somebody's copy of a thing. */
export function named(user, thing) {
  return [PREFIX, user, thing].join(":");
}

/** The name of their copy of one form of the desk. */
export function ofForm(user, form) {
  return named(user, `form ${form}`);
}

/** Keep these fields; say whether the browser took them. `sent`: with the whole page. */
export function keep(name, fields, sent = false) {
  try {
    localStorage.setItem(name, JSON.stringify({ at: Date.now(), fields, sent }));
    if (sent) sessionStorage.setItem(SENT, name);
    return true;
  } catch {
    return false; // storage is full or closed to us
  }
}

export function kept(name) {
  try {
    sweep();
    return JSON.parse(localStorage.getItem(name) ?? "null");
  } catch {
    return null;
  }
}

export function forget(name) {
  try {
    localStorage.removeItem(name);
  } catch {
    // storage is closed to us: nothing was kept
  }
}

/** What this tab sent last is forgotten if it `arrived`; all else that was sent waits again. */
export function settle(user, arrived) {
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(ofForm(user, "")) || !read(key)?.sent) continue;
      if (arrived && key === sessionStorage.getItem(SENT)) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify({ ...read(key), sent: false }));
    }
  } catch {
    // storage is closed to us: nothing was kept
  }
}

function sweep() {
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(`${PREFIX}:`)) continue;
    if (!(Date.now() - read(key)?.at <= LONGEST)) localStorage.removeItem(key);
  }
}

/** A copy as it was kept; nothing for what is no copy. */
function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return undefined;
  }
}
