// A private cluster from its first start to a crash and back: every test has a directory of its
// own, and asks PostgreSQL itself whether it is there.

import Glibc
import Testing

@testable import Cluster

@Suite struct LocalClusterTests {
  @Test func `the first start makes a cluster that answers through its socket alone`() throws {
    try withDirectory { directory in
      let cluster = try LocalCluster.start(directory: directory, settings: .test)
      defer { try? cluster.stop(.immediate) }
      let asked = """
        SELECT current_setting('listen_addresses') = '', current_setting('data_checksums'),
          pg_encoding_to_char(encoding), datcollate, current_user
        FROM pg_database WHERE datname = current_database()
        """
      let answer = try cluster.psql(asked, database: "postgres")
      #expect(answer == "t|on|UTF8|C.UTF-8|postgres")
      #expect(cluster.isAlive)
      #expect(!cluster.wasAdopted)
      #expect(cluster.major >= LocalCluster.oldestMajor)
    }
  }

  @Test func `PostgreSQL has a session of its own, so that Ctrl-C passes it by`() throws {
    try withDirectory { directory in
      let cluster = try LocalCluster.start(directory: directory, settings: .test)
      defer { try? cluster.stop(.immediate) }
      #expect(getsid(cluster.processID) == cluster.processID)
      #expect(getsid(cluster.processID) != getsid(0))
    }
  }

  @Test func `the socket's folder is closed to everybody but the server's account`() throws {
    try withDirectory { directory in
      let cluster = try LocalCluster.start(directory: directory, settings: .test)
      defer { try? cluster.stop(.immediate) }
      let status = try #require(Files.linkStatus(cluster.socketFolder))
      #expect(status.st_mode & 0o777 == 0o700)
      #expect(status.st_uid == (try ServerAccount.current()).userID)
    }
  }

  @Test func `what was written is there after a stop and a start, under the same socket`() throws {
    try withDirectory { directory in
      let first = try LocalCluster.start(directory: directory, settings: .test)
      try first.psql("CREATE TABLE kept AS SELECT 7 AS number", database: "postgres")
      try first.stop()
      #expect(!first.isAlive)
      #expect(!Files.exists(first.socketFolder))
      try first.stop()

      let second = try LocalCluster.start(directory: directory, settings: .test)
      defer { try? second.stop(.immediate) }
      #expect(second.socketFolder == first.socketFolder)
      #expect(try second.psql("SELECT number FROM kept", database: "postgres") == "7")
    }
  }

  @Test func `a second process's directory is refused while the first one lives`() throws {
    try withDirectory { directory in
      let cluster = try LocalCluster.start(directory: directory, settings: .test)
      defer { try? cluster.stop(.immediate) }
      let refusal = ClusterError.directoryInUse(path: directory, processID: getpid())
      #expect(throws: refusal) {
        try LocalCluster.start(directory: directory, settings: .test)
      }
    }
  }

  @Test func `a server left running by a killed process is adopted and then stopped`() throws {
    try withDirectory { directory in
      // What a killed process leaves: the server runs, and nobody holds the lock.
      var abandoned: LocalCluster? = try LocalCluster.start(directory: directory, settings: .test)
      let processID = try #require(abandoned).processID
      abandoned = nil

      let adopted = try LocalCluster.start(directory: directory, settings: .test)
      #expect(adopted.wasAdopted)
      #expect(adopted.processID == processID)
      try adopted.stop()
      #expect(Postmaster.processes(in: "\(directory)/data").isEmpty)
    }
  }

  @Test func `a left server whose socket was removed is replaced`() throws {
    try withDirectory { directory in
      var abandoned: LocalCluster? = try LocalCluster.start(directory: directory, settings: .test)
      let folder = try #require(abandoned).socketFolder
      let processID = try #require(abandoned).processID
      abandoned = nil
      try Files.removeTree(folder, as: try ServerAccount.current())

      let cluster = try LocalCluster.start(directory: directory, settings: .test)
      defer { try? cluster.stop(.immediate) }
      #expect(cluster.processID != processID)
      #expect(try cluster.psql("SELECT 1", database: "postgres") == "1")
    }
  }

  @Test func `a killed server recovers at the next start`() throws {
    try withDirectory { directory in
      var killed: LocalCluster? = try LocalCluster.start(directory: directory, settings: .test)
      let processID = try #require(killed).processID
      kill(processID, SIGKILL)
      killed = nil

      let cluster = try LocalCluster.start(directory: directory, settings: .test)
      defer { try? cluster.stop(.immediate) }
      #expect(cluster.processID != processID)
      #expect(try cluster.psql("SELECT 1", database: "postgres") == "1")
    }
  }

  @Test func `a stale postmaster.pid with another process's number is passed over`() throws {
    try withDirectory { directory in
      try LocalCluster.start(directory: directory, settings: .test).stop()
      let account = try ServerAccount.current()
      let stale = "\(getpid())\n\(directory)/data\n0\n5432\n\n\n\n"
      try Files.write(stale, to: "\(directory)/data/postmaster.pid", owner: account)

      let cluster = try LocalCluster.start(directory: directory, settings: .test)
      defer { try? cluster.stop(.immediate) }
      #expect(!cluster.wasAdopted)
    }
  }

  @Test func `an initdb cut short is begun again`() throws {
    try withDirectory { directory in
      let account = try ServerAccount.current()
      try Files.makePrivateFolder(directory, owner: account)
      try Files.makePrivateFolder("\(directory)/data.new-1", owner: account)
      try Files.write("15", to: "\(directory)/data.new-1/PG_VERSION", owner: account)

      let cluster = try LocalCluster.start(directory: directory, settings: .test)
      defer { try? cluster.stop(.immediate) }
      #expect(!Files.names(in: directory).contains("data.new-1"))
    }
  }

  @Test func `wiping begins with an empty cluster`() throws {
    try withDirectory { directory in
      let first = try LocalCluster.start(directory: directory, settings: .test)
      try first.psql("CREATE ROLE left_over", database: "postgres")
      try first.stop()
      let second = try LocalCluster.start(directory: directory, settings: .test, wiped: true)
      defer { try? second.stop(.immediate) }
      let roles = "SELECT count(*) FROM pg_roles WHERE rolname = 'left_over'"
      #expect(try second.psql(roles, database: "postgres") == "0")
    }
  }

  @Test func `a directory with a long path or a blank in it gets a short socket`() throws {
    for name in [String(repeating: "long", count: 50), "a blank and a 'quote'"] {
      try withDirectory { directory in
        let cluster = try LocalCluster.start(directory: "\(directory)/\(name)", settings: .test)
        defer { try? cluster.stop(.immediate) }
        #expect(try cluster.psql("SELECT 1", database: "postgres") == "1")
        let socket = "\(cluster.socketFolder)/.s.PGSQL.\(cluster.port)"
        #expect(socket.utf8.count <= SocketFolder.pathBytesMax)
      }
    }
  }

  @Test func `psql's complaint is carried by the error`() throws {
    try withDirectory { directory in
      let cluster = try LocalCluster.start(directory: directory, settings: .test)
      defer { try? cluster.stop(.immediate) }
      let error = #expect(throws: ClusterError.self) {
        try cluster.psql("SELECT nothing_here", database: "postgres")
      }
      let sentence = String(describing: try #require(error))
      #expect(sentence.contains("nothing_here"))
    }
  }
}
