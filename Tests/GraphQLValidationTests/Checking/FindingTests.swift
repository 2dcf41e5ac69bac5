// Findings of several files leave in the order of the files and places.

import GraphQLSyntax
import Testing

@testable import GraphQLValidation

struct FindingTests {
  private func finding(_ message: String, _ places: (String, Int, Int)...) -> Finding {
    Finding(
      message: message, code: "Rule",
      places: places.map { file, line, column in
        FilePlace(file: file, location: SourceLocation(line: line, column: column))
      })
  }

  @Test func `findings are sorted by the first place, those of one place as they were found`() {
    let files = ["b", "a", "empty"].map { Source("", name: $0) }
    let found = [
      finding("a 2:1", ("a", 2, 1), ("b", 1, 1)), finding("a 1:10", ("a", 1, 10)),
      finding("a 1:9", ("a", 1, 9)), finding("a 1:9 again", ("a", 1, 9)),
      finding("b 10:1", ("b", 10, 1)), finding("b 9:2", ("b", 9, 2)), finding("nowhere"),
    ]
    #expect(
      inOrder(found, of: files).map(\.message) == [
        "nowhere", "b 9:2", "b 10:1", "a 1:9", "a 1:9 again", "a 1:10", "a 2:1",
      ])
  }
}
