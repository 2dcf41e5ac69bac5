// `Type.field(argument:)` comes in, a schema coordinate leaves. What it names is not
// looked up here.
// Source: GraphQL specification, September 2025, section 3.14 (Schema Coordinates).

/// The unique name of one element of a schema.
package enum SchemaCoordinate: Sendable {
  /// `Type`
  case type(Name)
  /// `Type.member`: a field, an input field or an enum value.
  case member(type: Name, name: Name)
  /// `Type.field(argument:)`
  case argument(type: Name, field: Name, name: Name)
  /// `@directive`
  case directive(Name)
  /// `@directive(argument:)`
  case directiveArgument(directive: Name, name: Name)
}

/// Parses a schema coordinate, in which nothing is ignored: neither spaces nor comments.
package func parseCoordinate(_ source: Source) throws(SyntaxError) -> SchemaCoordinate {
  var parser = CoordinateParser(source: source)
  return try parser.parse()
}

private struct CoordinateParser {
  let source: Source
  var position = 0

  init(source: Source) {
    self.source = source
  }

  /// `SchemaCoordinate : TypeCoordinate | MemberCoordinate | ArgumentCoordinate |
  /// DirectiveCoordinate | DirectiveArgumentCoordinate`
  mutating func parse() throws(SyntaxError) -> SchemaCoordinate {
    let coordinate: SchemaCoordinate
    if skip(0x40) {
      let directive = try name()
      if let argument = try argument() {
        coordinate = .directiveArgument(directive: directive, name: argument)
      } else {
        coordinate = .directive(directive)
      }
    } else {
      let type = try name()
      if skip(0x2E) {
        let member = try name()
        if let argument = try argument() {
          coordinate = .argument(type: type, field: member, name: argument)
        } else {
          coordinate = .member(type: type, name: member)
        }
      } else {
        coordinate = .type(type)
      }
    }
    guard position == source.bytes.count else { throw unexpected("<EOF>") }
    return coordinate
  }

  /// `( Name : )`, where it stands.
  private mutating func argument() throws(SyntaxError) -> Name? {
    guard skip(0x28) else { return nil }
    let argument = try name()
    guard skip(0x3A) else { throw unexpected("\":\"") }
    guard skip(0x29) else { throw unexpected("\")\"") }
    return argument
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard position < source.bytes.count, source.bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func name() throws(SyntaxError) -> Name {
    let end = endOfName()
    guard end > position, isNameStart(source.bytes[position]) else { throw unexpected("Name") }
    defer { position = end }
    return Name(
      value: String(decoding: source.bytes[position..<end], as: UTF8.self),
      range: SourceRange(start: UInt32(position), end: UInt32(end)))
  }

  private func endOfName() -> Int {
    var end = position
    while end < source.bytes.count, isNameContinue(source.bytes[end]) { end += 1 }
    return end
  }

  private func unexpected(_ what: String) -> SyntaxError {
    let start = UInt32(truncatingIfNeeded: position)
    let range = SourceRange(start: start, end: start)
    let end = endOfName()
    if end > position, isNameStart(source.bytes[position]) {
      let name = String(decoding: source.bytes[position..<end], as: UTF8.self)
      return .malformed(
        message: "Syntax Error: Expected \(what), found Name \"\(name)\".", range: range)
    }
    guard position < source.bytes.count else {
      return .malformed(message: "Syntax Error: Expected \(what), found <EOF>.", range: range)
    }
    let byte = source.bytes[position]
    if ".():@".utf8.contains(byte) {
      let found = Character(Unicode.Scalar(byte))
      return .malformed(
        message: "Syntax Error: Expected \(what), found \"\(found)\".", range: range)
    }
    let invalid = source.bytes.withUnsafeBufferPointer {
      Lexer(bytes: $0, limits: ParseLimits()).describeCodePoint(at: position)
    }
    return .malformed(message: "Syntax Error: Invalid character: \(invalid).", range: range)
  }
}
