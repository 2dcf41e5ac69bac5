// Every limit of a connection, passed by a little: bytes, counts, and seconds shrunk to a tenth.

import Testing

@testable import Server

struct HTTPLimitsTests {
  private static func limits(_ change: (inout Limits) -> Void) -> Limits {
    var limits = Limits()
    change(&limits)
    return limits
  }

  @Test func `a body up to the limit is taken, one byte more is refused unread`() async throws {
    try await withServer(limits: Self.limits { $0.bodyBytesMax = 1000 }) { server in
      let body = String(repeating: "x", count: 1000)
      #expect(try server.exchange(post("/echo", body)).body == body)
      let client = try server.client()
      // The body is not sent at all: its length alone is enough.
      client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n")
      let response = try client.response()
      #expect(response.status == 413)
      #expect(response["connection"] == "close")
      #expect(response.body.contains("\"code\":\"BODY_TOO_LARGE\",\"limit\":\"bodyBytesMax\""))
    }
  }

  @Test func `a chunked body is counted while it arrives`() async throws {
    try await withServer(limits: Self.limits { $0.bodyBytesMax = 1000 }) { server in
      let client = try server.client()
      let chunk = "1f4\r\n" + String(repeating: "x", count: 500) + "\r\n"
      client.send("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")
      client.send(chunk + chunk + "1\r\nx\r\n")
      #expect(try client.response().status == 413)
    }
  }

  @Test func `a route's own limit holds for it alone`() async throws {
    try await withServer { (server) async throws in
      #expect(try server.exchange(post("/small", "0123456789")).status == 200)
      #expect(try server.exchange(post("/small", "0123456789a")).status == 413)
      #expect(try server.exchange(post("/echo", "0123456789a")).status == 200)
    }
  }

  @Test func `a refusal reaches a client that goes on sending`() async throws {
    try await withServer(limits: Self.limits { $0.bodyBytesMax = 1000 }) { server in
      let client = try server.client()
      client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n")
      client.send([UInt8](repeating: 0x78, count: 2_000_000))
      client.finishSending()
      #expect(try client.response().status == 413)
      #expect(try client.isClosed())
    }
  }

  @Test func `a client that sends without end is cut off`() async throws {
    let limits = Self.limits {
      $0.bodyBytesMax = 1000
      $0.lingerBytesMax = 100_000
    }
    try await withServer(limits: limits) { server in
      let client = try server.client()
      client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 900000000\r\n\r\n")
      // Returns only because the server closes.
      for _ in 0..<20 { client.send([UInt8](repeating: 0x78, count: 10_000_000)) }
      await waitUntil { server.server.connectionCount == 0 }
    }
  }

  @Test(arguments: [
    ("one long field", "X: " + String(repeating: "x", count: 2000) + "\r\n"),
    ("many fields", String(repeating: "X: 1\r\n", count: 21)),
    ("fields too long together", String(repeating: "X: " + "yyyyyyyyyy" * 10 + "\r\n", count: 15)),
  ])
  func `headers past a limit are refused`(name: String, fields: String) async throws {
    let limits = Self.limits {
      $0.headerBytesMax = 1000
      $0.headerFieldsMax = 20
    }
    try await withServer(limits: limits) { server in
      let response = try server.exchange("GET /hello HTTP/1.1\r\nHost: a\r\n\(fields)\r\n")
      #expect(response.status == 431)
      #expect(response.body.contains("\"code\":\"HEADERS_TOO_LARGE\""))
    }
  }

  @Test func `a target past the limit is refused`() async throws {
    try await withServer(limits: Self.limits { $0.headerBytesMax = 1000 }) {
      (server) async throws in
      #expect(try server.exchange(get("/hello?" + "x" * 2000)).status == 431)
    }
  }

  @Test func `trailers past the limit are refused`() async throws {
    try await withServer(limits: Self.limits { $0.headerFieldsMax = 20 }) { server in
      let response = try server.exchange(
        "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
          + "T: 1\r\n" * 30 + "\r\n")
      #expect(response.status == 431)
    }
  }

  @Test(arguments: [
    "G", "GET /hello HTTP/1.1\r\n", "GET /hello HTTP/1.1\r\nHost: a\r\nX-Slow: ",
    "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n01234",
    "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n012",
  ])
  func `a request that does not arrive in time is refused`(start: String) async throws {
    try await withServer(limits: Self.limits { $0.readTimeoutSeconds = 0.05 }) { server in
      let client = try server.client()
      client.send(start)
      let response = try client.response()
      #expect(response.status == 408)
      #expect(response.body.contains("\"limit\":\"readTimeoutSeconds\""))
      client.finishSending()
      #expect(try client.isClosed())
    }
  }

