// Two schema texts come in, the changes leave as lines that a table of cases can hold:
// `CODE message`, with the coordinate in parentheses where the message begins with another.

import GraphQLSyntax
import GraphQLTypes

@testable import GraphQLValidation

/// What both texts have in common, so that either is a schema by itself.
private let base = "type Query { base: Int }\n"

func changeLines(from old: String, to new: String, isWhole: Bool = false) throws -> [String] {
  let oldSchema = try checkSchema([Source((isWhole ? "" : base) + old)])
  let newSchema = try checkSchema([Source((isWhole ? "" : base) + new)])
  return schemaChanges(from: oldSchema, to: newSchema).map { change in
    let isNamed = change.message.hasPrefix("\(change.coordinate) ")
    return "\(change.code.rawValue) \(change.message)" + (isNamed ? "" : " (\(change.coordinate))")
  }
}
