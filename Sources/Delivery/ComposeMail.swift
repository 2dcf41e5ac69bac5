// A mail of the outbox enters, the mail as it leaves the house comes out: words filled in, its
// link's token made. Refused: a kind or a value that there is none of, and what is no address.

package import Credentials
package import Outbound

/// Writes the mails of the outbox.
package struct MailComposer: Sendable {
  private let templates: MailTemplates
  private let links: LinkTokens
  private let publicURL: String
  private let domain: String

  /// - Parameters:
  ///   - publicURL: where people reach the hub, without a slash at its end.
  ///   - sender: whose domain the Message-IDs carry.
  package init(
    templates: MailTemplates, links: LinkTokens, publicURL: String, sender: MailSender
  ) {
    self.templates = templates
    self.links = links
    self.publicURL = publicURL
    domain = sender.domain
  }

  package func compose(_ mail: OutboxMail) throws(MailTemplateError) -> OutgoingMail {
    guard isMailAddress(mail.address) else { throw .addressRefused(kind: mail.kind) }
    let content = try templates.content(
      of: mail.kind, language: mail.language, values: values(of: mail))
    return OutgoingMail(
      messageID: "\(mail.id)@\(domain)", to: mail.address, subject: content.subject,
      text: content.text, html: content.html, secondsSince1970: mail.createdAt)
  }

  private func values(of mail: OutboxMail) -> [String: String] {
    var values: [String: String] = [:]
    for (name, fact) in mail.facts {
      guard let variable = MailVariable(rawValue: name),
        !MailVariable.ofTheHouse.contains(variable)
      else { continue }
      values[name] =
        MailVariable.ofStrangers.contains(variable) ? repeatableName(fact) : oneLine(fact)
    }
    func say(_ variable: MailVariable, _ value: String) { values[variable.rawValue] = value }
    func spoken(_ seconds: Int) -> String {
      spokenTime(UTCTime(secondsSince1970: seconds), language: mail.language)
    }
    say(.name, oneLine(mail.name))
    say(.when, spoken(mail.createdAt))
    if let link = mail.link {
      let page = String(link.purpose.map { $0 == "_" ? "-" : $0 })
      let token = links.token(of: link.id, purpose: link.purpose)
      say(.link, "\(publicURL)/account/\(page)#\(token)")
      say(.until, spoken(link.expiresAt))
    }
    return values
  }
}
