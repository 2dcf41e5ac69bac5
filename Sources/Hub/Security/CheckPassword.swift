// A typed password and a stored hash come in, whether they belong together leaves: each guess is
// counted before it is looked at, and scrypt runs with no transaction open.

import Credentials
import Execution
import Postgres
import SQL

private let countGuess = PreparedStatement(
  "SELECT allowed, retry_after_seconds FROM count_guess($1, $2, $3)")
private let passwordOf = PreparedStatement("SELECT password_hash FROM password_of_account($1)")

extension HubServices {
  /// Counts a guess at the password of an address.
  func countedGuess(_ email: String) -> Query {
    Query(
      countGuess,
      [.text(email), Parameter(lifetimes.guessesMax), Parameter(lifetimes.guessWindowSeconds)])
  }

  /// - Parameter counted: the answer of `countedGuess`.
  /// - Throws: `rateLimited` where there were too many.
  func requireAllowed(_ counted: Rows) throws {
    guard counted.boolean(0, 0) == true else {
      throw ActionRefusal.rateLimited(retryAfterSeconds: counted.integer(0, 1) ?? 60)
    }
  }

  /// The hash to verify a member's password against, once the guess was counted.
  /// - Throws: `rateLimited` where there were too many.
  func storedPassword(
    of member: RequestContext, email: String, _ context: ActionContext
  ) async throws -> String? {
    let found = try await context.write([
      countedGuess(email), Query(passwordOf, [member.scope.account]),
    ])
    try requireAllowed(found[0])
    return found[1].string(0, 0)
  }

  /// Whether the password is the one behind the hash; the same work is done where there is none.
  func check(_ password: Password?, _ hash: PasswordHash?) async throws -> Bool {
    guard let password = password ?? Password(typed: " ") else { return false }
    do throws(PasswordQueueError) {
      return try await passwords.verify(password, against: hash)
    } catch {
      throw ActionRefusal.overloaded
    }
  }

  func hash(_ password: Password) async throws -> PasswordHash {
    do throws(PasswordQueueError) {
      return try await passwords.hash(password)
    } catch {
      throw ActionRefusal.overloaded
    }
  }
}
