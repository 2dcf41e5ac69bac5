// Each rule of an ID token at its edge: one claim is changed, and the rule that it breaks is named.

import Testing

@testable import Outbound

struct IDTokenRulesTests {
  private static let now = 1_800_000_000
  private static let expected = IDTokenExpectation(
    issuers: ["https://accounts.google.com", "accounts.google.com"], clientID: "us", nonce: "n")
  private static let honest = IDTokenClaims(
    issuer: "https://accounts.google.com", subject: "1", audience: ["us"], authorizedParty: "us",
    expiresAt: now + 3600, issuedAt: now, notBefore: nil, authenticatedAt: nil, nonce: "n",
    email: "ana@gmail.com", isEmailVerified: true, hostedDomain: nil, givenName: "", familyName: "")

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let broken: IDTokenError?
    let change: @Sendable (inout IDTokenClaims) -> Void

    init(
      _ name: String, _ broken: IDTokenError?,
      _ change: @escaping @Sendable (inout IDTokenClaims) -> Void
    ) {
      self.name = name
      self.broken = broken
      self.change = change
    }

    var testDescription: String { name }
  }

  private static let cases: [Case] = [
    Case("honest", nil) { _ in },
    Case("issuer without its scheme", nil) { $0.issuer = "accounts.google.com" },
    Case("another issuer", .issuer) { $0.issuer = "https://accounts.google.com/" },
    Case("another audience", .audience) { $0.audience = ["them"] },
    Case("two audiences", .audience) { $0.audience = ["us", "them"] },
    Case("no audience", .audience) { $0.audience = [] },
    Case("no authorized party", nil) { $0.authorizedParty = nil },
    Case("another authorized party", .authorizedParty) { $0.authorizedParty = "them" },
    Case("expired within the skew", nil) { $0.expiresAt = now - 59 },
    Case("expired", .expired) { $0.expiresAt = now - 60 },
    Case("issued within the skew", nil) { $0.issuedAt = now + 60 },
    Case("issued in the future", .issuedLater) { $0.issuedAt = now + 61 },
    Case("not before, within the skew", nil) { $0.notBefore = now + 60 },
    Case("not before", .issuedLater) { $0.notBefore = now + 61 },
    Case("issued some time ago", nil) { $0.issuedAt = now - 660 },
    Case("issued long ago", .issuedTooLongAgo) { $0.issuedAt = now - 661 },
    Case("another nonce", .nonce) { $0.nonce = "N" },
    Case("no nonce", .nonce) { $0.nonce = nil },
    Case("an email that is not verified", .emailNotVerified) { $0.isEmailVerified = false },
    Case("a domain", nil) { $0.hostedDomain = "empresa.example" },
    Case("a domain of another script", nil) { $0.hostedDomain = "ñandú.example" },
    Case("an empty domain", .hostedDomain) { $0.hostedDomain = "" },
    Case("a domain of one label", .hostedDomain) { $0.hostedDomain = "empresa" },
    Case("a domain with a line break", .hostedDomain) { $0.hostedDomain = "empresa.example\n" },
    Case("a domain with an address", .hostedDomain) { $0.hostedDomain = "a@empresa.example" },
  ]

  @Test(arguments: cases) func `a claim is judged at its edge`(rule: Case) {
    var claims = Self.honest
    rule.change(&claims)
    let broken = Result { () throws(IDTokenError) in
      try claims.check(Self.expected, now: Self.now)
    }
    if let expected = rule.broken {
      #expect(throws: expected) { try broken.get() }
    } else {
      #expect(throws: Never.self) { try broken.get() }
    }
  }

  @Test(arguments: [(nil, true), (0, true), (660, true), (661, false)] as [(Int?, Bool)])
  func `a proof is as old as it may be`(secondsAgo: Int?, isGood: Bool) {
    var expected = Self.expected
    expected.authenticationSecondsMax = 600
    var claims = Self.honest
    claims.authenticatedAt = secondsAgo.map { Self.now - $0 }
    let isAccepted = (try? claims.check(expected, now: Self.now)) != nil
    #expect(isAccepted == isGood)
  }
}
