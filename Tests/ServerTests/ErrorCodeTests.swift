// The codes, their statuses and the page that documents them agree.

import Foundation
import NIOHTTP1
import Testing

@testable import Execution
@testable import Server

struct ErrorCodeTests {
  /// One row of the tables in schema/errors.md.
  struct DocumentedCode: Equatable {
    var stage: String
    var graphQLResponseStatus: String
    var jsonStatus: String
  }

  private static let repository = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private static func page() throws -> String {
    try String(contentsOf: repository.appending(path: "schema/errors.md"), encoding: .utf8)
  }

  private static func documentedCodes() throws -> [String: DocumentedCode] {
    var codes: [String: DocumentedCode] = [:]
    var stage = ""
    for line in try page().split(separator: "\n") {
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

  /// One of each kind; the switch below does not compile when there is another.
  private static let fieldErrors: [FieldError.Reason] = [
    .forbidden, .scopeRequired(nil), .nullForNonNull, .unfit, .failed, .unavailable,
    .arguments("a"),
    .refused(.unauthenticated), .refused(.forbidden), .refused(.rateLimited(retryAfterSeconds: 1)),
    .refused(.overloaded), .withoutTenant, .repetition(.underWay), .repetition(.reused),
    .repetition(.tooLarge),
  ]

  private func kind(_ reason: FieldError.Reason) -> Int {
    switch reason {
    case .forbidden: 0
    case .nullForNonNull: 1
    case .unfit: 2
    case .failed: 3
    case .unavailable: 4
    case .arguments: 5
    case .refused(.unauthenticated): 6
    case .refused(.forbidden): 7
    case .refused(.rateLimited): 8
    case .refused(.overloaded): 9
    case .withoutTenant: 10
    case .scopeRequired: 11
    case .repetition(.underWay): 12
    case .repetition(.reused): 13
    case .repetition(.tooLarge): 14
    }
  }

  @Test func `the codes of single fields are on the page, in the tables and by name above them`()
    throws
  {
    let documented = try Self.documentedCodes()
    #expect(Self.fieldErrors.map(kind).sorted() == Array(0...14))
    let above = try #require(Self.page().split(separator: "\n## ").first)
    for reason in Self.fieldErrors {
      let code = "\(reason.code)"
      #expect(documented[code] != nil, "\(code)")
      #expect(above.contains("`\(code)`"), "\(code)")
    }
  }

  @Test func `the page lists each code that a socket is closed with, and no other`() throws {
    let source = try String(
      contentsOf: Self.repository.appending(path: "Sources/Server/SocketMachine.swift"),
      encoding: .utf8)
    let closes = source.matches(of: /SocketClosing\(\s*code: (\d{4})/).map { String($0.1) }
    let listed = try Self.page().matches(of: /\n\| (\d{4}) \|/).map { String($0.1) }
    #expect(closes.count > 10)
    #expect(Set(listed) == Set(closes))
    #expect(listed == listed.sorted())
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
        + #""limit":"complexityMax","retryAfter":7}}]}"#)
    #expect(response.fields.contains(.init(name: "retry-after", value: "7")))
    #expect(
      response.fields.contains { $0.name == "www-authenticate" && $0.value.hasPrefix("Bearer ") })
  }

  @Test func `each limit that an answer may name is a field of Limits`() {
    let fields = Set(Mirror(reflecting: Limits()).children.compactMap(\.label))
    for name in LimitName.allCases { #expect(fields.contains(name.rawValue), "\(name)") }
  }
}
