// How the words of this page go to the server, and who is signed in there now.

import { field, form, isReview } from "desk/page";
import * as references from "desk/references";

const attempt = windowed(); // opens one article, once

/** The name of this window; a page that comes back to it refused carries it on. */
function windowed() {
  const carried = form && field("attempt");
  const name = carried?.value || `${Date.now()}-${Math.random().toString(36).slice(2)}`;
  if (carried) carried.value = name;
  return name;
}

/** Send the words of this page, to be saved or to be looked at; with a fresh token where its own is too old. */
export async function send(fields, to = form.dataset.save) {
  const answer = await post(fields, to);
  if (answer.status !== 403) return answer;
  const fresh = await ask(); // the page's token is from before the last sign-in
  if (fresh.status === 401) return fresh;
  return (await renewed(fresh)) ? post(fields, to) : answer;
}

/** A review has many fields, and an empty one says nothing; but a claim sent empty is one no longer answered. */
function said(fields) {
  if (!isReview) return fields;
  return Object.fromEntries(Object.entries(fields).filter(([name, value]) => value || name.startsWith("cite-")));
}

function post(fields, to) {
  const body = new URLSearchParams({ ...said(fields), attempt, csrfmiddlewaretoken: field("csrfmiddlewaretoken").value });
  if (references.isNews()) body.set("printed", "yes");
  return fetch(to, { method: "POST", body, headers: { Accept: "application/json" } });
}

export function ask() {
  return fetch(form.dataset.token, { headers: { Accept: "application/json" } });
}

/** Put a fresh token into the page; false when nobody, or somebody else, is signed in. */
export async function renewed(answer) {
  if (!answer.ok) return false;
  const { token, user } = await answer.json();
  if (String(user) !== form.dataset.user) return false;
  for (const input of document.querySelectorAll('[name="csrfmiddlewaretoken"]')) input.value = token;
  return true;
}
