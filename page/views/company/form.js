// The fields of the country version's form enter, fields to type in and the input of a change
// leave. Each is named by its path in `UpdateCompanyInput`, such as `address.city`.

import { makeField } from "../../controls/field.js";

/** The parts of the form, in order, by the beginnings of the paths that stand in each. */
export const groups = {
  identity: ["legalName", "tradeName", "kindOfPerson", "identification.", "regime"],
  address: ["address."],
  contact: ["phone", "email", "website"],
  settings: ["timezone", "decimalPrecision"],
};

/** The group's fields of those that the country version has, in its order. */
export const fieldsOf = (group, fields) => fields.filter(({ name }) =>
  groups[group].some((start) => (start.endsWith(".") ? name.startsWith(start) : name === start)));

const kinds = {
  phone: { type: "tel", autocomplete: "tel" },
  email: { type: "email", autocomplete: "email" },
  website: { type: "url", autocomplete: "url", placeholder: "https://" },
  legalName: { autocomplete: "organization" },
  "address.postalCode": { autocomplete: "postal-code" },
};

/** A field of the form to be changed. */
export function editedField(field, { words, common }) {
  const choices = choicesOf(field);
  const options = choices && [
    ...(field.value && field.required ? [] : [["", common.choose]]),
    ...choices.map(({ code, label }) => [code, label]),
  ];
  return makeField({
    name: field.name, label: field.required ? field.label : `${field.label} ${words.optional}`,
    hint: words.hints[field.name], value: field.value ?? "", options,
    "aria-required": field.required ? "true" : undefined,
    ...(options ? {} : { maxlength: field.charactersMax, ...kinds[field.name] }),
  });
}

/** What the country version offers; time zones are the browser's, which knows their names. */
function choicesOf({ name, value, choices }) {
  if (name !== "timezone") return choices.length > 0 ? choices : undefined;
  const zones = new Set(Intl.supportedValuesOf("timeZone"));
  if (value) zones.add(value);
  return [...zones].sort().map((code) => ({ code, label: code.replaceAll("_", " ") }));
}

/** The words of a value where it is a code, the value else. */
export const shownValue = ({ choices }, value) =>
  choices.find(({ code }) => code === value)?.label ?? value;

/** The input of a change: parts of an address by themselves, an identification as a whole. */
export function inputOf(changes, values) {
  const input = {};
  for (const [path, value] of Object.entries(changes)) {
    const [first, part] = path.split(".");
    const given = value === "" ? null : value;
    if (first === "identification") input.identification = identificationOf(values);
    else if (part) input[first] = { ...input[first], [part]: given };
    else input[first] = path === "decimalPrecision" && given ? Number(given) : given;
  }
  return input;
}

/** Nothing where all of it was emptied; what is missing of it is for the server to say. */
function identificationOf(values) {
  const number = values["identification.number"];
  const checkDigit = values["identification.checkDigit"];
  const type = values["identification.type"];
  if (!number && !checkDigit) return null;
  return { type: type ?? "", number: number ?? "", ...(checkDigit && { checkDigit }) };
}
