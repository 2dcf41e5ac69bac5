// Columns and their texts come in, rows as libpq answers them leave: what a section's statement
// would have answered, without a database.

import CLibpq

@testable import Postgres

/// A result with these rows; nil is NULL.
func rows(_ columns: [String], _ values: [[String?]]) -> Rows {
  guard let result = PQmakeEmptyPGresult(nil, PGRES_TUPLES_OK) else {
    preconditionFailure("libpq has no memory")
  }
  var attributes = columns.map { _ in PGresAttDesc() }
  // libpq copies the names.
  let names = columns.map { Array($0.utf8CString) }
  for index in attributes.indices { attributes[index].typid = 25 }
  setAttributes(result, &attributes, names, from: 0)
  for (row, texts) in values.enumerated() {
    for (column, text) in texts.enumerated() {
      var bytes = Array((text ?? "").utf8CString)
      let length = text == nil ? -1 : Int32(bytes.count - 1)
      PQsetvalue(result, Int32(row), Int32(column), &bytes, length)
    }
  }
  return Rows(owning: result)
}

/// Holds every name in place until all of them are.
private func setAttributes(
  _ result: OpaquePointer, _ attributes: inout [PGresAttDesc], _ names: [[CChar]], from index: Int
) {
  guard index < names.count else {
    PQsetResultAttrs(result, Int32(attributes.count), &attributes)
    return
  }
  var name = names[index]
  name.withUnsafeMutableBufferPointer { buffer in
    attributes[index].name = buffer.baseAddress
    setAttributes(result, &attributes, names, from: index + 1)
  }
}
