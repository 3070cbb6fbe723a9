// The review page. Without this it is a plain form beside the text, with a button to save.

import { form, hear } from "desk/page";
import * as saving from "desk/saving";
import * as cards from "review/cards";
import * as counts from "review/counts";
import * as keys from "review/keys";
import * as refused from "review/refused";
import * as selecting from "review/selecting";
import * as signing from "review/signing";
import * as tabs from "review/tabs";

const page = document.querySelector("[data-review]");

document.documentElement.classList.add("scripted");
tabs.start();
cards.start();
if (form) {
  selecting.start();
  counts.start();
  refused.start();
  signing.start();
  keys.start();
  // What is typed is saved by itself; without this the button saves it as well.
  for (const button of form.querySelectorAll("[data-settle]")) {
    button.removeAttribute("formaction");
    button.setAttribute("form", `settle-${button.value}`);
  }
  saving.start();
  hear("saved", ({ saves }) => { form.elements.namedItem("saves").value = saves; });
} else {
  try {
    localStorage.removeItem(page.dataset.review); // it is signed, and the server has it
  } catch {
    // storage is closed to us: nothing was kept
  }
}
