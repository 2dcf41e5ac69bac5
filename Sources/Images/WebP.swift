// A still WebP enters, the same with its picture's own chunks leaves: its alpha and its bitstream.
// Source: RFC 9649 (WebP), sections 2 (container) and 3 (lossless); RFC 6386, section 9.1 (VP8).

func plainWebP(
  _ bytes: [UInt8], within bounds: ImageBounds
) throws(ImageRefusal) -> PlainImage {
  var file = ByteReader(bytes[4...])
  let size = try file.littleEndian(4)
  // Beyond what the file says of itself nothing is read, and nothing is kept.
  var reader = ByteReader(try file.take(size))
  _ = try reader.take(4)
  var walk = WebPWalk(bounds: bounds)
  for _ in 0..<bounds.partsMax {
    guard reader.remaining > 0 else { return try walk.finish() }
    let type = String(decoding: try reader.take(4), as: UTF8.self)
    let length = try reader.littleEndian(4)
    try walk.take(type, try reader.take(length))
    // A chunk of odd length has a byte behind it that says nothing.
    if length % 2 == 1, reader.remaining > 0 { _ = try reader.byte() }
  }
  throw .damaged(.tooManyParts)
}

private struct WebPWalk {
  private struct Bitstream {
    let type: String
    let data: ArraySlice<UInt8>
    let width: Int
    let height: Int
  }

  private let bounds: ImageBounds
  private var chunks = 0
  private var canvas: (width: Int, height: Int)?
  private var alpha: ArraySlice<UInt8>?
  private var bitstream: Bitstream?
  private var orientation: Orientation?

  init(bounds: ImageBounds) { self.bounds = bounds }

  mutating func take(_ type: String, _ data: ArraySlice<UInt8>) throws(ImageRefusal) {
    chunks += 1
    switch type {
    case "VP8X":
      guard chunks == 1 else { throw .damaged(.order) }
      try extendedHeader(data)
    case "ANIM", "ANMF": throw .animated
    case "ALPH":
      guard alpha == nil, bitstream == nil, canvas != nil else { throw .damaged(.order) }
      guard !data.isEmpty else { throw .damaged(.content) }
      alpha = data
    case "VP8 ": try use(lossy(data))
    case "VP8L":
      guard alpha == nil else { throw .damaged(.order) }
      try use(lossless(data))
    case "EXIF":
      // Many programs write the name that EXIF has in a JPEG as well.
      let isNamed = data.starts(with: "Exif\0\0".utf8)
      if orientation == nil { orientation = Orientation(tiff: data.dropFirst(isNamed ? 6 : 0)) }
    // Without the extended header the bitstream comes first.
    case _: if chunks == 1 { throw .damaged(.order) }
    }
  }

  /// Section 2.7: flags, three bytes of nothing, and the canvas.
  private mutating func extendedHeader(_ data: ArraySlice<UInt8>) throws(ImageRefusal) {
    guard data.count == 10 else { throw .damaged(.content) }
    var reader = ByteReader(data)
    let flags = try reader.byte()
    _ = try reader.take(3)
    let width = try reader.littleEndian(3) + 1
    let height = try reader.littleEndian(3) + 1
    try bounds.check(width: width, height: height)
    if flags & 0x02 != 0 { throw .animated }
    canvas = (width, height)
  }

  private mutating func use(_ found: Bitstream) throws(ImageRefusal) {
    guard bitstream == nil, canvas != nil || chunks == 1 else { throw .damaged(.order) }
    try bounds.check(width: found.width, height: found.height)
    if let canvas, canvas != (found.width, found.height) { throw .damaged(.size) }
    bitstream = found
  }

  /// RFC 6386, section 9.1: a frame of its own, and what its first partition takes.
  private func lossy(_ data: ArraySlice<UInt8>) throws(ImageRefusal) -> Bitstream {
    var reader = ByteReader(data)
    let tag = try reader.littleEndian(3)
    guard tag & 1 == 0, Array(try reader.take(3)) == [0x9D, 0x01, 0x2A] else {
      throw .damaged(.content)
    }
    // The two highest bits ask for a picture that is drawn larger.
    let width = try reader.littleEndian(2) & 0x3FFF
    let height = try reader.littleEndian(2) & 0x3FFF
    guard tag >> 5 <= reader.remaining else { throw .damaged(.truncated) }
    return Bitstream(type: "VP8 ", data: data, width: width, height: height)
  }

  /// RFC 9649, section 3.4.
  private func lossless(_ data: ArraySlice<UInt8>) throws(ImageRefusal) -> Bitstream {
    var reader = ByteReader(data)
    guard try reader.byte() == 0x2F else { throw .damaged(.content) }
    let header = try reader.littleEndian(4)
    guard header >> 29 == 0 else { throw .notSupported }
    return Bitstream(
      type: "VP8L", data: data, width: header & 0x3FFF + 1, height: header >> 14 & 0x3FFF + 1)
  }

  /// The simple form where it says everything, the extended one with flags of its own otherwise.
  func finish() throws(ImageRefusal) -> PlainImage {
    guard let bitstream else { throw .damaged(.order) }
    var body = Array("WEBP".utf8)
    if alpha != nil || orientation != nil {
      let hasAlpha = alpha != nil || bitstream.type == "VP8L"
      var header: [UInt8] = [(hasAlpha ? 0x10 : 0) | (orientation != nil ? 0x08 : 0), 0, 0, 0]
      header.append(littleEndian: bitstream.width - 1, count: 3)
      header.append(littleEndian: bitstream.height - 1, count: 3)
      body.append(chunk: "VP8X", header)
    }
    if let alpha { body.append(chunk: "ALPH", alpha) }
    body.append(chunk: bitstream.type, bitstream.data)
    if let orientation { body.append(chunk: "EXIF", orientation.tiff) }
    var bytes = Array("RIFF".utf8)
    bytes.append(littleEndian: body.count, count: 4)
    return PlainImage(
      format: .webp, width: bitstream.width, height: bitstream.height, bytes: bytes + body)
  }
}

extension [UInt8] {
  fileprivate mutating func append(chunk type: String, _ data: some Collection<UInt8>) {
    self += type.utf8
    append(littleEndian: data.count, count: 4)
    self += data
    if data.count % 2 == 1 { append(0) }
  }
}
