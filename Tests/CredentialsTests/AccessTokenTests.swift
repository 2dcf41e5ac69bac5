// Tokens as an attacker or an old server would send them: which are taken, and the reason for each
// refusal. Forged ones are signed with the right secret wherever the signature is not the point.

import Credentials
import Testing

@Suite("An access token")
struct AccessTokenTests {
  static let now = 1_700_000_000
  static let secret = [UInt8](0..<32)
  static let oldSecret = [UInt8](100..<164)
  static let account = UniqueID(high: 1, low: 0x8000_0000_0000_0001)
  static let tenant = UniqueID(high: 2, low: 0x8000_0000_0000_0002)
  static let session = UniqueID(high: 3, low: 0x8000_0000_0000_0003)

  let tokens: AccessTokens
  let claims: AccessTokenClaims

  init() throws {
    tokens = try Self.tokens()
    claims = tokens.claims(
      account: Self.account, tenant: Self.tenant, session: Self.session, now: Self.now,
      lifetimeSeconds: 900)
  }

  static func tokens(
    keys: [(String, [UInt8])] = [("new", secret), ("old", oldSecret)],
    issuer: String = "https://hub.example", audience: String = "mi-alegra"
  ) throws -> AccessTokens {
    AccessTokens(
      keys: try TokenKeys(try keys.map { try NamedSecret(name: $0.0, secret: $0.1) }),
      issuer: issuer, audience: audience)
  }

  /// A token of any header and payload, signed with a secret of ours.
  static func forge(
    header: String = #"{"alg":"HS256","kid":"new","typ":"at+jwt"}"#, payload: String,
    secret: [UInt8] = secret
  ) -> String {
    let signed =
      encodeBase64(Array(header.utf8), .urlSafe) + "." + encodeBase64(Array(payload.utf8), .urlSafe)
    return signed + "."
      + encodeBase64(hmacSHA256(key: secret, message: Array(signed.utf8)), .urlSafe)
  }

  static func payload(
    issuer: String = #""https://hub.example""#, audience: String = #""mi-alegra""#,
    account: String = #""00000000-0000-0001-8000-000000000001""#, issuedAt: String = "1700000000",
    notBefore: String = "1700000000", expiresAt: String = "1700000900", more: String = ""
  ) -> String {
    #"{"iss":\#(issuer),"aud":\#(audience),"sub":\#(account),"#
      + #""tid":"00000000-0000-0002-8000-000000000002","#
      + #""sid":"00000000-0000-0003-8000-000000000003","#
      + #""iat":\#(issuedAt),"nbf":\#(notBefore),"exp":\#(expiresAt)\#(more)}"#
  }

  @Test("gives back the claims that were signed")
  func roundTrip() throws {
    let token = tokens.sign(claims)
    #expect(try tokens.verify(token, now: Self.now) == claims)
    #expect(token == Self.forge(payload: Self.payload()))
    #expect(token.utf8.count <= 450)
  }

