// The plan of an operation, whatever its variables: a tree of what to fetch and what to write.
// Only `plan(_:bindings:)` makes one; the batch and the writer read it.

package import GraphQLSyntax
import GraphQLTypes
package import GraphQLValidation
import JSON

/// What to do for a valid operation, cached beside it.
package final class Plan: Sendable {
  package let operation: ValidOperation
  /// The root fields in the order of the response.
  let fields: [PlannedField]
  /// The statements of a query, by their slot; a mutation's stand in its root fields.
  let fetches: [Fetch]
  /// How many root fields are answered without a token, and how many need one.
  package let publicFields: Int
  package let memberFields: Int
  /// About how much memory the plan takes, for the bounds of a cache: a short document may spread
  /// its fragments into many fields.
  package let bytes: Int

  init(
    operation: ValidOperation, fields: [PlannedField], fetches: [Fetch], publicFields: Int,
    memberFields: Int, bytes: Int
  ) {
    self.operation = operation
    self.fields = fields
    self.fetches = fetches
    self.publicFields = publicFields
    self.memberFields = memberFields
    self.bytes = bytes
  }

  package var operationType: OperationType { operation.operationType }

  /// Whether each of its fields may be sent with an Idempotency-Key: it is done in a company, by a
  /// person or a partner's program, and does nothing to the session.
  package var isRepeatable: Bool {
    fields.allSatisfy { field in
      guard case .mutation(let mutation) = field.output else { return true }
      switch mutation.action.access {
      case .people, .members, .roles: return !mutation.action.changesSession
      case .nobody, .anyone, .services: return false
      }
    }
  }

  /// Where the root fields stand whose actions open, change or end the session.
  package var sessionChanges: [SourceRange] {
    fields.compactMap { field in
      guard case .mutation(let mutation) = field.output, mutation.action.changesSession else {
        return nil
      }
      return field.range
    }
  }
}

/// One field of the response.
struct PlannedField: Sendable {
  /// `"responseName":`, ready to be written.
  let key: [UInt8]
  let responseName: String
  let range: SourceRange
  /// When it is in the response at this place.
  let condition: Condition
  /// Set where the response name has several places: they share this number, and the first whose
  /// condition holds is written.
  let group: Int?
  let isNonNull: Bool
  /// What a partner's token needs for it.
  let requirement: ScopeRequirement
  let output: Output
}

/// A statement to run, if its condition holds.
struct Fetch: Sendable {
  let section: Section
  let condition: Condition
  let arguments: ArgumentPlan
}

/// What is written behind a field's key.
indirect enum Output: Sendable {
  case typeName([UInt8])
  case column(Int, Encoding, absent: [UInt8], retired: [UInt8])
  case address(Int, of: @Sendable () -> String)
  case entry(Int, Encoding)
  case entryList(Int, PlannedObject)
  case objects(Int, PlannedMember)
  case catalogue(CatalogueListID, PlannedObject)
  case embedded(presence: Int?, PlannedObject)
  case constant(JSONValue, Access, PlannedMember)
  case member(String, PlannedMember)
  case rootObject(fetch: Int, Access, PlannedObject)
  /// Of the member who asks: a partner's row is another one, and tells of nobody.
  case contextObject(Access, PlannedObject)
  case rootList(fetch: Int, Access, PlannedObject)
  /// Of each catalogue entry those with its code in a column, where one is named.
  case nestedList(fetch: Int, codePosition: Int?, PlannedObject)
  /// Without a fetch where nothing of the tenant's rows is asked for.
  case merged(fetch: Int?, PlannedMerge, Access, PlannedObject)
  case introspection(IntrospectionField)
  case mutation(PlannedMutation)
  case subscription(PlannedSubscription)
}

/// An object's selected fields, in the order of the response.
struct PlannedObject: Sendable {
  let fields: [PlannedField]

