// A way to the database enters; now and then what is over and past keeping is taken away, batch by
// batch, and told. Several servers share the work: each takes the rows that no other is at.

import Hub
import Postgres
import Server

/// Takes away what is past keeping until it is stopped.
struct Housekeeping: Sendable {
  private let task: Task<Void, Never>

  /// - Parameter database: a connection that nobody waits for while a batch is taken away.
  static func start(
    _ database: WritePoolHandle, _ limits: HousekeepingLimits, _ observer: Observer
  ) -> Housekeeping {
    Housekeeping(
      task: Task {
        var pauseSeconds = Double.random(
          in: 0...min(limits.roundSeconds, limits.firstRoundSecondsMax))
        while (try? await Task.sleep(for: .seconds(pauseSeconds))) != nil {
          await tidy(database, limits, observer)
          pauseSeconds = limits.roundSeconds
        }
      })
  }

  /// Returns when the batch that is being taken away has come to its end.
  func stop() async {
    task.cancel()
    await task.value
  }
}

/// One round. What fails is tried again with the next one.
private func tidy(
  _ database: WritePoolHandle, _ limits: HousekeepingLimits, _ observer: Observer
) async {
  let begin = ContinuousClock.now
  var removed: [Purge: Int] = [:]
  do throws(DatabaseError) {
    for purge in Purge.allCases {
      removed[purge] = try await takeAway(purge, database, limits)
    }
  } catch .connectionLost {
    // Told by the pool.
  } catch {
    observer.observe(.failure("housekeeping was left undone: \(error)"))
  }
  let counts = removed.filter { $0.value > 0 }.map { ($0.key.rawValue, $0.value) }
  if counts.isEmpty { return }
  let took = begin.duration(to: .now).seconds
  observer.observe(.housekeepingDone(removed: counts.sorted { $0.0 < $1.0 }, seconds: took))
}

/// How many rows were taken away: all that are past keeping, unless the server stops.
private func takeAway(
  _ purge: Purge, _ database: WritePoolHandle, _ limits: HousekeepingLimits
) async throws(DatabaseError) -> Int {
  var removed = 0
  while !Task.isCancelled {
    let begin = ContinuousClock.now
    let answers = try await database.submit(Batch([purge.query(limits)]))
    guard let rows = answers.first else {
      throw .desynchronised(detail: "a purge without a result")
    }
    let batch = try PurgedBatch(rows)
    removed += batch.removed
    if batch.lookedAt < limits.rowsMax { break }
    // At most half of the time, however much has gathered: the rest is whose work cannot wait.
    try? await Task.sleep(for: begin.duration(to: .now))
  }
  return removed
}

extension Duration {
  fileprivate var seconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
