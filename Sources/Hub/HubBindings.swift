// The domain as the engine sees it: every area's bindings, put together.

package import Execution

/// The languages that texts exist in, the first one the fallback.
package let hubLanguages = ["es", "en", "pt"]

/// What answers each field of the schema.
package func hubBindings(_ hub: HubServices) -> Bindings {
  var bindings = Bindings(
    context: ContextBinding(
      section: hubContext, roleColumn: "role",
      view: { hub.catalogues.view(for: $0) }, reload: { try await hub.catalogues.reload() }),
    service: ServiceBinding(section: hubService, solutionColumn: "solution"),
    partner: PartnerBinding(section: hubPartner, identification: partnerIdentification))
  bindings.scopes = scopesByCoordinate
  bindings.answerSealing = hub.sealing?.answerSealing
  bindings.add(aboutBindings())
  bindings.add(companyBindings(hub))
  bindings.add(solutionBindings())
  bindings.add(serviceBindings())
  bindings.add(launcherBindings(hub))
  bindings.add(profileBindings(hub))
  bindings.add(securityBindings(hub))
  bindings.add(accountBindings(hub))
  bindings.add(googleBindings(hub))
  bindings.add(integrationBindings(hub))
  bindings.add(peopleBindings(hub))
  bindings.add(invitationBindings(hub))
  bindings.add(eventBindings(hub))
  bindings.add(apiTokenBindings())
  bindings.add(webhookBindings(hub))
  return bindings
}
