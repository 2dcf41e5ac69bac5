// The embedded SDL comes in, the hub's schema leaves.

package import GraphQLSyntax
package import GraphQLTypes
import GraphQLValidation
import Schema

/// The SDL files as documents, each under its name in schema/.
package func hubSchemaDocuments() throws -> [Document] {
  try (0..<schema_file_count()).map { index in
    let file = schema_file(index)
    let bytes = Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
    return try parse(Source(bytes: bytes, name: "schema/" + String(cString: file.name)))
  }
}

/// The schema of the hub.
/// - Parameter additions: definitions and extensions of a program's own.
/// - Throws: what a file breaks of the grammar or of the type system's rules.
package func hubSchema(adding additions: [Document] = []) throws -> Schema {
  try makeSchema(from: try hubSchemaDocuments() + additions, scalars: hubScalars)
}

/// How the hub's own scalars are taken.
private let hubScalars: [String: ScalarCoercion] = [
  "DateTime": .text { (text) throws(ScalarRefusal) in
    guard let instant = normalizedInstant(text) else {
      throw ScalarRefusal("it must be an instant as in RFC 3339, such as 2026-01-31T12:00:00Z.")
    }
    return .string(instant)
  },
  "URL": .text { .string($0) },
  "EventCursor": .text(eventCursor),
  "EventType": .text(eventType),
]
