// enrolSecondFactor, confirmSecondFactor, disableSecondFactor and regenerateRecoveryCodes: a proof
// of who somebody is comes in, and a code of the factor; the factor is there, or gone.
// undoSecondFactor: the link of the mail that told of it comes in instead of both.

import Credentials
import Execution
import GraphQLTypes
import JSON
import Postgres
import SQL

private let enrol = PreparedStatement("SELECT enrol_second_factor($1, $2, $3)")
private let confirm = PreparedStatement("SELECT confirm_second_factor($1, $2, $3, $4, $5)")
private let undo = PreparedStatement("SELECT outcome, email FROM undo_second_factor($1, $2)")
private let end = PreparedStatement("SELECT end_second_factor($1, $2, $3, $4)")
private let replaceCodes = PreparedStatement(
  "SELECT replace_recovery_codes($1, $2, $3, $4, $5)")

/// How many recovery codes a person has at first.
private let recoveryCodeCount = 10

func enrolSecondFactor(_ hub: HubServices) -> Action {
  Action("enrolSecondFactor", changesSession: true) { _, context in
    let member = try context.member()
    guard let keys = hub.sealing else { return member.refused(.secondFactorUnavailable) }
    guard member.isFresh else { return reauthenticationRequired(member) }
    guard let account = member.row["account_id"].flatMap({ UniqueID($0) }) else {
      throw ActionRefusal.unauthenticated
    }
    let secret = TimedCodes.makeSecret()
    let sealed = try keys.seal(secret, at: .secondFactor(of: account))
    let scope = member.scope
    let kept = try await context.write([
      Query(enrol, [scope.session, scope.account, .binary(sealed.bytes)])
    ])[0]
    switch kept.string(0, 0) {
    case "done": break
    case "confirmed": return member.refused(.secondFactorEnrolled)
    case _: return reauthenticationRequired(member)
    }
    let codes = TimedCodes(secret: secret)
    let address = codes.address(issuer: "Mi Alegra", account: member.row["email"] ?? "")
    return ActionOutcome(payload: [
      "enrolment": .object([
        JSONMember(name: "secret", value: .string(codes.base32Secret)),
        JSONMember(name: "uri", value: .string(address)),
      ])
    ])
  }
}

func confirmSecondFactor(_ hub: HubServices) -> Action {
  Action("confirmSecondFactor", changesSession: true) { input, context in
    let member = try context.member()
    let proved = try await hub.prove(input, member, context, confirmed: false)
    guard case .code(let code) = proved else { return proved.refusal(member) }
    let codes = (0..<recoveryCodeCount).map { _ in RecoveryCode.make() }
    let done = try await context.write([
      Query(
        confirm,
        [
          member.scope.account, code.sealed, code.step, hashes(of: codes),
          Parameter(hub.linkLimits.undoSeconds),
        ])
    ])[0]
    switch done.string(0, 0) {
    case "done": return told(codes)
    // The code was right for a secret that another enrolment has replaced meanwhile.
    case "another": return member.refused(.wrongCode, "code")
    case _: return member.refused(.noSecondFactor)
    }
  }
}

func undoSecondFactor(_ hub: HubServices) -> Action {
  Action("undoSecondFactor", changesSession: true) { input, context in
    try await hub.useLink(
      input, .undoSecondFactor, undo, seconds: hub.linkLimits.resetSeconds, context)
  }
}

func regenerateRecoveryCodes(_ hub: HubServices) -> Action {
  Action("regenerateRecoveryCodes", changesSession: true) { input, context in
    let member = try context.member()
    guard member.isFresh else { return reauthenticationRequired(member) }
    let proved = try await hub.prove(input, member, context, confirmed: true)
    guard case .code(let code) = proved else { return proved.refusal(member) }
    let codes = (0..<recoveryCodeCount).map { _ in RecoveryCode.make() }
    let scope = member.scope
    let done = try await context.write([
      Query(
        replaceCodes,
        [scope.session, scope.account, code.step, code.recoveryHash, hashes(of: codes)])
    ])[0]
    return done.string(0, 0) == "done" ? told(codes) : ended(done, member)
  }
}

func disableSecondFactor(_ hub: HubServices) -> Action {
  Action("disableSecondFactor", changesSession: true) { input, context in
    let member = try context.member()
    guard member.isFresh else { return reauthenticationRequired(member) }
    let proved = try await hub.prove(input, member, context, confirmed: true)
    guard case .code(let code) = proved else { return proved.refusal(member) }
    let scope = member.scope
    let done = try await context.write([
      Query(end, [scope.session, scope.account, code.step, code.recoveryHash])
    ])[0]
    return done.string(0, 0) == "done" ? ActionOutcome() : ended(done, member)
  }
}

/// What became of a member's code.
enum Proved {
  case code(ProvedCode)
  case refused(RuleViolation, field: [String])

  func refusal(_ member: RequestContext) -> ActionOutcome {
    switch self {
    case .code: ActionOutcome()
    case .refused(let violation, let field): .refused(violation, field, language: member.language)
    }
  }
}

extension HubServices {
  /// - Parameter confirmed: whether the factor has to be in force, or has to wait for its first
  ///   code.
  func prove(
    _ input: InputObject, _ member: RequestContext, _ context: ActionContext, confirmed: Bool
  ) async throws -> Proved {
    guard let keys = sealing else { return .refused(.secondFactorUnavailable, field: []) }
    guard let account = member.row["account_id"].flatMap({ UniqueID($0) }),
      let kept = try await keptFactor(of: member, context), kept.isConfirmed == confirmed
    else { return .refused(.noSecondFactor, field: []) }
    let code = try ProvedCode(
      input["code"]?.text ?? "", sealed: kept.sealed, lastStep: kept.lastStep, account: account,
      keys: keys, now: context.facts.now, allowsRecovery: confirmed)
    guard let code else { return .refused(.wrongCode, field: ["code"]) }
    return .code(code)
  }
}

private func ended(_ outcome: Rows, _ member: RequestContext) -> ActionOutcome {
  outcome.string(0, 0) == "not_fresh"
    ? reauthenticationRequired(member) : member.refused(.wrongCode, "code")
}

private func told(_ codes: [RecoveryCode]) -> ActionOutcome {
  ActionOutcome(payload: ["recoveryCodes": .array(codes.map { .string($0.text) })])
}

/// As an array of bytea.
private func hashes(of codes: [RecoveryCode]) -> Parameter {
  let elements = codes.map { "\"\\\\x" + hexadecimal($0.hash[...]) + "\"" }
  return .text("{" + elements.joined(separator: ",") + "}")
}
