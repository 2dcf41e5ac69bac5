// What refuses a sign-in with Google, a link to it or its end: the codes, and the words for people,
// Spanish first, then English and Portuguese.

/// Why Google opened nothing, linked nothing or proved nothing. The codes are those of
/// schema/errors.md.
package enum GoogleRefusal: String, Hashable, Sendable, CaseIterable {
  /// This hub has no client at Google.
  case notConfigured = "GOOGLE_NOT_CONFIGURED"
  /// Google does not answer, or not as it should.
  case unavailable = "GOOGLE_UNAVAILABLE"
  /// What came back from Google was not begun in this browser.
  case stateInvalid = "GOOGLE_STATE_INVALID"
  /// It was begun too long ago, or is over already.
  case flowExpired = "GOOGLE_FLOW_EXPIRED"
  /// The person did not go through with it.
  case denied = "GOOGLE_DENIED"
  /// What Google's answer proves is not what was asked for.
  case tokenRefused = "GOOGLE_TOKEN_REFUSED"
  /// No account is linked with the Google account, or no Google account with this one.
  case notLinked = "GOOGLE_NOT_LINKED"
  /// The Google account is linked with another account; never which.
  case alreadyLinked = "GOOGLE_ALREADY_LINKED"
  /// The person has linked another Google account than this one.
  case otherLinked = "OTHER_GOOGLE_LINKED"
  /// The address of the account, or of who signs up, is none of Google's.
  case emailNotGoogle = "EMAIL_NOT_GOOGLE"
  /// Who signs up has an account already.
  case accountExists = "ACCOUNT_EXISTS"

  var text: LocalizedText {
    switch self {
    case .notConfigured: GoogleTexts.notConfigured
    case .unavailable: GoogleTexts.unavailable
    case .stateInvalid: GoogleTexts.stateInvalid
    case .flowExpired: GoogleTexts.flowExpired
    case .denied: GoogleTexts.denied
    case .tokenRefused: GoogleTexts.tokenRefused
    case .notLinked: GoogleTexts.notLinked
    case .alreadyLinked: GoogleTexts.alreadyLinked
    case .otherLinked: GoogleTexts.otherLinked
    case .emailNotGoogle: GoogleTexts.emailNotGoogle
    case .accountExists: GoogleTexts.accountExists
    }
  }
}

/// By the name of the refusal.
private enum GoogleTexts {
  static let notConfigured = LocalizedText(
    es: "Por ahora no es posible iniciar sesión con Google. Usa tu correo y contraseña.",
    en: "Signing in with Google is not possible for now. Use your email and password.",
    pt: "Por enquanto não é possível entrar com o Google. Use seu e-mail e senha.")
  static let unavailable = LocalizedText(
    es: "Google no responde en este momento. Inténtalo de nuevo en unos minutos.",
    en: "Google does not answer right now. Try again in a few minutes.",
    pt: "O Google não responde neste momento. Tente de novo em alguns minutos.")
  static let stateInvalid = LocalizedText(
    es: "No pudimos comprobar que empezaste en este navegador. Inténtalo de nuevo desde el inicio.",
    en: "We could not make sure that you began in this browser. Try again from the start.",
    pt: "Não pudemos confirmar que você começou neste navegador. Tente de novo desde o início.")
  static let flowExpired = LocalizedText(
    es: "Pasó demasiado tiempo o este paso ya terminó. Inténtalo de nuevo desde el inicio.",
    en: "It took too long, or this step is over already. Try again from the start.",
    pt: "Demorou demais ou esta etapa já terminou. Tente de novo desde o início.")
  static let denied = LocalizedText(
    es: "No se completó el paso en Google. Puedes intentarlo de nuevo cuando quieras.",
    en: "The step at Google was not completed. You can try again whenever you like.",
    pt: "A etapa no Google não foi concluída. Você pode tentar de novo quando quiser.")
  static let tokenRefused = LocalizedText(
    es: "La respuesta de Google no es válida para iniciar sesión. Inténtalo de nuevo.",
    en: "The answer from Google is not valid for signing in. Try again.",
    pt: "A resposta do Google não é válida para entrar. Tente de novo.")
  static let notLinked = LocalizedText(
    es: "Esta cuenta no está vinculada con Google. Inicia sesión con tu correo y contraseña, y "
      + "vincúlala en Seguridad.",
    en: "This account is not linked with Google. Sign in with your email and password, and link "
      + "it in Seguridad.",
    pt: "Esta conta não está vinculada ao Google. Entre com seu e-mail e senha, e vincule-a em "
      + "Seguridad.")
  static let alreadyLinked = LocalizedText(
    es: "Esta cuenta de Google ya está vinculada. Elige otra cuenta de Google.",
    en: "This Google account is linked already. Choose another Google account.",
    pt: "Esta conta do Google já está vinculada. Escolha outra conta do Google.")
  static let otherLinked = LocalizedText(
    es: "Tienes vinculada otra cuenta de Google. Elige esa, o desvincúlala primero en Seguridad.",
    en: "You have linked another Google account. Choose that one, or unlink it first in Seguridad.",
    pt: "Você tem outra conta do Google vinculada. Escolha essa, ou desvincule-a antes em "
      + "Seguridad.")
  static let emailNotGoogle = LocalizedText(
    es: "Tu correo no es de Gmail ni de un dominio de Google. Cámbialo primero en Seguridad por "
      + "uno que lo sea, y vuelve a intentarlo.",
    en: "Your email is neither Gmail nor of a Google domain. Change it first in Seguridad to one "
      + "that is, and try again.",
    pt: "Seu e-mail não é do Gmail nem de um domínio do Google. Troque-o antes em Seguridad por "
      + "um que seja, e tente de novo.")
  static let accountExists = LocalizedText(
    es: "Ya tienes una cuenta. Inicia sesión y, si quieres, vincula Google en Seguridad.",
    en: "You have an account already. Sign in and, if you like, link Google in Seguridad.",
    pt: "Você já tem uma conta. Entre e, se quiser, vincule o Google em Seguridad.")
}
