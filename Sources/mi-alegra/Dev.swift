// dev: a private PostgreSQL cluster, the schema, demo companies and the hub, brought up by one
// command and taken down by Ctrl-C.

import ArgumentParser
import Cluster
import Composition
import Configuration
import Credentials
import Delivery
import Foundation
import Postgres

struct Dev: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run everything for development: a private PostgreSQL, demo companies, the hub.")

  @Option(help: "The address to listen on.") var host = "127.0.0.1"
  @Option(help: "The port to listen on; 0 takes a free one.") var port = 8080
  @Option(help: "Where the cluster lives; made on the first run.") var data: String?
  @Option(help: "A manifest of documents; only those are run.") var trustedDocuments: String?

  func run() async throws {
    // Before the cluster starts, so that a Ctrl-C from now on ends everything in order.
    let shutdown = Shutdown()
    let directory = data ?? defaultDataDirectory()
    progress("Starting PostgreSQL in \(directory) ..")
    let cluster = try LocalCluster.start(directory: directory, settings: .development)
    do {
      try await run(cluster, shutdown)
    } catch {
      try? cluster.stop()
      throw error
    }
    progress("Stopping PostgreSQL ..")
    try cluster.stop()
  }

  private func run(_ cluster: LocalCluster, _ shutdown: Shutdown) async throws {
    try await prepareDatabase(cluster)
    var flags: [AbsoluteConfigKey: ConfigValue] = [
      "host": ConfigValue(.string(host), isSecret: false),
      "port": ConfigValue(.int(port), isSecret: false),
      "database.url": ConfigValue(
        .string(cluster.connectionInfo(database: databaseName, user: "hub_app_read")),
        isSecret: false),
      "token.keys": ConfigValue(.string(try keys("token-keys", cluster)), isSecret: true),
      "sealing.keys": ConfigValue(.string(try keys("sealing-keys", cluster)), isSecret: true),
      "audit.keys": ConfigValue(.string(try keys("audit-keys", cluster)), isSecret: true),
      "cookies.secure": ConfigValue(.bool(false), isSecret: false),
      "outbound.loopback": ConfigValue(.bool(true), isSecret: false),
      "explorer": ConfigValue(.bool(true), isSecret: false),
    ]
    flags["trusted.documents"] = trustedDocuments.map {
      ConfigValue(.string($0), isSecret: false)
    }
    if ProcessInfo.processInfo.environment["MAIL_FROM"] == nil {
      flags["mail.from"] = ConfigValue(
        .string("Mi Alegra <mi-alegra@localhost>"), isSecret: false)
    }
    var configuration = try ServeConfiguration(flags: flags)
    configuration.demoLogins = demoLogins
    if configuration.mail.server == nil { configuration.mailShelf = MailShelf() }
    // Whoever develops waits for what they have just asked for.
    configuration.mail.limits.pollSeconds = 0.2
    let hub = try await RunningHub.start(configuration, observer: makeObserver())
    try await hub.untilReady()
    announce("ready \(hub.url)")
    progress(welcome(hub.url, cluster, showsMails: configuration.mailShelf != nil))
    await shutdown.requested()
    progress("\nAnswering what is in flight ..")
    await hub.stop()
  }

  /// Makes the database where it is missing, migrates it and loads the demo companies.
  private func prepareDatabase(_ cluster: LocalCluster) async throws {
    let known = try cluster.psql(
      "SELECT count(*) FROM pg_database WHERE datname = '\(databaseName)'", database: "postgres")
    if known == "0" {
      try cluster.psql(
        "CREATE DATABASE \(databaseName) TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'",
        database: "postgres")
    }
    let info = cluster.connectionInfo(database: databaseName, user: cluster.superuser)
    try await AdminConnection.run(try ConnectionSettings(info)) { connection in
      try Migrator(connection).apply(embeddedMigrations()) { migration in
        progress("Migrating: \(migration.name)")
      }
      if let script = embeddedScript("demo/demo.sql") {
        try connection.transaction { _ = try connection.execute(script: script) }
      }
    }
  }

  /// The keys of this development hub, kept beside its cluster so that a restart signs nobody out
  /// and opens what was sealed.
  private func keys(_ name: String, _ cluster: LocalCluster) throws -> String {
    let file = "\(cluster.directory)/\(name)"
    if let kept = try? String(contentsOfFile: file, encoding: .utf8) { return kept }
    let keys = try NamedSecret.makeEntry(name: "dev")
    let isMade = FileManager.default.createFile(
      atPath: file, contents: Data(keys.utf8), attributes: [.posixPermissions: 0o600])
    guard isMade else { throw ConfigurationError.invalid(file, "cannot be written") }
    return keys
  }
}

private let databaseName = "mi_alegra"

/// Outside the clone for root, where the postgres user may enter; in the clone otherwise.
private func defaultDataDirectory() -> String {
  let here = FileManager.default.currentDirectoryPath
  guard getuid() == 0 else { return here + "/.dev" }
  // A name of its own for each clone: FNV-1a over the path.
  let hash = here.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) {
    ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3
  }
  return "/var/tmp/mi-alegra-" + String(hash, radix: 16)
}

private func welcome(_ url: String, _ cluster: LocalCluster, showsMails: Bool) -> String {
  let mails = showsMails ? "\nRead the mails it would send at \(url)/dev/mail" : ""
  let logins = demoLogins.map { login in
    "  \(login.email.padding(toLength: 24, withPad: " ", startingAt: 0))\(login.person)"
  }
  let signIn = """
    {"query":"mutation { signIn(input: {email: \\"\(demoLogins[0].email)\\", \
    password: \\"\(demoPassword)\\"}) { session { accessToken } userErrors { message } } }"}
    """
  return """

    Mi Alegra answers at \(url)/graphql
    Explore it in a browser at \(url)/explorer\(mails)

    Sign in as (the password of all is \(demoPassword)):
    \(logins.joined(separator: "\n"))

    Try it:
      TOKEN=$(curl -s \(url)/graphql -H 'Content-Type: application/json' \\
        -d '\(signIn)' \\
        | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')
      curl -s \(url)/graphql -H 'Content-Type: application/json' \\
        -H "Authorization: Bearer $TOKEN" \\
        -d '{"query":"{ company { legalName } solutions { name status } profile { displayName } }"}'

    For operators, who begin with "select * from ops.help();":
      \(cluster.psqlCommand(database: databaseName, user: cluster.superuser))

    Ctrl-C stops everything.
    """
}
