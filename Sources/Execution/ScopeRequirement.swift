// What a partner's token must open to have a field; people and solutions need none of it.

/// The scope of a field.
package enum ScopeRequirement: Sendable, Hashable {
  /// It is for people: no scope opens it.
  case closed
  /// The name of the scope, such as `company:read`.
  case scope(String)
  /// Whoever has the object has its field.
  case none

  /// The scope's name, where there is one.
  package var name: String? { if case .scope(let name) = self { name } else { nil } }

  /// Whether a token with these scopes has the field.
  package func admits(_ scopes: Set<String>) -> Bool {
    switch self {
    case .closed: false
    case .scope(let name): scopes.contains(name)
    case .none: true
    }
  }

  func refusal(to scopes: Set<String>) -> FieldError.Reason? {
    admits(scopes) ? nil : .scopeRequired(name)
  }
}

extension Bindings {
  /// The scope that a root field needs. What anyone may have needs none, and what is a solution's
  /// backend's is refused for another reason.
  package func requirement(ofRoot coordinate: String, _ access: Access) -> ScopeRequirement {
    switch access {
    case .anyone, .services: .none
    case .nobody, .people, .members, .roles: scopes[coordinate].map { .scope($0) } ?? .closed
    }
  }

  /// The scope that a field below the root needs, besides the one of the field it is found by.
  package func requirement(of coordinate: String) -> ScopeRequirement {
    scopes[coordinate].map { .scope($0) } ?? .none
  }

  /// Whether a token with these scopes may have a field.
  package func shows(_ field: String, of type: String, _ root: Root?, to scopes: Set<String>)
    -> Bool
  {
    let coordinate = "\(type).\(field)"
    let access: Access?
    switch root {
    case .query: access = query[field]?.access
    case .mutation: access = mutation[field]?.access
    case .subscription: access = subscription[field]?.access
    case nil: return requirement(of: coordinate).admits(scopes)
    }
    guard let access, access != .services else { return false }
    return requirement(ofRoot: coordinate, access).admits(scopes)
  }

  /// Which of the schema's roots a type is.
  package enum Root: Sendable {
    case query, mutation, subscription
  }
}
