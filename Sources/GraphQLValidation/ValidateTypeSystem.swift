// A schema whose definitions broke no rule of the language comes in; what breaks a rule of the type
// system is reported, by the rules in SchemaRules.
// Source: GraphQL specification, September 2025, section 3, the parts called Type Validation.

import GraphQLSyntax
import GraphQLTypes

func validateTypeSystem(_ context: inout SchemaRuleContext) {
  RootOperationTypes.check(&context)
  for directive in context.schema.directives where !directive.isBuiltIn {
    DirectiveDefinitions.check(directive, &context)
  }
  for type in context.schema.types where !type.head.isBuiltIn { validate(type, &context) }
  OneOfExtensions.check(&context)
  BuiltInTypeExtensions.check(&context)
  InputObjectCycles.check(&context)
  DefaultValueCycles.check(&context)
  DirectiveCycles.check(&context)
}

private func validate(_ type: NamedType, _ context: inout SchemaRuleContext) {
  if let location = type.head.locations.first {
    ReservedNames.check(type.name, location, &context)
  }
  switch type {
  case .scalar:
    return
  case .object, .interface:
    Fields.check(type, &context)
    InterfaceImplementation.check(type, &context)
  case .union(let type):
    Unions.check(type, &context)
  case .enum(let type):
    Enums.check(type, &context)
  case .inputObject(let type):
    InputObjects.check(type, &context)
  }
}
