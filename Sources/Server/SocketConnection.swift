// Frames of one WebSocket enter and leave: `graphql-transport-ws` between the frames and the query
// pipeline. Refused here: nothing; the machines decide, this handler does.

import Execution
internal import JSON
internal import NIOCore
internal import NIOExtras
internal import NIOWebSocket

/// The last handler of a connection that was upgraded.
final class SocketConnection: ChannelInboundHandler {
  typealias InboundIn = WebSocketFrame
  typealias OutboundOut = WebSocketFrame

  private let pipeline: QueryPipeline
  private let limits: Limits
  private let observer: Observer
  private let id: RequestID
  private var facts: CallerFacts
  /// Of the upgrade's `Authorization`; the payload of `connection_init` may name another.
  private let upgradeToken: BearerToken

  private var context: ChannelHandlerContext?
  private var frames: SocketFrames
  private var machine: SocketMachine
  private var caller: Caller?
  private var watch: SessionWatch?
  private var operations: [String: SocketOperation] = [:]
  private var initTimer: Scheduled<Void>?
  private var pingTimer: Scheduled<Void>?
  /// Runs while the client does not take what is written.
  private var writeTimer: Scheduled<Void>?
  /// Runs from our close frame on.
  private var closeTimer: Scheduled<Void>?
  private var isAlive = true
  /// Inside a read of the socket, at whose end everything written is flushed at once.
  private var isReading = false
  /// A close frame was sent: nothing more is read or said.
  private var isClosing = false
  private var writable: EventLoopPromise<Void>?

  init(_ upgrade: HTTPRequest, pipeline: QueryPipeline, limits: Limits, observer: Observer) {
    self.pipeline = pipeline
    self.limits = limits
    self.observer = observer
    id = upgrade.id
    upgradeToken = upgrade.bearerToken
    var facts = pipeline.facts(of: upgrade)
    // Cookies come along with any page's socket.
    facts.refreshCookie = nil
    self.facts = facts
    frames = SocketFrames(limits: limits)
    machine = SocketMachine(operationsMax: limits.socketOperationsMax)
  }