  /// Whether any field is read from the hub for the member who asks.
  var readsContext: Bool {
    fields.contains { field in
      switch field.output {
      case .catalogue, .rootObject, .contextObject, .rootList, .nestedList, .merged: true
      case .embedded(_, let object): object.readsContext
      case .member(_, let member), .objects(_, let member): member.readsContext
      case .typeName, .column, .address, .entry, .entryList, .constant, .introspection, .mutation,
        .subscription:
        false
      }
    }
  }

  /// Whether any field is answered from the row that the object is made of.
  var readsRow: Bool {
    fields.contains { field in
      switch field.output {
      case .column, .address, .objects, .embedded: true
      case .typeName, .entry, .entryList, .catalogue, .constant, .member, .rootObject,
        .contextObject, .rootList, .nestedList, .merged, .introspection, .mutation, .subscription:
        false
      }
    }
  }
}

/// How a member of a constant or an outcome is written.
indirect enum PlannedMember: Sendable {
  case leaf(Encoding)
  case object(PlannedObject)
  case list(PlannedMember)

  /// Whether anything in it is read from the hub for the member who asks.
  var readsContext: Bool {
    switch self {
    case .leaf: false
    case .object(let object): object.readsContext
    case .list(let element): element.readsContext
    }
  }
}

/// A merged list, or one item of it.
struct PlannedMerge: Sendable {
  let offered: CatalogueListID
  let retired: CatalogueListID?
  let codePosition: Int
  /// The column of `withheldWhereNull`.
  let heldPosition: Int?
  let filters: [PlannedFilter]
  let arguments: ArgumentPlan
  /// What names the one entry wanted; nil for the list.
  let only: EntryChoice?

  /// Whether which items there are depends on the tenant's rows.
  var readsRows: Bool {
    retired != nil || heldPosition != nil
      || filters.contains { filter in
        switch filter {
        case .column, .hasRow, .withRow: true
        case .entry: false
        }
      }
  }
}

/// What names one entry of a merged list by its code.
enum EntryChoice: Sendable {
  /// An argument of the field.
  case argument(String)
  /// A member of the outcome that the payload is made of.
  case member(String)
}

/// A filter with its column or value looked up.
enum PlannedFilter: Sendable {
  case column(Int, absent: [UInt8], argument: String)
  case entry(Int, argument: String)
  case hasRow(argument: String)
  case withRow
}

/// `__schema` or `__type`, and everything below: answered from the schema itself.
final class IntrospectionField: Sendable {
  let name: String
  let arguments: ArgumentPlan
  let fields: [PlannedField]

  init(name: String, arguments: ArgumentPlan, fields: [PlannedField]) {
    self.name = name
    self.arguments = arguments
    self.fields = fields
  }
}

/// A mutation's root field: what to perform, then what of the hub to read for its payload.
final class PlannedMutation: Sendable {
  let action: Action
  let arguments: ArgumentPlan
  let payload: PlannedObject
  let fetches: [Fetch]
  /// Whether the payload asks for a section, so that the context has to be read again.
  let readsContext: Bool

  init(
    action: Action, arguments: ArgumentPlan, payload: PlannedObject, fetches: [Fetch],
    readsContext: Bool
  ) {
    self.action = action
    self.arguments = arguments
    self.payload = payload
    self.fetches = fetches
    self.readsContext = readsContext
  }
}

/// A subscription's root field: what opens its source stream, and how an event is written.
final class PlannedSubscription: Sendable {
  let source: SubscriptionSource
  let arguments: ArgumentPlan
  let event: PlannedMember
  /// What an event's response reads of the hub.
  let fetches: [Fetch]
  let readsContext: Bool

  init(
    source: SubscriptionSource, arguments: ArgumentPlan, event: PlannedMember, fetches: [Fetch]
  ) {
    self.source = source
    self.arguments = arguments
    self.event = event
    self.fetches = fetches
    readsContext = event.readsContext
  }
}
