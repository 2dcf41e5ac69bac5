-- What is known of a company, and by whom. What comes out: every claim of a solution, what people
-- confirmed, and the functions that decide which of them stands in the company's row.
--
-- A field's value is what a person confirmed: in the hub, at sign-up, or as an operator in psql.
-- Without such a word it is the claim that was reported for the latest instant; at one instant the
-- solution that is listed first, and of its own claims the greatest by its bytes. So the value
-- depends on which claims and confirmations there are, and on no order in which they came.
--
-- Whoever changes one company locks its row first: claims and confirmations are written behind it.

set local row_security = on;

do $roles$
begin
  perform pg_advisory_xact_lock(hashtextextended('mi-alegra: roles', 0));
  if (select rolsuper from pg_roles where rolname = current_user) then
    lock table pg_catalog.pg_authid in share row exclusive mode;
  end if;
  if not exists (select from pg_roles where rolname = 'hub_company') then
    create role hub_company nologin;
    comment on role hub_company is
      'Mi Alegra: owns the functions that keep what is known of a company, and by whom.';
  end if;
  if exists (
    select from pg_roles
    where rolname = 'hub_company' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb))
  then
    raise exception 'the role hub_company has rights that would undo the separation of tenants'
      using hint = 'ALTER ROLE hub_company NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB;';
  end if;
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant hub_company to %I', current_user);
  end if;
end
$roles$;

grant usage on schema public to hub_company;
alter default privileges for role hub_company revoke execute on functions from public;

set local role hub_owner;

-- Fields and columns ------------------------------------------------------------------------------

create function company_column(path text) returns text
language sql immutable parallel safe
as $$
  select lower(regexp_replace(replace(path, '.', '_'), '([A-Z])', '_\1', 'g'))
$$;

comment on function company_column(text) is
  'The column of company that a field of the form is kept in: address_postal_code for '
  'address.postalCode.';

create function claim_field(path text) returns text
language sql immutable parallel safe
as $$
  select case when path like 'identification.%' then 'identification' else path end
$$;

comment on function claim_field(text) is
  'What a field of the form is claimed as: the parts of the identification are one claim, since a '
  'number means nothing beside another one''s kind.';

create function company_value(company jsonb, field text) returns jsonb
language sql immutable parallel safe
as $$
  select case
    when field <> 'identification' then nullif(company -> company_column(field), 'null')
    when company ->> 'identification_number' is not null then jsonb_build_object(
      'type', company -> 'identification_type', 'number', company -> 'identification_number',
      'checkDigit', company -> 'identification_check_digit')
  end
$$;

comment on function company_value(jsonb, text) is
  'What a row of company, as JSON, holds of a field that is claimed; null where it is empty.';

create function claimed_columns(field text, value jsonb) returns jsonb
language sql immutable parallel safe
as $$
  select case
    when field = 'identification' then jsonb_build_object(
      'identification_type', value -> 'type', 'identification_number', value -> 'number',
      'identification_check_digit', value -> 'checkDigit')
    else jsonb_build_object(company_column(field), value)
  end
$$;

comment on function claimed_columns(text, jsonb) is
  'The columns of company, and what a claim writes into each.';

create function claimed_part(path text, value jsonb) returns text
language sql immutable parallel safe
as $$
  select case
    when path like 'identification.%' then value ->> split_part(path, '.', 2)
    else value #>> '{}'
  end
$$;

comment on function claimed_part(text, jsonb) is
  'What a claim says of one field of the form, as text.';

-- Claims ------------------------------------------------------------------------------------------

create table company_claim (
  tenant_id uuid not null references company on delete cascade
    check (tenant_id <> '00000000-0000-0000-0000-000000000000'),
  field text not null check (field in (
    'legalName', 'tradeName', 'identification', 'kindOfPerson', 'regime', 'address.description',
    'address.street', 'address.exteriorNumber', 'address.interiorNumber', 'address.neighborhood',
    'address.city', 'address.municipality', 'address.district', 'address.region',
    'address.postalCode', 'phone', 'email', 'website', 'timezone', 'decimalPrecision')),
  source text not null references solution,
  reported_at timestamptz not null check (isfinite(reported_at)),
  value jsonb not null,
  received_at timestamptz not null default now(),
  primary key (tenant_id, field, source, reported_at, value),
  check (jsonb_typeof(value) = case field
    when 'identification' then 'object' when 'decimalPrecision' then 'number' else 'string' end),
  check (value <> '""'),
  check (field <> 'identification' or value ?& array['type', 'number', 'checkDigit'])
);

