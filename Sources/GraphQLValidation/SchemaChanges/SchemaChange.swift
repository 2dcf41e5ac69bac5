// What a comparison of two schemas tells: which change, how much it matters to whoever speaks to
// the old one, at which schema coordinate, and where it is written.

package import GraphQLTypes

/// One difference between an old and a new schema that clients can notice.
package struct SchemaChange: Sendable, Hashable {
  package let code: SchemaChangeCode
  /// The element that changed (section 3.14); for what has no coordinate of its own, such as a
  /// member of a union, the type that it belongs to.
  package let coordinate: String
  /// A whole sentence that names the element by its coordinate.
  package let message: String
  package let place: SchemaChangePlace
}

/// Where a change is seen: what was removed is only written in the old schema.
package enum SchemaChangePlace: Sendable, Hashable {
  case old(SchemaLocation)
  case new(SchemaLocation)
}

/// How much a change matters.
package enum SchemaChangeSeverity: String, Sendable, Hashable, CaseIterable {
  /// Operations that were valid can be refused, or their answers no longer have the form that
  /// clients were made for.
  case breaking
  /// Operations stay valid, but a client that does not expect it may go wrong.
  case dangerous
}

/// The kinds of changes, under the names of the reference implementation where it has one.
package enum SchemaChangeCode: String, Sendable, Hashable, CaseIterable {
  case rootOperationTypeRemoved = "ROOT_OPERATION_TYPE_REMOVED"
  case rootOperationTypeChanged = "ROOT_OPERATION_TYPE_CHANGED"
  case typeRemoved = "TYPE_REMOVED"
  case typeChangedKind = "TYPE_CHANGED_KIND"
  case fieldRemoved = "FIELD_REMOVED"
  case fieldChangedKind = "FIELD_CHANGED_KIND"
  case argumentRemoved = "ARG_REMOVED"
  case argumentChangedKind = "ARG_CHANGED_KIND"
  case argumentMadeRequired = "ARG_MADE_REQUIRED"
  case requiredArgumentAdded = "REQUIRED_ARG_ADDED"
  case inputFieldMadeRequired = "INPUT_FIELD_MADE_REQUIRED"
  case requiredInputFieldAdded = "REQUIRED_INPUT_FIELD_ADDED"
  case oneOfAdded = "ONE_OF_ADDED"
  case implementedInterfaceRemoved = "IMPLEMENTED_INTERFACE_REMOVED"
  case typeRemovedFromUnion = "TYPE_REMOVED_FROM_UNION"
  case valueRemovedFromEnum = "VALUE_REMOVED_FROM_ENUM"
  case directiveRemoved = "DIRECTIVE_REMOVED"
  case directiveLocationRemoved = "DIRECTIVE_LOCATION_REMOVED"
  case directiveRepeatableRemoved = "DIRECTIVE_REPEATABLE_REMOVED"
  case directiveArgumentRemoved = "DIRECTIVE_ARG_REMOVED"
  case requiredDirectiveArgumentAdded = "REQUIRED_DIRECTIVE_ARG_ADDED"

  case argumentDefaultValueChanged = "ARG_DEFAULT_VALUE_CHANGE"
  case optionalArgumentAdded = "OPTIONAL_ARG_ADDED"
  case inputFieldDefaultValueChanged = "INPUT_FIELD_DEFAULT_VALUE_CHANGE"
  case optionalInputFieldAdded = "OPTIONAL_INPUT_FIELD_ADDED"
  case oneOfRemoved = "ONE_OF_REMOVED"
  case implementedInterfaceAdded = "IMPLEMENTED_INTERFACE_ADDED"
  case typeAddedToInterface = "TYPE_ADDED_TO_INTERFACE"
  case typeAddedToUnion = "TYPE_ADDED_TO_UNION"
  case valueAddedToEnum = "VALUE_ADDED_TO_ENUM"
  case specifiedByURLChanged = "SPECIFIED_BY_URL_CHANGE"
  case optionalDirectiveArgumentAdded = "OPTIONAL_DIRECTIVE_ARG_ADDED"

  package var severity: SchemaChangeSeverity {
    switch self {
    case .rootOperationTypeRemoved, .rootOperationTypeChanged, .typeRemoved, .typeChangedKind,
      .fieldRemoved, .fieldChangedKind, .argumentRemoved, .argumentChangedKind,
      .argumentMadeRequired, .requiredArgumentAdded, .inputFieldMadeRequired,
      .requiredInputFieldAdded, .oneOfAdded, .implementedInterfaceRemoved, .typeRemovedFromUnion,
      .valueRemovedFromEnum, .directiveRemoved, .directiveLocationRemoved,
      .directiveRepeatableRemoved, .directiveArgumentRemoved, .requiredDirectiveArgumentAdded:
      .breaking
    case .argumentDefaultValueChanged, .optionalArgumentAdded, .inputFieldDefaultValueChanged,
      .optionalInputFieldAdded, .oneOfRemoved, .implementedInterfaceAdded, .typeAddedToInterface,
      .typeAddedToUnion, .valueAddedToEnum, .specifiedByURLChanged,
      .optionalDirectiveArgumentAdded:
      .dangerous
    }
  }
}
