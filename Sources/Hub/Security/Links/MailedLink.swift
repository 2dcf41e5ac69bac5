// The token of a mail's link comes in, the open link leaves; nil for one that is unknown, for
// something else, expired, void or used. Looking at a link does not use it.

import Credentials
import Execution
import GraphQLTypes
import JSON
import Postgres
import SQL

private let lookAt = PreparedStatement(
  "SELECT address, account_email, account_language FROM look_at_link($1, $2)")

/// What a link of this area is good for, as the database spells it.
enum LinkPurpose: String {
  case signUp = "sign_up"
  case resetPassword = "reset_password"
  case changeEmail = "change_email"
  case undoEmail = "undo_email"
  case undoSecondFactor = "undo_second_factor"
  case unlinkGoogle = "unlink_google"
}

/// A link that can be used, as far as it is known before it is.
struct MailedLink {
  let id: UniqueID
  /// Where it was sent.
  let address: String
  /// The address its person signs in with; nil before there is a person.
  let accountEmail: String?
  let accountLanguage: String?

  var parameter: Parameter { .uuid(high: id.high, low: id.low) }
}

extension HubServices {
  /// The open link behind the input's `token`.
  func openLink(
    _ input: InputObject, _ purpose: LinkPurpose, _ database: ActionDatabase
  ) async throws -> MailedLink? {
    guard let id = linkID(input, purpose) else { return nil }
    let found = try await database.write([
      Query(lookAt, [.uuid(high: id.high, low: id.low), .text(purpose.rawValue)])
    ])[0]
    guard let address = found.string(0, 0) else { return nil }
    return MailedLink(
      id: id, address: address, accountEmail: found.string(0, 1),
      accountLanguage: found.string(0, 2))
  }

  private func linkID(_ input: InputObject, _ purpose: LinkPurpose) -> UniqueID? {
    links.link(presented: input["token"]?.text ?? "", purpose: purpose.rawValue)
  }
}

/// The payload of a link that was not used.
func linkRefused(
  _ violation: RuleViolation, field: String = "token", language: String
) -> ActionOutcome {
  ActionOutcome(userErrors: [UserError(violation, field: [field], language: language)])
}

/// The payload of a link that was used: the address that the person signs in with from now on.
func linkUsed(_ email: String?) -> ActionOutcome {
  ActionOutcome(payload: ["email": email.map { .string($0) } ?? .null])
}

/// The answer to whoever asks for a mail, whether or not somebody has the address.
func checkYourMail() -> ActionOutcome { ActionOutcome(payload: ["checkYourMail": .bool(true)]) }

/// Refused for what was typed, which tells nothing of who has which address.
func noMail(_ errors: [UserError]) -> ActionOutcome {
  ActionOutcome(payload: ["checkYourMail": .bool(false)], userErrors: errors)
}
