// rotateApiToken and revokeApiToken: a token's id comes in; it has another text, or is at its end.

import Credentials
import Execution
import GraphQLTypes
import Postgres
import SQL

private let rotate = PreparedStatement(
  "SELECT rotate_api_token($1, $2, $3, $4, $5, $6)",
  parameterTypes: [2950, 2950, 2950, 2950, 17, 23])
private let revoke = PreparedStatement("SELECT revoke_api_token($1, $2)")

func rotateApiToken() -> Action {
  Action("rotateApiToken") { input, context in
    let member = try context.member()
    let hours = input["overlapHours"]?.intValue ?? 0
    guard (0...ApiTokenLimits.overlapHoursMax).contains(hours) else {
      return member.refused(
        .outOfRange(minimum: 0, maximum: ApiTokenLimits.overlapHoursMax), "overlapHours")
    }
    guard let id = UniqueID(input["id"]?.text ?? "") else {
      return member.refused(.apiToken(.notFound), "id")
    }
    guard member.isFresh else { return reauthenticationRequired(member) }
    let token = PartnerToken.make()
    let rotated = try await context.write([
      Query(
        rotate,
        [
          member.scope.session, member.scope.account, member.scope.tenant,
          id.parameter, .binary(token.hash), Parameter(hours * 3600),
        ])
    ])[0]
    switch rotated.string(0, 0) {
    case "rotated": return shown(token, id: "\(id)")
    case "not_found": return member.refused(.apiToken(.notFound), "id")
    case _: return reauthenticationRequired(member)
    }
  }
}

/// Needs no fresh proof: whoever finds a token in the wrong place ends it at once.
func revokeApiToken() -> Action {
  Action("revokeApiToken") { input, context in
    let member = try context.member()
    guard let id = UniqueID(input["id"]?.text ?? "") else {
      return member.refused(.apiToken(.notFound), "id")
    }
    let revoked = try await context.write([
      Query(revoke, [member.scope.tenant, id.parameter])
    ])[0]
    guard revoked.string(0, 0) == "revoked" else {
      return member.refused(.apiToken(.notFound), "id")
    }
    return ActionOutcome()
  }
}
