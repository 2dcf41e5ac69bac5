// A document comes in; every node is visited once with the types that hold there, each rule is
// asked where it has a say, and the selection graph is recorded for the rules that look across.

import GraphQLSyntax
import GraphQLTypes

/// Where a variable is used.
struct VariableUsage {
  var name: String
  /// The variable with its `$`.
  var range: SourceRange
  /// The type expected there, nil where it is unknown.
  var type: SchemaType?
  /// Whether the argument or input field has a default value.
  var hasDefault: Bool
  /// The OneOf Input Object whose field the variable is.
  var oneOfParent: String?
}

/// The input position at which a value stands.
private struct InputPosition {
  var type: SchemaType?
  var hasDefault = false
  var oneOfParent: String?
  /// Inside a literal that was refused or that no input type describes, nothing is judged.
  var isJudged = true
}

/// The type on which fields are selected, with what is asked of it for each field at hand.
private struct Parent {
  var type: NamedType
  var index: Int32
  var isObject: Bool

  /// Nil where no selections can stand on the type.
  init?(_ type: NamedType?) {
    guard let type else { return nil }
    let id = type.id
    guard id.isComposite else { return nil }
    self.type = type
    index = Int32(truncatingIfNeeded: id.index)
    isObject = id.kind == .object
  }
}

struct ExecutableWalk {
  var context: ValidationContext
  var graph: SelectionGraph
  let operations: [OperationDefinition]
  let fragments: [FragmentDefinition]
  /// The last of each name.
  private(set) var fragmentsByName: [String: FragmentDefinition] = [:]
  /// What the definition at hand uses and spreads.
  private var usages: [VariableUsage] = []
  private var spreads: [Int] = []

  init(_ document: Document, _ context: ValidationContext) {
    self.context = context
    graph = SelectionGraph(bytesCount: document.source.bytes.count)
    var operations: [OperationDefinition] = []
    var fragments: [FragmentDefinition] = []
    for definition in document.definitions {
      switch definition {
      case .operation(let operation): operations.append(operation)
      case .fragment(let fragment): fragments.append(fragment)
      case .schema, .schemaExtension, .type, .typeExtension, .directive: break
      }
    }
    self.operations = operations
    self.fragments = fragments
    for (index, fragment) in fragments.enumerated() {
      graph.fragmentIndices[fragment.name.value] = index
      fragmentsByName[fragment.name.value] = fragment
    }
  }

  // MARK: Definitions

  mutating func walkDefinitions() {
    for operation in operations where !context.isFull { walk(operation) }
    for fragment in fragments where !context.isFull { walk(fragment) }
  }

  private mutating func walk(_ operation: OperationDefinition) {
    let root = context.schema.rootType(for: operation.operationType)
    KnownOperationTypes.check(operation, hasRootType: root != nil, &context)
    if operation.operationType == .subscription, let root {
      SingleFieldSubscriptions.check(operation, root, fragmentsByName, &context)
    }
    UniqueVariableNames.check(operation, &context)
    for definition in operation.variableDefinitions { walk(definition) }
    walk(operation.directives, at: operation.operationType.directiveLocation)
    let set = walk(operation.selectionSet, on: Parent(root.map { .object($0) }))
    graph.operations.append(
      SelectionGraph.OperationNode(selectionSet: set, spreads: spreads, usages: usages))
    spreads.removeAll(keepingCapacity: true)
    usages.removeAll(keepingCapacity: true)
  }

  private mutating func walk(_ definition: VariableDefinition) {
    let named = KnownTypeNames.check(definition.type.namedType.name, &context)
    var type: SchemaType?
    if let named {
      VariablesAreInputTypes.check(definition, named.id, &context)
      if named.id.isInput { type = context.schema.type(definition.type) }
    }
    if let defaultValue = definition.defaultValue {
      walk(defaultValue, at: InputPosition(type: type))
    }
    walk(definition.directives, at: .variableDefinition)
  }

