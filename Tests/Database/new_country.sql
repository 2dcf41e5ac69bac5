-- Adding a country is data and nothing else: its form, kinds of person and a tax number with a
-- check digit of its own, obeyed as those of the others are.

\ir expect.sql

begin;
insert into currency (code, symbol, names)
values ('UYU', '$', '{"es": "Peso uruguayo", "en": "Uruguayan peso", "pt": "Peso uruguaio"}');
insert into country_version (
  code, position, currency_code, timezone, phone_code, decimal_precision_default,
  decimal_precision_max, names)
values ('UY', 12, 'UYU', 'America/Montevideo', '598', 2, 4,
  '{"es": "Uruguay", "en": "Uruguay", "pt": "Uruguai"}');
insert into kind_of_person (country_version, code, position, labels)
select 'UY', code, position, labels from kind_of_person where country_version = 'CR';
insert into form_field (
  country_version, path, position, required, labels, characters_min, characters_max, pattern)
select 'UY', path, position, required, labels, characters_min, characters_max, pattern
from form_field where country_version = 'CL' and path <> 'identification.checkDigit'
  and path <> 'regime';
insert into tax_id_type (
  country_version, code, position, labels, pattern, check_algorithm, kinds_of_person)
values ('UY', 'RUT', 1, '{"es": "RUT", "en": "RUT", "pt": "RUT"}', '^[0-9]{12}$',
  'weights:4,3,2,9,8,7,6,5,4,3,2:0-987654321', '{LEGAL_ENTITY,PERSON_ENTITY}');
select pg_temp.expect_refusal(format(
  'update tax_id_type set check_algorithm = %L where country_version = ''UY''', rule), '23514')
from (values ('luhn'), ('weights:1:0'), ('weights:1,,2:01'), ('weights:1:0a'), ('weights:100:01'))
  as bad (rule);

insert into company (
  tenant_id, country_version, legal_name, kind_of_person, currency_code, timezone,
  decimal_precision, identification_type, identification_number)
values ('00000000-0000-4000-8000-0000000000e1', 'UY', 'Oriental S.A.', 'LEGAL_ENTITY', 'UYU',
  'America/Montevideo', 2, 'RUT', '211003420017');
select pg_temp.expect_refusal(format(
  'update company set identification_number = %L where country_version = ''UY''', number), '23514')
from (values ('211003420018'), ('211003420007'), ('21100342001'), ('2110034200171'))
  as bad (number);

-- Each rule with a name that is a weighted sum is the same as data.
select pg_temp.expect(name || ' as data, of ' || body, tax_check_characters(rule, body),
  tax_check_characters(name, body))
from (values
  ('nit', 10, 'weights:71,67,59,53,47,43,41,37,29,23,19,17,13,7,3:01987654321'),
  ('cuit', 10, 'weights:5,4,3,2,7,6,5,4,3,2:0-987654321'),
  ('ruc_pe', 10, 'weights:5,4,3,2,7,6,5,4,3,2:10987654321'),
  ('rut', 8, 'weights:4,3,2,7,6,5,4,3,2:0K987654321'),
  ('rnc', 8, 'weights:7,9,8,6,5,4,3,2:21987654321')) as rules (name, digits, rule)
cross join lateral (
  select right((n * 104729011::bigint)::text, digits)
  from generate_series(100, 400) as n) as of (body)
where length(body) = digits;
select pg_temp.expect('no more digits than weights, and nothing else',
  tax_check_characters('weights:4,3,2:0-987654321', body), null)
from (values ('1234'), (''), ('1a'), ('1-2')) as bad (body);
rollback;
