// The form for signing in: shows what the server says, asks for the company where there are
// several, and offers the demo accounts where the server has some.

import { byId, element, say } from "./dom.js";

/** @param demoLogins `{email, password, person}` each */
export function prepareSigning(session, demoLogins) {
  const dialog = byId("sign-in-dialog");
  const form = byId("sign-in-form");
  const choice = byId("company-choice");
  const problem = byId("sign-in-problem");

  function forget() {
    form.reset();
    say(problem);
    choice.hidden = true;
    byId("companies").replaceChildren();
  }

  function offer(companies) {
    choice.hidden = false;
    byId("companies").replaceChildren(...companies.map(({ id, name }, index) =>
      element("label", {},
        element("input", { type: "radio", name: "company", value: id, checked: index === 0 }),
        name)));
    choice.querySelector("input").focus();
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    say(problem);
    const given = new FormData(form);
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    try {
      const payload = await session.signIn({
        email: given.get("email"), password: given.get("password"),
        companyId: given.get("company"),
      });
      if (payload.session) return dialog.close();
      if (payload.challenge) {
        say(problem, `A further proof is asked for (${payload.challenge.methods.join(", ")}), `
          + "which this page cannot give.");
      } else {
        say(problem, payload.userErrors.map((error) => error.message).join(" "));
        if (payload.companies.length) offer(payload.companies);
      }
    } catch (error) {
      say(problem, error.message);
    } finally {
      button.disabled = false;
    }
  });

  // The password must not stay in the page once the form is left.
  dialog.addEventListener("close", forget);
  byId("sign-in").addEventListener("click", () => dialog.showModal());
  byId("sign-in-cancel").addEventListener("click", () => dialog.close());
  for (const name of ["email", "password"]) {
    byId(name).addEventListener("input", () => {
      choice.hidden = true;
      byId("companies").replaceChildren();
    });
  }

  const demo = byId("demo-logins");
  demo.hidden = demoLogins.length === 0;
  demo.querySelector("ul").replaceChildren(...demoLogins.map((login) =>
    element("li", {}, element("button", {
      type: "button",
      click: () => {
        forget();
        byId("email").value = login.email;
        byId("password").value = login.password;
        form.requestSubmit();
      },
    }, element("span", { class: "demo-email" }, login.email),
    element("span", { class: "quiet" }, login.person)))));
}
