// The files of this folder, which Tests/EndToEnd/pictures.py made, and the parts that a file has.

import Foundation

@testable import Images

/// What stands in the metadata of the files, and in no picture.
let mark = Array("MARKED-SECRET".utf8)
let wide = ImageBounds(sideMax: 1000, pixelsMax: 1_000_000)

func picture(_ name: String) throws -> [UInt8] {
  let folder = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
  return [UInt8](try Data(contentsOf: folder.appending(path: "Files/\(name)")))
}

/// Every picture that is taken.
let takenPictures = [
  "rgb.png", "rgba.png", "gray.png", "gray-alpha.png", "one-bit.png", "sixteen-bits.png",
  "turned.png", "palette.png", "plain.png", "baseline.jpg", "turned.jpg", "mirrored.jpg",
  "upright.jpg", "progressive.jpg", "gray.jpg", "cmyk.jpg", "restarts.jpg", "full-colour.jpg",
  "two-pictures.jpg", "plain.jpg", "lossy.webp", "lossy-alpha.webp", "lossless.webp",
  "lossless-alpha.webp", "turned.webp", "turned-alpha.webp", "plain.webp", "plain-lossless.webp",
]

extension [UInt8] {
  func contains(run: [UInt8]) -> Bool {
    indices.contains { self[$0...].starts(with: run) }
  }
}

/// The names of a file's chunks or markers in order, the entropy-coded data left out. Written
/// apart from what it tests, and good for well-formed files alone.
func parts(of bytes: [UInt8]) -> [String] {
  switch ImageFormat(of: bytes) {
  case .png:
    chunks(bytes, from: 8, tail: 4) {
      $0.reduce(0) { $0 << 8 | Int($1) }
    } name: {
      $0.1
    }
  case .webp:
    chunks(bytes, from: 12, tail: 0) {
      $0.reversed().reduce(0) { $0 << 8 | Int($1) }
    } name: {
      $0.0
    }
  case .jpeg: segments(bytes)
  case nil: []
  }
}

private func chunks(
  _ bytes: [UInt8], from start: Int, tail: Int, length: (ArraySlice<UInt8>) -> Int,
  name: ((String, String)) -> String
) -> [String] {
  var names: [String] = []
  var position = start
  while position + 8 <= bytes.count {
    let first = bytes[position..<position + 4]
    let second = bytes[(position + 4)..<(position + 8)]
    let isPNG = tail > 0
    names.append(
      name((String(decoding: first, as: UTF8.self), String(decoding: second, as: UTF8.self))))
    let count = length(isPNG ? first : second)
    position += 8 + count + tail + (isPNG ? 0 : count % 2)
  }
  return names
}

private func segments(_ bytes: [UInt8]) -> [String] {
  var names: [String] = []
  var position = 0
  while position + 1 < bytes.count {
    guard bytes[position] == 0xFF, bytes[position + 1] != 0,
      !(0xD0...0xD7).contains(bytes[position + 1])
    else {
      position += 1
      continue
    }
    let marker = bytes[position + 1]
    names.append(String(marker, radix: 16).uppercased())
    position += 2
    if marker == 0xD8 || marker == 0xD9 { continue }
    position += Int(bytes[position]) << 8 | Int(bytes[position + 1])
  }
  return names
}
