// A table of the forms of an Idempotency-Key, and of what is none.

import Testing

@testable import Server

@Suite("Idempotency-Key")
struct IdempotencyKeyTests {
  @Test(arguments: [
    ("a", "a"), ("8e03978e-40d5-43dd-bc93-6894a57f9324", "8e03978e-40d5-43dd-bc93-6894a57f9324"),
    ("\"a\"", "a"), ("\"a b\"", "a b"), ("\"a,b\"", "a,b"), (#""a\"b""#, "a\"b"),
    (#""a\\b""#, #"a\b"#), ("~", "~"), (#"a\b"#, #"a\b"#),
    (String(repeating: "x", count: 255), String(repeating: "x", count: 255)),
  ])
  func `what is in quotation marks is the same key as what is bare`(field: String, key: String) {
    #expect(IdempotencyKey([field])?.text == key)
  }

  @Test(arguments: [
    "", " ", "a b", "a,b", "ñ", "a\"", "\"a", "\"", "\"\"", "\"a\"b", #""a\""#, #""a\x""#, "\"ñ\"",
    "a\u{7F}", "\"a\u{1F}\"", String(repeating: "x", count: 256),
  ])
  func `what is none`(field: String) {
    #expect(IdempotencyKey([field]) == nil)
  }

  @Test func `of several fields none is the key`() {
    #expect(IdempotencyKey(["a", "a"]) == nil)
    #expect(IdempotencyKey([]) == nil)
  }
}
