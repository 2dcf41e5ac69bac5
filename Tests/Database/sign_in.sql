-- Signing in, going on, signing out, as hub_app_write does it: each outcome is a value, and what
-- it writes stays written.

\ir expect.sql

begin;
\ir ../../Migrations/demo/demo.sql
\set ana '''00000000-0000-4000-8000-0000000000a1'''
\set caro '''00000000-0000-4000-8000-0000000000a4'''
\set ejemplar '''00000000-0000-4000-8000-0000000000c1'''
\set modelo '''00000000-0000-4000-8000-0000000000c2'''
\set pampa '''00000000-0000-4000-8000-0000000000c3'''
insert into account (id, email, password_hash, country) values
  ('00000000-0000-4000-8000-0000000000a9', 'sola@nadie.example', 'hash', 'CO');
update account set last_tenant_id = null where id = :caro;
set local role hub_app_write;

-- Before the password -----------------------------------------------------------------------------

select password_hash as hash from account_for_sign_in('ANA@Ejemplar.example') \gset
select pg_temp.expect('an address is found whatever its case',
  (account_id, language, left(password_hash, 8)), (:ana::uuid, 'es'::text, '$scrypt$'::text))
from account_for_sign_in('ANA@Ejemplar.example');
select pg_temp.expect('an unknown address gives one row of nulls',
  array[count(*), count(account_id), count(password_hash), count(language)],
  array[1::bigint, 0, 0, 0])
from account_for_sign_in('nobody@ejemplar.example');

select pg_temp.expect('guess ' || n, allowed, n <= 3)
from generate_series(1, 4) as n,
  lateral count_guess(
    'ana@ejemplar.example' || left('', n), '192.0.2.0/24', null, null, 3, 9, 9, 90);
select pg_temp.expect('a refused guess says when to come back',
  (allowed, retry_after_seconds), (false, 30))
from count_guess('ANA@ejemplar.example', '192.0.2.0/24', null, null, 3, 9, 9, 90);
select pg_temp.expect('another client, and another address, are counted by themselves',
  (a.allowed, a.retry_after_seconds, b.allowed, b.retry_after_seconds), (true, 0, true, 0))
from count_guess('ana@ejemplar.example', '198.51.100.0/24', null, null, 3, 9, 9, 90) as a,
  count_guess('caro@ejemplar.example', '192.0.2.0/24', null, null, 3, 9, 9, 90) as b;

-- The sign-in -------------------------------------------------------------------------------------

select pg_temp.expect('a password that was changed meanwhile',
  (outcome, session_id is null, tenant_id is null), ('changed'::text, true, true))
from sign_in(:ana, 'another hash', null, 'test', '', sha256('a0'), null, 3600, 7200);
select pg_temp.expect('nobody', outcome, 'changed')
from sign_in(
  '00000000-0000-4000-8000-0000000000ff', 'hash', null, 'test', '', sha256('a0'), null, 3600, 7200);
select pg_temp.expect('no company', (outcome, session_id is null, tenant_id is null),
  ('signed_in'::text, false, true))
from sign_in(
  '00000000-0000-4000-8000-0000000000a9', 'hash', null, 'test', '', sha256('a0'), null, 3600, 7200);
select pg_temp.expect('another''s company', (outcome, session_id is null, tenant_id is null),
  ('not_member'::text, true, true))
from sign_in(:ana, :'hash', :modelo, 'test', '', sha256('a0'), null, 3600, 7200);
select pg_temp.expect('several companies, none used last', outcome, 'choose_company')
from sign_in(:caro, :'hash', null, 'test', '', sha256('a0'), null, 3600, 7200);
select pg_temp.expect('the choice', string_agg(company_name || ' ' || role, ', '),
  'Ejemplar seller, Modelo accountant') from companies_of(:caro, 9);
select pg_temp.expect('a choice has an end', string_agg(company_name, ', '), 'Ejemplar')
from companies_of(:caro, 1);
select pg_temp.expect('the only company is entered', (outcome, tenant_id),
  ('signed_in'::text, :ejemplar::uuid))
from sign_in(:ana, :'hash', null, 'test', '', sha256('a1'), null, 3600, 7200);
select pg_temp.expect('the company wanted is entered', (outcome, tenant_id),
  ('signed_in'::text, :modelo::uuid))
from sign_in(:caro, :'hash', :modelo, 'test', '', sha256('c1'), null, 3600, 7200);
select pg_temp.expect('the company last used is entered', (outcome, tenant_id),
  ('signed_in'::text, :modelo::uuid))
