// acceptInvitation: the token of an invitation's link comes in, and of somebody new who they are;
// they belong to the company. Opens no session: the link proves a mailbox, not a second factor.

import Credentials
import Execution
import GraphQLTypes
import JSON
import Postgres
import SQL

private let look = PreparedStatement("SELECT email, has_account FROM invitation_of_link($1)")
private let accept = PreparedStatement(
  "SELECT outcome, tenant_id, company_name FROM accept_invitation($1, $2, $3, $4, $5)")

func acceptInvitation(_ hub: HubServices) -> Action {
  Action("acceptInvitation") { input, context in
    let language = context.facts.language
    let invalid = ActionOutcome.refused(.linkInvalid, ["token"], language: language)
    guard let link = hub.links.link(presented: input["token"]?.text ?? "", purpose: "invitation")
    else { return invalid }
    let id = Parameter.uuid(high: link.high, low: link.low)
    // An account may come or go between the look and the use; then it is looked at once more.
    for _ in 0..<2 {
      let found = try await context.database.write([Query(look, [id])])[0]
      guard let email = found.string(0, 0) else { return invalid }
      var person: NewPerson?
      if found.boolean(0, 1) != true {
        do throws(RuleViolations) {
          person = try NewPerson(input, email: email, hub, language: language)
        } catch {
          return ActionOutcome(userErrors: error.userErrors(language))
        }
      }
      // The hash is made with no transaction open.
      var hash: String?
      if let person { hash = try await hub.hash(person.password, for: context.facts).stored }
      let rows = try await context.database.write([
        Query(
          accept,
          [
            id, Parameter(hash), Parameter(person?.firstName), Parameter(person?.country),
            Parameter(person?.language),
          ])
      ])[0]
      switch rows.string(0, 0) {
      case "accepted":
        return ActionOutcome(payload: [
          "company": .object([
            JSONMember(name: "id", value: .string(rows.string(0, 1) ?? "")),
            JSONMember(name: "name", value: .string(rows.string(0, 2) ?? "")),
          ])
        ])
      case "account_needed": continue
      case "role_not_in_plan": return .refused(.roleNotInPlan, ["token"], language: language)
      case _: return invalid
      }
    }
    return invalid
  }
}

/// Who is made a person by accepting.
private struct NewPerson {
  let firstName: String
  let country: String
  let language: String
  let password: Password

  init(
    _ input: InputObject, email: String, _ hub: HubServices, language: String
  ) throws(RuleViolations) {
    var change = ProfileChange()
    change.firstName = .set(input["firstName"]?.text ?? "")
    change.country = .set(input["country"]?.text ?? "")
    change.language = .set(input["language"]?.text ?? language)
    var violations: [FieldViolation] = []
    var profile: CheckedChange?
    do throws(RuleViolations) {
      profile = try checkProfile(
        change, country: "", languages: hub.catalogues.snapshot?.languages ?? hubLanguages)
    } catch {
      violations = error.items
    }
    var accepted: Password?
    do throws(PasswordRules.Refusal) {
      let typed = input["password"]?.text ?? ""
      if typed.isEmpty {
        violations.append(FieldViolation(.required, field: ["password"]))
      } else {
        accepted = try acceptPassword(typed, email: email)
      }
    } catch {
      violations.append(FieldViolation(RuleViolation(error), field: ["password"]))
    }
    guard violations.isEmpty, let accepted, let firstName = profile?.text("firstName"),
      let country = profile?.text("country"), let language = profile?.text("language")
    else { throw RuleViolations(violations) }
    self.firstName = firstName
    self.country = country
    self.language = language
    password = accepted
  }
}

extension CheckedChange {
  fileprivate func text(_ name: String) -> String? {
    guard case .text(let text)? = self[name] else { return nil }
    return text
  }
}
