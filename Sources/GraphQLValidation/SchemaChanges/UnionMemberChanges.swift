// Members of unions: one that is gone ends the fragments on it, a new one comes where clients do
// not expect it (section 3.8).

import GraphQLTypes

enum UnionMemberChanges {
  static func find(_ old: UnionType, _ new: UnionType, _ comparison: inout SchemaComparison) {
    for member in types(old.members, missingIn: new.members) {
      comparison.report(
        .typeRemovedFromUnion, old.name,
        "\(old.name) no longer includes \(member.type).", .old(member.location))
    }
    for member in types(new.members, missingIn: old.members) {
      comparison.report(
        .typeAddedToUnion, new.name,
        "\(new.name) includes \(member.type) from now on.", .new(member.location))
    }
  }
}
