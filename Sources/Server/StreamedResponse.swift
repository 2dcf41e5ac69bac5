// A response whose body is not known when its head leaves: parts enter as they come, and leave as
// chunks (RFC 9112, section 7.1).

internal import NIOCore

/// The body of one response, sent in parts. Confined to its event loop; parts that come after the
/// client left are thrown away.
final class StreamedResponse {
  let head: HTTPResponse
  let keepsAlive: Bool
  /// Sent so far, without the chunks' own bytes.
  private(set) var bodyBytes = 0
  /// Called once when the client left or the server stops, never after `end()`.
  var onEnd: (() -> Void)?

  private let isChunked: Bool
  private let eventLoop: any EventLoop
  /// Nil once it has ended.
  private var connection: HTTPConnection?
  private var writable: EventLoopPromise<Void>?

  init(_ connection: HTTPConnection, _ head: HTTPResponse, isChunked: Bool, keepsAlive: Bool) {
    self.connection = connection
    self.head = head
    self.isChunked = isChunked
    self.keepsAlive = keepsAlive
    eventLoop = connection.loop.eventLoop
  }

  /// Sends a part.
  /// - Returns: completes when the client can take the next, and fails where it has left.
  @discardableResult
  func send(_ part: ByteBuffer) -> EventLoopFuture<Void> {
    guard let connection, part.readableBytes > 0 else {
      return connection == nil
        ? eventLoop.makeFailedFuture(StreamEnded()) : eventLoop.makeSucceededVoidFuture()
    }
    bodyBytes += part.readableBytes
    connection.write(part: isChunked ? chunk(part) : part)
    if connection.takesParts { return eventLoop.makeSucceededVoidFuture() }
    let promise = writable ?? eventLoop.makePromise(of: Void.self)
    writable = promise
    return promise.futureResult
  }

  /// Sends the end of the body.
  func end() {
    guard let connection else { return }
    if isChunked { connection.write(part: ByteBuffer(staticString: "0\r\n\r\n")) }
    self.connection = nil
    connection.endStream(self)
    ended()
  }

  // MARK: Called by the connection

  func becameWritable() {
    let waiting = writable
    writable = nil
    waiting?.succeed()
  }

  func clientLeft() {
    guard connection != nil else { return }
    connection = nil
    ended()
  }

  private func ended() {
    let waiting = writable
    writable = nil
    waiting?.fail(StreamEnded())
    let onEnd = onEnd
    self.onEnd = nil
    onEnd?()
  }

  private func chunk(_ part: ByteBuffer) -> ByteBuffer {
    var chunk = ByteBuffer()
    chunk.reserveCapacity(part.readableBytes + 12)
    chunk.writeString(String(part.readableBytes, radix: 16))
    chunk.writeStaticString("\r\n")
    chunk.writeImmutableBuffer(part)
    chunk.writeStaticString("\r\n")
    return chunk
  }
}

// MARK: The connection's side

extension HTTPConnection {
  /// Begins a response whose body follows in parts.
  /// - Returns: nil where nobody waits for it any more.
  func stream(_ response: HTTPResponse, exchange number: UInt64) -> StreamedResponse? {
    guard let exchange, exchange.number == number, streamed == nil, case .open = phase else {
      return nil
    }
    if isQuiescing {
      respond(writeErrorResponse(.stopping), exchange: number)
      return nil
    }
    let keepsAlive = exchange.keepsAlive && !endsWithThisResponse
    let framing = exchange.framing(keepsAlive: keepsAlive)
    let streamed = StreamedResponse(
      self, response, isChunked: !exchange.isHTTP10, keepsAlive: keepsAlive && !exchange.isHTTP10)
    self.streamed = streamed
    write(response, framing: framing.streamed, corsFields: exchange.corsFields)
    deadline = drainDeadline
    if !isReading { flushIfDue() }
    return streamed
  }

  /// Sends a part of the streamed response.
  func write(part: ByteBuffer) {
    guard let context, case .open = phase else { return }
    context.write(wrapOutboundOut(part), promise: nil)
    flushIsDue = true
    if !isReading { flushIfDue() }
  }

  func note(_ detail: String) {
    guard let exchange else { return }
    loop.observer.observe(exchange.observation(of: detail))
  }

  var takesParts: Bool { context?.channel.isWritable ?? false }

  /// The last part of the streamed response is written.
  func endStream(_ ended: StreamedResponse) {
    guard streamed === ended, let exchange else { return }
    streamed = nil
    loop.observer.observe(exchange.observation(of: ended.head, bodyBytes: ended.bodyBytes))
    finish(exchange, keepsAlive: ended.keepsAlive && !isQuiescing)
  }
}
