// What a well-behaved client sees: bytes in, bytes out, on real sockets.

import NIOHTTP1
import Testing

@testable import Server

struct HTTPServerTests {
  @Test func `an answer carries its length, a date and the request's id`() async throws {
    try await withServer { server in
      let client = try server.client()
      client.send(get("/hello?a=1"))
      let response = try client.response()
      #expect(response.status == 200)
      #expect(response.body == "hello a=1")
      #expect(response["content-length"] == "9")
      #expect(response["content-type"] == "text/plain")
      #expect(response["date"]?.hasSuffix(" GMT") == true)
      #expect(response["x-request-id"]?.utf8.count == 16)
      #expect(response["connection"] == nil)
    }
  }

  @Test func `a connection serves one request after the other`() async throws {
    try await withServer { server in
      let client = try server.client()
      for number in 0..<20 {
        client.send(get("/hello?\(number)"))
        #expect(try client.response().body == "hello \(number)")
      }
      #expect(server.observed.finished == 20)
    }
  }

  @Test func `pipelined requests are answered in their order`() async throws {
    try await withServer { server in
      let client = try server.client()
      client.send((0..<30).map { get("/hello?\($0)") }.joined())
      for number in 0..<30 { #expect(try client.response().body == "hello \(number)") }
    }
  }

  @Test func `thousands of requests in one piece are all answered`() async throws {
    try await withServer { server in
      let client = try server.client()
      client.send((0..<3000).map { get("/hello?\($0)") }.joined())
      for number in 0..<3000 { #expect(try client.response().body == "hello \(number)") }
      client.send(get("/hello", "Connection: close"))
      _ = try client.rest()
    }
  }

  @Test func `a later answer waits for the earlier one`() async throws {
    try await withServer { server in
      let client = try server.client()
      client.send(get("/held?first") + post("/echo", "second") + get("/held?third"))
      await server.held.waitFor(1)
      server.held.releaseFirst()
      #expect(try client.response().body == "held first")
      #expect(try client.response().body == "second")
      await server.held.waitFor(1)
      server.held.releaseFirst()
      #expect(try client.response().body == "held third")
    }
  }

  @Test func `requests that are split at any byte are the same requests`() async throws {
    let requests = Array(
      (post("/echo", "0123456789") + get("/hello?x")
        + "POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        + "3\r\nabc\r\n5;ext=1\r\ndefgh\r\n0\r\nTrailer: t\r\n\r\n" + get("/hello?y")).utf8)
    try await withServer { server in
      for position in 1..<requests.count {
        let client = try server.client()
        client.send(Array(requests[..<position]))
        client.send(Array(requests[position...]))
        let bodies = try (0..<4).map { _ in try client.response().body }
        #expect(bodies == ["0123456789", "hello x", "abcdefgh", "hello y"], "at \(position)")
      }
    }
  }

  @Test func `requests that come byte by byte are the same requests`() async throws {
    let requests = post("/echo", "0123456789", "Connection: keep-alive") + get("/hello?x")
    try await withServer { server in
      let client = try server.client()
      for byte in requests.utf8 { client.send([byte]) }
      #expect(try client.response().body == "0123456789")
      #expect(try client.response().body == "hello x")
    }
  }

  @Test func `HEAD answers a GET route with its length and without its body`() async throws {
    try await withServer { server in
      let client = try server.client()
      client.send("HEAD /hello?abc HTTP/1.1\r\nHost: a\r\n\r\n" + get("/hello?d"))
      let head = try client.response(toHEAD: true)
      #expect(head.status == 200)
      #expect(head["content-length"] == "9")
      #expect(try client.response().body == "hello d")
    }
  }

  @Test func `204 has neither body nor length`() async throws {
    try await withServer { server in
      let client = try server.client()
      client.send(get("/empty") + get("/hello?d"))
      let response = try client.response()
      #expect(response.status == 204)
      #expect(response["content-length"] == nil)
      #expect(try client.response().body == "hello d")
    }
  }

  @Test(arguments: [0, 1, 511, 16 * 1024, 16 * 1024 + 1, 100_000, 5_000_000])
  func `a long answer arrives whole`(count: Int) async throws {
    try await withServer { server in
      let client = try server.client()
      client.send(get("/large?\(count)") + get("/hello?d"))
      let response = try client.response()
      #expect(response["content-length"] == "\(count)")
      #expect(response.body.utf8.count == count)
      #expect(try client.response().body == "hello d")
    }
  }

  struct Closing: Sendable, CustomTestStringConvertible {
    let request: String
    let connection: String?
    let closes: Bool
    var testDescription: String { request.split(separator: "\r\n").joined(separator: " | ") }

    init(_ request: String, says connection: String?, closes: Bool) {
      self.request = request
      self.connection = connection
      self.closes = closes
    }
  }

  @Test(arguments: [
    Closing(get("/hello"), says: nil, closes: false),
    Closing(get("/hello", "Connection: keep-alive"), says: nil, closes: false),
    Closing(get("/hello", "Connection: close"), says: "close", closes: true),
    Closing(get("/hello", "Connection: x, Close"), says: "close", closes: true),
    Closing("GET /hello HTTP/1.0\r\n\r\n", says: "close", closes: true),
    Closing(
      "GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", says: "keep-alive", closes: false),
    // Nobody here speaks another protocol, and the decoder stops where one would begin.
    Closing(
      get("/hello", "Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: x"),
      says: "close", closes: true),
  ])
  func `the connection stays or closes as HTTP says`(_ row: Closing) async throws {
    try await withServer { server in
      let client = try server.client()
      client.send(row.request)
      let response = try client.response()
      #expect(response.status == 200)
      #expect(response["connection"] == row.connection)
      if row.closes {
        #expect(try client.isClosed())
      } else {
        client.send(get("/hello?again"))
        #expect(try client.response().body == "hello again")
      }
    }
  }

  @Test func `a request after one that closes is not answered`() async throws {
    try await withServer { server in
      let client = try server.client()
      client.send(get("/hello?1", "Connection: close") + get("/hello?2"))
      #expect(try client.response().body == "hello 1")
      #expect(try client.isClosed())
      #expect(server.observed.finished == 1)
    }
  }

  @Test func `a client that closed its side still gets its answers`() async throws {
    try await withServer { server in
      let client = try server.client()
      client.send(get("/held?1") + get("/hello?2"))
      client.finishSending()
      await server.held.waitFor(1)
      server.held.releaseFirst()
      #expect(try client.response().body == "held 1")
      #expect(try client.response().body == "hello 2")
      #expect(try client.isClosed())
    }
  }

  @Test(arguments: [
    ("GET", "/nothing", 404, "NOT_FOUND", nil),
    ("POST", "/nothing", 404, "NOT_FOUND", nil),
    ("GET", "/files", 404, "NOT_FOUND", nil),
    ("GET", "/hello/", 404, "NOT_FOUND", nil),
    ("GET", "/HELLO", 404, "NOT_FOUND", nil),
    ("POST", "/hello", 405, "METHOD_NOT_ALLOWED", "GET, HEAD, OPTIONS"),
    ("DELETE", "/echo", 405, "METHOD_NOT_ALLOWED", "POST, OPTIONS"),
    ("HEAD", "/echo", 405, nil, "POST, OPTIONS"),
    ("GET", "/echo", 405, "METHOD_NOT_ALLOWED", "POST, OPTIONS"),
    ("TRACE", "/hello", 405, "METHOD_NOT_ALLOWED", "GET, HEAD, OPTIONS"),
    ("OPTIONS", "/hello", 204, nil, "GET, HEAD, OPTIONS"),
    ("OPTIONS", "*", 204, nil, "GET, HEAD, POST, OPTIONS"),
    ("GET", "/files/a%20b", 200, nil, nil),
    ("GET", "http://example.com/hello", 200, nil, nil),
    ("GET", "HTTPS://example.com:443/hello?x", 200, nil, nil),
    ("GET", "http://example.com", 404, "NOT_FOUND", nil),
  ])
  func `a request finds its route`(
    method: String, target: String, status: Int, code: String?, allow: String?
  ) async throws {
    try await withServer { server in
      let client = try server.client()
      client.send("\(method) \(target) HTTP/1.1\r\nHost: a\r\n\r\n" + get("/hello?after"))
      let response = try client.response(toHEAD: method == "HEAD")
      #expect(response.status == status)
      #expect(response["allow"] == allow)
      if let code { #expect(response.body.contains("\"code\":\"\(code)\"")) }
      // None of these ends the connection.
      #expect(try client.response().body == "hello after")
    }
  }

  @Test func `a request's own id comes back, unless it could not stand in a log`() async throws {
    try await withServer { server in
      #expect(
        try server.exchange(get("/hello", "X-Request-Id: abc-1_2.3"))["x-request-id"] == "abc-1_2.3"
      )
      let strange = try server.exchange(get("/hello", "X-Request-Id: a b\"c"))["x-request-id"]
      #expect(strange?.utf8.count == 16)
    }
  }

  @Test func `two event loops share the work of one port`() async throws {
    try await withServer(eventLoops: 2) { server in
      let clients = try (0..<8).map { _ in try server.client() }
      for client in clients { client.send(get("/hello?x")) }
      for client in clients { #expect(try client.response().body == "hello x") }
      #expect(server.server.connectionCount == 8)
    }
  }

  @Test func `a second answer to a request is ignored and observed`() async throws {
    try await withServer { server in
      let client = try server.client()
      client.send(get("/twice") + get("/hello?x"))
      #expect(try client.response().status == 200)
      #expect(try client.response().body == "hello x")
      let twice = server.observed.observations.compactMap {
        if case .answeredTwice(let route) = $0 { route } else { nil }
      }
      #expect(twice == ["/twice"])
    }
  }

  @Test func `a field that a handler took from elsewhere cannot begin another`() async throws {
    let routes: @Sendable (any Sendable) -> [Route] = { _ in
      [
        Route(.GET, "/fields") { _, responder in
          var response = HTTPResponse()
          response.add("x-one", "a\r\nx-two: b")
          response.add("x-bad\r\nname", "c")
          responder.respond(response)
        }
      ]
    }
    try await withServer(routes: { routes($0) }) { server in
      let response = try server.exchange(get("/fields"))
      #expect(response["x-one"] == "a  x-two: b")
      #expect(response["x-two"] == nil)
      #expect(response["name"] == nil)
    }
  }
}
