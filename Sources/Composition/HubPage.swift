// The embedded files enter, the page of Mi Alegra leaves, with the documents that it sends.

import PageFiles
import Server

/// The page at `/`: one document under the path of each of its sections, which its own router tells
/// apart, so that an address is kept, reloaded and sent to somebody else.
struct HubPage {
  let site: StaticSite
  /// A server that runs trusted documents only runs these too.
  let documents: [String]

  init() throws {
    let own = (0..<page_file_count()).map { index in
      let file = page_file(index)
      return StaticFile(
        name: String(cString: file.name),
        bytes: Array(UnsafeBufferPointer(start: file.bytes, count: file.count)))
    }
    let embedded = EmbeddedSite(own)
    let files = embedded.files + accountFiles().filter { $0.name == sharedFile }
    site = try StaticSite(
      at: "/", files: files,
      elsewhere: ["index.html": paths, standaloneScript: ["/" + standaloneScript]])
    documents = embedded.documents
  }
}

/// What the account's pages have as well: one file, served by both sites.
private let sharedFile = "country-codes.js"

/// Those of `page/app/views.js`.
private let paths = [
  "/", "/sign-in", "/google", "/company", "/solutions", "/profile", "/security", "/integrations",
]
