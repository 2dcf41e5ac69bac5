// Mutations enter, each with a connection of its own as long as it lasts; rows leave after their
// Sync. Refused here: one while no connection is up, one too many waiting, one that waited too
// long.

internal import NIOCore

/// A few connections of one event loop, each lent to one mutation at a time, so that a row lock of
/// one tenant stalls nobody else's batch. A connection comes back only when it is idle outside a
/// transaction; otherwise it is closed. Its role runs at READ COMMITTED.
package final class WritePool {
  package typealias Completion = (Result<[Rows], DatabaseError>) -> Void

  private final class Waiter {
    let completion: (Result<PipelinedConnection, DatabaseError>) -> Void
    var timeout: Scheduled<Void>?
    var isDone = false

    init(_ completion: @escaping (Result<PipelinedConnection, DatabaseError>) -> Void) {
      self.completion = completion
    }
  }

  let limits: PostgresLimits
  let eventLoop: any EventLoop
  private let settings: ConnectionSettings
  private let reactor: Reactor
  private let observe: (PostgresObservation) -> Void
  private var slots: [ConnectionSlot] = []
  private var idle: [PipelinedConnection] = []
  private var leased: [ObjectIdentifier: PipelinedConnection] = [:]
  private var waiters = CircularBuffer<Waiter>()
  private var waiting = 0
  private var isFlushScheduled = false
  private var isClosed = false

  package init(
    settings: ConnectionSettings, limits: PostgresLimits, reactor: Reactor,
    observe: @escaping (PostgresObservation) -> Void = { _ in }
  ) {
    reactor.eventLoop.preconditionInEventLoop()
    eventLoop = reactor.eventLoop
    self.settings = settings
    self.limits = limits
    self.reactor = reactor
    self.observe = observe
  }

  /// Begins to connect, and goes on trying until `close`.
  package func start() {
    for _ in 0..<max(1, limits.writeConnections) {
      let slot = ConnectionSlot(
        pool: "write", settings: settings, limits: limits, reactor: reactor, observe: observe)
      slot.onReady = { [weak self] connection in self?.offer(connection) }
      slot.onLost = { [weak self] connection in self?.lost(connection) }
      slot.onNeedsFlush = { [weak self] in self?.scheduleFlush() }
      slots.append(slot)
      slot.start()
    }
  }

  /// At least one connection is up, lent or not.
  package var isReady: Bool { !idle.isEmpty || !leased.isEmpty }

  /// Mutations that have a connection, and those that wait for one.
  package var load: Int { leased.count + waiting }

  /// Sends a batch as one implicit transaction on a connection of its own. `completion` is called
  /// on the loop, once. After `connectionLost(outcome: .unknown)` it may have been committed.
  package func submit(_ batch: Batch, _ completion: @escaping Completion) {
    lease { leased in
      switch leased {
      case .failure(let error):
        completion(.failure(error))
      case .success(let connection):
        connection.submit(batch.queries, mayRepeat: true) { result in
          self.release(connection)
          completion(result)
        }
      }
    }
  }

  /// Closes every connection; what is in flight or waits fails with `closed`.
  package func close() {
    isClosed = true
    for slot in slots { slot.close() }
    slots = []
    idle = []
    failWaiters(.closed)
  }

  /// The same pool for code that runs elsewhere, and for transactions.
  package var handle: WritePoolHandle {
    WritePoolHandle(pool: NIOLoopBound(self, eventLoop: eventLoop))
  }

  // MARK: Lending

  /// Gives a connection that is idle outside a transaction; `release` must follow, once.
  func lease(_ completion: @escaping (Result<PipelinedConnection, DatabaseError>) -> Void) {
    if let connection = idle.popLast() {
      leased[ObjectIdentifier(connection)] = connection
      return completion(.success(connection))
    }
    if leased.isEmpty {
      let detail = isClosed ? "the pool is closed" : "no connection is up"
      return completion(.failure(.connectionLost(outcome: .nothingDone, detail: detail)))
    }
    if waiting >= limits.writeWaitersMax {
      return completion(.failure(.queueFull(limit: limits.writeWaitersMax)))
    }
    let waiter = Waiter(completion)
    let limit = TimeAmount.milliseconds(Int64(limits.writeWaitMilliseconds))
    waiter.timeout = eventLoop.assumeIsolated().scheduleTask(in: limit) {
      self.finish(waiter, .failure(.timedOut(.writeConnection)))
    }
    waiters.append(waiter)
    waiting += 1
  }

  /// Takes a connection back; one that is not idle outside a transaction is closed and replaced.
  func release(_ connection: PipelinedConnection) {
    guard leased.removeValue(forKey: ObjectIdentifier(connection)) != nil else { return }
    guard connection.isReady else { return }
    if connection.isIdleOutsideTransaction {
      offer(connection)
    } else {
      connection.close(
        .connectionLost(outcome: .unknown, detail: "a mutation left its transaction open"))
    }
  }

  private func offer(_ connection: PipelinedConnection) {
    while let waiter = waiters.popFirst() {
      if waiter.isDone { continue }
      leased[ObjectIdentifier(connection)] = connection
      return finish(waiter, .success(connection))
    }
    idle.append(connection)
  }

  private func finish(_ waiter: Waiter, _ result: Result<PipelinedConnection, DatabaseError>) {
    if waiter.isDone { return }
    waiter.isDone = true
    waiter.timeout?.cancel()
    waiting -= 1
    waiter.completion(result)
  }

  private func lost(_ connection: PipelinedConnection) {
    idle.removeAll { $0 === connection }
    leased[ObjectIdentifier(connection)] = nil
    if isReady { return }
    failWaiters(.connectionLost(outcome: .nothingDone, detail: "no connection is up"))
  }

  private func failWaiters(_ error: DatabaseError) {
    let all = waiters
    waiters.removeAll()
    for waiter in all { finish(waiter, .failure(error)) }
  }

  private func scheduleFlush() {
    if isFlushScheduled { return }
    isFlushScheduled = true
    eventLoop.assumeIsolated().execute {
      self.isFlushScheduled = false
      for slot in self.slots { slot.connection?.flush() }
    }
  }
}
