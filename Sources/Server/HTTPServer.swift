// An address, routes and limits enter, a listening server leaves. Refused here: connections beyond
// the limit, and everything once the server stops.

package import NIOCore
internal import NIOExtras
internal import NIOHTTP1
internal import NIOPosix
package import NIOSSL
import Synchronization

/// Where and how to listen.
package struct HTTPServerConfiguration: Sendable {
  package var host: String
  /// 0 takes a free one; the server then says which.
  package var port: Int
  /// Nil: without encryption, behind something that ends TLS.
  package var tls: TLSConfiguration?
  package var limits: Limits

  package init(
    host: String = "127.0.0.1", port: Int = 8080, tls: TLSConfiguration? = nil,
    limits: Limits = Limits()
  ) {
    self.host = host
    self.port = port
    self.tls = tls
    self.limits = limits
  }
}

/// A running server. The event loops belong to the caller, who stops them after the server and
/// whatever else lives on them.
package struct HTTPServer: Sendable {
  private let channel: any Channel
  private let quiescing: Quiescing
  private let census: ConnectionCensus
  private let observer: Observer

  /// The host and port it listens on, the port being the real one.
  package let host: String
  package let port: Int

  /// Listens, and answers as soon as it returns.
  /// - Parameters:
  ///   - group: one event loop or more; connections are spread over them.
  ///   - makeRoutes: called once on each event loop, so that a router may hold what is confined to
  ///     that loop, such as its database connections.
  /// - Throws: what the socket or the certificate is refused for.
  package static func start(
    _ configuration: HTTPServerConfiguration, on group: any EventLoopGroup, observer: Observer,
    makeRoutes: @escaping @Sendable (any EventLoop) -> Router
  ) async throws -> HTTPServer {
    let limits = configuration.limits
    let census = ConnectionCensus(connectionsMax: limits.connectionsMax)
    let tls = try configuration.tls.map { try NIOSSLContext(configuration: serverTLS($0)) }
    var loops: [ObjectIdentifier: NIOLoopBound<HTTPLoop>] = [:]
    for eventLoop in group.makeIterator() {
      loops[ObjectIdentifier(eventLoop)] = try await eventLoop.submit {
        let loop = HTTPLoop(
          eventLoop: eventLoop, router: makeRoutes(eventLoop), limits: limits, observer: observer,
          census: census)
        return NIOLoopBound(loop, eventLoop: eventLoop)
      }.get()
    }
    let quiescing = ServerQuiescingHelper(group: group)
    let channel = try await bootstrap(
      group: group, limits: limits, loops: loops, tls: tls, quiescing: quiescing
    ).bind(host: configuration.host, port: configuration.port).get()
    let server = HTTPServer(
      channel: channel, quiescing: Quiescing(quiescing), census: census, observer: observer,
      host: configuration.host, port: channel.localAddress?.port ?? configuration.port)
    observer.observe(
      .serverStarted(
        address: "\(server.host):\(server.port)", eventLoops: loops.count, usesTLS: tls != nil))
    return server
  }

  /// Stops: no new connection, requests in flight are answered, each with `Connection: close`, for
  /// at most `Limits.drainTimeoutSeconds`. Returns when every connection is closed; may be called
  /// again.
  package func shutdown() async {
    observer.observe(.serverStopping)
    let drained = channel.eventLoop.makePromise(of: Void.self)
    quiescing.end(promise: drained)
    // It fails only where the listening socket was closed already, which is what is wanted.
    _ = await drained.futureResult.result()
    observer.observe(.serverStopped)
  }

  /// Connections open now, over all event loops.
  package var connectionCount: Int { census.count }
}

/// Holds the helper until the server stops, and no longer: when the helper is freed it fails a
/// promise on its event loop, which must still be running then.
private final class Quiescing: Sendable {
  private let helper: Mutex<ServerQuiescingHelper?>

  init(_ helper: ServerQuiescingHelper) { self.helper = Mutex(helper) }

  func end(promise: EventLoopPromise<Void>) {
    let helper = self.helper.withLock { held in
      defer { held = nil }
      return held
    }
    guard let helper else { return promise.succeed() }
    helper.initiateShutdown(promise: promise)
  }
}

extension EventLoopFuture where Value == Void {
  fileprivate func result() async -> Result<Void, any Error> {
    do {
      try await get()
      return .success(())
    } catch {
      return .failure(error)
    }
  }
}

private func serverTLS(_ configuration: TLSConfiguration) -> TLSConfiguration {
  var configuration = configuration
  // HTTP/2 is not spoken here, and a client must not be led to believe so.
  configuration.applicationProtocols = ["http/1.1"]
  return configuration
}

private func bootstrap(
  group: any EventLoopGroup, limits: Limits, loops: [ObjectIdentifier: NIOLoopBound<HTTPLoop>],
  tls: NIOSSLContext?, quiescing: ServerQuiescingHelper
) -> ServerBootstrap {
  ServerBootstrap(group: group)
    .serverChannelOption(.backlog, value: Int32(clamping: limits.acceptBacklogMax))
    .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
    .serverChannelInitializer { channel in
      channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandler(
          quiescing.makeServerChannelHandler(channel: channel))
      }
    }
    .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
    // A client may close its side after its last request and still wait for the answer. Not in TLS,
    // where no client does so and NIOSSL would wait for five seconds for a farewell that came.
    .childChannelOption(.allowRemoteHalfClosure, value: tls == nil)
    .childChannelOption(.maxMessagesPerRead, value: 1)
    .childChannelOption(
      .recvAllocator,
      value: AdaptiveRecvByteBufferAllocator(minimum: 1024, initial: 4096, maximum: 65536)
    )
    .childChannelInitializer { channel in
      channel.eventLoop.makeCompletedFuture {
        // Every loop of the group has its entry; a connection on another one is refused.
        guard let loop = loops[ObjectIdentifier(channel.eventLoop)]?.value else {
          throw ChannelError.inappropriateOperationForState
        }
        try configure(channel, loop: loop, tls: tls)
      }
    }
}

/// Bytes pass, from the socket on: TLS, the gate, the decoder, the connection.
private func configure(_ channel: any Channel, loop: HTTPLoop, tls: NIOSSLContext?) throws {
  let census = loop.census
  let entry = census.enter()
  channel.closeFuture.whenComplete { _ in census.leave() }
  let pipeline = channel.pipeline.syncOperations
  if case .refused(let isFirst) = entry {
    if isFirst { loop.observer.observe(.connectionRefused(connectionsMax: census.connectionsMax)) }
    // Inside TLS the answer would cost a handshake, which is what there is no room for.
    if tls != nil { throw TooManyConnections() }
    try pipeline.addHandler(RefusedConnection(timeout: loop.deadlines.linger))
    return
  }
  if let tls { try pipeline.addHandler(NIOSSLServerHandler(context: tls)) }
  var decoderLimits = NIOHTTPDecoderLimitConfiguration()
  decoderLimits.maxHeaderFieldSize = loop.limits.headerBytesMax
  decoderLimits.maxHeaderListSize = loop.limits.headerBytesMax
  // Fields are counted by whoever can name the limit; their bytes bound them here.
  decoderLimits.maxHeaderFieldCount = loop.limits.headerBytesMax
  let connection = HTTPConnection(loop: loop)
  try pipeline.addHandlers([
    ArrivalGate(connection: connection),
    ByteToMessageHandler(
      HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes, limitConfiguration: decoderLimits)),
    connection,
  ])
}

/// Closes a connection while it is set up.
private struct TooManyConnections: Error {}
