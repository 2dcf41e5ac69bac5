-- Operators: people who work on the hub in psql. What comes out: the groups that their logins
-- belong to, the roles that own what they see and do, the schema ops, and the record of what they
-- did.
--
-- The groups cannot sign in: each person has a login of their own in one of them, so that
-- session_user says who it was. None of the roles bypasses row-level security:
--
--   hub_ops         reads all companies through views, and acts through functions
--   hub_ops_read    reads the same views, and may enter a company to read as it does
--   hub_report      reads counts, and nothing that is a person's
--
--   hub_ops_reader  owns the views; policies let it read, and it writes nothing
--   hub_ops_actor   owns the functions that act within one company. It has the rights of the
--                   server's role for mutations and the policies of that company, and so runs the
--                   very same functions of the hub, held by the same rules
--   hub_ops_tenant  owns the functions that deal with a whole company; policies let it do so
--
-- A reason is asked for everything that is done, and written into the log of the company, of which
-- its administrators are shown it.

set local row_security = on;

do $lock$
begin
  perform pg_advisory_xact_lock(hashtextextended('mi-alegra: roles', 0));
  if (select rolsuper from pg_roles where rolname = current_user) then
    lock table pg_catalog.pg_authid in share row exclusive mode;
  end if;
end
$lock$;

do $roles$
declare
  wanted record;
begin
  for wanted in
    select * from (values
      ('hub_ops',        'Mi Alegra: operators who act. A group: each has a login in it.'),
      ('hub_ops_read',   'Mi Alegra: operators who only read. A group of logins.'),
      ('hub_report',     'Mi Alegra: reports without personal data. A group of logins.'),
      ('hub_ops_reader', 'Mi Alegra: owns the views of operators, and may only read.'),
      ('hub_ops_actor',  'Mi Alegra: owns the functions of operators that act in one company.'),
      ('hub_ops_tenant', 'Mi Alegra: owns the functions of operators for a whole company.')
    ) as role (name, purpose)
  loop
    if not exists (select from pg_roles where rolname = wanted.name) then
      execute format('create role %I nologin', wanted.name);
      execute format('comment on role %I is %L', wanted.name, wanted.purpose);
    end if;
    if exists (
      select from pg_roles
      where rolname = wanted.name and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb))
    then
      raise exception 'the role % has rights that would undo the separation of tenants', wanted.name
        using hint = format(
          'ALTER ROLE %I NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB;', wanted.name);
    end if;
  end loop;
end
$roles$;

-- Who acts may read, and who reads may see what reports say. Who enters a company reads its tables
-- by the policies of hub_app.
do $members$
declare
  wanted record;
begin
  for wanted in
    select * from (values
      ('hub_ops_read', 'hub_ops'), ('hub_report', 'hub_ops_read'), ('hub_app', 'hub_ops_read'),
      ('hub_app_write', 'hub_ops_actor')
    ) as role (given, name)
  loop
    if not exists (
      select from pg_auth_members m
      where m.roleid = wanted.given::regrole and m.member = wanted.name::regrole)
    then
      execute format('grant %I to %I', wanted.given, wanted.name);
    end if;
  end loop;
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant hub_ops_reader, hub_ops_actor, hub_ops_tenant to %I', current_user);
  end if;
  -- What statements of others say; without it the operators see their own alone.
  if not pg_has_role('hub_ops_reader', 'pg_read_all_stats', 'member') then
    begin
      grant pg_read_all_stats to hub_ops_reader;
    exception when insufficient_privilege then
      raise warning 'hub_ops_reader was not given pg_read_all_stats'
        using hint = 'A superuser may: GRANT pg_read_all_stats TO hub_ops_reader;';
    end;
  end if;
  execute format('grant connect on database %I to hub_report', current_database());
end
$members$;

alter default privileges for role hub_ops_reader revoke execute on functions from public;
alter default privileges for role hub_ops_actor revoke execute on functions from public;
alter default privileges for role hub_ops_tenant revoke execute on functions from public;

create schema ops authorization hub_owner;
comment on schema ops is
  'What operators see and do, all companies together. Begin with: select * from ops.help();';

grant usage on schema ops
  to hub_ops_read, hub_report, hub_ops_reader, hub_ops_actor, hub_ops_tenant;
grant usage on schema public to hub_ops_reader, hub_ops_tenant;

-- What they did -----------------------------------------------------------------------------------

set local role hub_owner;

create table operator_act (
  id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  operator text not null default session_user,
  act text not null check (act ~ '^[a-z][a-z_]{0,62}$'),
  about_tenant_id uuid,
  about_account_id uuid references account on delete cascade,
  subject text check (char_length(subject) between 1 and 200),
  reason text not null check (char_length(reason) between 5 and 500)
);

create index operator_act_by_tenant on operator_act (about_tenant_id);
create index operator_act_by_account on operator_act (about_account_id);
create index operator_act_to_purge on operator_act (at);

