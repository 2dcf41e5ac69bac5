// Rule: names with two leading underscores are introspection's (sections 2.1.9 and 4).

import GraphQLSyntax
import GraphQLTypes

enum ReservedNames {
  static func check(
    _ name: String, _ location: SchemaLocation, _ context: inout SchemaRuleContext
  ) {
    guard name.utf8.starts(with: "__".utf8) else { return }
    context.report(
      "Name \"\(name)\" must not begin with \"__\", which is reserved by GraphQL introspection.",
      [location])
  }
}
