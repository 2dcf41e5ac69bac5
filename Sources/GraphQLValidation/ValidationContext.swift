// What every rule shares: the schema, the limits and the errors found so far.

import GraphQLSyntax
import GraphQLTypes

struct ValidationContext {
  let schema: Schema
  let limits: ValidationLimits
  /// What names are suggested from.
  let shown: Schema
  private(set) var errors: [ValidationError] = []
  /// No further error is taken; the walk ends where it is.
  private(set) var isFull = false
  private(set) var stepsLeft: Int

  init(_ schema: Schema, _ limits: ValidationLimits, shown: Schema? = nil) {
    self.schema = schema
    self.limits = limits
    self.shown = shown ?? schema
    stepsLeft = limits.stepsMax
  }

  /// How many errors are still taken; nil where all are.
  var errorsLeft: Int? { limits.errorsMax.map { $0 - errors.count } }

  mutating func report(
    _ rule: String, _ message: String, _ locations: [SourceRange],
    limit: ValidationLimitName? = nil
  ) {
    if isFull { return }
    if let errorsMax = limits.errorsMax, errors.count >= errorsMax {
      exceed(.errorsMax, "Too many validation errors, error limit reached. Validation aborted.")
    } else {
      errors.append(
        ValidationError(rule: rule, message: message, locations: locations, limit: limit))
    }
  }

  /// Takes steps off the budget; false once it is spent, which ends the validation.
  mutating func spend(_ steps: Int) -> Bool {
    stepsLeft -= steps
    if stepsLeft >= 0 { return true }
    exceed(.stepsMax, "The document asks for too much work. Validation aborted.")
    return false
  }

  mutating func exceed(_ limit: ValidationLimitName, _ message: String) {
    if isFull { return }
    isFull = true
    errors.append(
      ValidationError(rule: limit.rawValue, message: message, locations: [], limit: limit))
  }

  /// ` Did you mean ..?`, unless the limits say not to tell names.
  func suggest(_ name: String, among options: @autoclosure () -> [String], to action: String = "")
    -> String
  {
    limits.suggestsNames
      ? didYouMean(suggestions(for: name, among: options()), to: action) : ""
  }

  /// The names of a type's parts, to suggest them; none of a type that is not shown.
  func ifShown(_ type: String, _ names: @autoclosure () -> [String]) -> [String] {
    limits.suggestsNames && shown.type(named: type) != nil ? names() : []
  }
}
