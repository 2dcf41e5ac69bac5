// A syntax tree comes in, its text leaves, laid out as the reference implementation lays it out;
// parsing the text gives the same tree but for its ranges.

/// The text of a document, definitions apart by a blank line.
package func print(_ document: Document) -> String {
  document.definitions.map(text(of:)).joined(separator: "\n\n")
}

/// The text of one definition.
package func print(_ definition: Definition) -> String { text(of: definition) }

/// The text of a value literal, such as `{a: [1, $b]}`.
package func print(_ value: Value) -> String { text(of: value) }

/// The text of a type reference, such as `[Int!]!`.
package func print(_ type: TypeReference) -> String { text(of: type) }

/// The text of a schema coordinate, such as `Query.company`.
package func print(_ coordinate: SchemaCoordinate) -> String {
  switch coordinate {
  case .type(let name): name.value
  case .member(let type, let name): "\(type.value).\(name.value)"
  case .argument(let type, let field, let name): "\(type.value).\(field.value)(\(name.value):)"
  case .directive(let name): "@\(name.value)"
  case .directiveArgument(let directive, let name): "@\(directive.value)(\(name.value):)"
  }
}

/// A field's arguments stand on one line up to this length.
private let lineLengthMax = 80

private func text(of definition: Definition) -> String {
  switch definition {
  case .operation(let operation): text(of: operation)
  case .fragment(let fragment): text(of: fragment)
  case .schema(let schema): text(of: schema, keyword: "schema")
  case .schemaExtension(let schema): text(of: schema, keyword: "extend schema")
  case .type(let type): text(of: type, extend: "")
  case .typeExtension(let type): text(of: type, extend: "extend ")
  case .directive(let directive): text(of: directive)
  }
}

// MARK: Executable definitions

private func text(of operation: OperationDefinition) -> String {
  if operation.isShorthand { return text(of: operation.selectionSet) }
  let variables = operation.variableDefinitions.map(text(of:))
  let list: String
  if variables.contains(where: { $0.contains("\n") }) {
    list = "(\n" + indent(variables.joined(separator: "\n")) + "\n)"
  } else {
    list = wrap("(", variables.joined(separator: ", "), ")")
  }
  let head = [
    operation.operationType.rawValue, (operation.name?.value ?? "") + list,
    text(of: operation.directives), text(of: operation.selectionSet),
  ]
  return text(of: operation.description) + join(head)
}

private func text(of definition: VariableDefinition) -> String {
  text(of: definition.description) + "$\(definition.variable.value): \(text(of: definition.type))"
    + text(ofDefault: definition.defaultValue) + wrap(" ", text(of: definition.directives))
}

private func text(of fragment: FragmentDefinition) -> String {
  text(of: fragment.description)
    + join([
      "fragment", fragment.name.value, "on", fragment.typeCondition.name.value,
      text(of: fragment.directives), text(of: fragment.selectionSet),
    ])
}

private func text(of set: SelectionSet) -> String {
  var output = ""
  write(set, depth: 0, to: &output)
  return output
}

// Selection sets nest as deep as the parser lets them, so they are written straight to where they
// belong: a text that each level around it indents again would be copied with each.

private func write(_ set: SelectionSet, depth: Int, to output: inout String) {
  output += "{"
  for selection in set.selections {
    output += "\n" + indentation(depth + 1)
    write(selection, depth: depth + 1, to: &output)
  }
  output += "\n" + indentation(depth) + "}"
}

/// `depth` is that of the lines after the first, which begins where the output ends.
private func write(_ selection: Selection, depth: Int, to output: inout String) {
  let head: String
  let below: SelectionSet?
  switch selection {
  case .field(let field):
    head = text(ofHead: field)
    below = field.selectionSet
  case .fragmentSpread(let spread):
    head = join(["..." + spread.name.value, text(of: spread.directives)])
    below = nil
  case .inlineFragment(let fragment):
    head = join([
      "...", wrap("on ", fragment.typeCondition?.name.value ?? ""), text(of: fragment.directives),
    ])
    below = fragment.selectionSet
  }
  output += head.utf8.contains(UInt8(ascii: "\n")) ? indentingLineBreaks(of: head, depth) : head
  guard let below else { return }
  output += " "
  write(below, depth: depth, to: &output)
}

/// The field without its selections.
private func text(ofHead field: Field) -> String {
  let prefix = wrap("", field.alias?.value ?? "", ": ") + field.name.value
  let arguments = field.arguments.map(text(of:))
  var line = prefix + wrap("(", arguments.joined(separator: ", "), ")")
  if line.utf16.count > lineLengthMax, !arguments.isEmpty {
    line = prefix + wrap("(\n", indent(arguments.joined(separator: "\n")), "\n)")
  }
  return join([line, text(of: field.directives)])
}

// MARK: Type system definitions

private func text(of schema: SchemaDefinition, keyword: String) -> String {
  let types = schema.operationTypes.map { "\($0.operationType.rawValue): \($0.type.name.value)" }
  return text(of: schema.description)
    + join([keyword, text(of: schema.directives), block(types)])
}

