// The company's data: shown with whose word each value is and what solutions say otherwise, and
// edited as one form. Nothing is saved before Guardar; what a change of the tax number brings about
// is shown before it is made.

import { filled, timeAgo } from "../../app/texts.js";
import { makeCard } from "../../controls/card.js";
import { agreed } from "../../controls/consequences.js";
import { button, element, icon } from "../../controls/element.js";
import { makeForm } from "../../controls/form.js";
import { editedField, fieldsOf, groups, inputOf, shownValue } from "./form.js";

const who = "company";

export function makeData(page) {
  const { words } = page;
  const opener = page.isAdministrator
    && button(words.edit, () => edit(), { kind: "quiet", iconName: "pencil" });
  const card = makeCard(words.data, shown, { aside: opener });

  /** Begins to edit, at the field of this path. */
  function edit(path) {
    if (!card.isHeld) begin();
    card.form.fields.find(({ name }) => name === path)?.control.focus();
  }

  function begin() {
    card.isHeld = true;
    opener.hidden = true;
    const { fields, revision } = card.data;
    card.form = formOf(page, fields, {
      revision, cancel: () => { end(); opener.focus(); },
      async saved(company) {
        card.data = company;
        end();
        await page.redisplay();
        page.notify(words.saved);
      },
    });
    card.node.querySelector(".card-content").replaceChildren(card.form.node);
    card.form.focus();
  }

  function end() {
    page.setUnsaved(who, false);
    card.isHeld = false;
    opener.hidden = false;
    card.redraw();
  }

  async function adopt(field, claim) {
    await page.attempt(async () => {
      const { company, userErrors } = await page.change("adoptClaim", {
        field: field.name, source: claim.solution, revision: card.data.revision,
        reportedAt: claim.reportedAt,
      });
      if (company) card.update(company);
      if (userErrors.length > 0) page.notify(userErrors.map(({ message }) => message).join(" "));
      else page.notify(filled(words.adopted, { field: field.label, name: claim.name }));
    });
  }

  function shown({ fields }) {
    return Object.keys(groups).map((group) => {
      const held = fieldsOf(group, fields);
      return held.length > 0 && element("div", { class: "group" },
        element("h3", {}, words.groups[group]),
        element("dl", { class: "facts" }, ...held.map((field) => fact(page, field, adopt))));
    });
  }

  return { node: card.node, update: card.update, edit };
}

/** A field as it stands, with its source and what solutions say otherwise. */
function fact(page, field, adopt) {
  const { words } = page;
  const source = sourceOf(words, field);
  return element("div", {},
    element("dt", {}, field.label),
    element("dd", {},
      field.value === null
        ? element("span", { class: "hint" }, words.empty) : shownValue(field, field.value),
      source && element("span", { class: "hint source" }, source),
      ...field.claims.map((claim) => conflict(page, field, claim, adopt))));
}

function sourceOf(words, { source, since, confirmedBy }) {
  if (!source) return null;
  const when = since ? timeAgo(since) : "";
  if (source.kind === "SOLUTION") {
    return filled(words.sources.solution, { name: source.name, when });
  }
  if (source.kind === "OPERATOR") return filled(words.sources.operator, { when });
  return filled(confirmedBy ? words.sources.person : words.sources.hub,
    { name: confirmedBy, when });
}

function conflict(page, field, claim, adopt) {
  const { words } = page;
  const value = claim.value === null ? words.empty : shownValue(field, claim.value);
  const use = page.isAdministrator && button(words.use, () => adopt(field, claim), {
    kind: "quiet small",
    "aria-label": filled(words.useOf, { value, field: field.label, name: claim.name }),
  });
  return element("span", { class: "conflict" }, icon("alert"),
    element("span", {}, filled(words.says, { name: claim.name, value })), use);
}

function formOf(page, fields, { revision, cancel, saved }) {
  const { words, common } = page;
  // What the person starts from: whoever else changes a field meanwhile is not overwritten.
  let from = revision;
  const change = (given, dryRun) =>
    page.change("updateCompany", { ...given, revision: from, dryRun });
  // Whoever has been told of the other value and saves again means it.
  const refused = ({ company, userErrors }) => {
    from = company?.revision ?? from;
    return userErrors;
  };
  const form = makeForm({
    fields: fields.map((field) => editedField(field, page)), words: common,
    submitText: common.save, cancel, changed: (it) => page.setUnsaved(who, it.isDirty),
    async submit(values, it) {
      const given = inputOf(it.changes, values);
      if (Object.keys(given).length === 0) {
        cancel();
        return [];
      }
      if (given.identification !== undefined) {
        const told = await change(given, true);
        if (told.userErrors.length > 0) return refused(told);
        const question = { heading: words.consequences, act: common.save };
        if (!(await agreed(page, question, told))) return [];
      }
      const done = await change(given, false);
      if (done.userErrors.length > 0) return refused(done);
      await saved(done.company);
      return [];
    },
  });
  const sets = Object.keys(groups).map((group) => {
    const names = fieldsOf(group, fields).map(({ name }) => name);
    const nodes = form.fields.filter(({ name }) => names.includes(name)).map(({ node }) => node);
    return nodes.length > 0 && element("fieldset", { class: "group" },
      element("legend", {}, words.groups[group]), element("div", { class: "pair" }, ...nodes));
  });
  form.node.prepend(...sets.filter(Boolean));
  return form;
}
