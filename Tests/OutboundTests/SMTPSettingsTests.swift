// SMTP_URL in all forms that operators write, and those that are refused.

import Testing

@testable import Outbound

struct SMTPSettingsTests {
  @Test(
    "the server, the login and STARTTLS are read out of the address",
    arguments: [
      ("smtp://mail.example.com", "smtp://mail.example.com:587", nil, nil, "required"),
      ("smtp://mail.example.com:25/", "smtp://mail.example.com:25", nil, nil, "required"),
      ("smtps://mail.example.com", "smtps://mail.example.com:465", nil, nil, "required"),
      ("SMTP://127.0.0.1:1025", "smtp://127.0.0.1:1025", nil, nil, "optional"),
      ("smtp://localhost", "smtp://localhost:587", nil, nil, "optional"),
      ("smtp://[::1]:25", "smtp://[::1]:25", nil, nil, "optional"),
      ("smtp://[::1]:25?starttls=off", "smtp://[::1]:25", nil, nil, "off"),
      ("smtp://localhost?starttls=required", "smtp://localhost:587", nil, nil, "required"),
      ("smtp://m.example.com?starttls=optional", "smtp://m.example.com:587", nil, nil, "optional"),
      ("smtp://u:p@m.example.com", "smtp://m.example.com:587", "u", "p", "required"),
      (
        "smtp://u%40e.com:p%3A%2F@m.example.com", "smtp://m.example.com:587", "u@e.com", "p:/",
        "required"
      ),
      ("smtp://u@m.example.com", "smtp://m.example.com:587", "u", "", "required"),
      ("smtp://u:p@localhost?starttls=off", "smtp://localhost:587", "u", "p", "off"),
      ("smtps://u:p@m.example.com?starttls=off", "smtps://m.example.com:465", "u", "p", "off"),
    ] as [(String, String, String?, String?, String)])
  func read(
    text: String, server: String, user: String?, password: String?, startTLS: String
  ) throws {
    let settings = try SMTPSettings(text)
    #expect(settings.server == server)
    #expect(settings.user == user)
    #expect(settings.password == password)
    #expect(settings.startTLS.rawValue == startTLS)
  }

  @Test(
    "anything else is refused, and no refusal repeats the password",
    arguments: [
      ("", .unreadable), ("mail.example.com", .unreadable),
      ("http://mail.example.com", .unreadable),
      ("smtp://", .unreadable), ("smtp://u:marked@m.example.com:port", .unreadable),
      ("smtp://m.example.com/path", .unreadable), ("smtp://m.example.com#x", .unreadable),
      ("smtp://m.example.com?tls=off", .unknownParameter),
      ("smtp://m.example.com?starttls=perhaps", .unknownParameter),
      ("smtp://u:marked@m.example.com?starttls=optional", .passwordInTheClear),
      ("smtp://u:marked@m.example.com?starttls=off", .passwordInTheClear),
    ] as [(String, SMTPSettingsError)])
  func refused(text: String, error: SMTPSettingsError) {
    let thrown = #expect(throws: SMTPSettingsError.self) { _ = try SMTPSettings(text) }
    #expect(thrown == error)
    #expect(thrown?.description.contains("marked") == false)
  }
}
