// Rule: a union includes one or more object types, each once (section 3.8).

import GraphQLSyntax
import GraphQLTypes

enum Unions {
  static func check(_ union: UnionType, _ context: inout SchemaRuleContext) {
    if union.members.isEmpty {
      context.report(
        "Union type \(union.name) must define one or more member types.", union.head.locations)
    }
    var included: Set<TypeID> = []
    for member in union.members {
      if !included.insert(member.type).inserted {
        context.report(
          "Union type \(union.name) can only include type \(member.type) once.",
          locations(of: member.type, in: union))
      } else if member.type.kind != .object {
        context.report(
          "Union type \(union.name) can only include Object types, it cannot include "
            + "\(member.type).", locations(of: member.type, in: union))
      }
    }
  }
}

/// Where a union names a member.
private func locations(of member: TypeID, in union: UnionType) -> [SchemaLocation] {
  union.members.lazy.filter { $0.type == member }.prefix(placesMax).map(\.location)
}
