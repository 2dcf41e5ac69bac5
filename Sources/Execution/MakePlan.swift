// A valid operation and the bindings come in, its plan leaves. Everything is looked up here once:
// columns, catalogue values, keys, encodings; only arguments and conditions with variables stay
// open.

import GraphQLSyntax
import GraphQLTypes
package import GraphQLValidation
import JSON

/// A field that no binding answers: the agreement of the schema with the bindings was not checked.
package struct PlanError: Error, Sendable, Hashable {
  package var field: String
  package var reason: String
}

/// Plans an operation (sections 6.2 and 6.3).
package func plan(_ operation: ValidOperation, bindings: Bindings) throws(PlanError) -> Plan {
  var maker = PlanMaker(operation: operation, bindings: bindings)
  let root = operation.rootType
  let (groups, places) = collectFields(
    [
      ConditionalSelections(
        selections: operation.selectionSet.selections, condition: .always)
    ],
    of: root, in: operation)
  var outputs: [PlannedValue] = []
  for group in groups { outputs.append(try maker.root(group, of: root)) }
  let fields = maker.planned(groups, outputs, places)
  return Plan(
    operation: operation, fields: fields, fetches: maker.fetches,
    publicFields: maker.publicFields, memberFields: maker.memberFields,
    bytes: maker.fieldsPlanned * bytesOfField)
}

/// What a field comes to: whether it may be null, and what is written for it.
private typealias PlannedValue = (isNonNull: Bool, output: Output)

private struct PlanMaker {
  let operation: ValidOperation
  let bindings: Bindings
  var fetches: [Fetch] = []
  var publicFields = 0
  var memberFields = 0
  var fieldsPlanned = 0

  init(operation: ValidOperation, bindings: Bindings) {
    self.operation = operation
    self.bindings = bindings
  }

  var schema: Schema { operation.schema }

  // MARK: Root fields

  mutating func root(
    _ group: CollectedField, of type: ObjectType
  ) throws(PlanError) -> PlannedValue {
    let name = group.name
    if let meta = try introspection(group, of: type) {
      publicFields += 1
      return meta
    }
    let definition = try definition(name, of: type)
    switch operation.operationType {
    case .query: break
    case .mutation: return (definition.type.isNonNull, try mutation(group, definition))
    case .subscription: return (definition.type.isNonNull, try subscription(group, definition))
    }
    guard let binding = bindings.query[name] else {
      throw PlanError(field: "\(type.name).\(name)", reason: "is not bound")
    }
    if binding.access == .anyone { publicFields += 1 } else { memberFields += 1 }
    return (
      definition.type.isNonNull, try source(binding.source, binding.access, group, definition)
    )
  }

  private mutating func source(
    _ source: RootSource, _ access: Access, _ group: CollectedField, _ definition: SchemaField
  ) throws(PlanError) -> Output {
    switch source {
    case .row(let section):
      let slot = fetch(section, group, definition)
      return .rootObject(fetch: slot, access, try object(group, definition, section))
    case .context:
      return .contextObject(access, try object(group, definition, bindings.context.section))
    case .rows(let section):
      let slot = fetch(section, group, definition)
      return .rootList(fetch: slot, access, try object(group, definition, section))
    case .merged(let merge):
      return try merged(merge, only: nil, access, group, definition)
    case .mergedOne(let merge, let argument):
      return try merged(merge, only: argument, access, group, definition)
    case .constant(let value):
      return .constant(value, access, try member(definition.type, group))
    case .outcome:
      return .member(definition.name, try member(definition.type, group))
    }
  }

  private mutating func merged(
    _ merge: Merge, only: String?, _ access: Access, _ group: CollectedField,
    _ definition: SchemaField
  ) throws(PlanError) -> Output {
    let slot = fetch(merge.section, group, definition)
    var filters: [PlannedFilter] = []
    for filter in merge.filters { filters.append(try plan(filter, merge)) }
    let planned = PlannedMerge(
      offered: merge.offered, retired: merge.retired,
      codePosition: try position(merge.codeColumn, merge.section),
      filters: filters,
      arguments: arguments(group, definition), only: only)
    let object = try object(
      group, definition, merge.section, shape: merge.offered.shape)
    return .merged(fetch: slot, planned, access, object)
  }

