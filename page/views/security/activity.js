// Actividad de tu cuenta: what changed of how the person gets in, the latest first.

import { dateAndTime, filled, timeAgo } from "../../app/texts.js";
import { makeCard } from "../../controls/card.js";
import { button, element } from "../../controls/element.js";

const shownAtFirst = 5;

export function makeActivity(page) {
  const words = page.words.events;
  let shows = shownAtFirst;

  const row = ({ type, at, actorKind, email, device }) => element("li", { class: "row" },
    element("div", {},
      element("p", {}, filled(words.types[type] ?? words.other, { email })),
      element("p", { class: "hint device", title: device },
        [device, actorKind !== "ACCOUNT" && words.byOperator].filter(Boolean).join(" · "))),
    element("time", { class: "hint", datetime: at, title: dateAndTime(at) }, timeAgo(at)));

  const card = makeCard(words.title, ({ events }) => (events.length === 0
    ? [element("p", { class: "hint" }, words.none)]
    : [
      element("ol", { class: "rows events" }, ...events.slice(0, shows).map(row)),
      events.length > shows && element("div", { class: "actions" },
        button(words.more, () => {
          shows = events.length;
          card.redraw();
        }, { kind: "quiet small" })),
    ]), { lead: words.lead });
  return card;
}
