// A piece of work comes in, how long it takes and how much it allocates leaves: many short rounds,
// so that an interruption spoils one of them and not the median.

import AllocationCount
import Glibc

/// What one call of the work takes.
struct Measurement {
  let medianNanoseconds: Double
  let p95Nanoseconds: Double
  let allocations: Int
}

/// Measures work that runs in rounds of about `roundNanoseconds`.
func measure(
  rounds: Int = 300, roundNanoseconds: Double = 1_000_000, _ work: () throws -> Void
) rethrows -> Measurement {
  // What the first calls set up once, caches and metadata, is none of the work.
  for _ in 0..<3 { try work() }
  let allocationsBefore = allocation_count()
  let start = nanoseconds()
  try work()
  let once = max(1, nanoseconds() - start)
  let allocations = Int(allocation_count() - allocationsBefore)
  let calls = max(1, Int(roundNanoseconds / once))
  var samples: [Double] = []
  samples.reserveCapacity(rounds)
  for _ in 0..<rounds {
    let start = nanoseconds()
    for _ in 0..<calls { try work() }
    samples.append((nanoseconds() - start) / Double(calls))
  }
  samples.sort()
  return Measurement(
    medianNanoseconds: samples[rounds / 2], p95Nanoseconds: samples[rounds * 95 / 100],
    allocations: allocations)
}

/// What this thread has had of a processor: others who want one are not measured.
private func nanoseconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}

/// Keeps the optimizer from leaving out what made the value.
@inline(never)
func keep<Value>(_ value: Value) {}
