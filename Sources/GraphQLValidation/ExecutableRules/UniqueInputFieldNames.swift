// Rule: an input object literal names each field at most once (section 5.6.3).

import GraphQLSyntax

enum UniqueInputFieldNames {
  /// Judges one literal; the literals in its fields are visited by the walk.
  static func check(_ fields: [ObjectField], _ context: inout ValidationContext) {
    if fields.count < 2 { return }
    var known: [String: Name] = [:]
    for name in fields.map(\.name) {
      if let first = known[name.value] {
        context.report(
          "UniqueInputFieldNames", "There can be only one input field named \"\(name.value)\".",
          [first.range, name.range])
      } else {
        known[name.value] = name
      }
    }
  }
}
