// Who we are enters, whom PostgreSQL runs as leaves: ourselves, or the account `postgres` when we
// are root, because PostgreSQL refuses root.

import Glibc

/// The account that PostgreSQL's processes run as and that owns its files.
struct ServerAccount: Sendable, Equatable {
  let name: String
  let userID: uid_t
  let groupID: gid_t
  let home: String
  /// Whether it is another account than ours, which only root can bring about.
  let isSwitched: Bool

  /// The account for this process.
  static func current() throws(ClusterError) -> ServerAccount {
    guard geteuid() == 0 else {
      return ServerAccount(
        name: name(of: geteuid()), userID: geteuid(), groupID: getegid(),
        home: environmentValue("HOME") ?? "/", isSwitched: false)
    }
    guard let entry = getpwnam(nameUnderRoot) else {
      throw .serverAccountMissing(name: nameUnderRoot)
    }
    return ServerAccount(
      name: nameUnderRoot, userID: entry.pointee.pw_uid, groupID: entry.pointee.pw_gid,
      home: String(cString: entry.pointee.pw_dir), isSwitched: true)
  }

  /// The words before a command that make it run as this account. setpriv (util-linux, on every
  /// Debian and Ubuntu) executes the command itself and asks no PAM, unlike runuser and su. The
  /// account may not be able to enter the folder that we are in, hence the change to the root.
  var prefix: [String] {
    guard isSwitched else { return [] }
    return [
      "env", "-C", "/", "setpriv", "--reuid=\(userID)", "--regid=\(groupID)", "--clear-groups",
      "--",
    ]
  }

  /// What messages call the user with this number.
  static func name(of userID: uid_t) -> String {
    guard let entry = getpwuid(userID) else { return "user \(userID)" }
    return String(cString: entry.pointee.pw_name)
  }

  /// Debian's and Ubuntu's package postgresql makes this account.
  private static let nameUnderRoot = "postgres"
}
