// What a subscription's root field does: the domain's function that opens its source stream, and
// the events that come of it.
// Source: GraphQL specification, September 2025, section 6.2.3.1 (Source Stream).

package import GraphQLTypes
package import JSON

/// The events of one subscriber, each the root field's value, made of `member` bindings like an
/// action's payload. Asked for one after the other: the next only once a subscriber has taken the
/// one before. Ends where the domain says so; an error ends it too, and the subscriber is told.
package typealias SourceStream = any AsyncSequence<JSONValue, any Error> & Sendable

/// A subscription's root field.
package struct SubscriptionSource: Sendable {
  package let field: String
  package let access: Access
  package let open:
    @Sendable (_ arguments: [String: InputValue], ActionContext) async throws -> SourceStream

  package init(
    _ field: String, access: Access,
    open: @escaping @Sendable ([String: InputValue], ActionContext) async throws -> SourceStream
  ) {
    self.field = field
    self.access = access
    self.open = open
  }
}
