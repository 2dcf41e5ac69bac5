// A typed new password and the person's address enter, the password to be hashed leaves. Refused:
// by Credentials' rules, and the address in whatever spelling.

import Credentials

/// An address of another script is kept in its ASCII form: typed as people write it, it is the
/// address all the same.
func acceptPassword(
  _ typed: String, email: String
) throws(PasswordRules.Refusal) -> Password {
  let password = try PasswordRules().accept(typed, email: email)
  if let key = emailKey(typed), key == emailKey(email) { throw .isEmail }
  return password
}
