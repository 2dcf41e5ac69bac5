// The refresh token's cookie: read from a request, set and cleared on a response.
// Source: RFC 6265, and draft-ietf-httpbis-rfc6265bis for SameSite and the __Host- prefix.

/// How the refresh token travels for pages.
package struct RefreshCookies: Sendable, Hashable {
  /// Whether the site is reached by TLS: then the cookie is `Secure` and its name is `__Host-..`.
  package let isSecure: Bool

  package init(isSecure: Bool) { self.isSecure = isSecure }

  package var name: String { isSecure ? "__Host-mi-alegra-refresh" : "mi-alegra-refresh" }

  /// The cookie's value, out of all `Cookie` fields; nil where it is absent or there twice.
  func token(in fields: [String]) -> String? {
    var found: String?
    for field in fields {
      for pair in field.split(separator: ";") {
        let trimmed = pair.drop { $0 == " " }
        guard trimmed.hasPrefix(name), trimmed.dropFirst(name.count).first == "=" else { continue }
        if found != nil { return nil }
        found = String(trimmed.dropFirst(name.count + 1))
      }
    }
    return found
  }

  /// `Set-Cookie` with a token that only the server reads, for same-site requests alone.
  func set(_ token: String, secondsMax: Int) -> String {
    "\(name)=\(token); Path=/; Max-Age=\(secondsMax); HttpOnly; SameSite=Strict"
      + (isSecure ? "; Secure" : "")
  }

  func clear() -> String { set("", secondsMax: 0) }
}
