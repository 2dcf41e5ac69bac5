// The roles a member may have, by the codes that the database keeps.

enum Role {
  static let administrator = "administrator"
  static let accountant = "accountant"
  static let assistant = "assistant"
  static let seller = "seller"
}
