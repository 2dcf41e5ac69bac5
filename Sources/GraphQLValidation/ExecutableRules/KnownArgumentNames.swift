// Rule: an argument given to a field or directive is defined by it (section 5.4.1).

import GraphQLSyntax
import GraphQLTypes

enum KnownArgumentNames {
  static func report(
    _ argument: Argument, field: String, on parent: TypeID, _ options: [SchemaInputValue],
    _ context: inout ValidationContext
  ) {
    report(argument, "field \"\(parent.name).\(field)\"", options, &context)
  }

  static func report(
    _ argument: Argument, directive: String, _ options: [SchemaInputValue],
    _ context: inout ValidationContext
  ) {
    report(argument, "directive \"@\(directive)\"", options, &context)
  }

  private static func report(
    _ argument: Argument, _ owner: String, _ options: [SchemaInputValue],
    _ context: inout ValidationContext
  ) {
    let name = argument.name.value
    let suggestion = context.suggest(name, among: options.map(\.name))
    context.report(
      "KnownArgumentNames", "Unknown argument \"\(name)\" on \(owner).\(suggestion)",
      [argument.range])
  }
}
