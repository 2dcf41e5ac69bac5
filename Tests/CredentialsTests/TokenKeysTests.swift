// Key lists as operators write them: what is read, what is refused, and that no error, description
// or mirror of theirs repeats a secret.

import Credentials
import Testing

@Suite("A list of keys")
struct TokenKeysTests {
  static let first = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
  static let second = "__________________________________________8"

  @Test(
    "is read from an environment variable or a file",
    arguments: [
      ("a:\(first)", ["a"]),
      ("2026-11:\(first),old.1:\(second)", ["2026-11", "old.1"]),
      (" a : \(first) ,\n b:\(second)\n", ["a", "b"]),
      ("# the signing key first\r\na:\(first)\r\n\r\nb:\(second)\r\n", ["a", "b"]),
    ])
  func read(text: String, names: [String]) throws {
    #expect(try TokenKeys(parsing: text).names == names)
    #expect(try SealingKeys(parsing: text).names == names)
  }

  @Test(
    "is refused with the key's name, never its secret",
    arguments: [
      ("", .empty),
      ("# nothing\n,\n", .empty),
      ("a:\(first),\(second)", .noName(position: 2)),
      (first, .noName(position: 1)),
      (":\(first)", .noName(position: 1)),
      ("a b:\(first)", .noName(position: 1)),
      ("clave-ñ:\(first)", .noName(position: 1)),
      ("\(String(repeating: "k", count: 33)):\(first)", .noName(position: 1)),
      ("a:", .tooShort(name: "a", bytes: 0, bytesMin: 32)),
      ("a:c2VjcmV0", .tooShort(name: "a", bytes: 6, bytesMin: 32)),
      ("a:not base64!", .notBase64(name: "a")),
      ("a:\(first)=", .notBase64(name: "a")),
      ("a:\(first),a:\(second)", .duplicateName("a")),
    ] as [(String, KeyListError)])
  func refused(text: String, error: KeyListError) {
    #expect(throws: error) { try TokenKeys(parsing: text) }
    for secret in [Self.first, Self.second, "c2VjcmV0"] {
      #expect(!error.description.contains(secret))
    }
  }

  @Test("for sealing needs exactly 32 bytes a key")
  func sealing() throws {
    let long = try NamedSecret(name: "long", secret: randomBytes(count: 48))
    #expect(throws: KeyListError.wrongLength(name: "long", bytes: 48, expectedBytes: 32)) {
      try SealingKeys([long])
    }
    #expect(throws: Never.self) { try TokenKeys([long]) }
  }

  @Test("makes entries that it reads")
  func made() throws {
    let entry = try NamedSecret.makeEntry(name: "2026-11")
    #expect(try TokenKeys(parsing: entry).names == ["2026-11"])
    #expect(try SealingKeys(parsing: entry).names == ["2026-11"])
    #expect(throws: KeyListError.invalidName) { try NamedSecret.makeEntry(name: "a:b") }
  }

  @Test("prints and mirrors no secret")
  func silent() throws {
    let marker = Array("marked-secret-marked-secret-mark".utf8)
    let secret = try NamedSecret(name: "k", secret: marker)
    let password = try #require(Password(typed: "marked-password"))
    let hash = try #require(
      PasswordHash(
        of: password, parameters: ScryptParameters(logN: 4, blockSize: 1, parallelization: 1)))
    let token = RefreshToken.make()
    let keys = try TokenKeys([secret])
    let sealing = try SealingKeys([secret])
    var printed = ""
    dump([secret], to: &printed)
    dump([password], to: &printed)
    dump([hash], to: &printed)
    dump([token], to: &printed)
    dump(keys, to: &printed)
    dump(sealing, to: &printed)
    printed += "\(secret) \(password) \(hash) \(token) \(keys) \(sealing)"
    printed += String(reflecting: [secret]) + String(reflecting: [password])
    printed += String(reflecting: [hash]) + String(reflecting: [token])
    #expect(!printed.contains("marked"))
    // "mark" as the elements of an array, however it was printed.
    let numbers = printed.split { !$0.isNumber }.joined(separator: " ")
    #expect(!numbers.contains("109 97 114 107"))
    #expect(!printed.contains(token.text.dropFirst(3)))
    #expect(!printed.contains(hash.stored.split(separator: "$")[3]))
  }
}
