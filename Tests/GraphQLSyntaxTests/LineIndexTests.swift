// Lines and columns of byte offsets, against a plain count of code points.

import Testing

@testable import GraphQLSyntax

@Suite("Line index")
struct LineIndexTests {
  @Test(
    "every offset has the line and column that counting gives",
    arguments: [
      "", "a", "\n", "\r\n\r\n", "a\rb\nc\r\nd", "é\u{1F600}x\n\u{FEFF}é",
      String(repeating: "é", count: 200) + "\n" + String(repeating: "a\u{1F600}", count: 70),
      String(repeating: "0123456789\r\n", count: 30),
    ])
  func locations(text: String) {
    let source = Source(text)
    let index = LineIndex(source)
    var expected = SourceLocation(line: 1, column: 1)
    var previous: Unicode.Scalar?
    var offset: UInt32 = 0
    for scalar in text.unicodeScalars {
      if previous == "\n" || (previous == "\r" && scalar != "\n") {
        expected = SourceLocation(line: expected.line + 1, column: 1)
      }
      #expect(index.location(at: offset) == expected)
      expected.column += 1
      offset += UInt32(String(scalar).utf8.count)
      previous = scalar
    }
    let last = index.location(at: offset)
    #expect(index.location(at: offset + 100) == last)
  }
}
