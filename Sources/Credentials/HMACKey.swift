// A secret enters once; messages enter, their HMAC-SHA-256 leaves. The secret is never given back.

internal import COpenSSL
internal import Synchronization

/// A key for HMAC-SHA-256 (RFC 2104, RFC 4231), with the work that depends on the key alone done
/// once: OpenSSL's context is kept keyed and only rewound for each message.
package final class HMACKey: Sendable {
  package static let codeBytes = 32

  /// Held for about a microsecond a message; a context serves one message at a time.
  private let context: Mutex<KeyedContext>

  /// Nil where this OpenSSL offers no HMAC, offers one that cannot be rewound, or has no memory
  /// left.
  package init?(secret: [UInt8]) {
    guard let context = KeyedContext(secret: secret) else { return nil }
    self.context = Mutex(context)
    // The first releases of OpenSSL 3 did not rewind a keyed context: the second code came out
    // wrong.
    let probe = Array("rewinds".utf8)
    let expected = hmacSHA256(key: secret, message: probe)
    guard code(for: probe) == expected, code(for: probe) == expected else { return nil }
  }

  /// The code of a message, 32 bytes.
  package func code(for message: [UInt8]) -> [UInt8] {
    message.withUnsafeBytes { code(for: $0) }
  }

  /// The code of a message that the caller keeps for the length of the call.
  package func code(for message: UnsafeRawBufferPointer) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: Self.codeBytes) { buffer, count in
      write(codeFor: message, into: UnsafeMutableRawBufferPointer(buffer))
      count = Self.codeBytes
    }
  }

  /// Whether this is the code of the message, compared in constant time and without an allocation.
  package func isCode(_ code: UnsafeRawBufferPointer, for message: UnsafeRawBufferPointer) -> Bool {
    withUnsafeTemporaryAllocation(byteCount: Self.codeBytes, alignment: 1) { expected in
      write(codeFor: message, into: expected)
      return constantTimeEquals(code, UnsafeRawBufferPointer(expected))
    }
  }

  private func write(
    codeFor message: UnsafeRawBufferPointer, into code: UnsafeMutableRawBufferPointer
  ) {
    let done = context.withLock { $0.write(codeFor: message, into: code) }
    // A keyed context fails only where memory is exhausted; a code must never be left unwritten.
    precondition(done, "OpenSSL could not compute HMAC-SHA-256")
  }
}

/// The code of one message under a key that is used once. For a key that stays, see `HMACKey`.
package func hmacSHA256(key: [UInt8], message: [UInt8]) -> [UInt8] {
  [UInt8](unsafeUninitializedCapacity: HMACKey.codeBytes) { buffer, count in
    var written: UInt32 = 0
    // An empty key still needs an address: OpenSSL refuses nil.
    let keyBytes = key.isEmpty ? [0] : key
    let code = HMAC(
      EVP_sha256(), keyBytes, Int32(key.count), message, message.count, buffer.baseAddress,
      &written)
    precondition(code != nil && written == 32, "OpenSSL could not compute HMAC-SHA-256")
    count = HMACKey.codeBytes
  }
}

/// OpenSSL's context, keyed. It has one owner, which frees it.
private struct KeyedContext: ~Copyable, Sendable {
  // Sendable although C pointers are not: the struct cannot be copied, so whoever holds it is alone
  // with what it points at, and OpenSSL keeps none of the addresses that it is given.
  private nonisolated(unsafe) let pointer: OpaquePointer

  init?(secret: [UInt8]) {
    guard let algorithm = EVP_MAC_fetch(nil, "HMAC", nil) else { return nil }
    defer { EVP_MAC_free(algorithm) }
    guard let pointer = EVP_MAC_CTX_new(algorithm) else { return nil }
    var digestName = Array("SHA256".utf8CString)
    // An empty key still needs an address: for nil OpenSSL would go on with the key it has.
    let secretBytes = secret.isEmpty ? [0] : secret
    let isKeyed = digestName.withUnsafeMutableBufferPointer { digestName in
      let parameters = [
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digestName.baseAddress, 0),
        OSSL_PARAM_construct_end(),
      ]
      return EVP_MAC_init(pointer, secretBytes, secret.count, parameters) == 1
    }
    guard isKeyed else {
      EVP_MAC_CTX_free(pointer)
      return nil
    }
    self.pointer = pointer
  }

  deinit {
    EVP_MAC_CTX_free(pointer)
  }

  /// Writes the code of one message; false where OpenSSL fails.
  mutating func write(
    codeFor message: UnsafeRawBufferPointer, into code: UnsafeMutableRawBufferPointer
  ) -> Bool {
    var written = 0
    // Without a key: rewinds to the state that the key left.
    return EVP_MAC_init(pointer, nil, 0, nil) == 1
      && EVP_MAC_update(
        pointer, message.baseAddress?.assumingMemoryBound(to: UInt8.self), message.count) == 1
      && EVP_MAC_final(
        pointer, code.baseAddress?.assumingMemoryBound(to: UInt8.self), &written, code.count) == 1
      && written == HMACKey.codeBytes
  }
}
