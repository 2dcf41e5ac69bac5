// Subscription.events: a cursor comes in; the events behind it leave one by one, then those to
// come. Nothing is kept of who follows: whoever comes back with the last cursor, to this server or
// to another, goes on where they were.

import Execution
import GraphQLTypes
import JSON
import Postgres
import SQL

private let readEvents = PreparedStatement(
  "SELECT p.events, p.cursor, p.has_more FROM event_page($1, $2, $3, $4, 50) p")
private let isKnown = PreparedStatement("SELECT is_event_cursor($1, $2)")
private let readEnd = PreparedStatement("SELECT event_end($1)")

func followEvents(_ hub: HubServices) -> SubscriptionSource {
  SubscriptionSource("events") { arguments, context in
    let scope = try context.company().scope
    let following = Following(scope.tenantID, in: hub.events)
    var reader = EventReader(
      context: context, following: following, types: arguments["types"]?.parameterText,
      excludeOrigin: arguments["excludeOrigin"]?.text, cursor: arguments["after"]?.text ?? "")
    if !reader.cursor.isEmpty {
      let known = try await context.read([
        Query(isKnown, [scope.tenant, .text(reader.cursor)])
      ])[0]
      guard known.boolean(0, 0) == true else {
        throw FieldFailure.field(.arguments("The log does not have the place after."), detail: nil)
      }
    } else {
      // What is changed once the stream is open is told: where it begins is settled before.
      let end = try await context.read([Query(readEnd, [scope.tenant])])[0].string(0, 0)
      guard let end else { throw ActionRefusal.overloaded }
      reader.cursor = end
    }
    let shared = ReaderBox(reader)
    return AsyncThrowingStream { try await shared.next() }
  }
}

/// One stream's following of a log, for as long as the stream lives.
private final class Following: Sendable {
  let tenant: String
  let feed: EventFeed

  init(_ tenant: String, in feed: EventFeed) {
    self.tenant = tenant
    self.feed = feed
    feed.follow(tenant)
  }

  deinit { feed.unfollow(tenant) }
}

/// A stream's events are asked for one after the other; the compiler is told so by an actor.
private actor ReaderBox {
  private var reader: EventReader

  init(_ reader: EventReader) { self.reader = reader }

  func next() async throws -> JSONValue? {
    var reader = reader
    defer { self.reader = reader }
    return try await reader.next()
  }
}

/// Where one stream stands in its log: it holds a page at most, however slowly it is taken.
private struct EventReader: Sendable {
  let context: ActionContext
  let following: Following
  let types: String?
  let excludeOrigin: String?
  /// Behind everything that was read.
  var cursor: String
  private var page: ArraySlice<JSONValue> = []

  init(
    context: ActionContext, following: Following, types: String?, excludeOrigin: String?,
    cursor: String
  ) {
    self.context = context
    self.following = following
    self.types = types
    self.excludeOrigin = excludeOrigin
    self.cursor = cursor
  }

  /// The next event, whenever it comes; nil where the stream is ended.
  mutating func next() async throws -> JSONValue? {
    while !Task.isCancelled {
      if let event = page.popFirst() { return event }
      if try await readPage() { continue }
      if !page.isEmpty { continue }
      await following.feed.wait(for: following.tenant, beyond: position)
    }
    return nil
  }

  /// - Returns: whether there is more behind the page that was read.
  private mutating func readPage() async throws -> Bool {
    let tenant = try context.company().scope.tenant
    let query = Query(
      readEvents, [tenant, .text(cursor), Parameter(types), Parameter(excludeOrigin)])
    let rows = try await context.read([query])[0]
    guard let next = rows.string(0, 1), let events = rows.string(0, 0) else { return false }
    cursor = next
    page = ArraySlice(try parseJSON(Array(events.utf8)).arrayValue ?? [])
    return rows.boolean(0, 2) ?? false
  }

  private var position: Int64 { Int64(cursor.dropFirst(4).prefix(16), radix: 16) ?? 0 }
}
