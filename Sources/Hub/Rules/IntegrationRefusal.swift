// Why a change of a company's integrations was refused, with its code and its words: Spanish first,
// then English and Portuguese.

/// What refuses an integration, its credentials or its going.
package enum IntegrationRefusal: Hashable, Sendable {
  /// The country version or the plans do not have it, the role does not see it, or it never was:
  /// all alike.
  case notAvailable
  case notConnected
  /// Its maker, by what the integration is called, does not take the credentials.
  case credentialsRefused(name: String)
  /// Its maker does not answer, so nothing is known of the credentials.
  case gatewayUnavailable(name: String)
  /// The account there is another tax number's than the company's.
  case taxIDMismatch(name: String)
  /// This server has no keys to seal credentials with.
  case unavailableHere

  var code: String {
    switch self {
    case .notAvailable: "INTEGRATION_NOT_AVAILABLE"
    case .notConnected: "INTEGRATION_NOT_CONNECTED"
    case .credentialsRefused: "CREDENTIALS_REFUSED"
    case .gatewayUnavailable: "GATEWAY_UNAVAILABLE"
    case .taxIDMismatch: "TAX_ID_MISMATCH"
    case .unavailableHere: "INTEGRATIONS_UNAVAILABLE"
    }
  }

  var text: LocalizedText {
    switch self {
    case .notAvailable: Texts.notAvailable
    case .notConnected: Texts.notConnected
    case .credentialsRefused(let name): Texts.credentialsRefused(name)
    case .gatewayUnavailable(let name): Texts.gatewayUnavailable(name)
    case .taxIDMismatch(let name): Texts.taxIDMismatch(name)
    case .unavailableHere: Texts.unavailableHere
    }
  }

  /// One of each case, for the tests that compare codes, texts and documentation.
  static let samples: [IntegrationRefusal] = [
    .notAvailable, .notConnected, .credentialsRefused(name: "Name 41"),
    .gatewayUnavailable(name: "Name 41"), .taxIDMismatch(name: "Name 41"), .unavailableHere,
  ]
}

private enum Texts {
  static let notAvailable = LocalizedText(
    es: "Esta integración no está disponible para tu empresa.",
    en: "This integration is not available to your company.",
    pt: "Esta integração não está disponível para a sua empresa.")
  static let notConnected = LocalizedText(
    es: "Tu empresa no está conectada a esta integración.",
    en: "Your company is not connected to this integration.",
    pt: "A sua empresa não está conectada a esta integração.")
  static let unavailableHere = LocalizedText(
    es: "Ahora no podemos guardar credenciales de forma segura. Escríbenos, por favor.",
    en: "We cannot keep credentials safely at the moment. Please write to us.",
    pt: "No momento não podemos guardar credenciais com segurança. Escreva para nós, por favor.")

  static func credentialsRefused(_ name: String) -> LocalizedText {
    LocalizedText(
      es: "\(name) no acepta estas credenciales. Revísalas e inténtalo de nuevo.",
      en: "\(name) does not accept these credentials. Check them and try again.",
      pt: "\(name) não aceita estas credenciais. Confira-as e tente novamente.")
  }

  static func gatewayUnavailable(_ name: String) -> LocalizedText {
    LocalizedText(
      es: "\(name) no responde en este momento y no pudimos comprobar las credenciales. "
        + "Inténtalo de nuevo en unos minutos.",
      en: "\(name) does not answer at the moment, so we could not check the credentials. "
        + "Try again in a few minutes.",
      pt: "\(name) não responde neste momento e não pudemos verificar as credenciais. "
        + "Tente novamente em alguns minutos.")
  }

  static func taxIDMismatch(_ name: String) -> LocalizedText {
    LocalizedText(
      es: "La identificación de tu cuenta en \(name) no es la de tu empresa. "
        + "Deben ser la misma para que funcione.",
      en: "The tax number of your account at \(name) is not your company's. "
        + "They have to be the same for it to work.",
      pt: "A identificação da sua conta na \(name) não é a da sua empresa. "
        + "Precisam ser a mesma para que funcione.")
  }
}
