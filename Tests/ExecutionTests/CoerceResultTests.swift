// Which values a leaf is answered with and which are an error of the field: GraphQL specification,
// September 2025, sections 6.4.3 (CoerceResult), 3.5, 3.9 and 3.12, as type, value and answer.

import GraphQLSyntax
import GraphQLTypes
import JSON
import Testing

@testable import Execution

struct CoerceResultTests {
  private static let fault = "This field could not be answered; the fault was logged."

  private static func schema() throws -> Schema {
    Schema(
      assembling: [
        try parse(
          Source(
            """
            type Query { i: Int f: Float s: String b: Boolean id: ID e: Color x: Custom }
            enum Color { RED GREEN }
            scalar Custom
            """))
      ])
  }

  private static func encoding(_ name: String) throws -> Encoding {
    let schema = try schema()
    return Encoding(of: try #require(schema.type(named: name)).id, in: schema)
  }

  @Test(arguments: [
    // Section 3.5.1: whole numbers of 32 bits; what is whole may be spelled otherwise.
    ("Int", "1", "1"), ("Int", "-0", "0"), ("Int", "1.0", "1"), ("Int", "1e2", "100"),
    ("Int", "2147483647", "2147483647"), ("Int", "-2147483648", "-2147483648"),
    ("Int", "2147483648", nil), ("Int", "-2147483649", nil), ("Int", "1.2", nil),
    ("Int", "1e400", nil), ("Int", #""123""#, nil), ("Int", "true", nil), ("Int", "[1]", nil),
    ("Int", "{}", nil),
    // Section 3.5.2: finite numbers.
    ("Float", "1", "1"), ("Float", "1.5e3", "1.5e3"), ("Float", "1e999", nil),
    ("Float", #""1""#, nil), ("Float", "false", nil),
    // Sections 3.5.3 to 3.5.5.
    ("String", #""é""#, #""é""#), ("String", "1", nil), ("String", "true", nil),
    ("String", "[]", nil), ("Boolean", "true", "true"), ("Boolean", "1", nil),
    ("Boolean", #""true""#, nil), ("ID", #""4""#, #""4""#), ("ID", "4", #""4""#),
    ("ID", "-4.0", #""-4""#), ("ID", "4.5", nil), ("ID", "true", nil),
    // Section 3.9: one of the enum's values.
    ("Color", #""RED""#, #""RED""#), ("Color", #""PINK""#, nil), ("Color", #""red""#, nil),
    ("Color", "0", nil),
    ("Custom", #"{"a":[1,"x",null]}"#, #"{"a":[1,"x",null]}"#), ("Custom", "1", "1"),
  ])
  func `a value of an action or an event`(type: String, json: String, expected: String?) throws {
    var writer = JSONWriter(capacity: 64)
    let isWritten = writer.leaf(try parseJSON(Array(json.utf8)), try Self.encoding(type))
    #expect(isWritten == (expected != nil))
    #expect(String(decoding: writer.bytes, as: UTF8.self) == expected ?? "")
  }

  @Test(arguments: [
    ("Int", "0", "0"), ("Int", "2147483647", "2147483647"), ("Int", "-2147483648", "-2147483648"),
    ("Int", "2147483648", nil), ("Int", "-2147483649", nil), ("Int", "9223372036854775807", nil),
    ("Int", "", nil), ("Int", "-", nil),
    ("Float", "-0", "-0"), ("Float", "1e+20", "1e+20"), ("Float", "0.1", "0.1"),
    ("Float", "100000000000000000000.1", "100000000000000000000.1"),
    ("Float", "NaN", nil), ("Float", "Infinity", nil), ("Float", "-Infinity", nil),
    ("Float", String(repeating: "9", count: 400), nil),
    ("Boolean", "t", "true"), ("Boolean", "f", "false"),
    ("String", "12", #""12""#), ("ID", "12", #""12""#), ("Custom", "12", #""12""#),
    ("Color", "GREEN", #""GREEN""#), ("Color", "PINK", nil), ("Color", "", nil),
    ("Color", "GREE", nil),
  ])
  func `a column's text`(type: String, text: String, expected: String?) throws {
    var writer = JSONWriter(capacity: 64)
    let encoding = try Self.encoding(type)
    let isWritten = Array(text.utf8).withUnsafeBytes { writer.leaf($0, encoding) }
    #expect(isWritten == (expected != nil))
    #expect(String(decoding: writer.bytes, as: UTF8.self) == expected ?? "")
  }

  @Test(arguments: [
    ("Int", "1", true), ("Int", "2147483648", false), ("Int", "1.5", false), ("Int", "true", false),
    ("Float", "1.5", true), ("Float", "1e999", false), ("Float", #""1""#, false),
    ("String", #""x""#, true), ("String", "1", false), ("ID", "1", false), ("ID", #""1""#, true),
    ("Boolean", "true", true), ("Boolean", "false", true), ("Boolean", "1", false),
    ("Color", #""RED""#, true), ("Color", #""PINK""#, false), ("Color", "0", false),
    ("Custom", "[1]", true),
  ])
  func `a catalogue's value`(type: String, json: String, isHeld: Bool) throws {
    #expect(try Self.encoding(type).holds(json: Array(json.utf8)) == isHeld)
  }

  @Test(arguments: [
    (#"{"count":1.5}"#, "{ node { count a } }", #"{"node":{"count":null,"a":null}}"#, "count"),
    (#"{"must":1}"#, "{ node { must a } }", #"{"node":null}"#, "must"),
    (#"{"a":["x"]}"#, "{ node { a } }", #"{"node":{"a":null}}"#, "a"),
    // Section 6.4.3: what is no collection is an error for a list, what is no object for an object.
    (#"{"list":{"a":"1"}}"#, "{ node { list { a } } }", #"{"node":{"list":null}}"#, "list"),
    (#"{"mustList":"x"}"#, "{ node { mustList { a } } }", #"{"node":null}"#, "mustList"),
    (#"{"node":7}"#, "{ node { node { a } } }", #"{"node":{"node":null}}"#, "node"),
    (#"{"mustNode":[]}"#, "{ node { mustNode { a } } }", #"{"node":null}"#, "mustNode"),
    // Section 3.12: an error in an element that may not be null is the whole list's.
    (#"{"texts":["x",2]}"#, "{ node { texts } }", #"{"node":{"texts":null}}"#, #"texts",1"#),
  ])
  func `what the type cannot hold is one error where it is`(
    json: String, document: String, data: String, path: String
  ) throws {
    let path = path.contains("\"") ? path : path + "\""
    let found = try answer(document, json: json)
    #expect(
      found == #"{"errors":[{"message":"\#(Self.fault)","locations":[{"line":1,"column":10}],"#
        + #""path":["node","\#(path)],"extensions":{"code":"INTERNAL"}}],"data":\#(data)}"#)
  }

  @Test func `the log says where`() throws {
    let plan = try planned(
      "{ node { count must } }",
      laboratoryBindings(node: try parseJSON(Array(#"{"count":1.5}"#.utf8))))
    #expect(
      respond(plan, Answers(withoutContext: .init())).detail
        == "null where there is none: node.must; a value that its type cannot hold: node.count")
  }

  @Test func `a column of a member's row`() throws {
    var tables = Tables()
    tables.thing = [["n", "2147483648", "NaN", nil, nil, nil]]
    let found = try answer("{ thing { name size ratio } }", tables)
    #expect(found.hasSuffix(#""data":{"thing":{"name":"n","size":null,"ratio":null}}}"#))
    #expect(found.contains(#""path":["thing","size"]"#))
    #expect(found.contains(#""path":["thing","ratio"]"#))
  }

  @Test func `an enum's column holds one of its values`() throws {
    var tables = Tables()
    tables.solutions = [["inv", "SOLD", nil]]
    let found = try answer("{ solution(code: \"inv\") { name status } a }", tables)
    #expect(found.hasSuffix(#""data":{"solution":null,"a":"A"}}"#))
    #expect(found.contains(#""path":["solution","status"]"#))
  }
}
