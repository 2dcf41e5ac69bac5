// changePlan: a solution in use and a plan come in; the solution leaves ACTIVE on that plan, or
// only what that would bring about. Refused where the plan does not allow somebody's role.

import Execution
import GraphQLTypes
import Postgres
import SQL

private let change = PreparedStatement("SELECT outcome, obstacles FROM change_plan($1, $2, $3)")

func changePlan() -> Action {
  Action("changePlan") { input, context in
    let member = try context.member()
    let code = input["code"]?.text ?? ""
    return try await changeSolution(
      code,
      by: Query(change, [member.scope.tenant, .text(code), .text(input["plan"]?.text ?? "")]),
      isRehearsal: input.isDryRun, in: context)
  }
}
