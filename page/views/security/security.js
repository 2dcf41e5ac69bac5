// The section Seguridad: how the person gets in, from where, and what changed of it.

import { element } from "../../controls/element.js";
import { makeActivity } from "./activity.js";
import { makeFactor } from "./factor.js";
import { makeGoogle } from "./google.js";
import { makeLogin } from "./login.js";
import { makeSessions } from "./sessions.js";

/** Nothing of a person's login is in the company's events: it is asked anew at a return. */
export const follows = [];

export function make(page, data) {
  const update = ({ security }) => { for (const card of cards) card.update(security); };
  /** Makes a change, shows what came of it and answers what is wrong; null where it was left. */
  const alter = async (name, input) => {
    const payload = await page.changeWithProof(name, input);
    if (payload?.security) update(payload);
    return payload;
  };
  const cards = [makeLogin, makeGoogle, makeFactor, makeSessions, makeActivity]
    .map((makeCard) => makeCard(page, alter));
  update(data);
  return { node: element("div", { class: "cards" }, ...cards.map(({ node }) => node)), update };
}
