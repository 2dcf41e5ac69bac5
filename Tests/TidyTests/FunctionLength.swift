// Swift code enters, the functions longer than a screen leave. A function is found by its keyword,
// its end by its braces, in text whose strings and comments are blanked.

private let functionLinesMax = 70

let functionLength = Rule.file("a function fits a screen of 70 lines") { file in
  guard file.isSwift else { return [] }
  return functions(in: file.codeLines).filter { $0.lines > functionLinesMax }.map { function in
    Complaint(
      path: file.path, line: function.firstLine,
      sentence: "\(function.name) has \(function.lines) lines, at most \(functionLinesMax)")
  }
}

struct FoundFunction: Equatable {
  let name: String
  /// Counts from 1.
  let firstLine: Int
  /// From the line with the keyword to the one with the closing brace.
  let lines: Int
}

/// Every function, initializer and subscript with a body, in the order in which they end.
func functions(in lines: [Substring]) -> [FoundFunction] {
  var scanner = FunctionScanner()
  for (index, line) in lines.enumerated() { scanner.read(line, number: index + 1) }
  return scanner.found
}

private struct FunctionScanner {
  private(set) var found: [FoundFunction] = []

  private struct Declaration {
    let name: String
    let firstLine: Int
  }

  /// A declaration whose body has not begun.
  private var pending: Declaration?
  /// One entry an open brace: the function it is the body of, or nil.
  private var braces: [Declaration?] = []
  /// Open parentheses and brackets: a closure among a function's defaults is no body.
  private var nesting = 0
  private var word = ""
  private var before: Character?
  private var wantsName = false

  mutating func read(_ line: Substring, number: Int) {
    for character in line {
      if character.isLetter || character.isNumber || character == "_" {
        word.append(character)
        continue
      }
      endWord(line: number, next: character)
      readPunctuation(character, line: number)
      if character != " " { before = character }
    }
    endWord(line: number, next: "\n")
  }

  private mutating func endWord(line: Int, next: Character) {
    defer { word = "" }
    guard !word.isEmpty else { return }
    if wantsName {
      pending = Declaration(name: word, firstLine: line)
      wantsName = false
    } else if word == "func" {
      wantsName = true
    } else if ["init", "subscript", "deinit"].contains(word), before != ".", nesting == 0 {
      pending = Declaration(name: word, firstLine: line)
    } else if ["var", "let", "struct", "enum", "class", "case"].contains(word), nesting == 0 {
      // A requirement of a protocol had no body.
      pending = nil
    }
    before = word.last
  }

  private mutating func readPunctuation(_ character: Character, line: Int) {
    switch character {
    case "(", "[": nesting += 1
    case ")", "]": nesting -= 1
    case "{":
      braces.append(nesting == 0 ? pending : nil)
      if nesting == 0 { pending = nil }
      outerNestings.append(nesting)
      nesting = 0
    case "}":
      nesting = outerNestings.popLast() ?? 0
      if let declaration = braces.popLast() ?? nil {
        found.append(
          FoundFunction(
            name: declaration.name, firstLine: declaration.firstLine,
            lines: line - declaration.firstLine + 1))
      }
      if nesting == 0 { pending = nil }
    default:
      // An operator is a function's name too.
      if wantsName, character != " " {
        pending = Declaration(name: String(character), firstLine: line)
        wantsName = false
      }
    }
  }

  /// What `nesting` was outside of each open brace.
  private var outerNestings: [Int] = []
}
