// Which addresses may be asked at all.

import Testing

@testable import Outbound

struct SecureURLTests {
  @Test(arguments: [
    "https://accounts.google.com", "https://a.example:8443/x?y=z", "HTTPS://a.example/",
    "http://127.0.0.1:9000", "http://localhost/x", "http://[::1]:1/", "http://LOCALHOST",
  ])
  func `https anywhere and http on this machine`(text: String) {
    #expect(SecureURL(text)?.text == text)
  }

  @Test(arguments: [
    "", "accounts.google.com", "http://accounts.google.com", "http://127.0.0.1.evil.example",
    "http://localhost.evil.example", "http://127.0.0.2", "ftp://localhost", "file:///etc/passwd",
    "https://", "https:///path", "https://user@a.example", "https://user:secret@a.example",
    "https://a.example/#fragment", "https://a.example/\n", "https://a.example/ b",
    "https://ñ.example",
    "https://a.example/" + String(repeating: "x", count: 2048), "javascript:alert(1)",
  ])
  func `nothing else`(text: String) {
    #expect(SecureURL(text) == nil)
  }

  @Test func `what is added to the query is encoded`() throws {
    let fields = [(name: "a b", value: "c&d=é"), (name: "e", value: "~-._f")]
    let added = "a%20b=c%26d%3D%C3%A9&e=~-._f"
    #expect(
      try #require(SecureURL("https://a.example/x")).adding(fields)
        == "https://a.example/x?\(added)")
    #expect(
      try #require(SecureURL("https://a.example/x?y=z")).adding(fields)
        == "https://a.example/x?y=z&\(added)")
  }
}
