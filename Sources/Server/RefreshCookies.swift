// The cookies of a sign-in: the refresh token's, and the one that a device is known by again. Read
// from a request, set and cleared on a response.
// Source: RFC 6265, and draft-ietf-httpbis-rfc6265bis for SameSite and the __Host- prefix.

/// How the refresh token travels for pages.
package struct RefreshCookies: Sendable, Hashable {
  /// Whether the site is reached by TLS: then the cookie is `Secure` and its name is `__Host-..`.
  package let isSecure: Bool

  package init(isSecure: Bool) { self.isSecure = isSecure }

  package var name: String { isSecure ? "__Host-mi-alegra-refresh" : "mi-alegra-refresh" }

  package var deviceName: String { isSecure ? "__Host-mi-alegra-device" : "mi-alegra-device" }

  /// The refresh token, out of all `Cookie` fields; nil where it is absent or there twice.
  func token(in fields: [String]) -> String? { value(of: name, in: fields) }

  /// The token of the device, in the same way.
  func device(in fields: [String]) -> String? { value(of: deviceName, in: fields) }

  private func value(of name: String, in fields: [String]) -> String? {
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
    set(name, token, secondsMax)
  }

  func clear() -> String { set("", secondsMax: 0) }

  func setDevice(_ token: String, secondsMax: Int) -> String {
    set(deviceName, token, secondsMax)
  }

  private func set(_ name: String, _ token: String, _ secondsMax: Int) -> String {
    "\(name)=\(token); Path=/; Max-Age=\(secondsMax); HttpOnly; SameSite=Strict"
      + (isSecure ? "; Secure" : "")
  }
}
