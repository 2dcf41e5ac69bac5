-- What operators do with a whole company: another country version, an export, its deletion. What
-- comes out: the functions of Migrations/0057 and 0058 for operators who bypass nothing.
--
-- Those functions ask for somebody who sees all of a company. hub_ops_tenant does, by a policy of
-- its own on every table: where one were missing, rows would stay behind in silence, so a test of
-- the catalog names each table that lacks it. A table that is added later calls open_to_operators.
-- The role owns three functions and nothing else; nobody signs in as it.

set local row_security = on;

set local role hub_owner;

create or replace function require_operator() returns void
language plpgsql stable
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if row_security_active('company'::regclass) and current_user <> 'hub_ops_tenant' then
    raise exception '% is held by row-level security', current_user
      using errcode = 'HB403',
        hint = 'Connect as a superuser, or as a role with BYPASSRLS; or use ops.move_company, '
          'ops.export_company and ops.delete_company.';
  end if;
end
$$;

comment on function require_operator() is
  'Raises HB403 where the caller would see nothing of a company, and think that there is nothing. '
  'hub_ops_tenant sees all of it, by its policies.';

create function open_to_operators(relation regclass) returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  statement text;
begin
  for statement in
    select format('grant select on %s to hub_ops_tenant', relation)
    union all
    select format(
      'create policy whole_for_operators on %s to hub_ops_tenant using (true)', relation)
    from pg_class c where c.oid = relation and c.relrowsecurity
    union all
    select format('grant delete on %s to hub_ops_tenant', relation)
    from pg_attribute a
    where a.attrelid = relation and a.attname = 'tenant_id' and not a.attisdropped
    union all
    -- Where somebody was last, or wanted to go: forget_tenant_rows empties it.
    select format('grant update (%I) on %s to hub_ops_tenant', a.attname, relation)
    from pg_attribute a
    where a.attrelid = relation and a.attname like '%\_tenant\_id' and not a.attisdropped
  loop
    execute statement;
  end loop;
end
$$;

comment on function open_to_operators(regclass) is
  'Lets hub_ops_tenant see all of a table, and delete a company''s rows: called by the migration '
  'that makes the table, for its owner.';

do $open$
declare
  made regclass;
begin
  for made in
    select c.oid::regclass from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and pg_get_userbyid(c.relowner) = 'hub_owner'
      and n.nspname <> 'information_schema' and n.nspname not like 'pg\_%'
    order by c.oid
  loop
    perform open_to_operators(made);
  end loop;
end
$open$;

-- What moving a company writes, and what deleting one does besides. (A lock asks for a column that
-- may be changed.)
grant update (
  country_version, legal_name, trade_name, identification_type, identification_number,
  identification_check_digit, kind_of_person, regime, address_description, address_street,
  address_exterior_number, address_interior_number, address_neighborhood, address_city,
  address_municipality, address_district, address_region, address_postal_code, phone, email,
  website, currency_code, timezone, decimal_precision)
  on company to hub_ops_tenant;
grant update (voided_at), delete on one_time_link to hub_ops_tenant;
grant insert (kind, account_id, address, name, language, facts, link_id), delete
  on mail to hub_ops_tenant;
grant insert on tenant_tombstone to hub_ops_tenant;

grant execute on function
  require_operator(), tenant_tables(), tenant_columns(regclass), count_tenant_rows(uuid),
  tenant_traces(uuid), tenant_people(uuid), begin_tenant_export(uuid), open_tenant_people(uuid),
  open_tenant_rows(uuid, text), forget_tenant_rows(uuid), tell_of_deletion(uuid, text),
  delete_tenant(uuid, text, text, bytea), unfit_fields(uuid, text), dropped_by_country(uuid, text),
  move_company(company, country_version), change_country(uuid, text, boolean),
  company_column(text), claim_field(text), characters_at_least(text),
  tax_number_fault(text, text, text, text, text), company_access(uuid),
  company_standing(uuid, text), role_in_solution(uuid, uuid, text),
  is_withheld_by_plan(uuid, text), settle_claims(uuid), latest_claims(uuid, text),
  company_value(jsonb, text), claimed_columns(text, jsonb), weighted_digits(text, integer[]),
  doubled_digits(text, integer), tax_check_characters(text, text),
  named_check_characters(text, text), weighted_check_characters(text, text), is_date_of_rfc(text)
  to hub_ops_tenant;

grant create on schema ops to hub_ops_tenant;
reset role;

set local role hub_company;
grant execute on function decide_company_fields(uuid, text, text[]) to hub_ops_tenant;
reset role;
set local role hub_auth;
grant execute on function ask_mail(text, uuid, text, jsonb, uuid), mail_language(text, text)
  to hub_ops_tenant;
reset role;

-- The migrator's own record says which schema an export is of.
do $ledger$
begin
  if to_regclass('public.schema_migration') is not null then
    grant select on public.schema_migration to hub_ops_tenant;
  end if;
end
$ledger$;

set local role hub_ops_tenant;

create function ops.begin_whole() returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
  -- Nobody else's name counts, whatever the connection says.
  perform set_config('app.account_id', '00000000-0000-0000-0000-000000000000', true),
    set_config('app.actor', '', true);
end
$$;

comment on function ops.begin_whole() is 'Whoever acts on a whole company is the operator.';

