// A folder whose files a C file embeds enters; what stands only in the folder or only in the list
// leaves. Without this a new file would be missing from the binary in silence.

let embeddedFolders = Rule("an embedded folder and its list are the same") { files in
  files.filter { $0.path.hasSuffix(".c") && $0.text.contains("#embed") }.flatMap { list in
    let folder = list.folders.joined(separator: "/")
    let embedded = embeddedNames(in: list)
    let endings = Set(embedded.map(\.name).compactMap { $0.split(separator: ".").last })
    let present = files.map(\.path).filter { path in
      path.hasPrefix(folder + "/") && endings.contains { path.hasSuffix("." + $0) }
    }.map { String($0.dropFirst(folder.count + 1)) }
    let names = Set(embedded.map(\.name))
    let missing = present.filter { !names.contains($0) }.map { name in
      Complaint(path: list.path, line: 0, sentence: "\(name) is in the folder and not embedded")
    }
    let gone = embedded.filter { !present.contains($0.name) }.map { name, line in
      Complaint(path: list.path, line: line, sentence: "\(name) is embedded and not in the folder")
    }
    // A name that stands once is embedded, but in no table that a program could find it by.
    let unlisted = embedded.filter { list.text.ranges(of: "\"\($0.name)\"").count < 2 }
      .map { name, line in
        Complaint(path: list.path, line: line, sentence: "\(name) is embedded and not listed")
      }
    return missing + gone + unlisted
  }
}

private func embeddedNames(in file: SourceFile) -> [(name: String, line: Int)] {
  file.lines.enumerated().compactMap { index, line in
    guard line.hasPrefix("#embed") else { return nil }
    let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
    return parts.count > 1 ? (String(parts[1]), index + 1) : nil
  }
}
