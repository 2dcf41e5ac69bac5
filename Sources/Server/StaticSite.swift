// The files of a site enter, the routes that serve them leave: its pages under paths that stay, and
// what the pages use under one that changes with the content. Refused here: a file of a kind that
// has no media type.

import Credentials
import NIOCore
import NIOHTTP1

/// One file of a site.
package struct StaticFile: Sendable {
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
  ///   - elsewhere: the paths of pages that stand somewhere else, by their files.
  ///   - policy: the `Content-Security-Policy` of every answer.
  package init(
    at path: String, files: [StaticFile], elsewhere: [String: String] = [:],
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
      var resource = Resource(
        path: "\(assets)/\(file.name)", contentType: contentType,
        body: ByteBuffer(bytes: file.bytes), fields: headers)
      if file.name.hasSuffix(".html") {
        let name = String(file.name.dropLast(5))
        resource.path = elsewhere[file.name] ?? (name == "index" ? path : "\(base)/\(name)")
        resource.body = ByteBuffer(bytes: naming(assets: assets, in: file.bytes))
        resource.entityTag = "\"\(digest)\""
        resource.fields.append(.init(name: "cache-control", value: "no-cache"))
        resource.fields.append(.init(name: "etag", value: "\"\(digest)\""))
      } else {
        resource.fields.append(
          .init(name: "cache-control", value: "public, max-age=31536000, immutable"))
      }
      resources.append(resource)
    }
    self.path = path
    self.resources = resources
  }

  /// Routes for one event loop.
  package var routes: [Route] {
    var routes = resources.map { resource in
      Route(.GET, resource.path) { request, responder in
        responder.respond(resource.response(to: request.headers["if-none-match"]))
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

/// One path with its answer.
private struct Resource: Sendable {
  var path: String
  let contentType: String
  var body: ByteBuffer
  var fields: [HTTPResponse.Field]
  /// Of a page: what its path stays for, its content does not.
  var entityTag: String?

  func response(to ifNoneMatch: [String]) -> HTTPResponse {
    if let entityTag, isHeld(entityTag, by: ifNoneMatch) {
      var unchanged = HTTPResponse(status: .notModified)
      unchanged.fields = fields
      return unchanged
    }
    var response = HTTPResponse(contentType: contentType, body: .buffer(body))
    response.fields = fields
    return response
  }
}

private func securityFields(_ policy: String) -> [HTTPResponse.Field] {
  [
    .init(name: "content-security-policy", value: policy),
    .init(name: "x-content-type-options", value: "nosniff"),
    .init(name: "referrer-policy", value: "no-referrer"),
    .init(name: "cross-origin-opener-policy", value: "same-origin"),
    .init(name: "cross-origin-resource-policy", value: "same-origin"),
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
