// The settings come in, a running hub leaves: catalogues, one house a loop, and the HTTP server put
// together. Stopping takes it apart in the opposite order.

import Credentials
import Delivery
import Execution
import Glibc
import GraphQLTypes
package import Hub
import Logging
import NIOCore
import NIOPosix
import Outbound
import Postgres
import Routes
package import Server

/// A hub that answers.
package struct RunningHub {
  package let server: HTTPServer
  private let group: MultiThreadedEventLoopGroup
  private let houses: [NIOLoopBound<LoopHouse>]
  private let google: GoogleHouse?
  private let guarded: GuardedRequests
  /// For webhooks alone.
  private let webhookRequests: GuardedRequests
  private let usesTLS: Bool
  /// Nil where mails wait in the outbox.
  private var mail: MailWorker?
  private var webhooks: WebhookWorker?
  private var housekeeping: Housekeeping?
  /// Nil where there are no keys for it.
  private var signing: AuditSigning?

  package var url: String {
    let host = server.host.contains(":") ? "[\(server.host)]" : server.host
    return "\(usesTLS ? "https" : "http")://\(host):\(server.port)"
  }

  /// Connects, checks the agreement of schema and bindings, and listens. A database that is away
  /// does not keep the server from starting: `/readyz` tells, and it is reached when it is back.
  package static func start(
    _ configuration: ServeConfiguration, observer: Observer, adding addition: SchemaAddition? = nil
  ) async throws -> RunningHub {
    let catalogues = CatalogueStore()
    let publicURL = PublicURL(configuration)
    let group = MultiThreadedEventLoopGroup(numberOfThreads: configuration.eventLoops)
    let google = configuration.google.map { GoogleHouse($0, publicURL, on: group) }
    let guarded = GuardedRequests(on: group, limits: configuration.guarded)
    let webhookRequests = GuardedRequests(on: group, limits: configuration.guarded)
    do {
      let services = services(
        configuration, catalogues, publicURL, google: google?.provider,
        gateways: gateways(guarded, observer), addresses: webhookAddresses(guarded))
      let account = try AccountPages()
      let page = try HubPage()
      let engine = try engine(
        configuration, services, pages: account.documents + page.documents, adding: addition)
      let explorer =
        configuration.hasExplorer ? [try explorerSite(demoLogins: configuration.demoLogins)] : []
      let sites = [page.site, account.site] + explorer
      let mailbox = try configuration.mailShelf.map(Mailbox.init)
      let googleReturn = google.map { google in
        GoogleReturn(hub: services, client: google.client) { publicURL.value }
      }
      try await checkDatabase(configuration, engine, observer)
      var houses: [NIOLoopBound<LoopHouse>] = []
      for eventLoop in group.makeIterator() {
        let listens = houses.isEmpty
        houses.append(
          try await eventLoop.submit {
            let house = try LoopHouse(
              configuration, engine, on: eventLoop, observer, catalogues: catalogues,
              sites: sites, mailbox: mailbox, google: googleReturn, publicURL: publicURL,
              hub: services, listens: listens)
            return NIOLoopBound(house, eventLoop: eventLoop)
          }.get())
      }
      let server = try await listen(configuration, on: group, observer, houses)
      var hub = RunningHub(
        server: server, group: group, houses: houses, google: google, guarded: guarded,
        webhookRequests: webhookRequests, usesTLS: configuration.tls != nil)
      publicURL.settle(hub.url, configuration)
      try await hub.startWorkers(configuration, services, publicURL, observer)
      return hub
    } catch {
      await google?.close()
      await guarded.close()
      await webhookRequests.close()
      try? await group.shutdownGracefully()
      throw error
    }
  }

  /// Begins what the hub does by itself.
  private mutating func startWorkers(
    _ configuration: ServeConfiguration, _ services: HubServices, _ publicURL: PublicURL,
    _ observer: Observer
  ) async throws {
    let house = houses[0]
    guard let database = try await house.eventLoop.submit({ house.value.openChores() }).get()
    else { return }
    if configuration.sendsMail {
      mail = try startMailWorker(configuration, database, publicURL, observer)
    } else {
      observer.observe(.notice("SMTP_URL is not set: mails wait in the outbox"))
    }
    webhooks = startWebhookWorker(
      configuration, database, services, webhookRequests, observer)
    housekeeping = Housekeeping.start(database, configuration.housekeeping, observer)
    if let keys = configuration.auditKeys {
      signing = AuditSigning.start(
        database, keys, pauseSeconds: configuration.auditSeconds, observer)
    } else {
      observer.observe(.notice("AUDIT_KEYS is not set: the heads of logs are not signed"))
    }
  }

  private static func listen(
    _ configuration: ServeConfiguration, on group: MultiThreadedEventLoopGroup,
    _ observer: Observer, _ houses: [NIOLoopBound<LoopHouse>]
  ) async throws -> HTTPServer {
    var settings = HTTPServerConfiguration(
      host: configuration.host, port: configuration.port, limits: configuration.limits)
    if let files = configuration.tls {
      do {
        settings.tls = try readTLSConfiguration(
          certificateChainFile: files.certificate, privateKeyFile: files.key)
      } catch {
        throw ConfigurationError.invalid(
          "TLS_CERTIFICATE_FILE and TLS_KEY_FILE", "cannot be used: \(error)")
      }
    }
    do {
      return try await HTTPServer.start(
        settings,
        on: group, observer: observer
      ) { eventLoop in
        let house = houses.first { $0.eventLoop === eventLoop } ?? houses[0]
        return house.value.router
      }
    } catch {
      let reason = (error as? IOError).map { String(cString: strerror($0.errnoCode)) }
      throw ConfigurationError.invalid(
        "HOST and PORT",
        "cannot be listened on (\(configuration.host):\(configuration.port)): "
          + (reason ?? "\(error)"))
    }
  }

  /// Holds the database against the bindings, once, where it can be reached.
  private static func checkDatabase(
    _ configuration: ServeConfiguration, _ engine: Engine, _ observer: Observer
  ) async throws {
    do {
      let mismatches = try await AdminConnection.run(configuration.readSettings) { connection in
        try refuseOlderSchema(connection)
        return try databaseDisagreements(of: engine.schema, with: engine.bindings, connection)
      }
      if !mismatches.isEmpty { throw AgreementError(mismatches) }
    } catch let error as DatabaseError {
      observer.observe(.databaseLost(detail: "not checked at the start: \(error)"))
    }
  }

  /// What the domain works with.
  private static func services(
    _ configuration: ServeConfiguration, _ catalogues: CatalogueStore, _ publicURL: PublicURL,
    google: GoogleProvider?, gateways: Gateways, addresses: WebhookAddresses
  ) -> HubServices {
    let keys = configuration.tokenKeys
    return HubServices(
      tokens: AccessTokens(
        keys: keys, issuer: configuration.issuer, audience: configuration.audience),
      succession: RefreshTokenSuccession(keys: keys), links: LinkTokens(keys: keys),
      devices: DeviceTokens(keys: keys), passwords: PasswordWorkers(), catalogues: catalogues,
      guesses: configuration.guesses, sealing: configuration.sealingKeys, google: google,
      gateways: gateways, addresses: addresses,
      publicURL: { publicURL.value })
  }

  /// The engine of a hub that does not run, its schema and bindings held against each other.
  package static func engine(
    _ configuration: ServeConfiguration, _ catalogues: CatalogueStore
  ) throws -> Engine {
    try engine(
      configuration,
      services(
        configuration, catalogues, PublicURL(configuration), google: nil, gateways: .none,
        addresses: .none),
      pages: try AccountPages().documents + HubPage().documents, adding: nil)
  }

  private static func engine(
    _ configuration: ServeConfiguration, _ services: HubServices, pages: [String],
    adding addition: SchemaAddition?
  ) throws -> Engine {
    var documents = configuration.documents
    documents.trusted = documents.trusted?.adding(pages)
    let schema = try hubSchema(adding: addition?.documents ?? [])
    var bindings = hubBindings(services)
    if let addition { bindings.add(addition.bindings(bindings)) }
    let mismatches = disagreements(of: schema, with: bindings)
    if !mismatches.isEmpty { throw AgreementError(mismatches) }
    let engine = Engine(
      schema: schema, bindings: bindings, tokens: services.tokens, limits: configuration.limits,
      documents: documents,
      cookies: RefreshCookies(isSecure: configuration.hasSecureCookies),
      proxies: configuration.proxies,
      languages: hubLanguages, now: secondsSince1970)
    do throws(TrustedDocumentsError) {
      try engine.checkTrustedDocuments()
    } catch {
      throw ConfigurationError.invalid("TRUSTED_DOCUMENTS", error.description)
    }
    return engine
  }

  /// Waits until the database is reached and the catalogues are in memory.
  package func untilReady() async throws {
    let loop = houses[0].eventLoop
    for _ in 0..<readinessChecksMax {
      let isReady = try await loop.flatScheduleTask(in: .milliseconds(20)) { [house = houses[0]] in
        loop.makeSucceededFuture(house.value.isReady)
      }.futureResult.get()
      if isReady { return }
    }
    throw ConfigurationError.invalid("DATABASE_URL", "names a database that does not answer")
  }

  /// Answers what is in flight, closes the connections and ends the loops.
  package func stop() async {
    await server.shutdown()
    await mail?.stop()
    await webhooks?.stop()
    await housekeeping?.stop()
    await signing?.stop()
    for house in houses {
      try? await house.eventLoop.flatSubmit {
        let done = house.eventLoop.makePromise(of: Void.self)
        house.value.finish { done.succeed() }
        return done.futureResult
      }.get()
      try? await house.eventLoop.submit { house.value.close() }.get()
    }
    await google?.close()
    await guarded.close()
    await webhookRequests.close()
    try? await group.shutdownGracefully()
  }
}

/// Twenty milliseconds each: ten seconds.
private let readinessChecksMax = 500

/// The log of this process: JSON lines on standard error.
package func makeObserver() -> Observer {
  Observer(logger: Logger(label: "mi-alegra") { _ in JSONLineLogHandler(logLevel: .info) })
}

/// The system's clock in whole seconds.
@Sendable package func secondsSince1970() -> Int { time(nil) }
