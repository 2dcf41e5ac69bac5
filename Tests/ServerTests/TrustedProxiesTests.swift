// Peers and lists enter, the client's address leaves: only who is trusted is believed, from the end
// of the lists on.

import Execution
import Testing

@testable import Server

struct TrustedProxiesTests {
  struct Case: Sendable {
    var trusted: String?
    var peer: String
    var lists: [String] = []
    var client: String
  }

  @Test(arguments: [
    Case(peer: "192.0.2.1", client: "192.0.2.1"),
    Case(peer: "192.0.2.1", lists: ["198.51.100.1"], client: "192.0.2.1"),
    Case(trusted: "192.0.2.0/24", peer: "192.0.2.1", client: "192.0.2.1"),
    Case(
      trusted: "192.0.2.0/24", peer: "192.0.2.1", lists: ["198.51.100.1"], client: "198.51.100.1"),
    Case(
      trusted: "192.0.2.0/24", peer: "192.0.3.1", lists: ["198.51.100.1"], client: "192.0.3.1"),
    Case(
      trusted: "192.0.2.0/25", peer: "192.0.2.128", lists: ["198.51.100.1"],
      client: "192.0.2.128"),
    Case(
      trusted: "192.0.2.1", peer: "192.0.2.1", lists: ["203.0.113.9, 198.51.100.1"],
      client: "198.51.100.1"),
    Case(
      trusted: "192.0.2.1", peer: "192.0.2.1", lists: ["203.0.113.9", "198.51.100.1"],
      client: "198.51.100.1"),
    Case(
      trusted: "192.0.2.1, 198.51.100.0/24", peer: "192.0.2.1",
      lists: ["203.0.113.9 ,\t198.51.100.1"], client: "203.0.113.9"),
    Case(
      trusted: "0.0.0.0/0", peer: "192.0.2.1", lists: ["203.0.113.9, 198.51.100.1"],
      client: "203.0.113.9"),
    Case(
      trusted: "192.0.2.1", peer: "192.0.2.1", lists: ["203.0.113.9, unknown"],
      client: "192.0.2.1"),
    Case(trusted: "192.0.2.1", peer: "192.0.2.1", lists: [""], client: "192.0.2.1"),
    Case(
      trusted: "192.0.2.1", peer: "192.0.2.1", lists: ["203.0.113.9,"], client: "192.0.2.1"),
    Case(
      trusted: "192.0.2.1", peer: "192.0.2.1", lists: ["203.0.113.9:80"], client: "203.0.113.9"),
    Case(
      trusted: "192.0.2.1", peer: "192.0.2.1", lists: ["[2001:db8::9]:80"],
      client: "2001:db8::9"),
    Case(
      trusted: "192.0.2.1", peer: "192.0.2.1", lists: ["2001:db8::9"], client: "2001:db8::9"),
    Case(
      trusted: "2001:db8::/33", peer: "2001:db8:7fff::1", lists: ["192.0.2.9"],
      client: "192.0.2.9"),
    Case(
      trusted: "2001:db8::/33", peer: "2001:db8:8000::1", lists: ["192.0.2.9"],
      client: "2001:db8:8000::1"),
    // A socket for both families gives IPv4 within IPv6.
    Case(
      trusted: "192.0.2.0/24", peer: "::ffff:192.0.2.1", lists: ["::ffff:198.51.100.1"],
      client: "198.51.100.1"),
  ])
  func `the nearest that is no proxy asks`(given: Case) throws {
    let proxies = try given.trusted.map { try TrustedProxies(parsing: $0) } ?? .none
    let client = proxies.client(
      peer: ClientAddress(text: given.peer), forwardedFor: given.lists)
    #expect(client == ClientAddress(text: given.client))
    #expect(client != nil)
    #expect(proxies.client(peer: nil, forwardedFor: given.lists) == nil)
  }

  @Test(arguments: [
    "", ",", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0.0/08", "10.0.0.0/+8", "10.0.0",
    "2001:db8::/129", "proxy.example", "10.0.0.0/8,", "10.0.0.0/8/8", "10.0.0.0 /8", "1\u{0}",
  ])
  func `what is no network is refused`(text: String) {
    #expect(throws: TrustedProxies.InvalidNetwork.self) { try TrustedProxies(parsing: text) }
  }
}
