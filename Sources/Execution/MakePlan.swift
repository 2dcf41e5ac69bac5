// A valid operation and the resolved bindings come in, its plan leaves. Columns, catalogue values
// and encodings were looked up before the first request; what is decided here is which fields there
// are. Only arguments and conditions with variables stay open.

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
package func plan(
  _ operation: ValidOperation, bindings: ResolvedBindings
) throws(PlanError) -> Plan {
  var maker = PlanMaker(operation: operation, bindings: bindings)
  let fields = try maker.rootFields()
  return Plan(
    operation: operation, fields: fields, fetches: maker.fetches,
    publicFields: maker.publicFields, memberFields: maker.memberFields,
    bytes: maker.fieldsPlanned * bytesOfField)
}

private struct PlanMaker {
  let operation: ValidOperation
  let bindings: ResolvedBindings
  var fetches: [Fetch] = []
  var publicFields = 0
  var memberFields = 0
  var fieldsPlanned = 0

  init(operation: ValidOperation, bindings: ResolvedBindings) {
    self.operation = operation
    self.bindings = bindings
  }

  var schema: Schema { operation.schema }

  // MARK: Selections

  mutating func rootFields() throws(PlanError) -> [PlannedField] {
    let bound =
      switch operation.operationType {
      case .query: bindings.query
      case .mutation: bindings.mutation
      case .subscription: bindings.subscription
      }
    guard let bound else {
      throw PlanError(field: operation.rootType.name, reason: "is not bound")
    }
    let selections = [
      ConditionalSelections(selections: operation.selectionSet.selections, condition: .always)
    ]
    return try fields(selections, of: operation.rootType) { maker, group throws(PlanError) in
      guard let position = group.position else {
        maker.publicFields += 1
        return try maker.metaField(group, of: bound.type)
      }
      let field = bound.fields[position]
      if field.access == .anyone { maker.publicFields += 1 } else { maker.memberFields += 1 }
      return (field.isNonNull, field.requirement, try maker.output(group, field))
    }
  }

  private mutating func object(
    _ group: CollectedField, _ index: Int
  ) throws(PlanError) -> PlannedObject {
    let bound = bindings.objects[index]
    return PlannedObject(
      fields: try fields(group.selections, of: bound.type) { maker, group throws(PlanError) in
        // `__typename` is the only meta-field below the root.
        guard let position = group.position else { return (true, .none, bound.typeName) }
        let field = bound.fields[position]
        return (field.isNonNull, field.requirement, try maker.output(group, field))
      })
  }

  /// What a field comes to: whether it may be null, who may have it, and what is written for it.
  private typealias PlannedValue = (
    isNonNull: Bool, requirement: ScopeRequirement, output: Output
  )

  /// Sets the fields of an object down where the response has them.
  private mutating func fields(
    _ selections: [ConditionalSelections], of type: ObjectType,
    _ plannedValue: (inout PlanMaker, CollectedField) throws(PlanError) -> PlannedValue
  ) throws(PlanError) -> [PlannedField] {
    let places = collectFields(selections, of: type, in: operation)
    fieldsPlanned += places.count
    var fields: [PlannedField] = []
    fields.reserveCapacity(places.count)
    for place in places {
      let value: PlannedValue
      if place.firstPlace == fields.count {
        value = try plannedValue(&self, place)
      } else {
        let first = fields[place.firstPlace]
        value = (first.isNonNull, first.requirement, first.output)
      }
      let key =
        if place.field.alias == nil, let position = place.position {
          type.fields[position].responseKey
        } else {
          JSONWriter.encodedKey(place.field.responseName)
        }
      fields.append(
        PlannedField(
          key: key, responseName: place.field.responseName, range: place.field.range,
          condition: place.placeCondition,
          group: places[place.firstPlace].hasSeveralPlaces ? place.firstPlace : nil,
          isNonNull: value.isNonNull, requirement: value.requirement, output: value.output))
    }
    return fields
  }

  // MARK: Fields

