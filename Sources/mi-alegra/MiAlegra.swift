// The command line: one subcommand a file. What is composed of the house is composed here.

import ArgumentParser

@main
struct MiAlegra: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mi-alegra",
    abstract: "The common space of a company's solutions: GraphQL over PostgreSQL.",
    discussion: """
      To try it, run `mi-alegra dev`: it makes a private PostgreSQL cluster, demo companies and a \
      server. To run it, set DATABASE_URL and TOKEN_KEYS and run `mi-alegra migrate up` and \
      `mi-alegra serve`; `mi-alegra doctor` says what is missing.
      """,
    version: version,
    subcommands: [
      Serve.self, Dev.self, Migrate.self, Demo.self, Keys.self, Token.self, SchemaCommand.self,
      Check.self, Tenant.self, Audit.self, Doctor.self,
    ])

  static func main() async {
    keepMemoryOutOfCrashReports()
    await main(nil)
  }
}
