// Byte offsets of a source come in, lines and columns leave.

/// The lines of a source, found once, so that each offset is then a binary search, however long its
/// line is.
package struct LineIndex: Sendable {
  private let bytes: [UInt8]
  /// The offset of each line's first byte, ascending; the first is 0.
  private let lineStarts: [Int]
  /// For each block of 64 bytes, how many continuation bytes of UTF-8 stand before it; empty where
  /// the whole source is ASCII.
  private let continuationsBefore: [Int]

  private static let blockLength = 64

  /// A line ends at LF, CR LF or CR alone (section 2.1.3, LineTerminator).
  package init(_ source: Source) {
    bytes = source.bytes
    var starts = [0]
    var offset = 0
    var isASCII = true
    let count = bytes.count
    while offset < count {
      let byte = bytes[offset]
      offset += 1
      if byte == 0x0A {
        starts.append(offset)
      } else if byte == 0x0D {
        if offset < count, bytes[offset] == 0x0A { offset += 1 }
        starts.append(offset)
      } else if byte >= 0x80 {
        isASCII = false
      }
    }
    lineStarts = starts
    continuationsBefore = isASCII ? [] : LineIndex.countContinuations(bytes)
  }

  private static func countContinuations(_ bytes: [UInt8]) -> [Int] {
    var counts: [Int] = []
    var count = 0
    for (offset, byte) in bytes.enumerated() {
      if offset % blockLength == 0 { counts.append(count) }
      if byte & 0xC0 == 0x80 { count += 1 }
    }
    counts.append(count)
    return counts
  }

  /// The line and column, both from 1, of a byte offset; an offset past the end is the end.
  package func location(at offset: UInt32) -> SourceLocation {
    let target = min(Int(offset), bytes.count)
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= target { low = middle } else { high = middle }
    }
    // A code point has exactly one byte that is no continuation byte.
    let start = lineStarts[low]
    let column = target - start - (continuations(before: target) - continuations(before: start))
    return SourceLocation(line: low + 1, column: column + 1)
  }

  private func continuations(before offset: Int) -> Int {
    if continuationsBefore.isEmpty { return 0 }
    let block = offset / LineIndex.blockLength
    var count = continuationsBefore[block]
    for byte in bytes[(block * LineIndex.blockLength)..<offset] where byte & 0xC0 == 0x80 {
      count += 1
    }
    return count
  }

  /// The location at which a range starts.
  package func location(of range: SourceRange) -> SourceLocation {
    location(at: range.start)
  }
}
