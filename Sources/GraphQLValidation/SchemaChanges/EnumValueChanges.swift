// Values of enums: one that is gone is refused where clients send it, a new one comes where they do
// not expect it (section 3.9).

import GraphQLTypes

enum EnumValueChanges {
  static func find(_ old: EnumType, _ new: EnumType, _ comparison: inout SchemaComparison) {
    for value in old.values where new.value(named: value.name) == nil {
      let coordinate = "\(old.name).\(value.name)"
      comparison.report(
        .valueRemovedFromEnum, coordinate, "\(coordinate) was removed.", .old(value.nameLocation))
    }
    for value in new.values where old.value(named: value.name) == nil {
      let coordinate = "\(new.name).\(value.name)"
      comparison.report(
        .valueAddedToEnum, coordinate, "\(coordinate) was added.", .new(value.nameLocation))
    }
  }
}
