// deactivateSolution: a solution comes in; it leaves switched off, or only what that would bring
// about. Refused where another solution in use needs it.

import Execution
import GraphQLTypes
import Postgres
import SQL

private let deactivate = PreparedStatement(
  "SELECT outcome, obstacles FROM deactivate_solution($1, $2, $3)")

func deactivateSolution() -> Action {
  Action("deactivateSolution") { input, context in
    let member = try context.member()
    let code = input["code"]?.text ?? ""
    return try await changeSolution(
      code, by: Query(deactivate, [member.scope.tenant, .text(code), .text(member.language)]),
      isRehearsal: input.isDryRun, in: context)
  }
}
