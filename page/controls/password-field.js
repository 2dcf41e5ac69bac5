// Words and the person's address enter, a field for a new password leaves: its rules are there
// before one is broken, and each says whether it holds while one types; so does how hard it is to
// guess.

import { button, element, icon, newID } from "./element.js";
import { makeField } from "./field.js";
import { keptRules, strengthOf } from "./password-strength.js";

/** A field to type a password in, which can be shown. */
export function makePasswordField(words, options) {
  const field = makeField({
    type: "password", autocapitalize: "off", spellcheck: "false", ...options,
  });
  const toggle = button(words.show, () => {
    const isShown = field.control.type === "text";
    field.control.type = isShown ? "password" : "text";
    toggle.querySelector("span").textContent = isShown ? words.show : words.hide;
    toggle.setAttribute("aria-pressed", String(!isShown));
  }, { kind: "quiet small", "aria-pressed": "false", "aria-controls": field.control.id });
  const row = element("div", { class: "with-button" });
  field.control.replaceWith(row);
  row.append(field.control, toggle);
  return field;
}

/** The same for a new one; `email()` is the address that it must not be. */
export function makeNewPasswordField(words, { email, ...options }) {
  const id = newID("rules");
  const rules = ["length", "notEmail", "notCommon"].map((rule) => {
    const state = element("span", { class: "visually-hidden" });
    const mark = element("span", { class: "rule-mark" }, icon("dot"));
    return { rule, state, mark, node: element("li", {}, mark, words[rule], state) };
  });
  const meter = element("meter", {
    min: "0", max: "4", low: "2", high: "3", optimum: "4", value: "0",
    "aria-label": words.strength,
  });
  const level = element("span", { class: "level", role: "status" });
  const beside = element("div", { class: "password-rules", id },
    element("p", {}, words.title),
    element("ul", {}, ...rules.map(({ node }) => node)),
    element("div", { class: "strength" }, meter, level));
  const field = makePasswordField(words, { ...options, autocomplete: "new-password", beside });
  field.control.setAttribute("aria-describedby",
    `${id} ${field.control.getAttribute("aria-describedby")}`);
  const judge = () => {
    const strength = strengthOf(field.value, email());
    const kept = keptRules(field.value, email());
    meter.value = strength;
    level.textContent = words.levels[strength];
    for (const { rule, state, mark, node } of rules) {
      const holds = kept[rule] ?? null;
      node.dataset.state = { true: "kept", false: "broken" }[holds] ?? "open";
      mark.replaceChildren(icon({ true: "check", false: "cross" }[holds] ?? "dot"));
      state.textContent = holds === null ? "" : ` (${holds ? words.kept : words.broken})`;
    }
  };
  field.control.addEventListener("input", judge);
  judge();
  return { ...field, get value() { return field.control.value; }, judge };
}
