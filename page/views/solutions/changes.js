// What an administrator does with a solution: take it into use, take another plan, switch it off.
// What a dry run says of it is shown before it is done.

import { filled } from "../../app/texts.js";
import { agreed } from "../../controls/consequences.js";
import { openDialog } from "../../controls/dialog.js";
import { button, element } from "../../controls/element.js";
import { makeField } from "../../controls/field.js";
import { makeForm } from "../../controls/form.js";

export const activate = (page, solution) => choosePlan(page, solution, {
  heading: page.words.activating, lead: page.words.activatingLead, act: page.words.activate,
  mutation: "activateSolution", said: page.words.activated, plan: solution.plans[0]?.code,
});

export const changePlan = (page, solution) => choosePlan(page, solution, {
  heading: page.words.changingPlan, lead: page.words.changingPlanLead, act: page.words.takePlan,
  mutation: "changePlan", said: page.words.planChanged, plan: solution.plan, hasDryRun: true,
});

export function deactivate(page, { code, name }) {
  const { words } = page;
  return page.attempt(async () => {
    const told = await page.change("deactivateSolution", { code, dryRun: true });
    if (told.userErrors.length > 0) return refused(page, told);
    const question = {
      heading: filled(words.deactivating, { name }), text: words.deactivatingLead,
      act: words.deactivate, always: true, isDanger: true,
    };
    if (!(await agreed(page, question, told))) return;
    const done = await page.change("deactivateSolution", { code });
    if (done.userErrors.length > 0) return refused(page, done);
    await page.redisplay();
    page.notify(filled(words.deactivated, { name }));
  });
}

function choosePlan(page, { code, name, plans }, about) {
  const { words, common } = page;
  const form = makeForm({
    fields: [makeField({
      name: "plan", label: words.planField, value: plans.some((one) => one.code === about.plan)
        ? about.plan : plans[0]?.code,
      options: plans.map((one) => [one.code, one.name]),
    })],
    words: common, submitText: about.act, cancel: () => node.close(),
    async submit({ plan }) {
      if (about.hasDryRun) {
        const told = await page.change(about.mutation, { code, plan, dryRun: true });
        if (told.userErrors.length > 0) return told.userErrors.map(withObstacles);
        const question = { heading: filled(words.changingPlan, { name }), act: about.act };
        if (!(await agreed(page, question, told))) return [];
      }
      const { userErrors } = await page.change(about.mutation, { code, plan });
      if (userErrors.length > 0) return userErrors.map(withObstacles);
      node.close();
      await page.redisplay();
      page.notify(filled(about.said, { name }));
      return [];
    },
  });
  const node = openDialog({ heading: filled(about.heading, { name }) },
    element("p", { class: "hint" }, about.lead), form.node);
  form.focus();
}

/** What is in the way, named behind what is wrong. */
const withObstacles = ({ message, field, obstacles }) => ({
  field: field?.at(-1) === "plan" ? ["plan"] : [],
  message: [message, obstacles.map(({ name }) => name).join(", ")].filter(Boolean).join(" "),
});

/** Why it cannot be done, and what stands in the way. */
function refused(page, { userErrors }) {
  const { words, common } = page;
  const obstacles = userErrors.flatMap((error) => error.obstacles);
  const node = openDialog({ heading: words.refused },
    ...userErrors.map(({ message }) => element("p", {}, message)),
    obstacles.length > 0 && element("ul", { class: "consequences" },
      ...obstacles.map(({ name, role }) =>
        element("li", {}, role ? `${name} (${words.roles[role] ?? role})` : name))),
    element("div", { class: "actions" },
      button(common.close, () => node.close(), { kind: "primary" })));
}
