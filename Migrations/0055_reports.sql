-- Solutions report what they know of a company. What comes out: the function that takes a report
-- and writes what the claims come to into the company's row, in one transaction and through the
-- rules of its columns.

set local row_security = on;

set local role hub_owner;

create policy company_solution_for_company on company_solution for select to hub_company
  using (true);
grant select (tenant_id, solution, state) on company_solution to hub_company;

reset role;

set local role hub_service;
grant execute on function service_solution(bytea) to hub_company;
reset role;

grant create on schema public to hub_company;
set local role hub_company;

create function decide_company_fields(tenant uuid, source text, fields text[]) returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  actor constant text := coalesce(current_setting('app.actor', true), '');
  decided jsonb;
begin
  select jsonb_object_agg(written.name, written.value)
  into decided
  from company c
  cross join unnest(decide_company_fields.fields) as decided (field)
  cross join lateral (
    select k.value from latest_claims(c.tenant_id, decided.field) as k where k.place = 1
  ) as best
  cross join jsonb_each(claimed_columns(decided.field, best.value)) as written (name, value)
  where c.tenant_id = decide_company_fields.tenant
    and best.value is distinct from company_value(to_jsonb(c), decided.field)
    and not exists (
      select from company_confirmation n
      where n.tenant_id = c.tenant_id and n.field = decided.field);
  if decided is null then
    return;
  end if;
  perform set_config('app.actor', 'service:' || source, true);
  update company c
  set legal_name = n.legal_name, trade_name = n.trade_name,
    identification_type = n.identification_type,
    identification_number = n.identification_number,
    identification_check_digit = n.identification_check_digit,
    kind_of_person = n.kind_of_person, regime = n.regime,
    address_description = n.address_description, address_street = n.address_street,
    address_exterior_number = n.address_exterior_number,
    address_interior_number = n.address_interior_number,
    address_neighborhood = n.address_neighborhood, address_city = n.address_city,
    address_municipality = n.address_municipality, address_district = n.address_district,
    address_region = n.address_region, address_postal_code = n.address_postal_code,
    phone = n.phone, email = n.email, website = n.website, timezone = n.timezone,
    decimal_precision = n.decimal_precision
  from company old
  cross join jsonb_populate_record(old, decided) as n
  where old.tenant_id = decide_company_fields.tenant and c.tenant_id = old.tenant_id;
  perform set_config('app.actor', actor, true);
end
$$;

comment on function decide_company_fields(uuid, text, text[]) is
  'Writes what the claims come to into these fields of a company, in the name of the source that '
  'reports, only where it differs and no person''s word stands. The company''s row is locked. Runs '
  'with the rights of its caller, a function of hub_company.';

create function reported_version(tenant uuid, source text) returns text
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  select c.country_version
  from company c
  join company_solution s on s.tenant_id = c.tenant_id
  where c.tenant_id = reported_version.tenant and s.solution = reported_version.source
    and s.state in ('TRIAL', 'ACTIVE', 'READ_ONLY')
$$;

comment on function reported_version(uuid, text) is
  'The country version of a company that has the solution; null where it has it not, or there is '
  'no such company. Runs with the rights of its caller, a function of hub_company.';

create function take_report(
  source text, tenant uuid, claims jsonb, reported_at timestamptz, ahead_seconds_max integer,
  out outcome text, out fields jsonb)
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if reported_version(take_report.tenant, take_report.source) is null then
    outcome := 'not_found';
    return;
  end if;
  if take_report.reported_at > now() + make_interval(secs => ahead_seconds_max) then
    outcome := 'ahead';
    return;
  end if;
  perform from company c where c.tenant_id = take_report.tenant for no key update;
  -- A solution that was switched off while this one waited has nothing to say any more.
  if reported_version(take_report.tenant, take_report.source) is null then
    outcome := 'not_found';
    return;
  end if;
  insert into company_claim (tenant_id, field, source, reported_at, value)
  select take_report.tenant, claim.field, take_report.source, take_report.reported_at, claim.value
  from jsonb_each(take_report.claims) as claim (field, value)
  on conflict do nothing;
  perform decide_company_fields(
    take_report.tenant, take_report.source,
    (select coalesce(array_agg(claim.field), '{}')
     from jsonb_object_keys(take_report.claims) as claim (field)));
  outcome := 'reported';
  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'name', f.path, 'value', claimed_part(f.path, standing.value),
        'stands', standing.value is not distinct from claim.value)
      order by f.position), '[]')
  into fields
  from company c
  join form_field f on f.country_version = c.country_version
  join jsonb_each(take_report.claims) as claim (field, value)
    on claim.field = claim_field(f.path)
  cross join company_value(to_jsonb(c), claim.field) as standing (value)
  where c.tenant_id = take_report.tenant;
end
$$;

comment on function take_report(text, uuid, jsonb, timestamptz, integer) is
  'Takes what a solution knows of a company, {field: value} by company_claim, and decides what '
  'stands. Outcomes: reported (fields is [{"name", "value", "stands"}], what then stands of each '
  'field of the form); ahead (reported for an instant too far ahead of this clock); not_found (the '
  'company has not this solution, or is none). Runs with the rights of its caller, a function of '
  'hub_company.';

create function company_of_report(token_hash bytea, tenant uuid) returns text
language sql security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select reported_version(company_of_report.tenant, service_solution(token_hash))
$$;

comment on function company_of_report(bytea, uuid) is
  'The country version of a company that has the service token''s solution; null for every other.';

create function report_company(
  token_hash bytea, tenant uuid, claims jsonb, reported_at timestamptz, ahead_seconds_max integer,
  out outcome text, out fields jsonb)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  source constant text := service_solution(token_hash);
begin
  -- To the end of the transaction: whoever notes at its commit who acted reads it too.
  perform set_config('app.actor', coalesce('service:' || source, ''), true);
  select r.outcome, r.fields into report_company.outcome, report_company.fields
  from take_report(
    source, report_company.tenant, report_company.claims, report_company.reported_at,
    ahead_seconds_max) as r;
end
$$;

comment on function report_company(bytea, uuid, jsonb, timestamptz, integer) is
  'take_report in the name of the service token''s solution, the actor of the transaction.';

grant execute on function
  company_of_report(bytea, uuid), report_company(bytea, uuid, jsonb, timestamptz, integer)
  to hub_app_write;

reset role;
revoke create on schema public from hub_company;
