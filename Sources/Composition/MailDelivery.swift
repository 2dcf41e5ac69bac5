// The settings and the outbox of a hub enter, the worker that sends its mails leaves; what it
// observes goes to the log.

import Credentials
import Delivery
import Outbound
import Postgres
import Server

/// Begins to send a hub's mails.
/// - Parameter publicURL: settled: where links lead.
func startMailWorker(
  _ configuration: ServeConfiguration, _ outbox: WritePoolHandle, _ publicURL: PublicURL,
  _ observer: Observer
) throws -> MailWorker {
  guard let sender = configuration.mail.sender else {
    throw ConfigurationError.missing("MAIL_FROM", "Mi Alegra <hub@example.com>")
  }
  let composer = MailComposer(
    templates: try MailTemplates(MailTemplateFile.embedded),
    links: LinkTokens(keys: configuration.tokenKeys),
    publicURL: publicURL.value, sender: sender)
  return MailWorker.start(
    Outbox(outbox), composer, try carrier(configuration, from: sender),
    limits: configuration.mail.limits
  ) { observer.observe(Observation($0)) }
}

extension ServeConfiguration {
  /// Whether there is a way for mails to leave; else they wait in the outbox.
  var sendsMail: Bool { mailShelf != nil || mail.server != nil }
}

/// The mail server, or else the shelf.
private func carrier(
  _ configuration: ServeConfiguration, from sender: MailSender
) throws -> MailCarrier {
  guard let server = configuration.mail.server else {
    return MailCarrier { [shelf = configuration.mailShelf] mail in
      shelf?.put(mail)
      return .sent
    }
  }
  let limits = configuration.mail.serverLimits
  guard let courier = SMTPCourier(server, from: sender, limits: limits) else {
    throw ConfigurationError.invalid("SMTP_URL", "cannot be used: out of memory")
  }
  return MailCarrier(carry: courier.send, rest: courier.hangUp, stop: courier.stop)
}

extension Observation {
  init(_ observation: DeliveryObservation) {
    self =
      switch observation {
      case .mailDelayed(let id, let kind, let attempt, let retrySeconds):
        .mailDelayed(
          mail: id.description, kind: kind, attempt: attempt, retrySeconds: Int(retrySeconds))
      case .mailGivenUp(let id, let kind, let attempt):
        .mailGivenUp(mail: id.description, kind: kind, attempt: attempt)
      case .mailServerLost: .mailServerLost
      case .mailServerBack(let secondsAway): .mailServerBack(secondsAway: secondsAway)
      case .webhookDisabled(let id): .notice("the webhook \(id) is disabled: it takes nothing")
      case .outboxFailed(let error): .failure("the outbox cannot be worked on: \(error)")
      }
  }
}
