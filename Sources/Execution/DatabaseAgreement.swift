// The agreement of the bindings with the database: schema, bindings and what PostgreSQL says of its
// tables and of each section's statement come in, every mismatch leaves with its place in the SDL.

package import GraphQLTypes
package import Postgres

/// What the database says of a section's statement.
package enum SectionDescription: Sendable, Hashable {
  /// The types of its columns, by their names in `pg_type`.
  case columnTypes([String])
  /// It cannot be prepared or run by the role of the read pool.
  case refused(String)
}

extension Bindings {
  /// Every section that is bound, those of who asks first.
  package var sections: [Section] {
    var all = [context.section, service.section]
    if let partner { all += [partner.section, partner.identification] }
    func add(_ section: Section) {
      if !all.contains(where: { $0 === section }) { all.append(section) }
    }
    func add(_ source: RootSource) {
      switch source {
      case .row(let section), .rows(let section): add(section)
      case .merged(let merge), .mergedOne(let merge, _), .mergedNamed(let merge, _):
        add(merge.section)
      case .context, .constant, .outcome: break
      }
    }
    for (_, root) in query.sorted(by: { $0.key < $1.key }) { add(root.source) }
    for (_, fields) in objects.sorted(by: { $0.key < $1.key }) {
      for (_, binding) in fields.sorted(by: { $0.key < $1.key }) {
        switch binding {
        case .rows(let section), .rowsOfEntry(let section, _): add(section)
        case .root(let source): add(source)
        case .column, .address, .entry, .entryList, .objects, .catalogue, .embedded, .member: break
        }
      }
    }
    return all
  }
}

/// Holds the bindings against the database: each statement is accepted, each column exists and has
/// a type that its field can write, and a field that is never null has a column that never is.
/// - Parameters:
///   - catalog: the tables that the sections read.
///   - descriptions: by the section's name.
package func disagreements(
  of schema: Schema, with bindings: Bindings, over catalog: Catalog,
  descriptions: [String: SectionDescription]
) -> [Disagreement] {
  var walk = DatabaseWalk(
    schema: schema, bindings: bindings, catalog: catalog, descriptions: descriptions)
  for section in bindings.sections { walk.statement(section) }
  for (name, root) in bindings.query.sorted(by: { $0.key < $1.key }) {
    guard let field = schema.queryType?.field(named: name) else { continue }
    walk.root(root.source, field)
  }
  for (name, fields) in bindings.objects.sorted(by: { $0.key < $1.key }) {
    for (fieldName, binding) in fields.sorted(by: { $0.key < $1.key }) {
      guard case .root(let source) = binding, case .object(let type)? = schema.type(named: name),
        let field = type.field(named: fieldName)
      else { continue }
      walk.root(source, field)
    }
  }
  return walk.found
}

/// What an object's fields are read from.
private struct Origin {
  var section: Section?
  /// Whether an item may have no row: one of a merged list.
  var mayLackRow = false
  var shape: CatalogueShape?
  /// A column that is known not to be null where the object is there at all.
  var presence: Column?
}

private struct DatabaseWalk {
  let schema: Schema
  let bindings: Bindings
  let catalog: Catalog
  let descriptions: [String: SectionDescription]
  var found: [Disagreement] = []
  /// The objects on the way from the root, so that a type that holds itself ends the walk.
  private var path: [String] = []

  init(
    schema: Schema, bindings: Bindings, catalog: Catalog,
    descriptions: [String: SectionDescription]
  ) {
    self.schema = schema
    self.bindings = bindings
    self.catalog = catalog
    self.descriptions = descriptions
  }

  private mutating func add(_ subject: String, _ reason: String, _ field: SchemaField? = nil) {
    let disagreement = Disagreement(
      subject: subject, reason: reason, place: field.flatMap { schema.place(of: $0.nameLocation) })
    // An object that several fields answer is walked several times.
    if !found.contains(disagreement) { found.append(disagreement) }
  }

  mutating func statement(_ section: Section) {
    switch descriptions[section.name] {
    case nil: add("section \(section.name)", "was not held against the database")
    case .refused(let reason): add("section \(section.name)", "is refused: \(reason)")
    case .columnTypes(let types):
      if types.count != section.columns.count {
        add("section \(section.name)", "answers \(types.count) columns")
      }
    }
  }

