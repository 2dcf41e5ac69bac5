// What PostgreSQL knows of its own tables, as values: for the agreements between the schema, the
// bindings and the database, and for the walk over every table's row security.

/// The tables and what guards them, of the schemas that were read.
package struct Catalog: Sendable, Hashable {
  package struct Column: Sendable, Hashable {
    package var name: String
    /// As `format_type` writes it: "uuid", "character varying(40)", "timestamp with time zone".
    package var type: String
    package var isNotNull: Bool
    package var hasDefault: Bool
    package var isGenerated: Bool
  }

  package struct Key: Sendable, Hashable {
    package var name: String
    package var columns: [String]
  }

  package struct ForeignKey: Sendable, Hashable {
    package var name: String
    package var columns: [String]
    package var referencedTable: String
    package var referencedColumns: [String]
  }

  package struct Check: Sendable, Hashable {
    package var name: String
    package var definition: String
  }

  package struct Policy: Sendable, Hashable {
    package var name: String
    /// ALL, SELECT, INSERT, UPDATE or DELETE.
    package var command: String
    package var isPermissive: Bool
    package var roles: [String]
    /// USING, as PostgreSQL prints it.
    package var using: String?
    /// WITH CHECK, as PostgreSQL prints it.
    package var check: String?
  }

  package enum Kind: String, Sendable, Hashable {
    case table = "r"
    case partitioned = "p"
    case view = "v"
    case materializedView = "m"
    case foreign = "f"
  }

  package struct Table: Sendable, Hashable {
    package var schema: String
    package var name: String
    package var kind: Kind
    package var owner: String
    package var hasRowSecurity: Bool
    package var forcesRowSecurity: Bool
    package var columns: [Column] = []
    package var primaryKey: Key?
    /// Unique constraints and unique indexes, without the primary key.
    package var uniqueKeys: [Key] = []
    package var foreignKeys: [ForeignKey] = []
    package var checks: [Check] = []
    package var policies: [Policy] = []

    package func column(_ name: String) -> Column? {
      columns.first { $0.name == name }
    }
  }

  package struct Function: Sendable, Hashable {
    package var schema: String
    package var name: String
    package var arguments: String
    package var owner: String
    package var isSecurityDefiner: Bool
    /// The `search_path` it pins, nil where it pins none.
    package var searchPath: String?
  }

  package struct Role: Sendable, Hashable {
    package var name: String
    package var isSuperuser: Bool
    package var bypassesRowSecurity: Bool
    package var canLogin: Bool
    package var memberOf: [String]
  }

  package var tables: [Table]
  package var functions: [Function]
  package var roles: [Role]

  package func table(_ name: String, schema: String = "public") -> Table? {
    tables.first { $0.name == name && $0.schema == schema }
  }
}
