// What a cluster refuses to start in or with, each with the sentence that says how to mend it; no
// server is started here.

import Glibc
import Testing

@testable import Cluster

@Suite struct ClusterRefusalTests {
  @Test func `a folder without PostgreSQL's programs is named`() throws {
    let error = #expect(throws: ClusterError.self) {
      try Binaries.installed(in: ["/nonexistent"])
    }
    #expect(error == .binariesMissing(searched: ["/nonexistent"]))
    let sentence = String(describing: try #require(error))
    #expect(sentence.contains("apt-get install postgresql") && sentence.contains("PG_BINDIR"))
  }

  @Test func `data of another version asks for that version`() throws {
    let installed = [Binaries(major: 17, folder: "x"), Binaries(major: 15, folder: "y")]
    let fitting = try Binaries.choose(from: installed, dataMajor: 15, directory: "d")
    #expect(fitting.folder == "y")
    let newest = try Binaries.choose(from: installed, dataMajor: nil, directory: "d")
    #expect(newest.folder == "x")
    let refusal = ClusterError.foreignVersion(directory: "d", major: 16, installed: [17, 15])
    #expect(throws: refusal) {
      try Binaries.choose(from: installed, dataMajor: 16, directory: "d")
    }
  }

  @Test(arguments: ["one$dollar", "a`tick", "a\"quote", "back\\slash", "line\nbreak"])
  func `a directory name that a shell would read is refused`(name: String) throws {
    try withDirectory { directory in
      let error = #expect(throws: ClusterError.self) {
        try LocalCluster.start(directory: "\(directory)/\(name)", settings: .test)
      }
      let sentence = String(describing: try #require(error))
      #expect(sentence.contains("shell"))
    }
  }

  @Test func `a directory that is a file is refused`() throws {
    try withDirectory { directory in
      try Files.makePrivateFolder(directory, owner: try ServerAccount.current())
      let file = "\(directory)/file"
      try Files.write("x", to: file, owner: try ServerAccount.current())
      #expect(throws: ClusterError.directoryUnusable(path: file, reason: "it is no folder")) {
        try LocalCluster.start(directory: file, settings: .test)
      }
    }
  }

  @Test func `a data folder with something else in it is left alone`() throws {
    try withDirectory { directory in
      let account = try ServerAccount.current()
      try Files.makePrivateFolder(directory, owner: account)
      try Files.makePrivateFolder("\(directory)/data", owner: account)
      try Files.write("mine", to: "\(directory)/data/letter", owner: account)
      #expect(throws: ClusterError.self) {
        try LocalCluster.start(directory: directory, settings: .test)
      }
      #expect(Files.text(of: "\(directory)/data/letter") == "mine")
    }
  }

  @Test func `a socket folder that another user holds is passed over`() throws {
    try withDirectory { base in
      try Files.makePrivateFolder(base, owner: try ServerAccount.current())
      // A link stands for the other user's folder: neither is a folder of ours.
      let name = "\(base)/mi-alegra-\(digest(of: "anything"))"
      #expect(symlink("/etc", name) == 0)
      let made = try SocketFolder.make(
        for: "anything", owner: try ServerAccount.current(), in: [base])
      #expect(made != name && made.hasPrefix("\(base)/mi-alegra-"))
      SocketFolder.remove(made)
    }
  }

  @Test func `no base that is short enough is an error, not a fatal server`() throws {
    let base = "/" + String(repeating: "b", count: 100)
    #expect(throws: ClusterError.socketFolderMissing(tried: [base])) {
      try SocketFolder.make(for: "anything", owner: try ServerAccount.current(), in: [base])
    }
  }
}

@Suite struct CommandTests {
  @Test func `a status and both outputs come back`() throws {
    let command = Command(executable: "/bin/sh", arguments: ["-c", "echo a; echo b >&2; exit 3"])
    let result = try command.runToStatus()
    #expect(result.status == 3)
    #expect(result.output == "a\nb\n")
  }

  @Test func `the operator's PostgreSQL variables do not reach the child`() throws {
    setenv("PGHOST", "elsewhere.example", 1)
    defer { unsetenv("PGHOST") }
    let printed = try Command(executable: "env", arguments: []).run()
    #expect(!printed.contains("PGHOST"))
  }

  @Test func `none of our descriptors is open in the child, marked or not`() throws {
    let ours = open("/dev/zero", O_RDONLY)
    defer { close(ours) }
    #expect(ours >= 3)
    let listed = try Command(executable: "ls", arguments: ["-l", "/proc/self/fd"]).run()
    #expect(listed.contains("/dev/null") && !listed.contains("/dev/zero"), "\(listed)")
  }

  @Test func `a program that is missing is named`() throws {
    let error = #expect(throws: ClusterError.self) {
      try Command(executable: "/nonexistent/initdb", arguments: ["-x"]).run()
    }
    let sentence = String(describing: try #require(error))
    #expect(sentence.contains("initdb -x"))
  }
}

@Suite struct ConnectionInfoTests {
  @Test func `settings of a test cluster differ from a developer's in what they risk`() {
    let test = ClusterSettings.test.configuration(socketFolder: "/s", port: 5432)
    let development = ClusterSettings.development.configuration(socketFolder: "/s", port: 5432)
    #expect(test.contains("fsync = off") && !development.contains("fsync"))
    for configuration in [test, development] {
      #expect(configuration.contains("listen_addresses = ''"))
      #expect(configuration.contains("unix_socket_directories = '/s'"))
    }
  }
}
