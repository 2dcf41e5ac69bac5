// Texts as people type and paste them.

import Testing

@testable import Hub

@Suite("A text")
struct TextRulesTests {
  static let bounds = TextBounds(charactersMin: 2, charactersMax: 5)

  @Test(
    "loses what shows nothing at its ends and keeps the rest",
    arguments: [
      ("Ana", "Ana"), ("  Ana\t\r\n", "Ana"), ("\u{200B}\u{FEFF}Ana\u{2060}\u{0}", "Ana"),
      ("\u{A0}A B\u{3000}", "A B"), ("\u{202A}Ana\u{202C}", "Ana"),
      ("Jose\u{301}", "Jos\u{E9}"), ("👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿"), ("ñandú", "ñandú"),
      ("q\u{307}\u{323}y", "q\u{323}\u{307}y"), ("❤️❤️", "❤️❤️"), ("नमस्ते", "नमस्ते"),
      ("می‌خوا", "می‌خوا"),
    ])
  func kept(typed: String, expected: String) throws {
    let text = try normalizedText(typed, Self.bounds)
    #expect(text.map { Array($0.unicodeScalars) } == Array(expected.unicodeScalars))
  }

  @Test(
    "of nothing but invisible characters is none",
    arguments: ["", " ", "\t\n", "\u{0}", "\u{200B}\u{200D}", "\u{3164}", "\u{2800} \u{AD}"])
  func blank(typed: String) throws {
    #expect(try normalizedText(typed, Self.bounds) == nil)
  }

  @Test(
    "is refused with control characters or out of its bounds",
    arguments: [
      ("a\u{0}b", .invalidCharacters), ("a\nb", .invalidCharacters), ("a\tb", .invalidCharacters),
      ("a\u{2028}b", .invalidCharacters), ("a\u{202E}b", .invalidCharacters),
      ("a\u{9F}b", .invalidCharacters), ("a", .tooShort(charactersMin: 2)),
      ("👩‍👩‍👧‍👦", .tooShort(charactersMin: 2)), ("ñandús", .tooLong(charactersMax: 5)),
      ("ab" + String(repeating: "\u{301}", count: 100), .tooLong(charactersMax: 5)),
      (String(repeating: "\u{FB2C}", count: 24), .tooLong(charactersMax: 5)),
      (String(repeating: "a", count: 1_000_000), .tooLong(charactersMax: 5)),
    ] as [(String, RuleViolation)])
  func refused(typed: String, violation: RuleViolation) {
    #expect(throws: violation) { try normalizedText(typed, Self.bounds) }
  }

  @Test("code is one of those offered, to the letter")
  func code() throws {
    #expect(try offeredCode(" pt ", of: ["es", "pt"]) == "pt")
    #expect(try offeredCode(" ", of: ["es"]) == nil)
    for typed in ["PT", "fr", "pt\u{0}x", "pt-BR"] {
      #expect(throws: RuleViolation.notOffered(offered: ["es", "pt"])) {
        try offeredCode(typed, of: ["es", "pt"])
      }
    }
  }
}
