// Bytes enter, their SHA-256 leaves, or its digits; and the one comparison that secrets may be
// compared with.

internal import COpenSSL

/// SHA-256 (FIPS 180-4), 32 bytes.
package func sha256(_ message: [UInt8]) -> [UInt8] {
  message.withUnsafeBytes { sha256($0) }
}

/// SHA-256 of memory that the caller keeps for the length of the call.
package func sha256(_ message: UnsafeRawBufferPointer) -> [UInt8] {
  [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
    var written: UInt32 = 0
    let done = EVP_Digest(
      message.baseAddress, message.count, buffer.baseAddress, &written, EVP_sha256(), nil)
    // It fails only where memory is exhausted, and there Swift's own allocations trap as well.
    precondition(done == 1 && written == 32, "OpenSSL could not compute SHA-256")
    count = 32
  }
}

/// A digest as it is written: two lower-case digits for each byte.
package func hexadecimal(_ bytes: ArraySlice<UInt8>) -> String {
  String(unsafeUninitializedCapacity: 2 * bytes.count) { buffer in
    for (index, byte) in bytes.enumerated() {
      buffer[2 * index] = hexadecimalDigit(byte >> 4)
      buffer[2 * index + 1] = hexadecimalDigit(byte & 0xf)
    }
    return 2 * bytes.count
  }
}

private func hexadecimalDigit(_ nibble: UInt8) -> UInt8 {
  nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") - 10 + nibble
}

/// SHA-1 (FIPS 180-4), 20 bytes: for the handshake of WebSocket (RFC 6455, section 4.2.2), which
/// keeps nothing secret by it, and for nothing else.
package func sha1(_ message: [UInt8]) -> [UInt8] {
  [UInt8](unsafeUninitializedCapacity: 20) { buffer, count in
    var written: UInt32 = 0
    let done = EVP_Digest(message, message.count, buffer.baseAddress, &written, EVP_sha1(), nil)
    precondition(done == 1 && written == 20, "OpenSSL could not compute SHA-1")
    count = 20
  }
}

/// Whether two secrets are equal, in a time that depends on their lengths only.
package func constantTimeEquals(_ left: [UInt8], _ right: [UInt8]) -> Bool {
  left.withUnsafeBytes { left in right.withUnsafeBytes { constantTimeEquals(left, $0) } }
}

/// Whether two secrets are equal, in a time that depends on their lengths only.
package func constantTimeEquals(
  _ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer
) -> Bool {
  guard left.count == right.count else { return false }
  guard let leftStart = left.baseAddress, let rightStart = right.baseAddress else { return true }
  return CRYPTO_memcmp(leftStart, rightStart, left.count) == 0
}