  // MARK: Channel

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    observer.observe(.socketOpened(id))
    initTimer = schedule(limits.socketInitTimeoutSeconds) { $0.take(.initTimeIsOver) }
    schedulePing()
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
    let frame = unwrapInboundIn(data)
    if isClosing {
      // The answer to our closing, or the client's own that crossed it.
      if frame.opcode == .connectionClose { context.close(promise: nil) }
      return
    }
    isReading = true
    isAlive = true
    switch frames.take(frame) {
    case .none, .pong: break
    case .text(let text): take(text)
    case .ping(let data): write(WebSocketFrame(fin: true, opcode: .pong, data: data))
    case .closed(let code):
      observer.observe(.socketClosed(id, code: code ?? 1005, reason: ""))
      // The client's own code goes back to it (RFC 6455, section 5.5.1).
      close(with: code.map { SocketClosing(code: $0, reason: "") }, isAnswer: true)
    case .close(let closing): close(closing)
    }
  }

  /// Everything that one read of the socket gave rise to is flushed at once.
  func channelReadComplete(context: ChannelHandlerContext) {
    isReading = false
    context.flush()
    context.fireChannelReadComplete()
  }

  /// Nothing more is read while the client does not take what it asked for, and it has only so
  /// long to take it.
  func channelWritabilityChanged(context: ChannelHandlerContext) {
    let isWritable = context.channel.isWritable
    writeTimer?.cancel()
    if isWritable {
      isAlive = true
      let waiting = writable
      writable = nil
      waiting?.succeed()
    } else if !isClosing {
      writeTimer = schedule(limits.writeTimeoutSeconds) { $0.close(.slow) }
    }
    if !isClosing { context.channel.setOption(.autoRead, value: isWritable).whenFailure { _ in } }
    context.fireChannelWritabilityChanged()
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case ChannelEvent.inputClosed: context.close(promise: nil)
    case is ChannelShouldQuiesceEvent: close(.goingAway)
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    switch error {
    case NIOWebSocketError.invalidFrameLength: close(.tooLarge)
    case is NIOWebSocketError: close(.protocolError("A control frame is too long or in parts"))
    // What comes behind such a frame is thrown away.
    case is ByteToMessageDecoderError: break
    case _:
      observer.observe(.connectionFailed(reason: "\(error)"))
      context.close(promise: nil)
    }
  }

  // MARK: The protocol

  private func take(_ text: ByteBuffer) {
    do {
      let message = try text.withUnsafeReadableBytes { bytes in
        try decodeClientMessage(bytes.bindMemory(to: UInt8.self), limits: limits)
      }
      take(.message(message))
    } catch ClientMessageError.notUTF8 {
      close(.notUTF8)
    } catch ClientMessageError.invalid(let why) {
      close(.invalid(String(why.prefix(100))))
    } catch {
      close(.invalid("The message cannot be read"))
    }
  }

  private func take(_ event: SocketMachine.Event) {
    if isClosing { return }
    switch machine.event(event) {
    case .none: break
    case .close(let closing): close(closing)
    case .admit(let payload): admit(payload)
    case .acknowledge:
      initTimer?.cancel()
      say(.connectionAck)
    case .pong(let payload): say(.pong(payload: payload))
    case .start(let id, let request):
      guard let context else { return }
      let operation = SocketOperation(
        id: id, socket: self, eventLoop: context.eventLoop,
        timeout: timeAmount(limits.requestTimeoutSeconds))
      operations[id] = operation
      pipeline.run(request, caller, facts, operation)
    case .refuse(let id, let refusal): say(.error(id: id, .refused(refusal)))
    case .cancel(let id): operations.removeValue(forKey: id)?.cancel()
    }
  }

  /// The token stands in the payload as `Authorization: Bearer ..`, under that name in any case.
  private func admit(_ payload: JSONValue) {
    var token = upgradeToken
    if case .object(let members) = payload,
      let member = members.first(where: { equalsIgnoringCase($0.name, "authorization") })
    {
      switch member.value {
      case .string(let text): token = BearerToken(authorization: text)
      case .null, .bool, .number, .array, .object: token = .malformed
      }
    }
    // A browser's socket has no headers of the page's own.
    if case .object(let members) = payload,
      case .string(let name)? = members.first(where: { equalsIgnoringCase($0.name, "x-origin") })?
        .value
    {
      facts.origin = ChangeOrigin(name)
    }
    do throws(Refusal) {
      caller = try pipeline.authenticate(token)
    } catch {
      return close(.forbidden)
    }
    switch caller {
    case nil: break
    // Sockets are for people; programs have event streams, whose requests are counted.
    case .service, .partner: return close(.forbidden)
    case .member(let member):
      watch = pipeline.watch(.member(member)) { [weak self] end in
        switch end {
        case .tokenExpired: self?.close(.tokenExpired)
        case .sessionEnded: self?.close(.sessionEnded)
        }
      }
    }
    take(.admitted)
  }

  // MARK: Operations

  /// Sends what an operation says.
  /// - Returns: completes when the client can take more.
  @discardableResult
  func say(_ message: ServerMessage) -> EventLoopFuture<Void>? {
    guard let context, !isClosing else { return nil }
    write(WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(bytes: message.json)))
    if context.channel.isWritable { return context.eventLoop.makeSucceededVoidFuture() }
    let promise = writable ?? context.eventLoop.makePromise(of: Void.self)
    writable = promise
    return promise.futureResult
  }

  func note(_ detail: String) { observer.observe(.operationFailed(id, detail: detail)) }

  func operationEnded(_ id: String) {
    operations[id] = nil
    take(.ended(id: id))
  }

  func workEnded() { take(.workEnded) }

  // MARK: Ends

  private func close(_ closing: SocketClosing) {
    if isClosing { return }
    observer.observe(.socketClosed(id, code: closing.code, reason: closing.reason))
    close(with: closing, isAnswer: false)
  }

  /// Says why, and closes our side. What the client still sends meanwhile is thrown away, or the
  /// kernel would reset the connection and take the reason with it; a client that does not close
  /// its own side is not waited for long.
  /// - Parameter isAnswer: to the client's own closing, behind which it sends nothing.
  private func close(with closing: SocketClosing?, isAnswer: Bool) {
    guard let context, !isClosing else { return }
    ended()
    context.channel.setOption(.autoRead, value: true).whenFailure { _ in }
    closeTimer = schedule(limits.lingerTimeoutSeconds) { $0.context?.close(promise: nil) }
    let loopBound = context.loopBound
    let mode = isAnswer ? CloseMode.all : .output
    context.writeAndFlush(wrapOutboundOut(closeFrame(closing))).whenComplete { _ in
      loopBound.value.close(mode: mode, promise: nil)
    }
  }

  /// What works for the client stops.
  private func ended() {
    isClosing = true
    for timer in [initTimer, pingTimer, writeTimer, closeTimer] { timer?.cancel() }
    watch?.cancel()
    let waiting = writable
    writable = nil
    waiting?.fail(StreamEnded())
    let running = operations
    operations = [:]
    for operation in running.values { operation.cancel() }
  }

  private func schedulePing() {
    pingTimer = schedule(limits.streamPingSeconds) { socket in
      guard let context = socket.context, !socket.isClosing else { return }
      // While the client has enough to take, its answer would not be read.
      if context.channel.isWritable {
        guard socket.isAlive else { return socket.close(.silent) }
        socket.isAlive = false
        socket.write(WebSocketFrame(fin: true, opcode: .ping, data: ByteBuffer()))
      }
      socket.schedulePing()
    }
  }

  private func schedule(
    _ seconds: Double, _ work: @escaping (SocketConnection) -> Void
  ) -> Scheduled<Void>? {
    context?.eventLoop.assumeIsolated().scheduleTask(in: timeAmount(seconds)) { [weak self] in
      if let self { work(self) }
    }
  }

  private func write(_ frame: WebSocketFrame) {
    guard let context else { return }
    context.write(wrapOutboundOut(frame), promise: nil)
    if !isReading { context.flush() }
  }
}
