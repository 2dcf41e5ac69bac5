-- Secrets at rest and the keys that seal them; and what waits in the outbox. What comes out: which
-- keys are in use, the way by which an operator seals secrets anew under another key, and what
-- `doctor` tells of the mails. And the plans of what takes away what is over.
--
-- An envelope begins with its version, the length of its key's name, and the name: so the database
-- can tell under which key a secret is sealed, and nothing else of it. The functions for sealing
-- anew are the operators': no role of the server may call them, so that none can read envelopes in
-- bulk. A secret is replaced where it is still the one that was read, so that a server that
-- writes another one meanwhile wins.

set local row_security = on;

set local role hub_owner;

grant select (tenant_id, integration, sealed_credentials), update (sealed_credentials)
  on integration_connection to hub_auth;

create function sealing_key_of(sealed bytea) returns text
language sql immutable parallel safe
as $$
  select case
    when length(sealed) > 2 and get_byte(sealed, 0) = 1 and get_byte(sealed, 1) > 0
      and length(sealed) >= 2 + get_byte(sealed, 1)
    then encode(substring(sealed from 3 for get_byte(sealed, 1)), 'escape')
  end
$$;

comment on function sealing_key_of(bytea) is
  'The name of the key that a secret at rest is sealed under; null where it is no envelope.';

grant execute on function sealing_key_of(bytea) to hub_auth;

reset role;

grant create on schema public to hub_auth, hub_delivery;
set local role hub_auth;

create function sealing_keys_in_use(out place text, out key_name text, out secrets bigint)
returns setof record
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select 'second_factor.sealed_secret', sealing_key_of(f.sealed_secret), count(*)
  from second_factor f
  group by 2
  union all
  select 'integration_connection.sealed_credentials', sealing_key_of(c.sealed_credentials),
    count(*)
  from integration_connection c
  where c.sealed_credentials is not null
  group by 2
  order by 1, 2
$$;

comment on function sealing_keys_in_use() is
  'Under which keys the secrets at rest are sealed, and how many each; null for those that are no '
  'envelope. A key that is not named here may be taken out of SEALING_KEYS.';

create function secrets_to_reseal(
  place text, key_name text, after_tenant uuid, after_row text, rows_max integer,
  out tenant uuid, out row_key text, out sealed bytea)
returns setof record
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if place = 'second_factor.sealed_secret' then
    return query
    select null::uuid, f.account_id::text, f.sealed_secret
    from second_factor f
    where sealing_key_of(f.sealed_secret) is distinct from secrets_to_reseal.key_name
      and (after_row is null or f.account_id > after_row::uuid)
    order by f.account_id
    limit rows_max;
  elsif place = 'integration_connection.sealed_credentials' then
    return query
    select c.tenant_id, c.integration, c.sealed_credentials
    from integration_connection c
    where c.sealed_credentials is not null
      and sealing_key_of(c.sealed_credentials) is distinct from secrets_to_reseal.key_name
      and (after_row is null or (c.tenant_id, c.integration) > (after_tenant, after_row))
    order by c.tenant_id, c.integration
    limit rows_max;
  end if;
end
$$;

comment on function secrets_to_reseal(text, text, uuid, text, integer) is
  'The next envelopes of a place, as sealing_keys_in_use names it, that are not sealed under this '
  'key, behind the row given; null: from the first. The tenant is null where the secret is a '
  'person''s. For operators: `mi-alegra keys reseal`.';

create function reseal(place text, tenant uuid, row_key text, before bytea, after bytea)
returns boolean
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if place = 'second_factor.sealed_secret' then
    update second_factor f set sealed_secret = reseal.after
    where f.account_id = reseal.row_key::uuid and f.sealed_secret = reseal.before;
  elsif place = 'integration_connection.sealed_credentials' then
    update integration_connection c set sealed_credentials = reseal.after
    where c.tenant_id = reseal.tenant and c.integration = reseal.row_key
      and c.sealed_credentials = reseal.before;
  end if;
  return found;
end
$$;

