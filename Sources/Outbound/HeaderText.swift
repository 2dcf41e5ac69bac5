// A text that people read enters, its form in a mail's header leaves: as it is, or in encoded words
// (RFC 2047). No CR, LF or other control character of the text comes through.

internal import Credentials

/// Longer texts are cut: a header is no place for them.
private let charactersMax = 200
/// Of UTF-8 in one encoded word: 64 characters of ASCII, which leaves a line of 76 (section 2) room
/// for its field's name.
private let wordBytesMax = 39
/// A text of ASCII up to this long needs no folding behind its field's name.
private let plainBytesMax = 60

/// The text of an unstructured field, or of a display name's phrase.
func headerText(_ text: String) -> String {
  let text = String(
    String.UnicodeScalarView(
      text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 })
  ).prefix(charactersMax)
  let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f }
  if isPlain, text.utf8.count <= plainBytesMax, !text.contains("=?"), text.first != " ",
    text.last != " "
  {
    return String(text)
  }
  return encodedWords(text)
}

/// Encoded words, each of whole characters, on lines of their own.
private func encodedWords(_ text: Substring) -> String {
  var words: [[UInt8]] = [[]]
  for character in text {
    let bytes = Array(character.utf8)
    // One character of many code points may be longer than a word: between code points, then.
    let pieces =
      bytes.count > wordBytesMax ? character.unicodeScalars.map { Array($0.utf8) } : [bytes]
    for piece in pieces {
      if words[words.count - 1].count + piece.count > wordBytesMax { words.append([]) }
      words[words.count - 1] += piece
    }
  }
  return words.map { bytes in
    let padding = String(repeating: "=", count: (3 - bytes.count % 3) % 3)
    return "=?utf-8?B?\(encodeBase64(bytes, .standard))\(padding)?="
  }.joined(separator: "\r\n ")
}
