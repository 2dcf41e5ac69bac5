// startGoogle: what a person sets out for comes in, the address at Google leaves, and a cookie that
// only this browser has. A mutation and no route: it is asked for by a page's own code, with the
// access token where there is one, and no other site can send it.

import Credentials
import Execution
import GraphQLTypes
import JSON
import Postgres
import SQL

private let begin = PreparedStatement("SELECT begin_google($1, $2, $3, $4, $5::jsonb, $6)")

/// Long enough for a second factor at Google, short enough that a forgotten tab proves nothing.
package let googleFlowSecondsMax = 600

func startGoogle(_ hub: HubServices) -> Action {
  Action("startGoogle", changesSession: true) { input, context in
    guard let google = hub.google else {
      return refused([FieldViolation(.google(.notConfigured), field: [])], context.facts.language)
    }
    guard case .enum(let name)? = input["intent"], let intent = GoogleIntent(rawValue: name) else {
      return refused(
        [FieldViolation(.notOffered(offered: []), field: ["intent"])], context.facts.language)
    }
    let start: FlowStart
    var person = context
    switch intent {
    case .signIn: start = FlowStart(facts: [])
    case .signUp:
      let versions = try await hub.countryVersions()
      do throws(RuleViolations) {
        start = FlowStart(
          facts: try signUpFacts(input, versions, language: context.facts.language))
      } catch {
        return refused(error.items, context.facts.language)
      }
    case .link, .reauthenticate:
      person = try await context.asMember()
      let member = try person.member()
      if let violation = violation(of: intent, member) {
        return refused([FieldViolation(violation, field: [])], member.language)
      }
      start = FlowStart(of: member, intent)
    }
    let secret = FlowSecret.make()
    guard let url = try? await google.authorizationURL(secret, intent, start.loginHint) else {
      return refused([FieldViolation(.google(.unavailable), field: [])], context.facts.language)
    }
    let noted = Query(
      begin,
      [
        .binary(secret.hash), .text(intent.rawValue), start.member?.account ?? .null,
        start.member?.session ?? .null, .text(JSONValue.object(start.facts).jsonText),
        Parameter(googleFlowSecondsMax),
      ])
    _ =
      start.member == nil
      ? try await context.database.write([noted]) : try await person.write([noted])
    return ActionOutcome(
      payload: ["authorizationUrl": .string(url)],
      facts: [.setFlowCookie(secret: secret.text, secondsMax: googleFlowSecondsMax)])
  }
}

/// Who sets out, and with what.
private struct FlowStart {
  var member: TenantScope?
  var loginHint: String?
  var facts: [JSONMember] = []

  init(facts: [JSONMember]) { self.facts = facts }

  init(of member: RequestContext, _ intent: GoogleIntent) {
    self.member = member.scope
    loginHint = intent == .link ? member.row["email"] : member.row["google_email"]
  }
}

/// What can be told before Google is asked; all of it is asked again at the end.
private func violation(of intent: GoogleIntent, _ member: RequestContext) -> RuleViolation? {
  switch intent {
  case .signIn, .signUp: nil
  case .link where !member.isFresh: .reauthenticationRequired
  case .link: isOtherProvidersAddress(member.row["email"] ?? "") ? .google(.emailNotGoogle) : nil
  case .reauthenticate: member.row["google_email"] == nil ? .google(.notLinked) : nil
  }
}

/// The new company, by the rules of its name and country version.
private func signUpFacts(
  _ input: InputObject, _ versions: [String: CountryVersionRules], language: String
) throws(RuleViolations) -> [JSONMember] {
  let checked = try checkGoogleSignUp(
    companyName: input.text("companyName"), countryVersion: input.text("countryVersion"),
    country: input.text("country"), versions: versions)
  let facts = checked.fields.compactMap { field in
    if case .text(let text) = field.value {
      JSONMember(name: field.name, value: .string(text))
    } else {
      nil as JSONMember?
    }
  }
  return facts + [JSONMember(name: "language", value: .string(language))]
}

extension HubServices {
  /// Those offered. No request context has made sure that they are in memory.
  fileprivate func countryVersions() async throws -> [String: CountryVersionRules] {
    if catalogues.snapshot == nil { try await catalogues.reload() }
    return catalogues.snapshot?.countryVersions ?? [:]
  }
}

private func refused(_ violations: [FieldViolation], _ language: String) -> ActionOutcome {
  ActionOutcome(
    userErrors: violations.map { UserError($0.violation, field: $0.field, language: language) })
}
