// The answer to introspection enters, a schema to look names up in leaves.

const typeReference = (depth) =>
  (depth ? `kind name ofType { ${typeReference(depth - 1)} }` : "kind name");
const inputValue = `name description defaultValue isDeprecated deprecationReason
  type { ${typeReference(7)} }`;

export const introspectionQuery = `query Introspection { __schema {
  description
  queryType { name } mutationType { name } subscriptionType { name }
  directives {
    name description isRepeatable locations args(includeDeprecated: true) { ${inputValue} }
  }
  types {
    kind name description specifiedByURL isOneOf
    fields(includeDeprecated: true) {
      name description isDeprecated deprecationReason
      args(includeDeprecated: true) { ${inputValue} }
      type { ${typeReference(7)} }
    }
    inputFields(includeDeprecated: true) { ${inputValue} }
    interfaces { ${typeReference(1)} }
    enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
    possibleTypes { ${typeReference(1)} }
  }
} }`;

const nonNull = (name) => ({ kind: "NON_NULL", ofType: { kind: "OBJECT", name } });
const metaFields = {
  __typename: {
    name: "__typename", description: "The name of the object's type.", args: [],
    type: { kind: "NON_NULL", ofType: { kind: "SCALAR", name: "String" } },
  },
  __schema: {
    name: "__schema", description: "The schema itself.", args: [], type: nonNull("__Schema"),
  },
  __type: {
    name: "__type", description: "One type of the schema.",
    args: [{
      name: "name", description: "Which one.",
      type: { kind: "NON_NULL", ofType: { kind: "SCALAR", name: "String" } },
    }],
    type: { kind: "OBJECT", name: "__Type" },
  },
};

/** The types of a server, by name. */
export class Schema {
  constructor(introspection) {
    this.description = introspection.description;
    this.directives = introspection.directives;
    this.types = [...introspection.types].sort((one, other) => (one.name < other.name ? -1 : 1));
    this.byName = new Map(this.types.map((type) => [type.name, type]));
    const root = (reference) => reference && this.byName.get(reference.name);
    this.roots = {
      query: root(introspection.queryType),
      mutation: root(introspection.mutationType),
      subscription: root(introspection.subscriptionType),
    };
  }

  type(name) { return this.byName.get(name); }

  /** The named type within lists and non-nulls. */
  typeOf(reference) {
    let inner = reference;
    while (inner?.ofType) inner = inner.ofType;
    return inner && this.byName.get(inner.name);
  }

  field(type, name) {
    return this.fields(type).find((field) => field.name === name);
  }

  /** What may be selected on a type, meta fields last. */
  fields(type) {
    if (!type || !["OBJECT", "INTERFACE", "UNION"].includes(type.kind)) return [];
    const meta = [metaFields.__typename];
    if (type === this.roots.query) meta.push(metaFields.__schema, metaFields.__type);
    return [...(type.fields ?? []), ...meta];
  }

  directive(name) { return this.directives.find((directive) => directive.name === name); }

  /** Object and abstract types whose objects may also be of the given type. */
  overlapping(type) {
    const possible = (one) => (one.possibleTypes ?? [one]).map((each) => each.name);
    const wanted = type && new Set(possible(type));
    return this.types.filter((each) =>
      ["OBJECT", "INTERFACE", "UNION"].includes(each.kind) && !each.name.startsWith("__")
      && (!wanted || possible(each).some((name) => wanted.has(name))));
  }
}

/** A type reference as it is written: `[String!]!`. */
export function written(reference) {
  if (reference.kind === "NON_NULL") return `${written(reference.ofType)}!`;
  if (reference.kind === "LIST") return `[${written(reference.ofType)}]`;
  return reference.name;
}