comment on table operator_act is
  'What operators did by the functions of the schema ops, and why. Each is told in the log of the '
  'company, or of the person, whom it was about; kept as long as those are.';
comment on column operator_act.id is 'The order in which they were written.';
comment on column operator_act.at is 'When it was done.';
comment on column operator_act.operator is 'The role that the connection was opened by.';
comment on column operator_act.act is 'The function of the schema ops, such as extend_trial.';
comment on column operator_act.about_tenant_id is
  'The company it was about; null: none, or one that is gone.';
comment on column operator_act.about_account_id is
  'The person it was about; null: nobody. The row goes with them.';
comment on column operator_act.subject is
  'What it was done to, such as the code of a solution or the id of a mail; null: the company or '
  'the person themselves.';
comment on column operator_act.reason is 'Why, in the words of who did it.';

alter table operator_act enable row level security, force row level security;
create policy operator_act_by_log on operator_act to hub_log using (true);
-- FOR UPDATE, as purging asks for it, wants a column that may be changed.
grant select, insert, delete, update (subject) on operator_act to hub_log;

reset role;

grant create on schema public to hub_log;
set local role hub_log;

create function record_operator_act(
  act text, tenant uuid, account uuid, subject text, reason text) returns void
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if char_length(coalesce(btrim(record_operator_act.reason), '')) not between 5 and 500 then
    raise exception 'a reason is needed for what you do, of 5 to 500 characters'
      using errcode = 'HB422',
        hint = 'Say why, such as ''ticket 4711: asked for by their administrator''. The company '
          'can read it.';
  end if;
  insert into operator_act (act, about_tenant_id, about_account_id, subject, reason)
  values (
    record_operator_act.act, record_operator_act.tenant, record_operator_act.account,
    left(nullif(record_operator_act.subject, ''), 200), btrim(record_operator_act.reason));
  if record_operator_act.account is not null then
    perform record_account_event(
      record_operator_act.account, 'operator.acted',
      jsonb_build_object(
        'act', record_operator_act.act, 'reason', btrim(record_operator_act.reason)));
  end if;
end
$$;

comment on function record_operator_act(text, uuid, uuid, text, text) is
  'Writes down what an operator does, and why: called by each function of the schema ops, in its '
  'transaction. HB422: no reason is given.';

create function note_operator_act() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform note_tenant('app.event_tenants', new.about_tenant_id);
  return null;
end
$$;

comment on function note_operator_act() is
  'Trigger: notes whose log is written at commit, for take_event_heads().';

create function record_act() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  -- A company that was deleted since has no log any more.
  if company_stands(new.about_tenant_id) then
    perform record_event(
      new.about_tenant_id, 'operator.acted', new.subject,
      event_changes(null, to_jsonb(new), array['act act', 'reason reason']));
  end if;
  return null;
end
$$;

comment on function record_act() is
  'Constraint trigger, at commit: operator.acted, in the log of the company that it is about.';

create or replace function purge_events(kept_seconds double precision, rows_max integer)
returns integer
language sql security definer
set search_path = pg_catalog, public, pg_temp
as $$
  with old as (
    select e.tenant_id, e.sequence from event e
    where (e.changes is not null or e.actor_salt is not null)
      and e.at < now() - make_interval(secs => purge_events.kept_seconds)
    order by e.at
    limit purge_events.rows_max
    for update skip locked),
  emptied as (
    update event e
    set changes = null, changes_salt = null, actor_name = null, actor_salt = null
    from old
    where e.tenant_id = old.tenant_id and e.sequence = old.sequence
    returning 1),
  forgotten as (
    delete from account_event a
    where (a.account_id, a.id) in (
      select o.account_id, o.id from account_event o
      where o.at < now() - make_interval(secs => purge_events.kept_seconds)
      limit purge_events.rows_max
      for update skip locked)
    returning 1),
  acts as (
    delete from operator_act a
    where a.id in (
      select o.id from operator_act o
      where o.at < now() - make_interval(secs => purge_events.kept_seconds)
      limit purge_events.rows_max
      for update skip locked)
    returning 1)
  select (select count(*) from emptied)::integer + (select count(*) from forgotten)::integer
    + (select count(*) from acts)::integer
$$;

comment on function purge_events(double precision, integer) is
  'Takes changes and names out of events older than these seconds, and removes what is as old from '
  'the logs of accounts and of operators'' acts; of how many. Call it again where as many as '
  'rows_max were found.';

grant execute on function note_operator_act(), record_act() to hub_owner;
grant execute on function record_operator_act(text, uuid, uuid, text, text)
  to hub_ops_actor, hub_ops_tenant;

reset role;
revoke create on schema public from hub_log;
set local role hub_owner;

create trigger note_operator_act after insert on operator_act
for each row execute function note_operator_act();
create constraint trigger event_at_commit after insert on operator_act
deferrable initially deferred for each row execute function record_act();
create trigger refuse_truncate before truncate on operator_act
for each statement execute function refuse_truncate();

reset role;
