// invitePerson, resendInvitation and revokeInvitation: an address or an invitation comes in; a mail
// is asked for, or its link is void.

import Credentials
import Execution
import GraphQLTypes
import Postgres
import SQL

/// How many mails a company can cause, and how long their links are good.
private enum InvitationLimits {
  /// Of a company within a day, whatever the addresses.
  static let companyMailsPerDayMax = 50
  /// Of one invitation within a day.
  static let invitationMailsPerDayMax = 3
  static let lifetimeSeconds = 7 * 24 * 3600
}

private let invite = PreparedStatement(
  """
  SELECT outcome, retry_after_seconds \
  FROM invite_person($1, $2, $3, $4, coalesce($5::jsonb, '{}'), $6, $7, $8)
  """)
private let resend = PreparedStatement(
  "SELECT outcome, retry_after_seconds FROM resend_invitation($1, $2, $3, $4, $5, $6)")
private let revoke = PreparedStatement("SELECT revoke_invitation($1, $2)")

func invitePerson() -> Action {
  Action("invitePerson") { input, context in
    let member = try context.member()
    let given: GivenRole
    let email: EmailAddress
    do throws(RuleViolations) {
      email = try invitedAddress(input["email"]?.text ?? "")
      given = try GivenRole(input)
    } catch {
      return ActionOutcome(userErrors: error.userErrors(member.language))
    }
    let rows = try await context.write([
      Query(
        invite,
        [
          member.scope.account, member.scope.tenant, .text(email.stored), .text(given.role),
          Parameter(given.solutionRoles), Parameter(InvitationLimits.companyMailsPerDayMax),
          Parameter(InvitationLimits.invitationMailsPerDayMax),
          Parameter(InvitationLimits.lifetimeSeconds),
        ])
    ])[0]
    try requireMailAllowed(rows)
    switch rows.string(0, 0) {
    case "already_member": return member.refused(.alreadyMember, "email")
    case let outcome: return refusedRole(outcome, member) ?? ActionOutcome()
    }
  }
}

func resendInvitation() -> Action {
  Action("resendInvitation") { input, context in
    let member = try context.member()
    guard let invitation = UniqueID(input["invitationId"]?.text ?? "") else {
      return member.refused(.invitationNotFound, "invitationId")
    }
    let rows = try await context.write([
      Query(
        resend,
        [
          member.scope.account, member.scope.tenant,
          .uuid(high: invitation.high, low: invitation.low),
          Parameter(InvitationLimits.companyMailsPerDayMax),
          Parameter(InvitationLimits.invitationMailsPerDayMax),
          Parameter(InvitationLimits.lifetimeSeconds),
        ])
    ])[0]
    try requireMailAllowed(rows)
    guard rows.string(0, 0) == "resent" else {
      return member.refused(.invitationNotFound, "invitationId")
    }
    return ActionOutcome()
  }
}

func revokeInvitation() -> Action {
  Action("revokeInvitation") { input, context in
    let member = try context.member()
    guard let invitation = UniqueID(input["invitationId"]?.text ?? "") else {
      return member.refused(.invitationNotFound, "invitationId")
    }
    let rows = try await context.write([
      Query(
        revoke, [member.scope.tenant, .uuid(high: invitation.high, low: invitation.low)])
    ])[0]
    guard rows.string(0, 0) == "revoked" else {
      return member.refused(.invitationNotFound, "invitationId")
    }
    return ActionOutcome()
  }
}

private func invitedAddress(_ typed: String) throws(RuleViolations) -> EmailAddress {
  let violation: RuleViolation
  do throws(RuleViolation) {
    if let email = try emailAddress(typed) { return email }
    violation = .required
  } catch {
    violation = error
  }
  throw RuleViolations([FieldViolation(violation, field: ["email"])])
}

/// - Throws: `rateLimited` where so many mails went out within a day.
private func requireMailAllowed(_ rows: Rows) throws {
  guard rows.string(0, 0) == "limited" else { return }
  throw ActionRefusal.rateLimited(retryAfterSeconds: rows.integer(0, 1) ?? 3600)
}
