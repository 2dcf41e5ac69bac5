// libpq's sockets enter an inner epoll descriptor; their readiness reaches the event loop as one
// eventfd that SwiftNIO reads. Nothing here blocks the loop.

internal import CReactor
package import NIOCore
internal import NIOPosix

/// The bridge between libpq's sockets and one event loop; make it, use it and close it there. Every
/// pool of a loop shares one.
package final class Reactor {
  /// What is told of a socket: whether it may be read, whether it may be written.
  typealias Handler = (_ isReadable: Bool, _ isWritable: Bool) -> Void

  package let eventLoop: any EventLoop
  private let epoll: OpaquePointer
  private var handlers: [UInt64: Handler] = [:]
  private var lastToken: UInt64 = 0
  private var events: [reactor_event]
  private var wakeups: (any Channel)?
  private var isClosed = false

  /// - Parameter isThreaded: forward readiness by a helper thread even where the kernel can do it
  ///   alone; for measuring the two against each other.
  /// - Throws: `IOError` when the kernel gives no descriptor.
  package init(eventLoop: any EventLoop, isThreaded: Bool = false) throws {
    eventLoop.preconditionInEventLoop()
    self.eventLoop = eventLoop
    guard let epoll = isThreaded ? reactor_create_threaded() : reactor_create() else {
      throw IOError(errnoCode: errno, reason: "reactor_create")
    }
    self.epoll = epoll
    events = Array(
      repeating: reactor_event(token: 0, readable: false, writable: false), count: 64)
    try readWakeups()
  }

  deinit {
    reactor_destroy(epoll)
  }

  /// Whether a helper thread forwards readiness.
  package var isThreaded: Bool { reactor_is_threaded(epoll) }

  /// Ends the wakeups; the sockets' owners must have closed them before.
  package func close() {
    isClosed = true
    wakeups?.close(promise: nil)
    wakeups = nil
    handlers = [:]
  }

  func makeToken(_ handler: @escaping Handler) -> UInt64 {
    lastToken += 1
    handlers[lastToken] = handler
    return lastToken
  }

  func forget(_ token: UInt64, socket: Int32) {
    handlers[token] = nil
    if socket >= 0 { reactor_unwatch(epoll, socket) }
  }

  /// Level-triggered; a second call changes what is watched. Returns an errno, or 0.
  func watch(_ socket: Int32, readable: Bool, writable: Bool, token: UInt64) -> Int32 {
    reactor_watch(epoll, socket, readable, writable, token)
  }

  private func readWakeups() throws {
    let descriptor = reactor_copy_wakeup(epoll)
    guard descriptor >= 0 else { throw IOError(errnoCode: errno, reason: "eventfd") }
    let handler = NIOLoopBound(WakeupHandler(reactor: self), eventLoop: eventLoop)
    let bound = NIOLoopBound(self, eventLoop: eventLoop)
    NIOPipeBootstrap(group: eventLoop)
      .channelOption(.maxMessagesPerRead, value: 1)
      .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 8))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(handler.value)
        }
      }
      .takingOwnershipOfDescriptor(input: descriptor)
      .whenSuccess { channel in bound.value.began(channel) }
    arm()
  }

  private func began(_ channel: any Channel) {
    if isClosed { channel.close(promise: nil) } else { wakeups = channel }
  }

  /// Tells each ready socket's owner, and asks to be woken for the next.
  fileprivate func react() {
    reactor_signalled(epoll)
    let count = Int(reactor_poll(epoll, &events, Int32(events.count)))
    for index in 0..<count {
      let event = events[index]
      // Whoever was closed by a handler before it in this round has forgotten its token.
      handlers[event.token]?(event.readable, event.writable)
    }
    arm()
  }

  /// Asks for the next wakeup. Should the kernel have no room for the request, looks again soon:
  /// without a wakeup every connection would stand still.
  private func arm() {
    if isClosed || reactor_arm(epoll) == 0 { return }
    eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(1)) { [weak self] in
      self?.react()
    }
  }
}

private final class WakeupHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  // The reactor owns the channel and the channel this handler; the pools own the reactor.
  private weak var reactor: Reactor?

  init(reactor: Reactor) {
    self.reactor = reactor
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    reactor?.react()
  }
}
