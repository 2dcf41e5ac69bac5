// The secret of a journey to a provider, and what is derived from it.

import Testing

@testable import Credentials

struct FlowSecretTests {
  @Test func `a secret survives the cookie, and everything derived with it`() throws {
    let secret = FlowSecret.make()
    let back = try #require(FlowSecret(presented: secret.text))
    #expect(back == secret && back.hash == secret.hash && back.state == secret.state)
    #expect(back.nonce == secret.nonce && back.codeVerifier == secret.codeVerifier)
    #expect(secret.isState(back.state))
  }

  @Test func `no two secrets, and no two things derived from one, are alike`() {
    let secrets = (0..<20).map { _ in FlowSecret.make() }
    let all = secrets.flatMap {
      [$0.text, $0.state, $0.nonce, $0.codeVerifier, $0.codeChallenge]
    }
    #expect(Set(all).count == all.count)
    #expect(!secrets[0].isState(secrets[1].state) && !secrets[0].isState(""))
  }

  @Test func `the challenge is the one of RFC 7636 for its verifier`() {
    let secret = FlowSecret.make()
    #expect(secret.codeVerifier.utf8.count == 43)
    #expect(
      secret.codeChallenge == encodeBase64(sha256(Array(secret.codeVerifier.utf8)), .urlSafe))
  }

  @Test(arguments: [
    "", "fs_", "fs_AAAA", "rt_" + String(repeating: "A", count: 43),
    "fs_" + String(repeating: "A", count: 42) + "=",
    "fs_" + String(repeating: "A", count: 42) + "B",
    "fs_" + String(repeating: "A", count: 44), "FS_" + String(repeating: "A", count: 43),
  ])
  func `another shape is no secret`(text: String) {
    #expect(FlowSecret(presented: text) == nil)
  }

  @Test func `a secret prints itself nowhere`() {
    let secret = FlowSecret.make()
    #expect(!"\(secret) \(String(reflecting: secret))".contains(secret.text.dropFirst(3)))
  }
}
