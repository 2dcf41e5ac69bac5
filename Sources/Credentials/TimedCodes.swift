// The secret of a telephone and the time enter, the code that it shows leaves; a typed code enters,
// the time step that it belongs to leaves. Refused: a code of another time, or none.
// Source: RFC 6238 (TOTP) with RFC 4226 (HOTP), SHA-1, steps of 30 seconds and six digits: what
// every authenticator understands.

internal import COpenSSL

/// The codes of one secret.
package struct TimedCodes: Sendable {
  /// RFC 4226, section 4: as long as the hash's output.
  package static let secretBytes = 20
  package static let stepSeconds = 30
  package static let digits = 6
  /// Steps that a clock may be ahead or behind (RFC 6238, section 5.2).
  static let stepsAside = 1

  private let secret: [UInt8]

  package init(secret: [UInt8]) { self.secret = secret }

  package static func makeSecret() -> [UInt8] { randomBytes(count: secretBytes) }

  /// The code of a time step (RFC 4226, section 5.3).
  package func code(of step: Int, digits: Int = TimedCodes.digits) -> String {
    let message = withUnsafeBytes(of: Int64(step).bigEndian, Array.init)
    let digest = hmacSHA1(key: secret, message: message)
    let offset = Int(digest[19] & 0xf)
    let number =
      Int(digest[offset] & 0x7f) << 24 | Int(digest[offset + 1]) << 16
      | Int(digest[offset + 2]) << 8 | Int(digest[offset + 3])
    var power = 1
    for _ in 0..<digits { power *= 10 }
    let text = String(number % power)
    return String(repeating: "0", count: digits - text.utf8.count) + text
  }

  /// The step of a typed code; nil where it belongs to none near this time, or to one that was used
  /// already. Spaces are left out, as people group what they read.
  /// - Parameter lastStep: of the last code that was taken.
  package func step(of typed: String, now: Int, after lastStep: Int) -> Int? {
    let typed = typed.filter { $0 != " " }
    let present = now / Self.stepSeconds
    var found: Int?
    // All are compared, so that the time taken tells of none of them.
    for step in (present - Self.stepsAside)...(present + Self.stepsAside) {
      let isCode = constantTimeEquals(Array(code(of: step).utf8), Array(typed.utf8))
      if isCode, step > lastStep { found = step }
    }
    return found
  }

  /// What an authenticator scans (the Key URI format), with the secret in it.
  package func address(issuer: String, account: String) -> String {
    let label = percentEncoded(issuer) + ":" + percentEncoded(account)
    return "otpauth://totp/\(label)?secret=\(base32Secret)&issuer=\(percentEncoded(issuer))"
      + "&algorithm=SHA1&digits=\(Self.digits)&period=\(Self.stepSeconds)"
  }

  /// The secret as people type it.
  package var base32Secret: String { encodeBase32(secret) }
}

/// A code that stands for the second factor where it is not at hand: 80 random bits.
package struct RecoveryCode: Sendable, Hashable {
  /// Such as `ABCD-EFGH-2345-6789`.
  package let text: String

  package static func make() -> RecoveryCode {
    RecoveryCode(letters: encodeBase32(randomBytes(count: 10)))
  }

  /// A code as it was typed, whatever its case, hyphens and spaces; nil where it cannot be one.
  package init?(typed: String) {
    let letters = typed.uppercased().filter { $0 != "-" && $0 != " " }
    guard letters.utf8.count == 16, letters.utf8.allSatisfy(base32Alphabet.contains) else {
      return nil
    }
    self.init(letters: letters)
  }

  private init(letters: String) {
    var groups: [Substring] = []
    var rest = Substring(letters)
    while !rest.isEmpty {
      groups.append(rest.prefix(4))
      rest = rest.dropFirst(4)
    }
    text = groups.joined(separator: "-")
  }

  /// What the database stores.
  package var hash: [UInt8] { sha256(Array(text.utf8)) }
}

private let base32Alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

/// RFC 4648, section 6, without padding.
func encodeBase32(_ bytes: [UInt8]) -> String {
  var text: [UInt8] = []
  var bits = 0
  var count = 0
  for byte in bytes {
    bits = (bits << 8 | Int(byte)) & 0xfff
    count += 8
    while count >= 5 {
      count -= 5
      text.append(base32Alphabet[bits >> count & 31])
    }
  }
  if count > 0 { text.append(base32Alphabet[bits << (5 - count) & 31]) }
  return String(decoding: text, as: UTF8.self)
}

/// RFC 3986, section 2.1: all but what is unreserved.
private func percentEncoded(_ text: String) -> String {
  let digits = Array("0123456789ABCDEF")
  return text.utf8.map { byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "_"), UInt8(ascii: "~"):
      String(UnicodeScalar(byte))
    default: "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
    }
  }.joined()
}

/// HMAC-SHA-1 (RFC 2104): for the codes of authenticators, which know no other, and nothing else.
private func hmacSHA1(key: [UInt8], message: [UInt8]) -> [UInt8] {
  [UInt8](unsafeUninitializedCapacity: 20) { buffer, count in
    var written: UInt32 = 0
    let code = HMAC(
      EVP_sha1(), key.isEmpty ? [0] : key, Int32(key.count), message, message.count,
      buffer.baseAddress, &written)
    precondition(code != nil && written == 20, "OpenSSL could not compute HMAC-SHA-1")
    count = 20
  }
}
