// A way to the database and the audit keys enter; now and then the heads of logs that have moved
// are signed, kept and logged. Several servers share it: of two, one keeps a signature.

import Credentials
import Hub
import Postgres
import Server

/// Signs the heads of logs until it is stopped.
struct AuditSigning: Sendable {
  private let task: Task<Void, Never>

  /// - Parameter pauseSeconds: between two signatures of one log.
  static func start(
    _ database: WritePoolHandle, _ keys: AuditKeys, pauseSeconds: Int, _ observer: Observer
  ) -> AuditSigning {
    AuditSigning(
      task: Task {
        // Servers that start together do not look together; what is due is found within an hour.
        var wait = Double.random(in: 0...min(firstRoundSecondsMax, Double(pauseSeconds)))
        while (try? await Task.sleep(for: .seconds(wait))) != nil {
          do throws(DatabaseError) {
            try await sign(database, keys, pauseSeconds, observer)
          } catch .connectionLost {
            // Told by the pool.
          } catch {
            observer.observe(.failure("heads of logs were left unsigned: \(error)"))
          }
          wait = Double(min(pauseSeconds, roundSecondsMax))
        }
      })
  }

  /// Returns when what is being signed has come to its end.
  func stop() async {
    task.cancel()
    await task.value
  }
}

private let firstRoundSecondsMax = 60.0
private let roundSecondsMax = 3600

private func sign(
  _ database: WritePoolHandle, _ keys: AuditKeys, _ pauseSeconds: Int, _ observer: Observer
) async throws(DatabaseError) {
  var next: String?
  repeat {
    let query = HeadsToSign.query(after: next, pauseSeconds: pauseSeconds)
    let page = try HeadsToSign(
      try await database.submit(Batch([query]))[0], now: secondsSince1970())
    for head in page.heads where !Task.isCancelled {
      let signed = HeadSignature(head, by: keys)
      let kept = try await database.submit(Batch([signed.keep]))[0]
      if kept.boolean(0, 0) == true { observer.observe(signed.observation) }
    }
    next = page.next
  } while next != nil && !Task.isCancelled
}

extension HeadSignature {
  fileprivate var observation: Observation {
    .headSigned(
      tenant: head.tenant, sequence: head.sequence, hash: head.hash, at: head.signedAt,
      key: keyName, signature: hexadecimal(signature[...]))
  }
}
