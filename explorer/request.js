// One operation enters, the server's answer leaves: its status, its body, its time and its size; of
// a subscription one event after the other, as server-sent events.

const answerTypes = "application/graphql-response+json, application/json;q=0.9";
const eventTypes = `text/event-stream, ${answerTypes}`;

/**
 * Sends by POST. The body is undefined where the answer is no JSON; its text is there always.
 * @throws where no answer came, and AbortError where it was stopped
 */
export async function send(endpoint, request) {
  const begun = performance.now();
  return answerOf(await post(endpoint, request, answerTypes), begun);
}

/**
 * Sends a subscription and gives each of its events to `received`, until there are no more.
 * @returns nothing, or the answer where the server answered at once instead
 * @throws as `send` does
 */
export async function subscribe(endpoint, request, received) {
  const begun = performance.now();
  const response = await post(endpoint, request, eventTypes);
  if (!response.headers.get("content-type")?.startsWith("text/event-stream")) {
    return answerOf(response, begun);
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return undefined;
    const blocks = (rest + value).split(/\r?\n\r?\n/);
    rest = blocks.pop();
    for (const { name, data } of blocks.map(eventOf)) {
      if (name === "next") received({ body: parsed(data), text: data });
      else if (name === "complete") return undefined;
    }
  }
}

/** The fields of a server-sent event; a line that begins with a colon is none. */
function eventOf(block) {
  const lines = block.split(/\r?\n/);
  const values = (field) => lines.filter((line) => line.startsWith(`${field}:`))
    .map((line) => line.slice(field.length + 1).replace(/^ /, ""));
  return { name: values("event").at(-1), data: values("data").join("\n") };
}

function post(endpoint, { query, variables, operationName, headers, signal }, accept) {
  return fetch(endpoint, {
    method: "POST", credentials: "same-origin", cache: "no-store", signal,
    headers: { accept, "content-type": "application/json", ...headers },
    body: JSON.stringify({ query, operationName, variables }),
  });
}

async function answerOf(response, begun) {
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
