// A list by its keys: while the focus is in one, j and k go a row down and up, and a
// slash goes to the search where the page has one.

const TYPED = "input:not([type=checkbox]), textarea, select";
const MOVES = { j: "nextElementSibling", k: "previousElementSibling" };

function opener(row) {
  return row?.querySelector("a[href]");
}

/** What the next row leads to; one that only heads a group leads nowhere. */
function next(row, way) {
  let other = row[way];
  while (other && !opener(other)) other = other[way];
  return opener(other);
}

function search() {
  const field = document.querySelector("[role=search] input:not([type=hidden])");
  const folded = field?.closest("details");
  if (folded) folded.open = true;
  field?.focus();
}

function go(event) {
  const row = event.target.closest("tbody tr");
  const held = event.ctrlKey || event.metaKey || event.altKey;
  if (!row || held || event.target.matches(TYPED)) return;
  if (event.key in MOVES) next(row, MOVES[event.key])?.focus();
  if (event.key !== "/") return;
  event.preventDefault();
  search();
}

for (const list of document.querySelectorAll("main tbody")) list.addEventListener("keydown", go);
const isTouched = matchMedia("(hover: none)").matches;
document.querySelector("[data-keys]").hidden = isTouched || !document.querySelector("main tbody");
