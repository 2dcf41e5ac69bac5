// The first test that asks for a database enters, the one PostgreSQL cluster of this test process
// leaves; it ends and is removed with the process, however that ends.

package import Cluster
import Glibc

/// The cluster that all tests of a process share. Roles belong to the whole cluster: a test that
/// makes one names it after itself.
package actor TestCluster {
  package static let shared = TestCluster()

  private var started: LocalCluster?
  private var templates: [String: Task<Void, any Error>] = [:]

  /// Starts the cluster on the first call, about two seconds; an empty one, so that no role or
  /// database of an earlier run is in the way.
  package func cluster() throws -> LocalCluster {
    if let started { return started }
    let cluster = try Self.startInFreeSlot()
    try cluster.removeWhenThisProcessEnds()
    started = cluster
    return cluster
  }

  /// Makes the template's database when it is not there yet; two that ask at once share one making.
  func prepare(_ template: DatabaseTemplate) async throws -> LocalCluster {
    let cluster = try cluster()
    let making =
      templates[template.name]
      ?? Task {
        let database = template.databaseName
        try cluster.psql("CREATE DATABASE \(database)", database: "postgres")
        try await template.prepare(cluster, database)
        // Nobody may be connected to a database while it is cloned.
        try cluster.psql(
          "ALTER DATABASE \(database) ALLOW_CONNECTIONS false", database: "postgres")
      }
    templates[template.name] = making
    try await making.value
    return cluster
  }

  /// Several test processes may run side by side, of this clone and of others: each takes the first
  /// folder that no living process holds. What a killed one left there is removed.
  private static func startInFreeSlot() throws -> LocalCluster {
    var lastError: (any Error)?
    for slot in 0..<slotsMax {
      do throws(ClusterError) {
        let directory = "/tmp" + "/mi-alegra-test-\(geteuid())-\(slot)"
        return try LocalCluster.start(directory: directory, settings: .test, wiped: true)
      } catch {
        lastError = error
        switch error {
        case .directoryInUse, .directoryUnusable: continue
        case .binariesMissing, .binariesTooOld, .foreignVersion, .serverAccountMissing,
          .directoryUnreachable, .orphansLeft, .socketFolderMissing, .commandFailed:
          throw error
        }
      }
    }
    throw lastError ?? ClusterError.socketFolderMissing(tried: [])
  }

  private static let slotsMax = 32
}
