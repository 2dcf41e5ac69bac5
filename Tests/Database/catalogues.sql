-- The catalogues: complete, and obeyed by the database whoever writes.

\ir expect.sql

begin;
\ir ../../Migrations/demo/demo.sql

-- Complete ----------------------------------------------------------------------------------------

select pg_temp.expect('the country versions', string_agg(code, ' ' order by position),
  'CO MX CR DO PE PA AR CL ES US INTL') from country_version;
select pg_temp.expect(v.code || ': a form, kinds of person, tax identifications and solutions',
  (exists (select from form_field f where f.country_version = v.code and f.path = 'legalName'),
    exists (select from kind_of_person k where k.country_version = v.code),
    exists (select from tax_id_type t where t.country_version = v.code),
    exists (select from country_solution s where s.country_version = v.code)),
  (true, true, true, true))
from country_version v;
select pg_temp.expect(version || ': a form asks for a check digit where a kind has one',
  exists (select from form_field f
    where f.country_version = version and f.path = 'identification.checkDigit'),
  exists (select from tax_id_type t where t.country_version = version and t.has_check_digit))
from (select code from country_version) as country (version);
select pg_temp.expect(version || ': a form asks for the regime where there are any',
  exists (select from form_field f where f.country_version = version and f.path = 'regime'),
  exists (select from tax_regime r where r.country_version = version))
from (select code from country_version) as country (version);
select pg_temp.expect('payroll exists in Colombia only',
  array_agg(country_version), array['CO']) from country_solution where solution = 'payroll';
select pg_temp.expect('accounting is Alegra Gestión in Argentina only',
  array_agg(country_version), array['AR'])
from country_solution where names->>'es' = 'Alegra Gestión';
select pg_temp.expect('PayU is offered in',
  string_agg(country_version, ' ' order by country_version), 'CO CR MX')
from integration_country where integration = 'payu';
select pg_temp.expect('PayPal and Zapier are offered everywhere', count(*),
  2 * (select count(*) from country_version))
from integration_country where integration in ('paypal', 'zapier');
select pg_temp.expect('México allows two decimals', decimal_precision_max, 2::smallint)
from country_version where code = 'MX';
select pg_temp.expect('the barrio of Costa Rica has 5 to 50 characters',
  (characters_min, characters_max), (5::smallint, 50::smallint))
from form_field where country_version = 'CR' and path = 'address.neighborhood';
select pg_temp.expect('México has 15 regimes', count(*), 15::bigint)
from tax_regime where country_version = 'MX';
select pg_temp.expect('time zones are known: ' || timezone,
  exists (select from pg_timezone_names z where z.name = timezone), true) from country_version;

-- Translated: names and sentences into every language; PRO and PLUS are the same in all.
select pg_temp.expect('translated: ' || texts::text,
  (select bool_and(texts ? l.code) from language l), true)
from (
  select names from country_version union all select names from currency
  union all select labels from kind_of_person union all select labels from tax_id_type
  union all select labels from tax_regime union all select labels from form_field
  union all select names from country_solution union all select descriptions from solution
  union all select descriptions from integration
  union all select labels from integration_credential_field
) as every (texts);

-- Obeyed ------------------------------------------------------------------------------------------

select pg_temp.expect_refusal($$
  insert into company_solution (tenant_id, solution, country_version, plan, state)
  values ('00000000-0000-4000-8000-0000000000c2', 'payroll', 'MX', 'pro', 'ACTIVE')$$, '23503');
select pg_temp.expect_refusal($$
  insert into company_solution (tenant_id, solution, country_version, plan, state)
  values ('00000000-0000-4000-8000-0000000000c2', 'payroll', 'CO', 'pro', 'ACTIVE')$$, '23503');
select pg_temp.expect_refusal($$
  update company set country_version = 'MX'
  where tenant_id = '00000000-0000-4000-8000-0000000000c1'$$, '23514');
