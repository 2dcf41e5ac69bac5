-- The catalogues: what is the same for all companies. What comes out: empty tables that the server
-- keeps in its memory, and a revision that tells it when to read them again.
--
-- Their content is data, written by the migrations that follow (one file a country version): adding
-- a country is a migration of data and no code. Nobody but a migration or an operator writes here.

set local role hub_owner;

-- Language and money ------------------------------------------------------------------------------

create table language (
  code text primary key check (code ~ '^[a-z]{2}$'),
  name text not null,
  position smallint not null unique
);

comment on table language is 'The languages that a person can choose for the texts of the hub.';
comment on column language.code is 'ISO 639-1, such as es.';
comment on column language.name is 'Its name in itself.';
comment on column language.position is 'The order in which it is offered.';

create table currency (
  code text primary key check (code ~ '^[A-Z]{3}$'),
  symbol text not null,
  names texts not null
);

comment on table currency is 'The currencies that companies account in.';
comment on column currency.code is 'ISO 4217, such as COP.';
comment on column currency.symbol is 'As it is written beside amounts.';
comment on column currency.names is 'Its name in the languages of the hub.';

-- Country versions --------------------------------------------------------------------------------

create table country_version (
  code text primary key check (code ~ '^([A-Z]{2}|INTL)$'),
  position smallint not null unique,
  names texts not null,
  currency_code text not null references currency,
  timezone text not null,
  phone_code text check (phone_code ~ '^[1-9][0-9]{0,2}$'),
  decimal_precision_default smallint not null,
  decimal_precision_max smallint not null check (decimal_precision_max between 0 and 6),
  check (decimal_precision_default between 0 and decimal_precision_max)
);

comment on table country_version is
  'The versions of the suite. A company runs in one, which decides the form, the tax rules and '
  'what is offered.';
comment on column country_version.code is 'ISO 3166-1 alpha-2, or INTL for the international one.';
comment on column country_version.position is 'The order in which it is offered.';
comment on column country_version.names is 'What the version is called.';
comment on column country_version.currency_code is 'The currency that a new company starts with.';
comment on column country_version.timezone is 'The IANA time zone that a new company starts with.';
comment on column country_version.phone_code is 'The digits behind + in telephone numbers (E.164).';
comment on column country_version.decimal_precision_default is 'What a new company starts with.';
comment on column country_version.decimal_precision_max is
  'How many decimals a company may choose at most: two in México, as its tax authority wants it.';

create table kind_of_person (
  country_version text not null references country_version,
  code text not null check (code in ('LEGAL_ENTITY', 'PERSON_ENTITY')),
  position smallint not null,
  labels texts not null,
  primary key (country_version, code),
  unique (country_version, position)
);

comment on table kind_of_person is 'What a company can be before the law of a country version.';
comment on column kind_of_person.country_version is 'The country version.';
comment on column kind_of_person.code is 'LEGAL_ENTITY or PERSON_ENTITY.';
comment on column kind_of_person.position is 'The order in which it is offered.';
comment on column kind_of_person.labels is 'What the law there calls it, such as persona moral.';

create table tax_id_type (
  country_version text not null references country_version,
  code text not null,
  position smallint not null,
  labels texts not null,
  pattern text not null check (pattern ~ '^\^.*\$$'),
  check_algorithm text check (
    check_algorithm in ('nit', 'rfc', 'rnc', 'ruc_pe', 'cuit', 'rut', 'nif', 'cif')),
  has_check_digit boolean not null default false,
  kinds_of_person text[] not null
    check (kinds_of_person <@ array['LEGAL_ENTITY', 'PERSON_ENTITY'] and kinds_of_person <> '{}'),
  primary key (country_version, code),
  unique (country_version, position)
);

comment on table tax_id_type is 'The kinds of tax identification of each country version.';
comment on column tax_id_type.country_version is 'The country version.';
comment on column tax_id_type.code is 'The kind, such as NIT; unique within the country version.';
comment on column tax_id_type.position is 'The order in which it is offered.';
comment on column tax_id_type.labels is 'What the form calls it.';
comment on column tax_id_type.pattern is
  'The regular expression that the number matches once separators are gone and letters are '
  'capitals; without the check digit where that is a field of its own.';
comment on column tax_id_type.check_algorithm is
  'The rule beyond the pattern, which the server knows by name: the check digit, or for rfc the '
  'length by kind of person; null where there is none.';
comment on column tax_id_type.has_check_digit is
  'Whether the check digit is a field of its own and required; otherwise it ends the number.';
comment on column tax_id_type.kinds_of_person is 'Whose identification it can be.';

create table tax_regime (
  country_version text not null references country_version,
  code text not null,
  position smallint not null,
  labels texts not null,
  primary key (country_version, code),
  unique (country_version, position)
);

comment on table tax_regime is 'The tax regimes of each country version that has any.';
comment on column tax_regime.country_version is 'The country version.';
comment on column tax_regime.code is 'The regime, as the products of the suite spell it.';
comment on column tax_regime.position is 'The order in which it is offered.';
comment on column tax_regime.labels is 'What the form calls it.';

create table form_field (
  country_version text not null references country_version,
  path text not null check (path in (
    'legalName', 'tradeName', 'identification.type', 'identification.number',
    'identification.checkDigit', 'kindOfPerson', 'regime', 'address.description', 'address.street',
    'address.exteriorNumber', 'address.interiorNumber', 'address.neighborhood', 'address.city',
    'address.municipality', 'address.district', 'address.region', 'address.postalCode', 'phone',
    'email', 'website', 'timezone', 'decimalPrecision')),
  position smallint not null,
  required boolean not null,
  labels texts not null,
  characters_min smallint check (characters_min > 0),
  characters_max smallint check (characters_max >= coalesce(characters_min, 1)),
  pattern text check (pattern ~ '^\^.*\$$'),
  primary key (country_version, path),
  unique (country_version, position)
);

