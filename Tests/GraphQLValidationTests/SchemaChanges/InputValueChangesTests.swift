// Arguments of fields and directives, and input fields: the same rules under their own codes.

import Testing

@testable import GraphQLValidation

struct InputValueChangesTests {
  /// What the case is about, for a field's argument, an input field and a directive's argument.
  struct Case: Sendable {
    var old: String
    var new: String
    var argument: [String]
    var inputField: [String]
    var directiveArgument: [String]

    init(
      _ old: String, _ new: String, argument: [String], inputField: [String],
      directiveArgument: [String]
    ) {
      self.old = old
      self.new = new
      self.argument = argument
      self.inputField = inputField
      self.directiveArgument = directiveArgument
    }
  }

  private static let cases = [
    Case(
      "x: Int", "", argument: ["ARG_REMOVED T.f(x:) was removed."],
      inputField: ["FIELD_REMOVED I.x was removed."],
      directiveArgument: ["DIRECTIVE_ARG_REMOVED @d(x:) was removed."]),
    Case(
      "", "x: Int!", argument: ["REQUIRED_ARG_ADDED T.f(x:) was added and must be given."],
      inputField: ["REQUIRED_INPUT_FIELD_ADDED I.x was added and must be given."],
      directiveArgument: ["REQUIRED_DIRECTIVE_ARG_ADDED @d(x:) was added and must be given."]),
    Case(
      "", "x: Int! = 1", argument: ["OPTIONAL_ARG_ADDED T.f(x:) was added."],
      inputField: ["OPTIONAL_INPUT_FIELD_ADDED I.x was added."],
      directiveArgument: ["OPTIONAL_DIRECTIVE_ARG_ADDED @d(x:) was added."]),
    Case(
      "x: Int", "x: Int! = 1",
      argument: ["ARG_CHANGED_KIND T.f(x:) changed type from Int to Int!."],
      inputField: ["FIELD_CHANGED_KIND I.x changed type from Int to Int!."],
      directiveArgument: ["ARG_CHANGED_KIND @d(x:) changed type from Int to Int!."]),
    Case(
      "x: Int! = 1", "x: Int!",
      argument: ["ARG_MADE_REQUIRED T.f(x:) lost its default value and must be given."],
      inputField: ["INPUT_FIELD_MADE_REQUIRED I.x lost its default value and must be given."],
      directiveArgument: ["ARG_MADE_REQUIRED @d(x:) lost its default value and must be given."]),
    Case(
      "x: Int = 1", "x: Int = 2",
      argument: ["ARG_DEFAULT_VALUE_CHANGE T.f(x:) changed its default value from 1 to 2."],
      inputField: ["INPUT_FIELD_DEFAULT_VALUE_CHANGE I.x changed its default value from 1 to 2."],
      directiveArgument: ["ARG_DEFAULT_VALUE_CHANGE @d(x:) changed its default value from 1 to 2."]
    ),
    Case("x: Int!", "x: Int", argument: [], inputField: [], directiveArgument: []),
  ]

  @Test("each kind of change has its code and coordinate", arguments: cases)
  func changes(example: Case) throws {
    func arguments(_ text: String) -> String { text.isEmpty ? "" : "(\(text))" }
    let (old, new) = (example.old, example.new)
    #expect(
      try changeLines(
        from: "type T { f\(arguments(old)): Int }", to: "type T { f\(arguments(new)): Int }")
        == example.argument)
    #expect(
      try changeLines(from: "input I { k: Int \(old) }", to: "input I { k: Int \(new) }")
        == example.inputField)
    #expect(
      try changeLines(
        from: "directive @d\(arguments(old)) on FIELD",
        to: "directive @d\(arguments(new)) on FIELD") == example.directiveArgument)
  }
}
