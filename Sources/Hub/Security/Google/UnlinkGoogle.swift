// unlinkGoogle: the address and the password to sign in with from now on come in; the link with
// Google ends at once, or when another address is confirmed. Without both of them it stays.

import Credentials
import Execution
import GraphQLTypes
import Postgres
import SQL

private let unlink = PreparedStatement("SELECT unlink_google($1, $2, $3, $4)")
private let askUnlink = PreparedStatement("SELECT ask_unlink_google($1, $2, $3, $4, $5, $6, $7)")
private let confirm = PreparedStatement("SELECT outcome, email FROM confirm_unlink_google($1, $2)")

func unlinkGoogle(_ hub: HubServices) -> Action {
  Action("unlinkGoogle") { input, context in
    let member = try context.member()
    let language = member.language
    let wanted: Replacement
    do throws(RuleViolations) {
      wanted = try Replacement(input)
    } catch {
      return ActionOutcome(userErrors: error.userErrors(language))
    }
    guard member.row["google_email"] != nil else { return member.refused(.google(.notLinked)) }
    guard member.isFresh else { return reauthenticationRequired(member) }
    let hash = try await hub.hash(wanted.password, for: context.facts)
    let scope = member.scope
    let email = member.row["email"] ?? ""
    let limits = hub.linkLimits
    let statement =
      emailKey(email) == wanted.address.key
      ? Query(unlink, [scope.session, scope.account, .text(email), .text(hash.stored)])
      : Query(
        askUnlink,
        [
          scope.session, scope.account, .text(wanted.address.stored), .text(hash.stored),
          Parameter(limits.confirmSeconds), Parameter(limits.requestsMax),
          Parameter(limits.requestWindowSeconds),
        ])
    switch try await context.write([statement])[0].string(0, 0) {
    case "done", "pending": return ActionOutcome()
    case "not_fresh": return reauthenticationRequired(member)
    case "changed": return member.refused(.conflict)
    case _: return member.refused(.google(.notLinked))
    }
  }
}

/// The address and the password that take Google's place.
private struct Replacement {
  let address: EmailAddress
  let password: Password

  /// Everything that is wrong with either is told at once.
  init(_ input: InputObject) throws(RuleViolations) {
    var violations: [FieldViolation] = []
    var address: EmailAddress?
    do throws(RuleViolation) {
      address = try emailAddress(input["email"]?.text ?? "")
      if address == nil { throw .required }
    } catch {
      violations.append(FieldViolation(error, field: ["email"]))
    }
    var password: Password?
    let typed = input["newPassword"]?.text ?? ""
    if typed.isEmpty {
      violations.append(FieldViolation(.required, field: ["newPassword"]))
    } else {
      do throws(PasswordRules.Refusal) {
        password = try acceptPassword(typed, email: address?.display ?? "")
      } catch {
        violations.append(FieldViolation(RuleViolation(error), field: ["newPassword"]))
      }
    }
    guard let address, let password else { throw RuleViolations(violations) }
    self.address = address
    self.password = password
  }
}

func confirmUnlinkGoogle(_ hub: HubServices) -> Action {
  Action("confirmUnlinkGoogle", changesSession: true) { input, context in
    try await hub.useLink(
      input, .unlinkGoogle, confirm, seconds: hub.linkLimits.undoSeconds, context)
  }
}
