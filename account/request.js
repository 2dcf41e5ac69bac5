// One mutation with its input, and an access token where it needs one, enter; its payload leaves.
// What is no payload is thrown as a problem with the code to say something about.

/** Why there is no payload: a code of schema/errors.md, or `NETWORK`. */
export class Problem extends Error {
  constructor(code) {
    super(code);
    this.code = code;
  }
}

/** The payload of the mutation's one field. */
export async function send(document, input, token) {
  let body;
  try {
    const response = await fetch("/graphql", {
      method: "POST", credentials: "same-origin", cache: "no-store",
      headers: {
        accept: "application/json", "content-type": "application/json",
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query: document, variables: { input } }),
    });
    body = await response.json();
  } catch {
    throw new Problem("NETWORK");
  }
  if (body.errors) throw new Problem(body.errors[0].extensions?.code ?? "INTERNAL");
  return Object.values(body.data)[0];
}
