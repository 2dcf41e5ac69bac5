// A name that a stranger chose enters, the name as a mail may repeat it leaves; nil for one that a
// mail program could make a link of, or a reader take for an address. Whoever invites chooses both
// their own name and to whom our mail goes, and nobody is to send their own links in our name.

/// Longer names are cut: more than this is a message.
private let nameCharactersMax = 80

func repeatableName(_ typed: String) -> String? {
  if readsLikeAddress(typed) { return nil }
  let line = oneLine(typed)
  guard line.count > nameCharactersMax else { return line }
  return line.prefix(nameCharactersMax - 1) + "…"
}

/// Whether something in it reads like a link, an address of mail, or a domain, in any script. A
/// name such as `Cía.Ltda` does as well, and is left out rather than looked up.
func readsLikeAddress(_ text: String) -> Bool {
  let scalars = text.unicodeScalars.filter { !isUnseen($0) }.map(plain)
  let written = String(String.UnicodeScalarView(scalars)).lowercased()
  if written.contains("@") || written.contains("://") || written.contains("www.") { return true }
  return scalars.indices.contains { index in
    guard scalars[index] == ".", index > 0, isOfLabel(scalars[index - 1]) else { return false }
    let next = scalars[(index + 1)...].prefix(while: isOfLabel)
    return next.count >= 2 && next.first.map(isDecimal) == false
  } || hasMachineAddress(written)
}

/// Four numbers with dots between them, such as 192.0.2.1.
private func hasMachineAddress(_ text: String) -> Bool {
  text.split { !($0 == "." || ("0"..."9").contains($0)) }.contains { run in
    let numbers = run.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 4 && numbers.allSatisfy { (1...3).contains($0.count) }
  }
}

/// What stands in a text and takes no room there, so that programs that look for links skip it.
private func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
  scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.generalCategory == .format
}

/// The full stops of UTS #46 and what looks like them, at signs and full-width forms, as ASCII.
private func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
  switch scalar.value {
  case 0x3002, 0xFF61, 0x2024, 0xFE52: return "."
  case 0xFE6B: return "@"
  case 0xFE55, 0x2236: return ":"
  case 0x2044, 0x2215: return "/"
  case 0xFF01...0xFF5E: return Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
  case _: return scalar
  }
}

/// Letters, digits, marks and hyphens, and what is no ASCII and stands in domains nevertheless,
/// such as emoji.
private func isOfLabel(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.isASCII {
    return scalar == "-" || isDecimal(scalar) || scalar.properties.isAlphabetic
  }
  switch scalar.properties.generalCategory {
  case .control, .spaceSeparator, .lineSeparator, .paragraphSeparator, .openPunctuation,
    .closePunctuation, .initialPunctuation, .finalPunctuation, .otherPunctuation:
    return false
  case _: return true
  }
}

private func isDecimal(_ scalar: Unicode.Scalar) -> Bool {
  scalar.properties.generalCategory == .decimalNumber
}
