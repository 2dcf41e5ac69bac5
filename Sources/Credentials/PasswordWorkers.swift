// Passwords to verify or to hash enter a bounded queue, answers leave later. Refused: what the full
// queue has no room for, one client's share of it likewise, and what was cancelled before its turn.

internal import Dispatch
internal import Glibc
internal import Synchronization

/// Runs scrypt on threads of its own, a few at a time, so that it holds up neither an event loop
/// nor Swift's cooperative threads, and a flood of sign-ins costs bounded memory. The threads give
/// way to all others of the machine: whoever signs in waits rather than everybody.
package final class PasswordWorkers: Sendable {
  /// Hashes computed at the same time, each with 16 MiB.
  package let workersMax: Int
  /// Requests waiting for a worker; the next one is refused at once.
  package let queueMax: Int
  /// The same of one client, so that it cannot take the queue from the others.
  package let clientQueueMax: Int

  private let state = Mutex(State())

  /// Half of the processors at most, so that the others are always there for everybody else.
  package static var workersOfThisMachine: Int {
    min(4, max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))) / 2))
  }

  package init(
    workersMax: Int = PasswordWorkers.workersOfThisMachine, queueMax: Int = 32,
    clientQueueMax: Int = 8
  ) {
    self.workersMax = max(1, workersMax)
    self.queueMax = max(0, queueMax)
    self.clientQueueMax = max(0, clientQueueMax)
  }

  /// The number waiting for a worker now.
  package var waitingCount: Int { state.withLock { $0.waiting.count } }

  /// Whether the password is the one behind this stored hash. For nil, the account that does not
  /// exist or has no password, the same work is done and the answer is false.
  /// - Parameter client: who asks, such as a network; nil where nobody's share is counted.
  package func verify(
    _ password: Password, against hash: PasswordHash?, for client: String? = nil
  ) async throws(PasswordQueueError) -> Bool {
    let outcome = await run(for: client) {
      (hash ?? .decoy).verify(password).map { $0 && hash != nil }
    }
    return try outcome.get()
  }

  /// The hash of a new password, under the current parameters.
  package func hash(
    _ password: Password, for client: String? = nil
  ) async throws(PasswordQueueError) -> PasswordHash {
    try await run(for: client) { PasswordHash(of: password) }.get()
  }

  /// Runs one piece of work in its turn. Nil from it means that memory was not to be had.
  package func run<Answer: Sendable>(
    for client: String? = nil, _ work: @escaping @Sendable () -> Answer?
  ) async -> Result<Answer, PasswordQueueError> {
    let ticket = state.withLock { $0.takeTicket() }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let job = Job(
          ticket: ticket, client: client,
          run: { continuation.resume(returning: work().map { .success($0) } ?? .failure(.memory)) },
          refuse: { continuation.resume(returning: .failure($0)) })
        enqueue(job)
      }
    } onCancel: {
      state.withLock { $0.cancel(ticket) }?.refuse(.cancelled)
    }
  }

  private func enqueue(_ job: Job) {
    switch state.withLock({ $0.admit(job, self) }) {
    case .refuse(let error): job.refuse(error)
    case .wait: break
    case .start:
      onThreadThatGivesWay { self.work(from: job) }
    }
  }

  /// One worker: its first job, then whatever waits, then it is gone.
  private func work(from first: Job) {
    var next: Job? = first
    while let job = next {
      job.run()
      next = state.withLock { $0.finish(job) }
    }
  }
}

/// Why a password was neither verified nor hashed.
package enum PasswordQueueError: Error, Hashable {
  /// The queue is full, or the client's share of it; to be tried again later (503 with
  /// Retry-After).
  case overloaded
  /// The task was cancelled while it waited.
  case cancelled
  /// The memory for scrypt was not to be had.
  case memory
}

/// Runs work on a thread of its own at a lower priority. The kernel keeps one for each thread, so
/// that it must not be one that others are given afterwards.
private func onThreadThatGivesWay(_ work: @escaping @Sendable () -> Void) {
  let argument = Unmanaged.passRetained(ThreadWork(work))
  var thread = pthread_t()
  let status = pthread_create(
    &thread, nil,
    { argument in
      guard let argument else { return nil }
      let work = Unmanaged<ThreadWork>.fromOpaque(argument).takeRetainedValue()
      // Zero is the calling thread (setpriority(2), "C library/kernel differences").
      _ = setpriority(Int32(PRIO_PROCESS.rawValue), 0, 10)
      work.run()
      return nil
    }, argument.toOpaque())
  if status == 0 {
    pthread_detach(thread)
    return
  }
  // No thread is to be had now: the work is done all the same.
  argument.release()
  DispatchQueue(label: "mi-alegra.passwords").async(execute: work)
}

private final class ThreadWork: Sendable {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private struct Job: Sendable {
  let ticket: UInt64
  let client: String?
  /// Does the work and answers.
  let run: @Sendable () -> Void
  /// Answers without it.
  let refuse: @Sendable (PasswordQueueError) -> Void
}

private struct State: Sendable {
  enum Admission {
    case start, wait
    case refuse(PasswordQueueError)
  }

  private(set) var waiting: [Job] = []
  private var workers = 0
  private var lastTicket: UInt64 = 0
  /// Tickets whose cancellation came before their job; each leaves when its job comes.
  private var cancelledEarly: Set<UInt64> = []
  /// Tickets handed out whose job has not come yet, so that a late cancellation leaves nothing.
  private var expected: Set<UInt64> = []

  mutating func takeTicket() -> UInt64 {
    lastTicket += 1
    expected.insert(lastTicket)
    return lastTicket
  }

  mutating func admit(_ job: Job, _ limits: PasswordWorkers) -> Admission {
    expected.remove(job.ticket)
    if cancelledEarly.remove(job.ticket) != nil { return .refuse(.cancelled) }
    if workers < limits.workersMax {
      workers += 1
      return .start
    }
    if waiting.count >= limits.queueMax { return .refuse(.overloaded) }
    if let client = job.client,
      waiting.count(where: { $0.client == client }) >= limits.clientQueueMax
    {
      return .refuse(.overloaded)
    }
    waiting.append(job)
    return .wait
  }

  /// The waiting job to refuse, if it still waits. One that runs is left to finish.
  mutating func cancel(_ ticket: UInt64) -> Job? {
    if expected.contains(ticket) {
      cancelledEarly.insert(ticket)
      return nil
    }
    guard let index = waiting.firstIndex(where: { $0.ticket == ticket }) else { return nil }
    return waiting.remove(at: index)
  }

  /// The next job for the worker that finished this one; nil sends the worker home.
  mutating func finish(_ job: Job) -> Job? {
    if waiting.isEmpty {
      workers -= 1
      return nil
    }
    return waiting.removeFirst()
  }
}
