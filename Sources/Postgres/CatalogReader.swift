// A connection enters; the catalog of the schemas asked for leaves. Reads pg_catalog only.

internal import SQL

/// Reads tables, keys, policies, functions and roles.
/// - Parameter schemas: which schemas' tables and functions; roles are all but PostgreSQL's own.
package func readCatalog(
  _ connection: AdminConnection, schemas: [String] = ["public"]
) throws(DatabaseError) -> Catalog {
  let list = schemas.map { "\($0)" as SQLFragment }.joined(separator: ", ")
  var tables = try readTables(connection, list)
  for (oid, columns) in try readColumns(connection, list) { tables[oid]?.columns = columns }
  for key in try readKeys(connection, list) {
    if key.isPrimary {
      tables[key.table]?.primaryKey = key.key
    } else {
      tables[key.table]?.uniqueKeys.append(key.key)
    }
  }
  for (oid, key) in try readForeignKeys(connection, list) { tables[oid]?.foreignKeys.append(key) }
  for (oid, check) in try readChecks(connection, list) { tables[oid]?.checks.append(check) }
  for (oid, policy) in try readPolicies(connection, list) { tables[oid]?.policies.append(policy) }
  return Catalog(
    tables: tables.values.sorted { ($0.schema, $0.name) < ($1.schema, $1.name) },
    functions: try readFunctions(connection, list), roles: try readRoles(connection))
}

private func readTables(
  _ connection: AdminConnection, _ schemas: SQLFragment
) throws(DatabaseError) -> [String: Catalog.Table] {
  let rows = try connection.execute(
    """
    select c.oid, n.nspname, c.relname, c.relkind, pg_get_userbyid(c.relowner),
      c.relrowsecurity, c.relforcerowsecurity
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in (\(schemas)) and c.relkind in ('r', 'p', 'v', 'm', 'f')
    """)
  var tables: [String: Catalog.Table] = [:]
  for row in 0..<rows.rowCount {
    guard let kind = Catalog.Kind(rawValue: rows.text(row, 3)) else { continue }
    tables[rows.text(row, 0)] = Catalog.Table(
      schema: rows.text(row, 1), name: rows.text(row, 2), kind: kind, owner: rows.text(row, 4),
      hasRowSecurity: rows.boolean(row, 5) == true,
      forcesRowSecurity: rows.boolean(row, 6) == true)
  }
  return tables
}

private func readColumns(
  _ connection: AdminConnection, _ schemas: SQLFragment
) throws(DatabaseError) -> [String: [Catalog.Column]] {
  let rows = try connection.execute(
    """
    select a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.atthasdef,
      a.attgenerated <> ''
    from pg_attribute a join pg_class c on c.oid = a.attrelid
      join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in (\(schemas)) and a.attnum > 0 and not a.attisdropped
    order by a.attrelid, a.attnum
    """)
  var columns: [String: [Catalog.Column]] = [:]
  for row in 0..<rows.rowCount {
    columns[rows.text(row, 0), default: []].append(
      Catalog.Column(
        name: rows.text(row, 1), type: rows.text(row, 2), isNotNull: rows.boolean(row, 3) == true,
        hasDefault: rows.boolean(row, 4) == true, isGenerated: rows.boolean(row, 5) == true))
  }
  return columns
}

private struct TableKey {
  let table: String
  let isPrimary: Bool
  let key: Catalog.Key
}

/// Unique indexes rather than constraints: each constraint has one, and an index may stand alone.
/// An expression's column has the expression's text.
private func readKeys(
  _ connection: AdminConnection, _ schemas: SQLFragment
) throws(DatabaseError) -> [TableKey] {
  let rows = try connection.execute(
    """
    select i.indrelid, i.indisprimary, x.relname, array_to_string(array(
      select pg_get_indexdef(i.indexrelid, position, true)
      from generate_series(1, i.indnkeyatts) position order by position), chr(31))
    from pg_index i join pg_class x on x.oid = i.indexrelid join pg_class c on c.oid = i.indrelid
      join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in (\(schemas)) and i.indisunique
    order by x.relname
    """)
  return (0..<rows.rowCount).map { row in
    let key = Catalog.Key(name: rows.text(row, 2), columns: rows.list(row, 3))
    return TableKey(
      table: rows.text(row, 0), isPrimary: rows.boolean(row, 1) == true, key: key)
  }
}