  private mutating func output(
    _ group: CollectedField, _ field: ResolvedField
  ) throws(PlanError) -> Output {
    switch field.answer {
    case .leaf(let output):
      return output
    case .entryList(let list, let object):
      return .entryList(list, try self.object(group, object))
    case .objects(let position, let object):
      return .objects(position, try member(group, field, object))
    case .catalogue(let list, let object):
      return .catalogue(list, try self.object(group, object))
    case .embedded(let presence, let object):
      return .embedded(presence: presence, try self.object(group, object))
    case .nestedList(let section, let codePosition, let object):
      let slot = fetch(section, group, field)
      return .nestedList(
        fetch: slot, codePosition: codePosition, try self.object(group, object))
    case .member(let object):
      return .member(field.definition.name, try member(group, field, object))
    case .row(let section, let object):
      let slot = fetch(section, group, field)
      return .rootObject(fetch: slot, field.access, try self.object(group, object))
    case .context(let object):
      return .contextObject(field.access, try self.object(group, object))
    case .rows(let section, let object):
      let slot = fetch(section, group, field)
      return .rootList(fetch: slot, field.access, try self.object(group, object))
    case .merged(let resolved, let only, let object):
      let merge = PlannedMerge(
        offered: resolved.merge.offered, retired: resolved.merge.retired,
        codePosition: resolved.codePosition, heldPosition: resolved.heldPosition,
        filters: resolved.filters, arguments: arguments(group, field.definition), only: only)
      let item = try self.object(group, object)
      let slot =
        merge.readsRows || item.readsRow ? fetch(resolved.merge.section, group, field) : nil
      return .merged(fetch: slot, merge, field.access, item)
    case .constant(let value, let object):
      return .constant(value, field.access, try member(group, field, object))
    case .mutation(let action, let object):
      return .mutation(try mutation(action, group, field, object))
    case .subscription(let source, let object):
      return .subscription(try subscription(source, group, field, object))
    case .refused(let error):
      throw error
    }
  }

  private mutating func member(
    _ group: CollectedField, _ field: ResolvedField, _ object: Int
  ) throws(PlanError) -> PlannedMember {
    PlannedMember(of: field.definition.type, innermost: .object(try self.object(group, object)))
  }

  private mutating func fetch(
    _ section: Section, _ group: CollectedField, _ field: ResolvedField
  ) -> Int {
    fetches.append(
      Fetch(
        section: section, condition: group.condition,
        arguments: arguments(group, field.definition)))
    return fetches.count - 1
  }

  private func arguments(_ group: CollectedField, _ definition: SchemaField) -> ArgumentPlan {
    ArgumentPlan(definition, group.field.arguments, schema: schema)
  }

  private mutating func mutation(
    _ action: Action, _ group: CollectedField, _ field: ResolvedField, _ object: Int
  ) throws(PlanError) -> PlannedMutation {
    let outer = fetches
    fetches = []
    defer { fetches = outer }
    let payload = try self.object(group, object)
    return PlannedMutation(
      action: action, arguments: arguments(group, field.definition), payload: payload,
      fetches: fetches, readsContext: payload.readsContext)
  }

  private mutating func subscription(
    _ source: SubscriptionSource, _ group: CollectedField, _ field: ResolvedField, _ object: Int?
  ) throws(PlanError) -> PlannedSubscription {
    let outer = fetches
    fetches = []
    defer { fetches = outer }
    let event =
      if let object {
        try member(group, field, object)
      } else {
        PlannedMember(
          of: field.definition.type,
          innermost: .leaf(Encoding(of: field.definition.type.namedType, in: schema)))
      }
    return PlannedSubscription(
      source: source, arguments: arguments(group, field.definition), event: event,
      fetches: fetches)
  }

  // MARK: Introspection

  /// A meta-field of the root, or a field of introspection's own types.
  private mutating func metaField(
    _ group: CollectedField, of type: ObjectType
  ) throws(PlanError) -> PlannedValue {
    let name = group.field.name.value
    guard let definition = schema.field(named: name, on: .object(type)) else {
      throw PlanError(field: "\(type.name).\(name)", reason: "is not in the schema")
    }
    if definition === schema.typeNameMetaField {
      return (true, .none, .typeName(JSONValue.string(type.name).jsonBytes))
    }
    var fields: [PlannedField] = []
    if let type = schema.objectType(named: definition.type.namedType) {
      fields = try self.fields(group.selections, of: type) { maker, group throws(PlanError) in
        try maker.metaField(group, of: type)
      }
    }
    let field = IntrospectionField(
      name: definition.name, arguments: arguments(group, definition), fields: fields)
    return (definition.type.isNonNull, .none, .introspection(field))
  }
}

/// About what a field of a plan takes, its key and its output included: an estimate, for the bound
/// of the cache alone.
private let bytesOfField = 400
