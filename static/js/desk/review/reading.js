// Where one reads the text, so that one can be led back there.

const REST = 150; // milliseconds after which the page stands still

const article = document.querySelector(".reading article");
let read = null;
let waiting = 0;

/** Whether the middle of the screen is in the text. */
function isSeen() {
  const { top, bottom } = article.getBoundingClientRect();
  return top < innerHeight / 2 && bottom > innerHeight / 2;
}

function note() {
  if (isSeen()) read = scrollY;
}

/** Back to where one last read, if the text is not on the screen. */
export function goBack() {
  if (isSeen()) return;
  if (read === null) article.scrollIntoView({ block: "start" });
  else scrollTo({ top: read });
}

export function start() {
  note();
  document.addEventListener("scroll", () => {
    clearTimeout(waiting);
    waiting = setTimeout(note, REST);
  });
}
