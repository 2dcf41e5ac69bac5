// Well-formed texts and the tree they give, from the specification's own examples.

import Foundation
import Testing

@testable import GraphQLSyntax

@Suite("Parser")
struct ParserTests {
  @Test(
    "accepts every production of the language",
    arguments: [
      "{ a }", "query { a }", "query Q { a }", "mutation { a }", "subscription S { a }",
      "query Q($a: Int = 1 @d, $b: [String!]! = [\"x\"]) @e(f: $a) { a }",
      "\"d\" query Q(\"v\" $a: Int, \"\"\"w\"\"\" $b: Int) { a } \"\"\"f\"\"\" fragment F on T "
        + "{ a }",
      "{ a: b(c: 1, d: $e) @f @f { g } }", "{ ...F @d ...on T @d { a } ... @d { b } ... { c } }",
      "{ query mutation fragment type on: on null true false extend }",
      "{ a(i: 1, f: -1.5e3, s: \"s\", b: \"\"\"b\"\"\", t: true, n: null, e: E, l: [], o: {}, "
        + "v: $v) }",
      "{ a(l: [1 2, [3]], o: {a: {b: 1} c: [{}]}) }",
      "fragment type on on { on }", "fragment fragment on fragment { fragment }",
      "schema { query: Q mutation: M subscription: S }", "\"d\" schema @d { query: Q }",
      "extend schema @d", "extend schema { query: Q }", "extend schema @d { query: Q }",
      "scalar S", "\"d\" scalar S @d", "extend scalar S @d",
      "type T", "type T @d", "type T implements I", "type T implements & I & J @d { a: Int }",
      "\"d\" type T { \"e\" a(\"f\" b: Int = 1 @g, c: [Int]): Int! @h }",
      "extend type T { a: Int }",
      "extend type T implements I", "extend type T @d", "interface I implements J { a: Int }",
      "extend interface I @d", "union U", "union U = | A | B", "union U @d = A",
      "extend union U = A",
      "extend union U @d", "enum E", "enum E { A \"d\" B @d }", "extend enum E { A }",
      "extend enum E @d", "input I", "input I @oneOf { a: Int = 1 @d, \"d\" b: [I!] }",
      "extend input I { a: Int }", "extend input I @d",
      "directive @d on FIELD", "\"d\" directive @d(a: Int = 1) repeatable on | FIELD | QUERY",
      "directive @repeatable repeatable on VARIABLE_DEFINITION",
      "type type implements implements { on: on }",
    ])
  func accepts(text: String) throws {
    let document = try parse(Source(text))
    // Printing is a fixed point, and what it prints parses to the same text again.
    let printed = print(document)
    #expect(print(try parse(Source(printed))) == printed)
  }

  @Test(
    "accepts what only looks wrong",
    arguments: [
      // Section 2.1: everything ignored may stand between any two tokens, also byte order marks.
      "\u{FEFF}{\u{FEFF}a\u{FEFF}}\u{FEFF}", ",,,{,,a,,(,b,:,1,),,},,", "{a(b:[,,1,,,2])}",
      "{a(b:[1\u{FEFF}2])}", "{a(b:[1#c\n2])}", "{a(b:[1\"a\"2\"\"\"b\"\"\"3[4]$c])}",
      "{a #\u{0}\u{7}\u{2028} é\n}", "{a(b:\"\u{0}\u{7F}\u{2028}\u{FEFF}\")}",
      "{a(b:\"\"\"\u{0}\\u{110000} \\uD800 \\z\"\"\")}", "{a(b:\"\\u{000000001}\")}",
      "{a(b:[\"\" \"\"])}", "{a(b:[-0 -0.0e-0 1E+5])}", "query($ a:Int){a}",
      "directive @ d on FIELD",
      // Sections 2.3 to 2.10: keywords are names wherever the grammar has a name.
      "{... on on{a}}", "{...F on T{a}}", "{...true ...F @on}", "fragment true on null{a}",
      "query true($null:on){a}", "{true(null:false)}", "enum true{query type on}",
      "{a(b:{} c:[])}", "{a}{b}", "scalar S{a}",
      // Section 2.2, Descriptions: on everything named, but no shorthand and no extension.
      "\"d\" query{a}", "\"d\" mutation M{a}", "\"\"\"d\"\"\" subscription{a}",
      "\"d\" fragment F on T{a}", "query(\"d\" $a:Int \"\"\"e\"\"\" $b:Int){a}",
      "\"d\" enum E{\"e\" A}", "\"d\" union U", "\"d\" interface I", "\"d\" schema{query:Q}",
    ])
  func surprises(text: String) throws {
    let printed = print(try parse(Source(text)))
    #expect(print(try parse(Source(printed))) == printed)
  }

