// Everything that the schema can be asked is asked in one company's name, while another company's
// rows are full of markers, then gone: no answer may hold a marker, nor change by a byte.

import Credentials
import Execution
import GraphQLTypes
import Hub
import JSON
import Postgres
import SQL
import TestSupport
import Testing

@testable import Composition

@Suite("Isolation")
struct IsolationTests {
  /// Ejemplar and Pampa share nobody.
  static let pairs: [(mine: Person, other: Person)] = [(.ana, .sofia), (.sofia, .ana)]

  @Test("no query tells anything of another company", .hub, arguments: pairs)
  func queries(mine: Person, other: Person) async throws {
    let hub = try TestHub.current
    let schema = try hubParts().schema
    let walk = QueryWalk(schema: schema)
    let company = MarkedCompany(person: mine, tag: "isolation-mine")
    let foreign = MarkedCompany(person: other, tag: "isolation-other")
    let queries = walk.queries(codes: try codes(in: hub) + foreign.ids)
    #expect(Set(queries.map(\.field)) == Set(schema.queryType?.fields.map(\.name) ?? []))

    try await mark(company, onlyEmpty: true, in: hub)
    let service = try hub.serviceToken(of: "invoicing")
    let before = try await answers(queries, mine, service: service, hub)
    try expectTold(before, walk)

    let marked = try await mark(foreign, onlyEmpty: false, in: hub)
    #expect(marked.count >= 30, "too few columns took a marker: \(marked.sorted())")
    let markedAnswers = try await answers(queries, mine, service: service, hub)
    for (query, answer) in zip(queries, markedAnswers) {
      let asked = foreign.ids.filter { query.document.contains($0) }
      for forbidden in [foreign.tag, foreign.telephone] + foreign.ids
      where !asked.contains(forbidden) && answer.body.contains(forbidden) {
        Issue.record("\(forbidden) is in the answer to \(query.document):\n\(answer.body)")
      }
    }
    expectSame(queries, before, markedAnswers)

    let isSeenByItself = try await answers(queries, other, service: service, hub).contains {
      $0.body.contains(foreign.tag)
    }
    #expect(isSeenByItself, "the markers are in nobody's answers: the test finds nothing")

    try await admin(hub) { try foreign.delete($0) }
    expectSame(queries, before, try await answers(queries, mine, service: service, hub))
  }

  @Test(
    "another company's ids and codes answer like ones that do not exist", .hub, arguments: pairs)
  func ids(mine: Person, other: Person) async throws {
    let hub = try TestHub.current
    let schema = try hubParts().schema
    let foreign = MarkedCompany(person: other, tag: "isolation-other")
    let missing = "00000000-0000-4000-8000-00000000dead"
    let foreignCodes = try hub.database.psql(
      """
      select solution from company_solution where tenant_id = '\(other.tenant)'
      union select integration from integration_connection where tenant_id = '\(other.tenant)'
      except (
        select solution from country_solution natural join company
          where tenant_id = '\(mine.tenant)'
        union all select integration from integration_country natural join company
          where tenant_id = '\(mine.tenant)'
        union all select integration from integration_connection
          where tenant_id = '\(mine.tenant)')
      """
    ).split(separator: "\n").map(String.init)

    let walk = QueryWalk(schema: schema)
    var compared = 0
    for field in schema.queryType?.fields ?? [] {
      for argument in field.arguments where argument.type.namedType.name == "ID" {
        let document =
          "query Q($id: \(argument.type)) { "
          + "\(field.name)(\(argument.name): $id)\(walk.selection(of: field.type)) }"
        let none = try await hub.ask(document, variables: id(missing), as: mine)
        for foreign in foreign.ids + foreignCodes {
          #expect(try await hub.ask(document, variables: id(foreign), as: mine) == none)
          compared += 1
        }
      }
    }
    #expect(compared >= 6)
  }

