// The layout of printed documents, and that printing loses nothing.

import Testing

@testable import GraphQLSyntax

@Suite("Printer")
struct PrinterTests {
  @Test("lays an executable document out as the reference implementation does")
  func executable() throws {
    let text = """
      query  Q($a:Int=1@d,$b:[String!]!)@e{...F ...on T@d{a}...{b} x:y(z:{w:[$a,"s"]},v:null)@f{c} \
      whoever(aaaaaaaaaaaaaaaaaaaa:"bbbbbbbbbbbbbbbbbbbb",
      cccccccccccccccccccc:"dddddddddddddddd",e:1)}
      "about F" fragment F on T@d{a}
      """
    let printed = """
      query Q($a: Int = 1 @d, $b: [String!]!) @e {
        ...F
        ... on T @d {
          a
        }
        ... {
          b
        }
        x: y(z: {w: [$a, "s"]}, v: null) @f {
          c
        }
        whoever(
          aaaaaaaaaaaaaaaaaaaa: "bbbbbbbbbbbbbbbbbbbb"
          cccccccccccccccccccc: "dddddddddddddddd"
          e: 1
        )
      }

      "about F"
      fragment F on T @d {
        a
      }
      """
    #expect(print(try parse(Source(text))) == printed)
  }

  @Test("keeps a long name without arguments as it is")
  func longNames() throws {
    let name = String(repeating: "n", count: 100)
    let text = """
      {
        \(name)
        \(name): a
        \(name)(
          b: 1
        )
        \(name) @d(c: "\(name)") {
          a
        }
      }
      """
    #expect(print(try parse(Source(text))) == text)
  }

  @Test("lays a type system document out as the reference implementation does")
  func typeSystem() throws {
    let text = #"""
      "s" schema @a{query:Q mutation:M} extend schema@b
      """t""" type T implements&I&J@c{"f" a("g" b:Int=1@d,c:Int):[T!]!
      @deprecated(reason:"x") e(f:Int):Int}
      interface I union U=|A|B enum E{A @x "b" B} input In@oneOf{a:Int="x"} scalar S
      directive@d("x" a:Int b:Int)repeatable on|FIELD|QUERY extend input In{b:Int}
      """#
    let printed = #"""
      "s"
      schema @a {
        query: Q
        mutation: M
      }

      extend schema @b

      """t"""
      type T implements I & J @c {
        "f"
        a(
          "g"
          b: Int = 1 @d
          c: Int
        ): [T!]! @deprecated(reason: "x")
        e(f: Int): Int
      }

      interface I

      union U = A | B

      enum E {
        A @x
        "b"
        B
      }

      input In @oneOf {
        a: Int = "x"
      }

      scalar S

      directive @d(
        "x"
        a: Int
        b: Int
      ) repeatable on FIELD | QUERY

      extend input In {
        b: Int
      }
      """#
    #expect(print(try parse(Source(text))) == printed)
  }

  @Test(
    "every block string comes back with its value",
    arguments: [
      "", "a", " a", "a ", "a\nb", "  a\nb", "a\n  b", "a\n\n  b\nc", "\"", "a\"", "\"a", "a\\",
      "\"\"\"", "a\"\"\"b", "a\"\"\"", "\"\"\"\"", "\\\"\"\"", "é\u{1F600}\n\tb\n\tc", "\ta",
      " \u{85}a", "a\u{7F}", "a\n", "\na", " ", "\n", "  a\n  b", "a\rb", "a\u{0}",
      String(repeating: "long ", count: 20), " " + String(repeating: "long", count: 20),
    ])
  func blockStrings(value: String) throws {
    let literal = StringLiteral(value: value, isBlock: true, range: SourceRange(start: 0, end: 0))
    let type = TypeDefinition.object(
      ObjectTypeDefinition(
        name: Name(value: "T", range: literal.range),
        fields: [
          FieldDefinition(
            description: literal, name: Name(value: "a", range: literal.range),
            type: .named(NamedTypeReference(name: Name(value: "T", range: literal.range))),
            range: literal.range)
        ], range: literal.range))
    let text = print(Definition.type(type))
    guard case .type(.object(let again)) = try parse(Source(text)).definitions[0] else {
      Issue.record("no object type in \(text)")
      return
    }
    #expect(again.fields[0].description?.value == value, "\(text)")
  }

  @Test("a quoted string escapes quotes, backslashes and control characters")
  func quotedStrings() throws {
    let value = "\"\\/\u{8}\u{C}\n\r\t\u{0}\u{1F}\u{7F}\u{9F}\u{A0}é\u{1F600}"
    let text = #""\"\\/\b\f\n\r\t\u0000\u001F\u007F\u009F\#u{A0}é\#u{1F600}""#
    #expect(quotedString(value) == text)
    guard case .string(let again) = try parseValue(Source(text)) else {
      Issue.record("no string")
      return
    }
    #expect(again.value == value)
  }
}
