// A change of a company's data enters, the normalised change leaves, or everything that is wrong
// with it. A field that the country version does not have is refused here, not dropped.

/// What `UpdateCompanyInput` says, field by field.
package struct CompanyChange: Hashable, Sendable {
  package var legalName: Change<String> = .unchanged
  package var tradeName: Change<String> = .unchanged
  package var identification: Change<IdentificationChange> = .unchanged
  package var kindOfPerson: Change<String> = .unchanged
  package var regime: Change<String> = .unchanged
  /// Cleared: every part that the form has is emptied.
  package var address: Change<AddressChange> = .unchanged
  package var phone: Change<String> = .unchanged
  package var email: Change<String> = .unchanged
  package var website: Change<String> = .unchanged
  package var timezone: Change<String> = .unchanged
  package var decimalPrecision: Change<Int> = .unchanged

  package init() {}
}

/// What `IdentificationInput` says: it is replaced as a whole.
package struct IdentificationChange: Hashable, Sendable {
  package var type: String
  package var number: String
  package var checkDigit: String?

  package init(type: String, number: String, checkDigit: String? = nil) {
    self.type = type
    self.number = number
    self.checkDigit = checkDigit
  }
}

/// What `AddressInput` says.
package struct AddressChange: Hashable, Sendable {
  package var description: Change<String> = .unchanged
  package var street: Change<String> = .unchanged
  package var exteriorNumber: Change<String> = .unchanged
  package var interiorNumber: Change<String> = .unchanged
  package var neighborhood: Change<String> = .unchanged
  package var city: Change<String> = .unchanged
  package var municipality: Change<String> = .unchanged
  package var district: Change<String> = .unchanged
  package var region: Change<String> = .unchanged
  package var postalCode: Change<String> = .unchanged

  package init() {}
}

/// What the company is before the change, as far as the rules of one field look at another.
package struct CompanyStanding: Hashable, Sendable {
  package var kindOfPerson: String?
  package var identification: TaxIdentification?

  package init(kindOfPerson: String?, identification: TaxIdentification?) {
    self.kindOfPerson = kindOfPerson
    self.identification = identification
  }
}

/// The change as it is to be written. Only fields that the change names are judged: a company whose
/// data is incomplete can be completed field by field.
package func checkCompany(
  _ change: CompanyChange, of standing: CompanyStanding, in version: CountryVersionRules
) throws(RuleViolations) -> CheckedChange {
  try checkedFields(change, of: standing, in: version).finish()
}

/// What can be taken of a report, and what is wrong with the rest. A report is judged by itself and
/// the country version, whatever the company holds: so no order of reports decides what is taken.
package func checkReport(
  _ report: CompanyChange, in version: CountryVersionRules
) -> (taken: CheckedChange, violations: [FieldViolation]) {
  let standing = CompanyStanding(kindOfPerson: nil, identification: nil)
  return checkedFields(report, of: standing, in: version).finishPartly()
}

private func checkedFields(
  _ change: CompanyChange, of standing: CompanyStanding, in version: CountryVersionRules
) -> ChangeCheck {
  var check = CompanyCheck(version: version)
  check.text("legalName", change.legalName)
  check.text("tradeName", change.tradeName)
  let kindOfPerson = check.code("kindOfPerson", change.kindOfPerson, of: version.kindsOfPerson)
  check.identification(
    change.identification, of: standing, kindOfPerson: kindOfPerson ?? standing.kindOfPerson,
    kindChanges: kindOfPerson != nil && kindOfPerson != standing.kindOfPerson)
  _ = check.code("regime", change.regime, of: version.regimes)
  check.address(change.address)
  check.field("phone", change.phone) { typed throws(RuleViolation) in
    try e164Phone(typed, phoneCode: version.phoneCode)
  }
  check.field("email", change.email) { typed throws(RuleViolation) in
    try emailAddress(typed)?.display
  }
  check.field("website", change.website, normalize: webURL)
  check.field("timezone", change.timezone) { typed throws(RuleViolation) in
    try timezone(typed, known: version.timezones)
  }
  check.decimalPrecision(change.decimalPrecision)
  return check.gathered
}

/// What the columns hold, in characters and in code points, where the form says nothing narrower.
private let charactersMaxByField: [String: Int] = [
  "legalName": 250, "tradeName": 250, "address.description": 250, "address.street": 250,
  "address.exteriorNumber": 50, "address.interiorNumber": 50, "address.neighborhood": 100,
  "address.city": 100, "address.municipality": 100, "address.district": 100,
  "address.region": 100, "address.postalCode": 20,
]

/// A company has these in every country version, form or not: the columns have no NULL.
private let neverEmpty: Set<String> = ["legalName", "timezone", "decimalPrecision"]

private struct CompanyCheck {
  let version: CountryVersionRules
  var gathered = ChangeCheck()

  init(version: CountryVersionRules) { self.version = version }

  /// The form's field of a change that says something; a change of what the form lacks is refused.
  private mutating func formField<Value>(_ name: String, _ change: Change<Value>) -> FormField? {
    if case .unchanged = change { return nil }
    guard let field = version.form[name] else {
      gathered.refuse(name, .fieldNotInCountryVersion)
      return nil
    }
    return field
  }

