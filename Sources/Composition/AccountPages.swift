// The embedded files enter, the pages leave that the links of mails open and the one that opens a
// solution, and the documents that they send.

import AccountFiles
import JSON
import Server

/// The pages under `/account`: one for each purpose of a link, and those that ask for a mail.
/// Opening one of those uses nothing up, and a link's token stands behind the number sign, which no
/// browser sends. The page of launches stands where the launcher leads.
struct AccountPages {
  let site: StaticSite
  /// What the pages send, to the letter: a server that runs trusted documents only runs these too,
  /// or its own mails would lead to pages that can do nothing.
  let documents: [String]

  init() throws {
    var files: [StaticFile] = []
    var documents: [JSONMember] = []
    for file in (0..<account_file_count()).map({ account_file($0) }) {
      let name = String(cString: file.name)
      let bytes = Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
      if let document = documentName(ofFile: name) {
        let text = String(decoding: bytes, as: UTF8.self)
        documents.append(JSONMember(name: document, value: .string(text)))
      } else {
        files.append(StaticFile(name: name, bytes: bytes))
      }
    }
    // One text for both: what the pages send cannot differ from what is trusted.
    let module = "export const documents = \(JSONValue.object(documents).jsonText);\n"
    files.append(StaticFile(name: "documents.js", bytes: Array(module.utf8)))
    site = try StaticSite(at: "/account", files: files, elsewhere: ["launch.html": "/launch/*"])
    self.documents = documents.compactMap(\.value.stringValue)
  }
}

/// `signUp` of `documents/signUp.graphql`; nil for what is no document.
private func documentName(ofFile name: String) -> String? {
  let ending = ".graphql"
  guard name.hasSuffix(ending), let name = name.dropLast(ending.count).split(separator: "/").last
  else { return nil }
  return String(name)
}
