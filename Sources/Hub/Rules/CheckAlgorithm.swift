// A tax number enters, what its check digit must be leaves. Each rule is named as the catalogue
// names it.
// By the rules of the DIAN (NIT), AFIP (CUIT), SUNAT (RUC), SII (RUT), DGII (RNC, cédula), the
// Agencia Tributaria (NIF, CIF) and the SAT (RFC).

package enum CheckAlgorithm: Hashable, Sendable {
  case nit, cuit, rut, rnc, nif, cif, rfc, rucOfPeru
  /// A rule that is data of the catalogue, for a country whose rule has no name here.
  case weighted(WeightedCheck)

  /// Those that the catalogue names.
  package static let byName: [String: CheckAlgorithm] = [
    "nit": .nit, "cuit": .cuit, "rut": .rut, "rnc": .rnc, "nif": .nif, "cif": .cif, "rfc": .rfc,
    "ruc_pe": .rucOfPeru,
  ]

  /// - Parameter text: as `tax_id_type.check_algorithm` has it: a name, or `weights:..`.
  package init?(_ text: String) {
    if let named = Self.byName[text] {
      self = named
    } else if let check = WeightedCheck(text) {
      self = .weighted(check)
    } else {
      return nil
    }
  }
}

/// A check digit that the weighted sum of the digits before it tells, such as
/// `weights:4,3,2,9,8,7,6,5,4,3,2:0-987654321`: the weights from the left, of a shorter number from
/// the right, and a character for each remainder, a hyphen where it is never given out.
package struct WeightedCheck: Hashable, Sendable {
  private let weights: [Int]
  private let characters: [Character]

  init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "weights" else { return nil }
    let weights = parts[1].split(separator: ",", omittingEmptySubsequences: false)
    let capitals = UInt8(ascii: "A")...UInt8(ascii: "Z")
    guard (1...20).contains(weights.count), (2...36).contains(parts[2].utf8.count),
      weights.allSatisfy({ (1...2).contains($0.utf8.count) && $0.utf8.allSatisfy(isDigit) }),
      parts[2].utf8.allSatisfy({ isDigit($0) || capitals ~= $0 || $0 == UInt8(ascii: "-") })
    else { return nil }
    self.weights = weights.compactMap { Int($0) }
    characters = Array(parts[2])
  }

  fileprivate func characters(behind body: Substring) -> [Character]? {
    guard let digits = digits(of: body, 1...weights.count) else { return nil }
    let found = characters[weighted(digits.reversed(), weights.reversed()) % characters.count]
    return found == "-" ? [] : [found]
  }
}

extension CheckAlgorithm {
  /// The characters that may stand behind `body`; empty where none fits. Nil where the body does
  /// not have the form that the rule speaks of, or the rule knows no check digit.
  package func checkCharacters(of body: Substring) -> [Character]? {
    switch self {
    case .nit: digits(of: body, 1...15).map(nitCheck)
    case .cuit: digits(of: body, 10...10).map(cuitCheck)
    case .rucOfPeru: digits(of: body, 10...10).map(rucOfPeruCheck)
    case .rut: digits(of: body, 1...9).map(rutCheck)
    case .rnc: digits(of: body, 8...8).map(rncCheck) ?? digits(of: body, 10...10).map(luhnCheck)
    case .nif: nifCheck(body)
    case .cif: cifCheck(body)
    // The homoclave's last character is one, but the authority has given out many that break it.
    case .rfc: nil
    case .weighted(let check): check.characters(behind: body)
    }
  }
}

private func digits(of body: Substring, _ lengths: ClosedRange<Int>) -> [Int]? {
  guard lengths.contains(body.utf8.count), body.utf8.allSatisfy(isDigit) else { return nil }
  return body.utf8.map { Int($0 - UInt8(ascii: "0")) }
}

private func weighted(_ digits: some Sequence<Int>, _ weights: some Sequence<Int>) -> Int {
  zip(digits, weights).reduce(0) { $0 + $1.0 * $1.1 }
}

