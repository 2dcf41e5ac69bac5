// Inputs that take a code or an id which is no company's own: what another company is called is
// none of them.

import JSON

extension IsolationTests {
  /// By the input that takes it, how it is asked with one.
  func codes(
    of mine: Person, in hub: TestHub
  ) -> [String: @Sendable (String) async throws -> HubAnswer] {
    solutionCodes(mine, hub).merging(claims(of: mine, in: hub)) { first, _ in first }
      .merging(integrationCodes(mine, hub)) { first, _ in first }
      .merging(apiTokens(of: mine, in: hub)) { first, _ in first }
      .merging(webhooks(of: mine, in: hub)) { first, _ in first }
      .merging(people(of: mine, in: hub)) { first, _ in first }
  }

  private func integrationCodes(
    _ mine: Person, _ hub: TestHub
  ) -> [String: @Sendable (String) async throws -> HubAnswer] {
    [
      "connectIntegration.code": { try await self.integration("connect", "", $0, mine, hub) },
      "updateIntegrationSettings.code": { code in
        try await hub.ask(
          """
          mutation Q($id: ID!) { updateIntegrationSettings(input: {code: $id, settings: []}) {
            integration { code } userErrors { code message field } } }
          """, variables: self.id(code), as: mine)
      },
      "disconnectIntegration.code": { code in
        try await self.integration("disconnect", ", dryRun: true", code, mine, hub)
      },
      "checkIntegration.code": { try await self.integration("check", "", $0, mine, hub) },
    ]
  }

  private func integration(
    _ verb: String, _ more: String, _ code: String, _ person: Person, _ hub: TestHub
  ) async throws -> HubAnswer {
    try await hub.ask(
      """
      mutation Q($id: ID!) { \(verb)Integration(input: {code: $id\(more)}) {
        integration { code } userErrors { code message field } } }
      """, variables: id(code), as: person)
  }

  private func apiTokens(
    of mine: Person, in hub: TestHub
  ) -> [String: @Sendable (String) async throws -> HubAnswer] {
    func change(_ mutation: String) -> @Sendable (String) async throws -> HubAnswer {
      { id in
        try await hub.ask(
          """
          mutation Q($id: ID!) { \(mutation)(input: {id: $id}) {
            apiTokens { id } userErrors { code message field } } }
          """, variables: self.id(id), as: mine)
      }
    }
    return [
      "rotateApiToken.id": change("rotateApiToken"), "revokeApiToken.id": change("revokeApiToken"),
    ]
  }

  private func webhooks(
    of mine: Person, in hub: TestHub
  ) -> [String: @Sendable (String) async throws -> HubAnswer] {
    func change(
      _ mutation: String, _ more: String = "", _ told: String = "id"
    ) -> @Sendable (String) async throws -> HubAnswer {
      { id in
        try await hub.ask(
          """
          mutation Q($id: ID!) { \(mutation)(input: {id: $id\(more)}) {
            \(told) userErrors { code message field } } }
          """, variables: self.id(id), as: mine)
      }
    }
    return [
      "updateWebhook.id": change("updateWebhook", #", name: "Mine""#, "webhooks { id }"),
      "deleteWebhook.id": change("deleteWebhook", "", "webhooks { id }"),
      "rotateWebhookSecret.id": change("rotateWebhookSecret", "", "webhooks { id }"),
      "testWebhook.id": change("testWebhook", "", "deliveryId"),
      "replayWebhook.id": change(
        "replayWebhook", #", since: "2026-01-01T00:00:00Z""#, "events"),
    ]
  }

  private func people(
    of mine: Person, in hub: TestHub
  ) -> [String: @Sendable (String) async throws -> HubAnswer] {
    [
      "changeRole.personId": { id in
        try await hub.ask(
          """
          mutation Q($id: ID!) { changeRole(input: {personId: $id, role: "accountant"}) {
            people { id } userErrors { code message field } } }
          """, variables: self.id(id), as: mine)
      },
      "removePerson.personId": { id in
        try await hub.ask(
          """
          mutation Q($id: ID!) { removePerson(input: {personId: $id}) {
            people { id } userErrors { code message field } } }
          """, variables: self.id(id), as: mine)
      },
      "resendInvitation.invitationId": { id in
        try await hub.ask(
          """
          mutation Q($id: ID!) { resendInvitation(input: {invitationId: $id}) {
            invitations { id } userErrors { code message field } } }
          """, variables: self.id(id), as: mine)
      },
      "revokeInvitation.invitationId": { id in
        try await hub.ask(
          """
          mutation Q($id: ID!) { revokeInvitation(input: {invitationId: $id}) {
            invitations { id } userErrors { code message field } } }
          """, variables: self.id(id), as: mine)
      },
    ]
  }

  private func solutionCodes(
    _ mine: Person, _ hub: TestHub
  ) -> [String: @Sendable (String) async throws -> HubAnswer] {
    [
      "activateSolution.code": { code in
        try await self.solution("activateSolution", #", plan: "pro""#, code, mine, hub)
      },
      "deactivateSolution.code": { code in
        try await self.solution("deactivateSolution", "", code, mine, hub)
      },
      "changePlan.code": { code in
        try await self.solution("changePlan", #", plan: "pro""#, code, mine, hub)
      },
    ]
  }

  private func solution(
    _ mutation: String, _ more: String, _ code: String, _ person: Person, _ hub: TestHub
  ) async throws -> HubAnswer {
    try await hub.ask(
      """
      mutation Q($id: ID!) { \(mutation)(input: {code: $id\(more)}) {
        solution { code } userErrors { code message field obstacles { id } } } }
      """, variables: id(code), as: person)
  }

  /// A code is the same for all companies, and another company's id is none of them.
  func launch(_ code: String, _ person: Person, _ hub: TestHub) async throws -> HubAnswer {
    try await hub.ask(
      """
      mutation Q($id: ID!) { launchSolution(input: {code: $id}) {
        url name userErrors { code message field } } }
      """, variables: id(code), as: person)
  }

  /// What is claimed, by whom and of whom.
  private func claims(
    of mine: Person, in hub: TestHub
  ) -> [String: @Sendable (String) async throws -> HubAnswer] {
    [
      "adoptClaim.field": { id in
        try await hub.ask(
          """
          mutation Q($id: ID!) { adoptClaim(input: {
            field: $id, source: "accounting", revision: 1}) {
            company { id } userErrors { code message field } } }
          """, variables: self.id(id), as: mine)
      },
      "adoptClaim.source": { id in
        try await hub.ask(
          """
          mutation Q($id: ID!) { adoptClaim(input: {
            field: "phone", source: $id, revision: 1}) {
            company { id } userErrors { code message field } } }
          """, variables: self.id(id), as: mine)
      },
      // Of a solution that neither company has.
      "reportCompany.companyId": { id in
        try await hub.ask(
          """
          mutation Q($id: ID!) { reportCompany(input: { companyId: $id, fields: {phone: "x"},
            reportedAt: "2026-01-01T00:00:00Z" }) {
            fields { name } userErrors { code message field } } }
          """, variables: self.id(id), token: try hub.serviceToken(of: "store"))
      },
      "reportCompany.source": { id in
        try await hub.ask(
          """
          mutation Q($id: ID!) { reportCompany(input: {
            companyId: "\(mine.tenant)", source: $id, fields: {}, reportedAt: "2026-01-01T00:00:00Z"
          }) { fields { name } userErrors { code message field } } }
          """, variables: self.id(id), token: try hub.serviceToken(of: "accounting"))
      },
    ]
  }
}
