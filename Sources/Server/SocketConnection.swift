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
  private let facts: CallerFacts
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
  private var isAlive = true
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
    let loop = context.eventLoop.assumeIsolated()
    initTimer = loop.scheduleTask(in: amount(limits.socketInitTimeoutSeconds)) { [weak self] in
      self?.take(.initTimeIsOver)
    }
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
    if isClosing { return }
    isAlive = true
    switch frames.take(unwrapInboundIn(data)) {
    case .none, .pong: break
    case .text(let text): take(text)
    case .ping(let data): write(WebSocketFrame(fin: true, opcode: .pong, data: data))
    case .closed(let code):
      observer.observe(
        .socketClosed(id, code: code.map { UInt16(webSocketErrorCode: $0) } ?? 1005, reason: ""))
      // The client's own code goes back to it (RFC 6455, section 5.5.1).
      close(with: .normal)
    case .close(let closing): close(closing)
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    context.flush()
    context.fireChannelReadComplete()
  }

  /// Nothing more is read while the client does not take what it asked for.
  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if context.channel.isWritable {
      let waiting = writable
      writable = nil
      waiting?.succeed()
    }
    context.channel.setOption(.autoRead, value: context.channel.isWritable).whenFailure { _ in }
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
      let operation = SocketOperation(id: id, socket: self, eventLoop: context.eventLoop)
      operations[id] = operation
      pipeline.run(request, caller, facts, operation)
    case .refuse(let id):
      say(
        .error(
          id: id,
          .refused(
            Refusal(
              .limitExceeded,
              "At most \(limits.socketOperationsMax) operations of a socket run at once.",
              limit: .socketOperationsMax))))
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
    do throws(Refusal) {
      caller = try pipeline.authenticate(token)
    } catch {
      return close(.forbidden)
    }
    if let caller {
      watch = pipeline.watch(caller) { [weak self] end in
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

  // MARK: Ends

  private func close(_ closing: SocketClosing) {
    if isClosing { return }
    observer.observe(.socketClosed(id, code: closing.code, reason: closing.reason))
    close(with: closing)
  }

  private func close(with closing: SocketClosing) {
    guard let context, !isClosing else { return }
    isClosing = true
    ended()
    let loopBound = context.loopBound
    context.writeAndFlush(wrapOutboundOut(closing.frame)).whenComplete { _ in
      loopBound.value.close(promise: nil)
    }
  }

  /// What works for the client stops.
  private func ended() {
    isClosing = true
    initTimer?.cancel()
    pingTimer?.cancel()
    watch?.cancel()
    let waiting = writable
    writable = nil
    waiting?.fail(StreamEnded())
    let running = operations
    operations = [:]
    for operation in running.values { operation.cancel() }
  }

  private func schedulePing() {
    guard let context else { return }
    let loop = context.eventLoop.assumeIsolated()
    pingTimer = loop.scheduleTask(in: amount(limits.streamPingSeconds)) { [weak self] in
      guard let self, !self.isClosing else { return }
      guard self.isAlive else { return self.close(.silent) }
      self.isAlive = false
      self.write(WebSocketFrame(fin: true, opcode: .ping, data: ByteBuffer()))
      self.schedulePing()
    }
  }

  private func write(_ frame: WebSocketFrame) {
    context?.writeAndFlush(wrapOutboundOut(frame), promise: nil)
  }

  private func amount(_ seconds: Double) -> TimeAmount { .nanoseconds(Int64(seconds * 1e9)) }
}
