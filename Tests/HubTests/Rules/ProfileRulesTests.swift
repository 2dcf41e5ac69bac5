// A person's profile: what is kept, and that one bad field saves nothing.

import Testing

@testable import Hub

@Suite("A change of a profile")
struct ProfileRulesTests {
  func check(
    country: String = "CO", _ edit: (inout ProfileChange) -> Void
  ) throws(RuleViolations) -> CheckedChange {
    var change = ProfileChange()
    edit(&change)
    return try checkProfile(change, country: country, languages: ["es", "en", "pt"])
  }

  @Test("leaves normalised")
  func normalised() throws {
    let checked = try check { change in
      change.firstName = .set(" Ana María ")
      change.lastName = .cleared
      change.displayName = .set("👩🏽‍💻 Ana")
      change.phone = .set("300 555 0101")
      change.country = .set("mx")
      change.language = .set("pt")
    }
    #expect(
      checked.fields.map { "\($0.name): \($0.value)" } == [
        "firstName: text(\"Ana María\")", "lastName: empty", "displayName: text(\"👩🏽‍💻 Ana\")",
        "phone: text(\"+523005550101\")", "country: text(\"MX\")", "language: text(\"pt\")",
      ])
  }

  @Test("with one bad field names every bad field and saves none")
  func everything() {
    #expect(
      throws: RuleViolations([
        FieldViolation(.required, field: ["firstName"]),
        FieldViolation(.invalidCharacters, field: ["lastName"]),
        FieldViolation(.tooLong(charactersMax: 80), field: ["displayName"]),
        FieldViolation(.invalidFormat(expected: .phone), field: ["phone"]),
        FieldViolation(.invalidFormat(expected: .country), field: ["country"]),
        FieldViolation(.notOffered(offered: ["es", "en", "pt"]), field: ["language"]),
      ])
    ) {
      try check { change in
        change.firstName = .set(" \u{200B}")
        change.lastName = .set("Gómez\r\nBcc: x@y.co")
        change.displayName = .set(String(repeating: "ñ", count: 81))
        change.phone = .set("300-ANA")
        change.country = .set("INTL")
        change.language = .set("fr")
      }
    }
  }

  @Test("can empty only what may be empty")
  func cleared() throws {
    #expect(
      throws: RuleViolations([
        FieldViolation(.required, field: ["firstName"]),
        FieldViolation(.required, field: ["country"]),
        FieldViolation(.required, field: ["language"]),
      ])
    ) {
      try check { change in
        change.firstName = .cleared
        change.phone = .cleared
        change.country = .cleared
        change.language = .set("")
      }
    }
    let checked = try check { change in
      change.displayName = .set("  ")
      change.phone = .cleared
    }
    #expect(checked["displayName"] == .empty)
    #expect(checked["phone"] == .empty)
  }

  @Test("takes 80 characters as people count them")
  func lengths() throws {
    let family = String(repeating: "👩‍👩‍👧‍👦", count: 80)
    #expect(try check { $0.displayName = .set(family) }["displayName"] == .text(family))
    #expect(try check { $0.firstName = .set("A") }["firstName"] == .text("A"))
  }

  @Test("reads a phone by the country before the change where the new one is none")
  func phoneCountry() throws {
    #expect(try check { $0.phone = .set("601 555 0101") }["phone"] == .text("+576015550101"))
    #expect(throws: RuleViolations.self) {
      try check { change in
        change.phone = .set("601 555 0101")
        change.country = .set("XX")
      }
    }
    #expect(throws: RuleViolations.self) {
      try check(country: "BV") { $0.phone = .set("6015550101") }
    }
  }
}
