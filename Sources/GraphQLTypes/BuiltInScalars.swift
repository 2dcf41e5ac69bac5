// The coercion of Int, Float, String, Boolean and ID, refusing in the words of the reference
// implementation. Source: GraphQL specification, September 2025, sections 3.5.1 to 3.5.5.

import GraphQLSyntax
import JSON

extension ScalarCoercion {
  static let builtIn: [String: ScalarCoercion] = [
    "Int": int, "Float": float, "String": string, "Boolean": boolean, "ID": id,
  ]

  private static let int = ScalarCoercion(
    json: { (value) throws(ScalarRefusal) in
      guard case .number(let literal) = value else {
        throw ScalarRefusal("Int cannot represent non-integer value: \(inspect(value))")
      }
      guard let number = value.intValue else {
        guard isInteger(literal) else {
          throw ScalarRefusal("Int cannot represent non-integer value: \(literal)")
        }
        throw outOfRange(literal)
      }
      return try int32(number, literal)
    },
    literal: { (value) throws(ScalarRefusal) in
      guard case .int(let digits, _) = value else {
        throw ScalarRefusal("Int cannot represent non-integer value: \(print(value))")
      }
      guard let number = Int(digits) else { throw outOfRange(digits) }
      return try int32(number, digits)
    }, refusesInSentences: true)

  private static let float = ScalarCoercion(
    json: { (value) throws(ScalarRefusal) in
      guard let number = value.doubleValue else {
        throw ScalarRefusal("Float cannot represent non numeric value: \(inspect(value))")
      }
      return .float(number)
    },
    literal: { (value) throws(ScalarRefusal) in
      switch value {
      case .int(let digits, _), .float(let digits, _):
        guard let number = Double(digits), number.isFinite else {
          throw ScalarRefusal("Float cannot represent non numeric value: \(digits)")
        }
        return .float(number)
      case .variable, .string, .boolean, .null, .enum, .list, .object:
        throw ScalarRefusal("Float cannot represent non numeric value: \(print(value))")
      }
    }, refusesInSentences: true)

  private static let string = ScalarCoercion(
    json: { (value) throws(ScalarRefusal) in
      guard case .string(let text) = value else {
        throw ScalarRefusal("String cannot represent a non string value: \(inspect(value))")
      }
      return .string(text)
    },
    literal: { (value) throws(ScalarRefusal) in
      guard case .string(let literal) = value else {
        throw ScalarRefusal("String cannot represent a non string value: \(print(value))")
      }
      return .string(literal.value)
    }, refusesInSentences: true)

  private static let boolean = ScalarCoercion(
    json: { (value) throws(ScalarRefusal) in
      guard case .bool(let flag) = value else {
        throw ScalarRefusal("Boolean cannot represent a non boolean value: \(inspect(value))")
      }
      return .boolean(flag)
    },
    literal: { (value) throws(ScalarRefusal) in
      guard case .boolean(let flag, _) = value else {
        throw ScalarRefusal("Boolean cannot represent a non boolean value: \(print(value))")
      }
      return .boolean(flag)
    }, refusesInSentences: true)

  private static let id = ScalarCoercion(
    json: { (value) throws(ScalarRefusal) in
      if case .string(let text) = value { return .string(text) }
      if let number = value.intValue { return .string(String(number)) }
      // An integer of any length is an ID, as it is in a document.
      guard case .number(let literal) = value, literal.utf8.allSatisfy(isDigitOrMinus) else {
        throw ScalarRefusal("ID cannot represent value: \(inspect(value))")
      }
      return .string(literal)
    },
    literal: { (value) throws(ScalarRefusal) in
      switch value {
      case .string(let literal): return .string(literal.value)
      case .int(let digits, _): return .string(digits)
      case .variable, .float, .boolean, .null, .enum, .list, .object:
        throw ScalarRefusal(
          "ID cannot represent a non-string and non-integer value: \(print(value))")
      }
    }, refusesInSentences: true)
}

private func int32(_ number: Int, _ literal: String) throws(ScalarRefusal) -> InputValue {
  guard Int32(exactly: number) != nil else { throw outOfRange(literal) }
  return .int(number)
}

private func outOfRange(_ literal: String) -> ScalarRefusal {
  ScalarRefusal("Int cannot represent non 32-bit signed integer value: \(literal)")
}

/// Whether a number that is no integer of 64 bits is whole, such as `1e30`: past 2^53 every double
/// is.
private func isInteger(_ literal: String) -> Bool {
  guard let value = Double(literal) else { return false }
  return value.isFinite && value.magnitude >= 9_007_199_254_740_992
}

private func isDigitOrMinus(_ byte: UInt8) -> Bool {
  byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "-")
}
