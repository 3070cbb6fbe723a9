// Two texts are brought together here: the copy that this browser kept of one of them
// has served its time once the choice is sent.

const form = document.querySelector("form[data-settles]");

form.addEventListener("submit", () => {
  try {
    localStorage.removeItem(form.dataset.settles);
  } catch {
    // storage is closed to us: nothing was kept
  }
});
