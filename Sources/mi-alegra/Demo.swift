// demo: adds the demo companies, or many generated ones, to a database.

import ArgumentParser
import Composition
import Postgres

struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Add demo companies to the database.",
    discussion: "Reads DATABASE_URL: a superuser, or a role with BYPASSRLS.")

  @OptionGroup var database: AdminDatabase
  @Option(help: "How many companies to generate; without it the three of the demo.")
  var companies: Int?

  func validate() throws {
    guard (1...1_000_000).contains(companies ?? 1) else {
      throw ValidationError("--companies takes 1 to 1000000.")
    }
  }

  func run() async throws {
    let companies = companies
    try await AdminConnection.run(try database.settings()) { connection in
      let name = companies == nil ? "demo/demo.sql" : "demo/generate.sql"
      guard let script = embeddedScript(name) else { return }
      try connection.transaction {
        if let companies {
          _ = try connection.execute(script: "SET LOCAL demo.companies = '\(companies)'")
        }
        _ = try connection.execute(script: script)
      }
      if companies != nil { _ = try connection.execute(script: "VACUUM ANALYZE") }
    }
    announce(companies.map { "added \($0) companies" } ?? "added the demo companies")
  }
}
