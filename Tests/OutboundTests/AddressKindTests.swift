// Which addresses are public, at both ends of every range.

import Testing

@testable import Outbound

struct AddressKindTests {
  @Test(
    arguments: [
      ("0.0.0.0", .unspecified), ("0.255.255.255", .unspecified),
      ("10.0.0.0", .private), ("10.255.255.255", .private),
      ("100.64.0.0", .sharedByProvider), ("100.127.255.255", .sharedByProvider),
      ("127.0.0.1", .loopback), ("127.255.255.255", .loopback),
      ("169.254.0.1", .linkLocal), ("169.254.169.254", .metadata), ("169.254.170.2", .metadata),
      ("168.63.129.16", .metadata), ("100.100.100.200", .metadata), ("192.0.0.192", .metadata),
      ("172.16.0.0", .private), ("172.31.255.255", .private),
      ("192.0.0.1", .reserved), ("192.0.2.1", .documentation), ("192.88.99.1", .translated),
      ("192.168.0.0", .private), ("192.168.255.255", .private),
      ("198.18.0.0", .reserved), ("198.19.255.255", .reserved), ("198.51.100.7", .documentation),
      ("203.0.113.7", .documentation), ("224.0.0.1", .multicast), ("239.255.255.255", .multicast),
      ("240.0.0.1", .reserved), ("255.255.255.255", .reserved),
      ("::", .unspecified), ("::1", .loopback), ("::127.0.0.1", .translated),
      ("::ffff:127.0.0.1", .translated), ("::ffff:8.8.8.8", .translated),
      ("::ffff:0:10.0.0.1", .translated), ("64:ff9b::10.0.0.1", .translated),
      ("64:ff9b::808:808", .translated), ("64:ff9b:1::a00:1", .translated),
      ("2002:7f00:1::", .translated), ("2002:808:808::1", .translated),
      ("2001::1", .translated), ("2001:0:53aa:64c:0:fbfe:80ff:fffe", .translated),
      ("2001:2::1", .reserved), ("2001:10::1", .reserved), ("2001:db8::1", .documentation),
      ("3fff::1", .documentation), ("3fff:fff:ffff::1", .documentation),
      ("fc00::1", .private), ("fdff::1", .private), ("fd00:ec2::254", .metadata),
      ("fe80::1", .linkLocal), ("febf::1", .linkLocal), ("fec0::1", .private),
      ("ff02::1", .multicast), ("100::1", .reserved), ("5f00::1", .reserved),
      ("4000::1", .reserved),
      ("1fff:ffff::1", .reserved), ("e000::1", .reserved),
    ] as [(String, AddressKind)])
  func `what is not public is known by its kind`(text: String, kind: AddressKind) throws {
    #expect(try #require(NetworkAddress(text)).kind == kind)
  }

  @Test(arguments: [
    "1.0.0.0", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
    "126.255.255.255", "128.0.0.1", "169.253.255.255", "169.255.0.0", "172.15.255.255",
    "172.32.0.0", "192.0.1.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
    "223.255.255.255", "2000::1", "2001:200::1", "2001:4860:4860::8888", "2003::1", "2606:4700::1",
    "3ffe::1", "2a00::1",
  ])
  func `what is beside a range is public`(text: String) throws {
    #expect(try #require(NetworkAddress(text)).kind == nil)
  }

  @Test func `each range of the table could be read`() { #expect(addressRangeCount == 41) }

  @Test func `an address is written as it is read`() throws {
    for text in ["1.2.3.4", "255.255.255.255", "0.0.0.0"] {
      #expect(NetworkAddress(text)?.text == text)
    }
    let long = try #require(NetworkAddress("2001:DB8::1"))
    #expect(long.text == "2001:db8:0:0:0:0:0:1" && NetworkAddress(long.text) == long)
    for text in ["1.2.3", "01.2.3.4", "1.2.3.4 ", "1.2.3.4\0", "::1%1", "", "x", "1.2.3.4/8"] {
      #expect(NetworkAddress(text) == nil)
    }
  }
}
