// Channel names enter; what others NOTIFY leaves, and the fact that something may have been missed.

internal import NIOCore
internal import SQL

/// A connection of its own that LISTENs, and comes back by itself. It must reach PostgreSQL
/// directly: PgBouncer in transaction mode passes no notifications on.
package final class ListenConnection {
  package enum Event: Sendable, Hashable {
    /// Listening for the first time: whatever is read from now on stays fresh.
    case connected
    /// Listening again: notifications were missed, so reload everything.
    case reconnected
    /// Not listening: notifications are missed from now on.
    case lost(DatabaseError)
    case notification(channel: String, payload: String)
  }

  private let channels: [String]
  private let limits: PostgresLimits
  private let reactor: Reactor
  private let onEvent: (Event) -> Void
  private let slot: ConnectionSlot
  private var hasListened = false
  private var isListening = false
  private var probe: Scheduled<Void>?
  private let probeStatement = PreparedStatement.unnamed("select 1")

  /// - Parameter onEvent: called on the loop, in order.
  package init(
    channels: [String], settings: ConnectionSettings, limits: PostgresLimits, reactor: Reactor,
    observe: @escaping (PostgresObservation) -> Void = { _ in },
    onEvent: @escaping (Event) -> Void
  ) {
    reactor.eventLoop.preconditionInEventLoop()
    self.channels = channels
    self.limits = limits
    self.reactor = reactor
    self.onEvent = onEvent
    slot = ConnectionSlot(
      pool: "listen", settings: settings, limits: limits, reactor: reactor, observe: observe)
  }

  /// Begins to connect, and goes on trying until `close`.
  package func start() {
    slot.onReady = { [weak self] connection in self?.listen(connection) }
    slot.onLost = { [weak self] _ in self?.lost() }
    slot.onNeedsFlush = { [weak self] in self?.slot.connection?.flush() }
    slot.onNotification = { [weak self] channel, payload in
      self?.onEvent(.notification(channel: channel, payload: payload))
    }
    slot.start()
  }

  package func close() {
    probe?.cancel()
    slot.close()
  }

  private func listen(_ connection: PipelinedConnection) {
    let queries = channels.map { Query(.unnamed("LISTEN \(quoted(identifier: $0))")) }
    connection.submit(queries, mayRepeat: false) { result in
      guard case .success = result else {
        return connection.close(.connectionLost(outcome: .nothingDone, detail: "LISTEN failed"))
      }
      self.isListening = true
      self.onEvent(self.hasListened ? .reconnected : .connected)
      self.hasListened = true
      self.scheduleProbe()
    }
  }

  private func lost() {
    probe?.cancel()
    guard isListening else { return }
    isListening = false
    onEvent(
      .lost(slot.lastError ?? .connectionLost(outcome: .unknown, detail: "the connection is gone")))
  }

  /// Nobody asks this connection anything, so a dead peer would never be noticed; the answer's own
  /// time limit closes it.
  private func scheduleProbe() {
    let interval = TimeAmount.seconds(Int64(limits.listenProbeSeconds))
    probe = reactor.eventLoop.assumeIsolated().scheduleTask(in: interval) { [weak self] in
      guard let self, let connection = self.slot.connection, connection.isReady else { return }
      connection.submit([Query(self.probeStatement)], mayRepeat: false) { _ in }
      self.scheduleProbe()
    }
  }
}
