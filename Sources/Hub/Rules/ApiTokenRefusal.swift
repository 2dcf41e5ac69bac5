// Why an API token was not made, rotated or revoked, with its code and its words: Spanish first,
// then English and Portuguese.

/// What refuses a change of the company's API tokens.
package enum ApiTokenRefusal: Hashable, Sendable {
  /// No such token of the company that could be changed: a foreign one and one that never was,
  /// alike.
  case notFound
  /// The company has so many that are good.
  case tooMany(tokensMax: Int)
  /// It would be over already, or live longer than a token may.
  case expiryOutOfRange(daysMax: Int)

  var code: String {
    switch self {
    case .notFound: "API_TOKEN_NOT_FOUND"
    case .tooMany: "TOO_MANY_API_TOKENS"
    case .expiryOutOfRange: "EXPIRY_OUT_OF_RANGE"
    }
  }

  var text: LocalizedText {
    switch self {
    case .notFound:
      LocalizedText(
        es: "No encontramos este token, o ya no sirve. Actualiza la página.",
        en: "We could not find this token, or it is good no longer. Reload the page.",
        pt: "Não encontramos este token, ou ele não serve mais. Atualize a página.")
    case .tooMany(let most):
      LocalizedText(
        es: "Tu empresa ya tiene \(most) tokens. Revoca uno que no uses.",
        en: "Your company has \(most) tokens already. Revoke one that you do not use.",
        pt: "Sua empresa já tem \(most) tokens. Revogue um que você não use.")
    case .expiryOutOfRange(let days):
      LocalizedText(
        es: "Elige un vencimiento futuro, a \(days) días como máximo.",
        en: "Choose an expiry in the future, \(days) days ahead at most.",
        pt: "Escolha um vencimento futuro, em no máximo \(days) dias.")
    }
  }
}
