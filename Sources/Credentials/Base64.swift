// Bytes enter, text leaves, and back. Refused on the way back: any character outside the alphabet,
// an impossible length, and final bits that are not zero, so that each value has one spelling.

/// The two alphabets of RFC 4648.
package enum Base64Alphabet: Sendable {
  /// Section 4, with `+` and `/`.
  case standard
  /// Section 5, with `-` and `_`, safe in URLs, headers and file names.
  case urlSafe
}

/// Base64 without padding: base64url as RFC 7515 section 2 wants it, or the PHC format's B64.
package func encodeBase64(_ bytes: [UInt8], _ alphabet: Base64Alphabet) -> String {
  bytes.withUnsafeBytes { String(decoding: encodedBase64Bytes($0, alphabet), as: UTF8.self) }
}

/// Base64 with its padding, as HTTP and Standard Webhooks want it.
package func encodePaddedBase64(_ bytes: [UInt8]) -> String {
  let encoded = encodeBase64(bytes, .standard)
  return encoded + String(repeating: "=", count: (4 - encoded.utf8.count % 4) % 4)
}

/// Base64 without padding, as ASCII bytes.
package func encodedBase64Bytes(
  _ bytes: UnsafeRawBufferPointer, _ alphabet: Base64Alphabet
) -> [UInt8] {
  let characters = alphabet == .standard ? standardCharacters : urlSafeCharacters
  let length = (bytes.count * 4 + 2) / 3
  return [UInt8](unsafeUninitializedCapacity: length) { text, count in
    var read = 0
    while read + 3 <= bytes.count {
      let group = Int(bytes[read]) << 16 | Int(bytes[read + 1]) << 8 | Int(bytes[read + 2])
      text[count] = characters[group >> 18]
      text[count + 1] = characters[group >> 12 & 63]
      text[count + 2] = characters[group >> 6 & 63]
      text[count + 3] = characters[group & 63]
      read += 3
      count += 4
    }
    if bytes.count - read == 1 {
      text[count] = characters[Int(bytes[read]) >> 2]
      text[count + 1] = characters[Int(bytes[read]) << 4 & 63]
      count += 2
    } else if bytes.count - read == 2 {
      let group = Int(bytes[read]) << 8 | Int(bytes[read + 1])
      text[count] = characters[group >> 10]
      text[count + 1] = characters[group >> 4 & 63]
      text[count + 2] = characters[group << 2 & 63]
      count += 3
    }
  }
}

/// The bytes behind unpadded base64; nil where the text is not exactly what `encodeBase64` writes.
package func decodeBase64(_ text: String, _ alphabet: Base64Alphabet) -> [UInt8]? {
  var text = text
  return text.withUTF8 { decodeBase64(UnsafeRawBufferPointer($0), alphabet) }
}

/// The bytes behind unpadded base64 in memory that the caller keeps for the length of the call.
package func decodeBase64(
  _ text: UnsafeRawBufferPointer, _ alphabet: Base64Alphabet
) -> [UInt8]? {
  var isValid = false
  let bytes = [UInt8](unsafeUninitializedCapacity: text.count * 3 / 4) { buffer, count in
    let bytes = UnsafeMutableRawBufferPointer(buffer)
    guard let written = decodeBase64(text, alphabet, into: bytes) else { return }
    isValid = true
    count = written
  }
  return isValid ? bytes : nil
}

/// Decodes into memory of at least three quarters of the text's length.
/// - Returns: the number of bytes written; nil where the text is refused.
func decodeBase64(
  _ text: UnsafeRawBufferPointer, _ alphabet: Base64Alphabet,
  into bytes: UnsafeMutableRawBufferPointer
) -> Int? {
  guard text.count % 4 != 1, bytes.count >= text.count * 3 / 4 else { return nil }
  let values = alphabet == .standard ? standardValues : urlSafeValues
  return values.withUnsafeBufferPointer { values in
    var read = 0
    var written = 0
    // Wrong characters have the value 0xff; they gather here and are judged at the end.
    var seen: UInt8 = 0
    while read + 4 <= text.count {
      let first = values[Int(text[read])]
      let second = values[Int(text[read + 1])]
      let third = values[Int(text[read + 2])]
      let fourth = values[Int(text[read + 3])]
      seen |= first | second | third | fourth
      bytes[written] = first << 2 | second >> 4
      bytes[written + 1] = second << 4 | third >> 2
      bytes[written + 2] = third << 6 | fourth
      read += 4
      written += 3
    }
    if text.count - read >= 2 {
      let first = values[Int(text[read])]
      let second = values[Int(text[read + 1])]
      seen |= first | second
      bytes[written] = first << 2 | second >> 4
      written += 1
      if text.count - read == 3 {
        let third = values[Int(text[read + 2])]
        seen |= third
        bytes[written] = second << 4 | third >> 2
        written += 1
        if third & 0b11 != 0 { return nil }
      } else if second & 0b1111 != 0 {
        return nil
      }
    }
    return seen & 0x80 == 0 ? written : nil
  }
}

private let standardCharacters = Array(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
private let urlSafeCharacters = Array(
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
private let standardValues = valueTable(of: standardCharacters)
private let urlSafeValues = valueTable(of: urlSafeCharacters)

private func valueTable(of characters: [UInt8]) -> [UInt8] {
  var values = [UInt8](repeating: 0xff, count: 256)
  for (value, character) in characters.enumerated() { values[Int(character)] = UInt8(value) }
  return values
}
