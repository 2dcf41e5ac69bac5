// What the connections of one event loop share: routes, limits, the clock, the count of requests,
// and the sweep that ends whatever passed its deadline.

internal import NIOCore
internal import NIOHTTP1

/// Confined to its event loop; made once for each.
final class HTTPLoop {
  let eventLoop: any EventLoop
  let router: Router
  let limits: Limits
  let deadlines: Deadlines
  let observer: Observer
  let census: ConnectionCensus

  /// Response heads are written here; as long as the socket takes them at once, without allocating.
  private var scratch = ByteBuffer()
  private var date = HTTPDate()
  private var nextID = UInt64.random(in: 0...UInt64.max)
  private var connections: [ObjectIdentifier: HTTPConnection] = [:]
  private var isSweeping = false

  init(
    eventLoop: any EventLoop, router: Router, limits: Limits, observer: Observer,
    census: ConnectionCensus
  ) {
    self.eventLoop = eventLoop
    self.router = router
    self.limits = limits
    self.observer = observer
    self.census = census
    deadlines = Deadlines(limits)
  }

  func makeRequestID() -> RequestID {
    nextID &+= 1
    return .generated(nextID)
  }

  /// The bytes of a response: a head with a short body, and a long body apart.
  func serialize(
    _ response: HTTPResponse, framing: ResponseFraming, corsFields: [HTTPResponse.Field]
  ) -> (ByteBuffer, ByteBuffer?) {
    // A long answer's memory is not kept for all the short ones after it.
    if scratch.capacity > 64 * 1024 { scratch = ByteBuffer() }
    scratch.clear(minimumCapacity: 512)
    date.refresh()
    let body = write(
      response, framing: framing, corsFields: corsFields, date: date, into: &scratch)
    return (scratch, body)
  }

  // MARK: Deadlines

  func connectionOpened(_ connection: HTTPConnection) {
    connections[ObjectIdentifier(connection)] = connection
    if !isSweeping {
      isSweeping = true
      scheduleSweep()
    }
  }

  func connectionClosed(_ connection: HTTPConnection) {
    connections[ObjectIdentifier(connection)] = nil
  }

  /// One timer for all connections instead of one a request; it rests while there are none.
  private func scheduleSweep() {
    let bound = NIOLoopBound(self, eventLoop: eventLoop)
    eventLoop.scheduleTask(in: deadlines.sweepInterval) { bound.value.sweep() }
  }

  private func sweep() {
    guard !connections.isEmpty else {
      isSweeping = false
      return
    }
    let now = NIODeadline.now()
    for connection in Array(connections.values) { connection.expire(now: now) }
    scheduleSweep()
  }
}

/// The limits in seconds, as the event loop counts time.
struct Deadlines {
  let read: TimeAmount
  let idle: TimeAmount
  let request: TimeAmount
  let write: TimeAmount
  let linger: TimeAmount
  let drain: TimeAmount
  /// An eighth of the shortest, so that none is late by more than that; at most a second.
  let sweepInterval: TimeAmount

  init(_ limits: Limits) {
    read = timeAmount(limits.readTimeoutSeconds)
    idle = timeAmount(limits.idleTimeoutSeconds)
    request = timeAmount(limits.requestTimeoutSeconds)
    write = timeAmount(limits.writeTimeoutSeconds)
    linger = timeAmount(limits.lingerTimeoutSeconds)
    drain = timeAmount(limits.drainTimeoutSeconds)
    let shortest = [read, idle, request, write, linger, drain].min() ?? read
    sweepInterval = .nanoseconds(
      min(max(shortest.nanoseconds / 8, 5_000_000), 1_000_000_000))
  }
}

/// A limit in seconds as the event loop counts.
func timeAmount(_ seconds: Double) -> TimeAmount {
  .nanoseconds(Int64(min(max(seconds, 0), 1e9) * 1e9))
}
