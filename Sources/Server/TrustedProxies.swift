// A connection's peer and its `X-Forwarded-For` enter, the client's address leaves. What is not
// told by a proxy that the operator has named is not believed.

internal import Execution
internal import Glibc
internal import NIOCore

/// The networks whose machines may say for whom they ask.
package struct TrustedProxies: Sendable, Hashable {
  private let networks: [Network]

  /// Nobody may.
  package static let none = TrustedProxies(networks: [])

  private init(networks: [Network]) { self.networks = networks }

  /// Reads `10.0.0.0/8, 2001:db8::/32, 192.0.2.7`.
  /// - Throws: the entry that is no network.
  package init(parsing text: String) throws(InvalidNetwork) {
    var networks: [Network] = []
    for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
      let entry = piece.trimmingSpaces
      guard let network = Network(parsing: entry) else {
        throw InvalidNetwork(entry: String(entry))
      }
      networks.append(network)
    }
    self.networks = networks
  }

  package struct InvalidNetwork: Error, Hashable {
    package let entry: String
  }

  /// Who asks: the peer, or, where that is a trusted proxy, the nearest address in the lists that
  /// is none. Each proxy writes behind what it was given, so that the lists are read from their
  /// end; what stands before the first stranger is the stranger's own word.
  func client(peer: ClientAddress?, forwardedFor lists: [String]) -> ClientAddress? {
    guard var client = peer else { return nil }
    for list in lists.reversed() {
      for entry in list.split(separator: ",", omittingEmptySubsequences: false).reversed() {
        guard trusts(client), let before = ClientAddress(forwarded: entry.trimmingSpaces) else {
          return client
        }
        client = before
      }
    }
    return client
  }

  private func trusts(_ address: ClientAddress) -> Bool {
    networks.contains { $0.contains(address) }
  }
}

/// The addresses that share their first bits.
private struct Network: Sendable, Hashable {
  let address: ClientAddress
  let bits: Int

  init?(parsing text: Substring) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let address = ClientAddress(text: first) else { return nil }
    self.address = address
    let bitsMax = address.bytes.count * 8
    guard parts.count == 2 else {
      bits = bitsMax
      return
    }
    guard let bits = Int(parts[1]), "\(bits)" == parts[1], (0...bitsMax).contains(bits) else {
      return nil
    }
    self.bits = bits
  }

  func contains(_ other: ClientAddress) -> Bool {
    guard address.bytes.count == other.bytes.count else { return false }
    let whole = bits / 8
    guard address.bytes[..<whole] == other.bytes[..<whole] else { return false }
    let rest = bits % 8
    return rest == 0 || (address.bytes[whole] ^ other.bytes[whole]) >> (8 - rest) == 0
  }
}

extension ClientAddress {
  /// The peer of a connection; nil where that has no address in the Internet.
  init?(_ peer: SocketAddress?) {
    guard let text = peer?.ipAddress else { return nil }
    self.init(text: text)
  }

  /// Reads `192.0.2.1` or `2001:db8::1`.
  init?(text: some StringProtocol) {
    let text = String(text)
    // inet_pton would stop at it.
    if text.utf8.contains(0) { return nil }
    var bytes = [UInt8](repeating: 0, count: 16)
    if inet_pton(AF_INET6, text, &bytes) == 1 {
      self.init(bytes: bytes)
    } else if inet_pton(AF_INET, text, &bytes) == 1 {
      self.init(bytes: bytes[..<4])
    } else {
      return nil
    }
  }

  /// The same as proxies write it: some with a port, and IPv6 in brackets then.
  fileprivate init?(forwarded text: Substring) {
    if text.first == "[" {
      guard let end = text.firstIndex(of: "]") else { return nil }
      self.init(text: text[text.index(after: text.startIndex)..<end])
    } else if let colon = text.firstIndex(of: ":"), text[..<colon].contains(".") {
      self.init(text: text[..<colon])
    } else {
      self.init(text: text)
    }
  }
}

extension Substring {
  fileprivate var trimmingSpaces: Substring {
    var text = drop { $0 == " " || $0 == "\t" }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return text
  }
}
