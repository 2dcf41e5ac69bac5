// Every role, nobody, a solution's backend and every scope of a partner's token ask for every root
// field of the schema: who is let in and who is not is held against the table of permissions.
// Documents come out of the schema, so that a field without a row fails.

import Credentials
import Execution
import GraphQLTypes
import Hub
import JSON
import TestSupport
import Testing

@testable import Composition

enum Who: Sendable, Hashable {
  case member(role: String)
  /// Somebody who belongs to no company.
  case person
  case nobody
  case service
  /// A token with this scope alone, or with all.
  case partner(Scope?)

  static let all =
    Role.all.map(Who.member) + [.person, .nobody, .service, .partner(nil)]
    + Scope.allCases.map { .partner($0) }

  func has(_ scope: Scope) -> Bool {
    switch self {
    case .partner(let only): only == nil || only == scope
    case .member, .person, .nobody, .service: true
    }
  }
}

@Suite("Permissions")
struct PermissionTests {
  @Test("each root field of the schema has exactly one row, and each row a field")
  func rows() throws {
    let schema = try hubParts().schema
    let roots = [schema.queryType, schema.mutationType, schema.subscriptionType].compactMap(\.self)
    let fields = roots.flatMap { type in type.fields.map { "\(type.name).\($0.name)" } }
    #expect(permissions.map(\.field).sorted() == fields.sorted())
  }

  @Test("each binding has the access of its row, and no row is nobody's")
  func bindings() throws {
    let bindings = try hubParts().bindings
    var bound: [String: Access] = [:]
    for (field, binding) in bindings.query { bound["Query.\(field)"] = binding.access }
    for (field, action) in bindings.mutation { bound["Mutation.\(field)"] = action.access }
    for (field, source) in bindings.subscription { bound["Subscription.\(field)"] = source.access }
    for permission in permissions {
      #expect(bound[permission.field] == permission.access, "\(permission.field)")
      #expect(permission.access != .nobody, "\(permission.field)")
      #expect(bindings.scopes[permission.field] == permission.scope?.rawValue)
    }
  }

  @Test("each scope opens something, and nothing that is a person's, a backend's or anyone's")
  func scopes() {
    for scope in Scope.allCases {
      let opened = permissions.map(\.scope) + scopedFields.map(\.scope)
      #expect(opened.contains(scope), "\(scope.rawValue)")
    }
    for permission in permissions + endpoints where permission.scope != nil {
      #expect(![.nobody, .anyone, .services].contains(permission.access), "\(permission.field)")
    }
    let people = ["profile", "security", "memberships", "launcher", "apiTokens"]
    for permission in permissions where people.contains(where: permission.field.hasSuffix) {
      #expect(permission.scope == nil, "\(permission.field)")
    }
  }

  @Test("a scope of what is not there, or may not be null, keeps the hub from starting")
  func misplacedScope() throws {
    let (schema, hub) = try hubParts()
    var bindings = hub
    bindings.scopes["Company.id"] = "company:read"
    bindings.scopes["Company.wealth"] = "company:read"
    let found = disagreements(of: schema, with: bindings).map(\.description)
    #expect(found.contains { $0.hasSuffix("Company.id has a scope and may not be null") })
    #expect(found.contains { $0 == "Company.wealth has a scope and is not in the schema" })
  }

