// An address as text or out of a socket enters, its number leaves. Refused: every notation but the
// canonical ones of inet_pton, because what reads the others reads them differently.

internal import Glibc

/// An IPv4 or IPv6 address, without port and zone.
package enum NetworkAddress: Sendable, Hashable {
  case v4(UInt32)
  /// The upper and the lower 64 bits.
  case v6(UInt64, UInt64)

  /// Four decimal numbers without leading zeros, or IPv6 as RFC 4291, section 2.2, writes it.
  package init?(_ text: some StringProtocol) {
    let text = String(text)
    // C would read no further than a NUL.
    guard !text.utf8.contains(0) else { return nil }
    var four = in_addr()
    var six = in6_addr()
    if inet_pton(AF_INET, text, &four) == 1 {
      guard !text.split(separator: ".").contains(where: { $0.count > 1 && $0.first == "0" })
      else { return nil }
      self = .v4(UInt32(bigEndian: four.s_addr))
    } else if inet_pton(AF_INET6, text, &six) == 1 {
      self = Self(six)
    } else {
      return nil
    }
  }

  init(_ address: in6_addr) {
    let bytes = withUnsafeBytes(of: address, Array.init)
    func number(_ range: Range<Int>) -> UInt64 {
      bytes[range].reduce(0) { $0 << 8 | UInt64($1) }
    }
    self = .v6(number(0..<8), number(8..<16))
  }

  /// What a name server answered; nil for another family than the two.
  init?(_ address: UnsafePointer<sockaddr>) {
    switch Int32(address.pointee.sa_family) {
    case AF_INET:
      self = address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
        .v4(UInt32(bigEndian: $0.pointee.sin_addr.s_addr))
      }
    case AF_INET6:
      self = address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
        Self($0.pointee.sin6_addr)
      }
    case _: return nil
    }
  }

  /// Canonical: decimal numbers, or eight groups of hexadecimal digits.
  package var text: String {
    switch self {
    case .v4(let number):
      stride(from: UInt32(24), through: 0, by: -8).map { "\(number >> $0 & 0xff)" }
        .joined(separator: ".")
    case .v6(let upper, let lower):
      [upper, lower].flatMap { half in
        stride(from: UInt64(48), through: 0, by: -16).map {
          String(half >> $0 & 0xffff, radix: 16)
        }
      }.joined(separator: ":")
    }
  }
}

/// Addresses that share their first bits.
struct NetworkRange: Sendable, Hashable {
  let first: NetworkAddress
  let prefixBits: Int

  /// - Parameter text: such as `10.0.0.0/8`; nil where it is no range.
  init?(_ text: String) {
    let parts = text.split(separator: "/")
    guard parts.count == 2, let first = NetworkAddress(parts[0]), let bits = Int(parts[1]),
      bits >= 0
    else { return nil }
    switch first {
    case .v4: guard bits <= 32 else { return nil }
    case .v6: guard bits <= 128 else { return nil }
    }
    self.first = first
    prefixBits = bits
  }

  func contains(_ address: NetworkAddress) -> Bool {
    switch (first, address) {
    case (.v4(let first), .v4(let other)):
      // A shift by the whole width leaves nothing.
      (first ^ other) >> (32 - prefixBits) == 0
    case (.v6(let upper, let lower), .v6(let otherUpper, let otherLower)):
      prefixBits <= 64
        ? (upper ^ otherUpper) >> (64 - prefixBits) == 0
        : upper == otherUpper && (lower ^ otherLower) >> (128 - prefixBits) == 0
    case (.v4, .v6), (.v6, .v4): false
    }
  }
}
