// Rule: every type has a name of its own, the specification's types included (section 3.3).

import GraphQLSyntax
import GraphQLTypes

enum UniqueTypeNames {
  static func check(_ context: inout SchemaRuleContext) {
    var known: [String: SchemaLocation] = [:]
    for item in context.definitions {
      guard case .type(let type) = item.definition else { continue }
      let name = type.name.value
      let location = item.location(type.name)
      if context.base?.type(named: name) != nil {
        context.report(
          "UniqueTypeNames",
          "Type \"\(name)\" already exists in the schema. It cannot also be defined in this type "
            + "definition.", [location])
      } else if let first = known[name] {
        context.report(
          "UniqueTypeNames", "There can be only one type named \"\(name)\".", [first, location])
      } else {
        known[name] = location
      }
    }
  }

  /// The specification's own types are not defined again, referred to or not. The reference
  /// implementation drops such a definition in silence; to agree with it on what else is wrong,
  /// this is asked only of a schema that is valid otherwise.
  static func checkBuiltIns(_ context: inout SchemaRuleContext) {
    for item in context.definitions {
      guard case .type(let type) = item.definition, builtInTypeNames.contains(type.name.value)
      else { continue }
      context.report(
        "UniqueTypeNames",
        "Type \"\(type.name.value)\" is defined by the specification. It cannot be redefined.",
        [item.location(type.name)])
    }
  }
}
