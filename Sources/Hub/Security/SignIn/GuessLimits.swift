// How often secrets may be guessed, before anything is compared. What is refused by these is
// RATE_LIMITED, with the time to wait.

/// Each bucket fills again within the window. The reasons stand in Migrations/0032_guesses.sql.
package struct GuessLimits: Sendable, Hashable {
  /// At one account, from one client.
  package var guessesMax = 10
  /// At one account, from all clients together that it does not know.
  package var strangerGuessesMax = 50
  /// From one client, at all accounts together; what was right does not count.
  package var clientGuessesMax = 100
  package var guessWindowSeconds = 15 * 60
  /// Mails with a link that one client asks for in the window, to all addresses together.
  package var clientMailsMax = 60
  /// At the second factor, of one sign-in.
  package var challengeGuessesMax = 5

  package init() {}
}
