// Rule: a document to be executed holds operations and fragments only (section 5.1.1).

import GraphQLSyntax

enum ExecutableDefinitions {
  static func check(_ definition: Definition, _ context: inout ValidationContext) {
    let what: String
    switch definition {
    case .operation, .fragment: return
    case .schema, .schemaExtension: what = "schema"
    case .type(let type), .typeExtension(let type): what = "\"\(type.name.value)\""
    case .directive(let directive): what = "\"\(directive.name.value)\""
    }
    context.report(
      "ExecutableDefinitions", "The \(what) definition is not executable.", [definition.range])
  }
}
