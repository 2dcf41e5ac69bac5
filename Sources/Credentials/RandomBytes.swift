// A count enters, that many unpredictable bytes leave.

internal import COpenSSL

/// Bytes from OpenSSL's generator, fit for keys, tokens and nonces.
package func randomBytes(count: Int) -> [UInt8] {
  var bytes = [UInt8](repeating: 0, count: count)
  let filled = bytes.withUnsafeMutableBufferPointer { buffer in
    RAND_bytes(buffer.baseAddress, Int32(buffer.count)) == 1
  }
  if filled { return bytes }
  // OpenSSL could not seed itself. Swift's generator asks the kernel directly and traps rather than
  // answer with anything predictable, so no caller has to handle "no randomness".
  var system = SystemRandomNumberGenerator()
  return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &system) }
}
