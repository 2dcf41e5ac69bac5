// Which pages of other origins may call and read, over real sockets.

import NIOHTTP1
import Testing

@testable import Server

struct CORSTests {
  private func routes(_ cors: CORS) -> @Sendable (any Sendable) -> [Route] {
    { _ in
      [
        Route(.POST, "/shared", cors: cors) { _, responder in
          responder.respond(HTTPResponse(contentType: "text/plain"))
        }
      ]
    }
  }

  private let preflight =
    "OPTIONS /shared HTTP/1.1\r\nHost: a\r\nOrigin: https://app.example\r\n"
    + "Access-Control-Request-Method: POST\r\n\r\n"

  @Test func `an allowed origin may ask, send and read`() async throws {
    let cors = CORS(
      origins: .list(["https://app.example"]), allowsCredentials: true, maxAgeSeconds: 60)
    let routes = routes(cors)
    try await withServer(routes: { routes($0) }) { server in
      let asked = try server.exchange(preflight)
      #expect(asked.status == 204)
      #expect(asked["access-control-allow-origin"] == "https://app.example")
      #expect(asked["access-control-allow-credentials"] == "true")
      #expect(asked["access-control-allow-methods"] == "POST, OPTIONS")
      #expect(asked["access-control-allow-headers"]?.contains("authorization") == true)
      #expect(asked["access-control-max-age"] == "60")
      #expect(asked["vary"] == "Origin")
      let answer = try server.exchange(post("/shared", "x", "Origin: https://app.example"))
      #expect(answer["access-control-allow-origin"] == "https://app.example")
      #expect(answer["vary"] == "Origin")
    }
  }

  @Test func `what makes a GET welcome can be set by an allowed origin`() {
    let allowed = CORS(origins: .any).allowedHeaders
    for header in preflightHeaders { #expect(allowed.contains(header), "\(header)") }
  }

  @Test(arguments: [
    "https://evil.example", "null", "https://app.example.evil", "http://app.example",
  ])
  func `another origin gets no permission`(origin: String) async throws {
    let routes = routes(CORS(origins: .list(["https://app.example"])))
    try await withServer(routes: { routes($0) }) { server in
      let asked = try server.exchange(preflight.replacing("https://app.example", with: origin))
      #expect(asked["access-control-allow-origin"] == nil)
      #expect(asked["access-control-allow-methods"] == nil)
      let answer = try server.exchange(post("/shared", "x", "Origin: \(origin)"))
      #expect(answer["access-control-allow-origin"] == nil)
      #expect(answer["vary"] == "Origin")
    }
  }

  @Test func `any origin may read where it is so configured, without credentials`() async throws {
    let routes = routes(CORS(origins: .any, allowsCredentials: true))
    try await withServer(routes: { routes($0) }) { server in
      let answer = try server.exchange(post("/shared", "x", "Origin: https://any.example"))
      #expect(answer["access-control-allow-origin"] == "*")
      #expect(answer["access-control-allow-credentials"] == nil)
    }
  }

  @Test func `a route without CORS says nothing of it`() async throws {
    try await withServer { server in
      let asked = try server.exchange(preflight.replacing("/shared", with: "/echo"))
      #expect(asked.status == 204)
      #expect(asked["allow"] == "POST, OPTIONS")
      #expect(!asked.fields.keys.contains { $0.hasPrefix("access-control") })
    }
  }
}
