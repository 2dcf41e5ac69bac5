// One mail as it leaves the house, before it is bytes.

/// A mail with everything that a mail server and a reader need.
package struct OutgoingMail: Sendable, Hashable {
  /// Stays the same for every attempt, so that a repetition shows (RFC 5322, section 3.6.4).
  package var messageID: String
  /// One address without a name.
  package var to: String
  package var subject: String
  package var text: String
  package var html: String

  package init(messageID: String, to: String, subject: String, text: String, html: String) {
    self.messageID = messageID
    self.to = to
    self.subject = subject
    self.text = text
    self.html = html
  }
}
