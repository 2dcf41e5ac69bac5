// Mutations against PostgreSQL: one root field after the other, what is read after the action, and
// what becomes of refusals and failures. GraphQL specification, September 2025, section 6.2.2.

import Cluster
import GraphQLTypes
import JSON
import NIOCore
import NIOPosix
import Postgres
import SQL
import Synchronization
import TestSupport
import Testing

@testable import Execution

extension DatabaseTemplate {
  /// The sections' tables under row security, with two tenants.
  static let laboratory = DatabaseTemplate(name: "laboratory") { cluster, database in
    try cluster.psql(
      """
      create role laboratory_app login;
      create table member (tenant_id uuid, session_id text, role text not null, revision text,
        is_ended boolean not null default false, primary key (tenant_id, session_id));
      create table thing (tenant_id uuid, name text not null, size integer, ratio float8,
        flag boolean, at timestamptz, part_name text, primary key (tenant_id, name));
      create table part (tenant_id uuid, name text, kind text, primary key (tenant_id, name));
      create table solution (tenant_id uuid, code text, status text, since timestamptz,
        primary key (tenant_id, code));
      insert into member values
        ('\(tenants[0])', 'live', 'user', '1'), ('\(tenants[1])', 'live', 'admin', '1');
      insert into thing values
        ('\(tenants[0])', 'first', 1, 1.5, true, '2026-01-31 12:00:00.5+00', null),
        ('\(tenants[1])', 'second', 2, null, false, null, 'piece');
      do $$ declare name text; begin
        foreach name in array array['member', 'thing', 'part', 'solution'] loop
          execute format('alter table %I enable row level security', name);
          execute format('alter table %I force row level security', name);
          execute format('create policy tenant on %I to laboratory_app using (tenant_id = (select '
            || 'nullif(current_setting(''app.tenant_id'', true), '''')::uuid))', name);
        end loop; end $$;
      create function app_guard(t uuid, a text, s text, roles text[]) returns void
        language plpgsql as $$ declare r text; begin
          select role into r from member
            where tenant_id = t and session_id = s and not is_ended;
          if r is null then raise exception 'no session' using errcode = 'HB401'; end if;
          if roles is not null and r <> all (roles) then
            raise exception 'no role' using errcode = 'HB403'; end if;
        end $$;
      grant select, insert, update, delete on all tables in schema public to laboratory_app;
      """, database: database)
  }

  static let tenants = [
    "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002",
  ]
}

func scope(_ number: Int, session: String = "live") -> TenantScope {
  TenantScope(
    verifiedTenant: .text(DatabaseTemplate.tenants[number]), account: .text("account"),
    session: .text(session))
}

/// Both pools of one connection each, for the length of a test.
func withPools<T: Sendable>(
  _ body: (ReadPoolHandle, WritePoolHandle) async throws -> T
) async throws -> T {
  let loop = MultiThreadedEventLoopGroup.singleton.next()
  let settings = try ConnectionSettings(
    try TestDatabase.current.connectionInfo(user: "laboratory_app"))
  let connected = AsyncStream<Void>.makeStream()
  let made = try await loop.submit {
    var limits = PostgresLimits()
    limits.readConnections = 1
    limits.writeConnections = 1
    let reactor = try Reactor(eventLoop: loop)
    let observe: @Sendable (PostgresObservation) -> Void = { observation in
      if case .connected = observation { connected.continuation.yield() }
    }
    let reads = ReadPool(
      settings: settings.reading(), limits: limits, reactor: reactor, observe: observe)
    let writes = WritePool(settings: settings, limits: limits, reactor: reactor, observe: observe)
    reads.start()
    writes.start()
    return NIOLoopBound((reads, writes, reactor), eventLoop: loop)
  }.get()
  var connections = connected.stream.makeAsyncIterator()
  for _ in 0..<2 { await connections.next() }
  let handles = try await loop.submit { (made.value.0.handle, made.value.1.handle) }.get()
  let result: Result<T, any Error>
  do {
    result = .success(try await body(handles.0, handles.1))
  } catch {
    result = .failure(error)
  }
  try await loop.submit {
    made.value.0.close()
    made.value.1.close()
    made.value.2.close()
  }.get()
  return try result.get()
}

