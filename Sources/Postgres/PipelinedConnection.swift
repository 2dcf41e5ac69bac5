// libpq's IO for one connection in pipeline mode: batches enter, each one's rows leave after its
// own Sync. What the answers mean is decided in PipelineMachine, what is prepared in
// StatementCache.

internal import CLibpq
internal import CReactor
internal import NIOCore
internal import SQL

/// One PGconn from its connecting to its end; confined to its event loop, never connected again.
final class PipelinedConnection {
  typealias Completion = (Result<[Rows], DatabaseError>) -> Void

  private enum Ticket {
    case batch(PendingBatch)
    case prepare(PreparedStatement)
    case deallocate
  }

  private enum Phase {
    case connecting
    case verifying
    case ready
    case closed
  }

  /// What its pool is told.
  struct Callbacks {
    var ready: (PipelinedConnection) -> Void
    var closed: (PipelinedConnection, DatabaseError) -> Void
    var repeated: (_ sqlState: String, _ statementName: String) -> Void
    /// Something was queued that a flush at the end of this tick must send.
    var needsFlush: () -> Void
    /// A NOTIFY came; nil where nobody listens.
    var notified: ((_ channel: String, _ payload: String) -> Void)?
  }

  private let settings: ConnectionSettings
  private let limits: PostgresLimits
  private let reactor: Reactor
  private let callbacks: Callbacks
  private let preparesStatements: Bool

  private var phase = Phase.connecting
  private var attempt: ConnectionAttempt?
  private var connection: OpaquePointer?
  private var socket: Int32 = -1
  private var token: UInt64 = 0
  private var isWatchingWrites = false
  private var isUnflushed = false

  private var machine = PipelineMachine<Ticket, Rows>()
  private var statements: StatementCache
  private var parameters = ParameterBuffer()
  /// Batches that wait for a statement of theirs to be acknowledged.
  private var parked: [PendingBatch] = []
  private var unitsSent: UInt64 = 0
  private var lastProgress = NIODeadline.now()
  private var watchdog: Scheduled<Void>?
  private var connectTimeout: Scheduled<Void>?

  init(
    settings: ConnectionSettings, limits: PostgresLimits, reactor: Reactor, callbacks: Callbacks
  ) {
    self.settings = settings
    self.limits = limits
    self.reactor = reactor
    self.callbacks = callbacks
    preparesStatements = !settings.isThroughPooler
    statements = StatementCache(countMax: limits.statementsPerConnectionMax)
  }

  deinit {
    if let connection { PQfinish(connection) }
  }

  var isReady: Bool { phase == .ready }

  /// Batches submitted and not yet answered.
  private(set) var load = 0

  /// As of the last Sync.
  var isIdleOutsideTransaction: Bool {
    machine.inFlight == 0 && parked.isEmpty
      && connection.map { PQtransactionStatus($0) == PQTRANS_IDLE } ?? false
  }
}

// MARK: - Submitting

extension PipelinedConnection {
  /// Takes a batch; it leaves with the next flush. To be called only while `isReady`.
  func submit(_ queries: [Query], mayRepeat: Bool, _ completion: @escaping Completion) {
    load += 1
    submit(PendingBatch(queries: queries, mayRepeat: mayRepeat, completion: completion))
  }

  /// Sends what was queued; once a tick, after the tick's batches.
  func flush() {
    guard isUnflushed, let connection else { return }
    let status = PQflush(connection)
    if status < 0 { return close(lost()) }
    isUnflushed = status == 1
    if isWatchingWrites != isUnflushed { watch(writes: isUnflushed) }
  }

  /// Ends the connection; whatever is in flight fails with `error`.
  func close(_ error: DatabaseError) {
    guard phase != .closed else { return }
    phase = .closed
    watchdog?.cancel()
    connectTimeout?.cancel()
    attempt?.cancel()
    attempt = nil
    reactor.forget(token, socket: socket)
    if let connection { PQfinish(connection) }
    connection = nil
    let tickets = machine.drain()
    let waiting = parked
    parked = []
    // The pool first, so that nobody who is answered finds this connection still in it.
    callbacks.closed(self, error)
    for case .batch(let pending) in tickets { answer(pending, .failure(error)) }
    for pending in waiting { answer(pending, .failure(error.ofUnsent)) }
  }

  private func answer(_ pending: PendingBatch, _ result: Result<[Rows], DatabaseError>) {
    load -= 1
    pending.completion(result)
  }

  private func submit(_ pending: PendingBatch) {
    guard phase == .ready || phase == .verifying else {
      return answer(pending, .failure(.notSent))
    }
    if arePrepared(pending.queries) {
      send(pending)
    } else if phase != .closed {
      parked.append(pending)
    } else {
      answer(pending, .failure(.notSent))
    }
  }

