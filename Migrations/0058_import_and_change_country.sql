-- A company out of its export, and a company in another country version. What comes out are the
-- functions of operators that do either in one transaction, or refuse with what stands in the way.
--
-- They run with the rights of their caller, who must be let past row-level security; no role of the
-- server's may execute one. What an import refuses is HB422, and begins with the place in the
-- document: tables.membership[2].role.

set local row_security = on;

set local role hub_owner;

-- Importing ---------------------------------------------------------------------------------------

create function begin_tenant_import() returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
  perform require_operator();
  create temporary table tenant_import (
    part text not null,
    place integer not null,
    written text not null,
    read jsonb,
    primary key (part, place)
  ) on commit drop;
  create temporary table tenant_import_person (
    old_id uuid primary key,
    new_id uuid not null,
    place integer not null,
    is_made boolean not null
  ) on commit drop;
end
$$;

comment on function begin_tenant_import() is
  'Makes the temporary tables of an import. The rows of the document are copied into '
  'tenant_import, as they are written: part is people, or tables. and the table''s name; place '
  'counts from 0.';

create function refuse_import(part text, place integer, member text, reason text) returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
begin
  raise exception '%', refuse_import.part || coalesce('[' || refuse_import.place || ']', '')
    || coalesce('.' || refuse_import.member, '') || ': ' || refuse_import.reason
    using errcode = 'HB422';
end
$$;

comment on function refuse_import(text, integer, text, text) is
  'Raises HB422 with the place in the document; null where there is no row or no member to name.';

create function read_import() returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  found_at record;
begin
  begin
    update pg_temp.tenant_import set read = written::jsonb;
    return;
  exception when others then null;
  end;
  for found_at in select part, place, written from pg_temp.tenant_import order by part, place loop
    begin
      perform found_at.written::jsonb;
    exception when others then
      perform refuse_import(found_at.part, found_at.place, null, sqlerrm);
    end;
  end loop;
  raise exception 'the rows cannot be read' using errcode = 'HB422';
end
$$;

comment on function read_import() is 'Reads each row of the document as JSON that can be stored.';

create function check_import_members(
  part text, members text[], long_members text[], text_bytes_max integer) returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  found_at record;
begin
  select i.place, given.name into found_at
  from pg_temp.tenant_import i
  cross join jsonb_object_keys(i.read) as given (name)
  where i.part = check_import_members.part
    and given.name <> all (check_import_members.members)
  order by i.place limit 1;
  if found then
    perform refuse_import(part, found_at.place, left(found_at.name, 64), 'there is no such column');
  end if;
  select i.place, wanted.name into found_at
  from pg_temp.tenant_import i
  cross join unnest(check_import_members.members) as wanted (name)
  where i.part = check_import_members.part and not i.read ? wanted.name
  order by i.place limit 1;
  if found then
    perform refuse_import(part, found_at.place, found_at.name, 'is missing');
  end if;
  select i.place, given.name into found_at
  from pg_temp.tenant_import i
  cross join unnest(check_import_members.members) as given (name)
  where i.part = check_import_members.part
    and given.name <> all (check_import_members.long_members)
    and octet_length(i.read ->> given.name) > check_import_members.text_bytes_max
  order by i.place limit 1;
  if found then
    perform refuse_import(
      part, found_at.place, found_at.name, format('is longer than %s bytes', text_bytes_max));
  end if;
end
$$;

comment on function check_import_members(text, text[], text[], integer) is
  'Refuses rows that have other members than these, or long values where no bytes are kept.';

create function import_people() returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  person record;
  known uuid;
  made uuid;
  wrong text;
