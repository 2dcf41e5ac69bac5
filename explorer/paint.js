// A text enters, its pieces leave with the role that gives each its colour; together they are the
// text.

import { rolesOf } from "./reading.js";
import { isBroken, tokenize } from "./tokens.js";

/** Pieces of a GraphQL document. */
export function paintGraphQL(text, schema) {
  const tokens = tokenize(text);
  const roles = rolesOf(tokens, schema);
  const pieces = [];
  let offset = 0;
  tokens.forEach((token, index) => {
    if (token.start > offset) pieces.push({ text: text.slice(offset, token.start) });
    pieces.push({ text: token.text, role: isBroken(token) ? "broken" : roles[index] });
    offset = token.end;
  });
  if (offset < text.length) pieces.push({ text: text.slice(offset) });
  return pieces;
}

const jsonParts = new RegExp([
  String.raw`("(?:\\.|[^"\\\n])*"?)(\s*:)?`,
  String.raw`(-?\d[\d.eE+-]*)`,
  String.raw`\b(true|false|null)\b`,
  String.raw`([{}[\],:])`,
  String.raw`\s+|[^\s"{}[\],:]+|[^]`,
].join("|"), "g");

/** Pieces of JSON. */
export function paintJSON(text) {
  return [...text.matchAll(jsonParts)].flatMap(([whole, string, colon, number, word, mark]) => {
    if (string !== undefined) {
      const name = { text: string, role: colon ? "field" : "string" };
      return colon ? [name, { text: colon, role: "punctuation" }] : [name];
    }
    if (number !== undefined) return [{ text: whole, role: "number" }];
    if (word !== undefined) return [{ text: whole, role: "constant" }];
    if (mark !== undefined) return [{ text: whole, role: "punctuation" }];
    return [{ text: whole, role: whole.trim() ? "broken" : undefined }];
  });
}
