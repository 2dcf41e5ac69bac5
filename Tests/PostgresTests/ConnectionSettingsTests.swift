// Connection strings, waits and parameters: the small pure parts, as data.

import SQL
import Testing

@testable import Postgres

@Suite struct ConnectionSettingsTests {
  @Test func `a URL and a conninfo text say the same`() throws {
    let url = try ConnectionSettings("postgresql://hub_app:secret@db.example:6432/hub")
    let text = try ConnectionSettings(
      "host=db.example port=6432 dbname=hub user=hub_app password=secret")
    #expect(url.keywords == text.keywords)
    #expect(url.keywords["host"] == "db.example")
    #expect(!url.summary.contains("secret"))
  }

  @Test func `what libpq cannot parse is refused`() {
    #expect(throws: DatabaseError.self) { try ConnectionSettings("host=a port") }
    #expect(throws: DatabaseError.self) { try ConnectionSettings("colour=red") }
  }

  @Test func `another user does not inherit the password`() throws {
    let settings = try ConnectionSettings("postgresql://owner:secret@/hub").user("hub_app")
    #expect(settings.keywords["user"] == "hub_app")
    #expect(settings.keywords["password"] == nil)
  }

  @Test func `session parameters are sent as options, escaped, and never through a pooler`() throws
  {
    var settings = try ConnectionSettings("dbname=hub options='-c a.b=1'")
    settings.sessionParameters = ["DateStyle": "ISO, MDY", "statement_timeout": "5s"]
    let options = settings.parameters(addresses: nil).first { $0.keyword == "options" }?.value
    #expect(options == #"-c DateStyle=ISO,\ MDY -c statement_timeout=5s -c a.b=1"#)
    settings.isThroughPooler = true
    let left = settings.parameters(addresses: nil).first { $0.keyword == "options" }?.value
    #expect(left == "-c a.b=1")
  }

  @Test(arguments: [
    ("host=/run/postgresql", []), ("host=db.example", ["db.example"]),
    ("host=db.example hostaddr=10.0.0.1", []), ("dbname=hub", []),
    ("host=a.example,/run/postgresql port=1,2", ["a.example", "/run/postgresql"]),
  ])
  func `only names are asked for`(_ text: String, _ hosts: [String]) throws {
    #expect(try ConnectionSettings(text).hostsToResolve == hosts)
  }

  @Test func `the wait before connecting again doubles, up to its limit, and starts over`() {
    var limits = PostgresLimits()
    limits.reconnectMillisecondsMin = 100
    limits.reconnectMillisecondsMax = 350
    var backoff = ReconnectBackoff(limits: limits)
    #expect([1, 1, 1, 1].map { backoff.next(share: $0) } == [100, 200, 350, 350])
    backoff.succeeded()
    #expect(backoff.next(share: 0) == 50)
  }

  @Test func `values become libpq's arrays, in one buffer`() throws {
    var buffer = ParameterBuffer()
    let queries = [
      Query(
        PreparedStatement("a"),
        [
          .text("ñandú"), .null, .integer(-7), .boolean(true),
          .uuid(high: 0x0123_4567_89ab_cdef, low: 0xfedc_ba98_7654_3210),
        ]),
      Query(PreparedStatement("b"), []),
      Query(PreparedStatement("c"), [.binary([0, 255]), .text("")]),
    ]
    var seen: [[String?]] = []
    let isSent = try buffer.send(queries) { query, arrays in
      var values: [String?] = []
      for index in 0..<arrays.count {
        let value = arrays.values.flatMap { $0[index] }
        let format = arrays.formats.map { $0[index] } ?? 0
        let length = arrays.lengths.map { $0[index] } ?? 0
        values.append(format == 1 ? "\(length) bytes" : value.map { String(cString: $0) })
      }
      seen.append(values)
      return true
    }
    #expect(isSent)
    #expect(
      seen == [
        ["ñandú", nil, "-7", "t", "01234567-89ab-cdef-fedc-ba9876543210"], [], ["2 bytes", ""],
      ])
  }

  @Test func `a text with NUL is refused before anything is sent`() {
    var buffer = ParameterBuffer()
    let query = Query(PreparedStatement("a"), [.text("fine"), .text("cut\u{0}off")])
    var sent = 0
    let refused = #expect(throws: ParameterBuffer.Refused.self) {
      _ = try buffer.send([Query(PreparedStatement("b")), query]) { _, _ in
        sent += 1
        return true
      }
    }
    #expect(refused?.query == 1)
    #expect(refused?.parameter == 1)
    #expect(sent == 0)
  }
}
