-- The API tokens of companies, which their partners' programs show. What comes out: the table of
-- them, the functions by which administrators make, rotate and revoke them, and those that say
-- whose a token is and guard what it changes.
--
-- A token belongs to its company and to nobody's session: it stays when its maker leaves, and goes
-- with the company. What never changes of it (company, id, scopes) may be kept in memory; whether
-- it is good is asked in each batch.

set local row_security = on;

set local role hub_owner;

create table api_token (
  tenant_id uuid not null references company on delete cascade
    check (tenant_id <> '00000000-0000-0000-0000-000000000000'),
  id uuid not null default gen_random_uuid(),
  name text not null check (char_length(name) between 1 and 100 and name !~ '[[:cntrl:]]'),
  scopes text[] not null
    check (cardinality(scopes) between 1 and 100 and array_position(scopes, null) is null),
  hash bytea not null check (length(hash) = 32),
  previous_hash bytea check (length(previous_hash) = 32),
  previous_until timestamptz,
  created_by uuid,
  created_at timestamptz not null default now(),
  rotated_at timestamptz,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  last_used_at timestamptz,
  primary key (tenant_id, id),
  check (expires_at > created_at),
  check ((previous_hash is null) = (previous_until is null))
);

-- A token is found before its company is known. The hashes of random tokens do not meet, and a
-- constraint on them would cross tenants.
create index api_token_by_hash on api_token (hash);
create index api_token_by_previous_hash on api_token (previous_hash)
  where previous_hash is not null;
create index api_token_to_purge on api_token (least(revoked_at, expires_at));
create index api_token_by_maker on api_token (created_by);

comment on table api_token is
  'The tokens by which partners'' programs act for a company. Its administrators make them; in '
  'another house they would open nothing. [redacted]';
comment on column api_token.tenant_id is 'The company, which is all that the token reaches.';
comment on column api_token.id is 'Names the token to people and in the log; it is no part of it.';
comment on column api_token.name is 'What its maker calls it, such as the partner''s name.';
comment on column api_token.scopes is
  'What it opens, such as company:read. A scope that the server does not know opens nothing.';
comment on column api_token.hash is 'SHA-256 of the token, which was shown once.';
comment on column api_token.previous_hash is
  'SHA-256 of the text before the last rotation; null: never rotated, or made void.';
comment on column api_token.previous_until is 'Until when the text before is good too.';
comment on column api_token.created_by is 'The account that made it; it may be gone since.';
comment on column api_token.created_at is 'When it was made.';
comment on column api_token.rotated_at is 'When it last got another text; null: it never did.';
comment on column api_token.expires_at is 'From when on it is good for nothing.';
comment on column api_token.revoked_at is
  'When it was revoked: refused from then on. Null: it was not.';
comment on column api_token.last_used_at is
  'When it was last used, to within a minute or so. Null: it never was.';

create function api_token_status(revoked_at timestamptz, expires_at timestamptz, at timestamptz)
returns text
language sql immutable parallel safe
as $$
  select case
    when revoked_at is not null then 'REVOKED' when expires_at <= at then 'EXPIRED'
    else 'ACTIVE' end
$$;

comment on function api_token_status(timestamptz, timestamptz, timestamptz) is
  'Whether a token is good at that time: ACTIVE, EXPIRED or REVOKED.';

alter table api_token enable row level security, force row level security;
create policy api_token_of_tenant on api_token for select to hub_app
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
grant select (
  tenant_id, id, name, scopes, previous_until, created_by, created_at, rotated_at, expires_at,
  revoked_at, last_used_at) on api_token to hub_app;
create policy api_token_by_auth on api_token to hub_auth using (true);
grant select, insert, update, delete on api_token to hub_auth;
grant execute on function api_token_status(timestamptz, timestamptz, timestamptz)
  to hub_app, hub_auth;

reset role;

grant create on schema public to hub_auth;
set local role hub_auth;

-- Making and ending -------------------------------------------------------------------------------
-- Behind app_guard, in its batch: for administrators, by a proof that is fresh.

create function create_api_token(
  session uuid, account uuid, tenant uuid, name text, scopes text[], hash bytea,
  expires_at timestamptz, tokens_max integer, days_max integer,
  out outcome text, out id uuid)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if not exists (
    select from session s
    where s.id = create_api_token.session and s.account_id = create_api_token.account
      and is_fresh(s.authenticated_at))
  then
    outcome := 'not_fresh';
    return;
  end if;
  if create_api_token.expires_at <= now() then
    outcome := 'expired';
    return;
  elsif create_api_token.expires_at > now() + make_interval(days => days_max) then
    outcome := 'too_long';
    return;
  end if;
  -- Who makes them does so one after the other, so that the limit holds.
  perform pg_advisory_xact_lock(
    hashtextextended('mi-alegra: tokens of ' || create_api_token.tenant, 0));
  if (
    select count(*) from api_token t
    where t.tenant_id = create_api_token.tenant
      and api_token_status(t.revoked_at, t.expires_at, now()) = 'ACTIVE') >= tokens_max
  then
    outcome := 'too_many';
    return;
  end if;
  insert into api_token as t (tenant_id, name, scopes, hash, created_by, expires_at)
  values (
    create_api_token.tenant, create_api_token.name, create_api_token.scopes,
    create_api_token.hash, create_api_token.account,
    coalesce(create_api_token.expires_at, now() + interval '1 year'))
  returning t.id into create_api_token.id;
  outcome := 'created';
