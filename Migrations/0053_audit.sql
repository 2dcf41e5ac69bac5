-- What the log is for: it is read by pages, verified, emptied of what has grown old or has to be
-- forgotten, and its heads are signed. What comes out: functions, and the signatures.

set local row_security = on;

set local role hub_owner;

-- Reading -----------------------------------------------------------------------------------------

create function event_cursor(sequence bigint, hash bytea) returns text
language sql immutable
as $$ select 'ev1-' || lpad(to_hex(sequence), 16, '0') || left(encode(hash, 'hex'), 8) $$;

create function event_position(cursor text) returns bigint
language sql immutable
as $$ select ('x' || substr(cursor, 5, 16))::bit(64)::bigint $$;

create function is_event_cursor(tenant uuid, cursor text) returns boolean
language sql stable
as $$
  select is_event_cursor.cursor is null or event_position(is_event_cursor.cursor) = 0 or exists (
    select from event e
    where e.tenant_id = is_event_cursor.tenant
      and e.sequence = event_position(is_event_cursor.cursor)
      and event_cursor(e.sequence, e.hash) = is_event_cursor.cursor)
$$;

create function event_end(tenant uuid) returns text
language sql stable
as $$
  select coalesce(
    (select event_cursor(h.sequence, h.hash) from event_head h
      where h.tenant_id = event_end.tenant),
    event_cursor(0, decode(repeat('00', 32), 'hex')))
$$;

create function event_document(e event) returns jsonb
language sql stable
as $$
  select jsonb_build_object(
    'cursor', event_cursor(e.sequence, e.hash), 'type', e.type, 'subject', e.subject,
    'at', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'origin', e.origin,
    'actor', jsonb_build_object('kind', e.actor_kind, 'id', e.actor_id, 'name', e.actor_name),
    'changes', (
      select jsonb_agg(
        jsonb_build_object(
          'field', change ->> 'field', 'before', change ->> 'before', 'after', change ->> 'after')
        order by position)
      from jsonb_array_elements(e.changes) with ordinality as listed (change, position)),
    'isErased', e.changes is null,
    'hash', encode(e.hash, 'hex'))
$$;

create function event_page(
  tenant uuid, after text, types text[], exclude_origin text, wanted integer,
  out events jsonb, out cursor text, out has_more boolean)
returns setof record
language sql stable
as $$
  with bounds as (
    select coalesce(event_position(event_page.after), 0) as start,
      least(greatest(coalesce(event_page.wanted, 50), 1), 200) as rows_max),
  found as (
    select e, row_number() over (order by e.sequence) as position
    from event e
    where e.tenant_id = event_page.tenant and e.sequence > (select start from bounds)
      and (event_page.types is null or e.type = any (event_page.types))
      and (event_page.exclude_origin is null
        or e.origin is distinct from event_page.exclude_origin)
    order by e.sequence
    limit (select rows_max + 1 from bounds)),
  page as (
    select found.e, found.position from found
    where found.position <= (select rows_max from bounds))
  select
    (select coalesce(jsonb_agg(event_document(page.e) order by page.position), '[]') from page),
    case
      when (select count(*) from found) > (select count(*) from page) then (
        select event_cursor((page.e).sequence, (page.e).hash) from page
        order by page.position desc limit 1)
      -- All up to the end of the log was looked at, whatever was left out.
      else event_end(event_page.tenant)
    end,
    (select count(*) from found) > (select count(*) from page)
  where is_event_cursor(event_page.tenant, event_page.after)
$$;

create function audit_page(
  tenant uuid, before text, types text[], actor text, subject text, wanted integer,
  out events jsonb, out cursor text, out has_more boolean)
language sql stable
as $$
  with bounds as (
    select coalesce(event_position(audit_page.before), 9223372036854775807) as start,
      least(greatest(coalesce(audit_page.wanted, 50), 1), 200) as rows_max),
  found as (
    select e, row_number() over (order by e.sequence desc) as position
    from event e
    where e.tenant_id = audit_page.tenant and e.sequence < (select start from bounds)
      and (audit_page.types is null or e.type = any (audit_page.types))
      and (audit_page.actor is null or e.actor_id = audit_page.actor)
      and (audit_page.subject is null or e.subject = audit_page.subject)
    order by e.sequence desc
    limit (select rows_max + 1 from bounds)),
  page as (
    select found.e, found.position from found
    where found.position <= (select rows_max from bounds))
  select
    (select coalesce(jsonb_agg(event_document(page.e) order by page.position), '[]') from page),
    coalesce(
      (select event_cursor((page.e).sequence, (page.e).hash) from page
        order by page.position desc limit 1),
      event_cursor(0, decode(repeat('00', 32), 'hex'))),
    (select count(*) from found) > (select count(*) from page)
