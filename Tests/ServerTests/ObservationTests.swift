// The log: one line of JSON an event, and nothing in it that a client sent.

import JSON
import Logging
import NIOHTTP1
import Synchronization
import Testing

@testable import Server

struct ObservationTests {
  private final class Lines: Sendable {
    private let lines = Mutex<[[UInt8]]>([])
    func add(_ line: [UInt8]) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0.map { String(decoding: $0, as: UTF8.self) } } }
  }

  private func observer(_ lines: Lines, level: Logger.Level = .info) -> Observer {
    Observer(
      logger: Logger(label: "test") { _ in
        JSONLineLogHandler(logLevel: level) { lines.add($0) }
      })
  }

  private let facts = RequestFacts(
    id: .generated(255), method: .POST, route: "/graphql", status: 400, durationMicroseconds: 12,
    bodyBytes: 34)

  @Test func `a refused request is one line of JSON`() throws {
    let lines = Lines()
    observer(lines).observe(.requestRefused(facts, .invalidJSON, detail: "line\nbreak"))
    #expect(lines.all.count == 1)
    let line = try #require(lines.all.first)
    #expect(line.hasSuffix("}\n"))
    #expect(line.dropLast().contains("\n") == false)
    let value = try parseJSON(Array(line.utf8))
    #expect(value["level"] == .string("notice"))
    #expect(value["message"] == .string("request refused"))
    #expect(value["code"] == .string("INVALID_JSON"))
    #expect(value["request"] == .string("00000000000000ff"))
    #expect(value["detail"] == .string("line\nbreak"))
    let time = try #require(value["time"]?.stringValue)
    #expect(time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
  }

  @Test func `an answered request is silent unless debugging`() {
    let lines = Lines()
    observer(lines).observe(.requestFinished(facts))
    #expect(lines.all.isEmpty)
    observer(lines, level: .debug).observe(.requestFinished(facts))
    #expect(lines.all.count == 1)
  }

  @Test func `a fault of ours is an error, a client's is not`() {
    var fault = facts
    fault.status = 503
    #expect(Observation.requestRefused(fault, .timedOut, detail: nil).level == .error)
    #expect(Observation.requestRefused(facts, .parseFailed, detail: nil).level == .notice)
  }

  @Test func `nothing that a client sent reaches the log`() async throws {
    let lines = Lines()
    let log = observer(lines, level: .trace)
    try await withServer { (server) async throws in
      let secret = "s3cr3t"
      _ = try server.exchange(get("/\(secret)?\(secret)", "Authorization: Bearer \(secret)"))
      _ = try server.exchange(post("/hello", secret, "Cookie: \(secret)"))
      _ = try server.exchange("\(secret)\r\n\r\n")
      _ = try server.exchange(get("/files/\(secret)"))
      for observation in server.observed.observations { log.observe(observation) }
      #expect(lines.all.count == 5, "the start and four requests")
      #expect(!lines.all.contains { $0.contains(secret) })
    }
  }
}
