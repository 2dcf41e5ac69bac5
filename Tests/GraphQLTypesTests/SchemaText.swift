// SDL comes in, an assembled schema leaves; coerced values come in, text leaves: what the tests of
// this folder share.

import GraphQLSyntax

@testable import GraphQLTypes

func assembled(_ text: String, extending base: Schema? = nil) throws -> Schema {
  Schema(assembling: [try parse(Source(text))], extending: base)
}

/// A coerced value as a literal, such as `{a: [1, E], b: null}`.
func text(of value: InputValue) -> String {
  print(Value(value, range: SourceRange(start: 0, end: 0)))
}

/// Coerced arguments or variables by name, such as `a: 1, b: null`.
func text(of values: [String: InputValue]) -> String {
  values.sorted { $0.key < $1.key }.map { "\($0.key): \(text(of: $0.value))" }
    .joined(separator: ", ")
}
