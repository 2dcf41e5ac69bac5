// Names come in once, their positions are found by name afterwards.

/// The position of each name in a list; of two equal names the first counts.
struct NameTable: Sendable {
  private let names: [String]
  /// Empty where the list is so short that comparing beats hashing.
  private let positions: [String: Int]

  init(_ names: [String]) {
    self.names = names
    positions =
      names.count <= NameTable.scannedMax
      ? [:]
      : Dictionary(
        names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  @inline(__always)
  func position(of name: String) -> Int? {
    if positions.isEmpty { return names.firstIndex(of: name) }
    return positions[name]
  }

  private static let scannedMax = 8
}
