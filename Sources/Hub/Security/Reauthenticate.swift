// reauthenticate: the password comes in once more, a session that may do what is sensitive leaves.

import Credentials
import Execution
import GraphQLTypes
import Postgres
import SQL

private let noteProof = PreparedStatement("SELECT reauthenticate($1, $2, $3)")

func reauthenticate(_ hub: HubServices) -> Action {
  Action("reauthenticate", changesSession: true) { input, context in
    let member = try context.member()
    let email = member.row["email"] ?? ""
    let stored = try await hub.storedPassword(of: member, email: email, context)
    guard let stored, let hash = PasswordHash(stored: stored) else {
      return member.refused(.noPassword, "password")
    }
    guard let password = Password(typed: input["password"]?.text ?? ""),
      try await hub.check(password, hash, for: context.facts)
    else { return member.refused(.wrongPassword, "password") }
    let scope = member.scope
    let noted = try await context.write([
      Query(noteProof, [scope.session, scope.account, .text(stored)])
    ])[0]
    return noted.boolean(0, 0) == true
      ? ActionOutcome() : member.refused(.wrongPassword, "password")
  }
}
