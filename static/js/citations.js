// Opens a reference, or what a term means, beside the text instead of jumping to it.
// Without this module, or without popovers in the browser, each is the link it always was.

const popover = document.createElement("div");
const shown = document.createElement("div");
const follow = document.createElement("a");
const close = document.createElement("button");
const GAP = 12;
const EDGE = 16;

function prepare() {
  const last = document.createElement("p");
  popover.className = "ref-pop";
  popover.popover = "auto";
  popover.setAttribute("role", "dialog");
  close.type = "button";
  close.className = "quiet";
  close.textContent = "Close";
  close.autofocus = true;
  close.addEventListener("click", () => popover.hidePopover());
  follow.addEventListener("click", () => popover.hidePopover());
  last.className = "buttons";
  last.append(close, follow);
  popover.append(shown, last);
  document.body.append(popover);
}

function open(link, listed) {
  if (!popover.isConnected) prepare();
  const isTerm = link.matches(".term");
  const entry = listed.querySelector("div").cloneNode(true);
  entry.querySelector("small")?.remove();
  shown.replaceChildren(entry);
  follow.href = link.hash;
  follow.textContent = isTerm ? "Go to the list of terms" : "Go to the reference list";
  popover.setAttribute("aria-label", `${isTerm ? "Term" : "Reference"} ${link.textContent}`);
  popover.showPopover();
  place(link.getBoundingClientRect(), popover.getBoundingClientRect());
}

// Under the line that cites, or over it where there is no room: never on its words.
function place(mark, { width, height }) {
  const room = document.documentElement.clientWidth - width - EDGE;
  const fitsBelow = mark.bottom + GAP + height <= innerHeight;
  const top = fitsBelow || mark.top < height + GAP ? mark.bottom + GAP : mark.top - GAP - height;
  popover.style.top = `${top + scrollY}px`;
  popover.style.left = `${Math.max(EDGE, Math.min(mark.left - GAP, room)) + scrollX}px`;
}

function isPlainClick(event) {
  return event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey);
}

if ("popover" in HTMLElement.prototype) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-citation], a.term");
    const listed = link && document.getElementById(link.hash.slice(1));
    if (!listed || !isPlainClick(event)) return;
    event.preventDefault();
    open(link, listed);
  });
}
