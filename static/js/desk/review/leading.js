// The way to a field, whatever it is folded into.

/** Unfold what a field stands in, give it the focus and bring it into sight. */
export function leadTo(target, block = "center") {
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  const focus = target.matches("fieldset") ? target.querySelector(":checked") ?? target.querySelector("input") : target;
  focus.focus({ preventScroll: true });
  target.scrollIntoView({ block });
}
