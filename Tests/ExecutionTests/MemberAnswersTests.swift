// What a member is answered out of rows and catalogues: encodings, arguments, access, merged lists;
// and what the batch asks of the database for it. No database: libpq's results are made here.

import GraphQLTypes
import JSON
import Postgres
import SQL
import Testing

@testable import Execution

struct MemberAnswersTests {
  private static let columns = 6

  private func thing(
    name: String? = "n", size: String? = nil, ratio: String? = nil, flag: String? = nil,
    at: String? = nil, part: String? = nil
  ) -> Tables {
    var tables = Tables()
    tables.thing = [[name, size, ratio, flag, at, part]]
    return tables
  }

  // MARK: Encodings (section 3.5)

  @Test(arguments: [
    ("2026-01-31 12:00:00+00", "2026-01-31T12:00:00.000000Z"),
    ("2026-01-31 12:00:00.5+00", "2026-01-31T12:00:00.500000Z"),
    ("2026-01-31 12:00:00.05+00", "2026-01-31T12:00:00.050000Z"),
    ("2026-01-31 12:00:00.000001+00", "2026-01-31T12:00:00.000001Z"),
    ("2026-01-31 12:00:00.123456+00", "2026-01-31T12:00:00.123456Z"),
    ("1969-12-31 23:59:59.999999+00", "1969-12-31T23:59:59.999999Z"),
    ("0001-01-01 00:00:00+00", "0001-01-01T00:00:00.000000Z"),
    ("9999-12-31 23:59:59+00", "9999-12-31T23:59:59.000000Z"),
    ("infinity", "infinity"), ("-infinity", "-infinity"),
  ])
  func `an instant is told as RFC 3339 does`(text: String, expected: String) throws {
    #expect(
      try answer("{ thing { at } }", thing(at: text))
        == #"{"data":{"thing":{"at":"\#(expected)"}}}"#)
  }

  @Test(arguments: [
    ("0", "0"), ("-1", "1.5"), ("2147483647", "-0.25"), ("1", "100000000000000000000.1"),
  ])
  func `a number stays as PostgreSQL spells it`(size: String, ratio: String) throws {
    #expect(
      try answer("{ thing { size ratio } }", thing(size: size, ratio: ratio))
        == #"{"data":{"thing":{"size":\#(size),"ratio":\#(ratio)}}}"#)
  }

