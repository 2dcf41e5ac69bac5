// What views ask and change, in the name of whoever is signed in. A token that has run out is
// renewed on the way; a question is asked again until the connection is back, a change never is:
// nobody knows whether it was done.

import { Problem, send } from "./request.js";
import * as session from "./session.js";

/** How long to wait before asking again; the last one holds on. */
const waitsMilliseconds = [500, 1_000, 2_000, 4_000, 8_000];
const passing = ["NETWORK", "DATABASE_UNAVAILABLE", "TIMED_OUT"];

const windows = new BroadcastChannel("mi-alegra.changes");

/** Told whether the connection is there. */
export const connection = { changed() {} };

/** Calls `changed` when another window of this browser has changed something. */
export function followWindows(changed) {
  windows.onmessage = changed;
}

/** The data of a query, with the codes of what was refused in it. */
export const ask = (name, variables = {}) =>
  persistently(() => inTheirName((token) => send(name, variables, token)));

/** What `work` answers, as soon as the connection is there. */
export async function persistently(work, isPassing = ({ code }) => passing.includes(code)) {
  for (let attempt = 0; ; attempt++) {
    try {
      const answer = await work();
      connection.changed(true);
      return answer;
    } catch (problem) {
      if (!isPassing(problem)) throw problem;
      connection.changed(false);
      await untilWorthTrying(waitsMilliseconds[Math.min(attempt, waitsMilliseconds.length - 1)]);
    }
  }
}

/** The payload of a mutation; the other windows look at what it did. */
export async function change(name, input = {}) {
  const { data } = await inTheirName((token) => send(name, { input }, token));
  connection.changed(true);
  windows.postMessage("changed");
  return Object.values(data)[0];
}

/** Once more with a new token where the one so far is not taken any more. */
export async function inTheirName(work) {
  try {
    return await work(await session.token());
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.code !== "UNAUTHENTICATED") throw problem;
  }
  try {
    await session.refresh();
    return await work(await session.token());
  } catch (problem) {
    if (problem.code === "UNAUTHENTICATED") session.end();
    throw problem;
  }
}

/** Some time, or less where the browser says that it is connected again. */
const untilWorthTrying = (milliseconds) => new Promise((done) => {
  const timer = setTimeout(done, milliseconds);
  addEventListener("online", () => { clearTimeout(timer); done(); }, { once: true });
});
