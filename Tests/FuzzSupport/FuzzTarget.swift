// Bytes come in, what they should not have done leaves: for each stage that reads what others
// wrote, the properties that hold whatever that is.

import GraphQLSyntax
import GraphQLTypes
import GraphQLValidation
import JSON

/// A stage with its properties. A crash or a hang is for the caller to notice.
package enum FuzzTarget: String, CaseIterable, Sendable {
  /// Lexer, parser and printer.
  case syntax
  /// A schema out of SDL, its rules, its text and its introspection.
  case schema
  /// The executable rules, and the coercion of literals, against a fixed schema.
  case validation
  /// The JSON reader and writer.
  case json
  /// The coercion of variables.
  case variables
  /// Uploaded pictures.
  case images

  /// What is wrong with how the bytes were treated; nothing where all properties hold.
  package func complaints(about bytes: [UInt8]) -> [String] {
    switch self {
    case .syntax: complaintsAboutSyntax(bytes)
    case .schema: complaintsAboutSchema(bytes)
    case .validation: complaintsAboutValidation(bytes)
    case .json: complaintsAboutJSON(bytes)
    case .variables: complaintsAboutVariables(bytes)
    case .images: complaintsAboutImage(bytes)
    }
  }

  /// One input, decided by the generator alone.
  /// - Parameter lengthMax: about how long the longest inputs get.
  package func input(_ generator: inout SeededGenerator, lengthMax: Int = 1 << 15) -> [UInt8] {
    if self == .images { return imageInput(&generator) }
    let base: [UInt8]
    if self != .json, self != .variables, generator.once(in: 3) {
      var writer = DocumentWriter(generator)
      base = Array(writer.document().utf8)
      generator = writer.generator
      if generator.once(in: 2) { return base }
    } else {
      base = Array(generator.pick(seeds).utf8)
    }
    switch generator.below(40) {
    case 0...14: return mutateBytes(base, &generator)
    case 15: return amplify(base, to: lengthMax >> generator.below(8), &generator)
    case 16...17:
      return mutateTokens(base + [0x20] + Array(generator.pick(seeds).utf8), pool: [], &generator)
    default: return mutateTokens(base, pool: names, &generator)
    }
  }

  private var seeds: [String] {
    switch self {
    case .syntax: syntaxSeeds + schemaSeeds + operationSeeds
    case .schema: schemaSeeds
    case .validation: operationSeeds
    case .json, .variables: jsonSeeds
    case .images: []
    }
  }

  private var names: [String] {
    switch self {
    case .validation: fuzzedNames
    case .schema: schemaNames
    case .syntax, .json, .variables, .images: []
    }
  }
}

// MARK: Syntax

private func complaintsAboutSyntax(_ bytes: [UInt8]) -> [String] {
  let source = Source(bytes: bytes)
  var complaints: [String] = []
  do throws(SyntaxError) {
    let document = try parse(source)
    let text = print(document)
    do throws(SyntaxError) {
      let again = try parse(Source(text))
      if structure(of: again.definitions) != structure(of: document.definitions) {
        complaints.append("printing changed the document")
      }
      if print(again) != text { complaints.append("printing twice differs") }
    } catch {
      complaints.append("the printed document is refused: \(error.message)")
    }
  } catch {
    complaints += misplaced(error.range, in: source)
  }
  complaints += complaintsAboutValue(source)
  do throws(SyntaxError) {
    let type = try parseType(source)
    if (try? parseType(Source(print(type)))).map({ structure(of: $0) }) != structure(of: type) {
      complaints.append("printing changed the type reference")
    }
  } catch {
    complaints += misplaced(error.range, in: source)
  }
  do throws(SyntaxError) {
    let coordinate = try parseCoordinate(source)
    if print(coordinate) != source.text { complaints.append("the coordinate is printed otherwise") }
  } catch {
    complaints += misplaced(error.range, in: source)
  }
  return complaints
}

private func complaintsAboutValue(_ source: Source) -> [String] {
  do throws(SyntaxError) {
    let value = try parseValue(source)
    let again = try? parseValue(Source(print(value)))
    var complaints: [String] = []
    if again.map({ structure(of: $0) }) != structure(of: value) {
      complaints.append("printing changed the value")
    }
    if (try? parseConstValue(source)) == nil, !value.containsVariable {
      complaints.append("a value without variables is no constant")
    }
    return complaints
  } catch {
    return misplaced(error.range, in: source)
  }
}

// MARK: Schemas