  /// Whether all statements are acknowledged; those that are not are sent for.
  private func arePrepared(_ queries: [Query]) -> Bool {
    guard preparesStatements else { return true }
    var areAllReady = true
    var hasPrepared = false
    for query in queries where query.statement.isNamed {
      switch statements.use(query.statement) {
      case .ready: continue
      case .wait: break
      case .prepare:
        prepare(query.statement)
        hasPrepared = true
      case .prepareAgain:
        deallocate(query.statement)
        prepare(query.statement)
      }
      areAllReady = false
    }
    if hasPrepared { deallocateLeastUsed(keeping: queries) }
    return areAllReady
  }

  private func send(_ pending: PendingBatch) {
    guard let connection else { return answer(pending, .failure(.notSent)) }
    let isSent: Bool
    do {
      isSent = try parameters.send(pending.queries) { query, arrays in
        send(query.statement, arrays, on: connection)
      }
    } catch {
      return answer(
        pending, .failure(.parameterRefused(query: error.query, parameter: error.parameter)))
    }
    pending.sentAt = unitsSent
    end(.batch(pending), commands: pending.queries.count, isSent: isSent)
  }

  private func send(
    _ statement: PreparedStatement, _ arrays: ParameterArrays, on connection: OpaquePointer
  ) -> Bool {
    let count = Int32(arrays.count)
    if preparesStatements && statement.isNamed {
      return PQsendQueryPrepared(
        connection, statement.name, count, arrays.values, arrays.lengths, arrays.formats,
        statement.resultFormat) == 1
    }
    return statement.parameterTypes.withUnsafeBufferPointer { types in
      // libpq reads one type for each parameter, or none at all.
      PQsendQueryParams(
        connection, statement.text, count, types.count >= arrays.count ? types.baseAddress : nil,
        arrays.values, arrays.lengths, arrays.formats, statement.resultFormat) == 1
    }
  }

  private func prepare(_ statement: PreparedStatement) {
    guard let connection else { return }
    let isSent = statement.parameterTypes.withUnsafeBufferPointer { types in
      PQsendPrepare(
        connection, statement.name, statement.text, Int32(types.count), types.baseAddress) == 1
    }
    end(.prepare(statement), commands: 1, isSent: isSent)
  }

  private func deallocate(_ statement: PreparedStatement) {
    guard let connection else { return }
    // The name is made of our own letters and digits.
    let isSent =
      PQsendQueryParams(
        connection, "DEALLOCATE \(statement.name)", 0, nil, nil, nil, nil, 0) == 1
    end(.deallocate, commands: 1, isSent: isSent)
  }

  private func deallocateLeastUsed(keeping queries: [Query]) {
    var kept = Set(queries.map(\.statement))
    for pending in parked { kept.formUnion(pending.queries.map(\.statement)) }
    for statement in statements.evict(keeping: kept) { deallocate(statement) }
  }

  /// Puts the Sync behind a unit and its ticket into the machine.
  private func end(_ ticket: Ticket, commands: Int, isSent: Bool) {
    if machine.inFlight == 0 { lastProgress = .now() }
    machine.sent(ticket, commands: commands)
    unitsSent += 1
    guard let connection else { return }
    // Half a batch in libpq's queue can neither be taken back nor ended.
    guard isSent, reactor_send_pipeline_sync(connection) == 1 else { return close(lost()) }
    if !isUnflushed {
      isUnflushed = true
      callbacks.needsFlush()
    }
  }
}

// MARK: - Receiving

extension PipelinedConnection {
  private func socketIsReady(readable: Bool, writable: Bool) {
    switch phase {
    case .connecting, .closed:
      return
    case .verifying, .ready:
      if writable { flush() }
      if readable { receive() }
    }
  }

  private func receive() {
    guard let connection else { return }
    let isOpen = PQconsumeInput(connection) == 1
    takeResults()
    takeNotifications()
    if phase != .closed, !isOpen { close(lost()) }
  }

  private func takeNotifications() {
    guard let notified = callbacks.notified else { return }
    while let connection, let notification = PQnotifies(connection) {
      let channel = String(cString: notification.pointee.relname)
      let payload = String(cString: notification.pointee.extra)
      PQfreemem(notification)
      notified(channel, payload)
    }
  }

  private func takeResults() {
    // A completion may submit, and may close this connection, so each round looks again.
    while let connection, PQisBusy(connection) == 0, machine.inFlight > 0 {
      let event = PipelineMachine<Ticket, Rows>.event(of: PQgetResult(connection))
      if case .refused(let refusal) = event, refusal.endsConnection {
        return close(.connectionLost(outcome: .unknown, detail: refusal.message))
      }
      switch machine.event(event) {
      case .wait:
        continue
      case .desynchronise(let detail):
        return close(.desynchronised(detail: detail))
      case .finish(let ticket, let outcome):
        lastProgress = .now()
        finish(ticket, outcome)
      }
    }
  }

