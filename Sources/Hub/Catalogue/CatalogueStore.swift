// The catalogues in memory: loaded at the start and whenever the database knows a newer revision,
// read by every request.

import Execution
package import Postgres
import Synchronization

/// One consistent state of all catalogues.
package struct CatalogueSnapshot: Sendable {
  struct ViewKey: Hashable {
    let countryVersion: String
    let language: String
    let role: String
  }

  /// Counts up with every edit of a catalogue.
  package let revision: Int
  let views: [ViewKey: CatalogueView]
  let countryVersions: [String: CountryVersionRules]
  /// By the integration's code.
  let integrations: [String: IntegrationDefinition]
  let languages: [String]
  /// What could not be read of the catalogues, for the log.
  package let faults: [String]
}

/// Holds the newest snapshot.
package final class CatalogueStore: Sendable {
  /// Reads all catalogues.
  typealias Source = @Sendable () async throws -> CatalogueSnapshot

  private struct State {
    var snapshot: CatalogueSnapshot?
    var source: Source?
    /// The load under way, and the one that begins when it has ended.
    var loading: Task<Void, any Error>?
    var next: Task<Void, any Error>?
  }

  private let state = Mutex(State())

  package init() {}

  /// Where `reload` reads from.
  package func use(_ reads: ReadPoolHandle) {
    use { try await loadCatalogues(from: reads) }
  }

  func use(_ source: @escaping Source) {
    state.withLock { $0.source = source }
  }

  package var snapshot: CatalogueSnapshot? { state.withLock { $0.snapshot } }

  /// The catalogues for a context row; nil where memory is older than the row's revision. Who is in
  /// no company is shown no entry of a country version, so any version's will do.
  func view(for row: ContextRow) -> CatalogueView? {
    guard let snapshot,
      let countryVersion = row["country_version"] ?? snapshot.countryVersions.keys.min(),
      let language = row["language"], let role = row["role"] ?? Role.all.last,
      let revision = row["catalogue_revision"].flatMap(Int.init),
      revision <= snapshot.revision
    else { return nil }
    return snapshot.views[
      CatalogueSnapshot.ViewKey(
        countryVersion: countryVersion, language: language, role: role)]
  }

  /// Reads all catalogues in one batch, which is one snapshot of the database, taken after this was
  /// asked: a load that was under way may have begun before the edit that the caller knows of, so
  /// that one more follows it. Whoever asks meanwhile waits for that one: an edit under load does
  /// not become a storm of reloads.
  package func reload() async throws { try await loadFromNow().value }

  /// The load that begins from now on, for the callers of `reload`.
  func loadFromNow() -> Task<Void, any Error> {
    state.withLock { held in
      guard let running = held.loading else {
        let task = Task { try await self.load() }
        held.loading = task
        return task
      }
      if let next = held.next { return next }
      let task = Task {
        _ = await running.result
        try await self.load()
      }
      held.next = task
      return task
    }
  }

  private func load() async throws {
    defer {
      state.withLock { held in
        held.loading = held.next
        held.next = nil
      }
    }
    guard let source = state.withLock({ $0.source }) else { throw DatabaseError.closed }
    let loaded = try await source()
    state.withLock { held in
      if let newer = held.snapshot, newer.revision > loaded.revision { return }
      held.snapshot = loaded
    }
  }
}
