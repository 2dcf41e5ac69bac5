// switchCompany: goes on in another of the person's companies, in the same session.

import Credentials
import Execution
import GraphQLTypes
import JSON
import Postgres
import SQL

private let switchTo = PreparedStatement("SELECT switch_company($1, $2, $3)")

func switchCompany(_ hub: HubServices) -> Action {
  Action("switchCompany", changesSession: true) { input, context in
    let member = try context.member()
    let scope = member.scope
    let refused = notSignedIn(
      .companyNotFound, field: ["companyId"], language: member.language)
    guard let tenant = UniqueID(input["companyId"]?.text ?? "") else { return refused }
    let rows = try await context.write([
      Query(switchTo, [scope.session, scope.account, .uuid(high: tenant.high, low: tenant.low)])
    ])[0]
    guard rows.string(0, 0) == "switched",
      let account = member.row["account_id"].flatMap({ UniqueID($0) }),
      let session = member.row["session_id"].flatMap({ UniqueID($0) })
    else { return refused }
    return hub.signedIn(
      OpenSession(account: account, tenant: tenant, session: session), refreshToken: nil, .body,
      now: context.facts.now)
  }
}
