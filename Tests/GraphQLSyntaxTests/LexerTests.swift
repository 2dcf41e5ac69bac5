// Tokens, one by one: their kinds, values and what is no token (section 2.1).

import Testing

@testable import GraphQLSyntax

private func lex(_ text: String) throws -> [(kind: TokenKind, text: String)] {
  try Array(text.utf8).withUnsafeBufferPointer { bytes in
    var lexer = Lexer(bytes: bytes, limits: ParseLimits())
    var tokens: [(kind: TokenKind, text: String)] = []
    while true {
      let token = try lexer.next()
      if token.kind == .endOfFile { return tokens }
      let isString = token.kind == .string || token.kind == .blockString
      let range = bytes[Int(token.start)..<Int(token.end)]
      tokens.append(
        (token.kind, isString ? lexer.value(of: token) : String(decoding: range, as: UTF8.self)))
    }
  }
}

@Suite("Lexer")
struct LexerTests {
  @Test(
    "reads every punctuator",
    arguments: [
      ("!", TokenKind.exclamationMark), ("$", .dollar), ("&", .ampersand),
      ("(", .parenthesisLeft), (")", .parenthesisRight), ("...", .spread), (":", .colon),
      ("=", .equals), ("@", .at), ("[", .bracketLeft), ("]", .bracketRight), ("{", .braceLeft),
      ("|", .pipe), ("}", .braceRight),
    ])
  func punctuators(text: String, kind: TokenKind) throws {
    let tokens = try lex(text)
    #expect(tokens.map(\.kind) == [kind])
    #expect(kind.description == "\"\(text)\"")
  }

  @Test(
    "reads names and numbers as written",
    arguments: [
      ("_", TokenKind.name), ("__typename", .name), ("a1_B", .name), ("0", .int), ("-0", .int),
      ("9007199254740993", .int), ("-1", .int), ("0.0", .float), ("-1.5", .float),
      ("1e50", .float), ("6.0221413e+23", .float), ("1E-7", .float), ("0e0", .float),
    ])
  func namesAndNumbers(text: String, kind: TokenKind) throws {
    let tokens = try lex("  \(text),")
    #expect(tokens.map(\.kind) == [kind])
    #expect(tokens.map(\.text) == [text])
  }

  @Test("ignores white space, line terminators, commas, comments and byte order marks")
  func ignored() throws {
    let tokens = try lex("\u{FEFF} \t,a\r\nb#c \u{1F600} \"\r#d\n,\u{FEFF},e # end")
    #expect(tokens.map(\.text) == ["a", "b", "e"])
  }

  @Test("two tokens need no space where their characters part them")
  func adjacency() throws {
    #expect(try lex("a...b").map(\.text) == ["a", "...", "b"])
    #expect(try lex("{a}").map(\.text) == ["{", "a", "}"])
    #expect(try lex("\"a\"\"b\"").map(\.text) == ["a", "b"])
    #expect(try lex("\"\"\"a\"\"\"\"b\"").map(\.text) == ["a", "b"])
  }

  @Test(
    "resolves the escapes of a quoted string",
    arguments: [
      (#""""#, ""), (#""simple""#, "simple"), (#"" white space ""#, " white space "),
      (#""quote \"""#, "quote \""), (#""\\ \/ \b \f \n \r \t""#, "\\ / \u{8} \u{C} \n \r \t"),
      (#""\u0041\u00e9\uABCD""#, "Aé\u{ABCD}"), (#""\uD83D\uDCA9""#, "\u{1F4A9}"),
      (#""\u{1F4A9}""#, "\u{1F4A9}"), (#""\u{0}""#, "\u{0}"),
      (#""\u{00000000000041}""#, "A"), (#""\u{10FFFF}""#, "\u{10FFFF}"),
      (#""raw \#u{1F600}\#u{E000}""#, "raw \u{1F600}\u{E000}"), ("\"\u{0}\u{7}\"", "\u{0}\u{7}"),
    ])
  func quotedStrings(text: String, value: String) throws {
    let tokens = try lex(text)
    #expect(tokens.map(\.kind) == [.string])
    #expect(Array(tokens[0].text.unicodeScalars) == Array(value.unicodeScalars))
  }

  @Test(
    "takes the indentation and the blank ends off a block string",
    arguments: [
      ("", ""), ("simple", "simple"), (" white space ", " white space "),
      ("contains \" quote", "contains \" quote"),
      (#"contains \""" quotes"#, #"contains """ quotes"#),
      (#"raw \n \u0041 \\ "#, #"raw \n \u0041 \\ "#), ("a\r\nb\rc\nd", "a\nb\nc\nd"),
      ("\n\n  spans\n    multiple\n      lines\n\n ", "spans\n  multiple\n    lines"),
      (
        "\n    Hello,\n      World!\n\n    Yours,\n      GraphQL.\n  ",
        "Hello,\n  World!\n\nYours,\n  GraphQL."
      ),
      ("  first\n    second\n", "  first\nsecond"), ("\n\ta\n\t\tb", "a\n\tb"),
      ("\n  \n  ", ""), ("\n  a\n \n  b", "a\n\nb"), ("\n  é\n  \u{1F600}", "é\n\u{1F600}"),
    ])
  func blockStrings(text: String, value: String) throws {
    let tokens = try lex("\"\"\"\(text)\"\"\"")
    #expect(tokens.map(\.kind) == [.blockString])
    #expect(tokens.map(\.text) == [value])
  }
}