  @Test("descriptions change nothing but the description (section 2.2)")
  func described() throws {
    let described = try parse(
      Source("\"a\" query Q(\"b\" $v: Int = 1 @d) { ...F } \"c\" fragment F on T { x }"))
    let plain = try parse(Source("query Q($v: Int = 1 @d) { ...F } fragment F on T { x }"))
    guard case .operation(let operation) = described.definitions[0],
      case .fragment(let fragment) = described.definitions[1]
    else {
      Issue.record("no operation and fragment")
      return
    }
    #expect(operation.description?.value == "a")
    #expect(operation.variableDefinitions[0].description?.value == "b")
    #expect(fragment.description?.value == "c")
    let lines = print(described).split(separator: "\n").map { $0.drop { $0 == " " } }
    let kept = lines.filter { !$0.hasPrefix("\"") }.joined(separator: " ")
    #expect(print(try parse(Source(kept))) == print(plain))
  }

  @Test("ranges go from a node's first byte to its last")
  func ranges() throws {
    let text = "query Q($a: [Int!]! = 1 @d) { x: y(z: {w: $a}) @e { ...F } }"
    let document = try parse(Source(text))
    func slice(_ range: SourceRange) -> String {
      String(decoding: document.source.bytes[Int(range.start)..<Int(range.end)], as: UTF8.self)
    }
    guard case .operation(let operation) = document.definitions[0],
      case .field(let field) = operation.selectionSet.selections[0]
    else {
      Issue.record("no field")
      return
    }
    let variable = operation.variableDefinitions[0]
    #expect(slice(operation.range) == text)
    #expect(slice(variable.range) == "$a: [Int!]! = 1 @d")
    #expect(slice(variable.variable.range) == "a")
    #expect(slice(variable.type.range) == "[Int!]!")
    #expect(slice(operation.selectionSet.range) == "{ x: y(z: {w: $a}) @e { ...F } }")
    #expect(slice(field.range) == "x: y(z: {w: $a}) @e { ...F }")
    #expect(slice(field.arguments[0].range) == "z: {w: $a}")
    #expect(slice(field.arguments[0].value.range) == "{w: $a}")
    #expect(slice(field.directives[0].range) == "@e")
    #expect(field.responseName == "x")
  }

  @Test("a definition's range starts at its description")
  func describedRanges() throws {
    let document = try parse(Source("  \"d\" type T { \"e\" a: Int }"))
    #expect(document.definitions[0].range == SourceRange(start: 2, end: 27))
    guard case .type(.object(let type)) = document.definitions[0] else {
      Issue.record("no object type")
      return
    }
    #expect(type.description?.value == "d")
    #expect(type.fields[0].range == SourceRange(start: 15, end: 25))
  }

  @Test(
    "parses a value, a constant value and a type alone",
    arguments: [
      ("[123 \"abc\"]", "[123, \"abc\"]"), ("{a:1,b:{c:[]}}", "{a: 1, b: {c: []}}"), ("E", "E"),
      ("null", "null"), ("\"\"\"x\"\"\"", "\"\"\"x\"\"\""),
    ])
  func values(text: String, printed: String) throws {
    #expect(print(try parseValue(Source(text))) == printed)
    #expect(print(try parseConstValue(Source(text))) == printed)
    #expect(print(try parseValue(Source("$a"))) == "$a")
    #expect(throws: SyntaxError.self) { try parseConstValue(Source("[$a]")) }
    #expect(throws: SyntaxError.self) { try parseValue(Source(text + " 1")) }
    #expect(print(try parseType(Source("[ [Int!] ! ]"))) == "[[Int!]!]")
    #expect(throws: SyntaxError.self) { try parseType(Source("Int!!")) }
  }

