// Parsed documents come in, a valid schema leaves; what breaks a rule of the schema definition
// language, or of the type system, is refused here, all of it reported.
// Source: GraphQL specification, September 2025, section 3 (Type System).

package import GraphQLSyntax
package import GraphQLTypes

/// Makes a schema out of the definitions of the documents, in their order.
///
/// The type system's rules are asked only where none of the language's own is broken.
/// - Parameters:
///   - base: a valid schema that the documents extend.
///   - scalars: how custom scalars are coerced, by name.
package func makeSchema(
  from documents: [Document], extending base: Schema? = nil,
  scalars: [String: ScalarCoercion] = [:]
) throws(SchemaErrors) -> Schema {
  let schema = Schema(assembling: documents, extending: base, scalars: scalars)
  var context = SchemaRuleContext(schema, extending: base)
  LoneSchemaDefinition.check(&context)
  UniqueOperationTypes.check(&context)
  UniqueTypeNames.check(&context)
  UniqueEnumValueNames.check(&context)
  UniqueFieldDefinitionNames.check(&context)
  UniqueArgumentDefinitionNames.check(&context)
  UniqueDirectiveNames.check(&context)
  KnownTypeNamesInSchema.check(&context)
  PossibleTypeExtensions.check(&context)
  AppliedDirectives.check(&context)
  UniqueInputFieldNamesInSchema.check(&context)
  if context.errors.isEmpty { validateTypeSystem(&context) }
  if context.errors.isEmpty { UniqueTypeNames.checkBuiltIns(&context) }
  if context.errors.isEmpty { return schema }
  throw SchemaErrors(context.errors, sources: schema.sources)
}