  @Test("a root field without a row keeps the hub from starting")
  func missingRow() throws {
    let (schema, hub) = try hubParts()
    var bindings = hub
    bindings.query["company"]?.access = .nobody
    #expect(
      disagreements(of: schema, with: bindings).map(\.description).contains {
        $0.hasSuffix("Query.company is nobody's: nothing says who may have it")
      })
  }

  @Test("everybody gets what the table says", .hub, arguments: Who.all)
  func matrix(who: Who) async throws {
    let hub = try TestHub.current
    let schema = try hubParts().schema
    // Subscriptions are asked for over streams: Tests/EndToEnd/test_event_stream.py tries each.
    #expect(schema.subscriptionType?.fields.map(\.name) == ["events"])
    let walk = QueryWalk(schema: schema)
    let roots = [schema.queryType, schema.mutationType].compactMap(\.self)
    let asked = roots.flatMap { type in type.fields.map { (type, $0) } }
    let tokens = try tokens(asked.count, of: who, in: hub)
    for ((type, field), token) in zip(asked, tokens) {
      let coordinate = "\(type.name).\(field.name)"
      let permission = try #require(permissions.first { $0.field == coordinate }, "\(coordinate)")
      let operation = type === schema.mutationType ? "mutation" : "query"
      let answer = try await hub.ask(
        "\(operation) { \(field.name)\(walk.leastArguments(of: field))"
          + "\(walk.selection(of: field.type)) }", token: token)
      // What was not refused was understood, too: a document that fails would show nothing.
      let codes = answer.errors.map(\.code)
      #expect(
        codes.allSatisfy { refusals.contains($0) || $0 == "RATE_LIMITED" },
        "\(coordinate): \(answer.body)")
      let refused = answer.errors.filter { refusals.contains($0.code) && $0.path.count < 2 }
      #expect(
        refused.map(\.code) == expected(permission, who), "\(coordinate): \(answer.body)")
      try checkBelow(answer, type, who)
      guard let refusal = refused.first else { continue }
      #expect(refusal.scope == permission.scope?.rawValue || !who.isPartner)
      let told = try answer.json["data"]?[field.name]
      #expect(told == nil || told == .null, "\(coordinate): \(answer.body)")
    }
  }

  /// What a token is refused below a root field is what asks for a scope that it does not have, and
  /// nothing of that is told.
  private func checkBelow(_ answer: HubAnswer, _ root: ObjectType, _ who: Who) throws {
    let schema = try hubParts().schema
    for error in answer.errors where error.path.count > 1 && error.code != "RATE_LIMITED" {
      let coordinate = try #require(schema.coordinate(of: error.path, below: root))
      let scoped = try #require(scopedFields.first { $0.field == coordinate }, "\(coordinate)")
      #expect(!who.has(scoped.scope), "\(coordinate)")
      #expect(error.code == "SCOPE_REQUIRED" && error.scope == scoped.scope.rawValue)
    }
    let told = QueryWalk(schema: schema).told(by: (try answer.json["data"]) ?? .null, of: root)
    for scoped in scopedFields where !who.has(scoped.scope) {
      #expect(!told.contains(scoped.field), "\(scoped.field)")
    }
  }

  private func expected(_ permission: Permission, _ who: Who) -> [String] {
    switch (permission.access, who) {
    case (.anyone, _), (.people, .member), (.people, .person), (.members, .member),
      (.services, .service):
      []
    case (.roles(let roles), .member(let role)) where roles.contains(role): []
    case (.members, .person), (.roles, .person): ["COMPANY_REQUIRED"]
    case (_, .member), (_, .person), (_, .service), (.services, .partner), (.nobody, .partner):
      ["FORBIDDEN"]
    case (_, .nobody): ["UNAUTHENTICATED"]
    case (.people, .partner), (.members, .partner), (.roles, .partner):
      permission.scope.map(who.has) == true ? [] : ["SCOPE_REQUIRED"]
    }
  }

  private func tokens(_ count: Int, of who: Who, in hub: TestHub) throws -> [String?] {
    switch who {
    case .nobody: Array(repeating: nil, count: count)
    case .service: Array(repeating: try hub.serviceToken(of: "invoicing"), count: count)
    case .partner(let scope):
      Array(
        repeating: try hub.partnerToken(scopes: scope.map { [$0] } ?? Scope.allCases), count: count)
    case .member(let role): try members(count, of: role, in: hub)
    case .person: try members(count, of: nil, in: hub)
    }
  }

  /// Tokens of as many members of Ejemplar, each a person of their own: what one does to their
  /// session, their membership or their account is not seen by the next.
  /// - Parameter role: nil for people who are in no company.
  private func members(_ count: Int, of role: String?, in hub: TestHub) throws -> [String?] {
    let ids = (0..<count).map { demoID(0xab00 + UInt64($0)) }
    let list = ids.map { "('\($0)'::uuid)" }.joined(separator: ", ")
    try hub.database.psql(
      """
      begin;
      create temporary table person (id uuid);
      insert into person values \(list);
      insert into account (id, email, password_hash, first_name, country)
      select p.id, p.id || '@roles.example', a.password_hash, 'Pru', 'CO'
      from person p, account a where a.email_key = 'ana@ejemplar.example';
      insert into membership (tenant_id, account_id, role)
      select '\(Person.ejemplar)', id, '\(role ?? "seller")' from person;
      insert into session (id, account_id, last_tenant_id, device, expires_at, idle_expires_at)
      select id, id, '\(Person.ejemplar)', 'test', now() + interval '1 hour',
        now() + interval '1 hour'
      from person;
      delete from membership where account_id in (select id from person) and \(role == nil);
      commit
      """)
    let tenant = role == nil ? .zero : Person.ejemplar
    return ids.map { hub.token(account: $0, tenant: tenant, session: $0) }
  }
}

private let refusals: Set = [
  "COMPANY_REQUIRED", "FORBIDDEN", "SCOPE_REQUIRED", "UNAUTHENTICATED",
]

extension Who {
  fileprivate var isPartner: Bool { if case .partner = self { true } else { false } }
}

/// An error of an answer, by what clients tell it by.
private struct AnswerError {
  let code: String
  let scope: String?
  /// The response names, without the positions in lists.
  let path: [String]
}

extension HubAnswer {
  fileprivate var errors: [AnswerError] {
    let errors = try? json["errors"]?.arrayValue
    return (errors ?? []).map { error in
      AnswerError(
        code: error["extensions"]?["code"]?.stringValue ?? "",
        scope: error["extensions"]?["scope"]?.stringValue,
        path: (error["path"]?.arrayValue ?? []).compactMap(\.stringValue))
    }
  }
}

extension Schema {
  /// The field at a path of an answer without aliases, such as `Company.identification`.
  fileprivate func coordinate(of path: [String], below root: ObjectType) -> String? {
    var type: ObjectType? = root
    var coordinate: String?
    for name in path {
      guard let field = type?.field(named: name) else { return nil }
      coordinate = "\(type?.name ?? "").\(name)"
      type = objectType(named: field.type.namedType)
    }
    return coordinate
  }
}
