// Rule: a type condition names an object, interface or union type (section 5.5.1.3).

import GraphQLSyntax
import GraphQLTypes

enum FragmentsOnCompositeTypes {
  /// `fragment` is nil for an inline fragment.
  static func check(
    _ condition: NamedTypeReference, _ type: TypeID, fragment: String?,
    _ context: inout ValidationContext
  ) {
    if type.isComposite { return }
    let subject = fragment.map { "Fragment \"\($0)\"" } ?? "Fragment"
    context.report(
      "FragmentsOnCompositeTypes",
      "\(subject) cannot condition on non composite type \"\(condition.name.value)\".",
      [condition.range])
  }
}
