// Root operation types: an operation that the schema no longer has, or that begins elsewhere
// (section 3.3.1).

import GraphQLSyntax
import GraphQLTypes

enum RootTypeChanges {
  static func find(_ comparison: inout SchemaComparison) {
    for root in comparison.old.rootOperationTypes {
      let operation = root.operationType.rawValue
      let known = comparison.new.rootOperationTypes.first {
        $0.operationType == root.operationType
      }
      guard let known else {
        let location = root.location ?? comparison.old[root.type].head.nameLocation
        comparison.report(
          .rootOperationTypeRemoved, root.type.name,
          "\(root.type) is no longer the \(operation) root type: the schema has none.",
          .old(location))
        continue
      }
      if known.type.name == root.type.name { continue }
      let location = known.location ?? comparison.new[known.type].head.nameLocation
      comparison.report(
        .rootOperationTypeChanged, root.type.name,
        "\(root.type) is no longer the \(operation) root type: \(known.type) is.",
        .new(location))
    }
  }
}
