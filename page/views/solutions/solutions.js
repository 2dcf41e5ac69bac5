// The section Soluciones: those in use with their plan and what is left of a trial, and those that
// the country version offers besides.

import { makeCard } from "../../controls/card.js";
import { element } from "../../controls/element.js";
import { solutionRow } from "./row.js";

/** The events after which it is asked anew. */
export const follows = ["solution.", "company."];

export function make(page, data) {
  const { words } = page;
  const list = (rows, none) => [rows.length > 0
    ? element("ul", { class: "rows solutions" }, ...rows.map((one) => solutionRow(page, one)))
    : element("p", { class: "hint" }, none)];
  const cards = [
    makeCard(words.inUse, (rows) => list(rows, words.noneInUse)),
    makeCard(words.available, (rows) => list(rows, words.noneAvailable)),
  ];
  const update = ({ solutions }) => {
    if (!solutions) return;
    cards[0].update(solutions.filter(({ status }) => status !== "AVAILABLE"));
    cards[1].update(solutions.filter(({ status }) => status === "AVAILABLE"));
  };
  if (!data.solutions) {
    return { node: element("p", { class: "card" }, words.none), update() {} };
  }
  update(data);
  return {
    node: element("div", { class: "cards" },
      !page.isAdministrator && element("p", { class: "hint" }, words.readOnly),
      ...cards.map(({ node }) => node)),
    update,
  };
}
