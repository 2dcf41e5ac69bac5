#!/bin/sh
# The schema of a migrated database as text that only changes when the schema does: for
# schema/database.sql, which a test compares with the migrations run from zero. The arguments say
# how pg_dump reaches the database. Comment lines, session settings and pg_dump's own guards
# (\restrict, with a random word) differ between minor versions and are left out; so is the
# migrator's own record.
#
#     Tests/Database/dump.sh -h /path/to/socket -U postgres -d hub > schema/database.sql
set -eu
dump=$(pg_dump --schema-only --exclude-table=schema_migration "$@")
printf '%s\n' "$dump" |
  grep -v -E '^(--|SET |SELECT pg_catalog\.set_config|\\restrict|\\unrestrict)' |
  cat -s
