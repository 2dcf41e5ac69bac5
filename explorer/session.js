// Who is signed in. The access token lives in this object and nowhere else: the refresh token is in
// a cookie that scripts cannot read, and storage holds no more than that there may be one.

import { send } from "./request.js";
import { storage } from "./storage.js";

const sessionFields = `
  session { accessToken expiresAt }
  companies { id name }
  challenge { methods }
  userErrors { code message }`;
const signIn = `mutation ($input: SignInInput!) { signIn(input: $input) {${sessionFields}} }`;
const refresh = `mutation { refreshSession(input: {}) {${sessionFields}} }`;
const signOut = "mutation { signOut(input: {}) { userErrors { code message } } }";
const who = "{ profile { displayName } company { legalName } }";

const hint = "explorer.mayBeSignedIn";
/** Before this much is left of a token, the next request gets a new one first. */
const marginSeconds = 30;

export class Session {
  #token;
  #expiresAt = 0;

  /** @param changed told of each sign-in and sign-out */
  constructor(endpoint, changed) {
    this.endpoint = endpoint;
    this.changed = changed;
  }

  get isOpen() { return this.#token !== undefined; }

  /**
   * Opens a session. The payload says what is missing where it was not opened: `companies` to
   * choose from, and `userErrors`.
   */
  async signIn({ email, password, companyId }) {
    const input = { email, password, delivery: "COOKIE" };
    if (companyId) input.companyId = companyId;
    const payload = await this.#mutate(signIn, "signIn", { input });
    if (payload.session) await this.#opened(payload.session);
    return payload;
  }

  /** Takes up the session of the cookie, where there may be one. */
  async resume() {
    if (storage.get(hint)) await this.#refresh().catch(() => {});
  }

  async signOut() {
    try {
      await this.#mutate(signOut, "signOut");
    } finally {
      this.end();
    }
  }

  /** Forgets the token: the server said that it is good no more, or the person left. */
  end() {
    this.#token = undefined;
    this.person = undefined;
    storage.set(hint, undefined);
    this.changed();
  }

  /** The header fields that speak for the person; none where nobody is signed in. */
  async headers() {
    if (!this.#token) return {};
    if (this.#expiresAt - Date.now() < marginSeconds * 1000) await this.#refresh();
    return this.#token ? { authorization: `Bearer ${this.#token}` } : {};
  }

  async #refresh() {
    const payload = await this.#mutate(refresh, "refreshSession");
    if (payload.session) await this.#opened(payload.session);
    else this.end();
  }

  async #opened(session) {
    this.#token = session.accessToken;
    this.#expiresAt = Date.parse(session.expiresAt);
    storage.set(hint, true);
    if (!this.person) {
      const answer = await send(this.endpoint, { query: who, headers: this.#authorization });
      const { profile, company } = answer.body?.data ?? {};
      this.person = [profile?.displayName, company?.legalName].filter(Boolean).join(" · ");
    }
    this.changed();
  }

  get #authorization() { return this.#token ? { authorization: `Bearer ${this.#token}` } : {}; }

  async #mutate(query, field, variables) {
    const headers = field === "signOut" ? this.#authorization : {};
    const answer = await send(this.endpoint, { query, variables, headers });
    const payload = answer.body?.data?.[field];
    if (payload) return payload;
    const said = answer.body?.errors?.[0]?.message;
    throw new Error(said ?? `The server answered ${answer.status}.`);
  }
}
