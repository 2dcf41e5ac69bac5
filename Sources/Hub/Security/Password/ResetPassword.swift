// requestPasswordReset: an address comes in, the same answer leaves for everybody. resetPassword: a
// mail's link and a new password come in; the password holds, every session has ended, and the
// device is one that no stranger's guesses hold up.

import Credentials
import Execution
import GraphQLTypes
import JSON
import Postgres
import SQL

private let ask = PreparedStatement("SELECT request_password_reset($1, $2, $3, $4)")
private let reset = PreparedStatement(
  "SELECT outcome, email, account_id FROM reset_password($1, $2)")

func requestPasswordReset(_ hub: HubServices) -> Action {
  Action("requestPasswordReset", changesSession: true) { input, context in
    let address: EmailAddress
    do throws(RuleViolation) {
      guard let typed = try emailAddress(input["email"]?.text ?? "") else { throw .required }
      address = typed
    } catch {
      return noMail([UserError(error, field: ["email"], language: context.facts.language)])
    }
    try await hub.countMailRequest(context)
    let limits = hub.linkLimits
    _ = try await context.database.write([
      Query(
        ask,
        [
          .text(address.stored), Parameter(limits.resetSeconds), Parameter(limits.requestsMax),
          Parameter(limits.requestWindowSeconds),
        ])
    ])
    return checkYourMail()
  }
}

func resetPassword(_ hub: HubServices) -> Action {
  Action("resetPassword", changesSession: true) { input, context in
    guard let link = try await hub.openLink(input, .resetPassword, context.database) else {
      return linkRefused(.linkInvalid, language: context.facts.language)
    }
    let language = link.accountLanguage ?? context.facts.language
    let new: Password
    do throws(PasswordRules.Refusal) {
      new = try acceptPassword(
        input["newPassword"]?.text ?? "", email: link.accountEmail ?? link.address)
    } catch {
      return linkRefused(RuleViolation(error), field: "newPassword", language: language)
    }
    let hash = try await hub.hash(new, for: context.facts)
    let done = try await context.database.write([
      Query(reset, [link.parameter, .text(hash.stored)])
    ])[0]
    // Used by somebody else while the password was hashed.
    guard done.string(0, 0) == "done", let account = done.string(0, 2).flatMap({ UniqueID($0) })
    else { return linkRefused(.linkInvalid, language: language) }
    return hub.passwordSet(
      email: done.string(0, 1), hub.devices.make(for: account),
      input["delivery"] == .enum("COOKIE") ? .cookie : .body)
  }
}

extension HubServices {
  /// Whoever has just set the password can sign in with it: their guesses are counted by
  /// themselves, so that strangers who guess on do not keep them out.
  fileprivate func passwordSet(
    email: String?, _ device: DeviceToken, _ delivery: TokenDelivery
  ) -> ActionOutcome {
    var payload: [String: JSONValue] = ["email": email.map { .string($0) } ?? .null]
    switch delivery {
    case .body:
      payload["deviceToken"] = .string(device.text)
      return ActionOutcome(payload: payload)
    case .cookie:
      return ActionOutcome(
        payload: payload,
        facts: [.setDeviceCookie(token: device.text, secondsMax: lifetimes.deviceSeconds)])
    }
  }
}
