// Chains and signatures of the companies' logs enter; what is wrong with them leaves, in words.

import Credentials
import Foundation
import Hub
import JSON
import Postgres
import SQL

/// What was verified so far.
struct AuditVerification: Sendable {
  let keys: AuditKeys?
  private(set) var chains = 0
  private(set) var signatures = 0
  /// Signatures by keys that are not here.
  private(set) var unverified = 0
  private(set) var problems: [String] = []

  init(keys: AuditKeys?) { self.keys = keys }

  /// - Parameter companies: none: all that have a log.
  mutating func followChains(of companies: [String], _ connection: AdminConnection) throws {
    for tenant in companies.isEmpty ? try tenantsWithALog(connection) : companies {
      let link = try connection.execute(
        "SELECT sequence, problem FROM verify_event_chain(\(Parameter(tenant)))")
      chains += 1
      if let problem = link.string(0, 1) {
        problems.append("\(tenant): event \(link.string(0, 0) ?? ""): \(problem)")
      }
    }
  }

  /// - Parameter companies: none: all.
  mutating func verifySignatures(
    of companies: Set<String>, _ connection: AdminConnection
  ) throws {
    var last: (tenant: String?, sequence: Int) = (nil, 0)
    while true {
      let rows = try connection.execute(
        """
        SELECT tenant_id, sequence, encode(hash, 'hex'), extract(epoch FROM signed_at)::bigint,
          key_name, encode(signature, 'hex'), stands
        FROM signatures_to_verify(
          \(Parameter(last.tenant)), \(Parameter(last.sequence)), \(Parameter(pageRowsMax)))
        """)
      for row in 0..<rows.rowCount {
        guard let tenant = rows.string(row, 0), let sequence = rows.integer(row, 1)
        else { continue }
        last = (tenant, sequence)
        guard companies.isEmpty || companies.contains(tenant) else { continue }
        let head = SignedHead(
          tenant: tenant, sequence: sequence, hash: rows.string(row, 2) ?? "",
          signedAt: rows.integer(row, 3) ?? 0)
        verify(
          KeptSignature(
            head: head, keyName: rows.string(row, 4) ?? "", signature: rows.string(row, 5) ?? ""),
          stands: rows.boolean(row, 6) == true)
      }
      if rows.rowCount < pageRowsMax { return }
    }
  }

  /// Signatures that were kept outside of the database.
  mutating func verify(_ kept: [KeptSignature], _ connection: AdminConnection) throws {
    for one in kept {
      let hash = one.head.hash
      let stands = try connection.execute(
        """
        SELECT signature_stands(
          \(Parameter(one.head.tenant)), \(Parameter(one.head.sequence)),
          decode(\(Parameter(hash)), 'hex'))
        """)
      verify(one, stands: stands.boolean(0, 0) == true)
    }
  }

  private mutating func verify(_ one: KeptSignature, stands: Bool) {
    let place = "\(one.head.tenant): event \(one.head.sequence)"
    switch keys?.verify(one.bytes, of: one.head, by: one.keyName) {
    case .unknownKey?, nil:
      unverified += 1
      return
    case .wrong?: problems.append("\(place): the signature by \(one.keyName) is not of this head")
    case .good?:
      if !stands { problems.append("\(place): what was signed by \(one.keyName) is not there") }
    }
    signatures += 1
  }
}

private let pageRowsMax = 1000

private func tenantsWithALog(_ connection: AdminConnection) throws -> [String] {
  var tenants: [String] = []
  while true {
    let rows = try connection.execute(
      "SELECT t FROM tenants_with_a_log(\(Parameter(tenants.last)), \(Parameter(pageRowsMax))) t")
    tenants += (0..<rows.rowCount).compactMap { rows.string($0, 0) }
    if rows.rowCount < pageRowsMax { return tenants }
  }
}

/// A signature as it is written down.
struct KeptSignature: Sendable, Hashable {
  let head: SignedHead
  let keyName: String
  /// In hexadecimal.
  let signature: String

  var bytes: [UInt8] {
    stride(from: 0, to: signature.utf8.count - 1, by: 2).compactMap { index in
      UInt8(signature.dropFirst(index).prefix(2), radix: 16)
    }
  }

  /// The lines of a file that tell of signatures: those that `audit sign` prints, and those of a
  /// server's log. Other lines are passed over.
  static func read(file: String) throws -> [KeptSignature] {
    try String(contentsOfFile: file, encoding: .utf8).split(whereSeparator: \.isNewline)
      .compactMap { KeptSignature(line: String($0)) }
  }

  /// Nil for a line that tells of none.
  private init?(line: String) {
    guard let members = (try? parseJSON(Array(line.utf8)))?.objectValue else { return nil }
    let values = Dictionary(
      members.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    func text(_ name: String) -> String? {
      switch values[name] {
      case .string(let text)?, .number(let text)?: text
      case .null?, .bool?, .array?, .object?, nil: nil
      }
    }
    guard let tenant = text("tenant"), let hash = text("hash"), let key = text("key"),
      let sequence = text("sequence").flatMap({ Int($0) }), let signature = text("signature"),
      let at = text("at").flatMap({ Int($0) })
    else { return nil }
    self.init(
      head: SignedHead(tenant: tenant, sequence: sequence, hash: hash, signedAt: at),
      keyName: key, signature: signature)
  }

  init(head: SignedHead, keyName: String, signature: String) {
    self.head = head
    self.keyName = keyName
    self.signature = signature
  }
}

extension HeadSignature {
  /// As `KeptSignature` reads it.
  var line: String {
    """
    {"tenant":"\(head.tenant)","sequence":\(head.sequence),"hash":"\(head.hash)",\
    "at":\(head.signedAt),"key":"\(keyName)","signature":"\(hexadecimal(signature[...]))"}
    """
  }
}
