// What a file looks like: its width, its length, its first sentence, its ends of lines.

private let columnsMax = 100
private let linesMax = 450

/// A lexer or a parser is one room by nature; nothing else is.
private let mayBeLong = ["Lexer.swift", "Parser.swift"]

@Sendable private func isProgram(_ file: SourceFile) -> Bool {
  !file.isGenerated
    && [".swift", ".sql", ".c", ".h", ".py", ".sh", ".lua"].contains { file.path.hasSuffix($0) }
}

@Sendable private func isOfAPage(_ file: SourceFile) -> Bool {
  [".js", ".css", ".html"].contains { file.path.hasSuffix($0) }
}

let layoutRules: [Rule] = [
  .file("a line of Swift, SQL or a page has at most 100 columns") { file in
    let lines: [Substring]
    if file.isGenerated {
      return []
    } else if file.path.hasSuffix(".sql") {
      lines = withoutLiterals(file.lines)
    } else if file.isSwift {
      lines = file.folders.first == "Tests" ? withoutLiterals(file) : file.lines
    } else if isOfAPage(file) {
      lines = file.lines
    } else {
      return []
    }
    return lines.enumerated().filter { $1.count > columnsMax }.map { index, line in
      Complaint(
        path: file.path, line: index + 1, sentence: "\(line.count) columns, at most \(columnsMax)")
    }
  },
  .line("no line ends in a blank", for: { !$0.isGenerated }) { line in
    line.last == " " || line.last == "\t" || line.last == "\r" ? "a blank ends the line" : nil
  },
  .line("programs are indented by blanks", for: isProgram) { line in
    line.first == "\t" ? "a tab begins the line" : nil
  },
  .file("a file ends with one newline") { file in
    if file.isGenerated || file.text.isEmpty
      || (file.text.hasSuffix("\n") && !file.text.hasSuffix("\n\n"))
    {
      return []
    }
    return [Complaint(path: file.path, line: file.lines.count, sentence: "ends differently")]
  },
  .file("a file of Swift or of a page has at most 450 lines") { file in
    guard file.isSwift || isOfAPage(file), file.lines.count - 1 > linesMax,
      !mayBeLong.contains(where: { file.name.hasSuffix($0) })
    else { return [] }
    let sentence = "\(file.lines.count - 1) lines: two things may live in one room"
    return [Complaint(path: file.path, line: 0, sentence: sentence)]
  },
  .file("a Swift file opens with a sentence") { file in
    guard file.isSwift, file.path != "Package.swift" else { return [] }
    let comment = file.lines.prefix { $0.hasPrefix("//") }
    let opens = comment.first?.hasPrefix("// ") ?? false
    if opens && comment.last?.last.map({ ".:".contains($0) }) == true { return [] }
    let sentence = "say first what enters, what leaves, what is refused, in a // sentence"
    return [Complaint(path: file.path, line: 1, sentence: sentence)]
  },
]

/// Lines of SQL without what stands in quotes: a text for users, in a row of data or a COMMENT, is
/// as long as it is. A literal may go on over several lines.
private func withoutLiterals(_ lines: [Substring]) -> [Substring] {
  var isInside = false
  return lines.map { line in
    var kept = ""
    var rest = line
    while let character = rest.first {
      if !isInside, rest.hasPrefix("--") {
        kept += rest
        break
      }
      rest = rest.dropFirst()
      if character == "'" {
        isInside.toggle()
      } else if !isInside {
        kept.append(character)
      }
    }
    return kept[...]
  }
}

/// Lines of a Swift test without what stands in quotes: a case's text is as long as it is.
private func withoutLiterals(_ file: SourceFile) -> [Substring] {
  zip(file.lines, file.codeLines).map { line, code in
    if line.drop(while: { $0 == " " }).hasPrefix("//") { return line }
    let indentation = code.prefix { $0 == " " }
    // The inside of a literal is one run of blanks.
    let words = code.split(separator: " ")
    return Substring(indentation + words.joined(separator: " "))
  }
}
