// A server on a free port of loopback with a few routes, and what it observed.

import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization
import Testing

@testable import Server

/// Requests that a test holds back, to be answered when the test says so.
final class Held: Sendable {
  private let waiting = Mutex<[@Sendable () -> Void]>([])

  func add(_ responder: Responder, on loop: any EventLoop, body: String) {
    let bound = NIOLoopBound(responder, eventLoop: loop)
    waiting.withLock {
      $0.append {
        loop.execute {
          bound.value.respond(
            HTTPResponse(contentType: "text/plain", body: .bytes(Array(body.utf8))))
        }
      }
    }
  }

  var count: Int { waiting.withLock { $0.count } }

  /// Waits until so many requests reached their handler; they are on the way already.
  func waitFor(_ count: Int) async {
    await waitUntil { self.count >= count }
  }

  /// Answers the oldest.
  func releaseFirst() {
    let answer = waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() }
    answer?()
  }
}

/// Gives other work its turn until something holds; what it waits for is on its way, and a minute
/// without it fails the test.
func waitUntil(_ condition: () -> Bool) async {
  let deadline = NIODeadline.now() + .seconds(60)
  while !condition() {
    guard NIODeadline.now() < deadline else {
      Issue.record("what the test waits for does not come")
      return
    }
    await Task.yield()
  }
}

/// What the server observed, in order.
final class Observed: Sendable {
  private let all = Mutex<[Observation]>([])

  func add(_ observation: Observation) { all.withLock { $0.append(observation) } }

  var observations: [Observation] { all.withLock { $0 } }

  /// The codes of refused requests.
  var codes: [ErrorCode] {
    observations.compactMap { if case .requestRefused(_, let code, _) = $0 { code } else { nil } }
  }

  /// Waits until the server began to stop; a blocking client would keep it from its turn.
  func waitForStopping() async {
    await waitUntil {
      observations.contains { if case .serverStopping = $0 { true } else { false } }
    }
  }

  var finished: Int {
    observations.count { if case .requestFinished = $0 { true } else { false } }
  }
}

struct TestServer {
  let server: HTTPServer
  let held: Held
  let observed: Observed

  var port: Int { server.port }

  func client() throws -> RawClient { try RawClient(port: port, host: server.host) }

  /// One request on a connection of its own, which the server closes afterwards.
  func exchange(_ request: String) throws -> RawResponse {
    let client = try client()
    client.send(request)
    return try client.response()
  }
}

/// Runs a test against a server of its own, and stops the server whatever the test did.
/// - Parameters:
///   - host: an address of loopback's that no other test listens on, for one that looks at the port
///     afterwards: the kernel gives a port that has become free to whoever asks next.
///   - port: 0 takes a free one.
func withServer(
  host: String = "127.0.0.1", port: Int = 0,
  limits: Limits = Limits(), tls: TLSConfiguration? = nil, eventLoops: Int = 1,
  routes: @escaping @Sendable (any EventLoop) -> [Route] = { _ in [] },
  _ body: (TestServer) async throws -> Void
) async throws {
  let group = MultiThreadedEventLoopGroup(numberOfThreads: eventLoops)
  let held = Held()
  let observed = Observed()
  let configuration = HTTPServerConfiguration(
    host: host, port: port, tls: tls, limits: limits)
  let observer = Observer { observed.add($0) }
  do {
    let server = try await HTTPServer.start(configuration, on: group, observer: observer) { loop in
      Router(testRoutes(loop, held) + routes(loop))
    }
    do {
      try await body(TestServer(server: server, held: held, observed: observed))
    } catch {
      await server.shutdown()
      throw error
    }
    await server.shutdown()
  } catch {
    try await group.shutdownGracefully()
    throw error
  }
  try await group.shutdownGracefully()
}

private func testRoutes(_ loop: any EventLoop, _ held: Held) -> [Route] {
  [
    Route(.GET, "/hello") { request, responder in
      responder.respond(
        HTTPResponse(
          contentType: "text/plain",
          body: .bytes(Array("hello \(request.queryString ?? "-")".utf8))))
    },
    Route(.POST, "/echo") { request, responder in
      responder.respond(HTTPResponse(contentType: "text/plain", body: .buffer(request.body)))
    },
    Route(.POST, "/small", body: BodyLimit(bytesMax: 10)) { request, responder in
      responder.respond(HTTPResponse(contentType: "text/plain", body: .buffer(request.body)))
    },
    Route(.GET, "/files/*") { request, responder in
      responder.respond(
        HTTPResponse(contentType: "text/plain", body: .bytes(Array(request.path.utf8))))
    },
    Route(.GET, "/held") { request, responder in
      held.add(responder, on: loop, body: "held \(request.queryString ?? "-")")
    },
    Route(.GET, "/empty") { _, responder in
      responder.respond(HTTPResponse(status: .noContent))
    },
    Route(.GET, "/large") { request, responder in
      let count = Int(request.queryString ?? "") ?? 0
      responder.respond(
        HTTPResponse(
          contentType: "text/plain",
          body: .buffer(ByteBuffer(repeating: UInt8(ascii: "x"), count: count))))
    },
    Route(.GET, "/twice") { _, responder in
      responder.respond(HTTPResponse())
      responder.respond(HTTPResponse())
    },
    Route(.GET, "/silent") { _, _ in },
  ]
}

func get(_ path: String, _ fields: String...) -> String {
  "GET \(path) HTTP/1.1\r\nHost: a\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n"
}

func post(_ path: String, _ body: String, _ fields: String...) -> String {
  "POST \(path) HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.utf8.count)\r\n"
    + fields.map { $0 + "\r\n" }.joined() + "\r\n" + body
}
