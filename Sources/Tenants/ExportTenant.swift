// A company's number enters, one JSON document of everything of it leaves, some rows at a time.
// What is secret stays: the database's own comments say what that is.

package import Credentials
import JSON
package import Postgres
import SQL

/// Writes a company's document, as of one instant. Two exports of one state differ in their time.
/// - Parameter write: takes the document's bytes, piece by piece.
package func exportTenant(
  _ tenant: UniqueID, schema: SchemaVersion, from connection: AdminConnection,
  write: ([UInt8]) throws -> Void
) throws {
  try inTransaction(connection, keeps: false) {
    try writeDocument(tenant, schema, connection, write)
  }
}

/// The same within a transaction of the caller's.
func writeDocument(
  _ tenant: UniqueID, _ schema: SchemaVersion, _ connection: AdminConnection,
  _ write: ([UInt8]) throws -> Void
) throws {
  let head = try connection.json("select begin_tenant_export(\(Parameter(tenant)))")
  guard let exportedAt = head["exportedAt"], let redacted = head["redacted"],
    let tables = head["tables"]?.arrayValue?.compactMap(\.stringValue)
  else { throw TenantError.unexpectedAnswer }
  let members: [(String, JSONValue)] = [
    ("format", .string(TenantDocument.format)),
    ("formatVersion", .number("\(TenantDocument.formatVersion)")),
    (
      "schema",
      .object([
        JSONMember(name: "migration", value: .number("\(schema.migration)")),
        JSONMember(name: "name", value: .string(schema.name)),
      ])
    ),
    ("exportedAt", exportedAt),
    ("tenantId", .string(tenant.description)),
    ("redacted", redacted),
  ]
  for (index, (name, value)) in members.enumerated() {
    var writer = JSONWriter()
    writer.key(named: name)
    writer.value(value)
    try write(Array((index == 0 ? "{" : "").utf8) + writer.bytes + Array(",\n".utf8))
  }
  try connection.execute("select open_tenant_people(\(Parameter(tenant)))")
  try writeRows(named: "people", connection, write)
  try write(Array(",\n\"tables\":{".utf8))
  for (index, table) in tables.enumerated() {
    try write(Array((index == 0 ? "\n" : ",\n").utf8))
    try connection.execute("select open_tenant_rows(\(Parameter(tenant)), \(table))")
    try writeRows(named: table, connection, write)
  }
  try write(Array("\n}}\n".utf8))
}

/// The rows of the cursor that is open, each on a line of its own.
private func writeRows(
  named name: String, _ connection: AdminConnection, _ write: ([UInt8]) throws -> Void
) throws {
  var head = JSONWriter()
  head.key(named: name)
  head.beginArray()
  try write(head.bytes)
  var isFirst = true
  while true {
    // So many are held in memory; FETCH takes no parameter.
    let rows = try connection.execute("fetch 200 from tenant_rows")
    if rows.isEmpty { break }
    var piece: [UInt8] = []
    for row in 0..<rows.rowCount {
      piece.append(contentsOf: (isFirst ? "\n" : ",\n").utf8)
      rows.withBytes(row, 0) { bytes in
        if let bytes { piece.append(contentsOf: bytes) }
      }
      isFirst = false
    }
    try write(piece)
  }
  try connection.execute(script: "close tenant_rows")
  try write(Array((isFirst ? "]" : "\n]").utf8))
}
