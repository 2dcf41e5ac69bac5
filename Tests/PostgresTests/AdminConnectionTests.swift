// The blocking connection: scripts, bulk rows, migrations and the catalog.

import Postgres
import SQL
import TestSupport
import Testing

@Suite struct AdminConnectionTests {
  private func settings() throws -> ConnectionSettings {
    try ConnectionSettings(try TestDatabase.current.connectionInfo())
  }

  @Test(.database(from: .driver))
  func `a script answers each statement, and an error undoes all of it`() async throws {
    try await AdminConnection.run(try settings()) { connection in
      let rows = try connection.execute(script: "select 1; select 2 where false; select 3")
      #expect(rows.map(\.rowCount) == [1, 0, 1])
      let error = #expect(throws: DatabaseError.self) {
        try connection.execute(script: "insert into parent values (1); select 1/0")
      }
      #expect(error?.sqlState == "22012")
      let count = try connection.execute("select count(*) from parent").integer(0, 0)
      #expect(count == 0)
      #expect(connection.serverVersion >= 150_000)
    }
  }

  @Test(.database(from: .driver))
  func `a server that is not there is reported`() throws {
    #expect(throws: DatabaseError.self) {
      try AdminConnection(try ConnectionSettings("host=/nonexistent"))
    }
  }

  @Test(.database(from: .driver))
  func `rows are copied as they are, whatever they hold`() async throws {
    try await AdminConnection.run(try settings()) { connection in
      try connection.execute(
        script: "create table copied (id int, body text, data bytea, is_odd bool, owner uuid)")
      let odd = "tab\t newline\n return\r backslash\\ quote' \\N ñ"
      let count = try connection.copy("copy copied from stdin") { writer throws(DatabaseError) in
        for number in 0..<10_000 {
          try writer.append([
            .integer(Int64(number)), number == 0 ? .null : .text(odd), .binary([0, 92, 255]),
            .boolean(number % 2 == 1), .uuid(high: 1, low: UInt64(number)),
          ])
        }
      }
      #expect(count == 10_000)
      let same = try connection.execute(
        """
        select count(*) from copied where body = \(odd) and data = '\\x005cff'::bytea
          and is_odd = (id % 2 = 1) and right(owner::text, 4) = lpad(to_hex(id), 4, '0')
        """)
      #expect(same.integer(0, 0) == 9_999)
      let error = #expect(throws: DatabaseError.self) {
        try connection.copy("copy copied from stdin") { writer throws(DatabaseError) in
          try writer.append([.text("no number"), .null, .null, .null, .null])
        }
      }
      #expect(error?.sqlState == "22P02")
      let after = try connection.execute("select count(*) from copied").integer(0, 0)
      #expect(after == 10_000)
    }
  }

  private static let first = Migration(
    number: 1, name: "company",
    text: """
      create table company (tenant_id uuid primary key, name text not null,
        size integer default 1, slug text generated always as (lower(name)) stored,
        check (tenant_id <> '00000000-0000-0000-0000-000000000000'));
      create role migrated_app nologin;
      alter table company enable row level security;
      alter table company force row level security;
      create policy tenant on company to migrated_app using (name <> '') with check (size > 0);
      create table branch (tenant_id uuid not null, code text not null,
        company_id uuid, primary key (tenant_id, code),
        foreign key (tenant_id) references company (tenant_id));
      create unique index branch_code on branch (tenant_id, lower(code));
      create function touch() returns void language sql security definer
        set search_path = pg_catalog as 'select 1';
      """)

  @Test(.database(from: .driver))
  func `migrations are applied once, in order, and never edited`() async throws {
    try await AdminConnection.run(try settings()) { connection in
      let migrator = Migrator(connection)
      let second = Migration(number: 2, name: "more", text: "alter table company add more int")
      let applied = try migrator.apply([second, Self.first])
      #expect(applied.map(\.number) == [1, 2])
      let again = try migrator.apply([Self.first, second])
      #expect(again.isEmpty)
      let isCurrent = try migrator.status(of: [Self.first, second]).isCurrent
      #expect(isCurrent)

      let broken = Migration(
        number: 3, name: "broken", text: "create table half (a int); select 1/0")
      let failure = #expect(throws: MigrationError.self) {
        try migrator.apply([Self.first, second, broken])
      }
      guard case .failed(3, "broken", .refused) = failure else {
        Issue.record("the wrong migration was blamed: \(String(describing: failure))")
        return
      }
      let half = try connection.execute("select to_regclass('half') is null").boolean(0, 0)
      #expect(half == true)

      let edited = Migration(number: 2, name: "more", text: "alter table company add less int")
      let problems = #expect(throws: MigrationError.self) {
        try migrator.apply([Self.first, edited])
      }
      #expect(problems == .notAppendOnly([.edited(number: 2, name: "more")]))

      let index = Migration(
        number: 3, name: "index", text: "create index concurrently i on company (size)",
        isTransactional: false)
      let third = try migrator.apply([Self.first, second, index])
      #expect(third.map(\.number) == [3])
    }
  }

  @Test(.database(from: .driver))
  func `a backfill that row security would hide is an error`() async throws {
    let database = try TestDatabase.current
    let owner = try ConnectionSettings(database.connectionInfo(user: "driver_owner"))
    try database.psql("grant create on schema public to driver_owner")
    try await AdminConnection.run(owner) { connection in
      let backfill = Migration(number: 1, name: "backfill", text: "update note set body = ''")
      let failure = #expect(throws: MigrationError.self) {
        try Migrator(connection).apply([backfill])
      }
      guard case .failed(1, "backfill", .refused(let refusal)) = failure else {
        Issue.record("a backfill of nothing succeeded")
        return
      }
      #expect(refusal.sqlState == "42501")
    }
  }

  @Test(.database(from: .driver))
  func `a migration that waits for a lock in vain is tried again`() async throws {
    let settings = try settings()
    try await AdminConnection.run(settings) { connection in
      try connection.execute(script: "create table busy (a int)")
      let holder = try AdminConnection(settings)
      var migrator = Migrator(connection)
      migrator.lockTimeoutMilliseconds = 20
      migrator.lockPauseMilliseconds = 1
      migrator.lockAttempts = 3
      let migration = Migration(number: 1, name: "more", text: "alter table busy add b int")
      var retries = 0
      try holder.execute(script: "begin; lock table busy in access share mode")
      let failure = #expect(throws: MigrationError.self) {
        try migrator.apply([migration], retrying: { _ in retries += 1 })
      }
      guard case .failed(1, "more", let error) = failure else {
        Issue.record("the wrong migration was blamed: \(String(describing: failure))")
        return
      }
      #expect(error.sqlState == "55P03")
      #expect(retries == 2)
      // The holder ends while the second attempt is still to come.
      let applied = try migrator.apply(
        [migration], retrying: { _ in _ = try? holder.execute(script: "commit") })
      #expect(applied.map(\.number) == [1])
      let later = Migration(number: 2, name: "later", text: "select 1")
      let lacking = try migrator.missing(of: [migration, later])
      #expect(lacking == ["later"])
    }
  }

  @Test(.database(from: .driver))
  func `two processes that migrate at once take turns`() async throws {
    let settings = try settings()
    let migration = Migration(
      number: 1, name: "slow", text: "create table once (a int); select pg_sleep(0.2)")
    let counts = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<4 {
        group.addTask {
          try await AdminConnection.run(settings) { connection in
            try Migrator(connection).apply([migration]).count
          }
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(counts == 1)
  }

  @Test(.database(from: .empty))
  func `the catalog tells tables, keys, policies, functions and roles`() async throws {
    let catalog = try await AdminConnection.run(try settings()) { connection in
      try connection.execute(script: Self.first.text.replacing("migrated_app", with: "read_app"))
      return try readCatalog(connection)
    }
    let company = try #require(catalog.table("company"))
    #expect(company.kind == .table)
    #expect(company.hasRowSecurity && company.forcesRowSecurity)
    #expect(company.columns.map(\.name) == ["tenant_id", "name", "size", "slug"])
    #expect(company.columns.map(\.type) == ["uuid", "text", "integer", "text"])
    #expect(company.columns.map(\.isNotNull) == [true, true, false, false])
    #expect(company.columns.map(\.isGenerated) == [false, false, false, true])
    #expect(company.column("size")?.hasDefault == true)
    #expect(company.primaryKey?.columns == ["tenant_id"])
    #expect(company.checks.count == 1)
    #expect(company.policies.map(\.roles) == [["read_app"]])
    #expect(company.policies[0].command == "ALL")
    #expect(company.policies[0].using == "(name <> ''::text)")
    #expect(company.policies[0].check == "(size > 0)")
    let branch = try #require(catalog.table("branch"))
    #expect(!branch.hasRowSecurity)
    #expect(branch.primaryKey?.columns == ["tenant_id", "code"])
    #expect(branch.uniqueKeys.map(\.columns) == [["tenant_id", "lower(code)"]])
    #expect(branch.foreignKeys.map(\.columns) == [["tenant_id"]])
    #expect(branch.foreignKeys.map(\.referencedTable) == ["company"])
    let touch = try #require(catalog.functions.first { $0.name == "touch" })
    #expect(touch.isSecurityDefiner)
    #expect(touch.searchPath == "pg_catalog")
    let role = try #require(catalog.roles.first { $0.name == "read_app" })
    #expect(!role.isSuperuser && !role.bypassesRowSecurity && !role.canLogin)
  }
}
