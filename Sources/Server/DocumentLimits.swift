// A valid operation comes in, the limits that it breaks leave. It is held against them before it is
// planned: a short document may ask for millions of fields by spreading fragments in fragments.

import GraphQLSyntax
import GraphQLTypes
package import GraphQLValidation

/// A limit that an operation breaks.
package struct LimitBreach: Hashable {
  package let limit: LimitName
  package let message: String
}

extension ValidOperation {
  /// The limits that the operation breaks; none for one that may be planned. Linear in the
  /// document: each fragment is measured once.
  package func breaches(_ limits: Limits) -> [LimitBreach] {
    var meter = OperationMeter(operation: self, limits: limits)
    let measure = meter.measure(selectionSet, on: .object(rootType), listSize: nil)
    meter.directives += operation.directives.count
    meter.directives += operation.variableDefinitions.reduce(0) { $0 + $1.directives.count }
    let measured: [(LimitName, Int, Int, String)] = [
      (.selectionDepthMax, measure.depth, limits.selectionDepthMax, "levels of fields"),
      (
        .introspectionDepthMax, measure.introspectionDepth, limits.introspectionDepthMax,
        "levels of introspection fields"
      ),
      (.aliasesMax, meter.aliases, limits.aliasesMax, "aliases"),
      (.directivesMax, meter.directives, limits.directivesMax, "directives"),
      (.rootFieldsMax, rootFields, limits.rootFieldsMax, "root fields"),
      (
        .complexityMax, measure.fields, limits.complexityMax,
        "fields, counting those of a list as often as it may be long"
      ),
    ]
    return measured.compactMap { limit, found, most, what in
      if found <= most { return nil }
      return LimitBreach(
        limit: limit, message: "The operation has \(found) \(what); at most \(most) are allowed.")
    }
  }

  /// The response names at the root.
  private var rootFields: Int {
    var names: Set<String> = []
    forEachRootField { names.insert($0.responseName) }
    return names.count
  }

  /// `__schema` and `__type` where they stand at the root, which is the only place for them.
  var introspectionFields: [Field] {
    var fields: [Field] = []
    forEachRootField { field in
      if field.name.value == "__schema" || field.name.value == "__type" { fields.append(field) }
    }
    return fields
  }

  private func forEachRootField(_ visit: (Field) -> Void) {
    var spread: Set<String> = []
    var pending = [selectionSet]
    while let set = pending.popLast() {
      for selection in set.selections {
        switch selection {
        case .field(let field): visit(field)
        case .inlineFragment(let fragment): pending.append(fragment.selectionSet)
        case .fragmentSpread(let fragment):
          guard spread.insert(fragment.name.value).inserted,
            let definition = fragments[fragment.name.value]
          else { continue }
          pending.append(definition.selectionSet)
        }
      }
    }
  }
}

/// What a selection set comes to after fragments are spread.
private struct Measure {
  /// A count that stays where it would pass what an integer holds.
  var fields = 0
  var depth = 0
  /// Below `__schema` and `__type`.
  var introspectionDepth = 0

  mutating func add(_ other: Measure) {
    fields = sum(fields, other.fields)
    depth = max(depth, other.depth)
    introspectionDepth = max(introspectionDepth, other.introspectionDepth)
  }
}

private struct OperationMeter {
  /// A fragment counts otherwise where a list right inside of it was given a size.
  private struct FragmentUse: Hashable {
    let name: String
    let listSize: Int?
  }

  let operation: ValidOperation
  let limits: Limits
  var aliases = 0
  var directives = 0
  private var fragments: [FragmentUse: Measure] = [:]
  private var counted: Set<String> = []

  init(operation: ValidOperation, limits: Limits) {
    self.operation = operation
    self.limits = limits
  }

  /// - Parameter listSize: what the lists right inside are taken to hold, where the field around
  ///   them says it: `edges` and `nodes` of a connection.
  mutating func measure(_ set: SelectionSet, on type: NamedType, listSize: Int?) -> Measure {
    var measure = Measure()
    for selection in set.selections {
      directives += selection.directives.count
      switch selection {
      case .field(let field):
        measure.add(self.measure(field, on: type, listSize: listSize))
      case .inlineFragment(let fragment):
        let wanted = fragment.typeCondition.flatMap { named($0.name.value) }
        measure.add(
          self.measure(fragment.selectionSet, on: wanted ?? type, listSize: listSize))
      case .fragmentSpread(let spread):
        measure.add(self.measure(FragmentUse(name: spread.name.value, listSize: listSize)))
      }
    }
    return measure
  }

  private mutating func measure(_ use: FragmentUse) -> Measure {
    if let known = fragments[use] { return known }
    guard let fragment = operation.fragments[use.name],
      let type = named(fragment.typeCondition.name.value)
    else { return Measure() }
    let before = (aliases, directives)
    directives += fragment.directives.count
    // Validation lets no fragment spread itself.
    let measure = self.measure(fragment.selectionSet, on: type, listSize: use.listSize)
    fragments[use] = measure
    // What stands in it was counted with its first use.
    if !counted.insert(use.name).inserted { (aliases, directives) = before }
    return measure
  }

  private mutating func measure(_ field: Field, on type: NamedType, listSize: Int?) -> Measure {
    if field.alias != nil { aliases += 1 }
    guard let set = field.selectionSet,
      let definition = operation.schema.field(named: field.name.value, on: type),
      let inner = operation.schema.objectOrAbstract(definition.type)
    else { return Measure(fields: 1, depth: 1) }
    let isList = definition.type.isList && !inner.name.hasPrefix("__")
    let given = pageSize(field, definition)
    let below = measure(set, on: inner, listSize: isList ? nil : given.map(roundedUp))
    // The answer of introspection is bounded by validation, which counts the lists in lists.
    if field.name.value.hasPrefix("__") {
      return Measure(
        fields: sum(1, below.fields), depth: 1, introspectionDepth: below.depth + 1)
    }
    let size = isList ? given ?? listSize ?? limits.listSizeExpected : 1
    return Measure(fields: sum(1, product(below.fields, size)), depth: below.depth + 1)
  }

  /// What `first` or `last` ask for, where the field takes them; nil where it does not, or where
  /// neither is given.
  private func pageSize(_ field: Field, _ definition: SchemaField) -> Int? {
    for name in ["first", "last"] {
      guard let argument = definition.arguments.first(where: { $0.name == name }) else { continue }
      let given = field.arguments.first { $0.name.value == name }?.value ?? argument.defaultValue
      switch given {
      case .int(let digits, _): return max(Int(digits) ?? .max, 1)
      case .variable: return limits.listSizeOfVariable
      case _: continue
      }
    }
    return nil
  }

  private func named(_ name: String) -> NamedType? { operation.schema.type(named: name) }
}

extension Schema {
  fileprivate func objectOrAbstract(_ type: SchemaType) -> NamedType? {
    type.namedType.isComposite ? self[type.namedType] : nil
  }
}

private func sum(_ one: Int, _ other: Int) -> Int {
  let (sum, isOver) = one.addingReportingOverflow(other)
  return isOver ? .max : sum
}

private func product(_ one: Int, _ other: Int) -> Int {
  let (product, isOver) = one.multipliedReportingOverflow(by: other)
  return isOver ? .max : product
}

/// The next power of two: few sizes are told apart within fragments, whatever a document says.
private func roundedUp(_ size: Int) -> Int {
  if size <= 1 { return 1 }
  return size > 1 << 40 ? .max : 1 << (Int.bitWidth - (size - 1).leadingZeroBitCount)
}
