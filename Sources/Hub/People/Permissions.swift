// Who may see and do what: one row for each root field of the schema, and one for each field below
// them that asks a partner's token for a scope of its own. The bindings take their access from here
// and from nowhere else; what has no row is nobody's, and keeps the hub from starting.
// `mi-alegra doctor --permissions` prints it, a test tries every role and scope at every field.

package import Execution
import GraphQLTypes

/// What a root field of the schema asks of whoever wants it.
package struct Permission: Sendable, Hashable {
  /// Such as `Query.company`.
  package let field: String
  package let access: Access
  /// What a partner's token needs for it, as if it were an administrator with that alone; nil where
  /// it is for people, for a solution's backend or for anyone.
  package var scope: Scope?
}

/// The table: by area, one line a field.
package let permissions: [Permission] = [
  // This server.
  query("about", .anyone),

  // Empresa: everybody works with its data, administrators answer for it.
  query("company", .members, .companyRead),
  mutation("updateCompany", .administrators, .companyWrite),
  mutation("adoptClaim", .administrators),
  mutation("reportCompany", .services),

  // Soluciones.
  query("solution", .members, .solutionsRead),
  query("solutions", .members, .solutionsRead),
  mutation("activateSolution", .administrators),
  mutation("changePlan", .administrators),
  mutation("deactivateSolution", .administrators),

  // The launcher: each person's own.
  query("launcher", .members),
  mutation("launchSolution", .members),

  // The backends of solutions, by their service tokens.
  query("service", .services),

  // Integraciones: what there is and what is connected; no credential is ever answered.
  query("integration", .members, .integrationsRead),
  query("integrationFilters", .members, .integrationsRead),
  query("integrations", .members, .integrationsRead),
  mutation("checkIntegration", .administrators, .integrationsWrite),
  mutation("connectIntegration", .administrators, .integrationsWrite),
  mutation("disconnectIntegration", .administrators, .integrationsWrite),
  mutation("updateIntegrationSettings", .administrators, .integrationsWrite),

  // Perfil: each person's own.
  query("profile", .people),
  mutation("updateProfile", .people),

  // Seguridad: each person's own.
  query("security", .people),
  mutation("cancelEmailChange", .people),
  mutation("changeEmail", .people),
  mutation("changePassword", .people),
  mutation("confirmSecondFactor", .people),
  mutation("disableSecondFactor", .people),
  mutation("enrolSecondFactor", .people),
  mutation("reauthenticate", .people),
  mutation("regenerateRecoveryCodes", .people),
  mutation("revokeOtherSessions", .people),
  mutation("revokeSession", .people),
  mutation("unlinkGoogle", .people),
  mutation("confirmUnlinkGoogle", .anyone),

  // By the links of mails, before there is a session: whoever holds the mail is the person.
  mutation("confirmEmail", .anyone),
  mutation("confirmSignUp", .anyone),
  mutation("lookAtLink", .anyone),
  mutation("requestPasswordReset", .anyone),
  mutation("resetPassword", .anyone),
  mutation("signUp", .anyone),
  mutation("undoEmailChange", .anyone),
  mutation("undoSecondFactor", .anyone),

  // Signing in and out, and the companies to go on in.
  mutation("completeSignIn", .anyone),
  mutation("refreshSession", .anyone),
  mutation("signIn", .anyone),
  mutation("signOut", .people),
  mutation("startGoogle", .anyone),
  query("googleOutcomes", .anyone),
  mutation("switchCompany", .people),

  // People: one's own companies are everybody's to see, the company's people its administrators'.
  query("memberships", .people),
  query("people", .administrators, .peopleRead),
  mutation("changeRole", .administrators),
  mutation("deleteAccount", .people),
  mutation("exportMyData", .people),
  mutation("leaveCompany", .members),
  mutation("removePerson", .administrators),

  // Invitations: who accepts one shows its link instead of a session.
  query("invitations", .administrators, .peopleRead),
  mutation("acceptInvitation", .anyone),
  mutation("invitePerson", .administrators),
  mutation("resendInvitation", .administrators),
  mutation("revokeInvitation", .administrators),

  // API tokens: no token makes or ends one, so that none outgrows what it was given.
  query("apiTokens", .administrators),
  mutation("createApiToken", .administrators),
  mutation("revokeApiToken", .administrators),
  mutation("rotateApiToken", .administrators),

  // Webhooks: a token has to do with those alone that it made.
  query("webhookDeliveries", .administrators, .webhooksRead),
  query("webhooks", .administrators, .webhooksRead),
  mutation("createWebhook", .administrators, .webhooksWrite),
  mutation("deleteWebhook", .administrators, .webhooksWrite),
  mutation("replayWebhook", .administrators, .webhooksWrite),
  mutation("rotateWebhookSecret", .administrators, .webhooksWrite),
  mutation("testWebhook", .administrators, .webhooksWrite),
  mutation("updateWebhook", .administrators, .webhooksWrite),

  // The log of the company's data: it tells of everybody, so it is its administrators'.
  query("auditLog", .administrators, .eventsRead),
  query("events", .administrators, .eventsRead),
  subscription("events", .administrators, .eventsRead),
]