/// What happened, in order.
private final class Journal: Sendable {
  private let entries = Mutex<[String]>([])
  var all: [String] { entries.withLock { $0 } }
  func note(_ entry: String) { entries.withLock { $0.append(entry) } }
}

private struct Fault: Error {}

private let renameThing = PreparedStatement(
  "UPDATE thing SET name = $2, size = coalesce(size, 0) + 1 WHERE tenant_id = $1 RETURNING size",
  parameterTypes: [0, 25])

/// What the field does is what the input's text says.
private func act(
  _ input: InputObject, _ context: ActionContext, _ journal: Journal
) async throws -> ActionOutcome {
  let text = input["text"]?.text ?? ""
  journal.note("begin \(text)")
  defer { journal.note("end \(text)") }
  switch text {
  case "rate": throw ActionRefusal.rateLimited(retryAfterSeconds: 7)
  case "busy": throw ActionRefusal.overloaded
  case "forbidden": throw ActionRefusal.forbidden
  case "fault": throw Fault()
  case "lost": throw DatabaseError.closed
  case "silent": return ActionOutcome(payload: ["text": .null])
  case "wrong":
    return ActionOutcome(userErrors: [UserError(code: "WRONG", message: "No.", field: ["text"])])
  case "cookie":
    return ActionOutcome(facts: [.setRefreshCookie(token: "t", secondsMax: 9), .clearRefreshCookie])
  case "leave":
    // Ends the session on the way.
    _ = try await context.database.write(
      [
        Query(
          PreparedStatement("UPDATE member SET is_ended = true WHERE tenant_id = $1"),
          [try context.member().scope.tenant])
      ], as: try context.member().scope, access: .members)
    return ActionOutcome(payload: ["text": .string("left")], facts: [.clearRefreshCookie])
  case _:
    guard let member = try? context.member() else {
      return ActionOutcome(payload: ["text": .string(text)])
    }
    let rows = try await context.database.write(
      [Query(renameThing, [member.scope.tenant, .text(text)])], as: member.scope, access: .members)
    return ActionOutcome(payload: ["text": .string("size \(rows[0].string(0, 0) ?? "?")")])
  }
}

private func actions(_ journal: Journal) -> [Action] {
  [
    Action("write", access: .members) { try await act($0, $1, journal) },
    Action("mustWrite", access: .members) { try await act($0, $1, journal) },
    Action("open", access: .anyone) { try await act($0, $1, journal) },
    Action("rule", access: .roles(["admin"])) { try await act($0, $1, journal) },
  ]
}

private struct Performed {
  var text: String
  var facts: [ResponseFact]
  var journal: [String]
  /// In the shape `path code` each.
  var refusals: [String]
}

@Suite(.database(from: .laboratory), .serialized)
struct PerformTests {
  private func performed(
    _ document: String, _ variables: String = "{}", scope: TenantScope?,
    bindings change: (inout Bindings) -> Void = { _ in }
  ) async throws -> Performed {
    let journal = Journal()
    var bindings = laboratoryBindings(actions: actions(journal))
    change(&bindings)
    let plan = try planned(document, bindings)
    let variables = try coerced(variables, plan)
    let final = bindings
    let response = try await withPools { reads, writes in
      try await perform(
        plan,
        Performance(
          bindings: final,
          facts: CallerFacts(userAgent: "", language: "es", refreshCookie: nil, now: 0),
          bearer: scope.map(Bearer.member), variables: variables,
          database: ActionDatabase(reads: reads, writes: writes)))
    }
    let text = String(decoding: response.bytes, as: UTF8.self)
    guard case .array(let errors)? = try parseJSON(response.bytes)["errors"] else {
      return Performed(text: text, facts: response.facts, journal: journal.all, refusals: [])
    }
    let refusals = errors.map { error in
      let code = error["extensions"]?["code"]?.jsonText ?? ""
      return "\(error["path"]?.jsonText ?? "") \(code)".replacing("\"", with: "")
    }
    return Performed(
      text: text, facts: response.facts, journal: journal.all, refusals: refusals)
  }

