// Text enters, its canonical composition (NFC) leaves.

// Swift compares strings by NFC but offers no public way to obtain it. Foundation does, at the
// price of some 15 MB of resident memory for ICU; the standard library's own normaliser, which
// Foundation builds on, is reached by this name. It stands in this one file, and a table of
// Unicode's tests proves it for each toolchain.
@_spi(_Unicode) private import Swift

/// Unicode Normalization Form C (UAX #15), so that `é` typed on any keyboard is the same bytes.
package func normalizedNFC(_ text: String) -> String {
  if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
  var scalars = String.UnicodeScalarView()
  for scalar in text._nfc { scalars.append(scalar) }
  return String(scalars)
}
