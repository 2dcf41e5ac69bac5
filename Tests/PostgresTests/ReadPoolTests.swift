// Batches against a real PostgreSQL: whose answer is whose, whatever fails in between.

import Postgres
import SQL
import TestSupport
import Testing

@Suite(.database(from: .driver)) struct ReadPoolTests {
  @Test func `a batch is one transaction that sees its own tenant and nobody else's`() async throws
  {
    let database = try TestDatabase.current
    try await withReadPool(database.connectionInfo(user: "driver_app")) { driver in
      let results = await driver.submitTogether([notes(of: 7), notes(of: 8)])
      for (result, number) in zip(results, [7, 8]) {
        let rows = try result.get()
        #expect(rows.count == 2)
        #expect(rows[1].rowCount == 3)
        #expect(rows[1].columnNames == ["tenant_id", "id", "body"])
        for row in 0..<3 { #expect(rows[1].string(row, 0) == tenant(number)) }
      }
      let without = try await driver.handle.submit(
        Batch([Query(readNotes, [.integer(3)])]))
      #expect(without[0].isEmpty)
    }
  }

  @Test func `an error at commit fails its batch, and the next tenant's gets its own rows`()
    async throws
  {
    let database = try TestDatabase.current
    try await withReadPool(database.connectionInfo(user: "driver_app")) { driver in
      // Once to prepare, once with everything prepared and so pipelined back to back.
      for _ in 0..<2 {
        let broken = Batch([
          Query(setTenant, [.text(tenant(1))]), Query(breakAtCommit, [.integer(4711)]),
        ])
        let results = await driver.submitTogether([
          notes(of: 1), broken, notes(of: 2), broken, notes(of: 3),
        ])
        for (index, number) in [(0, 1), (2, 2), (4, 3)] {
          #expect(tenantRead(results[index]) == tenant(number))
        }
        for index in [1, 3] {
          guard case .failure(.refused(let refusal)) = results[index] else {
            Issue.record("a broken foreign key was committed")
            continue
          }
          #expect(refusal.sqlState == "23503")
          #expect(refusal.queryIndex == nil)
          #expect(refusal.constraint == "child_parent_id_fkey")
        }
      }
      let children = try database.psql("select count(*) from child")
      #expect(children == "0")
    }
  }

  @Test func `an error in the middle names its query and spares every other batch`() async throws {
    let database = try TestDatabase.current
    try await withReadPool(database.connectionInfo(user: "driver_app")) { driver in
      for _ in 0..<2 {
        let broken = Batch([
          Query(setTenant, [.text(tenant(5))]), Query(divide, [.integer(0)]),
          Query(readNotes, [.integer(3)]),
        ])
        let results = await driver.submitTogether([notes(of: 4), broken, notes(of: 6)])
        #expect(tenantRead(results[0]) == tenant(4))
        #expect(tenantRead(results[2]) == tenant(6))
        guard case .failure(.refused(let refusal)) = results[1] else {
          Issue.record("a division by zero succeeded")
          continue
        }
        #expect(refusal.sqlState == "22012")
        #expect(refusal.queryIndex == 1)
        #expect(refusal.statementName == divide.name)
      }
    }
  }

  @Test func `ten thousand interleaved batches each get their own tenant's rows`() async throws {
    let database = try TestDatabase.current
    let info = database.connectionInfo(user: "driver_app")
    try await withReadPool(info, connections: 4, { limits, _ in limits.queueMax = 20_000 }) {
      driver in
      var batches: [Batch] = []
      for index in 0..<10_000 {
        let number = index % 100
        switch index % 7 {
        case 3:
          batches.append(
            Batch(
              notes(of: number).queries + [Query(divide, [.integer(0)])]
                + notes(of: (number + 1) % 100).queries))
        case 5:
          batches.append(
            Batch(notes(of: number).queries + [Query(breakAtCommit, [.integer(99)])]))
        case _:
          batches.append(notes(of: number, count: 1 + index % 3))
        }
      }
      let results = await driver.submitTogether(batches)
      var (right, refused) = (0, 0)
      for (index, result) in results.enumerated() {
        switch result {
        case .success(let rows):
          let own = tenant(index % 100)
          let areAllOwn = (0..<rows[1].rowCount).allSatisfy { rows[1].string($0, 0) == own }
          if areAllOwn, rows[1].rowCount == 1 + index % 3 { right += 1 }
        case .failure(.refused(let refusal)):
          let expected = index % 7 == 3 ? "22012" : "23503"
          if refusal.sqlState == expected, index % 7 == 3 || index % 7 == 5 { refused += 1 }
        case .failure(let error):
          Issue.record(error)
          return
        }
      }
      let failing = (0..<10_000).count { $0 % 7 == 3 || $0 % 7 == 5 }
      #expect(refused == failing)
      #expect(right == 10_000 - failing)
    }
  }

  @Test func `statements that the server forgot are prepared again, the batches unharmed`()
    async throws
  {
    let database = try TestDatabase.current
    try await withReadPool(database.connectionInfo(user: "driver_app")) { driver in
      _ = try await driver.handle.submit(notes(of: 1))
      let forget = Batch([Query(.unnamed("DEALLOCATE ALL"))])
      let results = await driver.submitTogether(
        [forget] + (0..<50).map { notes(of: $0) })
      for (index, result) in results.dropFirst().enumerated() {
        #expect(tenantRead(result) == tenant(index))
      }
      let again = await driver.submitTogether((0..<50).map { notes(of: $0) })
      for (index, result) in again.enumerated() {
        #expect(tenantRead(result) == tenant(index))
      }
      let prepared = try await driver.handle.submit(
        Batch([Query(.unnamed("select count(*) from pg_prepared_statements"))]))
      #expect(prepared[0].string(0, 0) == "2")
    }
  }

  @Test func `a table that changed its columns makes the batch run once more`() async throws {
    let database = try TestDatabase.current
    try database.psql("create table changing (a int); grant select on changing to driver_app")
    let all = Batch([Query(PreparedStatement("select * from changing"))])
    try await withReadPool(database.connectionInfo(user: "driver_app")) { driver in
      #expect(try await driver.handle.submit(all)[0].columnNames == ["a"])
      try database.psql("alter table changing add column b int")
      let results = await driver.submitTogether([all, notes(of: 3), all])
      let first = try results[0].get()
      #expect(first[0].columnNames == ["a", "b"])
      #expect(tenantRead(results[1]) == tenant(3))
      let last = try results[2].get()
      #expect(last[0].columnNames == ["a", "b"])
      #expect(
        driver.observed.all.contains { observation in
          if case .batchRepeated(_, "0A000", _) = observation { true } else { false }
        })
    }
  }

  @Test func `the least recently used statement is deallocated`() async throws {
    let database = try TestDatabase.current
    let info = database.connectionInfo(user: "driver_app")
    try await withReadPool(info, { limits, _ in limits.statementsPerConnectionMax = 3 }) { driver in
      for number in 0..<20 {
        let rows = try await driver.handle.submit(
          Batch([Query(PreparedStatement("select \(number)"))]))
        #expect(rows[0].integer(0, 0) == number)
      }
      let wide = Batch((0..<6).map { Query(PreparedStatement("select \($0), 'wide'")) })
      let results = await driver.submitTogether([wide, wide, notes(of: 9)])
      let numbers = try results[1].get().map { $0.integer(0, 0) }
      #expect(numbers == [0, 1, 2, 3, 4, 5])
      #expect(tenantRead(results[2]) == tenant(9))
      _ = try await driver.handle.submit(Batch([Query(PreparedStatement("select 'last'"))]))
      let prepared = try await driver.handle.submit(
        Batch([Query(.unnamed("select count(*) from pg_prepared_statements"))]))
      #expect(prepared[0].integer(0, 0) == 3)
    }
  }

  @Test func `a statement that cannot be prepared fails those who use it, and only them`()
    async throws
  {
    let database = try TestDatabase.current
    try await withReadPool(database.connectionInfo(user: "driver_app")) { driver in
      let wrong = Batch(
        notes(of: 2).queries + [Query(PreparedStatement("select colour from note"))])
      let results = await driver.submitTogether([wrong, notes(of: 1), wrong])
      #expect(tenantRead(results[1]) == tenant(1))
      for index in [0, 2] {
        guard case .failure(.refused(let refusal)) = results[index] else {
          Issue.record("a column that does not exist was read")
          continue
        }
        #expect(refusal.sqlState == "42703")
        #expect(refusal.queryIndex == 2)
      }
    }
  }

  @Test func `one batch too many is refused at once, the others are answered`() async throws {
    let database = try TestDatabase.current
    let info = database.connectionInfo(user: "driver_app")
    try await withReadPool(info, { limits, _ in limits.queueMax = 5 }) { driver in
      let results = await driver.submitTogether((0..<8).map { notes(of: $0) })
      #expect(results.prefix(5).allSatisfy { (try? $0.get()) != nil })
      for result in results.suffix(3) {
        guard case .failure(.queueFull(5)) = result else {
          Issue.record("the queue grew past its limit")
          continue
        }
      }
    }
  }

  @Test func `a text with NUL never reaches the server, nor stops another's batch`() async throws {
    let database = try TestDatabase.current
    try await withReadPool(database.connectionInfo(user: "driver_app")) { driver in
      let cut = Batch([
        Query(setTenant, [.text(tenant(1))]), Query(setTenant, [.text(tenant(2) + "\u{0}")]),
      ])
      let results = await driver.submitTogether([notes(of: 1), cut, notes(of: 2)])
      #expect(tenantRead(results[0]) == tenant(1))
      #expect(tenantRead(results[2]) == tenant(2))
      guard case .failure(.parameterRefused(query: 1, parameter: 0)) = results[1] else {
        Issue.record("a NUL was sent")
        return
      }
    }
  }

  @Test func `without prepared statements, as behind PgBouncer, the answers are the same`()
    async throws
  {
    let database = try TestDatabase.current
    let info = database.connectionInfo(user: "driver_app")
    try await withReadPool(info, { _, settings in settings.isThroughPooler = true }) { driver in
      let results = await driver.submitTogether((0..<20).map { notes(of: $0) })
      for (index, result) in results.enumerated() {
        #expect(tenantRead(result) == tenant(index))
      }
      let prepared = try await driver.handle.submit(
        Batch([Query(PreparedStatement("select count(*) from pg_prepared_statements"))]))
      #expect(prepared[0].integer(0, 0) == 0)
    }
  }

  @Test
  func `where the kernel polls for nobody, a helper thread forwards and nothing else changes`()
    async throws
  {
    let database = try TestDatabase.current
    let info = database.connectionInfo(user: "driver_app")
    try await withReadPool(info, connections: 3, isThreaded: true) { driver in
      for round in 0..<20 {
        let results = await driver.submitTogether((0..<50).map { notes(of: $0 + round) })
        for (index, result) in results.enumerated() {
          #expect(tenantRead(result) == tenant(index + round))
        }
      }
    }
  }

  @Test func `a read pool's settings make every transaction read-only on one snapshot`()
    async throws
  {
    let database = try TestDatabase.current
    let info = database.connectionInfo(user: "driver_app")
    try await withReadPool(info, { _, settings in settings = settings.reading() }) { driver in
      let rows = try await driver.handle.submit(
        Batch([
          Query(
            .unnamed(
              "select current_setting('transaction_read_only'), "
                + "current_setting('transaction_isolation'), current_setting('TimeZone')"))
        ]))
      #expect((0..<3).map { rows[0].string(0, $0) } == ["on", "repeatable read", "UTC"])
      let error = await #expect(throws: DatabaseError.self) {
        try await driver.handle.submit(Batch([Query(breakAtCommit, [.integer(1)])]))
      }
      #expect(error?.sqlState == "25006")
    }
  }

  @Test func `large answers and large values pass whole`() async throws {
    let database = try TestDatabase.current
    try await withReadPool(database.connectionInfo(user: "driver_app")) { driver in
      let long = String(repeating: "ñ", count: 2_000_000)
      let echo = PreparedStatement("select $1::text, length($1::text)")
      let many = PreparedStatement("select n, repeat('x', 100) from generate_series(1, $1::int) n")
      let results = await driver.submitTogether([
        Batch([Query(echo, [.text(long)])]), notes(of: 1),
        Batch([Query(many, [.integer(50_000)])]), Batch([Query(echo, [.text(long)])]),
      ])
      let first = try results[0].get()
      #expect(first[0].string(0, 0) == long)
      #expect(tenantRead(results[1]) == tenant(1))
      let rows = try results[2].get()
      #expect(rows[0].rowCount == 50_000)
      let last = try results[3].get()
      #expect(last[0].integer(0, 1) == 2_000_000)
    }
  }

  @Test func `a role that reads past row security is never used`() async throws {
    let database = try TestDatabase.current
    try await withReadPool(database.connectionInfo(user: "postgres"), connections: 0) { driver in
      await driver.observed.wait { observation in
        if case .connectFailed(_, .unsafeRole("postgres"), _) = observation { true } else { false }
      }
      await #expect(throws: DatabaseError.self) {
        try await driver.handle.submit(notes(of: 1))
      }
    }
  }
}
