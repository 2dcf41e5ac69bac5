// The cookies of a sign-in: the refresh token's, the one that a device is known by again, and the
// one of a journey to a provider of identities. Read from a request, set and cleared on a response.
// Source: RFC 6265, and draft-ietf-httpbis-rfc6265bis for SameSite and the __Host- prefix.

/// How the refresh token travels for pages.
package struct RefreshCookies: Sendable, Hashable {
  /// Whether the site is reached by TLS: then the cookie is `Secure` and its name is `__Host-..`.
  package let isSecure: Bool

  package init(isSecure: Bool) { self.isSecure = isSecure }

  package var name: String { isSecure ? "__Host-mi-alegra-refresh" : "mi-alegra-refresh" }

  package var deviceName: String { isSecure ? "__Host-mi-alegra-device" : "mi-alegra-device" }

  /// The cookie of the same site for a journey to a provider of identities.
  package var flow: FlowCookies { FlowCookies(isSecure: isSecure) }

  /// The refresh token, out of all `Cookie` fields; nil where it is absent or there twice.
  func token(in fields: [String]) -> String? { cookieValue(named: name, in: fields) }

  /// The token of the device, in the same way.
  func device(in fields: [String]) -> String? { cookieValue(named: deviceName, in: fields) }

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

/// How the secret of a journey to a provider of identities stays with the browser that began it.
package struct FlowCookies: Sendable, Hashable {
  /// As for the refresh token. `__Host-` also keeps a sibling domain from planting one.
  package let isSecure: Bool

  package var name: String { isSecure ? "__Host-mi-alegra-flow" : "mi-alegra-flow" }

  /// The cookie's value, out of all `Cookie` fields; nil where it is absent or there twice.
  package func secret(in fields: [String]) -> String? { cookieValue(named: name, in: fields) }

  /// Lax, for the provider's site sends the person back by a link: a Strict cookie would stay out.
  func set(_ secret: String, secondsMax: Int) -> String {
    "\(name)=\(secret); Path=/; Max-Age=\(secondsMax); HttpOnly; SameSite=Lax"
      + (isSecure ? "; Secure" : "")
  }

  func clear() -> String { set("", secondsMax: 0) }
}

private func cookieValue(named name: String, in fields: [String]) -> String? {
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
