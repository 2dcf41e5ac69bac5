// completeSignIn: the token of a challenge and a code of the second factor come in, an open session
// leaves. Refused alike: a challenge that is unknown, used, expired or guessed at too often.

import Credentials
import Execution
import GraphQLTypes
import JSON
import Postgres
import SQL

private let toComplete = PreparedStatement(
  """
  SELECT encode(sealed_secret, 'base64'), last_step, account_id, retry_after_seconds \
  FROM challenge_to_complete($1, $2, $3, $4)
  """)
private let complete = PreparedStatement(
  """
  SELECT outcome, session_id, tenant_id FROM complete_sign_in($1, $2, $3, $4, $5, $6, $7, $8)
  """)

func completeSignIn(_ hub: HubServices) -> Action {
  Action("completeSignIn", changesSession: true) { input, context in
    let facts = context.facts
    let language = facts.language
    let ended = notSignedIn(.challengeEnded, field: ["challenge"], language: language)
    let wrong = notSignedIn(.wrongCode, field: ["code"], language: language)
    guard let keys = hub.sealing,
      let challenge = ChallengeToken(presented: input["challenge"]?.text ?? "")
    else { return ended }
    let limits = hub.guesses
    let found = try await context.database.write([
      Query(
        toComplete,
        [
          .binary(challenge.hash), Parameter(limits.challengeGuessesMax),
          Parameter(limits.guessesMax), Parameter(limits.guessWindowSeconds),
        ])
    ])[0]
    if let seconds = found.integer(0, 3) {
      throw ActionRefusal.rateLimited(retryAfterSeconds: seconds)
    }
    guard let account = found.string(0, 2).flatMap({ UniqueID($0) }),
      let kept = KeptFactor(found, isConfirmed: true)
    else { return ended }
    let code = try ProvedCode(
      input["code"]?.text ?? "", sealed: kept.sealed, lastStep: kept.lastStep, account: account,
      keys: keys, now: facts.now)
    guard let code else { return wrong }
    let refreshToken = RefreshToken.make()
    let opened = try await context.database.write([
      Query(
        complete,
        [
          .binary(challenge.hash), code.step, code.recoveryHash, .text(facts.userAgent),
          .text(facts.addressRange.text), .binary(refreshToken.hash),
          Parameter(hub.lifetimes.idleSeconds), Parameter(hub.lifetimes.absoluteSeconds),
        ]),
      companies(of: account),
    ])
    switch opened[0].string(0, 0) {
    case "ended": return ended
    case "wrong": return wrong
    case _: break
    }
    let delivery = input["delivery"] == .enum("COOKIE") ? TokenDelivery.cookie : .body
    return hub.outcome(
      of: opened, account, refreshToken, delivery, language: language, now: facts.now)
  }
}
