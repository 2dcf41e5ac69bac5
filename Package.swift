// swift-tools-version: 6.2
// The targets and the one direction in which they may import each other: ARCHITECTURE.md has the
// table, a tidy test holds it.

import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "mi-alegra",
  targets: [
    // The engine: knows no company.
    .target(name: "JSON", swiftSettings: strict),
    .target(name: "GraphQLSyntax", swiftSettings: strict),
    .target(name: "SQL", swiftSettings: strict),
    .systemLibrary(
      name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
    .target(name: "Credentials", dependencies: ["COpenSSL", "JSON"], swiftSettings: strict),
    // The ground: a private PostgreSQL cluster for development and tests.
    .target(name: "Cluster", swiftSettings: strict),

    // Tests.
    .testTarget(name: "JSONTests", dependencies: ["JSON"], swiftSettings: strict),
    .testTarget(
      name: "GraphQLSyntaxTests", dependencies: ["GraphQLSyntax"], swiftSettings: strict),
    .testTarget(
      name: "CredentialsTests", dependencies: ["Credentials", "COpenSSL", "JSON"], swiftSettings: strict),
  ]
)
