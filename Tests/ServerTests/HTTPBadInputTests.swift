// What is no request, byte by byte: a clear status, one line in the log, the connection closed, and
// the server still there.

import Testing

@testable import Server

struct HTTPBadInputTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let bytes: [UInt8]
    let status: Int
    let code: ErrorCode
    var testDescription: String { name }

    init(_ name: String, _ text: String, _ status: Int, _ code: ErrorCode = .badRequest) {
      self.init(name, Array(text.utf8), status, code)
    }

    init(_ name: String, _ bytes: [UInt8], _ status: Int, _ code: ErrorCode = .badRequest) {
      self.name = name
      self.bytes = bytes
      self.status = status
      self.code = code
    }
  }

  static let rows: [Row] = [
    Row("not HTTP", "hello\r\n\r\n", 400),
    Row(
      "a TLS handshake", [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03], 400),
    Row("the preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
    Row("an unknown method", "FROB / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    Row("a method in lower case", "get / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    Row("no version, as HTTP/0.9", "GET /\r\nHost: a\r\n\r\n", 505, .versionNotSupported),
    Row("HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505, .versionNotSupported),
    Row("no Host", "GET /hello HTTP/1.1\r\n\r\n", 400),
    Row("two Hosts", "GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
    Row("a space before the colon", "GET /hello HTTP/1.1\r\nHost : a\r\n\r\n", 400),
    Row("a folded field", "GET /hello HTTP/1.1\r\nHost: a\r\nX: 1\r\n 2\r\n\r\n", 400),
    Row("NUL in a field", [UInt8]("GET /hello HTTP/1.1\r\nHost: a\r\nX: \0\r\n\r\n".utf8), 400),
    Row("a carriage return alone", "GET /hello HTTP/1.1\r\nHost: a\r\nX: 1\r2\r\n\r\n", 400),
    Row("a field without a colon", "GET /hello HTTP/1.1\r\nHost: a\r\nX\r\n\r\n", 400),
    Row("a field without a name", "GET /hello HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n", 400),
    Row("a target without a slash", "GET hello HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    Row("a target of another scheme", "GET ftp://a/hello HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    Row("a fragment in the target", "GET /hello#x HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    Row(
      "raw bytes in the target",
      [UInt8]("GET /hello?".utf8) + [0xff, 0xfe] + [UInt8](" HTTP/1.1\r\nHost: a\r\n\r\n".utf8), 400
    ),
    Row("letters as length", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: ten\r\n\r\n", 400),
    Row("a negative length", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
    Row("a signed length", "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\nx", 400),
    Row(
      "a length past 64 bits",
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", 400),
    Row(
      "two lengths",
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx", 400),
    Row(
      "a length and chunks",
      "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
        + "0\r\n\r\n", 400),
    Row(
      "an unknown transfer coding",
      "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\nabc", 400),
    Row(
      "chunked that is not last",
      "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n", 400),
    Row(
      "a chunk size that is none",
      "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400),
    Row(
      "a chunk longer than it says",
      "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n", 400),
    Row(
      "another expectation", "GET /hello HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n", 417,
      .expectationFailed),
  ]

  @Test(arguments: rows)
  func `what is no request is refused and closed`(_ row: Row) async throws {
    try await withServer { server in
      let client = try server.client()
      client.send(row.bytes)
      let response = try client.response()
      #expect(response.status == row.status)
      #expect(response.body.contains("\"code\":\"\(row.code.rawValue)\""))
      #expect(response["connection"] == "close")
      client.finishSending()
      #expect(try client.isClosed())
      #expect(server.observed.codes == [row.code])
      #expect(try server.exchange(get("/hello?still")).body == "hello still")
    }
  }

  @Test func `what follows a refused request is never taken for another`() async throws {
    try await withServer { server in
      let client = try server.client()
      client.send("GET /hello HTTP/1.1\r\n\r\n" + get("/hello?smuggled"))
      #expect(try client.response().status == 400)
      client.send(get("/hello?smuggled"))
      client.finishSending()
      #expect(try client.isClosed())
      #expect(server.observed.finished == 0)
    }
  }

  @Test func `requests before a bad one are answered first`() async throws {
    try await withServer { server in
      let client = try server.client()
      client.send(get("/held?good") + "bad\r\n\r\n")
      await server.held.waitFor(1)
      server.held.releaseFirst()
      #expect(try client.response().body == "held good")
      #expect(try client.response().status == 400)
    }
  }

  @Test func `a client that leaves in the middle harms nobody`() async throws {
    try await withServer { server in
      do {
        let client = try server.client()
        client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc")
      }
      do {
        let client = try server.client()
        client.send(get("/held?gone"))
        await server.held.waitFor(1)
      }
      server.held.releaseFirst()
      #expect(try server.exchange(get("/hello?still")).body == "hello still")
    }
  }

  @Test func `changed bytes neither crash nor hang`() async throws {
    let valid = Array((post("/echo", "0123456789") + get("/hello?x")).utf8)
    try await withServer { server in
      for seed in 0..<500 {
        var generator = SplitMix(state: UInt64(seed))
        var bytes = valid
        for _ in 0...Int.random(in: 0...6, using: &generator) {
          let position = Int.random(in: bytes.indices, using: &generator)
          bytes[position] = UInt8.random(in: 0...255, using: &generator)
        }
        let client = try server.client()
        client.send(bytes)
        client.finishSending()
        let answer = try client.rest()
        #expect(answer.hasPrefix("HTTP/1.1 "), "seed \(seed)")
      }
      #expect(try server.exchange(get("/hello?still")).body == "hello still")
    }
  }
}

/// The same numbers for the same seed on every machine.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
