// A misspelt name and the names that exist come in, the sentence "Did you mean .." leaves.

/// The most names one sentence suggests.
private let suggestionsMax = 5

/// ` Did you mean "a", "b", or "c"?` of the names that resemble `name`, or nothing.
func didYouMean(_ name: String, among options: [String]) -> String {
  didYouMean(suggestions(for: name, among: options))
}

/// ` Did you mean to .. "a" or "b"?` of names already chosen, or nothing.
func didYouMean(_ names: [String], to action: String = "") -> String {
  if names.isEmpty { return "" }
  let quoted = names.prefix(suggestionsMax).map { "\"\($0)\"" }
  let list: String
  switch quoted.count {
  case 1: list = quoted[0]
  case 2: list = "\(quoted[0]) or \(quoted[1])"
  default: list = quoted.dropLast().joined(separator: ", ") + ", or \(quoted[quoted.count - 1])"
  }
  return " Did you mean \(action)\(list)?"
}

/// The options whose distance from `name` is small against its length, nearest first.
func suggestions(for name: String, among options: [String]) -> [String] {
  let distanceMax = Int(Double(name.utf8.count) * 0.4) + 1
  let lowercased = Array(name.utf8.map(lowercase))
  var near: [(distance: Int, option: String)] = []
  for option in options {
    if option == name {
      near.append((0, option))
    } else if let distance = distance(
      lowercased, option.utf8.map(lowercase), distanceMax: distanceMax)
    {
      near.append((distance, option))
    }
  }
  near.sort {
    $0.distance != $1.distance
      ? $0.distance < $1.distance : isNaturallyOrdered($0.option, before: $1.option)
  }
  return near.map(\.option)
}

private func lowercase(_ byte: UInt8) -> UInt8 {
  byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
}

/// The edits (insertion, deletion, substitution, swap of neighbours) from one to the other, nil
/// past `distanceMax`. A difference in case alone counts as one edit.
private func distance(_ first: [UInt8], _ second: [UInt8], distanceMax: Int) -> Int? {
  if first == second { return 1 }
  let (long, short) = first.count < second.count ? (second, first) : (first, second)
  if long.count - short.count > distanceMax { return nil }
  if short.isEmpty { return long.count <= distanceMax ? long.count : nil }
  var rows = Array(repeating: Array(0...short.count), count: 3)
  for i in 1...long.count {
    let above = rows[(i - 1) % 3]
    var row = above
    row[0] = i
    var smallest = i
    for j in 1...short.count {
      let cost = long[i - 1] == short[j - 1] ? 0 : 1
      var cell = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + cost)
      if i > 1, j > 1, long[i - 1] == short[j - 2], long[i - 2] == short[j - 1] {
        cell = min(cell, rows[(i - 2) % 3][j - 2] + 1)
      }
      smallest = min(smallest, cell)
      row[j] = cell
    }
    if smallest > distanceMax { return nil }
    rows[i % 3] = row
  }
  let distance = rows[long.count % 3][short.count]
  return distance <= distanceMax ? distance : nil
}

/// Runs of digits compare by their number, everything else byte by byte, so that `a2` stands
/// before `a10`.
func isNaturallyOrdered(_ first: String, before second: String) -> Bool {
  let a = Array(first.utf8)
  let b = Array(second.utf8)
  var i = 0
  var j = 0
  while i < a.count, j < b.count {
    if isDigit(a[i]), isDigit(b[j]) {
      let digitsA = a[i...].prefix(while: isDigit).drop { $0 == 0x30 }
      let digitsB = b[j...].prefix(while: isDigit).drop { $0 == 0x30 }
      if digitsA.count != digitsB.count { return digitsA.count < digitsB.count }
      if !digitsA.elementsEqual(digitsB) { return digitsA.lexicographicallyPrecedes(digitsB) }
      i += a[i...].prefix(while: isDigit).count
      j += b[j...].prefix(while: isDigit).count
    } else {
      if a[i] != b[j] { return a[i] < b[j] }
      i += 1
      j += 1
    }
  }
  return a.count < b.count
}

private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
