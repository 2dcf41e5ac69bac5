// The words of what a second factor refuses: Spanish first, then English and Portuguese.

/// By the name of the violation in `RuleViolation`.
enum SecondFactorTexts {
  static let secondFactorRequired = LocalizedText(
    es: "Escribe el código de tu segundo factor para terminar.",
    en: "Enter the code of your second factor to finish.",
    pt: "Digite o código do seu segundo fator para terminar.")
  static let wrongCode = LocalizedText(
    es: "El código no es correcto o ya se usó. Espera el siguiente e inténtalo de nuevo.",
    en: "The code is not right, or was used before. Wait for the next one and try again.",
    pt: "O código não está correto ou já foi usado. Espere o próximo e tente de novo.")
  static let challengeEnded = LocalizedText(
    es: "Este inicio de sesión ya terminó. Empieza de nuevo con tu correo y contraseña.",
    en: "This sign-in is over. Begin again with your email and password.",
    pt: "Este acesso já terminou. Comece de novo com seu e-mail e senha.")
  static let secondFactorEnrolled = LocalizedText(
    es: "Ya tienes la verificación en dos pasos. Desactívala antes de configurar otra.",
    en: "You already have two-step verification. Turn it off before you set up another.",
    pt: "Você já tem a verificação em duas etapas. Desative-a antes de configurar outra.")
  static let noSecondFactor = LocalizedText(
    es: "Primero configura la verificación en dos pasos.",
    en: "Set up two-step verification first.",
    pt: "Primeiro configure a verificação em duas etapas.")
  static let secondFactorUnavailable = LocalizedText(
    es: "La verificación en dos pasos no está disponible por ahora.",
    en: "Two-step verification is not available for now.",
    pt: "A verificação em duas etapas não está disponível no momento.")
}
