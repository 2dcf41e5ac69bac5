// The embedded files enter, the pages leave that the links of mails open.

import AccountFiles
import Server

/// The pages under `/account`: one for each purpose of a link, and those that ask for a mail.
/// Opening one uses nothing up, and a link's token stands behind the number sign, which no browser
/// sends.
func accountSite() throws -> StaticSite {
  let files = (0..<account_file_count()).map { index in
    let file = account_file(index)
    return StaticFile(
      name: String(cString: file.name),
      bytes: Array(UnsafeBufferPointer(start: file.bytes, count: file.count)))
  }
  return try StaticSite(at: "/account", files: files)
}
