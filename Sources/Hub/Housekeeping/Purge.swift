// What is removed once it is over enters; the one statement that takes a batch of it away leaves,
// and what the database answered. The functions themselves say what must stay.

import Execution
package import Postgres
import SQL

/// Something that is over some day. In this order: a link goes after its mails, a session after its
/// refresh tokens.
package enum Purge: String, CaseIterable, Sendable {
  case guesses, linkRequests, challenges, journeys, launchCodes, mails, links, refreshTokens
  case sessions, events, apiTokens, deliveries, keptAnswers

  /// Takes a batch away, in a transaction of its own.
  package func query(_ limits: HousekeepingLimits) -> Query {
    let rowsMax = Parameter(limits.rowsMax)
    return switch self {
    case .guesses: Query(purgeGuesses, [rowsMax])
    case .linkRequests: Query(purgeLinkRequests, [days(limits.linkRequestsKeptDays), rowsMax])
    case .challenges: Query(purgeChallenges, [rowsMax])
    case .journeys: Query(purgeJourneys, [rowsMax])
    case .launchCodes: Query(purgeLaunchCodes, [rowsMax])
    case .mails:
      Query(
        purgeMails, [days(limits.sentMailsKeptDays), days(limits.givenUpMailsKeptDays), rowsMax])
    case .links: Query(purgeLinks, [days(limits.linksKeptDays), rowsMax])
    case .refreshTokens: Query(purgeRefreshTokens, [days(limits.sessionsKeptDays), rowsMax])
    case .sessions:
      Query(
        purgeSessions,
        [
          days(limits.sessionsKeptDays), days(limits.devicesKeptDays),
          days(limits.networksKeptDays), rowsMax,
        ])
    case .apiTokens: Query(purgeApiTokens, [days(limits.apiTokensKeptDays), rowsMax])
    case .deliveries: Query(purgeDeliveries, [days(limits.deliveriesKeptDays), rowsMax])
    case .keptAnswers: Query(purgeKeptAnswers, [.text("\(keptAnswerSeconds)"), rowsMax])
    case .events: Query(purgeEvents, [days(limits.eventsKeptDays), rowsMax])
    }
  }
}

/// What became of a batch.
package struct PurgedBatch: Sendable, Hashable {
  package let removed: Int
  /// Those removed, and those found to be needed still. As many as `rowsMax`: there may be more.
  package let lookedAt: Int

  /// Reads the answer to a `Purge`'s statement.
  package init(_ rows: Rows) throws(DatabaseError) {
    guard let removed = rows.integer(0, 0), let lookedAt = rows.integer(0, 1) else {
      throw .desynchronised(detail: "a purge without its counts")
    }
    self.removed = removed
    self.lookedAt = lookedAt
  }
}

private let purgeGuesses = statement("purge_guesses($1)")
private let purgeLinkRequests = statement("purge_link_requests($1, $2)")
private let purgeChallenges = statement("purge_challenges($1)")
private let purgeJourneys = statement("purge_journeys($1)")
private let purgeLaunchCodes = statement("purge_launch_codes($1)")
private let purgeMails = statement("purge_mails($1, $2, $3)")
private let purgeLinks = statement("purge_links($1, $2)")
private let purgeRefreshTokens = statement("purge_refresh_tokens($1, $2)")
private let purgeApiTokens = statement("purge_api_tokens($1, $2)")
private let purgeDeliveries = statement("purge_deliveries($1, $2)")
private let purgeKeptAnswers = statement("purge_kept_answers($1, $2)")
private let purgeEvents = statement("purge_events($1, $2)")
private let purgeSessions = PreparedStatement(
  "SELECT removed, looked_at FROM purge_sessions($1, $2, $3, $4)")

/// Of a function that removes whatever it looks at.
private func statement(_ call: String) -> PreparedStatement {
  PreparedStatement("SELECT removed, removed AS looked_at FROM \(call) AS removed")
}

private func days(_ days: Int) -> Parameter { .text("\(days * 86_400)") }
