-- The history of migrations, readable by the server. What comes out: a server that can tell whether
-- the schema is older than it needs, and the table for whoever runs these files by psql.

-- As the migrator makes it before its first migration.
create table if not exists schema_migration (
  -- A file's number has four digits.
  -- squawk-ignore prefer-bigint-over-int
  number integer primary key,
  name text not null,
  checksum text not null,
  applied_at timestamptz not null default clock_timestamp()
);

comment on table schema_migration is
  'The migrations that were applied: written by `mi-alegra migrate up` and by Migrations/up.sh.';
comment on column schema_migration.number is 'The number that the file''s name begins with.';
comment on column schema_migration.name is 'What the file''s name says behind it.';
comment on column schema_migration.checksum is 'SHA-256 of the file, hexadecimal.';
comment on column schema_migration.applied_at is 'When its transaction was about to commit.';

grant select on schema_migration to hub_app;
