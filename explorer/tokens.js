// A document's text enters, its lexical tokens leave (GraphQL, section 2.1), each with its place.
// Nothing is refused: what is no token, or has no end, is told by `isBroken`.

const parts = {
  comment: String.raw`#[^\n\r]*`,
  block: String.raw`"""(?:\\"""|(?!""")[^])*(?:"""|$)`,
  string: String.raw`"(?:\\.|[^"\\\n\r])*"?`,
  number: String.raw`-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?`,
  name: String.raw`[_A-Za-z]\w*`,
  punctuator: String.raw`\.\.\.|[!$&():=@[\]{|}]`,
  unknown: String.raw`[^\s\uFEFF,]`,
};
const kinds = Object.keys(parts);
const pattern = new RegExp(Object.values(parts).map((part) => `(${part})`).join("|"), "g");

/** One text is asked for by many: its colours, its operations, what may be written in it. */
let latest = { text: "", tokens: [] };

/** Tokens with comments, without blanks and commas. */
export function tokenize(text) {
  if (latest.text === text) return latest.tokens;
  const tokens = [];
  for (const match of text.matchAll(pattern)) {
    const kind = kinds[match.findIndex((part, index) => index > 0 && part !== undefined) - 1];
    const start = match.index;
    tokens.push({ kind, text: match[0], start, end: start + match[0].length });
  }
  latest = { text, tokens };
  return tokens;
}

/** Whether a token is none of the language's, or a string without its end. */
export function isBroken(token) {
  if (token.kind === "string") return token.text.length < 2 || !token.text.endsWith('"');
  if (token.kind === "block") return token.text.length < 6 || !token.text.endsWith('"""');
  return token.kind === "unknown";
}

/** Line and column of an offset, both from 1. */
export function placeOf(text, offset) {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: before.at(-1).length + 1 };
}

/** The offset of a line and a column, both from 1; the nearest where there is none. */
export function offsetOf(text, { line, column }) {
  const lines = text.split("\n");
  const index = Math.min(Math.max(line, 1), lines.length) - 1;
  const before = lines.slice(0, index).reduce((sum, each) => sum + each.length + 1, 0);
  return before + Math.min(Math.max(column, 1) - 1, lines[index].length);
}
