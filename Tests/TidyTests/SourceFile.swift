// A file's text enters; its lines leave twice, as written and with comments and the insides of
// string literals blanked, so that a rule about code is not fooled by prose.

/// One file of the repository, by its path from the top.
struct SourceFile: Sendable {
  let path: String
  let text: String
  let lines: [Substring]
  /// The same lines, of as many bytes each, for Swift; as written for any other language.
  let codeLines: [Substring]

  init(path: String, text: String) {
    self.path = path
    self.text = text
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let code = path.hasSuffix(".swift") ? blankingProse(in: text) : text
    codeLines = code.split(separator: "\n", omittingEmptySubsequences: false)
  }

  var isSwift: Bool { path.hasSuffix(".swift") }
  /// Without folders.
  var name: Substring { path.split(separator: "/").last ?? "" }
  var folders: [Substring] { Array(path.split(separator: "/").dropLast()) }
  /// Whether a program writes it and a person only reviews it: nobody lays it out by hand.
  var isGenerated: Bool {
    path == "schema/database.sql"
      || folders.contains { ["Golden", "snapshots"].contains($0) }
  }
  /// The target a file of Sources belongs to.
  var target: String? {
    folders.first == "Sources" && folders.count > 1 ? String(folders[1]) : nil
  }
}

/// What a rule found wrong, and where. The line counts from 1; 0 stands for the file as a whole.
struct Complaint: Sendable, Equatable, CustomStringConvertible {
  let path: String
  let line: Int
  let sentence: String

  var description: String { "\(path):\(line): \(sentence)" }
}

/// Swift text with every comment and every literal's inside replaced by blanks. What stands in an
/// interpolation is code and stays.
func blankingProse(in text: String) -> String {
  var blanker = ProseBlanker(bytes: Array(text.utf8))
  return blanker.run()
}

/// Works on bytes: nothing it looks for is outside of ASCII.
private struct ProseBlanker {
  var bytes: [UInt8]
  var position = 0

  /// A string literal that is open: its quotes and the hash signs around it.
  private struct Literal {
    let quotes: Int
    let hashes: Int
    /// Parentheses open in the interpolation being read; 0 outside of one.
    var depth = 0
  }

  private var literals: [Literal] = []

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func run() -> String {
    while position < bytes.count {
      if let literal = literals.last, literal.depth == 0 {
        readInsideLiteral(literal)
      } else {
        readCode()
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private mutating func readCode() {
    switch bytes[position] {
    case UInt8(ascii: "/") where next(is: "/"):
      while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { blank(1) }
    case UInt8(ascii: "/") where next(is: "*"):
      readBlockComment()
    case UInt8(ascii: "\""), UInt8(ascii: "#"):
      guard let literal = literalOpening() else {
        position += 1
        return
      }
      literals.append(literal)
      position += literal.hashes + literal.quotes
    case UInt8(ascii: "("):
      count(1)
    case UInt8(ascii: ")"):
      count(-1)
    default:
      position += 1
    }
  }

  private mutating func readBlockComment() {
    var depth = 0
    repeat {
      if bytes[position] == UInt8(ascii: "/"), next(is: "*") {
        depth += 1
        blank(2)
      } else if bytes[position] == UInt8(ascii: "*"), next(is: "/") {
        depth -= 1
        blank(2)
      } else {
        blank(1)
      }
    } while depth > 0 && position < bytes.count
  }

  private mutating func readInsideLiteral(_ literal: Literal) {
    if run(of: "\"", count: literal.quotes, at: position),
      run(of: "#", count: literal.hashes, at: position + literal.quotes)
    {
      position += literal.quotes + literal.hashes
      literals.removeLast()
    } else if bytes[position] == UInt8(ascii: "\\"),
      run(of: "#", count: literal.hashes, at: position + 1)
    {
      let escaped = position + 1 + literal.hashes
      if run(of: "(", count: 1, at: escaped) {
        position = escaped + 1
        literals[literals.count - 1].depth = 1
      } else {
        blank(2 + literal.hashes)
      }
    } else if literal.quotes == 1, bytes[position] == UInt8(ascii: "\n") {
      // No literal of one line goes on: the text was no Swift, so begin anew.
      literals.removeAll()
    } else {
      blank(1)
    }
  }

  /// Three quotes open a literal of several lines only at a line's end: `#"""#` is one quote.
  private func literalOpening() -> Literal? {
    var end = position
    while end < bytes.count, bytes[end] == UInt8(ascii: "#") { end += 1 }
    guard run(of: "\"", count: 1, at: end) else { return nil }
    let isMultiline = run(of: "\"", count: 3, at: end) && run(of: "\n", count: 1, at: end + 3)
    return Literal(quotes: isMultiline ? 3 : 1, hashes: end - position)
  }

  private mutating func count(_ step: Int) {
    position += 1
    if !literals.isEmpty { literals[literals.count - 1].depth += step }
  }

  private func next(is character: Unicode.Scalar) -> Bool {
    run(of: character, count: 1, at: position + 1)
  }

  private func run(of character: Unicode.Scalar, count: Int, at start: Int) -> Bool {
    start + count <= bytes.count
      && (start..<start + count).allSatisfy { bytes[$0] == UInt8(ascii: character) }
  }

  private mutating func blank(_ count: Int) {
    for _ in 0..<count where position < bytes.count {
      if bytes[position] != UInt8(ascii: "\n") { bytes[position] = UInt8(ascii: " ") }
      position += 1
    }
  }
}