private func character(_ digit: Int) -> Character { Character("\(digit)") }

private func nitCheck(_ digits: [Int]) -> [Character] {
  let weights = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71]
  let rest = weighted(digits.reversed(), weights) % 11
  return [character(rest < 2 ? rest : 11 - rest)]
}

private let weightsOfTen = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]

private func cuitCheck(_ digits: [Int]) -> [Character] {
  switch 11 - weighted(digits, weightsOfTen) % 11 {
  case 11: ["0"]
  case 10: []  // Never given out: such a person gets another prefix (23, 24, 33, 34).
  case let digit: [character(digit)]
  }
}

private func rucOfPeruCheck(_ digits: [Int]) -> [Character] {
  [character((11 - weighted(digits, weightsOfTen) % 11) % 10)]  // 10 is 0, 11 is 1
}

private func rutCheck(_ digits: [Int]) -> [Character] {
  switch 11 - weighted(digits.reversed(), [2, 3, 4, 5, 6, 7, 2, 3, 4]) % 11 {
  case 11: ["0"]
  case 10: ["K"]
  case let digit: [character(digit)]
  }
}

private func rncCheck(_ digits: [Int]) -> [Character] {
  switch weighted(digits, [7, 9, 8, 6, 5, 4, 3, 2]) % 11 {
  case 0: ["2"]
  case 1: ["1"]
  case let rest: [character(11 - rest)]
  }
}

/// The cédula of a person in the República Dominicana serves as an RNC.
private func luhnCheck(_ digits: [Int]) -> [Character] {
  let sum = digits.enumerated().reduce(0) { sum, digit in
    let doubled = digit.element * (digit.offset % 2 + 1)
    return sum + doubled / 10 + doubled % 10
  }
  return [character((10 - sum % 10) % 10)]
}

/// DNI: eight digits. NIE: X, Y or Z, which stand for 0, 1 and 2, and seven. K, L, M: the seven.
private func nifCheck(_ body: Substring) -> [Character]? {
  guard let first = body.first else { return nil }
  let prefixes: [Character: String] = ["X": "0", "Y": "1", "Z": "2", "K": "", "L": "", "M": ""]
  let number = prefixes[first].map { $0 + body.dropFirst() } ?? String(body)
  guard body.utf8.count == 8, number.utf8.allSatisfy(isDigit), let value = Int(number) else {
    return nil
  }
  let letters = Array("TRWAGMYFPDXBNJZSQVHLCKE")
  return [letters[value % letters.count]]
}

/// A letter for the kind of entity and seven digits. The kind decides whether a digit or a letter
/// follows; where the rule leaves it open, either may.
private func cifCheck(_ body: Substring) -> [Character]? {
  guard let kind = body.first, let digits = digits(of: body.dropFirst(), 7...7) else { return nil }
  let sum = digits.enumerated().reduce(0) { sum, digit in
    let doubled = digit.element * (2 - digit.offset % 2)
    return sum + doubled / 10 + doubled % 10
  }
  let check = (10 - sum % 10) % 10
  let letter = Array("JABCDEFGHI")[check]
  let isForeign = digits.starts(with: [0, 0])
  switch kind {
  case "A", "B", "E", "H": return isForeign ? [character(check), letter] : [character(check)]
  case "N", "P", "Q", "R", "S", "W": return [letter]
  case "C", "D", "F", "G", "J", "U", "V": return [character(check), letter]
  default: return nil
  }
}

/// Whether the six digits of an RFC are a date, as yymmdd; the century is not told.
func isRFCDate(_ digits: some StringProtocol) -> Bool {
  let values = digits.utf8.map { Int($0) - 48 }
  guard values.count == 6, values.allSatisfy((0...9).contains) else { return false }
  let (year, month, day) = (
    values[0] * 10 + values[1], values[2] * 10 + values[3], values[4] * 10 + values[5]
  )
  guard (1...12).contains(month) else { return false }
  let days = [31, year % 4 == 0 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return (1...days[month - 1]).contains(day)
}