  private func write(_ name: String, _ text: String, _ selection: String = "text") -> String {
    #"\#(name): write(input: { text: "\#(text)" }) { \#(selection) }"#
  }

  @Test func `fields are performed one after the other, and each sees what came before`()
    async throws
  {
    let found = try await performed(
      "mutation { \(write("x", "one", "text thing { name size }")) __typename "
        + "\(write("y", "two", "thing { size name } text userErrors { code }")) }",
      scope: scope(0))
    #expect(
      found.text
        == #"{"data":{"x":{"text":"size 2","thing":{"name":"one","size":2}},"#
        + #""__typename":"Mutation","#
        + #""y":{"thing":{"size":3,"name":"two"},"text":"size 3","userErrors":[]}}}"#)
    #expect(found.journal == ["begin one", "end one", "begin two", "end two"])
  }

  @Test func `a field that is skipped is not performed`() async throws {
    let found = try await performed(
      "mutation ($x: Boolean!) { \(write("x", "no").replacing("})", with: "}) @skip(if: $x)")) "
        + #"y: open(input: { text: "yes" }) { text } }"#, #"{"x":true}"#, scope: scope(0))
    #expect(found.text == #"{"data":{"y":{"text":"yes"}}}"#)
    #expect(found.journal == ["begin yes", "end yes"])
  }

  @Test func `fields of one response name are performed once`() async throws {
    let field = #"open(input: { text: "once" })"#
    let found = try await performed(
      "mutation ($x: Boolean!) { \(field) @include(if: $x) { text } "
        + "\(field) { userErrors { code } } }", #"{"x":true}"#, scope: nil)
    #expect(found.text == #"{"data":{"open":{"text":"once","userErrors":[]}}}"#)
    #expect(found.journal == ["begin once", "end once"])
  }

  @Test func `user errors and facts come with the payload`() async throws {
    let found = try await performed(
      "mutation { \(write("x", "wrong", "userErrors { code message field } text")) "
        + "\(write("y", "cookie")) }", scope: scope(0))
    #expect(
      found.text
        == #"{"data":{"x":{"userErrors":[{"code":"WRONG","message":"No.","field":["text"]}],"#
        + #""text":null},"y":{"text":null}}}"#)
    #expect(found.facts == [.setRefreshCookie(token: "t", secondsMax: 9), .clearRefreshCookie])
  }

  @Test(arguments: [
    ("rate", "RATE_LIMITED"), ("busy", "OVERLOADED"), ("forbidden", "FORBIDDEN"),
    ("fault", "INTERNAL"),
  ])
  func `a refusal is the field's error and the next field is performed`(
    text: String, code: String
  ) async throws {
    let found = try await performed(
      "mutation { \(write("w", "before \(text)")) \(write("x", text)) "
        + "\(write("y", "after \(text)")) }", scope: scope(0))
    #expect(found.refusals == ["[x] \(code)"])
    #expect(found.text.contains(#""x":null,"y":{"text":"size"#))
    #expect(found.facts == (text == "rate" ? [.retryAfter(seconds: 7)] : []))
    #expect(found.text.contains(#""retryAfter":7"#) == (text == "rate"))
  }

  @Test(arguments: [
    ("rate", ActionRefusal.rateLimited(retryAfterSeconds: 7)), ("busy", .overloaded),
  ])
  func `the first that may not be had now refuses all`(text: String, refusal: ActionRefusal) async {
    let document = "mutation { \(write("w", "forbidden")) \(write("x", text)) }"
    let error = await #expect(throws: PerformError.self) {
      _ = try await performed(document, scope: scope(0))
    }
    #expect(error.map { "\($0)" } == "\(PerformError.refused(refusal))")
  }

  @Test func `a fault says nothing of its cause to the client`() async throws {
    let found = try await performed("mutation { \(write("x", "fault")) }", scope: scope(0))
    #expect(!found.text.contains("Fault"))
  }

  @Test func `access is held before the action`() async throws {
    let rule = #"rule(input: { text: "r" }) { text }"#
    let asUser = try await performed("mutation { \(rule) }", scope: scope(0))
    #expect(asUser.refusals == ["[rule] FORBIDDEN"])
    #expect(asUser.journal.isEmpty)
    let asNobody = try await performed(
      #"mutation { \#(rule) open(input: { text: "o" }) { text } }"#, scope: nil)
    #expect(asNobody.refusals == ["[rule] UNAUTHENTICATED"])
    #expect(asNobody.text.hasSuffix(#""data":{"rule":null,"open":{"text":"o"}}}"#))
    let asAdministrator = try await performed("mutation { \(rule) }", scope: scope(1))
    #expect(asAdministrator.refusals.isEmpty)
  }

  @Test func `a section of the payload is refused without a token, the rest is told`() async throws
  {
    let found = try await performed(
      #"mutation { open(input: { text: "o" }) { text thing { name } } }"#, scope: nil)
    #expect(found.refusals == ["[open,thing] UNAUTHENTICATED"])
    #expect(found.text.hasSuffix(#""data":{"open":{"text":"o","thing":null}}}"#))
  }

  @Test func `a session that has ended refuses the whole request`() async throws {
    await #expect(throws: PerformError.self) {
      _ = try await performed(
        "mutation { \(write("x", "one")) }", scope: scope(0, session: "dead"))
    }
  }

  @Test func `the database's failure refuses the first field's request, and a later field alone`()
    async throws
  {
    await #expect(throws: PerformError.self) {
      _ = try await performed("mutation { \(write("x", "lost")) }", scope: scope(0))
    }
    let later = try await performed(
      "mutation { \(write("x", "cookie")) \(write("y", "lost")) }", scope: scope(0))
    #expect(later.refusals == ["[y] DATABASE_UNAVAILABLE"])
    #expect(later.facts.count == 2)
  }

  @Test func `what was done stays told when the payload cannot be read`() async throws {
    try await reopenedAfterwards {
      let found = try await performed(
        "mutation { \(write("x", "leave", "text thing { name }")) }", scope: scope(0))
      #expect(found.refusals == ["[x] UNAUTHENTICATED"])
      #expect(found.facts == [.clearRefreshCookie])
    }
  }

  @Test func `null for a field that may not be null ends the mutation`() async throws {
    let found = try await performed(
      #"mutation { \#(write("x", "one")) mustWrite(input: { text: "rate" }) { text } "#
        + #"\#(write("y", "never")) }"#, scope: scope(0))
    #expect(found.refusals == ["[mustWrite] RATE_LIMITED"])
    #expect(found.text.hasSuffix(#""data":null}"#))
    #expect(!found.journal.contains("begin never"))
  }

  @Test func `an argument that cannot be coerced is the field's error`() async throws {
    let found = try await performed(
      #"mutation ($i: WriteInput! = { text: "d" }) { x: open(input: $i) { text } }"#, scope: nil)
    #expect(found.text == #"{"data":{"x":{"text":"d"}}}"#)
  }

  @Test func `a stale catalogue is loaded once`() async throws {
    let count = Counter()
    let found = try await performed("mutation { \(write("x", "fresh")) }", scope: scope(0)) {
      bindings in
      bindings.context.view = { _ in count.value > 0 ? Catalogues.view() : nil }
      bindings.context.reload = { count.increment() }
    }
    #expect(found.refusals.isEmpty)
    #expect(count.value == 1)
  }

  private func reopenedAfterwards(_ body: () async throws -> Void) async throws {
    try await body()
    try TestDatabase.current.psql("update member set is_ended = false")
  }

  // MARK: Reads

  private func read(
    _ document: String, _ scope: TenantScope, _ reads: ReadPoolHandle
  ) async throws -> String {
    let bindings = laboratoryBindings()
    let plan = try planned(document, bindings)
    let batch = ReadBatch(plan, variables: .init(), bearer: .member(scope), bindings: bindings)
    let results = try await reads.submit(batch.batch)
    switch batch.outcome(results, .init(), bindings) {
    case .answers(let answers): return String(decoding: respond(plan, answers).bytes, as: UTF8.self)
    case .sessionEnded: return "sessionEnded"
    case .catalogueStale: return "catalogueStale"
    }
  }

  @Test func `two tenants on one connection each get their own, and nothing stays behind`()
    async throws
  {
    let document = "{ things { piece { name } } me { role } solutions(connected: true) { code } }"
    try await withPools { reads, _ in
      for _ in 0..<3 {
        #expect(
          try await read(document, scope(1), reads).contains(#"[{"piece":{"name":"piece"}}]"#))
        #expect(!(try await read(document, scope(0), reads).contains(#""name":"piece""#)))
        let left = try await reads.submit(
          Batch([
            Query(
              PreparedStatement(
                "SELECT coalesce(current_setting('app.tenant_id', true), ''), count(*) FROM thing"))
          ]))
        #expect(left[0].string(0, 0) == "")
        #expect(left[0].string(0, 1) == "0")
      }
      #expect(try await read(document, scope(1, session: "dead"), reads) == "sessionEnded")
    }
  }

  @Test func `one query is one implicit transaction`() async throws {
    // Every statement of the batch tells the same transaction's start; the next batch another.
    let stamp = Query(PreparedStatement("SELECT transaction_timestamp()::text"))
    try await withPools { reads, _ in
      let bindings = laboratoryBindings()
      let plan = try planned("{ thing { name } things { name } }", bindings)
      let batch = ReadBatch(plan, variables: .init(), bearer: .member(scope(1)), bindings: bindings)
      var stamped = batch.batch
      stamped.queries = [stamp] + stamped.queries + [stamp]
      let first = try await reads.submit(stamped)
      #expect(first.count == 6)
      #expect(first[0].string(0, 0) == first[5].string(0, 0))
      let second = try await reads.submit(stamped)
      #expect(second[0].string(0, 0) == second[5].string(0, 0))
      #expect(second[0].string(0, 0) != first[0].string(0, 0))
    }
  }

  @Test func `an aborted write leaves nothing of the batch`() async throws {
    try await withPools { reads, writes in
      let database = ActionDatabase(reads: reads, writes: writes)
      let before = try await read("{ things { name size } }", scope(1), reads)
      await #expect(throws: DatabaseError.self) {
        _ = try await database.write(
          [
            Query(renameThing, [scope(1).tenant, .text("gone")]),
            Query(PreparedStatement("SELECT 1 / $1::int"), [.integer(0)]),
          ], as: scope(1), access: .members)
      }
      await #expect(throws: ActionRefusal.forbidden) {
        _ = try await database.write(
          [Query(renameThing, [scope(0).tenant, .text("gone")])], as: scope(0),
          access: .roles(["admin"]))
      }
      await #expect(throws: ActionRefusal.unauthenticated) {
        _ = try await database.write(
          [Query(renameThing, [scope(1).tenant, .text("gone")])],
          as: scope(1, session: "dead"), access: .members)
      }
      #expect(try await read("{ things { name size } }", scope(1), reads) == before)
    }
  }
}

private final class Counter: Sendable {
  private let count = Mutex(0)
  var value: Int { count.withLock { $0 } }
  func increment() { count.withLock { $0 += 1 } }
}
