// Rule: a type named by a variable or a type condition exists (section 5.5.1.2).

import GraphQLSyntax
import GraphQLTypes

enum KnownTypeNames {
  /// The type of that name, or nil after it was reported.
  static func check(_ name: Name, _ context: inout ValidationContext) -> NamedType? {
    if let type = context.schema.type(named: name.value) { return type }
    let suggestion = context.suggest(name.value, among: context.shown.types.map(\.name))
    context.report("KnownTypeNames", "Unknown type \"\(name.value)\".\(suggestion)", [name.range])
    return nil
  }
}
