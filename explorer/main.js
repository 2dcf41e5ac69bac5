// Puts the page together: editors, schema, session, history and panels, and runs operations.

import { byId, element, say } from "./dom.js";
import { Documentation } from "./documentation.js";
import { Editor } from "./editor.js";
import { History, storeDraft, storedDraft } from "./history.js";
import { operationsIn } from "./operations.js";
import { paintGraphQL, paintJSON } from "./paint.js";
import { prepareKeys, preparePanels, prepareTabs } from "./panels.js";
import { LayoutError, prettify } from "./prettify.js";
import { subjectAt } from "./reading.js";
import { duration, send, size, subscribe } from "./request.js";
import { shownAnswer } from "./response.js";
import { introspectionQuery, Schema } from "./schema.js";
import { Session } from "./session.js";
import { prepareSigning } from "./signing.js";
import { Suggestions } from "./suggestions.js";
import { placeOf, tokenize } from "./tokens.js";

const sample = `# Sign in first, then run this with Ctrl-Enter.
query Hub {
  company {
    legalName
    countryVersion
  }
  solutions {
    code
    name
    status
  }
  profile {
    displayName
    language
  }
}
`;

const settings = await (await fetch(new URL("settings.json", import.meta.url))).json();

let schema;
let running;

// Editors

const suggestions = new Suggestions(() => schema);
const draft = storedDraft();

const query = new Editor(byId("query-editor"), {
  id: "query-text", label: "Operation", describedBy: "query-hint query-problem", comment: "#",
  paint: (text) => paintGraphQL(text, schema),
  changed: () => {
    say(byId("query-problem"));
    suggestions.follow();
    showOperations();
    keepDraft();
  },
  moved: () => chooseOperationAtCursor(),
  keyed: (event) => {
    suggestions.key(event);
    if (event.key === "F1") showSubject(event);
  },
});
const variables = new Editor(byId("variables-editor"), {
  id: "variables-text", label: "Variables, as JSON", describedBy: "variables-problem",
  paint: paintJSON,
  changed: () => {
    checkJSON(variables, byId("variables-problem"));
    keepDraft();
  },
});
const headers = new Editor(byId("headers-editor"), {
  id: "headers-text", label: "Header fields, as JSON", describedBy: "headers-problem",
  paint: paintJSON, changed: () => checkJSON(headers, byId("headers-problem")),
});
suggestions.use(query);

const draftDelayMilliseconds = 400;
let draftTimer;

/** Once the keys rest, and when the page is left. */
function keepDraft() {
  clearTimeout(draftTimer);
  draftTimer = setTimeout(keepDraftNow, draftDelayMilliseconds);
}

function keepDraftNow() { storeDraft({ document: query.text, variables: variables.text }); }
addEventListener("pagehide", keepDraftNow);

/** The JSON object in an editor: undefined where it is empty, null where it is none. */
function checkJSON(editor, problem) {
  say(problem);
  if (!editor.text.trim()) return undefined;
  try {
    const value = JSON.parse(editor.text);
    if (value && typeof value === "object" && !Array.isArray(value)) return value;
    say(problem, "This must be a JSON object: { … }.");
  } catch (error) {
    say(problem, `This is no JSON: ${error.message}.`);
  }
  return null;
}

// Operations

const choice = byId("operation");
let operations = [];

function showOperations() {
  operations = operationsIn(query.text);
  const named = operations.filter((operation) => operation.name);
  byId("operation-choice").hidden = operations.length < 2 || !named.length;
  const before = choice.value;
  choice.replaceChildren(...named.map(({ name }) => element("option", { value: name }, name)));
  if (named.some(({ name }) => name === before)) choice.value = before;
  chooseOperationAtCursor();
}

function chooseOperationAtCursor() {
  if (document.activeElement !== query.area) return;
  const here = operations.find(({ start, end }) => start <= query.cursor && query.cursor <= end);
  if (here?.name) choice.value = here.name;
}

// Running

async function run() {
  if (running) return running.abort();
  const given = checkJSON(variables, byId("variables-problem"));
  const fields = checkJSON(headers, byId("headers-problem"));
  if (given === null) return tabs.choose("variables", variables.area);
  if (fields === null) return tabs.choose("headers", headers.area);
  const operation = operations.find(({ name }) => name === choice.value) ?? operations[0];
  const operationName = operation?.name;
  running = new AbortController();
  showRunning(true);
  const events = new Events();
  try {
    const own = await session.headers();
    const request = {
      query: query.text, variables: given, operationName, signal: running.signal,
      headers: { ...own, ...fields },
    };
    history.add({ document: query.text, variables: variables.text, operationName });
    const answer = operation?.kind === "subscription"
      ? await subscribe(settings.endpoint, request, (event) => events.show(event))
      : await send(settings.endpoint, request);
    if (answer?.status === 401 && own.authorization && !fields?.authorization) session.end();
    if (answer) show(answer);
    else events.end("Ended");
  } catch (error) {
    if (error.name === "AbortError") events.end("Stopped");
    else if (events.count) events.end("Cut off");
    else {
      status("No answer", "bad");
      respond(element("p", { class: "empty" }, `No answer came: ${error.message}.`));
    }
  } finally {
    running = undefined;
    showRunning(false);
  }
  return undefined;
}

const eventsShownMax = 100;

