// What a request accepts, and what a site sends then: the same bytes, packed where that is shorter.

import Testing

@testable import Server

struct PackingTests {
  @Test(arguments: [
    ([], false), ([""], false), (["gzip"], true), (["GZIP"], true), (["x-gzip"], true),
    (["gzip, deflate, br"], true), (["br, gzip;q=0.5"], true), (["br", "gzip"], true),
    (["identity"], false), (["br"], false), (["gzip;q=0"], false), (["gzip; q=0.000"], false),
    (["*"], true), (["*;q=0"], false), (["gzip;q=0, *"], false), (["*;q=0, gzip;q=1"], true),
    (["gzipped"], false), (["gzip;q=0.001"], true),
  ])
  func `gzip is sent to who takes it`(acceptEncoding: [String], takes: Bool) {
    #expect(acceptsGzip(acceptEncoding) == takes)
  }

  @Test func `what no packing shortens stays as it is`() {
    #expect(gzip([]) == nil)
    #expect(gzip(Array("short".utf8)) == nil)
    let packed = gzip(Array(repeating: 7, count: 100_000))
    #expect(packed?.starts(with: [0x1f, 0x8b]) == true)
    #expect((packed?.count ?? .max) < 1_000)
  }

  @Test func `one page stands under several paths, packed for who takes it`() async throws {
    let text = String(repeating: "<p>Mi Alegra</p>", count: 100)
    let site = try StaticSite(
      at: "/", files: [StaticFile(name: "index.html", bytes: Array(text.utf8))],
      elsewhere: ["index.html": ["/", "/profile"]])
    try await withServer(routes: { _ in site.routes }) { server in
      for path in ["/", "/profile"] {
        let plain = try server.exchange(get(path))
        #expect(plain.body == text)
        #expect(plain["content-encoding"] == nil)
        #expect(plain["vary"] == "accept-encoding")
        let packed = try server.exchange(get(path, "Accept-Encoding: gzip"))
        #expect(packed["content-encoding"] == "gzip")
        #expect(packed["vary"] == "accept-encoding")
        let length = try #require(packed["content-length"].flatMap { Int($0) })
        #expect(length < text.utf8.count / 4)
        // A tag names the bytes as they are sent.
        let tag = try #require(packed["etag"])
        #expect(tag != plain["etag"])
        let held = try server.exchange(
          get(path, "If-None-Match: \(tag)", "Accept-Encoding: gzip"))
        #expect(held.status == 304)
        #expect(held["etag"] == tag)
      }
      #expect(try server.exchange(get("/index")).status == 404)
    }
  }
}
