// A violation and a language enter, the sentence that a person reads leaves. All words of the rules
// stand here and in ExpectedFormatTexts.swift: Spanish first, then English and Portuguese.

/// What is wrong and how to mend it, in `es`, `en` or `pt`; any other language reads Spanish.
package func message(for violation: RuleViolation, language: String) -> String {
  text(for: violation).text(in: language)
}

func text(for violation: RuleViolation) -> LocalizedText {
  switch violation {
  case .required:
    LocalizedText(
      es: "Completa este campo: es obligatorio.",
      en: "Please fill in this field: it is required.",
      pt: "Preencha este campo: ele é obrigatório.")
  case .tooShort(let minimum):
    LocalizedText(
      es: "Escribe al menos \(count(minimum, "carácter", "caracteres")).",
      en: "Enter at least \(count(minimum, "character", "characters")).",
      pt: "Escreva pelo menos \(count(minimum, "caractere", "caracteres")).")
  case .tooLong(let maximum):
    LocalizedText(
      es: "Escribe como máximo \(count(maximum, "carácter", "caracteres")).",
      en: "Enter at most \(count(maximum, "character", "characters")).",
      pt: "Escreva no máximo \(count(maximum, "caractere", "caracteres")).")
  case .invalidCharacters: textOfInvalidCharacters
  case .invalidFormat(let expected): text(for: expected)
  case .invalidCheckDigit: textOfInvalidCheckDigit
  case .outOfRange(let minimum, let maximum):
    LocalizedText(
      es: "Escribe un número entre \(minimum) y \(maximum).",
      en: "Enter a number between \(minimum) and \(maximum).",
      pt: "Escreva um número entre \(minimum) e \(maximum).")
  case .notOffered(let offered): textOfNotOffered(offered)
  case .fieldNotInCountryVersion: textOfFieldNotInCountryVersion
  case .conflict: textOfConflict
  case .invalidCredentials: SecurityTexts.invalidCredentials
  case .companyChoiceRequired: SecurityTexts.companyChoiceRequired
  case .companyNotFound: SecurityTexts.companyNotFound
  case .sessionEnded: SecurityTexts.sessionEnded
  case .wrongPassword: SecurityTexts.wrongPassword
  case .samePassword: SecurityTexts.samePassword
  case .passwordIsEmail: SecurityTexts.passwordIsEmail
  case .passwordIsCommon: SecurityTexts.passwordIsCommon
  case .noPassword: SecurityTexts.noPassword
  case .sessionNotFound: SecurityTexts.sessionNotFound
  case .currentSession: SecurityTexts.currentSession
  case .reauthenticationRequired: SecurityTexts.reauthenticationRequired
  case .linkInvalid: SecurityTexts.linkInvalid
  case .secondFactorRequired: SecondFactorTexts.secondFactorRequired
  case .wrongCode: SecondFactorTexts.wrongCode
  case .challengeEnded: SecondFactorTexts.challengeEnded
  case .secondFactorEnrolled: SecondFactorTexts.secondFactorEnrolled
  case .noSecondFactor: SecondFactorTexts.noSecondFactor
  case .secondFactorUnavailable: SecondFactorTexts.secondFactorUnavailable
  case .emailTaken: SecurityTexts.emailTaken
  case .unlinkGoogleFirst: SecurityTexts.unlinkGoogleFirst
  case .lastAdministrator: PeopleTexts.lastAdministrator
  case .emailChangedLately: PeopleTexts.emailChangedLately
  case .personNotFound: PeopleTexts.personNotFound
  case .ownMembership: PeopleTexts.ownMembership
  case .roleNotInPlan: PeopleTexts.roleNotInPlan
  case .solutionNotFound: PeopleTexts.solutionNotFound
  case .solutionNotForRole: LauncherTexts.solutionNotForRole
  case .returnAddressForeign: LauncherTexts.returnAddressForeign
  case .alreadyMember: PeopleTexts.alreadyMember
  case .invitationNotFound: PeopleTexts.invitationNotFound
  case .emailMismatch: PeopleTexts.emailMismatch
  case .claim(let refusal): refusal.text
  case .apiToken(let refusal): refusal.text
  case .webhook(let refusal): refusal.text
  case .solution(let refusal): refusal.text
  case .integration(let refusal): refusal.text
  case .google(let refusal): refusal.text
  }
}

private let textOfFieldNotInCountryVersion = LocalizedText(
  es: "La versión de tu país no usa este campo.",
  en: "Your country's version does not use this field.",
  pt: "A versão do seu país não usa este campo.")

private let textOfConflict = LocalizedText(
  es:
    "Alguien cambió este dato mientras lo editabas. Revisa el valor actual y guarda de nuevo.",
  en: "Someone changed this while you were editing it. Check the current value and save again.",
  pt: "Alguém alterou este dado enquanto você o editava. Confira o valor atual e salve de novo."
)

private let textOfInvalidCheckDigit = LocalizedText(
  es: "El dígito de verificación no corresponde al número. Revísalos, por favor.",
  en: "The check digit does not match the number. Please check both.",
  pt: "O dígito verificador não corresponde ao número. Confira os dois, por favor.")

private let textOfInvalidCharacters = LocalizedText(
  es: "Hay caracteres que no se pueden usar aquí, como saltos de línea o tabulaciones. "
    + "Bórralos e inténtalo de nuevo.",
  en: "Some characters cannot be used here, such as line breaks or tabs. "
    + "Remove them and try again.",
  pt: "Há caracteres que não podem ser usados aqui, como quebras de linha ou tabulações. "
    + "Apague-os e tente de novo.")

private func count(_ number: Int, _ singular: String, _ plural: String) -> String {
  "\(number) \(number == 1 ? singular : plural)"
}

/// A list that no longer helps anybody to choose is left out.
private let offeredNamedMax = 20

private func textOfNotOffered(_ offered: [String]) -> LocalizedText {
  guard !offered.isEmpty, offered.count <= offeredNamedMax else {
    return LocalizedText(
      es: "Esta opción no está disponible. Elige otra.",
      en: "This option is not available. Choose another one.",
      pt: "Esta opção não está disponível. Escolha outra.")
  }
  let list = offered.joined(separator: ", ")
  return LocalizedText(
    es: "Esta opción no está disponible. Puedes elegir: \(list).",
    en: "This option is not available. You can choose: \(list).",
    pt: "Esta opção não está disponível. Você pode escolher: \(list).")
}
