// Routes as values enter, the route of a request leaves; 404 and 405 are told apart here.

internal import NIOCore
package import NIOHTTP1

/// One endpoint. Its handler runs on the event loop, must not block it, and answers exactly once
/// through the responder, at once or later, on the same loop.
package struct Route {
  package typealias Handler = (HTTPRequest, Responder) -> Void

  package let method: HTTPMethod
  /// An exact path such as `/graphql`, or everything below one, written `/photos/*`.
  package let path: String
  /// A bound of its own instead of `Limits.bodyBytesMax`.
  package let body: BodyLimit?
  /// Which pages of other origins may call; nil: none.
  package let cors: CORS?
  package let handler: Handler

  package init(
    _ method: HTTPMethod, _ path: String, body: BodyLimit? = nil, cors: CORS? = nil,
    handler: @escaping Handler
  ) {
    self.method = method
    self.path = path
    self.body = body
    self.cors = cors
    self.handler = handler
  }
}

/// How much a request's body may be and how long it may take, with the limits that say so.
package struct BodyLimit: Sendable, Hashable {
  package let bytesMax: Int
  package let bytesLimit: LimitName
  /// From the request's head on; nil: what every request has.
  package let seconds: Double?
  package let secondsLimit: LimitName

  package init(
    bytesMax: Int, _ bytesLimit: LimitName = .bodyBytesMax, seconds: Double? = nil,
    _ secondsLimit: LimitName = .readTimeoutSeconds
  ) {
    self.bytesMax = bytesMax
    self.bytesLimit = bytesLimit
    self.seconds = seconds
    self.secondsLimit = secondsLimit
  }
}

/// Finds routes. Made once an event loop, because handlers may hold what is confined to it.
package struct Router {
  /// Where a request goes.
  enum Match {
    case route(Route)
    /// OPTIONS of a known path, with the methods that it takes (RFC 9110, section 9.3.7).
    case options(allow: String, cors: CORS?, path: String)
    case methodNotAllowed(allow: String, path: String)
    case notFound
  }

  private struct Endpoint {
    var path: String
    var routes: [Route] = []

    /// Such as `GET, HEAD, POST, OPTIONS`.
    var allow: String {
      var methods: [String] = []
      for route in routes {
        methods.append(route.method.rawValue)
        if route.method == .GET { methods.append("HEAD") }
      }
      if !methods.contains("OPTIONS") { methods.append("OPTIONS") }
      return methods.joined(separator: ", ")
    }
  }

  private var exact: [String: Endpoint] = [:]
  /// The longest first, so that the nearest one wins.
  private var prefixes: [Endpoint] = []

  /// Of two routes with the same method and path the first one answers.
  package init(_ routes: [Route]) {
    for route in routes {
      exact[route.path, default: Endpoint(path: route.path)].routes.append(route)
    }
    for (path, endpoint) in exact where path.hasSuffix("/*") {
      prefixes.append(endpoint)
      exact[path] = nil
    }
    prefixes.sort { $0.path.utf8.count > $1.path.utf8.count }
  }

  func match(method: HTTPMethod, path: String) -> Match {
    guard let endpoint = exact[path] ?? prefix(of: path) else {
      if path == "*", method == .OPTIONS {
        return .options(allow: "GET, HEAD, POST, OPTIONS", cors: nil, path: "*")
      }
      return .notFound
    }
    // A GET route answers HEAD as well (RFC 9110, section 9.3.2); the connection leaves the body
    // out.
    let wanted = method == .HEAD ? .GET : method
    for route in endpoint.routes where route.method == wanted || route.method == method {
      return .route(route)
    }
    if method == .OPTIONS {
      let cors = endpoint.routes.lazy.compactMap(\.cors).first
      return .options(allow: endpoint.allow, cors: cors, path: endpoint.path)
    }
    return .methodNotAllowed(allow: endpoint.allow, path: endpoint.path)
  }

  private func prefix(of path: String) -> Endpoint? {
    prefixes.first { path.utf8.starts(with: $0.path.utf8.dropLast()) }
  }
}

/// The way back of one request: takes one response, on the event loop. Answering again is ignored
/// and logged; answering after the time limit or after the client left is ignored in silence.
package struct Responder {
  private enum Destination {
    case connection(HTTPConnection, exchange: UInt64)
    case closure((HTTPResponse) -> Void)
  }

  private let destination: Destination
  /// Of every answer, whatever it is.
  private var fields: [HTTPResponse.Field] = []

  init(_ connection: HTTPConnection, exchange: UInt64) {
    destination = .connection(connection, exchange: exchange)
  }

  /// A responder without a connection, for tests of handlers.
  package init(_ closure: @escaping (HTTPResponse) -> Void) {
    destination = .closure(closure)
  }

  /// The same with header fields that each of its answers has.
  func adding(_ fields: [HTTPResponse.Field]) -> Responder {
    var responder = self
    responder.fields += fields
    return responder
  }

  package func respond(_ response: HTTPResponse) {
    var response = response
    response.fields += fields
    switch destination {
    case .connection(let connection, let exchange):
      connection.respond(response, exchange: exchange)
    case .closure(let closure): closure(response)
    }
  }

  /// Begins a response whose body follows in parts.
  /// - Returns: nil where nobody waits for it any more.
  func stream(_ head: HTTPResponse) -> StreamedResponse? {
    var head = head
    head.fields += fields
    switch destination {
    case .connection(let connection, let exchange):
      return connection.stream(head, exchange: exchange)
    case .closure: return nil
    }
  }

  /// Hands the connection over to another protocol, once its response has been sent.
  func upgrade(
    _ response: HTTPResponse, to makeHandlers: (Limits, Observer) -> [any ChannelHandler]
  ) {
    if case .connection(let connection, let exchange) = destination {
      connection.upgrade(response, exchange: exchange, to: makeHandlers)
    }
  }

  /// For the log alone: a fault beside what a stream goes on to answer.
  func note(_ detail: String) {
    if case .connection(let connection, _) = destination { connection.note(detail) }
  }

  /// Answers a refusal as GraphQL writes errors.
  package func refuse(
    _ refusal: Refusal, mediaType: ResponseMediaType = .json, privateDetail: String? = nil
  ) {
    respond(writeErrorResponse(refusal, mediaType: mediaType, privateDetail: privateDetail))
  }

  /// Calls back once where the client leaves before it is answered; work for it may stop.
  func onClientLeft(_ callback: @escaping () -> Void) {
    if case .connection(let connection, let exchange) = destination {
      connection.onClientLeft(exchange, callback)
    }
  }

  /// False once the client left or the time limit answered; work for it may stop.
  package var isAwaited: Bool {
    switch destination {
    case .connection(let connection, let exchange): connection.awaits(exchange)
    case .closure: true
    }
  }
}
