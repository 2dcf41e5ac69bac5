// tenant: what operators do with a whole company: read all of it, make it elsewhere, erase it, move
// it to another country version.

import ArgumentParser
import Composition
import Credentials
import Foundation
import Postgres
import Tenants

struct Tenant: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Export, import and delete a whole company; change its country version.",
    discussion: "Reads DATABASE_URL: a superuser, or a role with BYPASSRLS.",
    subcommands: [Export.self, Import.self, Delete.self, ChangeCountry.self])

  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write everything of a company as one JSON document, without secrets.")
    @OptionGroup var database: AdminDatabase
    @Argument(help: "The company's uuid.") var tenant: UniqueID
    @Option(help: "The file, which must not be there yet; standard output otherwise.")
    var output: String?

    func run() async throws {
      let tenant = tenant, output = output
      try await administer(database) { connection, schema in
        guard let output else {
          return try exportTenant(tenant, schema: schema, from: connection) { bytes in
            try FileHandle.standardOutput.write(contentsOf: bytes)
          }
        }
        let file = try NewFile(output)
        do {
          try exportTenant(tenant, schema: schema, from: connection) { try file.write($0) }
          try file.close()
        } catch {
          file.remove()
          throw error
        }
      }
      if let output { progress("wrote \(output)") }
    }
  }

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a company out of an export of another server.",
      discussion: """
        All of it, or nothing. The database must have the schema that the export was written from. \
        People are found by their addresses; who has no account here gets one without a password, \
        and sets it by a reset. An account that is here is not changed. What the export has left \
        out as secret has to be entered again.
        """)
    @OptionGroup var database: AdminDatabase
    @Argument(help: "The export.") var file: String
    @Flag(help: "Say what would be made, and make nothing.") var dryRun = false
    @Flag(help: "Import a company that was deleted here.") var restore = false

    func run() async throws {
      let file = file, keeps = !dryRun, restores = restore
      let report = try await administer(database) { connection, schema in
        let limits = TenantDocumentLimits()
        let bytes = try read(file, bytesMax: limits.bytesMax)
        let document = try TenantDocument(bytes, schema: schema, limits: limits)
        return try importTenant(
          document, into: connection, restores: restores, keeps: keeps, limits: limits)
      }
      announce(report.lines.joined(separator: "\n"))
      progress(keeps ? "imported" : "nothing was imported")
    }
  }

  struct Delete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Erase a company, and keep a tombstone of it.",
      discussion: """
        In one transaction: its rows in every table, its invitations' links and mails, and what \
        its people's sessions reach of it. Their accounts stay, and a mail tells them. What the \
        law asks to be kept stays in the table tenant_tombstone.
        """)
    @OptionGroup var database: AdminDatabase
    @Argument(help: "The company's uuid.") var tenant: UniqueID
    @Option(help: "The company's legal name, exactly.") var confirm: String?
    @Option(help: "Why, for the tombstone.") var reason = ""
    @Option(help: "Write the company's export to this file first, which must not be there yet.")
    var export: String?
    @Flag(help: "Say what would go and who would lose access, and delete nothing.")
    var dryRun = false

    func validate() throws {
      guard dryRun != (confirm != nil) else {
        throw ValidationError("Give --confirm with the company's legal name, or --dry-run.")
      }
      if dryRun, export != nil {
        throw ValidationError("--dry-run writes no export; `tenant export` does.")
      }
    }

    func run() async throws {
      let tenant = tenant, export = export
      let order = DeletionOrder(legalName: confirm, reason: reason, keeps: !dryRun)
      let report = try await administer(database) { connection, schema in
        guard let export else { return try deleteTenant(tenant, order, from: connection) }
        let file = try NewFile(export)
        do throws(TenantError) {
          return try deleteTenant(tenant, order, from: connection) {
            try exportBeforeDeletion(tenant, schema: schema, from: connection) {
              try file.write($0)
            }
            try file.close()
            return try file.digest()
          }
        } catch {
          if !error.leavesOutcomeOpen { file.remove() }
          throw error
        }
      }
      announce(report.lines.joined(separator: "\n"))
      progress(order.keeps ? "deleted" : "nothing was deleted")
    }
  }

  struct ChangeCountry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "change-country",
      abstract: "Move a company to another country version.",
      discussion: """
        Prints what the version does not have (solutions, integrations, fields of the form), what \
        it changes (currency; the time zone where it was the old version's), who can no longer \
        open which solution and which required fields are then empty. Exits 1 and changes nothing \
        where something would be lost and --drop is not given.
        """)
    @OptionGroup var database: AdminDatabase
    @Argument(help: "The company's uuid.") var tenant: UniqueID
    @Argument(help: "The country version, such as MX.") var version: String
    @Flag(help: "Drop what the version does not have.") var drop = false
    @Flag(help: "Say what would change, and change nothing.") var dryRun = false

    func run() async throws {
      let tenant = tenant, version = version, drops = drop, keeps = !dryRun
      let report = try await administer(database) { connection, _ in
        try changeCountry(of: tenant, to: version, drops: drops, keeps: keeps, in: connection)
      }
      announce(report.lines.joined(separator: "\n"))
      if keeps, !report.isDone {
        progress("nothing was changed: --drop drops what the version does not have")
        throw ExitCode.failure
      }
      progress(keeps ? "changed" : "nothing was changed")
    }
  }
}

/// Connects to a database that has exactly this program's migrations.
private func administer<T: Sendable>(
  _ database: AdminDatabase,
  _ body: @escaping @Sendable (AdminConnection, SchemaVersion) throws -> T
) async throws -> T {
  try await AdminConnection.run(try database.settings()) { connection in
    let status = try Migrator(connection).status(of: embeddedMigrations())
    guard status.isCurrent, let last = status.applied.last else {
      throw ConfigurationError.invalid(
        "DATABASE_URL", "leads to a database of another schema: run `mi-alegra migrate up`")
    }
    return try body(connection, SchemaVersion(migration: last.number, name: last.name))
  }
}

/// - Returns: at most one byte more than may be read, for the reader to refuse.
private func read(_ file: String, bytesMax: Int) throws -> [UInt8] {
  do {
    let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: file))
    // Nothing is what stands at the end of a file, and in an empty one.
    return Array(try handle.read(upToCount: bytesMax + 1) ?? Data())
  } catch {
    throw ConfigurationError.invalid(file, "cannot be read")
  }
}

extension UniqueID: ExpressibleByArgument {
  package init?(argument: String) {
    self.init(argument)
  }
}
