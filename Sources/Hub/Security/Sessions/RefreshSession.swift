// refreshSession: a refresh token comes in, its successor and a new access token leave. The same
// token again within ten seconds yields the same successor; later, it revokes the whole family.

import Credentials
import Execution
import GraphQLTypes
import JSON
import Postgres
import SQL

private let exchange = PreparedStatement(
  """
  SELECT outcome, account_id, tenant_id, session_id, rtrim(encode(successor_hash, 'base64'), '=') \
  FROM refresh_session($1, $2, $3)
  """)

func refreshSession(_ hub: HubServices) -> Action {
  Action("refreshSession", changesSession: true) { input, context in
    let language = context.facts.language
    let fromBody = input["refreshToken"]?.text
    let delivery = fromBody == nil ? TokenDelivery.cookie : .body
    let ended = notSignedIn(
      .sessionEnded, field: ["refreshToken"], language: language,
      facts: fromBody == nil ? [.clearRefreshCookie] : [])
    guard let presented = fromBody ?? context.facts.refreshCookie,
      let token = RefreshToken(presented: presented)
    else { return ended }
    var successor = hub.succession.successor(of: token)
    let rows = try await context.database.write([
      Query(
        exchange,
        [.binary(token.hash), .binary(successor.hash), Parameter(hub.lifetimes.idleSeconds)])
    ])[0]
    guard let outcome = rows.string(0, 0), outcome == "refreshed" || outcome == "repeated",
      let account = rows.string(0, 1).flatMap({ UniqueID($0) }),
      let tenant = UniqueID(ofTenant: rows.string(0, 2)),
      let session = rows.string(0, 3).flatMap({ UniqueID($0) })
    else { return ended }
    if outcome == "repeated" {
      guard let stored = rows.string(0, 4).flatMap({ decodeBase64($0, .standard) }),
        let known = hub.succession.successor(of: token, storedHash: stored)
      else { return ended }
      successor = known
    }
    return hub.signedIn(
      OpenSession(account: account, tenant: tenant, session: session),
      refreshToken: successor, delivery, now: context.facts.now)
  }
}
