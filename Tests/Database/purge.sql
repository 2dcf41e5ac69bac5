-- What is over goes when it is past keeping, and nothing before; each case is a row, with how old
-- it is and whether it is expected to stay. And what a batch leaves to the next one.

\ir expect.sql

begin;

insert into account (id, email, country)
select ('00000000-0000-4000-8000-0000000000' || n)::uuid, 'purge' || n || '@test.example', 'CO'
from unnest(array['d1', 'd2', 'd3']) as n;
\set ana '''00000000-0000-4000-8000-0000000000d1'''
\set luis '''00000000-0000-4000-8000-0000000000d2'''
\set caro '''00000000-0000-4000-8000-0000000000d3'''

-- Sessions: kept 30 days after their end, devices 400, networks known for 90 ----------------------

-- Ages in days: of the beginning, of the end (negative: still to come), and of the revocation.
create temporary table session_case (
  name text primary key, account uuid, device text, network text, began numeric, ended numeric,
  revoked numeric, stays boolean, id uuid not null default gen_random_uuid());

insert into session_case (name, account, device, network, began, ended, revoked, stays) values
  ('lives', :ana, 'phone', 'A', 1, -29, null, true),
  ('lives, the oldest of all', :ana, 'phone', 'A', 179, -1, null, true),
  ('ended by the clock yesterday', :ana, 'phone', 'A', 31, 1, null, true),
  ('revoked yesterday', :ana, 'phone', 'A', 60, -1, 1, true),
  ('ended 29 days ago', :ana, 'phone', 'A', 59, 29, null, true),
  ('ended 31 days ago, and a later one has its device and network',
    :ana, 'phone', 'A', 61, 31, null, false),
  ('revoked 31 days ago though it would live', :ana, 'phone', 'A', 60, -1, 31, false),
  ('the only one of a network of 61 days ago', :ana, 'phone', 'B', 61, 31, null, true),
  ('a network of 91 days ago', :ana, 'phone', 'C', 91, 61, null, false),
  ('no network', :ana, 'phone', '', 61, 31, null, false),
  ('the only one of its device', :ana, 'tablet', 'A', 399, 369, null, true),
  ('a device that ended 401 days ago', :ana, 'laptop', 'A', 431, 401, null, false),
  ('the earlier of two that began together', :luis, 'phone', 'A', 800, 770, null, false),
  ('the last of an account, however old', :luis, 'phone', 'Z', 799, 769, null, true),
  ('another account''s same device is none of it', :caro, 'phone', 'A', 700, 670, null, true);

insert into session (
  id, account_id, device, address_range, created_at, expires_at, idle_expires_at, revoked_at)
select id, account, device, network, now() - began * interval '1 day',
  now() - ended * interval '1 day', now() - ended * interval '1 day',
  now() - revoked * interval '1 day'
from session_case;
-- Three refresh tokens each, two of them used.
insert into refresh_token (hash, session_id, used_at, successor_hash)
select sha256(convert_to(id::text || n, 'UTF8')), id, case when n < 3 then now() end,
  case when n < 3 then sha256(convert_to(id::text || n + 1, 'UTF8')) end
from session_case cross join generate_series(1, 3) as n;

set local role hub_app_write;

select pg_temp.expect('tokens before sessions: none is looked at yet', (removed, looked_at), (0, 0))
from purge_sessions(30 * 86400, 400 * 86400, 90 * 86400, 1000);
select pg_temp.expect('a batch of tokens is bounded', purge_refresh_tokens(30 * 86400, 10), 10);
reset role;
select pg_temp.expect('all the others of sessions that ended 31 days ago or more',
  purge_refresh_tokens(30 * 86400, 1000),
  (select 3 * count(*)::integer - 10 from session_case where coalesce(revoked, ended) >= 31));
select pg_temp.expect(name || ': its tokens', count(t.hash),
  case when coalesce(revoked, ended) >= 31 then 0::bigint else 3 end)
from session_case c
left join refresh_token t on t.session_id = c.id
group by name, revoked, ended;

set local role hub_app_write;
select pg_temp.expect('a batch looks at so many', looked_at, 3)
from purge_sessions(30 * 86400, 400 * 86400, 90 * 86400, 3);
do $$
begin
  for round in 1..20 loop
    exit when (
      select looked_at from purge_sessions(30 * 86400, 400 * 86400, 90 * 86400, 3)) = 0;
    perform pg_temp.expect('there is an end to it', round < 20, true);
  end loop;
end
$$;
reset role;
select pg_temp.expect(c.name, exists (select from session s where s.id = c.id), c.stays)
from session_case c;
select pg_temp.expect('what ended and stays is not looked at again at once',
  (select looked_at from purge_sessions(30 * 86400, 400 * 86400, 90 * 86400, 1000)), 0);

-- A month later nothing has changed but the age of it all.
update session set kept_at = kept_at - interval '31 days' where kept_at is not null;
select pg_temp.expect('it is looked at again a while after, and stays', (removed, looked_at),
  (0, (select count(*)::integer from session_case where stays and coalesce(revoked, ended) >= 31)))
from purge_sessions(30 * 86400, 400 * 86400, 90 * 86400, 1000);

-- Who still has a session of a device is not told of it as of a new one.
select pg_temp.expect('the devices that are known',
  string_agg(distinct device, ',' order by device), 'phone,tablet')
from session where account_id = :ana;

-- Links: kept 30 days after their time, and as long as a mail carries them ------------------------