  private func plan(_ filter: Filter, _ merge: Merge) throws(PlanError) -> PlannedFilter {
    switch filter {
    case .column(let column, let absent, let argument):
      .column(
        try position(column, merge.section), absent: Array(absent.utf8), argument: argument)
    case .entry(let value, let argument):
      .entry(try index(value, in: merge.offered.shape.values), argument: argument)
    case .hasRow(let argument):
      .hasRow(argument: argument)
    }
  }

  private mutating func fetch(
    _ section: Section, _ group: CollectedField, _ definition: SchemaField
  ) -> Int {
    fetches.append(
      Fetch(
        section: section, condition: group.condition,
        arguments: arguments(group, definition)))
    return fetches.count - 1
  }

  private func arguments(
    _ group: CollectedField, _ definition: SchemaField
  ) -> ArgumentPlan {
    ArgumentPlan(definition, group.arguments, schema: schema)
  }

  // MARK: Mutations

  private mutating func mutation(
    _ group: CollectedField, _ definition: SchemaField
  ) throws(PlanError) -> Output {
    guard let action = bindings.mutation[definition.name] else {
      throw PlanError(field: "Mutation.\(definition.name)", reason: "is not bound")
    }
    if action.access == .anyone { publicFields += 1 } else { memberFields += 1 }
    let outer = fetches
    fetches = []
    defer { fetches = outer }
    let payload = try object(group, definition, nil)
    return .mutation(
      PlannedMutation(
        action: action, arguments: arguments(group, definition), payload: payload,
        fetches: fetches, readsContext: payload.readsContext))
  }

  // MARK: Subscriptions

  private mutating func subscription(
    _ group: CollectedField, _ definition: SchemaField
  ) throws(PlanError) -> Output {
    guard let source = bindings.subscription[definition.name] else {
      throw PlanError(field: "Subscription.\(definition.name)", reason: "is not bound")
    }
    if source.access == .anyone { publicFields += 1 } else { memberFields += 1 }
    let outer = fetches
    fetches = []
    defer { fetches = outer }
    let event = try member(definition.type, group)
    return .subscription(
      PlannedSubscription(
        source: source, arguments: arguments(group, definition), event: event, fetches: fetches))
  }

  // MARK: Objects

  private mutating func object(
    _ group: CollectedField, _ definition: SchemaField, _ section: Section?,
    shape: CatalogueShape? = nil
  ) throws(PlanError) -> PlannedObject {
    guard let type = schema.objectType(named: definition.type.namedType) else {
      throw PlanError(field: definition.name, reason: "is bound as an object and is none")
    }
    let (groups, places) = collectFields(group.selections, of: type, in: operation)
    var outputs: [PlannedValue] = []
    outputs.reserveCapacity(groups.count)
    let bound = bindings.objects[type.name] ?? [:]
    for group in groups { outputs.append(try field(group, of: type, bound, section, shape)) }
    return PlannedObject(fields: planned(groups, outputs, places))
  }

  private mutating func field(
    _ group: CollectedField, of type: ObjectType, _ bound: [String: FieldBinding],
    _ section: Section?, _ shape: CatalogueShape?
  ) throws(PlanError) -> PlannedValue {
    let name = group.name
    if name == "__typename" { return (isNonNull: true, .typeName(quoted(type.name))) }
    let definition = try definition(name, of: type)
    // Made only for the error: this runs for every field of every document.
    var path: String { "\(type.name).\(name)" }
    guard let binding = bound[name] else {
      throw PlanError(field: path, reason: "is not bound")
    }
    switch binding {
    case .column(let column, let absent, let retired):
      guard let section else { throw PlanError(field: path, reason: "has no row to read") }
      let encoding = Encoding(of: definition.type.namedType)
      return (
        definition.type.isNonNull,
        .column(
          try position(column, section), encoding,
          absent: absent.map { encoding.encoded($0) } ?? [],
          retired: retired.map { encoding.encoded($0) } ?? [])
      )
    case .entry(let value):
      return (definition.type.isNonNull, .entry(try index(value, in: shape?.values ?? [])))
    case .entryList(let list, let nested):
      return (
        definition.type.isNonNull,
        .entryList(
          try index(list, in: shape?.lists ?? []),
          try object(group, definition, nil, shape: nested))
      )
    case .catalogue(let list):
      return (
        definition.type.isNonNull,
        .catalogue(list, try object(group, definition, nil, shape: list.shape))
      )
    case .embedded(let presence):
      guard let section else { throw PlanError(field: path, reason: "has no row to read") }
      var position: Int?
      if let presence { position = try self.position(presence, section) }
      return (
        definition.type.isNonNull,
        .embedded(presence: position, try object(group, definition, section, shape: shape))
      )
    case .rows(let nested):
      let slot = fetch(nested, group, definition)
      return (
        definition.type.isNonNull, .nestedList(fetch: slot, try object(group, definition, nested))
      )
    case .member:
      return (definition.type.isNonNull, .member(name, try member(definition.type, group)))
    case .root(let root):
      return (definition.type.isNonNull, try source(root, .members, group, definition))
    }
  }

