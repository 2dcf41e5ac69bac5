// Whether one of a message's signatures is of its id, its time and the bytes of its body.

import Crypto
import Foundation

func isSigned(
  secret: String, id: String, timestamp: String, body: Data, signatures: String
) -> Bool {
  guard secret.hasPrefix("whsec_"), let key = Data(base64Encoded: String(secret.dropFirst(6)))
  else { return false }
  let signed = Data("\(id).\(timestamp).".utf8) + body
  return signatures.split(separator: " ").contains { signature in
    guard signature.hasPrefix("v1,"),
      let code = Data(base64Encoded: String(signature.dropFirst(3)))
    else { return false }
    return HMAC<SHA256>.isValidAuthenticationCode(
      code, authenticating: signed, using: SymmetricKey(data: key))
  }
}
