// Why a source was refused: it is malformed, or it exceeds a named limit.

/// A source that is no document, worded as the reference implementation words it.
package enum SyntaxError: Error, Sendable, Hashable {
  /// The text breaks the grammar. `message` starts with "Syntax Error: ".
  case malformed(message: String, range: SourceRange)
  /// The text may be well-formed but is larger than the server reads.
  case limitExceeded(limit: ParseLimitName, maximum: Int, range: SourceRange)

  /// The whole message, starting with "Syntax Error: ".
  package var message: String {
    switch self {
    case .malformed(let message, _):
      return message
    case .limitExceeded(let limit, let maximum, _):
      return
        "Syntax Error: Document exceeds the limit \(limit.rawValue) of \(maximum). Parsing aborted."
    }
  }

  /// Where the text was refused; its start is the error's location.
  package var range: SourceRange {
    switch self {
    case .malformed(_, let range), .limitExceeded(_, _, let range):
      return range
    }
  }
}

/// The limits that a source may pass: the fields of `ParseLimits`, and what a range can count.
package enum ParseLimitName: String, Sendable, Hashable {
  case bytesMax, tokensMax, depthMax
}

/// What one source may cost the parser.
package struct ParseLimits: Sendable, Hashable {
  /// The most tokens of one source, without comments.
  package var tokensMax: Int
  /// The deepest nesting of selection sets, list values, input objects and list types. The parser,
  /// the printer and every later walk recurse at most this deep; 200 fits a stack of 512 KB in an
  /// optimized build and three times as much in an unoptimized one.
  package var depthMax: Int

  package init(tokensMax: Int = 1_000_000, depthMax: Int = 200) {
    self.tokensMax = tokensMax
    self.depthMax = depthMax
  }
}
