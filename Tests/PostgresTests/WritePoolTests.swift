// Mutations against a real PostgreSQL: committed, rolled back, waiting, given up.

import NIOCore
import Postgres
import SQL
import TestSupport
import Testing

@Suite(.database(from: .driver)) struct WritePoolTests {
  private struct Changed: Error {}

  private let insert = PreparedStatement("insert into parent (id) values ($1::int)")

  private func parents(_ low: Int, _ high: Int) throws -> String {
    try TestDatabase.current.psql(
      "select coalesce(string_agg(id::text, ' ' order by id), '') from parent "
        + "where id between \(low) and \(high)")
  }

  private func info() throws -> String {
    try TestDatabase.current.connectionInfo(user: "driver_app")
  }

  @Test func `what the body did is committed when it returns`() async throws {
    try await withWritePool(try info()) { pool, _ in
      let count = try await pool.withTransaction { transaction in
        let none = try await transaction.execute(
          Query(.unnamed("select count(*) from parent where id between 10 and 19")))
        _ = try await transaction.execute([
          Query(insert, [.integer(10)]), Query(insert, [.integer(11)]),
        ])
        return none.integer(0, 0)
      }
      #expect(count == 0)
    }
    let left = try parents(10, 19)
    #expect(left == "10 11")
  }

  @Test func `what the body did is rolled back when it throws`() async throws {
    try await withWritePool(try info()) { pool, observed in
      for _ in 0..<3 {
        await #expect(throws: Changed.self) {
          try await pool.withTransaction { transaction in
            _ = try await transaction.execute([Query(insert, [.integer(20)])])
            throw Changed()
          }
        }
      }
      let connected = observed.all.count
      #expect(connected == 1)
    }
    let left = try parents(20, 29)
    #expect(left == "")
  }

  @Test func `after an error the connection is idle again, and the next mutation is not aborted`()
    async throws
  {
    try await withWritePool(try info()) { pool, observed in
      await #expect(throws: DatabaseError.self) {
        try await pool.withTransaction { transaction in
          _ = try await transaction.execute([Query(insert, [.integer(30)])])
          _ = try await transaction.execute([Query(divide, [.integer(0)])])
        }
      }
      _ = try await pool.submit(Batch([Query(insert, [.integer(31)])]))
      let connected = observed.all.count
      #expect(connected == 1)
    }
    let left = try parents(30, 39)
    #expect(left == "31")
  }

  @Test func `a body that swallows an error is told that nothing was committed`() async throws {
    try await withWritePool(try info()) { pool, _ in
      let error = await #expect(throws: DatabaseError.self) {
        try await pool.withTransaction { transaction in
          _ = try await transaction.execute([Query(insert, [.integer(40)])])
          _ = try? await transaction.execute([Query(divide, [.integer(0)])])
        }
      }
      #expect(error?.sqlState == "25P02")
    }
    let left = try parents(40, 49)
    #expect(left == "")
  }

  @Test func `an error at commit reaches the caller`() async throws {
    try await withWritePool(try info()) { pool, _ in
      let error = await #expect(throws: DatabaseError.self) {
        try await pool.withTransaction { transaction in
          _ = try await transaction.execute([Query(breakAtCommit, [.integer(4711)])])
        }
      }
      #expect(error?.sqlState == "23503")
      let single = await #expect(throws: DatabaseError.self) {
        try await pool.submit(Batch([Query(breakAtCommit, [.integer(4711)])]))
      }
      #expect(single?.sqlState == "23503")
    }
  }

  @Test func `a rehearsal answers what was done and leaves nothing`() async throws {
    try await withWritePool(try info()) { pool, observed in
      let rows = try await pool.rehearse(
        Batch([
          Query(insert, [.integer(160)]),
          Query(.unnamed("select count(*) from parent where id between 160 and 169")),
        ]))
      #expect(rows.count == 2)
      #expect(rows.last?.integer(0, 0) == 1)
      let late = await #expect(throws: DatabaseError.self) {
        try await pool.rehearse(Batch([Query(breakAtCommit, [.integer(4712)])]))
      }
      #expect(late?.sqlState == "23503")
      let early = await #expect(throws: DatabaseError.self) {
        try await pool.rehearse(
          Batch([Query(insert, [.integer(161)]), Query(divide, [.integer(0)])]))
      }
      #expect(early?.sqlState == "22012")
      _ = try await pool.submit(Batch([Query(insert, [.integer(162)])]))
      let connected = observed.all.count
      #expect(connected == 1)
    }
    let left = try parents(160, 169)
    #expect(left == "162")
  }

  @Test func `a mutation that leaves a transaction open loses its connection, nobody inherits it`()
    async throws
  {
    try await withWritePool(try info()) { pool, observed in
      _ = try await pool.submit(
        Batch([Query(.unnamed("BEGIN")), Query(insert, [.integer(50)])]))
      await observed.waitUntilConnected(2)
      _ = try await pool.submit(Batch([Query(insert, [.integer(51)])]))
    }
    let left = try parents(50, 59)
    #expect(left == "51")
  }

  @Test func `transactions wait for a connection in turn, and not longer than the limit`()
    async throws
  {
    try await withWritePool(
      try info(),
      connections: 1,
      { limits in
        limits.writeWaitersMax = 1
        limits.writeWaitMilliseconds = 200
      }
    ) { pool, _ in
      try await pool.withTransaction { transaction in
        _ = try await transaction.execute([Query(insert, [.integer(60)])])
        await #expect(throws: DatabaseError.timedOut(.writeConnection)) {
          try await pool.submit(Batch([Query(insert, [.integer(61)])]))
        }
        async let first = pool.submit(Batch([Query(insert, [.integer(62)])]))
        async let second = pool.submit(Batch([Query(insert, [.integer(63)])]))
        var refused = 0
        do { _ = try await first } catch DatabaseError.queueFull(limit: 1) { refused += 1 } catch {}
        do { _ = try await second } catch DatabaseError.queueFull(limit: 1) { refused += 1 } catch {
        }
        #expect(refused == 1)
      }
      _ = try await pool.submit(Batch([Query(insert, [.integer(64)])]))
    }
    let left = try parents(60, 69)
    #expect(left == "60 64")
  }

  @Test func `a hundred transactions at once over three connections all happen once`() async throws
  {
    try await withWritePool(try info(), connections: 3) { pool, _ in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 1000..<1100 {
          group.addTask {
            try await pool.withTransaction { transaction in
              _ = try await transaction.execute([Query(insert, [.integer(Int64(number))])])
              _ = try await transaction.execute([Query(readNotes, [.integer(1)])])
            }
          }
        }
        try await group.waitForAll()
      }
    }
    let count = try TestDatabase.current.psql(
      "select count(*) from parent where id between 1000 and 1099")
    #expect(count == "100")
  }

  @Test func `serialization failures are worth repeating`() async throws {
    try await withWritePool(try info(), connections: 2) { pool, _ in
      _ = try await pool.submit(Batch([Query(insert, [.integer(70)])]))
      let error = await #expect(throws: DatabaseError.self) {
        try await pool.withTransaction(isolation: .repeatableRead) { transaction in
          _ = try await transaction.execute(Query(.unnamed("select * from parent")))
          let raise = Query(.unnamed("update parent set id = 71 where id = 70"))
          _ = try await pool.submit(Batch([raise]))
          _ = try await transaction.execute(
            Query(.unnamed("update parent set id = 72 where id = 70")))
        }
      }
      #expect(error?.isWorthRepeating == true)
    }
  }

  @Test func `a stale statement in a transaction's first batch is prepared again`() async throws {
    try await withWritePool(try info()) { pool, _ in
      _ = try await pool.submit(Batch([Query(insert, [.integer(80)])]))
      _ = try await pool.submit(Batch([Query(.unnamed("DEALLOCATE ALL"))]))
      try await pool.withTransaction { transaction in
        _ = try await transaction.execute([Query(insert, [.integer(81)])])
      }
      _ = try await pool.submit(Batch([Query(.unnamed("DEALLOCATE ALL"))]))
      _ = try await pool.submit(Batch([Query(insert, [.integer(82)])]))
    }
    let left = try parents(80, 89)
    #expect(left == "80 81 82")
  }

  @Test func `a transaction that takes too long is closed, rolled back and said to be`()
    async throws
  {
    try await withWritePool(try info(), connections: 1, { $0.transactionSeconds = 1 }) {
      pool, observed in
      let error = await #expect(throws: DatabaseError.self) {
        try await pool.withTransaction { transaction in
          _ = try await transaction.execute([Query(insert, [.integer(90)])])
          _ = try await transaction.execute([Query(.unnamed("select pg_sleep(30)"))])
        }
      }
      #expect(error == .timedOut(.transaction))
      await observed.waitUntilConnected(2)
      _ = try await pool.submit(Batch([Query(insert, [.integer(91)])]))
    }
    let left = try parents(90, 99)
    #expect(left == "91")
  }
}
