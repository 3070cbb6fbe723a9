// Puts a button beside what readers take along. Without this module the words are
// there to select.

function button(words) {
  const made = document.createElement("button");
  const said = document.createElement("span");
  made.type = "button";
  made.className = "quiet copy";
  made.textContent = "Copy";
  said.setAttribute("role", "status");
  said.className = "soft";
  made.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(words.textContent.trim());
      said.textContent = " Copied";
    } catch {
      said.textContent = " The browser does not let us; select the words";
    }
  });
  words.after(" ", made, said);
}

if (navigator.clipboard) document.querySelectorAll("[data-copy]").forEach(button);