  @Test func `sending a little now and then does not put the deadline off`() async throws {
    try await withServer(limits: Self.limits { $0.readTimeoutSeconds = 0.1 }) { server in
      let client = try server.client()
      client.send("GET /hello HTTP/1.1\r\nHost: a\r\n")
      // Goes on until the server answers and closes, which makes the sockets' sending fail.
      while server.observed.codes.isEmpty {
        client.send("X: 1\r\n")
        await Task.yield()
      }
      #expect(
        server.observed.codes == [.requestTimeout] || server.observed.codes == [.headersTooLarge])
    }
  }

  @Test func `a connection without a request closes in silence`() async throws {
    try await withServer(limits: Self.limits { $0.readTimeoutSeconds = 0.05 }) {
      (server) async throws in
      #expect(try server.client().isClosed())
      #expect(server.observed.codes.isEmpty)
    }
  }

  @Test func `a connection at rest closes in silence`() async throws {
    try await withServer(limits: Self.limits { $0.idleTimeoutSeconds = 0.05 }) { server in
      let client = try server.client()
      client.send(get("/hello?x"))
      #expect(try client.response().body == "hello x")
      #expect(try client.isClosed())
      #expect(server.observed.codes.isEmpty)
    }
  }

  @Test func `a handler that never answers is answered for`() async throws {
    try await withServer(limits: Self.limits { $0.requestTimeoutSeconds = 0.05 }) { server in
      let client = try server.client()
      client.send(get("/silent"))
      let response = try client.response()
      #expect(response.status == 503)
      #expect(response["retry-after"] == "1")
      #expect(response.body.contains("\"code\":\"TIMED_OUT\",\"limit\":\"requestTimeoutSeconds\""))
      client.send(get("/hello?x"))
      #expect(try client.response().body == "hello x")
    }
  }

  @Test func `an answer after the time limit goes nowhere`() async throws {
    try await withServer(limits: Self.limits { $0.requestTimeoutSeconds = 0.05 }) { server in
      let client = try server.client()
      client.send(get("/held?late"))
      #expect(try client.response().status == 503)
      server.held.releaseFirst()
      client.send(get("/hello?x"))
      #expect(try client.response().body == "hello x")
      #expect(server.observed.codes == [.timedOut])
      #expect(server.observed.finished == 1)
    }
  }

  @Test func `a client that does not take its answer is dropped`() async throws {
    try await withServer(limits: Self.limits { $0.writeTimeoutSeconds = 0.05 }) { server in
      let client = try server.client()
      client.shrinkReceiveBuffer()
      client.send(get("/large?50000000"))
      await waitUntil { server.observed.finished == 1 && server.server.connectionCount == 0 }
      withExtendedLifetime(client) {}
    }
  }

  @Test func `one connection too many is told so`() async throws {
    try await withServer(limits: Self.limits { $0.connectionsMax = 2 }) { server in
      let first = try server.client()
      let second = try server.client()
      for client in [first, second] {
        client.send(get("/hello?x"))
        #expect(try client.response().status == 200)
      }
      for _ in 0..<3 {
        let third = try server.client()
        third.send(get("/hello?x"))
        let response = try third.response()
        #expect(response.status == 503)
        #expect(response["retry-after"] == "1")
        #expect(response.body.contains("\"code\":\"OVERLOADED\",\"limit\":\"connectionsMax\""))
        third.finishSending()
        #expect(try third.isClosed())
      }
      let refusals = server.observed.observations.count {
        if case .connectionRefused = $0 { true } else { false }
      }
      #expect(refusals == 1, "a flood is one line")
      first.send(get("/hello", "Connection: close"))
      _ = try first.rest()
      await waitUntil { server.server.connectionCount < 2 }
      #expect(try server.exchange(get("/hello?x")).status == 200)
    }
  }

  @Test func `too many pipelined requests end the connection after the last that is taken`()
    async throws
  {
    try await withServer(limits: Self.limits { $0.pipelinedRequestsMax = 4 }) { server in
      let client = try server.client()
      client.send((0..<50).map { get("/held?\($0)") }.joined())
      for number in 0..<4 {
        await server.held.waitFor(1)
        server.held.releaseFirst()
        let response = try client.response()
        #expect(response.body == "held \(number)")
        #expect(response["connection"] == (number == 3 ? "close" : nil))
      }
      client.finishSending()
      #expect(try client.isClosed())
      #expect(server.held.count == 0)
    }
  }
}

private func * (text: String, count: Int) -> String { String(repeating: text, count: count) }
