// Directives: those that are gone, that may stand in fewer places or only once, and the arguments
// of the others (section 3.13).

import GraphQLTypes

enum DirectiveChanges {
  static func find(_ comparison: inout SchemaComparison) {
    for old in comparison.old.directives {
      let coordinate = "@\(old.name)"
      guard let new = comparison.new.directive(named: old.name) else {
        comparison.report(
          .directiveRemoved, coordinate, "\(coordinate) was removed.", .old(old.nameLocation))
        continue
      }
      InputValueChanges.find(
        old.arguments, new.arguments, of: .directive(old.name), &comparison)
      if old.isRepeatable, !new.isRepeatable {
        comparison.report(
          .directiveRepeatableRemoved, coordinate,
          "\(coordinate) is no longer repeatable.", .new(new.nameLocation))
      }
      for location in old.locations where !new.locations.contains(location) {
        comparison.report(
          .directiveLocationRemoved, coordinate,
          "\(coordinate) may no longer stand on \(location.rawValue).", .new(new.nameLocation))
      }
    }
  }
}
