// Sesiones abiertas: where the person is signed in, this device first; one ends, or all others.

import { counted, dateAndTime, filled, timeAgo } from "../../app/texts.js";
import { makeCard } from "../../controls/card.js";
import { confirmed } from "../../controls/dialog.js";
import { button, element, icon } from "../../controls/element.js";

const telephones = ["iOS", "Android"];

export function makeSessions(page, alter) {
  const words = page.words.sessions;

  const end = (session) => page.attempt(async () => {
    const payload = await alter("revokeSession", { sessionId: session.id });
    if (payload) page.notify(said(payload) ?? filled(words.revoked, { device: nameOf(session) }));
  });

  const endOthers = (count) => page.attempt(async () => {
    const isSure = await confirmed({
      heading: words.others, text: counted(words.othersLead, count), act: words.revokeOthers,
      cancel: page.common.cancel, isDanger: true,
    });
    if (!isSure) return;
    const payload = await alter("revokeOtherSessions", {});
    if (payload) page.notify(said(payload) ?? words.othersRevoked);
  });

  const nameOf = ({ browser, system, device }) =>
    (browser && system ? filled(words.on, { browser, system }) : browser ?? system ?? device);

  const row = (session) => {
    const name = nameOf(session);
    const from = session.addressRange && filled(words.from, { range: session.addressRange });
    const told = [
      filled(words.seen, { when: timeAgo(session.lastSeenAt) }),
      filled(words.since, { when: dateAndTime(session.createdAt) }), from,
    ];
    return element("li", { class: "row" },
      icon(telephones.includes(session.system) ? "phone" : "screen"),
      element("div", {},
        element("p", { class: "row-name" }, name,
          session.isCurrent ? element("span", { class: "badge good" }, words.current) : null),
        element("p", { class: "hint" }, told.filter(Boolean).join(" · "))),
      session.isCurrent ? null : button(words.revoke, () => end(session),
        { kind: "quiet small", "aria-label": filled(words.revokeOne, { device: name }) }));
  };

  return makeCard(words.title, ({ sessions }) => {
    const others = sessions.filter(({ isCurrent }) => !isCurrent);
    const current = sessions.filter(({ isCurrent }) => isCurrent);
    return [
      element("ul", { class: "rows" }, ...[...current, ...others].map(row)),
      others.length
        ? element("div", { class: "actions" },
          button(words.revokeOthers, () => endOthers(others.length), { kind: "danger" }))
        : element("p", { class: "hint" }, words.alone),
    ];
  }, { lead: words.lead });
}

const said = ({ userErrors }) => userErrors.map(({ message }) => message).join(" ") || undefined;