  @Test("a foreign company is entered like one that does not exist", .hub, arguments: pairs)
  func companies(mine: Person, other: Person) async throws {
    let hub = try TestHub.current
    let missing = "00000000-0000-4000-8000-00000000dead"
    var entered: [String: @Sendable (String) async throws -> HubAnswer] = [
      "switchCompany.companyId": { id in
        try await hub.ask(
          """
          mutation Q($id: ID!) { switchCompany(input: {companyId: $id}) {
            session { accessToken } companies { id } userErrors { code message field } } }
          """, variables: self.id(id), as: mine)
      },
      "revokeSession.sessionId": { id in
        try await hub.ask(
          """
          mutation Q($id: ID!) { revokeSession(input: {sessionId: $id}) {
            userErrors { code message field } } }
          """, variables: self.id(id), as: mine)
      },
      "launchSolution.code": { try await self.launch($0, mine, hub) },
      "signIn.companyId": { id in
        try await hub.ask(
          """
          mutation Q($id: ID!) { signIn(input: {
            email: "\(mine.rawValue)@\(mine == .ana ? "ejemplar" : "pampa").example",
            password: "\(Person.password)", companyId: $id }) {
            session { accessToken } companies { id } userErrors { code message field } } }
          """, variables: self.id(id), token: nil)
      },
    ]
    entered.merge(codes(of: mine, in: hub)) { first, _ in first }
    let walk = QueryWalk(schema: try hubParts().schema)
    #expect(walk.inputIDs() == Set(entered.keys), "an input takes an id that nobody tries here")
    for (name, enter) in entered {
      let none = try await enter(missing)
      #expect(
        [
          "_NOT_FOUND", "_NOT_AVAILABLE", "NOT_OFFERED", "_NOT_CONNECTED",
        ].contains { none.body.contains($0) },
        "\(none.body)")
      for id in MarkedCompany(person: other, tag: "").ids {
        #expect(try await enter(id) == none, "\(name)")
      }
    }
  }

  @Test("a token that mixes companies, people and sessions is refused like any other", .hub)
  func tokens() async throws {
    let hub = try TestHub.current
    let missing = demoID(0xdead)
    let (mine, other) = (Person.ana, Person.sofia)
    let none = try await hub.ask(
      "{ company { legalName } }",
      token: hub.token(account: mine.account, tenant: missing, session: mine.session))
    #expect(none.status == 401)
    let mixed: [(UniqueID, UniqueID, UniqueID)] = [
      (mine.account, other.tenant, mine.session), (mine.account, mine.tenant, other.session),
      (other.account, mine.tenant, other.session), (other.account, other.tenant, mine.session),
      (mine.account, other.tenant, other.session), (missing, mine.tenant, mine.session),
    ]
    for (account, tenant, session) in mixed {
      let token = hub.token(account: account, tenant: tenant, session: session)
      #expect(try await hub.ask("{ company { legalName } }", token: token) == none)
    }
  }

  @Test("no mutation tells anything of another company, and every field is told by something", .hub)
  func everything() async throws {
    let hub = try TestHub.current
    let schema = try hubParts().schema
    let walk = QueryWalk(schema: schema)
    try await mark(
      MarkedCompany(person: .ana, tag: "isolation-mine"), onlyEmpty: true, in: hub)
    let foreign = MarkedCompany(person: .sofia, tag: "isolation-other")
    try await mark(foreign, onlyEmpty: false, in: hub)

    var told: Set<String> = []
    let service = try hub.serviceToken(of: "invoicing")
    let queries = walk.queries(codes: try codes(in: hub))
    for answer in try await answers(queries, .ana, service: service, hub) {
      guard let data = try answer.json["data"], let root = schema.queryType else { continue }
      told.formUnion(walk.told(by: data, of: root))
    }
    let performed = try await MutationWalk(hub: hub, walk: walk).perform()
    #expect(Set(performed.map(\.mutation)) == Set(schema.mutationType?.fields.map(\.name) ?? []))
    for (mutation, answer) in performed {
      for forbidden in [foreign.tag, foreign.telephone] + foreign.ids
      where answer.body.contains(forbidden) {
        Issue.record("\(forbidden) is in the answer of \(mutation):\n\(answer.body)")
      }
      guard let data = try answer.json["data"], let root = schema.mutationType else { continue }
      told.formUnion(walk.told(by: data, of: root))
    }

    let bindings = try hubParts().bindings
    var bound = Set(bindings.query.keys.map { "Query.\($0)" })
    bound.formUnion(bindings.mutation.keys.map { "Mutation.\($0)" })
    for (type, fields) in bindings.objects {
      bound.formUnion(fields.keys.map { "\(type).\($0)" })
    }
    #expect(
      bound.subtracting(told).sorted() == neverTold.sorted(),
      "bound and never told, or told though listed as never told")
  }

  /// What is bound, and answered by nothing here: signing out has nothing to refuse, this hub has
  /// no client at Google, and Colombia's form bounds no length.
  private let neverTold: Set<String> = [
    "CompanyField.charactersMax", "CompanyField.charactersMin",
    "SignOutPayload.userErrors", "StartGooglePayload.authorizationUrl",
  ]

  // MARK: Parts

  func id(_ text: String) -> JSONValue {
    .object([JSONMember(name: "id", value: .string(text))])
  }

  private func codes(in hub: TestHub) throws -> [String] {
    try hub.database.psql("select code from solution union select code from integration order by 1")
      .split(separator: "\n").map(String.init)
  }

  private func answers(
    _ queries: [GeneratedQuery], _ person: Person, service: String, _ hub: TestHub
  ) async throws -> [HubAnswer] {
    var all: [HubAnswer] = []
    for query in queries {
      let isForServices = permissions.contains {
        $0.field == "Query.\(query.field)" && $0.access == .services
      }
      let token = isForServices ? service : hub.token(of: person)
      all.append(try await hub.ask(query.document, token: token))
    }
    return all
  }

  /// Each query was valid, and answered without an error.
  private func expectTold(_ answers: [HubAnswer], _ walk: QueryWalk) throws {
    for answer in answers {
      #expect(answer.status == 200, "\(answer.body)")
      #expect(try answer.json["errors"] == nil, "\(answer.body)")
    }
  }

  private func expectSame(
    _ queries: [GeneratedQuery], _ before: [HubAnswer], _ after: [HubAnswer]
  ) {
    #expect(before.count == queries.count && after.count == queries.count)
    for (query, (before, after)) in zip(queries, zip(before, after)) where before != after {
      Issue.record(
        """
        another company's rows change the answer to \(query.document):
        \(before.body)
        \(after.body)
        """)
    }
  }

  @discardableResult
  private func mark(
    _ company: MarkedCompany, onlyEmpty: Bool, in hub: TestHub
  ) async throws -> Set<String> {
    try await admin(hub) { connection in
      try connection.execute(
        script: company.rowsEverywhere)
      if onlyEmpty { try changeAsServer(company, connection) }
      let catalog = try readCatalog(connection)
      for table in catalog.tables {
        guard let condition = company.condition(table) else { continue }
        let rows = try connection.execute(
          "select count(*) from \(identifier: table.name) where \(unsafe: condition)")
        #expect(rows.integer(0, 0) ?? 0 > 0, "\(table.name) has no row to mark: add one here")
      }
      return try company.mark(connection, catalog, onlyEmpty: onlyEmpty)
    }
  }

  /// As the server does it, in a person's name: an operator's changes tell less.
  private func changeAsServer(_ company: MarkedCompany, _ connection: AdminConnection) throws {
    for website in ["https://mark.example/", "https://marked.example/"] {
      try connection.execute(
        script: """
          set session authorization hub_app_write;
          begin;
          select set_config('app.tenant_id', '\(company.person.tenant)', true),
            set_config('app.account_id', '\(company.person.account)', true),
            set_config('app.actor', 'account:\(company.person.account)', true),
            set_config('app.origin', 'mark', true);
          update company set website = '\(website)';
          commit;
          reset session authorization
          """)
    }
  }

  private func admin<T: Sendable>(
    _ hub: TestHub, _ body: @Sendable @escaping (AdminConnection) throws -> T
  ) async throws -> T {
    try await AdminConnection.run(try ConnectionSettings(hub.database.connectionInfo()), body)
  }
}
