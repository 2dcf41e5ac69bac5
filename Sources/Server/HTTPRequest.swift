// A complete request as a plain value: made by the connection, read by a route's handler.

package import NIOCore
package import NIOHTTP1

/// One HTTP request with its whole body.
package struct HTTPRequest: Sendable {
  package var method: HTTPMethod
  /// The path as it was sent, percent-encoding included, without the query; begins with `/`, or is
  /// `*` (RFC 9112, section 3.2.4).
  package var path: String
  /// What follows `?`, still percent-encoded; nil where there is no `?`.
  package var queryString: String?
  /// Names are compared without regard to case; values as they were sent.
  package var headers: HTTPHeaders
  package var body: ByteBuffer
  /// The peer of the connection; nil where the transport has no address.
  package var remoteAddress: SocketAddress?
  package var id: RequestID

  package init(
    method: HTTPMethod, path: String, queryString: String? = nil, headers: HTTPHeaders = [:],
    body: ByteBuffer = ByteBuffer(), remoteAddress: SocketAddress? = nil,
    id: RequestID = .generated(0)
  ) {
    self.method = method
    self.path = path
    self.queryString = queryString
    self.headers = headers
    self.body = body
    self.remoteAddress = remoteAddress
    self.id = id
  }
}

/// Names one request in its response, in the log and in a report of a fault.
package enum RequestID: Sendable, Hashable, CustomStringConvertible {
  /// Counted by the loop above a random start; sixteen hexadecimal digits.
  case generated(UInt64)
  /// `X-Request-Id` as a proxy or client gave it, checked by `init(given:)`.
  case given(String)

  /// Accepts 1 to 64 letters, digits, `-`, `_` and `.`, so that it may stand in a log as it is.
  package init?(given text: String) {
    guard (1...64).contains(text.utf8.count), text.utf8.allSatisfy(isIdentifierByte) else {
      return nil
    }
    self = .given(text)
  }

  package var description: String {
    switch self {
    case .generated(let number):
      String(unsafeUninitializedCapacity: 16) { digits in
        for index in 0..<16 { digits[index] = hexadecimalDigit(number, index) }
        return 16
      }
    case .given(let text): text
    }
  }

  func write(into buffer: inout ByteBuffer) {
    switch self {
    case .generated(let number):
      for index in 0..<16 { buffer.writeInteger(hexadecimalDigit(number, index)) }
    case .given(let text): buffer.writeString(text)
    }
  }
}

private func hexadecimalDigit(_ number: UInt64, _ index: Int) -> UInt8 {
  let nibble = UInt8(truncatingIfNeeded: number >> UInt64(60 - 4 * index)) & 0xf
  return nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") - 10 + nibble
}

private func isIdentifierByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
    UInt8(ascii: "."):
    true
  default: false
  }
}
