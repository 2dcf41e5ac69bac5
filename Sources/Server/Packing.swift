// Bytes enter, the same packed as gzip (RFC 1952) leave; what a request accepts enters, whether it
// takes them leaves.

internal import CZlib

/// The bytes packed as well as zlib can; nil where that makes them no shorter.
func gzip(_ bytes: [UInt8]) -> [UInt8]? {
  var stream = z_stream()
  // 15 bits of window and 16 more ask for gzip's header instead of zlib's own.
  let begun = deflateInit2_(
    &stream, Z_BEST_COMPRESSION, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
    Int32(MemoryLayout<z_stream>.size))
  guard begun == Z_OK else { return nil }
  defer { deflateEnd(&stream) }
  var source = bytes
  var packed = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
  let status = source.withUnsafeMutableBufferPointer { source in
    packed.withUnsafeMutableBufferPointer { packed in
      stream.next_in = source.baseAddress
      stream.avail_in = UInt32(source.count)
      stream.next_out = packed.baseAddress
      stream.avail_out = UInt32(packed.count)
      return deflate(&stream, Z_FINISH)
    }
  }
  let count = Int(stream.total_out)
  guard status == Z_STREAM_END, count < bytes.count else { return nil }
  return Array(packed.prefix(count))
}

/// Whether `Accept-Encoding` takes gzip (RFC 9110, section 12.5.3). Who says nothing gets the bytes
/// as they are.
func acceptsGzip(_ acceptEncoding: [String]) -> Bool {
  var anything = false
  for coding in acceptEncoding.flatMap({ $0.split(separator: ",") }) {
    let parts = coding.split(separator: ";").map { part in
      part.filter { $0 != " " && $0 != "\t" }.lowercased()
    }
    guard let name = parts.first else { continue }
    let isTaken = !parts.dropFirst().contains { isZero(quality: $0) }
    if name == "gzip" || name == "x-gzip" { return isTaken }
    if name == "*" { anything = isTaken }
  }
  return anything
}

/// `q=0`, `q=0.0` and so on.
private func isZero(quality: String) -> Bool {
  quality.hasPrefix("q=0") && quality.dropFirst(3).allSatisfy { $0 == "." || $0 == "0" }
}
