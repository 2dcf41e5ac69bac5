// deleteAccount: a person who has just proved who they are ends their account; what is theirs goes,
// what is their companies' stays. Refused while a company would be left without an administrator.

import Credentials
import Execution
import GraphQLTypes
import JSON
import Postgres

private let delete = PreparedStatement("SELECT outcome, companies FROM delete_account($1, $2)")

func deleteAccount() -> Action {
  Action("deleteAccount", changesSession: true) { input, context in
    let member = try context.member()
    func refused(
      _ violation: RuleViolation, _ field: [String], companies: JSONValue = .array([])
    ) -> ActionOutcome {
      var outcome = ActionOutcome.refused(violation, field, language: member.language)
      outcome.payload = ["companies": companies]
      return outcome
    }
    let own = member.row["email"].flatMap(emailKey)
    guard let typed = emailKey(input["email"]?.text ?? ""), typed == own else {
      return refused(.emailMismatch, ["email"])
    }
    let rows = try await context.write([
      Query(delete, [member.scope.session, member.scope.account])
    ])[0]
    switch rows.string(0, 0) {
    case "deleted":
      return ActionOutcome(payload: ["companies": .array([])], facts: [.clearRefreshCookie])
    case "last_administrator":
      let companies = try parseJSON(Array((rows.string(0, 1) ?? "[]").utf8))
      return refused(.lastAdministrator, [], companies: companies)
    case "email_changed":
      return refused(.emailChangedLately, [])
    case _:
      return refused(.reauthenticationRequired, [])
    }
  }
}
