// What a person's input breaks leaves the rules as these values; RuleTexts.swift has their words.

/// A rule that an input breaks and that the person can mend. The cases carry facts, not words.
package enum RuleViolation: Error, Hashable, Sendable {
  // One value by itself.
  /// Nothing is left after trimming, or null was given, and the field may not be empty.
  case required
  case tooShort(charactersMin: Int)
  /// Longer than so many characters as people count them, or bloated by combining marks.
  case tooLong(charactersMax: Int)
  /// Control characters, NUL and line breaks among them.
  case invalidCharacters
  case invalidFormat(expected: ExpectedFormat)
  /// The form is right; the check digit or letter is not the one that the number asks for.
  case invalidCheckDigit
  case outOfRange(minimum: Int, maximum: Int)

  // A value against the catalogues.
  /// Not one of these codes.
  case notOffered(offered: [String])
  /// The form of the company's country version does not have this field.
  case fieldNotInCountryVersion

  // A change against what stands.
  /// The field changed after the revision that the change starts from.
  case conflict
  /// What a solution says of the company.
  case claim(ClaimRefusal)

  // Signing in and going on.
  /// Email or password is wrong; never which of them.
  case invalidCredentials
  /// The person belongs to several companies and none was named.
  case companyChoiceRequired
  /// No such company among the person's own: a foreign one and one that never was, alike.
  case companyNotFound
  /// The refresh token is unknown, expired, used up or revoked; never which of them.
  case sessionEnded

  // The security of the login.
  /// The password that was given as the current one is another.
  case wrongPassword
  /// The new password is the current one.
  case samePassword
  /// The new password is the person's own address, or its part before the `@`.
  case passwordIsEmail
  /// The new password is one of the commonest.
  case passwordIsCommon
  /// The account has no password that could be changed.
  case noPassword
  /// No such open session among the person's own: a foreign one and one that never was, alike.
  case sessionNotFound
  /// The session of the request itself.
  case currentSession
  /// The person last proved who they are too long ago for what is sensitive.
  case reauthenticationRequired
  /// The link is unknown, for something else, expired, void or used; never which of them.
  case linkInvalid
  /// One factor is proved, and the code of the second is missing.
  case secondFactorRequired
  /// The code of the second factor is another, or was used before.
  case wrongCode
  /// A sign-in that lacked its second factor is over, or was guessed at too often.
  case challengeEnded
  /// There is a second factor already, which has to be given up before another.
  case secondFactorEnrolled
  /// There is no second factor to do it with.
  case noSecondFactor
  /// This server has no keys to seal secrets with.
  case secondFactorUnavailable
  /// Somebody else signs in with the address by now; told to whom the address proved to belong.
  case emailTaken
  /// The linked Google account does not carry the address.
  case unlinkGoogleFirst

  // The company's people.
  /// The company would be left without an administrator.
  case lastAdministrator
  /// The change of the person's address can still be undone by whose it was before.
  case emailChangedLately
  /// No such person in the company: a foreign one and one that never was, alike.
  case personNotFound
  /// Nobody removes themselves; they leave.
  case ownMembership
  /// No plan of the company has the role.
  case roleNotInPlan
  /// The company does not have the solution, or it was named twice.
  case solutionNotFound
  /// The person's role does not open the solution.
  case solutionNotForRole
  /// Where to go in a solution is, or could be taken for, somewhere else.
  case returnAddressForeign
  /// The address belongs to a member of the company.
  case alreadyMember
  /// No such open invitation of the company: a foreign one and one that never was, alike.
  case invitationNotFound
  /// The address typed as a confirmation is not the person's own.
  case emailMismatch

  // The company's API tokens.
  case apiToken(ApiTokenRefusal)
  /// A webhook was not made or changed.
  case webhook(WebhookRefusal)

  // The company's solutions.
  case solution(SolutionRefusal)

  // The company's integrations.
  case integration(IntegrationRefusal)

  // Google.
  case google(GoogleRefusal)

  /// The stable code that clients switch on, as in schema/errors.md.
  package var code: String {
    switch self {
    case .required: "REQUIRED"
    case .tooShort: "TOO_SHORT"
    case .tooLong: "TOO_LONG"
    case .invalidCharacters: "INVALID_CHARACTERS"
    case .invalidFormat: "INVALID_FORMAT"
    case .invalidCheckDigit: "INVALID_CHECK_DIGIT"
    case .outOfRange: "OUT_OF_RANGE"
    case .notOffered: "NOT_OFFERED"
    case .fieldNotInCountryVersion: "FIELD_NOT_IN_COUNTRY_VERSION"
    case .conflict: "CONFLICT"
    case .claim(let refusal): refusal.code
    case .apiToken(let refusal): refusal.code
    case .webhook(let refusal): refusal.code
    case .invalidCredentials: "INVALID_CREDENTIALS"
    case .companyChoiceRequired: "COMPANY_CHOICE_REQUIRED"
    case .companyNotFound: "COMPANY_NOT_FOUND"
    case .sessionEnded: "SESSION_ENDED"
    case .wrongPassword: "WRONG_PASSWORD"
    case .samePassword: "SAME_PASSWORD"
    case .passwordIsEmail: "PASSWORD_IS_EMAIL"
    case .passwordIsCommon: "PASSWORD_TOO_COMMON"
    case .noPassword: "NO_PASSWORD"
    case .sessionNotFound: "SESSION_NOT_FOUND"
    case .currentSession: "CURRENT_SESSION"
    case .reauthenticationRequired: "REAUTHENTICATION_REQUIRED"
    case .linkInvalid: "LINK_INVALID"
    case .secondFactorRequired: "SECOND_FACTOR_REQUIRED"
    case .wrongCode: "WRONG_CODE"
    case .challengeEnded: "CHALLENGE_ENDED"
    case .secondFactorEnrolled: "SECOND_FACTOR_ENROLLED"
    case .noSecondFactor: "NO_SECOND_FACTOR"
    case .secondFactorUnavailable: "SECOND_FACTOR_UNAVAILABLE"
    case .emailTaken: "EMAIL_TAKEN"
    case .unlinkGoogleFirst: "UNLINK_GOOGLE_FIRST"
    case .lastAdministrator: "LAST_ADMINISTRATOR"
    case .emailChangedLately: "EMAIL_CHANGED_LATELY"
    case .personNotFound: "PERSON_NOT_FOUND"
    case .ownMembership: "OWN_MEMBERSHIP"
    case .roleNotInPlan: "ROLE_NOT_IN_PLAN"
    case .solutionNotFound: "SOLUTION_NOT_FOUND"
    case .solutionNotForRole: "SOLUTION_NOT_FOR_ROLE"
    case .returnAddressForeign: "RETURN_TO_FOREIGN"
    case .alreadyMember: "ALREADY_MEMBER"
    case .invitationNotFound: "INVITATION_NOT_FOUND"
    case .emailMismatch: "EMAIL_MISMATCH"
    case .solution(let refusal): refusal.code
    case .integration(let refusal): refusal.code
    case .google(let refusal): refusal.rawValue
    }
  }

  /// One of each case, for the tests that compare codes, texts and documentation.
  package static let samples: [RuleViolation] =
    simpleSamples + GoogleRefusal.allCases.map(Self.google)
    + SolutionRefusal.samples.map(Self.solution)
    + IntegrationRefusal.samples.map(Self.integration)
    + WebhookRefusal.samples.map(Self.webhook)

  private static let simpleSamples: [RuleViolation] = [
    .required, .tooShort(charactersMin: 41), .tooLong(charactersMax: 42), .invalidCharacters,
    .invalidFormat(expected: .email), .invalidCheckDigit, .outOfRange(minimum: 41, maximum: 42),
    .notOffered(offered: ["CODE_41", "CODE_42"]), .fieldNotInCountryVersion, .conflict,
    .claim(.notFound), .claim(.reportedAhead(secondsMax: 41)),
    .apiToken(.notFound), .apiToken(.tooMany(tokensMax: 41)),
    .apiToken(.expiryOutOfRange(daysMax: 41)),
    .invalidCredentials, .companyChoiceRequired, .companyNotFound, .sessionEnded,
    .wrongPassword, .samePassword, .passwordIsEmail, .passwordIsCommon, .noPassword,
    .sessionNotFound, .currentSession, .reauthenticationRequired, .linkInvalid, .emailTaken,
    .secondFactorRequired, .wrongCode, .challengeEnded, .secondFactorEnrolled, .noSecondFactor,
    .secondFactorUnavailable, .unlinkGoogleFirst,
    .lastAdministrator, .emailChangedLately, .personNotFound, .ownMembership, .roleNotInPlan,
    .solutionNotFound, .solutionNotForRole, .returnAddressForeign,
    .alreadyMember, .invitationNotFound, .emailMismatch,
  ]
}

