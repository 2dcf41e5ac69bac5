// Rule: a selected field is defined by the type it is selected on (section 5.3.1).

import GraphQLSyntax
import GraphQLTypes

enum FieldsOnCorrectType {
  /// Called for a field that the parent type does not define.
  static func report(_ field: Field, on parent: NamedType, _ context: inout ValidationContext) {
    let name = field.name.value
    var suggestion = ""
    if context.limits.suggestsNames, let shown = context.shown.type(named: parent.name) {
      suggestion = didYouMean(
        typesWithField(name, under: shown, context.shown), to: "to use an inline fragment on ")
      if suggestion.isEmpty {
        suggestion = didYouMean(suggestions(for: name, among: shown.fields.map(\.name)))
      }
    }
    context.report(
      "FieldsOnCorrectType",
      "Cannot query field \"\(name)\" on type \"\(parent.name)\".\(suggestion)", [field.range])
  }

  /// The possible types of an abstract type that define the field, and the interfaces of these that
  /// do, those that stand for most types first.
  private static func typesWithField(
    _ name: String, under parent: NamedType, _ schema: Schema
  ) -> [String] {
    guard parent.id.isAbstract else { return [] }
    var uses: [(type: TypeID, count: Int)] = []
    func count(_ type: TypeID) {
      if let index = uses.firstIndex(where: { $0.type == type }) {
        uses[index].count += 1
      } else {
        uses.append((type, 1))
      }
    }
    for type in schema.possibleTypes(of: parent.id) where type.field(named: name) != nil {
      count(type.id)
      for interface in type.interfaces where schema[interface.type].field(named: name) != nil {
        count(interface.type)
      }
    }
    return uses.sorted { first, second in
      if first.count != second.count { return first.count > second.count }
      if schema.isSubtype(second.type, of: first.type) { return true }
      if schema.isSubtype(first.type, of: second.type) { return false }
      return isNaturallyOrdered(first.type.name, before: second.type.name)
    }
    .map(\.type.name)
  }
}
