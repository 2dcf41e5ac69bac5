// The people of the demo companies, each with an open session of a fixed id.

import Credentials

/// A person of the demo in one of their companies.
enum Person: String, CaseIterable, Sendable {
  case ana
  case luis
  case sofia
  case caro
  case caroInModelo = "caro in Modelo"

  var account: UniqueID { demoID(0xa0 + number) }
  var session: UniqueID { demoID(0xe0 + number) }

  var tenant: UniqueID {
    switch self {
    case .ana, .caro: Person.ejemplar
    case .luis, .caroInModelo: Person.modelo
    case .sofia: Person.pampa
    }
  }

  private var number: UInt64 {
    switch self {
    case .ana: 1
    case .luis: 2
    case .sofia: 3
    case .caro, .caroInModelo: 4
    }
  }

  static let ejemplar = demoID(0xc1)
  static let modelo = demoID(0xc2)
  static let pampa = demoID(0xc3)
  static let password = "demo-ejemplar"

  /// Opens the sessions; their times are fixed, so that answers are the same every day.
  static let openSessions = """
    insert into session (
      id, account_id, last_tenant_id, device, created_at, last_seen_at, expires_at,
      idle_expires_at)
    values
    """
    + [Person.ana, .luis, .sofia, .caro].map { person in
      """
       ('\(person.session)', '\(person.account)', '\(person.tenant)',
        'a test of \(person.rawValue) with Firefox/128.0 on Linux',
        '2026-06-01 12:00:00+00', '2026-06-02 08:30:00+00', '2100-01-01', '2100-01-01')
      """
    }.joined(separator: ",\n")
}

/// The ids of the demo: zeros, but for their last byte.
func demoID(_ last: UInt64) -> UniqueID {
  UniqueID(high: 0x4000, low: 0x8000_0000_0000_0000 + last)
}
