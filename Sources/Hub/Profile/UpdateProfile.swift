// updateProfile: the fields that change come in, the profile as it then stands leaves. One bad
// field saves nothing, and every bad field is named.

import Execution
import GraphQLTypes
import Postgres

private let account = RevisedTable(
  table: "account", key: "id",
  columns: [
    "firstName": "first_name", "lastName": "last_name", "displayName": "display_name",
    "phone": "phone", "country": "country", "language": "language",
  ],
  emptyTexts: ["lastName", "displayName"])

func updateProfile(_ hub: HubServices) -> Action {
  Action("updateProfile") { input, context in
    let member = try context.member()
    let language = member.language
    let change: CheckedChange
    do throws(RuleViolations) {
      change = try checkProfile(
        ProfileChange(input), country: member.row["country"] ?? "",
        languages: hub.catalogues.snapshot?.languages ?? hubLanguages)
    } catch {
      return ActionOutcome(userErrors: error.userErrors(language))
    }
    let conflicts = try await account.apply(
      change, since: input["revision"]?.intValue ?? 0, to: member.scope.account
    ) { try await context.write($0) }
    return ActionOutcome(userErrors: conflicts.map { $0.userError(language) })
  }
}

extension ProfileChange {
  fileprivate init(_ input: InputObject) {
    self.init()
    firstName = input.text("firstName")
    lastName = input.text("lastName")
    displayName = input.text("displayName")
    phone = input.text("phone")
    country = input.text("country")
    language = input.text("language")
  }
}