  @Test(arguments: [
    ("plain", #""plain""#), ("", #""""#), (#"a"b\c/"#, #""a\"b\\c/""#),
    ("\u{8}\u{9}\u{a}\u{c}\u{d}", #""\b\t\n\f\r""#), ("\u{1}\u{1f}", #""\u0001\u001f""#),
    ("ñ 日 😀", #""ñ 日 😀""#), ("\u{2028}", "\"\u{2028}\""),
  ])
  func `a text is escaped where JSON asks for it`(text: String, expected: String) throws {
    #expect(
      try answer("{ thing { name } }", thing(name: text))
        == #"{"data":{"thing":{"name":\#(expected)}}}"#)
  }

  @Test func `truth, null and embedded objects`() throws {
    let document = "{ thing { flag size at piece { name } } }"
    #expect(
      try answer(document, thing(flag: "t", part: "p"))
        == #"{"data":{"thing":{"flag":true,"size":null,"at":null,"piece":{"name":"p"}}}}"#)
    #expect(
      try answer(document, thing(flag: "f"))
        == #"{"data":{"thing":{"flag":false,"size":null,"at":null,"piece":null}}}"#)
  }

  @Test func `null in a column where the schema allows none nulls the object`() throws {
    #expect(
      try answer("{ thing { size mustName } a }", thing(name: nil, size: "1"))
        == #"{"errors":[{"message":"This field could not be answered; the fault was logged.","#
        + #""locations":[{"line":1,"column":16}],"path":["thing","mustName"],"#
        + #""extensions":{"code":"INTERNAL"}}],"data":{"thing":null,"a":"A"}}"#)
  }

  @Test func `no row is null, no rows are an empty list`() throws {
    #expect(
      try answer("{ thing { name } things { name } }", Tables())
        == #"{"data":{"thing":null,"things":[]}}"#)
  }

  @Test func `a list has an object for each row, and lists of their own below`() throws {
    var tables = Tables()
    tables.thing = [
      ["x", nil, nil, nil, nil, nil], ["y", "2", nil, nil, nil, nil],
    ]
    tables.parts = [["p1"], ["p2"]]
    #expect(
      try answer("{ things { name size } me { role parts { name __typename } } }", tables)
        == #"{"data":{"things":[{"name":"x","size":null},{"name":"y","size":2}],"#
        + #""me":{"role":"user","parts":[{"name":"p1","__typename":"Part"},"#
        + #"{"name":"p2","__typename":"Part"}]}}}"#)
  }

  // MARK: Access

  @Test func `a field of another role is refused and the rest answered`() throws {
    let document = "{ a secret { name } s: secret { size } thing { name } }"
    var tables = thing()
    let refused =
      #"{"errors":[{"message":"This role may not have this field.","locations":"#
      + #"[{"line":1,"column":5}],"path":["secret"],"extensions":{"code":"FORBIDDEN"}},"#
      + #"{"message":"This role may not have this field.","locations":"#
      + #"[{"line":1,"column":21}],"path":["s"],"extensions":{"code":"FORBIDDEN"}}],"#
      + #""data":{"a":"A","secret":null,"s":null,"thing":{"name":"n"}}}"#
    #expect(try answer(document, tables) == refused)
    tables.context = [["admin", "1"]]
    #expect(
      try answer(document, tables)
        == #"{"data":{"a":"A","secret":{"name":"n"},"s":{"size":null},"thing":{"name":"n"}}}"#)
  }

  @Test(arguments: [
    "thing { name }", "things { name }", "me { role }", "secret { name }", "solutions { code }",
  ])
  func `without a token a member's field is refused and the rest answered`(field: String) throws {
    let name = String(field.prefix { $0 != " " })
    #expect(
      try answer("{ a \(field) }")
        == #"{"errors":[{"message":"Sign in first.","locations":[{"line":1,"column":5}],"#
        + #""path":["\#(name)"],"extensions":{"code":"UNAUTHENTICATED"}}],"#
        + #""data":{"a":"A","\#(name)":null}}"#)
  }

  @Test func `a plan knows how many of its root fields are public`() throws {
    let plan = try planned("{ a thing { name } __typename __schema { types { name } } }")
    #expect(plan.publicFields == 3)
    #expect(plan.memberFields == 1)
  }

  @Test func `a constant for members is refused without a token`() throws {
    var bindings = laboratoryBindings()
    bindings.query["a"] = RootBinding(access: .members, source: .constant(.string("A")))
    let plan = try planned("{ a b }", bindings)
    let response = respond(plan, Answers(withoutContext: .init()))
    #expect(response.errorCount == 1)
    #expect(
      String(decoding: response.bytes, as: UTF8.self).hasSuffix(#""data":{"a":null,"b":"B"}}"#))
  }

  // MARK: Arguments (section 6.4.1)

  private func batch(_ document: String, _ variables: String = "{}") throws -> [Query] {
    let plan = try planned(document)
    let bindings = laboratoryBindings()
    return ReadBatch(
      plan, variables: try coerced(variables, plan), bearer: .member(laboratoryScope),
      bindings: bindings
    ).batch.queries
  }

  @Test func `the tenant and the context stand before every section`() throws {
    let queries = try batch("{ thing { name } things { name } }")
    #expect(queries.count == 4)
    #expect(queries[0].statement.text.hasPrefix("SELECT set_config('app.tenant_id', $1, true)"))
    #expect(queries[0].parameters == [.text("tenant"), .text("account"), .text("session")])
    #expect(queries[1] == Query(Sections.context.statement, [.text("tenant"), .text("session")]))
    #expect(queries[2] == queries[3])
  }

  @Test func `each alias is a fetch of its own, with its own arguments`() throws {
    let queries = try batch(
      #"query ($n: String!) { x: named(name: "one") { name } y: named(name: $n) { name } "#
        + "named { name } }", #"{"n":"two"}"#)
    #expect(
      queries.dropFirst(2).map(\.parameters) == [
        [.text("tenant"), .text("one")], [.text("tenant"), .text("two")],
        [.text("tenant"), .text("none")],
      ])
  }

  @Test(arguments: [
    ("{}", "null"), (#"{"k":null}"#, "null"), (#"{"k":"x"}"#, "x"),
  ])
  func `an absent argument and a null one bind null`(variables: String, bound: String) throws {
    let queries = try batch("query ($k: String) { me { parts(kind: $k) { name } } }", variables)
    #expect(
      queries[2].parameters == [.text("tenant"), bound == "null" ? .null : .text(bound)])
  }

  @Test func `a default stands for an absent variable, and null is an error of the field`() throws {
    let document = #"query ($n: String = "v") { named(name: $n) { name } a }"#
    #expect(try batch(document)[2].parameters[1] == .text("v"))
    #expect(try batch(document, #"{"n":"w"}"#)[2].parameters[1] == .text("w"))
    #expect(try batch(document, #"{"n":null}"#).count == 2)
    #expect(
      try answer(document, #"{"n":null}"#, Tables())
        == #"{"errors":[{"message":"Argument \"name\" of non-null type \"String!\" must not be "#
        + #"null.","locations":[{"line":1,"column":28}],"path":["named"],"#
        + #""extensions":{"code":"BAD_USER_INPUT"}}],"data":{"named":null,"a":"A"}}"#)
  }

  @Test func `a variable that is absent leaves the argument's own default`() throws {
    // Section 6.4.1, 5.d: without a value for the variable, the argument's default is taken.
    let document = "query ($n: String) { named(name: $n) { name } }"
    #expect(try batch(document)[2].parameters[1] == .text("none"))
    #expect(try batch(document, #"{"n":"x"}"#)[2].parameters[1] == .text("x"))
  }

  @Test func `what is not selected is not fetched`() throws {
    let document =
      "query ($x: Boolean!) { thing @include(if: $x) { name parts { name } } "
      + "things @skip(if: $x) { name } me { parts @include(if: $x) { name } } }"
    #expect(
      try batch(document, #"{"x":true}"#).dropFirst(2).map(\.statement) == [
        Sections.thing.statement, Sections.parts.statement, Sections.parts.statement,
      ])
    #expect(
      try batch(document, #"{"x":false}"#).dropFirst(2).map(\.statement) == [
        Sections.thing.statement
      ])
    var tables = thing()
    tables.parts = [["p"]]
    #expect(
      try answer(document, #"{"x":false}"#, tables)
        == #"{"data":{"things":[{"name":"n"}],"me":{}}}"#)
    #expect(
      try answer(document, #"{"x":true}"#, tables)
        == #"{"data":{"thing":{"name":"n","parts":[{"name":"p"}]},"me":{"parts":[{"name":"p"}]}}}"#
    )
  }

  @Test func `fields of one response name are one fetch`() throws {
    let document = "query ($x: Boolean!) { thing @include(if: $x) { name } thing { size } }"
    #expect(try batch(document, #"{"x":true}"#).count == 3)
    #expect(try batch(document, #"{"x":false}"#).count == 3)
  }

  // MARK: The context

  @Test func `without a context row nothing is answered`() throws {
    var tables = thing()
    tables.context = []
    #expect(try answer("{ a thing { name } }", tables) == "sessionEnded")
  }

  @Test func `a catalogue that memory is behind of is told`() throws {
    let bindings = laboratoryBindings(view: { row in
      row["revision"] == "1" ? Catalogues.view() : nil
    })
    let plan = try planned("{ me { role } }", bindings)
    let batch = ReadBatch(
      plan, variables: .init(), bearer: .member(laboratoryScope), bindings: bindings)
    var tables = Tables()
    tables.context = [["user", "2"]]
    let outcome = batch.outcome(batch.batch.queries.map(tables.answer), .init(), bindings)
    guard case .catalogueStale = outcome else {
      Issue.record("the catalogue of another revision was used")
      return
    }
  }

  // MARK: Catalogues

  private static let tenants: [[String?]] = [
    ["old", "CANCELLED", nil], ["pay", "ACTIVE", "2026-01-01 00:00:00+00"],
  ]

  @Test(arguments: [
    // The catalogue's order, whatever the rows'; what is retired behind, only with a row.
    ("solutions { code }", #"[{"code":"inv"},{"code":"pay"},{"code":"pos"},{"code":"old"}]"#),
    (
      "solutions { code status since }",
      #"[{"code":"inv","status":"AVAILABLE","since":null},"#
        + #"{"code":"pay","status":"ACTIVE","since":"2026-01-01T00:00:00.000000Z"},"#
        + #"{"code":"pos","status":"AVAILABLE","since":null},"#
        + #"{"code":"old","status":"RETIRED","since":null}]"#
    ),
    ("solutions(status: ACTIVE) { code }", #"[{"code":"pay"}]"#),
    ("solutions(status: AVAILABLE) { code }", #"[{"code":"inv"},{"code":"pos"}]"#),
    (
      "solutions(status: null) { code }",
      #"[{"code":"inv"},{"code":"pay"},{"code":"pos"},{"code":"old"}]"#
    ),
    (#"solutions(kind: "shop") { code }"#, #"[{"code":"pos"},{"code":"old"}]"#),
    (#"solutions(kind: "none") { code }"#, "[]"),
    ("solutions(connected: true) { code }", #"[{"code":"pay"},{"code":"old"}]"#),
    ("solutions(connected: false) { code }", #"[{"code":"inv"},{"code":"pos"}]"#),
    (#"solutions(kind: "core", connected: false) { code }"#, #"[{"code":"inv"}]"#),
    (#"solution(code: "pay") { name status }"#, #"{"name":"Payroll","status":"ACTIVE"}"#),
    (#"solution(code: "inv") { name status }"#, #"{"name":"Invoices \"&\"","status":"AVAILABLE"}"#),
    (#"solution(code: "old") { status }"#, #"{"status":"RETIRED"}"#),
    (#"solution(code: "gone") { code }"#, "null"), (#"solution(code: "in") { code }"#, "null"),
    (#"solution(code: "") { code }"#, "null"), ("solution { code }", "null"),
    ("solution(code: null) { code }", "null"),
    (
      #"solution(code: "inv") { options { label } }"#,
      #"{"options":[{"label":"One"},{"label":null}]}"#
    ),
    (#"solution(code: "pay") { options { label } }"#, #"{"options":[]}"#),
    // Rows of their own go to their entries, with or without a row of the tenant's there.
    (
      "solutions { code notes { text } }",
      #"[{"code":"inv","notes":[{"text":"a"},{"text":"c"}]},{"code":"pay","notes":[]},"#
        + #"{"code":"pos","notes":[{"text":"b"}]},{"code":"old","notes":[{"text":"d"}]}]"#
    ),
    (#"solution(code: "inv") { notes { text } }"#, #"{"notes":[{"text":"a"},{"text":"c"}]}"#),
  ])
  func `a catalogue meets the tenant's rows`(field: String, expected: String) throws {
    var tables = Tables()
    tables.solutions = Self.tenants
    tables.notes = [["inv", "a"], ["pos", "b"], ["inv", "c"], ["old", "d"], ["gone", "e"]]
    let name = String(field.prefix { $0 != " " && $0 != "(" })
    #expect(try answer("{ \(field) }", tables) == #"{"data":{"\#(name)":\#(expected)}}"#)
  }

  @Test(arguments: [
    ("{}", 4), (#"{"s":null}"#, 4), (#"{"s":"ACTIVE"}"#, 1), (#"{"s":"RETIRED"}"#, 0),
  ])
  func `a filter takes its value from a variable`(variables: String, count: Int) throws {
    var tables = Tables()
    tables.solutions = Self.tenants
    let found = try answer(
      "query ($s: Status) { solutions(status: $s) { code } }", variables, tables)
    #expect(found.components("\"code\"") == count)
  }

  @Test func `a whole catalogue is a list`() throws {
    #expect(
      try answer("{ me { options { label } } }", Tables())
        == #"{"data":{"me":{"options":[{"label":"One"},{"label":null}]}}}"#)
  }
}

extension String {
  /// How often a text stands in this one.
  fileprivate func components(_ text: String) -> Int { ranges(of: text).count }
}
