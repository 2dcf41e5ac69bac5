// A source text as UTF-8 bytes, and the translation of byte offsets to lines and columns.

/// A source text with the name under which its errors are reported.
package struct Source: Sendable {
  /// The text; the lexer refuses what is not UTF-8.
  package let bytes: [UInt8]
  /// A file name, or "GraphQL request".
  package let name: String

  package init(bytes: [UInt8], name: String = "GraphQL request") {
    self.bytes = bytes
    self.name = name
  }

  package init(_ text: String, name: String = "GraphQL request") {
    self.init(bytes: Array(text.utf8), name: name)
  }
}

/// A line and a column, both from 1; a column counts Unicode code points (section 7.1.2).
package struct SourceLocation: Sendable, Hashable {
  package var line: Int
  package var column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }
}
