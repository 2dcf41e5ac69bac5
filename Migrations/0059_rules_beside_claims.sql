-- The rules of a company's data beside what solutions report and operators move. What comes out:
-- the trigger of 0047 anew, which lets another country version empty what it cannot keep, and
-- leaves it to a person where two solutions' claims do not go together; and a solution that is
-- switched off is no longer one that its backend finds the company by.

set local row_security = on;

grant create on schema public to hub_auth, hub_service;
set local role hub_auth;

create or replace function company_check_rules() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  broken record;
  fault text;
begin
  -- A version that is none is for the foreign key to refuse.
  perform from country_version v where v.code = new.country_version;
  if not found then
    return new;
  end if;
  select judged.path, judged.fault into broken
  from (
    select n.path, f.position, case
      -- What another version cannot keep goes, and is asked for anew.
      when n.value is null then case
        when o.value is not null and f.required and new.country_version = old.country_version
          then 'REQUIRED'
        end
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
      using errcode = 'check_violation', table = 'company', constraint = 'company_form';
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
  -- Solutions report a number and a kind of person each by itself; where the two do not go together
  -- it is for a person to say which of them is wrong.
  fault := tax_number_fault(
    new.country_version, new.identification_type, new.identification_number,
    new.identification_check_digit,
    case when coalesce(current_setting('app.actor', true), '') not like 'service:%'
      then new.kind_of_person end);
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

reset role;
set local role hub_service;

create or replace function company_has_solution(company uuid, solution text) returns boolean
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  select exists (
    select from company_solution s
    where s.tenant_id = company_has_solution.company
      and s.solution = company_has_solution.solution and s.state <> 'INACTIVE')
$$;

comment on function company_has_solution(uuid, text) is
  'Whether a company has a solution in use. A solution''s backend finds these companies alone: any '
  'other is to it as one that does not exist. Runs with the rights of its caller, a function of '
  'hub_service.';

reset role;
revoke create on schema public from hub_auth, hub_service;
