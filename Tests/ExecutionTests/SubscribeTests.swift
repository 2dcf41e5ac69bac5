// Subscriptions against PostgreSQL: what opens, what each event answers, and what ends a stream
// before its end. GraphQL specification, September 2025, section 6.2.3.

import GraphQLSyntax
import GraphQLTypes
import GraphQLValidation
import JSON
import Synchronization
import TestSupport
import Testing

@testable import Execution

private let schema: Schema = {
  let text = """
    scalar DateTime
    type Query { a: String }
    type Subscription { count(to: Int! = 2): Event  mustCount: Event!  rule: Event }
    type Event { number: Int  must: Int!  thing: Thing }
    type Thing { name: String }
    """
  do {
    return try makeSchema(
      from: [try parse(Source(text))], scalars: ["DateTime": .text { .string($0) }])
  } catch {
    preconditionFailure("\(error)")
  }
}()

private struct Fault: Error {}

/// Counts from one; ends with a fault where the argument is negative.
private func count(_ arguments: [String: InputValue]) -> SourceStream {
  var last = 2
  if case .int(let to)? = arguments["to"] { last = to }
  return AsyncThrowingStream<JSONValue, any Error> { continuation in
    for number in stride(from: 1, through: max(last, 1), by: 1) {
      let number = JSONValue.number("\(number)")
      continuation.yield(
        .object([
          JSONMember(name: "number", value: number),
          JSONMember(name: "must", value: last == 1 ? .null : number),
        ]))
    }
    continuation.finish(throwing: last < 0 ? Fault() : nil)
  }
}

private func bindings() -> Bindings {
  var bindings = Bindings(
    context: ContextBinding(
      section: Sections.context, roleColumn: "role", view: { _ in Catalogues.view() }, reload: {}),
    service: ServiceBinding(section: Sections.service, solutionColumn: "solution"))
  bindings.add(
    AreaBindings(
      query: ["a": RootBinding(access: .anyone, source: .constant(.string("A")))],
      subscriptions: [
        SubscriptionSource("count", access: .anyone) { arguments, _ in count(arguments) },
        SubscriptionSource("mustCount", access: .members) { arguments, _ in count(arguments) },
        SubscriptionSource("rule", access: .roles(["admin"])) { arguments, _ in count(arguments) },
      ],
      objects: [
        "Event": ["number": .member, "must": .member, "thing": .root(.row(Sections.thing))],
        "Thing": ["name": .column("name")],
      ]))
  return bindings
}

@Suite(.database(from: .laboratory), .serialized)
struct SubscribeTests {
  /// The responses, and in the end what the stream failed for.
  private func subscribed(
    _ document: String, scope: TenantScope? = nil,
    onResponse: @escaping @Sendable (Int) throws -> Void = { _ in }
  ) async throws -> [String] {
    let bindings = bindings()
    #expect(disagreements(of: schema, with: bindings).isEmpty)
    let valid = try validate(try parse(Source(document)), against: schema)
    let plan = try plan(
      try valid.operation(named: nil), bindings: ResolvedBindings(bindings, schema: schema))
    let taken = Mutex<[String]>([])
    try await withPools { reads, writes in
      let performance = Performance(
        bindings: bindings,
        facts: CallerFacts(userAgent: "", language: "es", refreshCookie: nil, now: 0),
        bearer: scope.map(Bearer.member), variables: VariableValues(),
        database: ActionDatabase(reads: reads, writes: writes))
      do throws(FieldFailure) {
        try await subscribe(plan, performance) { response in
          let number = taken.withLock {
            $0.append(String(decoding: response.bytes, as: UTF8.self))
            return $0.count
          }
          do { try onResponse(number) } catch { Issue.record(error) }
        }
      } catch {
        taken.withLock { $0.append("\(error)") }
      }
    }
    return taken.withLock { $0 }
  }

  @Test func `each event is answered in order, and the stream ends with its source`() async throws {
    #expect(
      try await subscribed("subscription { n: count(to: 3) { number __typename } }") == [
        #"{"data":{"n":{"number":1,"__typename":"Event"}}}"#,
        #"{"data":{"n":{"number":2,"__typename":"Event"}}}"#,
        #"{"data":{"n":{"number":3,"__typename":"Event"}}}"#,
      ])
  }

  @Test func `a null where there is none is an error of that event alone`() async throws {
    let responses = try await subscribed("subscription { count(to: 1) { must } }")
    #expect(responses.count == 1)
    #expect(responses[0].contains(#""path":["count","must"]"#))
    #expect(responses[0].hasSuffix(#""data":{"count":null}}"#))
  }

  @Test func `what an event shows of the hub is the subscriber's own`() async throws {
    let document = "subscription { mustCount { number thing { name } } }"
    for (tenant, name) in [(0, "first"), (1, "second")] {
      #expect(
        try await subscribed(document, scope: scope(tenant)) == [
          #"{"data":{"mustCount":{"number":1,"thing":{"name":"\#(name)"}}}}"#,
          #"{"data":{"mustCount":{"number":2,"thing":{"name":"\#(name)"}}}}"#,
        ])
    }
  }

  @Test(arguments: [
    (
      "subscription { mustCount { number } }", nil,
      "refused(Execution.ActionRefusal.unauthenticated)"
    ),
    ("subscription { rule { number } }", 0, "forbidden"),
    ("subscription { count(to: -1) { number } }", nil, "failed"),
  ])
  func `what is not theirs, or fails, ends the stream with its reason`(
    document: String, tenant: Int?, reason: String
  ) async throws {
    let last = try await subscribed(document, scope: tenant.map { scope($0) }).last ?? ""
    #expect(last.contains(reason))
  }

  @Test func `a session that ends between two events ends the stream before the second`()
    async throws
  {
    let database = try TestDatabase.current
    let responses = try await subscribed(
      "subscription { mustCount { number } }", scope: scope(1)
    ) { number in
      if number == 1 {
        try database.psql("UPDATE member SET is_ended = true WHERE role = 'admin'")
      }
    }
    try database.psql("UPDATE member SET is_ended = false")
    #expect(responses.count == 2)
    #expect(responses.last?.contains("sessionEnded") == true)
  }
}
