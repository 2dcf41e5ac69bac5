// doctor: looks at configuration, database, migrations, roles, keys and mails, and says how to mend
// each.

import ArgumentParser
import Composition
import Configuration
import Execution
import Foundation
import GraphQLTypes
import Hub
import Postgres
import Server

struct Doctor: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check configuration, database, migrations, roles, keys and mails.",
    discussion: """
      Reads what `serve` reads, greets the mail server, and says of each how to mend it. Exits 1 \
      where something has to be mended (✗); what should be known of and is not broken has a !.
      """)

  @Flag(help: "Print who may see and do what, and look at nothing else.")
  var permissions = false

  @Flag(help: "Print every setting of `serve` as Markdown, and look at nothing else.")
  var settings = false

  func run() async throws {
    if permissions {
      print(permissionTable(), terminator: "")
      return
    }
    if settings {
      print(settingsReference(), terminator: "")
      return
    }
    var findings: [Finding] = []
    let configuration: ServeConfiguration
    do throws(ConfigurationError) {
      configuration = try ServeConfiguration(flags: [:])
      findings.append(.good("configuration", "complete"))
    } catch {
      throw finish([.bad("configuration", error.description, mend: "set it and try again")])
    }
    findings.append(inspectTokenKeys(configuration))
    findings.append(inspectGoogle(configuration))
    findings.append(await inspectMailServer(configuration))
    findings += await databaseFindings(configuration)
    if findings.contains(where: \.isBad) { throw finish(findings) }
    _ = finish(findings)
  }

  private func finish(_ findings: [Finding]) -> ExitCode {
    for finding in findings { announce(finding.line) }
    return .failure
  }

  private func databaseFindings(_ configuration: ServeConfiguration) async -> [Finding] {
    do {
      return try await AdminConnection.run(configuration.database) { connection in
        try inspect(connection, configuration)
      }
    } catch {
      return [
        .bad(
          "database", "cannot be reached: \(error)",
          mend: "check DATABASE_URL and that PostgreSQL runs")
      ]
    }
  }
}

private func inspect(
  _ connection: AdminConnection, _ configuration: ServeConfiguration
) throws -> [Finding] {
  var findings: [Finding] = []
  let major = connection.serverVersion / 10_000
  findings.append(
    major >= 15
      ? .good("database", "PostgreSQL \(major)")
      : .bad("database", "PostgreSQL \(major)", mend: "use PostgreSQL 15 or newer"))
  let status = try Migrator(connection).status(of: embeddedMigrations())
  findings.append(inspect(status))
  guard status.pending.isEmpty else { return findings }
  let catalog = try readCatalog(connection, schemas: ["public"])
  for name in [configuration.readRole, configuration.writeRole] {
    findings.append(inspect(role: name, in: catalog))
  }
  findings += inspectOperators(in: catalog)
  // What follows connects as the server does, which a broken role would not let it.
  if findings.contains(where: \.isBad) { return findings }
  findings.append(try inspectAgreement(configuration))
  let server = try AdminConnection(configuration.writeSettings)
  findings += try inspectSealingKeys(configuration, server)
  findings += try inspectOutbox(server)
  return findings
}

private func inspect(_ status: MigrationStatus) -> Finding {
  guard status.isServed else {
    return .bad(
      "migrations", status.summary,
      mend: "run `mi-alegra migrate up`, and `mi-alegra migrate status` for the problems")
  }
  guard status.newer.isEmpty else {
    return .remarkable(
      "migrations", "all of this program's applied, and \(status.newer.count) newer",
      advice: "let this server follow: the database is a later release's already")
  }
  return .good("migrations", "all \(status.applied.count) applied")
}

/// Whether what the schema's fields are bound to is there, as the read pool's role sees it.
private func inspectAgreement(_ configuration: ServeConfiguration) throws -> Finding {
  let engine = try RunningHub.engine(configuration, CatalogueStore())
  let mismatches = try databaseDisagreements(
    of: engine.schema, with: engine.bindings, try AdminConnection(configuration.readSettings))
  guard mismatches.isEmpty else {
    return .bad(
      "agreement", mismatches.map(\.description).joined(separator: "; "),
      mend: "run the `mi-alegra` that this database was migrated with, or change it by migrations")
  }
  return .good("agreement", "every field's column is there")
}

private func inspect(role name: String, in catalog: Catalog) -> Finding {
  guard let role = catalog.roles.first(where: { $0.name == name }) else {
    return .bad("role \(name)", "does not exist", mend: "run `mi-alegra migrate up`")
  }
  if role.isSuperuser || role.bypassesRowSecurity {
    return .bad(
      "role \(name)", "reads past row-level security",
      mend: "ALTER ROLE \(name) NOSUPERUSER NOBYPASSRLS")
  }
  if !role.canLogin {
    return .bad("role \(name)", "cannot log in", mend: "ALTER ROLE \(name) LOGIN")
  }
  return .good("role \(name)", "held by row-level security")
}

/// The groups of `Migrations/0090_operators.sql`, and whose logins are in them.
private func inspectOperators(in catalog: Catalog) -> [Finding] {
  let groups = ["hub_ops", "hub_ops_read", "hub_report"]
  var logins = 0
  var findings: [Finding] = []
  for role in catalog.roles
  where groups.contains(role.name) || role.memberOf.contains(where: groups.contains) {
    let isGroup = groups.contains(role.name)
    if role.isSuperuser || role.bypassesRowSecurity {
      findings.append(
        .bad(
          "role \(role.name)", "is an operator's and reads past row-level security",
          mend: "ALTER ROLE \(role.name) NOSUPERUSER NOBYPASSRLS"))
    } else if isGroup && role.canLogin {
      findings.append(
        .remarkable(
          "role \(role.name)", "can log in, so nobody knows who acted",
          advice: "CREATE ROLE somebody LOGIN IN ROLE \(role.name); "
            + "ALTER ROLE \(role.name) NOLOGIN"))
    } else if !isGroup {
      logins += 1
    }
  }
  for name in groups where !catalog.roles.contains(where: { $0.name == name }) {
    findings.append(.bad("role \(name)", "does not exist", mend: "run `mi-alegra migrate up`"))
  }
  return findings.isEmpty ? [.good("operators", "\(logins) logins, each its own")] : findings
}
