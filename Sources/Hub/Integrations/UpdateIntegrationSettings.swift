// updateIntegrationSettings: settings of a connection come in; the connection leaves with them.
// What is not named stays, what is empty goes.

import Execution
import GraphQLTypes
import Postgres
import SQL

private let setIntegration = PreparedStatement("SELECT set_integration($1, $2, $3, $4)")

func updateIntegrationSettings(_ hub: HubServices) -> Action {
  Action("updateIntegrationSettings") { input, context in
    let member = try context.company()
    let code = input["code"]?.text ?? ""
    guard let definition = hub.catalogues.snapshot?.integrations[code] else {
      return refused(.notConnected, code, member)
    }
    let settings: GivenValues
    do throws(RuleViolations) {
      settings = try GivenValues(input, "settings", fields: definition.settings, complete: false)
    } catch {
      return ActionOutcome(
        payload: integrationPayload(code), userErrors: error.userErrors(member.language))
    }
    let done = try await context.write([
      Query(
        setIntegration,
        [member.scope.tenant, member.scope.account, .text(code), settings.parameter])
    ])[0]
    switch done.string(0, 0) {
    case "updated": return ActionOutcome(payload: integrationPayload(code))
    case "not_available": return refused(.notAvailable, code, member)
    case _: return refused(.notConnected, code, member)
    }
  }
}
