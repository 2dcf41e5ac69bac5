// The words of what refuses a sign-in or a change in the section Seguridad: Spanish first, then
// English and Portuguese.

/// By the name of the violation in `RuleViolation`.
enum SecurityTexts {
  static let invalidCredentials = LocalizedText(
    es: "El correo o la contraseña no son correctos. Revísalos e inténtalo de nuevo.",
    en: "The email or the password is not right. Check them and try again.",
    pt: "O e-mail ou a senha não estão corretos. Confira-os e tente de novo.")
  static let companyChoiceRequired = LocalizedText(
    es: "Elige la empresa a la que quieres entrar.",
    en: "Choose the company you want to enter.",
    pt: "Escolha a empresa em que você quer entrar.")
  static let companyNotFound = LocalizedText(
    es: "No encontramos esa empresa entre las tuyas.",
    en: "We could not find that company among yours.",
    pt: "Não encontramos essa empresa entre as suas.")
  static let sessionEnded = LocalizedText(
    es: "Tu sesión terminó. Inicia sesión de nuevo para continuar.",
    en: "Your session has ended. Sign in again to continue.",
    pt: "Sua sessão terminou. Entre de novo para continuar.")
  static let wrongPassword = LocalizedText(
    es: "La contraseña actual no es correcta. Revísala e inténtalo de nuevo.",
    en: "The current password is not right. Check it and try again.",
    pt: "A senha atual não está correta. Confira-a e tente de novo.")
  static let samePassword = LocalizedText(
    es: "La nueva contraseña es igual a la actual. Elige otra.",
    en: "The new password is the same as the current one. Choose another.",
    pt: "A nova senha é igual à atual. Escolha outra.")
  static let passwordIsEmail = LocalizedText(
    es: "La contraseña no puede ser tu correo. Elige otra.",
    en: "The password cannot be your email. Choose another.",
    pt: "A senha não pode ser o seu e-mail. Escolha outra.")
  static let passwordIsCommon = LocalizedText(
    es: "Esta contraseña es de las más usadas y se adivina fácilmente. Elige otra.",
    en: "This password is one of the most used and easily guessed. Choose another.",
    pt: "Esta senha é uma das mais usadas e fácil de adivinhar. Escolha outra.")
  static let noPassword = LocalizedText(
    es: "Tu cuenta no tiene contraseña: inicias sesión con Google.",
    en: "Your account has no password: you sign in with Google.",
    pt: "Sua conta não tem senha: você entra com o Google.")
  static let sessionNotFound = LocalizedText(
    es: "No encontramos esa sesión abierta entre las tuyas.",
    en: "We could not find that open session among yours.",
    pt: "Não encontramos essa sessão aberta entre as suas.")
  static let currentSession = LocalizedText(
    es: "Esta es tu sesión actual. Para terminarla, cierra sesión.",
    en: "This is your current session. To end it, sign out.",
    pt: "Esta é a sua sessão atual. Para encerrá-la, saia da conta.")
  static let reauthenticationRequired = LocalizedText(
    es: "Por tu seguridad, confirma primero quién eres.",
    en: "For your security, confirm first who you are.",
    pt: "Para sua segurança, confirme primeiro quem você é.")
  static let linkInvalid = LocalizedText(
    es: "Este enlace ya no sirve: se usó, venció o pediste otro después. Pide uno nuevo.",
    en: "This link is not good any more: it was used, it expired, or you asked for another. "
      + "Ask for a new one.",
    pt: "Este link não vale mais: foi usado, venceu ou você pediu outro depois. Peça um novo.")
  static let emailTaken = LocalizedText(
    es: "Otra cuenta ya usa este correo.",
    en: "Another account already uses this email.",
    pt: "Outra conta já usa este e-mail.")
  static let unlinkGoogleFirst = LocalizedText(
    es: "Tu cuenta de Google vinculada no tiene este correo. Desvincula Google primero.",
    en: "Your linked Google account does not have this email. Unlink Google first.",
    pt: "Sua conta do Google vinculada não tem este e-mail. Desvincule o Google primeiro.")
}
