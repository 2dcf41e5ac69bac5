// A request for a WebSocket enters; a connection that speaks `graphql-transport-ws` leaves. Refused
// here: a handshake that is none, another subprotocol, and the page of an origin that may not call.
// Source: RFC 6455, section 4.2.

internal import Credentials
internal import NIOCore
internal import NIOHTTP1
internal import NIOWebSocket

private let subprotocol = "graphql-transport-ws"
private let handshakeGUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

/// Whether the request asks for a WebSocket, which only a GET does.
func asksForSocket(_ request: HTTPRequest) -> Bool {
  request.method == .GET
    && request.headers[canonicalForm: "upgrade"].contains { equalsIgnoringCase($0, "websocket") }
}

/// Makes a socket of the request's connection.
/// - Parameter cors: which origins' pages may, beside our own: a browser asks nobody before it
///   opens a socket.
func openSocket(
  _ request: HTTPRequest, _ responder: Responder, pipeline: QueryPipeline, cors: CORS?
) {
  let accept: String
  do throws(Refusal) {
    try checkOrigin(request.headers, cors)
    accept = try handshake(request.headers)
  } catch {
    var response = writeErrorResponse(error)
    if error.code == .upgradeRequired {
      response.add("upgrade", "websocket")
      response.add("sec-websocket-version", "13")
    }
    response.closesConnection = true
    return responder.respond(response)
  }
  var response = HTTPResponse(status: .switchingProtocols)
  response.add("connection", "upgrade")
  response.add("upgrade", "websocket")
  // Spelt as RFC 6455 does: Python's gql looks for the name in this case.
  response.add("Sec-WebSocket-Accept", accept)
  response.add("Sec-WebSocket-Protocol", subprotocol)
  responder.upgrade(response) { limits, observer in
    [
      ByteToMessageHandler(WebSocketFrameDecoder(maxFrameSize: limits.socketMessageBytesMax)),
      WebSocketFrameEncoder(),
      SocketConnection(request, pipeline: pipeline, limits: limits, observer: observer),
    ]
  }
}

/// - Returns: the value of `Sec-WebSocket-Accept`.
private func handshake(_ headers: HTTPHeaders) throws(Refusal) -> String {
  guard
    headers[canonicalForm: "connection"].contains(where: { equalsIgnoringCase($0, "upgrade") })
  else { throw Refusal(.badRequest, "A WebSocket asks by `Connection: Upgrade`.") }
  guard headers["sec-websocket-version"] == ["13"] else {
    throw Refusal(.upgradeRequired, "Version 13 of WebSocket is spoken here.")
  }
  let keys = headers["sec-websocket-key"]
  guard keys.count == 1, keys[0].hasSuffix("=="),
    decodeBase64(String(keys[0].dropLast(2)), .standard)?.count == 16
  else {
    throw Refusal(.badRequest, "A WebSocket has one Sec-WebSocket-Key of 16 bytes.")
  }
  guard headers[canonicalForm: "sec-websocket-protocol"].contains(where: { $0 == subprotocol })
  else {
    throw Refusal(.badRequest, "The subprotocol spoken here is \(subprotocol).")
  }
  // Twenty bytes take one character of padding, which our base64 leaves out.
  return encodeBase64(sha1(Array((keys[0] + handshakeGUID).utf8)), .standard) + "="
}

/// Whoever sends no `Origin` is no page.
private func checkOrigin(_ headers: HTTPHeaders, _ cors: CORS?) throws(Refusal) {
  let origins = headers["origin"]
  guard let origin = origins.first else { return }
  let host = headers.first(name: "host") ?? ""
  if origins.count == 1 {
    if origin == "http://\(host)" || origin == "https://\(host)" { return }
    if let cors, cors.allows(origin) { return }
  }
  throw Refusal(.forbidden, "Pages of this origin may not open a socket here.")
}

// MARK: The connection's side

extension HTTPConnection {
  /// Says that another protocol follows, and hands the connection over to its handlers, with the
  /// bytes that came behind the request.
  func upgrade(
    _ response: HTTPResponse, exchange number: UInt64,
    to makeHandlers: (Limits, Observer) -> [any ChannelHandler]
  ) {
    guard let exchange, exchange.number == number, streamed == nil, case .open = phase,
      let context
    else { return }
    // The handlers would come too late to hear of it.
    if isQuiescing { return respond(writeErrorResponse(.stopping), exchange: number) }
    loop.observer.observe(exchange.observation(of: response))
    write(response, framing: exchange.framing(keepsAlive: true), corsFields: [])
    context.flush()
    flushIsDue = false
    let channel = context.channel
    let pipeline = context.pipeline.syncOperations
    do {
      try pipeline.addHandlers(makeHandlers(loop.limits, loop.observer))
      let decoder = try pipeline.context(
        handlerType: ByteToMessageHandler<HTTPRequestDecoder>.self)
      let gate = try pipeline.context(handlerType: ArrivalGate.self)
      // First the one that understands requests, then the one that makes them of bytes.
      pipeline.removeHandler(self, promise: nil)
      pipeline.removeHandler(context: gate, promise: nil)
      pipeline.removeHandler(context: decoder, promise: nil)
      // The decoder hands on what it holds in the loop's next turn, which is no read of the socket
      // and so would have no end.
      loop.eventLoop.execute { channel.pipeline.fireChannelReadComplete() }
    } catch {
      close()
    }
  }
}