/// What a value of the wrong form should have looked like; each has words of its own.
package enum ExpectedFormat: Hashable, Sendable {
  case email, phone, phoneWithCountryCode, url, timezone, country
  /// The number of a tax identification, by what its type is called.
  case identification(label: LocalizedText)
  /// México: twelve characters for a company, thirteen for a person.
  case rfcOfLegalEntity, rfcOfPersonEntity
  /// What a field of the country version's form asks for.
  case formField
  /// What the maker of an integration gives out, or a setting of a connection.
  case integrationField

  /// One of each case, for the tests of their texts.
  package static let samples: [ExpectedFormat] = [
    .email, .phone, .phoneWithCountryCode, .url, .timezone, .country,
    .identification(label: LocalizedText(es: "Label 41", en: "Label 41", pt: "Label 41")),
    .rfcOfLegalEntity, .rfcOfPersonEntity, .formField,
    .integrationField,
  ]
}

/// A violation and the field of the input that it stands beside.
package struct FieldViolation: Error, Hashable, Sendable {
  package let violation: RuleViolation
  /// The path from the input's root, such as `["address", "city"]`; empty for the input itself.
  package let field: [String]

  package init(_ violation: RuleViolation, field: [String]) {
    self.violation = violation
    self.field = field
  }
}

/// Everything that is wrong with one input, in the order of its fields; never empty.
package struct RuleViolations: Error, Hashable, Sendable {
  package let items: [FieldViolation]

  init(_ items: [FieldViolation]) { self.items = items }
}
