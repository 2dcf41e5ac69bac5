// Scripts, queries and bulk rows of the command-line tools enter, one after the other on a blocking
// connection; results leave. Never to be used on an event loop.

internal import CLibpq
internal import CReactor
internal import NIOPosix
package import SQL

/// A plain, blocking connection for one thread: migrations, checks, bulk loading.
package final class AdminConnection {
  private let connection: OpaquePointer

  /// Connects, waiting as long as `ConnectionSettings.connectSeconds` for each host.
  package init(_ settings: ConnectionSettings) throws(DatabaseError) {
    let parameters = settings.parameters(addresses: nil)
    let connection = withCStrings(parameters.map(\.keyword)) { keywords in
      withCStrings(parameters.map(\.value)) { values in
        PQconnectdbParams(keywords, values, 0)
      }
    }
    guard let connection, PQstatus(connection) == CONNECTION_OK else {
      let detail = errorMessage(of: connection)
      PQfinish(connection)
      throw .connectionLost(outcome: .nothingDone, detail: detail)
    }
    reactor_ignore_notices(connection)
    self.connection = connection
  }

  deinit {
    PQfinish(connection)
  }

  /// Connects and runs `body` on a thread where blocking harms nobody.
  package static func run<T: Sendable>(
    _ settings: ConnectionSettings,
    _ body: @escaping @Sendable (AdminConnection) throws -> T
  ) async throws -> T {
    try await NIOThreadPool.singleton.runIfActive {
      try body(try AdminConnection(settings))
    }
  }

  /// 150020 for version 15.20.
  package var serverVersion: Int { Int(PQserverVersion(connection)) }

  /// Runs a text of any number of statements, as one transaction unless the text says otherwise,
  /// and returns each statement's result.
  @discardableResult
  package func execute(script: String) throws(DatabaseError) -> [Rows] {
    guard PQsendQuery(connection, script) == 1 else { throw lost() }
    return try results()
  }

  /// Runs one statement with its values, parsed anew.
  @discardableResult
  package func execute(_ query: Query) throws(DatabaseError) -> Rows {
    var buffer = ParameterBuffer()
    let isSent: Bool
    do {
      isSent = try buffer.send([query]) { query, arrays in
        PQsendQueryParams(
          connection, query.statement.text, Int32(arrays.count), nil, arrays.values,
          arrays.lengths, arrays.formats, 0) == 1
      }
    } catch {
      throw .parameterRefused(query: error.query, parameter: error.parameter)
    }
    guard isSent else { throw lost() }
    guard let rows = try results().last else {
      throw .desynchronised(detail: "a statement without a result")
    }
    return rows
  }

  /// Runs one statement written as a fragment, its values bound.
  @discardableResult
  package func execute(_ fragment: SQLFragment) throws(DatabaseError) -> Rows {
    try execute(Query(fragment))
  }

  /// Runs `body` between BEGIN and COMMIT; ROLLBACK when it throws.
  package func transaction<T>(_ body: () throws -> T) throws -> T {
    try execute(script: "BEGIN")
    do {
      let value = try body()
      try execute(script: "COMMIT")
      return value
    } catch {
      _ = try? execute(script: "ROLLBACK")
      throw error
    }
  }

  /// Loads rows by COPY, thousands of times faster than INSERT by INSERT.
  /// - Parameter statement: `COPY table (columns) FROM STDIN`, in the text format.
  /// - Returns: how many rows were loaded.
  @discardableResult
  package func copy(
    _ statement: String, _ write: (inout CopyWriter) throws(DatabaseError) -> Void
  ) throws(DatabaseError) -> Int {
    let began = PQexec(connection, statement)
    defer { PQclear(began) }
    guard PQresultStatus(began) == PGRES_COPY_IN else {
      guard let began, PQresultStatus(began) == PGRES_FATAL_ERROR else {
        throw .settingsRefused("not a COPY FROM STDIN")
      }
      throw .refused(Refusal(of: began))
    }
    var writer = CopyWriter(connection: connection)
    do {
      try write(&writer)
      try writer.flush()
    } catch {
      PQputCopyEnd(connection, "the writer failed")
      _ = try? results()
      throw error
    }
    guard PQputCopyEnd(connection, nil) == 1 else { throw lost() }
    return try results().last?.affectedRows ?? 0
  }

  private func results() throws(DatabaseError) -> [Rows] {
    var all: [Rows] = []
    var failure: DatabaseError?
    while let result = PQgetResult(connection) {
      switch PipelineMachine<Void, Rows>.event(of: result) {
      case .result(let rows): all.append(rows)
      case .refused(let refusal):
        failure = failure ?? refused(refusal)
        if PQstatus(connection) == CONNECTION_BAD { throw failure ?? lost() }
      case .foreign(let status):
        // A COPY inside a script would wait for data that nobody sends.
        PQputCopyEnd(connection, "COPY is not possible in a script")
        failure = failure ?? .desynchronised(detail: "a result of status \(status)")
        if status == "PGRES_COPY_OUT" || status == "PGRES_COPY_BOTH" { throw failure ?? lost() }
      case .aborted, .sync, .endOfCommand: continue
      }
    }
    if let failure { throw failure }
    return all
  }

  private func refused(_ refusal: Refusal) -> DatabaseError {
    if PQstatus(connection) == CONNECTION_BAD {
      return .connectionLost(outcome: .unknown, detail: refusal.message)
    }
    return .refused(refusal)
  }

  private func lost() -> DatabaseError {
    .connectionLost(outcome: .unknown, detail: errorMessage(of: connection))
  }
}

