// One thing that `doctor` has looked at enters, what is printed of it leaves.

/// What was found of one thing.
struct Finding {
  private enum Verdict {
    case good
    /// Nothing is broken, and somebody should know.
    case remarkable
    case bad
  }

  private let verdict: Verdict
  private let subject: String
  private let text: String
  private let advice: String?

  static func good(_ subject: String, _ text: String) -> Finding {
    Finding(verdict: .good, subject: subject, text: text, advice: nil)
  }

  static func remarkable(_ subject: String, _ text: String, advice: String) -> Finding {
    Finding(verdict: .remarkable, subject: subject, text: text, advice: advice)
  }

  static func bad(_ subject: String, _ text: String, mend: String) -> Finding {
    Finding(verdict: .bad, subject: subject, text: text, advice: mend)
  }

  var isBad: Bool { verdict == .bad }

  var line: String {
    let (mark, leads) =
      switch verdict {
      case .good: ("✓", "")
      case .remarkable: ("!", "you may: ")
      case .bad: ("✗", "to mend it: ")
      }
    return "\(mark) \(subject): \(text)" + (advice.map { "\n    \(leads)\($0)" } ?? "")
  }
}
