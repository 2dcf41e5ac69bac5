// A schema comes in, its text in the schema definition language leaves, as the reference
// implementation lays it out: what introspection tells, and no more, so that directives of the
// schema's own that are applied in it are left out, as are the specification's definitions.
// Source: GraphQL specification, September 2025, section 3 (Type System).

import GraphQLSyntax

/// The text of a schema. Assembling it again gives the same schema, but for applied directives.
package func printSchema(_ schema: Schema) -> String {
  var parts = [text(of: schema)].filter { !$0.isEmpty }
  parts += schema.directives.filter { !$0.isBuiltIn }.map(text(of:))
  parts += schema.types.filter { !$0.head.isBuiltIn }.map(printType)
  return parts.joined(separator: "\n\n")
}

/// The text of one type.
package func printType(_ type: NamedType) -> String {
  text(ofDescription: type.head.description) + body(of: type)
}

private func body(of type: NamedType) -> String {
  switch type {
  case .scalar(let scalar):
    let url = scalar.specifiedByURL.map { " @specifiedBy(url: \(quotedString($0)))" }
    return "scalar \(scalar.name)" + (url ?? "")
  case .object(let object):
    return "type \(object.name)" + text(ofInterfaces: object.interfaces)
      + block(object.fields.enumerated().map { text(of: $1, isFirst: $0 == 0) })
  case .interface(let interface):
    return "interface \(interface.name)" + text(ofInterfaces: interface.interfaces)
      + block(interface.fields.enumerated().map { text(of: $1, isFirst: $0 == 0) })
  case .union(let union):
    let members = union.members.map(\.type.name).joined(separator: " | ")
    return "union \(union.name)" + (members.isEmpty ? "" : " = \(members)")
  case .enum(let type):
    return "enum \(type.name)"
      + block(
        type.values.enumerated().map { index, value in
          text(ofDescription: value.description, indent: "  ", isFirst: index == 0)
            + "  \(value.name)" + text(ofDeprecation: value.deprecationReason)
        })
  case .inputObject(let type):
    return "input \(type.name)" + (type.isOneOf ? " @oneOf" : "")
      + block(
        type.fields.enumerated().map { index, field in
          text(ofDescription: field.description, indent: "  ", isFirst: index == 0)
            + "  \(text(of: field))"
        })
  }
}

/// Nothing for a schema that says no more than its types' names do.
private func text(of schema: Schema) -> String {
  let roots = schema.rootOperationTypes
  let names: [(OperationType, String)] = [
    (.query, "Query"), (.mutation, "Mutation"), (.subscription, "Subscription"),
  ]
  let isConventional = names.allSatisfy { operationType, name in
    let root = roots.first { $0.operationType == operationType }
    return root?.type.name == schema.type(named: name)?.name
  }
  if schema.description == nil, isConventional { return "" }
  let lines = names.compactMap { operationType, _ in
    roots.first { $0.operationType == operationType }
      .map { "  \(operationType.rawValue): \($0.type.name)" }
  }
  return text(ofDescription: schema.description) + "schema" + block(lines)
}

private func text(of directive: SchemaDirective) -> String {
  text(ofDescription: directive.description) + "directive @\(directive.name)"
    + text(ofArguments: directive.arguments, indent: "")
    + (directive.isRepeatable ? " repeatable" : "")
    + " on " + directive.locations.map(\.rawValue).joined(separator: " | ")
}

private func text(of field: SchemaField, isFirst: Bool) -> String {
  text(ofDescription: field.description, indent: "  ", isFirst: isFirst)
    + "  \(field.name)" + text(ofArguments: field.arguments, indent: "  ")
    + ": \(field.type)" + text(ofDeprecation: field.deprecationReason)
}

private func text(ofArguments arguments: [SchemaInputValue], indent: String) -> String {
  if arguments.isEmpty { return "" }
  if arguments.allSatisfy({ $0.description == nil }) {
    return "(" + arguments.map(text(of:)).joined(separator: ", ") + ")"
  }
  let lines = arguments.enumerated().map { index, argument in
    text(ofDescription: argument.description, indent: "  " + indent, isFirst: index == 0)
      + "  \(indent)\(text(of: argument))"
  }
  return "(\n" + lines.joined(separator: "\n") + "\n\(indent))"
}

private func text(of input: SchemaInputValue) -> String {
  "\(input.name): \(input.type)"
    + (input.defaultValue.map { " = \(print($0.onOneLine))" } ?? "")
    + text(ofDeprecation: input.deprecationReason)
}

private func text(ofInterfaces interfaces: [LocatedType]) -> String {
  interfaces.isEmpty
    ? "" : " implements " + interfaces.map(\.type.name).joined(separator: " & ")
}

private func text(ofDeprecation reason: String?) -> String {
  guard let reason else { return "" }
  return reason == defaultDeprecationReason
    ? " @deprecated" : " @deprecated(reason: \(quotedString(reason)))"
}

/// A description on lines of its own, apart from what stands before it by an empty one.
private func text(
  ofDescription description: String?, indent: String = "", isFirst: Bool = true
) -> String {
  guard let description else { return "" }
  let literal =
    isPrintableAsBlock(description) ? blockString(description) : quotedString(description)
  let lines = literal.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    .map { String(decoding: $0, as: UTF8.self) }
  return (isFirst || indent.isEmpty ? "" : "\n") + indent
    + lines.joined(separator: "\n" + indent) + "\n"
}

private func block(_ lines: [String]) -> String {
  lines.isEmpty ? "" : " {\n" + lines.joined(separator: "\n") + "\n}"
}
