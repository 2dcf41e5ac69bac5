// A site's pages and what they use: paths, what browsers may keep, and what they must obey.

import Testing

@testable import Server

struct StaticSiteTests {
  private static let page = StaticFile(
    name: "index.html",
    bytes: Array(#"<link href="assets/style.css"><script src="assets/main.js"></script>"#.utf8))
  private static let files = [
    page,
    StaticFile(name: "about.html", bytes: Array("<p>about".utf8)),
    StaticFile(name: "style.css", bytes: Array("p{}".utf8)),
    StaticFile(name: "main.js", bytes: Array("import './part/one.js'".utf8)),
    StaticFile(name: "part/one.js", bytes: Array("1".utf8)),
    StaticFile(name: "icon.svg", bytes: Array("<svg/>".utf8)),
    StaticFile(name: "settings.json", bytes: Array("{}".utf8)),
  ]

  /// The folder that the page names its files in.
  private static func assets(_ page: RawResponse) throws -> Substring {
    let start = try #require(page.body.firstRange(of: "href=\"")).upperBound
    let end = try #require(page.body.firstRange(of: "/style.css")).lowerBound
    return page.body[start..<end]
  }

  @Test(arguments: [
    ("style.css", "text/css; charset=utf-8", "p{}"),
    ("main.js", "text/javascript; charset=utf-8", "import './part/one.js'"),
    ("part/one.js", "text/javascript; charset=utf-8", "1"),
    ("icon.svg", "image/svg+xml", "<svg/>"),
    ("settings.json", "application/json", "{}"),
  ])
  func `what a page uses is found where the page says and may be kept for good`(
    name: String, contentType: String, body: String
  ) async throws {
    let site = try StaticSite(at: "/site", files: Self.files)
    try await withServer(routes: { _ in site.routes }) { server in
      let assets = try Self.assets(try server.exchange(get("/site")))
      let file = try server.exchange(get("\(assets)/\(name)"))
      #expect(file.status == 200)
      #expect(file.body == body)
      #expect(file["content-type"] == contentType)
      #expect(file["cache-control"] == "public, max-age=31536000, immutable")
      #expect(file["x-content-type-options"] == "nosniff")
      #expect(file["content-security-policy"] == ownFilesOnly)
      #expect(try server.exchange(get("/site/\(name)")).status == 404)
    }
  }

  @Test func `a page is asked for again by its tag, which changes with any file`() async throws {
    let site = try StaticSite(at: "/site", files: Self.files)
    let changed = try StaticSite(
      at: "/changed", files: Self.files.dropLast() + [StaticFile(name: "settings.json", bytes: [])])
    try await withServer(routes: { _ in site.routes + changed.routes }) { server in
      let page = try server.exchange(get("/site"))
      #expect(page["content-type"] == "text/html; charset=utf-8")
      #expect(page["cache-control"] == "no-cache")
      let tag = try #require(page["etag"])
      let held: [(String, Int)] = [
        (tag, 304), ("W/\(tag)", 304), ("\"other\", \(tag)", 304), ("*", 304), ("\"other\"", 200),
        (String(tag.dropLast()), 200),
      ]
      for (sent, status) in held {
        let answer = try server.exchange(get("/site", "If-None-Match: \(sent)"))
        #expect(answer.status == status, "\(sent)")
        #expect(answer["etag"] == tag)
        #expect(answer["content-security-policy"] == ownFilesOnly)
      }
      #expect(try server.exchange(get("/changed"))["etag"] != tag)
      #expect(try server.exchange(get("/changed", "If-None-Match: \(tag)")).status == 200)
    }
  }

  @Test func `other pages stand below the first, and a site may stand at the root`() async throws {
    let site = try StaticSite(at: "/site", files: Self.files)
    let root = try StaticSite(at: "/", files: Self.files)
    try await withServer(routes: { _ in site.routes + root.routes }) { server in
      #expect(try server.exchange(get("/site/about")).body == "<p>about")
      let page = try server.exchange(get("/"))
      let style = try server.exchange(get("\(try Self.assets(page))/style.css"))
      #expect(style.body == "p{}")
      #expect(try server.exchange(get("/about")).body == "<p>about")
      #expect(try server.exchange(get("/site/none")).status == 404)
      let typed = try server.exchange(get("/site/"))
      #expect(typed.status == 308)
      #expect(typed["location"] == "/site")
      #expect(try server.exchange(post("/site", "")).status == 405)
    }
  }

  @Test(arguments: [
    "script-src 'self'", "style-src 'self'", "default-src 'none'", "frame-ancestors 'none'",
    "form-action 'none'", "base-uri 'none'",
  ])
  func `a page lives of its own files alone`(directive: String) {
    #expect(ownFilesOnly.split(separator: "; ").map(String.init).contains(directive))
    #expect(!ownFilesOnly.contains("unsafe"))
  }

  @Test(arguments: ["notes.txt", "program", "page.HTML", ""])
  func `a file that has no media type is refused`(name: String) {
    #expect(throws: StaticSiteError.unknownKind(file: name)) {
      try StaticSite(at: "/site", files: [StaticFile(name: name, bytes: [])])
    }
  }
}