  // MARK: Objects

  mutating func root(_ source: RootSource, _ field: SchemaField) {
    switch source {
    case .row(let section), .rows(let section):
      object(field, Origin(section: section))
    case .context:
      object(field, Origin(section: bindings.context.section))
    case .merged(let merge), .mergedOne(let merge, _), .mergedNamed(let merge, _):
      object(
        field,
        Origin(
          section: merge.section, mayLackRow: !merge.showsRowsOnly, shape: merge.offered.shape))
    case .constant, .outcome:
      break
    }
  }

  private mutating func object(_ field: SchemaField, _ origin: Origin) {
    guard let type = schema.objectType(named: field.type.namedType) else {
      return add(field.name, "is bound as an object and is none", field)
    }
    guard !path.contains(type.name) else { return }
    path.append(type.name)
    defer { path.removeLast() }
    for field in type.fields {
      guard let binding = bindings.objects[type.name]?[field.name] else { continue }
      self.field(field, "\(type.name).\(field.name)", binding, origin)
    }
  }

  private mutating func field(
    _ field: SchemaField, _ subject: String, _ binding: FieldBinding, _ origin: Origin
  ) {
    switch binding {
    case .column(let name, let absent, let retired):
      column(field, subject, name, absent: absent, origin)
      constants([absent, retired], field, subject)
    case .address(let name, _):
      column(field, subject, name, absent: nil, origin)
    case .entry(let value):
      if origin.shape?.values.contains(value) != true {
        add(subject, "is bound to \(value), no value of the catalogue's entries", field)
      }
    case .entryList(let list, let shape):
      if origin.shape?.lists.contains(list) != true {
        add(subject, "is bound to \(list), no list of the catalogue's entries", field)
      }
      object(field, Origin(shape: shape))
    case .objects(let name):
      objects(field, subject, name, origin)
    case .catalogue(let list):
      object(field, Origin(shape: list.shape))
    case .embedded(let presence):
      embedded(field, subject, presence, origin)
    case .rows(let section):
      object(field, Origin(section: section))
    case .rowsOfEntry(let section, let codeColumn):
      if section.column(codeColumn) == nil {
        add(subject, "is bound to \(codeColumn), no column of its section", field)
      }
      object(field, Origin(section: section))
    case .member, .root:
      break
    }
  }

  private mutating func embedded(
    _ field: SchemaField, _ subject: String, _ presence: String?, _ origin: Origin
  ) {
    var inner = origin
    inner.presence = nil
    if let presence {
      guard let column = origin.section?.column(presence) else {
        return add(subject, "is bound to \(presence), no column of its section", field)
      }
      if field.type.isNonNull, !isNeverNull(column, origin) {
        add(subject, "is never null, and the column \(presence) may be", field)
      }
      inner.presence = column
      // Without a row it is null itself.
      inner.mayLackRow = false
    }
    object(field, inner)
  }

  // MARK: Columns

  private mutating func objects(
    _ field: SchemaField, _ subject: String, _ name: String, _ origin: Origin
  ) {
    guard let section = origin.section, let column = section.column(name) else {
      return add(subject, "is bound to \(name), no column of its section", field)
    }
    if let problem = self.problem(with: column, of: section) { add(subject, problem, field) }
    if case .columnTypes(let types)? = descriptions[section.name],
      let position = section.position(of: name), position < types.count,
      !["json", "jsonb"].contains(types[position])
    {
      add(subject, "is a \(field.type), and the column \(name) a \(types[position])", field)
    }
    if field.type.isNonNull, !isNeverNull(column, origin) {
      add(subject, "is never null, and the column \(name) may be", field)
    }
  }

  private mutating func column(
    _ field: SchemaField, _ subject: String, _ name: String, absent: String?, _ origin: Origin
  ) {
    guard let section = origin.section, let column = section.column(name) else {
      return add(subject, "is bound to \(name), no column of its section", field)
    }
    if let problem = self.problem(with: column, of: section) {
      add(subject, problem, field)
    }
    if field.type.isList || !field.type.namedType.isLeaf {
      add(subject, "is bound to a column and is no leaf", field)
    } else if case .columnTypes(let types)? = descriptions[section.name],
      let position = section.position(of: name), position < types.count,
      !Encoding(of: field.type.namedType, in: schema).columnTypes.contains(types[position])
    {
      add(subject, "is a \(field.type), and the column \(name) a \(types[position])", field)
    }
    guard field.type.isNonNull else { return }
    if origin.mayLackRow, absent == nil {
      add(subject, "is never null, and nothing answers for an item without a row", field)
    }
    if !isNeverNull(column, origin) {
      add(subject, "is never null, and the column \(name) may be", field)
    }
  }

