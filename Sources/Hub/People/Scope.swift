// What a partner's token may be given. Which field asks for which scope is said by
// Permissions.swift and nowhere else.

/// A section and what is done in it; a part of the section that is sensitive has a scope of its
/// own, which is asked for besides.
package enum Scope: String, CaseIterable, Sendable {
  /// The company's data.
  case companyRead = "company:read"
  /// Changes of it.
  case companyWrite = "company:write"
  /// The company's tax number, wherever it would be told.
  case companyIdentificationRead = "company.identification:read"
  /// Which solutions there are and what the company has of them.
  case solutionsRead = "solutions:read"
  /// Which integrations there are and which are connected.
  case integrationsRead = "integrations:read"
  /// Connecting integrations, setting them up, and ending them.
  case integrationsWrite = "integrations:write"
  /// That something changed, when, and by what.
  case eventsRead = "events:read"
  /// What changed of it: data of the company and of its people.
  case eventsChangesRead = "events.changes:read"
  /// Webhooks, and what was sent to them.
  case webhooksRead = "webhooks:read"
  /// Webhooks of its own, which are told that something changed, when, and by what.
  case webhooksWrite = "webhooks:write"
  /// The company's people and invitations, and whoever's name stands beside something.
  case peopleRead = "people:read"
}
