// An address enters, the network that stands for it leaves.

import Execution
import Testing

@testable import Hub

struct AddressRangeTests {
  private static let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 9]

  @Test(
    arguments: [
      ([192, 0, 2, 255], "192.0.2.0/24"),
      ([0, 0, 0, 0], "0.0.0.0/24"),
      (mapped, "192.0.2.0/24"),
      ([0x20, 0x01, 0x0d, 0xb8, 0x00, 0x0a, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], "2001:db8:a::/48"),
      ([0x20, 0x01, 0x0d, 0xb8, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], "2001:db8::/48"),
      ([0x20, 0x01, 0, 0, 0x00, 0x01, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], "2001:0:1::/48"),
      ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], "::/48"),
    ] as [([UInt8], String)])
  func `24 bits of IPv4 and 48 of IPv6 are kept`(bytes: [UInt8], text: String) throws {
    let address: ClientAddress = try #require(ClientAddress(bytes: bytes))
    #expect(AddressRange(address).text == text)
  }

  @Test func `what is not known is empty`() {
    #expect(AddressRange(nil).text == "")
    #expect(ClientAddress(bytes: [1, 2, 3]) == nil)
  }
}