create function ops.move_company(
  company text, country_version text, reason text, drops boolean default false,
  dry_run boolean default true)
returns jsonb
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  tenant constant uuid := ops.company_id(move_company.company);
  told text;
  report jsonb;
begin
  perform ops.begin_whole();
  if move_company.dry_run then
    begin
      report := change_country(tenant, move_company.country_version, true);
      set constraints all immediate;
      raise exception using errcode = 'HB200', message = 'a dry run', detail = report::text;
    exception when sqlstate 'HB200' then
      get stacked diagnostics told = pg_exception_detail;
    end;
    return told::jsonb || '{"done": false}';
  end if;
  begin
    report := change_country(tenant, move_company.country_version, move_company.drops);
  exception when sqlstate 'HB409' or sqlstate 'HB404' then
    get stacked diagnostics told = pg_exception_detail;
    raise exception '%', sqlerrm
      using errcode = sqlstate, detail = coalesce(told, ''), hint = case sqlstate
        when 'HB404' then 'The versions: select code, names ->> ''es'' from country_version;'
        else 'Look at a dry run (it is one unless you say dry_run => false), and let it be dropped '
          'with drops => true.' end;
  end;
  perform record_operator_act(
    'move_company', tenant, null, move_company.country_version, move_company.reason);
  return report || '{"done": true}';
end
$$;

comment on function ops.move_company(text, text, text, boolean, boolean) is
  'Moves a company to another country version. Unless dry_run => false is said, it tells what '
  'would be dropped, changed and missing, and undoes it. Such as: select jsonb_pretty('
  'ops.move_company(''901234567'', ''MX'', ''ticket 4711: chose the wrong country''));';

create function ops.export_company(company text, reason text) returns setof text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  tenant constant uuid := ops.company_id(export_company.company);
  opened refcursor := 'tenant_rows';
  head jsonb;
  part text;
  before_part text := '';
  line text;
  before_line text;
begin
  head := begin_tenant_export(tenant);
  return next '{"format":"mi-alegra tenant","formatVersion":1,"schema":' || (
    select json_build_object('migration', m.number, 'name', m.name)
    from schema_migration m order by m.number desc limit 1)
    || ',"tenantId":"' || tenant || '","exportedAt":' || (head -> 'exportedAt')
    || ',"redacted":' || (head -> 'redacted') || ',';
  return next '"people":[';
  for part in
    select null
    union all
    select listed.name
    from jsonb_array_elements_text(head -> 'tables') with ordinality as listed (name, place)
  loop
    if part is null then
      perform open_tenant_people(tenant);
    else
      return next before_part || to_json(part) || ':[';
      before_part := ',';
      perform open_tenant_rows(tenant, part);
    end if;
    before_line := '';
    loop
      fetch opened into line;
      exit when not found;
      return next before_line || line;
      before_line := ',';
    end loop;
    close opened;
    return next case when part is null then '],"tables":{' else ']' end;
  end loop;
  return next '}}';
  perform record_operator_act('export_company', tenant, null, null, export_company.reason);
end
$$;

comment on function ops.export_company(text, text) is
  'All of a company as the lines of one JSON document, as `mi-alegra tenant export` writes it and '
  '`mi-alegra tenant import` reads it; without what is secret. Such as, in psql: \t \a \o '
  'company.json and then select ops.export_company(''901234567'', ''ticket 4711: asked for it'');';

create function ops.delete_company(
  company text, legal_name text, reason text, dry_run boolean default true)
returns jsonb
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  tenant constant uuid := ops.company_id(delete_company.company);
  told text;
  hinted text;
  report jsonb;
begin
  if delete_company.legal_name is null then
    raise exception 'the legal name has to be given'
      using errcode = 'HB422', hint = 'So that it is the company that you mean.';
  end if;
  perform ops.begin_whole();
  begin
    -- Whose company it was stands in the tombstone: a record of this would keep its number.
    perform record_operator_act(
      'delete_company', null, null, delete_company.legal_name, delete_company.reason);
    report := delete_tenant(tenant, delete_company.legal_name, btrim(delete_company.reason), null);
    if delete_company.dry_run then
      raise exception using errcode = 'HB200', message = 'a dry run', detail = report::text;
    end if;
  exception
    when sqlstate 'HB200' then
      get stacked diagnostics told = pg_exception_detail;
      return told::jsonb || '{"done": false}';
    when sqlstate 'HB409' then
      get stacked diagnostics told = pg_exception_detail, hinted = pg_exception_hint;
      raise exception '%', sqlerrm
        using errcode = 'HB409', detail = coalesce(told, ''), hint = coalesce(
          nullif(hinted, ''), 'Its legal name, to the letter, is in ops.companies.');
  end;
  return report || '{"done": true}';
end
$$;

comment on function ops.delete_company(text, text, text, boolean) is
  'Erases a company for good, whose legal name has to be given to the letter. Unless dry_run => '
  'false is said, it tells what would go, and undoes it. Export it first. Such as: select '
  'jsonb_pretty(ops.delete_company(''901234567'', ''Ejemplar S.A.S.'', ''ticket 4711: letter''));';

grant execute on function
  ops.move_company(text, text, text, boolean, boolean),
  ops.export_company(text, text),
  ops.delete_company(text, text, text, boolean)
  to hub_ops;

reset role;
set local role hub_owner;
revoke create on schema ops from hub_ops_tenant;
reset role;
