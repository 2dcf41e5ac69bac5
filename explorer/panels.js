// The parts of the page that open and close, and the keys that work everywhere on it.

import { byId } from "./dom.js";

/** Tabs by the names of their pages; the arrow keys move between them. */
export function prepareTabs(names) {
  const tab = (name) => byId(`${name}-tab`);
  function choose(name, focus = tab(name)) {
    for (const each of names) {
      tab(each).setAttribute("aria-selected", String(each === name));
      tab(each).tabIndex = each === name ? 0 : -1;
      byId(`${each}-page`).hidden = each !== name;
    }
    focus.focus();
  }
  names.forEach((name, index) => {
    tab(name).addEventListener("click", () => choose(name));
    tab(name).addEventListener("keydown", ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
      if (step) choose(names[(index + step + names.length) % names.length]);
    });
  });
  return { choose };
}

/** Side panels, of which one is open at most; over the page where it is narrow. */
export function preparePanels(names) {
  const narrow = matchMedia("(max-width: 900px)");
  const button = (name) => byId(`show-${name}`);
  let current;

  function set(open) {
    current = open;
    // What an open panel covers must not take the focus.
    for (const part of document.querySelectorAll(".bar, .asking > *, .response-room")) {
      part.inert = narrow.matches && open !== undefined;
    }
    for (const each of names) {
      byId(each).hidden = each !== open;
      button(each).setAttribute("aria-expanded", String(each === open));
    }
    byId("house").classList.toggle("with-panel", open !== undefined);
  }
  function close(name) {
    if (byId(name).hidden) return;
    set(undefined);
    button(name).focus();
  }
  for (const name of names) {
    button(name).addEventListener("click", () => {
      if (!byId(name).hidden) return close(name);
      set(name);
      (byId(name).querySelector("input") ?? byId(`close-${name}`)).focus();
      return undefined;
    });
    byId(`close-${name}`).addEventListener("click", () => close(name));
    byId(name).addEventListener("keydown", (event) => {
      if (event.key === "Escape") close(name);
    });
  }
  narrow.addEventListener("change", () => set(current));
  return { open: set, close, get isOverlay() { return narrow.matches; } };
}

/** Keys of the whole page, and the dialog that tells of them. */
export function prepareKeys({ run, layOut }) {
  const dialog = byId("keys-dialog");
  byId("show-keys").addEventListener("click", () => dialog.showModal());
  byId("keys-close").addEventListener("click", () => dialog.close());
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      run();
    } else if (event.code === "KeyF" && event.altKey && event.shiftKey) {
      event.preventDefault();
      layOut();
    }
  });
}
