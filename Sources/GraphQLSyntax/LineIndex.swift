// Byte offsets of a source come in, lines and columns leave.

/// The lines of a source, found once, so that each offset is then a binary search.
package struct LineIndex: Sendable {
  private let bytes: [UInt8]
  /// The offset of each line's first byte, ascending; the first is 0.
  private let lineStarts: [Int]

  /// A line ends at LF, CR LF or CR alone (section 2.1.3, LineTerminator).
  package init(_ source: Source) {
    bytes = source.bytes
    var starts = [0]
    var offset = 0
    let count = bytes.count
    while offset < count {
      let byte = bytes[offset]
      offset += 1
      if byte == 0x0A {
        starts.append(offset)
      } else if byte == 0x0D {
        if offset < count, bytes[offset] == 0x0A { offset += 1 }
        starts.append(offset)
      }
    }
    lineStarts = starts
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
    var column = 1
    // A code point has exactly one byte that is no continuation byte.
    for byte in bytes[lineStarts[low]..<target] where byte & 0xC0 != 0x80 { column += 1 }
    return SourceLocation(line: low + 1, column: column)
  }

  /// The location at which a range starts.
  package func location(of range: SourceRange) -> SourceLocation {
    location(at: range.start)
  }
}
