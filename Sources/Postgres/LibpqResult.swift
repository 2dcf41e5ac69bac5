// libpq's results and messages enter; our events, refusals and texts leave.

internal import CLibpq

extension PipelineMachine where Payload == Rows {
  /// Translates what PQgetResult returned, and takes it over.
  static func event(of result: OpaquePointer?) -> Event {
    guard let result else { return .endOfCommand }
    let status = PQresultStatus(result)
    switch status {
    case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
      return .result(Rows(owning: result))
    case PGRES_FATAL_ERROR:
      defer { PQclear(result) }
      return .refused(Refusal(of: result))
    case PGRES_PIPELINE_ABORTED:
      PQclear(result)
      return .aborted
    case PGRES_PIPELINE_SYNC:
      PQclear(result)
      return .sync
    default:
      PQclear(result)
      return .foreign(PQresStatus(status).map { String(cString: $0) } ?? "unknown")
    }
  }
}

extension Refusal {
  /// - Parameter result: of status PGRES_FATAL_ERROR.
  init(of result: OpaquePointer) {
    func field(_ code: Character) -> String? {
      guard let ascii = code.asciiValue else { return nil }
      return PQresultErrorField(result, Int32(ascii)).map { String(cString: $0) }
    }
    // libpq makes errors of its own without a SQLSTATE, for a connection that broke.
    self.init(
      sqlState: field("C") ?? "08006", severity: field("V") ?? "FATAL",
      message: field("M") ?? errorMessage(ofResult: result))
    detail = field("D")
    hint = field("H")
    schema = field("s")
    table = field("t")
    column = field("c")
    constraint = field("n")
    context = field("W")
  }
}

private func errorMessage(ofResult result: OpaquePointer) -> String {
  trimmed(PQresultErrorMessage(result).map { String(cString: $0) } ?? "")
}

/// libpq's last word on a connection, on one line.
func errorMessage(of connection: OpaquePointer?) -> String {
  guard let connection, let text = PQerrorMessage(connection) else { return "out of memory" }
  let message = trimmed(String(cString: text))
  return message.isEmpty ? "the connection was closed" : message
}

private func trimmed(_ text: String) -> String {
  text.split { $0.isNewline || $0 == "\t" }.joined(separator: " ")
}

/// Gives `body` the texts as a C array that ends in NULL, as PQconnectStartParams takes them.
func withCStrings<R>(
  _ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> R
) -> R {
  let terminated = texts.map { Array($0.utf8CString) }
  let sizes = terminated.map(\.count)
  let flat = terminated.flatMap(\.self)
  return flat.withUnsafeBufferPointer { characters in
    var pointers: [UnsafePointer<CChar>?] = []
    var offset = 0
    for size in sizes {
      pointers.append(characters.baseAddress.map { $0 + offset })
      offset += size
    }
    pointers.append(nil)
    return pointers.withUnsafeBufferPointer { array in
      // The array holds at least the NULL at its end, so it has an address.
      guard let start = array.baseAddress else { preconditionFailure("an array without memory") }
      return body(start)
    }
  }
}
