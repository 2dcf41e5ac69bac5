// The types of a schema come in; which of them are subtypes of an interface or a union is then
// answered by one bit.

/// For each abstract type a row of bits, one for each type that implements it or is its member.
struct Subtypes: Sendable {
  /// For each type: where its row starts in `words`, or -1.
  private var rows: [Int]
  private var words: [UInt64] = []
  private let wordsPerRow: Int
  private var possible: [[ObjectType]]
  private var implementing: [[Int]]

  init(_ types: [NamedType]) {
    wordsPerRow = (types.count + 63) / 64
    rows = Array(repeating: -1, count: types.count)
    possible = Array(repeating: [], count: types.count)
    implementing = Array(repeating: [], count: types.count)
    for (index, type) in types.enumerated() where type.id.isAbstract {
      rows[index] = words.count
      words.append(contentsOf: repeatElement(0, count: wordsPerRow))
    }
    for (index, type) in types.enumerated() {
      if case .object(let object) = type { possible[index].append(object) }
      if case .union(let union) = type {
        for member in union.members {
          guard insert(member.type.index, in: index),
            case .object(let object) = types[member.type.index]
          else { continue }
          possible[index].append(object)
        }
      }
      for interface in type.interfaces {
        guard insert(index, in: interface.type.index) else { continue }
        implementing[interface.type.index].append(index)
        if case .object(let object) = type { possible[interface.type.index].append(object) }
      }
    }
  }

  /// False where there is no row, or the bit was set before.
  private mutating func insert(_ type: Int, in abstract: Int) -> Bool {
    guard rows[abstract] >= 0, !contains(type, in: abstract) else { return false }
    words[rows[abstract] + type / 64] |= 1 << UInt64(type % 64)
    return true
  }

  func contains(_ type: Int, in abstract: Int) -> Bool {
    let row = rows[abstract]
    return row >= 0 && words[row + type / 64] & (1 << UInt64(type % 64)) != 0
  }

  func overlap(_ one: Int, _ other: Int) -> Bool {
    if rows[one] < 0 { return contains(one, in: other) }
    if rows[other] < 0 { return contains(other, in: one) }
    return possible[one].contains { contains($0.id.index, in: other) }
  }

  func possibleTypes(of type: Int) -> [ObjectType] { possible[type] }

  func implementations(of type: Int) -> [Int] { implementing[type] }
}
