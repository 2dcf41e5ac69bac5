// The words of what refuses to open a solution: Spanish first, then English and Portuguese.

/// By the name of the violation in `RuleViolation`.
enum LauncherTexts {
  static let solutionNotForRole = LocalizedText(
    es: "Tu rol no abre esta solución. Pídele acceso a quien administra la empresa.",
    en: "Your role does not open this solution. Ask the company's administrator for access.",
    pt: "Sua função não abre esta solução. Peça acesso a quem administra a empresa.")
  static let returnAddressForeign = LocalizedText(
    es: "El enlace lleva fuera de la solución, así que no lo abrimos.",
    en: "The link leads out of the solution, so we do not open it.",
    pt: "O link leva para fora da solução, por isso não o abrimos.")
}
