// `Authorization` enters, the bearer token leaves unread. Refused here: two of them, and what is
// outside of the grammar, so that nothing but token characters reaches the verifier.

internal import NIOHTTP1

/// What a request says about who sends it.
package enum BearerToken: Equatable {
  /// No `Authorization`, or one of another scheme, which is not ours to judge.
  case absent
  case present(String)
  /// Two fields, an empty token or other characters than RFC 6750, section 2.1 allows.
  case malformed
}

extension HTTPRequest {
  /// Reads `Authorization: Bearer b64token`; the scheme without regard to case (RFC 9110, 11.1).
  package var bearerToken: BearerToken {
    let fields = headers["authorization"]
    guard let field = fields.first else { return .absent }
    guard fields.count == 1 else {
      return fields.contains { BearerToken(authorization: $0) != .absent } ? .malformed : .absent
    }
    return BearerToken(authorization: field)
  }
}

extension BearerToken {
  /// Reads the value of one `Authorization` field.
  init(authorization field: String) {
    let scheme = field.utf8.prefix { $0 != 0x20 }
    guard equalsIgnoringCase(Substring(scheme), "bearer") else {
      self = .absent
      return
    }
    let token = trimWhiteSpace(field[scheme.endIndex...])
    let body = token.utf8.prefix { $0 != UInt8(ascii: "=") }
    guard !body.isEmpty, body.allSatisfy(isTokenCharacter),
      token.utf8[body.endIndex...].allSatisfy({ $0 == UInt8(ascii: "=") })
    else {
      self = .malformed
      return
    }
    self = .present(String(token))
  }
}

/// 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" )
private func isTokenCharacter(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
    UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "+"), UInt8(ascii: "/"):
    true
  default: false
  }
}
