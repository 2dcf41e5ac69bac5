// EXIF as cameras write it and as nobody should: how the picture is to be turned, or nothing.

import Testing

@testable import Images

/// A TIFF block with these entries of its first directory: tag, type, count, value.
private func tiff(
  _ entries: [(Int, Int, Int, Int)], isBig: Bool = true, magic: Int = 42, offset: Int = 8,
  count: Int? = nil
) -> [UInt8] {
  var block = Array((isBig ? "MM" : "II").utf8)
  func append(_ number: Int, _ bytes: Int) {
    if isBig {
      block.append(bigEndian: number, count: bytes)
    } else {
      block.append(littleEndian: number, count: bytes)
    }
  }
  append(magic, 2)
  append(offset, 4)
  append(count ?? entries.count, 2)
  for (tag, type, count, value) in entries {
    append(tag, 2)
    append(type, 2)
    append(count, 4)
    append(value, 2)
    append(0, 2)
  }
  append(0, 4)
  return block
}

struct OrientationTests {
  @Test(arguments: 2...8, [true, false])
  func `a turn is read in both orders of bytes, and written as itself`(
    turn: Int, isBig: Bool
  ) throws {
    let block = tiff([(0x010F, 2, 4, 0), (0x0112, 3, 1, turn)], isBig: isBig)
    let orientation = try #require(Orientation(tiff: block[...]))
    #expect(orientation.tiff == tiff([(0x0112, 3, 1, turn)]))
    #expect(orientation.tiff.count == 26)
    // As a slice of a longer file too.
    let slice = ([9, 9, 9] + block)[3...]
    #expect(Orientation(tiff: slice)?.tiff == orientation.tiff)
  }

  private static let none: [(String, [UInt8])] = [
    ("upright", tiff([(0x0112, 3, 1, 1)])), ("nothing", []), ("no turn", tiff([])),
    ("no such turn", tiff([(0x0112, 3, 1, 9)])), ("none at all", tiff([(0x0112, 3, 1, 0)])),
    ("a large number", tiff([(0x0112, 3, 1, 0x0106)])),
    ("two turns", tiff([(0x0112, 3, 2, 6)])), ("another type", tiff([(0x0112, 4, 1, 6)])),
    ("no TIFF", tiff([(0x0112, 3, 1, 6)], magic: 43)), ("no order", Array("XX\0*".utf8)),
    ("a directory beyond the end", tiff([(0x0112, 3, 1, 6)], offset: 1 << 31)),
    ("a directory in the middle of itself", tiff([(0x0112, 3, 1, 6)], offset: 9)),
    ("more entries than bytes", tiff([(1, 3, 1, 6)], count: 65_535)),
  ]

  @Test(arguments: none.indices)
  func `anything else turns nothing`(index: Int) {
    let (what, block) = Self.none[index]
    #expect(Orientation(tiff: block[...]) == nil, "\(what)")
  }
}
