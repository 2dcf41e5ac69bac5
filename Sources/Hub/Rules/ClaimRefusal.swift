// Why what a solution says of a company was refused, with its code and its words: Spanish first,
// then English and Portuguese.

/// What refuses a report, or the adoption of a claim.
package enum ClaimRefusal: Hashable, Sendable {
  /// No such claim of that solution about that field.
  case notFound
  /// Reported for an instant that is too far ahead of this clock.
  case reportedAhead(secondsMax: Int)

  var code: String {
    switch self {
    case .notFound: "CLAIM_NOT_FOUND"
    case .reportedAhead: "REPORTED_AHEAD"
    }
  }

  var text: LocalizedText {
    switch self {
    case .notFound:
      LocalizedText(
        es: "Esta solución no ha reportado este dato. Actualiza la página y revisa los datos.",
        en: "This solution has not reported this. Reload the page and check the data.",
        pt: "Esta solução não informou este dado. Atualize a página e confira os dados.")
    case .reportedAhead(let seconds):
      LocalizedText(
        es: "La fecha del reporte está en el futuro: se aceptan \(seconds) segundos de "
          + "diferencia. Revisa el reloj.",
        en: "The report's date is in the future: \(seconds) seconds of difference are accepted. "
          + "Check the clock.",
        pt: "A data do relato está no futuro: aceitam-se \(seconds) segundos de diferença. "
          + "Confira o relógio.")
    }
  }
}
