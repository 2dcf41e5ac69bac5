// Rule: an argument is given at most once to a field or directive (section 5.4.2).

import GraphQLSyntax

enum UniqueArgumentNames {
  static func check(_ arguments: [Argument], _ context: inout ValidationContext) {
    if arguments.count < 2 { return }
    for group in duplicates(arguments, by: { $0.name.value }) {
      context.report(
        "UniqueArgumentNames",
        "There can be only one argument named \"\(group[0].name.value)\".",
        group.map(\.name.range))
    }
  }
}
