// One operation enters, the server's answer leaves: its status, its body, its time and its size.

const accept = "application/graphql-response+json, application/json;q=0.9";

/**
 * Sends by POST. The body is undefined where the answer is no JSON; its text is there always.
 * @throws where no answer came, and AbortError where it was stopped
 */
export async function send(endpoint, { query, variables, operationName, headers, signal }) {
  const begun = performance.now();
  const response = await fetch(endpoint, {
    method: "POST", credentials: "same-origin", cache: "no-store", signal,
    headers: { accept, "content-type": "application/json", ...headers },
    body: JSON.stringify({ query, operationName, variables }),
  });
  const bytes = await response.arrayBuffer();
  const text = new TextDecoder().decode(bytes);
  return {
    status: response.status, statusText: response.statusText, text, body: parsed(text),
    requestId: response.headers.get("x-request-id"),
    milliseconds: performance.now() - begun, bytes: bytes.byteLength,
  };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `14 ms`, `1.2 s`. */
export function duration(milliseconds) {
  if (milliseconds < 1) return "under 1 ms";
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** `840 B`, `2.3 kB`. */
export function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
