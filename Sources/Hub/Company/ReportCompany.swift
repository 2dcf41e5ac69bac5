// reportCompany: what a solution knows of a company comes in; it is kept as claims, and what stands
// of each field leaves. A bad field is refused by itself: a solution's report is not lost by it.

import Credentials
import Execution
import GraphQLTypes
import JSON
import Postgres
import SQL

private let versionOfCompany = PreparedStatement("SELECT company_of_report($1, $2)")
private let report = PreparedStatement(
  "SELECT outcome, fields FROM report_company($1, $2, $3, $4, $5, $6)")

func reportCompany(_ hub: HubServices) -> Action {
  Action("reportCompany") { input, context in
    let service = try context.service()
    let language = context.facts.language
    if let source = input["source"]?.text, source != service.solution {
      return .refused(.notOffered(offered: [service.solution]), ["source"], language: language)
    }
    let unknown = ActionOutcome.refused(.companyNotFound, ["companyId"], language: language)
    guard let id = UniqueID(input["companyId"]?.text ?? "") else { return unknown }
    let company = Parameter.uuid(high: id.high, low: id.low)
    for _ in 1...ReportLimits.judgementsMax {
      let judged = try await judge(input, of: company, hub, context)
      guard let judged else { return unknown }
      switch judged.rows.string(0, 0) {
      case "reported":
        let fields =
          judged.rows.string(0, 1).flatMap { try? parseJSON(Array($0.utf8)) } ?? .array([])
        return ActionOutcome(
          payload: ["fields": fields],
          userErrors: judged.violations.map {
            UserError($0.violation, field: ["fields"] + $0.field, language: language)
          })
      case "ahead":
        return .refused(
          .claim(.reportedAhead(secondsMax: ReportLimits.aheadSecondsMax)), ["reportedAt"],
          language: language)
      case "moved": continue
      case _: return unknown
      }
    }
    throw ActionRefusal.overloaded
  }
}

/// What the database answered to a report, and what the rules took nothing of before it.
private struct JudgedReport {
  let rows: Rows
  let violations: [FieldViolation]
}

/// Judges a report by the rules of the company's country version, and asks for it to be taken by a
/// company that is still in that version; nil where the solution has no such company.
private func judge(
  _ input: InputObject, of company: Parameter, _ hub: HubServices, _ context: ActionContext
) async throws -> JudgedReport? {
  let hash = try context.service().bearer.tokenHash
  let found = try await context.writeAsService([Query(versionOfCompany, [hash, company])])[0]
  guard let countryVersion = found.string(0, 0) else { return nil }
  guard let rules = hub.catalogues.snapshot?.countryVersions[countryVersion] else {
    throw ActionRefusal.overloaded
  }
  let given = CompanyChange(input["fields"]?.objectValue ?? InputObject()).withoutBlanks
  let (taken, violations) = checkReport(given, in: rules)
  let rows = try await context.writeAsService([
    Query(
      report,
      [
        hash, company, .text(countryVersion),
        .text(String(decoding: claims(taken).jsonBytes, as: UTF8.self)),
        Parameter(input["reportedAt"]?.text), Parameter(ReportLimits.aheadSecondsMax),
      ])
  ])[0]
  return JudgedReport(rows: rows, violations: violations)
}

/// The claims that a checked report comes to, by `company_claim.field`: the parts of the
/// identification are one.
private func claims(_ report: CheckedChange) -> JSONValue {
  var claims: [JSONMember] = []
  var identification: [JSONMember] = []
  for field in report.fields {
    let path = field.path
    if path.count > 1, path[0] == "identification" {
      identification.append(JSONMember(name: path[1], value: json(field.value)))
    } else if field.value != .empty {
      // What is left empty by the rules alone is blank, too: a space without width.
      claims.append(JSONMember(name: field.name, value: json(field.value)))
    }
  }
  if !identification.isEmpty {
    claims.append(JSONMember(name: "identification", value: .object(identification)))
  }
  return .object(claims)
}

private func json(_ value: FieldValue) -> JSONValue {
  switch value {
  case .empty: .null
  case .text(let text): .string(text)
  case .integer(let number): .number(String(number))
  }
}
