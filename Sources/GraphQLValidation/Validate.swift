// A parsed document and a schema come in, a valid document leaves; every breach of section 5
// (Validation) of the specification is refused here, all of them reported.

package import GraphQLSyntax
package import GraphQLTypes

/// Validates an executable document against a schema.
///
/// All errors are reported, in the order in which the walk met them, up to `limits.errorsMax`.
/// - Parameter shown: what names are suggested from: the part of the schema that whoever asks is
///   shown; nil for all of it.
package func validate(
  _ document: Document, against schema: Schema, limits: ValidationLimits = ValidationLimits(),
  suggestingFrom shown: Schema? = nil
) throws(ValidationErrors) -> ValidDocument {
  var walk = ExecutableWalk(document, ValidationContext(schema, limits, shown: shown))
  for definition in document.definitions { ExecutableDefinitions.check(definition, &walk.context) }
  UniqueOperationNames.check(walk.operations, &walk.context)
  LoneAnonymousOperation.check(walk.operations, &walk.context)
  UniqueFragmentNames.check(walk.fragments, &walk.context)
  walk.walkDefinitions()
  // A walk that a limit ended has recorded a part of the graph, which the rules below would leave.
  if walk.context.isFull { throw ValidationErrors(walk.context.errors) }
  NoUnusedFragments.check(walk.graph, &walk.context)
  NoFragmentCycles.check(walk.graph, walk.fragments, &walk.context)
  VariableRules.check(walk.graph, walk.operations, &walk.context)
  OverlappingFieldsCanBeMerged.check(walk.graph, &walk.context)
  if !walk.context.errors.isEmpty { throw ValidationErrors(walk.context.errors) }
  return ValidDocument(document, schema, walk.operations, walk.fragmentsByName)
}
