// A schema whose definitions broke no rule of the language comes in; what breaks a rule of the type
// system is reported: on the root types and directives here, on types in the files beside this one.
// Source: GraphQL specification, September 2025, section 3, the parts called Type Validation.

import GraphQLSyntax
import GraphQLTypes

func validateTypeSystem(_ context: inout SchemaRuleContext) {
  validateRootTypes(&context)
  for directive in context.schema.directives where !directive.isBuiltIn {
    validate(directive, &context)
  }
  for type in context.schema.types where !type.head.isBuiltIn { validate(type, &context) }
  OneOfExtensions.check(&context)
  InputObjectCycles.check(&context)
  DefaultValueCycles.check(&context)
  DirectiveCycles.check(&context)
}

// MARK: Root operation types (section 3.3.1)

private func validateRootTypes(_ context: inout SchemaRuleContext) {
  let schema = context.schema
  let roots = schema.rootOperationTypes
  if !roots.contains(where: { $0.operationType == .query }) {
    context.report(
      "Query root type must be provided.", schema.definitionLocation.map { [$0] } ?? [])
  }
  for root in roots where root.type.kind != .object {
    let name =
      switch root.operationType {
      case .query: "Query root type must be Object type"
      case .mutation: "Mutation root type must be Object type if provided"
      case .subscription: "Subscription root type must be Object type if provided"
      }
    let location = root.location ?? schema[root.type].head.locations.first
    context.report("\(name), it cannot be \(root.type).", location.map { [$0] } ?? [])
  }
  var shared: [TypeID] = []
  for root in roots where root.type.kind == .object && !shared.contains(root.type) {
    shared.append(root.type)
    let same = OperationType.allCases.flatMap { operationType in
      roots.filter { $0.operationType == operationType && $0.type == root.type }
    }
    if same.count < 2 { continue }
    context.report(
      "All root types must be different, \"\(root.type)\" type is used as "
        + "\(andList(same.map(\.operationType.rawValue))) root types.",
      same.compactMap(\.location))
  }
}

private func andList(_ words: [String]) -> String {
  switch words.count {
  case 0, 1: words.first ?? ""
  case 2: "\(words[0]) and \(words[1])"
  default: words.dropLast().joined(separator: ", ") + ", and \(words[words.count - 1])"
  }
}

// MARK: Directives (section 3.13)

private func validate(_ directive: SchemaDirective, _ context: inout SchemaRuleContext) {
  validateName(directive.name, directive.location, &context)
  for argument in directive.arguments {
    let path = "@\(directive.name)(\(argument.name):)"
    validateName(argument.name, argument.location, &context)
    if !argument.type.isInput {
      context.report(
        "The type of \(path) must be Input Type but got: \(argument.type).", [argument.location])
    }
    validateDeprecation(argument, "argument \(path)", &context)
    validateDefault(argument, path, &context)
  }
}

// MARK: Types

private func validate(_ type: NamedType, _ context: inout SchemaRuleContext) {
  if let location = type.head.locations.first { validateName(type.name, location, &context) }
  switch type {
  case .scalar:
    return
  case .object, .interface:
    validateFields(type, &context)
    InterfaceImplementation.check(type, &context)
  case .union(let union):
    validate(union, &context)
  case .enum(let type):
    if type.values.isEmpty {
      context.report(
        "Enum type \(type.name) must define one or more values.", type.head.locations)
    }
    for value in type.values { validateName(value.name, value.location, &context) }
  case .inputObject(let type):
    validate(type, &context)
  }
}

/// Sections 3.6 and 3.7.
private func validateFields(_ type: NamedType, _ context: inout SchemaRuleContext) {
  if type.fields.isEmpty {
    context.report("Type \(type.name) must define one or more fields.", type.head.locations)
  }
  for field in type.fields {
    validateName(field.name, field.location, &context)
    if !field.type.isOutput {
      context.report(
        "The type of \(type.name).\(field.name) must be Output Type but got: \(field.type).",
        [field.typeLocation])
    }
    for argument in field.arguments {
      let path = "\(type.name).\(field.name)(\(argument.name):)"
      validateName(argument.name, argument.location, &context)
      if !argument.type.isInput {
        context.report(
          "The type of \(path) must be Input Type but got: \(argument.type).",
          [argument.typeLocation])
      }
      validateDeprecation(argument, "argument \(path)", &context)
      validateDefault(argument, path, &context)
    }
  }
}

/// Section 3.8.
private func validate(_ union: UnionType, _ context: inout SchemaRuleContext) {
  if union.members.isEmpty {
    context.report(
      "Union type \(union.name) must define one or more member types.", union.head.locations)
  }
  var included: Set<TypeID> = []
  for member in union.members {
    if !included.insert(member.type).inserted {
      context.report(
        "Union type \(union.name) can only include type \(member.type) once.",
        locations(of: member.type, in: union))
    } else if member.type.kind != .object {
      context.report(
        "Union type \(union.name) can only include Object types, it cannot include "
          + "\(member.type).", locations(of: member.type, in: union))
    }
  }
}

/// Where a union names a member.
private func locations(of member: TypeID, in union: UnionType) -> [SchemaLocation] {
  union.members.lazy.filter { $0.type == member }.prefix(placesMax).map(\.location)
}

/// Section 3.10.
private func validate(_ type: InputObjectType, _ context: inout SchemaRuleContext) {
  if type.fields.isEmpty {
    context.report(
      "Input Object type \(type.name) must define one or more fields.", type.head.locations)
  }
  for field in type.fields {
    let path = "\(type.name).\(field.name)"
    validateName(field.name, field.location, &context)
    if !field.type.isInput {
      context.report(
        "The type of \(path) must be Input Type but got: \(field.type).", [field.typeLocation])
    }
    validateDeprecation(field, "input field \(path)", &context)
    validateDefault(field, path, &context)
    guard type.isOneOf else { continue }
    if field.type.isNonNull {
      context.report("OneOf input field \(path) must be nullable.", [field.typeLocation])
    }
    if field.defaultValue != nil {
      context.report(
        "OneOf input field \(path) cannot have a default value.", [field.location])
    }
  }
}

// MARK: Shared

/// Names with two leading underscores are introspection's (section 4).
private func validateName(
  _ name: String, _ location: SchemaLocation, _ context: inout SchemaRuleContext
) {
  guard name.utf8.starts(with: "__".utf8) else { return }
  context.report(
    "Name \"\(name)\" must not begin with \"__\", which is reserved by GraphQL introspection.",
    [location])
}

/// What must be given cannot be deprecated (section 3.13.3).
private func validateDeprecation(
  _ input: SchemaInputValue, _ words: String, _ context: inout SchemaRuleContext
) {
  guard input.isRequired, input.deprecationReason != nil else { return }
  let directive = input.directives.first { $0.name.value == "deprecated" }
  let location = directive.map {
    SchemaLocation(source: input.location.source, range: $0.range)
  }
  context.report(
    "Required \(words) cannot be deprecated.",
    (location.map { [$0] } ?? []) + [input.typeLocation])
}

/// A default value can be coerced to its type (section 3.6.1).
private func validateDefault(
  _ input: SchemaInputValue, _ path: String, _ context: inout SchemaRuleContext
) {
  guard let literal = input.defaultValue, input.type.isInput else { return }
  for error in errors(of: literal, input.type, context.schema) {
    let place = error.path.isEmpty ? "" : " at \(error.path)"
    context.report(
      "\(path) has invalid default value\(place): \(error.message)",
      error.ranges.map { SchemaLocation(source: input.location.source, range: $0) })
  }
}
