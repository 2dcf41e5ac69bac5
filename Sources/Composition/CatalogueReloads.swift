// Reasons to read the catalogues anew come in, one reading at a time goes out: what comes while one
// is under way asks for one more after it, however often it comes.

import Hub
import NIOCore
import Server

/// Confined to its event loop; the reading itself is done off it.
final class CatalogueReloads {
  private let catalogues: CatalogueStore
  private let observer: Observer
  private let eventLoop: any EventLoop
  private var isRunning = false
  private var isWanted = false
  /// Whether the database announces edits to this loop: what is read from then on stays fresh.
  private(set) var isListening = false

  init(_ catalogues: CatalogueStore, _ observer: Observer, on eventLoop: any EventLoop) {
    self.catalogues = catalogues
    self.observer = observer
    self.eventLoop = eventLoop
  }

  /// Whether everything that was announced until now is in memory.
  var isSettled: Bool { isListening && !isRunning && catalogues.snapshot != nil }

  /// The connection that hears of edits is up.
  func listening(canRead: Bool) {
    isListening = true
    if canRead { reload() }
  }

  /// A connection to read through is up: where that is the first, nothing is in memory yet.
  func canRead() {
    if catalogues.snapshot == nil, !isRunning { reload() }
  }

  /// A failure is told; the next request that needs the newer revision tries again.
  func reload() {
    if isRunning {
      isWanted = true
      return
    }
    isRunning = true
    let done = eventLoop.makePromise(of: Void.self)
    done.completeWithTask { [catalogues, observer] in
      do {
        try await catalogues.reload()
        observer.observe(
          .catalogueLoaded(name: "hub", revision: catalogues.snapshot?.revision ?? 0))
        for fault in catalogues.snapshot?.faults ?? [] { observer.observe(.failure(fault)) }
      } catch {
        observer.observe(.failure("catalogues not reloaded: \(error)"))
      }
    }
    done.futureResult.assumeIsolated().whenComplete { _ in
      self.isRunning = false
      if self.isWanted {
        self.isWanted = false
        self.reload()
      }
    }
  }
}
