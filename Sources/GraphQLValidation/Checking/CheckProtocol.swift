// One line of the checking protocol comes in, a JSON request; one line leaves, the JSON response.
// What is no request is answered as unsupported, so that no line stays without an answer.

package import GraphQLSyntax
import GraphQLTypes
import JSON

/// Answers requests to parse a source, to make a schema, or to validate a document against one.
/// Schemas are kept by their `schemaId`.
package struct CheckProtocol {
  private var schemas: [String: Result<Schema, Findings>] = [:]
  private var schemaOrder: [String] = []
  private let limits: ParseLimits

  /// The requests come sorted by schema, so that few need to be kept.
  private static let schemasMax = 16
  private static let lineLimits = JSONLimits(bytesMax: 1 << 26)

  package init(limits: ParseLimits = ParseLimits()) {
    self.limits = limits
  }

  /// - Parameter line: a request in JSON, without its line feed.
  /// - Returns: the response in JSON, without a line feed.
  package mutating func answer(line: [UInt8]) -> [UInt8] {
    let request: JSONValue
    do {
      request = try parseJSON(line, limits: CheckProtocol.lineLimits)
    } catch {
      return response(id: .null, nil)
    }
    return response(id: request["id"] ?? .null, answer(request))
  }

  // MARK: Operations

  /// The errors found; nil for what this does not support.
  private mutating func answer(_ request: JSONValue) -> [Finding]? {
    switch request["op"]?.stringValue {
    case "parse":
      guard let kind = request["kind"]?.stringValue, let text = request["source"]?.stringValue
      else { return nil }
      return answerParse(kind, Source(text))
    case "schema":
      guard let text = request["schema"]?.stringValue else { return nil }
      return answerSchema(text, base: request["base"]?.stringValue)
    case "validate":
      guard let id = request["schemaId"]?.stringValue, let schema = request["schema"]?.stringValue,
        let document = request["document"]?.stringValue
      else { return nil }
      return answerValidate(document, schemaID: id, schema)
    case .some, nil:
      return nil
    }
  }

  private func answerParse(_ kind: String, _ source: Source) -> [Finding]? {
    do {
      switch kind {
      case "document": _ = try parse(source, limits: limits)
      case "value": _ = try parseValue(source, limits: limits)
      case "constValue": _ = try parseConstValue(source, limits: limits)
      case "type": _ = try parseType(source, limits: limits)
      case "coordinate": _ = try parseCoordinate(source)
      default: return nil
      }
      return []
    } catch {
      return [Finding(error, in: source)]
    }
  }

  private func answerSchema(_ text: String, base: String?) -> [Finding] {
    do {
      // The base counts as valid, whatever it is.
      let extended = try base.map { (text) throws(Findings) in
        Schema(assembling: try parseAll([Source(text)], limits: limits))
      }
      _ = try checkSchema([Source(text)], extending: extended, limits: limits)
      return []
    } catch {
      return error.findings
    }
  }

  private mutating func answerValidate(
    _ text: String, schemaID: String, _ schemaText: String
  ) -> [Finding] {
    let source = Source(text)
    do {
      let document = try parse(source, limits: limits)
      let schema = try keptSchema(schemaID, schemaText).get()
      _ = try validate(
        document, against: schema,
        limits: ValidationLimits(errorsMax: nil, introspectionDepthMax: nil))
      return []
    } catch let error as SyntaxError {
      return [Finding(error, in: source)]
    } catch let fault as Findings {
      return fault.findings
    } catch let errors as ValidationErrors {
      var places = SourcePlaces([source])
      return errors.errors.map { error in
        Finding(
          message: error.message, code: error.rule,
          places: error.locations.map { places.place(of: $0, in: 0) })
      }
    } catch {
      return []
    }
  }

  // MARK: Schemas

  private mutating func keptSchema(_ id: String, _ text: String) -> Result<Schema, Findings> {
    if let known = schemas[id] { return known }
    let made: Result<Schema, Findings>
    do {
      made = .success(try checkSchema([Source(text)], limits: limits))
    } catch {
      made = .failure(error)
    }
    if schemaOrder.count >= CheckProtocol.schemasMax {
      schemas[schemaOrder.removeFirst()] = nil
    }
    schemas[id] = made
    schemaOrder.append(id)
    return made
  }
}

// MARK: Answers

private func response(id: JSONValue, _ findings: [Finding]?) -> [UInt8] {
  var json = JSONWriter(capacity: 128)
  json.beginObject()
  json.key("id")
  json.value(id)
  guard let findings else {
    json.key("unsupported")
    json.boolean(true)
    json.endObject()
    return json.bytes
  }
  json.key("ok")
  json.boolean(findings.isEmpty)
  json.key("errors")
  json.beginArray()
  for finding in findings {
    json.beginObject()
    json.key("message")
    json.string(finding.message)
    json.key("locations")
    json.beginArray()
    for location in finding.places.map(\.location) {
      json.beginObject()
      json.key("line")
      json.integer(location.line)
      json.key("column")
      json.integer(location.column)
      json.endObject()
    }
    json.endArray()
    json.key("code")
    json.string(finding.code)
    json.endObject()
  }
  json.endArray()
  json.endObject()
  return json.bytes
}
