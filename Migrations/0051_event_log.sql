-- The log: what changed of a tenant, who made it, what stood there before. What comes out: one
-- ordered, gap-free, hash-chained log a tenant, which the database itself writes in the
-- transaction of the change, whoever makes it: the server, a job, an operator in psql.
--
-- A counter that plain row triggers update deadlocks: two transactions that touch rows in opposite
-- orders hold heads and rows crosswise. So events are recorded by deferred constraint triggers, at
-- commit, when every other lock of the transaction is held already: a tenant's head is taken last,
-- several heads in the order of their tenants. Nothing is waited for behind the heads, not even a
-- foreign key (this log outlives its company); what another deferred trigger would wait for is
-- taken before them. (SET CONSTRAINTS .. IMMEDIATE cannot bring that about: at commit PostgreSQL
-- has marked all that is pending as under way.)
--
-- Measured: changes a second and deadlocks within 10 seconds, one change of an invitation in one
-- round trip by each of 8 pgbench clients, PostgreSQL 15, 2 cores that had other work (their load
-- was 5), commits that wait for a slow disk:
--                                  one tenant      200 tenants     two of 5 tenants, any order
--   without a log                  1464            1186            1588
--   heads at commit, in order       280             837             384
--   head before the change          311             774             6, and 15 deadlocks
--   in plain row triggers           342            1454             7, and 12 deadlocks
-- One tenant writes as fast as its commits reach the disk one after the other, which is the price
-- of a log without gaps. A change costs 0.3 to 0.6 ms more than without its event (one client, not
-- waiting for the disk: 0.27 to 0.45 ms against 0.87 to 1.4, on the same busy machine).

set local row_security = on;

do $roles$
begin
  perform pg_advisory_xact_lock(hashtextextended('mi-alegra: roles', 0));
  if (select rolsuper from pg_roles where rolname = current_user) then
    lock table pg_catalog.pg_authid in share row exclusive mode;
  end if;
  if not exists (select from pg_roles where rolname = 'hub_log') then
    create role hub_log nologin;
    comment on role hub_log is
      'Mi Alegra: owns the functions that write the log of each tenant.';
  end if;
  if exists (
    select from pg_roles
    where rolname = 'hub_log' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb))
  then
    raise exception 'the role hub_log has rights that would undo the separation of tenants'
      using hint = 'ALTER ROLE hub_log NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB;';
  end if;
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant hub_log to %I', current_user);
  end if;
end
$roles$;

grant usage on schema public to hub_log;
alter default privileges for role hub_log revoke execute on functions from public;

set local role hub_owner;

-- The log -----------------------------------------------------------------------------------------

create table event_head (
  tenant_id uuid primary key check (tenant_id <> '00000000-0000-0000-0000-000000000000'),
  sequence bigint not null default 0 check (sequence >= 0),
  hash bytea not null default decode(repeat('00', 32), 'hex') check (length(hash) = 32)
) with (fillfactor = 50);

comment on table event_head is
  'Where the log of each tenant ends. Whoever writes an event holds this row until the commit, so '
  'that the order of the log is the order of the commits and has no gap. A log stays where it was '
  'written. [redacted]';
comment on column event_head.tenant_id is 'The company; its log stays when it goes.';
comment on column event_head.sequence is 'The number of the last event; 0 before the first.';
comment on column event_head.hash is 'The hash of the last event; zeros before the first.';

create table event (
  tenant_id uuid not null check (tenant_id <> '00000000-0000-0000-0000-000000000000'),
  sequence bigint not null check (sequence > 0),
  type text not null check (type ~ '^[a-z][a-z_]*\.[a-z][a-z_]*$'),
  subject text,
  actor_kind text not null
    check (actor_kind in ('ACCOUNT', 'TOKEN', 'SERVICE', 'OPERATOR', 'JOB')),
  actor_id text not null,
  actor_name text,
  actor_salt uuid,
  origin text,
  at timestamptz not null,
  changes jsonb check (jsonb_typeof(changes) = 'array'),
  changes_salt uuid,
  actor_digest bytea not null check (length(actor_digest) = 32),
  changes_digest bytea not null check (length(changes_digest) = 32),
  hash bytea not null check (length(hash) = 32),
  primary key (tenant_id, sequence),
  check (actor_salt is not null or actor_name is null),
  check ((changes is null) = (changes_salt is null))
);

