// A typed password and a stored hash come in, whether they belong together leaves: each guess is
// counted before it is looked at, and scrypt runs with no transaction open.

import Credentials
import Execution
import Postgres
import SQL

private let passwordOf = PreparedStatement("SELECT password_hash FROM password_of_account($1)")
private let countGuess = PreparedStatement(
  "SELECT allowed, retry_after_seconds FROM count_guess($1, $2, $3, $4, $5, $6, $7, $8)")
private let countMails = PreparedStatement(
  "SELECT allowed, retry_after_seconds FROM count_mail_request($1, $2, $3)")
private let giveBackGuess = PreparedStatement("SELECT give_back_guess($1)")

extension HubServices {
  /// Counts a guess at the password of an address, before there is a session.
  /// - Parameter device: what the client shows for having signed in before, where not by a cookie.
  func countedGuess(
    _ email: String, from facts: CallerFacts, device presented: String? = nil
  ) -> Query {
    let device = knownDevice(facts, presented)
    return countedGuess(email, from: facts, by: device?.account, device?.hash)
  }

  /// Counts a guess at one's own password: who is signed in is no stranger, whatever the network.
  func countedGuess(_ email: String, of member: RequestContext, from facts: CallerFacts) -> Query {
    let account = member.row["account_id"].flatMap { UniqueID($0) }
    let session = member.row["session_id"].flatMap { UniqueID($0) }
    return countedGuess(email, from: facts, by: account, session.map { sha256($0.bytes) })
  }

  private func countedGuess(
    _ email: String, from facts: CallerFacts, by account: UniqueID?, _ device: [UInt8]?
  ) -> Query {
    Query(
      countGuess,
      [
        .text(email), .text(facts.addressRange.text),
        account.map { .uuid(high: $0.high, low: $0.low) } ?? .null,
        device.map { .binary($0) } ?? .null, Parameter(guesses.guessesMax),
        Parameter(guesses.strangerGuessesMax), Parameter(guesses.clientGuessesMax),
        Parameter(guesses.guessWindowSeconds),
      ])
  }

  /// Gives back what a guess took that was right.
  func rightGuess(
    of account: UniqueID, from facts: CallerFacts, device presented: String? = nil
  ) -> [Query] {
    if knownDevice(facts, presented)?.account == account { return [] }
    return [Query(giveBackGuess, [.text(facts.addressRange.text)])]
  }

  private func knownDevice(_ facts: CallerFacts, _ presented: String?) -> DeviceToken? {
    (presented ?? facts.deviceCookie).flatMap { devices.read(presented: $0) }
  }

  /// - Parameter counted: the answer of `countedGuess`.
  /// - Throws: `rateLimited` where there were too many.
  func requireAllowed(_ counted: Rows) throws {
    guard counted.boolean(0, 0) == true else {
      throw ActionRefusal.rateLimited(retryAfterSeconds: counted.integer(0, 1) ?? 60)
    }
  }

  /// Counts a request for a mail with a link, before anything is asked of its address.
  /// - Throws: `rateLimited` where there were too many of this client.
  func countMailRequest(_ context: ActionContext) async throws {
    try requireAllowed(
      try await context.database.write([
        Query(
          countMails,
          [
            .text(context.facts.addressRange.text), Parameter(guesses.clientMailsMax),
            Parameter(guesses.guessWindowSeconds),
          ])
      ])[0])
  }

  /// The hash to verify a member's password against, once the guess was counted.
  /// - Throws: `rateLimited` where there were too many.
  func storedPassword(
    of member: RequestContext, email: String, _ context: ActionContext
  ) async throws -> String? {
    let found = try await context.prepare([
      countedGuess(email, of: member, from: context.facts),
      Query(passwordOf, [member.scope.account]),
    ])
    try requireAllowed(found[0])
    return found[1].string(0, 0)
  }

  /// Whether the password is the one behind the hash; the same work is done where there is none.
  /// - Parameter facts: whose share of the work it is.
  func check(
    _ password: Password?, _ hash: PasswordHash?, for facts: CallerFacts
  ) async throws -> Bool {
    guard let password = password ?? Password(typed: " ") else { return false }
    do throws(PasswordQueueError) {
      return try await passwords.verify(
        password, against: hash, for: facts.addressRange.text)
    } catch {
      throw ActionRefusal.overloaded
    }
  }

  func hash(_ password: Password, for facts: CallerFacts) async throws -> PasswordHash {
    do throws(PasswordQueueError) {
      return try await passwords.hash(password, for: facts.addressRange.text)
    } catch {
      throw ActionRefusal.overloaded
    }
  }
}
