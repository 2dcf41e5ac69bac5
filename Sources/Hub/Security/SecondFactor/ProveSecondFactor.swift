// A typed code and what the database has of a second factor come in; the time step or the recovery
// code that is to be used up leaves. What cannot be opened is told as a fault, never as a wrong
// code.

import Credentials
import Execution
import Postgres
import SQL

/// A code that is good, as far as the server can tell: whether it was used before is the
/// database's to say.
struct ProvedCode {
  let step: Parameter
  let recoveryHash: Parameter
  /// The sealed secret that it was proved by.
  let sealed: Parameter

  /// - Parameters:
  ///   - sealed: the factor's sealed secret, as it stands in the row of `account`.
  ///   - allowsRecovery: false where the code has to be the telephone's.
  init?(
    _ typed: String, sealed: [UInt8], lastStep: Int, account: UniqueID, keys: SealingKeys,
    now: Int, allowsRecovery: Bool = true
  ) throws {
    guard let envelope = SealedSecret(bytes: sealed) else { throw SealError.notAuthentic }
    self.sealed = .binary(sealed)
    let codes = TimedCodes(secret: try keys.open(envelope, at: .secondFactor(of: account)))
    if let step = codes.step(of: typed, now: now, after: lastStep) {
      self.step = Parameter(step)
      recoveryHash = .null
    } else if allowsRecovery, let code = RecoveryCode(typed: typed) {
      step = .null
      recoveryHash = .binary(code.hash)
    } else {
      return nil
    }
  }
}

extension SecretPlace {
  /// Where the secret of a person's second factor is sealed for.
  static func secondFactor(of account: UniqueID) -> SecretPlace {
    SealedColumn.secondFactors.place(tenant: nil, row: account.description)
  }
}

private let toProve = PreparedStatement(
  """
  SELECT encode(sealed_secret, 'base64'), last_step, is_confirmed, retry_after_seconds \
  FROM second_factor_to_prove($1, $2, $3)
  """)

/// What a signed-in person has of a second factor.
struct KeptFactor {
  let sealed: [UInt8]
  let lastStep: Int
  let isConfirmed: Bool

  /// Out of the columns sealed secret (base64) and last step; nil where there is none.
  init?(_ rows: Rows, isConfirmed: Bool) {
    guard let text = rows.string(0, 0),
      let sealed = decodeBase64(withoutPadding(text), .standard)
    else { return nil }
    self.sealed = sealed
    lastStep = rows.integer(0, 1) ?? 0
    self.isConfirmed = isConfirmed
  }
}

extension HubServices {
  /// What a member's code is compared with, once the guess was counted.
  /// - Throws: `rateLimited` where there were too many.
  func keptFactor(of member: RequestContext, _ context: ActionContext) async throws -> KeptFactor? {
    let rows = try await context.prepare([
      Query(
        toProve,
        [
          member.scope.account, Parameter(guesses.guessesMax),
          Parameter(guesses.guessWindowSeconds),
        ])
    ])[0]
    if let seconds = rows.integer(0, 3) {
      throw ActionRefusal.rateLimited(retryAfterSeconds: seconds)
    }
    return KeptFactor(rows, isConfirmed: rows.boolean(0, 2) == true)
  }
}

/// PostgreSQL breaks base64 into lines and pads it.
private func withoutPadding(_ text: String) -> String {
  text.filter { !$0.isNewline && $0 != "=" }
}
