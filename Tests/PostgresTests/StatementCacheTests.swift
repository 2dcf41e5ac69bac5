// What a connection has prepared, step by step.

import Testing

@testable import Postgres

@Suite struct StatementCacheTests {
  let a = PreparedStatement("select 'a'")
  let b = PreparedStatement("select 'b'")
  let c = PreparedStatement("select 'c'")

  @Test func `a statement counts as prepared only when acknowledged`() {
    var cache = StatementCache(countMax: 8)
    #expect(cache.use(a) == .prepare)
    #expect(cache.use(a) == .wait)
    #expect(!cache.isReady(a))
    cache.acknowledged(a, at: 1)
    #expect(cache.use(a) == .ready)
  }

  @Test func `a statement that failed to prepare is as if never seen`() {
    var cache = StatementCache(countMax: 8)
    _ = cache.use(a)
    cache.failed(a)
    #expect(cache.use(a) == .prepare)
  }

  @Test func `a stale statement is deallocated and prepared again`() {
    var cache = StatementCache(countMax: 8)
    _ = cache.use(a)
    cache.acknowledged(a, at: 1)
    cache.stale(a, sentAt: 2)
    #expect(!cache.isReady(a))
    #expect(cache.use(a) == .prepareAgain)
    #expect(cache.use(a) == .wait)
  }

  @Test func `an execution sent before the new preparation does not doubt it`() {
    var cache = StatementCache(countMax: 8)
    _ = cache.use(a)
    cache.acknowledged(a, at: 10)
    cache.stale(a, sentAt: 9)
    #expect(cache.use(a) == .ready)
  }

  @Test func `DEALLOCATE ALL puts every acknowledged statement in doubt`() {
    var cache = StatementCache(countMax: 8)
    for statement in [a, b] {
      _ = cache.use(statement)
      cache.acknowledged(statement, at: 1)
    }
    _ = cache.use(c)
    cache.allStale(sentAt: 3)
    #expect(cache.use(a) == .prepareAgain)
    #expect(cache.use(b) == .prepareAgain)
    #expect(cache.use(c) == .wait)
  }

  @Test func `a taken name is tried once more`() {
    var cache = StatementCache(countMax: 8)
    _ = cache.use(a)
    let isFirst = cache.collided(a)
    #expect(isFirst)
    #expect(cache.use(a) == .prepareAgain)
    let isSecond = cache.collided(a)
    #expect(!isSecond)
  }

  @Test func `the least recently used goes, but not one that is needed or on its way`() {
    var cache = StatementCache(countMax: 1)
    for statement in [a, b] {
      _ = cache.use(statement)
      cache.acknowledged(statement, at: 1)
    }
    _ = cache.use(a)
    _ = cache.use(c)
    #expect(cache.evict(keeping: [b]) == [a])
    #expect(cache.evict(keeping: [b]) == [])
    #expect(cache.evict(keeping: []) == [b])
    #expect(cache.count == 1)
  }

  @Test func `statements of the same text are one, whoever made them`() {
    #expect(PreparedStatement("select 1") == PreparedStatement("select 1"))
    #expect(PreparedStatement("select 1").name == PreparedStatement("select 1").name)
    #expect(PreparedStatement("select 1") != PreparedStatement("select 2"))
    #expect(PreparedStatement("select 1").name != PreparedStatement("select 2").name)
    #expect(PreparedStatement("select 1") != PreparedStatement("select 1", parameterTypes: [25]))
    #expect(PreparedStatement.unnamed("select 1") != PreparedStatement("select 1"))
  }
}
