-- The catalogue of integrations is whole, and its functions decide whoever calls them.

\ir expect.sql

begin;
\ir ../../Migrations/demo/demo.sql
set constraints all immediate;

\set co '''00000000-0000-4000-8000-0000000000c1'''
\set mx '''00000000-0000-4000-8000-0000000000c2'''
\set ar '''00000000-0000-4000-8000-0000000000c3'''
\set ana '''00000000-0000-4000-8000-0000000000a1'''
\set sofi '''00000000-0000-4000-8000-0000000000a3'''
\set caro '''00000000-0000-4000-8000-0000000000a4'''

-- Whole -------------------------------------------------------------------------------------------

select pg_temp.expect(g.integration || ' is offered in',
  (select string_agg(c.country_version, ' ' order by v.position) from integration_country c
   join country_version v on v.code = c.country_version where c.integration = g.integration),
  g.countries)
from (values
  ('payu', 'CO MX CR'), ('mercadopago', 'CO MX PE AR CL'), ('wompi', 'CO'), ('epayco', 'CO'),
  ('bold', 'CO'), ('conekta', 'MX'), ('openpay', 'MX'), ('kushki', 'CO MX PE CL'),
  ('stripe', 'MX ES US'), ('paypal', 'CO MX CR DO PE PA AR CL ES US INTL'),
  ('zapier', 'CO MX CR DO PE PA AR CL ES US INTL')) as g (integration, countries);
select pg_temp.expect('there are no others', count(*), 11::bigint) from integration;
select pg_temp.expect(i.code || ': payments are verified by something secret', (
  select exists (select from integration_verifier v where v.integration = i.code)
    and exists (
      select from integration_credential_field f
      join integration_verifier v on v.integration = f.integration
      where f.integration = i.code and (f.secret or i.code = 'bold')
        and concat(v.url, v.headers, v.basic_user, v.basic_password, v.body)
          like '%{' || f.name || '}%')), i.category = 'ONLINE_PAYMENTS')
from integration i;
select pg_temp.expect(v.integration || ': a template names required credentials alone',
  array(
    select distinct m[1] from regexp_matches(
      concat(v.url, v.headers, v.basic_user, v.basic_password, v.body), '\{([a-zA-Z]+)\}', 'g') m
    except
    select f.name from integration_credential_field f
    where f.integration = v.integration and f.required), '{}'::text[])
from integration_verifier v;
select pg_temp.expect('every verifier asks by https', bool_and(url ~ '^https://'), true)
from integration_verifier;
select pg_temp.expect('PayU alone asks for the tax number, and is told it',
  array_agg(i.code || ' ' || f.name || ' ' || i.needs_same_tax_id), array['payu taxId true'])
from integration i
full join integration_credential_field f on f.integration = i.code and f.is_tax_id
where i.needs_same_tax_id or f.is_tax_id;
select pg_temp.expect('a tab for each category, and one for all',
  array_agg(labels ->> 'es' order by position),
  array['Todas las integraciones', 'Pagos en línea', 'Zapier']) from integration_filter;
select pg_temp.expect('each failure names the integration: ' || code,
  (select bool_and(messages ->> l.code like '%{name}%') from language l), true)
from integration_failure;

-- Where a request goes is no value's to say, and nothing goes in the clear.
select pg_temp.expect_refusal(
  format('update integration_verifier set url = %L where integration = ''stripe''', url), '23514')
from unnest(array[
  'http://api.stripe.com/v1', 'https://{secretKey}/v1', 'https://{secretKey}.example/v1',
  'https://a.example', 'https://user@a.example/', 'https://a.example{secretKey}/',
  'https://a.example:{secretKey}/', 'ftp://a.example/', 'http://127.0.0.1.evil.example/',
  'http://127.0.0.1/', 'https://a.example/#x', '//a.example/']) as url;

-- Seen --------------------------------------------------------------------------------------------

select pg_temp.expect('what Sofi sees, with what Argentina no longer offers',
  array_agg(integration || ' ' || is_offered || ' ' || is_connected order by integration),
  array['mercadopago true true', 'paypal true false', 'payu false true', 'zapier true false'])
from integrations_of(:ar, :sofi);
select pg_temp.expect('who is no member sees nothing', count(*), 0::bigint)
from integrations_of(:ar, :ana);

savepoint restricted;
insert into integration_plan values ('paypal', 'plus'), ('mercadopago', 'plus');
insert into integration_role values ('zapier', 'seller');
select pg_temp.expect('a plan withholds, and a role hides',
  array_agg(integration || ' ' || is_offered || ' ' || is_connected order by integration),
  array['mercadopago false true', 'payu false true']) from integrations_of(:ar, :sofi);
