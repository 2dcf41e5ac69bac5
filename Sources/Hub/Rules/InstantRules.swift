// An instant as RFC 3339 writes it enters, the same in UTC with microseconds leaves; what is no
// instant of the years 1 to 9999 is refused.
// Source: RFC 3339, section 5.6.

/// The instant in the form in which the hub answers instants; nil for anything else. What is finer
/// than a microsecond is cut off, and a leap second is none of PostgreSQL's.
func normalizedInstant(_ text: String) -> String? {
  var scan = InstantScan(text)
  guard let year = scan.number(4), scan.take("-"), let month = scan.number(2), scan.take("-"),
    let day = scan.number(2), scan.take("T") || scan.take("t"), let hour = scan.number(2),
    scan.take(":"), let minute = scan.number(2), scan.take(":"), let second = scan.number(2),
    let micros = scan.fraction(), let offset = scan.offsetMinutes(), scan.isAtEnd
  else { return nil }
  guard (1...9999).contains(year), (1...12).contains(month),
    (1...daysOfMonth(month, year)).contains(day), hour < 24, minute < 60, second < 60
  else { return nil }
  let days = daysSince1970(year, month, day)
  let seconds = days * 86_400 + (hour * 60 + minute - offset) * 60 + second
  let (utcDays, ofDay) = seconds.dividedRoundingDown(by: 86_400)
  let date = civilDate(daysSince1970: utcDays)
  guard (1...9999).contains(date.year) else { return nil }
  let (hours, rest) = ofDay.dividedRoundingDown(by: 3600)
  return padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2) + "T"
    + padded(hours, 2) + ":" + padded(rest / 60, 2) + ":" + padded(rest % 60, 2) + "."
    + padded(micros, 6) + "Z"
}

private struct InstantScan {
  private let bytes: [UInt8]
  private var position = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  var isAtEnd: Bool { position == bytes.count }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func digit() -> Int? {
    guard position < bytes.count, isDigit(bytes[position]) else { return nil }
    position += 1
    return Int(bytes[position - 1] - UInt8(ascii: "0"))
  }

  /// Exactly so many digits.
  mutating func number(_ digits: Int) -> Int? {
    var number = 0
    for _ in 0..<digits {
      guard let digit = digit() else { return nil }
      number = number * 10 + digit
    }
    return number
  }

  /// Microseconds; none without a fraction.
  mutating func fraction() -> Int? {
    guard take(".") else { return 0 }
    guard var micros = digit() else { return nil }
    var digits = 1
    while let digit = digit() {
      digits += 1
      if digits <= 6 { micros = micros * 10 + digit }
    }
    while digits < 6 {
      micros *= 10
      digits += 1
    }
    return micros
  }

  mutating func offsetMinutes() -> Int? {
    if take("Z") || take("z") { return 0 }
    let isBehind = take("-")
    guard isBehind || take("+"), let hours = number(2), take(":"), let minutes = number(2),
      hours < 24, minutes < 60
    else { return nil }
    return (hours * 60 + minutes) * (isBehind ? -1 : 1)
  }
}

private func padded(_ number: Int, _ digits: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
}

private func daysOfMonth(_ month: Int, _ year: Int) -> Int {
  let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
}

/// Of the Gregorian calendar, counted in eras of 400 years that begin on the first of March.
private func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int {
  let (era, yearOfEra) = (month > 2 ? year : year - 1).dividedRoundingDown(by: 400)
  let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
  return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
}

private func civilDate(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
  let (era, dayOfEra) = (days + 719_468).dividedRoundingDown(by: 146_097)
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let shifted = (5 * dayOfYear + 2) / 153
  let month = shifted < 10 ? shifted + 3 : shifted - 9
  let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
  return (year, month, dayOfYear - (153 * shifted + 2) / 5 + 1)
}

extension Int {
  fileprivate func dividedRoundingDown(by divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