end
$$;

comment on function create_api_token(
  uuid, uuid, uuid, text, text[], bytea, timestamptz, integer, integer) is
  'Keeps a new token of a company by its hash; without a time it is good for a year. Outcomes: '
  'created; not_fresh; expired or too_long (the time given); too_many (there are tokens_max).';

create function rotate_api_token(
  session uuid, account uuid, tenant uuid, token uuid, hash bytea, overlap_seconds integer)
returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if not exists (
    select from session s
    where s.id = rotate_api_token.session and s.account_id = rotate_api_token.account
      and is_fresh(s.authenticated_at))
  then
    return 'not_fresh';
  end if;
  update api_token t set
    previous_hash = case when overlap_seconds > 0 then t.hash end,
    previous_until = case
      when overlap_seconds > 0 then now() + make_interval(secs => overlap_seconds) end,
    hash = rotate_api_token.hash, rotated_at = now()
  where t.tenant_id = rotate_api_token.tenant and t.id = rotate_api_token.token
    and t.revoked_at is null and t.expires_at > now();
  return case when found then 'rotated' else 'not_found' end;
end
$$;

comment on function rotate_api_token(uuid, uuid, uuid, uuid, bytea, integer) is
  'Gives a token another text; the one so far stays good for so long, and any before it ends. '
  'Outcomes: rotated; not_fresh; not_found: foreign, over, revoked, or never was.';

create function revoke_api_token(tenant uuid, token uuid) returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  -- What acts by the token holds its row (token_guard): behind this nothing of it commits.
  update api_token t set revoked_at = now(), previous_hash = null, previous_until = null
  where t.tenant_id = revoke_api_token.tenant and t.id = revoke_api_token.token
    and t.revoked_at is null;
  if found or exists (
    select from api_token t
    where t.tenant_id = revoke_api_token.tenant and t.id = revoke_api_token.token)
  then
    return 'revoked';
  end if;
  return 'not_found';
end
$$;

comment on function revoke_api_token(uuid, uuid) is
  'Ends a token for good, both of its texts. Outcomes: revoked (now or before); not_found.';

create function revoke_tokens_of_intruder() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  update api_token t set revoked_at = now(), previous_hash = null, previous_until = null
  where t.created_by = new.id and t.revoked_at is null
    and greatest(t.created_at, t.rotated_at) > now() - interval '72 hours';
  return null;
end
$$;

comment on function revoke_tokens_of_intruder() is
  'Trigger: where an undoing takes a password away, whoever knew it may have made tokens to stay. '
  'Those of the 72 hours in which it can be undone go with it.';

-- Whose a token is --------------------------------------------------------------------------------

create function api_token_of(hash bytea)
returns table (tenant_id uuid, id uuid, scopes text[])
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select t.tenant_id, t.id, t.scopes
  from api_token t
  where t.revoked_at is null and t.expires_at > now()
    and (t.hash = api_token_of.hash
      or t.previous_hash = api_token_of.hash and t.previous_until > now())
$$;

comment on function api_token_of(bytea) is
  'What never changes of a token, by its SHA-256: one row where it is good now, none otherwise.';

create function is_api_token(tenant uuid, token uuid, hash bytea) returns boolean
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select exists (
    select from api_token t
    where t.tenant_id = is_api_token.tenant and t.id = is_api_token.token
      and t.revoked_at is null and t.expires_at > now()
      and (t.hash = is_api_token.hash
        or t.previous_hash = is_api_token.hash and t.previous_until > now()))
$$;

comment on function is_api_token(uuid, uuid, bytea) is
  'Whether this is a token of the company''s that is good now. To be asked in each batch.';

create function token_guard(tenant uuid, token uuid, hash bytea, scope text) returns void
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  scopes text[];
begin
  -- Held until the commit: whoever revokes it waits, and nothing is done by it afterwards.
  select t.scopes into scopes
  from api_token t
  where t.tenant_id = token_guard.tenant and t.id = token_guard.token
    and t.revoked_at is null and t.expires_at > now()
    and (t.hash = token_guard.hash
      or t.previous_hash = token_guard.hash and t.previous_until > now())
  for share;
  if scopes is null then
    raise exception 'the token is unknown, over or revoked' using errcode = 'HB401';
  elsif token_guard.scope is null or token_guard.scope <> all (scopes) then
    raise exception 'the token lacks the scope %', token_guard.scope using errcode = 'HB403';
  end if;
  perform set_config('app.actor', 'token:' || token_guard.token, true);
