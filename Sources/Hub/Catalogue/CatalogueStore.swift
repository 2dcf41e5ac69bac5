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
  }

  /// Counts up with every edit of a catalogue.
  package let revision: Int
  let views: [ViewKey: CatalogueView]
  let countryVersions: [String: CountryVersionRules]
  let languages: [String]
  /// What could not be read of the catalogues, for the log.
  package let faults: [String]
}

/// Holds the newest snapshot.
package final class CatalogueStore: Sendable {
  private struct State {
    var snapshot: CatalogueSnapshot?
    var source: ReadPoolHandle?
    var loading: Task<Void, any Error>?
  }

  private let state = Mutex(State())

  package init() {}

  /// Where `reload` reads from.
  package func use(_ source: ReadPoolHandle) {
    state.withLock { $0.source = source }
  }

  package var snapshot: CatalogueSnapshot? { state.withLock { $0.snapshot } }

  /// The catalogues for a context row; nil where memory is older than the row's revision.
  func view(for row: ContextRow) -> CatalogueView? {
    guard let snapshot, let countryVersion = row["country_version"],
      let language = row["language"], let revision = row["catalogue_revision"].flatMap(Int.init),
      revision <= snapshot.revision
    else { return nil }
    return snapshot.views[
      CatalogueSnapshot.ViewKey(countryVersion: countryVersion, language: language)]
  }

  /// Reads all catalogues in one batch, which is one snapshot of the database. Whoever asks while a
  /// reload runs waits for that one: an edit under load does not become a storm of reloads.
  package func reload() async throws {
    let loading = state.withLock { held in
      if let running = held.loading { return running }
      let task = Task {
        defer { state.withLock { $0.loading = nil } }
        try await load()
      }
      held.loading = task
      return task
    }
    try await loading.value
  }

  private func load() async throws {
    guard let source = state.withLock({ $0.source }) else { throw DatabaseError.closed }
    let loaded = try await loadCatalogues(from: source)
    state.withLock { held in
      if let newer = held.snapshot, newer.revision > loaded.revision { return }
      held.snapshot = loaded
    }
  }
}
