// A text area with a painted copy behind it: the area is what people and their tools use, the copy
// has the colours and the marks of errors.

import { element } from "./dom.js";
import { offsetOf } from "./tokens.js";

const pairs = { "(": ")", "[": "]", "{": "}", '"': '"' };
const indentation = "  ";

export class Editor {
  /**
   * @param host where the editor is put
   * @param options `id` and `label` of the text area, `describedBy`, `paint` (text to pieces of
   *   `{text, role}`), `comment` (what begins one), `changed`, `moved` and `keyed` (told first of
   *   each key, may prevent its default)
   */
  constructor(host, options) {
    this.options = options;
    this.marks = [];
    this.gutter = element("div", { class: "gutter", "aria-hidden": "true" });
    this.paper = element("pre", { class: "paper", "aria-hidden": "true" });
    this.area = element("textarea", {
      id: options.id, class: "area", spellcheck: "false", autocapitalize: "off",
      autocomplete: "off", autocorrect: "off", wrap: "off", rows: "4",
      "aria-label": options.label, "aria-describedby": options.describedBy,
      input: () => this.edited(),
      scroll: () => this.follow(),
      keydown: (event) => this.key(event),
      keyup: () => options.moved?.(),
      click: () => options.moved?.(),
      blur: () => { this.leaves = false; },
    });
    host.append(this.gutter, element("div", { class: "sheet" }, this.paper, this.area));
    this.paint();
  }

  get text() { return this.area.value; }

  /** Replaces the whole text, as one step that can be undone. */
  set text(text) {
    if (text === this.text) return;
    this.replace(0, this.text.length, text);
  }

  get cursor() { return this.area.selectionStart; }

  /** Replaces a range; `cursor` is where to go on, after the new text by default. */
  replace(start, end, text, cursor = start + text.length) {
    this.area.setSelectionRange(start, end);
    const held = document.activeElement;
    this.area.focus();
    // The only way that keeps the browser's own undo; it is deprecated and has no successor.
    const isDone = document.activeElement === this.area && (text || start < end)
      && document.execCommand(text ? "insertText" : "delete", false, text);
    if (!isDone) {
      this.area.setRangeText(text, start, end, "end");
      this.edited();
    }
    this.area.setSelectionRange(cursor, cursor);
    if (held && held !== this.area && held !== document.body) held.focus();
    this.paint();
  }

  edited() {
    this.marks = [];
    this.area.removeAttribute("aria-invalid");
    this.paint();
    this.options.changed?.();
  }

  /** Marks errors: each a place with line and column. */
  mark(places) {
    this.marks = places;
    if (places.length) this.area.setAttribute("aria-invalid", "true");
    else this.area.removeAttribute("aria-invalid");
    this.paint();
  }

  /** Puts the cursor at a line and a column, and shows it. */
  goTo(place) {
    const offset = offsetOf(this.text, place);
    this.area.focus();
    this.area.setSelectionRange(offset, offset);
    const { lineHeight } = this.metrics();
    this.area.scrollTop = Math.max(0, (place.line - 3) * lineHeight);
    this.follow();
    this.options.moved?.();
  }

  paint() {
    const marked = this.marks.map((place) => offsetOf(this.text, place));
    let offset = 0;
    const pieces = this.options.paint(this.text).map(({ text, role = "" }) => {
      const start = offset;
      offset += text.length;
      const isMarked = marked.some((mark) => start <= mark && mark < offset);
      return { text, role: isMarked ? `${role} marked`.trim() : role };
    });
    // A last line that is empty has no height without a character in it.
    pieces.push({ text: "\n", role: "" });
    this.paintPieces(pieces);
    this.paintNumbers();
    this.follow();
  }

  /** Replaces only what is between the pieces that stayed as they were: a key changes few. */
  paintPieces(pieces) {
    const before = this.pieces ?? [];
    const isSame = (one, other) => one?.text === other?.text && one?.role === other?.role;
    const fewer = Math.min(before.length, pieces.length);
    let first = 0;
    while (first < fewer && isSame(before[first], pieces[first])) first += 1;
    let last = 0;
    while (last < fewer - first && isSame(before.at(-1 - last), pieces.at(-1 - last))) last += 1;
    const nodes = pieces.slice(first, pieces.length - last).map(({ text, role }) =>
      (role ? element("span", { class: role }, text) : document.createTextNode(text)));
    for (let gone = before.length - last - first; gone > 0; gone -= 1) {
      this.paper.childNodes[first].remove();
    }
    const next = this.paper.childNodes[first] ?? null;
    for (const node of nodes) this.paper.insertBefore(node, next);
    this.pieces = pieces;
  }

  paintNumbers() {
    const lines = this.text.split("\n").length;
    const faulty = this.marks.map((place) => place.line);
    const numbers = `${lines} ${faulty}`;
    if (this.numbers === numbers) return;
    this.numbers = numbers;
    this.gutter.replaceChildren(...Array.from({ length: lines }, (_, index) => element("span", {
      class: faulty.includes(index + 1) ? "line faulty" : "line",
    }, `${index + 1}`)));
  }