$$;

comment on function event_cursor(bigint, bytea) is
  'Where a reader stands in a log: behind the event of this number and hash. A word without a '
  'meaning.';
comment on function is_event_cursor(uuid, text) is
  'Whether the log has the event that a cursor stands behind. It has not where the database was '
  'set back to a backup: who would go on from there would miss what was written anew.';
comment on function event_end(uuid) is 'The cursor behind the last event of a tenant.';
comment on function event_position(text) is 'The number behind a cursor.';
comment on function event_document(event) is 'An event as it is answered.';
comment on function event_page(uuid, text, text[], text, integer) is
  'The events behind a cursor, from the first on where it is null, the oldest first: at least 1, '
  'at most 200. The cursor to go on from stands behind all that was looked at. No row where the '
  'log has no such place. Runs with the rights of its caller.';
comment on function audit_page(uuid, text, text[], text, text, integer) is
  'The same from the end of the log backwards, before a cursor. Runs with the rights of its '
  'caller.';

grant execute on function
  event_cursor(bigint, bytea), event_position(text), is_event_cursor(uuid, text), event_end(uuid),
  event_document(event),
  event_page(uuid, text, text[], text, integer),
  audit_page(uuid, text, text[], text, text, integer)
  to hub_app, hub_log;

-- Signatures --------------------------------------------------------------------------------------

create table audit_signature (
  tenant_id uuid not null check (tenant_id <> '00000000-0000-0000-0000-000000000000'),
  sequence bigint not null check (sequence > 0),
  hash bytea not null check (length(hash) = 32),
  signed_at timestamptz not null,
  key_name text not null,
  signature bytea not null check (length(signature) = 32),
  primary key (tenant_id, sequence)
);

comment on table audit_signature is
  'The heads of logs, signed by a key that is not in the database: whoever recomputes a chain '
  'cannot recompute these. The server''s log has each of them as well. [redacted]';
comment on column audit_signature.tenant_id is 'The company.';
comment on column audit_signature.sequence is 'The event that the log ended in.';
comment on column audit_signature.hash is 'Its hash.';
comment on column audit_signature.signed_at is 'When it was signed.';
comment on column audit_signature.key_name is 'The name of the key.';
comment on column audit_signature.signature is 'HMAC-SHA-256 over all of these.';

alter table audit_signature enable row level security, force row level security;
create policy audit_signature_of_tenant on audit_signature for select to hub_app
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
create policy audit_signature_by_log on audit_signature to hub_log using (true);
grant select on audit_signature to hub_app;
grant select, insert on audit_signature to hub_log;

create trigger refuse_truncate before truncate on audit_signature
for each statement execute function refuse_truncate();

reset role;

grant create on schema public to hub_log, hub_auth, hub_service;
set local role hub_log;

create function heads_to_sign(
  after uuid, pause_seconds double precision, rows_max integer,
  out tenant_id uuid, out sequence bigint, out hash bytea)
returns setof record
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select h.tenant_id, h.sequence, h.hash
  from event_head h
  left join lateral (
    select s.sequence, s.signed_at from audit_signature s
    where s.tenant_id = h.tenant_id order by s.sequence desc limit 1) as last on true
  where h.tenant_id > coalesce(
      heads_to_sign.after, '00000000-0000-0000-0000-000000000000')
    and h.sequence > coalesce(last.sequence, 0)
    and (last.signed_at is null
      or last.signed_at <= now() - make_interval(secs => heads_to_sign.pause_seconds))
  order by h.tenant_id
  limit heads_to_sign.rows_max
$$;

create function keep_signature(
  tenant uuid, sequence bigint, hash bytea, signed_at timestamptz, key_name text, signature bytea)
returns boolean
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  insert into audit_signature (tenant_id, sequence, hash, signed_at, key_name, signature)
  values (
    keep_signature.tenant, keep_signature.sequence, keep_signature.hash,
    keep_signature.signed_at, keep_signature.key_name, keep_signature.signature)
  on conflict do nothing;
  return found;
end
$$;

create function signatures_to_verify(
  after_tenant uuid, after_sequence bigint, rows_max integer,
  out tenant_id uuid, out sequence bigint, out hash bytea, out signed_at timestamptz,
  out key_name text, out signature bytea, out stands boolean)
