// Autenticación: the Google account that is linked, or the button that links one.

import { goToGoogle } from "../../app/reauthenticate.js";
import { dateOf, filled } from "../../app/texts.js";
import { makeCard } from "../../controls/card.js";
import { button, element } from "../../controls/element.js";
import { openUnlinking } from "./unlinking.js";

export function makeGoogle(page, alter) {
  const words = page.words.google;
  const problem = element("p", { class: "problem", role: "alert" });

  const link = () => page.attempt(async () => {
    problem.textContent = "";
    const errors = await goToGoogle(page.common, { intent: "LINK" });
    problem.textContent = errors.map(({ message }) => message).join(" ");
  });

  return makeCard(words.title, (security) => {
    const { google } = security;
    if (google) {
      return [element("div", { class: "google-account" },
        button(google.email, () => openUnlinking(page, alter, security),
          { iconName: "google", "aria-label": filled(words.account, google) }),
        element("span", { class: "hint" },
          filled(words.linked, { when: dateOf(google.linkedAt) })))];
    }
    return [
      element("p", { class: "hint" }, words.addresses),
      element("div", { class: "actions" }, button(words.link, link, { iconName: "google" })),
      problem,
    ];
  }, { lead: words.lead });
}
