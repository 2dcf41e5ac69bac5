// A heading and what stands below it enter, a dialog over the page leaves. The platform keeps the
// focus inside, closes on Escape, and gives the focus back to where it was.

import { button, element, newID } from "./element.js";

/** Opens a dialog; `closed` is told once it has gone, whoever closed it. */
export function openDialog({ heading, closed, wide }, ...children) {
  const id = newID("dialog");
  const before = document.activeElement;
  const node = element("dialog", { "aria-labelledby": id, class: wide ? "wide" : undefined },
    element("h2", { id, tabindex: "-1" }, heading), ...children);
  node.addEventListener("close", () => {
    node.remove();
    if (before?.isConnected) before.focus();
    closed?.();
  });
  document.body.append(node);
  node.showModal();
  return node;
}

/** Asks whether to do something. */
export function confirmed({ heading, text, act, cancel, isDanger }) {
  return new Promise((done) => {
    let answer = false;
    const agree = button(act, () => { answer = true; node.close(); },
      { kind: isDanger ? "danger" : "primary" });
    const refuse = button(cancel, () => node.close(), { kind: "quiet" });
    const node = openDialog({ heading, closed: () => done(answer) },
      element("p", {}, text), element("div", { class: "actions" }, agree, refuse));
    refuse.focus();
  });
}
