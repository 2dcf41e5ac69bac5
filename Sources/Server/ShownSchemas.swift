// The scopes of a partner's token enter, the part of the schema that they open leaves.

import Execution
import GraphQLTypes
import Synchronization

/// The schemas that tokens are shown, for all event loops; made when one is first asked for.
final class ShownSchemas: Sendable {
  private let schemas = Mutex<[Set<String>: Schema]>([:])

  /// Tokens have few sets of scopes between them; beyond these they are made anew.
  private static let schemasMax = 64

  func schema(for scopes: Set<String>, make: () -> Schema) -> Schema {
    if let schema = schemas.withLock({ $0[scopes] }) { return schema }
    let made = make()
    schemas.withLock { schemas in
      if schemas.count >= Self.schemasMax { schemas.removeAll() }
      schemas[scopes] = made
    }
    return made
  }
}

extension Engine {
  /// What introspection and suggestions tell a caller of; nil for all of the schema.
  func shown(to caller: Caller?) -> Schema? {
    guard case .partner(let partner) = caller else { return nil }
    let scopes = partner.bearer.scopes
    return shownSchemas.schema(for: scopes) {
      let roots: [(ObjectType?, Bindings.Root)] = [
        (schema.queryType, .query), (schema.mutationType, .mutation),
        (schema.subscriptionType, .subscription),
      ]
      return schema.showing { field, type in
        bindings.shows(field, of: type, roots.first { $0.0?.name == type }?.1, to: scopes)
      }
    }
  }
}
