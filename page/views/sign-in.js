// A person at the door: email and password, the company where there are several, the code of a
// second factor, or Google. Whoever came for a section goes on to it.

import { button, element } from "../controls/element.js";
import { makeField } from "../controls/field.js";
import { makeForm } from "../controls/form.js";
import { makePasswordField } from "../controls/password-field.js";
import { setOut } from "../app/reauthenticate.js";
import { send } from "../app/request.js";
import * as router from "../app/router.js";
import * as session from "../app/session.js";

/** Fills the door's `node`. A challenge in the address is what Google's word lacks. */
export async function show(door) {
  const challenge = new URLSearchParams(door.address.hash.slice(1)).get("challenge");
  if (challenge) showCode(door, challenge);
  else showPassword(door);
}

/** Where to go on to: a path of this site and nothing else. */
export function wayOn(address) {
  const asked = new URLSearchParams(address.search).get("continue") ?? "/";
  const home = new URL("/", location);
  if (!asked.startsWith("/") || !URL.canParse(asked, home)) return home;
  const target = new URL(asked, home);
  return target.origin === location.origin ? target : home;
}

async function enter(door) {
  const { pathname, search } = wayOn(door.address);
  const isOurs = router.viewAt(pathname);
  if (isOurs) await router.go(pathname + search, { replace: true });
  else location.replace(pathname + search);
}

/** Goes on with what a sign-in answered. */
async function answered(door, payload, again) {
  if (payload.session) {
    session.take(payload.session);
    await enter(door);
  } else if (payload.challenge) {
    showCode(door, payload.challenge.token);
  } else if (payload.companies.length > 0) {
    showCompanies(door, payload.companies, again);
  } else {
    return payload.userErrors;
  }
  return [];
}

async function mutate(name, input) {
  const { data } = await send(name, { input: { ...input, delivery: "COOKIE" } });
  return data[name];
}

function showPassword(door) {
  const { words, common } = door;
  const email = makeField({
    name: "email", label: words.email, type: "email", autocomplete: "username", inputmode: "email",
  });
  const password = makePasswordField(words, {
    name: "password", label: words.password, autocomplete: "current-password",
  });
  const form = makeForm({
    fields: [email, password], words: common, submitText: words.submit,
    submit: async (values) => {
      const signIn = (companyId) => mutate("signIn", { ...values, companyId });
      return answered(door, await signIn(), signIn);
    },
  });
  const google = button(words.google, async () => {
    const { data: { startGoogle } } = await send("startGoogle", { input: { intent: "SIGN_IN" } });
    if (!startGoogle.authorizationUrl) return form.complain(startGoogle.userErrors);
    const { pathname, search } = wayOn(door.address);
    setOut(startGoogle.authorizationUrl, pathname + search);
  }, { iconName: "google", kind: "wide" });
  fill(door, words.title, words.lead, form.node,
    element("p", { class: "or" }, words.or), google,
    element("p", { class: "door-links" },
      element("a", { href: "/account/reset-password" }, words.forgotten),
      element("a", { href: "/account/sign-up" }, words.signUp)));
}

function showCompanies(door, companies, signIn) {
  const { words } = door;
  const alert = element("p", { class: "problem", role: "alert" });
  const choices = companies.map(({ id, name }) => element("li", {}, button(name, async () => {
    const errors = await signIn(id).then((payload) => answered(door, payload, signIn));
    alert.textContent = errors.map(({ message }) => message).join(" ");
  }, { kind: "wide", iconName: "building" })));
  fill(door, words.company, words.companyLead, element("ul", { class: "choices" }, ...choices),
    alert, button(words.back, () => showPassword(door), { kind: "quiet" }));
  door.node.querySelector("h1").focus();
}

function showCode(door, challenge) {
  const { words, common } = door;
  const code = makeField({
    name: "code", label: words.code, autocomplete: "one-time-code", spellcheck: "false",
  });
  const form = makeForm({
    fields: [code], words: common, submitText: words.codeSubmit,
    submit: async (values) =>
      answered(door, await mutate("completeSignIn", { challenge, ...values })),
    cancel: () => showPassword(door),
  });
  fill(door, words.codeTitle, words.codeLead, form.node);
  form.focus();
}

function fill(door, heading, lead, ...children) {
  door.setHeading(heading);
  door.node.replaceChildren(element("h1", { tabindex: "-1" }, heading),
    element("p", { class: "lead" }, lead), ...children);
}
