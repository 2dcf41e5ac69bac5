// The order of libpq's answers in pipeline mode: what was sent and what came enter as events, who
// is answered leaves. Refused here: any answer that does not fit the question at the head of the
// queue.

internal import NIOCore

/// The pure half of a pipelined connection. A unit is what stands between two Syncs: one batch, or
/// one PREPARE. Nothing is answered before the unit's own PGRES_PIPELINE_SYNC came, because an
/// error at commit comes after the rows; counting results instead would hand every later unit the
/// answer of the one before it, which is another tenant's.
struct PipelineMachine<Ticket, Payload> {
  /// What PQgetResult returned.
  enum Event {
    /// PGRES_TUPLES_OK, PGRES_COMMAND_OK or PGRES_EMPTY_QUERY.
    case result(Payload)
    /// PGRES_FATAL_ERROR.
    case refused(Refusal)
    /// PGRES_PIPELINE_ABORTED: not run, because of an error before it.
    case aborted
    /// NULL: no more results of this command.
    case endOfCommand
    /// PGRES_PIPELINE_SYNC.
    case sync
    /// Any other status (COPY, a bad response), which nothing here asks for.
    case foreign(String)
  }

  enum Action {
    /// Nothing to tell anybody yet.
    case wait
    /// The unit is complete.
    case finish(Ticket, Outcome)
    /// The connection must be closed and everything in flight failed.
    case desynchronise(String)
  }

  enum Outcome {
    /// One payload for each command, in order.
    case succeeded([Payload])
    /// Nothing was done; `queryIndex` is set unless the commit failed.
    case failed(Refusal)
  }

  private struct Unit {
    let ticket: Ticket
    let commands: Int
  }

  private var units = CircularBuffer<Unit>()
  // What has come for the unit at the head; the others have not begun.
  private var payloads: [Payload] = []
  private var refusal: Refusal?
  private var abortedCommands = 0
  /// A command answered and its NULL has not come yet.
  private var isWithinCommand = false
  private var endsInARow = 0

  /// Units sent and not yet finished.
  var inFlight: Int { units.count }

  /// The oldest unit in flight.
  var oldest: Ticket? { units.first?.ticket }

  /// A unit of `commands` commands and its Sync were handed to libpq.
  mutating func sent(_ ticket: Ticket, commands: Int) {
    units.append(Unit(ticket: ticket, commands: commands))
  }

  mutating func event(_ event: Event) -> Action {
    guard let unit = units.first else {
      return .desynchronise("an answer came where none was due")
    }
    if case .endOfCommand = event { return endOfCommand() }
    endsInARow = 0
    switch event {
    case .result(let payload): return result(payload, of: unit)
    case .refused(let refusal): return refused(refusal, of: unit)
    case .aborted: return aborted()
    case .sync: return sync(of: unit)
    case .foreign(let status): return .desynchronise("an answer of status \(status)")
    case .endOfCommand: return .wait
    }
  }

  /// Empties the machine: the tickets that will never be answered, oldest first.
  mutating func drain() -> [Ticket] {
    let tickets = units.map(\.ticket)
    units.removeAll()
    forgetAnswers()
    return tickets
  }

  private mutating func endOfCommand() -> Action {
    isWithinCommand = false
    endsInARow += 1
    return endsInARow > 1 ? .desynchronise("libpq has no answer and expects none") : .wait
  }

  private mutating func result(_ payload: Payload, of unit: Unit) -> Action {
    if isWithinCommand { return .desynchronise("two results of one command") }
    if refusal != nil { return .desynchronise("a result after an error") }
    if payloads.count == unit.commands { return .desynchronise("more results than commands") }
    if payloads.isEmpty { payloads.reserveCapacity(unit.commands) }
    payloads.append(payload)
    isWithinCommand = true
    return .wait
  }

  private mutating func refused(_ cause: Refusal, of unit: Unit) -> Action {
    if isWithinCommand { return .desynchronise("a result and an error of one command") }
    if refusal != nil { return .desynchronise("two errors in one batch") }
    refusal = cause
    // Once all commands answered, only the commit is left to fail.
    refusal?.queryIndex = payloads.count < unit.commands ? payloads.count : nil
    isWithinCommand = payloads.count < unit.commands
    return .wait
  }

  private mutating func aborted() -> Action {
    if refusal == nil { return .desynchronise("a command aborted without an error") }
    if isWithinCommand { return .desynchronise("two results of one command") }
    abortedCommands += 1
    isWithinCommand = true
    return .wait
  }

  private mutating func sync(of unit: Unit) -> Action {
    if isWithinCommand { return .desynchronise("a Sync within a command") }
    let answered = payloads.count + abortedCommands + (refusal?.queryIndex == nil ? 0 : 1)
    guard answered == unit.commands else {
      return .desynchronise("\(answered) answers to \(unit.commands) commands")
    }
    let outcome: Outcome = refusal.map { .failed($0) } ?? .succeeded(payloads)
    units.removeFirst()
    forgetAnswers()
    return .finish(unit.ticket, outcome)
  }

  private mutating func forgetAnswers() {
    payloads = []
    refusal = nil
    abortedCommands = 0
    isWithinCommand = false
    endsInARow = 0
  }
}
