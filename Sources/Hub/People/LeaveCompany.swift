// leaveCompany: a member goes; the session goes on in another of their companies, or in none.

import Credentials
import Execution
import JSON
import Postgres

private let leave = PreparedStatement("SELECT outcome, next_tenant FROM leave_company($1, $2, $3)")

func leaveCompany(_ hub: HubServices) -> Action {
  Action("leaveCompany", changesSession: true) { _, context in
    let member = try context.member()
    let scope = member.scope
    let rows = try await context.write([
      Query(leave, [scope.session, scope.account, scope.tenant])
    ])[0]
    guard rows.string(0, 0) == "left" else {
      return notSignedIn(.lastAdministrator, field: [], language: member.language)
    }
    guard let tenant = UniqueID(ofTenant: rows.string(0, 1)),
      let account = member.row["account_id"].flatMap({ UniqueID($0) }),
      let session = member.row["session_id"].flatMap({ UniqueID($0) })
    else {
      return ActionOutcome(payload: ["companies": .array([])], facts: [.clearRefreshCookie])
    }
    return hub.signedIn(
      OpenSession(account: account, tenant: tenant, session: session), refreshToken: nil, .body,
      now: context.facts.now)
  }
}
