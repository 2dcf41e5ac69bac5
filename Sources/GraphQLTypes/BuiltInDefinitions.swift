// What every schema has without saying so: the five scalars, the five directives and the types of
// introspection, written in the language that they are part of.
// Source: GraphQL specification, September 2025, Appendix B (Type System Definitions).

import GraphQLSyntax

/// The definitions; a test holds that they parse, for here a failure only leaves them empty.
let builtInDocument: Document = document(
  named: "GraphQL specification",
  #"""
  "A whole number between -(2^31) and 2^31 - 1."
  scalar Int
  "A number with double precision, as IEEE 754 defines it."
  scalar Float
  "Text, as a sequence of Unicode characters."
  scalar String
  "Either `true` or `false`."
  scalar Boolean
  "An identifier, written as text whatever it looks like; a whole number is accepted as input."
  scalar ID

  "Includes this field or fragment only when `if` is true."
  directive @include(
    "Included when true."
    if: Boolean!
  ) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
  "Skips this field or fragment when `if` is true."
  directive @skip(
    "Skipped when true."
    if: Boolean!
  ) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
  "Marks an element of a schema as no longer supported."
  directive @deprecated(
    "Why the element should not be used any more, and what to use instead; in CommonMark."
    reason: String! = "No longer supported"
  ) on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE
  "Says where the behaviour of a custom scalar is specified."
  directive @specifiedBy(
    "The URL of the specification."
    url: String!
  ) on SCALAR
  "Marks an input object of which exactly one field must be given, and not null."
  directive @oneOf on INPUT_OBJECT

  "What a service can do: its types, its directives and the types that its operations start from."
  type __Schema {
    description: String
    "All types of the service."
    types: [__Type!]!
    "The type that queries start from."
    queryType: __Type!
    "The type that mutations start from, where the service has any."
    mutationType: __Type
    "The type that subscriptions start from, where the service has any."
    subscriptionType: __Type
    "All directives of the service."
    directives: [__Directive!]!
  }

  """
  A type, or a list or non-null mark around one. Which of the fields have a value depends on the
  kind; the others are null.
  """
  type __Type {
    kind: __TypeKind!
    name: String
    description: String
    specifiedByURL: String
    fields(includeDeprecated: Boolean! = false): [__Field!]
    interfaces: [__Type!]
    possibleTypes: [__Type!]
    enumValues(includeDeprecated: Boolean! = false): [__EnumValue!]
    inputFields(includeDeprecated: Boolean! = false): [__InputValue!]
    ofType: __Type
    isOneOf: Boolean
  }

  "The kinds of types."
  enum __TypeKind {
    "A scalar."
    SCALAR
    "An object; `fields` and `interfaces` have a value."
    OBJECT
    "An interface; `fields`, `interfaces` and `possibleTypes` have a value."
    INTERFACE
    "A union; `possibleTypes` has a value."
    UNION
    "An enum; `enumValues` has a value."
    ENUM
    "An input object; `inputFields` and `isOneOf` have a value."
    INPUT_OBJECT
    "A list; `ofType` has a value."
    LIST
    "A non-null mark; `ofType` has a value."
    NON_NULL
  }

  "A field of an object or interface: its name, its arguments and the type of its value."
  type __Field {
    name: String!
    description: String
    args(includeDeprecated: Boolean! = false): [__InputValue!]!
    type: __Type!
    isDeprecated: Boolean!
    deprecationReason: String
  }

  "An argument of a field or directive, or a field of an input object."
  type __InputValue {
    name: String!
    description: String
    type: __Type!
    "The default as a GraphQL literal."
    defaultValue: String
    isDeprecated: Boolean!
    deprecationReason: String
  }

  "One value of an enum."
  type __EnumValue {
    name: String!
    description: String
    isDeprecated: Boolean!
    deprecationReason: String
  }

  "A directive: where it may stand and the arguments it takes."
  type __Directive {
    name: String!
    description: String
    isRepeatable: Boolean!
    locations: [__DirectiveLocation!]!
    args(includeDeprecated: Boolean! = false): [__InputValue!]!
  }

  "Where a directive may stand."
  enum __DirectiveLocation {
    "At a query."
    QUERY
    "At a mutation."
    MUTATION
    "At a subscription."
    SUBSCRIPTION
    "At a field."
    FIELD
    "At a fragment's definition."
    FRAGMENT_DEFINITION
    "At a fragment spread."
    FRAGMENT_SPREAD
    "At an inline fragment."
    INLINE_FRAGMENT
    "At a variable's definition."
    VARIABLE_DEFINITION
    "At a schema's definition."
    SCHEMA
    "At a scalar's definition."
    SCALAR
    "At an object type's definition."
    OBJECT
    "At a field's definition."
    FIELD_DEFINITION
    "At an argument's definition."
    ARGUMENT_DEFINITION
    "At an interface's definition."
    INTERFACE
    "At a union's definition."
    UNION
    "At an enum's definition."
    ENUM
    "At an enum value's definition."
    ENUM_VALUE
    "At an input object's definition."
    INPUT_OBJECT
    "At an input field's definition."
    INPUT_FIELD_DEFINITION
  }
  """#)

private func document(named name: String, _ text: String) -> Document {
  let source = Source(text, name: name)
  do {
    return try parse(source)
  } catch {
    return Document(source: source, definitions: [])
  }
}
