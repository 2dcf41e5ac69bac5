// A source comes in, a document (or a value, a type, a coordinate) leaves; what breaks the grammar
// or exceeds a limit is refused here, at the first such token.
// The productions are those of the GraphQL specification, September 2025, Appendix C.

/// Parses a whole source. Recursion is bounded by `limits.depthMax`.
package func parse(
  _ source: Source, limits: ParseLimits = ParseLimits()
) throws(SyntaxError) -> Document {
  try withParser(of: source, limits) { (parser: inout Parser) throws(SyntaxError) in
    Document(source: source, definitions: try parser.parseDocument())
  }
}

/// Parses one value literal, variables included, such as `{ a: [1, $b] }`.
package func parseValue(
  _ source: Source, limits: ParseLimits = ParseLimits()
) throws(SyntaxError) -> Value {
  try withParser(of: source, limits) { (parser: inout Parser) throws(SyntaxError) in
    try parser.whole(try parser.parseValue(isConst: false))
  }
}

/// Parses one value literal without variables.
package func parseConstValue(
  _ source: Source, limits: ParseLimits = ParseLimits()
) throws(SyntaxError) -> Value {
  try withParser(of: source, limits) { (parser: inout Parser) throws(SyntaxError) in
    try parser.whole(try parser.parseValue(isConst: true))
  }
}

/// Parses one type reference, such as `[Int!]!`.
package func parseType(
  _ source: Source, limits: ParseLimits = ParseLimits()
) throws(SyntaxError) -> TypeReference {
  try withParser(of: source, limits) { (parser: inout Parser) throws(SyntaxError) in
    try parser.whole(try parser.parseTypeReference())
  }
}

private func withParser<Product>(
  of source: Source, _ limits: ParseLimits,
  _ body: (inout Parser) throws(SyntaxError) -> Product
) throws(SyntaxError) -> Product {
  guard source.bytes.count < Int(UInt32.max) else {
    throw .limitExceeded(
      limit: .bytesMax, maximum: Int(UInt32.max), range: SourceRange(start: 0, end: 0))
  }
  return try source.bytes.withUnsafeBufferPointer { (bytes) throws(SyntaxError) -> Product in
    var parser = try Parser(bytes, limits)
    return try body(&parser)
  }
}

/// A recursive descent over the lexer with one token of lookahead. Lives for one parse only, since
/// it borrows the source's bytes.
struct Parser {
  var lexer: Lexer
  /// The token to be consumed next.
  var token: Token
  /// The end of the token consumed last, which is where a finished node ends.
  var previousEnd: UInt32 = 0
  private var depthLeft: Int
  private let depthMax: Int

  init(_ bytes: UnsafeBufferPointer<UInt8>, _ limits: ParseLimits) throws(SyntaxError) {
    lexer = Lexer(bytes: bytes, limits: limits)
    depthLeft = limits.depthMax
    depthMax = limits.depthMax
    if let offset = firstInvalidUTF8(bytes) {
      throw lexer.malformed(
        "Invalid UTF-8 byte 0x\(String(bytes[offset], radix: 16, uppercase: true)).", at: offset)
    }
    token = try lexer.next()
  }

  // MARK: Tokens

  @inline(__always)
  mutating func advance() throws(SyntaxError) {
    previousEnd = token.end
    token = try lexer.next()
  }

  @inline(__always)
  mutating func expect(_ kind: TokenKind) throws(SyntaxError) {
    guard token.kind == kind else { throw expected(kind.description) }
    try advance()
  }

  @inline(__always)
  mutating func expectOptional(_ kind: TokenKind) throws(SyntaxError) -> Bool {
    guard token.kind == kind else { return false }
    try advance()
    return true
  }

  mutating func expectKeyword(_ keyword: StaticString) throws(SyntaxError) {
    guard isKeyword(keyword) else { throw expected("\"\(keyword)\"") }
    try advance()
  }

  mutating func expectOptionalKeyword(_ keyword: StaticString) throws(SyntaxError) -> Bool {
    guard isKeyword(keyword) else { return false }
    try advance()
    return true
  }

