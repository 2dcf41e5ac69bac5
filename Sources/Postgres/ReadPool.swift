// Batches that read enter, from any request on the loop; each one's rows leave after its own Sync.
// Refused here: a batch while no connection is up, or while too many wait.

internal import NIOCore

/// Pipelined connections of one event loop, shared by all of its requests. Make it, use it and
/// close it on the loop. Its role should be read-only at repeatable read (`ALTER ROLE`), so that a
/// batch sees one snapshot and no row lock stalls the requests behind it.
package final class ReadPool {
  package typealias Completion = (Result<[Rows], DatabaseError>) -> Void

  private let settings: ConnectionSettings
  private let limits: PostgresLimits
  private let reactor: Reactor
  private let observe: (PostgresObservation) -> Void
  private var slots: [ConnectionSlot] = []
  private var ready: [PipelinedConnection] = []
  private var isFlushScheduled = false
  private var isClosed = false

  package init(
    settings: ConnectionSettings, limits: PostgresLimits, reactor: Reactor,
    observe: @escaping (PostgresObservation) -> Void = { _ in }
  ) {
    reactor.eventLoop.preconditionInEventLoop()
    self.settings = settings
    self.limits = limits
    self.reactor = reactor
    self.observe = observe
  }

  /// Begins to connect, and goes on trying until `close`.
  package func start() {
    for _ in 0..<max(1, limits.readConnections) {
      let slot = ConnectionSlot(
        pool: "read", settings: settings, limits: limits, reactor: reactor, observe: observe)
      slot.onReady = { [weak self] connection in self?.ready.append(connection) }
      slot.onLost = { [weak self] connection in self?.ready.removeAll { $0 === connection } }
      slot.onNeedsFlush = { [weak self] in self?.scheduleFlush() }
      slots.append(slot)
      slot.start()
    }
  }

  /// At least one connection is up.
  package var isReady: Bool { !ready.isEmpty }

  /// Batches sent or waiting.
  package var load: Int { ready.reduce(0) { $0 + $1.load } }

  /// Why no connection is up, as far as is known.
  package var lastError: DatabaseError? { slots.lazy.compactMap(\.lastError).first }

  /// Sends a batch with this tick's flush. `completion` is called on the loop, once, never within
  /// this call unless the batch is refused at once.
  package func submit(_ batch: Batch, _ completion: @escaping Completion) {
    guard var chosen = ready.first else {
      let detail = isClosed ? "the pool is closed" : "no connection is up"
      return completion(.failure(.connectionLost(outcome: .nothingDone, detail: detail)))
    }
    var total = 0
    var least = Int.max
    for connection in ready {
      let load = connection.load
      total += load
      if load < least {
        least = load
        chosen = connection
      }
    }
    if total >= limits.queueMax { return completion(.failure(.queueFull(limit: limits.queueMax))) }
    chosen.submit(batch.queries, mayRepeat: true, completion)
  }

  /// Closes every connection; what is in flight fails with `closed`. Drain requests before.
  package func close() {
    isClosed = true
    for slot in slots { slot.close() }
    slots = []
    ready = []
  }

  /// The same pool for code that runs elsewhere.
  package var handle: ReadPoolHandle {
    ReadPoolHandle(pool: NIOLoopBound(self, eventLoop: reactor.eventLoop))
  }

  private func scheduleFlush() {
    if isFlushScheduled { return }
    isFlushScheduled = true
    // Tasks run after the tick's socket events, so this sends what all of its requests submitted.
    reactor.eventLoop.assumeIsolated().execute {
      self.isFlushScheduled = false
      for slot in self.slots { slot.connection?.flush() }
    }
  }
}

/// A read pool as seen from a task that is not on its event loop.
package struct ReadPoolHandle: Sendable {
  fileprivate let pool: NIOLoopBound<ReadPool>

  /// - Throws: what `ReadPool.submit` answers.
  package func submit(_ batch: Batch) async throws(DatabaseError) -> [Rows] {
    let result = await withCheckedContinuation { continuation in
      pool.eventLoop.execute {
        pool.value.submit(batch) { continuation.resume(returning: $0) }
      }
    }
    return try result.get()
  }

  /// As `ReadPool.isReady`.
  package func isReady() async -> Bool {
    await withCheckedContinuation { continuation in
      pool.eventLoop.execute { continuation.resume(returning: pool.value.isReady) }
    }
  }
}
