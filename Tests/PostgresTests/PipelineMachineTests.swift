// The order of answers as tables: what libpq returns in turn, what each unit is told.

import Testing

@testable import Postgres

@Suite struct PipelineMachineTests {
  typealias Machine = PipelineMachine<String, String>

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Each unit: its name and how many commands it has.
    let units: [(String, Int)]
    /// r: a result, E: an error, a: aborted, n: NULL, s: Sync, f: something foreign.
    let answers: String
    /// Each finished unit: its name and results, or the failed command's place; or "desync".
    let told: [String]
    let inFlight: Int
  }

  static let cases = [
    Case(
      testDescription: "a batch is complete at its Sync", units: [("A", 2)], answers: "rnrns",
      told: ["A ok 2"], inFlight: 0),
    Case(
      testDescription: "nothing is told before the Sync", units: [("A", 2)], answers: "rnrn",
      told: [], inFlight: 1),
    Case(
      testDescription: "an empty batch is its Sync", units: [("A", 0)], answers: "s",
      told: ["A ok 0"], inFlight: 0),
    Case(
      testDescription: "batches are answered in order", units: [("A", 1), ("B", 2)],
      answers: "rnsrnrns", told: ["A ok 1", "B ok 2"], inFlight: 0),
    Case(
      testDescription: "an error at commit, after all rows, fails its own batch",
      units: [("A", 1), ("B", 1)], answers: "rnEnsrns", told: ["A failed at commit", "B ok 1"],
      inFlight: 0),
    Case(
      testDescription: "an error at commit may come without NULL",
      units: [("A", 1), ("B", 1)], answers: "rnEsrns", told: ["A failed at commit", "B ok 1"],
      inFlight: 0),
    Case(
      testDescription: "an error in the middle names its query and spares the next batch",
      units: [("A", 3), ("B", 1)], answers: "rnEnansrns", told: ["A failed 1", "B ok 1"],
      inFlight: 0),
    Case(
      testDescription: "an answer that nobody asked for", units: [], answers: "r",
      told: ["desync"], inFlight: 0),
    Case(
      testDescription: "a Sync that nobody asked for", units: [("A", 1)], answers: "rnss",
      told: ["A ok 1", "desync"], inFlight: 0),
    Case(
      testDescription: "a Sync too early", units: [("A", 2)], answers: "rns", told: ["desync"],
      inFlight: 1),
    Case(
      testDescription: "a result too many", units: [("A", 1)], answers: "rnr", told: ["desync"],
      inFlight: 1),
    Case(
      testDescription: "two results of one command", units: [("A", 2)], answers: "rr",
      told: ["desync"], inFlight: 1),
    Case(
      testDescription: "a Sync within a command", units: [("A", 1)], answers: "rs",
      told: ["desync"], inFlight: 1),
    Case(
      testDescription: "a result after an error", units: [("A", 2)], answers: "Enr",
      told: ["desync"], inFlight: 1),
    Case(
      testDescription: "two errors in one batch", units: [("A", 2)], answers: "EnE",
      told: ["desync"], inFlight: 1),
    Case(
      testDescription: "aborted without an error", units: [("A", 2)], answers: "rna",
      told: ["desync"], inFlight: 1),
    Case(
      testDescription: "too few aborted after an error", units: [("A", 3)], answers: "Enans",
      told: ["desync"], inFlight: 1),
    Case(
      testDescription: "NULL twice", units: [("A", 2)], answers: "rnn", told: ["desync"],
      inFlight: 1),
    Case(
      testDescription: "a COPY", units: [("A", 1)], answers: "f", told: ["desync"], inFlight: 1),
  ]

  @Test(arguments: cases)
  func `answers reach the unit they belong to, or the connection ends`(_ expected: Case) {
    var machine = Machine()
    for (name, commands) in expected.units { machine.sent(name, commands: commands) }
    var told: [String] = []
    for answer in expected.answers {
      switch machine.event(event(answer)) {
      case .wait: continue
      case .desynchronise: told.append("desync")
      case .finish(let ticket, .succeeded(let payloads)):
        told.append("\(ticket) ok \(payloads.count)")
      case .finish(let ticket, .failed(let refusal)):
        told.append("\(ticket) failed \(refusal.queryIndex.map(String.init) ?? "at commit")")
      }
    }
    #expect(told == expected.told)
    #expect(machine.inFlight == expected.inFlight)
  }

  @Test func `a closed connection gives back every ticket, oldest first`() {
    var machine = Machine()
    for name in ["A", "B", "C"] { machine.sent(name, commands: 1) }
    for answer in "rnsr" { _ = machine.event(event(answer)) }
    #expect(machine.drain() == ["B", "C"])
    #expect(machine.inFlight == 0)
    machine.sent("D", commands: 1)
    for answer in "rn" { _ = machine.event(event(answer)) }
    guard case .finish("D", .succeeded(let payloads)) = machine.event(.sync) else {
      Issue.record("what came for B was given to D")
      return
    }
    #expect(payloads.count == 1)
  }

  private func event(_ letter: Character) -> Machine.Event {
    switch letter {
    case "r": .result("rows")
    case "E": .refused(Refusal(sqlState: "23505", message: "refused"))
    case "a": .aborted
    case "n": .endOfCommand
    case "s": .sync
    case _: .foreign("PGRES_COPY_IN")
    }
  }
}
