// A server that stops: what is in flight is answered, nothing new is taken, and it ends in time.

import Testing

@testable import Server

struct HTTPShutdownTests {
  @Test func `a request in flight is answered, and its connection closed`() async throws {
    try await withServer(host: "127.0.83.1") { server in
      let busy = try server.client()
      let resting = try server.client()
      resting.send(get("/hello?x"))
      #expect(try resting.response().status == 200)
      busy.send(get("/held?last"))
      await server.held.waitFor(1)
      async let stopped: Void = server.server.shutdown()
      await server.observed.waitForStopping()
      #expect(try resting.isClosed())
      server.held.releaseFirst()
      let response = try busy.response()
      #expect(response.body == "held last")
      #expect(response["connection"] == "close")
      busy.finishSending()
      #expect(try busy.isClosed())
      await stopped
      await waitUntil { server.server.connectionCount == 0 }
      #expect(throws: RawClientError.self) { try server.client() }
    }
  }

  @Test func `a request that began to arrive is finished`() async throws {
    try await withServer { server in
      let client = try server.client()
      let resting = try server.client()
      client.send(
        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n")
      #expect(try client.response().status == 100)
      async let stopped: Void = server.server.shutdown()
      await server.observed.waitForStopping()
      #expect(try resting.isClosed())
      client.send("hello")
      let response = try client.response()
      #expect(response.body == "hello")
      #expect(response["connection"] == "close")
      client.finishSending()
      await stopped
    }
  }

  @Test func `pipelined requests that arrived are answered`() async throws {
    try await withServer { server in
      let client = try server.client()
      let resting = try server.client()
      client.send(get("/held?1") + get("/hello?2") + get("/hello?3"))
      await server.held.waitFor(1)
      async let stopped: Void = server.server.shutdown()
      await server.observed.waitForStopping()
      #expect(try resting.isClosed())
      server.held.releaseFirst()
      #expect(try client.response()["connection"] == nil)
      #expect(try client.response()["connection"] == nil)
      #expect(try client.response()["connection"] == "close")
      client.finishSending()
      await stopped
    }
  }

  @Test func `what does not end in time is cut off`() async throws {
    var limits = Limits()
    limits.drainTimeoutSeconds = 0.1
    try await withServer(limits: limits) { server in
      let client = try server.client()
      client.send(get("/silent"))
      await waitUntil { server.server.connectionCount == 1 }
      await server.server.shutdown()
      await waitUntil { server.server.connectionCount == 0 }
      #expect(try client.isCutOff())
    }
  }

  @Test func `stopping twice is stopping once`() async throws {
    try await withServer { (server) async throws in
      async let first: Void = server.server.shutdown()
      async let second: Void = server.server.shutdown()
      _ = await (first, second)
    }
  }

  @Test func `its port is free at once, and can be taken again`() async throws {
    let host = "127.0.83.2"
    var port = 0
    try await withServer(host: host) { (server) async throws in
      port = server.port
      #expect(try server.exchange(get("/hello?x")).status == 200)
    }
    #expect(throws: RawClientError.self) { try RawClient(port: port, host: host) }
    try await withServer(host: host, port: port) { (server) async throws in
      #expect(try server.exchange(get("/hello?x")).status == 200)
    }
  }
}
