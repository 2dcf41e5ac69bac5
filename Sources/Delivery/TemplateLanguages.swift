// A person's language comes in, the languages to look for a template in leave, the best first.

/// Such as `es-AR`, `es`: a region has templates of its own only where its words differ; what is
/// spoken nowhere else is Spanish.
func templateLanguages(_ language: String) -> [String] {
  let base = String(language.prefix { $0 != "-" })
  var languages = [language]
  for next in [base, "es"] where !languages.contains(next) { languages.append(next) }
  return languages
}
