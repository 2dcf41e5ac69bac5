// A provider's key set enters, the keys that may have signed an ID token leave, by their names.
// Left out: keys of another kind or use, and too short ones.
// Source: RFC 7517, RFC 7518 section 6.3.1.

import JSON
import JWTKit

/// The RSA keys of a provider.
struct KeySet: Sendable {
  private let keys: [(name: String?, key: Insecure.RSA.PublicKey)]

  init(document: [UInt8]) throws(OpenIDError) {
    guard let json = try? parseJSON(document, limits: documentLimits),
      let entries = json["keys"]?.arrayValue, entries.count <= keysMax
    else { throw .unavailable("the key set is none") }
    var keys: [(name: String?, key: Insecure.RSA.PublicKey)] = []
    for entry in entries {
      // What is there and no text is not what we want it to be either.
      guard entry["kty"]?.stringValue == "RSA",
        entry["use"] == nil || entry["use"]?.stringValue == "sig",
        entry["alg"] == nil || entry["alg"]?.stringValue == idTokenAlgorithm,
        let modulus = entry["n"]?.stringValue, let exponent = entry["e"]?.stringValue,
        // Refuses what is shorter than 2048 bits.
        let key = try? Insecure.RSA.PublicKey(modulus: modulus, exponent: exponent)
      else { continue }
      keys.append((entry["kid"]?.stringValue, key))
    }
    self.keys = keys
  }

  /// The key of this name. A token may leave the name out where there is but one key (OpenID
  /// Connect Core 1.0, section 10.1).
  subscript(name: String?) -> Insecure.RSA.PublicKey? {
    guard let name else { return keys.count == 1 ? keys[0].key : nil }
    return keys.first { $0.name == name }?.key
  }
}

/// A set that lists more is no set of signing keys in use.
private let keysMax = 64

/// The only algorithm that an ID token may be signed with (RFC 8725, section 3.1).
let idTokenAlgorithm = "RS256"
