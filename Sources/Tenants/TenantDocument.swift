// The bytes of an export enter, its parts leave: whose it is, its people and its tables' rows. What
// is refused here is refused by its form; what the rows say is the database's to judge.

import Credentials
import JSON

/// The schema that a document was written from: its last migration.
package struct SchemaVersion: Sendable, Hashable {
  package let migration: Int
  package let name: String

  package init(migration: Int, name: String) {
    self.migration = migration
    self.name = name
  }
}

/// What a document may cost.
package struct TenantDocumentLimits: Sendable {
  /// The whole document.
  package var bytesMax = 512 << 20
  /// Values of any kind in it.
  package var valuesMax = 20_000_000
  /// Lists and objects inside one another.
  package var depthMax = 64
  /// One value of a row, unless it holds bytes.
  package var textBytesMax = 1 << 20

  package init() {}
}

package struct TenantDocument: Sendable {
  /// One part of it whose rows are copied: the people, or one table.
  struct Part: Sendable {
    /// `people`, or `tables.` and the table's name.
    let path: String
    let rows: [JSONValue]
  }

  let tenant: UniqueID
  /// The tables by name, in the document's order.
  let tables: [String]
  let parts: [Part]

  static let format = "mi-alegra tenant"
  static let formatVersion = 1
  static let members = [
    "format", "formatVersion", "schema", "exportedAt", "tenantId", "redacted", "people", "tables",
  ]

  /// - Parameter schema: of the database that it is imported into; another one is refused.
  package init(
    _ bytes: [UInt8], schema: SchemaVersion, limits: TenantDocumentLimits = TenantDocumentLimits()
  ) throws(TenantError) {
    let document: JSONValue
    do {
      document = try parseJSON(
        bytes,
        limits: JSONLimits(
          depthMax: limits.depthMax, bytesMax: limits.bytesMax, valuesMax: limits.valuesMax))
    } catch {
      throw .unreadable(error)
    }
    try checkHead(of: document, schema)
    guard let id = document["tenantId"]?.stringValue.flatMap({ UniqueID($0) }), id != .zero else {
      throw .document(path: "tenantId", reason: "is no uuid")
    }
    guard let tables = document["tables"]?.objectValue else {
      throw .document(path: "tables", reason: "is no object")
    }
    if let path = document.pathOfNUL {
      throw .document(path: path, reason: "holds NUL, which PostgreSQL cannot store")
    }
    tenant = id
    self.tables = tables.map(\.name)
    var parts = [Part(path: "people", rows: try rows(document["people"], at: "people"))]
    for table in tables {
      let path = "tables.\(table.name)"
      parts.append(Part(path: path, rows: try rows(table.value, at: path)))
    }
    self.parts = parts
  }
}

private func checkHead(
  of document: JSONValue, _ schema: SchemaVersion
) throws(TenantError) {
  guard let members = document.objectValue, document["format"]?.stringValue == TenantDocument.format
  else {
    throw .document(path: "format", reason: "this is no export of a company")
  }
  guard document["formatVersion"]?.intValue == TenantDocument.formatVersion else {
    throw .document(
      path: "formatVersion", reason: "this program reads \(TenantDocument.formatVersion)")
  }
  if let other = members.first(where: { !TenantDocument.members.contains($0.name) }) {
    throw .document(path: String(other.name.prefix(64)), reason: "there is no such member")
  }
  let written = document["schema"]
  guard written?["migration"]?.intValue == schema.migration,
    written?["name"]?.stringValue == schema.name
  else {
    throw .document(
      path: "schema",
      reason: "it was not written from this database's schema (\(schema.migration) \(schema.name))")
  }
}

private func rows(_ value: JSONValue?, at path: String) throws(TenantError) -> [JSONValue] {
  guard let rows = value?.arrayValue else {
    throw .document(path: path, reason: "is no list")
  }
  if let index = rows.firstIndex(where: { $0.objectValue == nil }) {
    throw .document(path: "\(path)[\(index)]", reason: "is no object")
  }
  return rows
}
