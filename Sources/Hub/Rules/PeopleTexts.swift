// The words of what refuses a change of a company's people: Spanish first, then English and
// Portuguese.

/// By the name of the violation in `RuleViolation`.
enum PeopleTexts {
  static let lastAdministrator = LocalizedText(
    es: "La empresa se quedaría sin administrador. Dale antes ese rol a otra persona.",
    en: "The company would be left without an administrator. Give somebody else that role first.",
    pt: "A empresa ficaria sem administrador. Dê antes essa função a outra pessoa.")
  static let personNotFound = LocalizedText(
    es: "No encontramos a esa persona en tu empresa.",
    en: "We could not find that person in your company.",
    pt: "Não encontramos essa pessoa na sua empresa.")
  static let ownMembership = LocalizedText(
    es: "No puedes quitarte a ti: para salir de la empresa, usa la opción de dejarla.",
    en: "You cannot remove yourself: to go, leave the company.",
    pt: "Você não pode remover a si: para sair da empresa, use a opção de deixá-la.")
  static let roleNotInPlan = LocalizedText(
    es: "El plan de la empresa no incluye este rol. Elige otro o cambia de plan.",
    en: "The company's plan does not include this role. Choose another or change the plan.",
    pt: "O plano da empresa não inclui esta função. Escolha outra ou mude de plano.")
  static let solutionNotFound = LocalizedText(
    es: "La empresa no tiene esa solución, o la nombraste más de una vez.",
    en: "The company does not have that solution, or it was named more than once.",
    pt: "A empresa não tem essa solução, ou ela foi citada mais de uma vez.")
  static let alreadyMember = LocalizedText(
    es: "Quien usa este correo ya pertenece a la empresa.",
    en: "Whoever uses this email belongs to the company already.",
    pt: "Quem usa este e-mail já pertence à empresa.")
  static let invitationNotFound = LocalizedText(
    es: "No encontramos esa invitación, o ya se aceptó o se anuló.",
    en: "We could not find that invitation, or it was accepted or taken back already.",
    pt: "Não encontramos esse convite, ou ele já foi aceito ou anulado.")
  static let emailMismatch = LocalizedText(
    es: "Este no es el correo con el que inicias sesión. Escríbelo de nuevo.",
    en: "This is not the email that you sign in with. Type it again.",
    pt: "Este não é o e-mail com que você entra. Escreva-o de novo.")
  static let emailChangedLately = LocalizedText(
    es: "Tu correo cambió hace poco y ese cambio todavía se puede deshacer. Espera 72 horas.",
    en: "Your email changed lately and that can still be undone. Wait for 72 hours.",
    pt: "Seu e-mail mudou há pouco e isso ainda pode ser desfeito. Espere 72 horas.")
}