-- For what is taken out of the log again: retention by age, a person by what they are named in.
create index event_to_purge on event (at) where changes is not null or actor_salt is not null;
create index event_by_subject on event (subject) where changes is not null;
create index event_by_actor on event (actor_id)
  where actor_salt is not null and actor_kind = 'ACCOUNT';

comment on table event is
  'The log of each tenant: one row a change, never changed again, but for what retention and '
  'erasure take out of it: the changes and the name of who made them. Their digests stay, and with '
  'them the chain. The digests are salted, or what few values can be would be found by trying. '
  '[redacted]';
comment on column event.tenant_id is 'The company.';
comment on column event.sequence is 'Counts the tenant''s events from 1, in the order of commits.';
comment on column event.type is 'What happened, such as company.updated.';
comment on column event.subject is
  'What it happened to within the company: an account''s or invitation''s id, the code of a '
  'solution or an integration; null for the company itself.';
comment on column event.actor_kind is
  'ACCOUNT, TOKEN, SERVICE (a solution), JOB, or OPERATOR: a connection that is not the server''s, '
  'or of which the server did not say in whose name.';
comment on column event.actor_id is
  'Who: the account''s or token''s id, the solution''s code, the job''s name; of an operator the '
  'role that the connection was opened by.';
comment on column event.actor_name is
  'What that person was called then; null: no person, or erased.';
comment on column event.actor_salt is 'The salt of actor_digest; null once the name was erased.';
comment on column event.origin is
  'What the client that made the change calls itself (X-Origin), so that it can leave its own '
  'changes out; null where it said nothing.';
comment on column event.at is 'When it was written, behind every event before it.';
comment on column event.changes is
  'The fields that changed: [{"field", "before", "after"}]; null once retention or erasure took '
  'them. A field without before and after changed, and what it holds is not told.';
comment on column event.changes_salt is 'The salt of changes_digest; null once they were erased.';
comment on column event.actor_digest is 'SHA-256 over salt and name.';
comment on column event.changes_digest is 'SHA-256 over salt and changes.';
comment on column event.hash is 'SHA-256 over the hash of the event before and this one''s header.';

alter table event_head enable row level security, force row level security;
alter table event enable row level security, force row level security;
create policy event_head_of_tenant on event_head for select to hub_app
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
create policy event_of_tenant on event for select to hub_app
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
grant select on event_head, event to hub_app;

create policy event_head_by_log on event_head to hub_log using (true);
create policy event_by_log on event to hub_log using (true);
grant select, insert, update on event_head, event to hub_log;

-- What the log asks of what it records: whose company it is, what somebody is called, what stands.
create policy company_for_log on company for select to hub_log using (true);
create policy account_for_log on account for select to hub_log using (true);
create policy membership_for_log on membership for select to hub_log using (true);
create policy invitation_for_log on invitation for select to hub_log using (true);
grant select (tenant_id) on company to hub_log;
grant select (id, first_name, last_name, display_name) on account to hub_log;
grant select (tenant_id, account_id) on membership to hub_log;
grant select (tenant_id, id, email_key, accepted_at) on invitation to hub_log;

reset role;

-- Who holds what a solution needs may hold it for the log, too: see take_event_heads().
grant create on schema public to hub_auth;
set local role hub_auth;

create function hold_needed_solutions(tenants uuid[]) returns void
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform from company_solution n
  where n.tenant_id = any (tenants) and n.state <> 'INACTIVE'
    and exists (select from solution_dependency d where d.needs = n.solution)
  order by n.tenant_id, n.solution
  for share;
