// keys reseal: seals each secret at rest that another key has sealed under the one that seals now.

import ArgumentParser
import Composition
import Credentials
import Hub
import Postgres

extension Keys {
  struct Reseal: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Seal secrets at rest anew, under the first of SEALING_KEYS.",
      discussion: """
        Reads what `serve` reads; DATABASE_URL names a role that may migrate. Servers may run \
        meanwhile, once each of them knows the new key, and it may be broken off and run again. \
        Exits 1 where a secret does not open: its key is missing, or it was changed.
        """)

    func run() async throws {
      let configuration = try ServeConfiguration(flags: [:])
      guard let keys = configuration.sealingKeys, let name = keys.names.first else {
        throw ConfigurationError.missing("SEALING_KEYS", "name:base64-of-32-random-bytes")
      }
      let done = try await AdminConnection.run(configuration.database) { connection in
        try Resealing(connection, with: keys)
      }
      announce("\(done.resealed) secrets are sealed anew under \(name)")
      for (reason, count) in done.unopened.sorted(by: { $0.key.text < $1.key.text }) {
        progress("\(count) secrets were left as they are: \(reason.text)")
      }
      if !done.unopened.isEmpty { throw ExitCode.failure }
    }
  }
}

extension Resealing.Reason {
  fileprivate var text: String {
    switch self {
    case .unknownKey(let name): "SEALING_KEYS has no key \(name)"
    case .notAuthentic: "they were changed or moved, and open under no key"
    }
  }
}
