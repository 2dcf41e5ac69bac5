// Published vectors of SHA-256, HMAC and base64 against ours.

import Credentials
import Testing

@Suite("Digests")
struct DigestTests {
  @Test(
    "SHA-256 answers FIPS 180-4's examples",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func digest(message: String, digest: String) {
    #expect(sha256(Array(message.utf8)) == hex(digest))
    #expect(hexadecimal(sha256(Array(message.utf8))[...]) == digest)
  }

  @Test(
    "SHA-1 answers FIPS 180-4's examples and RFC 6455's handshake",
    arguments: [
      ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
      ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
      (
        "dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11",
        "b37a4f2cc0624f1690f64606cf385945b2bec4ea"
      ),
    ])
  func handshake(message: String, digest: String) {
    #expect(sha1(Array(message.utf8)) == hex(digest))
  }

  struct Code: CustomTestStringConvertible {
    let name: String
    let key: [UInt8]
    let message: [UInt8]
    let code: [UInt8]
    var testDescription: String { name }
  }

  static let rfc4231: [Code] = [
    Code(
      name: "case 1", key: [UInt8](repeating: 0x0b, count: 20), message: Array("Hi There".utf8),
      code: hex("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")),
    Code(
      name: "case 2", key: Array("Jefe".utf8), message: Array("what do ya want for nothing?".utf8),
      code: hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843")),
    Code(
      name: "case 3", key: [UInt8](repeating: 0xaa, count: 20),
      message: [UInt8](repeating: 0xdd, count: 50),
      code: hex("773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe")),
    Code(
      name: "case 4", key: Array(1...25), message: [UInt8](repeating: 0xcd, count: 50),
      code: hex("82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b")),
    Code(
      name: "case 6", key: [UInt8](repeating: 0xaa, count: 131),
      message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      code: hex("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54")),
    Code(
      name: "case 7", key: [UInt8](repeating: 0xaa, count: 131),
      message: Array(
        ("This is a test using a larger than block-size key and a larger than block-size data. "
          + "The key needs to be hashed before being used by the HMAC algorithm.").utf8),
      code: hex("9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2")),
    Code(
      name: "RFC 7515 A.1",
      key: decodeBase64(
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
        .urlSafe) ?? [],
      message: Array(
        ("eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAs"
          + "DQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ").utf8),
      code: decodeBase64("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", .urlSafe) ?? []),
    Code(
      name: "empty key and message", key: [], message: [],
      code: hex("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad")),
  ]

  @Test("HMAC-SHA-256 answers RFC 4231 and RFC 7515 A.1, again and again", arguments: rfc4231)
  func code(row: Code) throws {
    #expect(hmacSHA256(key: row.key, message: row.message) == row.code)
    let key = try #require(HMACKey(secret: row.key))
    for _ in 0..<3 { #expect(key.code(for: row.message) == row.code) }
    _ = key.code(for: Array("another message".utf8))
    #expect(key.code(for: row.message) == row.code)
  }

  @Test("one key serves many tasks at once")
  func concurrent() async throws {
    let key = try #require(HMACKey(secret: Array("a key that many tasks share".utf8)))
    let messages = (0..<64).map { Array("message \($0)".utf8) }
    let expected = messages.map {
      hmacSHA256(key: Array("a key that many tasks share".utf8), message: $0)
    }
    await withTaskGroup(of: Bool.self) { group in
      for (message, code) in zip(messages, expected) {
        group.addTask { (0..<200).allSatisfy { _ in key.code(for: message) == code } }
      }
      for await isRight in group { #expect(isRight) }
    }
  }

  @Test(
    "compares secrets of any length",
    arguments: [
      ("", "", true), ("a", "a", true), ("a", "b", false), ("a", "", false), ("abc", "abcd", false),
      ("abcd", "abce", false), ("xbcd", "abcd", false),
    ])
  func comparison(left: String, right: String, equal: Bool) {
    #expect(constantTimeEquals(Array(left.utf8), Array(right.utf8)) == equal)
  }

  @Test("random bytes are as many as asked for and not the same twice")
  func random() {
    #expect(randomBytes(count: 0).isEmpty)
    #expect(randomBytes(count: 33).count == 33)
    #expect(Set((0..<1_000).map { _ in randomBytes(count: 16) }).count == 1_000)
  }
}

@Suite("Base64")
struct Base64Tests {
  @Test(
    "writes and reads RFC 4648's vectors without padding",
    arguments: [
      ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"),
      ("fooba", "Zm9vYmE"), ("foobar", "Zm9vYmFy"),
    ])
  func vectors(text: String, encoded: String) {
    for alphabet in [Base64Alphabet.standard, .urlSafe] {
      #expect(encodeBase64(Array(text.utf8), alphabet) == encoded)
      #expect(decodeBase64(encoded, alphabet) == Array(text.utf8))
    }
  }

  @Test("the alphabets differ in two characters, and neither takes the other's")
  func alphabets() {
    #expect(encodeBase64([0xfb, 0xff], .standard) == "+/8")
    #expect(encodeBase64([0xfb, 0xff], .urlSafe) == "-_8")
    #expect(decodeBase64("+/8", .urlSafe) == nil)
    #expect(decodeBase64("-_8", .standard) == nil)
  }

  @Test(
    "refuses every second spelling of the same bytes",
    arguments: [
      "Zg==", "Zg=", "Zh", "Zm9", "Z", "Zm9vY", "Zm9v\n", " Zm9v", "Zm 9v", "Zm9v=", "Zm9ñ",
      "Zm9v\0",
      "====",
    ])
  func refused(text: String) {
    #expect(decodeBase64(text, .urlSafe) == nil)
    #expect(decodeBase64(text, .standard) == nil)
  }

  @Test("reads back whatever it wrote", arguments: 0..<100)
  func roundTrip(length: Int) {
    let bytes = randomBytes(count: length)
    for alphabet in [Base64Alphabet.standard, .urlSafe] {
      #expect(decodeBase64(encodeBase64(bytes, alphabet), alphabet) == bytes)
    }
  }
}
