// The company's event stream enters (server-sent events), what others changed leaves. It is for
// administrators; everybody else is shown what is new when they come back to the window.

import { documents } from "../documents.js";
import { inTheirName } from "./client.js";
import { headersOf, origin, Problem } from "./request.js";

const waitMilliseconds = 3_000;
const windows = new BroadcastChannel("mi-alegra.events");
let ending;

/** Tells `heard` each event that this window did not make, until `stopFollowing`. */
export async function follow({ memberships }, heard) {
  stopFollowing();
  windows.onmessage = ({ data }) => heard(data);
  const role = memberships?.find(({ isCurrent }) => isCurrent)?.role;
  if (role !== "administrator") return;
  const mine = ending = new AbortController();
  const tell = (event) => {
    heard(event);
    windows.postMessage(event);
  };
  await inTurn(mine.signal, () => listen(mine.signal, tell)).catch(() => {});
}

/** One window listens for all: a browser has six connections to a server of HTTP/1.1, and a window
    that held one each would leave none to the seventh. */
const inTurn = (signal, work) =>
  (navigator.locks ? navigator.locks.request("mi-alegra.events", { signal }, work) : work());

async function listen(signal, heard) {
  let after;
  while (!signal.aborted) {
    await inTheirName((token) => readStream(token, after, signal, (event) => {
      after = event.cursor;
      heard(event);
    })).catch(() => {});
    if (!signal.aborted) await new Promise((done) => { setTimeout(done, waitMilliseconds); });
  }
}

export function stopFollowing() {
  ending?.abort();
  ending = undefined;
}

async function readStream(token, after, signal, heard) {
  const response = await fetch("/graphql", {
    method: "POST", credentials: "same-origin", cache: "no-store", signal,
    headers: {
      accept: "text/event-stream", "content-type": "application/json", ...headersOf(token),
    },
    body: JSON.stringify({
      query: documents.events, variables: { after, excludeOrigin: origin },
    }),
  });
  if (response.status === 401) throw new Problem("UNAUTHENTICATED");
  if (!response.ok) throw new Problem("NETWORK");
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value: piece, done } = await reader.read();
    if (done) return;
    const messages = (text + piece).split("\n\n");
    text = messages.pop();
    for (const message of messages) {
      const data = message.split("\n").filter((line) => line.startsWith("data:"))
        .map((line) => line.slice(5)).join("\n").trim();
      const event = data && JSON.parse(data).data?.events;
      if (event) heard(event);
    }
  }
}
