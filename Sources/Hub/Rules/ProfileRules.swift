// A change of a person's profile enters, the normalised change leaves, or everything that is wrong
// with it.

/// What `UpdateProfileInput` says, field by field.
package struct ProfileChange: Hashable, Sendable {
  package var firstName: Change<String> = .unchanged
  package var lastName: Change<String> = .unchanged
  package var displayName: Change<String> = .unchanged
  package var phone: Change<String> = .unchanged
  package var country: Change<String> = .unchanged
  package var language: Change<String> = .unchanged

  package init() {}
}

/// - Parameters:
///   - country: the person's country before the change; a phone without a country's code is read as
///     one of the new country, or else of this one.
///   - languages: those offered.
package func checkProfile(
  _ change: ProfileChange, country: String, languages: [String]
) throws(RuleViolations) -> CheckedChange {
  let name = TextBounds(charactersMax: 80)
  let text = { (typed: String) throws(RuleViolation) in try normalizedText(typed, name) }
  var check = ChangeCheck()
  check.text("firstName", change.firstName, required: true, normalize: text)
  check.text("lastName", change.lastName, required: false, normalize: text)
  check.text("displayName", change.displayName, required: false, normalize: text)
  check.text("phone", change.phone, required: false) { typed throws(RuleViolation) in
    try e164Phone(typed, phoneCode: phoneCode(ofCountry: newCountry(change.country) ?? country))
  }
  check.text("country", change.country, required: true, normalize: countryCode)
  check.text("language", change.language, required: true) { typed throws(RuleViolation) in
    try offeredCode(typed, of: languages)
  }
  return try check.finish()
}

private func newCountry(_ change: Change<String>) -> String? {
  guard case .set(let typed) = change else { return nil }
  return (try? countryCode(typed)) ?? nil
}
