// The roles a member may have, by the codes that the database keeps.

package enum Role {
  package static let administrator = "administrator"
  package static let accountant = "accountant"
  package static let assistant = "assistant"
  package static let seller = "seller"

  package static let all = [administrator, accountant, assistant, seller]
}
