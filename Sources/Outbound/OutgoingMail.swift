// One mail as it leaves the house, before it is bytes; and what became of handing it over.

/// A mail with everything that a mail server and a reader need.
package struct OutgoingMail: Sendable, Hashable {
  /// Stays the same for every attempt, so that a repetition shows (RFC 5322, section 3.6.4).
  package var messageID: String
  /// One address without a name.
  package var to: String
  package var subject: String
  package var text: String
  package var html: String
  /// When it was asked for: the same for every attempt, like all else of it.
  package var secondsSince1970: Int

  package init(
    messageID: String, to: String, subject: String, text: String, html: String,
    secondsSince1970: Int
  ) {
    self.messageID = messageID
    self.to = to
    self.subject = subject
    self.text = text
    self.html = html
    self.secondsSince1970 = secondsSince1970
  }
}

/// What became of one attempt. The texts are for operators; they may hold the mail server's words.
package enum MailOutcome: Sendable, Hashable {
  /// The mail server took it.
  case sent
  /// The mail server will never take this mail.
  case refused(String)
  /// Not this mail at this time; another one may go.
  case deferred(String)
  /// The mail server is not reached, or does not let us in: no mail goes.
  case unreachable(String)
}
