// Rule: an object or interface has all that the interfaces it implements ask for
// (sections 3.6 and 3.7, IsValidImplementation).

import GraphQLSyntax
import GraphQLTypes

enum InterfaceImplementation {
  static func check(_ type: NamedType, _ context: inout SchemaRuleContext) {
    let declared = Set(type.interfaces.map(\.type))
    var implemented: Set<TypeID> = []
    for interface in type.interfaces {
      guard case .interface(let definition) = context.schema[interface.type] else {
        context.report(
          "Type \(type.name) must only implement Interface types, it cannot implement "
            + "\(interface.type).", locations(of: interface.type, in: type))
        continue
      }
      if interface.type == type.id {
        context.report(
          "Type \(type.name) cannot implement itself because it would create a circular "
            + "reference.", locations(of: interface.type, in: type))
        continue
      }
      guard implemented.insert(interface.type).inserted else {
        context.report(
          "Type \(type.name) can only implement \(interface.type) once.",
          locations(of: interface.type, in: type))
        continue
      }
      checkAncestors(of: definition, in: type, declared, &context)
      for field in definition.fields { check(field, of: definition, in: type, &context) }
    }
  }

  /// Where a type says that it implements an interface.
  private static func locations(of interface: TypeID, in type: NamedType) -> [SchemaLocation] {
    type.interfaces.lazy.filter { $0.type == interface }.prefix(placesMax).map(\.location)
  }

  /// The interfaces of an interface are declared too.
  private static func checkAncestors(
    of interface: InterfaceType, in type: NamedType, _ declared: Set<TypeID>,
    _ context: inout SchemaRuleContext
  ) {
    for ancestor in interface.interfaces where !declared.contains(ancestor.type) {
      let locations =
        locations(of: ancestor.type, in: .interface(interface))
        + locations(of: interface.id, in: type)
      if ancestor.type == type.id {
        context.report(
          "Type \(type.name) cannot implement \(interface.name) because it would create a circular "
            + "reference.", locations)
      } else {
        context.report(
          "Type \(type.name) must implement \(ancestor.type) because it is implemented by "
            + "\(interface.name).", locations)
      }
    }
  }

  private static func check(
    _ expected: SchemaField, of interface: InterfaceType, in type: NamedType,
    _ context: inout SchemaRuleContext
  ) {
    let expectedPath = "\(interface.name).\(expected.name)"
    guard let field = type.field(named: expected.name) else {
      context.report(
        "Interface field \(expectedPath) expected but \(type.name) does not provide it.",
        [expected.location] + type.head.locations)
      return
    }
    let path = "\(type.name).\(field.name)"
    if !context.schema.isSubtype(field.type, of: expected.type) {
      context.report(
        "Interface field \(expectedPath) expects type \(expected.type) but \(path) is type "
          + "\(field.type).", [expected.typeLocation, field.typeLocation])
    }
    for argument in expected.arguments {
      check(argument, "\(expectedPath)(\(argument.name):)", in: field, path, &context)
    }
    for argument in field.arguments
    where argument.isRequired && expected.argument(named: argument.name) == nil {
      context.report(
        "Object field \(path) includes required argument \(argument.name) that is missing from the "
          + "Interface field \(expectedPath).",
        [argument.location, expected.location])
    }
    if field.deprecationReason != nil, expected.deprecationReason == nil {
      let directive = field.directives.first { $0.name.value == "deprecated" }
      let location = directive.map {
        SchemaLocation(source: field.location.source, range: $0.range)
      }
      context.report(
        "Interface field \(expectedPath) is not deprecated, so implementation field \(path) must "
          + "not be deprecated.", (location.map { [$0] } ?? []) + [field.typeLocation])
    }
  }

  /// An argument of the interface's field is there with the same type.
  private static func check(
    _ expected: SchemaInputValue, _ expectedPath: String, in field: SchemaField, _ path: String,
    _ context: inout SchemaRuleContext
  ) {
    guard let argument = field.argument(named: expected.name) else {
      context.report(
        "Interface field argument \(expectedPath) expected but \(path) does not provide it.",
        [expected.location, field.location])
      return
    }
    if argument.type == expected.type { return }
    context.report(
      "Interface field argument \(expectedPath) expects type \(expected.type) but "
        + "\(path)(\(argument.name):) is type \(argument.type).",
      [expected.typeLocation, argument.typeLocation])
  }
}
