// Parts of requests enter from the decoder, bytes of responses leave, in order, one request at a
// time. Refused here: what passes a limit of the connection, in bytes, requests or time.

internal import NIOCore
internal import NIOExtras
internal import NIOHTTP1

/// One HTTP/1.1 connection, the last handler of its channel. A request that arrives while another
/// is answered waits; more than one waiting read stops the socket from being read.
final class HTTPConnection: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// What waits for its turn to be answered.
  private enum Arrival {
    case request(AssembledRequest)
    /// The input could not be read on; the connection ends with this answer.
    case refusal(Refusal)
  }

  enum Phase {
    case open
    /// The last response is written; the socket closes once it was taken.
    case closing
    /// Our side is closed; what the client still sends is thrown away until it closes its own, or
    /// the kernel would reset the connection and take the last response with it.
    case lingering(bytes: Int)
    case closed
  }

  let loop: HTTPLoop
  private(set) var context: ChannelHandlerContext?
  private var remoteAddress: SocketAddress?
  var phase = Phase.open
  private var assembler = RequestAssembler()
  private var waiting = CircularBuffer<Arrival>(initialCapacity: 0)
  var exchange: HTTPExchange?
  /// The response to `exchange` that is being sent in parts.
  var streamed: StreamedResponse?
  private var exchangeCount: UInt64 = 0
  /// The exchange that the time limit answered, whose handler may still answer in vain.
  private var expiredExchange: UInt64 = 0
  private var lastRoute = "-"

  /// Bytes came of a request that is not complete.
  private var isReceiving = false
  /// Nothing that still comes will be looked at: the client closed its side, asked to close, or
  /// sent what cannot be read.
  private var inputEnded = false
  /// The client closed its side. It may still read, and is answered; but most have left, and what
  /// is costly is not begun for it.
  var clientHasClosed = false
  /// The input ended before its end was reached, so that closing must wait for the client.
  private var lingers = false
  var isQuiescing = false
  private var continueIsDue = false

  /// Inside `advance`, which is not entered twice.
  private var isAdvancing = false
  /// Inside a read of the socket, at whose end everything written is flushed at once.
  var isReading = false
  var flushIsDue = false
  private var readIsHeld = false

  var deadline: NIODeadline = .distantFuture
  /// While the server stops: no deadline is later than this.
  var drainDeadline: NIODeadline = .distantFuture

  init(loop: HTTPLoop) {
    self.loop = loop
  }

  // MARK: Channel

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    remoteAddress = context.channel.remoteAddress
    loop.connectionOpened(self)
    // The first request is due at once, not after the time that a connection may rest.
    setDeadline(loop.deadlines.read)
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    ended()
    self.context = nil
  }

  func channelInactive(context: ChannelHandlerContext) {
    ended()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard case .open = phase, !inputEnded else { return }
    isReading = true
    switch unwrapInboundIn(data) {
    case .head(let head):
      take(assembler.take(head: head, router: loop.router, limits: loop.limits))
      // A route may grant its body more time, from here on.
      if assembler.bodyLimit.seconds != nil, isReceiving, exchange == nil {
        setDeadline(readTime)
      }
    case .body(let part): take(assembler.take(body: part))
    case .end(let trailers): take(assembler.end(trailers: trailers))
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    isReading = false
    sendContinueIfDue()
    flushIfDue()
    context.fireChannelReadComplete()
  }

  func read(context: ChannelHandlerContext) {
    // With nothing waiting the next read is allowed although a request is being answered: most
    // clients send none, and leaving the socket registered saves two system calls a request.
    if case .open = phase, !waiting.isEmpty {
      readIsHeld = true
    } else {
      context.read()
    }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable {
      if let streamed {
        deadline = drainDeadline
        streamed.becameWritable()
      }
      advance()
    } else if streamed != nil {
      setDeadline(loop.deadlines.write)
    }
    context.fireChannelWritabilityChanged()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case ChannelEvent.inputClosed: inputClosed()
    case is ChannelShouldQuiesceEvent: quiesce()
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard case .open = phase, !inputEnded else { return }
    if let error = error as? HTTPParserError {
      isReading = true
      refuseInput(Refusal(error, limits: loop.limits))
      isReading = false
      flushIfDue()
    } else if !(error is ByteToMessageDecoderError) {
      loop.observer.observe(.connectionFailed(reason: "\(error)"))
      close()
    }
  }

  // MARK: Input

  /// Bytes arrived before the decoder saw them.
  /// - Returns: false where they are to be thrown away.
  func bytesArrived(_ count: Int) -> Bool {
    switch phase {
    case .open:
      if !isReceiving && !inputEnded {
        isReceiving = true
        if exchange == nil { setDeadline(loop.deadlines.read) }
      }
      return true
    case .closing: return false
    case .lingering(let bytes):
      if bytes + count > loop.limits.lingerBytesMax {
        close()
      } else {
        phase = .lingering(bytes: bytes + count)
      }
      return false
    case .closed: return false
    }
  }

  private func take(_ action: RequestAssembler.Action) {
    switch action {
    case .none: break
    // Sent at the end of this read, if the body did not come along with the head.
    case .awaitContinue: continueIsDue = true
    case .request(let request):
      isReceiving = false
      continueIsDue = false
      if !request.head.keepsAlive { inputEnded = true }
      waiting.append(.request(request))
      let inFlight = waiting.count + (exchange == nil ? 0 : 1)
      if inFlight >= loop.limits.pipelinedRequestsMax {
        inputEnded = true
        lingers = true
      }
      advance()
    case .refuse(let refusal): refuseInput(refusal)
    }
  }

  private func refuseInput(_ refusal: Refusal) {
    inputEnded = true
    lingers = true
    isReceiving = false
    continueIsDue = false
    waiting.append(.refusal(refusal))
    advance()
  }

  private func inputClosed() {
    switch phase {
    case .open:
      inputEnded = true
      isReceiving = false
      clientLeft()
      // Nobody reads a stream whose connection is closed; a response is waited for.
      if isIdle || streamed != nil { close() }
    case .closing: break
    case .lingering: close()
    case .closed: break
    }
  }

  // MARK: Answers

  private var isIdle: Bool { exchange == nil && waiting.isEmpty }

  /// Answers what waits, one after the other, as long as each is answered at once.
  private func advance() {
    guard !isAdvancing, let context else { return }
    isAdvancing = true
    defer { isAdvancing = false }
    while case .open = phase, exchange == nil, isWritable(context),
      let arrival = waiting.popFirst()
    {
      switch arrival {
      case .request(let request): start(request)
      case .refusal(let refusal): refuseConnection(refusal)
      }
    }
    guard case .open = phase, isIdle, context.channel.isWritable else { return }
    if inputEnded || isQuiescing && !isReceiving {
      endAfterLastResponse(context)
      return
    }
    setDeadline(isReceiving ? readTime : loop.deadlines.idle)
    sendContinueIfDue()
    if readIsHeld {
      readIsHeld = false
      context.read()
    }
  }

  /// True while the client takes what is written; many short answers in one read are flushed
  /// before they are taken for a client that does not.
  private func isWritable(_ context: ChannelHandlerContext) -> Bool {
    if !context.channel.isWritable { flushIfDue() }
    return context.channel.isWritable
  }

  private func start(_ request: AssembledRequest) {
    let head = request.head
    let id = head.givenID ?? loop.makeRequestID()
    exchangeCount += 1
    exchange = HTTPExchange(head, id: id, number: exchangeCount)
    setDeadline(loop.deadlines.request)
    let responder = Responder(self, exchange: exchangeCount)
    switch head.match {
    case .route(let route):
      route.handler(
        HTTPRequest(
          method: head.method, path: head.path, queryString: head.queryString,
          headers: head.headers, body: request.body, remoteAddress: remoteAddress, id: id),
        responder)
    case .options(let allow, let cors, _):
      responder.respond(answerOptions(allow: allow, cors: cors, headers: head.headers))
    case .methodNotAllowed(let allow, _): responder.refuse(.methodNotAllowed(allow: allow))
    case .notFound: responder.refuse(.notFound)
    }
  }

  /// Called by the responder of an exchange, at once or later.
  func respond(_ response: HTTPResponse, exchange number: UInt64) {
    loop.eventLoop.assertInEventLoop()
    guard let exchange, exchange.number == number, streamed == nil else {
      // Late, after the time limit answered, or twice; the route is known for the last one only.
      if number == exchangeCount, number != expiredExchange, case .open = phase {
        loop.observer.observe(.answeredTwice(route: lastRoute))
      }
      return
    }
    loop.observer.observe(exchange.observation(of: response))
    let keepsAlive = exchange.keepsAlive && !response.closesConnection && !endsWithThisResponse
    write(
      response, framing: exchange.framing(keepsAlive: keepsAlive),
      corsFields: exchange.corsFields)
    finish(exchange, keepsAlive: keepsAlive)
  }

  /// The exchange's response is written; what waits is answered next.
  func finish(_ exchange: HTTPExchange, keepsAlive: Bool) {
    lastRoute = exchange.route
    self.exchange = nil
    if !keepsAlive {
      lingers = lingers || isReceiving || !waiting.isEmpty
      inputEnded = true
      waiting.removeAll()
    }
    advance()
    if !isReading { flushIfDue() }
  }

  /// Nothing comes after it: said in `Connection`, so that the client does not ask again here.
  var endsWithThisResponse: Bool {
    waiting.isEmpty && (inputEnded || isQuiescing && !isReceiving)
  }

  func awaits(_ number: UInt64) -> Bool {
    exchange?.number == number
  }

  private func refuseConnection(_ refusal: Refusal) {
    let response = writeErrorResponse(refusal)
    let exchange = HTTPExchange(unreadableWithID: loop.makeRequestID())
    loop.observer.observe(exchange.observation(of: response))
    write(response, framing: exchange.framing(keepsAlive: false), corsFields: [])
  }

  func write(
    _ response: HTTPResponse, framing: ResponseFraming, corsFields: [HTTPResponse.Field]
  ) {
    guard let context else { return }
    let (bytes, body) = loop.serialize(response, framing: framing, corsFields: corsFields)
    context.write(wrapOutboundOut(bytes), promise: nil)
    if let body { context.write(wrapOutboundOut(body), promise: nil) }
    flushIsDue = true
    setDeadline(loop.deadlines.write)
  }

  private func sendContinueIfDue() {
    guard continueIsDue, isIdle, !isReading, let context else { return }
    continueIsDue = false
    // The client did not wait for it (RFC 9110, section 10.1.1).
    if assembler.hasBody { return }
    let line = ByteBuffer(staticString: "HTTP/1.1 100 Continue\r\n\r\n")
    context.writeAndFlush(wrapOutboundOut(line), promise: nil)
  }

  func flushIfDue() {
    guard flushIsDue, let context else { return }
    flushIsDue = false
    context.flush()
  }

  // MARK: Ends

  /// The server stops: what arrived is answered, what began is awaited, nothing else.
  private func quiesce() {
    guard !isQuiescing else { return }
    isQuiescing = true
    drainDeadline = .now() + loop.deadlines.drain
    deadline = min(deadline, drainDeadline)
    // The client may be sending its next request while it is told that there is none.
    lingers = true
    // A stream has no end of its own: its client comes back to another server.
    streamed?.end()
    if case .open = phase, isIdle, !isReceiving { close() }
  }

  /// Closes behind the response that was written last.
  private func endAfterLastResponse(_ context: ChannelHandlerContext) {
    guard case .open = phase else { return }
    phase = .closing
    flushIsDue = false
    setDeadline(loop.deadlines.write)
    let connection = NIOLoopBound(self, eventLoop: loop.eventLoop)
    // An empty write completes once everything before it was taken by the socket.
    context.writeAndFlush(wrapOutboundOut(ByteBuffer())).whenComplete { _ in
      connection.value.lastResponseTaken()
    }
  }

  private func lastResponseTaken() {
    guard case .closing = phase, let context else { return }
    guard lingers else { return close() }
    phase = .lingering(bytes: 0)
    setDeadline(loop.deadlines.linger)
    context.close(mode: .output, promise: nil)
    if readIsHeld {
      readIsHeld = false
      context.read()
    }
  }

  /// Called by the sweep.
  func expire(now: NIODeadline) {
    guard deadline <= now else { return }
    switch phase {
    case .closing, .lingering: close()
    case .closed: break
    case .open:
      // The last moment of a stop, or a client that does not take its response.
      if drainDeadline <= now || context?.channel.isWritable == false {
        close()
      } else if let exchange {
        expiredExchange = exchange.number
        respond(writeErrorResponse(.requestTimedOut), exchange: exchange.number)
      } else if isReceiving {
        refuseInput(
          Refusal(
            .requestTimeout, "The request did not arrive in time.",
            limit: assembler.bodyLimit.secondsLimit))
        flushIfDue()
      } else {
        close()
      }
    }
  }

  private var readTime: TimeAmount {
    assembler.bodyLimit.seconds.map(timeAmount) ?? loop.deadlines.read
  }

  private func setDeadline(_ amount: TimeAmount) {
    deadline = min(.now() + amount, drainDeadline)
  }

  func close() {
    if case .closed = phase { return }
    phase = .closed
    clientLeft()
    streamed?.clientLeft()
    streamed = nil
    context?.close(promise: nil)
  }

  /// The channel is gone; a handler that still answers finds nobody.
  private func ended() {
    phase = .closed
    clientLeft()
    streamed?.clientLeft()
    streamed = nil
    exchange = nil
    waiting.removeAll()
    loop.connectionClosed(self)
  }
}
