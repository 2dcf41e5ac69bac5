-- The rules of a company's data, held by the database too. What comes out: the check digits of tax
-- numbers in SQL, and a trigger that refuses what the country version's form does not have or would
-- not take. The server checks the same before it writes, with words for people; this is for
-- whoever else writes.
--
-- A company is made with little and completed field by field, so that a required field may be
-- missing; once it is there it cannot be emptied.

set local row_security = on;

set local role hub_owner;

-- Check digits ------------------------------------------------------------------------------------
-- As in CheckAlgorithm.swift, by the rules of the DIAN (NIT), AFIP (CUIT), SUNAT (RUC), SII (RUT),
-- DGII (RNC, cédula), the Agencia Tributaria (NIF, CIF) and the SAT (RFC). A test holds the two
-- against each other.

create function weighted_digits(digits text, weights integer[]) returns integer
language sql immutable strict parallel safe
as $$
  select coalesce(sum(substr(digits, place, 1)::integer * weights[place]), 0)::integer
  from generate_series(1, least(length(digits), cardinality(weights))) as place
$$;

comment on function weighted_digits(text, integer[]) is
  'The sum of the digits, each by the weight of its place.';

create function doubled_digits(digits text, first_factor integer) returns integer
language sql immutable strict parallel safe
as $$
  select coalesce(sum(product / 10 + product % 10), 0)::integer
  from generate_series(1, length(digits)) as place
  cross join lateral (
    select substr(digits, place, 1)::integer
      * case place % 2 when 1 then first_factor else 3 - first_factor end) as of (product)
$$;

comment on function doubled_digits(text, integer) is
  'The sum of the digits, every other one doubled and its own digits added (Luhn): the first '
  'factor is 1 or 2.';

create function tax_check_characters(algorithm text, body text) returns text
language plpgsql immutable strict parallel safe
set search_path = pg_catalog, public, pg_temp
as $$
declare
  rest integer;
begin
  case algorithm
    when 'nit' then
      if body !~ '^[0-9]{1,15}$' then return null; end if;
      rest := weighted_digits(
        reverse(body), '{3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71}') % 11;
      return case when rest < 2 then rest else 11 - rest end;
    when 'cuit' then
      if body !~ '^[0-9]{10}$' then return null; end if;
      rest := 11 - weighted_digits(body, '{5, 4, 3, 2, 7, 6, 5, 4, 3, 2}') % 11;
      -- 10 is never given out: such a person gets another prefix.
      return case rest when 11 then '0' when 10 then '' else rest::text end;
    when 'ruc_pe' then
      if body !~ '^[0-9]{10}$' then return null; end if;
      return (11 - weighted_digits(body, '{5, 4, 3, 2, 7, 6, 5, 4, 3, 2}') % 11) % 10;
    when 'rut' then
      if body !~ '^[0-9]{1,9}$' then return null; end if;
      rest := 11 - weighted_digits(reverse(body), '{2, 3, 4, 5, 6, 7, 2, 3, 4}') % 11;
      return case rest when 11 then '0' when 10 then 'K' else rest::text end;
    when 'rnc' then
      if body ~ '^[0-9]{8}$' then
        rest := weighted_digits(body, '{7, 9, 8, 6, 5, 4, 3, 2}') % 11;
        return case rest when 0 then 2 when 1 then 1 else 11 - rest end;
      elsif body ~ '^[0-9]{10}$' then
        -- The cédula of a person serves as an RNC.
        return (10 - doubled_digits(body, 1) % 10) % 10;
      end if;
      return null;
    when 'nif' then
      if body !~ '^([0-9]{8}|[KLMXYZ][0-9]{7})$' then return null; end if;
      return substr(
        'TRWAGMYFPDXBNJZSQVHLCKE',
        translate(ltrim(body, 'KLM'), 'XYZ', '012')::integer % 23 + 1, 1);
    when 'cif' then
      if body !~ '^[ABCDEFGHJNPQRSUVW][0-9]{7}$' then return null; end if;
      rest := (10 - doubled_digits(substr(body, 2), 2) % 10) % 10;
      return case
        when body ~ '^[ABEH](?!00)' then rest::text
        when body ~ '^[NPQRSW]' then substr('JABCDEFGHI', rest + 1, 1)
        else rest::text || substr('JABCDEFGHI', rest + 1, 1)
      end;
    else
      return null;
  end case;
