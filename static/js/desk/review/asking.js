// What the server says of the words to be signed, before anybody is asked for a password.

import { form, written } from "desk/page";
import { ask, renewed, send } from "desk/sending";

const PATIENCE = 5_000; // then it is left to the signature to be refused

/** What is `missing`; or that we are `offline`, or that another window saved `elsewhere`, or where to `signIn`. */
export async function look() {
  if (!navigator.onLine) return { offline: true };
  const late = new Promise((_, fail) => { setTimeout(fail, PATIENCE); });
  try {
    return await said(await Promise.race([send(written(), form.dataset.look), late]));
  } catch (error) {
    return { offline: error instanceof TypeError }; // so a browser says that nothing answers
  }
}

/** Whether whoever opened this page is signed in; the page then has a token that is good. */
export function isBack() {
  return ask().then(renewed).catch(() => false);
}

async function said(answer) {
  const told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
  if (answer.status === 409) return { elsewhere: told };
  const isStranger = answer.status === 401 || answer.redirected || (answer.status === 403 && !told.errors);
  if (isStranger) return { signIn: told.sign_in ?? form.dataset.signIn };
  if (told.errors) return { refused: told.errors.join(" ") };
  return answer.ok ? told : {};
}
