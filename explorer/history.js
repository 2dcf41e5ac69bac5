// What was run, newest first, kept in this browser. Bounded; and what may hold a password or a
// token is not kept, nor are header fields.

import { byId, element } from "./dom.js";
import { mayHoldSecret, operationsIn } from "./operations.js";
import { storage } from "./storage.js";

const entriesMax = 50;
const entryCharactersMax = 20_000;
const historyKey = "explorer.history";
const draftKey = "explorer.draft";

/** Whether a document and its variables may be written into storage. */
const mayKeep = ({ document, variables }) =>
  document.trim() !== "" && document.length + variables.length <= entryCharactersMax
  && !mayHoldSecret(document, variables);

/** Keeps what is being written over a reload, where it may be kept. */
export const storeDraft = (draft) => storage.set(draftKey, mayKeep(draft) ? draft : undefined);

export const storedDraft = () => storage.get(draftKey);

export class History {
  /** @param choose told which entry to go back to */
  constructor(choose) {
    this.choose = choose;
    const entries = storage.get(historyKey);
    this.entries = Array.isArray(entries) ? entries.slice(0, entriesMax) : [];
    this.show();
  }

  /** Adds what was run; the same again moves to the front. False where it may not be kept. */
  add(entry) {
    if (!mayKeep(entry)) return false;
    const isSame = (other) =>
      other.document === entry.document && other.variables === entry.variables
      && other.operationName === entry.operationName;
    this.entries = [{ ...entry, at: Date.now() }, ...this.entries.filter((other) => !isSame(other))]
      .slice(0, entriesMax);
    this.changed();
    return true;
  }

  remove(entry) {
    const index = this.entries.indexOf(entry);
    this.entries.splice(index, 1);
    this.changed();
    const rows = byId("history-content").querySelectorAll(".history-entry");
    (rows[Math.min(index, rows.length - 1)]?.querySelector("button") ?? byId("close-history"))
      .focus();
  }

  changed() {
    storage.set(historyKey, this.entries);
    this.show();
  }

  show() {
    const content = byId("history-content");
    const note = element("p", { class: "quiet" },
      "Kept in this browser. What may hold a password or a token is not.");
    if (!this.entries.length) {
      content.replaceChildren(element("p", { class: "empty" }, "Nothing was run yet."), note);
      return;
    }
    const clear = element("button", {
      type: "button", class: "small",
      click: () => {
        this.entries = [];
        this.changed();
        byId("close-history").focus();
      },
    }, "Forget all");
    content.replaceChildren(
      element("ol", { class: "history-list" }, this.entries.map((entry) => this.row(entry))),
      clear, note);
  }

  row(entry) {
    const title = titleOf(entry);
    return element("li", { class: "history-entry" },
      element("button", { type: "button", class: "row", click: () => this.choose(entry) },
        element("span", { class: "row-title" }, title),
        element("time", { class: "quiet", datetime: new Date(entry.at).toISOString() },
          new Date(entry.at).toLocaleString([], { dateStyle: "short", timeStyle: "short" }))),
      element("button", {
        type: "button", class: "small", "aria-label": `Forget ${title}`,
        click: () => this.remove(entry),
      }, "×"));
  }
}

/** The operation's name, or its first field. */
function titleOf({ document, operationName }) {
  const operations = operationsIn(document);
  const operation = operations.find((each) => each.name === operationName) ?? operations[0];
  if (operation?.name) return `${operation.kind} ${operation.name}`;
  const text = document.replace(/#[^\n]*/g, " ").replace(/\s+/g, " ").trim();
  return text.length > 48 ? `${text.slice(0, 47)}…` : text;
}
