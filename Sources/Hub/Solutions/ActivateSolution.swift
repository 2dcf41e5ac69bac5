// activateSolution: a solution and a plan come in; the solution in use leaves, the first time on
// trial. Refused where the country version lacks one of the two, or what the solution needs is off.

import Execution
import GraphQLTypes
import Postgres
import SQL

private let activate = PreparedStatement(
  "SELECT outcome, obstacles FROM activate_solution($1, $2, $3, $4, $5)")

func activateSolution() -> Action {
  Action("activateSolution") { input, context in
    let member = try context.member()
    let code = input["code"]?.text ?? ""
    return try await changeSolution(
      code,
      by: Query(
        activate,
        [
          member.scope.tenant, .text(code), .text(input["plan"]?.text ?? ""),
          .text(member.language), Parameter(trialDays),
        ]),
      in: context)
  }
}
