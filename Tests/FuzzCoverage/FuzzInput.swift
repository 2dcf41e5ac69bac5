// An input of libFuzzer comes in; a property that it breaks ends the process, which libFuzzer then
// reports. tools/fuzz_coverage.sh builds this beside the engine, outside of the package.

import FuzzSupport
import Glibc

private let target = getenv("FUZZ_TARGET").flatMap { FuzzTarget(rawValue: String(cString: $0)) }

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  guard let target else {
    print("FUZZ_TARGET is none of \(FuzzTarget.allCases.map(\.rawValue))")
    exit(64)
  }
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let complaint = target.complaints(about: bytes).first else { return 0 }
  print("FOUND: \(complaint)")
  fflush(nil)
  abort()
}
