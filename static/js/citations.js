// Opens a reference beside the text instead of jumping to it. Without this module, or
// without popovers in the browser, the citation is the link it always was.

const popover = document.createElement("div");
const shown = document.createElement("div");
const follow = document.createElement("a");
const close = document.createElement("button");

function prepare() {
  const last = document.createElement("p");
  popover.className = "ref-pop";
  popover.popover = "auto";
  popover.setAttribute("role", "dialog");
  follow.textContent = "Go to the reference list";
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

function open(link, reference) {
  const entry = reference.querySelector("div").cloneNode(true);
  entry.querySelector("small")?.remove();
  shown.replaceChildren(entry);
  follow.href = link.hash;
  popover.setAttribute("aria-label", `Reference ${link.textContent}`);
  popover.showPopover();
}

function isPlainClick(event) {
  return event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey);
}

if ("popover" in HTMLElement.prototype) {
  prepare();
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-citation]");
    const reference = link && document.getElementById(link.hash.slice(1));
    if (!reference || !isPlainClick(event)) return;
    event.preventDefault();
    open(link, reference);
  });
}
