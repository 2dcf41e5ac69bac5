// Fields of object and interface types: those that are gone, those whose answers took another form,
// and the arguments of the others (section 3.6).

import GraphQLTypes

enum FieldChanges {
  static func find(_ old: NamedType, _ new: NamedType, _ comparison: inout SchemaComparison) {
    for oldField in old.fields {
      let coordinate = "\(old.name).\(oldField.name)"
      guard let newField = new.field(named: oldField.name) else {
        comparison.report(
          .fieldRemoved, coordinate, "\(coordinate) was removed.", .old(oldField.nameLocation))
        continue
      }
      if !isSafeForReaders(from: oldField.type, to: newField.type) {
        comparison.report(
          .fieldChangedKind, coordinate,
          "\(coordinate) changed type from \(oldField.type) to \(newField.type).",
          .new(newField.typeLocation))
      }
      InputValueChanges.find(
        oldField.arguments, newField.arguments,
        of: .field(type: old.name, field: oldField.name), &comparison)
    }
  }
}
