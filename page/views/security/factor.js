// Verificación en dos pasos: whether a code is asked for beside the password, and what begins and
// ends that.

import { counted, dateOf, filled } from "../../app/texts.js";
import { makeCard } from "../../controls/card.js";
import { button, element, icon } from "../../controls/element.js";
import { askForCode, openCodes, openEnrolment } from "./factor-dialogs.js";

/** Fewer recovery codes than this are worth a word. */
const fewCodes = 4;

export function makeFactor(page, alter) {
  const words = page.words.factor;
  const badge = element("span", { class: "badge" });

  const enrol = () => page.attempt(async () => {
    const payload = await page.changeWithProof("enrolSecondFactor", {});
    if (!payload) return;
    if (!payload.enrolment) return page.notify(payload.userErrors[0].message);
    openEnrolment(page, alter, payload.enrolment);
  });

  // A proof takes a code of its own, so it comes first: the same code is not good twice.
  const afterProof = (work) => page.attempt(async () => { if (await page.prove()) work(); });

  const disable = () => askForCode(page, {
    heading: words.disableTitle, lead: words.disableLead, act: words.disable,
    send: (input) => alter("disableSecondFactor", input),
    done: ({ security }) => page.notify(filled(words.disabled, security)),
  });

  const regenerate = () => askForCode(page, {
    heading: words.regenerateTitle, lead: words.regenerateLead, act: words.regenerate,
    send: (input) => alter("regenerateRecoveryCodes", input),
    done: ({ recoveryCodes }) => openCodes(page, recoveryCodes),
  });

  return makeCard(words.title, ({ secondFactor: factor }) => {
    badge.textContent = factor ? words.on : words.off;
    badge.classList.toggle("good", factor !== null);
    if (!factor) {
      return [element("div", { class: "actions" },
        button(words.enrol, enrol, { iconName: "shield" }))];
    }
    const left = factor.recoveryCodesLeft;
    const told = element("p", {}, filled(words.since, { when: dateOf(factor.confirmedAt) }), ". ",
      counted(words.codesLeft, left));
    return [
      told,
      left < fewCodes && element("div", { class: "callout" }, icon("alert"),
        element("div", {}, element("p", {}, words.fewCodes))),
      element("div", { class: "actions" },
        button(words.regenerate, () => afterProof(regenerate), { iconName: "key" }),
        button(words.disable, () => afterProof(disable), { kind: "danger" })),
    ];
  }, { lead: words.lead, aside: badge });
}
