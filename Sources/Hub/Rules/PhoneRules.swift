// A telephone number as people write it enters, E.164 leaves. Letters, extensions and numbers that
// no network could dial are refused here.

/// ITU-T E.164: at most fifteen digits with the country code; fewer than eight are local numbers.
private let phoneDigits = 8...15

/// No national number of a country version is longer; a longer one that begins with the country's
/// code carries it already.
private let nationalDigitsMax = 10

/// Where the longest is shorter, so that the code before a telephone at home is seen too: Perú (a
/// mobile has nine digits, Lima's lines eight) and Panamá (eight and seven).
private let nationalDigitsMaxByCode = ["51": 9, "507": 8]

/// Country codes whose national numbers begin with a zero that stays in E.164.
private let countryCodesWithZero: Set<String> = ["39", "378", "225", "242"]

/// The number as `+` and digits; nil where nothing was typed.
/// - Parameter phoneCode: the digits of the country's code, such as `57`, put before a number that
///   does not carry one; nil where there is none, and then the number must begin with `+` or `00`.
package func e164Phone(_ typed: String, phoneCode: String?) throws(RuleViolation) -> String? {
  let text = trimmed(typed)
  guard !text.isEmpty else { return nil }
  guard let written = dialedDigits(text) else { throw .invalidFormat(expected: .phone) }
  let digits: String
  if written.isInternational {
    digits = written.digits
  } else if let phoneCode {
    digits = internationalDigits(national: written.digits, phoneCode: phoneCode)
  } else {
    throw .invalidFormat(expected: .phoneWithCountryCode)
  }
  guard phoneDigits.contains(digits.utf8.count), !digits.hasPrefix("0") else {
    throw .invalidFormat(expected: .phone)
  }
  return "+" + digits
}

/// The digits without separators, and whether `+` or `00` stood before them; nil where something
/// else stands among them.
private func dialedDigits(_ text: String) -> (digits: String, isInternational: Bool)? {
  var digits = ""
  var hasPlus = false
  for scalar in text.unicodeScalars {
    switch scalar {
    case "0"..."9": digits.unicodeScalars.append(scalar)
    case "+":
      guard digits.isEmpty, !hasPlus else { return nil }
      hasPlus = true
    case "-", ".", "(", ")", "\u{2010}"..."\u{2015}", "\u{2212}": continue
    // What phones and pages put around copied numbers takes no ink.
    case "\u{200B}"..."\u{200F}", "\u{202A}"..."\u{202E}", "\u{2060}", "\u{FEFF}": continue
    default:
      guard scalar.properties.generalCategory == .spaceSeparator else { return nil }
    }
    guard digits.utf8.count <= phoneDigits.upperBound + 2 else { return nil }
  }
  if !hasPlus, digits.hasPrefix("00") { return (String(digits.dropFirst(2)), true) }
  return (digits, hasPlus)
}

private func internationalDigits(national: String, phoneCode: String) -> String {
  // North America dials 011 before the code of another country.
  if phoneCode == "1", national.hasPrefix("011") { return String(national.dropFirst(3)) }
  let digitsMax = nationalDigitsMaxByCode[phoneCode] ?? nationalDigitsMax
  if national.utf8.count > digitsMax, national.hasPrefix(phoneCode) { return national }
  // The zero that is dialled before a number within the country is no part of it.
  if national.hasPrefix("0"), !countryCodesWithZero.contains(phoneCode) {
    return phoneCode + national.dropFirst()
  }
  return phoneCode + national
}
