// The number of the input at hand comes in; where the process is ended by it, the number leaves.

import Glibc
import Synchronization

/// The input at hand, where a signal's handler can read it.
private let lastInput = Atomic<UInt64>(0)
private let lastTarget = Atomic<Int>(0)

/// An input that takes longer than this hangs.
private let inputSecondsMax: UInt32 = 20

/// Says which input is next; the alarm ends the process where it does not end.
func begin(_ input: UInt64, target: Int) {
  lastInput.store(input, ordering: .relaxed)
  lastTarget.store(target, ordering: .relaxed)
  alarm(inputSecondsMax)
}

/// From now on a trap, a bad access or the alarm names the input before the process ends.
func nameLastInputOnSignals() {
  for number in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGALRM, SIGFPE] {
    signal(number) { number in
      say("\nENDED by signal ", UInt64(number))
      say(" at target ", UInt64(lastTarget.load(ordering: .relaxed)))
      say(" with --first ", lastInput.load(ordering: .relaxed))
      say("\n", nil)
      signal(number, SIG_DFL)
      raise(number)
    }
  }
}

/// Writes without allocating, which a handler may not.
private func say(_ text: StaticString, _ number: UInt64?) {
  _ = write(STDERR_FILENO, text.utf8Start, text.utf8CodeUnitCount)
  guard var rest = number else { return }
  withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
    var start = 20
    repeat {
      start -= 1
      digits[start] = UInt8(rest % 10) + 0x30
      rest /= 10
    } while rest > 0
    _ = write(STDERR_FILENO, digits.baseAddress?.advanced(by: start), 20 - start)
  }
}
