// A piece of SQL: interpolated values enter as bindings, identifiers are quoted, fragments compose;
// a statement's text with $1, $2, ... and its bindings leave. Raw text is only taken as `unsafe`.

/// SQL whose values are bound, never joined. Written as a string literal:
/// `"select \(identifier: column) from company where tenant_id = \(slot: 0) and code = \(code)"`.
package struct SQLFragment: Sendable, Hashable, ExpressibleByStringInterpolation {
  /// What stands for a `$n`.
  package enum Binding: Sendable, Hashable {
    /// A value known when the fragment was written.
    case value(Parameter)
    /// A value given at each execution; the same slot is the same `$n` wherever it stands.
    case slot(Int)
  }

  /// A fragment's text with numbered parameters; `bindings[n - 1]` stands for `$n`.
  package struct Rendered: Sendable, Hashable {
    package let text: String
    package let bindings: [Binding]
  }

  fileprivate enum Piece: Sendable, Hashable {
    case text(String)
    case binding(Binding)
  }

  private var pieces: [Piece]

  package init(stringLiteral value: String) {
    pieces = value.isEmpty ? [] : [.text(value)]
  }

  package init(stringInterpolation: StringInterpolation) {
    pieces = stringInterpolation.pieces
  }

  package static let empty: SQLFragment = ""

  package var isEmpty: Bool { pieces.isEmpty }

  package static func + (left: SQLFragment, right: SQLFragment) -> SQLFragment {
    var sum = left
    sum += right
    return sum
  }

  package static func += (left: inout SQLFragment, right: SQLFragment) {
    left.pieces += right.pieces
  }

  /// Numbers the parameters from `$1` in the order of their first appearance.
  package func rendered() -> Rendered {
    var text = ""
    var bindings: [Binding] = []
    var numbers: [Int: Int] = [:]
    for piece in pieces {
      switch piece {
      case .text(let raw):
        text += raw
      case .binding(.slot(let slot)):
        if numbers[slot] == nil {
          bindings.append(.slot(slot))
          numbers[slot] = bindings.count
        }
        text += "$\(numbers[slot, default: bindings.count])"
      case .binding(.value(let value)):
        bindings.append(.value(value))
        text += "$\(bindings.count)"
      }
    }
    return Rendered(text: text, bindings: bindings)
  }
}

extension SQLFragment {
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var pieces: [Piece] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      pieces.reserveCapacity(interpolationCount * 2 + 1)
    }

    package mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { pieces.append(.text(literal)) }
    }

    package mutating func appendInterpolation(_ value: Parameter) {
      pieces.append(.binding(.value(value)))
    }

    package mutating func appendInterpolation(_ value: String?) {
      appendInterpolation(Parameter(value))
    }

    package mutating func appendInterpolation(_ value: Int?) {
      appendInterpolation(Parameter(value))
    }

    package mutating func appendInterpolation(_ value: Bool?) {
      appendInterpolation(Parameter(value))
    }

    package mutating func appendInterpolation(_ fragment: SQLFragment) {
      pieces += fragment.pieces
    }

    /// A value given at each execution.
    package mutating func appendInterpolation(slot: Int) {
      pieces.append(.binding(.slot(slot)))
    }

    /// A name, in double quotes whatever it is.
    package mutating func appendInterpolation(identifier: String) {
      pieces.append(.text(quoted(identifier: identifier)))
    }

    /// Text that becomes SQL as it stands. Whoever writes this vouches for where it comes from.
    package mutating func appendInterpolation(unsafe text: String) {
      if !text.isEmpty { pieces.append(.text(text)) }
    }
  }
}

extension Sequence<SQLFragment> {
  /// The fragments one after the other, `separator` between them.
  package func joined(separator: SQLFragment) -> SQLFragment {
    var sum = SQLFragment.empty
    for (index, fragment) in enumerated() {
      if index > 0 { sum += separator }
      sum += fragment
    }
    return sum
  }
}

/// An identifier in double quotes, its own double quotes doubled; a NUL, which no identifier can
/// hold, is dropped.
package func quoted(identifier: String) -> String {
  var text = "\""
  for character in identifier.unicodeScalars where character != "\0" {
    if character == "\"" { text += "\"\"" } else { text.unicodeScalars.append(character) }
  }
  return text + "\""
}
