// What happens to connections, as facts for the log and the metrics; their wording is elsewhere.

/// An event of a pool that no caller is told of.
package enum PostgresObservation: Sendable, Hashable {
  case connected(pool: String)
  /// An attempt failed; the next one follows after `retryMilliseconds`.
  case connectFailed(pool: String, DatabaseError, retryMilliseconds: Int)
  /// A connection that was up is no more.
  case connectionClosed(pool: String, DatabaseError)
  /// A batch met a prepared statement that was gone (26000) or stale (0A000) and was sent again.
  case batchRepeated(pool: String, sqlState: String, statementName: String)
}
