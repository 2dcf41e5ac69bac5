// A line for whoever started the program leaves on standard output, at once.

import Glibc
import Server

/// Prints a line and flushes it, so that a program that waits for the line gets it through a pipe.
func announce(_ line: String) {
  print(line)
  fflush(nil)
}

/// Says on standard error what is being done.
func progress(_ line: String) {
  writeToStandardError(Array((line + "\n").utf8))
}
