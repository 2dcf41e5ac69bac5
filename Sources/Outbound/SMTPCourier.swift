// Mails enter, what the mail server said to each leaves. libcurl blocks, so it has a thread of its
// own: neither an event loop nor one of Swift's cooperative threads ever waits for a mail server.

internal import CMail
internal import Credentials
internal import Dispatch

/// Hands mails to a mail server, one after the other, on a connection that it keeps meanwhile.
package final class SMTPCourier: Sendable {
  private let settings: SMTPSettings
  private let sender: MailSender
  private let limits: SMTPLimits
  // A serial queue has a thread of its own while it works.
  private let thread = DispatchQueue(label: "mi-alegra.mail")
  // Only work on the queue uses it, but for `mail_courier_stop`, which may be called from anywhere.
  nonisolated(unsafe) private let courier: OpaquePointer

  /// Nil where memory is not to be had.
  package init?(_ settings: SMTPSettings, from sender: MailSender, limits: SMTPLimits) {
    guard let courier = mail_courier_create() else { return nil }
    self.courier = courier
    self.settings = settings
    self.sender = sender
    self.limits = limits
  }

  deinit {
    mail_courier_destroy(courier)
  }

  package func send(_ mail: OutgoingMail) async -> MailOutcome {
    await withCheckedContinuation { continuation in
      thread.async { continuation.resume(returning: self.transfer(mail)) }
    }
  }

  /// Greets the mail server, encrypts and logs in as for a mail, and sends none.
  /// - Returns: nil where it answered; or else why not, in its words.
  package func greet() async -> String? {
    let report = await withCheckedContinuation { continuation in
      thread.async {
        continuation.resume(returning: self.converse(to: nil, message: nil))
        mail_courier_hang_up(self.courier)
      }
    }
    return report.is_sent ? nil : words(of: report)
  }

  /// Says goodbye to the mail server; the next mail connects anew.
  package func hangUp() {
    thread.async { mail_courier_hang_up(self.courier) }
  }

  /// Leaves the mail that is being sent a while to come to its end; none begins any more.
  package func stop() {
    thread.async {
      mail_courier_stop(self.courier)
      mail_courier_hang_up(self.courier)
    }
    let deadline = DispatchTime.now() + limits.stopTimeoutSeconds
    DispatchQueue.global().asyncAfter(deadline: deadline) { mail_courier_stop(self.courier) }
  }

  private func transfer(_ mail: OutgoingMail) -> MailOutcome {
    // An address becomes a line of the protocol: one with more in it never comes near it.
    guard isMailAddress(mail.to) else { return .refused("no plain address") }
    return writeMessage(mail, from: sender).withUnsafeBufferPointer { message in
      let report = converse(to: mail.to, message: message)
      return outcome(of: report, words: words(of: report))
    }
  }

  /// - Parameter message: nil, with the recipient: nothing is sent.
  private func converse(
    to recipient: String?, message: UnsafeBufferPointer<UInt8>?
  ) -> mail_report {
    var report = mail_report()
    withCStrings([
      settings.server, settings.user, settings.password, settings.authoritiesFile,
      sender.address, recipient,
    ]) { texts in
      guard let url = texts[0], let from = texts[4] else { return }
      var transfer = mail_transfer(
        url: url, user: texts[1], password: texts[2], authorities_file: texts[3],
        tls: settings.startTLS.option, from: from, to: texts[5], message: message?.baseAddress,
        message_count: message?.count ?? 0,
        connect_milliseconds: Int(limits.connectTimeoutSeconds * 1000),
        send_milliseconds: Int(limits.sendTimeoutSeconds * 1000))
      mail_courier_send(courier, &transfer, &report)
    }
    return report
  }

  /// What the server said, or libcurl; without what it was told at the login and may repeat, for
  /// these words are kept.
  private func words(of report: mail_report) -> String {
    var words = withUnsafeBytes(of: report.words) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    let login = [settings.user, settings.password].compactMap(\.self)
    for secret in login.flatMap({ [$0, encodeBase64(Array($0.utf8), .standard)] })
    where secret.utf8.count >= loginBytesMin {
      words = words.replacing(secret, with: "…")
    }
    return words
  }
}

/// What a conversation with a mail server means for the mail. Final is only what the server says of
/// this mail: a refused login or sender is the operator's to mend, and then the mail goes.
private func outcome(of report: mail_report, words: String) -> MailOutcome {
  if report.is_sent { return .sent }
  if report.is_stopped { return .deferred("the hub was stopped meanwhile") }
  let isAboutThisMail = report.stage == MAIL_STAGE_RECIPIENT || report.stage == MAIL_STAGE_CONTENT
  guard isAboutThisMail, !repliesAboutLogin.contains(report.reply) else {
    return .unreachable(words)
  }
  return report.reply >= 500 ? .refused(words) : .deferred(words)
}

/// A login of a letter or two would take the server's words apart.
private let loginBytesMin = 4

/// RFC 4954, section 6, which a server may say to any command.
private let repliesAboutLogin: Set<Int32> = [530, 534, 535, 538]

extension SMTPSettings.StartTLS {
  fileprivate var option: mail_tls {
    switch self {
    case .required: MAIL_TLS_REQUIRED
    case .optional: MAIL_TLS_OPTIONAL
    case .off: MAIL_TLS_OFF
    }
  }
}

/// The texts as C has them, for the length of the call; nil stays NULL.
private func withCStrings(
  _ texts: [String?], _ body: ([UnsafePointer<CChar>?]) -> Void
) {
  var pointers: [UnsafePointer<CChar>?] = []
  func next(_ index: Int) {
    guard index < texts.count else { return body(pointers) }
    guard let text = texts[index] else {
      pointers.append(nil)
      return next(index + 1)
    }
    text.withCString { pointer in
      pointers.append(pointer)
      next(index + 1)
    }
  }
  next(0)
}
