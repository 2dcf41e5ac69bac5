// Where a reader stands in the log of a company: text of a client comes in, a cursor leaves.

import GraphQLTypes

/// A cursor as the database writes them; what is behind it is the database's own.
/// - Throws: for anything else, so that nobody reads a log anew because of a damaged cursor.
func eventCursor(_ text: String) throws(ScalarRefusal) -> InputValue {
  let digits = text.utf8.dropFirst(4)
  guard text.hasPrefix("ev1-"), digits.count == 24,
    digits.first.map({ $0 < UInt8(ascii: "8") })
      ?? false,
    digits.allSatisfy({
      UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || UInt8(ascii: "a")...UInt8(ascii: "f") ~= $0
    })
  else { throw ScalarRefusal("it must be a cursor that an event or a page of events gave.") }
  return .string(text)
}
