// What a change would bring about, as a dry run told, enters; whether the person agrees leaves.

import { button, element } from "./element.js";
import { openDialog } from "./dialog.js";

/** Asks where there is something to tell, or where `always` is set. */
export function agreed(page, { heading, text, act, always = false, isDanger }, { consequences }) {
  if (consequences.length === 0 && !always) return Promise.resolve(true);
  return new Promise((done) => {
    let answer = false;
    const agree = button(act, () => { answer = true; node.close(); },
      { kind: isDanger ? "danger" : "primary" });
    const refuse = button(page.common.cancel, () => node.close(), { kind: "quiet" });
    const node = openDialog({ heading, closed: () => done(answer) },
      text && element("p", {}, text),
      consequences.length > 0 && element("ul", { class: "consequences" },
        ...consequences.map((one) => element("li", {}, one.text))),
      element("div", { class: "actions" }, agree, refuse));
    refuse.focus();
  });
}
