// The mails that dev keeps enter; the page that shows them, their list as JSON and the HTML of each
// leave as routes.

import Delivery
import JSON
import MailboxFiles
import NIOHTTP1
import Outbound
import Server

/// The page under `/dev/mail` and what it reads.
struct Mailbox: Sendable {
  private let site: StaticSite
  private let shelf: MailShelf

  init(_ shelf: MailShelf) throws {
    let files = (0..<mailbox_file_count()).map { index in
      let file = mailbox_file(index)
      return StaticFile(
        name: String(cString: file.name),
        bytes: Array(UnsafeBufferPointer(start: file.bytes, count: file.count)))
    }
    // A mail's HTML stands in a frame of its own.
    site = try StaticSite(
      at: "/dev/mail", files: files, policy: ownFilesOnly + "; frame-src 'self'")
    self.shelf = shelf
  }

  /// Routes for one event loop.
  var routes: [Route] {
    site.routes + [
      Route(.GET, listPath) { [shelf] request, responder in
        let wanted = decodeQueryString(request.queryString ?? "")?
          .first { $0.name == "address" }?.value
        responder.respond(list(shelf.mails.filter { wanted == nil || $0.to == wanted }))
      },
      Route(.GET, listPath + "/*") { [shelf] request, responder in
        let id = request.path.dropFirst(listPath.count + 1)
        let mail = shelf.mails.last { $0.messageID.prefix { $0 != "@" } == id }
        responder.respond(mail.map(page) ?? HTTPResponse(status: .notFound))
      },
    ]
  }
}

private let listPath = "/dev/mail/messages"

/// The mails, the latest first.
private func list(_ mails: [OutgoingMail]) -> HTTPResponse {
  var writer = JSONWriter()
  writer.beginObject()
  writer.key("mails")
  writer.beginArray()
  for mail in mails.reversed() {
    writer.separate()
    writer.beginObject()
    writer.key("id")
    writer.string(String(mail.messageID.prefix { $0 != "@" }))
    writer.key("messageId")
    writer.string(mail.messageID)
    writer.key("to")
    writer.string(mail.to)
    writer.key("subject")
    writer.string(mail.subject)
    writer.key("secondsSince1970")
    writer.integer(mail.secondsSince1970)
    writer.key("text")
    writer.string(mail.text)
    writer.key("html")
    writer.string(mail.html)
    writer.endObject()
  }
  writer.endArray()
  writer.endObject()
  var response = HTTPResponse(contentType: "application/json", body: .bytes(writer.bytes))
  response.add("cache-control", "no-store")
  response.add("x-content-type-options", "nosniff")
  return response
}

/// A mail's HTML as a mail program would show it: no script, nothing from elsewhere.
private func page(_ mail: OutgoingMail) -> HTTPResponse {
  var response = HTTPResponse(
    contentType: "text/html; charset=utf-8", body: .bytes(Array(mail.html.utf8)))
  response.add(
    "content-security-policy",
    "sandbox allow-popups; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'")
  response.add("cache-control", "no-store")
  response.add("x-content-type-options", "nosniff")
  response.add("referrer-policy", "no-referrer")
  return response
}
