// An address that somebody configured or a provider told enters, one that may be asked leaves.
// Refused: what is neither https nor on this machine, and what carries a login or a fragment.

import Foundation

/// An absolute address whose answer can be trusted to come from its host: https, or http where the
/// host is this machine itself, for development and tests.
package struct SecureURL: Sendable, Hashable {
  package let text: String

  package init?(_ text: String) {
    guard text.utf8.count <= Self.bytesMax, text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }),
      let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty,
      parts.user == nil, parts.password == nil, parts.fragment == nil
    else { return nil }
    switch parts.scheme?.lowercased() {
    case "https": break
    case "http" where Self.loopback.contains(host.lowercased()): break
    case _: return nil
    }
    self.text = text
  }

  package static let bytesMax = 2048
  private static let loopback: Set<String> = ["127.0.0.1", "::1", "[::1]", "localhost"]

  /// The address with these fields behind its query.
  func adding(_ fields: [(name: String, value: String)]) -> String {
    text + (text.contains("?") ? "&" : "?") + formEncode(fields)
  }
}

/// `application/x-www-form-urlencoded`, of which every `%XX` reading is the same.
func formEncode(_ fields: [(name: String, value: String)]) -> String {
  fields.map { percentEncode($0.name) + "=" + percentEncode($0.value) }.joined(separator: "&")
}

/// Everything but the unreserved characters of RFC 3986, section 2.3.
func percentEncode(_ text: String) -> String {
  var bytes: [UInt8] = []
  for byte in text.utf8 {
    if isUnreserved(byte) {
      bytes.append(byte)
    } else {
      bytes += [UInt8(ascii: "%"), hexadecimalDigit(byte >> 4), hexadecimalDigit(byte & 0xf)]
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}

private func hexadecimalDigit(_ nibble: UInt8) -> UInt8 {
  nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "A") - 10 + nibble
}

private func isUnreserved(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
    UInt8(ascii: "_"), UInt8(ascii: "~"):
    true
  default: false
  }
}
