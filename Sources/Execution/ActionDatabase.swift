// The way of a mutation to the database: statements of the domain come in, a batch in the name of
// the member leaves, guarded by the database itself.

package import Postgres
import SQL

/// The database as actions see it. Each call is one batch: one implicit transaction, one round
/// trip; either all of its statements took effect or none.
package struct ActionDatabase: Sendable {
  private let reads: ReadPoolHandle
  private let writes: WritePoolHandle
  /// Told whose mutation has committed.
  private let committed: @Sendable (TenantScope) -> Void
  /// What the log says about where a change came from.
  private var origin: ChangeOrigin?
  /// Where what is written in somebody's name belongs to one transaction.
  private var transaction: ActTransaction?

  package init(
    reads: ReadPoolHandle, writes: WritePoolHandle,
    committed: @escaping @Sendable (TenantScope) -> Void = { _ in }
  ) {
    self.reads = reads
    self.writes = writes
    self.committed = committed
  }

  /// The same for what a client of this name does.
  func from(_ origin: ChangeOrigin?) -> ActionDatabase {
    var database = self
    database.origin = origin
    return database
  }

  /// The same where what is written and read in somebody's name is one transaction, which claims a
  /// key before the first statement and is ended by whoever asked for it.
  func claiming(
    _ claim: Query, as scope: TenantScope, access: Access, _ requirement: ScopeRequirement
  ) -> (database: ActionDatabase, transaction: ActTransaction) {
    let guards = [scope.setting, scope.guardQuery(access, requirement)] + originSetting
    let transaction = ActTransaction(writes, claim: guards + [claim])
    var database = self
    database.transaction = transaction
    return (database, transaction)
  }

  /// Tells what a transaction of `claiming` has come to.
  func hasCommitted(_ scope: TenantScope) { committed(scope) }

  /// The same for what has to stand whatever comes of the transaction.
  var apart: ActionDatabase {
    var database = self
    database.transaction = nil
    return database
  }

  /// Runs statements in the name of a member. Before the first of them the database checks that
  /// the session lives and that the member has one of the roles: a dead session or a missing role
  /// raises a named SQLSTATE, so that PostgreSQL skips what follows.
  /// A partner's token is held until the commit, and asked for its scope.
  /// - Returns: the rows of each of `queries`.
  /// - Throws: `DatabaseError`, or `ActionRefusal` where the guard refused.
  package func write(
    _ queries: [Query], as scope: TenantScope, access: Access,
    _ requirement: ScopeRequirement = .closed
  ) async throws -> [Rows] {
    if let transaction { return try await inside(transaction, queries) }
    let rows = try await guarded([scope.setting, scope.guardQuery(access, requirement)], queries)
    committed(scope)
    return rows
  }

  /// Runs statements in the name of a solution's backend. Before the first of them the database
  /// checks that the token is good still, in the same transaction; which companies a statement may
  /// reach is for its function to decide, by the token's hash.
  /// - Throws: `DatabaseError`, or `ActionRefusal` where the guard refused.
  package func write(_ queries: [Query], as service: ServiceBearer) async throws -> [Rows] {
    try await guarded([Query(guardService, [service.tokenHash])], queries)
  }

  private func guarded(_ guards: [Query], _ queries: [Query]) async throws -> [Rows] {
    do throws(DatabaseError) {
      let before = guards + originSetting
      let results = try await writes.submit(Batch(before + queries))
      return Array(results.dropFirst(before.count))
    } catch {
      throw refusal(of: error)
    }
  }

  /// Does all that `write` does in a transaction that is rolled back: what deferred constraints
  /// would refuse at the commit is refused here, too, and nothing of it remains.
  /// - Returns: the rows of each of `queries`.
  /// - Throws: as `write`.
  package func rehearse(
    _ queries: [Query], as scope: TenantScope, access: Access,
    _ requirement: ScopeRequirement = .closed
  ) async throws -> [Rows] {
    do throws(DatabaseError) {
      let results = try await writes.rehearse(
        Batch([scope.setting, scope.guardQuery(access, requirement)] + queries))
      return Array(results.dropFirst(2))
    } catch {
      throw refusal(of: error)
    }
  }

  private func inside(
    _ transaction: ActTransaction, _ queries: [Query]
  ) async throws -> [Rows] {
    do throws(DatabaseError) {
      return try await transaction.execute(queries)
    } catch {
      throw refusal(of: error)
    }
  }

  private func refusal(of error: DatabaseError) -> any Error {
    switch error.sqlState {
    case "HB401": ActionRefusal.unauthenticated
    case "HB403": ActionRefusal.forbidden
    case _: error
    }
  }

  /// Runs statements without a tenant: no more is reached than what functions of definer roles
  /// give.
  package func write(_ queries: [Query]) async throws(DatabaseError) -> [Rows] {
    let before = originSetting
    return Array(try await writes.submit(Batch(before + queries)).dropFirst(before.count))
  }

  private var originSetting: [Query] {
    origin.map { [Query(setOrigin, [.text($0.name)])] } ?? []
  }

  func read(_ queries: [Query], as scope: TenantScope) async throws(DatabaseError) -> [Rows] {
    Array(try await reads.submit(Batch([scope.setting] + queries)).dropFirst())
  }

  func read(_ batch: Batch) async throws(DatabaseError) -> [Rows] {
    if let transaction { return try await transaction.execute(batch.queries) }
    return try await reads.submit(batch)
  }
}

extension TenantScope {
  fileprivate func guardQuery(_ access: Access, _ requirement: ScopeRequirement) -> Query {
    if let token {
      return Query(guardToken, [tenant, token.id, token.hash, Parameter(requirement.name)])
    }
    let roles: Parameter =
      switch access {
      case .anyone, .people, .members: nil
      case .nobody, .services: .text("{}")
      case .roles(let roles): .text("{" + roles.sorted().joined(separator: ",") + "}")
      }
    return Query(guardMember, [tenant, account, session, roles])
  }
}

private let guardMember = PreparedStatement("SELECT app_guard($1, $2, $3, $4)")
private let guardToken = PreparedStatement("SELECT token_guard($1, $2, $3, $4)")
private let guardService = PreparedStatement("SELECT service_guard($1)")
private let setOrigin = PreparedStatement(
  "SELECT set_config('app.origin', $1, true)", parameterTypes: [25])
