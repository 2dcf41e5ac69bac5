// A JPEG enters, the same with the segments that its picture is decoded by leaves. Of the
// application segments two are kept, cut to their numbers: JFIF and Adobe's, which say what the
// components' colours are.
// Source: ITU-T T.81, annex B (compressed data formats).

func plainJPEG(
  _ bytes: [UInt8], within bounds: ImageBounds
) throws(ImageRefusal) -> PlainImage {
  var walk = JPEGWalk(bytes, bounds: bounds)
  for _ in 0..<bounds.partsMax {
    if try walk.segment() { return walk.finish() }
  }
  throw .damaged(.tooManyParts)
}

private struct JPEGWalk {
  private let bounds: ImageBounds
  private var reader: ByteReader
  private var output: [UInt8] = [0xFF, 0xD8]
  private var width = 0
  private var height = 0
  private var scans = 0
  private var hasJFIF = false
  private var hasAdobe = false
  private var hasOrientation = false

  init(_ bytes: [UInt8], bounds: ImageBounds) {
    self.bounds = bounds
    reader = ByteReader(bytes[2...])
  }

  private var hasFrame: Bool { width > 0 }

  func finish() -> PlainImage {
    PlainImage(format: .jpeg, width: width, height: height, bytes: output)
  }

  /// One marker and what belongs to it.
  /// - Returns: true at the end.
  mutating func segment() throws(ImageRefusal) -> Bool {
    let marker = try marker()
    switch marker {
    case 0xC0, 0xC1, 0xC2: try frame(marker)
    case 0xC4: try keep(marker, huffmanTables)
    case 0xDB: try keep(marker, quantizationTables)
    case 0xDD: try keep(marker) { reader throws(ImageRefusal) in _ = try reader.take(2) }
    case 0xDA: try scan()
    case 0xD9:
      guard scans > 0 else { throw .damaged(.order) }
      // What stands behind is no part of the image: a second one, a film, a note.
      output += [0xFF, 0xD9]
      return true
    case 0xE0...0xEF, 0xFE: application(marker, try payload())
    // Lossless, hierarchical and arithmetic coding, and lines that are counted afterwards.
    case 0xC3, 0xC5...0xCF, 0xDC, 0xDE, 0xDF: throw .notSupported
    case _: throw .damaged(.order)
    }
    return false
  }

  /// B.1.1.2: any number of FF may stand before a marker.
  private mutating func marker() throws(ImageRefusal) -> UInt8 {
    guard try reader.byte() == 0xFF else { throw .damaged(.order) }
    var code = try reader.byte()
    while code == 0xFF { code = try reader.byte() }
    return code
  }

  private mutating func payload() throws(ImageRefusal) -> ArraySlice<UInt8> {
    let length = try reader.bigEndian(2)
    guard length >= 2 else { throw .damaged(.content) }
    return try reader.take(length - 2)
  }

  private mutating func write(_ marker: UInt8, _ payload: some Collection<UInt8>) {
    output += [0xFF, marker]
    output.append(bigEndian: payload.count + 2, count: 2)
    output += payload
  }

  /// Keeps a segment that `check` reads to its last byte, so that nothing is hidden behind what
  /// its kind has.
  private mutating func keep(
    _ marker: UInt8, _ check: (inout ByteReader) throws(ImageRefusal) -> Void
  ) throws(ImageRefusal) {
    let payload = try payload()
    var content = ByteReader(payload)
    do {
      try check(&content)
    } catch {
      // It is the segment that ends too early, not the file.
      throw error == .damaged(.truncated) ? .damaged(.content) : error
    }
    guard content.remaining == 0 else { throw .damaged(.content) }
    write(marker, payload)
  }

  /// B.2.2: baseline, extended and progressive, of eight bits.
  private mutating func frame(_ marker: UInt8) throws(ImageRefusal) {
    guard !hasFrame else { throw .damaged(.order) }
    let bounds = bounds
    var size = (width: 0, height: 0)
    try keep(marker) { reader throws(ImageRefusal) in
      guard try reader.byte() == 8 else { throw .notSupported }
      size.height = try reader.bigEndian(2)
      size.width = try reader.bigEndian(2)
      try bounds.check(width: size.width, height: size.height)
      let components = try reader.byte()
      guard [1, 3, 4].contains(components) else { throw .notSupported }
      _ = try reader.take(3 * Int(components))
    }
    (width, height) = size
  }

  /// B.2.3 and B.1.1.5: the header of a scan, and its coded data up to the next marker.
  private mutating func scan() throws(ImageRefusal) {
    guard hasFrame else { throw .damaged(.order) }
    scans += 1
    guard scans <= bounds.scansMax else { throw .damaged(.tooManyParts) }
    try keep(0xDA) { reader throws(ImageRefusal) in
      let components = try reader.byte()
      guard 1...4 ~= components else { throw .damaged(.content) }
      _ = try reader.take(2 * Int(components) + 3)
    }
    let data = codedData()
    guard !data.isEmpty else { throw .damaged(.content) }
    output += data
    reader.skip(to: data.endIndex)
  }

  /// A zero behind FF is stuffing, and restarts belong to the data.
  private func codedData() -> ArraySlice<UInt8> {
    let rest = reader.bytes[reader.position...]
    let count = rest.withUnsafeBufferPointer { bytes in
      var index = 0
      while index < bytes.count {
        guard bytes[index] == 0xFF else {
          index += 1
          continue
        }
        guard index + 1 < bytes.count else { return index }
        let code = bytes[index + 1]
        guard code == 0 || 0xD0...0xD7 ~= code else { return index }
        index += 2
      }
      return index
    }
    return rest.prefix(count)
  }

  /// What an application wrote: the numbers that the colours and the pose hang on, or nothing.
  private mutating func application(_ marker: UInt8, _ payload: ArraySlice<UInt8>) {
    switch marker {
    // JFIF 1.02: version, unit and density; the thumbnail behind it has its own two sizes.
    case 0xE0 where !hasJFIF && payload.count >= 14 && payload.starts(with: "JFIF\0".utf8):
      hasJFIF = true
      write(marker, Array(payload.prefix(12)) + [0, 0])
    case 0xE1 where !hasOrientation && payload.starts(with: "Exif\0\0".utf8):
      guard let orientation = Orientation(tiff: payload.dropFirst(6)) else { return }
      hasOrientation = true
      write(marker, Array("Exif\0\0".utf8) + orientation.tiff)
    case 0xEE where !hasAdobe && payload.count >= 12 && payload.starts(with: "Adobe".utf8):
      hasAdobe = true
      write(marker, payload.prefix(12))
    default: return
    }
  }
}

/// B.2.4.1: each of 64 steps of eight or sixteen bits.
private func quantizationTables(_ reader: inout ByteReader) throws(ImageRefusal) {
  repeat {
    let head = try reader.byte()
    guard head >> 4 <= 1, head & 15 <= 3 else { throw .damaged(.content) }
    _ = try reader.take(head >> 4 == 0 ? 64 : 128)
  } while reader.remaining > 0
}

/// B.2.4.2: sixteen counts, and as many values as they say.
private func huffmanTables(_ reader: inout ByteReader) throws(ImageRefusal) {
  repeat {
    let head = try reader.byte()
    guard head >> 4 <= 1, head & 15 <= 3 else { throw .damaged(.content) }
    let values = try reader.take(16).reduce(0) { $0 + Int($1) }
    guard values <= 256 else { throw .damaged(.content) }
    _ = try reader.take(values)
  } while reader.remaining > 0
}
