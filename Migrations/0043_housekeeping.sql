-- What is over and is kept no longer. What comes out: functions that take it away in bounded
-- batches, each a short transaction of its own, and the choice of companies within a bound.
--
-- Whoever is at a row keeps it until the next time (SKIP LOCKED): nobody waits for housekeeping, it
-- waits for nobody, and several servers at once take different rows. Nothing goes that is still
-- asked: while a session may live, all its refresh tokens stay, by which a stolen one is noticed;
-- of ended sessions those stay by which a device or a network is known again; a link stays until it
-- is long past use and no mail carries it, the undoing of a change of address among them.

set local row_security = on;

set local role hub_owner;

alter table session add column kept_at timestamptz;

comment on column session.kept_at is
  'When housekeeping last found that this session, though it has ended, is still needed to know a '
  'device or a network again; null: not yet.';

-- When an ended session is to be looked at: by its end, or by when it was last kept.
create index session_to_purge on session ((greatest(kept_at, least(revoked_at, idle_expires_at))));

reset role;

grant create on schema public to hub_auth;
set local role hub_auth;

create function purge_guesses(rows_max integer) returns integer
language sql security definer
set search_path = pg_catalog, public, pg_temp
as $$
  with old as (
    select g.email_hash, g.client from sign_in_guess g
    where g.full_at < now()
    limit purge_guesses.rows_max
    for update skip locked),
  removed as (
    delete from sign_in_guess g using old
    where g.email_hash = old.email_hash and g.client = old.client
    returning 1)
  select count(*)::integer from removed
$$;

comment on function purge_guesses(integer) is
  'Removes buckets of guesses that are full again, which a bucket without a row is as well; how '
  'many. Call it again where as many as rows_max were removed.';

create function purge_link_requests(kept_seconds double precision, rows_max integer)
returns integer
language sql security definer
set search_path = pg_catalog, public, pg_temp
as $$
  with old as (
    select r.address_hash from link_request r
    where r.window_started_at < now() - make_interval(secs => purge_link_requests.kept_seconds)
    limit purge_link_requests.rows_max
    for update skip locked),
  removed as (
    delete from link_request r using old where r.address_hash = old.address_hash returning 1)
  select count(*)::integer from removed
$$;

comment on function purge_link_requests(double precision, integer) is
  'Removes counts of requests for mails that began longer ago than these seconds, which have to be '
  'more than the window they are counted in; how many.';

create function purge_challenges(rows_max integer) returns integer
language sql security definer
set search_path = pg_catalog, public, pg_temp
as $$
  with old as (
    select c.hash from sign_in_challenge c
    where c.expires_at < now()
    limit purge_challenges.rows_max
    for update skip locked),
  removed as (delete from sign_in_challenge c using old where c.hash = old.hash returning 1)
  select count(*)::integer from removed
$$;

comment on function purge_challenges(integer) is
  'Removes sign-ins whose second factor did not come in time, and those that were completed, once '
  'their time is over; how many.';

create function purge_journeys(rows_max integer) returns integer
language sql security definer
set search_path = pg_catalog, public, pg_temp
as $$
  with old as (
    select f.hash from google_flow f
    where f.expires_at < now()
    limit purge_journeys.rows_max
    for update skip locked),
  removed as (delete from google_flow f using old where f.hash = old.hash returning 1)
  select count(*)::integer from removed
$$;

comment on function purge_journeys(integer) is
  'Removes journeys to Google that did not come back in time; how many.';

create function purge_refresh_tokens(ended_seconds double precision, rows_max integer)
returns integer
language sql security definer
set search_path = pg_catalog, public, pg_temp
as $$
  with old as (
    select t.hash from session s
    join refresh_token t on t.session_id = s.id
    where greatest(s.kept_at, least(s.revoked_at, s.idle_expires_at))
      < now() - make_interval(secs => purge_refresh_tokens.ended_seconds)
    limit purge_refresh_tokens.rows_max
    for update of t skip locked),
  removed as (delete from refresh_token t using old where t.hash = old.hash returning 1)
  select count(*)::integer from removed
$$;

comment on function purge_refresh_tokens(double precision, integer) is
  'Removes the refresh tokens of sessions that ended longer ago than these seconds; how many. '
  'While a session may live all its tokens stay, the used ones too: a used one that comes again is '
  'how a theft is noticed.';

create function purge_sessions(
  ended_seconds double precision, device_seconds double precision,
  network_seconds double precision, rows_max integer,
  out removed integer, out looked_at integer)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
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

comment on function purge_sessions(
  double precision, double precision, double precision, integer) is
  'Removes sessions that ended longer ago than ended_seconds, but for those by which a sign-in is '
  'known not to be a stranger''s: the last one of each device, until device_seconds after its end, '
  'and of each network that was signed in from within network_seconds. The last of each account '
  'stays. What stays is looked at again after ended_seconds. Call purge_refresh_tokens before it, '
  'and it again where looked_at is rows_max.';

create function purge_links(expired_seconds double precision, rows_max integer) returns integer
language sql security definer
set search_path = pg_catalog, public, pg_temp
as $$
  with old as (
    select l.id from one_time_link l
    where l.expires_at < now() - make_interval(secs => purge_links.expired_seconds)
      and not exists (select from mail m where m.link_id = l.id)
    limit purge_links.rows_max
    for update of l skip locked),
  removed as (delete from one_time_link l using old where l.id = old.id returning 1)
  select count(*)::integer from removed
$$;

comment on function purge_links(double precision, integer) is
  'Removes links that expired longer ago than these seconds, used and void ones too, once no mail '
  'carries them; how many. A mail that is still to be sent needs its link, and one that is kept '
  'tells by it whose invitation it was.';

-- The choice at sign-in ---------------------------------------------------------------------------

drop function companies_of(uuid);

create function companies_of(account uuid, rows_max integer)
returns table (tenant_id uuid, company_name text, role text)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select m.tenant_id, m.company_name, m.role
  from membership m
  where m.account_id = companies_of.account
  order by m.company_name, m.tenant_id
  limit companies_of.rows_max
$$;

comment on function companies_of(uuid, integer) is
  'The companies that a person belongs to, by name and so many at most: the choice at sign-in, '
  'asked for only after the password was verified.';

grant execute on function
  purge_guesses(integer),
  purge_link_requests(double precision, integer),
  purge_challenges(integer),
  purge_journeys(integer),
  purge_refresh_tokens(double precision, integer),
  purge_sessions(double precision, double precision, double precision, integer),
  purge_links(double precision, integer),
  companies_of(uuid, integer)
  to hub_app_write;

reset role;
revoke create on schema public from hub_auth;
