// The names of an input's fields enter, a form leaves: each field with its label, its hint and room
// for what is wrong with it. Text becomes text nodes only.

import { countryOptions, likelyVersion, versionOptions } from "./countries.js";
import { element } from "./element.js";
import { texts } from "./texts.js";

const kinds = {
  email: { type: "email", autocomplete: "email" },
  firstName: { autocomplete: "given-name" },
  lastName: { autocomplete: "family-name" },
  companyName: { autocomplete: "organization" },
  countryVersion: { options: versionOptions, chosen: likelyVersion },
  country: { options: countryOptions, chosen: "", autocomplete: "country" },
  password: { type: "password", autocomplete: "new-password", hint: texts.passwordHint },
  newPassword: { type: "password", autocomplete: "new-password", hint: texts.passwordHint },
};

/** A form with these fields and one button; `submit` gets the values by name. */
export function makeForm(fields, button, submit) {
  const alert = element("p", { role: "alert", hidden: "" });
  const submitter = element("button", { type: "submit" }, button);
  const form = element("form", { novalidate: "" }, ...fields.map(field), alert, submitter);
  const version = form.elements.countryVersion;
  if (version) {
    // Only the version that is no country's leaves open where the person is.
    const show = () => { rowOf(form.elements.country).hidden = version.value !== "INTL"; };
    version.addEventListener("change", show);
    show();
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clear(form, alert);
    submitter.disabled = true;
    try {
      await submit(values(form, fields), (errors) => complain(form, alert, errors));
    } finally {
      submitter.disabled = false;
    }
  });
  return form;
}

function field(name) {
  const { options, chosen, hint, ...attributes } = kinds[name];
  const described = [hint && `${name}-hint`, `${name}-problem`].filter(Boolean).join(" ");
  const common = { id: name, name, "aria-describedby": described, ...attributes };
  const control = options
    ? element("select", common,
      ...[["", texts.choose], ...options].map(([code, label]) => {
        const option = element("option", { value: code }, label);
        option.selected = code === chosen;
        return option;
      }))
    : element("input", { type: "text", ...common });
  return element("div", {},
    element("label", { for: name }, texts.fields[name]), control,
    ...(hint ? [element("p", { class: "hint", id: `${name}-hint` }, hint)] : []),
    element("p", { class: "problem", id: `${name}-problem`, hidden: "" }));
}

const rowOf = (control) => control.closest("div");

/** What was filled in; of what is optional, an empty field says nothing. */
function values(form, fields) {
  const visible = fields.filter((name) => !rowOf(form.elements[name]).hidden);
  const pairs = visible.map((name) => [name, form.elements[name].value]);
  return Object.fromEntries(pairs.filter(([name, value]) =>
    value !== "" || !["lastName", "country"].includes(name)));
}

function clear(form, alert) {
  alert.hidden = true;
  for (const problem of form.querySelectorAll(".problem")) problem.hidden = true;
  for (const control of form.querySelectorAll("[aria-invalid]")) {
    control.removeAttribute("aria-invalid");
  }
}

/** Shows each message beside its field, or above the button where it has none here. */
function complain(form, alert, errors) {
  const elsewhere = [];
  for (const { field: path, message } of errors) {
    const control = form.elements[path?.[0]];
    if (!control) {
      elsewhere.push(message);
      continue;
    }
    control.setAttribute("aria-invalid", "true");
    const problem = document.getElementById(`${control.id}-problem`);
    problem.textContent = message;
    problem.hidden = false;
  }
  alert.textContent = elsewhere.join(" ");
  alert.hidden = elsewhere.length === 0;
  form.querySelector("[aria-invalid]")?.focus();
}