returns setof record
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select s.tenant_id, s.sequence, s.hash, s.signed_at, s.key_name, s.signature,
    exists (
      select from event e
      where e.tenant_id = s.tenant_id and e.sequence = s.sequence and e.hash = s.hash)
  from audit_signature s
  where (s.tenant_id, s.sequence) > (
    coalesce(after_tenant, '00000000-0000-0000-0000-000000000000'), coalesce(after_sequence, 0))
  order by s.tenant_id, s.sequence
  limit signatures_to_verify.rows_max
$$;

create function signature_stands(tenant uuid, sequence bigint, hash bytea) returns boolean
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select exists (
    select from event e
    where e.tenant_id = signature_stands.tenant and e.sequence = signature_stands.sequence
      and e.hash = signature_stands.hash)
$$;

create function event_ends(tenants uuid[], out tenant_id uuid, out sequence bigint)
returns setof record
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select h.tenant_id, h.sequence from event_head h where h.tenant_id = any (event_ends.tenants)
$$;

comment on function event_ends(uuid[]) is
  'Where the logs of these tenants end: by it a server knows whom of its readers to wake.';

create function tenants_with_a_log(after uuid, rows_max integer) returns setof uuid
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select h.tenant_id from event_head h
  where h.tenant_id > coalesce(
    tenants_with_a_log.after, '00000000-0000-0000-0000-000000000000')
  order by h.tenant_id limit tenants_with_a_log.rows_max
$$;

-- Verifying ---------------------------------------------------------------------------------------

create function verify_event_chain(tenant uuid, out sequence bigint, out problem text)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  head event_head;
begin
  select h.* into head from event_head h where h.tenant_id = verify_event_chain.tenant;
  select link.sequence, link.problem into sequence, problem
  from (
    select e.sequence, case
      when e.sequence <> row_number() over ordered then 'an event before this one is missing'
      when e.hash <> event_hash(
          coalesce(lag(e.hash) over ordered, decode(repeat('00', 32), 'hex')), e)
        then 'the hash is not that of this event behind the one before'
      when e.changes is not null
          and e.changes_digest <> event_digest(e.changes_salt, e.changes::text)
        then 'the changes are not those that were written'
      when e.actor_salt is not null and e.actor_digest <> event_digest(e.actor_salt, e.actor_name)
        then 'the name of who made it is not the one that was written'
      end as problem
    from event e
    where e.tenant_id = verify_event_chain.tenant
    window ordered as (order by e.sequence)) as link
  where link.problem is not null
  order by link.sequence
  limit 1;
  if sequence is null and not exists (
      select from event e
      where e.tenant_id = head.tenant_id and e.sequence = head.sequence and e.hash = head.hash)
    and (head.sequence > 0 or exists (
      select from event e where e.tenant_id = verify_event_chain.tenant))
    or sequence is null and exists (
      select from event e
      where e.tenant_id = verify_event_chain.tenant and e.sequence > coalesce(head.sequence, 0))
  then
    sequence := coalesce(head.sequence, 0);
    problem := 'the head is not the last event';
  end if;
end
$$;

-- Taking out --------------------------------------------------------------------------------------

create function purge_events(kept_seconds double precision, rows_max integer)
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
    returning 1)
  select (select count(*) from emptied)::integer + (select count(*) from forgotten)::integer
$$;

create function erase_tenant_events(tenant uuid) returns integer
language sql security definer
set search_path = pg_catalog, public, pg_temp
as $$
  with emptied as (
    update event e
    set changes = null, changes_salt = null, actor_name = null, actor_salt = null
    where e.tenant_id = erase_tenant_events.tenant
      and (e.changes is not null or e.actor_salt is not null)
    returning 1)
  select count(*)::integer from emptied
$$;

create function forget_account_events() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  update event e set changes = null, changes_salt = null
  where e.changes is not null and e.subject = any (
    array[old.id::text] || array(
      select i.id::text from invitation i where i.email_key = old.email_key));
  update event e set actor_name = null, actor_salt = null
  where e.actor_kind = 'ACCOUNT' and e.actor_id = old.id::text and e.actor_salt is not null;
  delete from account_event a where a.account_id = old.id;
  return null;
end
$$;

create function forget_invitation_events() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  update event e set changes = null, changes_salt = null
  where e.changes is not null and e.subject = old.id::text;
  return null;
end
$$;

comment on function heads_to_sign(uuid, double precision, integer) is
  'The heads that moved since they were last signed, where that is so many seconds ago, in the '
  'order of tenants behind the one given.';
comment on function keep_signature(uuid, bigint, bytea, timestamptz, text, bytea) is
  'Keeps a signature; false where another server has kept one of this head.';
