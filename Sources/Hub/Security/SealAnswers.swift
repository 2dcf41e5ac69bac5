// The answer to a mutation that came with an Idempotency-Key enters, and its envelope leaves: it
// may show a token or a secret that is shown once.

import Credentials
import Execution
import SQL

extension SealingKeys {
  /// How answers are kept under these keys.
  var answerSealing: AnswerSealing {
    AnswerSealing { answer, place in
      try seal(answer, at: try place.secretPlace()).bytes
    } open: { envelope, place in
      guard let sealed = SealedSecret(bytes: envelope) else { throw SealError.notAuthentic }
      return try open(sealed, at: try place.secretPlace())
    }
  }
}

extension KeptAnswerPlace {
  /// As `row_key_of` writes the row's key.
  fileprivate func secretPlace() throws(SealError) -> SecretPlace {
    guard let tenant = tenant.uniqueID, let actor = actor.uniqueID else { throw .fault }
    return SealedColumn.keptAnswers.place(
      tenant: tenant, row: "\(actor) \(hexadecimal(keyDigest[...])) \(field)")
  }
}
