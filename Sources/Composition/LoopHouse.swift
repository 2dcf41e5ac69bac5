// What one event loop holds for itself: its connections to the database, its pipeline, its routes.

import Execution
import Hub
import NIOCore
import Postgres
import Routes
import Server

/// The confined half of a hub. Made, used and closed on its event loop.
final class LoopHouse {
  let reads: ReadPool
  let router: Router
  private let writes: WritePool
  private let seenWriting: SeenWriting
  private let reactor: Reactor
  private let listen: ListenConnection?
  /// Connections for what the hub does by itself, one for each worker where a server may have so
  /// many: they take none from mutations.
  private let chores: WritePool?
  private let catalogues: CatalogueStore
  private let reloads: CatalogueReloads?
  private let announcements: EventAnnouncements?

  /// - Parameters:
  ///   - sites: pages that are served beside GraphQL.
  ///   - mailbox: the page of the mails that this hub keeps.
  ///   - listens: whether this loop is the one that hears the database announce an edit of the
  ///     catalogues, and has the connections of the workers.
  init(
    _ configuration: ServeConfiguration, _ engine: Engine, on eventLoop: any EventLoop,
    _ observer: Observer, catalogues: CatalogueStore, sites: [StaticSite], mailbox: Mailbox?,
    google: GoogleReturn?, publicURL: PublicURL, hub: HubServices, listens: Bool
  ) throws {
    let reactor = try Reactor(eventLoop: eventLoop)
    let watch = PoolWatch(observer)
    let reloads = listens ? CatalogueReloads(catalogues, observer, on: eventLoop) : nil
    let reads = ReadPool(
      settings: configuration.readSettings, limits: configuration.postgresLimits,
      reactor: reactor
    ) { observation in
      watch.observe(observation)
      // The listening connection may have been up before there was one to load them through.
      if case .connected = observation { reloads?.canRead() }
    }
    let writes = WritePool(
      settings: configuration.writeSettings, limits: configuration.postgresLimits,
      reactor: reactor, observe: watch.observe)
    let database = ActionDatabase(reads: reads.handle, writes: writes.handle) { scope in
      hub.events.changed(scope.tenantID)
    }
    let pipeline = QueryPipeline(
      engine: engine, reads: reads, database: database, eventLoop: eventLoop)
    let actions = ActionRoutes(
      engine: engine, database: database, eventLoop: eventLoop,
      noteUse: pipeline.noteUse(of:))
    let images = [photoRoutes, logoRoutes].flatMap { routes in
      routes(actions, reads, configuration.limits, configuration.cors) { publicURL.value }
    }
    let health = healthRoutes {
      let isUp = reads.isReady && writes.isReady
      if isUp, catalogues.snapshot != nil { return .ready }
      return .notReady(reasons: [isUp ? "catalogues not loaded" : "database unavailable"])
    }
    var routes = graphQLRoutes(pipeline, cors: configuration.cors)
    routes += sites.flatMap(\.routes) + (mailbox?.routes ?? []) + images
    routes += launchRoutes(actions, limits: configuration.limits)
    routes += zapierRoutes(actions, hub, limits: configuration.limits)
    routes += google.map { googleRoutes($0, actions, engine.cookies) } ?? []
    router = Router(routes + health)
    if let reloads {
      catalogues.use(reads.handle)
      let announcements = EventAnnouncements(hub.events, writes, on: eventLoop)
      self.announcements = announcements
      listen = makeListen(
        configuration, reactor, watch, reads: reads, reloads: reloads, announcements)
      var limits = configuration.postgresLimits
      limits.writeConnections = min(limits.writeConnections, configuration.sendsMail ? 3 : 2)
      chores = WritePool(
        settings: configuration.writeSettings, limits: limits, reactor: reactor,
        observe: watch.observe)
    } else {
      announcements = nil
      listen = nil
      chores = nil
    }
    self.reactor = reactor
    self.reloads = reloads
    self.catalogues = catalogues
    self.reads = reads
    self.writes = writes
    seenWriting = SeenWriting(pipeline, writes, limits: configuration.limits, on: eventLoop)
    reads.start()
    writes.start()
    listen?.start()
  }

  /// The workers' way to the database, opened now.
  func openChores() -> WritePoolHandle? {
    chores?.start()
    return chores?.handle
  }

  /// Whether requests can be answered: connections for both pools, and catalogues in memory. The
  /// loop that hears of their edits does so.
  var isReady: Bool {
    reads.isReady && writes.isReady && reloads?.isSettled ?? (catalogues.snapshot != nil)
  }

  /// Writes down what is left to write before the connections close.
  func finish(_ completion: @escaping () -> Void) { seenWriting.finish(completion) }

  func close() {
    announcements?.close()
    listen?.close()
    chores?.close()
    reads.close()
    writes.close()
    reactor.close()
  }
}

/// The connection that hears of edits of the catalogues and of logs that have grown.
private func makeListen(
  _ configuration: ServeConfiguration, _ reactor: Reactor, _ watch: PoolWatch, reads: ReadPool,
  reloads: CatalogueReloads, _ announcements: EventAnnouncements
) -> ListenConnection {
  return ListenConnection(
    channels: ["catalogue", "event"], settings: configuration.listenSettings,
    limits: configuration.postgresLimits, reactor: reactor, observe: watch.observe
  ) { event in
    switch event {
    case .lost: break
    // Without a connection for reads the pool's next one loads them, or the first request that
    // finds them older than the database's.
    case .connected, .reconnected:
      reloads.listening(canRead: reads.isReady)
      announcements.listensAgain()
    case .notification("event", let tenant): announcements.heard(tenant)
    case .notification: if reads.isReady { reloads.reload() }
    }
  }
}

/// Tells the log of the database's coming and going once, however many connections there are.
private final class PoolWatch {
  private let observer: Observer
  /// By pool: since when it has lost connections.
  private var lostAt: [String: ContinuousClock.Instant] = [:]

  init(_ observer: Observer) { self.observer = observer }

  func observe(_ observation: PostgresObservation) {
    switch observation {
    case .connected(let pool):
      guard let lost = lostAt.removeValue(forKey: pool) else { return }
      let away = ContinuousClock.now - lost
      observer.observe(.databaseBack(secondsAway: Double(away.components.seconds)))
    case .connectFailed(let pool, let error, _), .connectionClosed(let pool, let error):
      guard lostAt[pool] == nil else { return }
      lostAt[pool] = .now
      observer.observe(.databaseLost(detail: "\(pool): \(error)"))
    case .batchRepeated(let pool, let sqlState, let statement):
      observer.observe(
        .statementFailed(
          sqlState: sqlState, detail: "prepared again: \(statement) (\(pool))", request: nil))
    }
  }
}