comment on function signatures_to_verify(uuid, bigint, integer) is
  'Signatures in order, and whether the log still has the event that they sign.';
comment on function signature_stands(uuid, bigint, bytea) is
  'Whether the log of a tenant has an event of this number and hash.';
comment on function tenants_with_a_log(uuid, integer) is 'Whose logs there are, in order.';
comment on function verify_event_chain(uuid) is
  'The first broken link of a tenant''s log and what is wrong with it; nulls where the chain '
  'holds. A chain that somebody computed anew holds: see audit_signature.';
comment on function purge_events(double precision, integer) is
  'Takes changes and names out of events older than these seconds, and removes what is as old from '
  'the logs of accounts; of how many. Call it again where as many as rows_max were found.';
comment on function erase_tenant_events(uuid) is
  'Takes changes and names out of all events of a tenant; of how many. The links stay.';
comment on function forget_account_events() is
  'Trigger: a person who goes leaves nothing in the logs but the id of an account that is no more.';
comment on function forget_invitation_events() is
  'Trigger: an invitation that is removed leaves no address in the log.';

grant execute on function forget_account_events(), forget_invitation_events() to hub_owner;
grant execute on function
  heads_to_sign(uuid, double precision, integer),
  keep_signature(uuid, bigint, bytea, timestamptz, text, bytea),
  event_ends(uuid[]),
  purge_events(double precision, integer)
  to hub_app_write;

reset role;
set local role hub_owner;

create trigger forget_account_events after delete on account
for each row execute function forget_account_events();
create trigger forget_invitation_events after delete on invitation
for each row execute function forget_invitation_events();

reset role;

-- What changes nothing is not written, and what is kept of a person is theirs ---------------------

set local role hub_owner;
grant update (role) on solution_role to hub_auth;
reset role;

set local role hub_auth;

create or replace function change_role(
  actor uuid, tenant uuid, person uuid, role text, solution_roles jsonb, out outcome text)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  so_far text;
begin
  select m.role into so_far from membership m
  where m.tenant_id = change_role.tenant and m.account_id = change_role.person
  for no key update;
  -- A role that somebody has is theirs, whatever the plan says by now.
  outcome := case
    when so_far is null then 'not_found'
    else refused_role(
      change_role.tenant, nullif(change_role.role, so_far),
      coalesce(change_role.solution_roles, '{}'))
  end;
  if outcome is not null then
    return;
  end if;
  if change_role.solution_roles is not null then
    -- Only what differs is written, or the log would tell of changes that are none.
    delete from solution_role r
    where r.tenant_id = change_role.tenant and r.account_id = change_role.person
      and not change_role.solution_roles ? r.solution;
    insert into solution_role as r (tenant_id, account_id, solution, role)
    select change_role.tenant, change_role.person, given.solution, given.role
    from jsonb_each_text(change_role.solution_roles) as given (solution, role)
    on conflict (tenant_id, account_id, solution) do update set role = excluded.role
    where r.role <> excluded.role;
  end if;
  update membership m set role = change_role.role
  where m.tenant_id = change_role.tenant and m.account_id = change_role.person
    and m.role <> change_role.role;
  -- Whoever gives up their own role had it until now.
  perform require_administrators(
    change_role.tenant,
    case
      when change_role.actor <> change_role.person then change_role.actor
      when so_far = 'administrator' then (
        select m.account_id from membership m
        where m.tenant_id = change_role.tenant and m.role = 'administrator'
        limit 1)
    end);
  if so_far = 'administrator' and change_role.role <> 'administrator' then
    perform revoke_invitations_of(change_role.tenant, change_role.person);
  end if;
  outcome := 'changed';
exception
  when sqlstate 'HB409' then
    outcome := 'last_administrator';
end
$$;


