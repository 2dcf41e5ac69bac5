// The specification's own tables of input coercion, row by row: GraphQL specification, September
// 2025, sections 3.10 (Input Objects), 3.10.1 (OneOf Input Objects) and 3.11 (List).

import GraphQLSyntax
import JSON
import Testing

@testable import GraphQLTypes

@Suite("Tables of input coercion")
struct CoercionTablesTests {
  let schema: Schema

  init() throws {
    schema = Schema(
      assembling: [
        try parse(
          Source(
            """
            type Query { a: Int }
            input ExampleInputObject { a: String b: Int! }
            input ExampleOneOfInputObject @oneOf { a: String b: Int }
            input WithDefaults { a: Int = 1 b: Int! = 2 c: [Int!]! = 3 o: ExampleInputObject }
            """))
      ])
  }

  /// A row: the value that is written, the variables' definitions and values, what comes of it;
  /// nil for an error, whether of the variables or of the literal.
  private func coerced(
    _ literal: String, to type: String, _ definitions: String, _ variables: String
  ) throws -> String? {
    let head = definitions.isEmpty ? "" : "(\(definitions)) "
    let document = try parse(Source("query \(head){ a }"))
    guard case .operation(let operation)? = document.definitions.first else { return nil }
    let values: VariableValues
    do {
      values = try coerceVariableValues(
        operation.variableDefinitions, try parseJSON(Array(variables.utf8)), schema: schema)
    } catch {
      return nil
    }
    let type = try #require(schema.type(try parseType(Source(type))))
    return schema.coerce(try parseValue(Source(literal)), to: type, values).map { text(of: $0) }
  }

