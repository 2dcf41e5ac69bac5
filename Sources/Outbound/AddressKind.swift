// An address enters, why nobody from outside may send us there leaves: what is not a public
// address of one host on the internet, in whatever disguise.
// Source: the special-purpose registries of IANA (RFC 6890 and what updates it).

/// Why an address is not public.
package enum AddressKind: String, Sendable, Hashable, CaseIterable {
  case unspecified
  case loopback
  case linkLocal
  case `private`
  /// Shared behind a provider's translation (RFC 6598).
  case sharedByProvider
  /// What tells a machine in a cloud of itself, its credentials too, under an address that looks
  /// like any other.
  case metadata
  case multicast
  case documentation
  /// An IPv4 address within an IPv6 one: mapped, compatible, translated (NAT64), or in a tunnel.
  case translated
  /// For benchmarks, protocols, relays, or nothing yet.
  case reserved
}

extension NetworkAddress {
  /// Nil for a public address.
  package var kind: AddressKind? {
    if let row = ranges.first(where: { $0.range.contains(self) }) { return row.kind }
    switch self {
    case .v4: return nil
    // Of IPv6 only what was given out is public: what is not there yet is nothing to connect to.
    case .v6(let upper, _): return upper >> 61 == 0b001 ? nil : .reserved
    }
  }
}

/// The first that fits counts: what is narrower stands first.
private let ranges: [(range: NetworkRange, kind: AddressKind)] = [
  ("169.254.169.254/32", .metadata),  // AWS, Google, Azure and most others
  ("169.254.170.2/32", .metadata),  // AWS: containers
  ("168.63.129.16/32", .metadata),  // Azure
  ("100.100.100.200/32", .metadata),  // Alibaba
  ("192.0.0.192/32", .metadata),  // Oracle
  ("fd00:ec2::/32", .metadata),  // AWS
  ("0.0.0.0/8", .unspecified),
  ("10.0.0.0/8", .private),
  ("100.64.0.0/10", .sharedByProvider),
  ("127.0.0.0/8", .loopback),
  ("169.254.0.0/16", .linkLocal),
  ("172.16.0.0/12", .private),
  ("192.0.0.0/24", .reserved),
  ("192.0.2.0/24", .documentation),
  ("192.31.196.0/24", .reserved),
  ("192.52.193.0/24", .reserved),
  ("192.88.99.0/24", .translated),
  ("192.168.0.0/16", .private),
  ("192.175.48.0/24", .reserved),
  ("198.18.0.0/15", .reserved),
  ("198.51.100.0/24", .documentation),
  ("203.0.113.0/24", .documentation),
  ("224.0.0.0/4", .multicast),
  ("240.0.0.0/4", .reserved),
  ("::/128", .unspecified),
  ("::1/128", .loopback),
  ("::/96", .translated),
  ("::ffff:0:0/96", .translated),
  ("::ffff:0:0:0/96", .translated),
  ("64:ff9b::/96", .translated),
  ("64:ff9b:1::/48", .translated),
  ("2001::/32", .translated),  // Teredo
  ("2001:db8::/32", .documentation),
  ("2001::/23", .reserved),
  ("2002::/16", .translated),  // 6to4
  ("2620:4f:8000::/48", .reserved),
  ("3fff::/20", .documentation),
  ("fc00::/7", .private),
  ("fe80::/10", .linkLocal),
  ("fec0::/10", .private),
  ("ff00::/8", .multicast),
].compactMap { text, kind in NetworkRange(text).map { ($0, kind) } }

/// How many rows of the table could be read: all of them, or the guard has a hole.
let addressRangeCount = ranges.count
