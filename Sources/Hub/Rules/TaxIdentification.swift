// A tax number as people write it and its type enter, the number as it is kept leaves. A number
// that does not have the type's form or fails its check digit is refused here.

package struct TaxIdentification: Hashable, Sendable {
  package let type: String
  /// Without separators, letters in capitals, without the check digit where that is kept apart.
  package let number: String
  package let checkDigit: String?

  package init(type: String, number: String, checkDigit: String?) {
    self.type = type
    self.number = number
    self.checkDigit = checkDigit
  }
}

/// A kind of tax identification, as the catalogue tells it.
package struct TaxIdentificationType: Hashable, Sendable {
  package let code: String
  package let label: LocalizedText
  /// Of the number, once separators are gone and letters are capitals.
  package let pattern: ValuePattern
  package let algorithm: CheckAlgorithm?
  /// Whether the check digit is a field of its own; otherwise it ends the number.
  package let hasCheckDigit: Bool
  package let kindsOfPerson: [String]

  package init(
    code: String, label: LocalizedText, pattern: ValuePattern, algorithm: CheckAlgorithm?,
    hasCheckDigit: Bool, kindsOfPerson: [String]
  ) {
    self.code = code
    self.label = label
    self.pattern = pattern
    self.algorithm = algorithm
    self.hasCheckDigit = hasCheckDigit
    self.kindsOfPerson = kindsOfPerson
  }
}

private let numberBounds = TextBounds(charactersMax: 64)

extension TaxIdentificationType {
  /// - Parameter kindOfPerson: where it is known, an RFC must have the length of its kind.
  /// - Throws: the first violation, with the field `number` or `checkDigit`.
  package func check(
    number typed: String, checkDigit typedCheckDigit: String?, kindOfPerson: String?
  ) throws(FieldViolation) -> TaxIdentification {
    let text = try inField("number") { () throws(RuleViolation) in
      try normalizedText(typed, numberBounds)
    }
    let givenDigit = try inField("checkDigit") { () throws(RuleViolation) in
      try typedCheckDigit.flatMap { digit throws(RuleViolation) in
        try normalizedText(digit, numberBounds)
      }
    }
    guard let text else { throw FieldViolation(.required, field: ["number"]) }
    if !hasCheckDigit, givenDigit != nil {
      throw FieldViolation(.fieldNotInCountryVersion, field: ["checkDigit"])
    }
    guard let read = read(text, checkDigit: givenDigit.map(compact)) else {
      throw FieldViolation(
        .invalidFormat(expected: .identification(label: label)), field: ["number"])
    }
    try verify(read, kindOfPerson: kindOfPerson)
    return read
  }

  /// Takes what was typed apart; nil where no reading has the type's form.
  private func read(_ text: String, checkDigit: String?) -> TaxIdentification? {
    if hasCheckDigit {
      for (number, digit) in splits(text) where checkDigit == nil || checkDigit == digit {
        if let number = matching(number) { return identification(number, digit) }
      }
    }
    return matching(text).map { identification($0, checkDigit) }
  }

  /// The readings of a number that was typed together with its check digit: `900.123.456-7`,
  /// `76123456K`, `155612345-2-2016 DV 45`.
  private func splits(_ text: String) -> [(number: String, checkDigit: String)] {
    let capitals = text.uppercased()
    var splits: [(number: String, checkDigit: String)] = []
    if let mark = capitals.lastIndex(of: "V"), capitals[..<mark].last == "D" {
      let digit = compact(String(capitals[capitals.index(after: mark)...]))
      splits.append((String(capitals[..<mark].dropLast()), digit))
    }
    guard algorithm != nil, let last = capitals.last else { return splits }
    let number = capitals.dropLast()
    let isApart = number.last.map { !compact(String($0)).isEmpty } == false
    if isApart || matching(capitals) == nil {
      splits.append((String(number), String(last)))
    }
    return splits
  }

  /// The number in the first form that the type's pattern takes: as typed, in capitals, without
  /// spaces, without separators. Where hyphens are part of the number, as in Panamá, they stay.
  private func matching(_ text: String) -> String? {
    let typed = trimmed(text)
    let capitals = typed.uppercased()
    return [typed, capitals, capitals.filter { !$0.isWhitespace }, compact(typed)]
      .first(where: pattern.matches)
  }

  private func identification(_ number: String, _ checkDigit: String?) -> TaxIdentification {
    TaxIdentification(type: code, number: number, checkDigit: checkDigit)
  }

  private func verify(
    _ read: TaxIdentification, kindOfPerson: String?
  ) throws(FieldViolation) {
    if hasCheckDigit {
      guard let checkDigit = read.checkDigit else {
        throw FieldViolation(.required, field: ["checkDigit"])
      }
      guard (1...2).contains(checkDigit.utf8.count),
        checkDigit.utf8.allSatisfy({ isDigit($0) || isLetter($0) })
      else { throw FieldViolation(.invalidCheckDigit, field: ["checkDigit"]) }
    }
    guard let algorithm else { return }
    let whole = read.number + (read.checkDigit ?? "")
    if algorithm == .rfc {
      try inField("number") { () throws(RuleViolation) in
        try verifyRFC(whole, kindOfPerson: kindOfPerson)
      }
      return
    }
    let field = hasCheckDigit ? ["checkDigit"] : ["number"]
    guard let allowed = algorithm.checkCharacters(of: whole.dropLast()), let last = whole.last
    else {
      throw FieldViolation(
        .invalidFormat(expected: .identification(label: label)), field: ["number"])
    }
    guard read.checkDigit.map({ $0.count == 1 }) ?? true, allowed.contains(last) else {
      throw FieldViolation(.invalidCheckDigit, field: field)
    }
  }

  /// Three letters for a company, four for a person, then the date of its beginning or birth.
  private func verifyRFC(_ number: String, kindOfPerson: String?) throws(RuleViolation) {
    guard isRFCDate(number.suffix(9).prefix(6)) else {
      throw .invalidFormat(expected: .identification(label: label))
    }
    switch kindOfPerson {
    case "LEGAL_ENTITY" where number.count != 12:
      throw .invalidFormat(expected: .rfcOfLegalEntity)
    case "PERSON_ENTITY" where number.count != 13:
      throw .invalidFormat(expected: .rfcOfPersonEntity)
    case _: return
    }
  }
}

/// Runs a rule of one value; what it refuses is told of this field.
private func inField<Value>(
  _ field: String, _ rule: () throws(RuleViolation) -> Value
) throws(FieldViolation) -> Value {
  do {
    return try rule()
  } catch {
    throw FieldViolation(error, field: [field])
  }
}

/// In capitals and without what people put between groups of digits.
private func compact(_ text: String) -> String {
  var compact = String.UnicodeScalarView()
  for scalar in text.uppercased().unicodeScalars {
    switch scalar.properties.generalCategory {
    case .spaceSeparator, .dashPunctuation, .connectorPunctuation, .format: continue
    default: break
    }
    if scalar == "." || scalar == "/" || scalar == "," { continue }
    compact.append(scalar)
  }
  return String(compact)
}
