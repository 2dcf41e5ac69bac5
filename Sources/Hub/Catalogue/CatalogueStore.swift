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
}

/// Holds the newest snapshot.
package final class CatalogueStore: Sendable {
  private let state = Mutex<(snapshot: CatalogueSnapshot?, source: ReadPoolHandle?)>((nil, nil))

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

  /// Reads all catalogues in one batch, which is one snapshot of the database.
  package func reload() async throws {
    guard let source = state.withLock({ $0.source }) else { throw DatabaseError.closed }
    let loaded = try await loadCatalogues(from: source)
    state.withLock { held in
      if let newer = held.snapshot, newer.revision > loaded.revision { return }
      held.snapshot = loaded
    }
  }
}
