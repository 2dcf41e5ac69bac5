// token service: makes, lists and revokes the tokens by which the backends of solutions act here.

import ArgumentParser
import Composition
import Credentials
import Foundation
import Postgres
import SQL

extension Token {
  struct Service: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make, list and revoke the tokens of solutions' backends.",
      discussion: "Reads DATABASE_URL: a superuser, or the role that migrated.",
      subcommands: [Create.self, List.self, Revoke.self])
  }
}

extension Token.Service {
  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make a token of a solution; it is shown this once.")
    @OptionGroup var database: AdminDatabase
    @Argument(help: "The solution's code, such as invoicing.") var solution: String
    @Option(help: "What to call it, such as where it is kept.") var name: String
    @Option(help: "Until it expires.") var days = 365

    func validate() throws {
      guard (1...serviceTokenDaysMax).contains(days) else {
        throw ValidationError("--days takes 1 to \(serviceTokenDaysMax).")
      }
      guard (1...100).contains(name.unicodeScalars.count),
        !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
      else { throw ValidationError("--name takes 1 to 100 characters, on one line.") }
    }

    func run() async throws {
      let token = ServiceToken.make()
      let (solution, name, days) = (solution, name, days)
      let made = try await AdminConnection.run(try database.settings()) { connection in
        try connection.execute(
          """
          SELECT outcome, id, expires_at FROM create_service_token(
            \(solution), \(name), \(Parameter.binary(token.hash)), \(days))
          """)
      }
      guard made.string(0, 0) == "created" else {
        throw ValidationError("There is no solution \(solution).")
      }
      progress(
        "token \(made.string(0, 1) ?? "") of \(solution), good until "
          + "\(made.string(0, 2) ?? ""); it is shown this once:")
      announce(token.text)
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List every token with its state; no token is shown.")
    @OptionGroup var database: AdminDatabase

    func run() async throws {
      let tokens = try await AdminConnection.run(try database.settings()) { connection in
        try connection.execute(
          """
          SELECT id, solution,
            CASE WHEN revoked_at IS NOT NULL THEN 'revoked ' || revoked_at
              WHEN expires_at <= now() THEN 'expired ' || expires_at
              ELSE 'good until ' || expires_at END,
            coalesce('last used ' || last_used_at, 'never used'), name
          FROM service_tokens()
          """)
      }
      for row in 0..<tokens.rowCount {
        announce((0..<5).map { tokens.string(row, $0) ?? "" }.joined(separator: "  "))
      }
    }
  }

  struct Revoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "End a token: it is refused from now on.")
    @OptionGroup var database: AdminDatabase
    @Argument(help: "Its id, as `list` shows it.") var id: String

    func run() async throws {
      guard let id = UniqueID(id) else { throw ValidationError("An id is a uuid.") }
      let rows = try await AdminConnection.run(try database.settings()) { connection in
        try connection.execute(
          "SELECT revoke_service_token(\(Parameter.uuid(high: id.high, low: id.low)))")
      }
      guard rows.string(0, 0) == "revoked" else {
        throw ValidationError("There is no token \(id).")
      }
      announce("revoked \(id)")
    }
  }
}

/// Ten years: what lives longer is forgotten.
private let serviceTokenDaysMax = 3650
