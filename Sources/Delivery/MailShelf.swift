// Mails enter instead of leaving the house, and are looked at by whoever develops: the latest of
// them, as long as the process runs.

package import Outbound
internal import Synchronization

/// Where `dev` puts mails without a mail server.
package final class MailShelf: Sendable {
  /// Mails that are kept; of more the oldest goes.
  package let mailsMax: Int
  private let shelved = Mutex<[OutgoingMail]>([])

  package init(mailsMax: Int = 500) {
    self.mailsMax = max(1, mailsMax)
  }

  /// One that lies there already is the same mail sent again.
  package func put(_ mail: OutgoingMail) {
    shelved.withLock { shelved in
      shelved.removeAll { $0.messageID == mail.messageID }
      shelved.append(mail)
      if shelved.count > mailsMax { shelved.removeFirst(shelved.count - mailsMax) }
    }
  }

  /// The oldest first.
  package var mails: [OutgoingMail] { shelved.withLock { $0 } }
}
