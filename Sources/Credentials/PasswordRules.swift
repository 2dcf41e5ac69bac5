// A new password and the person's email enter, the rule that it breaks leaves.

/// What a new password must be. An old one is never judged by these: it is verified as it is.
package struct PasswordRules: Sendable {
  /// Characters as people count them (grapheme clusters), not bytes: eight `ñ` pass.
  package var charactersMin: Int
  package var charactersMax: Int

  package init(charactersMin: Int = 8, charactersMax: Int = 128) {
    self.charactersMin = charactersMin
    self.charactersMax = charactersMax
  }

  /// Why a new password is refused.
  package enum Refusal: Error, Hashable, Sendable {
    case tooShort(charactersMin: Int)
    case tooLong(charactersMax: Int)
    /// It is the email address, in whatever case, or the part before the `@`.
    case isEmail
    /// One of the commonest, which are guessed first.
    case isCommon
  }

  /// The password in the form that is hashed.
  package func accept(_ typed: String, email: String) throws(Refusal) -> Password {
    guard let password = Password(typed: typed), password.text.count <= charactersMax else {
      throw .tooLong(charactersMax: charactersMax)
    }
    guard password.text.count >= charactersMin else {
      throw .tooShort(charactersMin: charactersMin)
    }
    let lowercased = password.text.lowercased()
    let email = normalizedNFC(email).lowercased()
    if lowercased == email || lowercased == email.prefix(while: { $0 != "@" }) { throw .isEmail }
    if isFrequentPassword(lowercased) { throw .isCommon }
    return password
  }
}