  @inline(__always)
  func isKeyword(_ keyword: StaticString) -> Bool {
    token.kind == .name && text(of: token, is: keyword)
  }

  @inline(__always)
  func text(of token: Token, is text: StaticString) -> Bool {
    let start = Int(token.start)
    guard Int(token.end) - start == text.utf8CodeUnitCount else { return false }
    for offset in 0..<text.utf8CodeUnitCount
    where lexer.bytes[start + offset] != text.utf8Start[offset] { return false }
    return true
  }

  /// From the start of a node's first token to the end of the last token consumed.
  @inline(__always)
  func range(from start: UInt32) -> SourceRange {
    SourceRange(start: start, end: previousEnd)
  }

  // MARK: Repetition

  /// `open Item+ close`
  @inline(__always)
  mutating func many<Item>(
    _ open: TokenKind, _ close: TokenKind, _ item: (inout Parser) throws(SyntaxError) -> Item
  ) throws(SyntaxError) -> [Item] {
    try expect(open)
    var items: [Item] = []
    repeat {
      items.append(try item(&self))
    } while try !expectOptional(close)
    return items
  }

  /// `( open Item+ close )?`
  @inline(__always)
  mutating func optionalMany<Item>(
    _ open: TokenKind, _ close: TokenKind, _ item: (inout Parser) throws(SyntaxError) -> Item
  ) throws(SyntaxError) -> [Item] {
    token.kind == open ? try many(open, close, item) : []
  }

  /// `delimiter? Item ( delimiter Item )*`
  @inline(__always)
  mutating func delimitedMany<Item>(
    _ delimiter: TokenKind, _ item: (inout Parser) throws(SyntaxError) -> Item
  ) throws(SyntaxError) -> [Item] {
    _ = try expectOptional(delimiter)
    var items: [Item] = []
    repeat {
      items.append(try item(&self))
    } while try expectOptional(delimiter)
    return items
  }

  /// The product, once nothing follows it.
  mutating func whole<Product>(_ product: Product) throws(SyntaxError) -> Product {
    try expect(.endOfFile)
    return product
  }

  // MARK: Depth

  /// One level deeper; the matching `ascend()` is left out where an error ends the parse.
  @inline(__always)
  mutating func descend() throws(SyntaxError) {
    depthLeft -= 1
    if depthLeft < 0 { throw depthExceeded() }
  }

  @inline(__always)
  mutating func ascend() {
    depthLeft += 1
  }

  @inline(never)
  private func depthExceeded() -> SyntaxError {
    .limitExceeded(limit: .depthMax, maximum: depthMax, range: token.range)
  }

  // MARK: Names

  /// `Name`
  @inline(__always)
  mutating func parseName() throws(SyntaxError) -> Name {
    let name = token
    try expect(.name)
    return Name(value: text(of: name), range: name.range)
  }

  @inline(__always)
  func text(of token: Token) -> String {
    String(
      decoding: UnsafeBufferPointer(rebasing: lexer.bytes[Int(token.start)..<Int(token.end)]),
      as: UTF8.self)
  }

  // MARK: Errors

  @inline(never)
  func expected(_ what: String) -> SyntaxError {
    .malformed(
      message: "Syntax Error: Expected \(what), found \(describe(token)).", range: token.range)
  }

  @inline(never)
  func unexpected(_ token: Token) -> SyntaxError {
    .malformed(message: "Syntax Error: Unexpected \(describe(token)).", range: token.range)
  }

  /// The kind, and the text of a token that has more than one.
  func describe(_ token: Token) -> String {
    switch token.kind {
    case .name, .int, .float:
      "\(token.kind.description) \"\(text(of: token))\""
    case .string, .blockString:
      "\(token.kind.description) \"\(lexer.value(of: token))\""
    case .endOfFile, .exclamationMark, .dollar, .ampersand, .parenthesisLeft, .parenthesisRight,
      .dot, .spread, .colon, .equals, .at, .bracketLeft, .bracketRight, .braceLeft, .pipe,
      .braceRight:
      token.kind.description
    }
  }
}
