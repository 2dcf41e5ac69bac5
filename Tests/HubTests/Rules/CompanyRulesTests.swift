// A company's data under the rules of three country versions.

import Testing

@testable import Hub

enum SampleVersions {
  static let timezones: Set = ["America/Bogota", "America/Mexico_City", "UTC"]
  static let both = ["LEGAL_ENTITY", "PERSON_ENTITY"]

  static func colombia() throws -> CountryVersionRules {
    CountryVersionRules(
      code: "CO",
      form: [
        "legalName": FormField(required: true), "tradeName": FormField(required: false),
        "kindOfPerson": FormField(required: true),
        "identification.type": FormField(required: true),
        "identification.number": FormField(required: true),
        "identification.checkDigit": FormField(required: false),
        "regime": FormField(required: false), "address.region": FormField(required: true),
        "address.city": FormField(required: true),
        "address.description": FormField(required: false), "phone": FormField(required: false),
        "email": FormField(required: false), "website": FormField(required: false),
        "timezone": FormField(required: true), "decimalPrecision": FormField(required: true),
      ],
      identificationTypes: [try SampleTypes.named("NIT"), try SampleTypes.named("CC")],
      regimes: ["SIMPLIFIED_REGIME", "COMMON_REGIME"], kindsOfPerson: both,
      decimalPrecisionMax: 6, phoneCode: "57", timezones: timezones)
  }

  static func mexico() throws -> CountryVersionRules {
    CountryVersionRules(
      code: "MX",
      form: [
        "kindOfPerson": FormField(required: true),
        "identification.type": FormField(required: true),
        "identification.number": FormField(required: true),
        "address.postalCode": FormField(required: true, pattern: try ValuePattern("^[0-9]{5}$")),
        "decimalPrecision": FormField(required: true),
      ],
      identificationTypes: [try SampleTypes.named("RFC")], regimes: [], kindsOfPerson: both,
      decimalPrecisionMax: 2, phoneCode: "52", timezones: timezones)
  }

  static func costaRica() throws -> CountryVersionRules {
    CountryVersionRules(
      code: "CR",
      form: [
        "address.neighborhood": FormField(required: false, charactersMin: 5, charactersMax: 50),
        "address.district": FormField(required: true),
      ],
      identificationTypes: [], regimes: [], kindsOfPerson: both, decimalPrecisionMax: 6,
      phoneCode: "506", timezones: timezones)
  }
}

@Suite("A change of a company")
struct CompanyRulesTests {
  static let nobody = CompanyStanding(kindOfPerson: nil, identification: nil)

  func check(
    in version: CountryVersionRules, of standing: CompanyStanding = nobody,
    _ edit: (inout CompanyChange) -> Void
  ) throws(RuleViolations) -> CheckedChange {
    var change = CompanyChange()
    edit(&change)
    return try checkCompany(change, of: standing, in: version)
  }

  func violations(
    in version: CountryVersionRules, of standing: CompanyStanding = nobody,
    _ edit: (inout CompanyChange) -> Void
  ) -> [FieldViolation] {
    do {
      _ = try check(in: version, of: standing, edit)
      return []
    } catch {
      return error.items
    }
  }

