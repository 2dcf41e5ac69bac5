// changePassword: the password so far and a new one come in; the new one holds, and every other
// session has ended in the same transaction. Who has no password gives the first one, with a fresh
// proof at Google in the place of the old one; who has a second factor gives the old one and has
// given a fresh proof, which took both.

import Credentials
import Execution
import GraphQLTypes
import JSON
import Postgres
import SQL

private let change = PreparedStatement("SELECT outcome FROM change_password($1, $2, $3, $4)")
private let setFirst = PreparedStatement("SELECT outcome FROM set_first_password($1, $2, $3)")

func changePassword(_ hub: HubServices) -> Action {
  Action("changePassword") { input, context in
    let member = try context.member()
    let email = member.row["email"] ?? ""
    let typed = input["newPassword"]?.text ?? ""
    let new: Password
    do throws(PasswordRules.Refusal) {
      new = try acceptPassword(typed, email: email)
    } catch {
      return member.refused(RuleViolation(error), "newPassword")
    }
    // The first password: no guess, so none is counted.
    if member.row["has_password"] == "f" {
      return try await hub.setFirstPassword(new, member, context)
    }
    // Before the password is looked at: it alone tells nothing and is no guess.
    if member.row["second_factor_confirmed_at"] != nil, !member.isFresh {
      return reauthenticationRequired(member)
    }
    guard let given = input["currentPassword"]?.text else {
      return member.refused(.required, "currentPassword")
    }
    let stored = try await hub.storedPassword(of: member, email: email, context)
    guard let stored, let hash = PasswordHash(stored: stored) else {
      return member.refused(.noPassword, "currentPassword")
    }
    guard let current = Password(typed: given),
      try await hub.check(current, hash, for: context.facts)
    else { return member.refused(.wrongPassword, "currentPassword") }
    if try await hub.check(new, hash, for: context.facts) {
      return member.refused(.samePassword, "newPassword")
    }
    let scope = member.scope
    let replaced = try await hub.hash(new, for: context.facts)
    let changed = try await context.write([
      Query(change, [scope.session, scope.account, .text(stored), .text(replaced.stored)])
    ])[0]
    switch changed.string(0, 0) {
    case "done": return ActionOutcome()
    case "not_fresh": return reauthenticationRequired(member)
    // Changed by somebody else meanwhile: what was given is no longer the current one.
    case _: return member.refused(.wrongPassword, "currentPassword")
    }
  }
}

extension HubServices {
  /// - Returns: refused where the proof has grown old, or where there is a password by now.
  fileprivate func setFirstPassword(
    _ new: Password, _ member: RequestContext, _ context: ActionContext
  ) async throws -> ActionOutcome {
    guard member.isFresh else { return reauthenticationRequired(member) }
    let scope = member.scope
    let hash = try await self.hash(new, for: context.facts)
    let rows = try await context.write([
      Query(setFirst, [scope.session, scope.account, .text(hash.stored)])
    ])[0]
    switch rows.string(0, 0) {
    case "done": return ActionOutcome()
    case "changed":
      return ActionOutcome(userErrors: [
        UserError(
          .required, field: ["currentPassword"], language: member.language)
      ])
    case _: return reauthenticationRequired(member)
    }
  }
}

extension RuleViolation {
  init(_ refusal: PasswordRules.Refusal) {
    switch refusal {
    case .tooShort(let minimum): self = .tooShort(charactersMin: minimum)
    case .tooLong(let maximum): self = .tooLong(charactersMax: maximum)
    case .isEmail: self = .passwordIsEmail
    case .isCommon: self = .passwordIsCommon
    }
  }
}
