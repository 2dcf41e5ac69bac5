// check: validates operations against a schema, and a schema against an older one, for a frontend's
// continuous integration. Exits 1 where something is wrong.

import ArgumentParser
import GraphQLSyntax
import GraphQLTypes
import GraphQLValidation
import Hub

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check operations against the schema, and the schema against an older one.",
    discussion: """
      Prints one line for each error, `file:line:column: message`, and exits 1 when there are any. \
      A folder stands for its .graphql and .gql files. All operation files of a call are judged \
      together: a fragment may be spread in another file, names are unique over all of them.

        mi-alegra check src
        mi-alegra check --schema schema.graphql --schema client.graphql src
        mi-alegra check --schema new.graphql --breaking old.graphql
      """)

  @Option(
    help: ArgumentHelp(
      "A file of the schema, or a folder; once for each. Without it, the hub's own schema.",
      valueName: "file"))
  var schema: [String] = []

  @Option(
    help: ArgumentHelp(
      "An older schema, as for --schema: list the changes since that break its clients (exit 1) "
        + "or endanger them.",
      valueName: "file"))
  var breaking: [String] = []

  @Flag(help: "Warn of what operations use that is deprecated.")
  var deprecated = false

  @Flag(help: "Print one JSON object, for machines.")
  var json = false

  @Flag(help: "Speak the line protocol of checkers on standard input and output.")
  var ndjson = false

  @ArgumentParser.Argument(
    help: ArgumentHelp("Files with operations, or folders.", valueName: "operation-files"))
  var operations: [String] = []

  func validate() throws {
    let givesFiles = !(schema.isEmpty && breaking.isEmpty && operations.isEmpty)
    if ndjson, givesFiles || json || deprecated {
      throw ValidationError("--ndjson takes its requests from standard input, and stands alone.")
    }
    if !ndjson, !givesFiles {
      throw ValidationError("Give files to check, or --ndjson for requests on standard input.")
    }
  }

  func run() throws {
    if ndjson { return answerLines() }
    let report = try makeReport()
    if json {
      announce(String(decoding: report.json, as: UTF8.self))
    } else {
      if !report.lines.isEmpty { announce(report.lines) }
      progress(report.summary)
    }
    if !report.isPassed { throw ExitCode.failure }
  }

  private func answerLines() {
    var session = CheckProtocol()
    while let line = readLine(strippingNewline: true) {
      if line.isEmpty { continue }
      print(String(decoding: session.answer(line: Array(line.utf8)), as: UTF8.self))
    }
  }

  // MARK: Files

  private func makeReport() throws -> CheckReport {
    let limits = CheckLimits()
    let bytesMax = limits.fileBytesMax
    let schemaSources = try readGraphQLFiles(schema, bytesMax: bytesMax)
    let oldSources = try readGraphQLFiles(breaking, bytesMax: bytesMax)
    // A folder of operations may hold the schemas as well.
    let operationSources = try readGraphQLFiles(
      operations, excluding: schemaSources + oldSources, bytesMax: bytesMax)

    var report = CheckReport()
    let current = schema.isEmpty ? try hubSchema() : make(schemaSources, limits, &report)
    if !operations.isEmpty {
      let checked = checkOperations(operationSources, against: current, limits: limits)
      report.errors += checked.errors
      if deprecated { report.warnings = checked.deprecatedUses }
    }
    if !breaking.isEmpty, let old = make(oldSources, limits, &report), let current {
      report.changes = placedChanges(from: old, to: current)
    }
    return report
  }

  /// Nil where the schema is invalid, which the report then tells.
  private func make(
    _ sources: [Source], _ limits: CheckLimits, _ report: inout CheckReport
  ) -> Schema? {
    do {
      return try checkSchema(sources, limits: limits.parse)
    } catch {
      let whole = FilePlace.beginning(of: sources.first?.name ?? "")
      report.errors += inOrder(error.findings.map { $0.placed(at: whole) }, of: sources)
      return nil
    }
  }
}