  @Test(
    "of an input object",
    arguments: [
      (#"{ a: "abc", b: 123 }"#, "", "{}", #"{a: "abc", b: 123}"#),
      ("{ a: null, b: 123 }", "", "{}", "{a: null, b: 123}"),
      ("{ b: 123 }", "", "{}", "{b: 123}"),
      ("{ a: $var, b: 123 }", "$var: String", #"{"var": null}"#, "{a: null, b: 123}"),
      ("{ a: $var, b: 123 }", "$var: String", "{}", "{b: 123}"),
      ("{ b: $var }", "$var: Int!", #"{"var": 123}"#, "{b: 123}"),
      ("$var", "$var: ExampleInputObject", #"{"var": {"b": 123}}"#, "{b: 123}"),
      (#""abc123""#, "", "{}", nil),
      ("$var", "$var: ExampleInputObject", #"{"var": "abc123"}"#, nil),
      (#"{ a: "abc", b: "123" }"#, "", "{}", nil),
      (#"{ a: "abc" }"#, "", "{}", nil),
      ("{ b: $var }", "$var: Int", "{}", nil),
      ("$var", "$var: ExampleInputObject", #"{"var": {"a": "abc"}}"#, nil),
      (#"{ a: "abc", b: null }"#, "", "{}", nil),
      ("{ b: $var }", "$var: Int", #"{"var": null}"#, nil),
      (#"{ b: 123, c: "xyz" }"#, "", "{}", nil),
      // The rules above the table: an absent variable takes its own default, then the field's.
      ("{ b: $var }", "$var: Int = 7", "{}", "{b: 7}"),
      ("{ b: $var }", "$var: Int! = 7", "{}", "{b: 7}"),
      ("{ b: $var }", "$var: Int = 7", #"{"var": null}"#, nil),
      ("[{ b: 1 }]", "", "{}", nil), ("{ a: [\"abc\"], b: 1 }", "", "{}", nil),
    ])
  func inputObject(
    literal: String, definitions: String, variables: String, expected: String?
  ) throws {
    #expect(
      try coerced(literal, to: "ExampleInputObject", definitions, variables) == expected)
  }

  @Test(
    "of fields with default values",
    arguments: [
      ("{}", "", "{}", "{a: 1, b: 2, c: [3]}"),
      ("{ a: null }", "", "{}", "{a: null, b: 2, c: [3]}"), ("{ b: null }", "", "{}", nil),
      ("{ a: $v, b: $v }", "$v: Int", "{}", "{a: 1, b: 2, c: [3]}"),
      ("{ a: $v }", "$v: Int = 5", "{}", "{a: 5, b: 2, c: [3]}"),
      ("{ a: $v }", "$v: Int = null", "{}", "{a: null, b: 2, c: [3]}"),
      ("{ c: 4 }", "", "{}", "{a: 1, b: 2, c: [4]}"), ("{ c: [null] }", "", "{}", nil),
      ("{ o: {} }", "", "{}", nil), ("{ o: null }", "", "{}", "{a: 1, b: 2, c: [3], o: null}"),
      ("$v", "$v: WithDefaults = {}", "{}", "{a: 1, b: 2, c: [3]}"),
      ("$v", "$v: WithDefaults", #"{"v": {"c": 9}}"#, "{a: 1, b: 2, c: [9]}"),
      ("$v", "$v: WithDefaults", #"{"v": {"b": null}}"#, nil),
      ("$v", "$v: WithDefaults", #"{"v": [{}]}"#, nil),
    ])
  func defaults(
    literal: String, definitions: String, variables: String, expected: String?
  ) throws {
    #expect(try coerced(literal, to: "WithDefaults", definitions, variables) == expected)
  }

  @Test(
    "of a OneOf input object",
    arguments: [
      (#"{ a: "abc" }"#, "", "{}", #"{a: "abc"}"#), ("{ b: 123 }", "", "{}", "{b: 123}"),
      ("$var", "$var: ExampleOneOfInputObject", #"{"var": {"a": "abc"}}"#, #"{a: "abc"}"#),
      ("{ a: null }", "", "{}", nil),
      ("$var", "$var: ExampleOneOfInputObject", #"{"var": {"a": null}}"#, nil),
      ("{ a: $a }", "$a: String", "{}", nil), (#"{ a: "abc", b: 123 }"#, "", "{}", nil),
      (#"{ a: 456, b: "xyz" }"#, "", "{}", nil),
      ("$var", "$var: ExampleOneOfInputObject", #"{"var": {"a": "abc", "b": 123}}"#, nil),
      (#"{ a: "abc", b: null }"#, "", "{}", nil), (#"{ a: "abc", b: $b }"#, "$b: Int", "{}", nil),
      ("{ a: $a, b: $b }", "$a: String, $b: Int", #"{"a": "abc"}"#, nil), ("{}", "", "{}", nil),
      ("$var", "$var: ExampleOneOfInputObject", #"{"var": {}}"#, nil),
      // What the table implies.
      ("{ a: $a }", "$a: String!", #"{"a": "abc"}"#, #"{a: "abc"}"#),
      ("{ a: $a }", "$a: String", #"{"a": null}"#, nil),
      ("{ a: $a }", "$a: String = \"d\"", "{}", #"{a: "d"}"#),
      ("$var", "$var: ExampleOneOfInputObject", #"{"var": {"a": "abc", "b": null}}"#, nil),
      ("$var", "$var: ExampleOneOfInputObject", #"{"var": {"a": "abc", "c": 1}}"#, nil),
      ("$var", "$var: ExampleOneOfInputObject", #"{"var": {"b": "abc"}}"#, nil),
      ("$var", "$var: ExampleOneOfInputObject", #"{"var": [{"b": 1}]}"#, nil),
      ("null", "", "{}", "null"),
    ])
  func oneOf(literal: String, definitions: String, variables: String, expected: String?) throws {
    #expect(
      try coerced(literal, to: "ExampleOneOfInputObject", definitions, variables) == expected)
  }

  @Test(
    "of lists, as literals and as variables",
    arguments: [
      ("[Int]", "[1, 2, 3]", "[1, 2, 3]"), ("[Int]", #"[1, "b", true]"#, nil),
      ("[Int]", "1", "[1]"), ("[Int]", "null", "null"),
      ("[[Int]]", "[[1], [2, 3]]", "[[1], [2, 3]]"), ("[[Int]]", "[1, 2, 3]", "[[1], [2], [3]]"),
      ("[[Int]]", "[1, null, 3]", "[[1], null, [3]]"), ("[[Int]]", #"[[1], ["b"]]"#, nil),
      ("[[Int]]", "1", "[[1]]"), ("[[Int]]", "null", "null"),
      // Combined with Non-Null (section 3.12).
      ("[Int]!", "[]", "[]"), ("[Int]!", "null", nil), ("[Int]!", "[null]", "[null]"),
      ("[Int!]", "[1]", "[1]"), ("[Int!]", "null", "null"), ("[Int!]", "[1, null]", nil),
      ("[Int!]!", "null", nil), ("[Int!]!", "1", "[1]"), ("[[Int!]]", "[null, 1]", "[null, [1]]"),
      ("[[Int]!]", "[1, null]", nil), ("[[[Int]]]", "1", "[[[1]]]"),
    ])
  func lists(type: String, value: String, expected: String?) throws {
    #expect(try coerced(value, to: type, "", "{}") == expected)
    #expect(try coerced("$var", to: type, "$var: \(type)", #"{"var": \#(value)}"#) == expected)
  }
}
