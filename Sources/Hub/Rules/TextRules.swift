// What a person typed enters, trimmed and composed text leaves. Control characters and lengths out
// of bounds are refused here; emoji and combining marks survive.

import Credentials

/// The bounds of a text, in characters as people count them (grapheme clusters).
package struct TextBounds: Hashable, Sendable {
  package let charactersMin: Int
  package let charactersMax: Int
  /// Unicode scalars, which is what `char_length` in PostgreSQL counts. Without this bound a single
  /// character could carry a megabyte of combining marks.
  package let scalarsMax: Int

  /// - Parameter scalarsMax: nil leaves twelve to a character; a family of emoji takes eleven.
  package init(charactersMin: Int = 1, charactersMax: Int, scalarsMax: Int? = nil) {
    self.charactersMin = charactersMin
    self.charactersMax = charactersMax
    self.scalarsMax = scalarsMax ?? charactersMax * 12
  }
}

/// The text without white space and invisible characters at its ends, in NFC; nil where nothing is
/// left of it.
package func normalizedText(
  _ typed: String, _ bounds: TextBounds
) throws(RuleViolation) -> String? {
  let trimmed = trimmed(typed)
  guard !trimmed.isEmpty else { return nil }
  guard trimmed.unicodeScalars.count <= bounds.scalarsMax else {
    throw .tooLong(charactersMax: bounds.charactersMax)
  }
  guard !trimmed.unicodeScalars.contains(where: isForbidden) else { throw .invalidCharacters }
  let text = normalizedNFC(trimmed)
  guard text.count <= bounds.charactersMax, text.unicodeScalars.count <= bounds.scalarsMax else {
    throw .tooLong(charactersMax: bounds.charactersMax)
  }
  guard text.count >= bounds.charactersMin else {
    throw .tooShort(charactersMin: bounds.charactersMin)
  }
  return text
}

/// The text without the scalars at its ends that show nothing.
func trimmed(_ text: String) -> String {
  let scalars = text.unicodeScalars
  guard let first = scalars.firstIndex(where: { !isBlank($0) }),
    let last = scalars.lastIndex(where: { !isBlank($0) })
  else { return "" }
  return String(scalars[first...last])
}

/// White space, controls, and what takes no ink: a name of these alone is no name.
private func isBlank(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.properties.isWhitespace || scalar.properties.generalCategory == .control { return true }
  switch scalar.value {
  case 0x00AD, 0x061C, 0x180E, 0x2060...0x2064, 0xFEFF: return true  // soft hyphen, joiners, BOM
  case 0x200B...0x200F, 0x202A...0x202E, 0x2066...0x206F: return true  // zero width, directions
  case 0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0: return true  // fillers and the blank Braille cell
  default: return false
  }
}

/// Controls, line and paragraph separators, and the overrides of direction, with which a name can
/// show as another one.
private func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .lineSeparator, .paragraphSeparator, .surrogate: return true
  default: break
  }
  switch scalar.value {
  case 0x202A...0x202E, 0x2066...0x2069: return true
  default: return false
  }
}

/// A code out of a list, exactly as the list spells it; nil where nothing was given.
package func offeredCode(
  _ typed: String, of offered: [String]
) throws(RuleViolation) -> String? {
  let code = trimmed(typed)
  guard !code.isEmpty else { return nil }
  guard offered.contains(code) else { throw .notOffered(offered: offered) }
  return code
}