  @Test("leaves normalised, one entry a column, in the order of the input")
  func normalised() throws {
    let checked = try check(in: SampleVersions.colombia()) { change in
      change.legalName = .set("  Ejemplar S. A. S. ")
      change.tradeName = .set("\u{200B}")
      change.kindOfPerson = .set("LEGAL_ENTITY")
      change.identification = .set(IdentificationChange(type: "NIT", number: "800.197.268-4"))
      change.regime = .cleared
      var address = AddressChange()
      address.city = .set("Bogota\u{301}")
      address.description = .cleared
      change.address = .set(address)
      change.phone = .set("601 555 0101")
      change.email = .set(" Hola@Ejemplar.Example")
      change.website = .set("HTTPS://Ejemplar.Example/Hola")
      change.timezone = .set("America/Bogota")
      change.decimalPrecision = .set(0)
    }
    #expect(
      checked.fields.map { "\($0.name): \($0.value)" } == [
        "legalName: text(\"Ejemplar S. A. S.\")", "tradeName: empty",
        "kindOfPerson: text(\"LEGAL_ENTITY\")", "identification.type: text(\"NIT\")",
        "identification.number: text(\"800197268\")", "identification.checkDigit: text(\"4\")",
        "regime: empty", "address.description: empty", "address.city: text(\"Bogotá\")",
        "phone: text(\"+576015550101\")", "email: text(\"Hola@Ejemplar.Example\")",
        "website: text(\"https://ejemplar.example/Hola\")", "timezone: text(\"America/Bogota\")",
        "decimalPrecision: integer(0)",
      ])
    #expect(checked["address.city"] == .text("Bogotá"))
    #expect(checked["address.region"] == nil)
    #expect(checked.fields.first { $0.name == "address.city" }?.path == ["address", "city"])
  }

  @Test("that says nothing changes nothing, though the company lacks required fields")
  func empty() throws {
    #expect(try check(in: SampleVersions.colombia(), { _ in }).fields.isEmpty)
    let checked = try check(in: SampleVersions.colombia()) { $0.address = .set(AddressChange()) }
    #expect(checked.fields.isEmpty)
  }

  @Test("names everything that is wrong, and saves nothing")
  func everything() throws {
    let found = violations(in: try SampleVersions.colombia()) { change in
      change.legalName = .set(" ")
      change.tradeName = .set("Ejemplar")
      change.kindOfPerson = .set("ROBOT")
      change.identification = .set(
        IdentificationChange(type: "NIT", number: "800197268", checkDigit: "5"))
      change.regime = .set("common_regime")
      var address = AddressChange()
      address.street = .set("Calle 1")
      address.neighborhood = .cleared
      address.city = .cleared
      address.region = .set(String(repeating: "x", count: 101))
      change.address = .set(address)
      change.phone = .set("hola")
      change.email = .set("hola@")
      change.website = .set("ejemplar.example")
      change.timezone = .cleared
      change.decimalPrecision = .set(7)
    }
    #expect(
      found == [
        FieldViolation(.required, field: ["legalName"]),
        FieldViolation(.notOffered(offered: SampleVersions.both), field: ["kindOfPerson"]),
        FieldViolation(.invalidCheckDigit, field: ["identification", "checkDigit"]),
        FieldViolation(
          .notOffered(offered: ["SIMPLIFIED_REGIME", "COMMON_REGIME"]), field: ["regime"]),
        FieldViolation(.fieldNotInCountryVersion, field: ["address", "street"]),
        FieldViolation(.fieldNotInCountryVersion, field: ["address", "neighborhood"]),
        FieldViolation(.required, field: ["address", "city"]),
        FieldViolation(.tooLong(charactersMax: 100), field: ["address", "region"]),
        FieldViolation(.invalidFormat(expected: .phone), field: ["phone"]),
        FieldViolation(.invalidFormat(expected: .email), field: ["email"]),
        FieldViolation(.invalidFormat(expected: .url), field: ["website"]),
        FieldViolation(.required, field: ["timezone"]),
        FieldViolation(.outOfRange(minimum: 0, maximum: 6), field: ["decimalPrecision"]),
      ])
  }

  @Test("cannot name a field that the country version does not have")
  func fieldsOfOthers() throws {
    let found = violations(in: try SampleVersions.costaRica()) { change in
      change.legalName = .set("Ejemplar")
      change.identification = .set(IdentificationChange(type: "NIT", number: "1"))
      change.decimalPrecision = .set(2)
      change.timezone = .cleared
    }
    #expect(
      found.map(\.field) == [["legalName"], ["identification"], ["timezone"], ["decimalPrecision"]])
    #expect(found.allSatisfy { $0.violation == .fieldNotInCountryVersion })
  }

  @Test(
    "in Costa Rica has a barrio of 5 to 50 characters, or none",
    arguments: [
      ("Este", .tooShort(charactersMin: 5)), ("Oeste", nil), ("", nil),
      (String(repeating: "ñ", count: 50), nil),
      (String(repeating: "ñ", count: 51), .tooLong(charactersMax: 50)),
    ] as [(String, RuleViolation?)])
  func barrio(typed: String, violation: RuleViolation?) throws {
    let found = violations(in: try SampleVersions.costaRica()) { change in
      var address = AddressChange()
      address.neighborhood = .set(typed)
      change.address = .set(address)
    }
    #expect(
      found == (violation.map { [FieldViolation($0, field: ["address", "neighborhood"])] } ?? []))
  }

  @Test("empties an address part by part, as far as none is required")
  func clearedAddress() throws {
    let found = violations(in: try SampleVersions.costaRica()) { $0.address = .cleared }
    #expect(found == [FieldViolation(.required, field: ["address", "district"])])

    let form = ["address.city", "address.region"].map { ($0, FormField(required: false)) }
    let relaxed = CountryVersionRules(
      code: "INTL", form: Dictionary(uniqueKeysWithValues: form), identificationTypes: [],
      regimes: [], kindsOfPerson: [], decimalPrecisionMax: 6, phoneCode: nil, timezones: [])
    let checked = try check(in: relaxed) { $0.address = .cleared }
    #expect(checked.fields.map(\.name) == ["address.city", "address.region"])
    #expect(checked.fields.allSatisfy { $0.value == .empty })
  }

  @Test(
    "in México has at most two decimals and a postal code of five digits",
    arguments: [(2, "06000", true), (3, "06000", false), (-1, "06000", false), (2, "6000", false)])
  func mexico(decimals: Int, postalCode: String, isRight: Bool) throws {
    let found = violations(in: try SampleVersions.mexico()) { change in
      change.decimalPrecision = .set(decimals)
      var address = AddressChange()
      address.postalCode = .set(postalCode)
      change.address = .set(address)
    }
    #expect(found.isEmpty == isRight)
  }

  @Test("cannot empty a required identification, and can where the form leaves it open")
  func clearedIdentification() throws {
    #expect(
      violations(in: try SampleVersions.colombia()) { $0.identification = .cleared }
        == [FieldViolation(.required, field: ["identification"])])
    let relaxed = CountryVersionRules(
      code: "INTL", form: ["identification.number": FormField(required: false)],
      identificationTypes: [], regimes: [], kindsOfPerson: [], decimalPrecisionMax: 6,
      phoneCode: nil, timezones: [])
    let checked = try check(in: relaxed) { $0.identification = .cleared }
    #expect(checked.fields.map(\.value) == [.empty, .empty, .empty])
  }

  @Test("has an identification of a type that is offered for its kind of person")
  func typeOfKind() throws {
    let company = CompanyStanding(kindOfPerson: "LEGAL_ENTITY", identification: nil)
    let cedula = IdentificationChange(type: "CC", number: "1020304")
    #expect(
      violations(in: try SampleVersions.colombia(), of: company) {
        $0.identification = .set(cedula)
      }
        == [
          FieldViolation(.notOffered(offered: ["NIT"]), field: ["identification", "type"])
        ])
    let person = try check(in: SampleVersions.colombia(), of: company) { change in
      change.kindOfPerson = .set("PERSON_ENTITY")
      change.identification = .set(cedula)
    }
    #expect(person["identification.number"] == .text("1020304"))
    #expect(
      violations(in: try SampleVersions.colombia()) { change in
        change.identification = .set(IdentificationChange(type: " ", number: ""))
      } == [FieldViolation(.required, field: ["identification", "type"])])
  }

  @Test("of the kind of person is judged with the number that stands")
  func kindAgainstStanding() throws {
    let standing = CompanyStanding(
      kindOfPerson: "LEGAL_ENTITY",
      identification: TaxIdentification(type: "RFC", number: "EKU9003173C9", checkDigit: nil))
    #expect(
      violations(in: try SampleVersions.mexico(), of: standing) { change in
        change.kindOfPerson = .set("PERSON_ENTITY")
      } == [
        FieldViolation(
          .invalidFormat(expected: .rfcOfPersonEntity), field: ["identification", "number"])
      ])
    let both = try check(in: SampleVersions.mexico(), of: standing) { change in
      change.kindOfPerson = .set("PERSON_ENTITY")
      change.identification = .set(IdentificationChange(type: "RFC", number: "MISC491214B86"))
    }
    #expect(both.fields.count == 4)
    let same = try check(in: SampleVersions.mexico(), of: standing) { change in
      change.kindOfPerson = .set("LEGAL_ENTITY")
    }
    #expect(same.fields.count == 1)
  }

  @Test("that a solution reports is taken field by field, whatever the company holds")
  func report() throws {
    var report = CompanyChange()
    report.legalName = .set(" Otra  S.A. ")
    report.kindOfPerson = .set("ROBOT")
    // A kind that is none says nothing of whose number it is.
    report.identification = .set(IdentificationChange(type: "CC", number: "1020304"))
    report.phone = .set("call me")
    report.decimalPrecision = .set(2)
    let (taken, violations) = checkReport(report, in: try SampleVersions.colombia())
    #expect(
      taken.fields.map(\.name) == [
        "legalName", "identification.type", "identification.number", "identification.checkDigit",
        "decimalPrecision",
      ])
    #expect(violations.map(\.field) == [["kindOfPerson"], ["phone"]])
  }

  @Test("that a solution reports says nothing where it is blank")
  func blanks() throws {
    var report = CompanyChange()
    report.legalName = .set(" \u{00A0}")
    report.tradeName = .cleared
    report.identification = .set(IdentificationChange(type: "NIT", number: " "))
    report.address = .cleared
    report.website = .set("")
    report.decimalPrecision = .cleared
    #expect(report.withoutBlanks == CompanyChange())
    var address = AddressChange()
    address.city = .cleared
    address.region = .set("Valle")
    report.address = .set(address)
    address.city = .unchanged
    #expect(report.withoutBlanks.address == .set(address))
  }
}
