// A document, a place in it and the schema enter; what may be written there leaves.

import { contextAfter } from "./reading.js";
import { written } from "./schema.js";
import { isBroken, tokenize } from "./tokens.js";

const suggestionsMax = 60;

/**
 * The suggestions at a place, best first, and the range that one of them replaces.
 * Each has `text`, and where there is one a `detail`, a `description` and `isDeprecated`.
 */
export function suggestionsAt(text, cursor, schema) {
  const tokens = tokenize(text);
  const inside = tokens.find((token) => token.start < cursor && cursor <= token.end);
  const ofText = inside && ["comment", "string", "block"].includes(inside.kind);
  if (ofText && (cursor < inside.end || inside.kind === "comment" || isBroken(inside))) {
    return { items: [], start: cursor, end: cursor };
  }
  const word = inside?.kind === "name" ? inside : undefined;
  const start = word?.start ?? cursor;
  const context = contextAfter(tokens.filter((token) => token.end <= start), schema);
  const typed = text.slice(start, cursor).toLowerCase();
  const items = candidates(context, schema, tokens)
    .map((item) => ({ ...item, rank: rank(item, typed) }))
    .filter((item) => item.rank < 4)
    .sort((one, other) => one.rank - other.rank)
    .slice(0, suggestionsMax);
  return { items, start, end: word?.end ?? cursor };
}

/** What begins as it was typed stands first, what is deprecated last; 4 is no match. */
function rank(item, typed) {
  const name = item.text.toLowerCase();
  const match = name.startsWith(typed) ? 0 : name.includes(typed) ? 2 : 4;
  return match + (item.isDeprecated ? 1 : 0);
}

function candidates(context, schema, tokens) {
  switch (context.kind) {
    case "definition": return definitions(schema);
    case "directive": return (schema?.directives ?? []).filter(isExecutable).map(ofDefinition);
    case "field": return fields(context, schema);
    case "spread": return [{ text: "on", detail: "type condition" }, ...fragments(tokens)];
    case "compositeType": return (schema?.overlapping(context.within) ?? []).map(ofType);
    case "inputType":
      return (schema?.types ?? [])
        .filter((type) => ["SCALAR", "ENUM", "INPUT_OBJECT"].includes(type.kind)).map(ofType);
    case "argument":
      return context.fields.filter((field) => !context.used.has(field.name))
        .map((field) => ({ ...ofDefinition(field), after: ": " }));
    case "variable": return variables(tokens);
    case "value": return valuesOf(schema?.typeOf(context.type), tokens);
    default: return [];
  }
}

function definitions(schema) {
  const roots = ["query", "mutation", "subscription"]
    .filter((word) => !schema || schema.roots[word]);
  return [...roots, "fragment"].map((text) => ({ text, detail: "definition" }));
}

const executableLocations = /^(QUERY|MUTATION|SUBSCRIPTION|FIELD|FRAGMENT_|INLINE_|VARIABLE_)/;
const isExecutable = (directive) =>
  directive.locations.some((location) =>
    executableLocations.test(location) && location !== "FIELD_DEFINITION");

function fields(context, schema) {
  const own = (schema?.fields(context.type) ?? []).map(ofDefinition);
  return own.length ? [...own, { text: "...", detail: "fragment" }] : [];
}

function ofDefinition(definition) {
  const { name, description, type, isDeprecated, deprecationReason } = definition;
  return {
    text: name, detail: type ? written(type) : "directive", isDeprecated,
    description: isDeprecated ? `Deprecated: ${deprecationReason}` : description,
  };
}

const kinds = {
  OBJECT: "type", INTERFACE: "interface", UNION: "union", SCALAR: "scalar", ENUM: "enum",
  INPUT_OBJECT: "input",
};
const ofType = (type) =>
  ({ text: type.name, detail: kinds[type.kind], description: type.description });

function fragments(tokens) {
  return tokens.flatMap((token, index) =>
    token.text === "fragment" && tokens[index + 1]?.kind === "name"
      ? [{ text: tokens[index + 1].text, detail: "fragment" }] : []);
}

function variables(tokens, mark = "") {
  return tokens.flatMap((token, index) => {
    const [name, colon] = [tokens[index + 1], tokens[index + 2]];
    if (token.text !== "$" || name?.kind !== "name" || colon?.text !== ":") return [];
    return [{ text: mark + name.text, detail: "variable" }];
  });
}

function valuesOf(type, tokens) {
  const given = variables(tokens, "$");
  if (type?.kind === "ENUM") {
    return [...type.enumValues.map((value) => ({ ...ofDefinition(value), detail: type.name })),
      ...given];
  }
  if (type?.name === "Boolean") {
    return [...["true", "false"].map((text) => ({ text, detail: "Boolean" })), ...given];
  }
  return given;
}
