// SDL comes in, the errors of its schema leave as text: what the tests of schemas share.

import GraphQLSyntax
import GraphQLTypes

@testable import GraphQLValidation

/// What a table of schemas holds: the text, and the errors expected, in order.
struct SchemaCase: Sendable {
  var text: String
  var base: String?
  var errors: [String]

  init(_ text: String, extending base: String? = nil, _ errors: String...) {
    self.text = text
    self.base = base
    self.errors = errors
  }
}

/// The errors of one rule, such as `1:5 3:2 There can be only one ..`.
func errors(of rule: String, in testCase: SchemaCase) throws -> [String] {
  try errors(in: testCase).filter { $0.rule == rule }.map(\.text)
}

/// Every error with its rule.
func errors(in testCase: SchemaCase) throws -> [(rule: String, text: String)] {
  let base = try testCase.base.map { Schema(assembling: [try parse(Source($0))]) }
  let document = try parse(Source(testCase.text))
  do {
    _ = try makeSchema(from: [document], extending: base)
    return []
  } catch {
    let lines = error.sources.map { LineIndex($0) }
    return error.errors.map { found in
      let places = found.locations.map { location in
        let place = lines[location.source].location(of: location.range)
        return "\(place.line):\(place.column)"
      }
      return (found.rule, (places + [found.message]).joined(separator: " "))
    }
  }
}