comment on function reseal(text, uuid, text, bytea, bytea) is
  'Puts an envelope in the place of another one of the same secret; false where that is no longer '
  'the one there. For operators: `mi-alegra keys reseal`.';

grant execute on function sealing_keys_in_use() to hub_app_write;

-- Purging -----------------------------------------------------------------------------------------
-- These join, and are planned for the very batch from now on (force_custom_plan): without knowing
-- how few rows are wanted they read the tables whole, each time.

create or replace function purge_refresh_tokens(ended_seconds double precision, rows_max integer)
returns integer
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
as $$
declare
  removed integer;
begin
  delete from refresh_token t
  where t.hash = any (array(
    select old.hash from session s
    join refresh_token old on old.session_id = s.id
    where greatest(s.kept_at, least(s.revoked_at, s.idle_expires_at))
      < now() - make_interval(secs => ended_seconds)
    limit rows_max
    for update of old skip locked));
  get diagnostics removed = row_count;
  return removed;
end
$$;

create or replace function purge_sessions(
  ended_seconds double precision, device_seconds double precision,
  network_seconds double precision, rows_max integer,
  out removed integer, out looked_at integer)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
as $$
declare
  due uuid[];
begin
  -- Tokens before sessions, as whoever goes on with one takes them: one that still has any waits
  -- until they are removed, so that it takes no thousands of them along.
  select coalesce(array_agg(found.id), '{}') into due
  from (
    select s.id from session s
    where greatest(s.kept_at, least(s.revoked_at, s.idle_expires_at))
        < now() - make_interval(secs => ended_seconds)
      and not exists (select from refresh_token t where t.session_id = s.id)
    limit rows_max
    for update of s skip locked) as found;
  looked_at := cardinality(due);

  delete from session s
  where s.id = any (due)
    -- Its device is known by a later one, or was not seen for so long that it is no longer known;
    -- but where no session is left at all, a sign-in from a new device would be taken for the
    -- first one ever, of which nobody is told.
    and exists (
      select from session later
      where later.account_id = s.account_id
        and (later.created_at, later.id) > (s.created_at, s.id)
        and (later.device = s.device
          or least(s.revoked_at, s.idle_expires_at)
            < now() - make_interval(secs => device_seconds)))
    -- And so is its network.
    and (s.address_range = ''
      or s.created_at < now() - make_interval(secs => network_seconds)
      or exists (
        select from session later
        where later.account_id = s.account_id and later.address_range = s.address_range
          and (later.created_at, later.id) > (s.created_at, s.id)));
  get diagnostics removed = row_count;

  update session s set kept_at = now() where s.id = any (due);
end
$$;

create or replace function purge_links(expired_seconds double precision, rows_max integer)
returns integer
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
set plan_cache_mode = force_custom_plan
as $$
declare
  removed integer;
begin
  delete from one_time_link l
  where l.id = any (array(
    select old.id from one_time_link old
    where old.expires_at < now() - make_interval(secs => expired_seconds)
      and not exists (select from mail m where m.link_id = old.id)
    limit rows_max
    for update of old skip locked));
  get diagnostics removed = row_count;
  return removed;
end
$$;

reset role;
set local role hub_delivery;

create function outbox_state(
  out waiting bigint, out waiting_since timestamptz, out given_up bigint,
  out given_up_at timestamptz, out failure text)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select w.waiting, w.waiting_since, g.given_up, last.given_up_at, last.failure
  from (
    select count(*), min(m.created_at) from mail m
    where m.sent_at is null and m.given_up_at is null) as w (waiting, waiting_since)
  cross join (select count(*) from mail m where m.given_up_at is not null) as g (given_up)
  left join (
    select m.given_up_at, m.failure from mail m
    where m.given_up_at is not null
    order by m.given_up_at desc
    limit 1) as last on true
$$;

comment on function outbox_state() is
  'How many mails are still to be sent and since when the oldest of them waits, how many were '
  'given up, and of what the last one failed.';

grant execute on function outbox_state() to hub_app_write;

reset role;
revoke create on schema public from hub_auth, hub_delivery;
