// A server's answer enters; on the page it leaves as a tree to fold, with its errors above.

import { element } from "./dom.js";
import { paintJSON } from "./paint.js";

/** A longer answer is shown as text: a tree of it would keep the browser busy. */
const treeValuesMax = 5_000;
const openDepthMax = 6;

/** The elements that show an answer. @param goTo shows a place of the document */
export function shownAnswer(answer, goTo) {
  if (answer.body === undefined) {
    return [element("pre", { class: "plain-text", tabindex: "0" }, answer.text)];
  }
  const errors = Array.isArray(answer.body.errors) ? answer.body.errors : [];
  return [errors.length ? shownErrors(errors, goTo) : undefined, shownTree(answer.body)]
    .filter(Boolean);
}

function shownErrors(errors, goTo) {
  return element("ul", { class: "errors", "aria-label": "Errors" }, errors.map((error) =>
    element("li", {},
      element("p", { class: "error-message" }, String(error.message)),
      element("p", { class: "error-facts" },
        error.extensions?.code ? element("code", {}, String(error.extensions.code)) : undefined,
        error.path ? element("span", {}, `at ${error.path.join(".")}`) : undefined,
        (error.locations ?? []).map((place) => element("button", {
          type: "button", class: "link", click: () => goTo(place),
        }, `line ${place.line}, column ${place.column}`))))));
}

function shownTree(body) {
  if (count(body) > treeValuesMax) {
    const text = JSON.stringify(body, null, 2);
    return element("pre", { class: "plain-text", tabindex: "0" }, text);
  }
  const tree = element("div", { class: "tree code", role: "group", "aria-label": "Answer" },
    node(undefined, body, true, 0));
  const first = tree.querySelector("summary");
  if (first) first.tabIndex = 0;
  tree.addEventListener("keydown", moveInTree);
  return tree;
}

function count(value) {
  if (value === null || typeof value !== "object") return 1;
  let sum = 1;
  for (const inner of Object.values(value)) {
    sum += count(inner);
    if (sum > treeValuesMax) break;
  }
  return sum;
}

function node(name, value, isLast, depth) {
  const comma = isLast ? "" : ",";
  const label = name === undefined ? []
    : [element("span", { class: "field" }, JSON.stringify(name)), ": "];
  const isList = Array.isArray(value);
  const entries = value && typeof value === "object" ? Object.entries(value) : [];
  if (!entries.length) {
    const painted = paintJSON(JSON.stringify(value)).map(({ text, role }) =>
      element("span", { class: role }, text));
    return element("div", { class: "leaf" }, label, painted, comma);
  }
  const [open, close] = isList ? "[]" : "{}";
  const amount = `${entries.length} ${isList ? "item" : "field"}${entries.length > 1 ? "s" : ""}`;
  // The errors stand above the tree already.
  const isOpen = depth < openDepthMax && !(depth === 1 && name === "errors");
  return element("details", { open: isOpen },
    element("summary", { tabindex: "-1" }, label, open,
      element("span", { class: "folded" }, ` ${amount} `, close, comma)),
    element("div", { class: "children" }, entries.map(([key, inner], index) =>
      node(isList ? undefined : key, inner, index === entries.length - 1, depth + 1))),
    element("div", { class: "leaf" }, close, comma));
}

/** One stop of the Tab key for the tree; within it the arrows move, fold and unfold. */
function moveInTree(event) {
  const current = event.target.closest("summary");
  if (!current || event.ctrlKey || event.altKey || event.metaKey) return;
  const tree = event.currentTarget;
  const details = current.parentElement;
  const visible = [...tree.querySelectorAll("summary")].filter((summary) => {
    const outer = summary.parentElement.parentElement.closest("details:not([open])");
    return !outer || !tree.contains(outer);
  });
  const index = visible.indexOf(current);
  const targets = {
    ArrowDown: visible[index + 1], ArrowUp: visible[index - 1], Home: visible[0],
    End: visible.at(-1),
    ArrowRight: details.open ? visible[index + 1] : current,
    ArrowLeft: details.open ? current
      : details.parentElement.closest("details")?.querySelector("summary"),
  };
  if (!(event.key in targets)) return;
  event.preventDefault();
  if (event.key === "ArrowRight" && !details.open) details.open = true;
  else if (event.key === "ArrowLeft" && details.open) details.open = false;
  const target = targets[event.key];
  if (!target) return;
  for (const summary of visible) summary.tabIndex = -1;
  target.tabIndex = 0;
  target.focus();
}
