// A complete response as a plain value: made by a route's handler, written by the connection, which
// adds Content-Length, Date, X-Request-Id and Connection itself.

package import NIOCore
package import NIOHTTP1

/// One HTTP response with its whole body, and what the log may say about it.
package struct HTTPResponse: Sendable {
  package enum Body: Sendable {
    case none
    case bytes([UInt8])
    case buffer(ByteBuffer)
    /// Literal bytes, such as a page or a fixed answer.
    case text(StaticString)
  }

  /// One header field; a line break in its value is written as a space (RFC 9110, section 5.5).
  package struct Field: Sendable, Hashable {
    package var name: String
    package var value: String
  }

  package var status: HTTPResponseStatus
  /// Apart from the other fields, so that the usual response needs no list of them.
  package var contentType: String?
  package var fields: [Field] = []
  package var body: Body
  /// Asks for the connection to be closed after this response.
  package var closesConnection = false

  /// For the log: the code that the whole request was refused with, nil where it was answered.
  package var code: ErrorCode?
  /// For the log alone: PostgreSQL's detail, a fault's cause. Never a token, query or variable.
  package var privateDetail: String?

  package init(
    status: HTTPResponseStatus = .ok, contentType: String? = nil, body: Body = .none
  ) {
    self.status = status
    self.contentType = contentType
    self.body = body
  }

  /// Adds a header field beside those that are there; the name in lower case.
  package mutating func add(_ name: String, _ value: String) {
    fields.append(Field(name: name, value: value))
  }
}

extension HTTPResponse.Body {
  /// Length in bytes.
  package var count: Int {
    switch self {
    case .none: 0
    case .bytes(let bytes): bytes.count
    case .buffer(let buffer): buffer.readableBytes
    case .text(let text): text.utf8CodeUnitCount
    }
  }
}
