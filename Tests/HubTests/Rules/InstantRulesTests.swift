// What RFC 3339 calls an instant, and what it does not.

import Testing

@testable import Hub

@Suite("An instant")
struct InstantRulesTests {
  static let taken: [(text: String, instant: String)] = [
    ("2026-01-31T12:00:00Z", "2026-01-31T12:00:00.000000Z"),
    ("2026-01-31t12:00:00z", "2026-01-31T12:00:00.000000Z"),
    ("2026-01-31T12:00:00.5Z", "2026-01-31T12:00:00.500000Z"),
    ("2026-01-31T12:00:00.1234567Z", "2026-01-31T12:00:00.123456Z"),
    ("2026-01-31T12:00:00-05:00", "2026-01-31T17:00:00.000000Z"),
    ("2026-01-31T23:59:59.999999-00:01", "2026-02-01T00:00:59.999999Z"),
    ("2026-03-01T00:30:00+01:00", "2026-02-28T23:30:00.000000Z"),
    ("2024-02-29T00:00:00+00:00", "2024-02-29T00:00:00.000000Z"),
    ("2000-02-29T00:00:00Z", "2000-02-29T00:00:00.000000Z"),
    ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59.000000Z"),
    ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000000Z"),
    ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59.000000Z"),
  ]

  @Test("is told in UTC with microseconds", arguments: taken)
  func isTaken(text: String, instant: String) {
    #expect(normalizedInstant(text) == instant)
  }

  @Test(
    "is nothing else",
    arguments: [
      "", "now", "infinity", "-infinity", "today", "epoch", "2026-01-31", "2026-01-31T12:00:00",
      "2026-01-31 12:00:00Z", "2026-01-31T12:00Z", "2026-1-31T12:00:00Z", "26-01-31T12:00:00Z",
      "2026-01-31T12:00:00.Z", "2026-01-31T12:00:00,5Z", "2026-01-31T12:00:00+0500",
      "2026-01-31T12:00:00+05", "2026-01-31T12:00:00+24:00", "2026-01-31T12:00:00+05:60",
      "2026-01-31T24:00:00Z", "2026-01-31T12:60:00Z", "2026-01-31T12:00:60Z",
      "2026-00-31T12:00:00Z", "2026-13-31T12:00:00Z", "2026-01-00T12:00:00Z",
      "2026-02-29T12:00:00Z", "1900-02-29T12:00:00Z", "2026-04-31T12:00:00Z",
      "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01",
      "2026-01-31T12:00:00Z ", " 2026-01-31T12:00:00Z", "２026-01-31T12:00:00Z",
      "2026-01-31T12:00:00Z\u{0}", "+2026-01-31T12:00:00Z", "2026-01-31T12:00:00--5:00",
    ])
  func isRefused(text: String) {
    #expect(normalizedInstant(text) == nil)
  }

  @Test("each day of 800 years is itself in UTC, and the one before an hour east of midnight")
  func everyDay() {
    var before = "1599-12-31"
    for year in 1600..<2400 {
      for month in 1...12 {
        for day in 1...31 {
          let date =
            "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
          guard let instant = normalizedInstant(date + "T00:00:00Z") else { continue }
          #expect(instant == date + "T00:00:00.000000Z")
          #expect(normalizedInstant(date + "T00:30:00+01:00") == before + "T23:30:00.000000Z")
          before = date
        }
      }
    }
    #expect(before == "2399-12-31")
  }
}
