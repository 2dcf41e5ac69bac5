// Every role, nobody and a solution's backend ask for every root field of the schema: who is let in
// and who is not is held against the table of permissions. Documents come out of the schema, so
// that a field without a row fails.

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

  static let all = Role.all.map(Who.member) + [.person, .nobody, .service]
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
    }
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
      let refusals = codes(answer).filter { Self.refusals.contains($0) }
      #expect(refusals == expected(permission.access, who), "\(coordinate): \(answer.body)")
      // What was not refused was understood, too: a document that fails would show nothing.
      #expect(
        codes(answer).allSatisfy { refusals.contains($0) || $0 == "RATE_LIMITED" },
        "\(coordinate): \(answer.body)")
      guard !refusals.isEmpty else { continue }
      let told = try answer.json["data"]?[field.name]
      #expect(told == nil || told == .null, "\(coordinate): \(answer.body)")
    }
  }

  private static let refusals = ["FORBIDDEN", "UNAUTHENTICATED", "COMPANY_REQUIRED"]

  private func expected(_ access: Access, _ who: Who) -> [String] {
    switch (access, who) {
    case (.anyone, _), (.people, .member), (.people, .person), (.members, .member),
      (.services, .service):
      []
    case (.roles(let roles), .member(let role)) where roles.contains(role): []
    case (.members, .person), (.roles, .person): ["COMPANY_REQUIRED"]
    case (_, .member), (_, .person), (_, .service): ["FORBIDDEN"]
    case (_, .nobody): ["UNAUTHENTICATED"]
    }
  }

  private func codes(_ answer: HubAnswer) -> [String] {
    let errors = try? answer.json["errors"]?.arrayValue
    return (errors ?? []).compactMap { $0["extensions"]?["code"]?.stringValue }
  }

  private func tokens(_ count: Int, of who: Who, in hub: TestHub) throws -> [String?] {
    switch who {
    case .nobody: Array(repeating: nil, count: count)
    case .service: Array(repeating: try hub.serviceToken(of: "invoicing"), count: count)
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
