// What becomes of null where the schema allows none, and of errors: GraphQL specification,
// September 2025, sections 6.4.4 (Handling Execution Errors) and 7.1 (Response Format).

import GraphQLTypes
import JSON
import Testing

@testable import Execution

struct NullPropagationTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let document: String
    let json: String
    let data: String
    /// `path@line:column` of each error, in order.
    let errors: [String]
    var testDescription: String { "\(document) of \(json)" }

    init(_ document: String, _ json: String, _ data: String, _ errors: [String] = []) {
      self.document = document
      self.json = json
      self.data = data
      self.errors = errors
    }
  }

  @Test(arguments: [
    Case("{ node { a } }", #"{"a":null}"#, #"{"node":{"a":null}}"#),
    Case("{ node { a } }", "{}", #"{"node":{"a":null}}"#),
    Case("{ node { a } b }", "null", #"{"node":null,"b":"B"}"#),
    Case(
      "{ node { a must b } b }", #"{"a":"1"}"#, #"{"node":null,"b":"B"}"#,
      [#"["node","must"]@1:12"#]),
    Case(
      "{ b node { x: node { must } a } }", #"{"a":"1","node":{}}"#,
      #"{"b":"B","node":{"x":null,"a":"1"}}"#, [#"["node","x","must"]@1:22"#]),
    // A chain of non-null fields passes the null on to the nearest that may be null.
    Case(
      "{ node { a mustNode { mustNode { must } } } b }", #"{"a":"1","mustNode":{"mustNode":{}}}"#,
      #"{"node":null,"b":"B"}"#, [#"["node","mustNode","mustNode","must"]@1:34"#]),
    Case("{ node { mustNode { a } } }", "{}", #"{"node":null}"#, [#"["node","mustNode"]@1:10"#]),
    // Up to the root: data is null.
    Case("{ a mustNode { a } b }", "null", "null", [#"["mustNode"]@1:5"#]),
    Case("{ a mustNode { must } b }", "{}", "null", [#"["mustNode","must"]@1:16"#]),
    Case("{ a x: mustNode { must } b }", "{}", "null", [#"["x","must"]@1:19"#]),
    // Lists: an element that may not be null makes the whole list null.
    Case(
      "{ node { a list { a must } } }", #"{"list":[{"must":"1"},{"a":"2"},{"must":"3"}]}"#,
      #"{"node":{"a":null,"list":null}}"#, [#"["node","list",1,"must"]@1:21"#]),
    Case(
      "{ node { list { node { must } a } } }", #"{"list":[{"a":"0"},{"node":{},"a":"1"}]}"#,
      #"{"node":{"list":[{"node":null,"a":"0"},{"node":null,"a":"1"}]}}"#,
      [#"["node","list",1,"node","must"]@1:24"#]),
    Case(
      "{ node { a mustList { must } } b }", #"{"a":"1","mustList":[{"must":"0"},{}]}"#,
      #"{"node":null,"b":"B"}"#, [#"["node","mustList",1,"must"]@1:23"#]),
    Case("{ node { mustList { a } } }", "{}", #"{"node":null}"#, [#"["node","mustList"]@1:10"#]),
    Case(
      "{ node { mustList { a } list { a } } }", #"{"mustList":[],"list":[]}"#,
      #"{"node":{"mustList":[],"list":[]}}"#),
    Case("{ node { texts } }", #"{"texts":["x","y"]}"#, #"{"node":{"texts":["x","y"]}}"#),
    Case(
      "{ node { texts a } }", #"{"texts":["x",null],"a":"1"}"#, #"{"node":{"texts":null,"a":"1"}}"#,
      [#"["node","texts",1]@1:10"#]),
    Case(
      "{ node { list { a } } }", #"{"list":[{"a":"1"},null]}"#, #"{"node":{"list":null}}"#,
      [#"["node","list",1]@1:10"#]),
    // Several errors, each where it is.
    Case(
      "{ node { x: node { must }\n y: node { must } } z: node { must } }", #"{"node":{}}"#,
      #"{"node":{"x":null,"y":null},"z":null}"#,
      [#"["node","x","must"]@1:20"#, #"["node","y","must"]@2:12"#, #"["z","must"]@2:31"#]),
    // Fields of one response name are one field with one error.
    Case(
      "{ node { must a } node { must b } }", "{}", #"{"node":null}"#, [#"["node","must"]@1:10"#]),
  ])
  func `null goes to the nearest field that may be null`(_ test: Case) throws {
    let found = try answer(test.document, json: test.json)
    let errors = test.errors.map { error in
      let parts = error.split(separator: "@")
      let place = parts[1].split(separator: ":")
      return #"{"message":"This field could not be answered; the fault was logged.","#
        + #""locations":[{"line":\#(place[0]),"column":\#(place[1])}],"path":\#(parts[0]),"#
        + #""extensions":{"code":"INTERNAL"}}"#
    }
    let head = errors.isEmpty ? "" : #""errors":[\#(errors.joined(separator: ","))],"#
    #expect(found == #"{\#(head)"data":\#(test.data)}"#)
  }

  @Test func `an error stands where the field that was selected stands`() throws {
    let document = "query ($x: Boolean!) { node { must @include(if: $x) a must } }"
    #expect(try answer(document, #"{"x":true}"#, json: "{}").contains(#""column":31"#))
    #expect(try answer(document, #"{"x":false}"#, json: "{}").contains(#""column":55"#))
  }

  @Test func `a response beyond its limit is not written to its end`() throws {
    let json =
      #"{"list":[\#(Array(repeating: #"{"a":"x"}"#, count: 5_000).joined(separator: ","))]}"#
    let plan = try planned(
      "{ x: node { list { a } } y: node { list { a } } }",
      laboratoryBindings(node: try parseJSON(Array(json.utf8))))
    let answers = Answers(withoutContext: .init())
    let whole = respond(plan, answers)
    #expect(!whole.isTooLong)
    let cut = respond(plan, answers, bytesMax: 1_000)
    #expect(cut.isTooLong)
    #expect(cut.bytes.count < 2_000)
    #expect(respond(plan, answers, bytesMax: whole.bytes.count).isTooLong == false)
  }
}
