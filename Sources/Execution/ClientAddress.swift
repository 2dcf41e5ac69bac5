// Where a request came from, as an action may know it: the bytes of an address enter, an address or
// nil leaves. Its texts are the transport's and the domain's.

/// The address of a client in the Internet.
package struct ClientAddress: Sendable, Hashable {
  /// Four of IPv4, or sixteen of IPv6.
  package let bytes: [UInt8]

  /// An IPv4 address that is written within IPv6 (`::ffff:192.0.2.1`, RFC 4291, section 2.5.5.2) is
  /// the IPv4 address: a socket for both gives it so.
  package init?(bytes: some Collection<UInt8>) {
    switch bytes.count {
    case 4: self.bytes = Array(bytes)
    case 16:
      self.bytes = bytes.starts(with: mappedPrefix) ? Array(bytes.dropFirst(12)) : Array(bytes)
    case _: return nil
    }
  }
}

private let mappedPrefix: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]
