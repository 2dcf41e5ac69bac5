// Rule: a field of a scalar or enum type has no selections, any other field has (section 5.3.3).

import GraphQLSyntax
import GraphQLTypes

enum ScalarLeafs {
  static func check(
    _ field: Field, _ type: SchemaType, _ context: inout ValidationContext
  ) {
    if type.isLeaf {
      guard let selectionSet = field.selectionSet else { return }
      let name = field.name.value
      context.report(
        "ScalarLeafs",
        "Field \"\(name)\" must not have a selection since type \"\(type)\" has no subfields.",
        [selectionSet.range])
    } else if field.selectionSet == nil {
      let name = field.name.value
      context.report(
        "ScalarLeafs",
        "Field \"\(name)\" of type \"\(type)\" must have a selection of subfields. "
          + "Did you mean \"\(name) { ... }\"?", [field.range])
    }
  }
}

extension SchemaType {
  /// Whether the type inside all wrappers is a scalar or enum. Asked for every field, so that it
  /// looks without copying.
  fileprivate var isLeaf: Bool {
    switch self {
    case .named(let id): id.isLeaf
    case .list(let wrapped), .nonNull(let wrapped): wrapped.isLeaf
    }
  }
}
