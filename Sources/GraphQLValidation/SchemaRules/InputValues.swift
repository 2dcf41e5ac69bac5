// Rule: an argument or input field has an input type, a default value that fits it, and is not
// deprecated where it must be given (sections 3.6.1, 3.10 and 3.13.3).

import GraphQLSyntax
import GraphQLTypes

enum InputValues {
  /// - Parameters:
  ///   - kind: what it is called: `argument` or `input field`.
  ///   - path: such as `Query.company(id:)`.
  ///   - typeAt: the place of an error of its type.
  static func check(
    _ input: SchemaInputValue, _ kind: String, _ path: String, typeAt: SchemaLocation,
    _ context: inout SchemaRuleContext
  ) {
    ReservedNames.check(input.name, input.location, &context)
    if !input.type.isInput {
      context.report("The type of \(path) must be Input Type but got: \(input.type).", [typeAt])
    }
    checkDeprecation(input, "\(kind) \(path)", &context)
    DefaultValues.check(input, path, &context)
  }

  private static func checkDeprecation(
    _ input: SchemaInputValue, _ words: String, _ context: inout SchemaRuleContext
  ) {
    guard input.isRequired, input.deprecationReason != nil else { return }
    let directive = input.directives.first { $0.name.value == "deprecated" }
    let location = directive.map {
      SchemaLocation(source: input.location.source, range: $0.range)
    }
    context.report(
      "Required \(words) cannot be deprecated.",
      (location.map { [$0] } ?? []) + [input.typeLocation])
  }
}
