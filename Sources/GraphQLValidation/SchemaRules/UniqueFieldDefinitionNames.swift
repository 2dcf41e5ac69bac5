// Rule: an object, interface or input object has each field once, its extensions included
// (sections 3.6, 3.7 and 3.10).

import GraphQLSyntax
import GraphQLTypes

enum UniqueFieldDefinitionNames {
  static func check(_ context: inout SchemaRuleContext) {
    var known: [String: [String: SchemaLocation]] = [:]
    for item in context.definitions {
      guard let type = typeDefinition(item.definition) else { continue }
      let typeName = type.name.value
      let existing = context.base?.type(named: typeName)
      for field in type.fieldNames {
        let name = field.value
        let location = item.location(field)
        if existing?.hasField(named: name) == true {
          context.report(
            "UniqueFieldDefinitionNames",
            "Field \"\(typeName).\(name)\" already exists in the schema. It cannot also be defined "
              + "in this type extension.", [location])
        } else if let first = known[typeName]?[name] {
          context.report(
            "UniqueFieldDefinitionNames",
            "Field \"\(typeName).\(name)\" can only be defined once.", [first, location])
        } else {
          known[typeName, default: [:]][name] = location
        }
      }
    }
  }
}

extension NamedType {
  fileprivate func hasField(named name: String) -> Bool {
    switch self {
    case .object(let type): type.field(named: name) != nil
    case .interface(let type): type.field(named: name) != nil
    case .inputObject(let type): type.field(named: name) != nil
    case .scalar, .union, .enum: false
    }
  }
}
