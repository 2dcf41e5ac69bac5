// Made-up tax numbers enter, by the thousand and of every kind that the catalogues have; the server
// and the database must come to the same verdict on each. What fails is named, so no seed is kept.

import Hub
import JSON
import Postgres
import SQL
import TestSupport
import Testing

@Suite("Tax numbers", .database(from: .demo))
struct TaxNumberTests {
  @Test("the server and the database take the same numbers")
  func agree() async throws {
    let database = try TestDatabase.current
    let settings = try ConnectionSettings(database.connectionInfo())
    try await AdminConnection.run(settings) { connection in
      let kinds = try taxKinds(connection)
      #expect(kinds.count >= 30)
      var generator = SystemRandomNumberGenerator()
      for kind in kinds {
        let numbers = (0..<numbersPerKind).map { _ in kind.number(using: &generator) }
        let taken = try verdicts(numbers, of: kind, connection)
        for (number, isTaken) in zip(numbers, taken) where kind.takes(number) != isTaken {
          Issue.record("\(kind.version) \(kind.type.code): SQL \(isTaken) of \(number)")
        }
        // A comparison of refusals alone would compare nothing.
        #expect(taken.filter { $0 }.count >= numbersPerKind / 20, "\(kind.version) \(kind.type)")
        #expect(taken.contains(false), "\(kind.version) \(kind.type)")
      }
    }
  }

  @Test("both have the same check digits")
  func checkDigits() async throws {
    let database = try TestDatabase.current
    for algorithm in CheckAlgorithm.byName.keys {
      let known = try database.psql(
        "select count(*) from tax_id_type where check_algorithm = '\(algorithm)'")
      #expect(known != "0", "\(algorithm) is held by no kind of the catalogues")
    }
  }
}

private let numbersPerKind = 600

/// A number as it would be kept.
private struct TaxNumber: Hashable {
  var number: String
  var checkDigit: String?
  var kindOfPerson: String?

  var json: JSONValue {
    .object([
      JSONMember(name: "number", value: .string(number)),
      JSONMember(name: "digit", value: checkDigit.map(JSONValue.string) ?? .null),
      JSONMember(name: "kind", value: kindOfPerson.map(JSONValue.string) ?? .null),
    ])
  }
}

/// A kind of number of a country version, and how to make up some of its like.
private struct TaxKind {
  let version: String
  let type: TaxIdentificationType

  /// Whether the server would keep exactly this: what it would put into another form, it refuses to
  /// keep as it stands.
  func takes(_ number: TaxNumber) -> Bool {
    if let kind = number.kindOfPerson, !type.kindsOfPerson.contains(kind) { return false }
    let read = try? type.check(
      number: number.number, checkDigit: number.checkDigit, kindOfPerson: number.kindOfPerson)
    return read.map { $0.number == number.number && $0.checkDigit == number.checkDigit } ?? false
  }

  func number(using generator: inout some RandomNumberGenerator) -> TaxNumber {
    var number = TaxNumber(number: shaped(using: &generator))
    if type.hasCheckDigit { number.checkDigit = digit(of: number.number, using: &generator) }
    if let kind = ["LEGAL_ENTITY", "PERSON_ENTITY", nil].randomElement(using: &generator) {
      number.kindOfPerson = kind
    }
    switch Int.random(in: 0..<8, using: &generator) {
    case 0: number.number = mutated(number.number, using: &generator)
    case 1: number.checkDigit = number.checkDigit.map { mutated($0, using: &generator) } ?? "1"
    case 2: number.checkDigit = nil
    case _: break
    }
    return number
  }

  /// A number of about the pattern's form, mostly with the check digit that it asks for.
  private func shaped(using generator: inout some RandomNumberGenerator) -> String {
    var text = sample(of: type.pattern.source, using: &generator)
    if type.algorithm == .rfc, let month = (0...13).randomElement(using: &generator) {
      // Few made-up digits are a date.
      let date = [month, Int.random(in: 0...32, using: &generator)].map {
        $0 < 10 ? "0\($0)" : "\($0)"
      }
      text.replaceSubrange(text.range(behindLast: 7, count: 4), with: date.joined())
    }
    guard let algorithm = type.algorithm, !type.hasCheckDigit, Bool.random(using: &generator),
      let fitting = algorithm.checkCharacters(of: text.dropLast())?.randomElement(using: &generator)
    else { return text }
    text.removeLast()
    return text + String(fitting)
  }

  private func digit(
    of number: String, using generator: inout some RandomNumberGenerator
  ) -> String {
    let fitting = type.algorithm?.checkCharacters(of: number[...])?
      .randomElement(using: &generator)
    guard let fitting, Int.random(in: 0..<3, using: &generator) > 0 else {
      return String(Int.random(in: 0...99, using: &generator))
    }
    return String(fitting)
  }
}

extension String {
  /// So many characters behind the last `distance`.
  fileprivate func range(behindLast distance: Int, count: Int) -> Range<String.Index> {
    let start = index(endIndex, offsetBy: -distance)
    return start..<index(start, offsetBy: count)
  }
}

