// The encoded header of a token enters, the key that it names leaves. Refused: a header with any
// parameter but alg, kid and typ, another type, an unknown key, and any algorithm but the key's.

internal import JSON

/// The JOSE header of an access token (RFC 7515 section 4, RFC 7519 section 5).
enum TokenHeader {
  /// RFC 8725 section 3.11 asks for an explicit type and RFC 9068 section 2.1 names this one, so
  /// that no other token under the same keys passes for an access token.
  static let type = "at+jwt"

  /// The header as we write it.
  static func json(algorithm: TokenAlgorithm, keyName: String) -> [UInt8] {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("alg")
    writer.string(algorithm.rawValue)
    writer.key("kid")
    writer.string(keyName)
    writer.key("typ")
    writer.string(type)
    writer.endObject()
    return writer.bytes
  }

  /// Reads a header that is spelled in another way than ours, and finds its key.
  static func key(
    forEncoded header: UnsafeRawBufferPointer, in keys: TokenKeys
  ) throws(TokenError) -> TokenKey {
    guard let bytes = decodeBase64(header, .urlSafe),
      let value = try? parseJSON(bytes, limits: limits),
      let members = value.objectValue,
      let algorithmName = value["alg"]?.stringValue
    else { throw .malformed }
    // Before anything else, so that `none` and the asymmetric ones are named for what they are.
    guard let algorithm = TokenAlgorithm(rawValue: algorithmName) else { throw .algorithm }
    // Exactly these: what we never write (`jku`, `jwk`, `x5u`) nobody else has reason to, and an
    // extension that is not understood must be refused (`crit`, RFC 7515 section 4.1.11).
    guard members.count == 3, let keyName = value["kid"]?.stringValue,
      value["typ"]?.stringValue == type
    else { throw .malformed }
    guard let key = keys.key(named: keyName) else { throw .unknownKey }
    guard key.algorithm == algorithm else { throw .algorithm }
    return key
  }

  private static let limits = JSONLimits(depthMax: 1, bytesMax: 256, valuesMax: 8)
}
