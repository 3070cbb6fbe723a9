// A signature that was refused: the sentences above the text lead to their fields, and
// each goes once its field is changed. What is loaded again is the review, not the refusal.

import { form } from "desk/page";

const summary = document.querySelector(".errors");
const links = () => [...(summary?.querySelectorAll("a[href^='#']") ?? [])];

/** Whether something is refused that stands outside of this part of the page. */
export function isElsewhere(part) {
  const sentences = summary?.querySelectorAll("li").length ?? 0;
  return sentences > links().filter((link) => part.querySelector(link.hash)).length;
}

function changed({ target }) {
  const place = target.closest(".wrong");
  if (!place) return;
  place.classList.remove("wrong");
  for (const said of place.querySelectorAll(".errorlist")) said.remove();
  for (const input of place.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
  const hashes = new Set([`#${target.id}`, `#${place.id}`]);
  for (const link of links()) if (hashes.has(link.hash)) link.closest("li").remove();
  if (summary && !summary.querySelector("li")) summary.remove();
}

export function start() {
  form.addEventListener("input", changed);
  if (!summary) return;
  history.replaceState(null, "", new URL("../", form.action));
}
