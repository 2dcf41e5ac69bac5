// Secrets at rest: NIST's vectors of AES-256-GCM, and envelopes that were changed or moved.

import Credentials
import Testing

@Suite("A sealed secret")
struct SealedSecretTests {
  struct Vector: CustomTestStringConvertible {
    let name: String
    let key: String
    let nonce: String
    let plaintext: String
    let authenticated: String
    let ciphertext: String
    let tag: String
    var testDescription: String { name }
  }

  static let zeroKey = String(repeating: "00", count: 32)
  static let zeroNonce = String(repeating: "00", count: 12)

  @Test(
    "is AES-256-GCM as NIST's test cases have it",
    arguments: [
      Vector(
        name: "13", key: zeroKey, nonce: zeroNonce, plaintext: "", authenticated: "",
        ciphertext: "", tag: "530f8afbc74536b9a963b4f1c4cb738b"),
      Vector(
        name: "14", key: zeroKey, nonce: zeroNonce, plaintext: String(repeating: "00", count: 16),
        authenticated: "", ciphertext: "cea7403d4d606b6e074ec5d3baf39d18",
        tag: "d0d1c8a799996bf0265b98b5d48ab919"),
      Vector(
        name: "16", key: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
        nonce: "cafebabefacedbaddecaf888",
        plaintext: """
          d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72
          1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39
          """,
        authenticated: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        ciphertext: """
          522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa
          8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662
          """,
        tag: "76fc6ece0f4e1768cddf8853bb2d551b"),
    ])
  func vectors(row: Vector) throws {
    let (ciphertext, tag) = try #require(
      encryptAES256GCM(
        hex(row.plaintext), key: hex(row.key), nonce: hex(row.nonce),
        authenticated: hex(row.authenticated)))
    #expect(ciphertext == hex(row.ciphertext) && tag == hex(row.tag))
    let plaintext = decryptAES256GCM(
      ciphertext, tag: tag, key: hex(row.key), nonce: hex(row.nonce),
      authenticated: hex(row.authenticated))
    #expect(plaintext == hex(row.plaintext))
  }

  static let place = SecretPlace(
    tenant: UniqueID(high: 1, low: 2), table: "integration", column: "credential", row: "paypal")

  let keys: SealingKeys

  init() throws {
    keys = try SealingKeys([NamedSecret(name: "2026", secret: [UInt8](0..<32))])
  }

  @Test("opens where it was sealed, also out of its bytes", arguments: [0, 1, 16, 350, 10_000])
  func roundTrip(length: Int) throws {
    let secret = randomBytes(count: length)
    let sealed = try keys.seal(secret, at: Self.place)
    #expect(try keys.open(sealed, at: Self.place) == secret)
    let stored = try #require(SealedSecret(bytes: sealed.bytes))
    #expect(stored == sealed && stored.keyName == "2026")
    #expect(try keys.open(stored, at: Self.place) == secret)
    #expect(try keys.seal(secret, at: Self.place) != sealed)
  }

  @Test(
    "does not open anywhere else",
    arguments: [
      SecretPlace(
        tenant: UniqueID(high: 1, low: 3), table: "integration", column: "credential", row: "paypal"
      ),
      SecretPlace(tenant: nil, table: "integration", column: "credential", row: "paypal"),
      SecretPlace(
        tenant: UniqueID(high: 1, low: 2), table: "integrations", column: "credential",
        row: "paypal"),
      SecretPlace(
        tenant: UniqueID(high: 1, low: 2), table: "integration", column: "secret", row: "paypal"),
      SecretPlace(
        tenant: UniqueID(high: 1, low: 2), table: "integration", column: "credential", row: "stripe"
      ),
      SecretPlace(
        tenant: UniqueID(high: 1, low: 2), table: "integration", column: "credentialpaypal", row: ""
      ),
      SecretPlace(
        tenant: UniqueID(high: 1, low: 2), table: "integrationcredential", column: "", row: "paypal"
      ),
    ])
  func moved(place: SecretPlace) throws {
    let sealed = try keys.seal(Array("secret".utf8), at: Self.place)
    #expect(throws: SealError.notAuthentic) { try keys.open(sealed, at: place) }
  }

  @Test("with any bit flipped in any byte does not open")
  func flippedBits() throws {
    let sealed = try keys.seal(Array("secret".utf8), at: Self.place)
    for index in sealed.bytes.indices {
      for bit in 0..<8 {
        var bytes = sealed.bytes
        bytes[index] ^= 1 << UInt8(bit)
        guard let changed = SealedSecret(bytes: bytes) else { continue }
        #expect(throws: SealError.self) { try keys.open(changed, at: Self.place) }
      }
    }
    for length in 0..<sealed.bytes.count {
      guard let cut = SealedSecret(bytes: Array(sealed.bytes[..<length])) else { continue }
      #expect(throws: SealError.notAuthentic) { try keys.open(cut, at: Self.place) }
    }
  }

  @Test("opens under any known key, asks to be resealed under the first, and names an unknown one")
  func rotation() throws {
    let old = try NamedSecret(name: "2026", secret: [UInt8](0..<32))
    let new = try NamedSecret(name: "2027", secret: [UInt8](32..<64))
    let sealed = try keys.seal(Array("secret".utf8), at: Self.place)
    let rotated = try SealingKeys([new, old])
    #expect(try rotated.open(sealed, at: Self.place) == Array("secret".utf8))
    #expect(rotated.needsResealing(sealed) && !keys.needsResealing(sealed))
    #expect(throws: SealError.unknownKey(name: "2026")) {
      try SealingKeys([new]).open(sealed, at: Self.place)
    }
    let impostor = try SealingKeys([NamedSecret(name: "2026", secret: [UInt8](64..<96))])
    #expect(throws: SealError.notAuthentic) { try impostor.open(sealed, at: Self.place) }
  }
}
