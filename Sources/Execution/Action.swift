// What a mutation's root field does: the domain's function, the input it is given and the outcome
// it answers. A refusal is a value of the outcome, so that what it counted or revoked commits.

package import GraphQLTypes
package import JSON
package import Postgres
package import SQL

/// A mutation's root field.
package struct Action: Sendable {
  package let field: String
  package let access: Access
  /// Whether it opens, changes or ends the session, proves who somebody is, or asks for a mail that
  /// leads to it: at most one such field stands in an operation.
  package let changesSession: Bool
  package let perform: @Sendable (InputObject, ActionContext) async throws -> ActionOutcome

  package init(
    _ field: String, access: Access, changesSession: Bool = false,
    perform: @escaping @Sendable (InputObject, ActionContext) async throws -> ActionOutcome
  ) {
    self.field = field
    self.access = access
    self.changesSession = changesSession
    self.perform = perform
  }
}

/// What an action may know of the request, and its way to the database.
package struct ActionContext: Sendable {
  /// Who asks; nobody only for an action whose access is `anyone`.
  private let asker: Asker
  package let facts: CallerFacts
  package let database: ActionDatabase
  /// Who may have the field.
  let access: Access
  /// What a partner's token needs for it.
  let requirement: ScopeRequirement
  /// The context of who is signed in, for an action of `anyone` that needs one after all.
  /// - Throws: what a field for members would be refused with.
  package let asMember: @Sendable () async throws -> ActionContext

  init(
    asker: Asker, facts: CallerFacts, database: ActionDatabase, access: Access,
    requirement: ScopeRequirement,
    asMember: @escaping @Sendable () async throws -> ActionContext
  ) {
    self.asker = asker
    self.facts = facts
    self.database = database
    self.access = access
    self.requirement = requirement
    self.asMember = asMember
  }

  /// The context of an action for members; an action bound to `anyone` may not ask for it.
  package func member() throws -> RequestContext {
    switch asker {
    case .member(let context): context
    case .service, .partner: throw ActionRefusal.forbidden
    case .nobody: throw ActionRefusal.unauthenticated
    }
  }

  /// The context of whoever acts in a company: a member, or a partner's program, which has no
  /// person, no session and no role.
  package func company() throws -> RequestContext {
    if case .partner(let partner) = asker { return partner.context }
    return try member()
  }

  /// The id of the partner's token that acts; null where a person does.
  package var tokenID: Parameter {
    if case .partner(let partner) = asker { partner.context.scope.token?.id ?? nil } else { nil }
  }

  /// What the partner's token that acts opens; nil where a person acts, who needs no scopes.
  package var tokenScopes: Set<String>? { asker.scopes }

  /// The solution whose backend asks; an action bound to anybody else may not ask for it.
  package func service() throws -> ServiceContext {
    switch asker {
    case .service(let context): context
    case .member, .partner: throw ActionRefusal.forbidden
    case .nobody: throw ActionRefusal.unauthenticated
    }
  }

  /// Runs statements in the name of the member or partner, who is asked for again what the field
  /// asks: see `ActionDatabase.write`.
  package func write(_ queries: [Query]) async throws -> [Rows] {
    try await database.write(queries, as: try company().scope, access: access, requirement)
  }

  /// As `write`, of what goes before the act and stands whatever comes of it: what an action looks
  /// at, and what it counts. It is no part of the transaction in which a field is done once.
  package func prepare(_ queries: [Query]) async throws -> [Rows] {
    try await database.apart.write(queries, as: try company().scope, access: access, requirement)
  }

  /// Runs statements in the name of the solution whose backend asks. They are given the token's
  /// hash and decide with `service_solution` themselves, in the transaction of their act.
  package func writeAsService(_ queries: [Query]) async throws -> [Rows] {
    try await database.write(queries, as: try service().bearer)
  }

  /// As `write`, in a transaction that is rolled back: see `ActionDatabase.rehearse`.
  package func rehearse(_ queries: [Query]) async throws -> [Rows] {
    try await database.rehearse(queries, as: try company().scope, access: access, requirement)
  }

  /// Reads in the name of the member or partner, from one snapshot. Whether they still may is not
  /// asked: what a stream answers with is read behind the context.
  package func read(_ queries: [Query]) async throws -> [Rows] {
    try await database.read(queries, as: try company().scope)
  }
}

