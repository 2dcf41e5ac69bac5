// Accounts enter, tokens of devices leave, and back: only what our keys have made is read.

import Testing

@testable import Credentials

struct DeviceTokenTests {
  private let account = UniqueID.random()

  private func keys(_ names: String...) throws -> TokenKeys {
    try TokenKeys(
      names.map { name in
        try NamedSecret(name: name, secret: sha256(Array(name.utf8)))
      })
  }

  @Test func `a token names its account, and no two are alike`() throws {
    let tokens = DeviceTokens(keys: try keys("a"))
    let token = tokens.make(for: account)
    #expect(token.text.utf8.count == DeviceToken.textBytes)
    #expect(tokens.read(presented: token.text) == token)
    #expect(tokens.read(presented: token.text)?.account == account)
    #expect(tokens.make(for: account) != token)
    #expect(tokens.make(for: account).hash != token.hash)
    #expect("\(token)" == "dt_…")
  }

  @Test func `a token outlives the key's turn, and not the key`() throws {
    let token = DeviceTokens(keys: try keys("a")).make(for: account)
    #expect(DeviceTokens(keys: try keys("b", "a")).read(presented: token.text) == token)
    #expect(DeviceTokens(keys: try keys("b")).read(presented: token.text) == nil)
  }

  @Test func `what is changed anywhere is none of ours`() throws {
    let tokens = DeviceTokens(keys: try keys("a"))
    let text = tokens.make(for: account).text
    for position in 3..<text.utf8.count {
      var bytes = Array(text.utf8)
      bytes[position] = bytes[position] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
      #expect(tokens.read(presented: String(decoding: bytes, as: UTF8.self)) == nil)
    }
    for other in ["", "dt_", String(text.dropLast()), text + "A", "rt_" + text.dropFirst(3)] {
      #expect(tokens.read(presented: other) == nil)
    }
    // A link's token is made of the same key, and is no device's.
    let link = LinkTokens(keys: try keys("a")).token(of: account, purpose: "sign_up")
    #expect(tokens.read(presented: link) == nil)
  }
}
