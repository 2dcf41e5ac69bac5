// Several files as one document, and the way back.

import GraphQLSyntax
import Testing

@testable import GraphQLValidation

struct DocumentSetTests {
  @Test func `each definition is found again in its own file`() throws {
    let texts = ["{ a } # no line feed", "\u{FEFF}query B { b }", "{", "fragment é", "{ c } { d }"]
    let files = texts.enumerated().map { Source($1, name: "\($0)") }
    let set = DocumentSet(files, limits: ParseLimits())
    #expect(set.findings.map { $0.places.first?.file } == ["2", "3"])
    #expect(set.sources.map(\.name) == ["0", "1", "4"])
    let definitions = try #require(set.document).definitions
    let found = definitions.map { definition in
      let file = set.file(at: definition.range.start)
      let range = set.range(definition.range, in: file)
      let bytes = set.sources[file].bytes[Int(range.start)..<Int(range.end)]
      return "\(set.sources[file].name) \(String(decoding: bytes, as: UTF8.self))"
    }
    #expect(found == ["0 { a }", "1 query B { b }", "4 { c }", "4 { d }"])
    #expect(set.sources.indices.map { set.operationsCount(in: $0) } == [1, 1, 2])
  }

  @Test func `files that each keep the limits may be longer together`() {
    let files = (0..<3).map { _ in Source("{ a b c d e }") }
    let set = DocumentSet(files, limits: ParseLimits(tokensMax: 8))
    #expect(set.findings == [])
    #expect(set.document?.definitions.count == 3)
  }

  @Test func `no file makes no document`() {
    #expect(DocumentSet([], limits: ParseLimits()).document == nil)
  }
}