  private func isRequired(_ name: String, _ field: FormField) -> Bool {
    field.required || neverEmpty.contains(name)
  }

  mutating func field(
    _ name: String, _ change: Change<String>,
    normalize: (String) throws(RuleViolation) -> String?
  ) {
    guard let field = formField(name, change) else { return }
    gathered.text(name, change, required: isRequired(name, field)) { typed throws(RuleViolation) in
      let value = try normalize(typed)
      if let value, let pattern = field.pattern, !pattern.matches(value) {
        throw .invalidFormat(expected: .formField)
      }
      return value
    }
  }

  mutating func text(_ name: String, _ change: Change<String>) {
    let field = version.form[name]
    let columnMax = charactersMaxByField[name] ?? 0
    let bounds = TextBounds(
      charactersMin: field?.charactersMin ?? 1,
      charactersMax: min(field?.charactersMax ?? columnMax, columnMax), scalarsMax: columnMax)
    self.field(name, change) { typed throws(RuleViolation) in try normalizedText(typed, bounds) }
  }

  /// The code that the change sets, where it is one of those offered.
  mutating func code(_ name: String, _ change: Change<String>, of offered: [String]) -> String? {
    field(name, change) { typed throws(RuleViolation) in try offeredCode(typed, of: offered) }
    guard case .set(let typed) = change, offered.contains(trimmed(typed)) else { return nil }
    return trimmed(typed)
  }

  mutating func decimalPrecision(_ change: Change<Int>) {
    guard formField("decimalPrecision", change) != nil else { return }
    let maximum = version.decimalPrecisionMax
    switch change {
    case .unchanged: return
    case .cleared: gathered.refuse("decimalPrecision", .required)
    case .set(let digits):
      guard (0...maximum).contains(digits) else {
        gathered.refuse("decimalPrecision", .outOfRange(minimum: 0, maximum: maximum))
        return
      }
      gathered.set("decimalPrecision", to: .integer(digits))
    }
  }

  mutating func address(_ change: Change<AddressChange>) {
    switch change {
    case .unchanged: return
    case .cleared:
      for part in addressParts where version.form["address." + part.name] != nil {
        text("address." + part.name, .cleared)
      }
    case .set(let address):
      for part in addressParts { text("address." + part.name, address[keyPath: part.change]) }
    }
  }
}

private var addressParts: [(name: String, change: KeyPath<AddressChange, Change<String>>)] {
  [
    ("description", \.description), ("street", \.street), ("exteriorNumber", \.exteriorNumber),
    ("interiorNumber", \.interiorNumber), ("neighborhood", \.neighborhood), ("city", \.city),
    ("municipality", \.municipality), ("district", \.district), ("region", \.region),
    ("postalCode", \.postalCode),
  ]
}

extension CompanyCheck {
  fileprivate mutating func identification(
    _ change: Change<IdentificationChange>, of standing: CompanyStanding, kindOfPerson: String?,
    kindChanges: Bool
  ) {
    switch change {
    case .unchanged:
      // Another kind of person may leave the number that stands without a leg.
      guard kindChanges, let number = standing.identification else { return }
      _ = checked(
        IdentificationChange(
          type: number.type, number: number.number, checkDigit: number.checkDigit),
        kindOfPerson: kindOfPerson)
    case .cleared:
      guard hasIdentification else {
        return gathered.refuse("identification", .fieldNotInCountryVersion)
      }
      guard !identificationPaths.contains(where: { version.form[$0]?.required == true }) else {
        return gathered.refuse("identification", .required)
      }
      for path in identificationPaths { gathered.set(path, to: .empty) }
    case .set(let input):
      guard hasIdentification else {
        return gathered.refuse("identification", .fieldNotInCountryVersion)
      }
      guard let number = checked(input, kindOfPerson: kindOfPerson) else { return }
      gathered.set("identification.type", to: .text(number.type))
      gathered.set("identification.number", to: .text(number.number))
      gathered.set("identification.checkDigit", to: number.checkDigit.map { .text($0) } ?? .empty)
    }
  }

  private var identificationPaths: [String] {
    ["identification.type", "identification.number", "identification.checkDigit"]
  }

  private var hasIdentification: Bool { version.form["identification.number"] != nil }

  private mutating func checked(
    _ input: IdentificationChange, kindOfPerson: String?
  ) -> TaxIdentification? {
    let code = trimmed(input.type)
    guard !code.isEmpty else {
      gathered.refuse("identification.type", .required)
      return nil
    }
    let offered = version.identificationTypes.filter { type in
      kindOfPerson.map(type.kindsOfPerson.contains) ?? true
    }
    guard let type = offered.first(where: { $0.code == code }) else {
      gathered.refuse("identification.type", .notOffered(offered: offered.map(\.code)))
      return nil
    }
    do {
      return try type.check(
        number: input.number, checkDigit: input.checkDigit, kindOfPerson: kindOfPerson)
    } catch {
      gathered.refuse((["identification"] + error.field).joined(separator: "."), error.violation)
      return nil
    }
  }
}
