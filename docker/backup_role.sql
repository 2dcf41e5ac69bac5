-- The role that backups are made by, and the only one that logs in and reads past row-level
-- security: pg_dump would otherwise be refused, or keep a part. It reads everything and changes
-- nothing. Run once a cluster by a superuser, for nobody else may make such a role; no migration
-- does, since those may be run by less:
--
--     psql -d mi_alegra -f docker/backup_role.sql
--
-- Give it a way to log in from where backups are made alone (pg_hba.conf), and nowhere else. For a
-- bulk load a superuser gives the role that migrates BYPASSRLS for as long as it takes.
\set ON_ERROR_STOP on
select not exists (select from pg_roles where rolname = 'hub_backup') as missing \gset
\if :missing
create role hub_backup;
\endif
alter role hub_backup login bypassrls
  nosuperuser nocreaterole nocreatedb noreplication connection limit 4;
alter role hub_backup set default_transaction_read_only = on;
-- A backup waits for no migration for longer, and no migration for a backup's first moment.
alter role hub_backup set lock_timeout = '30s';
grant pg_read_all_data to hub_backup;
comment on role hub_backup is
  'Mi Alegra: makes backups. Reads all companies past row-level security and writes nothing.';
