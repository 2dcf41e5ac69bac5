// Parts of a request enter as the decoder finds them, complete requests leave. Refused here: a head
// that HTTP/1.1 forbids, a body that is or will be too large, an expectation that cannot be met.

internal import NIOCore
internal import NIOHTTP1

/// A complete request, with what its connection must know to answer it.
struct AssembledRequest {
  var head: RequestHead
  var body: ByteBuffer
}

/// What one pass over the request line and the header fields found.
struct RequestHead {
  var method: HTTPMethod
  var path: String
  var queryString: String?
  var headers: HTTPHeaders
  /// `X-Request-Id`, where it may stand in a log.
  var givenID: RequestID?
  /// False ends the connection after the response (RFC 9112, section 9.3).
  var keepsAlive: Bool
  var isHTTP10: Bool
  var match: Router.Match

  /// For the log: the route's path as it was registered.
  var routePath: String {
    switch match {
    case .route(let route): route.path
    case .options(_, _, let path), .methodNotAllowed(_, let path): path
    case .notFound: "-"
    }
  }

  var cors: CORS? {
    switch match {
    case .route(let route): route.cors
    case .options(_, let cors, _): cors
    case .methodNotAllowed, .notFound: nil
    }
  }
}

/// Puts requests together; one at a time, as they stand on a connection. After a refusal the
/// connection's input is meaningless and nothing more may be fed.
struct RequestAssembler {
  enum Action {
    case none
    /// `100 Continue` is due once earlier requests are answered, unless the body came meanwhile.
    case awaitContinue
    case request(AssembledRequest)
    case refuse(Refusal)
  }

  private var head: RequestHead?
  private var body = ByteBuffer()
  /// Of the request that arrives.
  private(set) var bodyLimit = BodyLimit(bytesMax: 0)
  private var fieldsMax = 0

  /// True from a head to its end.
  var isAssembling: Bool { head != nil }
  /// True once the body began to arrive, so that the client did not wait for `100 Continue`.
  var hasBody: Bool { body.readableBytes > 0 }

  mutating func take(head: HTTPRequestHead, router: Router, limits: Limits) -> Action {
    fieldsMax = limits.headerFieldsMax
    guard head.headers.count <= fieldsMax else { return .refuse(tooManyFields) }
    let fields: HeaderFields
    let target: (path: String, queryString: String?)
    do {
      fields = try HeaderFields(head)
      target = try splitTarget(head.uri, method: head.method)
    } catch {
      return .refuse(error)
    }
    var headers = head.headers
    // RFC 9110, section 7.8: HTTP/1.0 has no other protocol to go on with.
    if fields.asksForUpgrade, head.version.minor == 0 { headers.remove(name: "upgrade") }
    let match = router.match(method: head.method, path: target.path)
    self.head = RequestHead(
      method: head.method, path: target.path, queryString: target.queryString,
      headers: headers, givenID: fields.requestID,
      // The decoder stops after a request that asks for another protocol, which nobody here speaks.
      keepsAlive: head.isKeepAlive && !fields.asksForUpgrade && head.method != .CONNECT,
      isHTTP10: head.version == .http1_0, match: match)
    body = ByteBuffer()
    bodyLimit = BodyLimit(bytesMax: limits.bodyBytesMax)
    if case .route(let route) = match, let own = route.body { bodyLimit = own }
    if fields.contentLength > bodyLimit.bytesMax { return .refuse(tooLarge) }
    guard fields.expectsContinue && head.version.minor >= 1 else { return .none }
    // Said before the client sends a body that nobody wants (RFC 9110, section 10.1.1).
    switch match {
    case .route, .options: return .awaitContinue
    case .methodNotAllowed(let allow, _): return .refuse(.methodNotAllowed(allow: allow))
    case .notFound: return .refuse(.notFound)
    }
  }

  mutating func take(body part: ByteBuffer) -> Action {
    guard body.readableBytes + part.readableBytes <= bodyLimit.bytesMax else {
      return .refuse(tooLarge)
    }
    // The first part is kept as it is, a slice of what was read; most bodies have one part only.
    if body.readableBytes == 0 {
      body = part
    } else {
      body.writeImmutableBuffer(part)
    }
    return .none
  }