begin
  for person in
    select i.place, i.read from pg_temp.tenant_import i where i.part = 'people' order by i.place
  loop
    select m.key into wrong from jsonb_each(person.read) as m
    where jsonb_typeof(m.value) <> 'string' limit 1;
    if found then
      perform refuse_import('people', person.place, wrong, 'is no text');
    end if;
    begin
      select a.id into known from account a
      where a.email_key = lower(person.read ->> 'email') for key share;
      if known is null then
        -- Who is new keeps their number, unless somebody here has it.
        insert into account (id, email, first_name, last_name, display_name, country, language)
        values (
          case
            when exists (select from account a where a.id = (person.read ->> 'id')::uuid)
              then gen_random_uuid()
            else (person.read ->> 'id')::uuid
          end,
          person.read ->> 'email', person.read ->> 'first_name', person.read ->> 'last_name',
          person.read ->> 'display_name', person.read ->> 'country', person.read ->> 'language')
        returning id into made;
      end if;
      insert into pg_temp.tenant_import_person (old_id, new_id, place, is_made)
      values ((person.read ->> 'id')::uuid, coalesce(known, made), person.place, known is null);
    exception when others then
      perform refuse_import('people', person.place, null, sqlerrm);
    end;
  end loop;
  select p.place into person from pg_temp.tenant_import_person p
  where exists (
    select from pg_temp.tenant_import_person other
    where other.new_id = p.new_id and other.place < p.place)
  order by p.place limit 1;
  if found then
    perform refuse_import('people', person.place, 'email', 'is another person''s in this document');
  end if;
end
$$;

comment on function import_people() is
  'Finds the people of an import by their addresses, or makes them: without a password, which they '
  'set by a reset. An account that is there is not changed.';

create function check_import_rows(tenant uuid, relation regclass, text_bytes_max integer)
returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  own_part constant text := 'tables.' || relation::text;
  wrong integer;
  pointing text;
begin
  perform check_import_members(
    own_part,
    (select array_agg(c.name) from tenant_columns(relation) c where not c.is_redacted),
    (select coalesce(array_agg(c.name) filter (where c.is_bytes), '{}')
     from tenant_columns(relation) c),
    text_bytes_max);
  select i.place into wrong from pg_temp.tenant_import i
  where i.part = own_part
    and i.read ->> 'tenant_id' is distinct from check_import_rows.tenant::text
  order by i.place limit 1;
  if found then
    perform refuse_import(own_part, wrong, 'tenant_id', 'is another company''s');
  end if;
  for pointing in
    select c.name from tenant_columns(relation) c where c.points_to_person and not c.is_redacted
  loop
    select i.place into wrong from pg_temp.tenant_import i
    where i.part = own_part and i.read ->> pointing is not null
      and not exists (
        select from pg_temp.tenant_import_person p where p.old_id::text = i.read ->> pointing)
    order by i.place limit 1;
    if found then
      perform refuse_import(own_part, wrong, pointing, 'is none of the document''s people');
    end if;
  end loop;
end
$$;

comment on function check_import_rows(uuid, regclass, integer) is
  'Refuses rows of a table that have other columns than it, are another company''s, or name a '
  'person who is not in the document.';

create function import_rows(tenant uuid, relation regclass) returns bigint
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  own_part constant text := 'tables.' || relation::text;
  statement text;
  place integer;
  first_place integer;
  expected bigint;
  made bigint;
  wrong_column text;
  reason text;
begin
  select format(
    'insert into %1$s (%2$s) overriding system value select %3$s from pg_temp.tenant_import i'
      ' cross join lateral jsonb_populate_record(null::%1$s, i.read - %4$L::text[]) as r'
      ' where i.part = $1 and ($2 is null or i.place = $2) order by i.place',
    relation, string_agg(format('%I', c.name), ', ' order by c.place),
    string_agg(
      format(
        case
          when c.is_bytes then 'decode(i.read ->> %2$L, ''base64'')'
          when c.names_person then
            'coalesce((select p.new_id from pg_temp.tenant_import_person p'
              ' where p.old_id = r.%1$I), r.%1$I)'
          else 'r.%1$I'
        end,
        c.name, c.name),
      ', ' order by c.place),
    coalesce(array_agg(c.name) filter (where c.is_bytes), '{}'))
  into statement
  from tenant_columns(relation) c where not c.is_redacted;
  select count(*), min(i.place) into expected, first_place
  from pg_temp.tenant_import i where i.part = own_part;
  -- What triggers have made of the rows before, the document has as it was.
  execute format('delete from %s where tenant_id = $1', relation) using import_rows.tenant;
  begin
    execute statement using own_part, null::integer;
    get diagnostics made = row_count;
    if made <> expected then
      perform refuse_import(own_part, null, null, 'a trigger has left rows out');
    end if;
    return made;
  exception when others then
    get stacked diagnostics reason = message_text, wrong_column = column_name;
  end;
  -- Which row it was: one after the other, until one fails.
  for place in
    select i.place from pg_temp.tenant_import i where i.part = own_part order by i.place
  loop
    begin
      execute statement using own_part, place;
    exception when others then
      get stacked diagnostics reason = message_text, wrong_column = column_name;
      perform refuse_import(own_part, place, nullif(wrong_column, ''), reason);
    end;
  end loop;
  perform refuse_import(own_part, null, null, reason);