  private mutating func member(
    _ type: SchemaType, _ group: CollectedField
  ) throws(PlanError) -> PlannedMember {
    switch type {
    case .nonNull(let wrapped):
      return try member(wrapped, group)
    case .list(let element):
      return .list(try member(element, group))
    case .named(let named):
      guard let type = schema.objectType(named: named) else { return .leaf }
      let (groups, places) = collectFields(group.selections, of: type, in: operation)
      var outputs: [PlannedValue] = []
      outputs.reserveCapacity(groups.count)
      let bound = bindings.objects[type.name] ?? [:]
      for group in groups { outputs.append(try field(group, of: type, bound, nil, nil)) }
      return .object(PlannedObject(fields: planned(groups, outputs, places)))
    }
  }

  // MARK: Introspection

  /// A meta-field of the root; nil for an ordinary field.
  private mutating func introspection(
    _ group: CollectedField, of type: ObjectType
  ) throws(PlanError) -> PlannedValue? {
    let name = group.name
    guard name.hasPrefix("__"), let field = schema.field(named: name, on: .object(type)) else {
      return nil
    }
    if name == "__typename" { return (field.type.isNonNull, .typeName(quoted(type.name))) }
    return (field.type.isNonNull, .introspection(try introspected(group, field)))
  }

  private mutating func introspected(
    _ group: CollectedField, _ definition: SchemaField
  ) throws(PlanError) -> IntrospectionField {
    var fields: [PlannedField] = []
    if let type = schema.objectType(named: definition.type.namedType) {
      let (groups, places) = collectFields(group.selections, of: type, in: operation)
      var outputs: [PlannedValue] = []
      for group in groups {
        let name = group.name
        if name == "__typename" {
          outputs.append((isNonNull: true, .typeName(quoted(type.name))))
        } else {
          let definition = try self.definition(name, of: type)
          outputs.append(
            (definition.type.isNonNull, .introspection(try introspected(group, definition))))
        }
      }
      fields = planned(groups, outputs, places)
    }
    return IntrospectionField(
      name: definition.name, arguments: arguments(group, definition), fields: fields)
  }

  // MARK: Places

  /// Sets the fields down where the response has them.
  mutating func planned(
    _ groups: [CollectedField], _ outputs: [PlannedValue], _ places: [CollectedPlace]
  ) -> [PlannedField] {
    fieldsPlanned += places.count
    // Mostly each response name has one place, and nothing needs counting.
    let isOneEach = places.count == groups.count
    var placesOfGroup = [Int](repeating: 0, count: isOneEach ? 0 : groups.count)
    if !isOneEach { for place in places { placesOfGroup[place.group] += 1 } }
    return places.map { place in
      let group = groups[place.group]
      let (isNonNull, output) = outputs[place.group]
      return PlannedField(
        key: JSONWriter.encodedKey(group.responseName), responseName: group.responseName,
        range: place.range, condition: place.condition,
        group: isOneEach || placesOfGroup[place.group] == 1 ? nil : place.group,
        isNonNull: isNonNull, output: output)
    }
  }

  // MARK: Look-ups

  private func position(_ column: String, _ section: Section) throws(PlanError) -> Int {
    guard let position = section.position(of: column) else {
      throw PlanError(field: "\(section.name).\(column)", reason: "is no column of the section")
    }
    return position
  }

  private func index(_ name: String, in names: [String]) throws(PlanError) -> Int {
    guard let index = names.firstIndex(of: name) else {
      throw PlanError(field: name, reason: "is no value of the catalogue's shape")
    }
    return index
  }

  private func definition(
    _ name: String, of type: ObjectType
  ) throws(PlanError) -> SchemaField {
    guard let definition = type.field(named: name) else {
      throw PlanError(field: "\(type.name).\(name)", reason: "is not in the schema")
    }
    return definition
  }
}

/// About what a field of a plan takes, its key and its output included: an estimate, for the bound
/// of the cache alone.
private let bytesOfField = 400

private func quoted(_ text: String) -> [UInt8] { JSONValue.string(text).jsonBytes }
