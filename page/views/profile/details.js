// Información general and Idioma: shown, and edited as one form. Nothing is saved before Guardar;
// a new language is what the page speaks from then on.

import { languages, language } from "../../app/texts.js";
import { facts, makeCard } from "../../controls/card.js";
import { button, element } from "../../controls/element.js";
import { makeField } from "../../controls/field.js";
import { makeForm } from "../../controls/form.js";
import { countryCodes } from "../../country-codes.js";

const who = "profile";

export function makeDetails(page) {
  const { words } = page;
  const edit = button(words.edit, () => begin(), { kind: "quiet", iconName: "pencil" });
  const card = makeCard(words.general, (profile) => shown(words, profile), { aside: edit });

  function begin() {
    card.isHeld = true;
    edit.hidden = true;
    // What the person starts from: whoever else changes a field meanwhile is not overwritten.
    let { revision } = card.data;
    const form = makeForm({
      fields: fieldsOf(words, card.data), words: page.common, submitText: page.common.save,
      changed: (it) => page.setUnsaved(who, it.isDirty),
      cancel: () => { end(); edit.focus(); },
      async submit(_, it) {
        const payload = await page.change("updateProfile", { ...it.changes, revision });
        // Whoever has been told of the other value and saves again means it.
        revision = payload.profile.revision;
        if (payload.userErrors.length === 0) await saved(payload.profile, it.changes);
        return payload.userErrors;
      },
    });
    card.node.querySelector(".card-content").replaceChildren(laidOut(form));
    form.focus();
  }

  function end() {
    page.setUnsaved(who, false);
    card.isHeld = false;
    edit.hidden = false;
    card.redraw();
  }

  async function saved(profile, changes) {
    card.data = profile;
    end();
    const isOnFrame = ["firstName", "displayName", "language"].some((name) => name in changes);
    if (isOnFrame) await page.redisplay();
    else edit.focus();
    page.notify((await page.wordsNow()).saved);
  }

  return card;
}

const regions = () => new Intl.DisplayNames([language()], { type: "region" });

function shown(words, profile) {
  const { fields } = words;
  const empty = () => element("span", { class: "hint" }, words.empty);
  const called = profile.displayName || profile.firstName;
  return [facts([
    [fields.firstName, profile.firstName],
    [fields.lastName, profile.lastName || empty()],
    [fields.displayName, called, element("span", { class: "hint" }, words.hints.displayName)],
    [fields.phone, profile.phone ?? empty()],
    [fields.country, regions().of(profile.country)],
    [fields.language, languages[profile.language]],
  ])];
}

function fieldsOf(words, profile) {
  const field = (name, more) => makeField({
    name, label: words.fields[name], hint: words.hints[name], value: profile[name], ...more,
  });
  const names = regions();
  const countries = countryCodes.map((code) => [code, names.of(code)])
    .sort((one, other) => one[1].localeCompare(other[1], language()));
  return [
    field("firstName", { autocomplete: "given-name", required: "" }),
    field("lastName", { autocomplete: "family-name" }),
    field("displayName", { autocomplete: "nickname" }),
    field("phone", { type: "tel", autocomplete: "tel" }),
    field("country", { options: countries, autocomplete: "country" }),
    field("language", { options: Object.entries(languages) }),
  ];
}

/** The fields two by two, Idioma apart. */
function laidOut(form) {
  const [first, last, called, phone, country, spoken] = form.fields.map(({ node }) => node);
  const pair = (...nodes) => element("div", { class: "pair" }, ...nodes);
  form.node.prepend(pair(first, last), called, pair(phone, country),
    element("div", { class: "apart" }, spoken));
  return form.node;
}
