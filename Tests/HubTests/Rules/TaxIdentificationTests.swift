// Tax numbers of each country: known ones, misspelt ones, and the promise that a slip of one digit
// is caught.

import Testing

@testable import Hub

/// The types as the catalogue has them.
enum SampleTypes {
  static func type(
    _ code: String, _ pattern: String, _ algorithm: CheckAlgorithm? = nil, apart: Bool = false,
    kinds: [String] = ["LEGAL_ENTITY", "PERSON_ENTITY"]
  ) throws -> TaxIdentificationType {
    TaxIdentificationType(
      code: code, label: LocalizedText(es: code, en: code, pt: code),
      pattern: try ValuePattern(pattern), algorithm: algorithm, hasCheckDigit: apart,
      kindsOfPerson: kinds)
  }

  static func named(_ code: String) throws -> TaxIdentificationType {
    switch code {
    case "NIT": try type(code, "^[0-9]{5,15}$", .nit, apart: true)
    case "CC": try type(code, "^[0-9]{3,10}$", kinds: ["PERSON_ENTITY"])
    case "FOREIGN_NIT": try type(code, "^[0-9A-Z-]{3,32}$")
    case "RFC": try type(code, "^[A-ZÑ&]{3,4}[0-9]{6}[A-Z0-9]{3}$", .rfc)
    case "RNC": try type(code, "^([0-9]{9}|[0-9]{11})$", .rnc)
    case "RUC_PE": try type(code, "^(10|15|16|17|20)[0-9]{9}$", .rucOfPeru)
    case "RUC_PA": try type(code, "^[0-9A-Z]([0-9A-Z-]{1,20})[0-9A-Z]$", apart: true)
    case "CUIT": try type(code, "^(20|23|24|25|26|27|30|33|34)[0-9]{9}$", .cuit)
    case "RUT": try type(code, "^[1-9][0-9]{5,7}$", .rut, apart: true)
    case "CIF": try type(code, "^[ABCDEFGHJNPQRSUVW][0-9]{7}[0-9A-J]$", .cif)
    case "NIF": try type(code, "^([0-9]{8}|[KLMXYZ][0-9]{7})[A-Z]$", .nif)
    case "EIN": try type(code, "^[0-9]{9}$")
    default: try type(code, "^.{1,32}$")
    }
  }
}

@Suite("A tax identification")
struct TaxIdentificationTests {
  @Test(
    "is kept without separators, its check digit apart where the type has one",
    arguments: [
      ("NIT", "800.197.268", "4", "800197268", "4"), ("NIT", "800197268-4", nil, "800197268", "4"),
      ("NIT", "860.002.964 – 4", nil, "860002964", "4"),
      ("NIT", " 890903938 ", " 8 ", "890903938", "8"),
      ("NIT", "899999068-1", "1", "899999068", "1"), ("CC", "1.020.304", nil, "1020304", nil),
      ("FOREIGN_NIT", "ab-12 34", nil, "AB-1234", nil),
      ("TAX_ID", " de 12.34/x ", nil, "de 12.34/x", nil),
      ("RFC", "eku9003173c9", nil, "EKU9003173C9", nil),
      ("RFC", "XAXX-010101-000", nil, "XAXX010101000", nil),
      ("RFC", "ñ&a000229AB1", nil, "Ñ&A000229AB1", nil),
      ("RNC", "1-01-00157-7", nil, "101001577", nil),
      ("RNC", "001-1391820-5", nil, "00113918205", nil),
      ("RUC_PE", "20100070970", nil, "20100070970", nil),
      ("RUC_PE", "20131312955", nil, "20131312955", nil),
      ("RUC_PA", "155612345-2-2016", "45", "155612345-2-2016", "45"),
      ("RUC_PA", "155612345-2-2016 DV 45", nil, "155612345-2-2016", "45"),
      ("RUC_PA", "8 - 123 - 456", "07", "8-123-456", "07"),
      ("RUC_PA", "8-nt-2-12345", "7", "8-NT-2-12345", "7"),
      ("CUIT", "30-50001091-2", nil, "30500010912", nil),
      ("CUIT", "33 69345023 9", nil, "33693450239", nil),
      ("RUT", "97.004.000-5", nil, "97004000", "5"), ("RUT", "61704000", "k", "61704000", "K"),
      ("RUT", "61704000K", nil, "61704000", "K"), ("RUT", "12.531.909-2", "2", "12531909", "2"),
      ("NIF", "12345678-z", nil, "12345678Z", nil), ("NIF", "X-2482300-W", nil, "X2482300W", nil),
      ("NIF", "M1234567L", nil, "M1234567L", nil),
      ("CIF", "A28015865", nil, "A28015865", nil), ("CIF", "J99216582", nil, "J99216582", nil),
      ("CIF", "P-2807900-B", nil, "P2807900B", nil), ("CIF", "Q2826000H", nil, "Q2826000H", nil),
      ("EIN", "12-3456789", nil, "123456789", nil),
    ])
  func accepted(
    type: String, number: String, checkDigit: String?, kept: String, keptDigit: String?
  ) throws {
    let expected = TaxIdentification(type: type, number: kept, checkDigit: keptDigit)
    let read = try SampleTypes.named(type).check(
      number: number, checkDigit: checkDigit, kindOfPerson: nil)
    #expect(read == expected)
    let again = try SampleTypes.named(type).check(
      number: read.number, checkDigit: read.checkDigit, kindOfPerson: nil)
    #expect(again == expected)
  }

