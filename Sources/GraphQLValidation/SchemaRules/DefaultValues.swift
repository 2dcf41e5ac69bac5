// Rule: a default value can be coerced to the type of its argument or input field (section 3.6.1).

import GraphQLSyntax
import GraphQLTypes

enum DefaultValues {
  static func check(
    _ input: SchemaInputValue, _ path: String, _ context: inout SchemaRuleContext
  ) {
    guard let literal = input.defaultValue, input.type.isInput else { return }
    for error in errors(of: literal, input.type, context.schema) {
      let place = error.path.isEmpty ? "" : " at \(error.path)"
      context.report(
        "\(path) has invalid default value\(place): \(error.message)",
        error.ranges.map { SchemaLocation(source: input.location.source, range: $0) })
    }
  }
}
