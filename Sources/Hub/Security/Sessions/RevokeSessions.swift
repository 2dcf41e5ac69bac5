// revokeSession and revokeOtherSessions: where else the person is signed in ends at once.

import Credentials
import Execution
import GraphQLTypes
import Postgres
import SQL

private let revoke = PreparedStatement("SELECT revoke_session($1, $2)")
private let revokeOthers = PreparedStatement("SELECT revoke_other_sessions($1, $2)")

func revokeSession() -> Action {
  Action("revokeSession") { input, context in
    let member = try context.member()
    let scope = member.scope
    guard let target = UniqueID(input["sessionId"]?.text ?? "") else {
      return member.refused(.sessionNotFound, "sessionId")
    }
    // The payload is read in this session's name.
    if member.row["session_id"].flatMap({ UniqueID($0) }) == target {
      return member.refused(.currentSession, "sessionId")
    }
    let rows = try await context.write([
      Query(revoke, [scope.account, .uuid(high: target.high, low: target.low)])
    ])[0]
    return rows.boolean(0, 0) == true
      ? ActionOutcome() : member.refused(.sessionNotFound, "sessionId")
  }
}

func revokeOtherSessions() -> Action {
  Action("revokeOtherSessions") { _, context in
    let scope = try context.member().scope
    _ = try await context.write([Query(revokeOthers, [scope.session, scope.account])])
    return ActionOutcome()
  }
}
