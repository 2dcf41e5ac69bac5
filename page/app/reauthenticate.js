// A change that is sensitive enters, its payload leaves: where the server asks for a fresh proof of
// who the person is, they are asked for it, and the change is made again. Every section uses it.

import { openDialog } from "../controls/dialog.js";
import { button, element } from "../controls/element.js";
import { makeField } from "../controls/field.js";
import { makeForm } from "../controls/form.js";
import { ask, change } from "./client.js";
import { filled } from "./texts.js";

const back = "mi-alegra.back";

/** The payload; null where the person did not prove who they are. */
export async function changeWithProof(words, name, input) {
  const payload = await change(name, input);
  if (!payload.userErrors.some(({ code }) => code === "REAUTHENTICATION_REQUIRED")) return payload;
  return (await prove(words)) ? changeWithProof(words, name, input) : null;
}

/** Goes to Google; the page `/google` leads back to where this began. */
export async function goToGoogle(words, input) {
  const payload = await changeWithProof(words, "startGoogle", input);
  if (payload?.authorizationUrl) setOut(payload.authorizationUrl);
  return payload?.userErrors ?? [];
}

/** Leaves for Google, to come back to an address of the page. */
export function setOut(authorizationUrl, address = location.pathname + location.search) {
  sessionStorage.setItem(back, address);
  location.assign(authorizationUrl);
}

/** Where to come back to. */
export function takeBack(otherwise) {
  const address = sessionStorage.getItem(back);
  sessionStorage.removeItem(back);
  return address ?? otherwise;
}

/** Whether there is a proof that is fresh, now or by asking for one. */
export async function prove(words, { afterGoogle = false } = {}) {
  const { data: { security } } = await ask("reauthentication");
  if (security.isFresh) return true;
  return new Promise((done) => {
    let isProved = false;
    const texts = words.reauthenticate;
    const needsPassword = security.hasPassword && !afterGoogle;
    const needsCode = security.secondFactor !== null && (needsPassword || afterGoogle);
    const byGoogle = security.google && !afterGoogle;
    const fields = [
      needsPassword && makeField({
        name: "password", label: texts.password, type: "password",
        autocomplete: "current-password",
      }),
      needsCode && makeField({
        name: "code", label: texts.code, autocomplete: "one-time-code", spellcheck: "false",
      }),
    ].filter(Boolean);
    // What keeps passwords wants to know whose this one is.
    const user = needsPassword && element("input", {
      class: "visually-hidden", autocomplete: "username", value: security.email, readonly: "",
      tabindex: "-1", "aria-hidden": "true",
    });
    const form = makeForm({
      fields, words, submitText: words.continue, cancel: () => node.close(),
      extra: [user].filter(Boolean),
      async submit(values) {
        const { userErrors } = await change("reauthenticate", values);
        if (userErrors.length) return userErrors;
        isProved = true;
        node.close();
      },
    });
    const google = byGoogle && button(texts.google, async () => {
      form.complain(await goToGoogle(words, { intent: "REAUTHENTICATE" }));
    }, { kind: fields.length ? "" : "primary", iconName: "google" });
    const lead = fields.length === 0 ? filled(texts.googleLead, security.google ?? {})
      : afterGoogle ? texts.codeLead : texts.lead;
    const node = openDialog({ heading: texts.title, closed: () => done(isProved) },
      element("p", {}, lead),
      ...(fields.length ? [form.node] : []),
      ...(google ? [element("div", { class: "actions" }, google)] : []));
    form.focus();
  });
}