/// Rows on their way into a COPY, in its text format (documentation, COPY, "Text Format").
package struct CopyWriter {
  private let connection: OpaquePointer
  private var buffer: [UInt8] = []

  fileprivate init(connection: OpaquePointer) {
    self.connection = connection
    buffer.reserveCapacity(flushedAtBytes + 4096)
  }

  /// Adds one row, one value for each of the statement's columns.
  package mutating func append(_ row: [Parameter]) throws(DatabaseError) {
    for (index, value) in row.enumerated() {
      if index > 0 { buffer.append(UInt8(ascii: "\t")) }
      append(value)
    }
    buffer.append(UInt8(ascii: "\n"))
    if buffer.count >= flushedAtBytes { try flush() }
  }

  fileprivate mutating func flush() throws(DatabaseError) {
    let isSent = buffer.withUnsafeBytes { bytes in
      PQputCopyData(
        connection, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count))
    }
    buffer.removeAll(keepingCapacity: true)
    guard isSent == 1 else {
      throw .connectionLost(outcome: .unknown, detail: errorMessage(of: connection))
    }
  }

  private mutating func append(_ value: Parameter) {
    switch value {
    case .null: buffer.append(contentsOf: "\\N".utf8)
    case .text(let text): append(escaping: text)
    case .integer(let number): buffer.append(contentsOf: String(number).utf8)
    case .boolean(let truth): buffer.append(contentsOf: (truth ? "t" : "f").utf8)
    case .uuid(let high, let low): appendUUID(high: high, low: low, to: &buffer)
    case .binary(let bytes):
      buffer.append(contentsOf: "\\\\x".utf8)
      for byte in bytes {
        buffer.append(hexadecimalDigit(byte >> 4))
        buffer.append(hexadecimalDigit(byte & 15))
      }
    }
  }

  private mutating func append(escaping text: String) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): buffer.append(contentsOf: "\\\\".utf8)
      case UInt8(ascii: "\t"): buffer.append(contentsOf: "\\t".utf8)
      case UInt8(ascii: "\n"): buffer.append(contentsOf: "\\n".utf8)
      case UInt8(ascii: "\r"): buffer.append(contentsOf: "\\r".utf8)
      case _: buffer.append(byte)
      }
    }
  }
}

private let flushedAtBytes = 65_536
