// What is refused, with the reference implementation's words and place.

import Testing

@testable import GraphQLSyntax

private func refusal(of text: String) -> String {
  let source = Source(text)
  do {
    _ = try parse(source)
    return "accepted"
  } catch {
    let location = LineIndex(source).location(of: error.range)
    return "\(location.line):\(location.column) \(error.message.dropFirst("Syntax Error: ".count))"
  }
}

@Suite("Syntax errors")
struct SyntaxErrorTests {
  @Test(
    "name the token that breaks the grammar",
    arguments: [
      ("", "1:1 Unexpected <EOF>."),
      ("# only a comment", "1:17 Unexpected <EOF>."),
      ("{", "1:2 Expected Name, found <EOF>."),
      ("{ }", "1:3 Expected Name, found \"}\"."),
      ("{ a(b 1) }", "1:7 Expected \":\", found Int \"1\"."),
      ("{ a() }", "1:5 Expected Name, found \")\"."),
      ("{ a: }", "1:6 Expected Name, found \"}\"."),
      ("{ a { } }", "1:7 Expected Name, found \"}\"."),
      ("{ ...on }", "1:9 Expected Name, found \"}\"."),
      ("{ ... on }", "1:10 Expected Name, found \"}\"."),
      ("{ ... { } }", "1:9 Expected Name, found \"}\"."),
      ("fragment on on T { a }", "1:10 Unexpected Name \"on\"."),
      ("fragment a T { a }", "1:12 Expected \"on\", found Name \"T\"."),
      ("query () { a }", "1:8 Expected \"$\", found \")\"."),
      ("query ($a) { a }", "1:10 Expected \":\", found \")\"."),
      ("query ($a: [Int) { a }", "1:16 Expected \"]\", found \")\"."),
      ("query ($a: Int!! ) { a }", "1:16 Expected \"$\", found \"!\"."),
      ("query ($a: Int = $b) { a }", "1:18 Unexpected variable \"$b\" in constant value."),
      ("query ($a: Int = $) { a }", "1:18 Unexpected \"$\"."),
      ("query ($a: Int @d(x: $b)) { a }", "1:22 Unexpected variable \"$b\" in constant value."),
      ("{ a(b: ) }", "1:8 Unexpected \")\"."),
      ("{ a(b: [1) }", "1:10 Unexpected \")\"."),
      ("{ a(b: {c}) }", "1:10 Expected \":\", found \"}\"."),
      ("{ a @ }", "1:7 Expected Name, found \"}\"."),
      ("type T { }", "1:10 Expected Name, found \"}\"."),
      ("type T { a }", "1:12 Expected \":\", found \"}\"."),
      ("type T { a(): Int }", "1:12 Expected Name, found \")\"."),
      ("enum E { true }", "1:10 Name \"true\" is reserved and cannot be used for an enum value."),
      ("enum E { }", "1:10 Expected Name, found \"}\"."),
      ("union U = |", "1:12 Expected Name, found <EOF>."),
      ("extend type T", "1:14 Unexpected <EOF>."),
      ("extend scalar S", "1:16 Unexpected <EOF>."),
      ("extend union U", "1:15 Unexpected <EOF>."),
      ("extend enum E", "1:14 Unexpected <EOF>."),
      ("extend input I", "1:15 Unexpected <EOF>."),
      ("extend interface I", "1:19 Unexpected <EOF>."),
      ("extend schema", "1:14 Unexpected <EOF>."),
      ("extend \"no\" type T { a: Int }", "1:8 Unexpected String \"no\"."),
      ("extend foo", "1:8 Unexpected Name \"foo\"."),
      ("schema { query: Q, other: O }", "1:20 Unexpected Name \"other\"."),
      ("schema { }", "1:10 Expected Name, found \"}\"."),
      ("directive @d on WHERE", "1:17 Unexpected Name \"WHERE\"."),
      ("directive @d repeatable FIELD", "1:25 Expected \"on\", found Name \"FIELD\"."),
      (
        "\"d\" { a }",
        "1:1 Unexpected description, descriptions are not supported on shorthand queries."
      ),
      (
        "\"d\" extend type T { a: Int }",
        "1:1 Unexpected description, only GraphQL definitions support descriptions."
      ),
      ("\"d\" 1", "1:5 Unexpected Int \"1\"."),
      ("\"a\\u0062\" 1 \"c\"", "1:11 Unexpected Int \"1\"."),
      ("fragment F($a: Int) on T { a }", "1:11 Expected \"on\", found \"(\"."),
    ])
  func grammar(text: String, expected: String) {
    #expect(refusal(of: text) == expected)
  }

