// Interfaces that a type declares: one that is gone ends the fragments on it, a new one brings a
// type where clients do not expect it (sections 3.6 and 3.7).

import GraphQLTypes

enum InterfaceChanges {
  static func find(_ old: NamedType, _ new: NamedType, _ comparison: inout SchemaComparison) {
    for interface in types(old.interfaces, missingIn: new.interfaces) {
      comparison.report(
        .implementedInterfaceRemoved, old.name,
        "\(old.name) no longer implements \(interface.type).", .old(interface.location))
    }
    for interface in types(new.interfaces, missingIn: old.interfaces) {
      comparison.report(
        .implementedInterfaceAdded, new.name,
        "\(new.name) implements \(interface.type) from now on.", .new(interface.location))
    }
  }

  /// A new object type where clients know the interface: what a new member is to a union.
  static func findNewTypes(_ comparison: inout SchemaComparison) {
    for case .object(let type) in comparison.new.types
    where comparison.old.type(named: type.name) == nil {
      for interface in type.interfaces {
        guard case .interface? = comparison.old.type(named: interface.type.name) else { continue }
        comparison.report(
          .typeAddedToInterface, interface.type.name,
          "\(interface.type) has a new type that implements it: \(type.name).",
          .new(interface.location))
      }
    }
  }
}
