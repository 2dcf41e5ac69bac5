// A company's document enters; the company is there, or the place that stands in the way leaves.

import JSON
package import Postgres
import SQL

/// Makes the document's company in this database, all of it or nothing of it.
/// - Parameters:
///   - restores: makes one, too, that was deleted here.
///   - keeps: false does all of it and undoes it.
package func importTenant(
  _ document: TenantDocument, into connection: AdminConnection, restores: Bool, keeps: Bool = true,
  limits: TenantDocumentLimits = TenantDocumentLimits()
) throws(TenantError) -> ImportReport {
  try inTransaction(connection, keeps: keeps) {
    try connection.execute("select begin_tenant_import()")
    try connection.copy("COPY pg_temp.tenant_import (part, place, written) FROM STDIN") {
      (writer) throws(DatabaseError) in
      for part in document.parts {
        for (place, row) in part.rows.enumerated() {
          var written = JSONWriter()
          written.value(row)
          try writer.append([
            .text(part.path), Parameter(place),
            .text(String(decoding: written.bytes, as: UTF8.self)),
          ])
        }
      }
    }
    var tables = JSONWriter()
    tables.value(.array(document.tables.map { .string($0) }))
    let report = try connection.json(
      """
      select import_tenant(
        \(Parameter(document.tenant)),
        array(select jsonb_array_elements_text(
          \(String(decoding: tables.bytes, as: UTF8.self))::jsonb)),
        \(limits.textBytesMax), \(restores))
      """)
    return try ImportReport(report)
  }
}
