// A company's number and a country version enter; what it lost and has to fill in leaves.

package import Credentials
import JSON
package import Postgres
import SQL

/// Moves a company to another country version.
/// - Parameters:
///   - drops: whether it may lose what the version does not have. Where it may not and would,
///     nothing is done, and the report says so.
///   - keeps: false does all of it and undoes it.
package func changeCountry(
  of tenant: UniqueID, to version: String, drops: Bool, keeps: Bool,
  in connection: AdminConnection
) throws(TenantError) -> CountryReport {
  // The list is made by dropping, and undone; what came to it since is refused by the database.
  let foreseen = try change(tenant, version, drops: true, keeps: false, connection)
  guard keeps, drops || foreseen.dropped.isEmpty else { return foreseen }
  return try change(tenant, version, drops: drops, keeps: true, connection)
}

private func change(
  _ tenant: UniqueID, _ version: String, drops: Bool, keeps: Bool, _ connection: AdminConnection
) throws(TenantError) -> CountryReport {
  try inTransaction(connection, keeps: keeps) {
    try CountryReport(
      try connection.json("select change_country(\(Parameter(tenant)), \(version), \(drops))"),
      isDone: keeps)
  }
}
