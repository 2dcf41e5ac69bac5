// The codes, their statuses and the page that documents them agree.

import Foundation
import NIOHTTP1
import Testing

@testable import Server

struct ErrorCodeTests {
  /// One row of the tables in schema/errors.md.
  struct DocumentedCode: Equatable {
    var stage: String
    var graphQLResponseStatus: String
    var jsonStatus: String
  }

  private static func documentedCodes() throws -> [String: DocumentedCode] {
    let repository = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(
      contentsOf: repository.appending(path: "schema/errors.md"), encoding: .utf8)
    var codes: [String: DocumentedCode] = [:]
    var stage = ""
    for line in page.split(separator: "\n") {
      if line.hasPrefix("## ") { stage = line.dropFirst(3).lowercased() }
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard line.hasPrefix("| `"), cells.count == 4 else { continue }
      codes[cells[0].replacing("`", with: "")] = DocumentedCode(
        stage: stage, graphQLResponseStatus: cells[1], jsonStatus: cells[2])
    }
    return codes
  }

  @Test func `the page lists each code with its stage and statuses, and no other`() throws {
    let documented = try Self.documentedCodes()
    var declared: [String: DocumentedCode] = [:]
    for code in ErrorCode.allCases {
      declared[code.rawValue] = DocumentedCode(
        stage: code.stage.rawValue,
        graphQLResponseStatus: "\(code.status(for: .graphQLResponseJSON).code)",
        jsonStatus: "\(code.status(for: .json).code)")
    }
    for (code, row) in declared { #expect(documented[code] == row, "\(code)") }
    #expect(Set(documented.keys) == Set(declared.keys))
  }

  @Test(arguments: ErrorCode.allCases)
  func `only a document that cannot be executed is 200, and only as application/json`(
    code: ErrorCode
  ) {
    let statuses = ResponseMediaType.allCases.map { code.status(for: $0) }
    #expect(statuses.contains(.ok) == (code.stage == .document))
    #expect(code.status(for: .graphQLResponseJSON).code >= 400)
  }

  @Test func `a refusal is told in the body and in the fields`() {
    let response = writeErrorResponse(
      Refusal(
        .rateLimited, "Slow \"down\".", limit: .complexityMax, retryAfterSeconds: 7,
        challenge: .tokenInvalid), mediaType: .graphQLResponseJSON)
    #expect(response.status == .tooManyRequests)
    #expect(response.contentType == "application/graphql-response+json; charset=utf-8")
    guard case .bytes(let bytes) = response.body else {
      Issue.record("no body")
      return
    }
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == #"{"errors":[{"message":"Slow \"down\".","extensions":{"code":"RATE_LIMITED","#
        + #""limit":"complexityMax"}}]}"#)
    #expect(response.fields.contains(.init(name: "retry-after", value: "7")))
    #expect(
      response.fields.contains { $0.name == "www-authenticate" && $0.value.hasPrefix("Bearer ") })
  }

  @Test func `each limit that an answer may name is a field of Limits`() {
    let fields = Set(Mirror(reflecting: Limits()).children.compactMap(\.label))
    for name in LimitName.allCases { #expect(fields.contains(name.rawValue), "\(name)") }
  }
}
