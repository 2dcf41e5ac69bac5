// Tokens of an executable document enter; what each of them is, and what may stand after the last,
// leave. Nothing is refused: a document that is being written is wrong most of the time.

const named = (schema, reference) => schema?.typeOf(reference);

/** What is open at a place of the document, from the document itself to the innermost bracket. */
class Reader {
  constructor(schema) {
    this.schema = schema;
    this.stack = [{ kind: "document" }];
  }

  get top() { return this.stack.at(-1); }

  /** Takes one token, and gives its role for the eye. */
  take(token, next) {
    if (token.kind === "comment") return "comment";
    if (token.kind === "unknown") return "unknown";
    const frame = this.top;
    if (frame.awaits === "directive" && token.kind === "name") {
      frame.awaits = undefined;
      frame.directive = this.schema?.directive(token.text);
      return "directive";
    }
    if (token.text === "@") {
      frame.awaits = "directive";
      return "directive";
    }
    if (token.text === "(" && frame.directive !== undefined && frame.kind !== "values") {
      this.stack.push(values(")", frame.directive?.args ?? []));
      frame.directive = undefined;
      return "punctuation";
    }
    return this[frame.kind](token, frame, next);
  }

  document(token) {
    const root = this.schema?.roots[token.text];
    if (token.text === "{") this.open("selection", { type: this.schema?.roots.query });
    else if (["query", "mutation", "subscription"].includes(token.text)) {
      this.open("operation", { type: root });
      return "keyword";
    } else if (token.text === "fragment") {
      this.open("fragment", {});
      return "keyword";
    }
    return plain(token);
  }

  operation(token, frame) {
    if (token.text === "(") this.open("variables", { state: "name" });
    else if (token.text === "{") this.replace("selection", { type: frame.type });
    else if (token.kind === "name") return "definition";
    return plain(token);
  }

  fragment(token, frame) {
    if (token.text === "{") this.replace("selection", { type: frame.type });
    else if (token.text === "on" && frame.name) {
      frame.awaits = "type";
      return "keyword";
    } else if (token.kind === "name") {
      if (frame.awaits !== "type") {
        frame.name = token.text;
        return "definition";
      }
      frame.awaits = undefined;
      frame.type = this.schema?.type(token.text);
      return "type";
    }
    return plain(token);
  }

  selection(token, frame, next) {
    if (token.text === "...") {
      Object.assign(frame, { awaits: "spread", inner: frame.type, directive: undefined });
    } else if (token.text === "}") {
      this.stack.pop();
    } else if (token.text === "{") {
      this.open("selection", { type: frame.inner });
      Object.assign(frame, { awaits: undefined, inner: undefined, field: undefined });
    } else if (token.text === "(") {
      this.stack.push(values(")", frame.field?.args ?? []));
    } else if (token.kind === "name") {
      return this.selected(token, frame, next);
    }
    return plain(token);
  }

  selected(token, frame, next) {
    if (frame.awaits === "spread") {
      frame.awaits = token.text === "on" ? "type" : undefined;
      return token.text === "on" ? "keyword" : "definition";
    }
    if (frame.awaits === "type") {
      frame.awaits = undefined;
      frame.inner = this.schema?.type(token.text);
      return "type";
    }
    frame.directive = undefined;
    if (next?.text === ":") return "alias";
    frame.field = this.schema?.field(frame.type, token.text);
    frame.inner = named(this.schema, frame.field?.type);
    return "field";
  }

  variables(token, frame) {
    if (token.text === ")") this.stack.pop();
    else if (token.text === "$") {
      Object.assign(frame, { state: "name", directive: undefined });
      return "variable";
    } else if (token.text === ":") frame.state = "type";
    else if (token.text === "=") frame.state = "default";
    else if (frame.state === "default" && token.text === "[") {
      this.stack.push(values("]", null, frame.type));
    } else if (frame.state === "default" && token.text === "{") {
      this.stack.push(values("}", named(this.schema, frame.type)?.inputFields ?? []));
    } else if (token.kind === "name") {
      if (frame.state === "name") return "variable";
      if (frame.state === "default") return valueRole(token);
      const type = this.schema?.type(token.text);
      frame.type = type && { kind: type.kind, name: type.name };
      return "type";
    }
    return plain(token);
  }

