// The abstract syntax tree of a document: what the parser makes and every later stage reads.
// Executable definitions stand here; the type system's stand in TypeSystemAST.swift.
// Source: GraphQL specification, September 2025, section 2 (Language).

/// A half-open range of UTF-8 byte offsets into a `Source`.
package struct SourceRange: Sendable, Hashable {
  package var start: UInt32
  package var end: UInt32

  package init(start: UInt32, end: UInt32) {
    self.start = start
    self.end = end
  }
}

/// A `Name` token and where it stands (section 2.1.9).
package struct Name: Sendable {
  package var value: String
  package var range: SourceRange

  package init(value: String, range: SourceRange) {
    self.value = value
    self.range = range
  }
}

/// A whole source text after parsing: one or more definitions, in source order (section 2.2).
package struct Document: Sendable {
  package var source: Source
  package var definitions: [Definition]

  package init(source: Source, definitions: [Definition]) {
    self.source = source
    self.definitions = definitions
  }
}

/// One definition of a document; an extension carries the same shape as what it extends.
package enum Definition: Sendable {
  case operation(OperationDefinition)
  case fragment(FragmentDefinition)
  case schema(SchemaDefinition)
  case schemaExtension(SchemaDefinition)
  case type(TypeDefinition)
  case typeExtension(TypeDefinition)
  case directive(DirectiveDefinition)
}

/// The three operation types (section 2.3).
package enum OperationType: String, Sendable, Hashable, CaseIterable {
  case query
  case mutation
  case subscription
}

/// An operation (section 2.3). `isShorthand` marks `{ .. }` without the keyword.
package struct OperationDefinition: Sendable {
  package var description: StringLiteral?
  package var operationType: OperationType
  package var isShorthand: Bool
  package var name: Name?
  package var variableDefinitions: [VariableDefinition]
  package var directives: [Directive]
  package var selectionSet: SelectionSet
  package var range: SourceRange

  package init(
    description: StringLiteral? = nil, operationType: OperationType, isShorthand: Bool = false,
    name: Name? = nil, variableDefinitions: [VariableDefinition] = [],
    directives: [Directive] = [], selectionSet: SelectionSet, range: SourceRange
  ) {
    self.description = description
    self.operationType = operationType
    self.isShorthand = isShorthand
    self.name = name
    self.variableDefinitions = variableDefinitions
    self.directives = directives
    self.selectionSet = selectionSet
    self.range = range
  }
}

/// A variable's definition (section 2.10).
package struct VariableDefinition: Sendable {
  package var description: StringLiteral?
  package var variable: Name
  package var type: TypeReference
  package var defaultValue: Value?
  package var directives: [Directive]
  /// From the `$` (or the description) to the end of the last directive.
  package var range: SourceRange

  package init(
    description: StringLiteral? = nil, variable: Name, type: TypeReference,
    defaultValue: Value? = nil, directives: [Directive] = [], range: SourceRange
  ) {
    self.description = description
    self.variable = variable
    self.type = type
    self.defaultValue = defaultValue
    self.directives = directives
    self.range = range
  }
}

/// `{ .. }`: selections in source order (section 2.4).
package struct SelectionSet: Sendable {
  package var selections: [Selection]
  package var range: SourceRange

  package init(selections: [Selection], range: SourceRange) {
    self.selections = selections
    self.range = range
  }
}

/// A selection (section 2.4). What it holds are objects: every stage walks over all selections, and
/// an object is passed on by one reference where a structure is copied with each name and list.
package enum Selection: Sendable {
  case field(Field)
  case fragmentSpread(FragmentSpread)
  case inlineFragment(InlineFragment)
}

/// A field with its alias, arguments and own selection set (section 2.5).
package final class Field: Sendable {
  package let alias: Name?
  package let name: Name
  package let arguments: [Argument]
  package let directives: [Directive]
  package let selectionSet: SelectionSet?
  package let range: SourceRange

  /// The key under which the field's value is answered (section 6.3.2, "response name").
  package let responseName: String

  package init(
    alias: Name? = nil, name: Name, arguments: [Argument] = [], directives: [Directive] = [],
    selectionSet: SelectionSet? = nil, range: SourceRange
  ) {
    self.alias = alias
    self.name = name
    responseName = alias?.value ?? name.value
    self.arguments = arguments
    self.directives = directives
    self.selectionSet = selectionSet
    self.range = range
  }
}

