// Who signs up: what is kept, what is taken from the country version, and that every bad field is
// named at once.

import Credentials
import Testing

@testable import Hub

@Suite("A sign-up")
struct SignUpRulesTests {
  static func version(_ code: String, legalNameMax: Int? = nil) -> CountryVersionRules {
    CountryVersionRules(
      code: code, form: ["legalName": FormField(required: true, charactersMax: legalNameMax)],
      identificationTypes: [], regimes: [], kindsOfPerson: [], decimalPrecisionMax: 2,
      phoneCode: nil, timezones: [])
  }

  static let versions = [
    "CO": version("CO"), "CR": version("CR", legalNameMax: 10), "INTL": version("INTL"),
  ]

  func check(
    _ edit: (inout SignUpConfirmation) -> Void
  ) throws(RuleViolations) -> CheckedSignUp {
    var confirmation = SignUpConfirmation(
      password: "una frase larga", firstName: .set("Nora"), lastName: .unchanged,
      companyName: .set("Nueva"), countryVersion: .set("CO"), country: .unchanged,
      language: .set("es"))
    edit(&confirmation)
    return try checkConfirmation(
      confirmation, email: "nora@nueva.example", versions: Self.versions,
      languages: ["es", "en", "pt"])
  }

  @Test("leaves normalised")
  func normalised() throws {
    let checked = try check { confirmation in
      confirmation.firstName = .set(" Nora\u{200B}")
      confirmation.lastName = .set("Pen\u{303}a ")
      confirmation.companyName = .set(" Nueva S.A.S. ")
      confirmation.country = .set("ve")
    }
    #expect(
      checked.change.fields.map { "\($0.name): \($0.value)" } == [
        "firstName: text(\"Nora\")", "lastName: text(\"Peña\")",
        "companyName: text(\"Nueva S.A.S.\")", "countryVersion: text(\"CO\")",
        "country: text(\"VE\")", "language: text(\"es\")",
      ])
  }

  @Test("is in the country of its version, unless that is none or another is said")
  func country() throws {
    #expect(try check { _ in }.change["country"] == .text("CO"))
    #expect(try check { $0.country = .cleared }.change["country"] == .text("CO"))
    #expect(
      throws: RuleViolations([FieldViolation(.required, field: ["country"])])
    ) { try check { $0.countryVersion = .set("INTL") } }
    let abroad = try check { confirmation in
      confirmation.countryVersion = .set("INTL")
      confirmation.country = .set("FR")
    }
    #expect(abroad.change["country"] == .text("FR"))
  }

  @Test("names every bad field")
  func everything() {
    #expect(
      throws: RuleViolations([
        FieldViolation(.required, field: ["firstName"]),
        FieldViolation(.invalidCharacters, field: ["lastName"]),
        FieldViolation(.required, field: ["companyName"]),
        FieldViolation(.notOffered(offered: ["CO", "CR", "INTL"]), field: ["countryVersion"]),
        FieldViolation(.invalidFormat(expected: .country), field: ["country"]),
        FieldViolation(.notOffered(offered: ["es", "en", "pt"]), field: ["language"]),
        FieldViolation(.passwordIsEmail, field: ["password"]),
      ])
    ) {
      try check { confirmation in
        confirmation.password = "NORA@nueva.example"
        confirmation.firstName = .set(" ")
        confirmation.lastName = .set("a\nb")
        confirmation.companyName = .set(" ")
        confirmation.countryVersion = .set("co")
        confirmation.country = .set("Colombia")
        confirmation.language = .set("fr")
      }
    }
  }

  @Test("has a company whose name its version's form takes")
  func companyName() {
    #expect(
      throws: RuleViolations([
        FieldViolation(.tooLong(charactersMax: 10), field: ["companyName"])
      ])
    ) {
      try check { confirmation in
        confirmation.countryVersion = .set("CR")
        confirmation.companyName = .set("Una empresa")
      }
    }
  }

  @Test("is asked for with an address that can be kept")
  func address() throws {
    let checked = try checkSignUp(
      email: .set(" Ana@Peña.example"), language: .unchanged, languages: ["es"])
    #expect(checked["email"] == .text("Ana@xn--pea-8ma.example"))
    #expect(
      throws: RuleViolations([
        FieldViolation(.required, field: ["email"]),
        FieldViolation(.notOffered(offered: ["es"]), field: ["language"]),
      ])
    ) { try checkSignUp(email: .set(" "), language: .set("xx"), languages: ["es"]) }
  }
}
