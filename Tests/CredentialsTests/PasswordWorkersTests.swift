// The queue before scrypt: it answers, refuses when full, forgets what was cancelled, and loses
// nothing. A semaphore stands in for the work, so nothing here depends on time.

import Credentials
import Dispatch
import Glibc
import Testing

@Suite("The password workers")
struct PasswordWorkersTests {
  @Test("verify and hash, and refuse an account without a hash whatever the password")
  func answers() async throws {
    let workers = PasswordWorkers()
    let password = try #require(Password(typed: "demo-ejemplar"))
    let hash = try await workers.hash(password)
    #expect(try await workers.verify(password, against: hash))
    #expect(try await workers.verify(#require(Password(typed: "otra")), against: hash) == false)
    #expect(try await workers.verify(password, against: nil) == false)
  }

  @Test("refuse at once when the queue is full, and take on again when it is not")
  func overloaded() async {
    let workers = PasswordWorkers(workersMax: 1, queueMax: 1)
    let gate = DispatchSemaphore(value: 0)
    let running = await started(on: workers, until: gate)
    let waiting = Task { await workers.run { 2 } }
    await waitUntil { workers.waitingCount == 1 }
    #expect(await workers.run { 3 } == .failure(.overloaded))
    gate.signal()
    #expect(await running.value == .success(1))
    #expect(await waiting.value == .success(2))
    #expect(await workers.run { 4 } == .success(4))
    #expect(workers.waitingCount == 0)
  }

  @Test("refuse one client more than its share of the queue, and nobody else")
  func share() async {
    let workers = PasswordWorkers(workersMax: 1, queueMax: 4, clientQueueMax: 2)
    let gate = DispatchSemaphore(value: 0)
    let running = await started(on: workers, until: gate)
    let greedy = (2...3).map { number in Task { await workers.run(for: "one") { number } } }
    await waitUntil { workers.waitingCount == 2 }
    #expect(await workers.run(for: "one") { 9 } == .failure(.overloaded))
    let other = Task { await workers.run(for: "another") { 4 } }
    let nobody = Task { await workers.run { 5 } }
    await waitUntil { workers.waitingCount == 4 }
    #expect(await workers.run(for: "a third") { 9 } == .failure(.overloaded))
    gate.signal()
    #expect(await running.value == .success(1))
    for (task, answer) in zip(greedy + [other, nobody], 2...5) {
      #expect(await task.value == .success(answer))
    }
    #expect(await workers.run(for: "one") { 6 } == .success(6))
  }

  @Test("work at a priority below the process's own")
  func priority() async {
    let workers = PasswordWorkers(workersMax: 1)
    let own = getpriority(Int32(PRIO_PROCESS.rawValue), 0)
    let found = await workers.run { getpriority(Int32(PRIO_PROCESS.rawValue), 0) }
    #expect(found == .success(min(19, max(own, 10))))
    #expect(getpriority(Int32(PRIO_PROCESS.rawValue), 0) == own)
  }

  @Test("give up what is cancelled while it waits, and make room for another")
  func cancelled() async {
    let workers = PasswordWorkers(workersMax: 1, queueMax: 1)
    let gate = DispatchSemaphore(value: 0)
    let running = await started(on: workers, until: gate)
    let waiting = Task { await workers.run { 2 } }
    await waitUntil { workers.waitingCount == 1 }
    waiting.cancel()
    #expect(await waiting.value == .failure(.cancelled))
    #expect(workers.waitingCount == 0)
    let next = Task { await workers.run { 3 } }
    await waitUntil { workers.waitingCount == 1 }
    gate.signal()
    #expect(await running.value == .success(1))
    #expect(await next.value == .success(3))
  }

  @Test("finish what is cancelled while it runs, and refuse what was cancelled before it came")
  func cancelledElsewhere() async {
    let workers = PasswordWorkers(workersMax: 1, queueMax: 1)
    let gate = DispatchSemaphore(value: 0)
    let running = await started(on: workers, until: gate)
    running.cancel()
    gate.signal()
    #expect(await running.value == .success(1))
    let late = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return await workers.run { 2 }
    }
    #expect(await late.value == .failure(.cancelled))
    #expect(await workers.run { 3 } == .success(3))
  }

  @Test("say so when the memory is not to be had")
  func memory() async {
    let nothing: Int? = nil
    #expect(await PasswordWorkers().run { nothing } == .failure(.memory))
  }

  @Test("answer each of many at once, never more than two at the same time")
  func many() async {
    let workers = PasswordWorkers(workersMax: 2, queueMax: 1_000)
    let places = DispatchSemaphore(value: 2)
    await withTaskGroup(of: Bool.self) { group in
      for number in 0..<500 {
        group.addTask {
          await workers.run {
            // With two places and at most two at work, nobody ever waits for one.
            let isFree = places.wait(timeout: .now()) == .success
            if isFree { places.signal() }
            return isFree ? number : -1
          } == .success(number)
        }
      }
      for await isRight in group { #expect(isRight) }
    }
    #expect(workers.waitingCount == 0)
  }

  /// Work that has started and will end when the gate opens.
  private func started(
    on workers: PasswordWorkers, until gate: DispatchSemaphore
  ) async -> Task<Result<Int, PasswordQueueError>, Never> {
    let (signs, sign) = AsyncStream<Void>.makeStream()
    let task = Task {
      await workers.run { () -> Int? in
        sign.finish()
        gate.wait()
        return 1
      }
    }
    for await _ in signs {}
    return task
  }

  private func waitUntil(_ holds: () -> Bool) async {
    while !holds() { await Task.yield() }
  }
}
