// Where a person may be sent in a solution, and every spelling that is refused because some program
// would take it for another host.

import Testing

@testable import Hub

struct ReturnAddressTests {
  private let launchURL = "https://pos.example.com/"

  @Test(
    "a path goes to the solution's own host",
    arguments: [
      "/", "/sales", "/sales/5/", "/sales?id=5&next=//evil.example", "/sales#//evil.example",
      "/a:b@c", "/caf%C3%A9/%20x", "/javascript:alert(1)", "/~ana/(x)!*',;=", "/x?y=%2F%2Fevil",
    ])
  func path(typed: String) throws {
    let address = try ReturnAddress(typed: typed)
    #expect(address.origin == nil)
    #expect(address.address(at: launchURL) == "https://pos.example.com" + typed)
  }

  @Test(
    "an address of https tells its origin in one spelling",
    arguments: [
      ("https://pos.example.com", "https://pos.example.com", "/"),
      ("HTTPS://POS.Example.com/Sales?X=Y#Z", "https://pos.example.com", "/Sales?X=Y#Z"),
      ("https://pos.example.com:8443/a", "https://pos.example.com:8443", "/a"),
      ("https://evil.example/a", "https://evil.example", "/a"),
      ("https://pos.example.com:443/", "https://pos.example.com:443", "/"),
      ("https://pos.example.com./", "https://pos.example.com.", "/"),
    ])
  func origin(typed: String, origin: String, rest: String) throws {
    let address = try ReturnAddress(typed: typed)
    #expect(address.origin == origin && address.rest == rest)
  }

  @Test(
    "what is, or could be taken for, another site is refused",
    arguments: [
      "", " ", "sales", "?x", "#x", "//evil.example", "///evil.example", "//evil.example/%2f..",
      "/\\evil.example", "\\\\evil.example", "\\/evil.example", "/\t/evil.example",
      "/\n/evil.example", "/ /evil.example", " https://pos.example.com/",
      "\thttps://pos.example.com/", "https:evil.example", "https:/evil.example",
      "https:///evil.example", "https:\\\\evil.example", "https://\\evil.example",
      "http://pos.example.com/", "ftp://pos.example.com/", "javascript:alert(1)",
      "data:text/html,x", "//pos.example.com@evil.example/",
      "https://pos.example.com@evil.example/",
      "https://evil.example\\@pos.example.com/", "https://user:x@pos.example.com/",
      "https://[::1]/", "https://pos.example.com%2Fevil.example/", "https://pos%2eexample.com/",
      "https://\u{FF50}os.example.com/", "https://pos.example\u{3002}com/",
      "https://p\u{43E}s.example.com/", "https://pos.example.com\u{2044}evil.example/",
      "https://pos.example.com?x", "https://pos.example.com#x", "https://pos.example.com\\x",
      "/%2F/evil.example", "/%2f%2fevil.example", "/%5cevil.example", "/%5Cevil.example",
      "/%252fevil.example", "/a//evil.example", "/..//evil.example", "/../x", "/a/..", "/./x",
      "/%2e%2e/x", "/%2E/x", "/%00", "/%0a/evil.example", "/%1f", "/%7F", "/%", "/%4", "/%zz",
      "/a\u{0}", "/\u{E9}", "/\u{202E}x", "/\"", "/<x>", "/{x}", "/|", "/^", "/`",
    ])
  func foreign(typed: String) {
    #expect(throws: RuleViolation.returnAddressForeign) { try ReturnAddress(typed: typed) }
  }

  @Test("one that is longer than any address is refused before it is read")
  func long() {
    let typed = "/" + String(repeating: "a", count: 2048)
    #expect(throws: RuleViolation.tooLong(charactersMax: 2048)) { try ReturnAddress(typed: typed) }
    #expect(throws: Never.self) { try ReturnAddress(typed: String(typed.dropLast())) }
  }
}
