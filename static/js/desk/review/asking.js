// What the server says of the words to be signed, before anybody is asked for a password.

import { form, written } from "desk/page";
import { send } from "desk/sending";

const PATIENCE = 5_000; // then it is left to the signature to be refused

/** What is `missing`; or that we are `offline`, or that another window saved `elsewhere`. */
export async function look() {
  if (!navigator.onLine) return { offline: true };
  const late = new Promise((_, fail) => { setTimeout(fail, PATIENCE); });
  try {
    return await said(await Promise.race([send(written(), form.dataset.look), late]));
  } catch (error) {
    return { offline: error instanceof TypeError }; // so a browser says that nothing answers
  }
}

async function said(answer) {
  const told = answer.headers.get("Content-Type")?.startsWith("application/json") ? await answer.json() : {};
  if (answer.status === 409) return { elsewhere: told };
  return answer.ok ? told : {};
}
