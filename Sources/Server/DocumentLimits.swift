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
    var meter = OperationMeter(operation: self, listSize: limits.listSizeExpected)
    let measure = meter.measure(selectionSet, on: .object(rootType))
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
        "fields, counting those of a list \(limits.listSizeExpected) times"
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
    var spread: Set<String> = []
    var pending = [selectionSet]
    while let set = pending.popLast() {
      for selection in set.selections {
        switch selection {
        case .field(let field): names.insert(field.responseName)
        case .inlineFragment(let fragment): pending.append(fragment.selectionSet)
        case .fragmentSpread(let fragment):
          guard spread.insert(fragment.name.value).inserted,
            let definition = fragments[fragment.name.value]
          else { continue }
          pending.append(definition.selectionSet)
        }
      }
    }
    return names.count
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
  let operation: ValidOperation
  let listSize: Int
  var aliases = 0
  var directives = 0
  private var fragments: [String: Measure] = [:]

  init(operation: ValidOperation, listSize: Int) {
    self.operation = operation
    self.listSize = listSize
  }

  mutating func measure(_ set: SelectionSet, on type: NamedType) -> Measure {
    var measure = Measure()
    for selection in set.selections {
      directives += selection.directives.count
      switch selection {
      case .field(let field):
        measure.add(self.measure(field, on: type))
      case .inlineFragment(let fragment):
        let wanted = fragment.typeCondition.flatMap { named($0.name.value) }
        measure.add(self.measure(fragment.selectionSet, on: wanted ?? type))
      case .fragmentSpread(let spread):
        measure.add(self.measure(fragment: spread.name.value))
      }
    }
    return measure
  }

  private mutating func measure(fragment name: String) -> Measure {
    if let known = fragments[name] { return known }
    guard let fragment = operation.fragments[name],
      let type = named(fragment.typeCondition.name.value)
    else { return Measure() }
    directives += fragment.directives.count
    // Validation lets no fragment spread itself.
    let measure = self.measure(fragment.selectionSet, on: type)
    fragments[name] = measure
    return measure
  }

  private mutating func measure(_ field: Field, on type: NamedType) -> Measure {
    if field.alias != nil { aliases += 1 }
    guard let set = field.selectionSet,
      let definition = operation.schema.field(named: field.name.value, on: type),
      let inner = operation.schema.objectOrAbstract(definition.type)
    else { return Measure(fields: 1, depth: 1) }
    let below = measure(set, on: inner)
    // The answer of introspection is bounded by validation, which counts the lists in lists.
    if field.name.value.hasPrefix("__") {
      return Measure(
        fields: sum(1, below.fields), depth: 1, introspectionDepth: below.depth + 1)
    }
    let isMultiplied = definition.type.isList && !inner.name.hasPrefix("__")
    return Measure(
      fields: sum(1, isMultiplied ? product(below.fields, listSize) : below.fields),
      depth: below.depth + 1)
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