  @Test(
    "with a wrong check digit is refused, beside the field it was typed in",
    arguments: [
      ("NIT", "800197268", "5", "checkDigit"), ("NIT", "800197268-5", nil, "checkDigit"),
      ("NIT", "800197268-4", "5", "checkDigit"), ("NIT", "800197268", "44", "checkDigit"),
      ("NIT", "800197268", "ñ", "checkDigit"), ("RUC_PA", "155612345-2-2016", "456", "checkDigit"),
      ("RNC", "101001578", nil, "number"), ("RNC", "00113918204", nil, "number"),
      ("RUC_PE", "20100070971", nil, "number"), ("CUIT", "30500010913", nil, "number"),
      ("RUT", "97004000", "K", "checkDigit"), ("NIF", "12345678A", nil, "number"),
      ("NIF", "X2482300A", nil, "number"), ("CIF", "A28015866", nil, "number"),
      ("CIF", "A2801586E", nil, "number"), ("CIF", "Q28260008", nil, "number"),
    ])
  func wrongDigit(type: String, number: String, checkDigit: String?, field: String) throws {
    let type = try SampleTypes.named(type)
    #expect(throws: FieldViolation(.invalidCheckDigit, field: [field])) {
      try type.check(number: number, checkDigit: checkDigit, kindOfPerson: nil)
    }
  }

  @Test(
    "of another form is refused",
    arguments: [
      ("NIT", "80019726A", "4"), ("NIT", "1234", "1"), ("CC", "12", nil), ("CC", "１２３４５", nil),
      ("RFC", "EKU9013323C9", nil), ("RFC", "EKU900230AB1", nil), ("RFC", "EKU901301AB1", nil),
      ("RFC", "EK900317AB1", nil), ("RNC", "1010015777", nil), ("RUC_PE", "30100070970", nil),
      ("CUIT", "21500010912", nil), ("RUT", "976", "5"), ("NIF", "I1234567L", nil),
      ("CIF", "I28015865", nil), ("EIN", "12345678", nil), ("EIN", "12345678X", nil),
      ("TAX_ID", String(repeating: "x", count: 33), nil),
    ])
  func wrongForm(type: String, number: String, checkDigit: String?) throws {
    let type = try SampleTypes.named(type)
    #expect(
      throws: FieldViolation(
        .invalidFormat(expected: .identification(label: type.label)), field: ["number"])
    ) {
      try type.check(number: number, checkDigit: checkDigit, kindOfPerson: nil)
    }
  }

  @Test(
    "lacks nothing and has nothing too much",
    arguments: [
      ("NIT", " ", "4", FieldViolation(.required, field: ["number"])),
      ("NIT", "800197268", nil, FieldViolation(.required, field: ["checkDigit"])),
      ("NIT", "8001972684", " ", FieldViolation(.required, field: ["checkDigit"])),
      (
        "CUIT", "30500010912", "2", FieldViolation(.fieldNotInCountryVersion, field: ["checkDigit"])
      ),
      ("CC", "123\n456", nil, FieldViolation(.invalidCharacters, field: ["number"])),
      (
        "CC", String(repeating: "1", count: 65), nil,
        FieldViolation(.tooLong(charactersMax: 64), field: ["number"])
      ),
    ] as [(String, String, String?, FieldViolation)])
  func parts(type: String, number: String, checkDigit: String?, violation: FieldViolation) throws {
    let type = try SampleTypes.named(type)
    #expect(throws: violation) {
      try type.check(number: number, checkDigit: checkDigit, kindOfPerson: nil)
    }
  }

  @Test("in México has twelve characters for a company, thirteen for a person")
  func rfcOfKind() throws {
    let rfc = try SampleTypes.named("RFC")
    for (number, kind, violation) in [
      ("EKU9003173C9", "LEGAL_ENTITY", nil), ("MISC491214B86", "PERSON_ENTITY", nil),
      ("EKU9003173C9", "PERSON_ENTITY", ExpectedFormat.rfcOfPersonEntity),
      ("MISC491214B86", "LEGAL_ENTITY", .rfcOfLegalEntity),
    ] {
      let check = { try rfc.check(number: number, checkDigit: nil, kindOfPerson: kind) }
      if let violation {
        #expect(throws: FieldViolation(.invalidFormat(expected: violation), field: ["number"])) {
          try check()
        }
      } else {
        #expect(try check().number == number)
      }
    }
  }

  /// Two remainders share a digit in these rules, so a slip between them cannot be seen.
  static let sharedRemainders: [CheckAlgorithm: Set<Character>] = [
    .nit: ["1"], .rucOfPeru: ["1"], .rnc: ["1", "2"],
  ]

  @Test(
    "betrays any single wrong digit, but where the rule itself gives two remainders one digit",
    arguments: [
      (.nit, "800197268"), (.nit, "86000296"), (.nit, "123456789012345"), (.cuit, "3050001091"),
      (.cuit, "2012345678"), (.rut, "97004000"), (.rut, "7654321"), (.rucOfPeru, "2010007097"),
      (.rnc, "10100157"), (.rnc, "0011391820"), (.nif, "12345678"), (.cif, "A2801586"),
    ] as [(CheckAlgorithm, String)])
  func singleSlip(algorithm: CheckAlgorithm, body: String) throws {
    let right = try #require(algorithm.checkCharacters(of: body[...]))
    let check = try #require(right.first)
    let characters = Array(body)
    for place in characters.indices where characters[place].isNumber {
      for digit in "0123456789" where digit != characters[place] {
        var slipped = characters
        slipped[place] = digit
        let wrong = algorithm.checkCharacters(of: String(slipped)[...]) ?? []
        let isBlind = Self.sharedRemainders[algorithm]?.contains(check) == true
        #expect(isBlind || !wrong.contains(check), "\(body) as \(String(slipped))")
      }
    }
  }

  @Test("has one check digit, or none at all, for every number of a CUIT, RUT, NIT and RUC")
  func total() {
    for number in stride(from: 1_000_000_000, to: 9_999_999_999, by: 104_729_011) {
      let body = "\(number)"[...]
      #expect(CheckAlgorithm.nit.checkCharacters(of: body)?.count == 1)
      #expect(CheckAlgorithm.rucOfPeru.checkCharacters(of: body)?.count == 1)
      #expect((CheckAlgorithm.cuit.checkCharacters(of: body)?.count ?? 9) <= 1)
      #expect(CheckAlgorithm.rut.checkCharacters(of: body.prefix(8))?.count == 1)
    }
  }

  @Test("has a rule by each name of the catalogue")
  func names() {
    #expect(
      Set(CheckAlgorithm.byName.keys)
        == ["nit", "rfc", "rnc", "ruc_pe", "cuit", "rut", "nif", "cif"])
    #expect(throws: (any Error).self) { try ValuePattern("^[0-9$") }
  }

  @Test(
    "has a rule that is data where it has no name",
    arguments: [
      (.nit, "weights:71,67,59,53,47,43,41,37,29,23,19,17,13,7,3:01987654321"),
      (.cuit, "weights:5,4,3,2,7,6,5,4,3,2:0-987654321"),
      (.rucOfPeru, "weights:5,4,3,2,7,6,5,4,3,2:10987654321"),
    ] as [(CheckAlgorithm, String)])
  func rulesAsData(named: CheckAlgorithm, rule: String) throws {
    let data = try #require(CheckAlgorithm(rule))
    for number in stride(from: 1_000_000_000, to: 9_999_999_999, by: 104_729_011) {
      let body = "\(number)"[...]
      #expect(data.checkCharacters(of: body) == named.checkCharacters(of: body), "\(body)")
    }
    let rut = try #require(CheckAlgorithm("weights:4,3,2,7,6,5,4,3,2:0K987654321"))
    for body in ["97004000", "7654321", "1", "123456789", "10000013"] {
      let named = CheckAlgorithm.rut.checkCharacters(of: body[...])
      #expect(rut.checkCharacters(of: body[...]) == named)
    }
    for body in ["", "1234567890", "12A", "12-3"] {
      #expect(rut.checkCharacters(of: body[...]) == nil)
    }
  }

  @Test(
    "has no rule of another form",
    arguments: [
      "weights", "weights::01", "weights:1:0", "weights:1,:01", "weights:1,-2:01", "weights:100:01",
      "weights:+1:01", "weights:1:0\u{f1}", "weights:1:0a", "weights:1:01:", "sum:1:01", "NIT",
    ])
  func noRule(text: String) {
    #expect(CheckAlgorithm(text) == nil)
  }
}