end
$$;

comment on function tax_check_characters(text, text) is
  'The characters that may end a tax number with this body, by the algorithm of its kind; empty '
  'where none fits, null where the body has not the form that the rule speaks of, or the rule '
  'knows no check digit.';

create function is_date_of_rfc(digits text) returns boolean
language sql immutable strict parallel safe
as $$
  select digits ~ '^[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])$'
    and digits !~ '^..(02(30|31)|(04|06|09|11)31)$'
    and (digits !~ '^..0229$' or left(digits, 2)::integer % 4 = 0)
$$;

comment on function is_date_of_rfc(text) is
  'Whether the six digits of an RFC are a date, as yymmdd; the century is not told.';

create function tax_number_fault(
  country_version text, type text, number text, check_digit text, kind_of_person text)
returns text
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  select case
    when kind_of_person <> all (t.kinds_of_person) then 'NOT_OFFERED'
    when number <> btrim(number) or number ~ '[[:cntrl:]]'
      or number !~ t.pattern then 'INVALID_FORMAT'
    when t.has_check_digit and check_digit is null then 'REQUIRED'
    when not t.has_check_digit and check_digit is not null then 'FIELD_NOT_IN_COUNTRY_VERSION'
    when check_digit !~ '^[0-9A-Z]{1,2}$' then 'INVALID_CHECK_DIGIT'
    when t.check_algorithm is null then null
    when t.check_algorithm = 'rfc' then case
      when not is_date_of_rfc(left(right(number, 9), 6))
        or kind_of_person = 'LEGAL_ENTITY' and char_length(number) <> 12
        or kind_of_person = 'PERSON_ENTITY' and char_length(number) <> 13 then 'INVALID_FORMAT'
      end
    when allowed.characters is null then 'INVALID_FORMAT'
    when char_length(check_digit) > 1 or strpos(allowed.characters, right(whole.digits, 1)) = 0
      then 'INVALID_CHECK_DIGIT'
  end
  from tax_id_type t
  cross join lateral (select tax_number_fault.number || coalesce(check_digit, '')) as whole (digits)
  cross join lateral (
    select tax_check_characters(t.check_algorithm, left(whole.digits, -1))) as allowed (characters)
  where t.country_version = tax_number_fault.country_version and t.code = tax_number_fault.type
$$;

comment on function tax_number_fault(text, text, text, text, text) is
  'What is wrong with a tax number as it is kept, as the code of the hub''s user error; null where '
  'nothing is. A kind of person that is not known (null) fits every number.';

create function characters_at_least(value text) returns integer
language sql immutable strict parallel safe
as $$
  select char_length(regexp_replace(
    regexp_replace(value, U&'\200D.', '', 'g'),
    U&'[\0300-\036F\0483-\0489\0591-\05C7\0610-\061A\064B-\065F\0900-\0903\093A-\094F\1AB0-\1AFF'
      '\1DC0-\1DFF\200B-\200F\20D0-\20FF\3099\309A\FE00-\FE0F\FE20-\FE2F\+01F1E6-\+01F1FF'
      '\+01F3FB-\+01F3FF\+0E0020-\+0E007F]',
    '', 'g'))
$$;

comment on function characters_at_least(text) is
  'A text''s characters as people count them, or fewer: marks, joiners and the halves of flags are '
  'not counted. The server counts exactly; this refuses nothing that the server takes.';

-- The form ----------------------------------------------------------------------------------------

