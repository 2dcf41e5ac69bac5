// The written data and its errors come in; the bytes of a GraphQL response leave.
// Source: GraphQL specification, September 2025, section 7.1 (Response Format).

import GraphQLSyntax
package import GraphQLTypes
import GraphQLValidation
import JSON

/// A whole response of an operation that was executed.
package struct ExecutionResponse: Sendable {
  package var bytes: [UInt8]
  package var errorCount: Int
  /// Beyond the limit that was given: the bytes are not the whole response.
  package var isTooLong = false
  package var facts: [ResponseFact]
  /// For the log alone: why fields could not be answered.
  package var detail: String?
}

/// Answers a query out of what was fetched for its plan.
/// - Parameters:
///   - bytesMax: where writing ends; looked at between the elements of lists.
///   - shown: what introspection tells of; nil for the whole schema.
package func respond(
  _ plan: Plan, _ answers: Answers, bytesMax: Int = .max, introspecting shown: Schema? = nil
) -> ExecutionResponse {
  var writer = AnswerWriter(
    answers: answers, schema: shown ?? plan.operation.schema, capacity: 4096, bytesMax: bytesMax)
  writer.json.raw("{\"data\":")
  let written = writer.object(plan.fields, Item())
  var response = finish(&writer, dataIsNull: !written, plan: plan, facts: [])
  response.isTooLong = writer.overflows()
  return response
}

/// Closes the response; errors stand first, as section 7.1 asks.
func finish(
  _ writer: inout AnswerWriter, dataIsNull: Bool, plan: Plan, facts: [ResponseFact]
) -> ExecutionResponse {
  if dataIsNull { writer.json.null() }
  writer.json.bytes.append(UInt8(ascii: "}"))
  guard !writer.errors.isEmpty || !writer.keptErrors.isEmpty else {
    return ExecutionResponse(bytes: writer.json.bytes, errorCount: 0, facts: facts)
  }
  var head = JSONWriter(capacity: writer.json.count + 256)
  head.raw("{\"errors\":[")
  for errors in [errorText(of: writer.errors, in: plan)] + writer.keptErrors where !errors.isEmpty {
    head.separate()
    head.raw(errors)
  }
  head.raw("],")
  head.raw(Array(writer.json.bytes.dropFirst()))
  var response = ExecutionResponse(
    bytes: head.bytes, errorCount: writer.errors.count + writer.keptErrors.count, facts: facts)
  response.detail = detail(of: writer.errors)
  return response
}

/// The errors as section 7.1.2 writes them, with commas between them.
func errorText(of errors: [FieldError], in plan: Plan) -> [UInt8] {
  if errors.isEmpty { return [] }
  let lines = LineIndex(plan.operation.source)
  var text = JSONWriter()
  for error in errors {
    text.separate()
    text.error(error, lines)
  }
  return text.bytes
}

/// For the log: where the data is not what the schema says; nil where it is.
private func detail(of errors: [FieldError]) -> String? {
  let faults: [(reason: FieldError.Reason, text: String)] = [
    (.nullForNonNull, "null where there is none"), (.unfit, "a value that its type cannot hold"),
  ]
  let details = faults.compactMap { fault in
    let paths = errors.filter { $0.reason == fault.reason }.map(\.schemaPath)
    return paths.isEmpty ? nil : "\(fault.text): \(paths.joined(separator: ", "))"
  }
  return details.isEmpty ? nil : details.joined(separator: "; ")
}

extension FieldError {
  /// For the log: the path without the positions in lists.
  fileprivate var schemaPath: String {
    reversedPath.reversed().compactMap { segment in
      switch segment {
      case .name(let name): name
      case .index: nil
      }
    }.joined(separator: ".")
  }
}

extension FieldError.Reason {
  /// The stable code, listed in schema/errors.md.
  package var code: StaticString {
    switch self {
    case .forbidden: "FORBIDDEN"
    case .withoutTenant: "COMPANY_REQUIRED"
    case .scopeRequired: "SCOPE_REQUIRED"
    case .nullForNonNull, .unfit, .failed: "INTERNAL"
    case .arguments: "BAD_USER_INPUT"
    case .unavailable: "DATABASE_UNAVAILABLE"
    case .repetition(.underWay): "IDEMPOTENCY_UNDER_WAY"
    case .repetition(.reused): "IDEMPOTENCY_KEY_REUSED"
    case .repetition(.tooLarge): "LIMIT_EXCEEDED"
    case .refused(let refusal):
      switch refusal {
      case .unauthenticated: "UNAUTHENTICATED"
      case .forbidden: "FORBIDDEN"
      case .rateLimited: "RATE_LIMITED"
      case .overloaded: "OVERLOADED"
      }
    }
  }

  /// For the client's developer; a fault says nothing of its cause.
  package var message: String {
    switch self {
    case .forbidden, .refused(.forbidden): "This role may not have this field."
    case .withoutTenant: "This field is a company's, and the person belongs to none."
    case .scopeRequired(let scope?): "The token lacks the scope \(scope)."
    case .scopeRequired(nil): "This is for people: no scope of a token opens it."
    case .nullForNonNull, .unfit, .failed:
      "This field could not be answered; the fault was logged."
    case .arguments(let message): message
    case .unavailable: "The database does not answer; try again shortly."
    case .repetition(.underWay): "What came under this key is being done; ask again shortly."
    case .repetition(.reused): "Something else came under this Idempotency-Key before."
    case .repetition(.tooLarge):
      "The answer is larger than what is kept under a key, so nothing was done; ask for less of it."
    case .refused(.unauthenticated): "Sign in first."
    case .refused(.rateLimited): "Too many attempts; wait before the next."
    case .refused(.overloaded): "The server is busy; try again shortly."
    }
  }
}

extension JSONWriter {
  fileprivate mutating func error(_ error: FieldError, _ lines: LineIndex) {
    beginObject()
    key("message")
    string(error.reason.message)
    key("locations")
    beginArray()
    let location = lines.location(of: error.range)
    beginObject()
    key("line")
    integer(location.line)
    key("column")
    integer(location.column)
    endObject()
    endArray()
    key("path")
    beginArray()
    for segment in error.reversedPath.reversed() {
      separate()
      switch segment {
      case .name(let name): string(name)
      case .index(let index): integer(index)
      }
    }
    endArray()
    key("extensions")
    beginObject()
    key("code")
    bytes.append(UInt8(ascii: "\""))
    raw(error.reason.code)
    bytes.append(UInt8(ascii: "\""))
    if case .refused(.rateLimited(let seconds)) = error.reason {
      key("retryAfter")
      integer(seconds)
    }
    if case .repetition(.tooLarge) = error.reason {
      key("limit")
      string("keptAnswerBytesMax")
    }
    if case .scopeRequired(let scope) = error.reason {
      key("scope")
      if let scope { string(scope) } else { null() }
    }
    endObject()
    endObject()
  }
}