create or replace function export_account(
  session uuid, account uuid, rows_max integer, out outcome text, out document jsonb)
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person account;
begin
  perform from session s
  where s.id = export_account.session and s.account_id = export_account.account
    and s.revoked_at is null and is_fresh(s.authenticated_at);
  if not found then
    outcome := 'stale';
    return;
  end if;
  select a.* into person from account a where a.id = export_account.account;
  outcome := 'done';
  document := jsonb_build_object(
    'exportedAt', now(),
    'profile', jsonb_build_object(
      'id', person.id, 'firstName', person.first_name, 'lastName', person.last_name,
      'displayName', person.display_name, 'phone', person.phone, 'country', person.country,
      'language', person.language, 'signedUpAt', person.created_at,
      'updatedAt', person.updated_at),
    'photo', (
      select jsonb_build_object('path', person.photo_url, 'storedAt', p.stored_at)
      from photo p where p.account_id = person.id),
    'login', jsonb_build_object(
      'email', person.email, 'pendingEmail', person.pending_email,
      'hasPassword', person.has_password, 'passwordChangedAt', person.password_changed_at),
    'google', (
      select jsonb_build_object('subject', g.subject, 'email', g.email, 'linkedAt', g.linked_at)
      from account_google g where g.account_id = person.id),
    'secondFactor', (
      select jsonb_build_object(
        'enrolledAt', f.created_at, 'confirmedAt', f.confirmed_at,
        'recoveryCodesUsedAt', (
          select coalesce(jsonb_agg(c.used_at order by c.used_at), '[]')
          from recovery_code c where c.account_id = f.account_id and c.used_at is not null),
        'recoveryAskedAt', f.recovery_asked_at)
      from second_factor f where f.account_id = person.id),
    'memberships', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'companyId', m.tenant_id, 'companyName', m.company_name, 'role', m.role,
        'solutionRoles', (
          select coalesce(jsonb_object_agg(r.solution, r.role), '{}')
          from solution_role r
          where r.tenant_id = m.tenant_id and r.account_id = m.account_id),
        'joinedAt', m.joined_at) order by m.joined_at), '[]')
      from membership m where m.account_id = person.id),
    'sessions', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'device', s.device, 'addressRange', s.address_range, 'createdAt', s.created_at,
        'lastSeenAt', s.last_seen_at, 'authenticatedAt', s.authenticated_at,
        'expiresAt', s.expires_at, 'endedAt', s.revoked_at) order by s.created_at desc), '[]')
      from (
        select * from session own where own.account_id = person.id
        order by own.created_at desc limit export_account.rows_max) as s),
    'links', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'purpose', l.purpose, 'address', l.address, 'createdAt', l.created_at,
        'expiresAt', l.expires_at, 'usedAt', l.used_at, 'voidedAt', l.voided_at)
        order by l.created_at desc), '[]')
      from (
        select * from one_time_link own where own.account_id = person.id
        order by own.created_at desc limit export_account.rows_max) as l),
    'mails', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'kind', m.kind, 'address', m.address, 'language', m.language, 'askedForAt', m.created_at,
        'sentAt', m.sent_at) order by m.created_at desc), '[]')
      from (
        select * from mail own where own.account_id = person.id
        order by own.created_at desc limit export_account.rows_max) as m),
    -- Whom they invited is another person's to be told.
    'invitationsSent', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'companyId', i.tenant_id, 'role', i.role, 'invitedAt', i.invited_at,
        'status', invitation_status(i.accepted_at, i.revoked_at, i.expires_at, now()))
        order by i.invited_at desc), '[]')
      from (
        select * from invitation own where own.invited_by = person.id
        order by own.invited_at desc limit export_account.rows_max) as i),
    'invitationsAccepted', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'companyId', i.tenant_id, 'email', i.email, 'role', i.role, 'invitedAt', i.invited_at,
        'acceptedAt', i.accepted_at) order by i.accepted_at desc), '[]')
      from (
        select * from invitation own where own.accepted_by = person.id
        order by own.accepted_at desc limit export_account.rows_max) as i),
    'integrationsConnected', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'companyId', c.tenant_id, 'integration', c.integration, 'connectedAt', c.connected_at)
        order by c.connected_at), '[]')
      from integration_connection c where c.connected_by = person.id),
    'loginEvents', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'type', e.type, 'at', e.at, 'by', e.actor_kind, 'details', e.details)
        order by e.id desc), '[]')
      from (
        select * from account_event own where own.account_id = person.id
        order by own.id desc limit export_account.rows_max) as e));
end
$$;


reset role;

-- A solution's backend acts in its solution's name ------------------------------------------------

set local role hub_service;

create or replace function service_guard(token_hash bytea) returns void
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  solution constant text := service_solution(service_guard.token_hash);
begin
  if solution is null then
    raise exception 'the service token is unknown, over or revoked' using errcode = 'HB401';
  end if;
  perform set_config('app.actor', 'service:' || solution, true);
end
$$;

comment on function service_guard(bytea) is
  'The first statement of every act of a solution''s backend: raises HB401 where the token is not '
  'good now, so that PostgreSQL skips what stands behind it in the same batch. From then on the '
  'transaction acts for the solution (app.actor).';

reset role;
revoke create on schema public from hub_log, hub_auth, hub_service;
