// Bytes enter, numbers and runs of them leave, one after the other. Refused here: to read past the
// end, so that no length that a file claims is believed.

/// A place in bytes that moves forward only.
struct ByteReader {
  let bytes: ArraySlice<UInt8>
  private(set) var position: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  var remaining: Int { bytes.endIndex - position }

  mutating func take(_ count: Int) throws(ImageRefusal) -> ArraySlice<UInt8> {
    guard count >= 0, count <= remaining else { throw .damaged(.truncated) }
    defer { position += count }
    return bytes[position..<position + count]
  }

  mutating func byte() throws(ImageRefusal) -> UInt8 {
    guard position < bytes.endIndex else { throw .damaged(.truncated) }
    defer { position += 1 }
    return bytes[position]
  }

  /// A number of so many bytes, the highest first.
  mutating func bigEndian(_ count: Int) throws(ImageRefusal) -> Int {
    try take(count).reduce(0) { $0 << 8 | Int($1) }
  }

  /// A number of so many bytes, the lowest first.
  mutating func littleEndian(_ count: Int) throws(ImageRefusal) -> Int {
    try take(count).reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  /// Moves on to a position that lies ahead.
  mutating func skip(to position: Int) {
    self.position = min(max(position, self.position), bytes.endIndex)
  }
}

extension [UInt8] {
  /// Appends the lowest so many bytes of a number, the highest of them first.
  mutating func append(bigEndian number: Int, count: Int) {
    for index in (0..<count).reversed() {
      append(UInt8(truncatingIfNeeded: number >> (8 * index)))
    }
  }

  /// Appends the lowest so many bytes of a number, the lowest of them first.
  mutating func append(littleEndian number: Int, count: Int) {
    for index in 0..<count { append(UInt8(truncatingIfNeeded: number >> (8 * index))) }
  }
}
