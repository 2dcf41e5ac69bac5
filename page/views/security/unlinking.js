// Desconectar: the user and the password that take Google's place are asked for in one step.

import { filled } from "../../app/texts.js";
import { openDialog } from "../../controls/dialog.js";
import { element } from "../../controls/element.js";
import { makeField } from "../../controls/field.js";
import { makeForm } from "../../controls/form.js";
import { makeNewPasswordField } from "../../controls/password-field.js";

/** @param address what stands there at first. */
export function openUnlinking(page, alter, security, address = security.email) {
  const words = page.words.google;
  const email = makeField({
    name: "email", label: words.user, hint: words.userHint, value: address, type: "email",
    autocomplete: "username",
  });
  const password = makeNewPasswordField(page.words.rules, {
    name: "newPassword", label: words.password, email: () => email.value,
  });
  const form = makeForm({
    fields: [email, password], words: page.common, submitText: words.unlink,
    cancel: () => node.close(),
    async submit(values) {
      const payload = await alter("unlinkGoogle", values);
      if (!payload) return [];
      if (payload.userErrors.length) return payload.userErrors;
      node.close();
      const { google, email: kept, pendingEmail } = payload.security;
      page.notify(google ? filled(words.unlinkAsked, { email: pendingEmail })
        : filled(words.unlinked, { email: kept }));
      return [];
    },
  });
  email.control.addEventListener("input", password.judge);
  const node = openDialog({ heading: words.unlinkTitle },
    element("p", {}, words.unlinkLead), form.node);
  password.control.focus();
}
