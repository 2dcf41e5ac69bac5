// An executable document enters, the same one laid out leaves: same tokens, same comments. Refused
// here: what is no document, with the place where that was seen.

import { isBroken, tokenize } from "./tokens.js";

const columnsMax = 80;

/** Where and why a document cannot be laid out. */
export class LayoutError extends Error {
  constructor(message, offset) {
    super(message);
    this.offset = offset;
  }
}

/** @throws {LayoutError} */
export function prettify(text) {
  const tokens = tokenize(text);
  const broken = tokens.find(isBroken);
  if (broken) throw new LayoutError("This is no token of the language.", broken.start);
  const layout = new Layout(tokens, text.length).document();
  // Whatever the rules below do, no word of the document is lost to them.
  const words = (of) => tokenize(of).map((token) => token.text).join("\n");
  if (words(layout) !== words(text)) {
    throw new LayoutError("A comment stands where it cannot be kept.", 0);
  }
  return layout;
}

class Layout {
  constructor(tokens, end) {
    this.tokens = tokens;
    this.end = end;
    this.position = 0;
    this.lines = [];
  }

  get token() { return this.tokens[this.position]; }

  document() {
    while (this.token) {
      if (this.lines.length && !this.tokens[this.position - 1]?.text.startsWith("#")) {
        this.lines.push("");
      }
      if (this.token.kind === "comment") this.lines.push(this.next().text.trimEnd());
      else this.definition();
    }
    return this.lines.length ? `${this.lines.join("\n")}\n` : "";
  }

  definition() {
    const head = [];
    while (this.token && !(this.token.text === "{" && !isOpen(head))) head.push(this.next());
    if (!this.token) this.fail("A selection is missing.");
    this.selectionSet(head, 0);
  }

  /** `head {`, the selections, `}`. */
  selectionSet(head, depth) {
    const opening = this.next();
    this.headed(head, depth, " {");
    while (this.token && this.token.text !== "}") this.selection(depth + 1);
    if (!this.token) this.fail("A bracket is not closed.", opening.start);
    this.next();
    this.lines.push(`${blanks(depth)}}`);
  }

  selection(depth) {
    if (this.token.kind === "comment") {
      this.lines.push(blanks(depth) + this.next().text.trimEnd());
      return;
    }
    if (this.token.kind !== "name" && this.token.text !== "...") {
      if (this.token.text === "{") return this.selectionSet([], depth);
      this.fail("A field or a fragment is expected here.");
    }
    const head = [this.next()];
    while (this.token && !this.endsHead(head)) head.push(this.next());
    if (this.token?.text === "{") this.selectionSet(head, depth);
    else this.headed(head, depth, "");
  }

  /** Whether the next token belongs to the selection no more. */
  endsHead(head) {
    if (isOpen(head)) return false;
    const { kind, text } = this.token;
    if (kind === "comment" || ["{", "}", "..."].includes(text)) return true;
    if (kind !== "name") return false;
    const [before, beforeThat] = [head.at(-1).text, head.at(-2)?.text];
    return ![":", "@", "..."].includes(before) && !(before === "on" && beforeThat === "...");
  }

  /** A head on one line, or with its arguments on lines of their own where it is too long. */
  headed(head, depth, tail) {
    const indentation = blanks(depth);
    const line = indentation + joined(head) + tail;
    if (!head.length) this.lines.push(`${indentation}{`);
    else if (fits(line, head) || !head.some((token) => token.text === "(")) this.lines.push(line);
    else this.opened(head, depth, tail, (token) => token.text === "(");
  }

  /** A bracket's items on lines of their own, those that are still too long opened as well. */
  opened(tokens, depth, tail, isOpening) {
    const open = tokens.findIndex(isOpening);
    const close = closingOf(tokens, open);
    this.lines.push(blanks(depth) + joined(tokens.slice(0, open + 1)));
    for (const item of itemsOf(tokens.slice(open + 1, close))) {
      const line = blanks(depth + 1) + joined(item);
      const isBracket = (token, index) => "{[".includes(token.text)
        && !["]", "}", undefined].includes(item[index + 1]?.text);
      if (fits(line, item) || !item.some(isBracket)) this.lines.push(line);
      else this.opened(item, depth + 1, "", isBracket);
    }
    const rest = joined(tokens.slice(close + 1));
    const blank = rest && !rest.startsWith("!") ? " " : "";
    this.lines.push(blanks(depth) + tokens[close].text + blank + rest + tail);
  }

  next() {
    this.position += 1;
    return this.tokens[this.position - 1];
  }

  fail(message, offset = this.token?.start ?? this.end) { throw new LayoutError(message, offset); }
}

/** Whether tokens may stand on one line. */
const fits = (line, tokens) => line.length <= columnsMax
  && !tokens.some((token) => token.kind === "comment" || token.text.includes("\n"));

const blanks = (depth) => "  ".repeat(depth);

function isOpen(tokens) {
  let depth = 0;
  for (const { text } of tokens) {
    if ("([{".includes(text)) depth += 1;
    else if (")]}".includes(text)) depth -= 1;
  }
  return depth > 0;
}

function closingOf(tokens, open) {
  for (let index = open + 1; index < tokens.length; index += 1) {
    if (!isOpen(tokens.slice(open, index + 1))) return index;
  }
  return tokens.length;
}

/** Arguments or variable definitions, one each; a comment is one too. */
function itemsOf(tokens) {
  const items = [];
  tokens.forEach((token, index) => {
    const isFirst = !items.length || !isOpen(tokens.slice(0, index))
      && (token.kind === "comment" || tokens[index - 1].kind === "comment"
        || beginsItem(tokens, index));
    if (isFirst) items.push([]);
    items.at(-1).push(token);
  });
  return items;
}

/** Whether a comma may stand before the token: it begins a value, a name or a definition. */
function beginsItem(tokens, index) {
  const { kind, text } = tokens[index];
  const before = tokens[index - 1].text;
  if ([":", "=", "@", "$", "(", "[", "{", "&", "|"].includes(before)) return false;
  return kind !== "punctuator" || ["$", "[", "{"].includes(text);
}

function joined(tokens) {
  let line = "";
  let depth = 0;
  tokens.forEach((token, index) => {
    const { text } = token;
    if (")]}".includes(text)) depth -= 1;
    const before = tokens[index - 1];
    if (before) line += between(tokens, index, depth > 0);
    if ("([{".includes(text)) depth += 1;
    line += text;
  });
  return line;
}

function between(tokens, index, isInside) {
  const { text } = tokens[index];
  const before = tokens[index - 1].text;
  if (isInside && beginsItem(tokens, index)) return ", ";
  if ([":", ")", "]", "}", "!"].includes(text)) return "";
  if (["(", "[", "{", "$", "@"].includes(before)) return "";
  if (text === "(") return ["query", "mutation", "subscription"].includes(before) ? " " : "";
  if (before === "...") return text === "on" || text === "@" ? " " : "";
  return " ";
}
