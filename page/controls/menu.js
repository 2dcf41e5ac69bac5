// A button and what it opens enter: a list of links and buttons below it, which a click elsewhere,
// Escape or a choice closes.

import { element, newID } from "./element.js";

/** The button with its list; both stand in one element. */
export function makeMenu(opener, items, { label, align = "end" } = {}) {
  const list = element("ul", { class: `menu menu-${align}`, id: newID("menu"), hidden: "" },
    ...items.map((item) => element("li", {}, item)));
  const node = element("div", { class: "menu-place" }, opener, list);
  opener.setAttribute("aria-expanded", "false");
  opener.setAttribute("aria-controls", list.id);
  if (label) list.setAttribute("aria-label", label);
  const set = (isOpen) => {
    list.hidden = !isOpen;
    opener.setAttribute("aria-expanded", String(isOpen));
  };
  opener.addEventListener("click", () => set(list.hidden));
  list.addEventListener("click", (event) => { if (event.target.closest("a, button")) set(false); });
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      set(false);
      opener.focus();
    }
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      set(true);
      const choices = [...list.querySelectorAll("a, button")];
      const at = choices.indexOf(document.activeElement);
      const step = event.key === "ArrowDown" ? 1 : -1;
      choices.at((at + step) % choices.length)?.focus();
    }
  });
  node.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !node.contains(event.relatedTarget)) set(false);
  });
  document.addEventListener("click", (event) => {
    if (node.isConnected && !node.contains(event.target)) set(false);
  });
  return node;
}
