// What the cases of an AST enum have in common, read without a switch at the caller.

extension Definition {
  /// From the description or the first keyword to the definition's last token.
  package var range: SourceRange {
    switch self {
    case .operation(let definition): definition.range
    case .fragment(let definition): definition.range
    case .schema(let definition), .schemaExtension(let definition): definition.range
    case .type(let definition), .typeExtension(let definition): definition.range
    case .directive(let definition): definition.range
    }
  }
}

extension TypeDefinition {
  package var range: SourceRange {
    switch self {
    case .scalar(let definition): definition.range
    case .object(let definition): definition.range
    case .interface(let definition): definition.range
    case .union(let definition): definition.range
    case .enum(let definition): definition.range
    case .inputObject(let definition): definition.range
    }
  }

  package var description: StringLiteral? {
    switch self {
    case .scalar(let definition): definition.description
    case .object(let definition): definition.description
    case .interface(let definition): definition.description
    case .union(let definition): definition.description
    case .enum(let definition): definition.description
    case .inputObject(let definition): definition.description
    }
  }

  package var name: Name {
    switch self {
    case .scalar(let definition): definition.name
    case .object(let definition): definition.name
    case .interface(let definition): definition.name
    case .union(let definition): definition.name
    case .enum(let definition): definition.name
    case .inputObject(let definition): definition.name
    }
  }

  package var directives: [Directive] {
    switch self {
    case .scalar(let definition): definition.directives
    case .object(let definition): definition.directives
    case .interface(let definition): definition.directives
    case .union(let definition): definition.directives
    case .enum(let definition): definition.directives
    case .inputObject(let definition): definition.directives
    }
  }
}

extension Selection {
  package var range: SourceRange {
    switch self {
    case .field(let field): field.range
    case .fragmentSpread(let spread): spread.range
    case .inlineFragment(let fragment): fragment.range
    }
  }

  package var directives: [Directive] {
    switch self {
    case .field(let field): field.directives
    case .fragmentSpread(let spread): spread.directives
    case .inlineFragment(let fragment): fragment.directives
    }
  }
}

extension TypeReference {
  package var range: SourceRange {
    switch self {
    case .named(let reference): reference.range
    case .list(_, let range), .nonNull(_, let range): range
    }
  }

  /// The name inside all lists and non-null marks.
  package var namedType: NamedTypeReference {
    switch self {
    case .named(let reference): reference
    case .list(let element, _): element.namedType
    case .nonNull(let wrapped, _): wrapped.namedType
    }
  }

  package var isNonNull: Bool {
    if case .nonNull = self { true } else { false }
  }
}

extension Value {
  package var range: SourceRange {
    switch self {
    case .variable(_, let range), .int(_, let range), .float(_, let range),
      .boolean(_, let range), .null(let range), .list(_, let range), .object(_, let range):
      range
    case .string(let literal): literal.range
    case .enum(let name): name.range
    }
  }
}
