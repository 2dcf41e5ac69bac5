-- Claims and confirmations: whose word stands, and what a report may change and what it may not.

\ir expect.sql

create or replace function pg_temp.report(
  source text, claims jsonb, reported_at timestamptz, tenant uuid default
  '00000000-0000-4000-8000-0000000000c1')
returns text language sql as $$
  select outcome from take_report(source, tenant, claims, reported_at, 300)
$$;

create or replace function pg_temp.standing(path text) returns text language sql as $$
  select concat_ws(' ', f.value, f.source_kind, f.solution, f.confirmed_by)
  from company_fields('00000000-0000-4000-8000-0000000000c1', 'es') f
  where f.path = standing.path
$$;
grant execute on all functions in schema pg_temp to public;

begin;
\ir ../../Migrations/demo/demo.sql
select pg_temp.expect('what was entered at the sign-up is the person''s word',
  pg_temp.standing('legalName'), 'Ejemplar S.A.S. HUB Anita');
select pg_temp.expect('what was reported is the solution''s',
  pg_temp.standing('phone'), '+576015550101 SOLUTION accounting');
select pg_temp.expect('what the country version begins with is nobody''s',
  pg_temp.standing('timezone'), 'America/Bogota');
select pg_temp.expect('another value is a conflicting claim', claims, $$[
  {"name": "Alegra POS", "value": "+576015550199", "solution": "pos",
   "reportedAt": "2026-01-31T15:00:00.000000Z"}]$$::jsonb)
from company_fields('00000000-0000-4000-8000-0000000000c1', 'es') where path = 'phone';
select revision as before from company
where tenant_id = '00000000-0000-4000-8000-0000000000c1' \gset

-- Reports -----------------------------------------------------------------------------------------

select pg_temp.expect('a later report wins', (
  pg_temp.report('pos', '{"phone": "+576015550102"}', '2026-03-01'), pg_temp.standing('phone')),
  ('reported'::text, '+576015550102 SOLUTION pos'::text));
select pg_temp.expect('it counts as a change', revision, :before + 1::bigint)
from company where tenant_id = '00000000-0000-4000-8000-0000000000c1';
select pg_temp.expect('an earlier one that comes late changes nothing', (
  pg_temp.report('accounting', '{"phone": "+576015550103"}', '2026-02-20'),
  pg_temp.standing('phone')),
  ('reported'::text, '+576015550102 SOLUTION pos'::text));
select pg_temp.expect('at one instant the solution that is listed first wins', (
  pg_temp.report('accounting', '{"phone": "+576015550104"}', '2026-03-01'),
  pg_temp.standing('phone')),
  ('reported'::text, '+576015550104 SOLUTION accounting'::text));
select count(*) as claims from company_claim \gset
select pg_temp.expect('the same once more is the same', (
  pg_temp.report('accounting', '{"phone": "+576015550104"}', '2026-03-01'),
  pg_temp.standing('phone'), (select count(*) from company_claim)),
  ('reported'::text, '+576015550104 SOLUTION accounting'::text, :claims::bigint));
select pg_temp.expect('what is said again later is said later', (
  pg_temp.report('pos', '{"phone": "+576015550104"}', '2026-03-02'), pg_temp.standing('phone')),
  ('reported'::text, '+576015550104 SOLUTION pos'::text));
select pg_temp.expect('and is no change', revision, :before + 2::bigint)
from company where tenant_id = '00000000-0000-4000-8000-0000000000c1';
select pg_temp.expect('a person''s word outranks every report', (
  pg_temp.report('accounting', '{"legalName": "Otra S.A."}', now()),
  pg_temp.standing('legalName')),
  ('reported'::text, 'Ejemplar S.A.S. HUB Anita'::text));
select pg_temp.expect('a clock may run ahead a little', pg_temp.report(
  'pos', '{"phone": "+576015550105"}', now() + interval '300 seconds'), 'reported');
select pg_temp.expect('and no more', (
  pg_temp.report('pos', '{"phone": "+576015550106"}', now() + interval '301 seconds'),
  pg_temp.standing('phone')),
  ('ahead'::text, '+576015550105 SOLUTION pos'::text));
select pg_temp.expect('a solution that the company has not reports nothing', (
  pg_temp.report('store', '{"phone": "+576015550107"}', now()),
  pg_temp.report('store', '{}', now(), '00000000-0000-4000-8000-00000000dead'),
  (select count(*) from company_claim where source = 'store' and field = 'phone')),
  ('not_found'::text, 'not_found'::text, 0::bigint));
