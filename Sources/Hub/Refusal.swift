// A rule that was broken and the field of the input it stands beside come in, the outcome that
// refuses the whole input leaves.

import Execution

extension ActionOutcome {
  static func refused(
    _ violation: RuleViolation, _ field: [String], language: String
  ) -> ActionOutcome {
    ActionOutcome(userErrors: [UserError(violation, field: field, language: language)])
  }
}

extension RequestContext {
  /// The language that the person reads.
  var language: String { row["language"] ?? hubLanguages[0] }

  func refused(_ violation: RuleViolation, _ field: String...) -> ActionOutcome {
    .refused(violation, field, language: language)
  }
}
