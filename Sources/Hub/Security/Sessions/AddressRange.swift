// A client's address enters, the network that stands for it leaves: what a person is shown of where
// they are signed in, and what guesses are counted by.

import Execution

/// The network of a client, such as `192.0.2.0/24`. A single address is neither kept nor counted
/// by: a home's changes from day to day, and of IPv6 one has more of them than could be counted.
struct AddressRange: Sendable, Hashable {
  /// Empty where the address is not known.
  let text: String

  /// The first 24 bits of IPv4, and the first 48 of IPv6: what one household or office is given
  /// (RFC 6177), and never less.
  init(_ address: ClientAddress?) {
    guard let bytes = address?.bytes else {
      text = ""
      return
    }
    if bytes.count == 4 {
      text = "\(bytes[0]).\(bytes[1]).\(bytes[2]).0/24"
      return
    }
    // Written as RFC 5952 asks: lower case, no leading zeros, and the zeros at the end as `::`.
    var groups = (0..<3).map { Int(bytes[2 * $0]) << 8 | Int(bytes[2 * $0 + 1]) }
    while groups.last == 0 { groups.removeLast() }
    text = groups.map { String($0, radix: 16) }.joined(separator: ":") + "::/48"
  }
}

extension CallerFacts {
  var addressRange: AddressRange { AddressRange(clientAddress) }
}