create temporary table link_case (
  name text primary key, expired numeric, used boolean, mail text, stays boolean,
  id uuid not null default gen_random_uuid());

insert into link_case (name, expired, used, mail, stays) values
  ('an undoing that may still come', -3, false, null, true),
  ('used, before its time is over', -1, true, null, true),
  ('expired 29 days ago', 29, false, null, true),
  ('expired 31 days ago', 31, false, null, false),
  ('used, expired 31 days ago', 31, true, null, false),
  ('its mail is still to be sent', 31, false, 'waiting', true),
  ('its mail was sent and is kept', 31, false, 'sent', true),
  ('its mail was sent and is past keeping', 31, false, 'old', false),
  ('its mail was given up and is kept', 31, false, 'given up', true);

insert into one_time_link (id, purpose, account_id, address, created_at, expires_at, used_at)
select id, 'undo_email', :ana, 'purge@test.example', now() - (expired + 3) * interval '1 day',
  now() - expired * interval '1 day', case when used then now() - interval '1 hour' end
from link_case;
insert into mail (kind, address, name, language, link_id, sent_at, given_up_at)
select 'email_changed_undo', 'purge@test.example', '', 'es', id,
  case mail when 'sent' then now() - interval '29 days' when 'old' then now() - interval '31 days'
  end,
  case mail when 'given up' then now() - interval '89 days' end
from link_case where mail is not null;

set local role hub_app_write;
select pg_temp.expect('one mail is past keeping', purge_mails(30 * 86400, 90 * 86400, 1000), 1);
select pg_temp.expect('a batch of links is bounded', purge_links(30 * 86400, 2), 2);
select pg_temp.expect('the rest of the links', purge_links(30 * 86400, 1000), 1);
reset role;
select pg_temp.expect(c.name, exists (select from one_time_link l where l.id = c.id), c.stays)
from link_case c;

-- What passes by itself ---------------------------------------------------------------------------

delete from sign_in_guess;
insert into sign_in_guess (email_hash, client, full_at, step)
select sha256('purge'), n || ' s', now() - n * interval '1 second', '1 second'
from unnest(array[-60, 0, 1, 60]) as n;
insert into link_request (address_hash, window_started_at, requests)
select sha256(convert_to(n::text, 'UTF8')), now() - n * interval '1 hour', 9
from unnest(array[0, 23, 25]) as n;
insert into sign_in_challenge (hash, account_id, expires_at, used_at)
select sha256(convert_to(n::text, 'UTF8')), :ana, now() - n * interval '1 second',
  case when n = 60 then now() end
from unnest(array[-60, 0, 1, 60]) as n;
insert into google_flow (hash, intent, expires_at)
select sha256(convert_to(n::text, 'UTF8')), 'SIGN_IN', now() - n * interval '1 second'
from unnest(array[-60, 0, 1, 60]) as n;

insert into company (
  tenant_id, country_version, legal_name, currency_code, timezone, decimal_precision)
values (:ana, 'CO', 'Purge', 'COP', 'America/Bogota', 2);
insert into membership (tenant_id, account_id, role) values (:ana, :ana, 'administrator');
insert into company_solution (tenant_id, solution, country_version, plan, state)
values (:ana, 'pos', 'CO', 'pyme', 'ACTIVE');
insert into launch_code (tenant_id, hash, account_id, session_id, solution, expires_at)
select :ana, sha256(convert_to(n::text, 'UTF8')), :ana,
  (select id from session where account_id = :ana limit 1), 'pos', now() - n * interval '1 second'
from unnest(array[-60, 0, 1, 60]) as n;
insert into api_token (tenant_id, name, scopes, hash, created_at, expires_at, revoked_at)
select :ana, name, '{company:read}', sha256(name::bytea), now() - interval '200 days',
  now() - expired * interval '1 day', now() - revoked * interval '1 day'
from (values
  ('good', -1, null), ('over', 89, null), ('long over', 91, null), ('revoked', -1, 89),
  ('long revoked', -1, 91)) as t (name, expired, revoked);

set local role hub_app_write;
select pg_temp.expect('tokens that are long over go, by batches',
  array[
    purge_api_tokens(90 * 86400, 1), purge_api_tokens(90 * 86400, 9),
    purge_api_tokens(90 * 86400, 9)], array[1, 1, 0]);
reset role;
select pg_temp.expect('the others stay', string_agg(name, ', ' order by name),
  'good, over, revoked')
from api_token where tenant_id = :ana;
set local role hub_app_write;
select pg_temp.expect(
  'the first batch, and the second',
  array[
    purge_guesses(1), purge_guesses(9), purge_link_requests(86400, 9),
    purge_link_requests(86400, 9), purge_challenges(1), purge_challenges(9), purge_journeys(1),
    purge_journeys(9), purge_launch_codes(1), purge_launch_codes(9)],
  array[1, 1, 1, 0, 1, 1, 1, 1, 1, 1]);
reset role;
select pg_temp.expect('what is not over stays',
  array[
    (select count(*) from sign_in_guess), (select count(*) from link_request),
    (select count(*) from sign_in_challenge), (select count(*) from google_flow),
    (select count(*) from launch_code)],
  array[2::bigint, 2, 2, 2, 2]);

-- A read has no way to any of it.
set local role hub_app_read;
select pg_temp.expect_refusal('select purge_guesses(1)', '42501');
select pg_temp.expect_refusal('select purge_sessions(1, 1, 1, 1)', '42501');
rollback;
