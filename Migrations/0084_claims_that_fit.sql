-- What solutions report, beside a change of the country version. What comes out: a claim that the
-- company's version of now would not take is passed over, whatever version it was reported under;
-- and a report that was judged by another version than the company's is judged anew.

set local row_security = on;

set local role hub_owner;

grant execute on function
  weighted_digits(text, integer[]), doubled_digits(text, integer),
  tax_check_characters(text, text), named_check_characters(text, text),
  weighted_check_characters(text, text), is_date_of_rfc(text),
  tax_number_fault(text, text, text, text, text), characters_at_least(text)
  to hub_company;

-- The planner sets it down where it is asked, which it does with one plain statement alone.
create or replace function latest_claims(tenant uuid, field text)
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
          and k.value ->> 'number' ~ coalesce(f.pattern, '')
          and tax_number_fault(
            c.country_version, k.value ->> 'type', k.value ->> 'number',
            k.value ->> 'checkDigit', null) is null
        when 'kindOfPerson' then exists (
          select from kind_of_person p
          where p.country_version = c.country_version and p.code = k.value #>> '{}')
        when 'regime' then exists (
          select from tax_regime r
          where r.country_version = c.country_version and r.code = k.value #>> '{}')
        when 'decimalPrecision' then k.value <= (
          select to_jsonb(v.decimal_precision_max) from country_version v
          where v.code = c.country_version)
        else k.value #>> '{}' ~ coalesce(f.pattern, '')
          and char_length(k.value #>> '{}') >= coalesce(f.characters_min, 0)
          and (f.characters_max is null
            or characters_at_least(k.value #>> '{}') <= f.characters_max)
      end
    order by k.reported_at desc, k.value::text collate "C" desc
    limit 1
  ) as latest
  where c.tenant_id = latest_claims.tenant
$$;

comment on function latest_claims(uuid, text) is
  'What each solution says of a field by now and the company can still hold, by the rules of '
  'company_check_rules(). Place 1 outranks the others.';

reset role;

grant create on schema public to hub_company;
set local role hub_company;

-- A server of before is refused its reports until it is replaced: it would not say by which version
-- it judged, which is what this is for.
-- squawk-ignore ban-drop-function
drop function report_company(bytea, uuid, jsonb, timestamptz, integer);

create function report_company(
  token_hash bytea, tenant uuid, judged_by text, claims jsonb, reported_at timestamptz,
  ahead_seconds_max integer, out outcome text, out fields jsonb)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  source constant text := service_solution(token_hash);
begin
  -- To the end of the transaction: whoever notes at its commit who acted reads it too.
  perform set_config('app.actor', coalesce('service:' || source, ''), true);
  -- From here on the version stays. A company without the solution is not waited for.
  perform from company c
  where c.tenant_id = report_company.tenant
    and reported_version(c.tenant_id, source) is not null
  for no key update;
  if reported_version(report_company.tenant, source) <> report_company.judged_by then
    outcome := 'moved';
    return;
  end if;
  select r.outcome, r.fields into report_company.outcome, report_company.fields
  from take_report(
    source, report_company.tenant, report_company.claims, report_company.reported_at,
    ahead_seconds_max) as r;
end
$$;

comment on function report_company(bytea, uuid, text, jsonb, timestamptz, integer) is
  'take_report in the name of the service token''s solution, the actor of the transaction. moved: '
  'the company is in another country version than the one that judged the claims.';

grant execute on function report_company(bytea, uuid, text, jsonb, timestamptz, integer)
  to hub_app_write;

reset role;
revoke create on schema public from hub_company;
