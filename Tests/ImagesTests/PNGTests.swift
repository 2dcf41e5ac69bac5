// PNGs made chunk by chunk: the rules of the datastream, one by one.

import Testing

@testable import Images

private struct Chunk {
  let type: String
  let data: [UInt8]
  var checksumIsWrong = false

  init(_ type: String, _ data: [UInt8] = []) {
    self.type = type
    self.data = data
  }
}

private func header(
  width: Int = 3, height: Int = 2, depth: UInt8 = 8, colour: UInt8 = 2, rest: [UInt8] = [0, 0, 0]
) -> Chunk {
  var data: [UInt8] = []
  data.append(bigEndian: width, count: 4)
  data.append(bigEndian: height, count: 4)
  return Chunk("IHDR", data + [depth, colour] + rest)
}

private func png(_ chunks: [Chunk]) -> [UInt8] {
  var bytes = pngSignature
  for chunk in chunks {
    let named = Array(chunk.type.utf8) + chunk.data
    bytes.append(bigEndian: chunk.data.count, count: 4)
    bytes += named
    bytes.append(bigEndian: Int(crc32(named[...]) ^ (chunk.checksumIsWrong ? 1 : 0)), count: 4)
  }
  return bytes
}

private let data = Chunk("IDAT", [1, 2, 3])
private let end = Chunk("IEND")
private let palette = Chunk("PLTE", [1, 2, 3, 4, 5, 6])

private func wrong(_ chunk: Chunk) -> Chunk {
  var chunk = chunk
  chunk.checksumIsWrong = true
  return chunk
}

struct PNGTests {
  private static let refused: [(String, [UInt8], ImageRefusal)] = [
    ("no header", png([data, end]), .damaged(.order)),
    ("two headers", png([header(), header(), data, end]), .damaged(.order)),
    ("a long header", png([Chunk("IHDR", header().data + [0]), data, end]), .damaged(.content)),
    ("no width", png([header(width: 0), data, end]), .damaged(.size)),
    ("no height", png([header(height: 0), data, end]), .damaged(.size)),
    (
      "a width that no product holds",
      png([header(width: 0xFFFF_FFFF, height: 0xFFFF_FFFF), data]),
      .sideTooLong(sideMax: 1000)
    ),
    (
      "a depth that the colours do not have", png([header(depth: 4), data, end]),
      .damaged(.content)
    ),
    ("no such colours", png([header(colour: 5), data, end]), .damaged(.content)),
    ("no such compression", png([header(rest: [1, 0, 0]), data, end]), .damaged(.content)),
    ("no such filter", png([header(rest: [0, 1, 0]), data, end]), .damaged(.content)),
    ("no such interlacing", png([header(rest: [0, 0, 2]), data, end]), .damaged(.content)),
    ("no data", png([header(), end]), .damaged(.order)),
    ("data without a byte", png([header(), Chunk("IDAT"), end]), .damaged(.order)),
    ("data in two places", png([header(), data, Chunk("tEXt"), data, end]), .damaged(.order)),
    ("no end", png([header(), data]), .damaged(.truncated)),
    ("an end with something in it", png([header(), data, Chunk("IEND", [0])]), .damaged(.content)),
    (
      "a critical chunk that nobody knows", png([header(), Chunk("PRIV"), data, end]),
      .notSupported
    ),
    ("a type of other characters", png([header(), Chunk("a\0b!"), data, end]), .damaged(.content)),
    ("no palette", png([header(colour: 3), data, end]), .damaged(.order)),
    ("a palette after the data", png([header(), data, palette, end]), .damaged(.order)),
    ("two palettes", png([header(), palette, palette, data, end]), .damaged(.order)),
    ("a palette of grays", png([header(colour: 0), palette, data, end]), .damaged(.content)),
    ("half a colour", png([header(), Chunk("PLTE", [1, 2]), data, end]), .damaged(.content)),
    ("a palette without colours", png([header(), Chunk("PLTE"), data, end]), .damaged(.content)),
    (
      "more colours than the depth can name",
      png([header(depth: 1, colour: 3), Chunk("PLTE", Array(repeating: 0, count: 9)), data, end]),
      .damaged(.content)
    ),
    ("a wrong checksum of the header", png([wrong(header()), data, end]), .damaged(.checksum)),
    ("a wrong checksum of the data", png([header(), wrong(data), end]), .damaged(.checksum)),
    (
      "a wrong checksum of what is kept",
      png([header(), wrong(Chunk("gAMA", [0, 0, 0, 1])), data, end]), .damaged(.checksum)
    ),
    ("frames", png([header(), Chunk("acTL", [0, 0, 0, 1, 0, 0, 0, 0]), data, end]), .animated),
    (
      "a length beyond the end", png([header()]) + [0xFF, 0xFF, 0xFF, 0xFF] + Array("IDAT".utf8),
      .damaged(.truncated)
    ),
    (
      "a length that just misses", png([header()]) + [0, 0, 0, 4] + Array("IDAT1234123".utf8),
      .damaged(.truncated)
    ),
  ]