comment on table form_field is
  'The form of a company''s data, by country version: what is not listed does not exist there.';
comment on column form_field.country_version is 'The country version.';
comment on column form_field.path is 'The field of UpdateCompanyInput, by dots: address.city.';
comment on column form_field.position is 'The order in the form.';
comment on column form_field.required is 'Whether the form cannot be saved with this field empty.';
comment on column form_field.labels is 'What the country version calls the field.';
comment on column form_field.characters_min is 'The fewest characters; null: one.';
comment on column form_field.characters_max is 'The most characters; null: what the column holds.';
comment on column form_field.pattern is 'The regular expression of the whole value; null: any.';

-- Solutions ---------------------------------------------------------------------------------------

create table solution (
  code text primary key check (code ~ '^[a-z]+$'),
  position smallint not null unique,
  descriptions texts not null,
  launch_url text not null check (launch_url ~ '^https://')
);

comment on table solution is 'The products of the suite.';
comment on column solution.code is 'Such as accounting; never changes.';
comment on column solution.position is 'The order in which solutions are shown, everywhere.';
comment on column solution.descriptions is 'What it is for, in one sentence.';
comment on column solution.launch_url is 'Where it opens.';

create table country_solution (
  country_version text not null references country_version,
  solution text not null references solution,
  names texts not null,
  primary key (country_version, solution)
);

comment on table country_solution is
  'Which solutions each country version has, and what they are called there. A company cannot have '
  'one that is not listed for its version.';
comment on column country_solution.country_version is 'The country version.';
comment on column country_solution.solution is 'The solution it has.';
comment on column country_solution.names is
  'The name there: accounting is Alegra Contabilidad, in Argentina Alegra Gestión.';

create table plan (
  code text primary key check (code ~ '^[a-z]+$'),
  position smallint not null unique,
  labels texts not null
);

comment on table plan is 'The plans that a solution can be had under, the smallest first.';
comment on column plan.code is 'Such as pyme.';
comment on column plan.position is 'The order, by size.';
comment on column plan.labels is 'What it is called.';

-- Integrations ------------------------------------------------------------------------------------

create table integration (
  code text primary key check (code ~ '^[a-z]+$'),
  position smallint not null unique,
  category text not null check (category in ('ONLINE_PAYMENTS', 'ZAPIER')),
  name text not null,
  descriptions texts not null,
  documentation_url text not null check (documentation_url ~ '^https://')
);

comment on table integration is 'The services outside the suite that a company can connect.';
comment on column integration.code is 'Such as payu; never changes.';
comment on column integration.position is 'The order in which integrations are shown.';
comment on column integration.category is 'ONLINE_PAYMENTS (Pagos en línea) or ZAPIER.';
comment on column integration.name is 'The brand, the same in every language.';
comment on column integration.descriptions is 'What it is for, in one sentence.';
comment on column integration.documentation_url is 'Where its maker explains connecting.';

create table integration_country (
  integration text not null references integration,
  country_version text not null references country_version,
  primary key (integration, country_version)
);

comment on table integration_country is
  'Where an integration is offered. Taking a row away retires it there: companies that are '
  'connected stay so and can only disconnect.';
comment on column integration_country.integration is 'The integration.';
comment on column integration_country.country_version is 'The country version that offers it.';

create table integration_credential_field (
  integration text not null references integration,
  name text not null check (name ~ '^[a-z][a-zA-Z]*$'),
  position smallint not null,
  labels texts not null,
  secret boolean not null,
  required boolean not null,
  primary key (integration, name),
  unique (integration, position)
);

comment on table integration_credential_field is 'What connecting an integration asks for.';
comment on column integration_credential_field.integration is 'The integration.';
comment on column integration_credential_field.name is 'The field, such as apiKey.';
comment on column integration_credential_field.position is 'The order in the form.';
comment on column integration_credential_field.labels is 'What the form calls it.';
comment on column integration_credential_field.secret is
  'Whether it is sealed when stored and never shown again.';
comment on column integration_credential_field.required is 'Whether connecting needs it.';

-- The revision ------------------------------------------------------------------------------------

create table catalogue_revision (
  only_row boolean primary key default true check (only_row),
  revision bigint not null default 1,
  changed_at timestamptz not null default now()
);

insert into catalogue_revision default values;

comment on table catalogue_revision is
  'One row: the revision of all catalogues together. Every request reads it; a server whose memory '
  'is older reads the catalogues again before it answers.';
comment on column catalogue_revision.only_row is 'Always true: there is one row.';
comment on column catalogue_revision.revision is 'Counts up with every statement that edits.';
comment on column catalogue_revision.changed_at is 'When a catalogue was last edited.';

create function catalogue_changed() returns trigger
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
  update catalogue_revision set revision = revision + 1, changed_at = now();
  notify catalogue;
  return null;
end
$$;

comment on function catalogue_changed() is
  'Statement trigger of every catalogue: counts the revision up and notifies the servers on the '
  'channel catalogue. NOTIFY serialises commits, which only edits this rare can afford.';

do $watch$
declare
  catalogue text;
begin
  foreach catalogue in array array[
    'language', 'currency', 'country_version', 'kind_of_person', 'tax_id_type', 'tax_regime',
    'form_field', 'solution', 'country_solution', 'plan', 'integration', 'integration_country',
    'integration_credential_field']
  loop
    execute format(
      'create trigger %1$s_changed after insert or update or delete or truncate on %1$I '
      'for each statement execute function catalogue_changed()', catalogue);
    execute format('grant select on %I to hub_app', catalogue);
  end loop;
  grant select on catalogue_revision to hub_app;
end
$watch$;

reset role;
