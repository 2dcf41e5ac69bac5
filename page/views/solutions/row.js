// A solution enters, its row leaves: what it is, what the company has of it, what it lacks, and
// what an administrator may do with it.

import { counted, dateOf, filled } from "../../app/texts.js";
import { button, element, icon } from "../../controls/element.js";
import { activate, changePlan, deactivate } from "./changes.js";

const icons = {
  accounting: "book", invoicing: "receipt", payroll: "people", pos: "till", store: "bag",
};
const badges = { ACTIVE: "good", TRIAL: "info", READ_ONLY: "warn" };
const dayMilliseconds = 86_400_000;

export function solutionRow(page, solution) {
  const { words } = page;
  const { name, code, status, description } = solution;
  const isInUse = status !== "AVAILABLE";
  const kind = isInUse ? "row solution in-use" : "row solution";
  return element("li", { class: kind, "data-code": code },
    element("span", { class: "tile" }, icon(icons[code] ?? "grid")),
    element("div", { class: "solution-text" },
      element("h3", { class: "row-name" }, name,
        isInUse && element("span", { class: `badge ${badges[status]}` }, words.statuses[status])),
      element("p", { class: "hint" }, description),
      ...isInUse ? inUse(words, solution) : [],
      lacking(page, solution)),
    element("div", { class: "actions" }, ...actions(page, solution, isInUse)));
}

function inUse(words, { plan, plans, status, trialEndsAt }) {
  const name = plans.find(({ code }) => code === plan)?.name ?? plan;
  return [
    element("p", { class: "solution-plan" }, filled(words.plan, { name })),
    trialEndsAt && status === "TRIAL" && element("p", { class: "solution-trial" },
      counted(words.trialLeft, daysLeft(trialEndsAt)), " ",
      element("span", { class: "hint" }, filled(words.trialEnds, { date: dateOf(trialEndsAt) }))),
    status === "READ_ONLY" && element("p", { class: "solution-trial" }, words.readOnlyPlan),
  ];
}

/** A day that has begun counts: on the last one, one is left. */
const daysLeft = (end) =>
  Math.max(0, Math.ceil((Date.parse(end) - Date.now()) / dayMilliseconds));

/** What it needs of the company's data: each a way to the field in Empresa. */
function lacking({ words }, { readiness }) {
  if (readiness.length === 0) return null;
  return element("details", { class: "lacking" },
    element("summary", {}, counted(words.lacking, readiness.length)),
    element("ul", {}, ...readiness.map(({ field, label, reason }) => element("li", {},
      element("a", { href: `/company?field=${encodeURIComponent(field)}` }, label),
      reason === "NOT_ACCEPTED"
        && element("span", { class: "hint" }, ` ${words.notAccepted}`)))));
}

function actions(page, solution, isInUse) {
  const { words, here, isAdministrator } = page;
  const { code, name } = solution;
  const named = (text) => ({ "aria-label": `${text}: ${name}` });
  const opens = here.launcher?.solutions.find((one) => one.code === code)?.url;
  const open = opens
    && element("a", { class: "button small", href: opens, ...named(words.open) }, words.open);
  if (!isAdministrator) return [open];
  if (!isInUse) {
    return [button(words.activate, () => activate(page, solution),
      { kind: "primary small", ...named(words.activate) })];
  }
  return [
    open,
    button(words.changePlan, () => changePlan(page, solution),
      { kind: "quiet small", ...named(words.changePlan) }),
    button(words.deactivate, () => deactivate(page, solution),
      { kind: "quiet small", ...named(words.deactivate) }),
  ];
}