end
$$;

comment on function import_rows(uuid, regclass) is
  'Inserts the document''s rows of one table, in the place of those that triggers made of rows '
  'before, through its constraints and triggers; where one is refused, says which. People get '
  'their numbers here.';

create function check_import_whole(tenant uuid) returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  wrong record;
begin
  -- What the database puts off until the commit is asked now.
  begin
    set constraints all immediate;
  exception when others then
    perform refuse_import('tables', null, null, sqlerrm);
  end;
  perform from membership m
  where m.tenant_id = check_import_whole.tenant and m.role = 'administrator';
  if not found then
    perform refuse_import('tables.membership', null, null, 'nobody administers the company');
  end if;
  select p.place into wrong from pg_temp.tenant_import_person p
  where p.new_id not in (select tenant_people(check_import_whole.tenant))
  order by p.place limit 1;
  if found then
    perform refuse_import('people', wrong.place, null, 'has nothing to do with the company');
  end if;
  select i.part, i.place into wrong
  from pg_temp.tenant_import i
  cross join regexp_matches(
    i.written, '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}', 'g') as named (ids)
  join company c on c.tenant_id = named.ids[1]::uuid
  where c.tenant_id <> check_import_whole.tenant
  order by i.part, i.place limit 1;
  if found then
    perform refuse_import(wrong.part, wrong.place, null, 'names another company of this server');
  end if;
end
$$;

comment on function check_import_whole(uuid) is
  'Refuses a company without an administrator, people who are none of its own, and rows that name '
  'another company.';

create function import_tenant(
  tenant uuid, tables text[], text_bytes_max integer, restores boolean, out report jsonb)
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  found_at record;
  filled record;
  counts jsonb := '{}';
begin
  perform require_operator();
  if exists (select from count_tenant_rows(import_tenant.tenant) c where c.row_count > 0) then
    raise exception 'there is a company % already', import_tenant.tenant using errcode = 'HB409';
  end if;
  select t.deleted_at into found_at from tenant_tombstone t
  where t.id = import_tenant.tenant order by t.deleted_at desc limit 1;
  if found and not import_tenant.restores then
    raise exception 'the company % was deleted here at %', import_tenant.tenant, found_at.deleted_at
      using errcode = 'HB409';
  end if;
  select coalesce(given.name, t.name) as name, t.name is null as is_unknown into found_at
  from unnest(import_tenant.tables) as given (name)
  full join (select own.name from tenant_tables() own where not own.is_redacted) as t (name)
    on t.name = given.name
  where given.name is null or t.name is null
  order by is_unknown desc limit 1;
  if found then
    perform refuse_import(
      'tables', null, left(found_at.name, 64),
      case when found_at.is_unknown then 'there is no such table' else 'is missing' end);
  end if;
  perform read_import();
  perform check_import_members(
    'people', '{id,email,first_name,last_name,display_name,country,language}', '{}',
    import_tenant.text_bytes_max);
  perform import_people();
  for filled in select t.relation, t.name from tenant_tables() t where not t.is_redacted
    order by t.place
  loop
    perform check_import_rows(import_tenant.tenant, filled.relation, import_tenant.text_bytes_max);
    counts := counts || jsonb_build_object(
      filled.name, import_rows(import_tenant.tenant, filled.relation));
  end loop;
  perform check_import_whole(import_tenant.tenant);
  report := jsonb_build_object(
    'legalName', (select c.legal_name from company c where c.tenant_id = import_tenant.tenant),
    'rows', counts,
    'people', (
      select coalesce(jsonb_agg(
        jsonb_build_object(
          'email', a.email, 'isMade', p.is_made, 'isRenumbered', p.old_id <> p.new_id)
        order by a.email_key collate "C"), '[]')
      from pg_temp.tenant_import_person p
      join account a on a.id = p.new_id));
