// A process that is to hold secrets enters; the same leaves, whose crash reports show none of its
// memory.

import Glibc

/// Lets Swift's crash reports go without registers, beside each of which they show the memory that
/// it points to: a piece of a password or a key as likely as anything. The runtime reads its
/// settings before anything of ours runs, so the program is begun anew, as the same process.
///
/// To be called on the main thread, before there is another.
func keepMemoryOutOfCrashReports() {
  guard let command = CommandLine.arguments.dropFirst().first, ["serve", "dev"].contains(command)
  else { return }
  let set = getenv("SWIFT_BACKTRACE").map { String(cString: $0) } ?? ""
  if set.contains("registers=") { return }
  // Under its own name, which the kernel takes from the path.
  var path = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
  guard readlink("/proc/self/exe", &path, Int(PATH_MAX)) > 0 else { return }
  setenv("SWIFT_BACKTRACE", set.isEmpty ? "registers=none" : set + ",registers=none", 1)
  // Where it fails the program goes on as it is.
  execv(path, CommandLine.unsafeArgv)
}
