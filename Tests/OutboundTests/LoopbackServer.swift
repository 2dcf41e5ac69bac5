// A server on this machine that answers as badly as a test wants, and remembers what it was sent.

import NIOCore
import NIOPosix
import Synchronization

/// What a server does with whoever connects.
enum Behaviour: Sendable {
  /// Once something came: these bytes, and nothing more.
  case answer(String)
  /// Takes everything and says nothing.
  case silence
  /// A head that promises more, then a byte again and again.
  case trickle
  /// A body that never ends, as fast as it is taken.
  case flood
  /// Hangs up at once.
  case hangUp
}

final class LoopbackServer: Sendable {
  let port: Int
  private let channel: any Channel
  private let received: Mutex<[UInt8]>
  private let accepted: Mutex<Int>

  /// What all connections sent, one behind the other.
  var request: [UInt8] { received.withLock { $0 } }
  var text: String { String(decoding: request, as: UTF8.self) }
  var connections: Int { accepted.withLock { $0 } }

  private init(_ channel: any Channel, _ log: Log) {
    self.channel = channel
    port = channel.localAddress?.port ?? 0
    received = Mutex([])
    accepted = Mutex(0)
    log.server.withLock { $0 = self }
  }

  private final class Log: Sendable {
    let server = Mutex<LoopbackServer?>(nil)
  }

  /// Runs `body` with a server, which is gone behind it.
  static func run<Value>(
    _ behaviour: Behaviour, host: String = "127.0.0.1",
    _ body: (LoopbackServer) async throws -> Value
  ) async throws -> Value {
    let log = Log()
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let handler = Handler(behaviour) { bytes in
            log.server.withLock { $0 }?.note(bytes)
          }
          try channel.pipeline.syncOperations.addHandler(handler)
        }
      }
      .bind(host: host, port: 0).get()
    let server = LoopbackServer(channel, log)
    defer {
      log.server.withLock { $0 = nil }
      channel.close(promise: nil)
    }
    return try await body(server)
  }

  private func note(_ bytes: [UInt8]?) {
    if let bytes {
      received.withLock { $0 += bytes }
    } else {
      accepted.withLock { $0 += 1 }
    }
  }
}

private final class Handler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  private let behaviour: Behaviour
  /// Nil: somebody connected.
  private let note: ([UInt8]?) -> Void
  private var hasAnswered = false

  init(_ behaviour: Behaviour, note: @escaping ([UInt8]?) -> Void) {
    self.behaviour = behaviour
    self.note = note
  }

  func channelActive(context: ChannelHandlerContext) {
    note(nil)
    if case .hangUp = behaviour { context.close(promise: nil) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    note(Array(unwrapInboundIn(data).readableBytesView))
    guard !hasAnswered else { return }
    hasAnswered = true
    switch behaviour {
    case .answer(let text): send(text, context)
    case .silence, .hangUp: break
    case .trickle:
      send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", context)
      let channel = context.channel
      context.eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(10)) { _ in
        channel.writeAndFlush(ByteBuffer(string: "x"), promise: nil)
      }
    case .flood:
      send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", context)
      flood(context)
    }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if case .flood = behaviour, hasAnswered { flood(context) }
  }

  private func flood(_ context: ChannelHandlerContext) {
    while context.channel.isWritable, context.channel.isActive {
      send("1000\r\n" + String(repeating: "x", count: 4096) + "\r\n", context)
    }
  }

  private func send(_ text: String, _ context: ChannelHandlerContext) {
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    context.close(promise: nil)
  }
}