end
$$;

comment on function hold_needed_solutions(uuid[]) is
  'Takes the locks that company_solution_keep_needs waits for at commit, in one order.';

grant execute on function hold_needed_solutions(uuid[]) to hub_log;

reset role;
revoke create on schema public from hub_auth;

grant create on schema public to hub_log;
set local role hub_log;

insert into event_head (tenant_id) select c.tenant_id from company c;

-- Writing an event --------------------------------------------------------------------------------

-- In PL/pgSQL, whose single expressions cost no executor: each change is written through these.
create function event_digest(salt uuid, content text) returns bytea
language plpgsql immutable
set search_path = pg_catalog, public, pg_temp
as $$
begin
  return sha256(convert_to(salt::text || ' ' || coalesce(content, ''), 'UTF8'));
end
$$;

comment on function event_digest(uuid, text) is 'The digest of a part that can be erased.';

create function event_hash(before bytea, e event) returns bytea
language plpgsql immutable
set search_path = pg_catalog, public, pg_temp
as $$
begin
  return sha256(before || convert_to(jsonb_build_array(
    e.tenant_id, e.sequence, e.type, e.subject, e.actor_kind, e.actor_id, e.origin,
    (extract(epoch from e.at) * 1000000)::bigint, encode(e.actor_digest, 'hex'),
    encode(e.changes_digest, 'hex'))::text, 'UTF8'));
end
$$;

comment on function event_hash(bytea, event) is
  'The hash of an event: over the hash of the one before and its own header, in a form that no '
  'setting changes.';

create function is_server() returns boolean
language plpgsql stable
set search_path = pg_catalog, public, pg_temp
as $$
begin
  return session_user = 'hub_app_write' or exists (
    select from pg_auth_members m
    join pg_roles r on r.oid = m.member
    where m.roleid = 'hub_app_write'::regrole and r.rolname = session_user);
end
$$;

comment on function is_server() is
  'Whether the connection was opened by the server''s role for mutations, or by one that it was '
  'granted to: then the server''s word counts for who acts. A superuser is an operator.';

create function event_actor(out kind text, out id text)
language plpgsql stable
set search_path = pg_catalog, public, pg_temp
as $$
declare
  told constant text := current_setting('app.actor', true);
begin
  -- The server alone is believed: an operator cannot pass as somebody else.
  if told ~ '^(account|token|service|job):.' and is_server() then
    kind := upper(split_part(told, ':', 1));
    id := substr(told, strpos(told, ':') + 1);
  else
    kind := 'OPERATOR';
    id := session_user;
  end if;
end
$$;

comment on function event_actor() is
  'Who acts: what the server''s setting app.actor says (account:<id>, token:<id>, '
  'service:<solution>, job:<name>), or else the role that opened the connection.';

create function take_event_heads() returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  noted constant text := current_setting('app.event_tenants', true);
  administered constant text := current_setting('app.event_administrators', true);
  switched constant text := current_setting('app.event_solutions', true);
begin
  if coalesce(noted, '') = '' then
    return;
  end if;
  perform set_config('app.event_tenants', '', true);
  -- Rows first: whoever changes one has it since before the commit.
  if coalesce(switched, '') <> '' then
    perform set_config('app.event_solutions', '', true);
    perform hold_needed_solutions(string_to_array(switched, ',')::uuid[]);
  end if;
  if coalesce(administered, '') <> '' then
    -- The lock of administrator_remains(), which membership_keep_administrator waits for at commit.
    perform set_config('app.event_administrators', '', true);
    perform pg_advisory_xact_lock(
      hashtextextended('mi-alegra: administrators of ' || tenant, 0))
    from (
      select a.tenant from unnest(string_to_array(administered, ',')) as a (tenant)
      order by a.tenant) as ordered;
  end if;
  perform from event_head h
  where h.tenant_id = any (string_to_array(noted, ',')::uuid[])
  order by h.tenant_id
  for update;
