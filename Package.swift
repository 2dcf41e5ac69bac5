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

let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioWebSocket: Target.Dependency = .product(name: "NIOWebSocket", package: "swift-nio")
let nioConcurrency: Target.Dependency = .product(
  name: "NIOConcurrencyHelpers", package: "swift-nio")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")

let package = Package(
  name: "mi-alegra",
  products: [.executable(name: "mi-alegra", targets: ["mi-alegra"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(
      url: "https://github.com/apple/swift-configuration", from: "1.4.0",
      traits: ["CommandLineArguments"]),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
  ],
  targets: [
    // The engine: knows no company.
    .target(name: "JSON", swiftSettings: strict),
    .target(name: "GraphQLSyntax", swiftSettings: strict),
    .target(name: "GraphQLTypes", dependencies: ["GraphQLSyntax", "JSON"], swiftSettings: strict),
    .target(
      name: "GraphQLValidation", dependencies: ["GraphQLSyntax", "GraphQLTypes", "JSON"],
      swiftSettings: strict),
    .target(name: "SQL", swiftSettings: strict),
    .systemLibrary(
      name: "CLibpq", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    .target(name: "CReactor", dependencies: ["CLibpq"]),
    .target(
      name: "Postgres",
      dependencies: ["SQL", "CLibpq", "CReactor", nioCore, nioPosix, nioConcurrency],
      swiftSettings: strict),
    .systemLibrary(
      name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
    .target(
      name: "FrequentPasswords", path: "passwords", exclude: ["README.md", "digests.txt"],
      sources: ["embedded.c"], publicHeadersPath: "include"),
    .target(
      name: "Credentials", dependencies: ["COpenSSL", "FrequentPasswords", "JSON"],
      swiftSettings: strict),
    .target(
      name: "Execution",
      dependencies: [
        "GraphQLSyntax", "GraphQLTypes", "GraphQLValidation", "JSON", "SQL", "Postgres",
      ],
      swiftSettings: strict),
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(
      name: "Server",
      dependencies: [
        "CZlib", "Credentials", "Execution", "GraphQLSyntax", "GraphQLTypes", "GraphQLValidation",
        "JSON", "Postgres", "SQL", nioCore, nioPosix, nioHTTP1, nioWebSocket, nioConcurrency,
        logging,
        .product(name: "NIOExtras", package: "swift-nio-extras"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      swiftSettings: strict),

    // What the house asks of others and what leaves it by itself: knows no company.
    .systemLibrary(
      name: "CLibcurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .target(name: "CMail", dependencies: ["CLibcurl"]),
    .target(
      name: "Outbound",
      dependencies: [
        "CMail", "Credentials", "JSON", nioCore, nioHTTP1, nioPosix,
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "JWTKit", package: "jwt-kit"),
      ],
      swiftSettings: strict),
    .target(
      name: "MailFiles", path: "mails", exclude: ["README.md"], sources: ["embedded.c"],
      publicHeadersPath: "include"),
    .target(
      name: "Delivery",
      dependencies: [
        "Credentials", "JSON", "MailFiles", "Outbound", "Postgres", "SQL",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      swiftSettings: strict),

    // Pictures as files: knows neither company nor HTTP.
    .target(name: "Images", swiftSettings: strict),

    // The domain: knows no HTTP.
    .target(
      name: "Schema", path: "schema", sources: ["embedded.c"], publicHeadersPath: "include"),
    .target(
      name: "Hub",
      dependencies: [
        "Credentials", "Execution", "GraphQLTypes", "GraphQLSyntax", "GraphQLValidation", "Images",
        "JSON", "Postgres", "SQL", "Schema",
      ],
      swiftSettings: strict),

    // What operators do with a whole company: knows its tables from the database alone.
    .target(
      name: "Tenants", dependencies: ["Credentials", "JSON", "Postgres", "SQL"],
      swiftSettings: strict),

    // The domain's endpoints outside of GraphQL.
    .target(
      name: "Routes",
      dependencies: [
        "Credentials", "Execution", "Hub", "Images", "JSON", "Outbound", "Postgres", "SQL",
        "Server", nioCore, nioHTTP1,
      ],
      swiftSettings: strict),

    // The ground: a private PostgreSQL cluster for development and tests.
    .systemLibrary(name: "CSpawn"),
    .target(name: "Cluster", dependencies: ["CSpawn"], swiftSettings: strict),

    .target(
      name: "MigrationFiles", path: "Migrations", exclude: ["README.md", "up.sh"],
      sources: ["embedded.c"], publicHeadersPath: "include"),
    .target(
      name: "ExplorerFiles", path: "explorer", sources: ["embedded.c"],
      publicHeadersPath: "include"),
    .target(
      name: "AccountFiles", path: "account", sources: ["embedded.c"],
      publicHeadersPath: "include"),
    .target(
      name: "PageFiles", path: "page", sources: ["embedded.c"], publicHeadersPath: "include"),
    .target(
      name: "MailboxFiles", path: "mailbox", sources: ["embedded.c"],
      publicHeadersPath: "include"),
    .target(
      name: "Composition",
      dependencies: [
        "AccountFiles", "Credentials", "Delivery", "Execution", "ExplorerFiles", "GraphQLSyntax",
        "GraphQLTypes", "Hub", "JSON", "MailboxFiles", "MigrationFiles", "Outbound",
        "PageFiles", "Postgres", "Routes", "SQL", "Server", nioCore, nioHTTP1, nioPosix, logging,
        .product(name: "Configuration", package: "swift-configuration"),
      ],
      swiftSettings: strict),
    // Which commit a release was built from.
    .target(name: "CVersion"),
    .executableTarget(
      name: "mi-alegra",
      dependencies: [
        "CVersion", "Cluster", "Composition", "Credentials", "Delivery", "Execution",
        "GraphQLSyntax", "GraphQLTypes", "GraphQLValidation", "Hub", "Outbound", "Postgres", "SQL",
        "Server", "Tenants",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Configuration", package: "swift-configuration"),
      ],
      swiftSettings: strict),

    // Tests: one target for each of the above, and the hub as a whole.
    .target(
      name: "TestSupport", dependencies: ["Cluster"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .target(
      name: "FuzzSupport",
      dependencies: ["GraphQLSyntax", "GraphQLTypes", "GraphQLValidation", "Images", "JSON"],
      path: "Tests/FuzzSupport", swiftSettings: strict),
    .executableTarget(
      name: "fuzz", dependencies: ["FuzzSupport"], path: "Tests/Fuzz", swiftSettings: strict),
    // The hub with subscriptions of the tests' own, for real clients.
    .executableTarget(
      name: "stream-hub",
      dependencies: [
        "Composition", "Execution", "GraphQLSyntax", "GraphQLTypes", "JSON", "Server",
      ],
      path: "Tests/StreamHub", swiftSettings: strict),
    // Counts what the engine's benchmark allocates; no other executable may link it.
    .target(name: "AllocationCount", path: "Tests/AllocationCount"),
    .executableTarget(
      name: "EngineBenchmark",
      dependencies: [
        "AllocationCount", "Credentials", "Execution", "GraphQLSyntax", "GraphQLTypes",
        "GraphQLValidation", "Hub", "Server",
      ],
      path: "Tests/EngineBenchmark", swiftSettings: strict),
    .testTarget(name: "JSONTests", dependencies: ["JSON"], swiftSettings: strict),
    .testTarget(
      name: "GraphQLSyntaxTests", dependencies: ["FuzzSupport", "GraphQLSyntax"],
      swiftSettings: strict),
    .testTarget(
      name: "GraphQLTypesTests", dependencies: ["GraphQLSyntax", "GraphQLTypes", "JSON"],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
      name: "GraphQLValidationTests",
      dependencies: [
        "FuzzSupport", "GraphQLSyntax", "GraphQLTypes", "GraphQLValidation", "JSON",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ImagesTests", dependencies: ["FuzzSupport", "Images"], exclude: ["Files"],
      swiftSettings: strict),
    .testTarget(name: "SQLTests", dependencies: ["SQL"], swiftSettings: strict),
    .testTarget(
      name: "PostgresTests",
      dependencies: ["Cluster", "Postgres", "SQL", "TestSupport", nioCore, nioPosix],
      swiftSettings: strict),
    .testTarget(
      name: "CredentialsTests", dependencies: ["COpenSSL", "Credentials", "JSON"],
      swiftSettings: strict),
    // What documents show for partners' programs.
    .testTarget(
      name: "DocumentationTests",
      dependencies: ["Credentials", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict),
    .testTarget(
      name: "ExecutionTests",
      dependencies: [
        "CLibpq", "Cluster", "Execution", "GraphQLSyntax", "GraphQLTypes", "GraphQLValidation",
        "JSON", "Postgres", "SQL", "TestSupport", nioCore, nioPosix,
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ServerTests",
      dependencies: [
        "Credentials", "Execution", "GraphQLSyntax", "GraphQLTypes", "GraphQLValidation", "JSON",
        "Server", logging, nioCore, nioHTTP1, nioPosix,
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "DeliveryTests",
      dependencies: ["Credentials", "Delivery", "Outbound", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "OutboundTests",
      dependencies: [
        "Credentials", "JSON", "Outbound", nioCore, nioHTTP1, nioPosix,
        .product(name: "JWTKit", package: "jwt-kit"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "HubTests", dependencies: ["Credentials", "GraphQLTypes", "Hub", "JSON"],
      swiftSettings: strict),
    .testTarget(
      name: "ClusterTests", dependencies: ["Cluster", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "HubEndToEndTests",
      dependencies: [
        "Cluster", "Composition", "Credentials", "Execution", "GraphQLSyntax", "GraphQLTypes",
        "GraphQLValidation", "Hub", "JSON", "Postgres", "SQL", "Server", "TestSupport", nioPosix,
        .product(name: "Configuration", package: "swift-configuration"),
      ],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(name: "TidyTests", dependencies: ["TestSupport"], swiftSettings: strict),
  ]
)
