// The section Perfil: who the person is, the language they read and their photo, for all solutions.

import { element } from "../../controls/element.js";
import { makeDetails } from "./details.js";
import { makePhoto } from "./photo.js";

/** The events after which it is asked anew. */
export const follows = ["profile."];

export function make(page, data) {
  const cards = [makeDetails(page), makePhoto(page)];
  const update = ({ profile }) => { for (const card of cards) card.update(profile); };
  update(data);
  return { node: element("div", { class: "cards" }, ...cards.map(({ node }) => node)), update };
}
