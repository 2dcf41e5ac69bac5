// The settings of mails and the outbox enter, what `doctor` finds of them leaves: whether the mail
// server answers, what waits, and what was given up. No password and no address is among it, but
// for what the mail server itself said.

import Composition
import Outbound
import Postgres
import SQL

/// Greets the mail server, which takes some seconds at most.
func inspectMailServer(_ configuration: ServeConfiguration) async -> Finding {
  let subject = "mail server"
  guard let server = configuration.mail.server, let sender = configuration.mail.sender else {
    return .remarkable(
      subject, "SMTP_URL is not set: mails wait in the outbox",
      advice: "set SMTP_URL, MAIL_FROM and PUBLIC_URL")
  }
  guard configuration.publicURL != nil else {
    return .bad(
      subject, "PUBLIC_URL is not set", mend: "set it: links in mails begin with it")
  }
  var limits = configuration.mail.serverLimits
  limits.connectTimeoutSeconds = min(limits.connectTimeoutSeconds, greetingTimeoutSeconds)
  limits.sendTimeoutSeconds = min(limits.sendTimeoutSeconds, greetingTimeoutSeconds)
  guard let courier = SMTPCourier(server, from: sender, limits: limits) else {
    return .bad(subject, "cannot be asked: out of memory", mend: "try again")
  }
  if let failure = await courier.greet() {
    return .bad(
      subject, "does not take mails: \(failure)",
      mend: "check SMTP_URL, and SMTP_AUTHORITIES_FILE where a certificate is not believed")
  }
  return .good(subject, "answers")
}

/// - Parameter connection: one of the write pool's role.
func inspectOutbox(_ connection: AdminConnection) throws -> [Finding] {
  let subject = "outbox"
  let rows = try connection.execute(
    """
    SELECT waiting, waiting_since, waiting_since < now() - \(delayIsRemarkable)::interval, \
    given_up, given_up_at, failure FROM outbox_state()
    """)
  let waiting = rows.integer(0, 0) ?? 0
  let givenUp = rows.integer(0, 3) ?? 0
  var findings: [Finding] = []
  if waiting == 0 {
    findings.append(.good(subject, "no mail waits"))
  } else {
    let told = "\(waiting) mails wait, the oldest since \(rows.string(0, 1) ?? "?")"
    findings.append(
      rows.boolean(0, 2) == true
        ? .remarkable(
          subject, told,
          advice: "look into the table mail, whose column failure says why, and at the mail server")
        : .good(subject, told))
  }
  if givenUp > 0 {
    let reason = rows.string(0, 5) ?? "no reason was kept"
    findings.append(
      .remarkable(
        subject, "\(givenUp) mails were given up, the last \(rows.string(0, 4) ?? "?"): \(reason)",
        advice: "try them again as the README says under Mails, once the reason is gone"))
  }
  return findings
}

private let greetingTimeoutSeconds = 10.0
/// A mail that waited longer was tried several times.
private let delayIsRemarkable = "1 hour"