private let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZÑ&-. /kñ\t")

private func mutated(
  _ text: String, using generator: inout some RandomNumberGenerator
) -> String {
  var characters = Array(text)
  let place = Int.random(in: 0...characters.count, using: &generator)
  let character = alphabet.randomElement(using: &generator) ?? "0"
  switch Int.random(in: 0..<3, using: &generator) {
  case 0 where place < characters.count: characters[place] = character
  case 1 where place < characters.count: characters.remove(at: place)
  case _: characters.insert(character, at: place)
  }
  return String(characters)
}

/// A text that a pattern of the catalogues takes: classes, groups, alternatives and counts are all
/// that these have.
private func sample(
  of pattern: String, using generator: inout some RandomNumberGenerator
) -> String {
  var rest = Array(pattern).filter { $0 != "^" && $0 != "$" }[...]
  return alternatives(&rest, &generator)
}

private func alternatives(
  _ rest: inout ArraySlice<Character>, _ generator: inout some RandomNumberGenerator
) -> String {
  var choices = [""]
  while let character = rest.first, character != ")" {
    rest.removeFirst()
    switch character {
    case "|": choices.append("")
    case "(":
      choices[choices.count - 1] += repeated(&rest, &generator) { rest, generator in
        alternatives(&rest, &generator)
      }
    case "[":
      let members = members(&rest)
      choices[choices.count - 1] += repeated(&rest, &generator) { _, generator in
        String(members.randomElement(using: &generator) ?? "0")
      }
    case ".":
      choices[choices.count - 1] += repeated(&rest, &generator) { _, generator in
        String(alphabet.randomElement(using: &generator) ?? "0")
      }
    case _: choices[choices.count - 1].append(character)
    }
  }
  return choices.randomElement(using: &generator) ?? ""
}

/// What stands in front of a count, as often as the count lets it.
private func repeated<Generator: RandomNumberGenerator>(
  _ rest: inout ArraySlice<Character>, _ generator: inout Generator,
  _ one: (inout ArraySlice<Character>, inout Generator) -> String
) -> String {
  let start = rest
  var text = one(&rest, &generator)
  if rest.first == ")" { rest.removeFirst() }
  guard rest.first == "{", let end = rest.firstIndex(of: "}") else { return text }
  let bounds = String(rest[rest.index(after: rest.startIndex)..<end]).split(separator: ",")
    .compactMap { Int($0) }
  rest = rest[rest.index(after: end)...]
  let count = Int.random(in: (bounds.first ?? 1)...(bounds.last ?? 1), using: &generator)
  if count == 0 { return "" }
  for _ in 1..<count {
    var again = start
    text += one(&again, &generator)
  }
  return text
}

/// The characters of a class, behind its bracket.
private func members(_ rest: inout ArraySlice<Character>) -> [Character] {
  var members: [Character] = []
  while let character = rest.popFirst(), character != "]" {
    if rest.first == "-", let last = rest.dropFirst().first, last != "]",
      let low = character.unicodeScalars.first?.value, let high = last.unicodeScalars.first?.value
    {
      members += (low...high).compactMap { Unicode.Scalar($0).map(Character.init) }
      rest = rest.dropFirst(2)
    } else {
      members.append(character)
    }
  }
  return members
}

// MARK: The database

private func taxKinds(_ connection: AdminConnection) throws -> [TaxKind] {
  let rows = try connection.execute(
    """
    select country_version, code, pattern, check_algorithm, has_check_digit::text, \
    array_to_string(kinds_of_person, ',') from tax_id_type order by country_version, position
    """ as SQLFragment)
  return try (0..<rows.rowCount).map { row in
    let label = LocalizedText(es: "", en: "", pt: "")
    return TaxKind(
      version: rows.string(row, 0) ?? "",
      type: TaxIdentificationType(
        code: rows.string(row, 1) ?? "", label: label,
        pattern: try ValuePattern(rows.string(row, 2) ?? ""),
        algorithm: rows.string(row, 3).flatMap(CheckAlgorithm.init),
        hasCheckDigit: rows.string(row, 4) == "true",
        kindsOfPerson: (rows.string(row, 5) ?? "").split(separator: ",").map(String.init)))
  }
}

private func verdicts(
  _ numbers: [TaxNumber], of kind: TaxKind, _ connection: AdminConnection
) throws -> [Bool] {
  var writer = JSONWriter()
  writer.value(.array(numbers.map(\.json)))
  let text = String(decoding: writer.bytes, as: UTF8.self)
  let rows = try connection.execute(
    """
    select (tax_number_fault(\(kind.version), \(kind.type.code), given.value ->> 'number', \
    given.value ->> 'digit', given.value ->> 'kind') is null)::text \
    from jsonb_array_elements(\(text)::jsonb) with ordinality as given (value, place) \
    order by given.place
    """ as SQLFragment)
  return (0..<rows.rowCount).map { rows.string($0, 0) == "true" }
}
