// Rule: an enum has each value once, its extensions included (sections 3.9 and 3.9.1).

import GraphQLSyntax
import GraphQLTypes

enum UniqueEnumValueNames {
  static func check(_ context: inout SchemaRuleContext) {
    var known: [String: [String: SchemaLocation]] = [:]
    for item in context.definitions {
      guard case .enum(let type)? = typeDefinition(item.definition) else { continue }
      let typeName = type.name.value
      for value in type.values {
        let name = value.name.value
        let location = item.location(value.name)
        if case .enum(let existing)? = context.base?.type(named: typeName),
          existing.value(named: name) != nil
        {
          context.report(
            "UniqueEnumValueNames",
            "Enum value \"\(typeName).\(name)\" already exists in the schema. It cannot also be "
              + "defined in this type extension.", [location])
        } else if let first = known[typeName]?[name] {
          context.report(
            "UniqueEnumValueNames",
            "Enum value \"\(typeName).\(name)\" can only be defined once.", [first, location])
        } else {
          known[typeName, default: [:]][name] = location
        }
      }
    }
  }
}
