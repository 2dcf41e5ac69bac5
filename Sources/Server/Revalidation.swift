// A GET's answer and the tags that the client still holds come in; the answer leaves with a tag of
// its own, or as 304 without a body where the client has it already (RFC 9110, section 13).

import Credentials
import NIOHTTP1

/// What a GET or HEAD lets the server compare. A POST has none, and pays nothing for this.
struct Revalidation {
  private let ifNoneMatch: [String]

  init?(_ http: HTTPRequest) {
    guard http.method == .GET || http.method == .HEAD else { return nil }
    ifNoneMatch = http.headers["if-none-match"]
  }

  /// Tags an answer, and leaves its body out where the client holds the same. The tag is a strong
  /// one: it is made of the very bytes and of their media type, and the same bytes have the same
  /// tag on every event loop and server.
  func apply(to response: inout HTTPResponse, bytes: [UInt8], _ mediaType: ResponseMediaType) {
    let tag = entityTag(of: bytes, mediaType)
    response.add("etag", tag)
    guard isHeld(tag, by: ifNoneMatch) else { return }
    response.status = .notModified
    response.contentType = nil
    response.body = .none
  }
}

/// Half of the SHA-256, in hexadecimal, behind a letter for the media type.
private func entityTag(of bytes: [UInt8], _ mediaType: ResponseMediaType) -> String {
  let letter =
    switch mediaType {
    case .json: "j"
    case .graphQLResponseJSON: "g"
    }
  let digest = bytes.withUnsafeBytes { sha256($0) }
  return "\"\(letter)\(hexadecimal(digest.prefix(16)))\""
}

/// Whether the values of `If-None-Match` name the tag, or one is `*`. They are compared weakly
/// (section 13.1.2): a proxy that compressed the answer has put `W/` before the tag.
package func isHeld(_ tag: String, by ifNoneMatch: [String]) -> Bool {
  ifNoneMatch.flatMap { splitOutsideQuotes($0[...], at: UInt8(ascii: ",")) }.contains { member in
    let given = trimWhiteSpace(member)
    return given == "*" || given == tag || given.hasPrefix("W/") && given.dropFirst(2) == tag
  }
}
