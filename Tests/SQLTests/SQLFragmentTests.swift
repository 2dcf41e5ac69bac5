// Fragments as data: what is written, the text that PostgreSQL sees, what is bound.

import SQL
import Testing

@Suite struct SQLFragmentTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let fragment: SQLFragment
    let text: String
    let bindings: [SQLFragment.Binding]

    init(
      _ description: String, _ fragment: SQLFragment, _ text: String,
      _ bindings: [SQLFragment.Binding] = []
    ) {
      testDescription = description
      self.fragment = fragment
      self.text = text
      self.bindings = bindings
    }
  }

  private static let hostile = "x'; drop table company; --"
  private static let filter: SQLFragment = "code = \("CO") and year > \(2024)"

  static let cases = [
    Case("a literal stands as it is", "select 1", "select 1"),
    Case(
      "a text is bound, never joined", "select \(hostile)", "select $1", [.value(.text(hostile))]),
    Case(
      "equal values are bound apart", "select \(1), \(1)", "select $1, $2",
      [.value(.integer(1)), .value(.integer(1))]),
    Case("an absent text is null", "select \(nil as String?)", "select $1", [.value(.null)]),
    Case("a truth value is bound", "select \(true)", "select $1", [.value(.boolean(true))]),
    Case("an identifier is quoted", "select \(identifier: "order")", "select \"order\""),
    Case(
      "a quote in an identifier is doubled", "select \(identifier: "a\"b")", "select \"a\"\"b\""),
    Case("raw text is spelled unsafe", "select \(unsafe: "now()")", "select now()"),
    Case(
      "a composed fragment is numbered anew",
      "select \(7) from t where \(filter) limit \(3)",
      "select $1 from t where code = $2 and year > $3 limit $4",
      [
        .value(.integer(7)), .value(.text("CO")), .value(.integer(2024)), .value(.integer(3)),
      ]),
    Case(
      "the same slot is the same number", "select \(slot: 4), \(slot: 9), \(slot: 4)",
      "select $1, $2, $1", [.slot(4), .slot(9)]),
    Case(
      "a list is joined",
      "select \(["a", "b"].map { "\(identifier: $0)" as SQLFragment }.joined(separator: ", "))",
      "select \"a\", \"b\""),
    Case("empty fragments add nothing", .empty + "" + "\(SQLFragment.empty)", ""),
  ]

  @Test(arguments: cases)
  func `a fragment renders as SQL and bindings`(_ expected: Case) {
    let rendered = expected.fragment.rendered()
    #expect(rendered.text == expected.text)
    #expect(rendered.bindings == expected.bindings)
  }
}
