// What one run of the checker may cost. The files are those of whoever runs it, who wants to know
// all that is wrong: the limits are wide, and only there so that no file can crash the program or
// keep it for hours.

package import GraphQLSyntax

/// Bytes, tokens, depth and steps of one call of `mi-alegra check`; the command line has no setting
/// for them.
package struct CheckLimits: Sendable, Hashable {
  /// The largest file that is read.
  package var fileBytesMax: Int
  /// For each file; `depthMax` is what keeps a nested one from overflowing the stack.
  package var parse: ParseLimits
  /// The steps of `ValidationLimits`, for all files together.
  package var stepsMax: Int

  package init(
    fileBytesMax: Int = 64 << 20, parse: ParseLimits = ParseLimits(), stepsMax: Int = 50_000_000
  ) {
    self.fileBytesMax = fileBytesMax
    self.parse = parse
    self.stepsMax = stepsMax
  }
}
