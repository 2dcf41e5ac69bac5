// The way of a mutation to the database: statements of the domain come in, a batch in the name of
// the member leaves, guarded by the database itself.

package import Postgres
import SQL

/// The database as actions see it. Each call is one batch: one implicit transaction, one round
/// trip; either all of its statements took effect or none.
package struct ActionDatabase: Sendable {
  private let reads: ReadPoolHandle
  private let writes: WritePoolHandle

  package init(reads: ReadPoolHandle, writes: WritePoolHandle) {
    self.reads = reads
    self.writes = writes
  }

  /// Runs statements in the name of a member. Before the first of them the database checks that
  /// the session lives and that the member has one of the roles: a dead session or a missing role
  /// raises a named SQLSTATE, so that PostgreSQL skips what follows.
  /// - Returns: the rows of each of `queries`.
  /// - Throws: `DatabaseError`, or `ActionRefusal` where the guard refused.
  package func write(
    _ queries: [Query], as scope: TenantScope, access: Access
  ) async throws -> [Rows] {
    try await guarded([scope.setting, scope.guardQuery(access)], queries)
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
      let results = try await writes.submit(Batch(guards + queries))
      return Array(results.dropFirst(guards.count))
    } catch {
      switch error.sqlState {
      case "HB401": throw ActionRefusal.unauthenticated
      case "HB403": throw ActionRefusal.forbidden
      case _: throw error
      }
    }
  }

  /// Runs statements without a tenant: no more is reached than what functions of definer roles
  /// give.
  package func write(_ queries: [Query]) async throws(DatabaseError) -> [Rows] {
    try await writes.submit(Batch(queries))
  }

  func read(_ batch: Batch) async throws(DatabaseError) -> [Rows] {
    try await reads.submit(batch)
  }
}

extension TenantScope {
  fileprivate func guardQuery(_ access: Access) -> Query {
    let roles: Parameter =
      switch access {
      case .anyone, .members: nil
      case .nobody, .services: .text("{}")
      case .roles(let roles): .text("{" + roles.sorted().joined(separator: ",") + "}")
      }
    return Query(guardMember, [tenant, account, session, roles])
  }
}

private let guardMember = PreparedStatement("SELECT app_guard($1, $2, $3, $4)")
private let guardService = PreparedStatement("SELECT service_guard($1)")
