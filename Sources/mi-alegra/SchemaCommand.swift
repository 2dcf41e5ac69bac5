// schema: prints the contract that frontends are written against.

import ArgumentParser
import GraphQLSyntax
import GraphQLTypes
import Hub

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "The GraphQL schema.", subcommands: [Print.self])

  struct Print: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print the schema as SDL.")

    func run() throws { announce(printSchema(try hubSchema())) }
  }
}
