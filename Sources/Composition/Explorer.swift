// The embedded files and the demo logins come in, the site of the explorer leaves.

import ExplorerFiles
import JSON
import Server

/// A person that a demo company's hub may be entered as.
package struct DemoLogin {
  package let email: String
  package let password: String
  /// What the person is, and where.
  package let person: String

  package init(email: String, password: String, person: String) {
    self.email = email
    self.password = password
    self.person = person
  }
}

/// The page under `/explorer`.
/// - Parameter demoLogins: offered in its sign-in; none for a hub that has no demo companies.
func explorerSite(demoLogins: [DemoLogin]) throws -> StaticSite {
  let files = (0..<explorer_file_count()).map { index in
    let file = explorer_file(index)
    return StaticFile(
      name: String(cString: file.name),
      bytes: Array(UnsafeBufferPointer(start: file.bytes, count: file.count)))
  }
  let settings = StaticFile(name: "settings.json", bytes: explorerSettings(demoLogins))
  return try StaticSite(at: "/explorer", files: files + [settings])
}

/// What the page cannot know by itself.
private func explorerSettings(_ demoLogins: [DemoLogin]) -> [UInt8] {
  var writer = JSONWriter()
  writer.beginObject()
  writer.key("endpoint")
  writer.string("/graphql")
  writer.key("demoLogins")
  writer.beginArray()
  for login in demoLogins {
    writer.separate()
    writer.beginObject()
    writer.key("email")
    writer.string(login.email)
    writer.key("password")
    writer.string(login.password)
    writer.key("person")
    writer.string(login.person)
    writer.endObject()
  }
  writer.endArray()
  writer.endObject()
  return writer.bytes
}