private func readForeignKeys(
  _ connection: AdminConnection, _ schemas: SQLFragment
) throws(DatabaseError) -> [(String, Catalog.ForeignKey)] {
  let rows = try connection.execute(
    """
    select k.conrelid, k.conname,
      array_to_string(array(select a.attname from unnest(k.conkey) with ordinality u (number, place)
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.number
        order by u.place), chr(31)),
      f.relname,
      array_to_string(array(select a.attname from unnest(k.confkey)
          with ordinality u (number, place)
        join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.number
        order by u.place), chr(31))
    from pg_constraint k join pg_class f on f.oid = k.confrelid
      join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in (\(schemas)) and k.contype = 'f'
    order by k.conname
    """)
  return (0..<rows.rowCount).map { row in
    let key = Catalog.ForeignKey(
      name: rows.text(row, 1), columns: rows.list(row, 2), referencedTable: rows.text(row, 3),
      referencedColumns: rows.list(row, 4))
    return (rows.text(row, 0), key)
  }
}

private func readChecks(
  _ connection: AdminConnection, _ schemas: SQLFragment
) throws(DatabaseError) -> [(String, Catalog.Check)] {
  let rows = try connection.execute(
    """
    select k.conrelid, k.conname, pg_get_constraintdef(k.oid)
    from pg_constraint k join pg_class c on c.oid = k.conrelid
      join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in (\(schemas)) and k.contype = 'c'
    order by k.conname
    """)
  return (0..<rows.rowCount).map { row in
    let check = Catalog.Check(name: rows.text(row, 1), definition: rows.text(row, 2))
    return (rows.text(row, 0), check)
  }
}

private func readPolicies(
  _ connection: AdminConnection, _ schemas: SQLFragment
) throws(DatabaseError) -> [(String, Catalog.Policy)] {
  let rows = try connection.execute(
    """
    select p.polrelid, p.polname,
      case p.polcmd when 'r' then 'SELECT' when 'a' then 'INSERT' when 'w' then 'UPDATE'
        when 'd' then 'DELETE' else 'ALL' end,
      p.polpermissive,
      array_to_string(array(select coalesce(r.rolname, 'public') from unnest(p.polroles) u (role)
        left join pg_roles r on r.oid = u.role order by 1), chr(31)),
      pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)
    from pg_policy p join pg_class c on c.oid = p.polrelid
      join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in (\(schemas))
    order by p.polname
    """)
  return (0..<rows.rowCount).map { row in
    let policy = Catalog.Policy(
      name: rows.text(row, 1), command: rows.text(row, 2),
      isPermissive: rows.boolean(row, 3) == true, roles: rows.list(row, 4),
      using: rows.string(row, 5), check: rows.string(row, 6))
    return (rows.text(row, 0), policy)
  }
}

private func readFunctions(
  _ connection: AdminConnection, _ schemas: SQLFragment
) throws(DatabaseError) -> [Catalog.Function] {
  let rows = try connection.execute(
    """
    select n.nspname, p.proname, pg_get_function_identity_arguments(p.oid),
      pg_get_userbyid(p.proowner), p.prosecdef,
      (select substr(setting, length('search_path=') + 1) from unnest(p.proconfig) setting
        where setting like 'search_path=%')
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in (\(schemas))
    order by 1, 2, 3
    """)
  return (0..<rows.rowCount).map { row in
    Catalog.Function(
      schema: rows.text(row, 0), name: rows.text(row, 1), arguments: rows.text(row, 2),
      owner: rows.text(row, 3), isSecurityDefiner: rows.boolean(row, 4) == true,
      searchPath: rows.string(row, 5))
  }
}

private func readRoles(_ connection: AdminConnection) throws(DatabaseError) -> [Catalog.Role] {
  let rows = try connection.execute(
    """
    select r.rolname, r.rolsuper, r.rolbypassrls, r.rolcanlogin,
      array_to_string(array(select g.rolname from pg_auth_members m
        join pg_roles g on g.oid = m.roleid where m.member = r.oid order by 1), chr(31))
    from pg_roles r where r.rolname not like 'pg\\_%' order by 1
    """)
  return (0..<rows.rowCount).map { row in
    Catalog.Role(
      name: rows.text(row, 0), isSuperuser: rows.boolean(row, 1) == true,
      bypassesRowSecurity: rows.boolean(row, 2) == true, canLogin: rows.boolean(row, 3) == true,
      memberOf: rows.list(row, 4))
  }
}

extension Rows {
  fileprivate func text(_ row: Int, _ column: Int) -> String {
    string(row, column) ?? ""
  }

  /// A list joined by the unit separator, which no identifier of ours holds.
  fileprivate func list(_ row: Int, _ column: Int) -> [String] {
    text(row, column).split(separator: "\u{1F}").map(String.init)
  }
}