comment on table company_claim is
  'What each solution reported of each field, every one; the same once more is the same row. A '
  'solution that is switched off leaves its claims.';
comment on column company_claim.tenant_id is 'The company.';
comment on column company_claim.field is
  'The field, as form_field.path has it; the three parts of the identification are one.';
comment on column company_claim.source is 'The solution that reported it.';
comment on column company_claim.reported_at is 'For when, by the solution''s clock.';
comment on column company_claim.value is
  'The value, as the rules of the country version left it: a text, a number of decimals, or '
  '{"type", "number", "checkDigit"}.';
comment on column company_claim.received_at is 'When it first arrived; decides nothing.';

alter table company_claim enable row level security, force row level security;

create policy company_claim_of_tenant on company_claim for select to hub_app
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
create policy company_claim_by_company on company_claim to hub_company using (true);
grant select on company_claim to hub_app;
grant select, insert on company_claim to hub_company;

-- The planner sets it down where it is asked, which it does with one plain statement alone.
create function latest_claims(tenant uuid, field text)
returns table (place bigint, source text, value jsonb, reported_at timestamptz)
language sql stable
as $$
  select row_number() over (order by latest.reported_at desc, s.position), s.code, latest.value,
    latest.reported_at
  from company c
  join form_field f
    on f.country_version = c.country_version and f.path = case latest_claims.field
      when 'identification' then 'identification.number' else latest_claims.field end
  cross join solution s
  cross join lateral (
    select k.value, k.reported_at
    from company_claim k
    where k.tenant_id = c.tenant_id and k.field = latest_claims.field and k.source = s.code
      -- The country version, or what it offers, may have changed since it was reported.
      and case k.field
        when 'identification' then exists (
          select from tax_id_type t
          where t.country_version = c.country_version and t.code = k.value ->> 'type')
        when 'kindOfPerson' then exists (
          select from kind_of_person p
          where p.country_version = c.country_version and p.code = k.value #>> '{}')
        when 'regime' then exists (
          select from tax_regime r
          where r.country_version = c.country_version and r.code = k.value #>> '{}')
        when 'decimalPrecision' then k.value <= (
          select to_jsonb(v.decimal_precision_max) from country_version v
          where v.code = c.country_version)
        else true
      end
    order by k.reported_at desc, k.value::text collate "C" desc
    limit 1
  ) as latest
  where c.tenant_id = latest_claims.tenant
$$;

comment on function latest_claims(uuid, text) is
  'What each solution says of a field by now and the company can still hold. Place 1 outranks the '
  'others.';

-- Confirmations -----------------------------------------------------------------------------------

create table company_confirmation (
  tenant_id uuid not null references company on delete cascade
    check (tenant_id <> '00000000-0000-0000-0000-000000000000'),
  field text not null,
  kind text not null check (kind in ('HUB', 'OPERATOR')),
  confirmed_by uuid references account on delete set null,
  confirmed_by_name text,
  confirmed_at timestamptz not null default now(),
  primary key (tenant_id, field)
);

comment on table company_confirmation is
  'The fields for which a person''s word stands, emptied ones too: no claim changes them. Written '
  'by the triggers of company alone.';
comment on column company_confirmation.tenant_id is 'The company.';
comment on column company_confirmation.field is 'The field, as company_claim has it.';
comment on column company_confirmation.kind is
  'HUB, or OPERATOR where it was written past the hub, in psql.';
comment on column company_confirmation.confirmed_by is
  'The account whose word it is; null for none, or one that is gone since.';
comment on column company_confirmation.confirmed_by_name is
  'What that person was called then, or the role that an operator signed in as.';
comment on column company_confirmation.confirmed_at is 'When it was last confirmed.';

create index company_confirmation_by_account on company_confirmation (confirmed_by)
  where confirmed_by is not null;

create function company_confirmation_forget() returns trigger
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
  new.confirmed_by_name := null;
  return new;
end
$$;

comment on function company_confirmation_forget() is
  'Trigger: with an account goes its name.';

create trigger company_confirmation_forget before update on company_confirmation
for each row when (old.confirmed_by is not null and new.confirmed_by is null
  and new.confirmed_at = old.confirmed_at)
execute function company_confirmation_forget();

alter table company_confirmation enable row level security, force row level security;

create policy company_confirmation_of_tenant on company_confirmation for select to hub_app
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
create policy company_confirmation_by_company on company_confirmation to hub_company using (true);
grant select on company_confirmation to hub_app;
grant select, insert, update on company_confirmation to hub_company;

-- What hub_company works on -----------------------------------------------------------------------

create policy company_for_company on company for select to hub_company using (true);
create policy company_by_company on company for update to hub_company using (true);
grant select on company to hub_company;
grant update (
  legal_name, trade_name, identification_type, identification_number, identification_check_digit,
  kind_of_person, regime, address_description, address_street, address_exterior_number,
  address_interior_number, address_neighborhood, address_city, address_municipality,
  address_district, address_region, address_postal_code, phone, email, website, timezone,
  decimal_precision) on company to hub_company;
create policy account_for_company on account for select to hub_company using (true);
grant select (id, first_name, last_name, display_name) on account to hub_company;
grant select on form_field, country_version, kind_of_person, tax_id_type, tax_regime, solution
  to hub_company;
grant execute on function company_column(text), claim_field(text), company_value(jsonb, text),
  claimed_columns(text, jsonb), claimed_part(text, jsonb), latest_claims(uuid, text)
  to hub_app, hub_company;

reset role;

grant create on schema public to hub_company;
set local role hub_company;

create function confirm_company_field(tenant uuid, field text) returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  actor constant text := coalesce(
    nullif(current_setting('app.actor', true), ''),
    'account:' || nullif(nullif(current_setting('app.account_id', true), ''),
      '00000000-0000-0000-0000-000000000000'));
  person account.id%type;
  name text;
begin
  if actor like 'account:%' then
    select a.id, coalesce(nullif(a.display_name, ''), btrim(a.first_name || ' ' || a.last_name))
    into person, name
    from account a
    where a.id = substr(actor, 9)::uuid;
  elsif actor is null then
    name := session_user;
  end if;
  insert into company_confirmation as n (
    tenant_id, field, kind, confirmed_by, confirmed_by_name)
  values (
    confirm_company_field.tenant, confirm_company_field.field,
    case when actor is null then 'OPERATOR' else 'HUB' end, person, name)
  on conflict on constraint company_confirmation_pkey do update
  set kind = excluded.kind, confirmed_by = excluded.confirmed_by,
    confirmed_by_name = excluded.confirmed_by_name, confirmed_at = now();
end
$$;

comment on function confirm_company_field(uuid, text) is
  'Keeps that a field is as a person wants it. Who: app.actor says it (account:<uuid>, or a '
  'token), else app.account_id; with neither it is an operator, by session_user. Runs with the '
  'rights of its caller, a function of hub_company.';

create function company_confirm_named() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if coalesce(current_setting('app.actor', true), '') not like 'service:%' then
    perform confirm_company_field(new.tenant_id, tg_argv[0]);
  end if;
  return null;
end
$$;

comment on function company_confirm_named() is
  'Trigger: an UPDATE that names a column confirms its field, whether the value changes or not; '
  'not where a solution reports (app.actor is service:<solution>).';

create function company_confirm_given() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform confirm_company_field(new.tenant_id, given.field)
  from given_fields(to_jsonb(new)) as given (field);
  return null;
end
$$;

comment on function company_confirm_given() is
  'Trigger: a new company comes with what its people or an operator gave.';

create function given_fields(company jsonb) returns setof text
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  select distinct field.name
  from form_field f
  join country_version v on v.code = f.country_version
  cross join claim_field(f.path) as field (name)
  cross join company_value(given_fields.company, field.name) as given (value)
  where v.code = given_fields.company ->> 'country_version' and given.value is not null
    and given.value is distinct from case field.name
      when 'timezone' then to_jsonb(v.timezone)
      when 'decimalPrecision' then to_jsonb(v.decimal_precision_default)
      when 'kindOfPerson' then to_jsonb((
        select k.code from kind_of_person k where k.country_version = v.code
        order by k.position limit 1))
    end
$$;

comment on function given_fields(jsonb) is
  'The fields of a new row of company that somebody gave: those with a value that is not what each '
  'company of the country version begins with.';

grant execute on function company_confirm_named(), company_confirm_given() to hub_owner;

-- What stood before there were claims: whatever was changed or given is somebody's word.
insert into company_confirmation (tenant_id, field, kind, confirmed_at)
select c.tenant_id, given.field, 'HUB', c.updated_at
from company c
cross join given_fields(to_jsonb(c)) as given (field)
union
select c.tenant_id, claim_field(f.path), 'HUB', c.updated_at
from company c
join form_field f on f.country_version = c.country_version
where c.field_revisions ? company_column(f.path);

reset role;
revoke create on schema public from hub_company;

set local role hub_owner;

do $watch$
declare
  named record;
begin
  for named in
    select claim_field(path) as field, string_agg(company_column(path), ', ') as columns
    from unnest(array[
      'legalName', 'tradeName', 'identification.type', 'identification.number',
      'identification.checkDigit', 'kindOfPerson', 'regime', 'address.description',
      'address.street', 'address.exteriorNumber', 'address.interiorNumber',
      'address.neighborhood', 'address.city', 'address.municipality', 'address.district',
      'address.region', 'address.postalCode', 'phone', 'email', 'website', 'timezone',
      'decimalPrecision']) as path
    group by claim_field(path)
    order by 1
  loop
    execute format(
      'create trigger %I after update of %s on company '
      'for each row execute function company_confirm_named(%L)',
      'company_confirm_' || company_column(named.field), named.columns, named.field);
  end loop;
end
$watch$;

create trigger company_confirm_given after insert on company
for each row execute function company_confirm_given();

-- What the hub shows ------------------------------------------------------------------------------

create function company_fields(tenant uuid, language text)
returns table (
  path text, value text, source_kind text, solution text, solution_name text, since timestamptz,
  confirmed_by text, claims jsonb)
language sql stable
as $$
  select f.path, claimed_part(f.path, standing.value),
    coalesce(n.kind, case when best.source is not null then 'SOLUTION' end),
    case when n.kind is null then best.source end,
    case when n.kind is null then best.name end,
    coalesce(n.confirmed_at, best.reported_at),
    n.confirmed_by_name,
    coalesce(known.claims, '[]')
  from company c
  join form_field f on f.country_version = c.country_version
  cross join claim_field(f.path) as claimed (field)
  cross join company_value(to_jsonb(c), claimed.field) as standing (value)
  left join company_confirmation n on n.tenant_id = c.tenant_id and n.field = claimed.field
  left join lateral (
    select
      jsonb_agg(
        jsonb_build_object(
          'solution', k.source, 'name', named.name, 'value', claimed_part(f.path, k.value),
          'reportedAt',
          to_char(k.reported_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
        order by k.place)
      filter (
        where claimed_part(f.path, k.value)
          is distinct from claimed_part(f.path, standing.value)) as claims,
      (array_agg(k.source order by k.place))[1] as source,
      (array_agg(named.name order by k.place))[1] as name,
      max(k.reported_at) as reported_at
    from latest_claims(c.tenant_id, claimed.field) as k
    left join country_solution s
      on s.country_version = c.country_version and s.solution = k.source
    cross join lateral (
      select coalesce(s.names ->> company_fields.language, s.names ->> 'es', k.source)
    ) as named (name)
  ) as known on true
  left join lateral (
    select known.source, known.name, known.reported_at where known.source is not null
  ) as best on true
  where c.tenant_id = company_fields.tenant
$$;

comment on function company_fields(uuid, text) is
  'Each field of a company''s form: what stands, by whose word and since when (source_kind HUB, '
  'OPERATOR or SOLUTION; null for what its country version begins with, and for what is empty and '
  'was never anybody''s), and what solutions say otherwise, as '
  '[{"solution", "name", "value", "reportedAt"}].';

grant execute on function company_fields(uuid, text) to hub_app;

reset role;

-- A sign-up knows whose word the company's name is ------------------------------------------------

grant create on schema public to hub_auth;
set local role hub_auth;

create or replace function make_company(administrator uuid, country_version text, legal_name text)
returns uuid
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  made constant uuid := gen_random_uuid();
begin
  perform set_config('app.actor', 'account:' || make_company.administrator, true);
  insert into company (
    tenant_id, country_version, legal_name, kind_of_person, currency_code, timezone,
    decimal_precision)
  select made, v.code, make_company.legal_name,
    (select k.code from kind_of_person k where k.country_version = v.code
     order by k.position limit 1),
    v.currency_code, v.timezone, v.decimal_precision_default
  from country_version v
  where v.code = make_company.country_version;
  insert into membership (tenant_id, account_id, role)
  values (made, make_company.administrator, 'administrator');
  return made;
end
$$;

reset role;
revoke create on schema public from hub_auth;
