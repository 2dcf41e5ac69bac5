// What answers each field of the schema: the domain's declarations come in as data, so that they
// can be held against the schema and the database before the first request.

package import JSON

/// Who may have a root field.
package enum Access: Sendable, Hashable {
  /// What was given to nobody yet; the agreement of the schema with the bindings names it.
  case nobody
  /// Without a token too.
  case anyone
  /// Everybody who is signed in, also while they belong to no company.
  case people
  /// Each member of the company.
  case members
  /// Members with one of these roles.
  case roles(Set<String>)
  /// The backends of solutions, by a service token; no member, whatever their role.
  case services
}

/// What answers a root field of a query, or a field of a mutation's payload.
package enum RootSource: Sendable {
  /// An object from the section's only row; null without one.
  case row(Section)
  /// An object from the request's context row.
  case context
  /// A list with an object for each row.
  case rows(Section)
  /// A list of catalogue entries, each with the tenant's row of its code, where there is one.
  case merged(Merge)
  /// One entry of such a list, by the argument of that name; null where it is not there.
  case mergedOne(Merge, argument: String)
  /// One entry of such a list, by the code that the outcome carries under this name; null where it
  /// is not there.
  case mergedNamed(Merge, member: String)
  /// A value that never changes while the server runs.
  case constant(JSONValue)
  /// What the mutation's action answered under the field's name.
  case outcome
}

/// How a catalogue meets a tenant's rows.
package struct Merge: Sendable {
  /// What is offered here: always listed.
  package var offered: CatalogueListID
  /// What is listed only where the tenant has a row of it, though it is offered no longer.
  package var retired: CatalogueListID?
  package var section: Section
  /// The section's column that holds the entry's code.
  package var codeColumn: String
  /// A row in which this column is null is no row of the tenant's: it says that what the catalogue
  /// offers is withheld from this tenant. What it has is listed as retired then, and nothing else
  /// of it. Nil: what is offered depends on no rows.
  package var withheldWhereNull: String?
  /// The filters that arguments of the field ask for; an absent or null argument filters nothing.
  package var filters: [Filter]

  package init(
    offered: CatalogueListID, retired: CatalogueListID? = nil, section: Section,
    codeColumn: String, withheldWhereNull: String? = nil, filters: [Filter] = []
  ) {
    self.offered = offered
    self.retired = retired
    self.section = section
    self.codeColumn = codeColumn
    self.withheldWhereNull = withheldWhereNull
    self.filters = filters
  }
}

extension Merge {
  /// Whether each of its items has a row.
  var showsRowsOnly: Bool {
    filters.contains { if case .withRow = $0 { true } else { false } }
  }
}

/// Which items an argument leaves in a merged list.
package enum Filter: Sendable {
  /// Those whose column equals the argument; without a row, those for which `absent` equals it.
  case column(String, absent: String, argument: String)
  /// Those whose entry has this value.
  case entry(String, argument: String)
  /// Those with a row (true) or without one (false).
  case hasRow(argument: String)
  /// Those with a row, whatever was asked for.
  case withRow
}

/// What answers a field of an object.
package enum FieldBinding: Sendable {
  /// A column of the object's row. `absent` answers for an item without a row, nil being null;
  /// `retired` for one that a merged list shows only because the tenant still has it.
  case column(String, absent: String? = nil, retired: String? = nil)
  /// A column that holds a path below the server's public address, answered as a whole address;
  /// what begins otherwise is one already. The address is asked for each time.
  case address(column: String, of: @Sendable () -> String)
  /// A value of the object's catalogue entry.
  case entry(String)
  /// A nested list of the object's catalogue entry, whose entries have this shape.
  case entryList(String, CatalogueShape)
  /// A list out of a column of the object's row that holds it as JSON; of objects, the fields are
  /// `member`.
  case objects(column: String)
  /// A whole list of the request's catalogues.
  case catalogue(CatalogueListID)
  /// An object out of the same row; null where the `presence` column is.
  case embedded(presence: String?)
  /// A list with its own statement.
  case rows(Section)
  /// A list with its own statement, of whose rows each catalogue entry has those with its code.
  case rowsOfEntry(Section, codeColumn: String)
  /// A member of the constant or outcome that the object is made of.
  case member
  /// Answered like a root field: a payload's section.
  case root(RootSource)
}

/// A root field: who may have it and what answers it.
package struct RootBinding: Sendable {
  package var access: Access
  package var source: RootSource

  package init(access: Access, source: RootSource) {
    self.access = access
    self.source = source
  }
}

/// Everything the schema's fields are bound to.
package struct Bindings: Sendable {
  /// By the name of the field of Query.
  package var query: [String: RootBinding] = [:]
  /// By the name of the field of Mutation.
  package var mutation: [String: Action] = [:]
  /// By the name of the field of Subscription.
  package var subscription: [String: SubscriptionSource] = [:]
  /// By the name of the object type, then of the field.
  package var objects: [String: [String: FieldBinding]] = [:]
  /// The first statement behind `set_config`: who asks, as the database knows it now.
  package var context: ContextBinding
  /// The first statement where the backend of a solution asks.
  package var service: ServiceBinding
  /// The first statement where a partner's program asks; nil where there are none.
  package var partner: PartnerBinding?
  /// By coordinate, such as `Query.company`: the scope that a partner's token needs for a field. A
  /// root field that is not named is for people alone; a field below it goes with its object.
  package var scopes: [String: String] = [:]
  /// Nil where answers cannot be kept: no mutation may be sent with an Idempotency-Key.
  package var answerSealing: AnswerSealing?

  package init(
    context: ContextBinding, service: ServiceBinding, partner: PartnerBinding? = nil
  ) {
    self.context = context
    self.service = service
    self.partner = partner
  }

  /// Adds an area's bindings; a field bound twice is a fault of the program, reported by the
  /// agreement of the schema with the bindings.
  package mutating func add(_ area: AreaBindings) {
    for (field, binding) in area.query {
      if query.updateValue(binding, forKey: field) != nil { twice.append("Query.\(field)") }
    }
    for action in area.mutations {
      if mutation.updateValue(action, forKey: action.field) != nil {
        twice.append("Mutation.\(action.field)")
      }
    }
    for source in area.subscriptions {
      if subscription.updateValue(source, forKey: source.field) != nil {
        twice.append("Subscription.\(source.field)")
      }
    }
    for (type, fields) in area.objects {
      for (field, binding) in fields {
        if objects[type, default: [:]].updateValue(binding, forKey: field) != nil {
          twice.append("\(type).\(field)")
        }
      }
    }
  }

  /// The fields that two areas bind.
  package private(set) var twice: [String] = []
}

/// One area's part of the bindings: a folder of the domain makes one of these.
package struct AreaBindings: Sendable {
  package var query: [String: RootBinding]
  package var mutations: [Action]
  package var subscriptions: [SubscriptionSource]
  package var objects: [String: [String: FieldBinding]]

  package init(
    query: [String: RootBinding] = [:], mutations: [Action] = [],
    subscriptions: [SubscriptionSource] = [], objects: [String: [String: FieldBinding]] = [:]
  ) {
    self.query = query
    self.mutations = mutations
    self.subscriptions = subscriptions
    self.objects = objects
  }
}
