// serve: runs the hub against a PostgreSQL that is already there.

import ArgumentParser
import Composition
import Configuration

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the hub against a PostgreSQL 15 or newer.",
    discussion: """
      Configured by environment variables, which flags override:

        DATABASE_URL                where PostgreSQL is; roles are added to it
        TOKEN_KEYS                  name:base64,..; the first key signs
        TOKEN_KEYS_FILE             a file with the keys, where TOKEN_KEYS is not set
        HOST, PORT                  where to listen (127.0.0.1, 8080)
        EVENT_LOOPS                 threads that answer requests (1)
        DATABASE_READ_CONNECTIONS   pipelined connections a loop for reads (4)
        DATABASE_WRITE_CONNECTIONS  connections a loop for mutations (4)
        DATABASE_POOLER             true behind PgBouncer: no prepared statements
        COOKIES_SECURE              false only where the site has no TLS (true)
        EXPLORER                    true serves the explorer at /explorer (false)
        TOKEN_ISSUER, TOKEN_AUDIENCE
      """)

  @Option(help: "The address to listen on.") var host: String?
  @Option(help: "The port to listen on; 0 takes a free one.") var port: Int?
  @Option(help: "Where PostgreSQL is, as DATABASE_URL.") var databaseUrl: String?
  @Flag(help: "Serve a page to explore the schema with, at /explorer.") var explorer = false

  func run() async throws {
    let shutdown = Shutdown()
    var flags: [AbsoluteConfigKey: ConfigValue] = [:]
    flags["host"] = host.map { ConfigValue(.string($0), isSecret: false) }
    flags["port"] = port.map { ConfigValue(.int($0), isSecret: false) }
    flags["database.url"] = databaseUrl.map { ConfigValue(.string($0), isSecret: true) }
    if explorer { flags["explorer"] = ConfigValue(.bool(true), isSecret: false) }
    let hub = try await RunningHub.start(
      try ServeConfiguration(flags: flags), observer: makeObserver())
    announce("ready \(hub.url)")
    await shutdown.requested()
    await hub.stop()
  }
}
