// Bytes come in, the offset of the first one that is no UTF-8 leaves. Nothing else is judged here.

/// The offset of the first ill-formed sequence (RFC 3629: no overlong form, no surrogate, nothing
/// past U+10FFFF), or nil where the bytes are UTF-8.
func firstInvalidUTF8(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
  var offset = firstNonASCII(bytes, from: 0)
  while offset < bytes.count {
    let length = sequenceLength(bytes, at: offset)
    if length == 0 { return offset }
    offset += length
    if length == 1 { offset = firstNonASCII(bytes, from: offset) }
  }
  return nil
}

/// Documents are nearly always ASCII, so eight bytes are looked at together.
private func firstNonASCII(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
  let raw = UnsafeRawBufferPointer(bytes)
  var offset = start
  while offset + 8 <= raw.count {
    let word = raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    if word & 0x8080_8080_8080_8080 != 0 { break }
    offset += 8
  }
  while offset < raw.count, raw[offset] < 0x80 { offset += 1 }
  return offset
}

/// The length in bytes of the sequence at `offset`, 0 where it is ill-formed.
private func sequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int {
  func continuation(_ index: Int, _ low: UInt8 = 0x80, _ high: UInt8 = 0xBF) -> Bool {
    offset + index < bytes.count && bytes[offset + index] >= low && bytes[offset + index] <= high
  }
  switch bytes[offset] {
  case 0x00...0x7F:
    return 1
  case 0xC2...0xDF:
    return continuation(1) ? 2 : 0
  case 0xE0:
    return continuation(1, 0xA0) && continuation(2) ? 3 : 0
  case 0xED:
    return continuation(1, 0x80, 0x9F) && continuation(2) ? 3 : 0
  case 0xE1...0xEF:
    return continuation(1) && continuation(2) ? 3 : 0
  case 0xF0:
    return continuation(1, 0x90) && continuation(2) && continuation(3) ? 4 : 0
  case 0xF1...0xF3:
    return continuation(1) && continuation(2) && continuation(3) ? 4 : 0
  case 0xF4:
    return continuation(1, 0x80, 0x8F) && continuation(2) && continuation(3) ? 4 : 0
  default:
    return 0
  }
}
