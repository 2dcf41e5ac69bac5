// Every limit of the driver, by name.

/// Limits of one process's use of PostgreSQL; each pool belongs to one event loop.
package struct PostgresLimits: Sendable, Hashable {
  /// Pipelined connections for reads. More than 4 were measured 7 to 15 % slower.
  package var readConnections = 4
  /// Connections for writes, each lent to one mutation at a time.
  package var writeConnections = 4
  /// Batches sent or waiting in the read pool; one more is refused.
  package var queueMax = 2048
  /// Mutations waiting for a connection of the write pool; one more is refused.
  package var writeWaitersMax = 256
  /// How long a mutation waits for a connection.
  package var writeWaitMilliseconds = 5_000
  /// How long a transaction may keep its connection, over all of its batches.
  package var transactionSeconds = 30
  /// How long a sent batch may go unanswered before its connection is given up. More than the
  /// server's statement_timeout, which should end a slow statement first.
  package var answerSeconds = 20
  /// How often a listening connection asks the server for a sign of life.
  package var listenProbeSeconds = 10
  /// Prepared statements kept on a connection; the least recently used is deallocated.
  package var statementsPerConnectionMax = 256
  /// The wait before the first attempt to connect again; it doubles with each failure.
  package var reconnectMillisecondsMin = 50
  package var reconnectMillisecondsMax = 5_000

  package init() {}
}