  /** Keeps the painted copy and the line numbers under the text area. */
  follow() {
    this.paper.style.transform =
      `translate(${-this.area.scrollLeft}px, ${-this.area.scrollTop}px)`;
    this.gutter.scrollTop = this.area.scrollTop;
  }

  metrics() {
    const style = getComputedStyle(this.area);
    this.probe ??= document.createElement("canvas").getContext("2d");
    this.probe.font = `${style.fontSize} ${style.fontFamily}`;
    return {
      lineHeight: parseFloat(style.lineHeight), letterWidth: this.probe.measureText("m").width,
      left: parseFloat(style.paddingLeft), top: parseFloat(style.paddingTop),
    };
  }

  /** Where on the screen a place of the text stands: under its line. */
  pointOf(offset) {
    const before = this.text.slice(0, offset).split("\n");
    const { lineHeight, letterWidth, left, top } = this.metrics();
    const box = this.area.getBoundingClientRect();
    return {
      x: box.left + left + before.at(-1).length * letterWidth - this.area.scrollLeft,
      y: box.top + top + before.length * lineHeight - this.area.scrollTop,
      lineHeight,
    };
  }

  // Keys

  key(event) {
    this.options.keyed?.(event);
    if (event.defaultPrevented || event.isComposing) return;
    const command = event.ctrlKey || event.metaKey;
    if (event.key === "Escape") this.leaves = true;
    else if (event.key === "Tab") this.tab(event);
    else if (event.key === "Enter" && !command && !event.altKey) this.enter(event);
    else if (event.key === "/" && command && this.options.comment) this.toggleComment(event);
    else if (event.key === "Backspace" && !command) this.backspace(event);
    else if (!command && !event.altKey && event.key.length === 1) this.character(event);
    if (!["Escape", "Shift"].includes(event.key)) this.leaves = false;
  }

  /** Indents, unless Escape came before: then the key goes to the next control, as elsewhere. */
  tab(event) {
    if (this.leaves || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const { selectionStart: start, selectionEnd: end } = this.area;
    if (start === end && !event.shiftKey) this.replace(start, end, indentation);
    else if (event.shiftKey) this.changeLines((line) => line.replace(/^ {1,2}/, ""));
    else this.changeLines((line) => line && indentation + line);
  }

  enter(event) {
    event.preventDefault();
    const { selectionStart: start, selectionEnd: end } = this.area;
    const line = this.text.slice(this.text.lastIndexOf("\n", start - 1) + 1, start);
    const blanks = line.match(/^ */)[0];
    const [before, after] = [this.text[start - 1], this.text[end]];
    if (!"{([".includes(before ?? " ")) return this.replace(start, end, `\n${blanks}`);
    const deeper = `\n${blanks}${indentation}`;
    const closing = pairs[before] === after ? `\n${blanks}` : "";
    return this.replace(start, end, deeper + closing, start + deeper.length);
  }

  /** Brackets and quotes come in pairs; the second of a pair is typed over. */
  character(event) {
    const { selectionStart: start, selectionEnd: end } = this.area;
    const [before, after] = [this.text[start - 1] ?? "", this.text[start] ?? ""];
    const { key } = event;
    if (start === end && after === key && Object.values(pairs).includes(key)) {
      event.preventDefault();
      this.area.setSelectionRange(start + 1, start + 1);
      this.options.moved?.();
    } else if (pairs[key] && start === end && /^[\s)\]},]?$/.test(after)
      && !(key === '"' && /[\w"]/.test(before))) {
      event.preventDefault();
      this.replace(start, end, key + pairs[key], start + 1);
    }
  }

  backspace(event) {
    const { selectionStart: start, selectionEnd: end } = this.area;
    const [before, after] = [this.text[start - 1], this.text[start]];
    if (start !== end || !before || pairs[before] !== after) return;
    event.preventDefault();
    this.replace(start - 1, start + 1, "");
  }

  toggleComment(event) {
    event.preventDefault();
    const mark = this.options.comment;
    const { lines } = this.selectedLines();
    const isAll = lines.every((line) => !line.trim() || line.trim()[0] === mark);
    this.changeLines((line) =>
      isAll ? line.replace(new RegExp(`^( *)${mark} ?`), "$1") : line && `${mark} ${line}`);
  }

  selectedLines() {
    const { selectionStart, selectionEnd } = this.area;
    const start = this.text.lastIndexOf("\n", selectionStart - 1) + 1;
    const found = this.text.indexOf("\n", Math.max(start, selectionEnd - 1));
    const end = found < 0 ? this.text.length : found;
    return { start, end, lines: this.text.slice(start, end).split("\n") };
  }

  changeLines(change) {
    const { start, end, lines } = this.selectedLines();
    const text = lines.map(change).join("\n");
    this.replace(start, end, text);
    if (lines.length > 1) this.area.setSelectionRange(start, start + text.length);
  }
}
