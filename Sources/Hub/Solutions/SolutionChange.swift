// What the database decided over a solution comes in, as an outcome and what stands in the way; the
// outcome of the mutation leaves.

import Execution
import GraphQLTypes
import JSON
import Postgres

/// How long the first activation of a solution may be tried.
let trialDays = 15

/// Performs or rehearses one decision: a statement that answers `outcome` and `obstacles`.
func changeSolution(
  _ code: String, by query: Query, isRehearsal: Bool = false, in context: ActionContext
) async throws -> ActionOutcome {
  let member = try context.member()
  let performed = try await context.perform([query], isRehearsal: isRehearsal)
  let decision = performed.rows[0]
  let obstacles = try obstacles(decision.string(0, 1))
  var consequences = performed.consequences
  if isRehearsal {
    consequences += obstacles.compactMap { passedOver($0, code, member) }
  }
  let refusal = refusal(decision.string(0, 0), obstacles.compactMap { $0["name"]?.stringValue })
  return ActionOutcome(
    payload: [
      "code": .string(code),
      "consequences": json(consequences, member.language),
    ],
    userErrors: refusal.map { refused in
      UserError(
        refused.violation, field: [refused.field], language: member.language, obstacles: obstacles)
    }.map { [$0] } ?? [])
}

private func obstacles(_ text: String?) throws -> [JSONValue] {
  try parseJSON(Array((text ?? "[]").utf8)).arrayValue ?? []
}

/// Why the database refused, and the field of the input; nil where it did not.
private func refusal(
  _ outcome: String?, _ names: [String]
) -> (violation: RuleViolation, field: String)? {
  switch outcome {
  case "activated", "deactivated", "changed", "unchanged": nil
  case "plan_not_available": (.solution(.planNotAvailable), "plan")
  case "already_active": (.solution(.alreadyActive), "plan")
  case "plan_lacks_roles": (.solution(.planLacksRoles(names: names)), "plan")
  case "requirement_inactive": (.solution(.requirementInactive(names: names)), "code")
  case "dependents_active": (.solution(.dependentsActive(names: names)), "code")
  case "solution_not_found": (.solutionNotFound, "code")
  case _: (.solution(.solutionNotAvailable), "code")
  }
}

/// What would come to what stands in the way, if it were passed over; nil for what loses nothing.
private func passedOver(
  _ obstacle: JSONValue, _ code: String, _ member: RequestContext
) -> Consequence? {
  guard let id = obstacle["id"]?.stringValue, let name = obstacle["name"]?.stringValue else {
    return nil
  }
  switch obstacle["kind"]?.stringValue {
  case "SOLUTION":
    return Consequence(
      kind: .solutionStops, subject: id, name: name, solution: id, solutionName: name)
  case "PERSON":
    return Consequence(
      kind: .accessLost, subject: id, name: name, solution: code,
      solutionName: solutionName(code, member))
  case _: return nil
  }
}

/// What the country version calls a solution, in the member's language.
private func solutionName(_ code: String, _ member: RequestContext) -> String {
  let entry = member.catalogue[HubCatalogue.solutions].first {
    $0.code.elementsEqual(code.utf8)
  }
  return entry?.text("name", of: HubCatalogue.solutions.shape) ?? code
}
