// `Expect: 100-continue`: said when it is waited for, and only then (RFC 9110, section 10.1.1).

import Testing

@testable import Server

struct ExpectContinueTests {
  private let head =
    "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n"

  @Test func `a client that waits is told to go on`() async throws {
    try await withServer { server in
      let client = try server.client()
      client.send(head)
      #expect(try client.response().status == 100)
      client.send("hello")
      #expect(try client.response().body == "hello")
      client.send(get("/hello?x"))
      #expect(try client.response().body == "hello x")
    }
  }

  @Test func `a client that does not wait is not told`() async throws {
    try await withServer { server in
      let client = try server.client()
      client.send(head + "hello")
      #expect(try client.response().body == "hello")
    }
  }

  @Test func `it waits for the answers before it`() async throws {
    try await withServer { server in
      let client = try server.client()
      client.send(get("/held?first") + head)
      await server.held.waitFor(1)
      server.held.releaseFirst()
      #expect(try client.response().body == "held first")
      #expect(try client.response().status == 100)
      client.send("hello")
      #expect(try client.response().body == "hello")
    }
  }

  @Test(arguments: [
    ("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n", 413),
    ("POST /nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n", 404),
    ("POST /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n", 405),
  ])
  func `a body that nobody wants is not asked for`(head: String, status: Int) async throws {
    try await withServer { server in
      let client = try server.client()
      client.send(head + "Expect: 100-Continue\r\n\r\n")
      let response = try client.response()
      #expect(response.status == status)
      #expect(response["connection"] == "close")
    }
  }

  @Test func `HTTP 1.0 does not know it`() async throws {
    try await withServer { server in
      let client = try server.client()
      client.send("POST /echo HTTP/1.0\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\nhello")
      #expect(try client.response().body == "hello")
    }
  }
}
