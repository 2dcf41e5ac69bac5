// disconnectIntegration: a connection comes in; it leaves ended, its credentials gone with it, or
// only what that would bring about. One that is offered no longer can be ended like any other.

import Execution
import GraphQLTypes
import Postgres
import SQL

private let disconnect = PreparedStatement("SELECT disconnect_integration($1, $2, $3)")

func disconnectIntegration() -> Action {
  Action("disconnectIntegration") { input, context in
    let member = try context.company()
    let code = input["code"]?.text ?? ""
    let performed = try await context.perform(
      [Query(disconnect, [member.scope.tenant, member.scope.account, .text(code)])],
      isRehearsal: input.isDryRun)
    guard performed.rows[0].string(0, 0) == "disconnected" else {
      return refused(.notConnected, code, member)
    }
    return ActionOutcome(
      payload: integrationPayload(
        code, consequences: json(performed.consequences, member.language)))
  }
}
