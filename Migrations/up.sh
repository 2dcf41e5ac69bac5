#!/bin/sh
# Applies what is pending by psql alone, as `mi-alegra migrate up` does: in order, each file in a
# transaction of its own, one process at a time, and written down in schema_migration. Run by a
# superuser, or an owner that may create roles. The arguments say how psql reaches the database.
#
#     Migrations/up.sh -h /path/to/socket -U postgres -d hub
#
# It stops at the first file that fails; those before it stay applied. What waited for a lock in
# vain is tried again by running this again.
set -eu
folder=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

# One session for all of it: the advisory lock is the one of Sources/Postgres/Migrator.swift.
script() {
  cat <<'SQL'
\set ON_ERROR_STOP on
set client_min_messages = warning;
set lock_timeout = '60s';
select pg_advisory_lock(7883882519142426482) \g /dev/null
set lock_timeout = '5s';
create table if not exists schema_migration (
  number integer primary key,
  name text not null,
  checksum text not null,
  applied_at timestamptz not null default clock_timestamp()
);
SQL
  for file in "$folder"/[0-9]*_*.sql; do
    base=$(basename "$file" .sql)
    digits=${base%%_*}
    number=$(expr "$digits" + 0)
    name=${base#*_}
    begin='begin; set local row_security = off;'
    commit='commit;'
    case $name in
      *.concurrently)
        name=${name%.concurrently}
        begin=
        commit=
        ;;
    esac
    checksum=$(sha256sum "$file" | cut -d' ' -f1)
    cat <<SQL
select not exists (select from schema_migration where number = $number) as pending,
  exists (select from schema_migration
    where number = $number and (name, checksum) <> ('$name', '$checksum')) as edited \\gset
\\if :edited
  \\warn $number $name: not what was applied under this number
  select 1/0;
\\endif
\\if :pending
\\echo Applying $name
$begin
\\i '$file'
insert into schema_migration (number, name, checksum) values ($number, '$name', '$checksum');
$commit
\\endif
SQL
  done
}

script | psql -X -q "$@"
