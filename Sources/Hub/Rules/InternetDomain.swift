// A domain as people write it enters, its ASCII form leaves. Addresses of machines, single labels
// and what DNS could not carry are refused here.
// Source: RFC 1123 section 2.1, RFC 5890; RFC 3492 for the ASCII form of other scripts.

import Credentials

private let domainBytesMax = 253
private let labelBytesMax = 63

/// The domain in lower case, other scripts as `xn--` labels; nil where it is none of at least two
/// labels. The full mapping of UTS #46 (half- and full-width forms and the like) is not done.
func asciiDomain(_ typed: some StringProtocol) -> String? {
  guard typed.utf8.count <= domainBytesMax * 4 else { return nil }
  let labels = normalizedNFC(typed.lowercased())
    .split(separator: ".", omittingEmptySubsequences: false)
  guard labels.count >= 2 else { return nil }
  var ascii: [String] = []
  for label in labels {
    guard let label = asciiLabel(label) else { return nil }
    ascii.append(label)
  }
  // An address of a machine, such as 127.0.0.1, ends in a number; no domain does (RFC 3696).
  guard let last = ascii.last, !last.utf8.allSatisfy(isDigit) else { return nil }
  let domain = ascii.joined(separator: ".")
  return domain.utf8.count <= domainBytesMax ? domain : nil
}

private func asciiLabel(_ label: Substring) -> String? {
  let scalars = Array(label.unicodeScalars)
  guard let first = scalars.first, first != "-", scalars.last != "-", !isMark(first),
    scalars.count <= labelBytesMax, scalars.allSatisfy(isDomainScalar)
  else { return nil }
  if scalars.allSatisfy(\.isASCII) { return String(label) }
  guard let encoded = punycode(scalars) else { return nil }
  let ascii = "xn--" + encoded
  return ascii.utf8.count <= labelBytesMax ? ascii : nil
}

private func isDomainScalar(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.isASCII { return scalar == "-" || isDigit(UInt8(ascii: scalar)) || isLowercase(scalar) }
  switch scalar.properties.generalCategory {
  case .lowercaseLetter, .otherLetter, .modifierLetter, .decimalNumber: return true
  default: return isMark(scalar) || scalar == "\u{B7}"  // the middle dot of Catalan
  }
}

private func isLowercase(_ scalar: Unicode.Scalar) -> Bool { ("a"..."z").contains(scalar) }

private func isMark(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .spacingMark, .enclosingMark: true
  default: false
  }
}

func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