  private mutating func walk(_ fragment: FragmentDefinition) {
    let type = KnownTypeNames.check(fragment.typeCondition.name, &context)
    if let type {
      FragmentsOnCompositeTypes.check(
        fragment.typeCondition, type.id, fragment: fragment.name.value, &context)
    }
    walk(fragment.directives, at: .fragmentDefinition)
    let set = walk(fragment.selectionSet, on: Parent(type))
    graph.fragments.append(
      SelectionGraph.FragmentNode(
        name: fragment.name.value, range: fragment.range, selectionSet: set, spreads: spreads,
        usages: usages))
    spreads.removeAll(keepingCapacity: true)
    usages.removeAll(keepingCapacity: true)
  }

  // MARK: Selections

  /// The selection set's index in the graph. `parent` is nil where the type is unknown.
  private mutating func walk(_ selectionSet: SelectionSet, on parent: Parent?) -> Int {
    let set = graph.sets.count
    graph.sets.append(SelectionGraph.SelectionSetNode())
    walk(selectionSet.selections, on: parent, into: set)
    return set
  }

  private mutating func walk(
    _ selections: [Selection], on parent: Parent?, into set: Int
  ) {
    for selection in selections {
      if context.isFull { return }
      switch selection {
      case .field(let field): walk(field, on: parent, into: set)
      case .fragmentSpread(let spread): walk(spread, on: parent, into: set)
      case .inlineFragment(let fragment): walk(fragment, on: parent, into: set)
      }
    }
  }

  private mutating func walk(_ field: Field, on parent: Parent?, into set: Int) {
    var definition: SchemaField?
    if let parent {
      definition = context.schema.field(named: field.name.value, on: parent.type)
    }
    let index = record(field, definition, on: parent, into: set)
    if let definition {
      ScalarLeafs.check(field, definition, &context)
    } else if let parent {
      FieldsOnCorrectType.report(field, on: parent.type, &context)
    }
    if !field.arguments.isEmpty { walkArguments(of: field, definition, on: parent) }
    if !field.directives.isEmpty { walk(field.directives, at: .field) }
    if let selectionSet = field.selectionSet {
      let type = definition.map { context.schema[$0.type.namedType] }
      let inner = walk(selectionSet, on: Parent(type))
      graph.fields[index].selectionSet = Int32(truncatingIfNeeded: inner)
    }
    if let definition, !definition.arguments.isEmpty {
      ProvidedRequiredArguments.check(field, definition, &context)
    }
  }

  private mutating func record(
    _ field: Field, _ definition: SchemaField?, on parent: Parent?, into set: Int
  ) -> Int {
    let fieldName = field.name.value
    if fieldName.utf8.first == UInt8(ascii: "_"), fieldName == "__schema" || fieldName == "__type" {
      MaxIntrospectionDepth.check(field, fragmentsByName, &context)
    }
    var arguments: Int32 = -1
    if !field.arguments.isEmpty {
      arguments = Int32(truncatingIfNeeded: graph.argumentLists.count)
      graph.argumentLists.append(field.arguments)
    }
    let name = graph.interner.intern(fieldName)
    let responseName = field.alias.map { graph.interner.intern($0.value) } ?? name
    let node = SelectionGraph.FieldNode(
      definition: definition, responseName: responseName, name: name,
      parentType: parent?.index ?? -1, arguments: arguments, selectionSet: -1,
      range: field.range, isParentObject: parent?.isObject ?? false)
    return graph.append(node, to: set)
  }

  private mutating func walk(_ spread: FragmentSpread, on parent: Parent?, into set: Int) {
    let index = graph.fragmentIndices[spread.name.value]
    KnownFragmentNames.check(spread, isKnown: index != nil, &context)
    if let index {
      graph.appendSpread(of: index, to: set)
      spreads.append(index)
      let condition = fragments[index].typeCondition.name.value
      if let parent, let type = context.schema.type(named: condition) {
        PossibleFragmentSpreads.check(
          type.id, in: parent.type.id, fragment: spread.name.value, spread.range, &context)
      }
    }
    walk(spread.directives, at: .fragmentSpread)
  }

  private mutating func walk(_ fragment: InlineFragment, on parent: Parent?, into set: Int) {
    var inner = parent
    if let condition = fragment.typeCondition {
      let type = KnownTypeNames.check(condition.name, &context)
      inner = Parent(type)
      if let type {
        FragmentsOnCompositeTypes.check(condition, type.id, fragment: nil, &context)
        if let parent {
          PossibleFragmentSpreads.check(
            type.id, in: parent.type.id, fragment: nil, fragment.range, &context)
        }
      }
    }
    walk(fragment.directives, at: .inlineFragment)
    walk(fragment.selectionSet.selections, on: inner, into: set)
  }

