// A mail enters, the bytes that a mail server takes leave (RFC 5322, MIME): plain text and HTML as
// alternatives. Nothing that a person typed can add a line to the header.

/// Writes a mail as it is sent. The same mail is always the same bytes.
package func writeMessage(_ mail: OutgoingMail, from sender: MailSender) -> [UInt8] {
  // It holds an equals sign, which quoted-printable writes as =3D: no part can hold it.
  let boundary = "=_" + mail.messageID.prefix { $0 != "@" }
  var message: [UInt8] = []
  func line(_ text: String) { message += Array(text.utf8) + [0x0d, 0x0a] }
  func part(_ type: String, _ text: String) {
    line("--\(boundary)")
    line("Content-Type: \(type); charset=utf-8")
    line("Content-Transfer-Encoding: quoted-printable")
    line("")
    message += quotedPrintable(text.hasSuffix("\n") ? text : text + "\n")
  }
  line("From: \(from(sender))")
  line("To: <\(mail.to)>")
  line("Subject: \(headerText(mail.subject))")
  line("Date: \(date(UTCTime(secondsSince1970: mail.secondsSince1970)))")
  line("Message-ID: <\(mail.messageID)>")
  // No answering machine shall answer (RFC 3834, section 5).
  line("Auto-Submitted: auto-generated")
  line("X-Auto-Response-Suppress: All")
  line("MIME-Version: 1.0")
  line("Content-Type: multipart/alternative;\r\n boundary=\"\(boundary)\"")
  line("")
  part("text/plain", mail.text)
  part("text/html", mail.html)
  line("--\(boundary)--")
  return message
}

private func from(_ sender: MailSender) -> String {
  if sender.name.isEmpty { return "<\(sender.address)>" }
  let isQuotable = sender.name.utf8.allSatisfy { byte in
    byte >= 0x20 && byte < 0x7f && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }
  let name = isQuotable && sender.name.count <= 60 ? "\"\(sender.name)\"" : headerText(sender.name)
  return "\(name)\r\n <\(sender.address)>"
}

/// RFC 5322, section 3.3, in UTC.
private func date(_ time: UTCTime) -> String {
  let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  let clock = [time.hour, time.minute, time.second].map(twoDigits).joined(separator: ":")
  return "\(days[time.weekday]), \(time.day) \(months[time.month - 1]) \(time.year) \(clock) +0000"
}
