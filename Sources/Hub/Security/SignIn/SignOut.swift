// signOut: ends the session of the access token, and with it every token issued for it.

import Execution
import Postgres

private let endSession = PreparedStatement("SELECT sign_out($1, $2)")

func signOut(_ hub: HubServices) -> Action {
  Action("signOut", changesSession: true) { _, context in
    let scope = try context.member().scope
    _ = try await context.write([Query(endSession, [scope.session, scope.account])])
    return ActionOutcome(facts: [.clearRefreshCookie])
  }
}
