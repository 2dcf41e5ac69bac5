// A sentence enters; it is shown at the edge of the page for a while, and read out.

import { element, icon } from "./element.js";

/** Long enough to be read twice. */
const shownMilliseconds = 8_000;

/** Says that something was done. */
export function notify(text) {
  const node = element("p", { class: "notice" }, icon("check"), element("span", {}, text));
  const place = document.querySelector("#notices");
  place.append(node);
  // The last two say what happened; what came before is old by then.
  while (place.children.length > 2) place.firstElementChild.remove();
  setTimeout(() => node.remove(), shownMilliseconds);
}
