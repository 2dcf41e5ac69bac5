// lookAtLink: the token of a mail that confirms an address comes in; whose account it would become
// the address of leaves, and nothing is used up.

import Credentials
import Execution
import GraphQLTypes
import JSON
import Postgres
import SQL

private let look = PreparedStatement(
  "SELECT address, account FROM account_of_link($1, $2)")

func lookAtLink(_ hub: HubServices) -> Action {
  // One a document, like the use of a link.
  Action("lookAtLink", changesSession: true) { input, context in
    let token = input["token"]?.text ?? ""
    for purpose in [LinkPurpose.changeEmail, .unlinkGoogle] {
      guard let id = hub.links.link(presented: token, purpose: purpose.rawValue) else { continue }
      let found = try await context.database.write([
        Query(look, [.uuid(high: id.high, low: id.low), .text(purpose.rawValue)])
      ])[0]
      guard let address = found.string(0, 0), let account = found.string(0, 1) else { break }
      return ActionOutcome(payload: ["address": .string(address), "account": .string(account)])
    }
    return linkRefused(.linkInvalid, language: context.facts.language)
  }
}
