// Remembers, in this browser only, for whom the reader likes texts to be written,
// and offers that text on the next article that has it.

const KEY = "audience";
const article = document.querySelector("article[data-audience]");
const choices = [...document.querySelectorAll("a[data-choice]")];

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage is closed to us: nothing is remembered
  }
}

function remember(audience) {
  try {
    if (audience) localStorage.setItem(KEY, audience);
    else localStorage.removeItem(KEY);
  } catch {
    // storage is closed to us: nothing is remembered
  }
}

function offer(choice) {
  const label = choice.textContent.trim();
  const line = document.createElement("p");
  const link = document.createElement("a");
  const forget = document.createElement("button");
  line.className = "offer";
  link.href = choice.href;
  link.textContent = `read this for ${label.toLowerCase()}`;
  forget.type = "button";
  forget.className = "quiet";
  forget.textContent = "Forget my choice";
  forget.addEventListener("click", () => {
    remember(null);
    line.remove();
  });
  line.append(`You chose ${label} last time: `, link, ". ", forget);
  choice.parentElement.after(line);
}

for (const choice of choices) {
  choice.addEventListener("click", () => remember(choice.dataset.choice));
}

const chosen = choices.find((choice) => choice.dataset.choice === remembered());
if (article && chosen && chosen.dataset.choice !== article.dataset.audience) {
  offer(chosen);
}