  /** Arguments, the fields of an input object, or the items of a list. */
  values(token, frame, next) {
    if (token.text === frame.closer) {
      this.stack.pop();
      if (this.top.kind === "values") this.top.state = "name";
      return "punctuation";
    }
    if (token.text === ":") {
      frame.state = "value";
    } else if (token.text === "$") {
      frame.awaits = "variable";
      return "variable";
    } else if (token.kind === "name" && frame.awaits === "variable") {
      Object.assign(frame, { awaits: undefined, state: "name" });
      return "variable";
    } else if (token.kind === "name" && frame.fields && next?.text === ":") {
      Object.assign(frame, {
        state: "name", type: frame.fields.find((field) => field.name === token.text)?.type,
      });
      frame.used.add(token.text);
      return "argument";
    } else if (token.text === "[" || token.text === "{") {
      const fields = token.text === "[" ? null : named(this.schema, frame.type)?.inputFields ?? [];
      this.stack.push(values(token.text === "[" ? "]" : "}", fields, frame.type));
    } else {
      frame.state = "name";
      return valueRole(token);
    }
    return plain(token);
  }

  open(kind, facts) { this.stack.push({ kind, ...facts }); }

  replace(kind, facts) {
    this.stack.pop();
    this.open(kind, facts);
  }
}

const values = (closer, fields, type) =>
  ({ kind: "values", closer, fields, type, state: "name", used: new Set() });

function plain(token) {
  if (token.kind === "string" || token.kind === "block") return "string";
  if (token.kind === "number") return "number";
  return token.kind === "punctuator" ? "punctuation" : "plain";
}

function valueRole(token) {
  if (token.kind !== "name") return plain(token);
  return ["true", "false", "null"].includes(token.text) ? "constant" : "enum";
}

/** The role of each token. */
export function rolesOf(tokens, schema) {
  const reader = new Reader(schema);
  const next = followers(tokens);
  return tokens.map((token, index) => reader.take(token, next[index]));
}

/** What may stand where the tokens end: a kind, and what it is chosen from. */
export function contextAfter(tokens, schema) {
  const reader = new Reader(schema);
  const next = followers(tokens);
  tokens.forEach((token, index) => reader.take(token, next[index]));
  return contextOf(reader.top);
}

/** What the token at an index names in the schema: its type, and its field where it is one. */
export function subjectAt(tokens, index, schema) {
  const reader = new Reader(schema);
  const next = followers(tokens);
  let parent;
  for (let each = 0; each <= index; each += 1) {
    parent = reader.top;
    const role = reader.take(tokens[each], next[each]);
    if (each < index) continue;
    if (role === "field") return { type: parent.type, field: tokens[each].text };
    if (role === "type") return { type: schema.type(tokens[each].text) };
    if (parent.kind === "values") return { type: schema.typeOf(parent.type) };
  }
  return undefined;
}

function followers(tokens) {
  const next = [];
  let follower;
  for (let index = tokens.length - 1; index >= 0; index -= 1) {
    next[index] = follower;
    if (tokens[index].kind !== "comment") follower = tokens[index];
  }
  return next;
}

function contextOf(frame) {
  if (frame.awaits === "directive") return { kind: "directive" };
  switch (frame.kind) {
    case "document": return { kind: "definition" };
    case "fragment":
      return frame.awaits === "type" ? { kind: "compositeType" } : { kind: "nothing" };
    case "selection":
      if (frame.awaits === "spread") return { kind: "spread", type: frame.type };
      if (frame.awaits === "type") return { kind: "compositeType", within: frame.type };
      return { kind: "field", type: frame.type };
    case "variables":
      return frame.state === "type" ? { kind: "inputType" } : { kind: "nothing" };
    case "values":
      if (frame.awaits === "variable") return { kind: "variable" };
      if (frame.fields && frame.state === "name") {
        return { kind: "argument", fields: frame.fields, used: frame.used };
      }
      return { kind: "value", type: frame.type };
    default: return { kind: "nothing" };
  }
}
