// A text for people in each language that texts exist in; the language asked for picks one.

/// One text in the three languages.
package struct LocalizedText: Hashable, Sendable {
  package let es: String
  package let en: String
  package let pt: String

  package init(es: String, en: String, pt: String) {
    self.es = es
    self.en = en
    self.pt = pt
  }

  /// The text in this language; a region (`pt-BR`) is disregarded, an unknown language is Spanish.
  package func text(in language: String) -> String {
    switch language.lowercased().prefix(while: { $0 != "-" && $0 != "_" }) {
    case "en": en
    case "pt": pt
    default: es
    }
  }
}
