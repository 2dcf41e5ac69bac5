// The embedded files of a folder of pages enter, the files to serve and the documents that the
// pages send leave.

import JSON
import Server

/// A folder of pages that ask this server by documents of their own: each stands in a file of
/// `documents/`, a fragment that several spread in one of `documents/fragments/`.
struct EmbeddedSite {
  /// What is served: `documents.js` has the documents, by their names.
  let files: [StaticFile]
  /// What the pages send, to the letter.
  let documents: [String]

  init(_ embedded: [StaticFile]) {
    let ending = ".graphql"
    let fragments = embedded.filter { $0.name.hasPrefix("documents/fragments/") }
    let sources = embedded.filter { $0.name.hasSuffix(ending) && !fragments.contains($0) }
    let documents = sources.map { source in
      let name = source.name.dropLast(ending.count).split(separator: "/").last.map(String.init)
      return JSONMember(
        name: name ?? source.name, value: .string(complete(source.text, with: fragments)))
    }
    // One text for both: what the pages send cannot differ from what is trusted.
    let module = "export const documents = \(JSONValue.object(documents).jsonText);\n"
    files =
      embedded.filter { !$0.name.hasSuffix(ending) }.map { filled($0, with: documents) }
      + [StaticFile(name: "documents.js", bytes: Array(module.utf8))]
    self.documents = documents.compactMap(\.value.stringValue)
  }
}

/// A script that imports nothing names what it sends as `"documents/name"`; it gets the text.
private func filled(_ file: StaticFile, with documents: [JSONMember]) -> StaticFile {
  guard file.name == standaloneScript else { return file }
  let text = documents.reduce(file.text) { text, document in
    text.split(separator: "\"documents/\(document.name)\"", omittingEmptySubsequences: false)
      .joined(separator: document.value.jsonText)
  }
  return StaticFile(name: file.name, bytes: Array(text.utf8))
}

/// What pages of other origins include.
let standaloneScript = "launcher.js"

/// A document with the fragments that it spreads, and with those that these spread.
private func complete(_ text: String, with fragments: [StaticFile]) -> String {
  var text = text
  var left = fragments
  while let index = left.firstIndex(where: { text.contains("...\($0.fragmentName)") }) {
    text += left.remove(at: index).text
  }
  return text
}

extension StaticFile {
  fileprivate var text: String { String(decoding: bytes, as: UTF8.self) }

  /// `Shell` of `documents/fragments/Shell.graphql`.
  fileprivate var fragmentName: Substring {
    name.split(separator: "/").last?.prefix { $0 != "." } ?? ""
  }
}
