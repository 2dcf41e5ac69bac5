// EXIF enters, how the camera was held leaves, and the shortest EXIF that says so. Everything else
// that EXIF holds (the place, the time, the camera, a thumbnail) ends here.
// Source: EXIF 2.32, section 4.6 (TIFF structure, tag 274).

/// How a picture is to be turned, where it is.
struct Orientation {
  /// 2 to 8; the upright picture (1) needs no word.
  private let value: UInt8

  /// Reads the first directory of a TIFF block. What cannot be read turns nothing: EXIF is dropped
  /// anyway, and a fault in it does no harm to the picture.
  init?(tiff block: ArraySlice<UInt8>) {
    guard let value = try? readOrientation(block), (2...8).contains(value) else { return nil }
    self.value = value
  }

  /// A TIFF block of one directory with one entry.
  var tiff: [UInt8] {
    var block = Array("MM".utf8)
    block.append(bigEndian: 42, count: 2)
    block.append(bigEndian: 8, count: 4)
    block.append(bigEndian: 1, count: 2)
    block.append(bigEndian: orientationTag, count: 2)
    block.append(bigEndian: shortType, count: 2)
    block.append(bigEndian: 1, count: 4)
    block += [0, value, 0, 0]
    block.append(bigEndian: 0, count: 4)
    return block
  }
}

private let orientationTag = 0x0112
private let shortType = 3

private func readOrientation(_ block: ArraySlice<UInt8>) throws(ImageRefusal) -> UInt8? {
  var reader = ByteReader(block)
  let isBigEndian: Bool
  switch Array(try reader.take(2)) {
  case Array("MM".utf8): isBigEndian = true
  case Array("II".utf8): isBigEndian = false
  case _: return nil
  }
  func number(_ count: Int) throws(ImageRefusal) -> Int {
    isBigEndian ? try reader.bigEndian(count) : try reader.littleEndian(count)
  }
  guard try number(2) == 42 else { return nil }
  reader.skip(to: block.startIndex + (try number(4)))
  // Sixty-five thousand at most, and no more than there are bytes.
  for _ in 0..<(try number(2)) {
    let tag = try number(2)
    let type = try number(2)
    let count = try number(4)
    let value = try number(2)
    _ = try reader.take(2)
    if tag == orientationTag, type == shortType, count == 1 { return UInt8(exactly: value) }
  }
  return nil
}
