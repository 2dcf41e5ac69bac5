// PostgreSQL dies, hangs or comes back while batches are in flight. On a cluster of its own,
// because it is stopped.

import Cluster
import Glibc
import NIOCore
import Postgres
import SQL
import TestSupport
import Testing

@Suite(.serialized) struct RecoveryTests {
  @Test(arguments: [LocalCluster.StopMode.fast, .immediate])
  func `a server that restarts under load fails what was in flight and is found again`(
    _ mode: LocalCluster.StopMode
  ) async throws {
    let directory = "/tmp" + "/mi-alegra-restart-\(getpid())-\(mode.rawValue)"
    let cluster = try LocalCluster.start(directory: directory, settings: .test, wiped: true)
    do {
      try await restart(cluster, mode)
    } catch {
      try cluster.stop(.immediate)
      throw error
    }
  }

  private func restart(_ cluster: LocalCluster, _ mode: LocalCluster.StopMode) async throws {
    try cluster.psql("create database hub", database: "postgres")
    try makeDriverTables(cluster, "hub")
    // A test cluster commits asynchronously, and the immediate stop is a crash.
    try cluster.psql("checkpoint", database: "hub")
    let info = cluster.connectionInfo(database: "hub", user: "driver_app")

    try await withReadPool(info) { driver in
      _ = await driver.submitTogether([notes(of: 0)])
      let slow = Batch(notes(of: 1).queries + [Query(.unnamed("select pg_sleep(60)"))])
      async let answers = driver.submitTogether([notes(of: 0), slow, notes(of: 2), slow, slow])
      try await untilSleeping(on: cluster)
      try cluster.stop(mode)
      let results = await answers
      #expect(tenantRead(results[0]) == tenant(0))
      for index in 1...4 {
        guard case .failure(.connectionLost) = results[index] else {
          Issue.record("a batch outlived its server: \(results[index])")
          continue
        }
      }
      // Nothing is up: refused at once, and not sent.
      await driver.observed.wait(for: 2) { observation in
        if case .connectFailed = observation { true } else { false }
      }
      let isReady = await (try driver.handle).isReady()
      #expect(!isReady)
      let refused = await driver.submitTogether([notes(of: 3)])
      guard case .failure(.connectionLost(.nothingDone, _)) = refused[0] else {
        Issue.record("a batch was taken while no server was up")
        return
      }
      let again = try LocalCluster.start(directory: cluster.directory, settings: .test)
      try again.removeWhenThisProcessEnds()
      await driver.observed.waitUntilConnected(2)
      let recovered = await driver.submitTogether((0..<20).map { notes(of: $0) })
      for (index, result) in recovered.enumerated() { #expect(tenantRead(result) == tenant(index)) }
      try again.stop(.immediate)
    }
  }

  @Test func `a backend that is terminated fails its own batches only`() async throws {
    let database = try await TestDatabase.make(from: .driver)
    let info = database.connectionInfo(user: "driver_app")
    try await withReadPool(info, connections: 2) { driver in
      let slow = Batch(notes(of: 1).queries + [Query(.unnamed("select pg_sleep(60)"))])
      async let slowAnswer = driver.submitTogether([slow])
      try await untilSleeping(on: database.cluster)
      let other = await driver.submitTogether([notes(of: 2)])
      #expect(tenantRead(other[0]) == tenant(2))
      try database.psql(
        "select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep(60)'"
          + " and pid <> pg_backend_pid()")
      guard case .failure(.connectionLost) = await slowAnswer[0] else {
        Issue.record("a terminated batch was answered")
        return
      }
      await driver.observed.waitUntilConnected(3)
      let all = await driver.submitTogether((0..<10).map { notes(of: $0) })
      for (index, result) in all.enumerated() { #expect(tenantRead(result) == tenant(index)) }
    }
    try database.drop()
  }

  @Test func `a server that hangs is given up after the answer's time limit`() async throws {
    let database = try await TestDatabase.make(from: .driver)
    let info = database.connectionInfo(user: "driver_app")
    try await withReadPool(info, { limits, _ in limits.answerSeconds = 1 }) { driver in
      _ = await driver.submitTogether([notes(of: 0)])
      let results = await driver.submitTogether([
        notes(of: 1), Batch([Query(.unnamed("select pg_sleep(60)"))]), notes(of: 2),
      ])
      #expect(tenantRead(results[0]) == tenant(1))
      for index in [1, 2] {
        guard case .failure(.timedOut(.answer)) = results[index] else {
          Issue.record("a hanging batch ended otherwise: \(results[index])")
          continue
        }
      }
      await driver.observed.waitUntilConnected(2)
      let again = await driver.submitTogether([notes(of: 4)])
      #expect(tenantRead(again[0]) == tenant(4))
    }
    try database.drop()
  }

  @Test func `without a server nothing is ready and every batch is refused at once`() async throws {
    try await withReadPool("host=/nonexistent dbname=hub user=x", connections: 0) { driver in
      await driver.observed.wait(for: 3) { observation in
        if case .connectFailed = observation { true } else { false }
      }
      let results = await driver.submitTogether([notes(of: 1)])
      guard case .failure(.connectionLost(.nothingDone, _)) = results[0] else {
        Issue.record("a batch went nowhere: \(results[0])")
        return
      }
    }
  }

  @Test func `a host's name is asked for off the loop, and one that does not exist is reported`()
    async throws
  {
    try await withReadPool("host=nowhere.invalid dbname=hub user=x", connections: 0) { driver in
      await driver.observed.wait { observation in
        if case .connectFailed(_, .connectionLost(.nothingDone, _), _) = observation {
          true
        } else {
          false
        }
      }
    }
  }
}

/// Returns once a backend runs pg_sleep; asked of the server, so that no time is guessed.
private func untilSleeping(on cluster: LocalCluster) async throws {
  let settings = try ConnectionSettings(
    cluster.connectionInfo(database: "postgres", user: "postgres"))
  try await AdminConnection.run(settings) { connection in
    for _ in 0..<3_000 {
      let rows = try connection.execute(
        """
        select count(*), pg_sleep(0.01) from pg_stat_activity
        where query like '%pg_sleep(60)' and pid <> pg_backend_pid() and state = 'active'
        """)
      if rows.integer(0, 0) ?? 0 > 0 { return }
    }
    Issue.record("the slow statement never began")
  }
}
