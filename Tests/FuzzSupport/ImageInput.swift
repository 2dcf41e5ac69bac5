// Real pictures come in, pictures that lie leave: lengths that are wrong, parts that are doubled,
// cut or in each other's places; and what must hold of whatever was made of them.

import Foundation
import Images

/// The files of Tests/ImagesTests.
private let imageSeeds: [[UInt8]] = {
  let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "ImagesTests/Files")
  let files = try? FileManager.default.contentsOfDirectory(
    at: folder, includingPropertiesForKeys: nil)
  return (files ?? []).sorted { $0.path < $1.path }.compactMap { file in
    (try? Data(contentsOf: file)).map { [UInt8]($0) }
  }
}()

private let hostileNumbers: [UInt32] = [
  0, 1, 2, 3, 7, 0x7F, 0xFF, 0x100, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF,
]

private let imageShards: [[UInt8]] = [
  [0xFF], [0xFF, 0xD8], [0xFF, 0xD9], [0xFF, 0xDA], [0xFF, 0xC4], [0xFF, 0xE1], [0xFF, 0x00],
  Array("IDAT".utf8), Array("IEND".utf8), Array("PLTE".utf8), Array("tRNS".utf8),
  Array("eXIf".utf8), Array("VP8X".utf8), Array("VP8L".utf8), Array("ALPH".utf8),
  Array("EXIF".utf8), Array("RIFF".utf8), Array("Exif\0\0".utf8), Array("JFIF\0".utf8),
]

func imageInput(_ generator: inout SeededGenerator) -> [UInt8] {
  guard !imageSeeds.isEmpty else { return [] }
  var bytes = generator.pick(imageSeeds)
  for _ in 0...generator.below(3) where bytes.count > 8 {
    let position = generator.below(bytes.count - 4)
    switch generator.below(7) {
    case 0, 1:
      let number = generator.pick(hostileNumbers)
      let isBig = generator.once(in: 2)
      for index in 0..<4 {
        bytes[position + index] = UInt8(
          truncatingIfNeeded: number >> UInt32(8 * (isBig ? 3 - index : index)))
      }
    case 2: bytes.insert(contentsOf: generator.pick(imageShards), at: position)
    case 3: bytes.removeSubrange(position..<min(bytes.count, position + generator.below(64)))
    case 4:
      let end = min(bytes.count, position + generator.below(200))
      bytes.insert(contentsOf: bytes[position..<end], at: generator.below(bytes.count))
    case 5: bytes[position] ^= 1 << UInt8(generator.below(8))
    default: bytes.removeLast(generator.below(bytes.count - 4))
    }
  }
  // Without this hardly a changed PNG would come past its first checksum.
  return generator.once(in: 4) ? bytes : mendedPNG(bytes)
}

/// The bytes with the checksums that a PNG's chunks should have, as far as there are chunks.
private func mendedPNG(_ bytes: [UInt8]) -> [UInt8] {
  guard ImageFormat(of: bytes) == .png else { return bytes }
  var bytes = bytes
  var start = 8
  while start + 12 <= bytes.count {
    let length = bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
    let end = start + 8 + length
    guard end + 4 <= bytes.count else { break }
    let sum = crc32(bytes[(start + 4)..<end])
    for index in 0..<4 {
      bytes[end + index] = UInt8(truncatingIfNeeded: sum >> UInt32(24 - 8 * index))
    }
    start = end + 4
  }
  return bytes
}

/// What is taken is small enough, no longer than before, and taken again as it is.
func complaintsAboutImage(_ bytes: [UInt8]) -> [String] {
  let bounds = ImageBounds(sideMax: 1000, pixelsMax: 100_000)
  guard let image = try? plainImage(bytes, within: bounds) else { return [] }
  var complaints: [String] = []
  if ImageFormat(of: image.bytes) != image.format { complaints.append("another kind of image") }
  if image.width * image.height > bounds.pixelsMax || image.width < 1 || image.height < 1 {
    complaints.append("\(image.width) times \(image.height) pixels")
  }
  // A WebP that turns may need its header in full where it had none.
  if image.bytes.count > bytes.count + 64 { complaints.append("longer than before") }
  guard let again = try? plainImage(image.bytes, within: bounds) else {
    return complaints + ["what was made is refused"]
  }
  if again != image { complaints.append("made again it differs") }
  return complaints
}
