// The bindings and the schema come in once, before the first request; what leaves is every way in
// which an object is answered, with its fields by their position in the type and the columns and
// catalogue values looked up. A field that nothing answers is refused when a document asks for it.

package import GraphQLTypes
import JSON

/// Bindings that planning reads by position instead of by name.
package struct ResolvedBindings: Sendable {
  /// In no order; fields refer to the objects by their index.
  let objects: [ResolvedObject]
  let query: ResolvedObject?
  let mutation: ResolvedObject?
  let subscription: ResolvedObject?

  package init(_ bindings: Bindings, schema: Schema) {
    var resolver = Resolver(bindings: bindings, schema: schema)
    query = schema.queryType.map { resolver.query($0) }
    mutation = schema.mutationType.map { resolver.mutation($0) }
    subscription = schema.subscriptionType.map { resolver.subscription($0) }
    objects = resolver.objects()
  }
}

/// An object type in one of its places: of a section's row, of a catalogue's entry, of neither.
final class ResolvedObject: Sendable {
  let type: ObjectType
  /// By the position in the type's fields.
  let fields: [ResolvedField]
  /// What its `__typename` comes to.
  let typeName: Output

  init(_ type: ObjectType, _ fields: [ResolvedField]) {
    self.type = type
    self.fields = fields
    typeName = .typeName(JSONValue.string(type.name).jsonBytes)
  }
}

/// A field in one of its type's places.
final class ResolvedField: Sendable {
  let definition: SchemaField
  let isNonNull: Bool
  /// Who may have a root field; below one, what needs a token at all is the members'.
  let access: Access
  /// What a partner's token needs for it.
  let requirement: ScopeRequirement
  let answer: ResolvedAnswer

  init(
    _ definition: SchemaField, _ access: Access, _ requirement: ScopeRequirement,
    _ answer: ResolvedAnswer
  ) {
    self.definition = definition
    isNonNull = definition.type.isNonNull
    self.access = access
    self.requirement = requirement
    self.answer = answer
  }
}

/// What answers a field; `object` is the index of what its selections are made on.
enum ResolvedAnswer: Sendable {
  /// The same, whatever the document.
  case leaf(Output)
  case entryList(Int, object: Int)
  case objects(Int, object: Int)
  case catalogue(CatalogueListID, object: Int)
  case embedded(presence: Int?, object: Int)
  case nestedList(Section, codePosition: Int?, object: Int)
  case member(object: Int)
  case row(Section, object: Int)
  case context(object: Int)
  case rows(Section, object: Int)
  case merged(ResolvedMerge, only: EntryChoice?, object: Int)
  case constant(JSONValue, object: Int)
  case mutation(Action, object: Int)
  case subscription(SubscriptionSource, object: Int?)
  case refused(PlanError)
}

/// A merge with its columns and values looked up.
final class ResolvedMerge: Sendable {
  let merge: Merge
  let codePosition: Int
  let heldPosition: Int?
  let filters: [PlannedFilter]

  init(_ merge: Merge, codePosition: Int, heldPosition: Int?, filters: [PlannedFilter]) {
    self.merge = merge
    self.codePosition = codePosition
    self.heldPosition = heldPosition
    self.filters = filters
  }
}

// MARK: Resolving

/// Follows the bindings from the root types. What was met and is not resolved yet waits on a list,
/// since objects may lead back to themselves.
private struct Resolver {
  /// Where an object stands.
  private struct Place: Hashable {
    let type: TypeID
    let section: ObjectIdentifier?
    let shape: CatalogueShape?
  }

  let bindings: Bindings
  let schema: Schema
  private var met: [Place: Int] = [:]
  private var places: [(type: ObjectType, section: Section?, shape: CatalogueShape?)] = []

  init(bindings: Bindings, schema: Schema) {
    self.bindings = bindings
    self.schema = schema
  }

  // MARK: Objects

  /// All objects that were met, and those that are met from there on.
  mutating func objects() -> [ResolvedObject] {
    var objects: [ResolvedObject] = []
    while objects.count < places.count {
      let (type, section, shape) = places[objects.count]
      let bound = bindings.objects[type.name] ?? [:]
      let fields = type.fields.map { definition in
        let path = "\(type.name).\(definition.name)"
        // Whoever was let in to change what is theirs sees it.
        let access: Access =
          if case .root(.context)? = bound[definition.name] { .people } else {
            .members
          }
        let requirement = bindings.requirement(of: path)
        return field(definition, access, requirement) { resolver throws(PlanError) in
          guard let binding = bound[definition.name] else { throw unbound(path) }
          return try resolver.answer(binding, definition, path, section, shape)
        }
      }
      objects.append(ResolvedObject(type, fields))
    }
    return objects
  }

