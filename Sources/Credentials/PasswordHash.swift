// A password enters, its scrypt hash leaves as text to store; a stored text enters, a hash to
// verify against leaves. Refused: a stored text whose parameters ask for more memory or time than
// ours may.

internal import COpenSSL

/// The cost of scrypt (RFC 7914 section 2).
package struct ScryptParameters: Sendable, Hashable {
  /// log2 of N, the cost of time and memory.
  package let logN: Int
  /// r, the block size.
  package let blockSize: Int
  /// p, the parallelization.
  package let parallelization: Int

  /// What new hashes are made with: OWASP's recommendation for 16 MiB.
  package static let current = ScryptParameters(logN: 14, blockSize: 8, parallelization: 5)

  /// A stored hash cannot ask for more memory than this, nor for more than this many times the work
  /// of a current one.
  package static let memoryBytesMax = 64 << 20
  package static let workFactorMax = 8

  package init(logN: Int, blockSize: Int, parallelization: Int) {
    self.logN = logN
    self.blockSize = blockSize
    self.parallelization = parallelization
  }

  /// 128 * r * (N + p) and a little, in bytes.
  var memoryBytes: Int { 128 * blockSize * ((1 << logN) + parallelization + 2) }

  private var work: Int { (blockSize * parallelization) << logN }

  var isWithinBounds: Bool {
    (1...20).contains(logN) && (1...32).contains(blockSize) && (1...32).contains(parallelization)
      && memoryBytes <= Self.memoryBytesMax && work <= Self.current.work * Self.workFactorMax
  }
}

/// A password's hash, as stored: `$scrypt$ln=14,r=8,p=5$salt$hash` (the PHC string format).
package struct PasswordHash: Sendable, Hashable {
  package static let saltBytes = 16
  package static let keyBytes = 32

  package let parameters: ScryptParameters
  private let salt: [UInt8]
  private let key: [UInt8]

  /// Hashes a password under a new random salt. Takes tens of milliseconds and 16 MiB: call it
  /// through `PasswordWorkers`. Nil where that memory is not to be had.
  package init?(
    of password: Password, parameters: ScryptParameters = .current,
    salt: [UInt8] = randomBytes(count: PasswordHash.saltBytes)
  ) {
    guard parameters.isWithinBounds,
      let key = scrypt(
        password: password.text, salt: salt, parameters: parameters, keyBytes: Self.keyBytes)
    else { return nil }
    self.init(parameters: parameters, salt: salt, key: key)
  }

  private init(parameters: ScryptParameters, salt: [UInt8], key: [UInt8]) {
    self.parameters = parameters
    self.salt = salt
    self.key = key
  }

  /// Reads a stored hash; nil where it is none, or its parameters are out of bounds.
  package init?(stored text: String) {
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt",
      let parameters = ScryptParameters(phc: parts[2]), parameters.isWithinBounds,
      let salt = decodeBase64(String(parts[3]), .standard), (8...64).contains(salt.count),
      let key = decodeBase64(String(parts[4]), .standard), (16...64).contains(key.count)
    else { return nil }
    self.init(parameters: parameters, salt: salt, key: key)
  }

  /// The text to store.
  package var stored: String {
    "$scrypt$ln=\(parameters.logN),r=\(parameters.blockSize),p=\(parameters.parallelization)$"
      + encodeBase64(salt, .standard) + "$" + encodeBase64(key, .standard)
  }

  /// Whether a sign-in that has just verified it should store a new one.
  package var needsUpgrade: Bool {
    parameters != .current || salt.count < Self.saltBytes || key.count < Self.keyBytes
  }

  /// Whether this is the password's hash; nil where the memory for an answer is not to be had.
  func verify(_ password: Password) -> Bool? {
    scrypt(password: password.text, salt: salt, parameters: parameters, keyBytes: key.count)
      .map { constantTimeEquals($0, key) }
  }

  /// Stands in for the hash of an account that does not exist or has no password, so that its
  /// sign-in takes the time of any other. No password is known for it: its key is random.
  static let decoy = PasswordHash(
    parameters: .current, salt: randomBytes(count: saltBytes), key: randomBytes(count: keyBytes))
}

extension PasswordHash: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "password hash" }
  package var debugDescription: String { description }
  package var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}

extension ScryptParameters {
  /// Reads `ln=14,r=8,p=5`, in this order and in plain decimal only.
  fileprivate init?(phc text: Substring) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 3,
      let logN = smallDecimal(parts[0], after: "ln="),
      let blockSize = smallDecimal(parts[1], after: "r="),
      let parallelization = smallDecimal(parts[2], after: "p=")
    else { return nil }
    self.init(logN: logN, blockSize: blockSize, parallelization: parallelization)
  }
}

/// One or two digits without a leading zero.
private func smallDecimal(_ text: Substring, after prefix: String) -> Int? {
  guard text.hasPrefix(prefix) else { return nil }
  let digits = text.dropFirst(prefix.count)
  guard (1...2).contains(digits.utf8.count), !digits.hasPrefix("0"),
    digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
  else { return nil }
  return Int(digits)
}

/// scrypt (RFC 7914 section 6); nil where OpenSSL refuses the parameters or has no memory.
package func scrypt(
  password: String, salt: [UInt8], parameters: ScryptParameters, keyBytes: Int
) -> [UInt8]? {
  guard (1...20).contains(parameters.logN) else { return nil }
  var password = password
  var key = [UInt8](repeating: 0, count: keyBytes)
  let derived = password.withUTF8 { password in
    // OpenSSL reads a nil password as "check the parameters only".
    withUnsafePointer(to: 0 as UInt8) { empty in
      EVP_PBE_scrypt(
        UnsafeRawPointer(password.baseAddress ?? empty).assumingMemoryBound(to: CChar.self),
        password.count, salt, salt.count, 1 << UInt64(parameters.logN),
        UInt64(parameters.blockSize), UInt64(parameters.parallelization),
        UInt64(parameters.memoryBytes), &key, keyBytes)
    }
  }
  return derived == 1 ? key : nil
}
