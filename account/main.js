// A page below /account opens, by a mail's link or without one; what one button does leaves, and
// what came of it is said. Opening a page uses nothing up: programs that look at mails open links.

import { element } from "./element.js";
import { makeForm } from "./form.js";
import { pages } from "./pages.js";
import { Problem, send } from "./request.js";
import { filled, language, texts } from "./texts.js";

const main = document.querySelector("main");
const title = main.querySelector("h1");
const page = pages[main.dataset.page];
// Behind the number sign, so that no server and no log sees it.
const token = location.hash.slice(1);

document.documentElement.lang = language;
addEventListener("hashchange", () => location.reload());

if (!page) {
  showIndex();
} else if (token && page.link.look) {
  await look(page.link);
} else if (token) {
  show(page.link, { token });
} else if (page.ask) {
  show(page.ask, {});
} else {
  say(texts.noLink.title, texts.noLink.lead);
}
document.documentElement.dataset.ready = "";

function say(heading, ...paragraphs) {
  document.title = `${heading} · Mi Alegra`;
  title.textContent = heading;
  main.replaceChildren(title, ...paragraphs.map((text) =>
    typeof text === "string" ? element("p", {}, text) : text));
}

function showIndex() {
  const links = Object.entries(texts.index.links).map(([path, text]) =>
    element("li", {}, element("a", { href: `/account/${path}` }, text)));
  say(texts.index.title, texts.index.lead, element("ul", {}, ...links));
}

/** Asks what the link is good for before its button is there: the person is to know. */
async function look(act) {
  const alert = element("p", { role: "alert" });
  try {
    const told = await send(act.look, { token });
    if (!told.userErrors.length) return show(act, { token }, told);
    alert.textContent = told.userErrors.map(({ message }) => message).join(" ");
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    alert.textContent = texts.problems[problem.code] ?? texts.problems.other;
  }
  say(texts[act.name].title, alert);
}

function show(act, given, known = {}) {
  const words = texts[act.name];
  const form = makeForm(act.fields, words.button, async (values, complain) => {
    try {
      const payload = await send(act.document, { ...given, ...act.given, ...values });
      if (asksForMore(act, payload.userErrors)) return show(act.more, given);
      if (payload.userErrors.length) return complain(payload.userErrors);
      tell(words, { ...values, ...payload, company: payload.company?.name });
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      complain([{ message: texts.problems[problem.code] ?? texts.problems.other }]);
    }
  });
  say(words.title, filled(words.lead, known), form);
}

/** Whether what is missing are fields of the form that comes next. */
function asksForMore(act, errors) {
  return errors.some(({ field }) => act.more?.fields.includes(field?.[0]));
}

/** Says what was done; the link is used up and leaves the address bar and the history. */
function tell(words, outcome) {
  history.replaceState(null, "", location.pathname);
  say(filled(words.done, outcome), element("p", { role: "status" }, filled(words.after, outcome)));
  title.focus();
}