  @Test("of an old key is taken as long as the key is known, and of an unknown one refused")
  func rotation() throws {
    let before = try Self.tokens(keys: [("old", Self.oldSecret)])
    let token = before.sign(claims)
    #expect(try tokens.verify(token, now: Self.now) == claims)
    #expect(throws: TokenError.unknownKey) {
      try Self.tokens(keys: [("new", Self.secret)]).verify(token, now: Self.now)
    }
    #expect(throws: TokenError.unknownKey) { try before.verify(tokens.sign(claims), now: Self.now) }
  }

  @Test("under the right name but another secret is refused")
  func wrongSecret() throws {
    let other = try Self.tokens(keys: [("new", Self.oldSecret)])
    #expect(throws: TokenError.signature) {
      try tokens.verify(other.sign(claims), now: Self.now)
    }
  }

  @Test("with any bit flipped in any byte is refused")
  func flippedBits() {
    let token = Array(tokens.sign(claims).utf8)
    for index in token.indices {
      for bit in 0..<8 {
        var changed = token
        changed[index] ^= 1 << UInt8(bit)
        #expect(throws: TokenError.self) { try tokens.verify(changed, now: Self.now) }
      }
    }
  }

  @Test("cut short, or with anything before, between or behind, is refused")
  func cut() {
    let token = Array(tokens.sign(claims).utf8)
    for length in 0..<token.count {
      #expect(throws: TokenError.self) { try tokens.verify(Array(token[..<length]), now: Self.now) }
    }
    for extra in [" ", ".", "=", "A", "\0", "\n"].map({ Array($0.utf8) }) {
      #expect(throws: TokenError.self) { try tokens.verify(token + extra, now: Self.now) }
      #expect(throws: TokenError.self) { try tokens.verify(extra + token, now: Self.now) }
    }
    let parts = tokens.sign(claims).split(separator: ".").map(String.init)
    for text in [
      "..", "", ".", parts[0], parts[0] + "." + parts[1], parts[0] + ".." + parts[2],
      parts[0] + "." + parts[1] + ".", "." + parts[1] + "." + parts[2],
      parts.joined(separator: ".") + "." + parts[2], parts[1] + "." + parts[1] + "." + parts[2],
    ] {
      #expect(throws: TokenError.self) { try tokens.verify(text, now: Self.now) }
    }
  }

  @Test("longer than the limit is refused before any work")
  func tooLong() {
    let long = Self.forge(
      payload: Self.payload(more: #","x":""# + String(repeating: "a", count: 600) + #"""#))
    #expect(long.utf8.count > AccessTokens.tokenBytesMax)
    #expect(throws: TokenError.malformed) { try tokens.verify(long, now: Self.now) }
  }

  @Test(
    "is taken only under a header that names a key, its algorithm and the type",
    arguments: [
      (#"{"alg":"HS256","kid":"new","typ":"at+jwt"}"#, nil),
      (#"{ "typ" : "at+jwt", "kid" : "new", "alg" : "HS256" }"#, nil),
      (#"{"alg":"none","kid":"new","typ":"at+jwt"}"#, .algorithm),
      (#"{"alg":"none"}"#, .algorithm),
      (#"{"alg":"None","kid":"new","typ":"at+jwt"}"#, .algorithm),
      (#"{"alg":"hs256","kid":"new","typ":"at+jwt"}"#, .algorithm),
      (#"{"alg":"HS512","kid":"new","typ":"at+jwt"}"#, .algorithm),
      (#"{"alg":"RS256","kid":"new","typ":"at+jwt"}"#, .algorithm),
      (#"{"alg":"","kid":"new","typ":"at+jwt"}"#, .algorithm),
      (#"{"alg":null,"kid":"new","typ":"at+jwt"}"#, .malformed),
      (#"{"alg":["HS256"],"kid":"new","typ":"at+jwt"}"#, .malformed),
      (#"{"kid":"new","typ":"at+jwt"}"#, .malformed),
      (#"{"alg":"HS256","kid":"other","typ":"at+jwt"}"#, .unknownKey),
      (#"{"alg":"HS256","kid":"../../dev/null","typ":"at+jwt"}"#, .unknownKey),
      (#"{"alg":"HS256","kid":"","typ":"at+jwt"}"#, .unknownKey),
      (#"{"alg":"HS256","kid":7,"typ":"at+jwt"}"#, .malformed),
      (#"{"alg":"HS256","typ":"at+jwt"}"#, .malformed),
      (#"{"alg":"HS256","kid":"new"}"#, .malformed),
      (#"{"alg":"HS256","kid":"new","typ":"JWT"}"#, .malformed),
      (#"{"alg":"HS256","alg":"none","kid":"new","typ":"at+jwt"}"#, .malformed),
      (#"{"alg":"HS256","kid":"new","typ":"at+jwt","crit":["x"],"x":1}"#, .malformed),
      (#"{"alg":"HS256","kid":"new","typ":"at+jwt","jku":"https://evil.example"}"#, .malformed),
      (#"{"alg":"HS256","kid":"new","typ":"at+jwt","cty":"JWT"}"#, .malformed),
      (#"["HS256"]"#, .malformed),
      ("", .malformed),
      ("not json", .malformed),
    ] as [(String, TokenError?)])
  func headers(header: String, error: TokenError?) {
    let token = Self.forge(header: header, payload: Self.payload())
    if let error {
      #expect(throws: error) { try tokens.verify(token, now: Self.now) }
    } else {
      #expect(throws: Never.self) { try tokens.verify(token, now: Self.now) }
    }
  }

  @Test("of a wrong signature is refused before its claims are looked at")
  func signatureFirst() {
    let token = Self.forge(payload: "not json", secret: Self.oldSecret)
    #expect(throws: TokenError.signature) { try tokens.verify(token, now: Self.now) }
    let expired = Self.forge(payload: Self.payload(expiresAt: "1"), secret: Self.oldSecret)
    #expect(throws: TokenError.signature) { try tokens.verify(expired, now: Self.now) }
  }

  @Test(
    "is taken only with every claim, each of its type, for us",
    arguments: [
      (payload(), nil),
      (payload(more: #","scope":"x""#), nil),
      (payload(issuedAt: "1.7e9", expiresAt: "1700000900.0"), nil),
      (payload(issuer: #""https:\/\/hub.example""#), nil),
      (payload(issuer: #""https://hub.example/""#), .issuer),
      (payload(issuer: #""""#), .issuer),
      (payload(issuer: "null"), .malformed),
      (payload(audience: #""mi-alegra2""#), .audience),
      (payload(audience: #"["mi-alegra"]"#), .malformed),
      (payload(account: #""ana""#), .malformed),
      (payload(account: #"null"#), .malformed),
      (payload(expiresAt: #""1700000900""#), .malformed),
      (payload(expiresAt: "1700000900.5"), .malformed),
      (payload(expiresAt: "1e400"), .malformed),
      (payload(expiresAt: "9223372036854775807"), .malformed),
      (payload(expiresAt: "-1"), .malformed),
      (payload(expiresAt: "null"), .malformed),
      (payload(more: #","exp":9999999999"#), .malformed),
      ("{}", .malformed),
      ("null", .malformed),
      (payload() + " x", .malformed),
    ] as [(String, TokenError?)])
  func claims(payload: String, error: TokenError?) throws {
    let token = Self.forge(payload: payload)
    if let error {
      #expect(throws: error) { try tokens.verify(token, now: Self.now) }
    } else {
      #expect(try tokens.verify(token, now: Self.now).tenant == Self.tenant)
    }
  }

  @Test(
    "is taken from nbf until exp, with the leeway on either side",
    arguments: [
      (-6, .notYetValid), (-5, nil), (0, nil), (899, nil), (904, nil), (905, .expired),
      (1_000_000, .expired), (-1_700_000_000, .notYetValid),
    ] as [(Int, TokenError?)])
  func times(offset: Int, error: TokenError?) {
    let token = tokens.sign(claims)
    if let error {
      #expect(throws: error) { try tokens.verify(token, now: Self.now + offset) }
    } else {
      #expect(throws: Never.self) { try tokens.verify(token, now: Self.now + offset) }
    }
  }

  @Test("issued in the future is refused although nbf has come")
  func issuedInTheFuture() {
    let token = Self.forge(payload: Self.payload(issuedAt: "1700000100", notBefore: "1"))
    #expect(throws: TokenError.notYetValid) { try tokens.verify(token, now: Self.now) }
  }

  @Test("is read alike by the scanner and by the JSON reader", arguments: 0..<50)
  func bothReaders(seed: Int) throws {
    let times = (0..<3).map { _ in Int.random(in: 1...(1 << 53)) }
    let claims = AccessTokenClaims(
      issuer: "https://hub.example", audience: "mi-alegra", account: .random(), tenant: .random(),
      session: .random(), issuedAt: times[0], notBefore: times[1], expiresAt: times[2])
    let token = Array(tokens.sign(claims).utf8)
    let elsewhere = try Self.tokens(issuer: "https://other.example")
    let scanned = try token.withUnsafeBytes { try tokens.verifySignature($0) }
    let parsed = try token.withUnsafeBytes { try elsewhere.verifySignature($0) }
    #expect(scanned == claims && parsed == claims)
  }

  @Test("for another issuer or audience is refused although the keys are the same")
  func otherHouse() throws {
    let token = tokens.sign(claims)
    #expect(throws: TokenError.issuer) {
      try Self.tokens(issuer: "https://other.example").verify(token, now: Self.now)
    }
    #expect(throws: TokenError.audience) {
      try Self.tokens(audience: "other").verify(token, now: Self.now)
    }
  }
}
