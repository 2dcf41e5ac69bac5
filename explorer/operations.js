// A document's text enters; its operations leave, and whether it may hold a secret.

import { tokenize } from "./tokens.js";

/** The operations in order: `name` (undefined for an anonymous one), `kind`, `start`, `end`. */
export function operationsIn(text) {
  const operations = [];
  const tokens = tokenize(text).filter((token) => token.kind !== "comment");
  let depth = 0;
  let open;
  let isFragment = false;
  tokens.forEach((token, index) => {
    if (depth === 0 && token.kind === "name") {
      if (["query", "mutation", "subscription"].includes(token.text) && !open && !isFragment) {
        const name = tokens[index + 1];
        open = {
          kind: token.text, start: token.start,
          name: name?.kind === "name" ? name.text : undefined,
        };
      } else if (token.text === "fragment" && !open) isFragment = true;
    }
    if ("{([".includes(token.text)) {
      if (depth === 0 && token.text === "{" && !open && !isFragment) {
        open = { kind: "query", start: token.start, name: undefined };
      }
      depth += 1;
    } else if ("})]".includes(token.text)) {
      depth = Math.max(0, depth - 1);
      if (depth === 0 && token.text === "}") {
        if (open) operations.push({ ...open, end: token.end });
        open = undefined;
        isFragment = false;
      }
    }
  });
  if (open) operations.push({ ...open, end: text.length });
  return operations;
}

const secretName = /password|passphrase|secret|token|credential|apikey|otp|pin$/i;
const secretText = /\beyJ[\w-]{8,}\.|\brt_[\w-]{8,}|bearer\s+\S{8,}/i;
const sessionFields = /^(signIn|refreshSession)$/;

/**
 * Whether a document or its variables may hold a password or a token. Told by the names that values
 * are given to, not by the values: in doubt, yes.
 */
export function mayHoldSecret(document, variables) {
  if (secretText.test(document) || secretText.test(variables)) return true;
  const tokens = tokenize(document).filter((token) => token.kind !== "comment");
  let parentheses = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.text === "(") parentheses += 1;
    else if (token.text === ")") parentheses -= 1;
    if (token.kind !== "name") continue;
    if (sessionFields.test(token.text)) return true;
    const isGiven = parentheses > 0 && tokens[index + 1]?.text === ":"
      || tokens[index - 1]?.text === "$";
    if (isGiven && secretName.test(token.text)) return true;
  }
  if (document.includes("#") && tokenize(document).some(
    (token) => token.kind === "comment" && secretName.test(token.text))) return true;
  return [...variables.matchAll(/"((?:\\.|[^"\\])*)"\s*:/g)]
    .some(([, name]) => secretName.test(name));
}
