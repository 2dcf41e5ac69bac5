// A value that travels beside a statement's text, never inside it: a caller's value enters, what
// libpq binds to $1, $2, ... leaves.

/// A bound value. All but `binary` travel in PostgreSQL's text format, whose meaning the
/// statement's parameter type decides: a `uuid` may be bound where `text` or `uuid` is expected.
package enum Parameter: Sendable, Hashable {
  case null
  /// UTF-8 without NUL; one with a NUL is refused before anything is sent.
  case text(String)
  case integer(Int64)
  case boolean(Bool)
  /// The 16 bytes of a UUID, the first byte the highest of `high`.
  case uuid(high: UInt64, low: UInt64)
  /// The type's own binary format: for `bytea`, the bytes themselves.
  case binary([UInt8])
}

extension Parameter: ExpressibleByStringLiteral, ExpressibleByNilLiteral {
  package init(stringLiteral value: String) { self = .text(value) }
  package init(nilLiteral: ()) { self = .null }
}

extension Parameter {
  package init(_ value: String?) { self = value.map { .text($0) } ?? .null }
  package init(_ value: Int?) { self = value.map { .integer(Int64($0)) } ?? .null }
  package init(_ value: Bool?) { self = value.map { .boolean($0) } ?? .null }
}
