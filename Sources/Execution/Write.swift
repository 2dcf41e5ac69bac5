// A plan and what was fetched for it come in; the response's `data` leaves as JSON bytes, written
// once. A null where the schema allows none cuts the buffer back to the nearest nullable ancestor.
// Source: GraphQL specification, September 2025, section 6.4 (Executing Fields).

package import GraphQLSyntax
package import GraphQLTypes
import JSON
import Postgres

/// What a plan is written from.
package struct Answers: Sendable {
  /// What came of a fetch.
  enum Fetched: Sendable {
    case rows(Rows)
    /// Its condition did not hold.
    case nothing
    /// Its arguments could not be coerced with these variables: the field's error.
    case refused(CoercionError)
  }

  /// By the fetch's slot.
  private let fetched: [Fetched]
  let asker: Asker
  /// Where a member or a partner asks.
  let context: RequestContext?
  /// What a partner's token opens; nil for whoever needs no scopes.
  let scopes: Set<String>?
  let variables: VariableValues

  init(fetched: [Fetched], asker: Asker, variables: VariableValues) {
    self.fetched = fetched
    self.asker = asker
    context = asker.context
    scopes = asker.scopes
    self.variables = variables
  }

  /// What came of a fetch; nothing where the batch was never sent.
  subscript(fetch: Int) -> Fetched {
    fetched.indices.contains(fetch) ? fetched[fetch] : .nothing
  }

  /// For an operation of which nothing is read for anybody: every field that needs one is refused.
  package init(withoutContext variables: VariableValues) {
    self.init(fetched: [], asker: .nobody, variables: variables)
  }

  /// For an operation that asks for nothing of the hub, by whoever was admitted to it.
  init(withoutFetches variables: VariableValues, for asker: Asker) {
    self.init(fetched: [], asker: asker, variables: variables)
  }
}

/// An error of one field (section 7.1.3).
package struct FieldError: Sendable, Hashable {
  package enum Reason: Sendable, Hashable {
    case forbidden
    /// It is a tenant's, and the person is in none.
    case withoutTenant
    /// A partner's token does not open it: the scope that would; nil where none does.
    case scopeRequired(String?)
    /// The data holds null where the schema allows none.
    case nullForNonNull
    /// The data holds what the field's type cannot.
    case unfit
    /// A mutation's action refused or failed.
    case refused(ActionRefusal)
    case failed
    case unavailable
    /// It is not done, or not told again, under its key.
    case repetition(RepetitionRefusal)
    /// The arguments could not be coerced with these variables.
    case arguments(String)
  }
  package var reason: Reason
  package var range: SourceRange
  /// From the field up to the root while the error travels; turned around in the response.
  package var reversedPath: [PathSegment]
}

package enum PathSegment: Sendable, Hashable {
  case name(String)
  case index(Int)
}

/// The thing an object is written from: a row, a catalogue's entry, or both.
struct Item {
  var rows: Rows?
  /// The row within `rows`; negative for an item without one.
  var row = -1
  var entry: CatalogueEntry?
  /// Listed only because the tenant still has it.
  var isRetired = false
  var members: [JSONMember] = []
}

/// Writes one response.
struct AnswerWriter {
  var json: JSONWriter
  var errors: [FieldError] = []
  /// What was kept of the errors of fields that were done once.
  var keptErrors: [[UInt8]] = []
  /// A mutation's fields each have answers of their own.
  var answers: Answers
  /// The response grew beyond its limit: what is still to be written is left out, and the whole is
  /// thrown away.
  private(set) var isTooLong = false
  private let bytesMax: Int
  private let schema: Schema

  init(answers: Answers, schema: Schema, capacity: Int, bytesMax: Int = .max) {
    self.answers = answers
    self.bytesMax = bytesMax
    self.schema = schema
    json = JSONWriter(capacity: capacity)
  }

  /// Writes the fields as an object.
  /// - Returns: false where a non-null field was null; the buffer is then cut back to where it was.
  mutating func object(_ fields: [PlannedField], _ item: borrowing Item) -> Bool {
    let start = json.count
    json.bytes.append(UInt8(ascii: "{"))
    var isFirst = true
    var written: Set<Int> = []
    for field in fields {
      if !isWritten(field, &written) { continue }
      if isFirst { isFirst = false } else { json.bytes.append(UInt8(ascii: ",")) }
      json.raw(field.key)
      guard self.field(field, item) else {
        json.truncate(to: start)
        return false
      }
    }
    json.bytes.append(UInt8(ascii: "}"))
    return true
  }

  /// Whether the field is in the response at this place: its condition holds, and its response name
  /// was not written at an earlier one.
  func isWritten(_ field: PlannedField, _ written: inout Set<Int>) -> Bool {
    if !field.condition.isAlways, !field.condition.holds(answers.variables) { return false }
    guard let group = field.group else { return true }
    return written.insert(group).inserted
  }