end
$$;

comment on function import_tenant(uuid, text[], integer, boolean) is
  'Makes a company out of what was copied into tenant_import, all of it or nothing. A company that '
  'was deleted here comes back only where restores says so. HB409: it is here, or was; HB422: the '
  'document, and where in it.';

-- Another country version -------------------------------------------------------------------------

create function unfit_fields(tenant uuid, version text)
returns table (path text, column_name text, value text, reason text)
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  with told as (
    select distinct f.path, company_column(f.path) as column_name
    from form_field f
    -- Every version has these three, and no company is without them.
    where f.path not in ('legalName', 'timezone', 'decimalPrecision')),
  identification as (
    select case
      when t.code is null then 'no such kind of identification'
      else tax_number_fault(
        t.country_version, t.code, c.identification_number, c.identification_check_digit,
        c.kind_of_person)
    end as reason
    from company c
    left join tax_id_type t
      on t.country_version = unfit_fields.version and t.code = c.identification_type
    where c.tenant_id = unfit_fields.tenant)
  select told.path, told.column_name, field.value,
    case
      when told.path like 'identification.%' then identification.reason
      when told.path = 'kindOfPerson' and not exists (
          select from kind_of_person k
          where k.country_version = unfit_fields.version and k.code = field.value)
        then 'no such kind of person'
      when told.path = 'regime' and not exists (
          select from tax_regime r
          where r.country_version = unfit_fields.version and r.code = field.value)
        then 'no such regime'
      when f.path is null then 'no such field'
      when field.value !~ f.pattern or char_length(field.value) < f.characters_min
        or characters_at_least(field.value) > f.characters_max
        then 'its form is another'
    end
  from company c
  cross join identification
  cross join told
  cross join lateral (select to_jsonb(c) ->> told.column_name) as field (value)
  left join form_field f on f.country_version = unfit_fields.version and f.path = told.path
  where c.tenant_id = unfit_fields.tenant and field.value is not null
$$;

comment on function unfit_fields(uuid, text) is
  'What a company has filled in, and why a country version cannot keep it; a null reason is none. '
  'The same rules as those of company_check_rules().';

create function dropped_by_country(tenant uuid, version text)
returns table (kind text, name text, value text, reason text)
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  select 'solution', s.solution, s.plan || ', ' || s.state
    || coalesce(', ' || nullif((
      select count(*) from solution_role r
      where r.tenant_id = s.tenant_id and r.solution = s.solution), 0) || ' roles', ''),
    lost.reason
  from company_solution s
  cross join lateral (
    select case
      when not exists (
        select from country_solution v
        where v.country_version = dropped_by_country.version and v.solution = s.solution)
        then 'not in this version'
      when not exists (
        select from country_plan v
        where v.country_version = dropped_by_country.version and v.plan = s.plan)
        then 'its plan is not in this version'
      else (
        select 'needs ' || d.needs || ', which is not in this version'
        from solution_dependency d
        where d.solution = s.solution and not exists (
          select from country_solution v
          where v.country_version = dropped_by_country.version and v.solution = d.needs)
        order by d.needs limit 1)
    end
  ) as lost (reason)
  where s.tenant_id = dropped_by_country.tenant and lost.reason is not null
  union all
  select 'integration', i.integration, i.state, 'not in this version'
  from integration_connection i
  where i.tenant_id = dropped_by_country.tenant and not exists (
    select from integration_country v
    where v.country_version = dropped_by_country.version and v.integration = i.integration)
  union all
  select 'field', f.path, f.value, f.reason
  from unfit_fields(dropped_by_country.tenant, dropped_by_country.version) f
  where f.reason is not null
$$;

comment on function dropped_by_country(uuid, text) is
  'What a company has and would not have in another country version: its solutions, connections '
  'and the fields of its form.';

create function move_company(company company, version country_version) returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  written text;
  emptied text[];
