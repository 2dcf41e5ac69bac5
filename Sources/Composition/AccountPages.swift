// The embedded files enter, the pages leave that the links of mails open and the one that opens a
// solution, and the documents that they send.

import AccountFiles
import Server

/// The pages under `/account`: one for each purpose of a link, and those that ask for a mail.
/// Opening one of those uses nothing up, and a link's token stands behind the number sign, which no
/// browser sends. The page of launches stands where the launcher leads.
struct AccountPages {
  let site: StaticSite
  /// A server that runs trusted documents only runs these too, or its own mails would lead to pages
  /// that can do nothing.
  let documents: [String]

  init() throws {
    let embedded = EmbeddedSite(accountFiles())
    site = try StaticSite(
      at: "/account", files: embedded.files, elsewhere: ["launch.html": ["/launch/*"]])
    documents = embedded.documents
  }
}

/// As they are embedded.
func accountFiles() -> [StaticFile] {
  (0..<account_file_count()).map { index in
    let file = account_file(index)
    return StaticFile(
      name: String(cString: file.name),
      bytes: Array(UnsafeBufferPointer(start: file.bytes, count: file.count)))
  }
}
