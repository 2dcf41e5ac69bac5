// A database, pools on an event loop of their own and what they observed: what each test of the
// driver starts from.

import Cluster
import NIOCore
import NIOPosix
import Postgres
import SQL
import Synchronization
import TestSupport

extension DatabaseTemplate {
  /// Two tenants' notes under row security, and a foreign key that is only checked at commit.
  static let driver = DatabaseTemplate(name: "driver") { cluster, database in
    try makeDriverTables(cluster, database)
  }
}

func makeDriverTables(_ cluster: LocalCluster, _ database: String) throws {
  try cluster.psql(
    """
    create role driver_app login;
    create role driver_owner login;
    create table note (tenant_id uuid not null, id integer not null, body text,
      primary key (tenant_id, id));
    insert into note select tenant(t), n, 'note ' || n || ' of ' || t
    from generate_series(0, 99) t, generate_series(1, 3) n;
    alter table note owner to driver_owner;
    alter table note enable row level security;
    alter table note force row level security;
    create policy tenant on note to driver_app
      using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
    create table parent (id integer primary key);
    create table child (id serial primary key,
      parent_id integer not null references parent deferrable initially deferred);
    grant select, insert, update, delete on all tables in schema public to driver_app;
    grant usage on all sequences in schema public to driver_app;
    """.replacing("tenant(t)", with: "('00000000-0000-4000-8000-' || (100000000000 + t))::uuid"),
    database: database)
}

func tenant(_ number: Int) -> String {
  "00000000-0000-4000-8000-\(100_000_000_000 + number)"
}

let setTenant = PreparedStatement("select set_config('app.tenant_id', $1, true)")
let readNotes = PreparedStatement(
  "select tenant_id, id, body from note where id <= $1::int order by tenant_id, id")
let breakAtCommit = PreparedStatement("insert into child (parent_id) values ($1::int) returning id")
let divide = PreparedStatement("select 1 / $1::int")

/// One tenant's batch: its tenant, then its notes.
func notes(of number: Int, count: Int = 3) -> Batch {
  Batch([
    Query(setTenant, [.text(tenant(number))]), Query(readNotes, [.integer(Int64(count))]),
  ])
}

/// Whose notes an answer to `notes(of:)` holds; nil when it failed.
func tenantRead(_ result: Result<[Rows], DatabaseError>) -> String? {
  guard case .success(let rows) = result, rows.count > 1 else { return nil }
  return rows[1].string(0, 0)
}

/// What was observed, and a way to wait for it.
final class Observed: Sendable {
  private struct State {
    var all: [PostgresObservation] = []
    var waiters: [Waiter] = []
  }

  private struct Waiter {
    let count: Int
    let matches: @Sendable (PostgresObservation) -> Bool
    let continuation: CheckedContinuation<Void, Never>
  }

  private let state = Mutex(State())

  var all: [PostgresObservation] { state.withLock(\.all) }

  func record(_ observation: PostgresObservation) {
    let ready = state.withLock { state in
      state.all.append(observation)
      var ready: [CheckedContinuation<Void, Never>] = []
      state.waiters.removeAll { waiter in
        guard state.all.count(where: waiter.matches) >= waiter.count else { return false }
        ready.append(waiter.continuation)
        return true
      }
      return ready
    }
    for continuation in ready { continuation.resume() }
  }

  /// Returns once `count` observations match.
  func wait(
    for count: Int = 1, _ matches: @escaping @Sendable (PostgresObservation) -> Bool
  ) async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if state.all.count(where: matches) >= count { return true }
        state.waiters.append(Waiter(count: count, matches: matches, continuation: continuation))
        return false
      }
      if isThere { continuation.resume() }
    }
  }

  func waitUntilConnected(_ count: Int = 1) async {
    await wait(for: count) { observation in
      if case .connected = observation { true } else { false }
    }
  }
}

/// A read pool with a few words to drive it.
struct ReadDriver: Sendable {
  let loop: any EventLoop
  let pool: NIOLoopBound<ReadPool>
  let observed: Observed