/// What asks a partner's token for a scope besides the one of the field it is found by: the tax
/// number, names of people, and what a change may tell though its token reads nothing else.
package let scopedFields: [(field: String, scope: Scope)] = [
  ("Company.identification", .companyIdentificationRead),
  ("Company.fields", .companyIdentificationRead),
  ("CompanyField.confirmedBy", .peopleRead),
  ("Event.changes", .eventsChangesRead),
  ("EventActor.name", .peopleRead),
  ("Integration.connectedBy", .peopleRead),
  ("IntegrationPayload.integration", .integrationsRead),
  ("UpdateCompanyPayload.company", .companyRead),
  ("Webhook.createdBy", .peopleRead),
  ("WebhookPayload.webhooks", .webhooksRead),
  ("UserError.currentValue", .companyIdentificationRead),
]

/// The same for what stands outside of GraphQL and acts for somebody.
package let endpoints: [Permission] = [
  // Perfil: each person's own. Whoever knows the name of a photo may see it.
  Permission(field: "PUT /profile/photo", access: .people),
  Permission(field: "DELETE /profile/photo", access: .people),
  // Empresa. Whoever knows the name of a logo may see it.
  Permission(field: "PUT /company/logo", access: .administrators),
  Permission(field: "DELETE /company/logo", access: .administrators),
  // Google sends people back; who they are is for its answer to say.
  Permission(field: "GET /auth/google/return", access: .anyone),
  // A solution's backend takes over the session of whoever opens it.
  Permission(field: "POST /launch/exchange", access: .services),
  // Zapier. Partners' tokens alone: no person is asked for, and none may.
  Permission(field: "GET /zapier/me", access: .members, scope: .companyRead),
  Permission(field: "GET /zapier/samples", access: .members, scope: .eventsRead),
  Permission(field: "POST /zapier/hooks", access: .members, scope: .webhooksWrite),
  Permission(field: "DELETE /zapier/hooks", access: .members, scope: .webhooksWrite),
]

private func query(_ field: String, _ access: Access, _ scope: Scope? = nil) -> Permission {
  Permission(field: "Query.\(field)", access: access, scope: scope)
}

private func mutation(_ field: String, _ access: Access, _ scope: Scope? = nil) -> Permission {
  Permission(field: "Mutation.\(field)", access: access, scope: scope)
}

private func subscription(_ field: String, _ access: Access, _ scope: Scope? = nil) -> Permission {
  Permission(field: "Subscription.\(field)", access: access, scope: scope)
}

extension Access {
  fileprivate static let administrators = Access.roles([Role.administrator])
}

// MARK: How the bindings read it

private let accessByField = Dictionary(
  (permissions + endpoints).map { ($0.field, $0.access) }, uniquingKeysWith: { first, _ in first })

/// The scopes as the engine asks for them.
let scopesByCoordinate = Dictionary(
  permissions.compactMap { permission in permission.scope.map { (permission.field, $0.rawValue) } }
    + scopedFields.map { ($0.field, $0.scope.rawValue) }, uniquingKeysWith: { first, _ in first })

/// The bindings of fields of Query, each with the access that the table says.
func permitted(_ sources: [String: RootSource]) -> [String: RootBinding] {
  Dictionary(
    uniqueKeysWithValues: sources.map { field, source in
      let access = accessByField["Query.\(field)"] ?? .nobody
      return (field, RootBinding(access: access, source: source))
    })
}

/// The access that the table gives an endpoint, such as `PUT /profile/photo`.
package func accessOfEndpoint(_ endpoint: String) -> Access {
  accessByField[endpoint] ?? .nobody
}

/// The scope that an endpoint asks a partner's token for; nil where none opens it.
package func scopeOfEndpoint(_ endpoint: String) -> String? {
  endpoints.first { $0.field == endpoint }?.scope?.rawValue
}

extension Action {
  /// An action with the access that the table says.
  init(
    _ field: String, changesSession: Bool = false,
    perform: @escaping @Sendable (InputObject, ActionContext) async throws -> ActionOutcome
  ) {
    self.init(
      field, access: accessByField["Mutation.\(field)"] ?? .nobody, changesSession: changesSession,
      perform: perform)
  }
}

extension SubscriptionSource {
  /// A subscription with the access that the table says.
  init(
    _ field: String,
    open: @escaping @Sendable ([String: InputValue], ActionContext) async throws -> SourceStream
  ) {
    self.init(field, access: accessByField["Subscription.\(field)"] ?? .nobody, open: open)
  }
}
