// The list of what may be written at the cursor: opens, follows the keys, and puts the choice into
// the editor. Focus stays in the editor all the while.

import { element } from "./dom.js";
import { suggestionsAt } from "./completion.js";

/** More are there, and come into sight with the arrow keys: the list itself cannot be scrolled. */
const shownMax = 9;

export class Suggestions {
  /** @param schema gives the schema, or undefined while there is none */
  constructor(schema) {
    this.schema = schema;
    this.items = [];
    this.list = element("ul", {
      id: "suggestions", class: "suggestions", role: "listbox", "aria-label": "Suggestions",
      hidden: true,
    });
    this.note = element("p", { class: "suggestion-note", hidden: true, "aria-hidden": "true" });
    this.told = element("p", { class: "unseen", role: "status" });
    document.body.append(
      element("section", { class: "suggestion-box", "aria-label": "Completion" },
        this.list, this.note, this.told));
  }

  get isOpen() { return !this.list.hidden; }

  use(editor) {
    this.editor = editor;
    const { area } = editor;
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-controls", "suggestions");
    area.addEventListener("blur", () => this.close());
    // The event comes a frame late: what had scrolled before the list opened must not close it.
    area.addEventListener("scroll", () => { if (this.isOpen && this.hasScrolled) this.close(); });
    area.addEventListener("click", () => this.close());
  }

  get hasScrolled() {
    const { scrollLeft, scrollTop } = this.editor.area;
    return scrollLeft !== this.scrolled.left || scrollTop !== this.scrolled.top;
  }

  /** Asked for by the keys, before the editor sees them. */
  key(event) {
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      this.open({ isAsked: true });
    }
    if (!this.isOpen) return;
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    if (moves[event.key]) {
      event.preventDefault();
      this.activate(this.active + moves[event.key]);
    } else if (["Enter", "Tab"].includes(event.key) && !event.ctrlKey && !event.metaKey
      && !event.shiftKey) {
      event.preventDefault();
      this.choose(this.active);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) {
      this.close();
    }
  }

  /** After each change of the text: a word that grows opens the list, another end closes it. */
  follow() {
    const { text, cursor } = this.editor;
    if (this.isChoosing) return;
    if (/[\w$@]/.test(text[cursor - 1] ?? "")) this.open({ isAsked: false });
    else if (this.isOpen) this.close();
  }

  open({ isAsked }) {
    const { text, cursor } = this.editor;
    const found = suggestionsAt(text, cursor, this.schema());
    const typed = text.slice(found.start, cursor);
    // What is written in full already needs no list, and Enter is a new line there.
    const isWritten = found.items.length === 1 && found.items[0].text === typed;
    if (!found.items.length || isWritten && !isAsked) {
      this.close();
      if (isAsked) this.told.textContent = "No suggestions here";
      return;
    }
    Object.assign(this, found);
    this.first = 0;
    this.list.hidden = false;
    this.activate(0);
    this.place();
    const { length } = found.items;
    this.told.textContent = `${length} suggestion${length > 1 ? "s" : ""}`;
  }

  activate(index) {
    this.active = Math.max(0, Math.min(index, this.items.length - 1));
    this.first = Math.max(this.active - shownMax + 1, Math.min(this.first, this.active));
    const shown = this.items.slice(this.first, this.first + shownMax);
    this.list.replaceChildren(...shown.map((item, each) => this.option(item, this.first + each)));
    this.editor.area.setAttribute("aria-activedescendant", `suggestion-${this.active}`);
    const note = this.items[this.active].description ?? "";
    this.note.textContent = note.split("\n")[0];
    this.note.hidden = !note;
  }

  option(item, index) {
    return element("li", {
      id: `suggestion-${index}`, role: "option", "aria-selected": String(index === this.active),
      "aria-setsize": this.items.length, "aria-posinset": index + 1,
      class: item.isDeprecated ? "deprecated" : undefined,
      mousedown: (event) => {
        event.preventDefault();
        this.choose(index);
      },
    }, element("span", { class: "suggestion-name" }, item.text),
    element("span", { class: "suggestion-detail" }, item.detail));
  }

  choose(index) {
    const item = this.items[index];
    const { start, end } = this;
    this.close();
    this.isChoosing = true;
    this.editor.replace(start, end, item.text + (item.after ?? ""));
    this.isChoosing = false;
    this.editor.options.moved?.();
  }

  close() {
    this.list.hidden = true;
    this.note.hidden = true;
    this.editor?.area.removeAttribute("aria-activedescendant");
  }

  place() {
    const point = this.editor.pointOf(this.start);
    const { scrollLeft, scrollTop } = this.editor.area;
    this.scrolled = { left: scrollLeft, top: scrollTop };
    const box = this.list.parentElement;
    box.style.left = "0px";
    box.style.top = "0px";
    const { width, height } = box.getBoundingClientRect();
    const left = Math.max(4, Math.min(point.x - 8, innerWidth - width - 4));
    const fits = point.y + height < innerHeight;
    const above = point.y - point.lineHeight - height - 4;
    box.style.left = `${left}px`;
    box.style.top = `${Math.max(4, fits || above < 0 ? point.y + 2 : above)}px`;
  }
}
