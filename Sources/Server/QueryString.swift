// A query string enters, its names and values leave decoded. Refused here: a `%` without two
// hexadecimal digits, and bytes that are no UTF-8.

/// Reads `application/x-www-form-urlencoded` (URL Standard, section 5.1), but strictly: where a
/// browser would put a replacement character, the whole is refused.
/// - Returns: pairs in the order of the text, nil where it is refused.
package func decodeQueryString(_ text: String) -> [(name: String, value: String)]? {
  var pairs: [(name: String, value: String)] = []
  for piece in text.utf8.split(separator: UInt8(ascii: "&")) {
    let equals = piece.firstIndex(of: UInt8(ascii: "="))
    guard let name = decodePercent(piece[..<(equals ?? piece.endIndex)]) else { return nil }
    guard let equals else {
      pairs.append((name, ""))
      continue
    }
    guard let value = decodePercent(piece[piece.index(after: equals)...]) else { return nil }
    pairs.append((name, value))
  }
  return pairs
}

private func decodePercent(_ piece: Substring.UTF8View) -> String? {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(piece.count)
  var index = piece.startIndex
  while index < piece.endIndex {
    switch piece[index] {
    case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
    case UInt8(ascii: "%"):
      let first = piece.index(after: index)
      guard first < piece.endIndex, let high = hexadecimalValue(piece[first]) else { return nil }
      let second = piece.index(after: first)
      guard second < piece.endIndex, let low = hexadecimalValue(piece[second]) else { return nil }
      bytes.append(high << 4 | low)
      index = second
    case let byte: bytes.append(byte)
    }
    index = piece.index(after: index)
  }
  return String(validating: bytes, as: UTF8.self)
}

private func hexadecimalValue(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
  default: nil
  }
}
