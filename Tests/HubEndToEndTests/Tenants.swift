// Two companies of the demo enter as the database knows them; what leaves is their rows made
// recognisable: every column of text that takes one holds a marker of its company.

import Credentials
import Postgres
import SQL

/// A company whose rows a test marks, and everything by which they would be recognised.
struct MarkedCompany: Sendable {
  let person: Person
  /// What each marker begins with.
  let tag: String

  /// The ids of its rows: company, people, sessions.
  var ids: [String] {
    [person.tenant, person.account, person.session].map(\.description)
  }

  /// The markers that cannot begin with the tag: telephones.
  var telephone: String { "+579\(tag.utf8.reduce(0) { $0 * 31 % 99_991 + Int($1) })" }

  /// Which rows of a table are this company's, as a condition; nil where the table holds nobody's.
  func condition(_ table: Catalog.Table) -> String? {
    let names = Set(table.columns.map(\.name))
    if names.contains("tenant_id") { return "tenant_id = '\(person.tenant)'" }
    if names.contains("account_id") { return "account_id = '\(person.account)'" }
    if names.contains("session_id") { return "session_id = '\(person.session)'" }
    if table.name == "account" { return "id = '\(person.account)'" }
    return nil
  }

  /// Writes a marker into each column of text, where a CHECK or a foreign key lets it.
  /// - Parameter onlyEmpty: leave what has a value as it is.
  /// - Returns: the columns that took one, as `table.column`.
  func mark(
    _ connection: AdminConnection, _ catalog: Catalog, onlyEmpty: Bool
  ) throws -> Set<String> {
    // A country version has no place for a marker in most fields; what leaks is to be seen in all.
    try connection.execute(script: "alter table company disable trigger company_check_rules")
    defer {
      _ = try? connection.execute(
        script: "alter table company enable trigger company_check_rules")
    }
    var marked: Set<String> = []
    for table in catalog.tables {
      guard let condition = condition(table) else { continue }
      for column in table.columns where column.type == "text" && !column.isGenerated {
        if onlyEmpty, column.name == "password_hash" { continue }
        let place = "\(table.name).\(column.name)"
        let rows = condition + (onlyEmpty ? " and coalesce(\(column.name), '') = ''" : "")
        for marker in ["\(tag)-\(place)", "\(tag)-\(place)@marker.example", telephone] {
          let update: SQLFragment = """
            update \(identifier: table.name) set \(identifier: column.name) = \(marker) \
            where \(unsafe: rows)
            """
          guard let touched = try? connection.execute(update).affectedRows else { continue }
          if touched > 0 { marked.insert(place) }
          break
        }
      }
    }
    return marked
  }

  /// Takes the company, its person and all that hangs on them out of the database.
  func delete(_ connection: AdminConnection) throws {
    try connection.execute(script: "delete from company where tenant_id = '\(person.tenant)'")
    try connection.execute(script: "delete from account where id = '\(person.account)'")
  }
}
