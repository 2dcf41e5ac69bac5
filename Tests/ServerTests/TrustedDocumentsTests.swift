// Manifests come in as text: their documents, or why they are none.

import JSON
import Testing

@testable import Server

struct TrustedDocumentsTests {
  private func read(_ manifest: String, limits: Limits = Limits()) -> Result<
    [String], TrustedDocumentsError
  > {
    Result { () throws(TrustedDocumentsError) in
      try TrustedDocuments(manifest: Array(manifest.utf8), limits: limits).entries.map { entry in
        "\(entry.id): \(entry.text)" + (entry.operationName.map { " (\($0))" } ?? "")
      }
    }
  }

  private static let apollo = #"{"format":"apollo-persisted-query-manifest","version":1,"#

  @Test(
    arguments: [
      (#"{"a":"{ b }"}"#, ["a: { b }"]),
      (#"{"a":"{ b }","c":"{ d }"}"#, ["a: { b }", "c: { d }"]),
      // An object of texts, one of which is called like a member of the other format.
      (#"{"format":"{ a }"}"#, ["format: { a }"]),
      (#"{"operations":"{ a }"}"#, ["operations: { a }"]),
      (apollo + #""operations":[{"id":"a","body":"{ b }"}]}"#, ["a: { b }"]),
      (
        apollo + #""operations":[{"id":"a","name":"N","type":"query","body":"query N { b }"}]}"#,
        ["a: query N { b } (N)"]
      ),
    ])
  func `a manifest of either kind is read`(manifest: String, entries: [String]) throws {
    #expect(try read(manifest).get() == entries)
  }

  @Test(
    arguments: [
      ("{}", .empty), (apollo + #""operations":[]}"#, .empty), ("[]", .notAnObject),
      ("7", .notAnObject), (#"{"a":1}"#, .notAText("a")), (#"{"a":{"b":"c"}}"#, .notAText("a")),
      (#"{"format":"other","version":1,"operations":[]}"#, .unknownFormat),
      (
        #"{"format":"apollo-persisted-query-manifest","version":2,"operations":[]}"#,
        .unknownFormat
      ),
      (#"{"format":"apollo-persisted-query-manifest","operations":[]}"#, .unknownFormat),
      (apollo + #""operations":{}}"#, .unknownFormat),
      (apollo + #""operations":[{"id":"a","body":"{ b }"},{"id":"c"}]}"#, .operationIncomplete(1)),
      (apollo + #""operations":[{"body":"{ b }"}]}"#, .operationIncomplete(0)),
      (apollo + #""operations":[7]}"#, .operationIncomplete(0)),
      (
        apollo + #""operations":[{"id":"a","body":"{ b }"},{"id":"a","body":"{ c }"}]}"#,
        .idTwice("a")
      ),
    ] as [(String, TrustedDocumentsError)])
  func `what is no manifest is refused with its reason`(
    manifest: String, reason: TrustedDocumentsError
  ) {
    #expect(read(manifest) == .failure(reason))
  }

  @Test(arguments: ["", "{", #"{"a":"b",}"#, #"{"a":"b"} x"#, #"{"a":"b","a":"c"}"#])
  func `what is no JSON is refused`(manifest: String) {
    guard case .failure(.notJSON) = read(manifest) else {
      Issue.record("\(read(manifest))")
      return
    }
  }

  @Test func `a manifest is bounded`() {
    var limits = Limits()
    limits.trustedDocumentsBytesMax = 11
    #expect((try? read(#"{"a":"{b}"}"#, limits: limits).get()) == ["a: {b}"])
    #expect((try? read(#"{"a":"{ b}"}"#, limits: limits).get()) == nil)
  }

  /// Asks for a document by what is given, and gives the text that is run or the refusal's code.
  private func resolved(
    query: String? = nil, _ reference: DocumentReference? = nil
  ) throws -> String {
    let documents = try TrustedDocuments(
      manifest: Array(#"{"one":"{ a }","sha256:two":"{ b }"}"#.utf8), limits: Limits())
    var request = GraphQLRequest(query: query ?? "")
    request.hasText = query != nil
    request.reference = reference
    do throws(RequestError) {
      try documents.resolve(&request)
      return request.query
    } catch {
      guard case .refused(let refusal) = error else { return "\(error)" }
      return refusal.code.rawValue
    }
  }

  @Test func `a document is found by its name, its hash or its text, and no other is`() throws {
    let hash = sha256Hexadecimal("{ a }")
    #expect(try resolved(query: "{ a }") == "{ a }")
    #expect(try resolved(.id("one")) == "{ a }")
    #expect(try resolved(.sha256(hash)) == "{ a }")
    #expect(try resolved(.sha256("two")) == "{ b }")
    #expect(try resolved(query: "{ a }", .sha256(hash)) == "{ a }")
    #expect(try resolved(query: "{ b }", .sha256(hash)) == "PERSISTED_QUERY_HASH_MISMATCH")
    #expect(try resolved(query: "{ c }") == "DOCUMENT_NOT_TRUSTED")
    #expect(try resolved(query: "{a}") == "DOCUMENT_NOT_TRUSTED")
    #expect(try resolved(.id("three")) == "PERSISTED_QUERY_NOT_FOUND")
    #expect(try resolved(.sha256(sha256Hexadecimal("{ c }"))) == "PERSISTED_QUERY_NOT_FOUND")
  }
}
