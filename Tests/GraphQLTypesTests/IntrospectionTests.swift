// What introspection answers: the standard query against a golden file, and the printed schema
// against the schema that a client builds from the answer.

import Foundation
import GraphQLSyntax
import JSON
import Testing

@testable import GraphQLTypes

let introspectedSchemaText = #"""
  """A schema of everything."""
  schema {
    query: Query
    mutation: Change
  }

  """Marks."""
  directive @mark(
    """How."""
    as: Color! = RED
    old: [Int!] = [1, 2] @deprecated
  ) repeatable on FIELD | OBJECT

  """
  The root.

  With "quotes" and \ slashes.
  """
  type Query implements Node & Named {
    id: ID!

    """Its name."""
    name(of: Int = 1, to: [[String!]!]!, where: Point = {x: 1, y: [1.5e3, -2]}): String @deprecated
    pets(after: String = "a\n\"b\"", old: Boolean @deprecated(reason: "gone")): [Pet!]!
  }

  interface Node {
    id: ID!
  }

  interface Named implements Node {
    id: ID!
    name(of: Int = 1, to: [[String!]!]!, where: Point): String @deprecated(reason: "Use \"id\".")
  }

  type Cat {
    name: String
  }

  union Pet = Cat | Query

  """Colours."""
  enum Color {
    RED

    """Not blue."""
    GREEN @deprecated
  }

  input Point {
    x: Float!
    y: [Float!] = []
    color: Color = GREEN @deprecated(reason: "grey")
    name: String = null
  }

  input Choice @oneOf {
    a: String
    b: Point
  }

  scalar Moment @specifiedBy(url: "https://example.org/moment")

  type Change {
    do(it: Choice!): Moment
  }
  """#

@Suite("Introspection")
struct IntrospectionTests {
  let schema: Schema

  init() throws {
    schema = try assembled(introspectedSchemaText)
  }

  /// One line for each type and directive, so that a change is a readable diff. Set
  /// UPDATE_GOLDEN=1 to write it anew.
  @Test("answers the standard query as the golden file says")
  func golden() throws {
    let answer = try #require(try answer(standardIntrospectionQuery, schema)["__schema"])
    var lines: [String] = []
    for member in answer.objectValue ?? [] {
      guard let elements = member.value.arrayValue else {
        lines.append("\(member.name) \(member.value.jsonText)")
        continue
      }
      for element in elements { lines.append("\(member.name) \(element.jsonText)") }
    }
    let text = lines.joined(separator: "\n") + "\n"
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/introspection.txt")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] != nil {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(text == (try String(contentsOf: file, encoding: .utf8)))
  }

  @Test("prints the schema as it is written")
  func printed() throws {
    #expect(printSchema(schema) == introspectedSchemaText)
    #expect(printSchema(try assembled(printSchema(schema))) == introspectedSchemaText)
  }

  @Test("tells a client the schema that is printed")
  func agreement() throws {
    let answer = try answer(standardIntrospectionQuery, schema)
    let clientText = clientSchemaText(answer)
    #expect(printSchema(try assembled(clientText)) == printSchema(schema))
  }

  @Test(
    "answers one field at a time",
    arguments: [
      (
        #"{ __type(name: "Query") { name kind ofType { name } } }"#,
        #"{"__type":{"name":"Query","kind":"OBJECT","ofType":null}}"#
      ),
      (#"{ __type(name: "Nothing") { name } }"#, #"{"__type":null}"#),
      (
        #"{ __schema { __typename queryType { __typename name } subscriptionType { name } } }"#,
        #"{"__schema":{"__typename":"__Schema","queryType":{"__typename":"__Type","name":"Query"},"#
          + #""subscriptionType":null}}"#
      ),
      (
        #"{ __type(name: "Color") { enumValues { name } } }"#,
        #"{"__type":{"enumValues":[{"name":"RED"}]}}"#
      ),
      (
        #"{ __type(name: "Color") { enumValues(includeDeprecated: true) { name } } }"#,
        #"{"__type":{"enumValues":[{"name":"RED"},{"name":"GREEN"}]}}"#
      ),
      (
        #"{ __type(name: "Query") { fields { name args { name } } } }"#,
        #"{"__type":{"fields":[{"name":"id","args":[]},{"name":"pets","args":[{"name":"after"}]}]}}"#
      ),
      (
        #"{ __type(name: "Point") { inputFields { name defaultValue isDeprecated } isOneOf } }"#,
        #"{"__type":{"inputFields":[{"name":"x","defaultValue":null,"isDeprecated":false},"#
          + #"{"name":"y","defaultValue":"[]","isDeprecated":false},"#
          + #"{"name":"name","defaultValue":"null","isDeprecated":false}],"isOneOf":false}}"#
      ),
      (
        #"{ __type(name: "Choice") { isOneOf fields { name } interfaces { name } } }"#,
        #"{"__type":{"isOneOf":true,"fields":null,"interfaces":null}}"#
      ),
      (
        #"{ __type(name: "Named") { possibleTypes { name } interfaces { name } } }"#,
        #"{"__type":{"possibleTypes":[{"name":"Query"}],"interfaces":[{"name":"Node"}]}}"#
      ),
      (
        #"{ __type(name: "Pet") { possibleTypes { name } fields { name } } }"#,
        #"{"__type":{"possibleTypes":[{"name":"Cat"},{"name":"Query"}],"fields":null}}"#
      ),
      (
        #"{ __type(name: "Moment") { specifiedByURL isOneOf } }"#,
        #"{"__type":{"specifiedByURL":"https://example.org/moment","isOneOf":null}}"#
      ),
      (
        #"{ __schema { directives { __typename args { name __typename } } } }"#,
        #"{"__schema":{"directives":["#
          + #"{"__typename":"__Directive","args":[{"name":"as","__typename":"__InputValue"}]},"#
          + #"{"__typename":"__Directive","args":[{"name":"if","__typename":"__InputValue"}]},"#
          + #"{"__typename":"__Directive","args":[{"name":"if","__typename":"__InputValue"}]},"#
          + #"{"__typename":"__Directive","args":[{"name":"reason","__typename":"__InputValue"}]},"#
          + #"{"__typename":"__Directive","args":[{"name":"url","__typename":"__InputValue"}]},"#
          + #"{"__typename":"__Directive","args":[]}]}}"#
      ),
    ])
  func fields(query: String, expected: String) throws {
    #expect(try answer(query, schema).jsonText == expected)
  }

  @Test("describes every field that its own types declare")
  func complete() throws {
    // Each field of each introspection type is known to the values: asked by name, none that is
    // non-null answers null.
    let objects: [IntrospectionObject] = [
      .schema, .type(.named(try #require(schema.queryType).id)),
      .field(try #require(schema.queryType?.field(named: "name"))),
      .inputValue(try #require(schema.directive(named: "mark")?.arguments.first)),
      .directive(try #require(schema.directive(named: "mark"))),
    ]
    for object in objects {
      let type = try #require(schema.type(named: object.typeName))
      for field in type.fields where field.type.isNonNull {
        let value = object.value(of: field.name, arguments: [:], schema: schema)
        if case .null = value { Issue.record("\(object.typeName).\(field.name)") }
      }
    }
  }
}

// MARK: The schema that a client builds

/// The answer to the standard query as SDL, the built-in types left out.
private func clientSchemaText(_ answer: JSONValue) -> String {
  guard let schema = answer["__schema"] else { return "" }
  var parts: [String] = []
  let roots = ["query", "mutation", "subscription"].compactMap { name in
    schema[name + "Type"]?["name"]?.stringValue.map { "\(name): \($0)" }
  }
  parts.append(description(schema) + "schema { \(roots.joined(separator: " ")) }")
  let builtInDirectives = ["skip", "include", "deprecated", "specifiedBy", "oneOf"]
  for directive in schema["directives"]?.arrayValue ?? [] {
    let name = directive["name"]?.stringValue ?? ""
    if builtInDirectives.contains(name) { continue }
    let locations = directive["locations"]?.arrayValue?.compactMap(\.stringValue) ?? []
    parts.append(
      description(directive) + "directive @\(name)\(inputs(directive["args"], "(", ")"))"
        + (directive["isRepeatable"]?.boolValue == true ? " repeatable" : "")
        + " on " + locations.joined(separator: " | "))
  }
  let builtInTypes = ["Int", "Float", "String", "Boolean", "ID"]
  for type in schema["types"]?.arrayValue ?? [] {
    let name = type["name"]?.stringValue ?? ""
    if name.hasPrefix("__") || builtInTypes.contains(name) { continue }
    parts.append(description(type) + typeText(type, name))
  }
  return parts.joined(separator: "\n")
}

private func typeText(_ type: JSONValue, _ name: String) -> String {
  let interfaces = (type["interfaces"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
  let implements = interfaces.isEmpty ? "" : " implements " + interfaces.joined(separator: " & ")
  switch type["kind"]?.stringValue {
  case "SCALAR":
    let url = type["specifiedByURL"]?.stringValue
    return "scalar \(name)" + (url.map { " @specifiedBy(url: \(quotedString($0)))" } ?? "")
  case "OBJECT": return "type \(name)\(implements) \(fields(type))"
  case "INTERFACE": return "interface \(name)\(implements) \(fields(type))"
  case "UNION":
    let members = (type["possibleTypes"]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
    return "union \(name) = " + members.joined(separator: " | ")
  case "ENUM":
    let values = (type["enumValues"]?.arrayValue ?? []).map {
      description($0) + ($0["name"]?.stringValue ?? "") + deprecation($0)
    }
    return "enum \(name) { \(values.joined(separator: "\n")) }"
  default:
    let oneOf = type["isOneOf"]?.boolValue == true ? " @oneOf" : ""
    return "input \(name)\(oneOf)" + inputs(type["inputFields"], " {", "}")
  }
}

private func fields(_ type: JSONValue) -> String {
  let lines = (type["fields"]?.arrayValue ?? []).map { field in
    description(field) + (field["name"]?.stringValue ?? "") + inputs(field["args"], "(", ")")
      + ": \(reference(field["type"]))" + deprecation(field)
  }
  return "{ \(lines.joined(separator: "\n")) }"
}

private func inputs(_ values: JSONValue?, _ open: String, _ close: String) -> String {
  let lines = (values?.arrayValue ?? []).map { value in
    description(value) + "\(value["name"]?.stringValue ?? ""): \(reference(value["type"]))"
      + (value["defaultValue"]?.stringValue.map { " = \($0)" } ?? "") + deprecation(value)
  }
  return lines.isEmpty ? "" : open + lines.joined(separator: "\n") + close
}

private func reference(_ type: JSONValue?) -> String {
  switch type?["kind"]?.stringValue {
  case "LIST": "[\(reference(type?["ofType"]))]"
  case "NON_NULL": "\(reference(type?["ofType"]))!"
  default: type?["name"]?.stringValue ?? "?"
  }
}

private func description(_ element: JSONValue) -> String {
  element["description"]?.stringValue.map { quotedString($0) + "\n" } ?? ""
}

private func deprecation(_ element: JSONValue) -> String {
  guard element["isDeprecated"]?.boolValue == true,
    let reason = element["deprecationReason"]?.stringValue
  else { return "" }
  return " @deprecated(reason: \(quotedString(reason)))"
}
