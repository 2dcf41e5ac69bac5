// The section Empresa: the form of the country version's companies, with whose word each value is,
// and what the solutions in use still need to know.

import { element } from "../../controls/element.js";
import { makeData } from "./data.js";
import { makeNeeds } from "./needs.js";

/** The events after which it is asked anew. */
export const follows = ["company.", "claim.", "solution."];

export function make(page, data) {
  if (!data.company) {
    return { node: element("p", { class: "card" }, page.words.none), update() {} };
  }
  const details = makeData(page);
  const needs = makeNeeds(page, (field) => details.edit(field));
  const update = ({ company, solutions }) => {
    if (company) details.update(company);
    if (solutions) needs.update(solutions);
  };
  update(data);
  // From a solution that lacks something: straight to its field, once it is there to be focused.
  const asked = page.address.searchParams.get("field");
  if (asked && page.isAdministrator) {
    history.replaceState(history.state, "", page.address.pathname);
    queueMicrotask(() => details.edit(asked));
  }
  return { node: element("div", { class: "cards" }, needs.node, details.node), update };
}
