-- A company's data obeys its country version whoever writes: what the form has, what it takes, what
-- cannot be emptied, and tax numbers with their check digits.

\ir expect.sql

begin;
\ir ../../Migrations/demo/demo.sql

insert into company (
  tenant_id, country_version, legal_name, kind_of_person, currency_code, timezone,
  decimal_precision)
select ('00000000-0000-4000-8000-0000000001' || lpad(to_hex(position::integer), 2, '0'))::uuid, code,
  'Prueba', 'LEGAL_ENTITY', currency_code, timezone, decimal_precision_default
from country_version;

create function pg_temp.refuses(version text, change text, code text default '23514')
returns void language plpgsql as $$
begin
  perform pg_temp.expect_refusal(format(
    'update company set %s where country_version = %L and legal_name = %L', change, version,
    'Prueba'), code);
end
$$;
create function pg_temp.takes(version text, change text)
returns void language plpgsql as $$
begin
  execute format(
    'update company set %s where country_version = %L and legal_name = %L', change, version,
    'Prueba');
end
$$;

-- A field that a version does not have ------------------------------------------------------------

select pg_temp.refuses(v.code, c.name || ' = ''Algo que sea''')
from country_version v
cross join (values
  ('identification.checkDigit', 'identification_check_digit'),
  ('address.description', 'address_description'), ('address.street', 'address_street'),
  ('address.exteriorNumber', 'address_exterior_number'),
  ('address.interiorNumber', 'address_interior_number'),
  ('address.neighborhood', 'address_neighborhood'), ('address.city', 'address_city'),
  ('address.municipality', 'address_municipality'), ('address.district', 'address_district'),
  ('address.region', 'address_region'), ('address.postalCode', 'address_postal_code')
) as c (path, name)
where not exists (
  select from form_field f where f.country_version = v.code and f.path = c.path);
-- And one that it has is taken.
select pg_temp.takes(v.code, c.name || ' = ''Algo que sea''')
from country_version v
cross join (values
  ('address.description', 'address_description'), ('address.street', 'address_street'),
  ('address.neighborhood', 'address_neighborhood'), ('address.city', 'address_city'),
  ('address.municipality', 'address_municipality'), ('address.district', 'address_district'),
  ('address.region', 'address_region')
) as c (path, name)
where exists (select from form_field f where f.country_version = v.code and f.path = c.path);

-- What a field takes ------------------------------------------------------------------------------

select pg_temp.takes(version, 'address_postal_code = ''' || fits || ''''),
  pg_temp.refuses(version, 'address_postal_code = ''' || broken || '''')
from (values
  ('CO', '760001', '76001'), ('MX', '06600', '6600'), ('CR', '10101', '1010'),
  ('AR', 'C1043AAZ', 'C1043AA'), ('AR', '1043', '104'), ('ES', '28001', '2800l'),
  ('US', '33101-1234', '33101-12')
) as code (version, fits, broken);
select pg_temp.takes('CR', 'address_neighborhood = ''' || name || '''')
from (values ('Amón '), ('12345'), (repeat('ñ', 50)), (repeat('á', 50))) as fits (name);
select pg_temp.refuses('CR', 'address_neighborhood = ''' || name || '''')
from (values (''), ('1234'), (repeat('ñ', 51))) as broken (name);
select pg_temp.refuses('CO', 'trade_name = ''''');
select pg_temp.refuses('MX', 'kind_of_person = null');
-- Required and there: it stays. Not required: it may go.
select pg_temp.refuses('CO', 'address_city = null');
select pg_temp.takes('CO', 'address_postal_code = null');
select pg_temp.takes('AR', 'address_city = null');

-- Tax numbers -------------------------------------------------------------------------------------

create function pg_temp.number(version text, type text, number text, digit text, kind text)
returns text language sql as $$
  select format(
    'identification_type = %L, identification_number = %L, identification_check_digit = %L, '
    'kind_of_person = %L', type, number, digit, coalesce(kind, 'LEGAL_ENTITY'))
