// Why a webhook was not made or changed, with its code and its words: Spanish first, then English
// and Portuguese.

/// What refuses a change of the company's webhooks.
package enum WebhookRefusal: Hashable, Sendable {
  /// No such webhook of the company for whoever asks: a foreign one and one that never was, alike.
  case notFound
  case tooMany(webhooksMax: Int)
  /// Nothing is sent to such an address; the reason is a word of `GuardedError`.
  case addressRefused(reason: String)
  /// It is disabled, so nothing is sent to it.
  case disabled
  /// The last test is at no end yet.
  case testUnderWay
  case tooManyEvents(eventsMax: Int)
  /// This server has no keys to seal secrets with.
  case unavailableHere

  var code: String {
    switch self {
    case .notFound: "WEBHOOK_NOT_FOUND"
    case .tooMany: "TOO_MANY_WEBHOOKS"
    case .addressRefused: "ADDRESS_REFUSED"
    case .disabled: "WEBHOOK_DISABLED"
    case .testUnderWay: "TEST_UNDER_WAY"
    case .tooManyEvents: "TOO_MANY_EVENTS"
    case .unavailableHere: "WEBHOOKS_UNAVAILABLE"
    }
  }

  var text: LocalizedText {
    switch self {
    case .notFound: Texts.notFound
    case .tooMany(let most): Texts.tooMany(most)
    case .addressRefused(let reason): Texts.addressRefused(reason)
    case .disabled: Texts.disabled
    case .testUnderWay: Texts.testUnderWay
    case .tooManyEvents(let most): Texts.tooManyEvents(most)
    case .unavailableHere: Texts.unavailableHere
    }
  }

  /// One of each case, for the tests that compare codes, texts and documentation.
  static let samples: [WebhookRefusal] = [
    .notFound, .tooMany(webhooksMax: 41), .addressRefused(reason: "REASON_41"), .disabled,
    .testUnderWay, .tooManyEvents(eventsMax: 41), .unavailableHere,
  ]
}

private enum Texts {
  static let notFound = LocalizedText(
    es: "No encontramos este webhook. Actualiza la página.",
    en: "We could not find this webhook. Reload the page.",
    pt: "Não encontramos este webhook. Atualize a página.")
  static let disabled = LocalizedText(
    es: "Este webhook está desactivado. Actívalo primero.",
    en: "This webhook is disabled. Enable it first.",
    pt: "Este webhook está desativado. Ative-o primeiro.")
  static let testUnderWay = LocalizedText(
    es: "La prueba anterior aún no termina. Espera un momento.",
    en: "The last test is not over yet. Wait a moment.",
    pt: "O teste anterior ainda não terminou. Aguarde um momento.")
  static let unavailableHere = LocalizedText(
    es: "Ahora no podemos guardar secretos de forma segura. Escríbenos, por favor.",
    en: "We cannot keep secrets safely at the moment. Please write to us.",
    pt: "No momento não podemos guardar segredos com segurança. Escreva para nós, por favor.")

  static func tooMany(_ most: Int) -> LocalizedText {
    LocalizedText(
      es: "Tu empresa ya tiene \(most) webhooks. Elimina uno que no uses.",
      en: "Your company has \(most) webhooks already. Delete one that you do not use.",
      pt: "Sua empresa já tem \(most) webhooks. Exclua um que você não use.")
  }

  static func addressRefused(_ reason: String) -> LocalizedText {
    LocalizedText(
      es: "No podemos enviar nada a esta dirección (\(reason)). Usa una pública con https.",
      en: "We cannot send anything to this address (\(reason)). Use a public one with https.",
      pt: "Não podemos enviar nada a este endereço (\(reason)). Use um público com https.")
  }

  static func tooManyEvents(_ most: Int) -> LocalizedText {
    LocalizedText(
      es: "Son más de \(most) eventos. Elige un período más corto.",
      en: "These are more than \(most) events. Choose a shorter time.",
      pt: "São mais de \(most) eventos. Escolha um período mais curto.")
  }
}
