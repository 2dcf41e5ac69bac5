// An edit may be announced while a load is under way that has begun before it: each reload reads
// what was there when it was asked for, and no more loads are made than that needs.

import Synchronization
import Testing

@testable import Hub

@Suite(.timeLimit(.minutes(1))) struct CatalogueStoreTests {
  /// Loads that end when a test says so, each with the revision that it is given.
  private final class Loads: Sendable {
    typealias Ending = CheckedContinuation<CatalogueSnapshot, any Error>

    private let begun = AsyncStream.makeStream(of: Ending.self)
    private let count = Mutex(0)

    @Sendable func load() async throws -> CatalogueSnapshot {
      count.withLock { $0 += 1 }
      return try await withCheckedThrowingContinuation { begun.continuation.yield($0) }
    }

    /// The next one that begins, as soon as it has.
    func next() async throws -> Ending {
      for await ending in begun.stream { return ending }
      throw CancellationError()
    }

    var beganSoFar: Int { count.withLock { $0 } }
  }

  private let loads = Loads()
  private let store = CatalogueStore()

  init() { store.use(loads.load) }

  private func snapshot(_ revision: Int) -> CatalogueSnapshot {
    CatalogueSnapshot(
      revision: revision, views: [:], countryVersions: [:], integrations: [:], languages: [],
      faults: [])
  }

  @Test func `what is announced while a load runs is read by one more`() async throws {
    let first = store.loadFromNow()
    let running = try await loads.next()
    // An edit that the first load does not see, told of twice.
    let second = store.loadFromNow()
    let third = store.loadFromNow()
    #expect(second != first)
    #expect(third == second)
    running.resume(returning: snapshot(1))
    try await first.value
    #expect(store.snapshot?.revision == 1)
    try await loads.next().resume(returning: snapshot(2))
    try await second.value
    #expect(store.snapshot?.revision == 2)
    #expect(loads.beganSoFar == 2)
  }

  @Test func `an edit that counts no revision is read too`() async throws {
    let first = store.loadFromNow()
    let running = try await loads.next()
    let second = store.loadFromNow()
    running.resume(returning: snapshot(1))
    try await first.value
    try await loads.next().resume(
      returning: CatalogueSnapshot(
        revision: 1, views: [:], countryVersions: [:], integrations: [:], languages: ["es"],
        faults: []))
    try await second.value
    #expect(store.snapshot?.languages == ["es"])
  }

  @Test func `a load that fails keeps nobody from the next, nor fails it`() async throws {
    struct Away: Error {}
    let first = store.loadFromNow()
    let running = try await loads.next()
    let second = store.loadFromNow()
    running.resume(throwing: Away())
    await #expect(throws: Away.self) { try await first.value }
    try await loads.next().resume(returning: snapshot(3))
    try await second.value
    #expect(store.snapshot?.revision == 3)
    let last = store.loadFromNow()
    try await loads.next().resume(returning: snapshot(4))
    try await last.value
    #expect(store.snapshot?.revision == 4)
  }

  @Test func `what is older than memory is not kept`() async throws {
    for (loaded, kept) in [(5, 5), (4, 5), (5, 5), (6, 6)] {
      let task = store.loadFromNow()
      try await loads.next().resume(returning: snapshot(loaded))
      try await task.value
      #expect(store.snapshot?.revision == kept)
    }
  }
}
