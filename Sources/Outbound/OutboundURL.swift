// An address that somebody outside gave enters, its parts leave, spelled in one way. Refused: every
// spelling that two readers could take for two hosts, and what is neither https nor http.

/// An absolute address to ask, not yet looked up. Its text is made of its parts again, so that
/// whoever reads it after us reads the same.
package struct OutboundURL: Sendable, Hashable {
  package enum Scheme: String, Sendable, Hashable {
    case https
    /// To this machine alone, and where the server says so: `GuardedRequests` decides.
    case http
  }

  package enum Host: Sendable, Hashable {
    /// Labels of letters, digits and hyphens in lower case (RFC 1123, section 2.1).
    case name(String)
    case address(NetworkAddress)
  }

  package let scheme: Scheme
  package let host: Host
  package let port: Int
  /// Path and query; begins with a slash.
  package let target: String

  package static let bytesMax = 2048

  package init(_ text: String) throws(OutboundURLError) {
    let allowed = text.utf8.allSatisfy { (0x21...0x7e).contains($0) && !refused.contains($0) }
    guard allowed, text.utf8.count <= Self.bytesMax,
      let separator = text.firstRange(of: "://")
    else { throw .malformed }
    guard let scheme = Scheme(rawValue: text[..<separator.lowerBound].lowercased()) else {
      throw .schemeNotAllowed
    }
    let rest = text[separator.upperBound...]
    let authority = rest.prefix { !"/?".contains($0) }
    guard !authority.contains("@") else { throw .carriesLogin }
    let (host, port) = try Self.split(authority)
    self.scheme = scheme
    self.host = try Self.host(host)
    self.port = try Self.port(port, scheme)
    let target = rest[authority.endIndex...]
    self.target = target.hasPrefix("/") ? String(target) : "/" + target
  }

  package var text: String {
    let isDefault = port == scheme.portDefault
    return scheme.rawValue + "://" + hostText + (isDefault ? "" : ":\(port)") + target
  }

  /// As `Host` of the request says it, without the port.
  var hostText: String {
    switch host {
    case .name(let name): name
    case .address(let address):
      switch address {
      case .v4: address.text
      case .v6: "[\(address.text)]"
      }
    }
  }

  // MARK: Its parts

  private static func split(
    _ authority: Substring
  ) throws(OutboundURLError) -> (host: Substring, port: Substring?) {
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else { throw .malformed }
      let rest = authority[authority.index(after: end)...]
      guard rest.isEmpty || rest.hasPrefix(":") else { throw .malformed }
      return (authority[...end], rest.isEmpty ? nil : rest.dropFirst())
    }
    let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2 else { throw .malformed }
    return (parts[0], parts.count == 2 ? parts[1] : nil)
  }

  private static func host(_ text: Substring) throws(OutboundURLError) -> Host {
    if text.hasPrefix("[") {
      guard let address = NetworkAddress(text.dropFirst().dropLast()), case .v6 = address else {
        throw .malformed
      }
      return .address(address)
    }
    if let address = NetworkAddress(text) { return .address(address) }
    let name = text.lowercased()
    let labels = name.split(separator: ".", omittingEmptySubsequences: false)
    // A last label that begins with a digit is what readers of old notations take for an address:
    // 127.1, 0x7f.1, 2130706433 (URL standard, "ends in a number").
    guard name.utf8.count <= 253, labels.allSatisfy(isLabel), let last = labels.last,
      let first = last.first, first.isLetter
    else { throw .malformed }
    if name == localhost { return .name(name) }
    guard labels.count > 1, !localDomains.contains(where: { ("." + name).hasSuffix($0) }) else {
      throw .localName
    }
    return .name(name)
  }

  private static func isLabel(_ label: Substring) -> Bool {
    (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
      && label.utf8.allSatisfy { byte in
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
          || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
      }
  }

  private static func port(
    _ text: Substring?, _ scheme: Scheme
  ) throws(OutboundURLError) -> Int {
    guard let text else { return scheme.portDefault }
    guard (1...5).contains(text.utf8.count), text.first != "0",
      text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let port = Int(text), port <= 65_535
    else { throw .malformed }
    guard port == scheme.portDefault || port >= portMin else { throw .portNotAllowed }
    return port
  }
}

extension OutboundURL.Scheme {
  fileprivate var portDefault: Int {
    switch self {
    case .https: 443
    case .http: 80
    }
  }
}

/// Why a text is no address that could be asked.
package enum OutboundURLError: Error, Sendable, Hashable, CaseIterable {
  /// No absolute address, or spelled so that readers differ over its host.
  case malformed
  case schemeNotAllowed
  case carriesLogin
  /// A name that means this machine or its own network.
  case localName
  /// Below 1024 other services than the web's listen.
  case portNotAllowed
}

/// This machine, by the only name that is taken for it.
let localhost = "localhost"
private let localDomains = [".localhost", ".local", ".internal", ".home.arpa", ".onion"]
private let portMin = 1024
/// What no address has unencoded (RFC 3986, section 2), and the fragment, which is never sent.
private let refused = Set("\"#<>\\^`{|}".utf8)
