// Rule: a field of a scalar or enum type has no selections, any other field has (section 5.3.3).

import GraphQLSyntax
import GraphQLTypes

enum ScalarLeafs {
  static func check(
    _ field: Field, _ definition: SchemaField, _ context: inout ValidationContext
  ) {
    if definition.isLeaf {
      guard let selectionSet = field.selectionSet else { return }
      let name = field.name.value
      context.report(
        "ScalarLeafs",
        "Field \"\(name)\" must not have a selection since type \"\(definition.type)\" has no "
          + "subfields.",
        [selectionSet.range])
    } else if field.selectionSet == nil {
      let name = field.name.value
      context.report(
        "ScalarLeafs",
        "Field \"\(name)\" of type \"\(definition.type)\" must have a selection of subfields. "
          + "Did you mean \"\(name) { ... }\"?", [field.range])
    }
  }
}