  // MARK: Directives and arguments

  private mutating func walk(_ directives: [Directive], at location: DirectiveLocation) {
    if directives.isEmpty { return }
    UniqueDirectivesPerLocation.check(directives, &context)
    for directive in directives {
      let definition = KnownDirectives.check(directive, at: location, &context)
      UniqueArgumentNames.check(directive.arguments, &context)
      for argument in directive.arguments {
        let expected = definition?.argument(named: argument.name.value)
        if let definition, expected == nil {
          KnownArgumentNames.report(
            argument, directive: directive.name.value, definition.arguments, &context)
        }
        walk(argument.value, expected)
      }
      if let definition { ProvidedRequiredArguments.check(directive, definition, &context) }
    }
  }

  private mutating func walkArguments(
    of field: Field, _ definition: SchemaField?, on parent: Parent?
  ) {
    UniqueArgumentNames.check(field.arguments, &context)
    for argument in field.arguments {
      let expected = definition?.argument(named: argument.name.value)
      if let definition, let parent, expected == nil {
        KnownArgumentNames.report(
          argument, field: field.name.value, on: parent.type.id, definition.arguments, &context)
      }
      walk(argument.value, expected)
    }
  }

  private mutating func walk(_ value: Value, _ definition: SchemaInputValue?) {
    walk(
      value,
      at: InputPosition(
        type: definition?.type, hasDefault: definition?.defaultValue != nil))
  }

  // MARK: Values

  private mutating func walk(_ value: Value, at position: InputPosition) {
    switch value {
    case .variable(let name, let range):
      usages.append(
        VariableUsage(
          name: name.value, range: range, type: position.type, hasDefault: position.hasDefault,
          oneOfParent: position.oneOfParent))
    case .null:
      if position.isJudged { ValuesOfCorrectType.checkNull(value, position.type, &context) }
    case .int, .float, .string, .boolean, .enum:
      if position.isJudged { ValuesOfCorrectType.checkLeaf(value, position.type, &context) }
    case .list(let values, _):
      walk(list: value, values, at: position)
    case .object(let fields, let range):
      walk(object: value, fields, range, at: position)
    }
  }

  private mutating func walk(list value: Value, _ values: [Value], at position: InputPosition) {
    var item = InputPosition(type: position.type?.nullable, isJudged: position.isJudged)
    if case .list(let element)? = item.type {
      item.type = element
    } else if item.isJudged {
      // A list where no list is expected, which only a custom scalar may accept.
      ValuesOfCorrectType.checkLeaf(value, item.type, &context)
      item.isJudged = false
    }
    for value in values { walk(value, at: item) }
  }

  private mutating func walk(
    object value: Value, _ fields: [ObjectField], _ range: SourceRange, at position: InputPosition
  ) {
    UniqueInputFieldNames.check(fields, &context)
    guard let expected = position.type,
      case .inputObject(let type) = context.schema[expected.namedType]
    else {
      if position.isJudged { ValuesOfCorrectType.checkLeaf(value, position.type, &context) }
      for field in fields { walk(field.value, at: InputPosition(isJudged: false)) }
      return
    }
    if position.isJudged { ValuesOfCorrectType.checkObject(fields, range, type, &context) }
    for field in fields {
      let definition = type.field(named: field.name.value)
      if definition == nil, position.isJudged {
        ValuesOfCorrectType.reportUnknownField(field, type, &context)
      }
      walk(
        field.value,
        at: InputPosition(
          type: definition?.type, hasDefault: definition?.defaultValue != nil,
          oneOfParent: type.isOneOf ? type.name : nil, isJudged: position.isJudged))
    }
  }
}

extension OperationType {
  /// Where a directive on such an operation stands.
  fileprivate var directiveLocation: DirectiveLocation {
    switch self {
    case .query: .query
    case .mutation: .mutation
    case .subscription: .subscription
    }
  }
}
