// A list by its keys: while the focus is in one, j and k go a row down and up.

const TYPED = "input, textarea, select";

function opener(row) {
  return row?.querySelector("a[href]");
}

function go(event) {
  const row = event.target.closest("tbody tr");
  const held = event.ctrlKey || event.metaKey || event.altKey;
  if (!row || held || !["j", "k"].includes(event.key) || event.target.matches(TYPED)) return;
  const next = event.key === "j" ? row.nextElementSibling : row.previousElementSibling;
  opener(next)?.focus();
}

for (const list of document.querySelectorAll("main tbody")) list.addEventListener("keydown", go);
const isTouched = matchMedia("(hover: none)").matches;
document.querySelector("[data-keys]").hidden = isTouched || !document.querySelector("main tbody");
