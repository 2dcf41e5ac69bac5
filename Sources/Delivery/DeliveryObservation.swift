// What happens to mails, as facts for the log; their wording is elsewhere. None holds an address, a
// name, a link or a mail server's words, which may repeat them: those stand in the table `mail`.

package import Credentials
package import Postgres

/// An event of the mail worker.
package enum DeliveryObservation: Sendable {
  /// An attempt failed; the next one follows.
  case mailDelayed(UniqueID, kind: String, attempt: Int, retrySeconds: Double)
  /// Nobody tries it any more: it has to be looked at.
  case mailGivenUp(UniqueID, kind: String, attempt: Int)
  /// Told once until it is back.
  case mailServerLost
  case mailServerBack(secondsAway: Double)
  /// Nothing is sent to it any more: it is gone, or has taken nothing for days.
  case webhookDisabled(UniqueID)
  /// Told once until it is back.
  case outboxFailed(DatabaseError)
}