  /// Whether the response is beyond its limit.
  mutating func overflows() -> Bool {
    if json.count > bytesMax { isTooLong = true }
    return isTooLong
  }

  /// Writes a field's value, or null with its error.
  /// - Returns: false where null is not allowed, so that the parent becomes null.
  mutating func field(_ field: PlannedField, _ item: borrowing Item) -> Bool {
    let start = json.count
    let errorsBefore = errors.count
    let written = opens(field) && value(field.output, item, field)
    if errors.count > errorsBefore {
      for index in errorsBefore..<errors.count {
        errors[index].reversedPath.append(.name(field.responseName))
      }
    }
    if written { return true }
    json.truncate(to: start)
    if field.isNonNull {
      // An error that is already told explains this null (section 6.4.4).
      if errors.count == errorsBefore {
        errors.append(
          FieldError(
            reason: .nullForNonNull, range: field.range,
            reversedPath: [.name(field.responseName)]))
      }
      return false
    }
    json.null()
    return true
  }

  /// Whether the scopes of who asks open the field; if not, the refusal is noted.
  private mutating func opens(_ field: PlannedField) -> Bool {
    guard let scopes = answers.scopes, let refusal = field.requirement.refusal(to: scopes) else {
      return true
    }
    note(refusal, field)
    return false
  }

  /// Writes a value; false for null.
  private mutating func value(
    _ output: Output, _ item: borrowing Item, _ field: PlannedField
  ) -> Bool {
    switch output {
    case .typeName(let name):
      json.raw(name)
      return true
    case .column(let position, let encoding, let absent, let retired):
      if item.isRetired, !retired.isEmpty {
        json.raw(retired)
        return true
      }
      return column(position, encoding, absent: absent, item, field)
    case .address(let position, let server):
      return address(position, server, item)
    case .entry(let index, let encoding):
      guard let value = item.entry?.values[index], value != nullBytes else { return false }
      if !encoding.holds(json: value) { return unfit(field) }
      json.raw(value)
      return true
    case .entryList(let index, let object):
      return entries(item.entry?.lists[index] ?? [], object, field)
    case .objects(let position, let shape):
      guard let rows = item.rows, item.row >= 0, !rows.isNull(item.row, position),
        let value = try? parseJSON(Array(rows.bytes(item.row, position)))
      else { return false }
      return member(value, shape, field)
    case .catalogue(let list, let object):
      guard let catalogue = answers.context?.catalogue else { return false }
      return entries(catalogue[list], object, field)
    case .embedded(let presence, let object):
      if let presence {
        guard let rows = item.rows, item.row >= 0, !rows.isNull(item.row, presence) else {
          return false
        }
      }
      return self.object(object.fields, item)
    case .constant(let value, let access, let shape):
      guard allowed(access, field) else { return false }
      return member(value, shape, field)
    case .member(let name, let shape):
      guard let value = item.members.first(where: { $0.name == name })?.value else { return false }
      return member(value, shape, field)
    case .rootObject(let fetch, let access, let object):
      guard allowed(access, field), let rows = rows(fetch, field), rows.rowCount > 0 else {
        return false
      }
      return self.object(object.fields, Item(rows: rows, row: 0))
    case .contextObject(let access, let object):
      guard allowed(access, field), case .member(let context) = answers.asker else { return false }
      return self.object(object.fields, Item(rows: context.row.rows, row: 0))
    case .rootList(let fetch, let access, let object):
      guard allowed(access, field), let rows = rows(fetch, field) else { return false }
      return list(rows, object, field)
    case .nestedList(let fetch, let codePosition, let object):
      guard let rows = rows(fetch, field) else { return false }
      return nested(rows, codePosition, object, item, field)
    case .merged(let fetch, let merge, let access, let object):
      guard allowed(access, field) else { return false }
      return merged(merge, fetch, object, item, field)
    case .introspection(let planned):
      return introspect(planned, schema, field)
    case .mutation:
      // A mutation's fields are written one after the other by `perform`.
      return false
    case .subscription(let subscription):
      guard let event = item.members.first?.value else { return false }
      return member(event, subscription.event, field)
    }
  }

  private mutating func column(
    _ position: Int, _ encoding: Encoding, absent: [UInt8], _ item: borrowing Item,
    _ field: PlannedField
  ) -> Bool {
    guard let rows = item.rows, item.row >= 0 else {
      if absent.isEmpty { return false }
      json.raw(absent)
      return true
    }
    if rows.isNull(item.row, position) { return false }
    return json.leaf(rows.bytes(item.row, position), encoding) ? true : unfit(field)
  }

  /// Notes that the field's type cannot hold the value (section 6.4.3).
  private mutating func unfit(_ field: PlannedField) -> Bool {
    note(.unfit, field)
    return false
  }

