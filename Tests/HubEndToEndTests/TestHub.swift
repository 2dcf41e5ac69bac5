// A database of the demo enters, the real hub leaves: started in this process with the settings
// that `serve` takes, asked over HTTP, stopped when the suite or test that asked for it has ended.

import Configuration
import Credentials
import Hub
import JSON
import Postgres
import Server
import Synchronization
import TestSupport
import Testing

@testable import Composition

/// A running hub of a suite or a test with the trait `.hub`.
struct TestHub: Sendable {
  let database: TestDatabase
  let port: Int
  let observed: Observed
  let tokens: AccessTokens
  let links: LinkTokens
  private let running: RunningHub

  static var current: TestHub {
    get throws {
      guard let hub = scoped else { throw MissingTrait() }
      return hub
    }
  }

  struct MissingTrait: Error {}

  @TaskLocal fileprivate static var scoped: TestHub?

  static func start() async throws -> TestHub {
    let database = try await TestDatabase.make(from: .demo)
    try database.psql(Person.openSessions)
    var configuration = try configuration(of: database)
    // When a session was seen is written down in the middle of no test.
    configuration.limits.seenSessionsSeconds = 3600
    let observed = Observed()
    let running = try await RunningHub.start(
      configuration, observer: Observer { observed.add($0) })
    try await running.untilReady()
    return TestHub(
      database: database, port: running.server.port, observed: observed,
      tokens: AccessTokens(
        keys: configuration.tokenKeys, issuer: configuration.issuer,
        audience: configuration.audience),
      links: LinkTokens(keys: configuration.tokenKeys), running: running)
  }

  /// The settings of `serve` for a database, on a free port.
  static func configuration(of database: TestDatabase) throws -> ServeConfiguration {
    try ServeConfiguration(
      flags: [
        "port": ConfigValue(.int(0), isSecret: false),
        "database.url": ConfigValue(
          .string(database.connectionInfo(user: "hub_app_read")), isSecret: false),
        "token.keys": ConfigValue(.string(keys), isSecret: true),
        "sealing.keys": ConfigValue(.string(keys), isSecret: true),
        "outbound.loopback": ConfigValue(.bool(true), isSecret: false),
      ], environment: [:])
  }

  func stop() async throws {
    await running.stop()
    try database.drop()
  }

  // MARK: Asking

  /// The token of the last link for a purpose that is still open.
  func linkToken(_ purpose: String) throws -> String {
    let id = try database.psql(
      """
      select id from one_time_link
      where purpose = '\(purpose)' and used_at is null and voided_at is null
      order by created_at desc limit 1
      """
    ).trimmed
    guard let link = UniqueID(id) else { throw MissingLink(purpose: purpose) }
    return links.token(of: link, purpose: purpose)
  }

  struct MissingLink: Error {
    let purpose: String
  }

  /// An access token as the hub signs them.
  func token(account: UniqueID, tenant: UniqueID, session: UniqueID) -> String {
    tokens.sign(
      tokens.claims(
        account: account, tenant: tenant, session: session, now: secondsSince1970(),
        lifetimeSeconds: 900))
  }

  func token(of person: Person) -> String {
    token(account: person.account, tenant: person.tenant, session: person.session)
  }

  /// A service token of a solution, made as operators make one.
  func serviceToken(of solution: String) throws -> String {
    let token = ServiceToken.make()
    try database.psql(
      """
      select create_service_token(
        '\(solution)', 'test', '\\x\(hexadecimal(token.hash[...]))', 1)
      """)
    return token.text
  }

  /// A partner's token of Ejemplar.
  func partnerToken(scopes: [Scope]) throws -> String {
    let token = PartnerToken.make()
    let listed = scopes.map { "\"\($0.rawValue)\"" }.joined(separator: ",")
    try database.psql(
      """
      insert into api_token (tenant_id, name, scopes, hash, expires_at) values (
        '\(Person.ejemplar)', 'test', '{\(listed)}', '\\x\(hexadecimal(token.hash[...]))',
        now() + interval '1 day')
      """)
    return token.text
  }

  /// Asks as one of the demo's people; as nobody where that is nil.
  func ask(
    _ document: String, variables: JSONValue? = nil, as person: Person?
  ) async throws -> HubAnswer {
    try await ask(document, variables: variables, token: person.map(token(of:)))
  }

  func ask(
    _ document: String, variables: JSONValue? = nil, token: String?
  ) async throws -> HubAnswer {
    var members = [JSONMember(name: "query", value: .string(document))]
    if let variables { members.append(JSONMember(name: "variables", value: variables)) }
    var writer = JSONWriter()
    writer.value(.object(members))
    return try await postGraphQL(
      port: port, body: String(decoding: writer.bytes, as: UTF8.self),
      fields: token.map { ["Authorization: Bearer \($0)"] } ?? [])
  }
}

/// One key for all test hubs: 32 bytes that mean nothing.
private let keys = "test:dGhlLWtleS1vZi10aGUtdGVzdHMtMzItYnl0ZXMtISE="

/// Gives a suite or a test a hub of its own, as `TestHub.current`.
struct HubTrait: SuiteTrait, TestTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?,
    performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    let hub = try await TestHub.start()
    do {
      try await TestHub.$scoped.withValue(hub) { try await function() }
    } catch {
      try? await hub.stop()
      throw error
    }
    try await hub.stop()
  }
}

extension Trait where Self == HubTrait {
  /// The hub over a database with the demo companies.
  static var hub: HubTrait { HubTrait() }
}

/// What the hub observed.
final class Observed: Sendable {
  private struct State {
    var all: [Observation] = []
    var waiting: [(loads: Int, continuation: CheckedContinuation<Void, Never>)] = []

    var catalogueLoads: Int {
      all.count { if case .catalogueLoaded = $0 { true } else { false } }
    }
  }

  private let state = Mutex(State())

  func add(_ observation: Observation) {
    let due = state.withLock { state in
      state.all.append(observation)
      let loads = state.catalogueLoads
      let due = state.waiting.filter { $0.loads <= loads }
      state.waiting.removeAll { $0.loads <= loads }
      return due
    }
    for waiter in due { waiter.continuation.resume() }
  }

  /// How often the hub heard of an edit of its catalogues and read them.
  var catalogueLoads: Int { state.withLock { $0.catalogueLoads } }

  /// Waits until it did so as often, or until the test is cancelled: its time is over.
  func waitForCatalogueLoads(_ loads: Int) async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isDue = state.withLock { state in
          if Task.isCancelled || state.catalogueLoads >= loads { return true }
          state.waiting.append((loads, continuation))
          return false
        }
        if isDue { continuation.resume() }
      }
    } onCancel: {
      let waiting = state.withLock { state in
        defer { state.waiting = [] }
        return state.waiting
      }
      for waiter in waiting { waiter.continuation.resume() }
    }
  }
}
