// Query, statements and answer side by side: each folder of Golden is one case. GOLDEN_REWRITE=1
// writes what the hub does today, to be reviewed as a diff; without it a difference fails.
//
// query.graphql, variables.json (where there are any) and as.txt (one of the demo's people, or
// nobody) go in; statements.sql and answer.json come out. What varies from day to day is written by
// rule: an instant with seconds was taken from the clock (those of the demo are whole minutes), so
// it stands as its distance from today, `<today>` or `<today + 15 days>`. Ids are all fixed.

import Credentials
import Execution
import Foundation
import Hub
import JSON
import Postgres
import SQL
import TestSupport
import Testing

@testable import Composition
@testable import Server

@Suite("Golden", .hub)
struct GoldenTests {
  @Test("query, statements and answer are what they were", arguments: try goldenNames())
  func golden(_ name: String) async throws {
    let hub = try TestHub.current
    let folder = "\(goldenFolder)/\(name)"
    let document = try Repository.text(of: "\(folder)/query.graphql")
    let variables = try variables(in: folder)
    let asked = try Repository.text(of: "\(folder)/as.txt").trimmed
    let person = Person(rawValue: asked)
    #expect(person != nil || asked == "nobody", "as.txt names nobody of the demo: \(asked)")

    let answer = try await hub.ask(document, variables: variables, as: person)
    try expectGolden(
      "\(folder)/statements.sql", try statements(of: document, variables, person, hub))
    try expectGolden("\(folder)/answer.json", try described(answer))
  }

  @Test("there are golden cases")
  func isNotEmpty() throws {
    #expect(try goldenNames().count >= 12)
  }

  private func variables(in folder: String) throws -> JSONValue? {
    guard let text = try? Repository.text(of: "\(folder)/variables.json") else { return nil }
    return try parseJSON(Array(text.utf8))
  }

  private func described(_ answer: HubAnswer) throws -> String {
    let status = answer.status == 200 ? "" : "HTTP \(answer.status)\n"
    return status + prettyJSON(normalised(try answer.json)) + "\n"
  }

  /// The batch that the pipeline sends for this request.
  private func statements(
    of document: String, _ variables: JSONValue?, _ person: Person?, _ hub: TestHub
  ) throws -> String {
    guard let person else { return "-- Nothing is asked of the database without a token.\n" }
    let engine = try RunningHub.engine(
      try TestHub.configuration(of: hub.database), CatalogueStore())
    let plan = try engine.plan(GraphQLRequest(query: document))
    guard plan.memberFields > 0 else { return "-- Nothing here is read from the database.\n" }
    let values = try engine.coerce(variables ?? .null, for: plan)
    let batch = ReadBatch(
      plan, variables: values,
      bearer: .member(
        TenantScope(
          verifiedTenant: person.tenant.parameter, account: person.account.parameter,
          session: person.session.parameter)),
      bindings: engine.bindings)
    return batch.batch.queries.map { query in
      let values = query.parameters.enumerated().map { "-- $\($0 + 1) = \(text(of: $1))\n" }
      return query.statement.text + ";\n" + values.joined()
    }.joined(separator: "\n")
  }
}

let goldenFolder = "Tests/HubEndToEndTests/Golden"

private func goldenNames() throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: "\(Repository.root)/\(goldenFolder)")
    .filter { !$0.hasPrefix(".") }.sorted()
}

/// Compares a text with a golden file, or writes the file.
func expectGolden(_ path: String, _ text: String) throws {
  let file = "\(Repository.root)/\(path)"
  guard ProcessInfo.processInfo.environment["GOLDEN_REWRITE"] == nil else {
    return try Data(text.utf8).write(to: URL(fileURLWithPath: file))
  }
  let golden = try? String(contentsOfFile: file, encoding: .utf8)
  if golden == text { return }
  let difference = golden.map { differing($0, text) } ?? "the file is missing"
  Issue.record("\(path) is not what it was (GOLDEN_REWRITE=1 writes it anew):\n\(difference)")
}

/// The lines from the first that differs to the last, those of the file with a minus.
private func differing(_ golden: String, _ text: String) -> String {
  var old = golden.split(separator: "\n", omittingEmptySubsequences: false)[...]
  var new = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
  var line = 1
  while let first = old.first, first == new.first {
    old.removeFirst()
    new.removeFirst()
    line += 1
  }
  while let last = old.last, last == new.last {
    old.removeLast()
    new.removeLast()
  }
  return (["from line \(line):"] + old.map { "- \($0)" } + new.map { "+ \($0)" })
    .joined(separator: "\n")
}

private func text(of parameter: Parameter) -> String {
  switch parameter {
  case .null: "null"
  case .text(let text): "'\(text)'"
  case .integer(let number): "\(number)"
  case .boolean(let truth): "\(truth)"
  case .uuid(let high, let low): "'\(UniqueID(high: high, low: low))'"
  case .binary(let bytes): "\(bytes.count) bytes"
  }
}

// MARK: Rules

/// The value with what varies written by rule.
private func normalised(_ value: JSONValue) -> JSONValue {
  switch value {
  case .null, .bool, .number: value
  case .string(let text): .string(normalised(text))
  case .array(let elements): .array(elements.map(normalised))
  case .object(let members):
    .object(members.map { JSONMember(name: $0.name, value: normalised($0.value)) })
  }
}

/// Without the port of the day, and with days by their distance from today.
private func normalised(_ text: String) -> String {
  let text = text.replacing(/^http:\/\/127\.0\.0\.1:\d+\//, with: "http://127.0.0.1/")
  guard text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z/) != nil,
    !text.hasSuffix(":00.000000Z"),
    let instant = try? Date(text.prefix(19) + "Z", strategy: .iso8601)
  else { return text }
  switch (instant.timeIntervalSinceNow / 86_400).rounded() {
  case 0: return "<today>"
  case let days where days > 0: return "<today + \(Int(days)) days>"
  case let days: return "<today - \(Int(-days)) days>"
  }
}

extension String {
  var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
