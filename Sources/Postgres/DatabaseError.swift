// Every way in which the database fails a caller, as facts. What a client is told of it is decided
// elsewhere: PostgreSQL's own words are for the log.

/// Why a batch, a transaction or a connection failed. A failed batch did nothing, except where
/// `Outcome.unknown` says that nobody can tell.
package enum DatabaseError: Error, Sendable, Hashable {
  /// No connection is up, or the one that was used broke.
  case connectionLost(outcome: Outcome, detail: String)
  /// As many batches wait as the limit allows; nothing was sent.
  case queueFull(limit: Int)
  case timedOut(TimeLimit)
  /// PostgreSQL refused a statement, or the commit; the whole batch did nothing.
  case refused(Refusal)
  /// The answers did not fit the questions; the connection was closed.
  case desynchronised(detail: String)
  /// A text value holds a NUL, which PostgreSQL cannot store and C would cut it at; nothing was
  /// sent.
  case parameterRefused(query: Int, parameter: Int)
  /// The connection's role may read past row security, so nothing is sent on it.
  case unsafeRole(String)
  case settingsRefused(String)
  /// The pool was shut down.
  case closed

  package enum Outcome: Sendable, Hashable {
    /// Nothing reached the database, or what reached it was rolled back.
    case nothingDone
    /// The batch was sent and its answer never came: it may have been committed.
    case unknown
  }

  package enum TimeLimit: Sendable, Hashable {
    /// `PostgresLimits.answerSeconds`: the answer did not come; the connection was closed.
    case answer
    /// `PostgresLimits.writeWaitMilliseconds`: no connection of the write pool came free.
    case writeConnection
    /// `PostgresLimits.transactionSeconds`: it was rolled back, by closing its connection.
    case transaction
    /// `ConnectionSettings.connectSeconds`.
    case connecting
  }
}

/// An ErrorResponse of PostgreSQL (documentation, appendix A and "Error and Notice Message
/// Fields").
package struct Refusal: Sendable, Hashable {
  /// Five characters, "23505" for a broken unique constraint.
  package var sqlState: String
  package var severity: String
  package var message: String
  package var detail: String?
  package var hint: String?
  package var schema: String?
  package var table: String?
  package var column: String?
  package var constraint: String?
  package var context: String?
  /// Which query of the batch, from 0; nil when all of them succeeded and the commit failed.
  package var queryIndex: Int?
  /// The server-side name of that query's statement.
  package var statementName: String?

  package init(sqlState: String, severity: String = "ERROR", message: String) {
    self.sqlState = sqlState
    self.severity = severity
    self.message = message
  }
}

extension Refusal {
  /// The server is going away, or ended this session: the connection is of no more use.
  var endsConnection: Bool {
    severity == "FATAL" || severity == "PANIC"
  }
}

extension DatabaseError {
  /// The SQLSTATE, where PostgreSQL gave one.
  package var sqlState: String? {
    if case .refused(let refusal) = self { return refusal.sqlState }
    return nil
  }

  /// The same transaction run again may succeed: a serialization failure (40001), a deadlock
  /// (40P01), or a prepared statement that has gone stale meanwhile (26000, 0A000).
  package var isWorthRepeating: Bool {
    switch sqlState {
    case "40001", "40P01", "26000", "0A000": true
    case _: false
    }
  }
}