  mutating func end(trailers: HTTPHeaders?) -> Action {
    guard let head else { return .none }
    guard head.headers.count + (trailers?.count ?? 0) <= fieldsMax else {
      return .refuse(tooManyFields)
    }
    let request = AssembledRequest(head: head, body: body)
    self.head = nil
    body = ByteBuffer()
    bodyLimit = BodyLimit(bytesMax: 0)
    return .request(request)
  }

  private var tooManyFields: Refusal {
    Refusal(
      .headersTooLarge, "The header has more than \(fieldsMax) fields.", limit: .headerFieldsMax)
  }

  private var tooLarge: Refusal {
    Refusal(
      .bodyTooLarge, "The body is larger than \(bodyLimit.bytesMax) bytes.",
      limit: bodyLimit.bytesLimit)
  }
}

/// The header fields that the connection itself heeds, found in one pass.
private struct HeaderFields {
  var contentLength = 0
  var expectsContinue = false
  var asksForUpgrade = false
  var requestID: RequestID?

  init(_ head: HTTPRequestHead) throws(Refusal) {
    var hosts = 0
    for (name, value) in head.headers {
      switch name.utf8.count {
      case 4 where equalsIgnoringCase(name, "host"): hosts += 1
      case 6 where equalsIgnoringCase(name, "expect"):
        guard equalsIgnoringCase(trimWhiteSpace(value[...]), "100-continue") else {
          throw Refusal(.expectationFailed, "Only `Expect: 100-continue` is understood.")
        }
        expectsContinue = true
      case 7 where equalsIgnoringCase(name, "upgrade"): asksForUpgrade = true
      case 12 where equalsIgnoringCase(name, "x-request-id"): requestID = RequestID(given: value)
      case 14 where equalsIgnoringCase(name, "content-length"):
        guard let length = Int(trimWhiteSpace(value[...])), length >= 0 else {
          throw Refusal(.badRequest, "Content-Length is no number.")
        }
        contentLength = length
      default: continue
      }
    }
    // RFC 9112, section 3.2: exactly one, or the name that a proxy routed by is not ours.
    if hosts > 1 || hosts == 0 && head.version.minor >= 1 {
      throw Refusal(.badRequest, "A request has exactly one Host.")
    }
  }
}

/// Reads a request target: origin form, absolute form or `*` (RFC 9112, section 3.2).
private func splitTarget(
  _ uri: String, method: HTTPMethod
) throws(Refusal) -> (path: String, queryString: String?) {
  // Bytes that the decoder repaired, and what browsers cut off before they send.
  guard uri.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "#") }) else {
    throw Refusal(.badRequest, "The request target must be percent-encoded.")
  }
  if uri == "*" { return (uri, nil) }
  if method == .CONNECT { return (uri, nil) }
  var target = uri[...]
  if target.utf8.first != UInt8(ascii: "/") {
    let scheme = target.utf8.prefix { $0 != UInt8(ascii: ":") }
    guard
      equalsIgnoringCase(Substring(scheme), "http")
        || equalsIgnoringCase(Substring(scheme), "https"),
      target[scheme.endIndex...].hasPrefix("://")
    else { throw Refusal(.badRequest, "The request target begins with `/`.") }
    let authority = target.utf8.dropFirst(scheme.count + 3).prefix {
      $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?")
    }
    target = target[authority.endIndex...]
    if target.isEmpty { target = "/" }
  }
  guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else {
    return (String(target), nil)
  }
  let path = mark == target.startIndex ? "/" : String(target[..<mark])
  return (path, String(target[target.utf8.index(after: mark)...]))
}

extension Refusal {
  /// What the decoder refused; which byte it was is of no use to a client.
  init(_ error: HTTPParserError, limits: Limits) {
    switch error {
    case .headerOverflow:
      self.init(
        .headersTooLarge,
        "The header has more than \(limits.headerBytesMax) bytes.", limit: .headerBytesMax)
    case .invalidVersion: self.init(.versionNotSupported, "HTTP/1.1 is spoken here.")
    default: self.init(.badRequest, "This is no request of HTTP/1.1.")
    }
  }
}
