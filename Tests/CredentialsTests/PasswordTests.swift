// Passwords: the rules for new ones, scrypt's published vectors, and stored hashes that an attacker
// with write access to the database might have left.

import Testing

@testable import Credentials

@Suite("A password")
struct PasswordTests {
  static let cheap = ScryptParameters(logN: 4, blockSize: 1, parallelization: 1)

  @Test(
    "is judged by characters as people count them",
    arguments: [
      ("70219384", nil), ("ññññññññ", nil),
      ("n\u{303}n\u{303}n\u{303}n\u{303}n\u{303}n\u{303}n\u{303}n\u{303}", nil),
      ("        ", nil), ("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", nil),
      ("1234567", .tooShort(charactersMin: 8)), ("", .tooShort(charactersMin: 8)),
      ("👩‍👩‍👧👩‍👩‍👧", .tooShort(charactersMin: 8)),
      ("n\u{303}n\u{303}n\u{303}n\u{303}", .tooShort(charactersMin: 8)),
      (String(repeating: "ñ", count: 128), nil),
      (String(repeating: "a", count: 129), .tooLong(charactersMax: 128)),
      (String(repeating: "a", count: 1_000_000), .tooLong(charactersMax: 128)),
      ("aaaaaaaa" + String(repeating: "\u{301}", count: 10_000), .tooLong(charactersMax: 128)),
      ("password1", .isCommon), ("Sunshine", .isCommon), ("12345678", .isCommon),
      ("José.Pérez@Ejemplar.example", .isEmail), ("jose\u{301}.pe\u{301}rez", .isEmail),
    ] as [(String, PasswordRules.Refusal?)])
  func rules(typed: String, refusal: PasswordRules.Refusal?) {
    if let refusal {
      #expect(throws: refusal) {
        try PasswordRules().accept(typed, email: "josé.pérez@ejemplar.example")
      }
    } else {
      #expect(throws: Never.self) {
        try PasswordRules().accept(typed, email: "josé.pérez@ejemplar.example")
      }
    }
  }

  @Test(
    "and every text is composed to NFC (UAX #15)",
    arguments: [
      ("plain ascii", "plain ascii"), ("n\u{303}", "\u{f1}"), ("e\u{301}", "\u{e9}"),
      ("\u{212b}", "\u{c5}"), ("\u{2126}", "\u{3a9}"), ("a\u{323}\u{307}", "\u{1ea1}\u{307}"),
      ("a\u{307}\u{323}", "\u{1ea1}\u{307}"), ("\u{1100}\u{1161}\u{11a8}", "\u{ac01}"),
      ("\u{958}", "\u{915}\u{93c}"), ("\u{1d15e}", "\u{1d157}\u{1d165}"), ("\u{fb01}", "\u{fb01}"),
      ("👩‍👩‍👧 ok", "👩‍👩‍👧 ok"), ("", ""),
    ])
  func composed(text: String, expected: String) {
    #expect(Array(normalizedNFC(text).unicodeScalars) == Array(expected.unicodeScalars))
  }

  struct Vector: CustomTestStringConvertible {
    let password: String
    let salt: String
    let parameters: ScryptParameters
    let key: String
    var testDescription: String { "\(password), \(salt)" }
  }

  @Test(
    "derives the keys of RFC 7914 section 12",
    arguments: [
      Vector(
        password: "", salt: "",
        parameters: ScryptParameters(logN: 4, blockSize: 1, parallelization: 1),
        key: """
          77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442
          fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906
          """),
      Vector(
        password: "password", salt: "NaCl",
        parameters: ScryptParameters(logN: 10, blockSize: 8, parallelization: 16),
        key: """
          fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162
          2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640
          """),
      Vector(
        password: "pleaseletmein", salt: "SodiumChloride",
        parameters: ScryptParameters(logN: 14, blockSize: 8, parallelization: 1),
        key: """
          7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2
          d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887
          """),
    ])
  func vectors(row: Vector) {
    let key = scrypt(
      password: row.password, salt: Array(row.salt.utf8), parameters: row.parameters, keyBytes: 64)
    #expect(key == hex(row.key))
  }

  @Test("verifies against its own stored hash, typed in either normal form, and no other does")
  func verify() throws {
    let password = try #require(Password(typed: "contraseña larga"))
    let hash = try #require(PasswordHash(of: password, parameters: Self.cheap))
    let stored = try #require(PasswordHash(stored: hash.stored))
    #expect(stored == hash)
    #expect(stored.verify(password) == true)
    let decomposed = try #require(Password(typed: "contrasen\u{303}a larga"))
    #expect(stored.verify(decomposed) == true)
    for wrong in [
      "contraseña larg", "contraseña larga ", "Contraseña larga", "contrasena larga", "",
    ] {
      #expect(stored.verify(try #require(Password(typed: wrong))) == false)
    }
  }

  @Test("has another salt, so another hash, each time")
  func salted() throws {
    let password = try #require(Password(typed: "demo-ejemplar"))
    let hashes = Set(
      (0..<20).compactMap { _ in PasswordHash(of: password, parameters: Self.cheap) })
    #expect(hashes.count == 20)
  }

  @Test("is stored in the PHC format with the current parameters, which need no upgrade")
  func current() throws {
    let password = try #require(Password(typed: "demo-ejemplar"))
    let hash = try #require(PasswordHash(of: password))
    #expect(hash.stored.hasPrefix("$scrypt$ln=14,r=8,p=5$"))
    #expect(hash.stored.utf8.count == 22 + 22 + 1 + 43)
    #expect(!hash.needsUpgrade)
    #expect(try #require(PasswordHash(of: password, parameters: Self.cheap)).needsUpgrade)
    #expect(
      PasswordHash.decoy.parameters == .current && PasswordHash.decoy.verify(password) == false)
  }

  static let salt = "AAAAAAAAAAAAAAAAAAAAAA"
  static let key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

  @Test(
    "has no hash in a stored text of another shape or of unbounded cost",
    arguments: [
      "", "$", "plain", "$scrypt$ln=14,r=8,p=5$\(salt)", "$scrypt$ln=14,r=8,p=5$\(salt)$",
      "$scrypt$ln=14,r=8,p=5$$\(key)", "$scrypt$ln=14,r=8,p=5$\(salt)$\(key)$",
      "scrypt$ln=14,r=8,p=5$\(salt)$\(key)", "$argon2id$ln=14,r=8,p=5$\(salt)$\(key)",
      "$scrypt$r=8,ln=14,p=5$\(salt)$\(key)", "$scrypt$ln=14,r=8$\(salt)$\(key)",
      "$scrypt$ln=14,r=8,p=5,x=1$\(salt)$\(key)", "$scrypt$ln=+14,r=8,p=5$\(salt)$\(key)",
      "$scrypt$ln=014,r=8,p=5$\(salt)$\(key)", "$scrypt$ln=0,r=8,p=5$\(salt)$\(key)",
      "$scrypt$ln=14,r=0,p=5$\(salt)$\(key)", "$scrypt$ln=14,r=8,p=-5$\(salt)$\(key)",
      "$scrypt$ln=63,r=8,p=5$\(salt)$\(key)", "$scrypt$ln=20,r=8,p=1$\(salt)$\(key)",
      "$scrypt$ln=14,r=64,p=1$\(salt)$\(key)", "$scrypt$ln=16,r=8,p=32$\(salt)$\(key)",
      "$scrypt$ln=14,r=8,p=99$\(salt)$\(key)", "$scrypt$ln=14,r=8,p=99999999999$\(salt)$\(key)",
      "$scrypt$ln=14,r=8,p=5$AAAA$\(key)", "$scrypt$ln=14,r=8,p=5$\(salt)$AAAA",
      "$scrypt$ln=14,r=8,p=5$\(salt)==$\(key)", "$scrypt$ln=14,r=8,p=5$\(salt)$\(key)=",
    ])
  func storedRefused(text: String) {
    #expect(PasswordHash(stored: text) == nil)
  }

  @Test("of another length than ours is still read, and asks for an upgrade")
  func older() throws {
    let older = try #require(PasswordHash(stored: "$scrypt$ln=14,r=8,p=1$\(Self.salt)$\(Self.key)"))
    #expect(older.needsUpgrade)
    #expect(older.parameters.parallelization == 1)
  }
}
