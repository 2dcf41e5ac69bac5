// Whole messages, and the header's texts, by what any reader of mails makes of them. The header of
// anything that people can type is looked at line by line.

import Foundation
import Testing

@testable import Outbound

private let id = "1b3628f1-c61d-4e2f-96f5-eb4cea04e989"

struct WriteMessageTests {
  @Test("a message has these headers and both of its texts, and is the same each time")
  func wholeMessage() throws {
    let sender = try #require(MailSender("Mi Alegra <hub@example.com>"))
    let mail = OutgoingMail(
      messageID: "\(id)@example.com", to: "ana@ejemplar.example", subject: "Tu contraseña cambió",
      text: "Hola:\n\n= ñ \n", html: "<p>Hola</p>", secondsSince1970: 1_793_937_905)
    let message = String(decoding: writeMessage(mail, from: sender), as: UTF8.self)
    #expect(
      message
        == """
        From: "Mi Alegra"
         <hub@example.com>
        To: <ana@ejemplar.example>
        Subject: =?utf-8?B?VHUgY29udHJhc2XDsWEgY2FtYmnDsw==?=
        Date: Fri, 6 Nov 2026 04:05:05 +0000
        Message-ID: <\(id)@example.com>
        Auto-Submitted: auto-generated
        X-Auto-Response-Suppress: All
        MIME-Version: 1.0
        Content-Type: multipart/alternative;
         boundary="=_\(id)"

        --=_\(id)
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        Hola:

        =3D =C3=B1=20
        --=_\(id)
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        <p>Hola</p>
        --=_\(id)--

        """.replacingOccurrences(of: "\n", with: "\r\n"))
    #expect(writeMessage(mail, from: sender) == writeMessage(mail, from: sender))
  }

  @Test(
    "a header's text stands as it is where it can, else in encoded words",
    arguments: [
      ("Hello", "Hello"), ("", ""), ("Hello, world!", "Hello, world!"),
      ("ñ", "=?utf-8?B?w7E=?="), ("=?utf-8?B?w7E=?=", "=?utf-8?B?PT91dGYtOD9CP3c3RT0/PQ==?="),
      (" x", "=?utf-8?B?IHg=?="), ("a\r\nBcc: x@y.example", "a  Bcc: x@y.example"),
      ("a\u{0}b\u{85}c", "a b c"),
    ])
  func headerTexts(text: String, header: String) {
    #expect(headerText(text) == header)
  }

  @Test("whatever a person typed, the header has its fields and no other, in short lines")
  func noLineIsAdded() throws {
    var generator = SeededText(seed: 20_261_126)
    for _ in 0..<500 {
      let subject = generator.text()
      let sender = MailSender("\(generator.text()) <hub@example.com>")
      let mail = OutgoingMail(
        messageID: "\(id)@example.com", to: "a@b.example", subject: subject, text: generator.text(),
        html: generator.text(), secondsSince1970: 0)
      let message = writeMessage(
        mail, from: try #require(sender ?? MailSender("hub@example.com")))
      let lines = splitLines(message)
      let header = lines.prefix { !$0.isEmpty }
      let names = header.filter { $0.first != " " }.map { $0.prefix { $0 != ":" } }
      #expect(
        names == [
          "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted",
          "X-Auto-Response-Suppress", "MIME-Version", "Content-Type",
        ], "\(subject.debugDescription)")
      #expect(lines.allSatisfy { $0.utf8.count <= 78 }, "\(subject.debugDescription)")
      // No CR or LF but in pairs, nothing but ASCII, and two parts.
      #expect(lines.allSatisfy { $0.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7f } })
      #expect(lines.count { $0 == "--=_\(id)" } == 2)
      // A reader puts the subject together again.
      let start = try #require(header.firstIndex { $0.hasPrefix("Subject: ") })
      let folded = header[(start + 1)...].prefix { $0.first == " " }.map { String($0.dropFirst()) }
      #expect(
        decoded([String(header[start].dropFirst(9))] + folded) == onOneLine(subject),
        "\(subject.debugDescription)")
    }
  }

  @Test("quoted-printable of any text is read back as it was")
  func quotedPrintableRoundTrip() {
    var generator = SeededText(seed: 7)
    for _ in 0..<500 {
      let text = generator.text() + "\n"
      let lines = splitLines(quotedPrintable(text))
      #expect(lines.allSatisfy { $0.utf8.count <= 76 && $0.last != " " })
      #expect(String(decoding: unquoted(lines), as: UTF8.self) == text)
    }
  }

  @Test(
    "MAIL_FROM is an address, with or without a name",
    arguments: [
      ("hub@example.com", "", "hub@example.com"),
      ("Mi Alegra <hub@example.com>", "Mi Alegra", "hub@example.com"),
      ("\"Alegra, S.A.\" <hub@example.com>", "Alegra, S.A.", "hub@example.com"),
      ("<hub@example.com>", "", "hub@example.com"),
    ])
  func senders(text: String, name: String, address: String) throws {
    let sender = try #require(MailSender(text))
    #expect(sender.name == name && sender.address == address)
    #expect(sender.domain == "example.com")
  }

  @Test(
    "what would say more to a mail server than an address is none",
    arguments: [
      "", "hub", "@example.com", "hub@", "a@b@c", "a b@example.com", "a@exa mple.com",
      "a@example.com>", "a@example.com\r\nRCPT TO:<x@y.example>", "a\u{0}@b.example",
      "a@b.example\u{7f}", "ñ@example.com", "<a@b.example", "x <a@b.example> y",
      "\"a\"@b.example", "a@[127.0.0.1]", String(repeating: "a", count: 250) + "@b.example",
    ])
  func noSenders(text: String) {
    #expect(!isMailAddress(text))
    if !text.contains("\r") { #expect(MailSender(text) == nil) }
  }
}