create function company_values(of company) returns table (path text, value text)
language sql immutable parallel safe
as $$
  values
    ('legalName', of.legal_name), ('tradeName', of.trade_name),
    ('identification.type', of.identification_type),
    ('identification.number', of.identification_number),
    ('identification.checkDigit', of.identification_check_digit),
    ('kindOfPerson', of.kind_of_person), ('regime', of.regime),
    ('address.description', of.address_description), ('address.street', of.address_street),
    ('address.exteriorNumber', of.address_exterior_number),
    ('address.interiorNumber', of.address_interior_number),
    ('address.neighborhood', of.address_neighborhood), ('address.city', of.address_city),
    ('address.municipality', of.address_municipality),
    ('address.district', of.address_district), ('address.region', of.address_region),
    ('address.postalCode', of.address_postal_code), ('phone', of.phone), ('email', of.email),
    ('website', of.website), ('timezone', of.timezone),
    ('decimalPrecision', of.decimal_precision::text)
$$;

comment on function company_values(company) is
  'A company''s data by the paths of form_field; null where there is none.';

grant execute on function
  weighted_digits(text, integer[]), doubled_digits(text, integer),
  tax_check_characters(text, text), is_date_of_rfc(text),
  tax_number_fault(text, text, text, text, text), characters_at_least(text), company_values(company)
  to hub_app, hub_auth;
grant select on tax_id_type, form_field to hub_auth;

reset role;

grant create on schema public to hub_auth;
set local role hub_auth;

create function company_check_rules() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  broken record;
  fault text;
begin
  select judged.path, judged.fault into broken
  from (
    select n.path, f.position, case
      when n.value is null then case when o.value is not null and f.required then 'REQUIRED' end
      -- Every company has these, whatever the form shows.
      when f.path is null and n.path not in ('legalName', 'timezone', 'decimalPrecision')
        then 'FIELD_NOT_IN_COUNTRY_VERSION'
      when n.value = '' or char_length(n.value) < f.characters_min then 'TOO_SHORT'
      when characters_at_least(n.value) > f.characters_max then 'TOO_LONG'
      when n.value !~ f.pattern then 'INVALID_FORMAT'
    end as fault
    from company_values(new) as n
    left join company_values(old) as o on o.path = n.path
    left join form_field f
      on f.country_version = new.country_version and f.path = n.path
    where n.value is distinct from o.value
      or new.country_version is distinct from old.country_version
  ) as judged
  where judged.fault is not null
  order by judged.position nulls first, judged.path
  limit 1;
  if found then
    raise exception 'the version % does not take this %: %',
      new.country_version, broken.path, broken.fault
      using errcode = 'check_violation', table = 'company', constraint = 'company_form',
        column = broken.path;
  end if;
  -- What did not change stays as it is, also where a rule came later.
  if new.identification_number is null
    or (new.country_version, new.kind_of_person, new.identification_type,
        new.identification_number, new.identification_check_digit)
      is not distinct from (old.country_version, old.kind_of_person, old.identification_type,
        old.identification_number, old.identification_check_digit)
  then
    return new;
  end if;
  fault := tax_number_fault(
    new.country_version, new.identification_type, new.identification_number,
    new.identification_check_digit, new.kind_of_person);
  if fault is not null then
    raise exception 'this is no % of the version %: %',
      new.identification_type, new.country_version, fault
      using errcode = 'check_violation', table = 'company', column = 'identification_number',
        constraint = 'company_identification';
  end if;
  return new;
end
$$;

comment on function company_check_rules() is
  'Trigger: refuses what the country version''s form does not have or would not take, the emptying '
  'of what it requires, and a tax number that is none. A CHECK cannot look there.';

grant execute on function company_check_rules() to hub_owner;

reset role;
revoke create on schema public from hub_auth;
set local role hub_owner;

create trigger company_check_rules
before insert or update of
  country_version, legal_name, trade_name, identification_type, identification_number,
  identification_check_digit, kind_of_person, regime, address_description, address_street,
  address_exterior_number, address_interior_number, address_neighborhood, address_city,
  address_municipality, address_district, address_region, address_postal_code, phone, email,
  website, timezone, decimal_precision
on company
for each row execute function company_check_rules();

reset role;
