// JPEGs made segment by segment: the rules of annex B, one by one.

import Testing

@testable import Images

private func segment(_ marker: UInt8, _ payload: [UInt8]) -> [UInt8] {
  var bytes: [UInt8] = [0xFF, marker]
  bytes.append(bigEndian: payload.count + 2, count: 2)
  return bytes + payload
}

private func frame(
  _ marker: UInt8 = 0xC0, precision: UInt8 = 8, height: Int = 2, width: Int = 3,
  components: UInt8 = 1, extra: [UInt8] = []
) -> [UInt8] {
  var payload = [precision]
  payload.append(bigEndian: height, count: 2)
  payload.append(bigEndian: width, count: 2)
  payload.append(components)
  payload += [UInt8](repeating: 0x11, count: 3 * Int(components))
  return segment(marker, payload + extra)
}

private let scan = segment(0xDA, [1, 1, 0, 0, 63, 0]) + [0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56]
private let steps = segment(0xDB, [0] + [UInt8](repeating: 1, count: 64))
private let codes = segment(0xC4, [0, 1] + [UInt8](repeating: 0, count: 15) + [9])
private let end: [UInt8] = [0xFF, 0xD9]

private func jpeg(_ segments: [UInt8]...) -> [UInt8] {
  [0xFF, 0xD8] + segments.joined()
}

struct JPEGTests {
  private static let refused: [(String, [UInt8], ImageRefusal)] = [
    ("no frame", jpeg(steps, scan, end), .damaged(.order)),
    ("two frames", jpeg(frame(), frame(), scan, end), .damaged(.order)),
    ("no scan", jpeg(frame(), end), .damaged(.order)),
    ("no end", jpeg(frame(), scan), .damaged(.truncated)),
    ("a second beginning", jpeg(frame(), [0xFF, 0xD8], scan, end), .damaged(.order)),
    ("a restart without a scan", jpeg([0xFF, 0xD0], frame(), scan, end), .damaged(.order)),
    ("bytes between segments", jpeg(steps, [1, 2, 3], frame(), scan, end), .damaged(.order)),
    ("a reserved marker", jpeg([0xFF, 0x02], frame(), scan, end), .damaged(.order)),
    ("twelve bits", jpeg(frame(precision: 12), scan, end), .notSupported),
    ("two components", jpeg(frame(components: 2), scan, end), .notSupported),
    ("no width", jpeg(frame(width: 0), scan, end), .damaged(.size)),
    ("a height that is told later", jpeg(frame(height: 0), scan, end), .damaged(.size)),
    ("a wide one", jpeg(frame(width: 65_535), scan, end), .sideTooLong(sideMax: 1000)),
    ("more in the frame than it has", jpeg(frame(extra: mark), scan, end), .damaged(.content)),
    ("a frame that is too short", jpeg(segment(0xC0, [8, 0, 2]), scan, end), .damaged(.content)),
    ("lossless", jpeg(frame(0xC3), scan, end), .notSupported),
    ("arithmetic coding", jpeg(frame(0xC9), scan, end), .notSupported),
    (
      "lines that are counted afterwards", jpeg(frame(), scan, segment(0xDC, [0, 2]), end),
      .notSupported
    ),
    (
      "more behind the steps",
      jpeg(
        segment(0xDB, [0] + [UInt8](repeating: 1, count: 64) + mark),
        frame(), scan, end), .damaged(.content)
    ),
    (
      "steps of no such size",
      jpeg(
        segment(0xDB, [0x20] + [UInt8](repeating: 1, count: 64)),
        frame(), scan, end), .damaged(.content)
    ),
    (
      "more behind the codes",
      jpeg(
        segment(0xC4, [0, 1] + [UInt8](repeating: 0, count: 15) + mark),
        frame(), scan, end), .damaged(.content)
    ),
    (
      "more codes than there are bytes",
      jpeg(
        segment(0xC4, [0] + [UInt8](repeating: 255, count: 16)),
        frame(), scan, end), .damaged(.content)
    ),
    ("no codes at all", jpeg(segment(0xC4, []), frame(), scan, end), .damaged(.content)),
    (
      "a restart interval of three bytes", jpeg(segment(0xDD, [0, 0, 0]), frame(), scan, end),
      .damaged(.content)
    ),
    (
      "a scan of five components",
      jpeg(
        frame(), segment(0xDA, [5] + [UInt8](repeating: 1, count: 13)),
        [1], end), .damaged(.content)
    ),
    (
      "more in the scan's header",
      jpeg(frame(), segment(0xDA, [1, 1, 0, 0, 63, 0] + mark), [1], end),
      .damaged(.content)
    ),
    (
      "a scan without data", jpeg(frame(), segment(0xDA, [1, 1, 0, 0, 63, 0]), end),
      .damaged(.content)
    ),
    ("a segment of length one", jpeg([0xFF, 0xE1, 0, 1], frame(), scan, end), .damaged(.content)),
    (
      "a segment beyond the end", jpeg([0xFF, 0xE1, 0xFF, 0xFF], frame(), scan, end),
      .damaged(.truncated)
    ),
    ("nothing but fill", jpeg([UInt8](repeating: 0xFF, count: 99)), .damaged(.truncated)),
  ]

  @Test(arguments: refused.indices)
  func `a JPEG that breaks a rule is refused`(index: Int) {
    let (what, file, refusal) = Self.refused[index]
    #expect(throws: refusal, "\(what)") { try plainImage(file, within: wide) }
  }

  @Test func `what it is decoded by is left as it was`() throws {
    let file = jpeg(steps, codes, segment(0xDD, [0, 1]), frame(), scan, codes, scan, end)
    #expect(try plainImage(file, within: wide).bytes == file)
  }

  @Test func `fill before a marker is left out`() throws {
    let file = jpeg([0xFF, 0xFF], steps, [0xFF], frame(), scan, [0xFF, 0xFF], end)
    #expect(try plainImage(file, within: wide).bytes == jpeg(steps, frame(), scan, end))
  }

  @Test func `of JFIF and Adobe's segment the numbers are left`() throws {
    let numbers: [UInt8] = Array("JFIF\0".utf8) + [1, 2, 1, 0, 72, 0, 72]
    let adobe: [UInt8] = Array("Adobe".utf8) + [0, 100, 0, 0, 0, 0, 1]
    let file = jpeg(
      segment(0xE0, numbers + [1, 2] + mark), segment(0xE0, Array("JFXX\0".utf8) + mark),
      segment(0xE0, numbers + [0, 0]), segment(0xEE, adobe + mark), segment(0xEE, adobe),
      segment(0xEE, mark), segment(0xFE, mark), segment(0xED, mark), frame(), scan, end)
    #expect(
      try plainImage(file, within: wide).bytes
        == jpeg(segment(0xE0, numbers + [0, 0]), segment(0xEE, adobe), frame(), scan, end))
  }

  @Test func `more scans or segments than the bounds are refused`() {
    var bounds = wide
    bounds.scansMax = 2
    #expect(throws: Never.self) { try plainImage(jpeg(frame(), scan, scan, end), within: bounds) }
    #expect(throws: ImageRefusal.damaged(.tooManyParts)) {
      try plainImage(jpeg(frame(), scan, scan, scan, end), within: bounds)
    }
    bounds.partsMax = 3
    #expect(throws: Never.self) { try plainImage(jpeg(frame(), scan, end), within: bounds) }
    #expect(throws: ImageRefusal.damaged(.tooManyParts)) {
      try plainImage(jpeg(steps, frame(), scan, end), within: bounds)
    }
  }
}