/// Texts of what breaks headers and encodings, the same ones at each run.
private struct SeededText {
  private var state: UInt64
  private let pieces = [
    "\r", "\n", "\r\n", "\r\n ", "\r\n\r\n", ":", "Bcc: x@y.example", "=?utf-8?Q?x?=", "=",
    "=_\(id)",
    "--=_\(id)", " ", "  ", "\t", "\u{0}", "\u{85}", "\u{2028}", "ñ", "é", "👩‍👩‍👧‍👦", "a", "Hola", "\"",
    "\\", "<", ">", ".", "..", "\u{7f}", "\u{1b}", "n\u{303}", "漢字",
  ]

  init(seed: UInt64) { state = seed }

  mutating func text() -> String {
    let count = next(40)
    return (0..<count).map { _ in pieces[next(pieces.count)] }.joined()
  }

  private mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }
}

private func splitLines(_ bytes: [UInt8]) -> [String] {
  var lines: [String] = []
  var line: [UInt8] = []
  for byte in bytes {
    line.append(byte)
    if line.suffix(2) == [0x0d, 0x0a] {
      lines.append(String(decoding: line.dropLast(2), as: UTF8.self))
      line = []
    }
  }
  if !line.isEmpty { lines.append(String(decoding: line, as: UTF8.self)) }
  return lines
}

/// The lines of a field, of which each is an encoded word or the whole text.
private func decoded(_ lines: [String]) -> String {
  var bytes: [UInt8] = []
  for line in lines {
    if line.hasPrefix("=?utf-8?B?"), line.hasSuffix("?=") {
      bytes += Data(base64Encoded: String(line.dropFirst(10).dropLast(2))) ?? Data()
    } else {
      bytes += Array(line.utf8)
    }
  }
  return String(decoding: bytes, as: UTF8.self)
}

/// What of a typed text a header may hold.
private func onOneLine(_ text: String) -> String {
  let scalars = text.unicodeScalars.map { scalar in
    (scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value)) ? " " : scalar
  }
  return String(String(String.UnicodeScalarView(scalars)).prefix(200))
}

private func unquoted(_ lines: [String]) -> [UInt8] {
  var bytes: [UInt8] = []
  for line in lines {
    var rest = Array(line.utf8)[...]
    var isSoft = false
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "=") else {
        bytes.append(byte)
        continue
      }
      if rest.isEmpty { isSoft = true; break }
      bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
      rest = rest.dropFirst(2)
    }
    if !isSoft { bytes.append(0x0a) }
  }
  return bytes
}
