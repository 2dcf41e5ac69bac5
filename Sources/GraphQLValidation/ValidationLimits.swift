// What the validation of one document may cost, and what it tells.

/// The limits of one validation; a limit that is reached ends it with what was found so far.
package struct ValidationLimits: Sendable, Hashable {
  /// The most errors reported; nil reports all.
  package var errorsMax: Int?
  /// The most steps spent on what a document can multiply: the fields that overlap after fragments
  /// were spread, and the variables that operations use through fragments. A step takes between
  /// ten and a hundred nanoseconds. A document within the parser's limits reaches it only on
  /// purpose.
  package var stepsMax: Int
  /// How deep an introspection query may nest the lists that multiply its answer (`fields`,
  /// `interfaces`, `possibleTypes`, `inputFields`); this many are refused, nil allows any. The
  /// usual introspection queries nest one.
  package var introspectionDepthMax: Int?
  /// Whether messages suggest names of the schema ("Did you mean ..?").
  package var suggestsNames: Bool

  package init(
    errorsMax: Int? = 100, stepsMax: Int = 200_000, introspectionDepthMax: Int? = 3,
    suggestsNames: Bool = true
  ) {
    self.errorsMax = errorsMax
    self.stepsMax = stepsMax
    self.introspectionDepthMax = introspectionDepthMax
    self.suggestsNames = suggestsNames
  }
}
