// What webhooks are to be told leaves the database, what came of it enters. Each call is one batch,
// so that nothing is locked while anybody else's server is spoken to.

package import Credentials
package import Postgres
import SQL

/// A message to a webhook, claimed for a while.
package struct WebhookDelivery: Sendable, Hashable {
  package let tenant: UniqueID
  package let webhook: UniqueID
  package let id: UniqueID
  let url: String
  /// The envelopes of the secrets that sign: the present one, and for a while the one before.
  package let sealedSecrets: [[UInt8]]
  let messageID: String
  /// This attempt's number, from 1.
  let attempt: Int
  let body: String
  /// Whether the webhook took nothing the last time.
  let isFailing: Bool
}

/// What the database says of an attempt once it is written down.
enum DeliveryOutcome: String, Sendable {
  case delivered
  case delayed
  case givenUp = "given_up"
  /// The webhook is told nothing any more.
  case disabled
  /// Somebody else has it by now, or nobody any more.
  case overtaken
}

/// The way to the tables of webhooks.
package struct WebhookOutbox: Sendable {
  private let database: WritePoolHandle
  private let limits: WebhookLimits

  package init(_ database: WritePoolHandle, _ limits: WebhookLimits) {
    self.database = database
    self.limits = limits
  }

  /// Makes deliveries of what has been written to the logs since.
  /// - Returns: whether there may be more.
  func spread() async throws(DatabaseError) -> Bool {
    let rows = try await ask(
      spreadEvents, [Parameter(limits.webhooksAtOnce), Parameter(limits.eventsAtOnce)])
    return rows.integer(0, 0) ?? 0 > 0
  }

  /// Takes what is due, of any webhook.
  /// - Parameters:
  ///   - most: how much of it.
  ///   - failing: how much of that to webhooks that took nothing the last time.
  func claim(most: Int, failing: Int) async throws(DatabaseError) -> [WebhookDelivery] {
    let rows = try await ask(
      claimDeliveries,
      [seconds(limits.leaseSeconds), Parameter(most), Parameter(failing), nil, nil])
    return try (0..<rows.rowCount).map { row throws(DatabaseError) in
      try WebhookDelivery(rows, row)
    }
  }

  /// Takes what is due next to the webhook that a delivery was for; nil where nothing is.
  func claimNext(after delivery: WebhookDelivery) async throws(DatabaseError) -> WebhookDelivery? {
    let rows = try await ask(
      claimDeliveries,
      [
        seconds(limits.leaseSeconds), Parameter(1), Parameter(1), parameter(delivery.tenant),
        parameter(delivery.webhook),
      ])
    return try rows.isEmpty ? nil : WebhookDelivery(rows, 0)
  }

  /// Writes down what came of an attempt.
  /// - Parameter retrySeconds: nil gives the delivery up, where it failed.
  func ended(
    _ delivery: WebhookDelivery, _ attempt: WebhookAttempt, retrySeconds: Double?
  ) async throws(DatabaseError) -> DeliveryOutcome {
    let rows = try await ask(
      deliveryEnded,
      [
        parameter(delivery.tenant), parameter(delivery.webhook), parameter(delivery.id),
        Parameter(delivery.attempt), Parameter(attempt.status), Parameter(attempt.failure),
        Parameter(attempt.milliseconds), retrySeconds.map(seconds) ?? .null,
        seconds(limits.failingSecondsMax),
      ])
    guard let outcome = rows.string(0, 0).flatMap(DeliveryOutcome.init) else {
      throw .desynchronised(detail: "an attempt without an outcome")
    }
    return outcome
  }

  private func ask(
    _ statement: PreparedStatement, _ parameters: [Parameter]
  ) async throws(DatabaseError) -> Rows {
    let answers = try await database.submit(Batch([Query(statement, parameters)]))
    guard let rows = answers.first else {
      throw .desynchronised(detail: "a statement of the webhooks without a result")
    }
    return rows
  }
}

private let spreadEvents = PreparedStatement("SELECT spread_events($1, $2)")
private let claimDeliveries = PreparedStatement(
  """
  SELECT tenant_id, webhook_id, id, url, encode(sealed, 'hex'), encode(sealed_previous, 'hex'), \
  message_id, attempts, body, is_failing FROM claim_deliveries($1, $2, $3, $4, $5)
  """)
private let deliveryEnded = PreparedStatement(
  "SELECT delivery_ended($1, $2, $3, $4, $5, $6, $7, $8, $9)")

private func parameter(_ id: UniqueID) -> Parameter { .uuid(high: id.high, low: id.low) }
private func seconds(_ seconds: Double) -> Parameter { .text("\(seconds)") }

extension WebhookDelivery {
  /// - Throws: `desynchronised` where the row is none of `claim_deliveries`.
  fileprivate init(_ rows: Rows, _ row: Int) throws(DatabaseError) {
    guard let tenant = rows.string(row, 0).flatMap({ UniqueID($0) }),
      let webhook = rows.string(row, 1).flatMap({ UniqueID($0) }),
      let id = rows.string(row, 2).flatMap({ UniqueID($0) }), let url = rows.string(row, 3),
      let secret = rows.string(row, 4), let messageID = rows.string(row, 6),
      let attempt = rows.integer(row, 7), let body = rows.string(row, 8)
    else { throw .desynchronised(detail: "a row that is no delivery") }
    self.tenant = tenant
    self.webhook = webhook
    self.id = id
    self.url = url
    sealedSecrets = [secret, rows.string(row, 5)].compactMap { $0.map(bytes(hexadecimal:)) }
    self.messageID = messageID
    self.attempt = attempt
    self.body = body
    isFailing = rows.boolean(row, 9) ?? false
  }
}

/// As the database writes them: two digits a byte.
private func bytes(hexadecimal text: String) -> [UInt8] {
  let digits = text.utf8.map { $0 < UInt8(ascii: "a") ? $0 - 48 : $0 - 87 }
  return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
}
