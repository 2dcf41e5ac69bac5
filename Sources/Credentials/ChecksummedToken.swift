// A prefix enters, the text of a token leaves that tells what it is and whether it was copied
// whole, and back. Refused: another prefix or length, and a checksum that is not the text's.

/// The shape of the tokens that programs keep: a prefix by which whoever finds one, and secret
/// scanners, know it; thirty random characters of base62, 178 bits; and six that check the rest, so
/// that a mistyped token is refused without the database.
package enum ChecksummedToken {
  static let randomCharacters = 30
  static let checkCharacters = 6

  /// A new one.
  static func make(prefix: String) -> String {
    let unchecked = prefix + randomText(count: randomCharacters)
    return unchecked + checksum(of: unchecked)
  }

  /// Whether a text can be one of ours: not whether it is.
  static func isWellFormed(_ text: String, prefix: String) -> Bool {
    let length = prefix.utf8.count + randomCharacters + checkCharacters
    guard text.utf8.count == length, text.hasPrefix(prefix),
      text.utf8.dropFirst(prefix.utf8.count).allSatisfy({ characters.contains($0) })
    else { return false }
    return text.hasSuffix(checksum(of: String(text.dropLast(checkCharacters))))
  }

  /// The first four bytes of the text's SHA-256 as a number, in base62 with leading zeros.
  private static func checksum(of text: String) -> String {
    var number = sha256(Array(text.utf8)).prefix(4).reduce(0) { $0 << 8 | Int($1) }
    var digits: [UInt8] = []
    for _ in 0..<checkCharacters {
      digits.append(characters[number % characters.count])
      number /= characters.count
    }
    return String(decoding: digits.reversed(), as: UTF8.self)
  }

  /// Each character as likely as the others: bytes beyond the last whole round are thrown away.
  private static func randomText(count: Int) -> String {
    let rounds = 256 / characters.count * characters.count
    var text: [UInt8] = []
    while text.count < count {
      let usable = randomBytes(count: count).filter { Int($0) < rounds }
      text += usable.prefix(count - text.count).map { characters[Int($0) % characters.count] }
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static let characters = Array(
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)
}
