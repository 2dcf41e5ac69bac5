// Words that may not stand in the repository, or not in Sources. They are spelled in halves here,
// so that the list does not find itself.

/// How many times raw text is put into SQL. Whoever adds one raises the number and says why in the
/// review; each is a place where a value could become a statement.
let unsafeFragmentsMax = 0

private let forbiddenInSources = [
  ("try!", "handle the error or let it through"),
  ("as!", "use as? and say what else it may be"),
  ("fatalError(", "one request must not end the process"),
  ("DispatchQueue.main", "nothing here runs a main queue"),
  ("Thread.sleep", "wait on an event"),
  ("usleep(", "wait on an event"),
  ("@unchecked Sendable", "let the compiler check the crossing"),
]

private let markers = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]

private let skips = [
  ".disab" + "led(", ".enabled(" + "if", "XCT" + "Skip", "withKnown" + "Issue", "pytest.sk" + "ip",
  "pytest.mark.sk" + "ip", "unittest.sk" + "ip", "pytest.mark.x" + "fail",
]

private let machineFolders = ["/wo" + "rk/", "/fa" + "rm/", "/tm" + "p/", "/ro" + "ot/"]
private let homeFolders = ["/ho" + "me/", "/Us" + "ers/"]

let wordRules: [Rule] = [
  .file("no way around the compiler or the event loop in Sources") { file in
    guard file.isSwift, file.target != nil else { return [] }
    return file.codeLines.enumerated().flatMap { index, line in
      forbiddenInSources.filter { occurs($0.0, in: line) }.map { word, advice in
        Complaint(path: file.path, line: index + 1, sentence: "\(word): \(advice)")
      }
    }
  },
  .line("nothing is public", code: true, for: { $0.isSwift && $0.target != nil }) { line in
    line.contains("public ") && words(in: line).contains("public") && !line.contains(".public")
      ? "package, internal or private: nobody outside imports this" : nil
  },
  .line("nothing is left undone", for: { _ in true }) { line in
    let left = markers.first { line.contains($0) && words(in: line).contains($0[...]) }
    return left.map { "\($0): finish it, or write it into an issue" }
  },
  .line("no test can be skipped", for: { $0.folders.first == "Tests" }) { line in
    let skip = skips.first { line.contains($0) }
    return skip.map { "\($0): what is missing must fail loudly" }
  },
  .line("no path of one machine", for: { _ in true }) { line in
    let path = (machineFolders + homeFolders).first { standsAlone($0, in: line) }
    return path.map { "\($0): take it from the environment" }
  },
  .line(
    "who may have a field stands in the table alone", code: true,
    for: { $0.path.hasPrefix("Sources/Hub/") && $0.name != "Permissions.swift" }
  ) { line in
    line.contains("access: ") ? "Permissions.swift has a row for it: leave the access out" : nil
  },
  Rule("raw SQL is counted") { files in
    let uses = files.filter { $0.target != nil }.flatMap { file in
      file.codeLines.enumerated().filter { $1.contains("(unsafe:") }.map { (file.path, $0.offset) }
    }
    guard uses.count != unsafeFragmentsMax, let last = uses.last else { return [] }
    let sentence =
      "\(uses.count) raw pieces of SQL, and unsafeFragmentsMax is \(unsafeFragmentsMax)"
    return [Complaint(path: last.0, line: last.1 + 1, sentence: sentence)]
  },
]

/// The runs of letters, digits and underscores.
func words(in line: Substring) -> [Substring] {
  line.split { !($0.isLetter || $0.isNumber || $0 == "_") }
}

/// Whether `word` occurs and does not merely end a longer word.
private func occurs(_ word: String, in line: Substring) -> Bool {
  places(of: word, in: line).contains { before in
    guard let before else { return true }
    return !(before.isLetter || before.isNumber || before == "_")
  }
}

/// Whether a folder's path begins here, and is no piece of a longer path or an address.
private func standsAlone(_ folder: String, in line: Substring) -> Bool {
  places(of: folder, in: line).contains { before in
    guard let before else { return true }
    return !(before.isLetter || before.isNumber || "_.}$*".contains(before))
  }
}

/// The character before each occurrence; nil at the line's beginning.
private func places(of word: String, in line: Substring) -> [Character?] {
  var found: [Character?] = []
  var rest = line[...]
  while let range = rest.firstRange(of: word) {
    let isFirst = range.lowerBound == line.startIndex
    found.append(isFirst ? nil : line[line.index(before: range.lowerBound)])
    rest = rest[range.upperBound...]
  }
  return found
}
