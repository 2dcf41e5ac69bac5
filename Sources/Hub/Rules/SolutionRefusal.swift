// Why a change of a company's solutions was refused, with its code and its words: Spanish first,
// then English and Portuguese.

/// What refuses a solution, a plan, or the going of one.
package enum SolutionRefusal: Hashable, Sendable {
  /// The country version does not have the solution: another's and one that never was, alike.
  case solutionNotAvailable
  /// The country version does not offer the plan.
  case planNotAvailable
  /// The solution is in use, on another plan than the one given.
  case alreadyActive
  /// Solutions in use, by their names, need the one to be switched off.
  case dependentsActive(names: [String])
  /// The solution needs others, by their names, that are not in use.
  case requirementInactive(names: [String])
  /// People or invitations, by their names, have roles that the plan does not allow.
  case planLacksRoles(names: [String])

  var code: String {
    switch self {
    case .solutionNotAvailable: "SOLUTION_NOT_AVAILABLE"
    case .planNotAvailable: "PLAN_NOT_AVAILABLE"
    case .alreadyActive: "ALREADY_ACTIVE"
    case .dependentsActive: "DEPENDENTS_ACTIVE"
    case .requirementInactive: "REQUIREMENT_INACTIVE"
    case .planLacksRoles: "PLAN_LACKS_ROLES"
    }
  }

  var text: LocalizedText {
    switch self {
    case .solutionNotAvailable: Texts.solutionNotAvailable
    case .planNotAvailable: Texts.planNotAvailable
    case .alreadyActive: Texts.alreadyActive
    case .dependentsActive(let names): Texts.dependentsActive(names)
    case .requirementInactive(let names): Texts.requirementInactive(names)
    case .planLacksRoles(let names): Texts.planLacksRoles(names)
    }
  }

  /// One of each case, for the tests that compare codes, texts and documentation.
  static let samples: [SolutionRefusal] = [
    .solutionNotAvailable, .planNotAvailable, .alreadyActive,
    .dependentsActive(names: ["Name 41", "Name 42"]), .requirementInactive(names: ["Name 41"]),
    .planLacksRoles(names: ["Name 41", "Name 42"]),
  ]
}

private enum Texts {
  static let solutionNotAvailable = LocalizedText(
    es: "Esta solución no está disponible en la versión de tu país.",
    en: "This solution is not available in your country's version.",
    pt: "Esta solução não está disponível na versão do seu país.")
  static let planNotAvailable = LocalizedText(
    es: "Este plan no se ofrece en la versión de tu país. Elige otro.",
    en: "This plan is not offered in your country's version. Choose another one.",
    pt: "Este plano não é oferecido na versão do seu país. Escolha outro.")
  static let alreadyActive = LocalizedText(
    es: "Esta solución ya está activa con otro plan. Para tener este, cambia de plan.",
    en: "This solution is in use already, on another plan. To have this one, change the plan.",
    pt: "Esta solução já está ativa com outro plano. Para ter este, mude de plano.")

  static func dependentsActive(_ names: [String]) -> LocalizedText {
    let list = list(names)
    return LocalizedText(
      es: "Otras soluciones la necesitan. Desactiva antes: \(list).",
      en: "Other solutions need it. Deactivate these first: \(list).",
      pt: "Outras soluções precisam dela. Desative antes: \(list).")
  }

  static func requirementInactive(_ names: [String]) -> LocalizedText {
    let list = list(names)
    return LocalizedText(
      es: "Esta solución necesita otras. Activa antes: \(list).",
      en: "This solution needs others. Activate these first: \(list).",
      pt: "Esta solução precisa de outras. Ative antes: \(list).")
  }

  static func planLacksRoles(_ names: [String]) -> LocalizedText {
    let list = list(names)
    return LocalizedText(
      es: "El plan no incluye el rol que tienen: \(list). Cambia antes sus roles.",
      en: "The plan does not include the role of: \(list). Change their roles first.",
      pt: "O plano não inclui a função de: \(list). Mude antes as funções deles.")
  }

  /// As many names as help anybody; the obstacles of the refusal have all of them.
  private static let namesMax = 10

  private static func list(_ names: [String]) -> String {
    names.prefix(namesMax).joined(separator: ", ") + (names.count > namesMax ? ", …" : "")
  }
}
