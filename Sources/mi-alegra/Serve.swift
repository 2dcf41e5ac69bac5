// serve: runs the hub against a PostgreSQL that is already there.

import ArgumentParser
import Composition
import Configuration
import Server

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the hub against a PostgreSQL 15 or newer.",
    discussion: settings)

  @Option(help: "The address to listen on.") var host: String?
  @Option(help: "The port to listen on; 0 takes a free one.") var port: Int?
  @Option(help: "Where PostgreSQL is, as DATABASE_URL.") var databaseUrl: String?
  @Option(help: "A manifest of documents; only those are run.") var trustedDocuments: String?
  @Flag(help: "Serve a page to explore the schema with, at /explorer.") var explorer = false

  func run() async throws {
    let shutdown = Shutdown()
    if let databaseUrl { try settingsOfArgument(databaseUrl) }
    var flags: [AbsoluteConfigKey: ConfigValue] = [:]
    flags["host"] = host.map { ConfigValue(.string($0), isSecret: false) }
    flags["port"] = port.map { ConfigValue(.int($0), isSecret: false) }
    flags["database.url"] = databaseUrl.map { ConfigValue(.string($0), isSecret: true) }
    flags["trusted.documents"] = trustedDocuments.map {
      ConfigValue(.string($0), isSecret: false)
    }
    if explorer { flags["explorer"] = ConfigValue(.bool(true), isSecret: false) }
    let configuration = try ServeConfiguration(flags: flags)
    if configuration.mail.server != nil, configuration.publicURL == nil {
      throw ConfigurationError.missing(
        "PUBLIC_URL", "https://hub.example.com; links in mails begin with it")
    }
    let hub = try await RunningHub.start(configuration, observer: makeObserver())
    announce("ready \(hub.url)")
    await shutdown.requested()
    await hub.stop()
  }
}

/// Every setting, for the help.
private let settings = """
  Configured by environment variables, which flags override:

    DATABASE_URL                where PostgreSQL is; roles are added to it
    TOKEN_KEYS                  name:base64,..; the first key signs
    TOKEN_KEYS_FILE             a file with the keys, where TOKEN_KEYS is not set
    SEALING_KEYS, .._FILE       the same for secrets at rest: second factors need one
    HOST, PORT                  where to listen (127.0.0.1, 8080)
    PUBLIC_URL                  where people reach it: https://hub.example.com (HOST, PORT)
    EVENT_LOOPS                 threads that answer requests (1)
    DATABASE_READ_CONNECTIONS   pipelined connections a loop for reads (4)
    DATABASE_WRITE_CONNECTIONS  connections a loop for mutations (4)
    DATABASE_POOLER             true behind PgBouncer: no prepared statements (false)
    DATABASE_LISTEN_URL         then: the way to PostgreSQL past it, for LISTEN
    COOKIES_SECURE              false only where the site has no TLS (true)
    EXPLORER                    true serves the explorer at /explorer (false)
    TOKEN_ISSUER, TOKEN_AUDIENCE

    SMTP_URL                    smtp://user:password@host:587 or smtps://..; without it mails
                                wait in the outbox. STARTTLS is required unless the server is on
                                this machine; ?starttls=optional or off says otherwise
    SMTP_AUTHORITIES_FILE       who may vouch for the server, PEM (the system's authorities)
    MAIL_FROM                   whom mails come from: Mi Alegra <hub@example.com>
    MAIL_SEND_TIMEOUT_SECONDS   for the server to take a mail (30)
    MAIL_RETRY_SECONDS          before a mail is tried again, doubling with each failure (15)
    MAIL_ATTEMPTS_MAX           before it is given up (16)
    MAIL_LEASE_SECONDS          before another server takes over what one has begun to send (120)
    MAIL_POLL_SECONDS           between two looks at the outbox (1)

    WEBHOOK_RETRY_SECONDS       the waits behind failed attempts at telling a webhook, with commas
                                between them (5,300,1800,7200,18000,36000,50400,72000,86400)
    WEBHOOK_FAILING_SECONDS     until one that takes nothing is disabled (432000)
    WEBHOOK_LEASE_SECONDS       before another server takes over what one has begun to send (60)
    WEBHOOK_POLL_SECONDS        between two looks at what happened (1)

    TLS_CERTIFICATE_FILE        the certificate chain, PEM; with its key: https
    TLS_KEY_FILE                its private key, PEM
    CORS_ORIGINS                pages that may ask: https://app.example.com,.. or * (none)
    CORS_CREDENTIALS            true lets cookies ride along (false)
    CORS_MAX_AGE_SECONDS        how long a browser remembers that (600)
    TRUSTED_PROXIES             whose X-Forwarded-For is believed: 10.0.0.0/8,.. (none)

    GUESSES_MAX                 guesses at one account from one network, in a window (10)
    STRANGER_GUESSES_MAX        from all networks together that it does not know (50)
    CLIENT_GUESSES_MAX          from one network at all accounts together (100)
    CLIENT_MAILS_MAX            mails with links that one network asks for, in a window (60)
    GUESS_WINDOW_SECONDS        how long until all of these have come back (900)

    HOUSEKEEPING_SECONDS        between two looks for what is past keeping (3600)
    SENT_MAILS_KEPT_DAYS        mails, since they were sent (30)
    GIVEN_UP_MAILS_KEPT_DAYS    mails, since they were given up (90)
    LINKS_KEPT_DAYS             links of mails, since their time was over (30)
    SESSIONS_KEPT_DAYS          sessions and refresh tokens, since they ended (30)
    DEVICES_KEPT_DAYS           the last session of a device: who signs in from there again is
                                not told of a new device (400)

    EVENTS_KEPT_DAYS            what changed, and who did it, in the log of a company: its links
                                stay for good (730)
    AUDIT_KEYS, .._FILE         keys that sign the heads of those logs (they are not signed)
    AUDIT_SECONDS               between two signatures of one log (86400)

    GOOGLE_CLIENT_ID            what this hub is to Google (nobody signs in with Google)
    GOOGLE_CLIENT_SECRET        its secret; Google sends people to PUBLIC_URL/auth/google/return
    GOOGLE_ISSUER               another OpenID provider, for tests (https://accounts.google.com)

    INTROSPECTION               false refuses __schema and __type (true)
    SUGGESTIONS                 false leaves "Did you mean" out of messages (true)
    PERSISTED_QUERIES           false keeps no queries by their hash (true)
    TRUSTED_DOCUMENTS           a manifest: only its documents are run (any)

  The limits, with what they are unless set. Sizes are bytes; those named SECONDS may be fractions.

  \(limits)
  """

private let limits = LimitSetting.all.map { setting in
  let value = setting.standard
  return "  " + setting.variable.padded(to: 28) + value.padded(to: 11) + setting.meaning
}.joined(separator: "\n")

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - count))
  }
}