/// An argument of a field or directive (section 2.6).
package struct Argument: Sendable {
  package var name: Name
  package var value: Value
  package var range: SourceRange

  package init(name: Name, value: Value, range: SourceRange) {
    self.name = name
    self.value = value
    self.range = range
  }
}

/// `...Name` (section 2.8).
package final class FragmentSpread: Sendable {
  package let name: Name
  package let directives: [Directive]
  package let range: SourceRange

  package init(name: Name, directives: [Directive] = [], range: SourceRange) {
    self.name = name
    self.directives = directives
    self.range = range
  }
}

/// `... on Type { .. }` or `... { .. }` (section 2.8.2).
package final class InlineFragment: Sendable {
  package let typeCondition: NamedTypeReference?
  package let directives: [Directive]
  package let selectionSet: SelectionSet
  package let range: SourceRange

  package init(
    typeCondition: NamedTypeReference? = nil, directives: [Directive] = [],
    selectionSet: SelectionSet, range: SourceRange
  ) {
    self.typeCondition = typeCondition
    self.directives = directives
    self.selectionSet = selectionSet
    self.range = range
  }
}

/// A fragment's definition (section 2.8).
package struct FragmentDefinition: Sendable {
  package var description: StringLiteral?
  package var name: Name
  package var typeCondition: NamedTypeReference
  package var directives: [Directive]
  package var selectionSet: SelectionSet
  package var range: SourceRange

  package init(
    description: StringLiteral? = nil, name: Name, typeCondition: NamedTypeReference,
    directives: [Directive] = [], selectionSet: SelectionSet, range: SourceRange
  ) {
    self.description = description
    self.name = name
    self.typeCondition = typeCondition
    self.directives = directives
    self.selectionSet = selectionSet
    self.range = range
  }
}

/// A directive where it is used (section 2.12).
package struct Directive: Sendable {
  package var name: Name
  package var arguments: [Argument]
  package var range: SourceRange

  package init(name: Name, arguments: [Argument] = [], range: SourceRange) {
    self.name = name
    self.arguments = arguments
    self.range = range
  }
}

/// A type's name where it is referred to.
package struct NamedTypeReference: Sendable {
  package var name: Name
  package var range: SourceRange { name.range }

  package init(name: Name) {
    self.name = name
  }
}

/// A type reference (section 2.11).
package indirect enum TypeReference: Sendable {
  case named(NamedTypeReference)
  case list(TypeReference, range: SourceRange)
  /// The wrapped reference is never itself `.nonNull`.
  case nonNull(TypeReference, range: SourceRange)
}

/// An input value literal (section 2.9).
package indirect enum Value: Sendable {
  case variable(Name, range: SourceRange)
  /// The digits as written.
  case int(String, range: SourceRange)
  /// The number as written.
  case float(String, range: SourceRange)
  case string(StringLiteral)
  case boolean(Bool, range: SourceRange)
  case null(range: SourceRange)
  case `enum`(Name)
  case list([Value], range: SourceRange)
  case object([ObjectField], range: SourceRange)
}

/// A string after its escapes, or a block string after its indentation, were resolved
/// (section 2.9.4). `range` covers the quotes.
package struct StringLiteral: Sendable {
  package var value: String
  package var isBlock: Bool
  package var range: SourceRange

  package init(value: String, isBlock: Bool = false, range: SourceRange) {
    self.value = value
    self.isBlock = isBlock
    self.range = range
  }
}

/// A field of an input object literal (section 2.9.8).
package struct ObjectField: Sendable {
  package var name: Name
  package var value: Value
  package var range: SourceRange

  package init(name: Name, value: Value, range: SourceRange) {
    self.name = name
    self.value = value
    self.range = range
  }
}
