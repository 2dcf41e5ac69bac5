// check: validates operations against a schema, for a frontend's continuous integration.

import ArgumentParser
import GraphQLValidation

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check GraphQL documents: one JSON request a line in, one JSON answer a line out.")

  @Flag(help: "Speak the line protocol of checkers on standard input and output.")
  var ndjson = false

  func validate() throws {
    guard ndjson else { throw ValidationError("Give --ndjson: files are not checked yet.") }
  }

  func run() throws {
    var session = CheckProtocol()
    while let line = readLine(strippingNewline: true) {
      if line.isEmpty { continue }
      print(String(decoding: session.answer(line: Array(line.utf8)), as: UTF8.self))
    }
  }
}
