// reauthenticate: the password comes in once more, or Google's word that came back just now, and
// the code of the second factor where there is one; a session that may do what is sensitive leaves.

import Credentials
import Execution
import GraphQLTypes
import Postgres
import SQL

private let noteProof = PreparedStatement("SELECT reauthenticate($1, $2, $3, $4, $5)")
private let googleProof = PreparedStatement("SELECT has_google_proof($1, $2)")

func reauthenticate(_ hub: HubServices) -> Action {
  Action("reauthenticate", changesSession: true) { input, context in
    let member = try context.member()
    let first = try await hub.proveFirst(input, member, context)
    guard case .password(let stored) = first else { return first.refusal(member) }
    var step = Parameter.null
    var recoveryHash = Parameter.null
    if member.row["second_factor_confirmed_at"] != nil {
      guard let typed = input["code"]?.text, !typed.isEmpty else {
        return member.refused(.secondFactorRequired, "code")
      }
      let second = try await hub.prove(input, member, context, confirmed: true)
      guard case .code(let code) = second else { return second.refusal(member) }
      step = code.step
      recoveryHash = code.recoveryHash
    }
    let scope = member.scope
    let noted = try await context.write([
      Query(noteProof, [scope.session, scope.account, Parameter(stored), step, recoveryHash])
    ])[0]
    switch noted.string(0, 0) {
    case "done": return ActionOutcome()
    case "code_required": return member.refused(.secondFactorRequired, "code")
    case "wrong_code": return member.refused(.wrongCode, "code")
    case "not_proved": return member.refused(.google(.flowExpired))
    case _: return member.refused(.wrongPassword, "password")
    }
  }
}

/// What became of the factor that is asked for first.
private enum ProvedFirst {
  /// Its stored hash; nil: by Google, just now in this session.
  case password(String?)
  case refused(RuleViolation, field: [String])

  func refusal(_ member: RequestContext) -> ActionOutcome {
    switch self {
    case .password: ActionOutcome()
    case .refused(let violation, let field): .refused(violation, field, language: member.language)
    }
  }
}

extension HubServices {
  /// By the password, or without one by Google's word, before any code is looked at.
  fileprivate func proveFirst(
    _ input: InputObject, _ member: RequestContext, _ context: ActionContext
  ) async throws -> ProvedFirst {
    guard let typed = input["password"]?.text else {
      let scope = member.scope
      let proof = try await context.write([Query(googleProof, [scope.session, scope.account])])[0]
      if proof.boolean(0, 0) == true { return .password(nil) }
      return member.row["google_email"] == nil
        ? .refused(.required, field: ["password"])
        : .refused(.google(.flowExpired), field: [])
    }
    let email = member.row["email"] ?? ""
    let stored = try await storedPassword(of: member, email: email, context)
    guard let stored, let hash = PasswordHash(stored: stored) else {
      return .refused(.noPassword, field: ["password"])
    }
    guard let password = Password(typed: typed), try await check(password, hash, for: context.facts)
    else { return .refused(.wrongPassword, field: ["password"]) }
    return .password(stored)
  }
}