update company_solution set plan = 'plus' where tenant_id = :ar and state <> 'INACTIVE';
select pg_temp.expect('a solution on the plan gives it back',
  array_agg(integration order by integration), array['mercadopago', 'paypal'])
from integrations_of(:ar, :sofi) where is_offered;
rollback to restricted;

-- The same tax number -----------------------------------------------------------------------------

savepoint numbers;
update company set identification_type = 'NIT', identification_number = '900123456',
  identification_check_digit = '8' where tenant_id = :co;
select pg_temp.expect(given || ' is the same number', has_tax_id(:co, given), is_same)
from (values
  ('900123456', true), ('9001234568', true), ('900.123.456-8', true), (' 900 123 456 ', true),
  ('9001234567', false), ('90012345', false), ('', false), ('-', false), ('8', false)
) as n (given, is_same);
insert into company (
  tenant_id, country_version, legal_name, currency_code, timezone, decimal_precision)
values ('00000000-0000-4000-8000-0000000000e5', 'ES', 'Prueba', 'EUR', 'Europe/Madrid', 2);
select pg_temp.expect('no number is nobody''s',
  has_tax_id('00000000-0000-4000-8000-0000000000e5', given), false)
from unnest(array['', '900123456']) as given;
rollback to numbers;

-- Deciding ----------------------------------------------------------------------------------------

savepoint as_server;
select set_config('app.tenant_id', :co, true), set_config('app.account_id', :ana, true);
set local role hub_app_write;
select pg_temp.expect('connecting', connect_integration(:co, :ana, code, '\x01', '{}', null), came)
from (values ('wompi', 'connected'), ('stripe', 'not_available'), ('none', 'not_available'))
  as tried (code, came);
select pg_temp.expect('another company''s is none',
  connect_integration(:mx, :ana, 'conekta', '\x01', '{}', null), 'not_available');
select pg_temp.expect('in nobody''s name', connect_integration(:co, :sofi, 'wompi', '\x01', '{}', null),
  'not_available');
select pg_temp.expect('another tax number',
  connect_integration(:co, :ana, 'payu', '\x01', '{}', '1'), 'tax_id_mismatch');
select pg_temp.expect('settings are merged, and what is null goes',
  (select set_integration(:co, :ana, 'wompi', '{"a": "1", "b": "2"}')
     || set_integration(:co, :ana, 'wompi', '{"a": null, "c": "3"}')), 'updatedupdated');
select pg_temp.expect('as they stand', settings, '{"b": "2", "c": "3"}'::jsonb)
from integration_connection where tenant_id = :co and integration = 'wompi';
select pg_temp.expect('they stay where the credentials change',
  connect_integration(:co, :ana, 'wompi', '\x02', '{"b": "4"}', null), 'connected');
select pg_temp.expect('as they stand then', settings, '{"b": "4", "c": "3"}'::jsonb)
from integration_connection where tenant_id = :co and integration = 'wompi';
select pg_temp.expect('the envelope is read for the company that asks',
  credentials_to_check(:co, 'wompi'), 'Ag');
select pg_temp.expect_refusal(
  format('select credentials_to_check(%L, %L)', :mx, 'conekta'), 'HB403');
select pg_temp.expect_refusal(
  format('select note_check(%L, %L, null, null, null)', :mx, 'conekta'), 'HB403');
select pg_temp.expect_refusal('select sealed_credentials from integration_connection', '42501');
select pg_temp.expect('a check of other credentials says nothing',
  note_check(:co, 'wompi', '\x01', 'CREDENTIALS_REFUSED', null), 'changed');
select pg_temp.expect('a check says why',
  note_check(:co, 'wompi', '\x02', 'CREDENTIALS_REFUSED', null), 'checked');
select pg_temp.expect('and stands', state || ' ' || failure, 'ERROR CREDENTIALS_REFUSED')
from integration_connection where tenant_id = :co and integration = 'wompi';
select pg_temp.expect_refusal(
  format('select note_check(%L, %L, %L, %L, null)', :co, 'wompi', '\x02', 'WHATEVER'), '23503');
select pg_temp.expect('good again', note_check(:co, 'wompi', '\x02', null, null), 'checked');
select pg_temp.expect('disconnecting, twice',
  disconnect_integration(:co, :ana, 'wompi') || ' ' || disconnect_integration(:co, :ana, 'wompi'),
  'disconnected not_connected');
select pg_temp.expect('of another company', disconnect_integration(:mx, :caro, 'conekta'),
  'not_connected');
select pg_temp.expect('checks are counted', count(*) filter (where waits is null), 3::bigint)
from generate_series(1, 5) as n
cross join lateral count_credential_check(:co, 3, 60 + 0 * n) as waits;
reset role;
select pg_temp.expect('nothing of a connection that ended is left', count(*), 0::bigint)
from integration_connection where tenant_id = :co and integration = 'wompi';
rollback to as_server;

rollback;
