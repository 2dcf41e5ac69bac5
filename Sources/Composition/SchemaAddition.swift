// Definitions beside the hub's own enter a running hub here: how a program that is not the hub,
// such as a test's, tries what the hub's contract does not have yet.

package import Execution
package import GraphQLSyntax

/// What a program adds to the hub's schema, and what answers it.
package struct SchemaAddition: Sendable {
  package let documents: [Document]
  /// - Parameter hub: the hub's own bindings, whose sources the added fields may answer from.
  package let bindings: @Sendable (_ hub: Bindings) -> AreaBindings

  package init(
    documents: [Document], bindings: @escaping @Sendable (_ hub: Bindings) -> AreaBindings
  ) {
    self.documents = documents
    self.bindings = bindings
  }
}
