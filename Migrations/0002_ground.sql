-- The ground that all tables stand on: nothing is anybody's unless it is granted.
-- What comes out: the rights on the database and its schema, and the shared functions.

-- PUBLIC is everybody, hub_report and a forgotten login included. (Rights on the database itself
-- are not copied by CREATE DATABASE .. TEMPLATE; those on the schema are.)
do $database$
begin
  execute format('revoke all on database %I from public', current_database());
  execute format('grant connect on database %I to hub_app', current_database());
end
$database$;

revoke all on schema public from public;
grant usage, create on schema public to hub_owner;
grant usage on schema public to hub_app, hub_auth;

-- A function made later is nobody's either, until a migration grants it.
alter default privileges for role hub_owner revoke execute on functions from public;
alter default privileges for role hub_auth revoke execute on functions from public;

set local role hub_owner;

-- Texts that people read --------------------------------------------------------------------------

create domain texts as jsonb
  constraint texts_has_spanish check (value ? 'es')
  constraint texts_are_texts check (
    jsonb_typeof(value) = 'object' and not value @? '$.* ? (@.type() != "string" || @ == "")');

comment on domain texts is
  'One text in several languages, by their codes: {"es": "Empresa", "en": "Company"}. Spanish is '
  'always there; a language that is missing is answered in Spanish.';

-- Revisions: who edits what at the same time ------------------------------------------------------

create function keep_revision() returns trigger
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  changed jsonb;
begin
  select jsonb_object_agg(field.name, old.revision + 1)
  into changed
  from jsonb_each(to_jsonb(new)) as field (name, value)
  where field.value is distinct from to_jsonb(old) -> field.name
    and field.name not in ('revision', 'field_revisions', 'created_at', 'updated_at')
    and field.name <> all (coalesce(tg_argv, '{}'));

  new.created_at := old.created_at;
  if changed is null then
    new.revision := old.revision;
    new.field_revisions := old.field_revisions;
    new.updated_at := old.updated_at;
  else
    new.revision := old.revision + 1;
    new.field_revisions := old.field_revisions || changed;
    new.updated_at := greatest(now(), old.updated_at);
  end if;
  return new;
end
$$;

comment on function keep_revision() is
  'BEFORE UPDATE trigger: counts the row''s revision up by one where a column really changed, and '
  'notes the new revision beside each changed column in field_revisions. An update that changes '
  'nothing leaves no trace. Its arguments name columns that do not count.';

create function fields_changed_after(field_revisions jsonb, revision bigint) returns text[]
language sql immutable parallel safe
as $$
  select coalesce(array_agg(field.name order by field.name), '{}')
  from jsonb_each_text(field_revisions) as field (name, revision)
  where field.revision::bigint > fields_changed_after.revision
$$;

comment on function fields_changed_after(jsonb, bigint) is
  'The columns that changed after a revision: an edit that started from it and names one of them '
  'is a conflict, one that names others is not.';

grant execute on function fields_changed_after(jsonb, bigint) to hub_app;

reset role;
