// The words of the rules: every code in three languages, saying the same numbers.

import Testing

@testable import Hub

@Suite("The text of a violation")
struct RuleTextsTests {
  static let languages = ["es", "en", "pt"]
  static let all =
    RuleViolation.samples + ExpectedFormat.samples.map { .invalidFormat(expected: $0) }

  @Test("exists in three languages that differ and end as sentences", arguments: all)
  func languages(violation: RuleViolation) {
    let texts = Self.languages.map { message(for: violation, language: $0) }
    #expect(Set(texts).count == 3)
    for text in texts {
      #expect(text.hasSuffix("."))
      #expect(text.count > 15)
      #expect(!text.contains("\\"))
    }
  }

  @Test("names the same numbers and codes in each of them", arguments: all)
  func placeholders(violation: RuleViolation) {
    let numbers = Self.languages.map { language in
      message(for: violation, language: language)
        .split(whereSeparator: { !$0.isNumber }).map(String.init).sorted()
    }
    #expect(Set(numbers).count == 1)
    switch violation {
    case .tooShort: #expect(numbers[0] == ["41"])
    case .tooLong: #expect(numbers[0] == ["42"])
    case .outOfRange, .notOffered: #expect(numbers[0] == ["41", "42"])
    case .invalidFormat(.identification): #expect(numbers[0] == ["41"])
    case _: break
    }
  }

  @Test("counts one as one")
  func singular() {
    #expect(message(for: .tooShort(charactersMin: 1), language: "es").contains("1 carácter."))
    #expect(message(for: .tooLong(charactersMax: 1), language: "en").contains("1 character."))
    #expect(message(for: .tooLong(charactersMax: 2), language: "pt").contains("2 caracteres."))
  }

  @Test(
    "is Spanish in a language that texts do not exist in", arguments: ["", "fr", "es-AR", "ES"])
  func fallback(language: String) {
    #expect(message(for: .required, language: language) == "Completa este campo: es obligatorio.")
  }

  @Test("does not ask for a region", arguments: ["pt-BR", "pt_PT", "PT"])
  func region(language: String) {
    #expect(message(for: .required, language: language).hasPrefix("Preencha"))
  }

  @Test("leaves out a list that is too long to choose from")
  func longList() {
    let offered = (0..<30).map { "CODE_\($0)" }
    for language in Self.languages {
      #expect(!message(for: .notOffered(offered: offered), language: language).contains("CODE"))
      #expect(!message(for: .notOffered(offered: []), language: language).contains(":"))
    }
  }

  @Test("belongs to a stable code of its own")
  func codes() {
    let codes = RuleViolation.samples.map(\.code)
    #expect(Set(codes).count == codes.count)
    #expect(
      codes.allSatisfy { code in
        !code.isEmpty && code.utf8.allSatisfy { isLetter($0) || $0 == UInt8(ascii: "_") }
          && code == code.uppercased()
      })
  }
}
