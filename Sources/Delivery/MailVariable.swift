// What a template of a mail may fill in. A name that does not stand here is refused when the
// templates are read; a fact of a mail whose name does not stand here is left out.

/// One value of a mail. Those of the first group are made by the house, the rest are facts that the
/// migration gives with `ask_mail`.
package enum MailVariable: String, CaseIterable, Sendable {
  /// How the person is greeted; none where no name is known.
  case name
  /// When the mail was asked for, such as `26 de noviembre de 2026, 14:05 UTC`.
  case when
  /// Where the mail's link leads.
  case link
  /// Until when the link can be used, written like `when`.
  case until

  /// The browser and system of a sign-in, as far as they told.
  case device
  /// The network of a sign-in, such as 192.0.2.0/24.
  case addressRange = "address_range"
  /// The address that the person signs in with from now on.
  case email
  /// Whose account an address would be confirmed into, such as a***@example.com.
  case account
  /// The company that an invitation is to; none where its name is not one to repeat.
  case company
  /// Who invites, by their display name; none where it is not one to repeat.
  case inviter
  /// The address of who invites.
  case inviterEmail = "inviter_email"
  /// The address of the Google account that was linked or unlinked.
  case googleEmail = "google_email"

  /// What a webhook is called, or its address.
  case webhook
  /// Given where a webhook answered that it is gone.
  case isGone = "is_gone"

  /// Made by the house, whatever the facts say.
  static let ofTheHouse: Set<MailVariable> = [.name, .when, .link, .until]

  /// Typed by people whom the reader may never have heard of.
  static let ofStrangers: Set<MailVariable> = [.company, .inviter]
}
