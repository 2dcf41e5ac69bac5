// An introspection query comes in, its answer leaves as JSON: the least execution that the tests of
// introspection need.

import GraphQLSyntax
import JSON

@testable import GraphQLTypes

/// Answers a query of meta-fields, without variables or directives.
func answer(_ query: String, _ schema: Schema) throws -> JSONValue {
  let document = try parse(Source(query))
  var answer = IntrospectionAnswer(schema: schema)
  var root: SelectionSet?
  for definition in document.definitions {
    if case .operation(let operation) = definition { root = operation.selectionSet }
    if case .fragment(let fragment) = definition {
      answer.fragments[fragment.name.value] = fragment.selectionSet
    }
  }
  guard let root, case .object(let query)? = schema.type(named: "Query") else { return .null }
  return .object(
    try answer.fields(root).map { field in
      let definition = schema.field(named: field.name.value, on: .object(query))
      let arguments = try answer.arguments(field, definition)
      let value = schema.introspect(field.name.value, arguments: arguments)
      return JSONMember(name: field.responseName, value: try answer.json(value, field))
    })
}

private struct IntrospectionAnswer {
  let schema: Schema
  var fragments: [String: SelectionSet] = [:]

  func fields(_ set: SelectionSet) -> [Field] {
    set.selections.flatMap { selection -> [Field] in
      switch selection {
      case .field(let field): [field]
      case .fragmentSpread(let spread): fragments[spread.name.value].map(fields) ?? []
      case .inlineFragment(let fragment): fields(fragment.selectionSet)
      }
    }
  }

  func arguments(_ field: Field, _ definition: SchemaField?) throws -> [String: InputValue] {
    guard let definition else { return [:] }
    return try ArgumentPlan(definition, field.arguments, schema: schema).values(VariableValues())
  }

  func json(_ value: IntrospectionValue, _ field: Field) throws -> JSONValue {
    switch value {
    case .null: return .null
    case .string(let text), .enumName(let text): return .string(text)
    case .boolean(let flag): return .bool(flag)
    case .enumNames(let names): return .array(names.map { .string($0) })
    case .object(let object): return try json(object, field)
    case .objects(let objects): return .array(try objects.map { try json($0, field) })
    }
  }

  private func json(_ object: IntrospectionObject, _ field: Field) throws -> JSONValue {
    guard let set = field.selectionSet, let type = schema.type(named: object.typeName) else {
      return .null
    }
    return .object(
      try fields(set).map { inner in
        let definition = schema.field(named: inner.name.value, on: type)
        let value = object.value(
          of: inner.name.value, arguments: try arguments(inner, definition), schema: schema)
        return JSONMember(name: inner.responseName, value: try json(value, inner))
      })
  }
}

/// The query that GraphiQL, Apollo and code generators send, with everything they may ask for.
let standardIntrospectionQuery = """
  query IntrospectionQuery {
    __schema {
      description
      queryType { name }
      mutationType { name }
      subscriptionType { name }
      types { ...FullType }
      directives {
        name description isRepeatable locations
        args(includeDeprecated: true) { ...InputValue }
      }
    }
  }
  fragment FullType on __Type {
    kind name description specifiedByURL isOneOf
    fields(includeDeprecated: true) {
      name description
      args(includeDeprecated: true) { ...InputValue }
      type { ...TypeRef }
      isDeprecated deprecationReason
    }
    inputFields(includeDeprecated: true) { ...InputValue }
    interfaces { ...TypeRef }
    enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
    possibleTypes { ...TypeRef }
  }
  fragment InputValue on __InputValue {
    name description type { ...TypeRef } defaultValue isDeprecated deprecationReason
  }
  fragment TypeRef on __Type {
    kind name ofType { kind name ofType { kind name ofType { kind name ofType {
    kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name
    } } } } } } } }
  }
  """
