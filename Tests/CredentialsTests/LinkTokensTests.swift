// Tokens of one-time links: derived from the id, good for one purpose, and not to be forged.

import Credentials
import Testing

@Suite("The tokens of one-time links")
struct LinkTokensTests {
  private func keys(_ names: [String]) throws -> TokenKeys {
    try TokenKeys(
      names.map { name in
        try NamedSecret(name: name, secret: Array(repeating: name.utf8.first ?? 0, count: 32))
      })
  }

  @Test("A token gives the link back, for its purpose alone")
  func roundTrip() throws {
    let tokens = LinkTokens(keys: try keys(["a"]))
    for _ in 0..<100 {
      let link = UniqueID.random()
      let token = tokens.token(of: link, purpose: "sign_up")
      #expect(token.utf8.count == LinkTokens.textBytes)
      #expect(tokens.link(presented: token, purpose: "sign_up") == link)
      #expect(tokens.link(presented: token, purpose: "reset_password") == nil)
      #expect(tokens.link(presented: token, purpose: "") == nil)
    }
  }

  @Test("A token outlives a rotation of keys, and not its key")
  func rotation() throws {
    let link = UniqueID.random()
    let token = LinkTokens(keys: try keys(["a"])).token(of: link, purpose: "sign_up")
    let rotated = LinkTokens(keys: try keys(["b", "a"]))
    #expect(rotated.link(presented: token, purpose: "sign_up") == link)
    #expect(rotated.token(of: link, purpose: "sign_up") != token)
    #expect(LinkTokens(keys: try keys(["b"])).link(presented: token, purpose: "sign_up") == nil)
  }

  @Test("No token with a changed character is accepted")
  func forgery() throws {
    let tokens = LinkTokens(keys: try keys(["a"]))
    let token = Array(tokens.token(of: .random(), purpose: "sign_up"))
    for index in token.indices {
      var changed = token
      changed[index] = token[index] == "A" ? "B" : "A"
      #expect(tokens.link(presented: String(changed), purpose: "sign_up") == nil, "\(index)")
    }
    for text in ["", "lt_", String(token.dropLast()), String(token) + "A", " " + String(token)] {
      #expect(tokens.link(presented: text, purpose: "sign_up") == nil, "\(text)")
    }
  }
}
