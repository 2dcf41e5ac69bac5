// The scalars of one label enter, its Punycode leaves, without the prefix `xn--`.
// Source: RFC 3492, sections 5 and 6.3.

/// Nil where a delta passes 31 bits, which no label that DNS could carry does.
func punycode(_ label: [Unicode.Scalar]) -> String? {
  let basic = label.filter(\.isASCII)
  var output = basic.map { UInt8(ascii: $0) }
  if !basic.isEmpty { output.append(UInt8(ascii: "-")) }

  var codePoint: UInt32 = 128
  var delta: UInt32 = 0
  var bias: UInt32 = 72
  var handled = UInt32(basic.count)
  while handled < label.count {
    guard let next = label.lazy.map(\.value).filter({ $0 >= codePoint }).min() else { return nil }
    let (step, stepOverflow) = (next - codePoint).multipliedReportingOverflow(by: handled + 1)
    let (sum, sumOverflow) = delta.addingReportingOverflow(step)
    guard !stepOverflow, !sumOverflow, sum < UInt32.max / 2 else { return nil }
    delta = sum
    codePoint = next
    for scalar in label {
      if scalar.value < codePoint { delta += 1 }
      if scalar.value == codePoint {
        appendVariableLength(delta, bias: bias, to: &output)
        bias = adapted(delta, points: handled + 1, isFirst: handled == UInt32(basic.count))
        delta = 0
        handled += 1
      }
    }
    delta += 1
    codePoint += 1
  }
  return String(decoding: output, as: UTF8.self)
}

private let base: UInt32 = 36
private let thresholdMin: UInt32 = 1
private let thresholdMax: UInt32 = 26

private func appendVariableLength(_ delta: UInt32, bias: UInt32, to output: inout [UInt8]) {
  var rest = delta
  var position = base
  while true {
    let threshold =
      position <= bias ? thresholdMin : min(max(position - bias, thresholdMin), thresholdMax)
    if rest < threshold { break }
    output.append(digit(threshold + (rest - threshold) % (base - threshold)))
    rest = (rest - threshold) / (base - threshold)
    position += base
  }
  output.append(digit(rest))
}

private func digit(_ value: UInt32) -> UInt8 {
  let value = UInt8(truncatingIfNeeded: value)
  return value < 26 ? UInt8(ascii: "a") + value : UInt8(ascii: "0") + value - 26
}

private func adapted(_ delta: UInt32, points: UInt32, isFirst: Bool) -> UInt32 {
  var delta = isFirst ? delta / 700 : delta / 2
  delta += delta / points
  var bias: UInt32 = 0
  while delta > (base - thresholdMin) * thresholdMax / 2 {
    delta /= base - thresholdMin
    bias += base
  }
  return bias + (base - thresholdMin + 1) * delta / (delta + 38)
}