  @Test(arguments: refused.indices)
  func `a PNG that breaks a rule is refused`(index: Int) {
    let (what, file, refusal) = Self.refused[index]
    #expect(throws: refusal, "\(what)") { try plainImage(file, within: wide) }
  }

  /// By what is there beside header, data and end: the types that are left.
  private static let kept: [(UInt8, [Chunk], [String])] = [
    (2, [Chunk("gAMA", [0, 0, 0, 1]), Chunk("sRGB", [0])], ["gAMA", "sRGB"]),
    (
      2, [Chunk("cICP", [1, 13, 0, 1]), Chunk("cHRM", Array(repeating: 0, count: 32))],
      ["cICP", "cHRM"]
    ),
    (2, [Chunk("gAMA", mark)], []), (2, [Chunk("sRGB", [0]), Chunk("sRGB", [1])], ["sRGB"]),
    (2, [Chunk("tRNS", [0, 0, 0, 0, 0, 0])], ["tRNS"]), (2, [Chunk("tRNS", [0, 0])], []),
    (0, [Chunk("tRNS", [0, 0])], ["tRNS"]), (6, [Chunk("tRNS", [0, 0])], []),
    (3, [palette, Chunk("tRNS", [0])], ["PLTE", "tRNS"]),
    (3, [palette, Chunk("tRNS", [0, 0, 0])], ["PLTE"]),
    (2, [Chunk("tIME", [7, 230, 1, 1, 1, 1, 1]), Chunk("iCCP", mark), Chunk("bKGD")], []),
    (2, [Chunk("prVt", mark), Chunk("zTXt", mark), Chunk("sPLT", mark)], []),
    (2, [wrong(Chunk("tEXt", mark))], []), (2, [Chunk("eXIf", mark)], []),
  ]

  @Test(arguments: kept.indices)
  func `numbers that change how it looks are left, and nothing else`(index: Int) throws {
    let (colour, chunks, left) = Self.kept[index]
    let image = try plainImage(
      png([header(colour: colour)] + chunks + [data, end]), within: wide)
    #expect(parts(of: image.bytes) == ["IHDR"] + left + ["IDAT", "IEND"])
    let afterwards = try plainImage(
      png([header(colour: 2), data] + chunks.filter { $0.type != "PLTE" } + [end]), within: wide)
    #expect(parts(of: afterwards.bytes) == ["IHDR", "IDAT", "IEND"])
  }

  @Test func `more chunks than the bound are refused`() {
    var bounds = wide
    bounds.partsMax = 5
    let four = png([header(), data, data, data, end])
    let five = png([header(), data, data, data, data, end])
    #expect(throws: Never.self) { try plainImage(four, within: bounds) }
    #expect(throws: ImageRefusal.damaged(.tooManyParts)) { try plainImage(five, within: bounds) }
  }
}
