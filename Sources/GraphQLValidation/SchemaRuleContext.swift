// What every rule on schemas shares: the definitions at hand, the schema that they were assembled
// to, and the errors found so far.

import GraphQLSyntax
import GraphQLTypes

struct SchemaRuleContext {
  /// The definitions to judge; those of `base` are not among them.
  let definitions: [SourcedDefinition]
  /// The valid schema that the definitions extend.
  let base: Schema?
  /// Assembled from the definitions and the base; only as sound as they are.
  let schema: Schema
  private(set) var errors: [SchemaError] = []

  init(_ schema: Schema, extending base: Schema?) {
    self.schema = schema
    self.base = base
    definitions = Array(schema.definitions.dropFirst(base?.definitions.count ?? 0))
  }

  mutating func report(_ rule: String, _ message: String, _ locations: [SchemaLocation]) {
    errors.append(SchemaError(rule: rule, message: message, locations: locations))
  }

  /// Reports a breach of the type system's rules.
  mutating func report(_ message: String, _ locations: [SchemaLocation]) {
    report("SchemaValidation", message, locations)
  }

  /// ` Did you mean ..?`. Comparing with every name is not cheap: where there are this many errors,
  /// the later ones go without.
  func suggest(_ name: String, among options: @autoclosure () -> [String]) -> String {
    errors.count < 100 ? didYouMean(name, among: options()) : ""
  }

  /// Asks a rule that documents to be executed have too.
  /// - Parameter name: what the rule is called here, where that differs.
  mutating func ask(
    in source: Int, as name: String? = nil, _ rule: (inout ValidationContext) -> Void
  ) {
    var context = ValidationContext(schema, ValidationLimits(errorsMax: nil))
    rule(&context)
    for error in context.errors {
      report(
        name ?? error.rule, error.message,
        error.locations.map { SchemaLocation(source: source, range: $0) })
    }
  }
}

extension SourcedDefinition {
  func location(_ range: SourceRange) -> SchemaLocation {
    SchemaLocation(source: source, range: range)
  }

  func location(_ name: Name) -> SchemaLocation { location(name.range) }
}

/// The fields of an object, interface or input object type as they are written, extensions alike.
extension TypeDefinition {
  var fieldNames: [Name] {
    switch self {
    case .object(let type): type.fields.map(\.name)
    case .interface(let type): type.fields.map(\.name)
    case .inputObject(let type): type.fields.map(\.name)
    case .scalar, .union, .enum: []
    }
  }

  /// The fields with arguments.
  var outputFields: [FieldDefinition] {
    switch self {
    case .object(let type): type.fields
    case .interface(let type): type.fields
    case .scalar, .union, .enum, .inputObject: []
    }
  }
}
