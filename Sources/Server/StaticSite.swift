// The files of a site enter, the routes that serve them leave: its pages under paths that stay, and
// what the pages use under one that changes with the content, packed where that is shorter. Refused
// here: a file of a kind that has no media type.

import Credentials
import NIOCore
import NIOHTTP1

/// One file of a site.
package struct StaticFile: Sendable, Hashable {
  /// Such as `index.html` or `icons/menu.svg`.
  package let name: String
  package let bytes: [UInt8]

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// Pages with their scripts and styles, read once and served out of memory.
///
/// A page names what it uses as `"assets/name"`; it is sent with the path where the file is served,
/// which holds a digest of the whole site. So the files below it never change and are kept by
/// browsers for good, modules import each other by relative paths, and only pages are asked for
/// again, by their `ETag`.
package struct StaticSite: Sendable {
  private let path: String
  private let resources: [Resource]

  /// - Parameters:
  ///   - path: where `index.html` is served, such as `/explorer`; other pages stand below it,
  ///     without their ending.
  ///   - elsewhere: the paths of pages that stand somewhere else, by their files: one page may
  ///     stand under several. A script or style named here is for pages of other origins, under
  ///     paths that stay.
  ///   - policy: the `Content-Security-Policy` of every answer.
  package init(
    at path: String, files: [StaticFile], elsewhere: [String: [String]] = [:],
    policy: String = ownFilesOnly
  ) throws(StaticSiteError) {
    let base = path == "/" ? "" : path
    let digest = digest(of: files)
    let assets = "\(base)/\(digest)"
    let headers = securityFields(policy)
    var resources: [Resource] = []
    for file in files {
      guard let contentType = contentType(of: file.name) else {
        throw .unknownKind(file: file.name)
      }
      let isPage = file.name.hasSuffix(".html")
      guard isPage || elsewhere[file.name] != nil else {
        resources.append(
          Resource(
            path: "\(assets)/\(file.name)", contentType: contentType, bytes: file.bytes,
            fields: headers + [
              .init(name: "cache-control", value: "public, max-age=31536000, immutable")
            ]))
        continue
      }
      let name = isPage ? String(file.name.dropLast(5)) : file.name
      let usual = name == "index" ? path : "\(base)/\(name)"
      resources += (elsewhere[file.name] ?? [usual]).map { path in
        Resource(
          path: path, contentType: contentType, bytes: naming(assets: assets, in: file.bytes),
          fields: (isPage ? headers : securityFields(policy, isForOthers: true))
            + [.init(name: "cache-control", value: "no-cache")], digest: digest)
      }
    }
    self.path = path
    self.resources = resources
  }

  /// Routes for one event loop.
  package var routes: [Route] {
    var routes = resources.map { resource in
      Route(.GET, resource.path) { request, responder in
        responder.respond(resource.response(to: request.headers))
      }
    }
    if path != "/" {
      // As people type it. The page itself has one address, or it would be kept twice.
      routes.append(
        Route(.GET, path + "/") { [path] _, responder in
          var response = HTTPResponse(status: .permanentRedirect)
          response.add("location", path)
          responder.respond(response)
        })
    }
    return routes
  }
}

/// Why a folder of files is no site.
package enum StaticSiteError: Error, Hashable {
  case unknownKind(file: String)
}

/// What a page may do that lives of its own files alone: no script or style but those, none within
/// the page, no other server, no frame around it.
package let ownFilesOnly =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
  + "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
  + "require-trusted-types-for 'script'; trusted-types 'none'"

/// One path with its answer, in each of its two spellings.
private struct Resource: Sendable {
  let path: String
  private let plain: HTTPResponse
  private let packed: HTTPResponse?
  /// Of a page: what its path stays for, its content does not. A tag names the bytes as they are
  /// sent (RFC 9110, section 8.8.3), so that each spelling has its own.
  private let tags: [String]

  init(
    path: String, contentType: String, bytes: [UInt8], fields: [HTTPResponse.Field],
    digest: String? = nil
  ) {
    self.path = path
    tags = digest.map { ["\"\($0)\"", "\"\($0)-gzip\""] } ?? []
    var plain = HTTPResponse(contentType: contentType, body: .buffer(ByteBuffer(bytes: bytes)))
    plain.fields = fields + [.init(name: "vary", value: "accept-encoding")]
    packed = gzip(bytes).map { [plain, tags] packed in
      var response = plain
      response.body = .buffer(ByteBuffer(bytes: packed))
      response.add("content-encoding", "gzip")
      if let tag = tags.last { response.add("etag", tag) }
      return response
    }
    if let tag = tags.first { plain.add("etag", tag) }
    self.plain = plain
  }

  func response(to headers: HTTPHeaders) -> HTTPResponse {
    let chosen = acceptsGzip(headers["accept-encoding"]) ? packed ?? plain : plain
    let held = headers["if-none-match"]
    guard !held.isEmpty, tags.contains(where: { isHeld($0, by: held) }) else { return chosen }
    var unchanged = HTTPResponse(status: .notModified)
    unchanged.fields = chosen.fields.filter { $0.name != "content-encoding" }
    return unchanged
  }
}

private func securityFields(
  _ policy: String, isForOthers: Bool = false
) -> [HTTPResponse.Field] {
  [
    .init(name: "content-security-policy", value: policy),
    .init(name: "x-content-type-options", value: "nosniff"),
    .init(name: "referrer-policy", value: "no-referrer"),
    .init(name: "cross-origin-opener-policy", value: "same-origin"),
    .init(
      name: "cross-origin-resource-policy", value: isForOthers ? "cross-origin" : "same-origin"),
  ]
}

/// Sixteen hexadecimal digits that change with any file's name or content.
private func digest(of files: [StaticFile]) -> String {
  var seen: [UInt8] = []
  for file in files.sorted(by: { $0.name < $1.name }) {
    seen += sha256(Array(file.name.utf8)) + sha256(file.bytes)
  }
  return hexadecimal(sha256(seen).prefix(8))
}

/// The page with the paths of what it uses.
private func naming(assets: String, in page: [UInt8]) -> [UInt8] {
  let parts = String(decoding: page, as: UTF8.self).split(
    separator: "\"assets/", omittingEmptySubsequences: false)
  return Array(parts.joined(separator: "\"\(assets)/").utf8)
}

private func contentType(of name: String) -> String? {
  switch name.split(separator: ".").last {
  case "html": "text/html; charset=utf-8"
  case "css": "text/css; charset=utf-8"
  case "js": "text/javascript; charset=utf-8"
  case "json": "application/json"
  case "svg": "image/svg+xml"
  case "png": "image/png"
  case "woff2": "font/woff2"
  case _: nil
  }
}
