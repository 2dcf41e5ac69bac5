// Texts and moments of a mail enter, the values that a template may fill in leave: each on one
// line, bounded, in the mail's language.

package import Outbound

/// The longest value; a name or a device that is longer is cut.
private let valueCharactersMax = 200

/// A text on one line. Line breaks and other control characters become blanks, and what would turn
/// the direction of the words around it (Unicode's embeddings, overrides and isolates) is left out.
package func oneLine(_ text: String) -> String {
  var line = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x202A...0x202E, 0x2066...0x2069: continue
    case _: break
    }
    let isBreak = scalar.properties.generalCategory == .control || scalar.properties.isWhitespace
    if !isBreak {
      line.append(scalar)
    } else if line.last != " ", !line.isEmpty {
      line.append(" ")
    }
  }
  let bounded = String(line).prefix(valueCharactersMax)
  return bounded.last == " " ? String(bounded.dropLast()) : String(bounded)
}

/// A moment in words, such as `26 de noviembre de 2026, 14:05 UTC`.
package func spokenTime(_ time: UTCTime, language: String) -> String {
  let clock = "\(twoDigits(time.hour)):\(twoDigits(time.minute)) UTC"
  let month = time.month - 1
  switch templateLanguages(language).first(where: { ["es", "en", "pt"].contains($0) }) {
  case "en": return "\(months.en[month]) \(time.day), \(time.year), \(clock)"
  case "pt": return "\(time.day) de \(months.pt[month]) de \(time.year), \(clock)"
  case _: return "\(time.day) de \(months.es[month]) de \(time.year), \(clock)"
  }
}

private let months = (
  es: [
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
    "octubre", "noviembre", "diciembre",
  ],
  en: [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ],
  pt: [
    "janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro",
    "outubro", "novembro", "dezembro",
  ]
)
