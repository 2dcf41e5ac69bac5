// Who is signed in. The access token lives in this module and nowhere else: the refresh token is in
// a cookie that no script reads. Windows of the same browser share the cookie, so that one of them
// refreshes at a time, and one that signs out tells the others.

import { Problem, send } from "./request.js";

/** Before this much is left of a token, the next request gets a new one first. */
const marginMilliseconds = 30_000;

const windows = new BroadcastChannel("mi-alegra.session");
let accessToken;
let expiresAt = 0;
let refreshing;

/** Called when the session has ended, here or in another window, and when the company changed. */
export const told = { ended() {}, switched() {} };

windows.onmessage = ({ data }) => {
  if (data === "ended") end();
  else told.switched();
};

export const isOpen = () => accessToken !== undefined;

/** Takes what a sign-in, a refresh or a switch answered. */
export function take(session) {
  accessToken = session.accessToken;
  expiresAt = Date.parse(session.expiresAt);
}

/** A token with some life left. Thrown as `UNAUTHENTICATED` where the session is over. */
export async function token() {
  if (!accessToken || expiresAt - Date.now() < marginMilliseconds) await refresh();
  return accessToken;
}

/** Goes on with the session of the cookie. */
export function refresh() {
  refreshing ??= alone(async () => {
    const { data } = await send("refreshSession", { input: {} });
    const session = data?.refreshSession?.session;
    if (!session) throw new Problem("UNAUTHENTICATED");
    take(session);
  }).finally(() => { refreshing = undefined; });
  return refreshing;
}

/** A refresh replaces the cookie: two at once would use the same one. */
const alone = (work) =>
  (navigator.locks ? navigator.locks.request("mi-alegra.refresh", work) : work());

export async function signOut() {
  await send("signOut", { input: {} }, accessToken).catch(() => {});
  windows.postMessage("ended");
  end();
}

/** The session is the same in every window: each shows the other company now. */
export async function switchCompany(companyId) {
  const { data } = await send("switchCompany", { input: { companyId } }, await token());
  const { session, userErrors } = data.switchCompany;
  if (session) {
    take(session);
    windows.postMessage("switched");
    told.switched();
  }
  return userErrors;
}

/** Forgets the token: the server said that it is good no more, or the person left. */
export function end() {
  accessToken = undefined;
  told.ended();
}
