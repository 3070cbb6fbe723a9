// Answers to reviewers that were typed and not yet sent, kept in this tab: sending one
// of them draws the page anew, and the others stand there again.

const OURS = new Set(["csrfmiddlewaretoken", "seen"]);

function name(form) {
  return `answer:${form.getAttribute("action")}`;
}

function typed(form) {
  return JSON.stringify([...new FormData(form)].filter(([field]) => !OURS.has(field)));
}

function restore(form) {
  const kept = sessionStorage.getItem(name(form));
  if (kept === null || kept === typed(form)) return sessionStorage.removeItem(name(form));
  for (const [field, value] of JSON.parse(kept)) {
    const found = form.elements.namedItem(field);
    if (found) found.value = value;
  }
  const said = document.createElement("p");
  said.className = "soft";
  said.textContent = "Typed here and not saved yet.";
  return form.prepend(said);
}

for (const form of document.querySelectorAll("[aria-labelledby=to-answer] form")) {
  restore(form);
  form.addEventListener("input", () => sessionStorage.setItem(name(form), typed(form)));
  form.addEventListener("submit", () => sessionStorage.removeItem(name(form)));
}
