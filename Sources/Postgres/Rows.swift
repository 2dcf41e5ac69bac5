// A result of libpq enters; its cells leave as bytes that nobody copied. Nothing is decoded here.

internal import CLibpq

/// What one statement answered. Owns libpq's result and frees it at the end.
package final class Rows: Sendable {
  // libpq documents a PGresult as read-only once it was returned, and free to pass between threads;
  // only this class ever holds the pointer.
  nonisolated(unsafe) private let result: OpaquePointer
  package let rowCount: Int
  package let columnCount: Int

  init(owning result: OpaquePointer) {
    self.result = result
    rowCount = Int(PQntuples(result))
    columnCount = Int(PQnfields(result))
  }

  deinit {
    PQclear(result)
  }

  package var isEmpty: Bool { rowCount == 0 }

  package func isNull(_ row: Int, _ column: Int) -> Bool {
    PQgetisnull(result, Int32(truncatingIfNeeded: row), Int32(truncatingIfNeeded: column)) != 0
  }

  /// The cell in the statement's format, empty for NULL and for a cell that does not exist. The
  /// buffer is valid as long as these rows live: hold them while reading (`withExtendedLifetime`).
  package func bytes(_ row: Int, _ column: Int) -> UnsafeRawBufferPointer {
    let row = Int32(truncatingIfNeeded: row)
    let column = Int32(truncatingIfNeeded: column)
    return UnsafeRawBufferPointer(
      start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column)))
  }

  /// The same, with the rows' lifetime seen to; nil for NULL.
  package func withBytes<R, E: Error>(
    _ row: Int, _ column: Int, _ body: (UnsafeRawBufferPointer?) throws(E) -> R
  ) throws(E) -> R {
    defer { withExtendedLifetime(self) {} }
    return try body(isNull(row, column) ? nil : bytes(row, column))
  }

  /// The cell's text; nil for NULL.
  package func string(_ row: Int, _ column: Int) -> String? {
    withBytes(row, column) { bytes in
      bytes.map { String(decoding: $0, as: UTF8.self) }
    }
  }

  /// The cell as a number; nil for NULL and for what is no whole number of 64 bits.
  package func integer(_ row: Int, _ column: Int) -> Int? {
    string(row, column).flatMap { Int($0) }
  }

  /// The cell as a truth value; nil for NULL and for what is no `boolean`.
  package func boolean(_ row: Int, _ column: Int) -> Bool? {
    switch string(row, column) {
    case "t": true
    case "f": false
    case _: nil
    }
  }

  /// How many rows an INSERT, UPDATE, DELETE, MERGE, SELECT or COPY touched; nil for other
  /// commands.
  package var affectedRows: Int? {
    PQcmdTuples(result).flatMap { Int(String(cString: $0)) }
  }

  /// The command as PostgreSQL names it in its answer: "SELECT 1", "COMMIT", "ROLLBACK".
  package var commandTag: String {
    PQcmdStatus(result).map { String(cString: $0) } ?? ""
  }

  package var columnNames: [String] {
    (0..<columnCount).map { columnName($0) ?? "" }
  }

  package func columnName(_ column: Int) -> String? {
    PQfname(result, Int32(truncatingIfNeeded: column)).map { String(cString: $0) }
  }

  package func columnIndex(_ name: String) -> Int? {
    (0..<columnCount).first { columnName($0) == name }
  }

  /// The OID of a column's type.
  package func columnType(_ column: Int) -> UInt32 {
    PQftype(result, Int32(truncatingIfNeeded: column))
  }
}
