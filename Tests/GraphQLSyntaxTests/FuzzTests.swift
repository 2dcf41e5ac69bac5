// A short slice of what `make fuzz` runs for as long as one likes: whatever the bytes are, lexer,
// parser and printer keep their properties.

import FuzzSupport
import GraphQLSyntax
import Testing

@Suite("Fuzz")
struct SyntaxFuzzTests {
  @Test("printing what was parsed is the identity, and errors lie in the source", arguments: 0..<8)
  func syntax(seed: UInt64) {
    for input in 0..<150 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed, input: input)
      let bytes = FuzzTarget.syntax.input(&generator, lengthMax: 2_000)
      let complaints = FuzzTarget.syntax.complaints(about: bytes)
      #expect(complaints == [], "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
    }
  }

  @Test("the structure of a tree tells all but places")
  func structures() {
    let complaints = FuzzTarget.syntax.complaints(about: Array("{ a(b: \"c\") @d { e } }".utf8))
    #expect(complaints == [])
    let texts = ["{ a }", "{ b }", "query { a }", "{ a @b }", "{ a(b: 1) }", "{ a(b: 1.0) }"]
    let trees = texts.map { text in (try? parse(Source(text))).map { structure(of: $0.definitions) }
    }
    #expect(Set(trees).count == texts.count)
    let spaced = [" [ A ] ! ", "[A]!"].map { text in
      (try? parseType(Source(text))).map { structure(of: $0) }
    }
    #expect(spaced[0] == spaced[1])
  }
}
