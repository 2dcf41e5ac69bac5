// audit: signs the heads of the companies' logs, and verifies chains and signatures.

import ArgumentParser
import Composition
import Credentials
import Foundation
import Hub
import Postgres

struct Audit: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Sign the heads of the companies' logs, and verify chains and signatures.",
    discussion: "Reads what `serve` reads; DATABASE_URL names a role that may migrate.",
    subcommands: [Sign.self, Verify.self])
}

extension Audit {
  struct Sign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Sign now whatever has moved since it was last signed, such as before a backup.",
      discussion: "Prints each signature, one a line: keep them away from the database.")

    func run() async throws {
      let configuration = try ServeConfiguration(flags: [:])
      guard let keys = configuration.auditKeys else {
        throw ConfigurationError.missing("AUDIT_KEYS", "name:base64-of-32-random-bytes")
      }
      let signed = try await AdminConnection.run(configuration.database) { connection in
        try signHeads(connection, keys)
      }
      for one in signed { announce(one.line) }
      progress("\(signed.count) heads are signed")
    }
  }

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Verify that no event was changed, added or taken out since it was written.",
      discussion: """
        Follows each chain and verifies the signatures that the database has. With --kept, also \
        those that were kept elsewhere: lines that `audit sign` printed or a server logged; \
        whoever can write to the database can remove what it has. Names the first broken link of \
        each company and exits 1 where there is one.
        """)
    @Argument(help: "Companies' ids; all of them otherwise.") var companies: [String] = []
    @Option(help: "A file with signatures that were kept outside of the database.")
    var kept: String?

    func run() async throws {
      let configuration = try ServeConfiguration(flags: [:])
      let ids = try companies.map { text in
        guard let id = UniqueID(text) else { throw ValidationError("An id is a uuid: \(text)") }
        return "\(id)"
      }
      let kept = try kept.map { try KeptSignature.read(file: $0) } ?? []
      let keys = configuration.auditKeys
      let report = try await AdminConnection.run(configuration.database) { connection in
        var verification = AuditVerification(keys: keys)
        try verification.followChains(of: ids, connection)
        try verification.verifySignatures(of: Set(ids), connection)
        try verification.verify(kept, connection)
        return verification
      }
      for problem in report.problems { announce(problem) }
      progress("\(report.chains) chains and \(report.signatures) signatures were verified")
      if report.unverified > 0 {
        progress("\(report.unverified) signatures were not: AUDIT_KEYS lacks their keys")
      }
      if !report.problems.isEmpty { throw ExitCode.failure }
    }
  }
}

/// Signs every head that has moved since it was last signed.
private func signHeads(
  _ connection: AdminConnection, _ keys: AuditKeys
) throws -> [HeadSignature] {
  var signed: [HeadSignature] = []
  var next: String?
  repeat {
    let page = try HeadsToSign(
      try connection.execute(HeadsToSign.query(after: next, pauseSeconds: 0)),
      now: Int(Date().timeIntervalSince1970))
    for head in page.heads {
      let one = HeadSignature(head, by: keys)
      if try connection.execute(one.keep).boolean(0, 0) == true { signed.append(one) }
    }
    next = page.next
  } while next != nil
  return signed
}