begin
  select array_agg(f.path), string_agg(format(', %I = null', f.column_name), '')
  into emptied, written
  from unfit_fields(company.tenant_id, version.code) f
  where f.reason is not null;
  -- A column that is named is somebody's word from then on: those alone that change.
  if company.timezone <> version.timezone and company.timezone = (
    select v.timezone from country_version v where v.code = company.country_version)
  then
    written := concat(written, format(', timezone = %L', version.timezone));
    emptied := array_append(emptied, 'timezone');
  end if;
  if company.decimal_precision > version.decimal_precision_max then
    written := concat(
      written, format(', decimal_precision = %L', version.decimal_precision_max));
  end if;
  -- In one statement: each of these is held against the version that stands beside it.
  execute format(
    'update company set country_version = $2, currency_code = $3%s where tenant_id = $1', written)
  using company.tenant_id, version.code, version.currency_code;
  -- That it is empty, or what the version begins with, is nobody's word.
  delete from company_confirmation n
  where n.tenant_id = company.tenant_id
    and n.field in (select claim_field(path) from unnest(emptied) as path);
end
$$;

comment on function move_company(company, country_version) is
  'Writes another country version into a company''s row, with what comes and goes with it. A field '
  'that is emptied by it, or gets what the version begins with, waits for a solution''s claim or a '
  'person''s word, as if the company were new.';

create function change_country(tenant uuid, version text, drops boolean, out report jsonb)
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
declare
  before company;
  after company;
  known country_version;
  dropped jsonb;
  connected text[];
begin
  perform require_operator();
  select c.* into before from company c where c.tenant_id = change_country.tenant for update;
  if not found then
    raise exception 'there is no company %', change_country.tenant using errcode = 'HB404';
  end if;
  select v.* into known from country_version v where v.code = change_country.version;
  if not found then
    raise exception 'there is no country version %', change_country.version
      using errcode = 'HB404';
  end if;
  select coalesce(jsonb_agg(to_jsonb(d) order by d.kind desc, d.name), '[]') into dropped
  from dropped_by_country(change_country.tenant, known.code) d
  where before.country_version <> known.code;
  if dropped <> '[]' and not change_country.drops then
    raise exception 'the version % does not have all that the company % has', known.code, tenant
      using errcode = 'HB409', detail = dropped::text;
  end if;
  if before.country_version <> known.code then
    delete from company_solution s using jsonb_array_elements(dropped) as d
    where s.tenant_id = before.tenant_id and d ->> 'kind' = 'solution'
      and s.solution = d ->> 'name';
    delete from integration_connection i using jsonb_array_elements(dropped) as d
    where i.tenant_id = before.tenant_id and d ->> 'kind' = 'integration'
      and i.integration = d ->> 'name';
    connected := array(
      select i.integration from integration_connection i
      where i.tenant_id = before.tenant_id and i.state = 'CONNECTED');
    perform move_company(before, known);
  end if;
  select c.* into after from company c where c.tenant_id = before.tenant_id;
  report := jsonb_build_object(
    'legalName', after.legal_name, 'from', before.country_version, 'to', after.country_version,
    'dropped', dropped,
    'changed', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'name', c.name, 'from', to_jsonb(before) ->> c.name, 'to', to_jsonb(after) ->> c.name)
        order by c.name), '[]')
      from unnest(array['currency_code', 'timezone', 'decimal_precision']) as c (name)
      where to_jsonb(before) ->> c.name <> to_jsonb(after) ->> c.name) || (
      select coalesce(jsonb_agg(jsonb_build_object(
        'name', 'integration ' || i.integration, 'from', 'CONNECTED', 'to', i.failure)
        order by i.integration), '[]')
      from integration_connection i
      where i.tenant_id = after.tenant_id and i.state = 'ERROR'
        and i.integration = any (connected)),
    'missing', (
      select coalesce(jsonb_agg(f.path order by f.position), '[]')
      from form_field f
      where f.country_version = after.country_version and f.required
        and to_jsonb(after) ->> company_column(f.path) is null));
end
$$;

comment on function change_country(uuid, text, boolean) is
  'Moves a company to another country version, with its currency, and its time zone where that was '
  'the old version''s. What the new version does not have is dropped where drops says so; '
  'otherwise HB409, whose detail lists it. Reports what was dropped and changed, and which '
  'required fields are empty now. HB404: there is no such company or version.';

reset role;
