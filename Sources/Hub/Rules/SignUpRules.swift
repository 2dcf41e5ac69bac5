// Who signs up enters, what is to be made leaves, or everything that is wrong with it.

package import Credentials

/// - Parameter languages: those offered.
func checkSignUp(
  email: Change<String>, language: Change<String>, languages: [String]
) throws(RuleViolations) -> CheckedChange {
  var check = ChangeCheck()
  check.text("email", email, required: true) { typed throws(RuleViolation) in
    try emailAddress(typed)?.stored
  }
  check.text("language", language, required: false) { typed throws(RuleViolation) in
    try offeredCode(typed, of: languages)
  }
  return try check.finish()
}

/// What `ConfirmSignUpInput` says.
package struct SignUpConfirmation: Sendable {
  package var password: String
  package var firstName: Change<String>
  package var lastName: Change<String>
  package var companyName: Change<String>
  package var countryVersion: Change<String>
  package var country: Change<String>
  package var language: Change<String>

  package init(
    password: String, firstName: Change<String>, lastName: Change<String>,
    companyName: Change<String>, countryVersion: Change<String>, country: Change<String>,
    language: Change<String>
  ) {
    self.password = password
    self.firstName = firstName
    self.lastName = lastName
    self.companyName = companyName
    self.countryVersion = countryVersion
    self.country = country
    self.language = language
  }
}

/// A person and a company to be made. Only the rules make one.
package struct CheckedSignUp: Sendable {
  package let change: CheckedChange
  package let password: Password

  fileprivate init(change: CheckedChange, password: Password) {
    self.change = change
    self.password = password
  }
}

/// - Parameters:
///   - email: the address that the link was sent to, which the password may not be.
///   - versions: the country versions offered.
///   - languages: those offered.
package func checkConfirmation(
  _ confirmation: SignUpConfirmation, email: String, versions: [String: CountryVersionRules],
  languages: [String]
) throws(RuleViolations) -> CheckedSignUp {
  let name = TextBounds(charactersMax: 80)
  let text = { (typed: String) throws(RuleViolation) in try normalizedText(typed, name) }
  var check = ChangeCheck()
  check.text("firstName", confirmation.firstName, required: true, normalize: text)
  check.text("lastName", confirmation.lastName, required: false, normalize: text)
  check.newCompany(
    confirmation.companyName, confirmation.countryVersion, country: confirmation.country,
    versions: versions)
  check.text("language", confirmation.language, required: true) { typed throws(RuleViolation) in
    try offeredCode(typed, of: languages)
  }
  let password: Password
  do throws(PasswordRules.Refusal) {
    password = try acceptPassword(confirmation.password, email: email)
  } catch {
    throw check.refusal("password", RuleViolation(error))
  }
  return CheckedSignUp(change: try check.finish(), password: password)
}

/// Who signs up with Google: name and address are Google's to say.
func checkGoogleSignUp(
  companyName: Change<String>, countryVersion: Change<String>, country: Change<String>,
  versions: [String: CountryVersionRules]
) throws(RuleViolations) -> CheckedChange {
  var check = ChangeCheck()
  check.newCompany(companyName, countryVersion, country: country, versions: versions)
  return try check.finish()
}

extension ChangeCheck {
  /// The company to be made, and the country of the person who makes it.
  fileprivate mutating func newCompany(
    _ companyName: Change<String>, _ countryVersion: Change<String>, country: Change<String>,
    versions: [String: CountryVersionRules]
  ) {
    let version = chosen(countryVersion).flatMap { versions[$0] }
    text("companyName", given(companyName), required: true) { typed throws(RuleViolation) in
      try normalizedText(typed, companyNameBounds(in: version))
    }
    text("countryVersion", given(countryVersion), required: true) {
      typed throws(RuleViolation) in try offeredCode(typed, of: versions.keys.sorted())
    }
    // The country of the version, unless it is no country's or another one is said.
    var country = country
    if chosen(country) == nil, let code = version?.code, countryCodes.contains(code) {
      country = .set(code)
    }
    // Of a version that is none there is nothing to say yet.
    if version != nil || chosen(country) != nil {
      text("country", given(country), required: true, normalize: countryCode)
    }
  }
}

/// Of what is to be made nothing can stay as it was: an absent field is an empty one.
private func given(_ change: Change<String>) -> Change<String> {
  if case .unchanged = change { .cleared } else { change }
}

private func chosen(_ change: Change<String>) -> String? {
  guard case .set(let typed) = change, !trimmed(typed).isEmpty else { return nil }
  return trimmed(typed)
}

/// As the column and the version's form take a registered name.
private func companyNameBounds(in version: CountryVersionRules?) -> TextBounds {
  let field = version?.form["legalName"]
  return TextBounds(
    charactersMin: field?.charactersMin ?? 1,
    charactersMax: min(field?.charactersMax ?? companyNameMax, companyNameMax),
    scalarsMax: companyNameMax)
}

private let companyNameMax = 250
