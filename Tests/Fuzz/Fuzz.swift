// A seed and a time come in; the engine is fed made-up input until the time is over or an input
// breaks a property, which is then written out with what finds it again. `make fuzz` runs this.

import FuzzSupport
import Glibc

@main
struct Fuzz {
  static func main() {
    guard let settings = FuzzSettings(CommandLine.arguments.dropFirst()) else {
      print(FuzzSettings.usage)
      exit(64)
    }
    nameLastInputOnSignals()
    print("seed \(settings.seed), \(settings.seconds) seconds a target")
    var isSound = true
    for target in settings.targets {
      var run = FuzzRun(target, settings)
      isSound = run.run() && isSound
    }
    exit(isSound ? 0 : 1)
  }
}

/// What the command line says.
struct FuzzSettings {
  static let usage =
    "usage: fuzz [--seconds N] [--seed N] [--first N] [--dump 1] [--target NAME]...\n"
    + "targets: \(FuzzTarget.allCases.map(\.rawValue).joined(separator: " "))\n"

  var seconds = 60.0
  var seed = UInt64.random(in: 0...999_999)
  /// The number of the first input: a finding is repeated with its own.
  var first: UInt64 = 0
  /// Whether each input is written out before it is used.
  var dumps = false
  var targets: [FuzzTarget] = []

  init?(_ arguments: ArraySlice<String>) {
    var rest = arguments
    while let option = rest.popFirst() {
      guard let value = rest.popFirst() else { return nil }
      switch option {
      case "--seconds": seconds = Double(value) ?? seconds
      case "--seed": seed = UInt64(value) ?? seed
      case "--first": first = UInt64(value) ?? first
      case "--dump":
        dumps = value == "1"
      case "--target":
        guard let target = FuzzTarget(rawValue: value) else { return nil }
        targets.append(target)
      default: return nil
      }
    }
    if targets.isEmpty { targets = FuzzTarget.allCases }
  }
}

/// The run of one target.
struct FuzzRun {
  private let target: FuzzTarget
  private let settings: FuzzSettings
  private var slowest = (seconds: 0.0, input: UInt64(0), bytes: 0)
  private var findings = 0

  /// An input may take this much, and this much more for each of its bytes.
  private static let secondsMax = 0.25
  private static let secondsPerByteMax = 10e-6
  private static let findingsMax = 20

  init(_ target: FuzzTarget, _ settings: FuzzSettings) {
    self.target = target
    self.settings = settings
  }

  /// Whether no input broke a property.
  mutating func run() -> Bool {
    let end = seconds(of: CLOCK_MONOTONIC) + settings.seconds
    let index = FuzzTarget.allCases.firstIndex(of: target) ?? 0
    var input = settings.first
    var bytesCount = 0
    repeat {
      begin(input, target: index)
      bytesCount += feed(input)
      input += 1
    } while seconds(of: CLOCK_MONOTONIC) < end && findings < FuzzRun.findingsMax
    print(
      "\(target.rawValue): \(input - settings.first) inputs, \(bytesCount >> 20) MiB, "
        + "\(findings) findings; slowest \(Int(slowest.seconds * 1_000_000)) us for "
        + "\(slowest.bytes) bytes (input \(slowest.input)); \(memoryMebibytes()) MiB of memory")
    fflush(nil)
    return findings == 0
  }

  /// The length of the input.
  private mutating func feed(_ input: UInt64) -> Int {
    var generator = SeededGenerator(seed: settings.seed, input: input)
    let bytes = target.input(&generator)
    if settings.dumps { print(String(decoding: bytes, as: UTF8.self)) }
    let start = seconds(of: CLOCK_THREAD_CPUTIME_ID)
    var complaints = target.complaints(about: bytes)
    let spent = seconds(of: CLOCK_THREAD_CPUTIME_ID) - start
    if spent > slowest.seconds { slowest = (spent, input, bytes.count) }
    if spent > FuzzRun.secondsMax + FuzzRun.secondsPerByteMax * Double(bytes.count) {
      complaints.append("took \(spent) seconds for \(bytes.count) bytes")
    }
    guard !complaints.isEmpty else { return bytes.count }
    findings += 1
    print(
      "FOUND with --target \(target.rawValue) --seed \(settings.seed) --first \(input):\n"
        + complaints.prefix(5).map { "  \($0)\n" }.joined()
        + "  \(String(decoding: bytes.prefix(800), as: UTF8.self).debugDescription)")
    fflush(nil)
    return bytes.count
  }
}

private func seconds(of clock: clockid_t) -> Double {
  var time = timespec()
  clock_gettime(clock, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1_000_000_000
}

/// The most memory that this process held.
private func memoryMebibytes() -> Int {
  var usage = rusage()
  getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss / 1024
}
