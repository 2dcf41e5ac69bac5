// A company's number and legal name enter; what went of it leaves, or nothing has happened.

package import Credentials
import JSON
package import Postgres
import SQL

/// What a deletion is told besides the company.
package struct DeletionOrder: Sendable {
  /// Has to be the company's; nil for a dry run, which asks for none.
  package let legalName: String?
  /// For the tombstone.
  package let reason: String
  /// False does all of it and undoes it.
  package let keeps: Bool

  package init(legalName: String?, reason: String, keeps: Bool) {
    self.legalName = legalName
    self.reason = reason
    self.keeps = keeps
  }
}

/// Erases a company in one transaction and, once it is committed, looks for its number again: what
/// was written while it was deleted would not have been seen before.
/// - Parameter export: writes the export of the same snapshot, and gives its SHA-256.
package func deleteTenant(
  _ tenant: UniqueID, _ order: DeletionOrder, from connection: AdminConnection,
  export: (() throws -> [UInt8])? = nil
) throws(TenantError) -> DeletionReport {
  let report = try inTransaction(connection, keeps: order.keeps) {
    let digest = try export.map { Parameter.binary(try $0()) } ?? .null
    return try DeletionReport(
      try connection.json(
        """
        select delete_tenant(
          \(Parameter(tenant)), \(order.legalName), \(order.reason), \(digest))
        """))
  }
  if order.keeps { try proveGone(tenant, connection) }
  return report
}

/// Writes the document as part of a deletion's transaction: exactly what is deleted.
package func exportBeforeDeletion(
  _ tenant: UniqueID, schema: SchemaVersion, from connection: AdminConnection,
  write: ([UInt8]) throws -> Void
) throws {
  try writeDocument(tenant, schema, connection, write)
}

private func proveGone(
  _ tenant: UniqueID, _ connection: AdminConnection
) throws(TenantError) {
  let traces = try inTransaction(connection, keeps: false) {
    let rows = try connection.execute(
      "select place, row_count from tenant_traces(\(Parameter(tenant)))")
    return (0..<rows.rowCount).map { row in
      "\(rows.string(row, 0) ?? "") (\(rows.string(row, 1) ?? ""))"
    }
  }
  if !traces.isEmpty { throw .tracesLeft(traces) }
}
