// What the solutions in use lack of the company's data, each missing field a way to its place in
// the form; nothing where all are ready.

import { button, element, icon } from "../../controls/element.js";
import { filled } from "../../app/texts.js";

export function makeNeeds(page, edit) {
  const { words } = page;
  const node = element("section", { class: "callout needs", "aria-label": words.needs.title });

  const need = ({ field, label, reason }) => element("li", {},
    page.isAdministrator
      ? button(label, () => edit(field), { kind: "quiet small" })
      : element("span", {}, label),
    reason === "NOT_ACCEPTED"
      && element("span", { class: "hint" }, words.needs.notAccepted));

  return {
    node,
    update(solutions) {
      const lacking = solutions
        .filter(({ status, readiness }) => status !== "AVAILABLE" && readiness.length > 0);
      node.hidden = lacking.length === 0;
      node.replaceChildren(icon("alert"), element("div", {},
        element("strong", {}, words.needs.title),
        ...lacking.map(({ name, readiness }) => element("div", {},
          element("p", {}, filled(words.needs.solution, { name })),
          element("ul", { class: "needs-list" }, ...readiness.map(need))))));
    },
  };
}
