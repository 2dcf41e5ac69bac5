// Rule: the definition of a directive does not use the directive itself, be it on one of its
// arguments or within the types of these (section 3.13).

import GraphQLSyntax
import GraphQLTypes

enum DirectiveCycles {
  static func check(_ context: inout SchemaRuleContext) {
    for directive in context.schema.directives where !directive.isBuiltIn {
      var search = DirectiveSearch(schema: context.schema)
      search.visit(directive.arguments)
      guard search.directives.contains(directive.name) else { continue }
      context.report(
        "Directive @\(directive.name) cannot be used within its own definition.",
        [directive.location])
    }
  }
}

/// The directives that a definition uses, and those that their definitions use.
private struct DirectiveSearch {
  let schema: Schema
  private(set) var directives: Set<String> = []
  private var types: Set<TypeID> = []
  private var pending: [TypeID] = []

  init(schema: Schema) {
    self.schema = schema
  }

  mutating func visit(_ values: [SchemaInputValue]) {
    collect(values)
    while let id = pending.popLast() { collect(schema[id]) }
  }

  private mutating func collect(_ type: NamedType) {
    collect(type.head.directives)
    switch type {
    case .inputObject(let type): collect(type.fields)
    case .enum(let type): for value in type.values { collect(value.directives) }
    case .scalar, .object, .interface, .union: return
    }
  }

  private mutating func collect(_ values: [SchemaInputValue]) {
    for value in values {
      collect(value.directives)
      if types.insert(value.type.namedType).inserted { pending.append(value.type.namedType) }
    }
  }

  private mutating func collect(_ applied: [Directive]) {
    for directive in applied where directives.insert(directive.name.value).inserted {
      // The recursion is as deep as directives are distinct, each being entered once.
      if let definition = schema.directive(named: directive.name.value) {
        collect(definition.arguments)
      }
    }
  }
}
