// A PNG enters, the same with its picture's own chunks leaves: the critical ones, and of the others
// those of fixed numbers that change how it looks.
// Source: Portable Network Graphics, third edition, sections 5 (datastream) and 11 (chunks).

let pngSignature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

func plainPNG(
  _ bytes: [UInt8], within bounds: ImageBounds
) throws(ImageRefusal) -> PlainImage {
  var walk = PNGWalk(bounds: bounds)
  var reader = ByteReader(bytes[pngSignature.count...])
  for _ in 0..<bounds.partsMax {
    let length = try reader.bigEndian(4)
    guard length <= reader.remaining - 8 else { throw .damaged(.truncated) }
    let named = try reader.take(4 + length)
    let checksum = try reader.bigEndian(4)
    // What stands behind IEND is no part of the image (section 5.6), whoever put it there.
    if try walk.take(PNGChunk(named: named, checksum: checksum)) { return walk.finish() }
  }
  throw .damaged(.tooManyParts)
}

/// One chunk: its type, its data and what should be their CRC.
private struct PNGChunk {
  let type: String
  let named: ArraySlice<UInt8>
  let checksum: Int

  var data: ArraySlice<UInt8> { named.dropFirst(4) }
  var count: Int { named.count - 4 }
  /// Section 5.4: bit 5 of the first byte is clear.
  var isCritical: Bool { (named.first ?? 0) & 0x20 == 0 }

  init(named: ArraySlice<UInt8>, checksum: Int) throws(ImageRefusal) {
    guard named.prefix(4).allSatisfy({ ($0 | 0x20) &- 0x61 < 26 }) else {
      throw .damaged(.content)
    }
    type = String(decoding: named.prefix(4), as: UTF8.self)
    self.named = named
    self.checksum = checksum
  }
}

/// What was seen of the file so far, and what is kept of it.
private struct PNGWalk {
  private enum Stage { case beginning, beforeData, data, afterData }

  private let bounds: ImageBounds
  private var output = pngSignature
  private var stage = Stage.beginning
  private var width = 0
  private var height = 0
  private var colourType: UInt8 = 0
  private var bitDepth: UInt8 = 0
  private var paletteEntries = 0
  private var dataBytes = 0
  private var kept: Set<String> = []

  init(bounds: ImageBounds) { self.bounds = bounds }

  /// - Returns: true at the end.
  mutating func take(_ chunk: PNGChunk) throws(ImageRefusal) -> Bool {
    guard (stage == .beginning) == (chunk.type == "IHDR") else { throw .damaged(.order) }
    if stage == .data, chunk.type != "IDAT" { stage = .afterData }
    switch chunk.type {
    case "IHDR": try header(chunk)
    case "PLTE": try palette(chunk)
    case "IDAT":
      guard stage != .afterData, colourType != 3 || paletteEntries > 0 else {
        throw .damaged(.order)
      }
      stage = .data
      dataBytes += chunk.count
      try keep(chunk)
    case "IEND":
      guard chunk.count == 0 else { throw .damaged(.content) }
      guard dataBytes > 0 else { throw .damaged(.order) }
      try keep(chunk)
      return true
    case "acTL", "fcTL", "fdAT": throw .animated
    case "eXIf":
      if !kept.contains("eXIf"), let orientation = Orientation(tiff: chunk.data) {
        kept.insert("eXIf")
        write("eXIf", orientation.tiff)
      }
    case _:
      guard !chunk.isCritical else { throw .notSupported }
      if stage == .beforeData, chunk.count == length(of: chunk), !kept.contains(chunk.type) {
        kept.insert(chunk.type)
        try keep(chunk)
      }
    }
    return false
  }

  func finish() -> PlainImage {
    PlainImage(format: .png, width: width, height: height, bytes: output)
  }

  /// Section 11.2.1.
  private mutating func header(_ chunk: PNGChunk) throws(ImageRefusal) {
    guard chunk.count == 13 else { throw .damaged(.content) }
    var reader = ByteReader(chunk.data)
    width = try reader.bigEndian(4)
    height = try reader.bigEndian(4)
    try bounds.check(width: width, height: height)
    bitDepth = try reader.byte()
    colourType = try reader.byte()
    guard pngBitDepths[colourType]?.contains(bitDepth) == true, try reader.bigEndian(2) == 0,
      try reader.byte() <= 1
    else { throw .damaged(.content) }
    stage = .beforeData
    try keep(chunk)
  }

  /// Section 11.2.2.
  private mutating func palette(_ chunk: PNGChunk) throws(ImageRefusal) {
    guard stage == .beforeData, paletteEntries == 0 else { throw .damaged(.order) }
    let entriesMax = colourType == 3 ? 1 << Int(bitDepth) : 256
    paletteEntries = chunk.count / 3
    guard colourType & 2 != 0, chunk.count % 3 == 0, 1...entriesMax ~= paletteEntries else {
      throw .damaged(.content)
    }
    try keep(chunk)
  }

  /// How long an ancillary chunk is that is kept; nil for one that is not. All of these are numbers
  /// of fixed places, so that no word can hide among them.
  private func length(of chunk: PNGChunk) -> Int? {
    switch chunk.type {
    case "cHRM": 32
    case "gAMA", "cICP": 4
    case "sRGB": 1
    case "pHYs": 9
    case "tRNS":
      switch colourType {
      case 0: 2
      case 2: 6
      case 3: min(chunk.count, paletteEntries)
      case _: nil
      }
    case _: nil
    }
  }

  /// Keeps a chunk as it is, once its checksum fits.
  private mutating func keep(_ chunk: PNGChunk) throws(ImageRefusal) {
    guard crc32(chunk.named) == UInt32(chunk.checksum) else { throw .damaged(.checksum) }
    output.append(bigEndian: chunk.count, count: 4)
    output += chunk.named
    output.append(bigEndian: chunk.checksum, count: 4)
  }

  private mutating func write(_ type: String, _ data: [UInt8]) {
    let named = Array(type.utf8) + data
    output.append(bigEndian: data.count, count: 4)
    output += named
    output.append(bigEndian: Int(crc32(named[...])), count: 4)
  }
}

/// Section 11.2.1, table 12: what each colour type may be stored in.
private let pngBitDepths: [UInt8: Set<UInt8>] = [
  0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16],
]

/// Section 5.5 and annex D.
package func crc32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
  bytes.withUnsafeBufferPointer { bytes in
    crcTable.withUnsafeBufferPointer { table in
      var crc = UInt32.max
      for byte in bytes {
        crc = table[Int(UInt8(truncatingIfNeeded: crc) ^ byte)] ^ crc >> 8
      }
      return ~crc
    }
  }
}

private let crcTable: [UInt32] = (0..<256).map { index in
  (0..<8).reduce(UInt32(index)) { value, _ in
    value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1
  }
}
