// A name and what it is to be enter, a field leaves: its label, its hint, and room for what is
// wrong with it, all of which are read out with it.

import { element, newID } from "./element.js";

/**
 * A field. `options` (pairs of a code and a text) makes it a list to choose from; `beside` stands
 * between the control and what is wrong with it; what is left are attributes of the control.
 */
export function makeField({ name, label, hint, options, value = "", beside, ...attributes }) {
  const id = newID(name);
  const describedBy = [hint && `${id}-hint`, `${id}-problem`].filter(Boolean).join(" ");
  const common = { id, name, "aria-describedby": describedBy, ...attributes };
  const control = options
    ? element("select", common, ...options.map(([code, text]) =>
      element("option", { value: code }, text)))
    : element("input", { type: "text", ...common });
  control.value = value ?? "";
  const problem = element("p", { class: "problem", id: `${id}-problem` });
  const node = element("div", { class: "field" },
    element("label", { for: id }, label),
    control,
    hint && element("p", { class: "hint", id: `${id}-hint` }, hint),
    beside,
    problem);
  return {
    name, node, control,
    get value() { return control.value; },
    /** Shows what is wrong, or nothing any more. */
    fail(message) {
      problem.textContent = message ?? "";
      if (message) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    },
  };
}