  private mutating func field(
    _ definition: SchemaField, _ access: Access, _ requirement: ScopeRequirement,
    _ answer: (inout Resolver) throws(PlanError) -> ResolvedAnswer
  ) -> ResolvedField {
    do throws(PlanError) {
      return ResolvedField(definition, access, requirement, try answer(&self))
    } catch {
      return ResolvedField(definition, access, requirement, .refused(error))
    }
  }

  /// The index of the object that a field's selections are made on.
  private mutating func object(
    _ definition: SchemaField, _ section: Section?, _ shape: CatalogueShape? = nil
  ) throws(PlanError) -> Int {
    guard let type = schema.objectType(named: definition.type.namedType) else {
      throw PlanError(field: definition.name, reason: "is bound as an object and is none")
    }
    let place = Place(type: type.id, section: section.map(ObjectIdentifier.init), shape: shape)
    if let index = met[place] { return index }
    met[place] = places.count
    places.append((type, section, shape))
    return places.count - 1
  }

  // MARK: Root fields

  mutating func query(_ type: ObjectType) -> ResolvedObject {
    ResolvedObject(
      type,
      type.fields.map { definition in
        let binding = bindings.query[definition.name]
        return root(definition, "Query", binding?.access) { resolver throws(PlanError) in
          guard let binding else { throw unbound("\(type.name).\(definition.name)") }
          return try resolver.answer(binding.source, binding.access, definition)
        }
      })
  }

  mutating func mutation(_ type: ObjectType) -> ResolvedObject {
    ResolvedObject(
      type,
      type.fields.map { definition in
        let action = bindings.mutation[definition.name]
        return root(definition, "Mutation", action?.access) { resolver throws(PlanError) in
          guard let action else { throw unbound("Mutation.\(definition.name)") }
          return .mutation(action, object: try resolver.object(definition, nil))
        }
      })
  }

  mutating func subscription(_ type: ObjectType) -> ResolvedObject {
    ResolvedObject(
      type,
      type.fields.map { definition in
        let source = bindings.subscription[definition.name]
        return root(definition, "Subscription", source?.access) { resolver throws(PlanError) in
          guard let source else { throw unbound("Subscription.\(definition.name)") }
          let isObject = resolver.schema.objectType(named: definition.type.namedType) != nil
          let object = isObject ? try resolver.object(definition, nil) : nil
          return .subscription(source, object: object)
        }
      })
  }

  /// - Parameter type: the root's name in the table of scopes, whatever the schema calls it.
  private mutating func root(
    _ definition: SchemaField, _ type: String, _ access: Access?,
    _ answer: (inout Resolver) throws(PlanError) -> ResolvedAnswer
  ) -> ResolvedField {
    let access = access ?? .members
    let coordinate = "\(type).\(definition.name)"
    return field(definition, access, bindings.requirement(ofRoot: coordinate, access), answer)
  }

  private mutating func answer(
    _ source: RootSource, _ access: Access, _ definition: SchemaField
  ) throws(PlanError) -> ResolvedAnswer {
    switch source {
    case .row(let section):
      return .row(section, object: try object(definition, section))
    case .context:
      return .context(object: try object(definition, bindings.context.section))
    case .rows(let section):
      return .rows(section, object: try object(definition, section))
    case .merged(let merge):
      return try merged(merge, only: nil, definition)
    case .mergedOne(let merge, let argument):
      return try merged(merge, only: .argument(argument), definition)
    case .mergedNamed(let merge, let member):
      return try merged(merge, only: .member(member), definition)
    case .constant(let value):
      guard schema.objectType(named: definition.type.namedType) != nil else {
        return .leaf(.constant(value, access, leaf(definition.type)))
      }
      return .constant(value, object: try object(definition, nil))
    case .outcome:
      return try member(definition)
    }
  }

