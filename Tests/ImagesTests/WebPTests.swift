// WebPs made chunk by chunk: the rules of the container, one by one.

import Testing

@testable import Images

private func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
  var bytes = Array(type.utf8)
  bytes.append(littleEndian: data.count, count: 4)
  return bytes + data + (data.count % 2 == 1 ? [0] : [])
}

private func webp(_ chunks: [UInt8]..., size: Int? = nil) -> [UInt8] {
  let body = Array("WEBP".utf8) + chunks.joined()
  var bytes = Array("RIFF".utf8)
  bytes.append(littleEndian: size ?? body.count, count: 4)
  return bytes + body
}

private func canvas(_ flags: UInt8, width: Int = 3, height: Int = 2) -> [UInt8] {
  var data: [UInt8] = [flags, 0, 0, 0]
  data.append(littleEndian: width - 1, count: 3)
  data.append(littleEndian: height - 1, count: 3)
  return chunk("VP8X", data)
}

private func lossy(tag: Int = 0, start: [UInt8] = [0x9D, 0x01, 0x2A], width: Int = 3) -> [UInt8] {
  var data: [UInt8] = []
  data.append(littleEndian: tag, count: 3)
  data += start
  data.append(littleEndian: width, count: 2)
  data.append(littleEndian: 2, count: 2)
  return chunk("VP8 ", data + [7, 7, 7])
}

private func lossless(signature: UInt8 = 0x2F, version: Int = 0) -> [UInt8] {
  var data = [signature]
  data.append(littleEndian: 2 | 1 << 14 | version << 29, count: 4)
  return chunk("VP8L", data + [7])
}

private let alpha = chunk("ALPH", [0, 1, 2])

struct WebPTests {
  private static let refused: [(String, [UInt8], ImageRefusal)] = [
    ("no picture", webp(), .damaged(.order)),
    ("a canvas alone", webp(canvas(0)), .damaged(.order)),
    ("two pictures", webp(canvas(0), lossy(), lossy()), .damaged(.order)),
    ("two pictures without a canvas", webp(lossy(), lossless()), .damaged(.order)),
    ("two canvases", webp(canvas(0), canvas(0), lossy()), .damaged(.order)),
    ("a canvas behind", webp(lossy(), canvas(0)), .damaged(.order)),
    ("metadata before the picture", webp(chunk("EXIF", mark), lossy()), .damaged(.order)),
    ("another chunk first", webp(chunk("JUNK", mark), lossy()), .damaged(.order)),
    ("alpha without a canvas", webp(alpha, lossy()), .damaged(.order)),
    ("alpha twice", webp(canvas(0x10), alpha, alpha, lossy()), .damaged(.order)),
    ("alpha behind", webp(canvas(0x10), lossy(), alpha), .damaged(.order)),
    ("alpha that the picture has itself", webp(canvas(0x10), alpha, lossless()), .damaged(.order)),
    ("alpha without a byte", webp(canvas(0x10), chunk("ALPH", []), lossy()), .damaged(.content)),
    ("a canvas of another length", webp(chunk("VP8X", [0, 0, 0, 0]), lossy()), .damaged(.content)),
    ("a canvas of another size", webp(canvas(0, width: 4), lossy()), .damaged(.size)),
    ("a wide canvas", webp(canvas(0, width: 1 << 24), lossy()), .sideTooLong(sideMax: 1000)),
    ("no width", webp(lossy(width: 0)), .damaged(.size)),
    ("a wide picture", webp(lossy(width: 0x3FFF)), .sideTooLong(sideMax: 1000)),
    ("a frame that needs another", webp(lossy(tag: 1)), .damaged(.content)),
    ("no start code", webp(lossy(start: [1, 2, 3])), .damaged(.content)),
    ("a partition beyond the chunk", webp(lossy(tag: 4 << 5)), .damaged(.truncated)),
    ("a short picture", webp(chunk("VP8 ", [0, 0, 0])), .damaged(.truncated)),
    ("no signature", webp(lossless(signature: 0)), .damaged(.content)),
    ("a version to come", webp(lossless(version: 1)), .notSupported),
    ("a flag of frames", webp(canvas(0x02), lossy()), .animated),
    ("frames", webp(canvas(0), chunk("ANIM", [0, 0, 0, 0, 0, 0]), lossy()), .animated),
    ("a size beyond the end", webp(lossy(), size: 1000), .damaged(.truncated)),
    ("a size of nothing", webp(lossy(), size: 0), .damaged(.truncated)),
    ("a size that cuts the chunk", webp(lossy(), size: 20), .damaged(.truncated)),
    (
      "a chunk beyond the end", webp(canvas(0), Array("VP8 ".utf8) + [255, 255, 255, 255]),
      .damaged(.truncated)
    ),
  ]

  @Test(arguments: refused.indices)
  func `a WebP that breaks a rule is refused`(index: Int) {
    let (what, file, refusal) = Self.refused[index]
    #expect(throws: refusal, "\(what)") { try plainImage(file, within: wide) }
  }

  /// What comes in, and what leaves.
  private static let plain: [([UInt8], [UInt8])] = [
    (webp(lossy()), webp(lossy())), (webp(lossless()), webp(lossless())),
    (webp(lossy(tag: 3 << 5)), webp(lossy(tag: 3 << 5))),
    (
      webp(canvas(0x3C), chunk("ICCP", mark), lossy(), chunk("EXIF", mark), chunk("XMP ", mark)),
      webp(lossy())
    ),
    (
      webp(canvas(0x10), chunk("JUNK", mark), alpha, lossy(), chunk("JUNK", mark)),
      webp(canvas(0x10), alpha, lossy())
    ),
    (webp(canvas(0xFF & ~0x02), alpha, lossy()), webp(canvas(0x10), alpha, lossy())),
    (webp(lossy(), chunk("XMP ", mark)), webp(lossy())),
  ]

  @Test(arguments: plain.indices)
  func `picture and alpha are left, with flags that fit`(index: Int) throws {
    #expect(try plainImage(Self.plain[index].0, within: wide).bytes == Self.plain[index].1)
  }

  @Test func `more chunks than the bound are refused`() {
    var bounds = wide
    bounds.partsMax = 3
    #expect(throws: Never.self) { try plainImage(webp(lossy(), alphaless), within: bounds) }
    #expect(throws: ImageRefusal.damaged(.tooManyParts)) {
      try plainImage(webp(lossy(), alphaless, alphaless), within: bounds)
    }
  }

  private let alphaless = chunk("JUNK", [])
}