  /// What answers without the database has to be a value of the field's enum.
  private mutating func constants(
    _ constants: [String?], _ field: SchemaField, _ subject: String
  ) {
    guard case .enum(let type)? = schema.type(named: field.type.namedType.name) else { return }
    for constant in constants.compactMap({ $0 }) where type.value(named: constant) == nil {
      add(subject, "answers \(constant), which is no value of \(type.name)", field)
    }
  }

  /// Where a column is no expression, its table and the table's column are known.
  private func problem(with column: Column, of section: Section) -> String? {
    guard let source = section.source(of: column) else { return nil }
    guard let table = section.table(as: source.alias) else {
      return "reads \(source.alias).\(source.column) of no table that the section names"
    }
    guard let known = catalog.table(table.name) else {
      return "reads the table \(table.name), which does not exist"
    }
    guard known.column(source.column) != nil else {
      return "reads \(table.name).\(source.column), which does not exist"
    }
    return nil
  }

  private func isNeverNull(_ column: Column, _ origin: Origin) -> Bool {
    if column.isNeverNull || column == origin.presence { return true }
    guard let section = origin.section, let source = section.source(of: column),
      let joined = section.table(as: source.alias), let table = catalog.table(joined.name),
      let known = table.column(source.column)
    else { return false }
    if known.isNotNull, !joined.isOuter { return true }
    // Where the object is there, its presence column is not null: then neither is what stands in
    // the same row of an outer join, nor what a CHECK makes null together with it.
    guard let presence = origin.presence.flatMap({ section.source(of: $0) }),
      presence.alias == source.alias
    else { return false }
    if known.isNotNull { return true }
    return table.checks.contains { check in
      check.definition.contains("(\(source.column) IS NULL) = (\(presence.column) IS NULL)")
        || check.definition.contains("(\(presence.column) IS NULL) = (\(source.column) IS NULL)")
    }
  }
}

// MARK: What a section says of itself

/// A table of a section's FROM.
struct JoinedTable: Hashable {
  let name: String
  /// Whether the join may leave its columns null.
  var isOuter: Bool
}

extension Section {
  func column(_ name: String) -> Column? { columns.first { $0.name == name } }

  /// The table's alias and the column that a column is, unless it is computed. One that is said
  /// never to be null is: PostgreSQL tells it of a table's column itself.
  func source(of column: Column) -> (alias: String, column: String)? {
    if column.isNeverNull { return nil }
    guard let expression = column.expression else { return (alias, column.name) }
    let parts = expression.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy(\.isPlainName) else { return nil }
    return (String(parts[0]), String(parts[1]))
  }

  /// The table that the section reads under an alias.
  func table(as alias: String) -> JoinedTable? {
    var tables: [String: JoinedTable] = [:]
    let words = from.split { " \n\t(),".contains($0) }.map(String.init)
    var kind: [String] = []
    var index = 0
    var isTableNext = true
    while index < words.count {
      let word = words[index]
      index += 1
      if isTableNext {
        isTableNext = false
        if index < words.count, words[index] == "AS" { index += 1 }
        let name = index < words.count ? words[index] : word
        if kind.contains(where: { ["RIGHT", "FULL"].contains($0) }) {
          for alias in tables.keys { tables[alias]?.isOuter = true }
        }
        tables[name] = JoinedTable(
          name: word, isOuter: kind.contains { ["LEFT", "FULL"].contains($0) })
        kind = []
      } else if ["JOIN", "FROM"].contains(word) {
        isTableNext = true
      } else if ["LEFT", "RIGHT", "FULL", "OUTER", "INNER", "CROSS"].contains(word) {
        kind.append(word)
      }
    }
    return tables[alias]
  }
}

extension Substring {
  fileprivate var isPlainName: Bool {
    !isEmpty && allSatisfy { $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) }
  }
}