  var handle: ReadPoolHandle {
    get async throws { try await loop.submit { pool.value.handle }.get() }
  }

  /// Hands all batches over in one tick, so that they leave together.
  func submitTogether(_ batches: [Batch]) async -> [Result<[Rows], DatabaseError>] {
    await withCheckedContinuation { continuation in
      loop.execute {
        let all = Collected(count: batches.count, continuation)
        for (index, batch) in batches.enumerated() {
          pool.value.submit(batch) { all.set(index, $0) }
        }
      }
    }
  }

  private final class Collected {
    private var results: [Result<[Rows], DatabaseError>?]
    private var missing: Int
    private let continuation: CheckedContinuation<[Result<[Rows], DatabaseError>], Never>

    init(
      count: Int, _ continuation: CheckedContinuation<[Result<[Rows], DatabaseError>], Never>
    ) {
      results = Array(repeating: nil, count: count)
      missing = count
      self.continuation = continuation
    }

    func set(_ index: Int, _ result: Result<[Rows], DatabaseError>) {
      if results[index] != nil { return }
      results[index] = result
      missing -= 1
      if missing == 0 { continuation.resume(returning: results.compactMap(\.self)) }
    }
  }
}

/// Makes a read pool, waits until all its connections are up, and closes it at the end.
func withReadPool<T: Sendable>(
  _ connectionInfo: String, connections: Int = 1, isThreaded: Bool = false,
  _ change: @Sendable (inout PostgresLimits, inout ConnectionSettings) -> Void = { _, _ in },
  _ body: (ReadDriver) async throws -> T
) async throws -> T {
  let loop = MultiThreadedEventLoopGroup.singleton.next()
  let observed = Observed()
  var limits = PostgresLimits()
  limits.readConnections = connections
  limits.reconnectMillisecondsMax = 100
  var settings = try ConnectionSettings(connectionInfo)
  change(&limits, &settings)
  let (finalLimits, finalSettings) = (limits, settings)
  let bound = try await loop.submit {
    let reactor = try Reactor(eventLoop: loop, isThreaded: isThreaded)
    let pool = ReadPool(
      settings: finalSettings, limits: finalLimits, reactor: reactor, observe: observed.record)
    pool.start()
    return (NIOLoopBound(pool, eventLoop: loop), NIOLoopBound(reactor, eventLoop: loop))
  }.get()
  await observed.waitUntilConnected(connections)
  let result: Result<T, any Error>
  do {
    result = .success(
      try await body(ReadDriver(loop: loop, pool: bound.0, observed: observed)))
  } catch {
    result = .failure(error)
  }
  try await loop.submit {
    bound.0.value.close()
    bound.1.value.close()
  }.get()
  return try result.get()
}

/// The same for a write pool.
func withWritePool<T: Sendable>(
  _ connectionInfo: String, connections: Int = 1,
  _ change: @Sendable (inout PostgresLimits) -> Void = { _ in },
  _ body: (WritePoolHandle, Observed) async throws -> T
) async throws -> T {
  let loop = MultiThreadedEventLoopGroup.singleton.next()
  let observed = Observed()
  var limits = PostgresLimits()
  limits.writeConnections = connections
  change(&limits)
  let finalLimits = limits
  let settings = try ConnectionSettings(connectionInfo)
  let bound = try await loop.submit {
    let reactor = try Reactor(eventLoop: loop)
    let pool = WritePool(
      settings: settings, limits: finalLimits, reactor: reactor, observe: observed.record)
    pool.start()
    return (NIOLoopBound(pool, eventLoop: loop), NIOLoopBound(reactor, eventLoop: loop))
  }.get()
  await observed.waitUntilConnected(connections)
  let handle = try await loop.submit { bound.0.value.handle }.get()
  let result: Result<T, any Error>
  do {
    result = .success(try await body(handle, observed))
  } catch {
    result = .failure(error)
  }
  try await loop.submit {
    bound.0.value.close()
    bound.1.value.close()
  }.get()
  return try result.get()
}