private func text(of type: TypeDefinition, extend: String) -> String {
  let rest: [String]
  let keyword: String
  switch type {
  case .scalar(let scalar):
    keyword = "scalar"
    rest = [text(of: scalar.directives)]
  case .object(let object):
    keyword = "type"
    rest = [
      text(ofInterfaces: object.interfaces), text(of: object.directives),
      block(object.fields.map(text(of:))),
    ]
  case .interface(let interface):
    keyword = "interface"
    rest = [
      text(ofInterfaces: interface.interfaces), text(of: interface.directives),
      block(interface.fields.map(text(of:))),
    ]
  case .union(let union):
    keyword = "union"
    rest = [text(of: union.directives), wrap("= ", list(union.memberTypes, " | "))]
  case .enum(let type):
    keyword = "enum"
    rest = [text(of: type.directives), block(type.values.map(text(of:)))]
  case .inputObject(let type):
    keyword = "input"
    rest = [text(of: type.directives), block(type.fields.map(text(of:)))]
  }
  return text(of: type.description) + extend + join([keyword, type.name.value] + rest)
}

private func text(ofInterfaces interfaces: [NamedTypeReference]) -> String {
  wrap("implements ", list(interfaces, " & "))
}

private func text(of field: FieldDefinition) -> String {
  text(of: field.description) + field.name.value + text(ofArguments: field.arguments) + ": "
    + text(of: field.type) + wrap(" ", text(of: field.directives))
}

private func text(of input: InputValueDefinition) -> String {
  text(of: input.description) + "\(input.name.value): \(text(of: input.type))"
    + text(ofDefault: input.defaultValue) + wrap(" ", text(of: input.directives))
}

private func text(of value: EnumValueDefinition) -> String {
  text(of: value.description) + join([value.name.value, text(of: value.directives)])
}

private func text(of directive: DirectiveDefinition) -> String {
  text(of: directive.description) + "directive @\(directive.name.value)"
    + text(ofArguments: directive.arguments) + (directive.isRepeatable ? " repeatable on " : " on ")
    + directive.locations.map(\.value).joined(separator: " | ")
}

/// Arguments that need more than one line each, for a description, all stand on lines of their own.
private func text(ofArguments arguments: [InputValueDefinition]) -> String {
  let items = arguments.map(text(of:))
  if items.contains(where: { $0.contains("\n") }) {
    return "(\n" + indent(items.joined(separator: "\n")) + "\n)"
  }
  return wrap("(", items.joined(separator: ", "), ")")
}

// MARK: Shared parts

private func text(of description: StringLiteral?) -> String {
  description.map { text(of: $0) + "\n" } ?? ""
}

private func text(of argument: Argument) -> String {
  "\(argument.name.value): \(text(of: argument.value))"
}

private func text(of directives: [Directive]) -> String {
  directives
    .map { directive in
      let arguments = directive.arguments.map(text(of:)).joined(separator: ", ")
      return "@" + directive.name.value + wrap("(", arguments, ")")
    }
    .joined(separator: " ")
}

private func text(of type: TypeReference) -> String {
  switch type {
  case .named(let reference): reference.name.value
  case .list(let element, _): "[\(text(of: element))]"
  case .nonNull(let wrapped, _): "\(text(of: wrapped))!"
  }
}

private func text(ofDefault value: Value?) -> String {
  value.map { " = " + text(of: $0) } ?? ""
}

private func text(of value: Value) -> String {
  switch value {
  case .variable(let name, _): return "$" + name.value
  case .int(let digits, _), .float(let digits, _): return digits
  case .string(let literal): return text(of: literal)
  case .boolean(let flag, _): return flag ? "true" : "false"
  case .null: return "null"
  case .enum(let name): return name.value
  case .list(let values, _):
    return "[" + values.map(text(of:)).joined(separator: ", ") + "]"
  case .object(let fields, _):
    let items = fields.map { "\($0.name.value): \(text(of: $0.value))" }
    return "{" + items.joined(separator: ", ") + "}"
  }
}

private func text(of literal: StringLiteral) -> String {
  literal.isBlock && isPrintableAsBlock(literal.value)
    ? blockString(literal.value) : quotedString(literal.value)
}

private func list(_ names: [NamedTypeReference], _ separator: String) -> String {
  names.map(\.name.value).joined(separator: separator)
}

/// The parts that are not empty, a space between them.
private func join(_ parts: [String]) -> String {
  parts.filter { !$0.isEmpty }.joined(separator: " ")
}

private func wrap(_ start: String, _ text: String, _ end: String = "") -> String {
  text.isEmpty ? "" : start + text + end
}

/// `{ .. }` around indented lines, or nothing where there are none.
private func block(_ items: [String]) -> String {
  items.isEmpty ? "" : "{\n" + indent(items.joined(separator: "\n")) + "\n}"
}

private func indent(_ text: String) -> String { "  " + indentingLineBreaks(of: text, 1) }

private func indentation(_ depth: Int) -> String { String(repeating: "  ", count: depth) }

private func indentingLineBreaks(of text: String, _ depth: Int) -> String {
  let indentation = indentation(depth)
  var indented = ""
  indented.reserveCapacity(text.utf8.count * 9 / 8 + 8)
  for scalar in text.unicodeScalars {
    indented.unicodeScalars.append(scalar)
    if scalar == "\n" { indented += indentation }
  }
  return indented
}
