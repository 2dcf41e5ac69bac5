// The page begins: the session of the cookie is taken up, the address shown, and what changes
// elsewhere followed.

import { confirmed } from "../controls/dialog.js";
import { button, element } from "../controls/element.js";
import { ask, connection, followWindows, persistently } from "./client.js";
import { follow, stopFollowing } from "./events.js";
import { makePage } from "./page.js";
import * as router from "./router.js";
import * as session from "./session.js";
import { makeShell, useTheme } from "./shell.js";
import { language, useLanguage, wordsOf } from "./texts.js";
import { doors, sections } from "./views.js";

const app = document.querySelector("#app");
/** Who is signed in, where, and what the frame shows of it; unknown until a view has asked. */
let here;
/** Whether the frame is to be asked for anew. */
let isOld = false;
let shell;
/** Counts what was shown: an answer that comes late shows nothing any more. */
let turn = 0;
let shown;

useTheme();
useLanguage(language());
session.told.ended = () => {
  here = undefined;
  stopFollowing();
  if (!doors.some(({ path }) => path === location.pathname)) goToSignIn();
};
session.told.switched = () => {
  here = undefined;
  router.go(location.pathname + location.search, { replace: true });
};
router.leaving.ask = async () => {
  const { unsaved } = await wordsOf("shell");
  return confirmed({
    heading: unsaved.title, text: unsaved.text, act: unsaved.leave, cancel: unsaved.stay,
    isDanger: true,
  });
};
connection.changed = (isThere) => { if (shell) shell.banner.hidden = isThere; };
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") shown?.page.refresh();
});
followWindows(() => shown?.page.refresh());
await router.start([...sections, ...doors, { name: "home", path: "/" }], show);

function goToSignIn() {
  const back = location.pathname + location.search;
  const asked = back === "/" ? "" : `?continue=${encodeURIComponent(back)}`;
  return router.go(`/sign-in${asked}`, { replace: true, isForced: true });
}

/** Shows what the address stands for. */
async function show(view, address) {
  const mine = ++turn;
  shown = undefined;
  if (view?.name === "home") return router.go(sections[0].path, { replace: true });
  if (doors.includes(view)) return showDoor(view, address, mine);
  if (!session.isOpen() && !(await resumed())) return mine === turn && goToSignIn();
  const words = await wordsOf("shell");
  if (!view) return showMissing(words);
  await showSection(view, address, words, mine).catch((problem) => {
    if (mine !== turn || problem.code === "UNAUTHENTICATED") return;
    if (!problem.code) throw problem;
    showFailure(words);
  });
}

/** Whether the cookie opens a session. */
async function resumed() {
  return session.refresh().then(() => true, (problem) => {
    if (problem.code === "UNAUTHENTICATED") return false;
    throw problem;
  });
}

/** What needs no session stands alone, without the frame. */
async function showDoor(view, address, mine) {
  const [module, words, common] =
    await Promise.all([view.load(), wordsOf(view.name), wordsOf("shell")]);
  if (mine !== turn) return;
  here = undefined;
  shell = undefined;
  const node = element("main", { id: "content", class: "door", tabindex: "-1" });
  app.replaceChildren(element("div", { class: "door-page" },
    element("header", { class: "brand" },
      element("span", { class: "brand-mark", "aria-hidden": "true" }), common.brand), node));
  await module.show({ node, words, common, address, setHeading: (text) => setTitle(text, common) });
  settled(node);
}

async function showSection(view, address, wordsSoFar, mine) {
  let common = wordsSoFar;
  if (!here) app.replaceChildren(waiting(common));
  else if (!isOld) {
    frame(view, common);
    shell.main.replaceChildren(waiting(common));
  }
  // A file that did not come is a TypeError (HTML, "fetch a single module script").
  const files = () => persistently(() => Promise.all([view.load(), wordsOf(view.name)]),
    (problem) => problem instanceof TypeError);
  let filesComing = files();
  const query = view.document ?? view.name;
  const asksForFrame = !here || isOld;
  const { data, codes } = await ask(query, { shell: asksForFrame });
  if (mine !== turn) return;
  if (asksForFrame) {
    if (!here) follow(data, heard);
    here = data;
    isOld = false;
    if (data.person.language !== language()) {
      // The answer is in the person's language already; the page's own words follow it.
      useLanguage(data.person.language);
      common = await wordsOf("shell");
      filesComing = files();
    }
  }
  const [module, words] = await filesComing;
  if (mine !== turn) return;
  frame(view, common);
  const page = makePage({
    section: view.name, words, common, here, codes, query, address, redisplay,
  });
  const made = module.make(page, data);
  page.updateWith(made.update);
  shown = { page, follows: module.follows ?? [] };
  setTitle(words.title, common);
  shell.main.replaceChildren(
    element("div", { class: "view-head" },
      element("h1", { tabindex: "-1" }, words.title),
      words.lead && element("p", { class: "lead" }, words.lead)),
    made.node);
  settled(shell.main);
}

/** The frame as it stands now, for the section that is open. */
function frame(view, common) {
  const { main } = shell ?? {};
  shell = makeShell(common, here, view?.name);
  if (main) shell.main.replaceChildren(...main.childNodes);
  app.replaceChildren(shell.node);
}

/** The view and its frame anew, as after a change of language or photo; so far they stay. */
async function redisplay() {
  isOld = true;
  await router.display();
}

/** What stands where a section will. */
function waiting(words) {
  return element("div", { class: "skeleton", "aria-busy": "true" },
    element("p", { class: "visually-hidden" }, words.loading),
    ...Array.from({ length: 4 }, () => element("span", { class: "skeleton-line" })));
}

function showMissing(words) {
  setTitle(words.notFound.title, words);
  app.replaceChildren(element("main", { id: "content", class: "door" },
    element("h1", { tabindex: "-1" }, words.notFound.title),
    element("p", {}, element("a", { href: "/" }, words.notFound.home))));
  settled(app);
}

function showFailure(words) {
  const place = shell?.main ?? app;
  place.replaceChildren(element("div", { class: "card" },
    element("h1", { tabindex: "-1" }, words.failed.title),
    element("p", { role: "alert" }, words.problems.other),
    button(words.failed.again, () => router.display(), { kind: "primary" })));
  settled(place);
}

function setTitle(text, words) {
  document.title = `${text} · ${words.brand}`;
}

/** The heading is read out, and the keyboard goes on from there. */
function settled(place) {
  document.documentElement.dataset.ready = String(turn);
  if (document.activeElement === document.body || !document.activeElement?.isConnected
    || place.contains(document.activeElement) === false) {
    place.querySelector("h1")?.focus({ preventScroll: turn === 1 });
  }
}

/** Something changed that this window did not do. */
function heard(event) {
  if (shown?.follows.some((prefix) => event.type.startsWith(prefix))) shown.page.refresh();
}