  private mutating func merged(
    _ merge: Merge, only: EntryChoice?, _ definition: SchemaField
  ) throws(PlanError) -> ResolvedAnswer {
    var filters: [PlannedFilter] = []
    for filter in merge.filters { filters.append(try planned(filter, merge)) }
    var heldPosition: Int?
    if let column = merge.withheldWhereNull { heldPosition = try position(column, merge.section) }
    let resolved = ResolvedMerge(
      merge, codePosition: try position(merge.codeColumn, merge.section),
      heldPosition: heldPosition, filters: filters)
    return .merged(
      resolved, only: only, object: try object(definition, merge.section, merge.offered.shape))
  }

  private func planned(_ filter: Filter, _ merge: Merge) throws(PlanError) -> PlannedFilter {
    switch filter {
    case .column(let column, let absent, let argument):
      .column(
        try position(column, merge.section), absent: Array(absent.utf8), argument: argument)
    case .entry(let value, let argument):
      .entry(try index(value, in: merge.offered.shape.values), argument: argument)
    case .hasRow(let argument):
      .hasRow(argument: argument)
    case .withRow:
      .withRow
    }
  }

  // MARK: Fields

  private mutating func answer(
    _ binding: FieldBinding, _ definition: SchemaField, _ path: String, _ section: Section?,
    _ shape: CatalogueShape?
  ) throws(PlanError) -> ResolvedAnswer {
    switch binding {
    case .column(let column, let absent, let retired):
      guard let section else { throw PlanError(field: path, reason: "has no row to read") }
      let encoding = Encoding(of: definition.type.namedType, in: schema)
      return .leaf(
        .column(
          try position(column, section), encoding,
          absent: absent.map { encoding.encoded($0) } ?? [],
          retired: retired.map { encoding.encoded($0) } ?? []))
    case .address(let column, let server):
      guard let section else { throw PlanError(field: path, reason: "has no row to read") }
      return .leaf(.address(try position(column, section), of: server))
    case .entry(let value):
      return .leaf(
        .entry(
          try index(value, in: shape?.values ?? []),
          Encoding(of: definition.type.namedType, in: schema)))
    case .entryList(let list, let nested):
      return .entryList(
        try index(list, in: shape?.lists ?? []), object: try object(definition, nil, nested))
    case .objects(let column):
      guard let section else { throw PlanError(field: path, reason: "has no row to read") }
      let position = try position(column, section)
      guard schema.objectType(named: definition.type.namedType) != nil else {
        return .leaf(.objects(position, leaf(definition.type)))
      }
      return .objects(position, object: try object(definition, nil))
    case .catalogue(let list):
      return .catalogue(list, object: try object(definition, nil, list.shape))
    case .embedded(let presence):
      guard let section else { throw PlanError(field: path, reason: "has no row to read") }
      var position: Int?
      if let presence { position = try self.position(presence, section) }
      return .embedded(presence: position, object: try object(definition, section, shape))
    case .rows(let nested):
      return .nestedList(nested, codePosition: nil, object: try object(definition, nested))
    case .rowsOfEntry(let nested, let codeColumn):
      guard shape != nil else { throw PlanError(field: path, reason: "has no entry to match") }
      return .nestedList(
        nested, codePosition: try position(codeColumn, nested),
        object: try object(definition, nested))
    case .member:
      return try member(definition)
    case .root(.context):
      return try answer(.context, .people, definition)
    case .root(let source):
      return try answer(source, .members, definition)
    }
  }

  private mutating func member(_ definition: SchemaField) throws(PlanError) -> ResolvedAnswer {
    guard schema.objectType(named: definition.type.namedType) != nil else {
      return .leaf(.member(definition.name, leaf(definition.type)))
    }
    return .member(object: try object(definition, nil))
  }

  private func leaf(_ type: SchemaType) -> PlannedMember {
    PlannedMember(of: type, innermost: .leaf(Encoding(of: type.namedType, in: schema)))
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
}

private func unbound(_ path: String) -> PlanError {
  PlanError(field: path, reason: "is not bound")
}

extension PlannedMember {
  /// The lists of the type around an innermost member.
  init(of type: SchemaType, innermost: PlannedMember) {
    switch type {
    case .nonNull(let wrapped): self.init(of: wrapped, innermost: innermost)
    case .list(let element): self = .list(PlannedMember(of: element, innermost: innermost))
    case .named: self = innermost
    }
  }
}