end
$$;

comment on function take_event_heads() is
  'Takes the heads of all tenants that this transaction has changed something of, in one order for '
  'everybody, before the first event is written; and before them what the other triggers wait for '
  'that are deferred to the commit. A test holds that each of those is known.';

create function record_event(tenant uuid, type text, subject text, changes jsonb) returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  head event_head;
  made event;
begin
  perform take_event_heads();
  loop
    select h.* into head from event_head h where h.tenant_id = record_event.tenant for update;
    exit when found;
    insert into event_head (tenant_id) values (record_event.tenant) on conflict do nothing;
  end loop;

  made.tenant_id := head.tenant_id;
  made.sequence := head.sequence + 1;
  made.type := record_event.type;
  made.subject := record_event.subject;
  select who.kind, who.id into made.actor_kind, made.actor_id from event_actor() as who;
  if made.actor_kind = 'ACCOUNT' then
    select coalesce(nullif(a.display_name, ''), btrim(a.first_name || ' ' || a.last_name))
    into made.actor_name
    from account a where a.id = made.actor_id::uuid;
  end if;
  made.origin := nullif(left(current_setting('app.origin', true), 100), '');
  made.at := clock_timestamp();
  made.changes := record_event.changes;
  made.actor_salt := case when made.actor_name is not null then gen_random_uuid() end;
  made.changes_salt := gen_random_uuid();
  made.actor_digest := event_digest(
    coalesce(made.actor_salt, '00000000-0000-0000-0000-000000000000'), made.actor_name);
  made.changes_digest := event_digest(made.changes_salt, made.changes::text);
  made.hash := event_hash(head.hash, made);

  insert into event values (made.*);
  update event_head h set sequence = made.sequence, hash = made.hash
  where h.tenant_id = made.tenant_id;
  -- The server announces what it did after the commit: a NOTIFY inside serialises all commits.
  if not is_server() then
    perform pg_notify('event', made.tenant_id::text);
  end if;
end
$$;

comment on function record_event(uuid, text, text, jsonb) is
  'Writes an event at the end of its tenant''s log. Called at commit, by the deferred triggers of '
  'the tables that are recorded, whose functions it runs with the rights of.';

create function event_changes(before jsonb, after jsonb, recorded text[]) returns jsonb
language plpgsql immutable
set search_path = pg_catalog, public, pg_temp
as $$
declare
  pair text;
  old_value jsonb;
  new_value jsonb;
  changes jsonb := '[]';
begin
  foreach pair in array recorded loop
    old_value := coalesce(before -> split_part(pair, ' ', 1), 'null');
    new_value := coalesce(after -> split_part(pair, ' ', 1), 'null');
    if old_value <> new_value then
      changes := changes || jsonb_build_object(
        'field', split_part(pair, ' ', 2), 'before', old_value, 'after', new_value);
    end if;
  end loop;
  return changes;
end
$$;

comment on function event_changes(jsonb, jsonb, text[]) is
  'What differs between two rows, of the columns listed as "column field"; nothing else of them is '
  'looked at. Without a row before or after, everything that is there.';

-- What is touched ---------------------------------------------------------------------------------

create function note_event_tenant() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform note_tenant('app.event_tenants', new.tenant_id);
  if old.tenant_id is distinct from new.tenant_id then
    perform note_tenant('app.event_tenants', old.tenant_id);
  end if;
  if tg_table_name = 'company_solution' then
    perform note_tenant('app.event_solutions', coalesce(new.tenant_id, old.tenant_id));
  elsif tg_table_name = 'membership' then
    if old.role = 'administrator' then
      perform note_tenant('app.event_administrators', old.tenant_id);
    end if;
  end if;
  return null;
end
$$;

create function note_tenant(setting text, tenant uuid) returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  noted constant text := coalesce(current_setting(setting, true), '');
begin
  if tenant is not null and strpos(noted, tenant::text) = 0 then
    perform set_config(setting, concat_ws(',', nullif(noted, ''), tenant), true);
  end if;