from sign_in(:caro, :'hash', null, repeat('x', 999), '', sha256('c2'), null, 3600, 7200);

select pg_temp.expect('a hash is upgraded once',
  (upgrade_password_hash(:ana, :'hash', :'hash' || '1'), upgrade_password_hash(:ana, :'hash', 'x')),
  (true, false));

-- Going on ----------------------------------------------------------------------------------------

select pg_temp.expect('an unknown token', (outcome, account_id is null), ('unknown'::text, true))
from refresh_session(sha256('nothing'), sha256('x'), 3600);
select session_id as session from refresh_session(sha256('c1'), sha256('c1b'), 3600) \gset
select pg_temp.expect('the same token again',
  (outcome, account_id, tenant_id, session_id, successor_hash),
  ('repeated'::text, :caro::uuid, :modelo::uuid, :'session'::uuid, sha256('c1b')))
from refresh_session(sha256('c1'), sha256('another key''s'), 3600);
select pg_temp.expect('its successor', (outcome, tenant_id, successor_hash),
  ('refreshed'::text, :modelo::uuid, sha256('c1c')))
from refresh_session(sha256('c1b'), sha256('c1c'), 3600);

select pg_temp.expect('a company that is not hers',
  switch_company(:'session', :caro, :pampa), 'not_member');
select pg_temp.expect('a company that does not exist',
  switch_company(:'session', :caro, '00000000-0000-4000-8000-0000000000cf'), 'not_member');
select pg_temp.expect('another''s session',
  switch_company(:'session', :ana, :ejemplar), 'dead_session');
select pg_temp.expect('her other company',
  switch_company(:'session', :caro, :ejemplar), 'switched');
select pg_temp.expect('a refresh stays in it', (outcome, tenant_id),
  ('refreshed'::text, :ejemplar::uuid))
from refresh_session(sha256('c1c'), sha256('c1d'), 3600);

-- The guard of mutations --------------------------------------------------------------------------

select set_config('app.tenant_id', :ejemplar, true), set_config('app.account_id', :caro, true);
select app_guard(:ejemplar, :caro, :'session', null);
select app_guard(:ejemplar, :caro, :'session', '{administrator,seller}');
select pg_temp.expect_refusal(format('select app_guard(%L, %L, %L, %L)',
  :ejemplar, :caro, :'session', '{administrator}'), 'HB403');
select pg_temp.expect_refusal(format('select app_guard(%L, %L, %L, null)',
  :pampa, :caro, :'session'), 'HB401');
select pg_temp.expect_refusal(format('select app_guard(%L, %L, %L, null)',
  :ejemplar, :ana, :'session'), 'HB401');
select pg_temp.expect_refusal(format('select app_guard(%L, %L, %L, null)',
  :ejemplar, :caro, '00000000-0000-4000-8000-0000000000ee'), 'HB401');

-- A token that was stolen: used more than ten seconds after its first use, it ends the session. ---

reset role;
update refresh_token set used_at = now() - interval '11 seconds' where hash = sha256('c1');
set local role hub_app_write;
select pg_temp.expect('reuse', (outcome, account_id is null, successor_hash is null),
  ('reused'::text, true, true)) from refresh_session(sha256('c1'), sha256('x'), 3600);
select pg_temp.expect('the whole family is revoked', outcome, 'revoked')
from refresh_session(sha256('c1d'), sha256('x'), 3600);
select pg_temp.expect_refusal(format('select app_guard(%L, %L, %L, null)',
  :ejemplar, :caro, :'session'), 'HB401');
select pg_temp.expect('other sessions go on', outcome, 'refreshed')
from refresh_session(sha256('c2'), sha256('c2b'), 3600);

-- Ends --------------------------------------------------------------------------------------------

reset role;
update session set idle_expires_at = now() where account_id = :ana;
set local role hub_app_write;
select pg_temp.expect('an idle session', outcome, 'expired')
from refresh_session(sha256('a1'), sha256('a2'), 3600);
reset role;
delete from membership where account_id = :caro and tenant_id = :modelo;
set local role hub_app_write;
select pg_temp.expect('a company that she has left: another of hers', (outcome, tenant_id),
  ('refreshed'::text, :ejemplar::uuid))
from refresh_session(sha256('c2b'), sha256('c2c'), 3600);
reset role;
select id as session from session where account_id = :caro and revoked_at is null \gset
set local role hub_app_write;
select pg_temp.expect('nobody ends another''s session', sign_out(:'session', :ana), false);
select pg_temp.expect('a session ends once',
  (sign_out(:'session', :caro), sign_out(:'session', :caro)), (true, false));
rollback;
