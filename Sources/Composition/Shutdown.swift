// SIGINT and SIGTERM come in; whoever waits for the end of the program is told once.

import Dispatch
import Glibc

/// Catches the signals that ask the program to end, from the moment it is made.
package final class Shutdown {
  private let signals: AsyncStream<Int32>
  private let sources: [any DispatchSourceSignal]

  /// From now on SIGINT, SIGTERM and SIGHUP no longer end the process by themselves.
  package init() {
    let (signals, continuation) = AsyncStream.makeStream(of: Int32.self)
    self.signals = signals
    sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { continuation.yield(number) }
      source.activate()
      return source
    }
  }

  /// Returns when the first of them has come.
  package func requested() async {
    for await _ in signals { return }
  }
}