$$;
select pg_temp.takes(version, pg_temp.number(version, type, number, digit, kind))
from (values
  ('CO', 'NIT', '800197268', '4', 'LEGAL_ENTITY'), ('CO', 'NIT', '899999068', '1', 'PERSON_ENTITY'),
  ('CO', 'CC', '1020304', null, 'PERSON_ENTITY'), ('CO', 'FOREIGN_NIT', 'AB-1234', null, null),
  ('MX', 'RFC', 'EKU9003173C9', null, 'LEGAL_ENTITY'),
  ('MX', 'RFC', 'XAXX010101000', null, 'PERSON_ENTITY'),
  ('MX', 'RFC', 'Ñ&A000229AB1', null, 'LEGAL_ENTITY'),
  ('CR', 'CJ', '3101123456', null, 'LEGAL_ENTITY'), ('DO', 'RNC', '101001577', null, null),
  ('DO', 'RNC', '00113918205', null, 'PERSON_ENTITY'), ('PE', 'RUC', '20100070970', null, null),
  ('PE', 'RUC', '20131312955', null, 'LEGAL_ENTITY'),
  ('PA', 'RUC', '155612345-2-2016', '45', 'LEGAL_ENTITY'), ('PA', 'RUC', '8-NT-2-12345', '7', null),
  ('AR', 'CUIT', '30500010912', null, 'LEGAL_ENTITY'), ('CL', 'RUT', '61704000', 'K', null),
  ('CL', 'RUT', '97004000', '5', 'LEGAL_ENTITY'), ('ES', 'CIF', 'A28015865', null, 'LEGAL_ENTITY'),
  ('ES', 'CIF', 'P2807900B', null, null), ('ES', 'NIF', '12345678Z', null, 'PERSON_ENTITY'),
  ('ES', 'NIF', 'X2482300W', null, 'PERSON_ENTITY'), ('US', 'EIN', '123456789', null, null),
  ('INTL', 'TAX_ID', 'de 12.34/x', null, null)
) as good (version, type, number, digit, kind);
select pg_temp.refuses(version, pg_temp.number(version, type, number, digit, kind))
from (values
  ('CO', 'NIT', '800197268', '5', null), ('CO', 'NIT', '800197268', null, null),
  ('CO', 'NIT', '800.197.268', '4', null), ('CO', 'NIT', '8001972684', null, null),
  ('CO', 'CC', '1020304', '1', 'PERSON_ENTITY'), ('CO', 'CC', '1020304', null, 'LEGAL_ENTITY'),
  ('MX', 'RFC', 'EKU9003173C9', null, 'PERSON_ENTITY'),
  ('MX', 'RFC', 'EKU9002303C9', null, 'LEGAL_ENTITY'), ('MX', 'RFC', 'eku9003173c9', null, null),
  ('DO', 'RNC', '101001578', null, null), ('PE', 'RUC', '20100070971', null, null),
  ('PA', 'RUC', '155612345-2-2016', null, null), ('PA', 'RUC', '155612345-2-2016', '456', null),
  ('AR', 'CUIT', '30500010913', null, null), ('CL', 'RUT', '61704000', '0', null),
  ('CL', 'RUT', '61704000', 'k', null), ('ES', 'CIF', 'A28015864', null, null),
  ('ES', 'NIF', '12345678A', null, null), ('ES', 'CIF', 'A28015865', null, 'PERSON_ENTITY'),
  ('US', 'EIN', '12345678', null, null), ('INTL', 'TAX_ID', ' 12', null, null)
) as bad (version, type, number, digit, kind);
-- Another kind of person may leave a number without a leg.
select pg_temp.takes('MX', pg_temp.number('MX', 'RFC', 'EKU9003173C9', null, 'LEGAL_ENTITY'));
select pg_temp.refuses('MX', 'kind_of_person = ''PERSON_ENTITY''');
-- What a later rule would refuse, and nobody touches, holds nobody up.
update tax_id_type set pattern = '^[0-9]{3}$' where country_version = 'AR';
select pg_temp.takes('AR', 'trade_name = ''Otra''');
select pg_temp.refuses('AR', 'kind_of_person = ''PERSON_ENTITY''');

-- Solutions report kind and number each by itself; the number is right, or is not kept.
select set_config('app.actor', 'service:accounting', true);
select pg_temp.takes('MX', 'kind_of_person = ''PERSON_ENTITY''');
select pg_temp.refuses('MX', 'identification_number = ''EKU9002303C9''');
select set_config('app.actor', '', true);
select pg_temp.refuses('MX', 'identification_number = ''EKU9003173C8''');

-- An operator who takes a company to another version brings only what that one has.
select pg_temp.refuses('CO', 'country_version = ''MX''');
select pg_temp.takes('CO', 'country_version = ''MX'', identification_type = null,
  identification_number = null, identification_check_digit = null, address_description = null');
rollback;