/// What the transport knows of a request; nothing here is trusted.
package struct CallerFacts: Sendable {
  /// The `User-Agent`, cut to a bound.
  package var userAgent: String
  /// The first language of `Accept-Language` that texts exist in.
  package var language: String
  /// The refresh token's cookie.
  package var refreshCookie: String?
  /// The cookie of a device that has signed in before.
  package var deviceCookie: String?
  /// Who asks, behind the proxies that the operator trusts; nil where that is not known.
  package var clientAddress: ClientAddress?
  /// What the client calls itself, so that it can leave its own changes out of what it is told.
  package var origin: ChangeOrigin?
  /// Seconds since 1970.
  package var now: Int

  package init(
    userAgent: String, language: String, refreshCookie: String?, deviceCookie: String? = nil,
    clientAddress: ClientAddress? = nil, origin: ChangeOrigin? = nil, now: Int
  ) {
    self.userAgent = userAgent
    self.language = language
    self.refreshCookie = refreshCookie
    self.deviceCookie = deviceCookie
    self.clientAddress = clientAddress
    self.origin = origin
    self.now = now
  }
}

/// What a client calls itself: 1 to 100 letters, digits and `. _ : -`.
package struct ChangeOrigin: Sendable, Hashable {
  package let name: String

  /// Nil for what is none.
  package init?(_ name: String?) {
    guard let name, (1...100).contains(name.utf8.count),
      name.utf8.allSatisfy({ byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
          UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "."), UInt8(ascii: "_"),
          UInt8(ascii: ":"), UInt8(ascii: "-"):
          true
        case _: false
        }
      })
    else { return nil }
    self.name = name
  }
}

/// What an action did, or why it did not.
package struct ActionOutcome: Sendable {
  /// The payload's members that are not sections of the hub.
  package var payload: [String: JSONValue]
  package var userErrors: [UserError]
  /// What the transport should say with the answer.
  package var facts: [ResponseFact]

  package init(
    payload: [String: JSONValue] = [:], userErrors: [UserError] = [], facts: [ResponseFact] = []
  ) {
    self.payload = payload
    self.userErrors = userErrors
    self.facts = facts
  }
}

/// A refusal that the person can mend.
package struct UserError: Sendable, Hashable {
  package var code: String
  package var message: String
  package var field: [String]
  /// What stands in the way, each an object as the schema tells it.
  package var obstacles: [JSONValue]
  /// With a conflict: what the field holds now; nil where it is empty.
  package var currentValue: String?

  package init(
    code: String, message: String, field: [String], obstacles: [JSONValue] = [],
    currentValue: String? = nil
  ) {
    self.code = code
    self.message = message
    self.field = field
    self.obstacles = obstacles
    self.currentValue = currentValue
  }

  var json: JSONValue {
    .object([
      JSONMember(name: "code", value: .string(code)),
      JSONMember(name: "message", value: .string(message)),
      JSONMember(name: "field", value: .array(field.map(JSONValue.string))),
      JSONMember(name: "obstacles", value: .array(obstacles)),
      JSONMember(name: "currentValue", value: currentValue.map(JSONValue.string) ?? .null),
    ])
  }
}

/// A fact for the transport, in the domain's words.
package enum ResponseFact: Sendable, Hashable {
  case setRefreshCookie(token: String, secondsMax: Int)
  case clearRefreshCookie
  /// Lets the browser be known again, though nobody is signed in on it.
  case setDeviceCookie(token: String, secondsMax: Int)
  /// What the browser keeps while a person is away at a provider of identities.
  case setFlowCookie(secret: String, secondsMax: Int)
  case clearFlowCookie
  case retryAfter(seconds: Int)
  /// It was answered before, under the same key.
  case replayed
}

/// A refusal of access, limit or load: a top-level error instead of a payload.
package enum ActionRefusal: Error, Sendable, Hashable {
  case unauthenticated
  case forbidden
  case rateLimited(retryAfterSeconds: Int)
  case overloaded
}
