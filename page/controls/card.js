// A heading enters, a card leaves: a part of a section, whose content is shown anew when what it
// tells has changed, unless somebody is typing in it.

import { element, newID } from "./element.js";

/**
 * A card. `draw(data)` answers its children; while `isHeld` is set, nothing is drawn over what the
 * person does.
 */
export function makeCard(heading, draw, { lead, aside } = {}) {
  const id = newID("card");
  const content = element("div", { class: "card-content" });
  const corner = element("div", { class: "card-corner" }, aside);
  const node = element("section", { class: "card", "aria-labelledby": id },
    element("div", { class: "card-head" }, element("h2", { id, tabindex: "-1" }, heading), corner),
    lead && element("p", { class: "lead" }, lead), content);
  const card = {
    node, corner, isHeld: false, data: undefined,
    update(data) {
      card.data = data;
      if (!card.isHeld) card.redraw();
    },
    redraw() {
      const hadFocus = content.contains(document.activeElement);
      content.replaceChildren(...draw(card.data).filter(Boolean));
      if (hadFocus && !content.contains(document.activeElement)) {
        node.querySelector("h2").focus();
      }
    },
  };
  return card;
}

/** Pairs of a name and what it is. */
export const facts = (pairs) => element("dl", { class: "facts" },
  ...pairs.filter(Boolean).map(([name, ...values]) => element("div", {},
    element("dt", {}, name), element("dd", {}, ...values))));
