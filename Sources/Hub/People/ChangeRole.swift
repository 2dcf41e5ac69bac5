// changeRole and removePerson: one of the company's people comes in; their new role, or that they
// belong to it no longer, holds with the next request. The last administrator stays.

import Credentials
import Execution
import GraphQLTypes
import Postgres
import SQL

private let change = PreparedStatement("SELECT change_role($1, $2, $3, $4, $5)")
private let remove = PreparedStatement("SELECT remove_person($1, $2, $3)")

func changeRole() -> Action {
  Action("changeRole") { input, context in
    let member = try context.member()
    let given: GivenRole
    do throws(RuleViolations) {
      given = try GivenRole(input)
    } catch {
      return ActionOutcome(userErrors: error.userErrors(member.language))
    }
    guard let person = UniqueID(input["personId"]?.text ?? "") else {
      return member.refused(.personNotFound, "personId")
    }
    let rows = try await context.write([
      Query(
        change,
        [
          member.scope.account, member.scope.tenant, .uuid(high: person.high, low: person.low),
          .text(given.role), Parameter(given.solutionRoles),
        ])
    ])[0]
    switch rows.string(0, 0) {
    case "changed": return ActionOutcome()
    case "last_administrator": return member.refused(.lastAdministrator, "role")
    case let outcome:
      return refusedRole(outcome, member) ?? member.refused(.personNotFound, "personId")
    }
  }
}

func removePerson() -> Action {
  Action("removePerson") { input, context in
    let member = try context.member()
    guard let person = UniqueID(input["personId"]?.text ?? "") else {
      return member.refused(.personNotFound, "personId")
    }
    // The payload is read in the name of who asks.
    if member.row["account_id"].flatMap({ UniqueID($0) }) == person {
      return member.refused(.ownMembership, "personId")
    }
    let rows = try await context.write([
      Query(
        remove,
        [member.scope.account, member.scope.tenant, .uuid(high: person.high, low: person.low)])
    ])[0]
    switch rows.string(0, 0) {
    case "removed": return ActionOutcome()
    case "last_administrator": return member.refused(.lastAdministrator, "personId")
    case _: return member.refused(.personNotFound, "personId")
    }
  }
}