  private func finish(_ ticket: Ticket, _ outcome: PipelineMachine<Ticket, Rows>.Outcome) {
    switch (ticket, outcome) {
    case (.batch(let pending), .succeeded(let rows)):
      answer(pending, .success(rows))
    case (.batch(let pending), .failed(let refusal)):
      finish(pending, refusal)
    case (.prepare(let statement), .succeeded):
      statements.acknowledged(statement, at: unitsSent)
      resubmitParked()
    case (.prepare(let statement), .failed(let refusal)):
      prepareFailed(statement, refusal)
    case (.deallocate, _):
      break
    }
  }

  private func finish(_ pending: PendingBatch, _ refusal: Refusal) {
    var refusal = refusal
    let failed = refusal.queryIndex.map { pending.queries[$0].statement }
    refusal.statementName = failed?.name
    let isStale = refusal.sqlState == "26000" || refusal.sqlState == "0A000"
    guard isStale, preparesStatements, let failed, failed.isNamed else {
      return answer(pending, .failure(.refused(refusal)))
    }
    if refusal.sqlState == "26000" {
      statements.allStale(sentAt: pending.sentAt)
    } else {
      statements.stale(failed, sentAt: pending.sentAt)
    }
    guard pending.mayRepeat, !pending.isRepeated else {
      return answer(pending, .failure(.refused(refusal)))
    }
    pending.isRepeated = true
    callbacks.repeated(refusal.sqlState, failed.name)
    submit(pending)
  }

  private func prepareFailed(_ statement: PreparedStatement, _ refusal: Refusal) {
    if refusal.sqlState == "42P05", statements.collided(statement) { return resubmitParked() }
    statements.failed(statement)
    let waiting = parked
    parked = []
    for pending in waiting {
      guard let index = pending.queries.firstIndex(where: { $0.statement == statement }) else {
        parked.append(pending)
        continue
      }
      var cause = refusal
      cause.queryIndex = index
      cause.statementName = statement.name
      answer(pending, .failure(.refused(cause)))
    }
  }

  private func resubmitParked() {
    let waiting = parked
    parked = []
    for pending in waiting { submit(pending) }
  }

  /// Looks once a second for units in flight longer than the limit without any answer: the server
  /// or the network hangs.
  private func watchProgress() {
    guard phase != .closed else { return }
    let limit = TimeAmount.seconds(Int64(limits.answerSeconds))
    if machine.inFlight > 0, .now() - lastProgress > limit { return close(.timedOut(.answer)) }
    watchdog = reactor.eventLoop.assumeIsolated().scheduleTask(in: .seconds(1)) {
      self.watchProgress()
    }
  }

  private func lost() -> DatabaseError {
    .connectionLost(outcome: .unknown, detail: errorMessage(of: connection))
  }
}

// MARK: - Connecting

extension PipelinedConnection {
  /// Begins to connect; ends in one of the callbacks `ready` and `closed`.
  func connect() {
    let loop = reactor.eventLoop.assumeIsolated()
    connectTimeout = loop.scheduleTask(in: .seconds(Int64(settings.connectSeconds))) {
      self.close(.timedOut(.connecting))
    }
    let attempt = ConnectionAttempt(settings: settings, reactor: reactor) { result in
      self.attempt = nil
      switch result {
      case .success(let connection): self.established(connection)
      case .failure(let error): self.close(error)
      }
    }
    self.attempt = attempt
    attempt.start()
  }

  private func established(_ connection: OpaquePointer) {
    self.connection = connection
    guard PQsetnonblocking(connection, 1) == 0, PQenterPipelineMode(connection) == 1 else {
      return close(lost())
    }
    phase = .verifying
    socket = PQsocket(connection)
    token = reactor.makeToken { [weak self] readable, writable in
      self?.socketIsReady(readable: readable, writable: writable)
    }
    watch(writes: false)
    submit([Query(rowSecurityCheck)], mayRepeat: false) { self.verified($0) }
    watchProgress()
  }

  private func verified(_ result: Result<[Rows], DatabaseError>) {
    switch result {
    case .failure(let error):
      close(error)
    case .success(let rows):
      guard phase == .verifying, let row = rows.first else { return }
      if settings.requiresRowSecurity, row.boolean(0, 1) != false {
        return close(.unsafeRole(row.string(0, 0) ?? ""))
      }
      connectTimeout?.cancel()
      phase = .ready
      callbacks.ready(self)
    }
  }

  private func watch(writes: Bool) {
    isWatchingWrites = writes
    let failure = reactor.watch(socket, readable: true, writable: writes, token: token)
    if failure != 0 {
      close(.connectionLost(outcome: .unknown, detail: "epoll_ctl failed: \(failure)"))
    }
  }
}

private let rowSecurityCheck = PreparedStatement.unnamed(
  """
  select current_user, rolsuper or rolbypassrls from pg_catalog.pg_roles
  where rolname = current_user
  """)
