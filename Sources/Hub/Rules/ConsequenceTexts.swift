// The words of what a change brings about: Spanish first, then English and Portuguese.

/// By the kind of the consequence.
enum ConsequenceTexts {
  static func solutionStops(_ solution: String) -> LocalizedText {
    LocalizedText(
      es: "\(solution) dejará de funcionar.",
      en: "\(solution) will stop working.",
      pt: "\(solution) deixará de funcionar.")
  }

  static func connectionFlagged(_ integration: String) -> LocalizedText {
    LocalizedText(
      es: "La conexión con \(integration) quedará marcada para que la revises.",
      en: "The connection to \(integration) will be flagged for you to check.",
      pt: "A conexão com \(integration) ficará marcada para que você a confira.")
  }

  static func connectionEnds(_ integration: String) -> LocalizedText {
    LocalizedText(
      es: "\(integration) se desconectará y borraremos sus credenciales y opciones.",
      en: "\(integration) will be disconnected, and its credentials and settings deleted.",
      pt: "\(integration) será desconectada e apagaremos as suas credenciais e opções.")
  }

  static func accessLost(_ person: String, _ solution: String) -> LocalizedText {
    LocalizedText(
      es: "\(person) perderá el acceso a \(solution).",
      en: "\(person) will lose access to \(solution).",
      pt: "\(person) perderá o acesso a \(solution).")
  }

  static func mailSent(_ address: String) -> LocalizedText {
    LocalizedText(
      es: "Enviaremos un correo a \(address).",
      en: "We will send an email to \(address).",
      pt: "Enviaremos um e-mail a \(address).")
  }
}
