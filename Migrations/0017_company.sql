-- A company: the tenant. What comes out: one row a company, and the country version's rules over
-- it, held by foreign keys into the catalogues.
--
-- This is the pattern of every tenant table: tenant_id not null, first in every key, never the
-- zero uuid; row-level security forced upon the owner too; one policy that reads the tenant once,
-- as an init plan. An unset tenant sees nothing. A catalog test holds all of it.

set local role hub_owner;

create table company (
  tenant_id uuid primary key check (tenant_id <> '00000000-0000-0000-0000-000000000000'),
  country_version text not null references country_version,
  legal_name text not null check (legal_name <> '' and char_length(legal_name) <= 250),
  trade_name text check (char_length(trade_name) <= 250),
  identification_type text,
  identification_number text check (char_length(identification_number) <= 32),
  identification_check_digit text check (char_length(identification_check_digit) <= 2),
  kind_of_person text,
  regime text,
  address_description text check (char_length(address_description) <= 250),
  address_street text check (char_length(address_street) <= 250),
  address_exterior_number text check (char_length(address_exterior_number) <= 50),
  address_interior_number text check (char_length(address_interior_number) <= 50),
  address_neighborhood text check (char_length(address_neighborhood) <= 100),
  address_city text check (char_length(address_city) <= 100),
  address_municipality text check (char_length(address_municipality) <= 100),
  address_district text check (char_length(address_district) <= 100),
  address_region text check (char_length(address_region) <= 100),
  address_postal_code text check (char_length(address_postal_code) <= 20),
  phone text check (phone ~ '^\+[1-9][0-9]{1,14}$'),
  email text check (email ~ '^[^@[:space:]]+@[^@[:space:]]+$' and char_length(email) <= 254),
  website text check (char_length(website) <= 2048),
  currency_code text not null references currency,
  timezone text not null check (char_length(timezone) between 1 and 64),
  decimal_precision smallint not null check (decimal_precision >= 0),
  logo_url text check (char_length(logo_url) <= 2048),
  revision bigint not null default 1,
  field_revisions jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- What hangs on the country version points here, so that it can never disagree with it.
  unique (tenant_id, country_version),
  check ((identification_type is null) = (identification_number is null)),
  check (identification_check_digit is null or identification_number is not null),
  foreign key (country_version, kind_of_person) references kind_of_person,
  foreign key (country_version, identification_type) references tax_id_type,
  foreign key (country_version, regime) references tax_regime
);

comment on table company is
  'A company: the tenant, and the data that all its solutions share. The hub''s section Empresa.';
comment on column company.tenant_id is 'The company itself; stays the same for its life.';
comment on column company.country_version is
  'The version its solutions run in, chosen at sign-up; only operators change it.';
comment on column company.legal_name is 'The registered name (razón social).';
comment on column company.trade_name is 'The name it trades under, where it differs.';
comment on column company.identification_type is 'The kind of tax identification, such as NIT.';
comment on column company.identification_number is
  'Its number, without separators, and without the check digit where that is a field of its own.';
comment on column company.identification_check_digit is 'The check digit, where its kind has one.';
comment on column company.kind_of_person is 'LEGAL_ENTITY or PERSON_ENTITY.';
comment on column company.regime is 'The tax regime, one of the country version''s.';
comment on column company.address_description is 'Street and number in one line.';
comment on column company.address_street is 'The street, where the version splits the line.';
comment on column company.address_exterior_number is 'The number of the building.';
comment on column company.address_interior_number is 'The number within the building.';
comment on column company.address_neighborhood is 'Colonia, barrio.';
comment on column company.address_city is 'The city or locality.';
comment on column company.address_municipality is
  'Municipio, cantón, delegación, comuna; Perú''s provincia; Panamá''s distrito.';
comment on column company.address_district is 'Distrito; Panamá''s corregimiento.';
comment on column company.address_region is
  'The first level below the country: departamento, estado, provincia, región.';
comment on column company.address_postal_code is 'The postal code.';
comment on column company.phone is 'The telephone in E.164, such as +576015550101.';
comment on column company.email is 'The address for correspondence; nobody signs in with it.';
comment on column company.website is 'The company''s site.';
comment on column company.currency_code is 'The currency its solutions account in, ISO 4217.';
comment on column company.timezone is 'Its time zone, by the IANA name.';
comment on column company.decimal_precision is
  'How many decimals amounts and prices carry; the country version says how many at most.';
comment on column company.logo_url is 'Where the logo is served.';
comment on column company.revision is 'Counts up by one with each change.';
comment on column company.field_revisions is
  'The revision of the last change of each column; a column that never changed is not there.';
comment on column company.created_at is 'When the company signed up.';
comment on column company.updated_at is 'When it last changed.';

create function company_check_decimal_precision() returns trigger
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  allowed smallint;
begin
  select v.decimal_precision_max into allowed
  from country_version v
  where v.code = new.country_version;

  if new.decimal_precision > allowed then
    raise exception 'the version % allows % decimals at most', new.country_version, allowed
      using errcode = 'check_violation', table = 'company', column = 'decimal_precision',
        constraint = 'company_decimal_precision_of_country_version';
  end if;
  return new;
end
$$;

comment on function company_check_decimal_precision() is
  'Trigger: refuses more decimals than the country version allows. A CHECK cannot look there.';

create trigger company_check_decimal_precision
before insert or update of decimal_precision, country_version on company
for each row execute function company_check_decimal_precision();

create trigger company_keep_revision before update on company
for each row execute function keep_revision();

alter table company enable row level security, force row level security;

create policy company_of_tenant on company to hub_app
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));

grant select on company to hub_app;
grant update (
  legal_name, trade_name, identification_type, identification_number, identification_check_digit,
  kind_of_person, regime, address_description, address_street, address_exterior_number,
  address_interior_number, address_neighborhood, address_city, address_municipality,
  address_district, address_region, address_postal_code, phone, email, website, timezone,
  decimal_precision) on company to hub_app_write;

-- hub_auth copies the name and the version to memberships.
create policy company_for_auth on company for select to hub_auth using (true);
grant select (tenant_id, country_version, legal_name, trade_name) on company to hub_auth;

reset role;
