// The country versions in the order in which they are offered, and the countries, with their names
// in the page's language.

import { countryCodes } from "./country-codes.js";
import { language, texts } from "./texts.js";

const versions = ["CO", "MX", "CR", "DO", "PE", "PA", "AR", "CL", "ES", "US", "INTL"];

const names = new Intl.DisplayNames([language], { type: "region" });

/** `[code, name]` of each country version. */
export const versionOptions = versions.map((code) =>
  [code, code === "INTL" ? texts.international : names.of(code)]);

/** `[code, name]` of each country, by name. */
export const countryOptions = countryCodes.map((code) => [code, names.of(code)])
  .sort((one, other) => one[1].localeCompare(other[1], language));

/** The country of the browser's first language that names one. */
const region = navigator.languages.map((tag) => tag.match(/-([A-Z]{2})$/)?.[1]).find(Boolean);

export const likelyVersion = versions.includes(region) ? region : "";
