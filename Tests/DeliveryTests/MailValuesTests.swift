// Names and devices as anybody may type them, and moments, as mails say them.

import Outbound
import Testing

@testable import Delivery

struct MailValuesTests {
  @Test(
    "a value stays on its line, bounded, and turns no words around it",
    arguments: [
      ("Ana", "Ana"), ("  Ana \t María  ", "Ana María"),
      ("Ana\r\nBcc: x@y.example", "Ana Bcc: x@y.example"),
      ("a\u{2028}b\u{2029}c\u{85}d\u{0}e\u{7f}f", "a b c d e f"),
      ("\u{202E}evil\u{202C} \u{2066}x", "evil x"),
      ("👩‍👩‍👧‍👦 ñ n\u{303}", "👩‍👩‍👧‍👦 ñ n\u{303}"), ("", ""), ("\r\n", ""),
      (String(repeating: "👩‍👩‍👧‍👦", count: 300), String(repeating: "👩‍👩‍👧‍👦", count: 200)),
    ])
  func values(typed: String, line: String) {
    #expect(oneLine(typed) == line)
  }

  @Test(
    "a moment is spoken in the mail's language",
    arguments: [
      ("es", "6 de noviembre de 2026, 04:05 UTC"), ("es-AR", "6 de noviembre de 2026, 04:05 UTC"),
      ("en", "November 6, 2026, 04:05 UTC"), ("pt", "6 de novembro de 2026, 04:05 UTC"),
      ("fr", "6 de noviembre de 2026, 04:05 UTC"),
    ])
  func moments(language: String, spoken: String) {
    let time = UTCTime(secondsSince1970: 1_793_937_905)
    #expect(spokenTime(time, language: language) == spoken)
  }

  @Test("each wait is at most the longest, at least half of its own, and doubles")
  func waits() {
    func wait(_ failures: Int, _ share: Double) -> Double {
      retrySeconds(afterFailures: failures, min: 15, max: 21_600, share: share)
    }
    #expect((1...4).map { wait($0, 0) } == [15, 30, 60, 120])
    #expect((1...4).map { wait($0, 1) } == [7.5, 15, 30, 60])
    #expect([100, 100_000].map { wait($0, 0) } == [21_600, 21_600])
    #expect(wait(0, 0) == 15)
  }
}
