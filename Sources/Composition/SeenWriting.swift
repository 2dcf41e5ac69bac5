// What one event loop has noted of when sessions and partners' tokens were last used enters, one
// statement for each leaves now and then, and a last one at the end.

import Hub
import NIOCore
import Postgres
import Server

/// Writes down when sessions and tokens were last used. Confined to its event loop.
final class SeenWriting {
  private let pipeline: QueryPipeline
  private let writes: WritePool
  private var task: RepeatedTask?

  init(
    _ pipeline: QueryPipeline, _ writes: WritePool, limits: Limits, on eventLoop: any EventLoop
  ) {
    self.pipeline = pipeline
    self.writes = writes
    let pause = TimeAmount.milliseconds(max(1, Int64(limits.seenSessionsSeconds * 1000)))
    let writing = NIOLoopBound(self, eventLoop: eventLoop)
    task = eventLoop.scheduleRepeatedTask(initialDelay: pause, delay: pause) { _ in
      writing.value.write {}
    }
  }

  /// Writes down what is left, and nothing afterwards.
  func finish(_ completion: @escaping () -> Void) {
    task?.cancel()
    task = nil
    write(completion)
  }

  /// Where the database is away, it is tried again the next time.
  private func write(_ completion: @escaping () -> Void) {
    let seen = pipeline.seen.take()
    let tokens = pipeline.seenTokens.take()
    var queries: [Query] = []
    if !seen.isEmpty { queries.append(noteSessionsSeen(seen.map { ($0.key, $0.secondsAgo) })) }
    if !tokens.isEmpty {
      queries.append(
        noteTokensUsed(tokens.map { ($0.key.tenant, $0.key.token, $0.secondsAgo) }))
    }
    if queries.isEmpty { return completion() }
    writes.submit(Batch(queries)) { [pipeline] result in
      if case .failure = result {
        pipeline.seen.giveBack(seen)
        pipeline.seenTokens.giveBack(tokens)
      }
      completion()
    }
  }
}