end
$$;

comment on function note_event_tenant() is
  'Trigger: notes whose data a transaction has touched, for take_event_heads().';
comment on function note_tenant(text, uuid) is
  'Adds a tenant to a list in a setting of the transaction.';

create function note_event_actor() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person constant text := to_jsonb(new) ->> tg_argv[0];
begin
  if person is not null and coalesce(current_setting('app.actor', true), '') = '' and is_server()
  then
    perform set_config('app.actor', 'account:' || person, true);
  end if;
  return null;
end
$$;

comment on function note_event_actor() is
  'Trigger: where the server acts for nobody who is signed in, it acts for whoever holds a link or '
  'a proof that is theirs: the person whose row changes, in the column that its argument names.';

create function refuse_truncate() returns trigger
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
  raise exception 'TRUNCATE of % would leave no trace in the log', tg_table_name
    using errcode = 'HB405', hint = 'DELETE is recorded, row by row.';
end
$$;

comment on function refuse_truncate() is 'Trigger: what the log records is not truncated (HB405).';

create function event_stays() returns trigger
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
  -- A company that is erased takes its log along, whole, and the head of it first.
  if tg_op = 'DELETE' and not exists (
    select from event_head h where h.tenant_id = old.tenant_id)
  then
    return old;
  end if;
  if tg_op = 'UPDATE' then
    if new.changes_salt is null then
      old.changes := null;
      old.changes_salt := null;
    end if;
    if new.actor_salt is null then
      old.actor_name := null;
      old.actor_salt := null;
    end if;
    if new is not distinct from old then
      return new;
    end if;
  end if;
  raise exception 'an event is not changed any more'
    using errcode = 'HB405',
      hint = 'purge_events() and erase_tenant_events() take out what it holds.';
end
$$;

comment on function event_stays() is
  'Trigger: of an event nothing is changed, but changes or name taken out (HB405); a log is '
  'deleted whole, or not at all.';

grant execute on function
  note_event_tenant(), note_event_actor(), refuse_truncate(), event_stays()
  to hub_owner;

reset role;
set local role hub_owner;

create trigger event_stays before update or delete on event
for each row execute function event_stays();
create trigger refuse_truncate before truncate on event
for each statement execute function refuse_truncate();
create trigger refuse_truncate before truncate on event_head
for each statement execute function refuse_truncate();

-- Who acts for somebody who is signed in ----------------------------------------------------------

create or replace function app_guard(tenant uuid, account uuid, session uuid, roles text[])
returns void
language plpgsql volatile
set search_path = pg_catalog, public, pg_temp
as $$
declare
  held text;
begin
  select m.role into held
  from session s
  join membership m on m.tenant_id = app_guard.tenant and m.account_id = app_guard.account
  where s.id = app_guard.session and s.account_id = app_guard.account
    and s.revoked_at is null and s.expires_at > now() and s.idle_expires_at > now();

  if held is null then
    raise exception 'the session is over, or the person is no member any more'
      using errcode = 'HB401';
  elsif held <> all (app_guard.roles) then
    raise exception 'the role % does not permit this', held
      using errcode = 'HB403';
  end if;
  perform set_config('app.actor', 'account:' || app_guard.account, true);
end
$$;

comment on function app_guard(uuid, uuid, uuid, text[]) is
  'Raises HB401 where the session is dead or the account no member of the tenant, HB403 where the '
  'member''s role is not one of those given; null for the roles: any member. From then on the '
  'transaction acts for the account (app.actor). Reads through the policies of hub_app, so '
  'app.tenant_id and app.account_id must be set to the same two.';

-- It writes a setting now, so the role that only reads has no use of it.
revoke execute on function app_guard(uuid, uuid, uuid, text[]) from hub_app;
grant execute on function app_guard(uuid, uuid, uuid, text[]) to hub_app_write;

reset role;
revoke create on schema public from hub_log;
