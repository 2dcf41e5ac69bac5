// A place in a pool: keeps one connection in it, making a new one after each loss.

internal import NIOCore

/// One place of a pool. Connects, and after a loss connects again, later and later, until closed.
final class ConnectionSlot {
  private let pool: String
  private let settings: ConnectionSettings
  private let limits: PostgresLimits
  private let reactor: Reactor
  private let observe: (PostgresObservation) -> Void
  private var backoff: ReconnectBackoff
  private var reconnect: Scheduled<Void>?
  private var isClosed = false
  private var isUp = false

  private(set) var connection: PipelinedConnection?
  private(set) var lastError: DatabaseError?
  var onReady: (PipelinedConnection) -> Void = { _ in }
  /// A connection that was ready, or never was, is gone.
  var onLost: (PipelinedConnection) -> Void = { _ in }
  var onNotification: ((_ channel: String, _ payload: String) -> Void)?
  var onNeedsFlush: () -> Void = {}

  init(
    pool: String, settings: ConnectionSettings, limits: PostgresLimits, reactor: Reactor,
    observe: @escaping (PostgresObservation) -> Void
  ) {
    self.pool = pool
    self.settings = settings
    self.limits = limits
    self.reactor = reactor
    self.observe = observe
    backoff = ReconnectBackoff(limits: limits)
  }

  func start() {
    guard !isClosed else { return }
    let callbacks = PipelinedConnection.Callbacks(
      ready: { [weak self] connection in self?.becameReady(connection) },
      closed: { [weak self] connection, error in self?.lost(connection, error) },
      repeated: { [pool, observe] sqlState, name in
        observe(.batchRepeated(pool: pool, sqlState: sqlState, statementName: name))
      },
      needsFlush: { [weak self] in self?.onNeedsFlush() },
      notified: onNotification)
    let connection = PipelinedConnection(
      settings: settings, limits: limits, reactor: reactor, callbacks: callbacks)
    self.connection = connection
    connection.connect()
  }

  func close() {
    isClosed = true
    reconnect?.cancel()
    connection?.close(.closed)
    connection = nil
  }

  private func becameReady(_ connection: PipelinedConnection) {
    isUp = true
    backoff.succeeded()
    lastError = nil
    observe(.connected(pool: pool))
    onReady(connection)
  }

  private func lost(_ connection: PipelinedConnection, _ error: DatabaseError) {
    guard self.connection === connection else { return }
    let wasUp = isUp
    isUp = false
    self.connection = nil
    lastError = error
    onLost(connection)
    if isClosed { return }
    let wait = backoff.next(share: .random(in: 0...1))
    if wasUp {
      observe(.connectionClosed(pool: pool, error))
    } else {
      observe(.connectFailed(pool: pool, error, retryMilliseconds: wait))
    }
    let loop = reactor.eventLoop.assumeIsolated()
    reconnect = loop.scheduleTask(in: .milliseconds(Int64(wait))) { self.start() }
  }
}