/** The events of a subscription on the page, the newest first. */
class Events {
  count = 0;

  show(event) {
    this.count += 1;
    if (this.count === 1) {
      respond();
      byId("response").setAttribute("aria-busy", "false");
    }
    const time = new Date().toLocaleTimeString();
    byId("response").prepend(element("article", { class: "event", "aria-label": `Event ${time}` },
      element("p", { class: "quiet" }, time), ...shownAnswer(event, goToPlace)));
    byId("response").children[eventsShownMax]?.remove();
    this.say("Listening");
  }

  end(word) {
    if (!this.count) respond(element("p", { class: "empty" }, `${word} without an answer.`));
    this.say(word);
  }

  say(word) {
    const events = `${this.count} event${this.count > 1 ? "s" : ""}`;
    status(this.count ? `${word} · ${events}` : word, "");
  }
}

const goToPlace = (place) => query.goTo(place);

function showRunning(isRunning) {
  byId("run-label").textContent = isRunning ? "Stop" : "Run";
  byId("run").classList.toggle("running", isRunning);
  byId("response").setAttribute("aria-busy", String(isRunning));
  if (isRunning) status("Running …");
}

function show(answer) {
  const errors = Array.isArray(answer.body?.errors) ? answer.body.errors : [];
  const places = errors.flatMap((error) => error.locations ?? []);
  query.mark(places);
  const first = errors.find((error) => error.locations?.length);
  const place = first?.locations[0];
  say(byId("query-problem"),
    first && `Line ${place.line}, column ${place.column}: ${first.message}`);
  const problems = errors.length ? `${errors.length} error${errors.length > 1 ? "s" : ""} · ` : "";
  status(`${problems}${answer.status} ${answer.statusText} · ${duration(answer.milliseconds)} · `
    + size(answer.bytes), answer.status >= 400 || errors.length ? "bad" : "good");
  respond(...shownAnswer(answer, goToPlace));
  if (panels.isOverlay) byId("response-title").scrollIntoView({ block: "center" });
  const copy = byId("copy");
  copy.hidden = false;
  copied = answer.body === undefined ? answer.text : JSON.stringify(answer.body, null, 2);
}

function respond(...elements) {
  byId("copy").hidden = true;
  byId("response").replaceChildren(...elements);
  byId("response").scrollTop = 0;
}

function status(text, mood = "") {
  byId("status").textContent = text;
  byId("status").className = `status ${mood}`.trim();
}

let copied = "";
byId("copy").addEventListener("click", async () => {
  await navigator.clipboard.writeText(copied);
  status("Copied");
});

// Layout of the document

function layOut() {
  // First, for browsers undo what was last changed on a page, wherever that is.
  const value = checkJSON(variables, byId("variables-problem"));
  if (value) variables.text = `${JSON.stringify(value, null, 2)}\n`;
  try {
    query.text = prettify(query.text);
  } catch (error) {
    if (!(error instanceof LayoutError)) throw error;
    const place = placeOf(query.text, error.offset);
    query.mark([place]);
    say(byId("query-problem"), `Line ${place.line}, column ${place.column}: ${error.message}`);
  }
}

// Panels

const tabs = prepareTabs(["variables", "headers"]);
const panels = preparePanels(["docs", "history"]);
const documentation = new Documentation();
const history = new History((entry) => {
  query.text = entry.document;
  variables.text = entry.variables;
  if (entry.operationName) choice.value = entry.operationName;
  if (panels.isOverlay) panels.close("history");
  query.area.focus();
  query.area.setSelectionRange(0, 0);
});

/** Opens the documentation of what stands at the cursor. */
function showSubject(event) {
  event.preventDefault();
  if (!schema) return panels.open("docs");
  const tokens = tokenize(query.text);
  const index = tokens.findLastIndex((token) => token.start <= query.cursor);
  const subject = index < 0 ? undefined : subjectAt(tokens, index, schema);
  panels.open("docs");
  if (subject?.type) documentation.open(subject.type.name, subject.field);
  return undefined;
}

async function readSchema() {
  try {
    const answer = await send(settings.endpoint, { query: introspectionQuery });
    const found = answer.body?.data?.__schema;
    if (!found) throw new Error(answer.body?.errors?.[0]?.message ?? `status ${answer.status}`);
    schema = new Schema(found);
    documentation.use(schema);
    query.paint();
  } catch (error) {
    documentation.fail(error.message, readSchema);
  }
}

// Session

const session = new Session(settings.endpoint, () => {
  say(byId("person"), session.isOpen ? session.person || "Signed in" : "");
  byId("sign-in").hidden = session.isOpen;
  byId("sign-out").hidden = !session.isOpen;
});
prepareSigning(session, settings.demoLogins);
byId("sign-out").addEventListener("click", async () => {
  await session.signOut().catch(() => {});
  byId("sign-in").focus();
});

// The page

prepareKeys({ run, layOut });
byId("run").addEventListener("click", run);
byId("prettify").addEventListener("click", layOut);
byId("query-hint").hidden = false;
query.area.value = draft?.document ?? sample;
variables.area.value = draft?.variables ?? "";
for (const editor of [query, variables, headers]) editor.paint();
showOperations();
await Promise.all([readSchema(), session.resume()]);
document.documentElement.dataset.ready = "true";
