// The tables of RFC 6238, RFC 4226 and RFC 4648, and the window in which a code is taken.

import Testing

@testable import Credentials

struct TimedCodesTests {
  private let codes = TimedCodes(secret: Array("12345678901234567890".utf8))

  @Test(arguments: [
    (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"),
    (1_234_567_890, "89005924"), (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
  ])
  func `codes are those of RFC 6238, appendix B`(time: Int, code: String) {
    #expect(codes.code(of: time / 30, digits: 8) == code)
  }

  @Test func `codes are those of RFC 4226, appendix D`() {
    let expected = [
      "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871",
      "520489",
    ]
    #expect((0...9).map { codes.code(of: $0) } == expected)
  }

  @Test(arguments: [(-2, false), (-1, true), (0, true), (1, true), (2, false)])
  func `a code is taken one step early or late`(aside: Int, isTaken: Bool) {
    let code = codes.code(of: 1000 + aside)
    for now in [30_000, 30_029] {
      #expect(codes.step(of: code, now: now, after: 0) == (isTaken ? 1000 + aside : nil))
    }
  }

  @Test func `a step that was used is used up, and those before it`() {
    #expect(codes.step(of: codes.code(of: 1000), now: 30_000, after: 1000) == nil)
    #expect(codes.step(of: codes.code(of: 999), now: 30_000, after: 1000) == nil)
    #expect(codes.step(of: codes.code(of: 1001), now: 30_000, after: 1000) == 1001)
  }

  @Test func `what is no code is none, and spaces are left out`() {
    let code = codes.code(of: 1000)
    #expect(codes.step(of: "\(code.prefix(3)) \(code.suffix(3)) ", now: 30_000, after: 0) == 1000)
    for typed in ["", " ", "0", code + "0", String(code.dropLast()), "abcdef", "-" + code] {
      #expect(codes.step(of: typed, now: 30_000, after: 0) == nil)
    }
  }

  @Test func `an authenticator is told all it needs`() {
    #expect(
      codes.address(issuer: "Mi Alegra", account: "ñ@mail.example")
        == "otpauth://totp/Mi%20Alegra:%C3%B1%40mail.example"
        + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Mi%20Alegra"
        + "&algorithm=SHA1&digits=6&period=30")
  }

  @Test(arguments: [
    ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"),
    ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI"),
  ])
  func `base32 is that of RFC 4648, section 10`(text: String, encoded: String) {
    #expect(encodeBase32(Array(text.utf8)) == encoded)
  }

  @Test func `a recovery code is read however it is typed`() throws {
    let code = RecoveryCode.make()
    #expect(code.text.wholeMatch(of: /([A-Z2-7]{4}-){3}[A-Z2-7]{4}/) != nil)
    for typed in [code.text, code.text.lowercased(), code.text.filter { $0 != "-" }] {
      #expect(try #require(RecoveryCode(typed: typed)).hash == code.hash)
    }
    #expect(RecoveryCode.make() != code)
    for typed in ["", code.text + "A", String(code.text.dropLast()), "0000-0000-0000-0000"] {
      #expect(RecoveryCode(typed: typed) == nil)
    }
  }
}
