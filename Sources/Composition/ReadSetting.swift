// A setting's name comes in, what the flags or the environment say leaves as a number or a choice.
// Refused here: what is set and cannot be read, with the variable's name.

import Configuration

/// What is set and cannot be read is refused: a default in its place would hide the mistake.
extension ConfigReader {
  func number(
    _ key: String, default standard: Int, in range: ClosedRange<Int>
  ) throws(ConfigurationError) -> Int {
    let key = ConfigKey(stringLiteral: key)
    guard let number = int(forKey: key) else {
      if string(forKey: key) == nil { return standard }
      throw .invalid(key.variable, "is no number")
    }
    guard range.contains(number) else {
      throw .invalid(key.variable, "is not \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// More than nothing, at most a day.
  func seconds(_ key: String, default standard: Double) throws(ConfigurationError) -> Double {
    let key = ConfigKey(stringLiteral: key)
    guard let seconds = double(forKey: key) else {
      if string(forKey: key) == nil { return standard }
      throw .invalid(key.variable, "is no number")
    }
    guard seconds > 0, seconds <= 86_400 else {
      throw .invalid(key.variable, "is not more than 0 and at most 86400")
    }
    return seconds
  }

  func choice(
    _ key: String, default standard: Bool
  ) throws(ConfigurationError) -> Bool {
    let key = ConfigKey(stringLiteral: key)
    if let choice = bool(forKey: key) { return choice }
    if string(forKey: key) == nil { return standard }
    throw .invalid(key.variable, "is neither true nor false")
  }
}

extension ConfigKey {
  /// The environment's name of it.
  var variable: String { components.joined(separator: "_").uppercased() }
}
