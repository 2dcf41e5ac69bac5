// A log event enters, one line of JSON leaves on standard error, in one write.

internal import Glibc
internal import JSON
package import Logging

/// Writes `{"time","level","message",..fields}`, one event a line. A line break inside a value is
/// escaped as JSON does, so that an event can never forge another.
package struct JSONLineLogHandler: LogHandler {
  package var logLevel: Logger.Level
  package var metadata: Logger.Metadata = [:]
  private let write: @Sendable ([UInt8]) -> Void

  /// - Parameter write: takes whole lines; standard error unless a test collects them.
  package init(
    logLevel: Logger.Level = .info,
    write: @escaping @Sendable ([UInt8]) -> Void = writeToStandardError
  ) {
    self.logLevel = logLevel
    self.write = write
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  package func log(event: LogEvent) {
    var line = JSONWriter(capacity: 256)
    line.beginObject()
    line.key("time")
    line.string(timestamp())
    line.key("level")
    line.string(event.level.rawValue)
    line.key("message")
    line.string(event.message.description)
    let fields = metadata.merging(event.metadata ?? [:]) { $1 }
    for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
      line.key(named: name)
      line.string(value.description)
    }
    line.endObject()
    line.bytes.append(UInt8(ascii: "\n"))
    write(line.bytes)
  }
}

/// A line up to PIPE_BUF (4096 bytes) arrives undivided even where processes share a pipe.
@Sendable package func writeToStandardError(_ line: [UInt8]) {
  var remaining = line[...]
  while !remaining.isEmpty {
    let written = remaining.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    if written < 0 && errno == EINTR { continue }
    // A closed or full standard error is nothing that the log could report.
    guard written > 0 else { return }
    remaining = remaining.dropFirst(written)
  }
}

/// Now, as RFC 3339 with milliseconds, in UTC.
private func timestamp() -> String {
  var now = timespec()
  clock_gettime(CLOCK_REALTIME, &now)
  var civil = tm()
  gmtime_r(&now.tv_sec, &civil)
  func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
  let date = [
    padded(Int(civil.tm_year) + 1900, 4), padded(Int(civil.tm_mon) + 1, 2),
    padded(Int(civil.tm_mday), 2),
  ].joined(separator: "-")
  let time = [
    padded(Int(civil.tm_hour), 2), padded(Int(civil.tm_min), 2), padded(Int(civil.tm_sec), 2),
  ].joined(separator: ":")
  return "\(date)T\(time).\(padded(now.tv_nsec / 1_000_000, 3))Z"
}
