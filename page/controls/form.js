// Fields enter, a form leaves. Nothing is saved before its button; what is wrong stands beside its
// field, the first of which gets the focus, or above the buttons where it has none.

import { button, element } from "./element.js";

/**
 * A form. `submit(values)` is given what the fields hold, by name, and answers user errors or
 * throws; `cancel` is offered where it is given; `changed` is told at each change.
 */
export function makeForm({ fields, words, submitText, submit, cancel, changed, extra = [] }) {
  const alert = element("p", { class: "problem", role: "alert" });
  const submitter = element("button", { type: "submit", class: "primary" }, submitText);
  const node = element("form", { novalidate: "" },
    ...fields.map((field) => field.node), ...extra, alert,
    element("div", { class: "actions" },
      submitter, cancel && button(words.cancel, cancel, { kind: "quiet" })));
  const held = () => Object.fromEntries(fields.map((field) => [field.name, field.value]));
  const first = held();
  const form = {
    node, fields,
    get values() { return held(); },
    get isDirty() { return fields.some((field) => field.value !== first[field.name]); },
    /** What differs from what the form began with. */
    get changes() {
      return Object.fromEntries(Object.entries(held())
        .filter(([name, value]) => value !== first[name]));
    },
    complain: (errors) => complain(node, fields, alert, errors),
    focus: () => fields[0]?.control.focus(),
  };
  node.addEventListener("input", () => changed?.(form));
  node.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (submitter.disabled) return;
    form.complain([]);
    submitter.disabled = true;
    node.setAttribute("aria-busy", "true");
    try {
      form.complain((await submit(held(), form)) ?? []);
    } catch (problem) {
      if (!problem.code) throw problem;
      form.complain([{ message: words.problems[problem.code] ?? words.problems.other }]);
    } finally {
      submitter.disabled = false;
      node.removeAttribute("aria-busy");
    }
  });
  return form;
}

function complain(node, fields, alert, errors) {
  const elsewhere = [];
  for (const field of fields) field.fail();
  for (const { field: path, message } of errors) {
    const field = fieldAt(fields, path ?? []);
    if (field) field.fail(message);
    else elsewhere.push(message);
  }
  alert.textContent = elsewhere.join(" ");
  node.querySelector("[aria-invalid]")?.focus();
}

/** The field of this path, or the first of what is below it: `identification.type` is. */
const fieldAt = (fields, path) =>
  fields.find(({ name }) => name === path.join("."))
    ?? fields.find(({ name }) => name === path[0] || name.startsWith(`${path[0]}.`));
