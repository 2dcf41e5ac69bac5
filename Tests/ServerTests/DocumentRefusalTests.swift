// How a document that cannot be executed is refused: GraphQL specification, September 2025, section
// 7.1, and GraphQL over HTTP, section 6.4.

import GraphQLSyntax
import JSON
import NIOHTTP1
import Testing

@testable import Server

struct DocumentRefusalTests {
  private func text(_ response: HTTPResponse) -> String {
    guard case .bytes(let bytes) = response.body else { return "" }
    return String(decoding: bytes, as: UTF8.self)
  }

  private let refusal = DocumentRefusal(
    code: .validationFailed,
    items: [
      .init(message: "Say \"a\".", locations: [SourceLocation(line: 1, column: 3)], rule: "Rule"),
      .init(message: "More.", locations: [.init(line: 2, column: 1), .init(line: 3, column: 4)]),
      .init(message: "Too much.", limit: .complexityMax),
    ])

  @Test func `every item is told, and there is no data`() {
    #expect(
      text(refusal.response(.json))
        == #"{"errors":[{"message":"Say \"a\".","locations":[{"line":1,"column":3}],"#
        + #""extensions":{"code":"GRAPHQL_VALIDATION_FAILED","rule":"Rule"}},"#
        + #"{"message":"More.","locations":[{"line":2,"column":1},{"line":3,"column":4}],"#
        + #""extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}},"#
        + #"{"message":"Too much.","extensions":{"code":"GRAPHQL_VALIDATION_FAILED","#
        + #""limit":"complexityMax"}}]}"#)
  }

  @Test func `the status is that of the media type`() {
    #expect(refusal.response(.json).status == .ok)
    #expect(refusal.response(.graphQLResponseJSON).status == .badRequest)
    #expect(refusal.response(.json).code == .validationFailed)
  }
}
