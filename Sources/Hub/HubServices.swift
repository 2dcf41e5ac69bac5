// What the domain's actions work with besides the database.

package import Credentials

/// The services that areas are composed with.
package struct HubServices: Sendable {
  package let tokens: AccessTokens
  package let succession: RefreshTokenSuccession
  package let links: LinkTokens
  package let devices: DeviceTokens
  package let passwords: PasswordWorkers
  package let catalogues: CatalogueStore
  package let lifetimes: SessionLifetimes
  package let linkLimits: LinkLimits
  package let launchLimits: LaunchLimits
  package let guesses: GuessLimits
  /// Seals secrets at rest; nil where the server has no keys for it.
  package let sealing: SealingKeys?
  /// The server's address as people and their programs reach it, without a slash at its end.
  package let publicURL: @Sendable () -> String
  /// Nil where this hub has no client at Google.
  package let google: GoogleProvider?
  /// The way to the makers of integrations.
  package let gateways: Gateways
  package let credentialChecks: CredentialCheckLimits
  /// The judge of webhooks' addresses.
  package let addresses: WebhookAddresses
  /// Who follows whose log in this process.
  package let events: EventFeed

  package init(
    tokens: AccessTokens, succession: RefreshTokenSuccession, links: LinkTokens,
    devices: DeviceTokens, passwords: PasswordWorkers, catalogues: CatalogueStore,
    lifetimes: SessionLifetimes = SessionLifetimes(), linkLimits: LinkLimits = LinkLimits(),
    launchLimits: LaunchLimits = LaunchLimits(),
    guesses: GuessLimits = GuessLimits(), sealing: SealingKeys? = nil,
    google: GoogleProvider? = nil, gateways: Gateways = .none,
    credentialChecks: CredentialCheckLimits = CredentialCheckLimits(),
    addresses: WebhookAddresses = .none,
    events: EventFeed = EventFeed(),
    publicURL: @escaping @Sendable () -> String
  ) {
    self.tokens = tokens
    self.succession = succession
    self.links = links
    self.devices = devices
    self.passwords = passwords
    self.catalogues = catalogues
    self.lifetimes = lifetimes
    self.linkLimits = linkLimits
    self.launchLimits = launchLimits
    self.publicURL = publicURL
    self.guesses = guesses
    self.sealing = sealing
    self.google = google
    self.gateways = gateways
    self.credentialChecks = credentialChecks
    self.addresses = addresses
    self.events = events
  }
}

/// How long what opens a session is good for.
package struct SessionLifetimes: Sendable, Hashable {
  package var accessTokenSeconds = 15 * 60
  /// Without a refresh.
  package var idleSeconds = 30 * 24 * 3600
  /// With refreshes.
  package var absoluteSeconds = 180 * 24 * 3600
  /// How long a device is known again that has signed in.
  package var deviceSeconds = 400 * 24 * 3600

  package init() {}
}

/// How long the links of mails are good for, and how many mails a stranger can cause.
package struct LinkLimits: Sendable, Hashable {
  /// Of a link that sets a new password.
  package var resetSeconds = 3600
  /// Of a link that confirms an address, at sign-up or later.
  package var confirmSeconds = 24 * 3600
  /// Of the link with which the owner of the old address undoes a change of it.
  package var undoSeconds = 72 * 3600
  /// Mails with a link to one address within the window; what is asked for beyond is not sent, and
  /// the last link stays good.
  package var requestsMax = 5
  package var requestWindowSeconds = 15 * 60

  package init() {}
}

/// How sessions are handed over to solutions.
package struct LaunchLimits: Sendable, Hashable {
  /// For how long a code can be exchanged.
  package var codeSeconds = 60
  /// Codes of one session that wait to be exchanged.
  package var codesMax = 20
  package var stateBytesMax = 512

  package init() {}
}

/// What is taken of solutions' reports.
package enum ReportLimits {
  /// How far a solution's clock may run ahead of this one.
  package static let aheadSecondsMax = 300
  /// How often one report is judged where its company goes on to another country version meanwhile.
  static let judgementsMax = 3
}
