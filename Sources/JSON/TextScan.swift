// Bytes enter, an offset leaves: the end of a run that JSON needs neither to escape nor to
// unescape, eight bytes at a time, and the first byte that is no UTF-8.

/// The offset of the first byte at or after `start` that cannot stand unescaped in a JSON string
/// (a quotation mark, a backslash, or below 0x20); the count where there is none.
@inline(__always)
func endOfPlainRun(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
  endOfPlainRun(in: UnsafeRawBufferPointer(bytes), from: start)
}

@inline(__always)
func endOfPlainRun(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
  var offset = start
  while offset &+ 8 <= bytes.count {
    let word = UInt64(
      littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    let found = specialBytes(in: word)
    if found != 0 { return offset &+ found.trailingZeroBitCount / 8 }
    offset &+= 8
  }
  while offset < bytes.count {
    let byte = bytes[offset]
    if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
    offset &+= 1
  }
  return offset
}

/// The high bit of each byte that is special. A borrow may also mark bytes above the first special
/// one, never one below it, so only the lowest mark counts.
@inline(__always)
private func specialBytes(in word: UInt64) -> UInt64 {
  let ones: UInt64 = 0x0101_0101_0101_0101
  let highs: UInt64 = 0x8080_8080_8080_8080
  let quotes = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
  let backslashes = word ^ (ones &* UInt64(UInt8(ascii: "\\")))
  let controls = (word &- (ones &* 0x20)) & ~word
  return (((quotes &- ones) & ~quotes) | ((backslashes &- ones) & ~backslashes) | controls) & highs
}

/// The offset of the first byte where the bytes stop being UTF-8 (RFC 3629, section 4); nil where
/// all of them are.
func firstInvalidUTF8(in bytes: UnsafeBufferPointer<UInt8>) -> Int? {
  var offset = 0
  while offset < bytes.count {
    let length = lengthOfScalar(in: bytes, at: offset)
    if length == 0 { return offset }
    offset += length
  }
  return nil
}

/// The number of bytes of the scalar here, 0 where there is none.
private func lengthOfScalar(in bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int {
  let lead = bytes[offset]
  let length: Int
  // The second byte alone excludes overlong forms, surrogates, and what lies past U+10FFFF.
  var second: ClosedRange<UInt8> = 0x80...0xbf
  switch lead {
  case 0x00...0x7f: return 1
  case 0xc2...0xdf: length = 2
  case 0xe0...0xef:
    length = 3
    if lead == 0xe0 { second = 0xa0...0xbf }
    if lead == 0xed { second = 0x80...0x9f }
  case 0xf0...0xf4:
    length = 4
    if lead == 0xf0 { second = 0x90...0xbf }
    if lead == 0xf4 { second = 0x80...0x8f }
  default: return 0
  }
  guard offset + length <= bytes.count, second.contains(bytes[offset + 1]) else { return 0 }
  for index in stride(from: 2, to: length, by: 1) where bytes[offset + index] & 0xc0 != 0x80 {
    return 0
  }
  return length
}