delete from company_solution
where tenant_id = '00000000-0000-4000-8000-0000000000c1' and solution = 'pos';
select pg_temp.expect('switched off it leaves what it gave, and adds nothing', (
  pg_temp.standing('phone'), pg_temp.report('pos', '{"phone": "+576015550108"}', now())),
  ('+576015550105 SOLUTION pos'::text, 'not_found'::text));

-- The identification is one claim -----------------------------------------------------------------

update company set identification_number = '900123456', identification_check_digit = '8'
where tenant_id = '00000000-0000-4000-8000-0000000000c1';
delete from company_confirmation where field = 'identification';
select pg_temp.expect('its parts come from one solution', (
  pg_temp.report('accounting',
    '{"identification": {"type": "FOREIGN_NIT", "number": "12345", "checkDigit": null}}',
    '2026-03-01'),
  pg_temp.standing('identification.type'), pg_temp.standing('identification.number'),
  pg_temp.standing('identification.checkDigit')),
  ('reported'::text, 'FOREIGN_NIT SOLUTION accounting'::text, '12345 SOLUTION accounting'::text,
    'SOLUTION accounting'::text));
select pg_temp.expect_refusal($$
  select take_report('accounting', '00000000-0000-4000-8000-0000000000c1',
    '{"identification": {"number": "1"}}', now(), 300)$$, '23514');

-- Confirmations -----------------------------------------------------------------------------------

update company set trade_name = trade_name
where tenant_id = '00000000-0000-4000-8000-0000000000c1';
select pg_temp.expect('an operator who names a column confirms it',
  pg_temp.standing('tradeName'), 'Ejemplar OPERATOR ' || session_user);
select set_config('app.account_id', '00000000-0000-4000-8000-0000000000a4', true);
update company set phone = null where tenant_id = '00000000-0000-4000-8000-0000000000c1';
select pg_temp.expect('an emptied field stays empty', (
  pg_temp.report('accounting', '{"phone": "+576015550109"}', now()), pg_temp.standing('phone')),
  ('reported'::text, 'HUB Caro'::text));
select set_config('app.actor', 'account:00000000-0000-4000-8000-0000000000a1', true);
update company set phone = '+576015550109'
where tenant_id = '00000000-0000-4000-8000-0000000000c1';
select pg_temp.expect('the actor of the transaction is who confirms',
  pg_temp.standing('phone'), '+576015550109 HUB Anita');
select pg_temp.report('accounting', '{"email": "otra@ejemplar.example"}', now());
select pg_temp.expect('a report leaves the actor as it was', current_setting('app.actor'),
  'account:00000000-0000-4000-8000-0000000000a1');
delete from account where id = '00000000-0000-4000-8000-0000000000a1';
select pg_temp.expect('with an account goes its name', pg_temp.standing('phone'),
  '+576015550109 HUB');

-- What the catalogues no longer offer competes no more --------------------------------------------

delete from company_confirmation where field = 'regime';
select pg_temp.report('accounting', '{"regime": "SIMPLIFIED_REGIME"}', '2026-03-01');
select pg_temp.report('invoicing', '{"regime": "NO_LONGER_OFFERED"}', '2026-04-01');
select pg_temp.expect('a claim that no longer fits is passed over', pg_temp.standing('regime'),
  'SIMPLIFIED_REGIME SOLUTION accounting');
rollback;

-- Signing up --------------------------------------------------------------------------------------

begin;
insert into account (id, email, first_name, country)
values ('00000000-0000-4000-8000-00000000ab01', 'nora@claims.example', 'Nora', 'CO');
select make_company('00000000-0000-4000-8000-00000000ab01', 'CO', 'Nueva S.A.S.') as made \gset
select pg_temp.expect('who signs up gives the name, and nothing else',
  (array_agg(field), min(kind), min(confirmed_by_name)),
  (array['legalName'], 'HUB'::text, 'Nora'::text))
from company_confirmation where tenant_id = :'made';
rollback;

-- Nobody writes them but the functions ------------------------------------------------------------

begin;
\ir ../../Migrations/demo/demo.sql
set local role hub_app_write;
select set_config('app.tenant_id', '00000000-0000-4000-8000-0000000000c1', true),
  set_config('app.account_id', '00000000-0000-4000-8000-0000000000a1', true);
select pg_temp.expect_refusal('delete from company_claim', '42501');
select pg_temp.expect_refusal('delete from company_confirmation', '42501');
select pg_temp.expect_refusal($$update company_confirmation set kind = 'OPERATOR'$$, '42501');
select pg_temp.expect('the fields of another company are not shown', count(*), 0::bigint)
from company_fields('00000000-0000-4000-8000-0000000000c2', 'es');
select pg_temp.expect_refusal($$
  select take_report('pos', '00000000-0000-4000-8000-0000000000c2', '{}', now(), 300)$$, '42501');
rollback;
