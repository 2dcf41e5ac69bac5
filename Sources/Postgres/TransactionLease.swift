// One mutation's batches enter; BEGIN before the first, COMMIT or ROLLBACK at the end leave.
// Refused here: a second batch at once, and anything after the end.

internal import NIOCore

/// A transaction's hold on its connection; confined to the pool's loop.
final class TransactionLease {
  private let pool: WritePool
  private let connection: PipelinedConnection
  private let isolation: TransactionIsolation
  private var isBegun = false
  private var isBusy = false
  private var isEnded = false
  private var isTimedOut = false
  private var timeout: Scheduled<Void>?

  init(pool: WritePool, connection: PipelinedConnection, isolation: TransactionIsolation) {
    self.pool = pool
    self.connection = connection
    self.isolation = isolation
    let limit = TimeAmount.seconds(Int64(pool.limits.transactionSeconds))
    timeout = pool.eventLoop.assumeIsolated().scheduleTask(in: limit) {
      self.isTimedOut = true
      connection.close(.timedOut(.transaction))
    }
  }

  func execute(_ queries: [Query], _ completion: @escaping PipelinedConnection.Completion) {
    if let refusal { return completion(.failure(refusal)) }
    if isBegun { return send(queries, completion) }
    isBegun = true
    begin(queries, isFirstAttempt: true, completion)
  }

  func commit(_ completion: @escaping (Result<Void, DatabaseError>) -> Void) {
    if let refusal {
      rollback { completion(.failure(refusal)) }
      return
    }
    guard isBegun else {
      end()
      return completion(.success(()))
    }
    send([Query(commitStatement)]) { result in
      self.end()
      completion(result.flatMap(committed))
    }
  }

  func rollback(_ completion: @escaping () -> Void) {
    guard isBegun, !isBusy, !isEnded, connection.isReady else {
      end()
      return completion()
    }
    send([Query(rollbackStatement)]) { _ in
      self.end()
      completion()
    }
  }

  /// Nothing was done before the first batch, so one that met a stale statement is sent once more.
  private func begin(
    _ queries: [Query], isFirstAttempt: Bool,
    _ completion: @escaping PipelinedConnection.Completion
  ) {
    send([Query(isolation.begin)] + queries) { result in
      guard case .failure(.refused(var refusal)) = result else {
        return completion(result.map { Array($0.dropFirst()) })
      }
      let isStale = refusal.sqlState == "26000" || refusal.sqlState == "0A000"
      if isStale, isFirstAttempt {
        self.send([Query(rollbackStatement)]) { rolledBack in
          guard case .success = rolledBack else { return completion(rolledBack) }
          self.begin(queries, isFirstAttempt: false, completion)
        }
        return
      }
      // BEGIN is not one of the caller's queries.
      refusal.queryIndex = refusal.queryIndex.map { max(0, $0 - 1) }
      completion(.failure(.refused(refusal)))
    }
  }

  private func send(_ queries: [Query], _ completion: @escaping PipelinedConnection.Completion) {
    isBusy = true
    connection.submit(queries, mayRepeat: false) { result in
      self.isBusy = false
      completion(result)
    }
  }

  private var refusal: DatabaseError? {
    if isTimedOut { return .timedOut(.transaction) }
    if isEnded { return .closed }
    if isBusy { return .desynchronised(detail: "two batches of one transaction at once") }
    if !connection.isReady {
      return .connectionLost(outcome: .nothingDone, detail: "the transaction's connection is gone")
    }
    return nil
  }

  private func end() {
    if isEnded { return }
    isEnded = true
    timeout?.cancel()
    pool.release(connection)
  }
}

private let commitStatement = PreparedStatement.unnamed("COMMIT")
private let rollbackStatement = PreparedStatement.unnamed("ROLLBACK")

/// COMMIT of an aborted transaction succeeds, and its tag says ROLLBACK.
private func committed(_ rows: [Rows]) -> Result<Void, DatabaseError> {
  if rows.first?.commandTag == "COMMIT" { return .success(()) }
  return .failure(
    .refused(Refusal(sqlState: "25P02", message: "the transaction was aborted and rolled back")))
}
