// The page /launch/{code} opens, from wherever; the browser goes on to the solution with a code
// that is good for a minute, or is told why not. The session's cookie stays out of a navigation
// from another site, and comes along with what this page asks for: so it is refreshed here. The
// code never stands in this page's address, and this page never in the history of who goes on.

import { documents } from "./documents.js";
import { element } from "./element.js";
import { Problem, send } from "./request.js";
import { filled, language, texts } from "./texts.js";

const main = document.querySelector("main");
const title = main.querySelector("h1");
const words = texts.launch;
const asked = new URLSearchParams(location.search);
const wanted = {
  code: location.pathname.split("/").filter(Boolean).at(-1),
  returnTo: asked.get("return_to"), state: asked.get("state"),
};

document.documentElement.lang = language;
// A browser that opens pages ahead has not been asked to go anywhere yet.
if (document.prerendering) {
  document.addEventListener("prerenderingchange", () => open(), { once: true });
} else {
  open();
}

async function open() {
  say(words.title);
  try {
    const { session } = await send(documents.refreshSession, {});
    if (!session) return offerSignIn();
    const launched = await send(documents.launchSolution, wanted, session.accessToken);
    if (!launched.url) return refuse(launched.userErrors);
    say(filled(words.opening, launched));
    location.replace(launched.url);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    if (problem.code === "UNAUTHENTICATED") return offerSignIn();
    offerAgain(texts.problems[problem.code] ?? texts.problems.other);
  }
}

function say(heading, ...children) {
  document.title = `${heading} · Mi Alegra`;
  title.textContent = heading;
  main.replaceChildren(title, ...children);
}

/** What stands in the way: read out at once, and the first that the keyboard meets. */
function stop(heading, text, ...more) {
  say(heading, element("p", { role: "alert" }, text), ...more);
  title.focus();
  document.documentElement.dataset.ready = "";
}

const link = (href, text) => element("p", {}, element("a", { href }, text));

function offerSignIn() {
  const here = encodeURIComponent(location.pathname + location.search);
  stop(words.signedOut.title, words.signedOut.lead,
    link(`/sign-in?continue=${here}`, words.signedOut.link));
}

function refuse(errors) {
  const isAddress = errors.some(({ field }) => ["returnTo", "state"].includes(field[0]));
  stop(words.refused, errors.map(({ message }) => message).join(" "),
    isAddress ? link(location.pathname, words.withoutAddress) : link("/", words.home));
}

function offerAgain(text) {
  const button = element("button", { type: "button" }, words.again);
  button.addEventListener("click", () => open());
  stop(words.refused, text, button);
}
