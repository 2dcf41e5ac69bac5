// The operation files of one call come in; one document leaves, as if they were one file, with the
// way back from its ranges to each file. Files that are malformed are left out and reported.
//
// Frontends keep a fragment beside the component that reads it and spread it in other files; their
// code generators and linters therefore judge all files together, and so does this.

import GraphQLSyntax

struct DocumentSet {
  /// Nil where no file is well-formed.
  private(set) var document: Document?
  /// The well-formed files and where each starts in the joined text, ascending.
  private(set) var sources: [Source] = []
  private var starts: [Int] = []
  private var operationsCounts: [Int] = []
  /// One for each malformed file.
  private(set) var findings: [Finding] = []

  init(_ files: [Source], limits: ParseLimits) {
    var joined: [UInt8] = []
    for file in files {
      do {
        let document = try parse(file, limits: limits)
        operationsCounts.append(document.operationsCount)
      } catch {
        findings.append(Finding(error, in: file))
        continue
      }
      sources.append(file)
      starts.append(joined.count)
      joined += file.bytes
      // The last line of a file may be a comment.
      joined.append(UInt8(ascii: "\n"))
    }
    guard let first = sources.first else { return }
    // Each file kept the limits for itself, so that together they are as long as they are.
    let lifted = ParseLimits(tokensMax: .max, depthMax: limits.depthMax)
    let source = Source(bytes: joined, name: first.name)
    do {
      document = try parse(source, limits: lifted)
    } catch {
      findings.append(
        Finding(message: error.message, code: "Syntax", places: [.beginning(of: first.name)]))
    }
  }

  /// Which of `sources` an offset of the joined text belongs to.
  func file(at offset: UInt32) -> Int {
    var low = 0
    var high = starts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= Int(offset) { low = middle } else { high = middle }
    }
    return low
  }

  /// The range within its own file.
  func range(_ range: SourceRange, in file: Int) -> SourceRange {
    let start = UInt32(truncatingIfNeeded: starts[file])
    return SourceRange(start: range.start - start, end: range.end - start)
  }

  /// How many operations stand in the file.
  func operationsCount(in file: Int) -> Int { operationsCounts[file] }
}

extension Document {
  fileprivate var operationsCount: Int {
    definitions.count { definition in
      if case .operation = definition { true } else { false }
    }
  }
}