end
$$;

comment on function token_guard(uuid, uuid, bytea, text) is
  'The first statement of every act of a partner''s program: raises HB401 where the token is not '
  'good now, HB403 where it lacks the scope, so that PostgreSQL skips what stands behind it in '
  'the same batch. From then on the transaction acts for the token (app.actor).';

create function note_api_tokens_used(tenants uuid[], tokens uuid[], seconds_ago integer[])
returns integer
language sql security definer
set search_path = pg_catalog, public, pg_temp
as $$
  -- A row that somebody holds is in use, or being ended: nobody waits for this note.
  with free as (
    select t.tenant_id, t.id, now() - make_interval(secs => used.seconds_ago) as used_at
    from unnest(
      note_api_tokens_used.tenants, note_api_tokens_used.tokens,
      note_api_tokens_used.seconds_ago) as used (tenant, token, seconds_ago)
    join api_token t on t.tenant_id = used.tenant and t.id = used.token
    where t.revoked_at is null
    for no key update of t skip locked
  ), noted as (
    update api_token t set last_used_at = free.used_at
    from free
    where t.tenant_id = free.tenant_id and t.id = free.id
      and (t.last_used_at is null or t.last_used_at < free.used_at)
    returning 1
  )
  select count(*)::integer from noted
$$;

comment on function note_api_tokens_used(uuid[], uuid[], integer[]) is
  'Writes down when tokens were last used, each so many seconds ago by the server''s count; how '
  'many were older. What was noted later stays.';

create function purge_api_tokens(over_seconds double precision, rows_max integer)
returns integer
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
as $$
declare
  removed integer;
begin
  perform set_config('app.actor', 'job:housekeeping', true);
  delete from api_token t
  where (t.tenant_id, t.id) in (
    select old.tenant_id, old.id from api_token old
    where least(old.revoked_at, old.expires_at) < now() - make_interval(secs => over_seconds)
    order by least(old.revoked_at, old.expires_at)
    limit rows_max
    for update skip locked);
  get diagnostics removed = row_count;
  return removed;
end
$$;

comment on function purge_api_tokens(double precision, integer) is
  'Removes tokens that have been over for so long, so many of them; how many.';

grant execute on function api_token_of(bytea), is_api_token(uuid, uuid, bytea) to hub_app;
grant execute on function
  create_api_token(uuid, uuid, uuid, text, text[], bytea, timestamptz, integer, integer),
  rotate_api_token(uuid, uuid, uuid, uuid, bytea, integer), revoke_api_token(uuid, uuid),
  token_guard(uuid, uuid, bytea, text), note_api_tokens_used(uuid[], uuid[], integer[]),
  purge_api_tokens(double precision, integer)
  to hub_app_write;
grant execute on function revoke_tokens_of_intruder() to hub_owner;

reset role;
revoke create on schema public from hub_auth;

-- The log -----------------------------------------------------------------------------------------

grant create on schema public to hub_log;
set local role hub_log;

create function record_api_token() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  recorded constant text[] := array[
    'name name', 'scopes scopes', 'expires_at expiresAt'];
  changes jsonb := event_changes(to_jsonb(old), to_jsonb(new), recorded);
  happened text;
begin
  if tg_op = 'DELETE' then
    if company_stands(old.tenant_id) then
      perform record_event(old.tenant_id, 'api_token.removed', old.id::text, changes);
    end if;
    return null;
  end if;
  happened := case
    when old is null then 'created'
    when old.revoked_at is null and new.revoked_at is not null then 'revoked'
    when new.hash <> old.hash then 'rotated'
    when changes <> '[]' or new.revoked_at is distinct from old.revoked_at then 'updated'
  end;
  -- That it was used is no change of it.
  if happened is not null then
    perform record_event(new.tenant_id, 'api_token.' || happened, new.id::text, changes);
  end if;
  return null;
end
$$;

comment on function record_api_token() is
  'Constraint trigger, at commit: api_token.created, api_token.rotated, api_token.revoked, '
  'api_token.updated, api_token.removed. Of its texts nothing is told.';

grant execute on function record_api_token() to hub_owner;

reset role;
revoke create on schema public from hub_log;
set local role hub_owner;

create trigger note_event_tenant after insert or update or delete on api_token
for each row execute function note_event_tenant();
create constraint trigger event_at_commit after insert or update or delete on api_token
deferrable initially deferred for each row execute function record_api_token();
create trigger refuse_truncate before truncate on api_token
for each statement execute function refuse_truncate();

create trigger revoke_tokens_of_intruder after update of password_hash on account
for each row when (old.password_hash is not null and new.password_hash is null)
execute function revoke_tokens_of_intruder();

reset role;
