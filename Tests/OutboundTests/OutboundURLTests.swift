// In which spellings an address may be given at all, and that it is asked in one.

import Testing

@testable import Outbound

struct OutboundURLTests {
  @Test(arguments: [
    ("https://hooks.example", "https://hooks.example/"),
    ("HTTPS://Hooks.Example/A?b=c", "https://hooks.example/A?b=c"),
    ("https://hooks.example:443/", "https://hooks.example/"),
    ("https://hooks.example:8443?x", "https://hooks.example:8443/?x"),
    ("https://xn--espaa-rta.example/", "https://xn--espaa-rta.example/"),
    ("https://a-1.b2.example", "https://a-1.b2.example/"),
    ("https://93.184.215.14/x", "https://93.184.215.14/x"),
    ("https://[2606:2800:21F:cb07::1]:8443/x", "https://[2606:2800:21f:cb07:0:0:0:1]:8443/x"),
    ("http://localhost:9000/", "http://localhost:9000/"),
    ("https://hooks.example/a%2f..%2F@b:c", "https://hooks.example/a%2f..%2F@b:c"),
    (
      "https://hooks.example?https://other.example/",
      "https://hooks.example/?https://other.example/"
    ),
  ])
  func `a plain address is asked as it reads`(given: String, asked: String) throws {
    #expect(try OutboundURL(given).text == asked)
    #expect(try OutboundURL(asked).text == asked)
  }

  @Test(arguments: [
    // Notations of 127.0.0.1 and its like that some readers know.
    "https://2130706433/", "https://0x7f000001/", "https://017700000001/", "https://127.1/",
    "https://127.0.1/", "https://0177.0.0.1/", "https://0x7f.0.0.1/", "https://127.0.0.0x1/",
    "https://127.0.0.01/", "https://127.0.0.1./", "https://1.1/", "https://0/", "https://00/",
    "https://127.0.0.256/", "https://1.2.3.4.5/", "https://4294967297/", "https://example.0x7f/",
    "https://[::1%25lo]/", "https://[::1%lo]/", "https://[fe80::1%25eth0]/", "https://[127.0.0.1]/",
    "https://[::1/", "https://::1/", "https://[::1]x/", "https://[]/", "https://[:::1]/",
    // Digits, dots and letters that become others once they are normalized.
    "https://１２７.0.0.1/", "https://127。0。0。1/", "https://①②⑦.0.0.1/", "https://ⓛocalhost/",
    "https://ñandú.example/", "https://exa\u{00ad}mple.com/", "https://a\u{200b}.example/",
    "https://127%2e0.0.1/", "https://%31%32%37.0.0.1/", "https://local%68ost/",
    // Authorities that two readers split differently.
    "https://hooks.example\\@127.0.0.1/", "https://hooks.example\\.127.0.0.1/",
    "https://hooks.example#@127.0.0.1/", "https://hooks.example:443:80/", "https://:443/",
    "https://hooks.example:/", "https://hooks.example:0/", "https://hooks.example:0443/",
    "https://hooks.example:+443/", "https://hooks.example:65536/", "https://hooks.example:443a/",
    "https:///hooks.example/", "https:hooks.example", "https:/hooks.example", "//hooks.example/",
    "hooks.example", "", "https://", "https://.example/", "https://a..example/",
    "https://hooks.example./", "https://-a.example/", "https://a-.example/", "https://a_b.example/",
    "https://*.example/", "https://a.-/", "https://hooks.example\t/", " https://hooks.example/",
    "https://hooks.example/\r\nHost: x", "https://hooks.example/ x", "https://hooks.example/\0",
    "https://hooks.example/#x", "https://hooks.example/{x}", "https://hooks.example/é",
  ])
  func `a spelling that readers differ over is refused`(text: String) {
    #expect(throws: OutboundURLError.malformed) { try OutboundURL(text) }
  }

  @Test(
    arguments: [
      ("https://user@hooks.example/", .carriesLogin), ("https://a:b@127.0.0.1/", .carriesLogin),
      ("https://hooks.example@127.0.0.1/", .carriesLogin),
      ("https://@hooks.example/", .carriesLogin),
      ("ftp://hooks.example/", .schemeNotAllowed), ("file:///etc/passwd", .schemeNotAllowed),
      ("gopher://127.0.0.1:6379/", .schemeNotAllowed), ("http+unix://x/", .schemeNotAllowed),
      ("unix:///run/postgresql", .schemeNotAllowed), ("javascript://x/", .schemeNotAllowed),
      ("https://intranet/", .localName), ("https://metadata.google.internal/", .localName),
      ("https://printer.local/", .localName), ("https://a.localhost/", .localName),
      ("https://router.home.arpa/", .localName), ("https://x.onion/", .localName),
      ("https://LOCALHOST.localhost/", .localName),
      ("https://hooks.example:22/", .portNotAllowed),
      ("https://hooks.example:80/", .portNotAllowed),
      ("https://hooks.example:25/", .portNotAllowed), ("http://localhost:443/", .portNotAllowed),
    ] as [(String, OutboundURLError)])
  func `what is no address of the web is refused by its reason`(
    text: String, error: OutboundURLError
  ) {
    #expect(throws: error) { try OutboundURL(text) }
  }

  @Test func `an address is no longer than its limit`() throws {
    let base = "https://hooks.example/"
    let longest = base + String(repeating: "x", count: OutboundURL.bytesMax - base.utf8.count)
    #expect(try OutboundURL(longest).text == longest)
    #expect(throws: OutboundURLError.malformed) { try OutboundURL(longest + "x") }
    let label = String(repeating: "a", count: 63)
    let name = "\(label).\(label).\(label).\(String(repeating: "a", count: 61))"
    #expect(try OutboundURL("https://\(name)").host == .name(name))
    #expect(throws: OutboundURLError.malformed) { try OutboundURL("https://\(name)a") }
    #expect(throws: OutboundURLError.malformed) { try OutboundURL("https://a\(label).example") }
  }
}