  @Test(
    "name the character that is no token",
    arguments: [
      (
        "'a'", "1:1 Unexpected single quote character ('), did you mean to use a double quote (\")?"
      ),
      ("?", "1:1 Unexpected character: \"?\"."), ("..", "1:1 Unexpected character: \".\"."),
      ("\u{0}", "1:1 Unexpected character: U+0000."),
      ("é", "1:1 Unexpected character: U+00E9."),
      ("{ a } \u{1F600}", "1:7 Unexpected character: U+1F600."),
      ("{ é\n", "1:3 Unexpected character: U+00E9."),
      ("0xF1", "1:2 Invalid number, expected digit but got: \"x\"."),
      ("01", "1:2 Invalid number, unexpected digit after 0: \"1\"."),
      ("1.5_", "1:4 Invalid number, expected digit but got: \"_\"."),
      ("1e5.", "1:4 Invalid number, expected digit but got: \".\"."),
      ("00", "1:2 Invalid number, unexpected digit after 0: \"0\"."),
      ("+1", "1:1 Unexpected character: \"+\"."),
      ("1.", "1:3 Invalid number, expected digit but got: <EOF>."),
      ("1e", "1:3 Invalid number, expected digit but got: <EOF>."),
      ("1.a", "1:3 Invalid number, expected digit but got: \"a\"."),
      ("1e+\"", "1:4 Invalid number, expected digit but got: '\"'."),
      ("-", "1:2 Invalid number, expected digit but got: <EOF>."),
      ("-a", "1:2 Invalid number, expected digit but got: \"a\"."),
      ("1a", "1:2 Invalid number, expected digit but got: \"a\"."),
      ("1_", "1:2 Invalid number, expected digit but got: \"_\"."),
      ("1.2.3", "1:4 Invalid number, expected digit but got: \".\"."),
      (".5", "1:1 Unexpected character: \".\"."),
      ("\"", "1:2 Unterminated string."), ("\"a\nb\"", "1:3 Unterminated string."),
      ("\"a\rb\"", "1:3 Unterminated string."), ("\"\"\"a", "1:5 Unterminated string."),
      ("\"\"\"a\\\"\"\"", "1:9 Unterminated string."),
      (#""\z""#, #"1:2 Invalid character escape sequence: "\z"."#),
      (#""\x41""#, #"1:2 Invalid character escape sequence: "\x"."#),
      (#""\u12""#, #"1:2 Invalid Unicode escape sequence: "\u12""."#),
      (#""\uXYZW""#, #"1:2 Invalid Unicode escape sequence: "\uXYZW"."#),
      (#""\uD83D""#, #"1:2 Invalid Unicode escape sequence: "\uD83D"."#),
      (#""\uD83D\uD83D""#, #"1:2 Invalid Unicode escape sequence: "\uD83D"."#),
      (#""\uDCA9""#, #"1:2 Invalid Unicode escape sequence: "\uDCA9"."#),
      (#""\u{}""#, #"1:2 Invalid Unicode escape sequence: "\u{}"."#),
      (#""\u{110000}""#, #"1:2 Invalid Unicode escape sequence: "\u{110000}"."#),
      (#""\u{D800}""#, #"1:2 Invalid Unicode escape sequence: "\u{D800}"."#),
      (#""\u{12""#, #"1:2 Invalid Unicode escape sequence: "\u{12""."#),
    ])
  func characters(text: String, expected: String) {
    #expect(refusal(of: text) == expected)
  }

  @Test(
    "hold to the lexical grammar's look-aheads, scalar values and ignored characters (section 2.1)",
    arguments: [
      ("{a\u{A0}}", "1:3 Unexpected character: U+00A0."),
      ("{a\u{2028}}", "1:3 Unexpected character: U+2028."),
      ("{a\u{85}}", "1:3 Unexpected character: U+0085."),
      ("{a\u{B}}", "1:3 Unexpected character: U+000B."),
      ("{a\u{C}}", "1:3 Unexpected character: U+000C."),
      ("{\u{0}}", "1:2 Unexpected character: U+0000."),
      ("{a;b}", "1:3 Unexpected character: \";\"."),
      ("{a%b}", "1:3 Unexpected character: \"%\"."),
      ("{a..b}", "1:3 Unexpected character: \".\"."),
      ("{a(b:.1)}", "1:6 Unexpected character: \".\"."),
      ("{a(b:-)}", "1:7 Invalid number, expected digit but got: \")\"."),
      ("{a(b:0x1.2p3)}", "1:7 Invalid number, expected digit but got: \"x\"."),
      ("{a(b:123L)}", "1:9 Invalid number, expected digit but got: \"L\"."),
      ("{a(b:1e5a)}", "1:9 Invalid number, expected digit but got: \"a\"."),
      ("{a(b:1.5.6)}", "1:9 Invalid number, expected digit but got: \".\"."),
      ("{a(b:1.23.4)}", "1:10 Invalid number, expected digit but got: \".\"."),
      ("{a(b:-01)}", "1:8 Invalid number, unexpected digit after 0: \"1\"."),
      ("{a(b:1..2)}", "1:8 Invalid number, expected digit but got: \".\"."),
      ("{a(b:1...b)}", "1:8 Invalid number, expected digit but got: \".\"."),
      ("{a(b:0.)}", "1:8 Invalid number, expected digit but got: \")\"."),
      ("{a(b:1.5e)}", "1:10 Invalid number, expected digit but got: \")\"."),
      ("{a(b:\"\\u{D83D}\\u{DCA9}\")}", "1:7 Invalid Unicode escape sequence: \"\\u{D83D}\"."),
      ("{a(b:\"\\uD83D\\u{DCA9}\")}", "1:7 Invalid Unicode escape sequence: \"\\uD83D\"."),
      ("{a(b:\"\\uDCA9\\uD83D\")}", "1:7 Invalid Unicode escape sequence: \"\\uDCA9\"."),
      ("{a(b:\"\\uD83Dx\")}", "1:7 Invalid Unicode escape sequence: \"\\uD83D\"."),
      ("{a(b:\"\\uD83D\\n\")}", "1:7 Invalid Unicode escape sequence: \"\\uD83D\"."),
      ("{a(b:\"\\uDEAD\")}", "1:7 Invalid Unicode escape sequence: \"\\uDEAD\"."),
      (
        "{a(b:\"\\u{FFFFFFFFFFFFFFFFFFFFFFFF1}\")}",
        "1:7 Invalid Unicode escape sequence: \"\\u{FFFFFFF\"."
      ),
      ("{a(b:\"\\u{ 1}\")}", "1:7 Invalid Unicode escape sequence: \"\\u{ \"."),
      ("{a(b:\"\\U0041\")}", "1:7 Invalid character escape sequence: \"\\U\"."),
      ("{a(b:\"\\v\")}", "1:7 Invalid character escape sequence: \"\\v\"."),
      ("{a(b:\"\\'\")}", "1:7 Invalid character escape sequence: \"\\'\"."),
      ("{a(b:\"\"\"\")}", "1:12 Unterminated string."),
      ("{a(b:\"\"\"a\"\"\"\")}", "1:16 Unterminated string."),
      ("{a(b:\"\"\"a\\\\\"\"\")}", "1:17 Unterminated string."),
    ])
  func lexicalGrammar(text: String, expected: String) {
    #expect(refusal(of: text) == expected)
  }

  @Test(
    "hold to what each production leaves out (sections 2.2 to 2.13 and 3)",
    arguments: [
      ("{a #\u{2028} }", "1:8 Expected Name, found <EOF>."),
      ("{a(b:[1@])}", "1:8 Unexpected \"@\"."),
      ("{a(b:1{c:2})}", "1:7 Expected Name, found \"{\"."),
      ("{...}", "1:5 Expected \"{\", found \"}\"."),
      ("fragment F{a}", "1:11 Expected \"on\", found \"{\"."),
      ("{\"d\" a}", "1:2 Expected Name, found String \"d\"."),
      ("{a(\"d\" b:1)}", "1:4 Expected Name, found String \"d\"."),
      ("query(\"d\" \"e\" $a:Int){a}", "1:11 Expected \"$\", found String \"e\"."),
      ("\"d\" \"e\" type T{a:Int}", "1:5 Unexpected String \"e\"."),
      ("schema{\"d\" query:Q}", "1:8 Expected Name, found String \"d\"."),
      ("union U=\"d\" A", "1:9 Expected Name, found String \"d\"."),
      (
        "query{a}\"d\"{b}",
        "1:9 Unexpected description, descriptions are not supported on shorthand queries."
      ),
      ("\"d\"", "1:4 Unexpected <EOF>."),
      ("interface I{}", "1:13 Expected Name, found \"}\"."),
      ("input I{}", "1:9 Expected Name, found \"}\"."),
      ("extend type T{}", "1:15 Expected Name, found \"}\"."),
      ("extend enum E{}", "1:15 Expected Name, found \"}\"."),
      ("extend input I{}", "1:16 Expected Name, found \"}\"."),
      ("extend interface I{}", "1:20 Expected Name, found \"}\"."),
      ("extend schema{}", "1:15 Expected Name, found \"}\"."),
      ("extend schema @d{}", "1:18 Expected Name, found \"}\"."),
      ("directive @d() on FIELD", "1:14 Expected Name, found \")\"."),
      ("directive @d on", "1:16 Expected Name, found <EOF>."),
      ("union U=", "1:9 Expected Name, found <EOF>."),
      ("{...on T{}}", "1:10 Expected Name, found \"}\"."),
      ("fragment F on T{}", "1:17 Expected Name, found \"}\"."),
      ("fragment F on on{}", "1:18 Expected Name, found \"}\"."),
      ("type T implements A B{a:Int}", "1:21 Unexpected Name \"B\"."),
      ("type T implements A,B{a:Int}", "1:21 Unexpected Name \"B\"."),
      ("type T implements A&{a:Int}", "1:21 Expected Name, found \"{\"."),
      ("type T implements{a:Int}", "1:18 Expected Name, found \"{\"."),
      ("type T implements&&A{a:Int}", "1:19 Expected Name, found \"&\"."),
      ("union U=A||B", "1:11 Expected Name, found \"|\"."),
      ("union U=A|", "1:11 Expected Name, found <EOF>."),
      ("directive @d on FIELD|", "1:23 Expected Name, found <EOF>."),
      ("directive @d on FIELD QUERY", "1:23 Unexpected Name \"QUERY\"."),
      (
        "directive @d repeatable repeatable on FIELD",
        "1:25 Expected \"on\", found Name \"repeatable\"."
      ),
      ("directive @d on field", "1:17 Unexpected Name \"field\"."),
      ("extend directive @d on FIELD", "1:8 Unexpected Name \"directive\"."),
      ("extend query Q{a}", "1:8 Unexpected Name \"query\"."),
      ("enum E{false}", "1:8 Name \"false\" is reserved and cannot be used for an enum value."),
      ("enum E{null}", "1:8 Name \"null\" is reserved and cannot be used for an enum value."),
      (
        "extend enum E{true}",
        "1:15 Name \"true\" is reserved and cannot be used for an enum value."
      ),
      ("type T{a(b:Int=$c):Int}", "1:16 Unexpected variable \"$c\" in constant value."),
      ("type T@d(a:$b){a:Int}", "1:12 Unexpected variable \"$b\" in constant value."),
      ("input I{a:Int=$b}", "1:15 Unexpected variable \"$b\" in constant value."),
      ("query($a:[]){a}", "1:11 Expected Name, found \"]\"."),
      ("query($a:[Int Int]){a}", "1:15 Expected \"]\", found Name \"Int\"."),
      ("query($a:$b){a}", "1:10 Expected Name, found \"$\"."),
      ("query(a:Int){a}", "1:7 Expected \"$\", found Name \"a\"."),
      ("query Q@d($a:Int){a}", "1:11 Expected Name, found \"$\"."),
      ("{a:b:c}", "1:5 Expected Name, found \":\"."),
      ("{a@d(x:1)(y:2)}", "1:10 Expected Name, found \"(\"."),
      ("{a{b}@d}", "1:6 Expected Name, found \"@\"."),
      ("type T{a:Int=1}", "1:13 Expected Name, found \"=\"."),
      ("input I{a(b:Int):Int}", "1:10 Expected \":\", found \"(\"."),
      ("input I{a:Int@d=1}", "1:16 Expected Name, found \"=\"."),
      ("type T@d implements A{a:Int}", "1:10 Unexpected Name \"implements\"."),
      ("schema{query:[Q]}", "1:14 Expected Name, found \"[\"."),
      ("union U=[A]", "1:9 Expected Name, found \"[\"."),
      ("type T implements [A]{a:Int}", "1:19 Expected Name, found \"[\"."),
      ("{a}}", "1:4 Unexpected \"}\"."),
      ("{a(b:{c 1})}", "1:9 Expected \":\", found Int \"1\"."),
      ("{a(b:&)}", "1:6 Unexpected \"&\"."),
      ("{a|b}", "1:3 Expected Name, found \"|\"."),
      ("query Q", "1:8 Expected \"{\", found <EOF>."),
      ("{a(b:$)}", "1:7 Expected Name, found \")\"."),
      ("{a($b:1)}", "1:4 Expected Name, found \"$\"."),
      ("{$a}", "1:2 Expected Name, found \"$\"."),
      ("{a @d @}", "1:8 Expected Name, found \"}\"."),
    ])
  func productions(text: String, expected: String) {
    #expect(refusal(of: text) == expected)
  }

  @Test(
    "stand at lines ended by LF, CR LF and CR, and at columns of code points",
    arguments: [
      ("\n\n ?", "3:2"), ("\r\n\r\n ?", "3:2"), ("\r\r ?", "3:2"), ("\n\r\n\r ?", "4:2"),
      ("# é\u{1F600}\n?", "2:1"), ("{ a(b: \"é\u{1F600}\") } ?", "1:16"), ("\u{FEFF}?", "1:2"),
    ])
  func locations(text: String, expected: String) {
    #expect(refusal(of: text).hasPrefix(expected + " "))
  }

  @Test(
    "refuse bytes that are no UTF-8",
    arguments: [
      [0x80], [0xC0, 0x80], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
      [0xF4, 0x90, 0x80, 0x80],
      [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xE2, 0x82], [0xF0, 0x9F, 0x98],
    ])
  func invalidUTF8(bytes: [UInt8]) throws {
    let before = Array("{ abcdefgh(a: \"é".utf8)
    let error = #expect(throws: SyntaxError.self) {
      try parse(Source(bytes: before + bytes + Array("\") }".utf8)))
    }
    #expect(error?.message.hasPrefix("Syntax Error: Invalid UTF-8 byte 0x") == true)
    #expect(error?.range.start == UInt32(before.count))
  }
}
