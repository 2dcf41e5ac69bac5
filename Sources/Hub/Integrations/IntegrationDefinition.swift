// What somebody gives to connect an integration comes in, held against the catalogue's fields; what
// leaves has passed, or every violation of it.

import Execution
import GraphQLTypes
import JSON

/// An integration as the catalogue defines it.
struct IntegrationDefinition: Sendable {
  let code: String
  let name: String
  /// Whether connecting makes an API token for its program.
  let makesToken: Bool
  let credentials: [GivenField]
  let settings: [GivenField]
  let verification: Verification
}

/// How the credentials of an integration are found good.
enum Verification: Sendable {
  /// It has no credentials that anybody could be asked about.
  case notNeeded
  case asked(CredentialVerifier)
  /// The catalogue's row is wrong: nobody can connect it until that is mended.
  case unreadable
}

/// A field of a form that the catalogue defines.
struct GivenField: Sendable {
  let name: String
  let isRequired: Bool
  let pattern: ValuePattern
  /// Whether its value has to be the company's tax number.
  let isTaxID: Bool
}

/// Values by the names of their fields.
struct GivenValues: Sendable {
  private(set) var texts: [String: String] = [:]
  /// Those that were given as null: to be taken away.
  private(set) var cleared: [String] = []

  /// Holds a list of names and values against the fields. No message repeats a value.
  /// - Parameters:
  ///   - path: the name of the input's field, at which the violations stand.
  ///   - complete: whether what is required has to be there.
  init(
    _ input: InputObject, _ path: String, fields: [GivenField], complete: Bool
  ) throws(RuleViolations) {
    var violations: [FieldViolation] = []
    var seen: Set<String> = []
    for given in input[path]?.listValue ?? [] {
      guard let pair = given.objectValue, let name = pair["name"]?.text else { continue }
      func refuse(_ violation: RuleViolation) {
        violations.append(FieldViolation(violation, field: [path, name]))
      }
      guard let field = fields.first(where: { $0.name == name }), seen.insert(name).inserted else {
        refuse(.notOffered(offered: fields.map(\.name)))
        continue
      }
      // A space that was copied along is nobody's secret.
      let value = trimmed(pair["value"]?.text ?? "")
      if value.isEmpty {
        cleared.append(name)
      } else if value.utf8.count > valueBytesMax {
        refuse(.tooLong(charactersMax: valueBytesMax))
      } else if !field.pattern.matches(value) {
        refuse(.invalidFormat(expected: .integrationField))
      } else {
        texts[name] = value
      }
    }
    let wanting = fields.filter { field in
      complete && field.isRequired && texts[field.name] == nil
        && !violations.contains { $0.field.last == field.name }
    }
    violations += wanting.map { FieldViolation(.required, field: [path, $0.name]) }
    guard violations.isEmpty else { throw RuleViolations(violations) }
  }

  /// Out of what was sealed; nil where it is something else.
  init?(sealed: [UInt8]) {
    guard let members = try? parseJSON(sealed).objectValue else { return nil }
    for member in members { texts[member.name] = member.value.stringValue }
  }

  /// What is sealed, or kept as settings: an object of texts, and of null for what was cleared.
  var json: JSONValue {
    .object(
      texts.sorted { $0.key < $1.key }.map { JSONMember(name: $0.key, value: .string($0.value)) }
        + cleared.map { JSONMember(name: $0, value: .null) })
  }

  /// The value that has to be the company's tax number, where the integration asks for one.
  func taxID(_ definition: IntegrationDefinition) -> String? {
    definition.credentials.first(where: \.isTaxID).map { texts[$0.name] ?? "" }
  }
}

private let valueBytesMax = 1024
