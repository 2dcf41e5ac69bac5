// A mutation that decides in Swift between its statements enters as a closure; BEGIN, its batches,
// and COMMIT or ROLLBACK leave for a connection that is its own meanwhile.

internal import NIOCore

/// How much of other transactions a transaction sees (documentation, 13.2).
package enum TransactionIsolation: Sendable, Hashable {
  case readCommitted
  case repeatableRead
  case serializable

  private static let readCommittedBegin = PreparedStatement.unnamed(
    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
  private static let repeatableReadBegin = PreparedStatement.unnamed(
    "BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE")
  private static let serializableBegin = PreparedStatement.unnamed(
    "BEGIN ISOLATION LEVEL SERIALIZABLE READ WRITE")

  var begin: PreparedStatement {
    switch self {
    case .readCommitted: Self.readCommittedBegin
    case .repeatableRead: Self.repeatableReadBegin
    case .serializable: Self.serializableBegin
    }
  }
}

/// A write pool as seen from any task.
package struct WritePoolHandle: Sendable {
  fileprivate let pool: NIOLoopBound<WritePool>

  init(pool: NIOLoopBound<WritePool>) {
    self.pool = pool
  }

  /// As `WritePool.submit`.
  package func submit(_ batch: Batch) async throws(DatabaseError) -> [Rows] {
    let result = await withCheckedContinuation { continuation in
      pool.eventLoop.execute {
        pool.value.submit(batch) { continuation.resume(returning: $0) }
      }
    }
    return try result.get()
  }

  /// Lends a connection to `body`; commits when it returns, rolls back when it throws. A
  /// serialization failure is thrown like any other error: whether to repeat is the caller's choice
  /// (`DatabaseError.isWorthRepeating`).
  /// - Throws: what `body` throws, or `DatabaseError`. After `connectionLost(outcome: .unknown)`
  ///   the transaction may have been committed.
  package func withTransaction<T: Sendable>(
    isolation: TransactionIsolation = .readCommitted,
    _ body: (WriteTransaction) async throws -> T
  ) async throws -> T {
    let transaction = try await begin(isolation)
    let value: T
    do {
      value = try await body(transaction)
    } catch {
      await transaction.rollback()
      throw error
    }
    try await transaction.commit()
    return value
  }

  /// Runs the batch as `submit` does, in a transaction that is rolled back whatever comes of it:
  /// what deferred constraints would refuse at the commit is refused, and nothing remains.
  package func rehearse(_ batch: Batch) async throws(DatabaseError) -> [Rows] {
    let transaction = try await begin(.readCommitted)
    let rehearsed: Result<[Rows], DatabaseError>
    do throws(DatabaseError) {
      let rows = try await transaction.execute(batch.queries + [Query(checkConstraints)])
      rehearsed = .success(rows.dropLast())
    } catch {
      rehearsed = .failure(error)
    }
    await transaction.rollback()
    return try rehearsed.get()
  }

  /// Lends a connection to whoever ends the transaction by `commit` or `rollback`, once.
  package func begin(
    _ isolation: TransactionIsolation = .readCommitted
  ) async throws(DatabaseError) -> WriteTransaction {
    let result = await withCheckedContinuation { continuation in
      pool.eventLoop.execute {
        let pool = pool.value
        pool.lease { leased in
          continuation.resume(
            returning: leased.map { connection in
              let lease = TransactionLease(
                pool: pool, connection: connection, isolation: isolation)
              return WriteTransaction(lease: NIOLoopBound(lease, eventLoop: pool.eventLoop))
            })
        }
      }
    }
    return try result.get()
  }
}

/// One open transaction. One batch at a time; of no use once `withTransaction` returned.
package struct WriteTransaction: Sendable {
  fileprivate let lease: NIOLoopBound<TransactionLease>

  /// Sends the queries between two Syncs, the first time with BEGIN before them. After an error the
  /// transaction is aborted: throw, so that it is rolled back.
  package func execute(_ queries: [Query]) async throws(DatabaseError) -> [Rows] {
    let result = await withCheckedContinuation { continuation in
      lease.eventLoop.execute {
        lease.value.execute(queries) { continuation.resume(returning: $0) }
      }
    }
    return try result.get()
  }

  /// As `execute`, for one query.
  package func execute(_ query: Query) async throws(DatabaseError) -> Rows {
    let rows = try await execute([query])
    guard let first = rows.first else {
      throw .desynchronised(detail: "no result of a query that succeeded")
    }
    return first
  }

  package func commit() async throws(DatabaseError) {
    let result = await withCheckedContinuation { continuation in
      lease.eventLoop.execute {
        lease.value.commit { continuation.resume(returning: $0) }
      }
    }
    try result.get()
  }

  package func rollback() async {
    await withCheckedContinuation { continuation in
      lease.eventLoop.execute {
        lease.value.rollback { continuation.resume() }
      }
    }
  }
}

private let checkConstraints = PreparedStatement.unnamed("SET CONSTRAINTS ALL IMMEDIATE")