  private mutating func address(
    _ position: Int, _ server: () -> String, _ item: borrowing Item
  ) -> Bool {
    guard let rows = item.rows, item.row >= 0, let path = rows.string(item.row, position) else {
      return false
    }
    json.string(path.utf8.first == UInt8(ascii: "/") ? server() + path : path)
    return true
  }

  /// The rows of a fetch; nil without them, and the reason is noted where there is one to tell.
  private mutating func rows(_ fetch: Int, _ field: PlannedField) -> Rows? {
    switch answers[fetch] {
    case .rows(let rows): return rows
    case .nothing: return nil
    case .refused(let error):
      note(.arguments(error.message), field)
      return nil
    }
  }

  mutating func note(_ reason: FieldError.Reason, _ field: PlannedField) {
    errors.append(FieldError(reason: reason, range: field.range, reversedPath: []))
  }

  /// Whether the field may be answered; if not, the refusal is noted.
  private mutating func allowed(_ access: Access, _ field: PlannedField) -> Bool {
    guard let refusal = answers.asker.refusal(access, field.requirement) else { return true }
    note(refusal, field)
    return false
  }

  // MARK: Lists

  private mutating func list(
    _ rows: Rows, _ object: PlannedObject, _ field: PlannedField
  ) -> Bool {
    elements(count: rows.rowCount, field) { writer, index in
      writer.object(object.fields, Item(rows: rows, row: index))
    }
  }

  /// All rows, or those that carry the code of the item's entry, in their order.
  private mutating func nested(
    _ rows: Rows, _ codePosition: Int?, _ object: PlannedObject, _ item: borrowing Item,
    _ field: PlannedField
  ) -> Bool {
    guard let codePosition else { return list(rows, object, field) }
    guard let entry = item.entry else { return false }
    let own = (0..<rows.rowCount).filter { rows.bytes($0, codePosition).elementsEqual(entry.code) }
    return elements(count: own.count, field) { writer, index in
      writer.object(object.fields, Item(rows: rows, row: own[index]))
    }
  }

  private mutating func entries(
    _ entries: [CatalogueEntry], _ object: PlannedObject, _ field: PlannedField
  ) -> Bool {
    elements(count: entries.count, field) { writer, index in
      writer.object(object.fields, Item(entry: entries[index]))
    }
  }

  /// A list whose elements may not be null: one that is makes the whole list null.
  private mutating func elements(
    count: Int, _ field: PlannedField, _ element: (inout AnswerWriter, Int) -> Bool
  ) -> Bool {
    json.bytes.append(UInt8(ascii: "["))
    for index in 0..<count {
      if overflows() { return false }
      if index > 0 { json.bytes.append(UInt8(ascii: ",")) }
      let errorsBefore = errors.count
      let written = element(&self, index)
      if !written, errors.count == errorsBefore { note(.nullForNonNull, field) }
      for error in errorsBefore..<errors.count {
        errors[error].reversedPath.append(.index(index))
      }
      if !written { return false }
    }
    json.bytes.append(UInt8(ascii: "]"))
    return true
  }

  private mutating func merged(
    _ merge: PlannedMerge, _ fetch: Int?, _ object: PlannedObject, _ item: borrowing Item,
    _ field: PlannedField
  ) -> Bool {
    let rows = fetch.flatMap { self.rows($0, field) }
    if fetch != nil, rows == nil { return false }
    guard let catalogue = answers.context?.catalogue else { return false }
    let arguments: [String: InputValue]
    do {
      arguments = try merge.arguments.values(answers.variables)
    } catch {
      note(.arguments(error.message), field)
      return false
    }
    let only: String? =
      switch merge.only {
      case nil: nil
      case .argument(let name): arguments[name]?.text
      case .member(let name): item.members.first { $0.name == name }?.value.stringValue
      }
    let items = mergedItems(merge, rows, catalogue, arguments, only: only)
    if merge.only != nil {
      guard let item = items.first else { return false }
      return self.object(object.fields, item)
    }
    return elements(count: items.count, field) { writer, index in
      writer.object(object.fields, items[index])
    }
  }

  // MARK: Constants and outcomes

  /// Writes a member of a constant or of an outcome; false for null.
  mutating func member(
    _ value: JSONValue, _ shape: PlannedMember, _ field: PlannedField
  ) -> Bool {
    if value.isNull { return false }
    switch shape {
    case .leaf(let encoding):
      return json.leaf(value, encoding) ? true : unfit(field)
    case .object(let object):
      guard case .object(let members) = value else { return unfit(field) }
      return self.object(object.fields, Item(members: members))
    case .list(let element):
      guard case .array(let values) = value else { return unfit(field) }
      return elements(count: values.count, field) { writer, index in
        writer.member(values[index], element, field)
      }
    }
  }
}

private let nullBytes = Array("null".utf8)
