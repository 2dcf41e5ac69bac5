// What an input says of one field, and what is left of a whole input once it passed the rules.

/// What an input says of a field. GraphQL tells an absent field from null, and so does this.
package enum Change<Value> {
  /// The field is absent.
  case unchanged
  /// Null: the field is to be emptied.
  case cleared
  case set(Value)
}

extension Change: Sendable where Value: Sendable {}
extension Change: Equatable where Value: Equatable {}
extension Change: Hashable where Value: Hashable {}

/// An input's changes, normalised. Only the rules make one, so what is written has passed them.
package struct CheckedChange: Hashable, Sendable {
  /// One entry a field that changes, in the order of the input type; no name occurs twice.
  package let fields: [FieldChange]

  fileprivate init(fields: [FieldChange]) { self.fields = fields }

  /// The new value of a field, by its name such as `address.city`; nil where it does not change.
  package subscript(name: String) -> FieldValue? { fields.first { $0.name == name }?.value }
}

/// The new value of one field.
package struct FieldChange: Hashable, Sendable {
  /// The path in the input, joined by dots, as in `form_field.path`: `address.city`.
  package let name: String
  package let value: FieldValue

  /// The path from the input's root.
  package var path: [String] { inputPath(name) }
}

package enum FieldValue: Hashable, Sendable {
  /// No value: NULL, or '' where the column has no NULL.
  case empty
  case text(String)
  case integer(Int)
}

func inputPath(_ name: String) -> [String] { name.split(separator: ".").map(String.init) }

/// Gathers what changes and what is wrong, field by field; ends as one or the other, never both.
struct ChangeCheck {
  private var fields: [FieldChange] = []
  private var violations: [FieldViolation] = []

  mutating func set(_ name: String, to value: FieldValue) {
    fields.append(FieldChange(name: name, value: value))
  }

  mutating func refuse(_ name: String, _ violation: RuleViolation) {
    violations.append(FieldViolation(violation, field: inputPath(name)))
  }

  /// A text that `normalize` turns into the form it is kept in; nil from it is an emptied field.
  mutating func text(
    _ name: String, _ change: Change<String>, required: Bool,
    normalize: (String) throws(RuleViolation) -> String?
  ) {
    let typed: String
    switch change {
    case .unchanged: return
    case .cleared: typed = ""
    case .set(let text): typed = text
    }
    do {
      if let kept = try normalize(typed) {
        set(name, to: .text(kept))
      } else if required {
        refuse(name, .required)
      } else {
        set(name, to: .empty)
      }
    } catch {
      refuse(name, error)
    }
  }

  /// Ends with one violation more.
  mutating func refusal(_ name: String, _ violation: RuleViolation) -> RuleViolations {
    refuse(name, violation)
    return RuleViolations(violations)
  }

  /// What passed, and what did not.
  func finishPartly() -> (taken: CheckedChange, violations: [FieldViolation]) {
    (CheckedChange(fields: fields), violations)
  }

  func finish() throws(RuleViolations) -> CheckedChange {
    guard violations.isEmpty else { throw RuleViolations(violations) }
    return CheckedChange(fields: fields)
  }
}
