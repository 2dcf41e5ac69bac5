// What schema/webhooks.md shows in Swift is the file beside this one, and holds for the vectors;
// what the server signs with, too.

import Credentials
import Foundation
import Testing

private struct Vector: Decodable {
  let name: String
  let secret: String
  let id: String
  let timestamp: Int
  let body: String
  let signature: String
  let isGood: Bool
}

private let root = URL(filePath: #filePath).appending(path: "../../..").standardized

@Suite struct WebhookVectorTests {
  private static func vectors() throws -> [Vector] {
    let file = root.appending(path: "schema/webhook-vectors.json")
    return try JSONDecoder().decode([Vector].self, from: Data(contentsOf: file))
  }

  @Test func `the page shows the code that is tested here`() throws {
    let page = try String(contentsOf: root.appending(path: "schema/webhooks.md"), encoding: .utf8)
    let code = try String(
      contentsOf: root.appending(path: "Tests/DocumentationTests/IsSigned.swift"), encoding: .utf8)
    #expect(page.contains("```swift\n\(code)```"))
  }

  @Test func `the code of the page tells good signatures from others`() throws {
    for vector in try Self.vectors() {
      let isGood = isSigned(
        secret: vector.secret, id: vector.id, timestamp: "\(vector.timestamp)",
        body: Data(vector.body.utf8), signatures: vector.signature)
      #expect(isGood == vector.isGood, "\(vector.name)")
    }
  }

  @Test func `the server signs as the vectors say`() throws {
    for vector in try Self.vectors() {
      let bytes = try #require(Data(base64Encoded: String(vector.secret.dropFirst(6))))
      let secret = WebhookSecret(bytes: Array(bytes))
      #expect(secret.text == vector.secret)
      let signature = secret.signature(
        id: vector.id, timestamp: vector.timestamp, body: Array(vector.body.utf8))
      let given = vector.signature.split(separator: " ").map(String.init)
      #expect(given.contains(signature) == vector.isGood, "\(vector.name)")
    }
  }

  @Test func `a secret prints itself nowhere`() {
    let secret = WebhookSecret.make()
    #expect("\(secret)" == "whsec_…" && String(reflecting: secret) == "whsec_…")
    #expect(secret.bytes.count == 32 && secret != WebhookSecret.make())
  }
}
