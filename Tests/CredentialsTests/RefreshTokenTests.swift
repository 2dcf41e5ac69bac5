// Refresh tokens: their shape, their hash, and successors that come out the same each time.

import Credentials
import Testing

@Suite("A refresh token")
struct RefreshTokenTests {
  @Test("is rt_ and 256 random bits, and never the same twice")
  func made() throws {
    let tokens = (0..<500).map { _ in RefreshToken.make() }
    #expect(Set(tokens).count == 500)
    let token = tokens[0]
    #expect(token.text.hasPrefix("rt_") && token.text.utf8.count == 46)
    #expect(RefreshToken(presented: token.text) == token)
    #expect(token.hash == sha256(Array(token.text.utf8)))
  }

  @Test(
    "of another shape is none",
    arguments: [
      "", "rt_", "rt_AAAA", "RT_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
      "xt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
      "rt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB",
      "rt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+",
      "rt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
      "rt_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\0AA",
    ])
  func shape(text: String) {
    #expect(RefreshToken(presented: text) == nil)
  }

  @Test("has one successor under one key, another under another, and a chain without repeats")
  func succession() throws {
    let old = try NamedSecret(name: "old", secret: randomBytes(count: 32))
    let new = try NamedSecret(name: "new", secret: randomBytes(count: 32))
    let before = RefreshTokenSuccession(keys: try TokenKeys([old]))
    let after = RefreshTokenSuccession(keys: try TokenKeys([new, old]))
    let token = RefreshToken.make()
    let successor = before.successor(of: token)
    #expect(before.successor(of: token) == successor)
    #expect(RefreshToken(presented: successor.text) == successor)
    #expect(after.successor(of: token) != successor)
    var chain: Set<RefreshToken> = [token]
    var last = token
    for _ in 0..<100 {
      last = before.successor(of: last)
      #expect(chain.insert(last).inserted)
    }
  }

  @Test("finds the successor that is stored although the keys were rotated in between")
  func rotated() throws {
    let old = try NamedSecret(name: "old", secret: randomBytes(count: 32))
    let new = try NamedSecret(name: "new", secret: randomBytes(count: 32))
    let token = RefreshToken.make()
    let stored = RefreshTokenSuccession(keys: try TokenKeys([old])).successor(of: token)
    let after = RefreshTokenSuccession(keys: try TokenKeys([new, old]))
    #expect(after.successor(of: token, storedHash: stored.hash) == stored)
    let without = RefreshTokenSuccession(keys: try TokenKeys([new]))
    #expect(without.successor(of: token, storedHash: stored.hash) == nil)
  }
}
