// A batch's parameters enter; the C arrays that libpq copies from leave, all of them in one buffer
// that is used again for the next batch. Refused here: text with a NUL.

internal import Glibc
internal import SQL

/// Values as libpq wants them. The memory belongs to one connection and is overwritten by each
/// batch.
struct ParameterBuffer {
  struct Refused: Error {
    let query: Int
    let parameter: Int
  }

  private var bytes: [UInt8] = []
  private var offsets: [Int] = []
  private var lengths: [Int32] = []
  private var formats: [Int32] = []
  private var pointers: [UnsafePointer<CChar>?] = []

  /// Writes the values of every query, and gives each query's arrays to `send` in turn until it
  /// returns false; returns whether all were sent. Nothing is sent when a value is refused.
  mutating func send(
    _ queries: [Query], _ send: (Query, ParameterArrays) -> Bool
  ) throws(Refused) -> Bool {
    try encode(queries)
    bytes.withUnsafeBytes { base in
      let start = base.baseAddress?.assumingMemoryBound(to: CChar.self)
      for index in offsets.indices {
        pointers[index] = offsets[index] < 0 ? nil : start.map { $0 + offsets[index] }
      }
    }
    // The arrays must not move while libpq reads them: nothing below writes to them.
    return bytes.withUnsafeBytes { _ in
      pointers.withUnsafeBufferPointer { pointers in
        lengths.withUnsafeBufferPointer { lengths in
          formats.withUnsafeBufferPointer { formats in
            var first = 0
            for query in queries {
              let arrays = ParameterArrays(
                count: query.parameters.count, values: pointers.baseAddress.map { $0 + first },
                lengths: lengths.baseAddress.map { $0 + first },
                formats: formats.baseAddress.map { $0 + first })
              if !send(query, arrays) { return false }
              first += query.parameters.count
            }
            return true
          }
        }
      }
    }
  }

  private mutating func encode(_ queries: [Query]) throws(Refused) {
    bytes.removeAll(keepingCapacity: true)
    offsets.removeAll(keepingCapacity: true)
    lengths.removeAll(keepingCapacity: true)
    formats.removeAll(keepingCapacity: true)
    pointers.removeAll(keepingCapacity: true)
    for (index, query) in queries.enumerated() {
      for (position, parameter) in query.parameters.enumerated() {
        guard append(parameter) else { throw Refused(query: index, parameter: position) }
      }
    }
  }

  private mutating func append(_ parameter: Parameter) -> Bool {
    let offset = bytes.count
    var format: Int32 = 0
    switch parameter {
    case .null:
      add(offset: -1, length: 0, format: 0)
      return true
    case .text(let text):
      bytes.append(contentsOf: text.utf8)
      if holdsNUL(from: offset) { return false }
    case .integer(let number):
      bytes.append(contentsOf: String(number).utf8)
    case .boolean(let truth):
      bytes.append(truth ? UInt8(ascii: "t") : UInt8(ascii: "f"))
    case .uuid(let high, let low):
      appendUUID(high: high, low: low, to: &bytes)
    case .binary(let value):
      bytes.append(contentsOf: value)
      format = 1
    }
    let length = Int32(truncatingIfNeeded: bytes.count - offset)
    bytes.append(0)
    add(offset: offset, length: length, format: format)
    return true
  }

  private mutating func add(offset: Int, length: Int32, format: Int32) {
    offsets.append(offset)
    lengths.append(length)
    formats.append(format)
    pointers.append(nil)
  }

  private func holdsNUL(from offset: Int) -> Bool {
    bytes.withUnsafeBytes { all in
      let text = UnsafeRawBufferPointer(rebasing: all[offset...])
      guard let start = text.baseAddress else { return false }
      return memchr(start, 0, text.count) != nil
    }
  }
}

/// One query's parameters as PQsendQueryPrepared takes them; valid during the call they came with.
struct ParameterArrays {
  let count: Int
  let values: UnsafePointer<UnsafePointer<CChar>?>?
  let lengths: UnsafePointer<Int32>?
  let formats: UnsafePointer<Int32>?
}

/// RFC 9562, section 4: 8-4-4-4-12 hexadecimal digits.
func appendUUID(high: UInt64, low: UInt64, to bytes: inout [UInt8]) {
  for index in 0..<16 {
    if index == 4 || index == 6 || index == 8 || index == 10 { bytes.append(UInt8(ascii: "-")) }
    let word = index < 8 ? high : low
    let byte = UInt8(truncatingIfNeeded: word >> UInt64(56 - 8 * (index % 8)))
    bytes.append(hexadecimalDigit(byte >> 4))
    bytes.append(hexadecimalDigit(byte & 15))
  }
}

/// The lower-case digit of a value from 0 to 15.
func hexadecimalDigit(_ value: UInt8) -> UInt8 {
  value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
}
