// A password enters, whether it is one of the commonest leaves. The list is embedded: nobody is
// asked over the network what somebody's password is.

internal import FrequentPasswords

/// - Parameter password: in NFC and lower case, as the list is.
func isFrequentPassword(_ password: String) -> Bool {
  let wanted = sha256(Array(password.utf8)).prefix(digestBytes).reduce(0) {
    $0 << 8 | UInt64($1)
  }
  var low = 0
  var high = digests.count
  while low < high {
    let middle = (low + high) / 2
    if digests[middle] < wanted { low = middle + 1 } else { high = middle }
  }
  return low < digests.count && digests[low] == wanted
}

/// How much of a SHA-256 the list keeps: enough that no other password is ever taken for one of it.
private let digestBytes = 8

/// Sorted, as the lines of the file are.
private let digests: [UInt64] = (0..<password_file_count()).flatMap { index in
  let file = password_file(index)
  return UnsafeBufferPointer(start: file.bytes, count: file.count)
    .split(separator: UInt8(ascii: "\n"))
    .compactMap { UInt64(String(decoding: $0, as: UTF8.self), radix: 16) }
}
