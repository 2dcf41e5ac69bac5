// adoptClaim: a field and a solution come in; what the solution says of it becomes the confirmed
// value, by the same rules and in the same way as an edit in the form.

import Execution
import GraphQLTypes
import JSON
import Postgres
import SQL

private let readClaim = PreparedStatement(
  """
  SELECT claim_field($2), k.value, \
  to_char(k.reported_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') \
  FROM latest_claims($1, claim_field($2)) k WHERE k.source = $3
  """)

func adoptClaim(_ hub: HubServices) -> Action {
  Action("adoptClaim") { input, context in
    let member = try context.member()
    let language = member.language
    let rules = try hub.companyRules(of: member)
    let field = input["field"]?.text ?? ""
    let source = input["source"]?.text ?? ""
    guard rules.form[field] != nil || field == "identification" else {
      return member.refused(.claim(.notFound), "field")
    }
    guard isPlainCode(source) else { return member.refused(.claim(.notFound), "source") }
    let read = try await context.prepare([
      Query(readCompanyStanding, [member.scope.tenant]),
      Query(readClaim, [member.scope.tenant, .text(field), .text(source)]),
    ])
    guard let claim = Claim(read[1]) else { return member.refused(.claim(.notFound), "source") }
    if let seen = input["reportedAt"]?.text, seen != claim.reportedAt {
      let conflict = Conflict(field: "reportedAt", standing: claim.reportedAt)
      return ActionOutcome(userErrors: [conflict.userError(language)])
    }
    let change: CheckedChange
    do throws(RuleViolations) {
      change = try checkCompany(
        CompanyChange(ofClaim: claim.field, claim.value), of: CompanyStanding(read[0]), in: rules)
    } catch {
      return ActionOutcome(
        userErrors: error.items.map {
          UserError($0.violation, field: ["field"], language: language)
        })
    }
    let conflicts = try await revisedCompany.apply(
      change, since: input["revision"]?.intValue ?? 0, to: member.scope.tenant
    ) { try await context.write($0) }
    return ActionOutcome(userErrors: conflicts.map { $0.userError(language, at: ["field"]) })
  }
}

private struct Claim {
  /// As in `company_claim.field`.
  let field: String
  let value: JSONValue
  let reportedAt: String

  /// Nil where there is none.
  init?(_ rows: Rows) {
    guard !rows.isEmpty, let field = rows.string(0, 0), let text = rows.string(0, 1),
      let value = try? parseJSON(Array(text.utf8)), let reportedAt = rows.string(0, 2)
    else { return nil }
    self.field = field
    self.value = value
    self.reportedAt = reportedAt
  }
}

/// As the codes of the catalogues are written.
private func isPlainCode(_ text: String) -> Bool {
  !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
}
