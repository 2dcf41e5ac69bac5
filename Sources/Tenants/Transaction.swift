// What an operator's command does enters; all of it is committed, or undone, as for a dry run.

import Credentials
import JSON
import Postgres
import SQL

/// Runs `body` over one snapshot, in one transaction.
/// - Parameter keeps: false undoes what was done: the same code, and nothing of it stays.
func inTransaction<T>(
  _ connection: AdminConnection, keeps: Bool = true, _ body: () throws -> T
) throws(TenantError) -> T {
  do {
    try connection.execute(script: "begin isolation level repeatable read")
    do {
      let value = try body()
      try connection.execute(script: keeps ? "commit" : "rollback")
      return value
    } catch {
      _ = try? connection.execute(script: "rollback")
      throw error
    }
  } catch let error as DatabaseError {
    throw TenantError(error)
  } catch let error as TenantError {
    throw error
  } catch {
    throw .database(.desynchronised(detail: "\(error)"))
  }
}

extension AdminConnection {
  /// The JSON that one statement answers, in one row of one column.
  func json(_ fragment: SQLFragment) throws -> JSONValue {
    let rows = try execute(fragment)
    guard let text = rows.string(0, 0) else { throw TenantError.unexpectedAnswer }
    return try parseJSON(Array(text.utf8), limits: reportLimits)
  }
}

extension Parameter {
  init(_ id: UniqueID) { self = .uuid(high: id.high, low: id.low) }
}

/// A report names each person of a company once.
private let reportLimits = JSONLimits(bytesMax: 1 << 30, valuesMax: 10_000_000)
