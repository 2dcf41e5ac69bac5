// Seconds since 1970 enter, the calendar's date and the time of day in UTC leave.

internal import Glibc

/// A moment as people write it.
package struct UTCTime: Sendable, Hashable {
  package let year: Int
  /// 1 to 12.
  package let month: Int
  package let day: Int
  package let hour: Int
  package let minute: Int
  package let second: Int
  /// 0 is Sunday.
  package let weekday: Int

  package init(secondsSince1970 seconds: Int) {
    var seconds = time_t(seconds)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    year = Int(parts.tm_year) + 1900
    month = Int(parts.tm_mon) + 1
    day = Int(parts.tm_mday)
    hour = Int(parts.tm_hour)
    minute = Int(parts.tm_min)
    second = Int(parts.tm_sec)
    weekday = Int(parts.tm_wday)
  }
}

/// A number of at most two digits, with a zero before it where it has one.
package func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