  @Test(
    "reads schema coordinates, in which nothing is ignored",
    arguments: [
      "Type", "Type.field", "Type.field(argument:)", "@directive", "@directive(argument:)",
    ])
  func coordinates(text: String) throws {
    #expect(print(try parseCoordinate(Source(text))) == text)
  }

  @Test(
    "refuses what is no schema coordinate",
    arguments: [
      ("", "Expected Name, found <EOF>."), ("Type.", "Expected Name, found <EOF>."),
      ("Type .field", "Invalid character: \" \"."), ("Type(a:)", "Expected <EOF>, found \"(\"."),
      ("@d.field", "Expected <EOF>, found \".\"."),
      ("Type.field(a)", "Expected \":\", found \")\"."),
      ("Type.field(a:", "Expected \")\", found <EOF>."), ("é", "Invalid character: U+00E9."),
      ("Type.field(a:b)", "Expected \")\", found Name \"b\"."), ("1", "Invalid character: \"1\"."),
    ])
  func badCoordinates(text: String, message: String) {
    let error = #expect(throws: SyntaxError.self) { try parseCoordinate(Source(text)) }
    #expect(error?.message == "Syntax Error: " + message)
  }
}

/// An unoptimized frame is two to three times as large as an optimized one.
#if DEBUG
  private let stackSize = 1536 * 1024
#else
  private let stackSize = 512 * 1024
#endif

@Suite("Parse limits")
struct ParseLimitsTests {
  @Test("too many tokens are refused by the limit's name, comments not counted")
  func tokens() throws {
    let source = Source("{ a b c } # d e f")
    _ = try parse(source, limits: ParseLimits(tokensMax: 5))
    let error = #expect(throws: SyntaxError.self) {
      try parse(source, limits: ParseLimits(tokensMax: 4))
    }
    #expect(
      error
        == .limitExceeded(
          limit: .tokensMax, maximum: 4, range: SourceRange(start: 8, end: 8)))
  }

  @Test(
    "each nesting production is held to the depth limit",
    arguments: [
      ("{a{a{a}}}", 3), ("{...{...{a}}}", 3), ("{a(b:[[1]])}", 3), ("{a(b:{c:{d:1}})}", 3),
      ("query($a:[[[Int]]]){a}", 3), ("input I {a:Int=[[[1]]]}", 3),
    ])
  func depth(text: String, depth: Int) throws {
    _ = try parse(Source(text), limits: ParseLimits(depthMax: depth))
    let error = #expect(throws: SyntaxError.self) {
      try parse(Source(text), limits: ParseLimits(depthMax: depth - 1))
    }
    guard case .limitExceeded(limit: .depthMax, maximum: depth - 1, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test(
    "forty kilobytes of opening brackets are an error, not an overflow of a small stack",
    arguments: [
      "{a", "{...{", "[", "{a:", "{a(b:[", "query($a:[[[[",
    ])
  func hostileNesting(unit: String) {
    let text = String(repeating: unit, count: 40_000 / unit.utf8.count)
    let deepest = String(repeating: "{a", count: 200) + String(repeating: "}", count: 200)
    let finished = DispatchSemaphore(value: 0)
    let thread = Thread {
      #expect(throws: SyntaxError.self) { try parse(Source(text)) }
      #expect(throws: SyntaxError.self) { try parseValue(Source(text)) }
      #expect(throws: SyntaxError.self) { try parseType(Source(text)) }
      #expect(throws: Never.self) { _ = print(try parse(Source(deepest))) }
      finished.signal()
    }
    thread.stackSize = stackSize
    thread.start()
    finished.wait()
  }
}
