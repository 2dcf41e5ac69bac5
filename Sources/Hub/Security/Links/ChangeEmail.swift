// changeEmail, cancelEmailChange: the new address comes in and waits, or is taken back.
// confirmEmail, undoEmailChange: a mail's link comes in; the address it was sent to is the one to
// sign in with. Who only asks never learns whether somebody else has an address.

import Credentials
import Execution
import GraphQLTypes
import JSON
import Postgres
import SQL

private let change = PreparedStatement("SELECT change_email($1, $2, $3, $4, $5, $6)")
private let cancel = PreparedStatement("SELECT cancel_email_change($1)")
private let confirm = PreparedStatement("SELECT outcome, email FROM confirm_email($1, $2)")
private let undo = PreparedStatement("SELECT outcome, email FROM undo_email($1, $2)")

func changeEmail(_ hub: HubServices) -> Action {
  Action("changeEmail") { input, context in
    var outcome = try await hub.askForAddress(input, context)
    if outcome.payload["consequences"] == nil { outcome.payload["consequences"] = .array([]) }
    return outcome
  }
}

extension HubServices {
  fileprivate func askForAddress(
    _ input: InputObject, _ context: ActionContext
  ) async throws -> ActionOutcome {
    let member = try context.member()
    guard member.isFresh else { return reauthenticationRequired(member) }
    let address: EmailAddress
    do throws(RuleViolation) {
      guard let typed = try emailAddress(input["newEmail"]?.text ?? "") else { throw .required }
      address = typed
    } catch {
      return member.refused(error, "newEmail")
    }
    // A rehearsal causes no mail, and leaves no count of one.
    if !input.isDryRun { try await countMailRequest(context) }
    let scope = member.scope
    let changed = try await context.perform(
      [
        Query(
          change,
          [
            scope.session, scope.account, .text(address.stored),
            Parameter(linkLimits.confirmSeconds), Parameter(linkLimits.requestsMax),
            Parameter(linkLimits.requestWindowSeconds),
          ])
      ], isRehearsal: input.isDryRun)
    switch changed.rows[0].string(0, 0) {
    case "not_fresh": return reauthenticationRequired(member)
    case "google_linked": return member.refused(.unlinkGoogleFirst, "newEmail")
    case _:
      return ActionOutcome(
        payload: ["consequences": json(changed.consequences, member.language)])
    }
  }
}

func cancelEmailChange() -> Action {
  Action("cancelEmailChange") { _, context in
    _ = try await context.write([Query(cancel, [try context.member().scope.account])])
    return ActionOutcome()
  }
}

func confirmEmail(_ hub: HubServices) -> Action {
  Action("confirmEmail", changesSession: true) { input, context in
    try await hub.useLink(
      input, .changeEmail, confirm, seconds: hub.linkLimits.undoSeconds, context)
  }
}

func undoEmailChange(_ hub: HubServices) -> Action {
  Action("undoEmailChange", changesSession: true) { input, context in
    try await hub.useLink(input, .undoEmail, undo, seconds: hub.linkLimits.resetSeconds, context)
  }
}

extension HubServices {
  /// Uses a link that needs nothing but itself.
  /// - Parameter seconds: how long the link is good for that goes out by mail for it.
  func useLink(
    _ input: InputObject, _ purpose: LinkPurpose, _ statement: PreparedStatement, seconds: Int,
    _ context: ActionContext
  ) async throws -> ActionOutcome {
    guard let link = try await openLink(input, purpose, context.database) else {
      return linkRefused(.linkInvalid, language: context.facts.language)
    }
    let language = link.accountLanguage ?? context.facts.language
    let used = try await context.database.write([
      Query(statement, [link.parameter, Parameter(seconds)])
    ])[0]
    switch used.string(0, 0) {
    case "done": return linkUsed(used.string(0, 1))
    case "taken": return linkRefused(.emailTaken, language: language)
    case "google_linked": return linkRefused(.unlinkGoogleFirst, language: language)
    case "not_linked": return linkRefused(.google(.notLinked), language: language)
    case _: return linkRefused(.linkInvalid, language: language)
    }
  }
}