private func complaintsAboutSchema(_ bytes: [UInt8]) -> [String] {
  guard let document = try? parse(Source(bytes: bytes)) else { return [] }
  let schema: Schema
  do throws(SchemaErrors) {
    schema = try makeSchema(from: [document])
  } catch {
    if error.errors.isEmpty { return ["the schema is refused without an error"] }
    let lines = error.sources.map { LineIndex($0) }
    return error.errors.flatMap { broken in
      broken.locations.flatMap {
        misplaced($0.range, in: error.sources[$0.source], lines[$0.source])
      }
    }
  }
  var complaints: [String] = []
  let text = printSchema(schema)
  do {
    let again = try makeSchema(from: [try parse(Source(text))])
    if printSchema(again) != text { complaints.append("printing the schema twice differs") }
  } catch {
    complaints.append("the printed schema is refused: \(error)")
  }
  let valid = try? validate(introspectionDocument.get(), against: schema)
  if valid == nil { complaints.append("introspection is refused by a valid schema") }
  return complaints
}

private let introspectionDocument: Result<Document, SyntaxError> = Result {
  () throws(SyntaxError) in
  try parse(
    Source(
      "{ __schema { description types { name kind fields(includeDeprecated: true) { name type { "
        + "kind ofType { name } } args { defaultValue } } possibleTypes { name } } } "
        + "__type(name: \"Query\") { isOneOf specifiedByURL } }"))
}

// MARK: Validation

private func complaintsAboutValidation(_ bytes: [UInt8]) -> [String] {
  let source = Source(bytes: bytes)
  guard let document = try? parse(source), let schema = try? fuzzedSchema.get() else { return [] }
  do throws(ValidationErrors) {
    let valid = try validate(document, against: schema)
    if valid.operations.isEmpty { return [] }
    // What is valid stays valid when it is printed.
    guard let again = try? parse(Source(print(document))),
      (try? validate(again, against: schema)) != nil
    else { return ["the printed document is not valid any more"] }
    for operation in valid.operations {
      _ = try? coerceVariableValues(operation.variableDefinitions, nil, schema: schema)
    }
    return []
  } catch {
    if error.errors.isEmpty { return ["the document is refused without an error"] }
    let lines = LineIndex(source)
    return error.errors.flatMap { $0.locations.flatMap { misplaced($0, in: source, lines) } }
  }
}

// MARK: JSON and variables

private func complaintsAboutJSON(_ bytes: [UInt8]) -> [String] {
  do throws(JSONError) {
    let value = try parseJSON(bytes)
    let written = value.jsonBytes
    guard let again = try? parseJSON(written) else { return ["the written JSON is refused"] }
    return again == value && again.jsonBytes == written ? [] : ["writing changed the JSON"]
  } catch {
    return error.byteOffset <= bytes.count ? [] : ["the error lies past the end"]
  }
}

private func complaintsAboutVariables(_ bytes: [UInt8]) -> [String] {
  guard let json = try? parseJSON(bytes), let schema = try? fuzzedSchema.get() else { return [] }
  var complaints: [String] = []
  for definition in fuzzedVariables {
    let one = JSONValue.object([JSONMember(name: definition.variable.value, value: json)])
    do throws(CoercionErrors) {
      let values = try coerceVariableValues([definition], one, schema: schema)
      guard let value = values[definition.variable.value], let type = schema.type(definition.type)
      else { continue }
      // A coerced value, written as a literal, is coerced to the same value again.
      let literal = Value(value, range: SourceRange(start: 0, end: 0))
      guard let read = try? parseConstValue(Source(print(literal))),
        schema.coerce(read, to: type, VariableValues()) == value
      else {
        complaints.append("\(print(literal)) is coerced otherwise as a \(print(definition.type))")
        continue
      }
    } catch {
      if error.errors.isEmpty { complaints.append("refused without an error") }
    }
  }
  return complaints
}

// MARK: Places

/// A complaint where a range does not lie within its source, or has no line of its own.
private func misplaced(
  _ range: SourceRange, in source: Source, _ lines: LineIndex? = nil
) -> [String] {
  guard range.start <= range.end, Int(range.end) <= source.bytes.count else {
    return ["\(range) lies outside of the source"]
  }
  let location = (lines ?? LineIndex(source)).location(of: range)
  return location.line > 0 && location.column > 0 ? [] : ["\(range) has no place"]
}

extension Source {
  fileprivate var text: String { String(decoding: bytes, as: UTF8.self) }
}