select pg_temp.expect_refusal($$
  update company set country_version = 'MX', address_description = null, regime = 'NO_REGIME',
    address_postal_code = '06600', identification_type = 'RFC',
    identification_number = 'EKU9003173C9', identification_check_digit = null
  where tenant_id = '00000000-0000-4000-8000-0000000000c1'$$, '23503');
select pg_temp.expect_refusal($$
  insert into company_solution (tenant_id, solution, country_version, plan, state)
  values ('00000000-0000-4000-8000-0000000000c2', 'pos', 'MX', 'pro', 'TRIAL')$$, '23514');
select pg_temp.expect_refusal($$
  update company set decimal_precision = 3
  where tenant_id = '00000000-0000-4000-8000-0000000000c2'$$, '23514');
update company set decimal_precision = 3 where tenant_id = '00000000-0000-4000-8000-0000000000c1';
select pg_temp.expect_refusal($$
  update company set regime = 'MONOTRIBUTO'
  where tenant_id = '00000000-0000-4000-8000-0000000000c1'$$, '23503');
select pg_temp.expect_refusal($$
  update company set identification_type = 'RFC'
  where tenant_id = '00000000-0000-4000-8000-0000000000c1'$$, '23503');
select pg_temp.expect_refusal($$
  update company set identification_type = null
  where tenant_id = '00000000-0000-4000-8000-0000000000c1'$$, '23514');
select pg_temp.expect_refusal($$
  update company set legal_name = ''
  where tenant_id = '00000000-0000-4000-8000-0000000000c1'$$, '23514');
select pg_temp.expect_refusal($$update account set language = 'fr'$$, '23503');
select pg_temp.expect_refusal($$
  insert into account (email, country) values ('ANA@Ejemplar.example', 'CO')$$, '23505');
select pg_temp.expect_refusal($$
  insert into company (
    tenant_id, country_version, legal_name, currency_code, timezone, decimal_precision)
  values ('00000000-0000-0000-0000-000000000000', 'CO', 'Nadie', 'COP', 'UTC', 2)$$, '23514');
select pg_temp.expect_refusal($$
  update solution set descriptions = '{"en": "without Spanish"}'$$, '23514');
select pg_temp.expect_refusal($$
  update solution set descriptions = '{"es": "Texto", "en": ""}'$$, '23514');

-- Announced: each edit counts the revision up, once a statement -----------------------------------

select revision as before from catalogue_revision \gset
update solution set launch_url = 'https://otra.alegra.example/';
delete from integration_country where integration = 'bold';
select pg_temp.expect('an edit counts the revision up', revision, :before + 2::bigint)
from catalogue_revision;
select pg_temp.expect(c.oid::regclass || ': its edits count', exists (
  select from pg_trigger g
  where g.tgrelid = c.oid and g.tgfoid = 'catalogue_changed()'::regprocedure and g.tgenabled = 'O'
    and g.tgtype & 60 = 60), true)
from pg_class c
where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not c.relrowsecurity
  and c.relname not in ('catalogue_revision', 'schema_migration');

-- What the demo shows -----------------------------------------------------------------------------

select pg_temp.expect('each status of a solution is there', string_agg(distinct
  solution_status(state, trial_ends_at, activated_at), ' '), 'ACTIVE READ_ONLY TRIAL')
from company_solution where tenant_id::text like '00000000-0000-4000-8000-%';
select pg_temp.expect('a trial ends by the clock',
  (solution_status('TRIAL', now(), now()), solution_status('TRIAL', now() + interval '1 s', now()),
    solution_status('ACTIVE', now(), now()), solution_status('READ_ONLY', null, now())),
  ('READ_ONLY'::text, 'TRIAL'::text, 'ACTIVE'::text, 'READ_ONLY'::text));
select pg_temp.expect(c.legal_name || ': its tax identification fits',
  c.identification_number ~ t.pattern
    and t.has_check_digit = (c.identification_check_digit is not null), true)
from company c
join tax_id_type t
  on t.country_version = c.country_version and t.code = c.identification_type;
rollback;
