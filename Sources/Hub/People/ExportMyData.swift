// exportMyData: a person who has just proved who they are asks; everything that the house keeps of
// them leaves as one document.

import Execution
import JSON
import Postgres
import SQL

/// Of each kind of row, the latest so many.
private let exportRowsMax = 500

private let export = PreparedStatement(
  "SELECT outcome, document FROM export_account($1, $2, $3)")

func exportMyData() -> Action {
  Action("exportMyData") { _, context in
    let member = try context.member()
    let rows = try await context.write([
      Query(
        export, [member.scope.session, member.scope.account, Parameter(exportRowsMax)])
    ])[0]
    guard rows.string(0, 0) == "done", let document = rows.string(0, 1) else {
      return reauthenticationRequired(member)
    }
    return ActionOutcome(payload: ["document": try parseJSON(Array(document.utf8))])
  }
}
