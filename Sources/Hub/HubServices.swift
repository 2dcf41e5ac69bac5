// What the domain's actions work with besides the database.

package import Credentials

/// The services that areas are composed with.
package struct HubServices: Sendable {
  package let tokens: AccessTokens
  package let succession: RefreshTokenSuccession
  package let links: LinkTokens
  package let passwords: PasswordWorkers
  package let catalogues: CatalogueStore
  package let lifetimes: SessionLifetimes

  package init(
    tokens: AccessTokens, succession: RefreshTokenSuccession, links: LinkTokens,
    passwords: PasswordWorkers, catalogues: CatalogueStore,
    lifetimes: SessionLifetimes = SessionLifetimes()
  ) {
    self.tokens = tokens
    self.succession = succession
    self.links = links
    self.passwords = passwords
    self.catalogues = catalogues
    self.lifetimes = lifetimes
  }
}

/// How long what opens a session is good for.
package struct SessionLifetimes: Sendable, Hashable {
  package var accessTokenSeconds = 15 * 60
  /// Without a refresh.
  package var idleSeconds = 30 * 24 * 3600
  /// With refreshes.
  package var absoluteSeconds = 180 * 24 * 3600
  /// Failed and successful sign-ins of one address within the window.
  package var guessesMax = 10
  package var guessWindowSeconds = 15 * 60

  package init() {}
}
