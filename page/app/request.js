// A document's name, its variables and a token enter, what the server answers leaves. What is no
// answer is thrown as a problem with the code to say something about.

import { documents } from "../documents.js";

/** Why there is no answer: a code of schema/errors.md, or `NETWORK`. */
export class Problem extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/** What this window calls itself, so that it can tell its own changes from others'. */
export const origin = `page.${crypto.getRandomValues(new Uint32Array(3)).join("-")}`;

/** The header fields of a request; `token` is the access token, where there is one. */
export const headersOf = (token) => ({
  "x-origin": origin, ...(token && { authorization: `Bearer ${token}` }),
});

/** The data of an answer. Fields that were refused are null in it; see `codes`. */
export async function send(name, variables, token) {
  const response = await fetch("/graphql", {
    method: "POST", credentials: "same-origin", cache: "no-store",
    headers: {
      accept: "application/json", "content-type": "application/json", ...headersOf(token),
    },
    body: JSON.stringify({ query: documents[name], variables }),
  }).catch(() => { throw new Problem("NETWORK"); });
  const body = await response.json().catch(() => { throw new Problem("NETWORK"); });
  const codes = (body.errors ?? []).map((error) => error.extensions?.code ?? "INTERNAL");
  const isRefused = codes.length > 0 && !hasAnything(body.data);
  if (isRefused || codes.includes("UNAUTHENTICATED")) throw new Problem(codes[0]);
  return { data: body.data, codes };
}

const hasAnything = (data) => Object.values(data ?? {}).some((value) => value !== null);
