// Documents come in, and a table leaves of what each stage between a document's text and its plan
// takes. Run from the root of the repository: `make bench-engine`.

import Credentials
import Execution
import Foundation
import GraphQLSyntax
import GraphQLTypes
import GraphQLValidation
import Hub
import Server

@main
enum EngineBenchmark {
  static func main() throws {
    if CommandLine.arguments.contains("growth") { return try printGrowth() }
    let benchmark = try DocumentBenchmark()
    if let flag = CommandLine.arguments.firstIndex(of: "repeat") {
      return try benchmark.repeatStages(CommandLine.arguments[(flag + 1)...])
    }
    printHeading()
    for (name, file) in [("introspection", "introspection"), ("hub page", "hub")] {
      try benchmark.measureStages(name, try document(file))
    }
    try measureSyntax("kitchen sink", try document("kitchen-sink"))
  }
}

private func document(_ name: String) throws -> String {
  try String(contentsOfFile: "Tests/Benchmarks/\(name).graphql", encoding: .utf8)
}

private func measureSyntax(_ name: String, _ text: String) throws {
  let source = Source(text)
  let document = try parse(source)
  printRow(name, "parse", measureBytes: text.utf8.count, try measure { keep(try parse(source)) })
  printRow(name, "print", measureBytes: text.utf8.count, measure { keep(print(document)) })
}

/// The stages against the hub's own schema and bindings.
private struct DocumentBenchmark {
  let schema: Schema
  let bindings: ResolvedBindings
  let limits = Limits()

  init() throws {
    let keys = try TokenKeys(
      parsing: "benchmark:" + Data(repeating: 7, count: 32).base64EncodedString())
    schema = try hubSchema()
    let services = HubServices(
      tokens: AccessTokens(keys: keys, issuer: "benchmark", audience: "benchmark"),
      succession: RefreshTokenSuccession(keys: keys), links: LinkTokens(keys: keys),
      devices: DeviceTokens(keys: keys), passwords: PasswordWorkers(), catalogues: CatalogueStore(),
      publicURL: { "http://localhost" })
    bindings = ResolvedBindings(hubBindings(services), schema: schema)
  }

  func measureStages(_ name: String, _ text: String) throws {
    let source = Source(text)
    let document = try parse(source)
    let valid = try validate(document, against: schema)
    let operation = try valid.operation(named: nil)
    let bytes = text.utf8.count
    printRow(name, "parse", measureBytes: bytes, try measure { keep(try parse(source)) })
    printRow(
      name, "validate", measureBytes: bytes,
      try measure { keep(try validate(document, against: schema)) })
    printRow(
      name, "limits", measureBytes: bytes, measure { keep(operation.breaches(limits)) })
    printRow(
      name, "plan", measureBytes: bytes,
      try measure { keep(try plan(operation, bindings: bindings)) })
    printRow(name, "all of these", measureBytes: bytes, try measure { keep(try planned(text)) })
    var plans = PlanCache(entriesMax: 100, bytesMax: 1 << 20)
    plans.insert(try planned(text), document: text, operationName: nil)
    // Requests bring their own copy of the text, so the look-up has to compare all of it.
    let sent = String(decoding: Array(text.utf8), as: UTF8.self)
    printRow(
      name, "cached look-up", measureBytes: bytes,
      measure { keep(plans.plan(document: sent, operationName: nil)) })
  }

  /// Runs stages of the hub page a hundred times each and measures nothing: for a profiler that
  /// counts instructions, such as `valgrind --tool=callgrind --toggle-collect=..`.
  func repeatStages(_ stages: some Sequence<String>) throws {
    let text = try document("hub")
    let source = Source(text)
    let document = try parse(source)
    let operation = try validate(document, against: schema).operation(named: nil)
    for stage in stages {
      for _ in 0..<100 {
        switch stage {
        case "parse": keep(try parse(source))
        case "validate": keep(try validate(document, against: schema))
        case "limits": keep(operation.breaches(limits))
        case "plan": keep(try plan(operation, bindings: bindings))
        case _: keep(try planned(text))
        }
      }
    }
  }

  private func planned(_ text: String) throws -> Plan {
    let valid = try validate(try parse(Source(text)), against: schema)
    let operation = try valid.operation(named: nil)
    keep(operation.breaches(limits))
    return try plan(operation, bindings: bindings)
  }
}

// MARK: The table

private func printHeading() {
  print("document       stage            median ns     p95 ns    MB/s  allocations")
}

private func printRow(
  _ document: String, _ stage: String, measureBytes bytes: Int, _ measurement: Measurement
) {
  let megabytesPerSecond = Double(bytes) * 1_000 / measurement.medianNanoseconds
  print(
    document.padding(toLength: 14, withPad: " ", startingAt: 0),
    stage.padding(toLength: 14, withPad: " ", startingAt: 0),
    String(
      format: "%11.0f%11.0f%8.1f%13d", measurement.medianNanoseconds, measurement.p95Nanoseconds,
      megabytesPerSecond, measurement.allocations))
}
