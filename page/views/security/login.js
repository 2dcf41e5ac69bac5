// Correo y contraseña: shown, an address that waits for its confirmation, and the form in which
// either is changed. The rules of a password stand there before one is broken.

import { filled, timeAgo } from "../../app/texts.js";
import { facts, makeCard } from "../../controls/card.js";
import { button, element, icon } from "../../controls/element.js";
import { makeField } from "../../controls/field.js";
import { makeForm } from "../../controls/form.js";
import { makeNewPasswordField, makePasswordField } from "../../controls/password-field.js";
import { openUnlinking } from "./unlinking.js";

const who = "login";

export function makeLogin(page, alter) {
  const words = page.words.login;
  const edit = button(page.words.edit, () => begin(), { kind: "quiet", iconName: "pencil" });
  const card = makeCard(words.title, (security) => [
    security.pendingEmail && pending(page, alter, security),
    facts([
      [words.email, security.email],
      [words.password, ...passwordFacts(words, security)],
    ]),
  ], { aside: edit });

  function begin() {
    card.isHeld = true;
    edit.hidden = true;
    const form = formFor(page, card.data, { cancel: () => { end(); edit.focus(); }, submit });
    card.node.querySelector(".card-content").replaceChildren(form.node);
    form.focus();
  }

  function end() {
    page.setUnsaved(who, false);
    card.isHeld = false;
    edit.hidden = false;
    card.redraw();
  }

  /** One change after the other: where the first is refused, the second is not made. */
  async function submit(values, form) {
    const { email } = card.data;
    const notices = [];
    if (values.newPassword) {
      const isFirst = !card.data.hasPassword;
      const { newPassword, currentPassword } = values;
      const input = isFirst ? { newPassword } : { newPassword, currentPassword };
      const payload = await alter("changePassword", input);
      if (!payload) return [];
      if (payload.userErrors.length) return payload.userErrors;
      notices.push(filled(isFirst ? words.firstSaved : words.passwordSaved, { email }));
      form.passwordsDone();
    }
    if (values.email.trim() !== email) {
      const payload = await alter("changeEmail", { newEmail: values.email });
      if (!payload) return [];
      if (payload.userErrors.length) {
        notices.forEach(page.notify);
        return payload.userErrors.map((error) =>
          ({ ...error, field: error.field[0] === "newEmail" ? ["email"] : error.field }));
      }
      const { pendingEmail } = payload.security;
      notices.push(pendingEmail ? filled(words.emailAsked, { email: pendingEmail })
        : words.emailSaved);
    }
    end();
    edit.focus();
    (notices.length ? notices : [words.nothing]).forEach(page.notify);
    return [];
  }

  return card;
}

function passwordFacts(words, { hasPassword, passwordChangedAt }) {
  if (!hasPassword) return [element("span", { class: "hint" }, words.none)];
  const when = passwordChangedAt
    ? filled(words.changed, { when: timeAgo(passwordChangedAt) }) : words.set;
  return [element("span", { "aria-hidden": "true" }, "••••••••••"),
    element("span", { class: "hint" }, when)];
}

function formFor(page, security, { cancel, submit }) {
  const words = page.words.login;
  const email = makeField({
    name: "email", label: words.email, hint: words.emailHint, value: security.email,
    type: "email", autocomplete: "username",
  });
  const current = security.hasPassword && makePasswordField(page.words.rules, {
    name: "currentPassword", label: words.currentPassword, autocomplete: "current-password",
  });
  const fresh = makeNewPasswordField(page.words.rules, {
    name: "newPassword", label: words.newPassword, email: () => email.value,
    hint: security.hasPassword ? words.passwordHint : words.firstHint,
  });
  const form = makeForm({
    fields: [email, current, fresh].filter(Boolean), words: page.common,
    submitText: page.common.save, cancel, submit,
    changed: (it) => page.setUnsaved(who, it.isDirty),
  });
  email.control.addEventListener("input", fresh.judge);
  form.passwordsDone = () => {
    for (const field of [current, fresh].filter(Boolean)) field.control.value = "";
    fresh.judge();
  };
  return form;
}

/** What waits, and what can be done about it. */
function pending(page, alter, security) {
  const words = page.words.pending;
  const { pendingEmail: email, google, email: current } = security;
  // While Google is linked, only its end can wait for another address than Google's.
  const isUnlinking = google !== null && email.toLowerCase() !== google.email.toLowerCase();
  const resend = () => page.attempt(async () => {
    if (isUnlinking) return openUnlinking(page, alter, security, email);
    const payload = await alter("changeEmail", { newEmail: email });
    if (payload) page.notify(said(payload) ?? filled(words.resent, { email }));
  });
  const cancel = () => page.attempt(async () => {
    const payload = await alter("cancelEmailChange", {});
    if (payload) page.notify(said(payload) ?? filled(words.cancelled, { email: current }));
  });
  return element("div", { class: "callout" }, icon("mail"), element("div", {},
    element("strong", {}, filled(words.title, { email })),
    element("p", {}, filled(isUnlinking ? words.unlink : words.lead, { current })),
    element("div", { class: "actions" },
      button(words.resend, resend, { kind: "quiet small" }),
      button(words.cancel, cancel, { kind: "quiet small" }))));
}

const said = ({ userErrors }) => userErrors.map(({ message }) => message).join(" ") || undefined;
