
CREATE SCHEMA ops;

ALTER SCHEMA ops OWNER TO hub_owner;

COMMENT ON SCHEMA ops IS 'What operators see and do, all companies together. Begin with: select * from ops.help();';

CREATE DOMAIN public.texts AS jsonb
	CONSTRAINT texts_are_texts CHECK (((jsonb_typeof(VALUE) = 'object'::text) AND (NOT (VALUE @? '$.*?(@.type() != "string" || @ == "")'::jsonpath))))
	CONSTRAINT texts_has_spanish CHECK ((VALUE ? 'es'::text));

ALTER DOMAIN public.texts OWNER TO hub_owner;

COMMENT ON DOMAIN public.texts IS 'One text in several languages, by their codes: {"es": "Empresa", "en": "Company"}. Spanish is always there; a language that is missing is answered in Spanish.';

CREATE FUNCTION ops.activate_solution(company text, solution text, plan text, reason text, trial_days integer DEFAULT 15) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  tenant constant uuid := ops.company_id(activate_solution.company);
  entered constant text := ops.begin_act(tenant);
  said record;
  line text;
begin
  if activate_solution.trial_days is null or activate_solution.trial_days not between 1 and 90 then
    raise exception 'a trial has 1 to 90 days, not %', activate_solution.trial_days
      using errcode = 'HB422', hint = 'Without the argument it has the usual 15.';
  end if;
  select * into said from public.activate_solution(
    tenant, activate_solution.solution, activate_solution.plan, 'es',
    activate_solution.trial_days);
  if said.outcome not in ('activated', 'unchanged') then
    perform ops.refuse_change(tenant, activate_solution.solution, said.outcome, said.obstacles);
  end if;
  perform record_operator_act(
    'activate_solution', tenant, null, activate_solution.solution, activate_solution.reason);
  line := ops.solution_line(tenant, activate_solution.solution);
  perform ops.end_act(entered);
  return line;
end
$$;

ALTER FUNCTION ops.activate_solution(company text, solution text, plan text, reason text, trial_days integer) OWNER TO hub_ops_actor;

COMMENT ON FUNCTION ops.activate_solution(company text, solution text, plan text, reason text, trial_days integer) IS 'Takes a solution into use, as the company''s administrator would: the first time begins its trial, of so many days. Such as: select ops.activate_solution(''901234567'', ''pos'', ''pyme'', ''ticket 4711: asked for by telephone'');';

CREATE FUNCTION ops.begin_act(tenant uuid) RETURNS text
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  entered constant text := coalesce(current_setting('app.tenant_id', true), '');
begin
  -- Nobody else's name counts, whatever the connection says.
  perform set_config('app.tenant_id', begin_act.tenant::text, true),
    set_config('app.account_id', '00000000-0000-0000-0000-000000000000', true),
    set_config('app.actor', '', true);
  return entered;
end
$$;

ALTER FUNCTION ops.begin_act(tenant uuid) OWNER TO hub_ops_actor;

COMMENT ON FUNCTION ops.begin_act(tenant uuid) IS 'Sets the one company whose policies hold what follows; gives the one that was entered, for ops.end_act.';

CREATE FUNCTION ops.begin_second_factor_recovery(person text, reason text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  account constant uuid := ops.person_id(begin_second_factor_recovery.person);
  said text;
begin
  perform record_operator_act(
    'begin_second_factor_recovery', null, account, null, begin_second_factor_recovery.reason);
  said := public.begin_second_factor_recovery(ops.person_address(account));
  if said not like 'begun%' then
    raise exception '%', said
      using errcode = 'HB409', hint = format(
        'See has_second_factor in ops.people, and what was begun: select * from ops.account_events '
        'where account_id = %L order by at desc;', account);
  end if;
  return 'Begun, and told by mail: ops.finish_second_factor_recovery may follow in 72 hours.';
end
$$;

ALTER FUNCTION ops.begin_second_factor_recovery(person text, reason text) OWNER TO hub_ops_actor;

COMMENT ON FUNCTION ops.begin_second_factor_recovery(person text, reason text) IS 'Begins to take away the second factor of a person who has lost it and the recovery codes. They are told by mail, and any sign-in with the factor puts an end to it. First be sure who asks.';

CREATE FUNCTION ops.begin_whole() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  -- Nobody else's name counts, whatever the connection says.
  perform set_config('app.account_id', '00000000-0000-0000-0000-000000000000', true),
    set_config('app.actor', '', true);
end
$$;

ALTER FUNCTION ops.begin_whole() OWNER TO hub_ops_tenant;

COMMENT ON FUNCTION ops.begin_whole() IS 'Whoever acts on a whole company is the operator.';

CREATE FUNCTION ops.change_plan(company text, solution text, plan text, reason text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  tenant constant uuid := ops.company_id(change_plan.company);
  entered constant text := ops.begin_act(tenant);
  said record;
  line text;
begin
  select * into said from public.change_plan(tenant, change_plan.solution, change_plan.plan);
  if said.outcome not in ('changed', 'unchanged') then
    perform ops.refuse_change(tenant, change_plan.solution, said.outcome, said.obstacles);
  end if;
  perform record_operator_act(
    'change_plan', tenant, null, change_plan.solution, change_plan.reason);
  line := ops.solution_line(tenant, change_plan.solution);
  perform ops.end_act(entered);
  return line;
end
$$;

ALTER FUNCTION ops.change_plan(company text, solution text, plan text, reason text) OWNER TO hub_ops_actor;

COMMENT ON FUNCTION ops.change_plan(company text, solution text, plan text, reason text) IS 'Takes a plan for a solution in use, which makes it ACTIVE. Such as: select ops.change_plan(''901234567'', ''pos'', ''pro'', ''ticket 4711: signed contract'');';

CREATE FUNCTION ops.company_id(company text) RETURNS uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
declare
  number constant text := upper(regexp_replace(company_id.company, '[^[:alnum:]]', '', 'g'));
  found_ids uuid[];
begin
  if company_id.company ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then
    found_ids := array(
      select c.tenant_id from company c where c.tenant_id = company_id.company::uuid);
  else
    found_ids := array(
      select c.tenant_id from company c
      where number <> '' and (c.identification_number = number
          or c.identification_number || coalesce(c.identification_check_digit, '') = number)
        or lower(btrim(company_id.company)) in (lower(c.legal_name), lower(c.trade_name))
      order by c.tenant_id limit 20);
  end if;
  if cardinality(found_ids) = 1 then
    return found_ids[1];
  elsif cardinality(found_ids) > 1 then
    raise exception '% is more than one company', company_id.company
      using errcode = 'HB409', detail = array_to_string(found_ids, ', '),
        hint = 'Give the id of the one that is meant.';
  end if;
  raise exception 'there is no company %', coalesce(company_id.company, '(null)')
    using errcode = 'HB404',
      hint = 'Give its id, its tax number or its exact name; to look for it: select * from '
        'ops.find_company(''a part of the name'');';
end
$_$;

ALTER FUNCTION ops.company_id(company text) OWNER TO hub_ops_reader;

COMMENT ON FUNCTION ops.company_id(company text) IS 'The id of the one company with this id, tax number or exact name. HB404: none; HB409: several.';

CREATE FUNCTION ops.correct_company(company text, fields jsonb, reason text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
declare
  tenant constant uuid := ops.company_id(correct_company.company);
  entered constant text := ops.begin_act(tenant);
  before bigint;
  after bigint;
  version text;
  unknown text;
  columns text;
  said text;
  wrong text;
begin
  select c.revision, c.country_version into before, version
  from company c where c.tenant_id = tenant for no key update;
  if jsonb_typeof(correct_company.fields) is distinct from 'object'
    or correct_company.fields = '{}'
  then
    raise exception 'the fields are an object, such as {"phone": "+576015550101"}'
      using errcode = 'HB422', hint = format(
        'The fields of the version %s: select path, required, labels ->> ''es'' from form_field '
        'where country_version = %1$L order by position;', version);
  end if;
  select string_agg(f.path, ', ') into unknown
  from jsonb_object_keys(correct_company.fields) as f (path)
  where not exists (
    select from form_field o where o.country_version = version and o.path = f.path);
  if unknown is not null then
    raise exception 'the version % has no field %', version, unknown
      using errcode = 'HB422', hint = format(
        'The fields: select path, required, labels ->> ''es'' from form_field where '
        'country_version = %L order by position;', version);
  end if;
  select string_agg(format('%I = given.%1$I', company_column(f.path)), ', ') into columns
  from jsonb_object_keys(correct_company.fields) as f (path);
  begin
    -- An empty text is none, as in the form.
    execute format(
      'update company c set %s from jsonb_populate_record(null::company, $1) as given '
      'where c.tenant_id = $2', columns)
    using (
      select jsonb_object_agg(company_column(f.path), nullif(btrim(f.value), ''))
      from jsonb_each_text(correct_company.fields) as f (path, value)), tenant;
  exception
    when check_violation or not_null_violation or foreign_key_violation
      or data_exception or invalid_text_representation or sqlstate 'HB422'
    then
      get stacked diagnostics said = message_text, wrong = column_name;
      raise exception '%', said
        using errcode = 'HB422', detail = coalesce(nullif(wrong, ''), ''), hint = format(
          'Nothing was changed. What each field takes: select * from form_field where '
          'country_version = %L order by position; of identifications: tax_id_type.', version);
  end;
  select c.revision into after from company c where c.tenant_id = tenant;
  perform record_operator_act('correct_company', tenant, null, null, correct_company.reason);
  perform ops.end_act(entered);
  return case
    when after = before then 'It stood so already; nothing was changed.'
    else format('Corrected; the company is at revision %s.', after) end;
end
$_$;

ALTER FUNCTION ops.correct_company(company text, fields jsonb, reason text) OWNER TO hub_ops_actor;

COMMENT ON FUNCTION ops.correct_company(company text, fields jsonb, reason text) IS 'Corrects fields of a company''s form, by their paths; an empty one is emptied. The rules of its country version hold, and what is written counts as confirmed by somebody. Such as: select ops.correct_company(''901234567'', ''{"phone": "+576015550199", "address.city": "Cali"}'', ''ticket 4711: letter of their administrator'');';

CREATE FUNCTION ops.deactivate_solution(company text, solution text, reason text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  tenant constant uuid := ops.company_id(deactivate_solution.company);
  entered constant text := ops.begin_act(tenant);
  said record;
  line text;
begin
  select * into said from public.deactivate_solution(tenant, deactivate_solution.solution, 'es');
  if said.outcome not in ('deactivated', 'unchanged') then
    perform ops.refuse_change(tenant, deactivate_solution.solution, said.outcome, said.obstacles);
  end if;
  perform record_operator_act(
    'deactivate_solution', tenant, null, deactivate_solution.solution, deactivate_solution.reason);
  line := coalesce(
    ops.solution_line(tenant, deactivate_solution.solution),
    deactivate_solution.solution || ': never in use');
  perform ops.end_act(entered);
  return line;
end
$$;

ALTER FUNCTION ops.deactivate_solution(company text, solution text, reason text) OWNER TO hub_ops_actor;

COMMENT ON FUNCTION ops.deactivate_solution(company text, solution text, reason text) IS 'Switches a solution off, as the company''s administrator would; what people had in it waits.';

CREATE FUNCTION ops.delete_company(company text, legal_name text, reason text, dry_run boolean DEFAULT true) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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

ALTER FUNCTION ops.delete_company(company text, legal_name text, reason text, dry_run boolean) OWNER TO hub_ops_tenant;

COMMENT ON FUNCTION ops.delete_company(company text, legal_name text, reason text, dry_run boolean) IS 'Erases a company for good, whose legal name has to be given to the letter. Unless dry_run => false is said, it tells what would go, and undoes it. Export it first. Such as: select jsonb_pretty(ops.delete_company(''901234567'', ''Ejemplar S.A.S.'', ''ticket 4711: letter''));';

CREATE FUNCTION ops.end_act(entered text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  perform set_config('app.tenant_id', end_act.entered, true);
end
$$;

ALTER FUNCTION ops.end_act(entered text) OWNER TO hub_ops_actor;

COMMENT ON FUNCTION ops.end_act(entered text) IS 'Goes back to the company that was entered before an act.';

CREATE FUNCTION ops.enter(company text, reason text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  tenant constant uuid := ops.company_id(enter.company);
begin
  perform record_operator_act('enter', tenant, null, null, enter.reason);
  perform set_config('app.tenant_id', tenant::text, false);
  return format('You read as %s does, until ops.leave() or the end of the connection.', tenant);
end
$$;

ALTER FUNCTION ops.enter(company text, reason text) OWNER TO hub_ops_actor;

COMMENT ON FUNCTION ops.enter(company text, reason text) IS 'From now on this connection reads the tables of the hub as the company does: select * from company shows this one company. Its log says that you entered. Such as: select ops.enter(''901234567'', ''ticket 4711: they see no invoices'');';

CREATE FUNCTION ops.export_company(company text, reason text) RETURNS SETOF text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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

ALTER FUNCTION ops.export_company(company text, reason text) OWNER TO hub_ops_tenant;

COMMENT ON FUNCTION ops.export_company(company text, reason text) IS 'All of a company as the lines of one JSON document, as `mi-alegra tenant export` writes it and `mi-alegra tenant import` reads it; without what is secret. Such as, in psql: \t \a \o company.json and then select ops.export_company(''901234567'', ''ticket 4711: asked for it'');';

CREATE FUNCTION ops.extend_trial(company text, solution text, days integer, reason text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  tenant constant uuid := ops.company_id(extend_trial.company);
  entered constant text := ops.begin_act(tenant);
  held company_solution;
  line text;
begin
  if extend_trial.days is null or extend_trial.days not between 1 and 90 then
    raise exception 'a trial is extended by 1 to 90 days, not %', extend_trial.days
      using errcode = 'HB422', hint = 'Beyond that it is a plan: ops.change_plan.';
  end if;
  perform hold_company(tenant);
  select s.* into held from company_solution s
  where s.tenant_id = tenant and s.solution = extend_trial.solution
  for no key update;
  if held.state is null or held.state = 'INACTIVE' then
    perform ops.refuse_change(tenant, extend_trial.solution, 'solution_not_found', '[]');
  elsif held.state = 'ACTIVE' then
    raise exception '% is no trial: a plan was taken', extend_trial.solution
      using errcode = 'HB409', hint = 'What is paid for needs no trial; see ops.solutions.';
  end if;
  update company_solution s
  set state = 'TRIAL',
      trial_ends_at = greatest(s.trial_ends_at, now()) + make_interval(days => extend_trial.days)
  where s.tenant_id = tenant and s.solution = extend_trial.solution;
  perform record_operator_act(
    'extend_trial', tenant, null, extend_trial.solution, extend_trial.reason);
  line := ops.solution_line(tenant, extend_trial.solution);
  perform ops.end_act(entered);
  return line;
end
$$;

ALTER FUNCTION ops.extend_trial(company text, solution text, days integer, reason text) OWNER TO hub_ops_actor;

COMMENT ON FUNCTION ops.extend_trial(company text, solution text, days integer, reason text) IS 'Gives a trial so many days more, from its end or, where it is over, from now. Such as: select ops.extend_trial(''901234567'', ''pos'', 15, ''ticket 4711: they were on holiday'');';

CREATE FUNCTION public.solution_status(state text, trial_ends_at timestamp with time zone, at timestamp with time zone) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select case
    when state = 'INACTIVE' then 'AVAILABLE'
    when state = 'TRIAL' and trial_ends_at <= at then 'READ_ONLY'
    else state
  end
$$;

ALTER FUNCTION public.solution_status(state text, trial_ends_at timestamp with time zone, at timestamp with time zone) OWNER TO hub_owner;

COMMENT ON FUNCTION public.solution_status(state text, trial_ends_at timestamp with time zone, at timestamp with time zone) IS 'What a company has of a solution at an instant: TRIAL, ACTIVE, READ_ONLY, or AVAILABLE where it is switched off. A trial that is over leaves reading and downloading, without anybody writing that down.';

CREATE TABLE public.company (
    tenant_id uuid NOT NULL,
    country_version text NOT NULL,
    legal_name text NOT NULL,
    trade_name text,
    identification_type text,
    identification_number text,
    identification_check_digit text,
    kind_of_person text,
    regime text,
    address_description text,
    address_street text,
    address_exterior_number text,
    address_interior_number text,
    address_neighborhood text,
    address_city text,
    address_municipality text,
    address_district text,
    address_region text,
    address_postal_code text,
    phone text,
    email text,
    website text,
    currency_code text NOT NULL,
    timezone text NOT NULL,
    decimal_precision smallint NOT NULL,
    logo_url text,
    revision bigint DEFAULT 1 NOT NULL,
    field_revisions jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT company_address_city_check CHECK ((char_length(address_city) <= 100)),
    CONSTRAINT company_address_description_check CHECK ((char_length(address_description) <= 250)),
    CONSTRAINT company_address_district_check CHECK ((char_length(address_district) <= 100)),
    CONSTRAINT company_address_exterior_number_check CHECK ((char_length(address_exterior_number) <= 50)),
    CONSTRAINT company_address_interior_number_check CHECK ((char_length(address_interior_number) <= 50)),
    CONSTRAINT company_address_municipality_check CHECK ((char_length(address_municipality) <= 100)),
    CONSTRAINT company_address_neighborhood_check CHECK ((char_length(address_neighborhood) <= 100)),
    CONSTRAINT company_address_postal_code_check CHECK ((char_length(address_postal_code) <= 20)),
    CONSTRAINT company_address_region_check CHECK ((char_length(address_region) <= 100)),
    CONSTRAINT company_address_street_check CHECK ((char_length(address_street) <= 250)),
    CONSTRAINT company_check CHECK (((identification_type IS NULL) = (identification_number IS NULL))),
    CONSTRAINT company_check1 CHECK (((identification_check_digit IS NULL) OR (identification_number IS NOT NULL))),
    CONSTRAINT company_decimal_precision_check CHECK ((decimal_precision >= 0)),
    CONSTRAINT company_email_check CHECK (((email ~ '^[^@[:space:]]+@[^@[:space:]]+$'::text) AND (char_length(email) <= 254))),
    CONSTRAINT company_identification_check_digit_check CHECK ((char_length(identification_check_digit) <= 2)),
    CONSTRAINT company_identification_number_check CHECK ((char_length(identification_number) <= 32)),
    CONSTRAINT company_legal_name_check CHECK (((legal_name <> ''::text) AND (char_length(legal_name) <= 250))),
    CONSTRAINT company_logo_url_check CHECK ((char_length(logo_url) <= 2048)),
    CONSTRAINT company_phone_check CHECK ((phone ~ '^\+[1-9][0-9]{1,14}$'::text)),
    CONSTRAINT company_tenant_id_check CHECK ((tenant_id <> '00000000-0000-0000-0000-000000000000'::uuid)),
    CONSTRAINT company_timezone_check CHECK (((char_length(timezone) >= 1) AND (char_length(timezone) <= 64))),
    CONSTRAINT company_trade_name_check CHECK ((char_length(trade_name) <= 250)),
    CONSTRAINT company_website_check CHECK ((char_length(website) <= 2048))
);

ALTER TABLE ONLY public.company FORCE ROW LEVEL SECURITY;

ALTER TABLE public.company OWNER TO hub_owner;

COMMENT ON TABLE public.company IS 'A company: the tenant, and the data that all its solutions share. The hub''s section Empresa.';

COMMENT ON COLUMN public.company.tenant_id IS 'The company itself; stays the same for its life.';

COMMENT ON COLUMN public.company.country_version IS 'The version its solutions run in, chosen at sign-up; only operators change it.';

COMMENT ON COLUMN public.company.legal_name IS 'The registered name (razón social).';

COMMENT ON COLUMN public.company.trade_name IS 'The name it trades under, where it differs.';

COMMENT ON COLUMN public.company.identification_type IS 'The kind of tax identification, such as NIT.';

COMMENT ON COLUMN public.company.identification_number IS 'Its number, without separators, and without the check digit where that is a field of its own.';

COMMENT ON COLUMN public.company.identification_check_digit IS 'The check digit, where its kind has one.';

COMMENT ON COLUMN public.company.kind_of_person IS 'LEGAL_ENTITY or PERSON_ENTITY.';

COMMENT ON COLUMN public.company.regime IS 'The tax regime, one of the country version''s.';

COMMENT ON COLUMN public.company.address_description IS 'Street and number in one line.';

COMMENT ON COLUMN public.company.address_street IS 'The street, where the version splits the line.';

COMMENT ON COLUMN public.company.address_exterior_number IS 'The number of the building.';

COMMENT ON COLUMN public.company.address_interior_number IS 'The number within the building.';

COMMENT ON COLUMN public.company.address_neighborhood IS 'Colonia, barrio.';

COMMENT ON COLUMN public.company.address_city IS 'The city or locality.';

COMMENT ON COLUMN public.company.address_municipality IS 'Municipio, cantón, delegación, comuna; Perú''s provincia; Panamá''s distrito.';

COMMENT ON COLUMN public.company.address_district IS 'Distrito; Panamá''s corregimiento.';

COMMENT ON COLUMN public.company.address_region IS 'The first level below the country: departamento, estado, provincia, región.';

COMMENT ON COLUMN public.company.address_postal_code IS 'The postal code.';

COMMENT ON COLUMN public.company.phone IS 'The telephone in E.164, such as +576015550101.';

COMMENT ON COLUMN public.company.email IS 'The address for correspondence; nobody signs in with it.';

COMMENT ON COLUMN public.company.website IS 'The company''s site.';

COMMENT ON COLUMN public.company.currency_code IS 'The currency its solutions account in, ISO 4217.';

COMMENT ON COLUMN public.company.timezone IS 'Its time zone, by the IANA name.';

COMMENT ON COLUMN public.company.decimal_precision IS 'How many decimals amounts and prices carry; the country version says how many at most.';

COMMENT ON COLUMN public.company.logo_url IS 'Where the logo is served: a path below the server''s public address, or a whole address; null where there is none.';

COMMENT ON COLUMN public.company.revision IS 'Counts up by one with each change.';

COMMENT ON COLUMN public.company.field_revisions IS 'The revision of the last change of each column; a column that never changed is not there.';

COMMENT ON COLUMN public.company.created_at IS 'When the company signed up.';

COMMENT ON COLUMN public.company.updated_at IS 'When it last changed.';

CREATE TABLE public.company_solution (
    tenant_id uuid NOT NULL,
    solution text NOT NULL,
    country_version text NOT NULL,
    plan text NOT NULL,
    state text NOT NULL,
    activated_at timestamp with time zone DEFAULT now() NOT NULL,
    trial_ends_at timestamp with time zone,
    deactivated_at timestamp with time zone,
    CONSTRAINT company_solution_check CHECK (((state <> 'TRIAL'::text) OR (trial_ends_at IS NOT NULL))),
    CONSTRAINT company_solution_check1 CHECK (((state = 'INACTIVE'::text) = (deactivated_at IS NOT NULL))),
    CONSTRAINT company_solution_state_check CHECK ((state = ANY (ARRAY['TRIAL'::text, 'ACTIVE'::text, 'READ_ONLY'::text, 'INACTIVE'::text]))),
    CONSTRAINT company_solution_tenant_id_check CHECK ((tenant_id <> '00000000-0000-0000-0000-000000000000'::uuid))
);

ALTER TABLE ONLY public.company_solution FORCE ROW LEVEL SECURITY;

ALTER TABLE public.company_solution OWNER TO hub_owner;

COMMENT ON TABLE public.company_solution IS 'The solutions a company has or had. The hub''s section Soluciones; one that the country version offers and that is not here, or is INACTIVE, is available to be activated.';

COMMENT ON COLUMN public.company_solution.tenant_id IS 'The company.';

COMMENT ON COLUMN public.company_solution.solution IS 'The solution.';

COMMENT ON COLUMN public.company_solution.country_version IS 'The company''s country version, repeated for the foreign key that forbids what it lacks.';

COMMENT ON COLUMN public.company_solution.plan IS 'The plan; during a trial the one that is tried, of what is INACTIVE the last one.';

COMMENT ON COLUMN public.company_solution.state IS 'What was last decided: TRIAL, ACTIVE (a plan was taken), READ_ONLY (ended: plan consulta), or INACTIVE (switched off). A trial ends by the clock: ask solution_status() for what it is now.';

COMMENT ON COLUMN public.company_solution.activated_at IS 'When it was last activated.';

COMMENT ON COLUMN public.company_solution.trial_ends_at IS 'When its only trial ends or ended, if any; stays when it is switched off.';

COMMENT ON COLUMN public.company_solution.deactivated_at IS 'When it was switched off; null: in use.';

CREATE TABLE public.event (
    tenant_id uuid NOT NULL,
    sequence bigint NOT NULL,
    type text NOT NULL,
    subject text,
    actor_kind text NOT NULL,
    actor_id text NOT NULL,
    actor_name text,
    actor_salt uuid,
    origin text,
    at timestamp with time zone NOT NULL,
    changes jsonb,
    changes_salt uuid,
    actor_digest bytea NOT NULL,
    changes_digest bytea NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT event_actor_digest_check CHECK ((length(actor_digest) = 32)),
    CONSTRAINT event_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['ACCOUNT'::text, 'TOKEN'::text, 'SERVICE'::text, 'OPERATOR'::text, 'JOB'::text]))),
    CONSTRAINT event_changes_check CHECK ((jsonb_typeof(changes) = 'array'::text)),
    CONSTRAINT event_changes_digest_check CHECK ((length(changes_digest) = 32)),
    CONSTRAINT event_check CHECK (((actor_salt IS NOT NULL) OR (actor_name IS NULL))),
    CONSTRAINT event_check1 CHECK (((changes IS NULL) = (changes_salt IS NULL))),
    CONSTRAINT event_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT event_sequence_check CHECK ((sequence > 0)),
    CONSTRAINT event_tenant_id_check CHECK ((tenant_id <> '00000000-0000-0000-0000-000000000000'::uuid)),
    CONSTRAINT event_type_check CHECK ((type ~ '^[a-z][a-z_]*\.[a-z][a-z_]*$'::text))
);

ALTER TABLE ONLY public.event FORCE ROW LEVEL SECURITY;

ALTER TABLE public.event OWNER TO hub_owner;

COMMENT ON TABLE public.event IS 'The log of each tenant: one row a change, never changed again, but for what retention and erasure take out of it: the changes and the name of who made them. Their digests stay, and with them the chain. The digests are salted, or what few values can be would be found by trying. [redacted]';

COMMENT ON COLUMN public.event.tenant_id IS 'The company.';

COMMENT ON COLUMN public.event.sequence IS 'Counts the tenant''s events from 1, in the order of commits.';

COMMENT ON COLUMN public.event.type IS 'What happened, such as company.updated.';

COMMENT ON COLUMN public.event.subject IS 'What it happened to within the company: an account''s or invitation''s id, the code of a solution or an integration; null for the company itself.';

COMMENT ON COLUMN public.event.actor_kind IS 'ACCOUNT, TOKEN, SERVICE (a solution), JOB, or OPERATOR: a connection that is not the server''s, or of which the server did not say in whose name.';

COMMENT ON COLUMN public.event.actor_id IS 'Who: the account''s or token''s id, the solution''s code, the job''s name; of an operator the role that the connection was opened by.';

COMMENT ON COLUMN public.event.actor_name IS 'What that person was called then; null: no person, or erased.';

COMMENT ON COLUMN public.event.actor_salt IS 'The salt of actor_digest; null once the name was erased.';

COMMENT ON COLUMN public.event.origin IS 'What the client that made the change calls itself (X-Origin), so that it can leave its own changes out; null where it said nothing.';

COMMENT ON COLUMN public.event.at IS 'When it was written, behind every event before it.';

COMMENT ON COLUMN public.event.changes IS 'The fields that changed: [{"field", "before", "after"}]; null once retention or erasure took them. A field without before and after changed, and what it holds is not told.';

COMMENT ON COLUMN public.event.changes_salt IS 'The salt of changes_digest; null once they were erased.';

COMMENT ON COLUMN public.event.actor_digest IS 'SHA-256 over salt and name.';

COMMENT ON COLUMN public.event.changes_digest IS 'SHA-256 over salt and changes.';

COMMENT ON COLUMN public.event.hash IS 'SHA-256 over the hash of the event before and this one''s header.';

CREATE TABLE public.membership (
    tenant_id uuid NOT NULL,
    account_id uuid NOT NULL,
    role text NOT NULL,
    joined_at timestamp with time zone DEFAULT now() NOT NULL,
    country_version text NOT NULL,
    company_name text NOT NULL,
    display_name text NOT NULL,
    email text NOT NULL,
    CONSTRAINT membership_role_check CHECK ((role = ANY (ARRAY['administrator'::text, 'accountant'::text, 'assistant'::text, 'seller'::text]))),
    CONSTRAINT membership_tenant_id_check CHECK ((tenant_id <> '00000000-0000-0000-0000-000000000000'::uuid))
);

ALTER TABLE ONLY public.membership FORCE ROW LEVEL SECURITY;

ALTER TABLE public.membership OWNER TO hub_owner;

COMMENT ON TABLE public.membership IS 'A person''s belonging to a company. Without a row here a person reaches nothing of it, whatever token they hold; taking the row away or changing the role takes effect with the next request.';

COMMENT ON COLUMN public.membership.tenant_id IS 'The company.';

COMMENT ON COLUMN public.membership.account_id IS 'The person.';

COMMENT ON COLUMN public.membership.role IS 'What the person may do: administrator, accountant, assistant or seller.';

COMMENT ON COLUMN public.membership.joined_at IS 'When the person joined.';

COMMENT ON COLUMN public.membership.country_version IS 'The company''s country version, so that the context of a request is read without the company. Taken by trigger, kept by the foreign key.';

COMMENT ON COLUMN public.membership.company_name IS 'What the person sees of the company: its trade name, or else its registered name. Kept by trigger.';

COMMENT ON COLUMN public.membership.display_name IS 'What the company sees of the person: the name in Alegra, or else first and last name. Kept by trigger.';

COMMENT ON COLUMN public.membership.email IS 'What the company sees of the person: the address they sign in with. Kept by trigger.';

CREATE VIEW ops.companies AS
 SELECT c.tenant_id AS company_id,
    COALESCE(NULLIF(c.trade_name, ''::text), c.legal_name) AS name,
    c.legal_name,
    c.country_version,
    c.identification_type,
    c.identification_number,
    c.identification_check_digit,
    c.kind_of_person,
    c.email,
    c.phone,
    c.created_at,
    ( SELECT count(*) AS count
           FROM public.membership m
          WHERE (m.tenant_id = c.tenant_id)) AS people,
    ( SELECT string_agg(((((s.solution || ' '::text) || s.plan) || ' '::text) || public.solution_status(s.state, s.trial_ends_at, now())), ', '::text ORDER BY s.solution) AS string_agg
           FROM public.company_solution s
          WHERE ((s.tenant_id = c.tenant_id) AND (s.state <> 'INACTIVE'::text))) AS solutions,
    ( SELECT e.at
           FROM public.event e
          WHERE (e.tenant_id = c.tenant_id)
          ORDER BY e.sequence DESC
         LIMIT 1) AS last_event_at
   FROM public.company c;

ALTER TABLE ops.companies OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.companies IS 'The companies, with what each has. To find one: ops.find_company.';

COMMENT ON COLUMN ops.companies.company_id IS 'The company; null: none.';

COMMENT ON COLUMN ops.companies.name IS 'What it is called: the trade name, or else the registered one.';

COMMENT ON COLUMN ops.companies.legal_name IS 'The registered name.';

COMMENT ON COLUMN ops.companies.country_version IS 'The country version.';

COMMENT ON COLUMN ops.companies.identification_type IS 'The kind of its tax identification, such as NIT.';

COMMENT ON COLUMN ops.companies.identification_number IS 'The number of it.';

COMMENT ON COLUMN ops.companies.identification_check_digit IS 'Its check digit, where it is a field.';

COMMENT ON COLUMN ops.companies.kind_of_person IS 'LEGAL_ENTITY or PERSON_ENTITY.';

COMMENT ON COLUMN ops.companies.email IS 'The address for correspondence.';

COMMENT ON COLUMN ops.companies.phone IS 'The telephone in E.164.';

COMMENT ON COLUMN ops.companies.created_at IS 'When it signed up.';

COMMENT ON COLUMN ops.companies.people IS 'How many belong to it.';

COMMENT ON COLUMN ops.companies.solutions IS 'The solutions in use, each with plan and status.';

COMMENT ON COLUMN ops.companies.last_event_at IS 'When something of it last changed.';

CREATE FUNCTION ops.find_company(words text) RETURNS SETOF ops.companies
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  number constant text := upper(regexp_replace(find_company.words, '[^[:alnum:]]', '', 'g'));
begin
  return query
    select c.* from ops.companies c
    where c.company_id::text = lower(btrim(find_company.words))
      or number <> '' and c.identification_number is not null
        and (c.identification_number = number
          or c.identification_number || coalesce(c.identification_check_digit, '') = number)
      or btrim(find_company.words) <> '' and (
        strpos(lower(c.legal_name), lower(btrim(find_company.words))) > 0
        or strpos(lower(c.name), lower(btrim(find_company.words))) > 0
        or lower(c.email) = lower(btrim(find_company.words)))
    order by c.name, c.company_id
    limit 50;
end
$$;

ALTER FUNCTION ops.find_company(words text) OWNER TO hub_ops_reader;

COMMENT ON FUNCTION ops.find_company(words text) IS 'Finds companies by id, tax number (with or without separators), a part of the name, or the address for correspondence; the first fifty. Such as: select * from ops.find_company(''901.234.567-7'');';

CREATE FUNCTION public.hash_of_email(email text) RETURNS bytea
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$ select sha256(convert_to(lower(email), 'UTF8')) $$;

ALTER FUNCTION public.hash_of_email(email text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.hash_of_email(email text) IS 'By what guesses at the password of an address are kept.';

CREATE TABLE public.account (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    email text NOT NULL,
    email_key text GENERATED ALWAYS AS (lower(email)) STORED NOT NULL,
    pending_email text,
    password_hash text,
    has_password boolean GENERATED ALWAYS AS ((password_hash IS NOT NULL)) STORED NOT NULL,
    password_changed_at timestamp with time zone,
    first_name text DEFAULT ''::text NOT NULL,
    last_name text DEFAULT ''::text NOT NULL,
    display_name text DEFAULT ''::text NOT NULL,
    phone text,
    country text NOT NULL,
    language text DEFAULT 'es'::text NOT NULL,
    photo_url text,
    last_tenant_id uuid,
    revision bigint DEFAULT 1 NOT NULL,
    field_revisions jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT account_country_check CHECK ((country ~ '^[A-Z]{2}$'::text)),
    CONSTRAINT account_display_name_check CHECK ((char_length(display_name) <= 960)),
    CONSTRAINT account_email_check CHECK (((email ~ '^[^@[:space:]]+@[^@[:space:]]+$'::text) AND (char_length(email) <= 254))),
    CONSTRAINT account_first_name_check CHECK ((char_length(first_name) <= 960)),
    CONSTRAINT account_id_check CHECK ((id <> '00000000-0000-0000-0000-000000000000'::uuid)),
    CONSTRAINT account_last_name_check CHECK ((char_length(last_name) <= 960)),
    CONSTRAINT account_pending_email_check CHECK ((pending_email ~ '^[^@[:space:]]+@[^@[:space:]]+$'::text)),
    CONSTRAINT account_phone_check CHECK ((phone ~ '^\+[1-9][0-9]{1,14}$'::text)),
    CONSTRAINT account_photo_url_check CHECK ((char_length(photo_url) <= 2048))
);

ALTER TABLE ONLY public.account FORCE ROW LEVEL SECURITY;

ALTER TABLE public.account OWNER TO hub_owner;

COMMENT ON TABLE public.account IS 'A person with a login, once, whatever companies they belong to. The hub''s sections Perfil and Seguridad.';

COMMENT ON COLUMN public.account.id IS 'Stays the same for the life of the account.';

COMMENT ON COLUMN public.account.email IS 'The confirmed address to sign in with, as it was written.';

COMMENT ON COLUMN public.account.email_key IS 'The address in lower case: by it addresses are found, and unique over all companies.';

COMMENT ON COLUMN public.account.pending_email IS 'A new address that waits to be confirmed.';

COMMENT ON COLUMN public.account.password_hash IS 'scrypt, in the PHC format ($scrypt$ln=14,r=8,p=5$salt$hash); null without a password. Sealed from everybody but hub_auth.';

COMMENT ON COLUMN public.account.has_password IS 'Whether the person can sign in with a password.';

COMMENT ON COLUMN public.account.password_changed_at IS 'When the person last chose a password.';

COMMENT ON COLUMN public.account.first_name IS 'Nombre.';

COMMENT ON COLUMN public.account.last_name IS 'Apellido.';

COMMENT ON COLUMN public.account.display_name IS 'Nombre en Alegra: how the products address the person; where it is empty, by the first name.';

COMMENT ON COLUMN public.account.phone IS 'The telephone in E.164, such as +573005550101.';

COMMENT ON COLUMN public.account.country IS 'The country the person signed up in, ISO 3166-1 alpha-2; not the country version of a company.';

COMMENT ON COLUMN public.account.language IS 'The language that the hub speaks with the person.';

COMMENT ON COLUMN public.account.photo_url IS 'Where the photo is served: a path below the server''s public address, or a whole address; null where there is none.';

COMMENT ON COLUMN public.account.last_tenant_id IS 'The company last entered: the first guess at the next sign-in. Only a guess: whether the person still belongs there is asked of membership, always.';

COMMENT ON COLUMN public.account.revision IS 'Counts up by one with each change of what the person edits.';

COMMENT ON COLUMN public.account.field_revisions IS 'The revision of the last change of each column; a column that never changed is not there.';

COMMENT ON COLUMN public.account.created_at IS 'When the person signed up.';

COMMENT ON COLUMN public.account.updated_at IS 'When the revision last counted up.';

CREATE TABLE public.account_google (
    account_id uuid NOT NULL,
    subject text NOT NULL,
    email text NOT NULL,
    linked_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT account_google_subject_check CHECK (((char_length(subject) >= 1) AND (char_length(subject) <= 255)))
);

ALTER TABLE ONLY public.account_google FORCE ROW LEVEL SECURITY;

ALTER TABLE public.account_google OWNER TO hub_owner;

COMMENT ON TABLE public.account_google IS 'The Google account that a person has linked for signing in.';

COMMENT ON COLUMN public.account_google.account_id IS 'The person; each has one link at most.';

COMMENT ON COLUMN public.account_google.subject IS 'Google''s own identifier (sub). The key of the link: an address may change hands, this not.';

COMMENT ON COLUMN public.account_google.email IS 'The Google account''s address when it was linked.';

COMMENT ON COLUMN public.account_google.linked_at IS 'When it was linked.';

CREATE TABLE public.second_factor (
    account_id uuid NOT NULL,
    sealed_secret bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    confirmed_at timestamp with time zone,
    last_step bigint DEFAULT 0 NOT NULL,
    recovery_codes_left smallint DEFAULT 0 NOT NULL,
    recovery_asked_at timestamp with time zone
);

ALTER TABLE ONLY public.second_factor FORCE ROW LEVEL SECURITY;

ALTER TABLE public.second_factor OWNER TO hub_owner;

COMMENT ON TABLE public.second_factor IS 'The second factor of a person''s login. Until it is confirmed by a code it asks for nothing.';

COMMENT ON COLUMN public.second_factor.account_id IS 'The person; each has one at most.';

COMMENT ON COLUMN public.second_factor.sealed_secret IS 'The secret that the codes are made of, sealed (AES-256-GCM) for this very row.';

COMMENT ON COLUMN public.second_factor.created_at IS 'When enrolling began.';

COMMENT ON COLUMN public.second_factor.confirmed_at IS 'Since when it is asked for; null: not yet.';

COMMENT ON COLUMN public.second_factor.last_step IS 'The time step of the last code that was used: no code of it or of an earlier one is taken.';

COMMENT ON COLUMN public.second_factor.recovery_codes_left IS 'How many recovery codes are unused.';

COMMENT ON COLUMN public.second_factor.recovery_asked_at IS 'When an operator began to take it away, because the person has lost it; null: nobody did.';

CREATE TABLE public.session (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    account_id uuid NOT NULL,
    last_tenant_id uuid,
    device text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    last_seen_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    idle_expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    address_range text DEFAULT ''::text NOT NULL,
    authenticated_at timestamp with time zone DEFAULT now() NOT NULL,
    google_proved_at timestamp with time zone,
    kept_at timestamp with time zone,
    CONSTRAINT session_address_range_check CHECK ((char_length(address_range) <= 64)),
    CONSTRAINT session_check CHECK ((idle_expires_at <= expires_at)),
    CONSTRAINT session_device_check CHECK ((char_length(device) <= 200)),
    CONSTRAINT session_id_check CHECK ((id <> '00000000-0000-0000-0000-000000000000'::uuid))
);

ALTER TABLE ONLY public.session FORCE ROW LEVEL SECURITY;

ALTER TABLE public.session OWNER TO hub_owner;

COMMENT ON TABLE public.session IS 'A place where a person is signed in. Every request asks here whether its session still lives, so revoking one ends its access tokens at once.';

COMMENT ON COLUMN public.session.id IS 'The session; access tokens name it.';

COMMENT ON COLUMN public.session.account_id IS 'The person.';

COMMENT ON COLUMN public.session.last_tenant_id IS 'The company this session was last in: where its next refresh goes on. A guess, as in account; null while the person belongs to no company.';

COMMENT ON COLUMN public.session.device IS 'The browser and system, as far as they told.';

COMMENT ON COLUMN public.session.created_at IS 'When the person signed in.';

COMMENT ON COLUMN public.session.last_seen_at IS 'When it was last used, to within minutes.';

COMMENT ON COLUMN public.session.expires_at IS 'When it ends, however much it is used.';

COMMENT ON COLUMN public.session.idle_expires_at IS 'When it ends unless it is refreshed before.';

COMMENT ON COLUMN public.session.revoked_at IS 'When a person or the house ended it; null: never.';

COMMENT ON COLUMN public.session.address_range IS 'The network that the person signed in from, such as 192.0.2.0/24; empty where it is not known.';

COMMENT ON COLUMN public.session.authenticated_at IS 'When the person last proved who they are, at sign-in or since. What is sensitive asks for a proof that is fresh.';

COMMENT ON COLUMN public.session.google_proved_at IS 'When the person last proved at Google who they are, where the code of the second factor was still missing; null once it came, or where none was.';

COMMENT ON COLUMN public.session.kept_at IS 'When housekeeping last found that this session, though it has ended, is still needed to know a device or a network again; null: not yet.';

CREATE TABLE public.sign_in_guess (
    email_hash bytea NOT NULL,
    client text NOT NULL,
    full_at timestamp with time zone NOT NULL,
    step interval NOT NULL,
    CONSTRAINT sign_in_guess_client_check CHECK ((char_length(client) <= 80)),
    CONSTRAINT sign_in_guess_email_hash_check CHECK ((length(email_hash) = 32))
);

ALTER TABLE ONLY public.sign_in_guess FORCE ROW LEVEL SECURITY;

ALTER TABLE public.sign_in_guess OWNER TO hub_owner;

COMMENT ON TABLE public.sign_in_guess IS 'How many guesses at passwords are left, by client and by address, whether there is an account or not. A row is a bucket that is not full; one that is full again is taken out by whoever comes by.';

COMMENT ON COLUMN public.sign_in_guess.email_hash IS 'SHA-256 of the address in lower case: what people mistype is nobody''s to read. Zeros: whatever the address.';

COMMENT ON COLUMN public.sign_in_guess.client IS 'The client''s network, such as 192.0.2.0/24, or "device" and the hash of its token. "*": all strangers together.';

COMMENT ON COLUMN public.sign_in_guess.full_at IS 'When the bucket is full again.';

COMMENT ON COLUMN public.sign_in_guess.step IS 'How long one guess takes to come back.';

CREATE VIEW ops.people AS
 SELECT a.id AS account_id,
    a.email,
    COALESCE(NULLIF(a.display_name, ''::text), btrim(((a.first_name || ' '::text) || a.last_name))) AS name,
    a.pending_email,
    a.phone,
    a.country,
    a.language,
    a.has_password,
    a.password_changed_at,
    (EXISTS ( SELECT
           FROM public.account_google g
          WHERE (g.account_id = a.id))) AS has_google,
    (EXISTS ( SELECT
           FROM public.second_factor f
          WHERE ((f.account_id = a.id) AND (f.confirmed_at IS NOT NULL)))) AS has_second_factor,
    ( SELECT string_agg((((m.company_name || ' ('::text) || m.role) || ')'::text), ', '::text ORDER BY m.company_name) AS string_agg
           FROM public.membership m
          WHERE (m.account_id = a.id)) AS companies,
    ( SELECT count(*) AS count
           FROM public.session s
          WHERE ((s.account_id = a.id) AND (s.revoked_at IS NULL) AND (s.expires_at > now()) AND (s.idle_expires_at > now()))) AS open_sessions,
    ( SELECT max(s.last_seen_at) AS max
           FROM public.session s
          WHERE (s.account_id = a.id)) AS last_seen_at,
    ( SELECT max(g.full_at) AS max
           FROM public.sign_in_guess g
          WHERE ((g.email_hash = public.hash_of_email(a.email_key)) AND (g.full_at > now()))) AS guesses_until,
    a.created_at
   FROM public.account a;

ALTER TABLE ops.people OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.people IS 'The people who can sign in. To find one: ops.find_person.';

COMMENT ON COLUMN ops.people.account_id IS 'The person; null: nobody.';

COMMENT ON COLUMN ops.people.email IS 'The address they sign in with.';

COMMENT ON COLUMN ops.people.name IS 'What they are called.';

COMMENT ON COLUMN ops.people.pending_email IS 'A new address that waits to be confirmed.';

COMMENT ON COLUMN ops.people.phone IS 'The telephone in E.164.';

COMMENT ON COLUMN ops.people.country IS 'The country they signed up in.';

COMMENT ON COLUMN ops.people.language IS 'The language the hub speaks with them.';

COMMENT ON COLUMN ops.people.has_password IS 'Whether they can sign in with a password.';

COMMENT ON COLUMN ops.people.password_changed_at IS 'When they last chose one.';

COMMENT ON COLUMN ops.people.has_google IS 'Whether they can sign in with Google.';

COMMENT ON COLUMN ops.people.has_second_factor IS 'Whether a second factor is asked for.';

COMMENT ON COLUMN ops.people.companies IS 'Their companies, and their role in each.';

COMMENT ON COLUMN ops.people.open_sessions IS 'In how many places they are signed in.';

COMMENT ON COLUMN ops.people.last_seen_at IS 'When they were last seen.';

COMMENT ON COLUMN ops.people.guesses_until IS 'Until when guesses at the password or the second factor are counted; null: none is. They may be kept out until then: ops.unlock_login.';

COMMENT ON COLUMN ops.people.created_at IS 'When they signed up.';

CREATE FUNCTION ops.find_person(words text) RETURNS SETOF ops.people
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  return query
    select p.* from ops.people p
    where p.account_id = (
      select a.id from account a where a.email_key = lower(btrim(find_person.words)));
  if found then
    return;
  end if;
  return query
    select p.* from ops.people p
    where p.account_id::text = lower(btrim(find_person.words))
      or btrim(find_person.words) <> '' and (
        strpos(lower(p.email), lower(btrim(find_person.words))) > 0
        or strpos(lower(p.name), lower(btrim(find_person.words))) > 0)
    order by p.email
    limit 50;
end
$$;

ALTER FUNCTION ops.find_person(words text) OWNER TO hub_ops_reader;

COMMENT ON FUNCTION ops.find_person(words text) IS 'Finds people by id, address, a part of the address or of the name; the first fifty. Such as: select * from ops.find_person(''ana@ejemplar.example'');';

CREATE FUNCTION ops.finish_second_factor_recovery(person text, reason text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  account constant uuid := ops.person_id(finish_second_factor_recovery.person);
  said text;
begin
  perform record_operator_act(
    'finish_second_factor_recovery', null, account, null, finish_second_factor_recovery.reason);
  said := public.finish_second_factor_recovery(ops.person_address(account));
  if said not like 'done%' then
    raise exception '%', said
      using errcode = 'HB409',
        hint = 'It is begun by ops.begin_second_factor_recovery, and takes 72 hours.';
  end if;
  return 'Done: the password alone signs in now.';
end
$$;

ALTER FUNCTION ops.finish_second_factor_recovery(person text, reason text) OWNER TO hub_ops_actor;

COMMENT ON FUNCTION ops.finish_second_factor_recovery(person text, reason text) IS 'Takes away a second factor that was lost, 72 hours after ops.begin_second_factor_recovery.';

CREATE FUNCTION ops.help(about text DEFAULT NULL::text) RETURNS TABLE(name text, kind text, says text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  with thing as (
    select c.relname::text as short, 'view' as kind, 'ops.' || c.relname as shown,
      obj_description(c.oid, 'pg_class') as says, c.oid as relation
    from pg_class c
    where c.relnamespace = 'ops'::regnamespace and c.relkind = 'v'
      and has_table_privilege(c.oid, 'select')
    union all
    select p.proname::text, 'function',
      format('ops.%s(%s)', p.proname, pg_get_function_arguments(p.oid)),
      obj_description(p.oid, 'pg_proc'), null::oid
    from pg_proc p
    where p.pronamespace = 'ops'::regnamespace and has_function_privilege(p.oid, 'execute')
      -- What a view is made of is not called by anybody.
      and p.proname !~ '^read_'),
  word as (select lower(regexp_replace(btrim(help.about), '^ops\.|\(.*$', '', 'g')) as given)
  select l.shown, l.kind, l.says
  from (
    select 0 as place, t.shown, t.kind, t.says, t.short
    from thing t, word w
    where w.given is null or w.given = t.short
      or not exists (select from thing o where o.short = w.given)
        and strpos(lower(t.shown || ' ' || t.says), w.given) > 0
    union all
    select a.attnum, '  ' || a.attname, format_type(a.atttypid, null),
      col_description(a.attrelid, a.attnum), t.short
    from thing t
    join word w on w.given = t.short
    join pg_attribute a on a.attrelid = t.relation and a.attnum > 0 and not a.attisdropped
  ) as l
  order by (l.kind = 'function') and l.place = 0 desc, l.short, l.place
$_$;

ALTER FUNCTION ops.help(about text) OWNER TO hub_owner;

COMMENT ON FUNCTION ops.help(about text) IS 'What there is for you: select * from ops.help(); of one thing, with its columns: ops.help(''companies''); by a word: ops.help(''trial'').';

CREATE FUNCTION ops.leave() RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  perform set_config('app.tenant_id', '00000000-0000-0000-0000-000000000000', false);
  return 'You read as no company any more.';
end
$$;

ALTER FUNCTION ops.leave() OWNER TO hub_ops_actor;

COMMENT ON FUNCTION ops.leave() IS 'Ends what ops.enter began. Closing the connection does as well.';

CREATE FUNCTION ops.mark_key(key_name text, reason text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  held bigint;
begin
  select sum(k.secrets) into held from sealing_keys_in_use() k
  where k.key_name = mark_key.key_name;
  if held is null then
    raise exception 'nothing is sealed under a key %', coalesce(mark_key.key_name, '(null)')
      using errcode = 'HB404', hint = 'The keys in use: select * from ops.sealing_keys;';
  end if;
  perform record_operator_act('mark_key', null, null, mark_key.key_name, mark_key.reason);
  return format(
    '%s secrets wait: put a new key first in SEALING_KEYS, restart the servers, and run '
    '`mi-alegra keys reseal`.', held);
end
$$;

ALTER FUNCTION ops.mark_key(key_name text, reason text) OWNER TO hub_ops_actor;

COMMENT ON FUNCTION ops.mark_key(key_name text, reason text) IS 'Marks a key that seals secrets at rest as one to be rotated, for whoever has the keys: the database has none. ops.sealing_keys shows the mark, and how much is still sealed under it.';

CREATE FUNCTION ops.move_company(company text, country_version text, reason text, drops boolean DEFAULT false, dry_run boolean DEFAULT true) RETURNS jsonb
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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

ALTER FUNCTION ops.move_company(company text, country_version text, reason text, drops boolean, dry_run boolean) OWNER TO hub_ops_tenant;

COMMENT ON FUNCTION ops.move_company(company text, country_version text, reason text, drops boolean, dry_run boolean) IS 'Moves a company to another country version. Unless dry_run => false is said, it tells what would be dropped, changed and missing, and undoes it. Such as: select jsonb_pretty(ops.move_company(''901234567'', ''MX'', ''ticket 4711: chose the wrong country''));';

CREATE FUNCTION ops.person_address(account uuid) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$ select a.email from account a where a.id = person_address.account $$;

ALTER FUNCTION ops.person_address(account uuid) OWNER TO hub_ops_reader;

COMMENT ON FUNCTION ops.person_address(account uuid) IS 'The address that a person signs in with.';

CREATE FUNCTION ops.person_id(person text) RETURNS uuid
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
declare
  found_id uuid;
begin
  select a.id into found_id from account a
  where a.email_key = lower(btrim(person_id.person))
    or person_id.person ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
      and a.id::text = lower(person_id.person);
  if found_id is null then
    raise exception 'there is no person %', coalesce(person_id.person, '(null)')
      using errcode = 'HB404',
        hint = 'Give the address they sign in with, or the id; to look for them: select * from '
          'ops.find_person(''a part of the name'');';
  end if;
  return found_id;
end
$_$;

ALTER FUNCTION ops.person_id(person text) OWNER TO hub_ops_reader;

COMMENT ON FUNCTION ops.person_id(person text) IS 'The id of the person with this id or address to sign in with. HB404: nobody.';

CREATE FUNCTION ops.read_statements() RETURNS TABLE(calls bigint, total_seconds numeric, mean_milliseconds numeric, max_milliseconds numeric, rows bigint, cache_hit_percent numeric, role name, statement text)
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
declare
  placed constant regnamespace := (
    select x.extnamespace from pg_extension x where x.extname = 'pg_stat_statements');
begin
  if placed is null then
    return;
  end if;
  -- What is no query may carry a password (ALTER ROLE), and is no query to be made faster.
  return query execute format(
    $query$
      select s.calls, round((s.total_exec_time / 1000)::numeric, 3),
        round(s.mean_exec_time::numeric, 3), round(s.max_exec_time::numeric, 3), s.rows,
        round(100.0 * s.shared_blks_hit / nullif(s.shared_blks_hit + s.shared_blks_read, 0), 1),
        pg_get_userbyid(s.userid), s.query
      from %s.pg_stat_statements s
      join pg_database d on d.oid = s.dbid and d.datname = current_database()
      where s.query ~* '^\s*(select|insert|update|delete|with|merge)\M'
    $query$, placed);
exception when object_not_in_prerequisite_state then
  -- The extension is there, and its library was not loaded at start.
  return;
end
$_$;

ALTER FUNCTION ops.read_statements() OWNER TO hub_ops_reader;

COMMENT ON FUNCTION ops.read_statements() IS 'What pg_stat_statements counts of this database; nothing where it is not installed and loaded. Read by the view ops.slow_statements.';

CREATE FUNCTION ops.refuse_change(tenant uuid, solution text, outcome text, obstacles jsonb) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  version constant text := (
    select c.country_version from company c where c.tenant_id = refuse_change.tenant);
  offered constant text := format(
    'What there is: select * from ops.offers where country_version = %L;', version);
begin
  raise exception '%', case refuse_change.outcome
      when 'solution_not_available' then format('the version %s has no %s', version, solution)
      when 'plan_not_available' then format('the version %s does not offer this plan', version)
      when 'already_active' then format('%s is in use on another plan', solution)
      when 'solution_not_found' then format('%s is not in use', solution)
      when 'requirement_inactive' then format('%s needs solutions that are not in use', solution)
      when 'dependents_active' then format('solutions in use need %s', solution)
      when 'plan_lacks_roles' then 'the plan does not allow the roles that people have in it'
      else refuse_change.outcome
    end
    using errcode = case
        when refuse_change.outcome in ('solution_not_available', 'plan_not_available',
          'solution_not_found') then 'HB404' else 'HB409' end,
      detail = coalesce((
        select string_agg(
          concat_ws(' ', o ->> 'kind', o ->> 'id', o ->> 'name', o ->> 'role'), ', ')
        from jsonb_array_elements(refuse_change.obstacles) as o), ''),
      hint = case refuse_change.outcome
        when 'solution_not_available' then offered
        when 'plan_not_available' then offered
        when 'already_active' then 'To change the plan: ops.change_plan.'
        when 'solution_not_found' then 'To take it into use: ops.activate_solution.'
        when 'requirement_inactive' then 'Activate those first.'
        when 'dependents_active' then 'Switch those off first: ops.deactivate_solution.'
        when 'plan_lacks_roles' then
          'Their administrator gives them other roles first, or the plan is a larger one.'
        else '' end;
end
$$;

ALTER FUNCTION ops.refuse_change(tenant uuid, solution text, outcome text, obstacles jsonb) OWNER TO hub_ops_actor;

COMMENT ON FUNCTION ops.refuse_change(tenant uuid, solution text, outcome text, obstacles jsonb) IS 'Raises what a function of the hub said against a change of a solution, with a hint.';

CREATE FUNCTION ops.replay_webhook(company text, webhook_id uuid, since timestamp with time zone, reason text, until timestamp with time zone DEFAULT NULL::timestamp with time zone) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  tenant constant uuid := ops.company_id(replay_webhook.company);
  said record;
begin
  if replay_webhook.since is null or replay_webhook.since > now()
    or replay_webhook.until <= replay_webhook.since
  then
    raise exception 'the time to replay begins in the past, and ends behind its beginning'
      using errcode = 'HB422',
        hint = 'Such as: now() - interval ''2 hours'', or ''2026-11-26 08:00+00''.';
  end if;
  select * into said from public.replay_webhook(
    tenant, null, replay_webhook.webhook_id, replay_webhook.since, replay_webhook.until, 10000);
  if said.outcome <> 'replayed' then
    raise exception '%', case said.outcome
        when 'not_found' then format('the company has no webhook %s', webhook_id)
        when 'disabled' then 'the webhook is disabled'
        else format('%s events are too many at once', said.events) end
      using errcode = case said.outcome when 'not_found' then 'HB404' else 'HB409' end,
        hint = case said.outcome
          when 'not_found' then format(
            'Its webhooks: select * from ops.webhooks where company_id = %L;', tenant)
          when 'disabled' then 'The company enables it in the hub, once it takes messages again.'
          else 'Ask for a shorter time: at most 10000 events.' end;
  end if;
  perform record_operator_act(
    'replay_webhook', tenant, null, replay_webhook.webhook_id::text, replay_webhook.reason);
  return format('%s events are told once more, under the ids they had.', said.events);
end
$$;

ALTER FUNCTION ops.replay_webhook(company text, webhook_id uuid, since timestamp with time zone, reason text, until timestamp with time zone) OWNER TO hub_ops_actor;

COMMENT ON FUNCTION ops.replay_webhook(company text, webhook_id uuid, since timestamp with time zone, reason text, until timestamp with time zone) IS 'Lets a webhook be told once more what happened in a time. Such as: select ops.replay_webhook(''901234567'', ''..'', now() - interval ''2 hours'', ''ticket 4711: they were down'');';

CREATE FUNCTION ops.resend_mail(mail_id uuid, reason text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  said record;
begin
  select * into said from public.resend_mail(resend_mail.mail_id);
  if said.outcome <> 'resent' then
    raise exception '%', case said.outcome
        when 'not_found' then format('there is no mail %s', resend_mail.mail_id)
        when 'waiting' then 'the mail is still to be sent'
        else 'the link that the mail carries can be used no longer' end
      using errcode = case said.outcome when 'not_found' then 'HB404' else 'HB409' end,
        hint = case said.outcome
          when 'not_found' then 'The mails there are: select * from ops.outbox;'
          when 'waiting' then
            'See next_attempt_at in ops.outbox; `mi-alegra doctor` says whether the mail server '
            'answers.'
          else 'They ask for it again where they asked before, and get another mail.' end;
  end if;
  perform record_operator_act(
    'resend_mail', said.tenant, said.account, said.resent::text, resend_mail.reason);
  return format('On its way, as the mail %s.', said.resent);
end
$$;

ALTER FUNCTION ops.resend_mail(mail_id uuid, reason text) OWNER TO hub_ops_actor;

COMMENT ON FUNCTION ops.resend_mail(mail_id uuid, reason text) IS 'Sends a mail again that was given up, or a copy of one that was sent and did not arrive. Such as: select ops.resend_mail(''..'', ''ticket 4711: their mailbox was full'');';

CREATE FUNCTION ops.revoke_api_token(company text, api_token_id uuid, reason text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  tenant constant uuid := ops.company_id(revoke_api_token.company);
begin
  if public.revoke_api_token(tenant, revoke_api_token.api_token_id) <> 'revoked' then
    raise exception 'the company has no token %', revoke_api_token.api_token_id
      using errcode = 'HB404', hint = format(
        'Its tokens: select * from ops.api_tokens where company_id = %L;', tenant);
  end if;
  perform record_operator_act(
    'revoke_api_token', tenant, null, revoke_api_token.api_token_id::text,
    revoke_api_token.reason);
  return 'Revoked: nothing is done by it any more, and its webhooks are gone.';
end
$$;

ALTER FUNCTION ops.revoke_api_token(company text, api_token_id uuid, reason text) OWNER TO hub_ops_actor;

COMMENT ON FUNCTION ops.revoke_api_token(company text, api_token_id uuid, reason text) IS 'Ends a token of a company''s program for good, such as one that leaked. The company makes another one in the hub.';

CREATE FUNCTION ops.revoke_sessions(person text, reason text, session_id uuid DEFAULT NULL::uuid) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  account constant uuid := ops.person_id(revoke_sessions.person);
  ended integer;
begin
  perform record_operator_act(
    'revoke_sessions', null, account, revoke_sessions.session_id::text, revoke_sessions.reason);
  if revoke_sessions.session_id is null then
    -- All but none.
    ended := revoke_other_sessions('00000000-0000-0000-0000-000000000000', account);
  elsif revoke_session(account, revoke_sessions.session_id) then
    ended := 1;
  else
    raise exception 'they have no open session %', revoke_sessions.session_id
      using errcode = 'HB404', hint = format(
        'Theirs: select * from ops.sessions where account_id = %L and is_open;', account);
  end if;
  return format('%s sessions are over, at once.', ended);
end
$$;

ALTER FUNCTION ops.revoke_sessions(person text, reason text, session_id uuid) OWNER TO hub_ops_actor;

COMMENT ON FUNCTION ops.revoke_sessions(person text, reason text, session_id uuid) IS 'Ends all open sessions of a person, or the one given: access tokens, streams, refresh tokens. Such as: select ops.revoke_sessions(''ana@ejemplar.example'', ''ticket 4711: lost telephone'');';

CREATE FUNCTION ops.solution_line(tenant uuid, solution text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select format('%s: %s on %s%s', s.solution,
    solution_status(s.state, s.trial_ends_at, now()), s.plan,
    case when s.state = 'TRIAL'
      then to_char(s.trial_ends_at at time zone 'UTC', '", until" YYYY-MM-DD HH24:MI "UTC"') end)
  from company_solution s
  where s.tenant_id = solution_line.tenant and s.solution = solution_line.solution
$$;

ALTER FUNCTION ops.solution_line(tenant uuid, solution text) OWNER TO hub_ops_actor;

COMMENT ON FUNCTION ops.solution_line(tenant uuid, solution text) IS 'How a solution of a company stands, in words.';

CREATE FUNCTION ops.unlock_login(person text, reason text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  account constant uuid := ops.person_id(unlock_login.person);
  forgotten integer;
begin
  -- First: whoever deletes an account holds it before what hangs on it.
  perform record_operator_act('unlock_login', null, account, null, unlock_login.reason);
  forgotten := unlock_account(account);
  return case forgotten
    when 0 then 'No guesses were counted: that is not what keeps them out.'
    else 'Unlocked: they may sign in now.' end;
end
$$;

ALTER FUNCTION ops.unlock_login(person text, reason text) OWNER TO hub_ops_actor;

COMMENT ON FUNCTION ops.unlock_login(person text, reason text) IS 'Lets a person sign in who was kept out by too many guesses at password or second factor, their own or strangers''. Changes neither. Such as: select ops.unlock_login(''ana@ejemplar.example'', ''ticket 4711: called back at the number we know'');';

CREATE FUNCTION public.accept_invitation(link uuid, password_hash text, first_name text, country text, language text, OUT outcome text, OUT tenant_id uuid, OUT company_name text) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  used one_time_link;
  asked invitation;
  person uuid;
begin
  select * into used from use_link(accept_invitation.link, 'invitation');
  update invitation i set accepted_at = now()
  where i.tenant_id = (used.facts ->> 'tenant')::uuid and i.id = (used.facts ->> 'invitation')::uuid
    and i.link_id = used.id and i.accepted_at is null and i.revoked_at is null
  returning i.* into asked;
  if asked.id is null then
    outcome := 'invalid';
    return;
  end if;
  if refused_role(asked.tenant_id, asked.role, '{}') is not null then
    -- The plans changed since it was asked. Nothing was used up: they may change again.
    update one_time_link l set used_at = null where l.id = used.id;
    update invitation i set accepted_at = null
    where i.tenant_id = asked.tenant_id and i.id = asked.id;
    outcome := 'role_not_in_plan';
    return;
  end if;
  if accept_invitation.first_name is not null then
    -- Of two that make the same person at once, the second waits and then finds the first's.
    insert into account (
      email, password_hash, password_changed_at, first_name, country, language)
    values (
      asked.email, accept_invitation.password_hash, now(), accept_invitation.first_name,
      accept_invitation.country, accept_invitation.language)
    on conflict (email_key) do nothing;
  end if;
  select a.id into person from account a where a.email_key = asked.email_key;
  if person is null then
    -- The account went between the look and this. Nothing was used up.
    update one_time_link l set used_at = null where l.id = used.id;
    update invitation i set accepted_at = null
    where i.tenant_id = asked.tenant_id and i.id = asked.id;
    outcome := 'account_needed';
    return;
  end if;
  insert into membership (tenant_id, account_id, role)
  values (asked.tenant_id, person, asked.role)
  on conflict do nothing;
  if found then
    insert into solution_role (tenant_id, account_id, solution, role)
    select asked.tenant_id, person, given.solution, given.role
    from jsonb_each_text(asked.solution_roles) as given (solution, role)
    where given.role = any (roles_allowed(asked.tenant_id, given.solution));
  end if;
  update invitation i set accepted_by = person
  where i.tenant_id = asked.tenant_id and i.id = asked.id;
  outcome := 'accepted';
  tenant_id := asked.tenant_id;
  select m.company_name into company_name from membership m
  where m.tenant_id = asked.tenant_id and m.account_id = person;
end
$$;

ALTER FUNCTION public.accept_invitation(link uuid, password_hash text, first_name text, country text, language text, OUT outcome text, OUT tenant_id uuid, OUT company_name text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.accept_invitation(link uuid, password_hash text, first_name text, country text, language text, OUT outcome text, OUT tenant_id uuid, OUT company_name text) IS 'Uses an invitation''s link: who signs in with its address becomes a member, or with a first name a person is made first. A person there is stays as they are; roles in solutions that are gone, or that their plans allow no longer, are left out. Outcomes: accepted (the company is given); account_needed (nobody has the address: come with a first name and a password''s hash); role_not_in_plan (no plan of the company allows the role any more; nothing was used up); invalid (the link can be used no longer). Opens no session.';

CREATE FUNCTION public.account_for_sign_in(email text, OUT account_id uuid, OUT password_hash text, OUT language text) RETURNS record
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select a.id, a.password_hash, a.language
  from (values (lower(account_for_sign_in.email))) as wanted (email_key)
  left join account a on a.email_key = wanted.email_key
$$;

ALTER FUNCTION public.account_for_sign_in(email text, OUT account_id uuid, OUT password_hash text, OUT language text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.account_for_sign_in(email text, OUT account_id uuid, OUT password_hash text, OUT language text) IS 'The account of an address, with the hash to verify the password against: always one row, all null where nobody signs in with that address, so that both cases cost the same.';

CREATE FUNCTION public.account_give_names() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  update membership m
  set display_name =
        coalesce(nullif(new.display_name, ''), btrim(new.first_name || ' ' || new.last_name)),
      email = new.email
  where m.account_id = new.id;
  return null;
end
$$;

ALTER FUNCTION public.account_give_names() OWNER TO hub_auth;

COMMENT ON FUNCTION public.account_give_names() IS 'Trigger: a person who changes name or address gives the new ones to their memberships.';

CREATE FUNCTION public.account_of_link(link uuid, purpose text, OUT address text, OUT account text) RETURNS record
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select l.address, masked_email(a.email)
  from one_time_link l
  join account a on a.id = l.account_id
  where l.id = account_of_link.link and l.purpose = account_of_link.purpose
    and l.used_at is null and l.voided_at is null and l.expires_at > now()
$$;

ALTER FUNCTION public.account_of_link(link uuid, purpose text, OUT address text, OUT account text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.account_of_link(link uuid, purpose text, OUT address text, OUT account text) IS 'Whose account an address would be confirmed into by an open link, by the masked address it has so far; nulls where the link is unknown, for another purpose, expired, void or used. Uses nothing up.';

CREATE FUNCTION public.activate_solution(tenant uuid, solution text, plan text, language text, trial_days integer, OUT outcome text, OUT obstacles jsonb) RETURNS record
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  version text := hold_company(tenant);
  held company_solution;
begin
  obstacles := '[]';
  select s.* into held from company_solution s
  where s.tenant_id = activate_solution.tenant and s.solution = activate_solution.solution
  for no key update;
  outcome := case
    when not exists (
      select from country_solution c
      where c.country_version = version and c.solution = activate_solution.solution)
      then 'solution_not_available'
    when held.state <> 'INACTIVE'
      then case when held.plan = activate_solution.plan then 'unchanged' else 'already_active' end
    when not exists (
      select from country_plan p
      where p.country_version = version and p.plan = activate_solution.plan and p.offered)
      then 'plan_not_available'
  end;
  if outcome is not null then
    return;
  end if;
  -- What it needs is held, so that nobody switches it off meanwhile, in psql neither.
  perform from company_solution s
  join solution_dependency d on d.needs = s.solution
  where s.tenant_id = activate_solution.tenant and d.solution = activate_solution.solution
  for share of s;
  obstacles := obstacles_of_solutions(version, activate_solution.language, array(
    select d.needs from solution_dependency d
    where d.solution = activate_solution.solution and not exists (
      select from company_solution s
      where s.tenant_id = activate_solution.tenant and s.solution = d.needs
        and s.state <> 'INACTIVE')));
  if obstacles <> '[]' then
    outcome := 'requirement_inactive';
    return;
  end if;
  if held.solution is null then
    insert into company_solution (
      tenant_id, solution, country_version, plan, state, trial_ends_at)
    values (
      activate_solution.tenant, activate_solution.solution, version, activate_solution.plan,
      'TRIAL', now() + make_interval(days => trial_days));
  else
    obstacles := obstacles_of_people(
      activate_solution.tenant, activate_solution.solution, held.plan, activate_solution.plan);
    if obstacles <> '[]' then
      outcome := 'plan_lacks_roles';
      return;
    end if;
    update company_solution s
    set plan = activate_solution.plan,
        state = case when s.trial_ends_at > now() then 'TRIAL' else 'READ_ONLY' end,
        activated_at = now(),
        deactivated_at = null
    where s.tenant_id = activate_solution.tenant and s.solution = activate_solution.solution;
  end if;
  outcome := 'activated';
end
$$;

ALTER FUNCTION public.activate_solution(tenant uuid, solution text, plan text, language text, trial_days integer, OUT outcome text, OUT obstacles jsonb) OWNER TO hub_owner;

COMMENT ON FUNCTION public.activate_solution(tenant uuid, solution text, plan text, language text, trial_days integer, OUT outcome text, OUT obstacles jsonb) IS 'Takes a solution into use. The first time begins its trial; one that was switched off goes on with what is left of it, or READ_ONLY. Outcomes: activated; unchanged (in use on this plan); already_active (in use on another); solution_not_available; plan_not_available; requirement_inactive (obstacles: the solutions it needs); plan_lacks_roles (obstacles: who would lose what they had in it). Runs with the rights of its caller.';

CREATE FUNCTION public.administrator_remains(tenant uuid) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  -- Taken after the rows that change, and nothing is waited for behind it: two who act at once wait
  -- here and nowhere else, and the second sees what the first has done.
  perform pg_advisory_xact_lock(
    hashtextextended('mi-alegra: administrators of ' || administrator_remains.tenant, 0));
  if current_setting('transaction_isolation') <> 'read committed' then
    -- The snapshot may be older than the lock. A row that was changed since refuses to be locked.
    perform from membership m
    where m.tenant_id = administrator_remains.tenant and m.role = 'administrator'
    for share;
    return found;
  end if;
  return exists (
    select from membership m
    where m.tenant_id = administrator_remains.tenant and m.role = 'administrator');
end
$$;

ALTER FUNCTION public.administrator_remains(tenant uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.administrator_remains(tenant uuid) IS 'Whether a company has an administrator, after this transaction''s changes; stays so until it ends. Runs with the rights of its caller, a function of hub_auth.';

CREATE FUNCTION public.any_email() RETURNS bytea
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$ select decode(repeat('00', 32), 'hex') $$;

ALTER FUNCTION public.any_email() OWNER TO hub_auth;

COMMENT ON FUNCTION public.any_email() IS 'What guesses are kept by that are counted whatever the address.';

CREATE FUNCTION public.api_token_of(hash bytea) RETURNS TABLE(tenant_id uuid, id uuid, scopes text[])
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select t.tenant_id, t.id, t.scopes
  from api_token t
  where t.revoked_at is null and t.expires_at > now()
    and (t.hash = api_token_of.hash
      or t.previous_hash = api_token_of.hash and t.previous_until > now())
$$;

ALTER FUNCTION public.api_token_of(hash bytea) OWNER TO hub_auth;

COMMENT ON FUNCTION public.api_token_of(hash bytea) IS 'What never changes of a token, by its SHA-256: one row where it is good now, none otherwise.';

CREATE FUNCTION public.api_token_status(revoked_at timestamp with time zone, expires_at timestamp with time zone, at timestamp with time zone) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select case
    when revoked_at is not null then 'REVOKED' when expires_at <= at then 'EXPIRED'
    else 'ACTIVE' end
$$;

ALTER FUNCTION public.api_token_status(revoked_at timestamp with time zone, expires_at timestamp with time zone, at timestamp with time zone) OWNER TO hub_owner;

COMMENT ON FUNCTION public.api_token_status(revoked_at timestamp with time zone, expires_at timestamp with time zone, at timestamp with time zone) IS 'Whether a token is good at that time: ACTIVE, EXPIRED or REVOKED.';

CREATE FUNCTION public.app_guard(tenant uuid, account uuid, session uuid, roles text[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  -- Of somebody who is in no company; no tenant has it.
  nowhere constant uuid := '00000000-0000-0000-0000-000000000000';
  held text;
  lives boolean;
begin
  select true, m.role into lives, held
  from session s
  left join membership m on m.tenant_id = app_guard.tenant and m.account_id = app_guard.account
  where s.id = app_guard.session and s.account_id = app_guard.account
    and s.revoked_at is null and s.expires_at > now() and s.idle_expires_at > now();

  if lives is null or held is null and app_guard.tenant <> nowhere then
    raise exception 'the session is over, or the person is no member any more'
      using errcode = 'HB401';
  elsif app_guard.roles is not null and (held = any (app_guard.roles)) is not true then
    raise exception 'the role % does not permit this', held
      using errcode = 'HB403';
  end if;
  perform set_config('app.actor', 'account:' || app_guard.account, true);
end
$$;

ALTER FUNCTION public.app_guard(tenant uuid, account uuid, session uuid, roles text[]) OWNER TO hub_owner;

COMMENT ON FUNCTION public.app_guard(tenant uuid, account uuid, session uuid, roles text[]) IS 'Raises HB401 where the session is dead or the account no member of the tenant, HB403 where the member''s role is not one of those given; null for the roles: any member, and the zero uuid for the tenant: a person in no company. From then on the transaction acts for the account (app.actor). Reads through the policies of hub_app, so app.tenant_id and app.account_id must be set to the same two.';

CREATE FUNCTION public.ask_mail(kind text, account uuid, address text, facts jsonb DEFAULT '{}'::jsonb, link uuid DEFAULT NULL::uuid) RETURNS uuid
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  insert into mail (kind, account_id, address, name, language, facts, link_id)
  select ask_mail.kind, a.id, coalesce(ask_mail.address, a.email),
    coalesce(nullif(a.display_name, ''), a.first_name), mail_language(a.language, a.country),
    ask_mail.facts, ask_mail.link
  from account a
  where a.id = ask_mail.account
  returning id
$$;

ALTER FUNCTION public.ask_mail(kind text, account uuid, address text, facts jsonb, link uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.ask_mail(kind text, account uuid, address text, facts jsonb, link uuid) IS 'Asks for a mail to a person, in the transaction of what it tells of: greeting and language are the account''s. A null address is the account''s own. Runs with the rights of its caller, which is a function of hub_auth.';

CREATE FUNCTION public.ask_unlink_google(session uuid, account uuid, address text, new_password_hash text, lifetime_seconds integer, requests_max integer, window_seconds integer, OUT outcome text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  person account;
  owner uuid;
  link uuid;
begin
  select a.* into person from account a
  where a.id = ask_unlink_google.account for no key update;
  select case when not s.is_live then 'dead_session' when not s.is_fresh then 'not_fresh' end
  into outcome from live_session(ask_unlink_google.session, ask_unlink_google.account) as s;
  if outcome is not null then
    return;
  end if;
  perform from account_google g where g.account_id = ask_unlink_google.account;
  if not found then
    outcome := 'not_linked';
    return;
  end if;

  -- As changing the address does, whether or not somebody else has it.
  perform drop_pending_email(ask_unlink_google.account);
  update account a set pending_email = address where a.id = ask_unlink_google.account;
  link := make_link(
    'unlink_google', ask_unlink_google.account, address, make_interval(secs => lifetime_seconds),
    jsonb_build_object(
      'password_hash', new_password_hash, 'session', ask_unlink_google.session));
  if count_link_request('change_email', address, requests_max, window_seconds) then
    select a.id into owner from account a where a.email_key = lower(address);
    if owner is null then
      -- Without a greeting, as when changing the address.
      insert into mail (kind, account_id, address, name, language, facts, link_id)
      values (
        'confirm_unlink_google', person.id, ask_unlink_google.address, '',
        mail_language(person.language, person.country),
        jsonb_build_object('account', masked_email(person.email)), link);
    else
      perform ask_mail('change_email_known', owner, null);
    end if;
  end if;
  outcome := 'pending';
end
$$;

ALTER FUNCTION public.ask_unlink_google(session uuid, account uuid, address text, new_password_hash text, lifetime_seconds integer, requests_max integer, window_seconds integer, OUT outcome text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.ask_unlink_google(session uuid, account uuid, address text, new_password_hash text, lifetime_seconds integer, requests_max integer, window_seconds integer, OUT outcome text) IS 'Asks another address to be confirmed before it takes the place of the link to Google, which holds until then; what waited before is void. Outcomes: pending (whether or not the address is somebody else''s); not_linked; not_fresh; dead_session.';

CREATE FUNCTION public.audit_page(tenant uuid, before text, types text[], actor text, subject text, wanted integer, OUT events jsonb, OUT cursor text, OUT has_more boolean) RETURNS record
    LANGUAGE sql STABLE
    AS $$
  with bounds as (
    select coalesce(event_position(audit_page.before), 9223372036854775807) as start,
      least(greatest(coalesce(audit_page.wanted, 50), 1), 200) as rows_max),
  found as (
    select e, row_number() over (order by e.sequence desc) as position
    from event e
    where e.tenant_id = audit_page.tenant and e.sequence < (select start from bounds)
      and (audit_page.types is null or e.type = any (audit_page.types))
      and (audit_page.actor is null or e.actor_id = audit_page.actor)
      and (audit_page.subject is null or e.subject = audit_page.subject)
    order by e.sequence desc
    limit (select rows_max + 1 from bounds)),
  page as (
    select found.e, found.position from found
    where found.position <= (select rows_max from bounds))
  select
    (select coalesce(jsonb_agg(event_document(page.e) order by page.position), '[]') from page),
    coalesce(
      (select event_cursor((page.e).sequence, (page.e).hash) from page
        order by page.position desc limit 1),
      event_cursor(0, decode(repeat('00', 32), 'hex'))),
    (select count(*) from found) > (select count(*) from page)
$$;

ALTER FUNCTION public.audit_page(tenant uuid, before text, types text[], actor text, subject text, wanted integer, OUT events jsonb, OUT cursor text, OUT has_more boolean) OWNER TO hub_owner;

COMMENT ON FUNCTION public.audit_page(tenant uuid, before text, types text[], actor text, subject text, wanted integer, OUT events jsonb, OUT cursor text, OUT has_more boolean) IS 'The same from the end of the log backwards, before a cursor. Runs with the rights of its caller.';

CREATE FUNCTION public.begin_google(hash bytea, intent text, account uuid, session uuid, facts jsonb, lifetime_seconds integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  insert into google_flow (hash, intent, account_id, session_id, facts, expires_at)
  values (
    begin_google.hash, begin_google.intent, begin_google.account, begin_google.session,
    begin_google.facts, now() + make_interval(secs => lifetime_seconds));

  -- Whoever sets out takes a few away that never came back, so that the table stays small.
  delete from google_flow f
  where f.hash in (
    select old.hash from google_flow old where old.expires_at < now()
    limit 10
    for update skip locked);
end
$$;

ALTER FUNCTION public.begin_google(hash bytea, intent text, account uuid, session uuid, facts jsonb, lifetime_seconds integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.begin_google(hash bytea, intent text, account uuid, session uuid, facts jsonb, lifetime_seconds integer) IS 'Notes that a browser sets out for Google. Account and session are those of the request, and null for a sign-in or a sign-up.';

CREATE FUNCTION public.begin_second_factor_recovery(email text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  person uuid;
begin
  update second_factor f set recovery_asked_at = now()
  from account a
  where a.email_key = lower(begin_second_factor_recovery.email) and f.account_id = a.id
    and f.confirmed_at is not null and f.recovery_asked_at is null
  returning a.id into person;
  if person is null then
    return 'nobody with a second factor has this address, or it was begun before';
  end if;
  perform ask_mail('second_factor_recovery', person, null);
  return 'begun: finish_second_factor_recovery may follow in 72 hours';
end
$$;

ALTER FUNCTION public.begin_second_factor_recovery(email text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.begin_second_factor_recovery(email text) IS 'For operators, in psql: begins to take away the second factor of a person who has lost it and the recovery codes, and tells them by mail. Any sign-in with the factor puts an end to it.';

CREATE FUNCTION public.begin_tenant_export(tenant uuid, OUT head jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  perform require_operator();
  perform from company c where c.tenant_id = begin_tenant_export.tenant;
  if not found then
    raise exception 'there is no company %', begin_tenant_export.tenant using errcode = 'HB404';
  end if;
  -- For the rows that are fetched later in this transaction: the same text on every server.
  perform set_config('TimeZone', 'UTC', true), set_config('IntervalStyle', 'iso_8601', true),
    set_config('bytea_output', 'hex', true), set_config('extra_float_digits', '1', true);
  head := jsonb_build_object(
    'exportedAt', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'tables', (
      select jsonb_agg(t.name order by t.place) from tenant_tables() t where not t.is_redacted),
    'redacted', (
      select coalesce(jsonb_agg(redacted.name order by redacted.name collate "C"), '[]')
      from (
        select t.name from tenant_tables() t where t.is_redacted
        union all
        select t.name || '.' || c.name
        from tenant_tables() t
        cross join tenant_columns(t.relation) c
        where not t.is_redacted and c.is_redacted
      ) as redacted (name)));
end
$$;

ALTER FUNCTION public.begin_tenant_export(tenant uuid, OUT head jsonb) OWNER TO hub_owner;

COMMENT ON FUNCTION public.begin_tenant_export(tenant uuid, OUT head jsonb) IS 'Begins an export in this transaction: gives its time, its tables in the order of their foreign keys, and what is left out of it. HB404: there is no such company.';

CREATE FUNCTION public.begin_tenant_import() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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

ALTER FUNCTION public.begin_tenant_import() OWNER TO hub_owner;

COMMENT ON FUNCTION public.begin_tenant_import() IS 'Makes the temporary tables of an import. The rows of the document are copied into tenant_import, as they are written: part is people, or tables. and the table''s name; place counts from 0.';

CREATE FUNCTION public.browser_of(user_agent text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select case
    when user_agent ~ '\m(Edg|EdgA|EdgiOS)/' then 'Edge'
    when user_agent ~ '\m(OPR|OPT|Opera)/' then 'Opera'
    when user_agent ~ '\mSamsungBrowser/' then 'Samsung Internet'
    when user_agent ~ '\mVivaldi/' then 'Vivaldi'
    when user_agent ~ '\mYaBrowser/' then 'Yandex'
    when user_agent ~ '\m(Firefox|FxiOS)/' then 'Firefox'
    when user_agent ~ '\m(Chrome|CriOS|Chromium|HeadlessChrome)/' then 'Chrome'
    when user_agent ~ '\mVersion/[0-9.]+ (Mobile/\w+ )?Safari/' then 'Safari'
  end
$$;

ALTER FUNCTION public.browser_of(user_agent text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.browser_of(user_agent text) IS 'The browser that a User-Agent names, as people call it; null where it is none of the common ones.';

CREATE FUNCTION public.cancel_email_change(account uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  perform from account a where a.id = cancel_email_change.account for no key update;
  return drop_pending_email(cancel_email_change.account);
end
$$;

ALTER FUNCTION public.cancel_email_change(account uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.cancel_email_change(account uuid) IS 'Takes back a change of address that waits; false where none does.';

CREATE FUNCTION public.catalogue_changed() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  update catalogue_revision set revision = revision + 1, changed_at = now();
  notify catalogue;
  return null;
end
$$;

ALTER FUNCTION public.catalogue_changed() OWNER TO hub_owner;

COMMENT ON FUNCTION public.catalogue_changed() IS 'Statement trigger of every catalogue: counts the revision up and notifies the servers on the channel catalogue. NOTIFY serialises commits, which only edits this rare can afford.';

CREATE FUNCTION public.challenge_to_complete(challenge_hash bytea, guesses_max integer, account_guesses_max integer, window_seconds integer, OUT account_id uuid, OUT sealed_secret bytea, OUT last_step bigint, OUT retry_after_seconds integer) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  email_key text;
  wait interval;
begin
  update sign_in_challenge c set guesses = c.guesses + 1
  where c.hash = challenge_hash and c.used_at is null and c.expires_at > now()
    and c.guesses < guesses_max
  returning c.account_id into account_id;
  if account_id is null then
    return;
  end if;
  select a.email_key into email_key from account a where a.id = account_id;
  wait := take_guess(hash_of_email(email_key), 'second factor', account_guesses_max,
    window_seconds);
  if wait is not null then
    retry_after_seconds := greatest(1, ceil(extract(epoch from wait)));
    return;
  end if;
  select f.sealed_secret, f.last_step into sealed_secret, last_step
  from second_factor f
  where f.account_id = challenge_to_complete.account_id and f.confirmed_at is not null;
end
$$;

ALTER FUNCTION public.challenge_to_complete(challenge_hash bytea, guesses_max integer, account_guesses_max integer, window_seconds integer, OUT account_id uuid, OUT sealed_secret bytea, OUT last_step bigint, OUT retry_after_seconds integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.challenge_to_complete(challenge_hash bytea, guesses_max integer, account_guesses_max integer, window_seconds integer, OUT account_id uuid, OUT sealed_secret bytea, OUT last_step bigint, OUT retry_after_seconds integer) IS 'Counts one guess at the second factor of a sign-in, of the challenge and of the account, before the code is looked at, and gives what it is compared with; no account where the challenge is unknown, used, expired or guessed at too often.';

CREATE FUNCTION public.change_country(tenant uuid, version text, drops boolean, OUT report jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  before company;
  after company;
  known country_version;
  dropped jsonb;
  connected text[];
  opened jsonb;
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
  opened := company_access(before.tenant_id);
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
    perform settle_claims(before.tenant_id);
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
    'people', (
      select coalesce(jsonb_agg(lost.access order by lost.place), '[]')
      from jsonb_array_elements(opened) with ordinality as lost (access, place)
      where not company_access(after.tenant_id) @> jsonb_build_array(lost.access)),
    'missing', (
      select coalesce(jsonb_agg(f.path order by f.position), '[]')
      from form_field f
      where f.country_version = after.country_version and f.required
        and to_jsonb(after) ->> company_column(f.path) is null));
end
$$;

ALTER FUNCTION public.change_country(tenant uuid, version text, drops boolean, OUT report jsonb) OWNER TO hub_owner;

COMMENT ON FUNCTION public.change_country(tenant uuid, version text, drops boolean, OUT report jsonb) IS 'Moves a company to another country version, with its currency, and its time zone where that was the old version''s. What the new version does not have is dropped where drops says so; otherwise HB409, whose detail lists it. Reports what was dropped and changed, who can no longer open which solution, and which required fields are empty now. HB404: there is no such company or version.';

CREATE FUNCTION public.change_email(session uuid, account uuid, new_email text, lifetime_seconds integer, requests_max integer, window_seconds integer) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  person account;
  owner uuid;
  link uuid;
begin
  select a.* into person from account a where a.id = change_email.account for no key update;
  if not has_fresh_proof(change_email.session, person.id) then
    return 'not_fresh';
  end if;
  if person.email = new_email then
    return 'unchanged';
  end if;
  if person.email_key = lower(new_email) then
    update account a set email = new_email where a.id = person.id;
    return 'respelled';
  end if;
  if is_kept_from_google(person.id, new_email) then
    return 'google_linked';
  end if;

  perform drop_pending_email(person.id);
  update account a set pending_email = new_email where a.id = person.id;
  link := make_link(
    'change_email', person.id, new_email, make_interval(secs => lifetime_seconds),
    jsonb_build_object('session', change_email.session));
  if count_link_request('change_email', new_email, requests_max, window_seconds) then
    select a.id into owner from account a where a.email_key = lower(new_email);
    if owner is null then
      -- Without a greeting: nobody's words go to an address that has not proved itself.
      insert into mail (kind, account_id, address, name, language, facts, link_id)
      values (
        'change_email', person.id, new_email, '', mail_language(person.language, person.country),
        jsonb_build_object('account', masked_email(person.email)), link);
    else
      perform ask_mail('change_email_known', owner, null);
    end if;
  end if;
  return 'pending';
end
$$;

ALTER FUNCTION public.change_email(session uuid, account uuid, new_email text, lifetime_seconds integer, requests_max integer, window_seconds integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.change_email(session uuid, account uuid, new_email text, lifetime_seconds integer, requests_max integer, window_seconds integer) IS 'Asks for another address; it waits until its link is used, and what waited before is void. Outcomes: pending (whether or not the address is somebody else''s); respelled (the same address in other letters: done); unchanged; google_linked (the linked Google account does not carry it); not_fresh (the last proof of who this is has grown old).';

CREATE FUNCTION public.change_password(session uuid, account uuid, expected_password_hash text, new_password_hash text, OUT outcome text, OUT sessions_ended integer) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  person account;
begin
  -- The row that a sign-in takes as well: one that verified the old password comes before this,
  -- and its session ends below, or after it, and is refused.
  select a.* into person from account a where a.id = change_password.account for no key update;
  if person.password_hash is null or person.password_hash is distinct from expected_password_hash
  then
    outcome := 'changed';
    return;
  end if;
  if exists (
      select from second_factor f where f.account_id = person.id and f.confirmed_at is not null)
    and not coalesce(
      (select s.is_live and s.is_fresh from live_session(change_password.session, person.id) as s),
      false)
  then
    outcome := 'not_fresh';
    return;
  end if;
  update account a set password_hash = new_password_hash, password_changed_at = now()
  where a.id = person.id;
  perform forget_guesses(person.email_key);
  sessions_ended := revoke_other_sessions(change_password.session, person.id);
  -- Somebody else may have been in: what that one began ends here.
  perform void_links(person.id, '{reset_password}');
  perform drop_pending_email(person.id);
  perform ask_mail('password_changed', person.id, null);
  outcome := 'done';
end
$$;

ALTER FUNCTION public.change_password(session uuid, account uuid, expected_password_hash text, new_password_hash text, OUT outcome text, OUT sessions_ended integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.change_password(session uuid, account uuid, expected_password_hash text, new_password_hash text, OUT outcome text, OUT sessions_ended integer) IS 'Replaces the password that was just verified against expected_password_hash, ends every other session of the person, takes back what waits for a link, and asks for the mail that tells of it, in one transaction. Outcomes: done; changed (the password is another one by now: refuse as a wrong password); not_fresh (there is a second factor, and no fresh proof by both).';

CREATE FUNCTION public.change_plan(tenant uuid, solution text, plan text, OUT outcome text, OUT obstacles jsonb) RETURNS record
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  version text := hold_company(tenant);
  held company_solution;
begin
  obstacles := '[]';
  -- Whoever gives somebody a role holds the solutions too, weakly: one of the two comes first.
  select s.* into held from company_solution s
  where s.tenant_id = change_plan.tenant and s.solution = change_plan.solution
  for update;
  outcome := case
    when not exists (
      select from country_solution c
      where c.country_version = version and c.solution = change_plan.solution)
      then 'solution_not_available'
    when held.state is null or held.state = 'INACTIVE' then 'solution_not_found'
    when held.plan = change_plan.plan and held.state = 'ACTIVE' then 'unchanged'
    when not exists (
      select from country_plan p
      where p.country_version = version and p.plan = change_plan.plan and p.offered)
      then 'plan_not_available'
  end;
  if outcome is not null then
    return;
  end if;
  obstacles := obstacles_of_people(
    change_plan.tenant, change_plan.solution, held.plan, change_plan.plan);
  if obstacles <> '[]' then
    outcome := 'plan_lacks_roles';
    return;
  end if;
  update company_solution s set plan = change_plan.plan, state = 'ACTIVE'
  where s.tenant_id = change_plan.tenant and s.solution = change_plan.solution;
  outcome := 'changed';
end
$$;

ALTER FUNCTION public.change_plan(tenant uuid, solution text, plan text, OUT outcome text, OUT obstacles jsonb) OWNER TO hub_owner;

COMMENT ON FUNCTION public.change_plan(tenant uuid, solution text, plan text, OUT outcome text, OUT obstacles jsonb) IS 'Takes a plan for a solution in use, which makes it ACTIVE out of a trial or READ_ONLY too. Outcomes: changed; unchanged (ACTIVE on this plan); solution_not_available; solution_not_found (not in use); plan_not_available; plan_lacks_roles (obstacles: the people and invitations whose roles the plan does not allow). Runs with the rights of its caller.';

CREATE FUNCTION public.change_role(actor uuid, tenant uuid, person uuid, role text, solution_roles jsonb, OUT outcome text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  so_far text;
begin
  select m.role into so_far from membership m
  where m.tenant_id = change_role.tenant and m.account_id = change_role.person
  for no key update;
  -- A role that somebody has is theirs, whatever the plan says by now.
  outcome := case
    when so_far is null then 'not_found'
    else refused_role(
      change_role.tenant, nullif(change_role.role, so_far),
      coalesce(change_role.solution_roles, '{}'))
  end;
  if outcome is not null then
    return;
  end if;
  if change_role.solution_roles is not null then
    -- Only what differs is written, or the log would tell of changes that are none.
    delete from solution_role r
    where r.tenant_id = change_role.tenant and r.account_id = change_role.person
      and not change_role.solution_roles ? r.solution;
    insert into solution_role as r (tenant_id, account_id, solution, role)
    select change_role.tenant, change_role.person, given.solution, given.role
    from jsonb_each_text(change_role.solution_roles) as given (solution, role)
    on conflict (tenant_id, account_id, solution) do update set role = excluded.role
    where r.role <> excluded.role;
  end if;
  update membership m set role = change_role.role
  where m.tenant_id = change_role.tenant and m.account_id = change_role.person
    and m.role <> change_role.role;
  -- Whoever gives up their own role had it until now.
  perform require_administrators(
    change_role.tenant,
    case
      when change_role.actor <> change_role.person then change_role.actor
      when so_far = 'administrator' then (
        select m.account_id from membership m
        where m.tenant_id = change_role.tenant and m.role = 'administrator'
        limit 1)
    end);
  if so_far = 'administrator' and change_role.role <> 'administrator' then
    perform revoke_invitations_of(change_role.tenant, change_role.person);
  end if;
  outcome := 'changed';
exception
  when sqlstate 'HB409' then
    outcome := 'last_administrator';
end
$$;

ALTER FUNCTION public.change_role(actor uuid, tenant uuid, person uuid, role text, solution_roles jsonb, OUT outcome text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.change_role(actor uuid, tenant uuid, person uuid, role text, solution_roles jsonb, OUT outcome text) IS 'Gives a member another role, and roles by solution ({"pos": "seller"}; null leaves those there are). Outcomes: changed; not_found (no member); last_administrator; those of refused_role(). Raises HB403 where the actor is no administrator any more.';

CREATE FUNCTION public.characters_at_least(value text) RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
  select char_length(regexp_replace(
    regexp_replace(value, U&'\200D.', '', 'g'),
    U&'[\0300-\036F\0483-\0489\0591-\05C7\0610-\061A\064B-\065F\0900-\0903\093A-\094F\1AB0-\1AFF'
      '\1DC0-\1DFF\200B-\200F\20D0-\20FF\3099\309A\FE00-\FE0F\FE20-\FE2F\+01F1E6-\+01F1FF'
      '\+01F3FB-\+01F3FF\+0E0020-\+0E007F]',
    '', 'g'))
$$;

ALTER FUNCTION public.characters_at_least(value text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.characters_at_least(value text) IS 'A text''s characters as people count them, or fewer: marks, joiners and the halves of flags are not counted. The server counts exactly; this refuses nothing that the server takes.';

CREATE FUNCTION public.check_import_members(part text, members text[], long_members text[], text_bytes_max integer) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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

ALTER FUNCTION public.check_import_members(part text, members text[], long_members text[], text_bytes_max integer) OWNER TO hub_owner;

COMMENT ON FUNCTION public.check_import_members(part text, members text[], long_members text[], text_bytes_max integer) IS 'Refuses rows that have other members than these, or long values where no bytes are kept.';

CREATE FUNCTION public.check_import_rows(tenant uuid, relation regclass, text_bytes_max integer) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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

ALTER FUNCTION public.check_import_rows(tenant uuid, relation regclass, text_bytes_max integer) OWNER TO hub_owner;

COMMENT ON FUNCTION public.check_import_rows(tenant uuid, relation regclass, text_bytes_max integer) IS 'Refuses rows of a table that have other columns than it, are another company''s, or name a person who is not in the document.';

CREATE FUNCTION public.check_import_whole(tenant uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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

ALTER FUNCTION public.check_import_whole(tenant uuid) OWNER TO hub_owner;

COMMENT ON FUNCTION public.check_import_whole(tenant uuid) IS 'Refuses a company without an administrator, people who are none of its own, and rows that name another company.';

CREATE FUNCTION public.claim_answer(tenant uuid, actor uuid, key_digest bytea, field text, kept_seconds integer) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  if not pg_try_advisory_xact_lock(hashtextextended(
    'mi-alegra: answer to ' || claim_answer.tenant || claim_answer.actor
      || encode(claim_answer.key_digest, 'hex') || claim_answer.field, 0))
  then
    raise exception 'somebody is at it' using errcode = 'HB409';
  end if;
  perform from kept_answer k
  where k.tenant_id = claim_answer.tenant and k.actor = claim_answer.actor
    and k.key_digest = claim_answer.key_digest and k.field = claim_answer.field
    and k.kept_at > now() - make_interval(secs => kept_seconds);
  if found then
    raise exception 'it was answered' using errcode = 'HB208';
  end if;
end
$$;

ALTER FUNCTION public.claim_answer(tenant uuid, actor uuid, key_digest bytea, field text, kept_seconds integer) OWNER TO hub_owner;

COMMENT ON FUNCTION public.claim_answer(tenant uuid, actor uuid, key_digest bytea, field text, kept_seconds integer) IS 'Claims a key for what the transaction does: HB409 where another one is at it, HB208 where there is an answer.';

CREATE FUNCTION public.claim_deliveries(lease_seconds double precision, deliveries_max integer, failing_max integer, of_tenant uuid DEFAULT NULL::uuid, of_webhook uuid DEFAULT NULL::uuid, OUT tenant_id uuid, OUT webhook_id uuid, OUT id uuid, OUT url text, OUT sealed bytea, OUT sealed_previous bytea, OUT message_id text, OUT attempts integer, OUT body text, OUT is_failing boolean) RETURNS SETOF record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  ready record;
  free integer;
  taken integer;
begin
  for ready in
    select w.tenant_id, w.id, w.concurrency, w.failing_since is not null as is_failing
    from webhook w
    where w.disabled_at is null
      and (of_webhook is null or w.tenant_id = of_tenant and w.id = of_webhook)
      and exists (
        select from webhook_delivery d
        where d.tenant_id = w.tenant_id and d.webhook_id = w.id
          and d.state = 'PENDING' and d.due_at <= now())
    -- Who takes nothing comes last, and has but a part of the places.
    order by w.failing_since is not null, w.failing_since
    limit deliveries_max
    for no key update of w skip locked
  loop
    free := case when ready.is_failing
      then least(1, deliveries_max, failing_max) else least(ready.concurrency, deliveries_max) end
      - (
        select count(*) from webhook_delivery d
        where d.tenant_id = ready.tenant_id and d.webhook_id = ready.id
          and d.state = 'PENDING' and d.claimed_until > now());
    continue when free <= 0;
    return query
    with due as (
      select d.id
      from webhook_delivery d
      where d.tenant_id = ready.tenant_id and d.webhook_id = ready.id
        and d.state = 'PENDING' and d.due_at <= now()
        and (d.sequence is null or ready.concurrency > 1 or not exists (
          select from webhook_delivery b
          where b.tenant_id = d.tenant_id and b.webhook_id = d.webhook_id
            and b.state = 'PENDING' and b.sequence < d.sequence))
      order by d.sequence nulls first
      limit free),
    claimed as (
      update webhook_delivery d
      set attempts = d.attempts + 1, due_at = now() + make_interval(secs => lease_seconds),
          claimed_until = now() + make_interval(secs => lease_seconds)
      from due
      where d.tenant_id = ready.tenant_id and d.webhook_id = ready.id and d.id = due.id
      returning d.*)
    select c.tenant_id, c.webhook_id, c.id, w.url, w.sealed_secret,
      case when w.previous_until > now() then w.sealed_previous_secret end, c.message_id,
      c.attempts, webhook_body(c, w.tells_changes), ready.is_failing
    from claimed c
    join webhook w on w.tenant_id = c.tenant_id and w.id = c.webhook_id
    order by c.sequence nulls first;
    get diagnostics taken = row_count;
    deliveries_max := deliveries_max - taken;
    if ready.is_failing then
      failing_max := failing_max - taken;
    end if;
    exit when deliveries_max <= 0;
  end loop;
end
$$;

ALTER FUNCTION public.claim_deliveries(lease_seconds double precision, deliveries_max integer, failing_max integer, of_tenant uuid, of_webhook uuid, OUT tenant_id uuid, OUT webhook_id uuid, OUT id uuid, OUT url text, OUT sealed bytea, OUT sealed_previous bytea, OUT message_id text, OUT attempts integer, OUT body text, OUT is_failing boolean) OWNER TO hub_delivery;

COMMENT ON FUNCTION public.claim_deliveries(lease_seconds double precision, deliveries_max integer, failing_max integer, of_tenant uuid, of_webhook uuid, OUT tenant_id uuid, OUT webhook_id uuid, OUT id uuid, OUT url text, OUT sealed bytea, OUT sealed_previous bytea, OUT message_id text, OUT attempts integer, OUT body text, OUT is_failing boolean) IS 'Takes what is due, of every webhook as much as may be under way to it at once, of one that takes nothing one, and of all of those failing_max; or what is due of one webhook. For the seconds given nobody else takes it: tell delivery_ended before they are over.';

CREATE FUNCTION public.claim_field(path text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select case when path like 'identification.%' then 'identification' else path end
$$;

ALTER FUNCTION public.claim_field(path text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.claim_field(path text) IS 'What a field of the form is claimed as: the parts of the identification are one claim, since a number means nothing beside another one''s kind.';

CREATE FUNCTION public.claim_mail(lease_seconds double precision, OUT id uuid, OUT kind text, OUT address text, OUT name text, OUT language text, OUT facts jsonb, OUT created_at timestamp with time zone, OUT attempts integer, OUT link_id uuid, OUT link_purpose text, OUT link_expires_at timestamp with time zone) RETURNS SETOF record
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  with due as (
    select m.id from mail m
    where m.sent_at is null and m.given_up_at is null and m.next_attempt_at <= now()
    order by m.next_attempt_at
    limit 1
    for update skip locked),
  claimed as (
    update mail m
    set attempts = m.attempts + 1,
        next_attempt_at = now() + make_interval(secs => claim_mail.lease_seconds)
    from due
    where m.id = due.id
    returning m.*)
  select c.id, c.kind, c.address, c.name, c.language, c.facts, c.created_at, c.attempts,
    l.id, l.purpose, l.expires_at
  from claimed c
  left join one_time_link l on l.id = c.link_id
$$;

ALTER FUNCTION public.claim_mail(lease_seconds double precision, OUT id uuid, OUT kind text, OUT address text, OUT name text, OUT language text, OUT facts jsonb, OUT created_at timestamp with time zone, OUT attempts integer, OUT link_id uuid, OUT link_purpose text, OUT link_expires_at timestamp with time zone) OWNER TO hub_delivery;

COMMENT ON FUNCTION public.claim_mail(lease_seconds double precision, OUT id uuid, OUT kind text, OUT address text, OUT name text, OUT language text, OUT facts jsonb, OUT created_at timestamp with time zone, OUT attempts integer, OUT link_id uuid, OUT link_purpose text, OUT link_expires_at timestamp with time zone) IS 'Takes the mail that is due longest, and counts the attempt; no row where none is due. For the seconds given nobody else takes it: tell mail_was_sent or mail_failed before they are over.';

CREATE FUNCTION public.claimed_columns(field text, value jsonb) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select case
    when field = 'identification' then jsonb_build_object(
      'identification_type', value -> 'type', 'identification_number', value -> 'number',
      'identification_check_digit', value -> 'checkDigit')
    else jsonb_build_object(company_column(field), value)
  end
$$;

ALTER FUNCTION public.claimed_columns(field text, value jsonb) OWNER TO hub_owner;

COMMENT ON FUNCTION public.claimed_columns(field text, value jsonb) IS 'The columns of company, and what a claim writes into each.';

CREATE FUNCTION public.claimed_part(path text, value jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select case
    when path like 'identification.%' then value ->> split_part(path, '.', 2)
    else value #>> '{}'
  end
$$;

ALTER FUNCTION public.claimed_part(path text, value jsonb) OWNER TO hub_owner;

COMMENT ON FUNCTION public.claimed_part(path text, value jsonb) IS 'What a claim says of one field of the form, as text.';

CREATE FUNCTION public.companies_of(account uuid, rows_max integer) RETURNS TABLE(tenant_id uuid, company_name text, role text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select m.tenant_id, m.company_name, m.role
  from membership m
  where m.account_id = companies_of.account
  order by m.company_name, m.tenant_id
  limit companies_of.rows_max
$$;

ALTER FUNCTION public.companies_of(account uuid, rows_max integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.companies_of(account uuid, rows_max integer) IS 'The companies that a person belongs to, by name and so many at most: the choice at sign-in, asked for only after the password was verified.';

CREATE FUNCTION public.company_access(tenant uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select coalesce(
    jsonb_agg(
      jsonb_build_object('email', a.email, 'name', s.name, 'solution', s.solution)
      order by a.email_key collate "C", o.position), '[]')
  from company_standing(company_access.tenant, 'en') s
  join account a on a.id::text = s.subject
  join solution o on o.code = s.solution
  where s.kind = 'ACCESS_LOST'
$$;

ALTER FUNCTION public.company_access(tenant uuid) OWNER TO hub_owner;

COMMENT ON FUNCTION public.company_access(tenant uuid) IS 'Who may open which solution of a company, as [{"email", "name", "solution"}]. Runs with the rights of its caller.';

CREATE FUNCTION public.company_check_decimal_precision() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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

ALTER FUNCTION public.company_check_decimal_precision() OWNER TO hub_owner;

COMMENT ON FUNCTION public.company_check_decimal_precision() IS 'Trigger: refuses more decimals than the country version allows. A CHECK cannot look there.';

CREATE FUNCTION public.company_check_rules() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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

ALTER FUNCTION public.company_check_rules() OWNER TO hub_auth;

COMMENT ON FUNCTION public.company_check_rules() IS 'Trigger: refuses what the country version''s form does not have or would not take, the emptying of what it requires, and a tax number that is none. A CHECK cannot look there.';

CREATE FUNCTION public.company_column(path text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select lower(regexp_replace(replace(path, '.', '_'), '([A-Z])', '_\1', 'g'))
$$;

ALTER FUNCTION public.company_column(path text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.company_column(path text) IS 'The column of company that a field of the form is kept in: address_postal_code for address.postalCode.';

CREATE FUNCTION public.company_confirm_given() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  perform confirm_company_field(new.tenant_id, given.field)
  from given_fields(to_jsonb(new)) as given (field);
  return null;
end
$$;

ALTER FUNCTION public.company_confirm_given() OWNER TO hub_company;

COMMENT ON FUNCTION public.company_confirm_given() IS 'Trigger: a new company comes with what its people or an operator gave.';

CREATE FUNCTION public.company_confirm_named() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  if coalesce(current_setting('app.actor', true), '') not like 'service:%' then
    perform confirm_company_field(new.tenant_id, tg_argv[0]);
  end if;
  return null;
end
$$;

ALTER FUNCTION public.company_confirm_named() OWNER TO hub_company;

COMMENT ON FUNCTION public.company_confirm_named() IS 'Trigger: an UPDATE that names a column confirms its field, whether the value changes or not; not where a solution reports (app.actor is service:<solution>).';

CREATE FUNCTION public.company_confirmation_forget() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  new.confirmed_by_name := null;
  return new;
end
$$;

ALTER FUNCTION public.company_confirmation_forget() OWNER TO hub_owner;

COMMENT ON FUNCTION public.company_confirmation_forget() IS 'Trigger: with an account goes its name.';

CREATE FUNCTION public.company_fields(tenant uuid, language text) RETURNS TABLE(path text, value text, source_kind text, solution text, solution_name text, since timestamp with time zone, confirmed_by text, claims jsonb)
    LANGUAGE sql STABLE
    AS $$
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

ALTER FUNCTION public.company_fields(tenant uuid, language text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.company_fields(tenant uuid, language text) IS 'Each field of a company''s form: what stands, by whose word and since when (source_kind HUB, OPERATOR or SOLUTION; null for what its country version begins with, and for what is empty and was never anybody''s), and what solutions say otherwise, as [{"solution", "name", "value", "reportedAt"}].';

CREATE FUNCTION public.company_flag_connections() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  update integration_connection c set state = 'ERROR', failure = 'TAX_ID_CHANGED'
  from integration i
  where c.tenant_id = new.tenant_id and c.state = 'CONNECTED' and i.code = c.integration
    and i.needs_same_tax_id;
  return null;
end
$$;

ALTER FUNCTION public.company_flag_connections() OWNER TO hub_auth;

COMMENT ON FUNCTION public.company_flag_connections() IS 'Trigger: another tax number flags the connections whose account has to carry it; connecting anew, or checking again, takes the flag away.';

CREATE FUNCTION public.company_give_name() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  update membership m
  set company_name = coalesce(nullif(new.trade_name, ''), new.legal_name)
  where m.tenant_id = new.tenant_id;
  return null;
end
$$;

ALTER FUNCTION public.company_give_name() OWNER TO hub_auth;

COMMENT ON FUNCTION public.company_give_name() IS 'Trigger: a company that changes its name gives the new one to its memberships.';

CREATE FUNCTION public.company_has_solution(company uuid, solution text) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select exists (
    select from company_solution s
    where s.tenant_id = company_has_solution.company
      and s.solution = company_has_solution.solution and s.state <> 'INACTIVE')
$$;

ALTER FUNCTION public.company_has_solution(company uuid, solution text) OWNER TO hub_service;

COMMENT ON FUNCTION public.company_has_solution(company uuid, solution text) IS 'Whether a company has a solution in use. A solution''s backend finds these companies alone: any other is to it as one that does not exist. Runs with the rights of its caller, a function of hub_service.';

CREATE FUNCTION public.company_of_report(token_hash bytea, tenant uuid) RETURNS text
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select reported_version(company_of_report.tenant, service_solution(token_hash))
$$;

ALTER FUNCTION public.company_of_report(token_hash bytea, tenant uuid) OWNER TO hub_company;

COMMENT ON FUNCTION public.company_of_report(token_hash bytea, tenant uuid) IS 'The country version of a company that has the service token''s solution; null for every other.';

CREATE FUNCTION public.company_solution_keep_needs() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  tenant uuid := coalesce(new.tenant_id, old.tenant_id);
  changed text := coalesce(new.solution, old.solution);
  broken record;
begin
  if not exists (
    select from solution_dependency d where changed in (d.solution, d.needs))
  then
    return null;
  end if;
  -- What is needed is held while this is asked: one who switches it off at once comes before or
  -- after, and one of the two is refused.
  perform from company_solution n
  join solution_dependency d on d.needs = n.solution
  join company_solution s on s.tenant_id = n.tenant_id and s.solution = d.solution
  where n.tenant_id = tenant and s.state <> 'INACTIVE'
  for share of n;
  select d.solution, d.needs into broken
  from company_solution s
  join solution_dependency d on d.solution = s.solution
  where s.tenant_id = tenant and s.state <> 'INACTIVE' and not exists (
    select from company_solution n
    where n.tenant_id = tenant and n.solution = d.needs and n.state <> 'INACTIVE')
  order by d.solution, d.needs
  limit 1;
  if found then
    raise exception 'the company % uses %, which needs %', tenant, broken.solution, broken.needs
      using errcode = 'HB409', table = 'company_solution', column = 'state',
        constraint = 'company_solution_keep_needs';
  end if;
  return null;
end
$$;

ALTER FUNCTION public.company_solution_keep_needs() OWNER TO hub_auth;

COMMENT ON FUNCTION public.company_solution_keep_needs() IS 'Constraint trigger, looked at when the transaction commits: a solution in use has those in use that it needs, whoever switches them, in psql too (HB409).';

CREATE FUNCTION public.company_solution_keep_roles() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  lost record;
begin
  select * into lost
  from roles_lost(new.tenant_id, new.solution, old.plan, new.plan) as l
  where l.kind = 'PERSON'
  limit 1;
  if found then
    raise exception 'the plan % does not allow the role % that % has in %',
      new.plan, lost.role, lost.id, new.solution
      using errcode = 'HB409', table = 'company_solution', column = 'plan',
        constraint = 'company_solution_keep_roles';
  end if;
  return null;
end
$$;

ALTER FUNCTION public.company_solution_keep_roles() OWNER TO hub_auth;

COMMENT ON FUNCTION public.company_solution_keep_roles() IS 'Constraint trigger, looked at when the transaction commits: a change of plan takes nobody''s role in the solution away, whoever changes it, in psql too (HB409).';

CREATE FUNCTION public.company_standing(tenant uuid, language text) RETURNS TABLE(kind text, subject text, name text, solution text, solution_name text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  with used as (
    select s.solution, s.plan, o.position,
      coalesce(c.names ->> company_standing.language, c.names ->> 'es') as name
    from company_solution s
    join solution o on o.code = s.solution
    join country_solution c
      on c.country_version = s.country_version and c.solution = s.solution
    where s.tenant_id = company_standing.tenant and s.state <> 'INACTIVE')
  select 'SOLUTION_STOPS', u.solution, u.name, u.solution, u.name
  from used u
  union all
  select 'ACCESS_LOST', m.account_id::text, m.display_name, u.solution, u.name
  from used u
  join membership m on m.tenant_id = company_standing.tenant
  join plan_role p on p.plan = u.plan
    and p.role = role_in_solution(m.tenant_id, m.account_id, u.solution)
  union all
  -- One that goes away is not one to look at again, so it is told as that alone.
  select k.kind, i.integration, n.name, null, null
  from integration_connection i
  join integration n on n.code = i.integration
  join (values ('CONNECTION_ENDS', true), ('CONNECTION_FLAGGED', false)) as k (kind, whatever)
    on k.whatever
      or i.state = 'CONNECTED' and not is_withheld_by_plan(i.tenant_id, i.integration)
  where i.tenant_id = company_standing.tenant
$$;

ALTER FUNCTION public.company_standing(tenant uuid, language text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.company_standing(tenant uuid, language text) IS 'What a company has that a change can take away, each under the kind of the consequence: its solutions in use, who may open each, its connections, and those of them that are sound and offered. Runs with the rights of its caller.';

CREATE FUNCTION public.company_stands(tenant uuid) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$ select exists (select from company c where c.tenant_id = company_stands.tenant) $$;

ALTER FUNCTION public.company_stands(tenant uuid) OWNER TO hub_log;

COMMENT ON FUNCTION public.company_stands(tenant uuid) IS 'Whether the company is there still: what goes along with it is not told one by one.';

CREATE FUNCTION public.company_value(company jsonb, field text) RETURNS jsonb
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select case
    when field <> 'identification' then nullif(company -> company_column(field), 'null')
    when company ->> 'identification_number' is not null then jsonb_build_object(
      'type', company -> 'identification_type', 'number', company -> 'identification_number',
      'checkDigit', company -> 'identification_check_digit')
  end
$$;

ALTER FUNCTION public.company_value(company jsonb, field text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.company_value(company jsonb, field text) IS 'What a row of company, as JSON, holds of a field that is claimed; null where it is empty.';

CREATE FUNCTION public.company_values(of public.company) RETURNS TABLE(path text, value text)
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
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

ALTER FUNCTION public.company_values(of public.company) OWNER TO hub_owner;

COMMENT ON FUNCTION public.company_values(of public.company) IS 'A company''s data by the paths of form_field; null where there is none.';

CREATE FUNCTION public.complete_sign_in(challenge_hash bytea, step bigint, code_hash bytea, device text, address_range text, refresh_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT account_id uuid, OUT session_id uuid, OUT tenant_id uuid) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  challenge sign_in_challenge;
  person account;
begin
  select a.* into person from account a
  join sign_in_challenge c on c.account_id = a.id
  where c.hash = challenge_hash for no key update of a;
  select c.* into challenge from sign_in_challenge c
  where c.hash = challenge_hash and c.used_at is null and c.expires_at > now() for update;
  if challenge.hash is null or challenge.password_hash is distinct from person.password_hash then
    outcome := 'ended';
    return;
  end if;
  account_id := person.id;
  begin
    if not use_second_factor(person.id, step, code_hash) then
      outcome := 'wrong';
      return;
    end if;
    select entered.outcome, entered.session_id, entered.tenant_id
    into outcome, session_id, tenant_id
    from enter(
      person.id, challenge.wanted_tenant_id, device, address_range, refresh_hash, idle_seconds,
      absolute_seconds) as entered;
    -- A code that opened nothing, because a company is still to be chosen, is not used up.
    if outcome <> 'signed_in' then
      raise exception 'no session was opened' using errcode = 'HB409';
    end if;
    update sign_in_challenge c set used_at = now() where c.hash = challenge_hash;
  exception
    when sqlstate 'HB409' then null;
  end;
end
$$;

ALTER FUNCTION public.complete_sign_in(challenge_hash bytea, step bigint, code_hash bytea, device text, address_range text, refresh_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT account_id uuid, OUT session_id uuid, OUT tenant_id uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.complete_sign_in(challenge_hash bytea, step bigint, code_hash bytea, device text, address_range text, refresh_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT account_id uuid, OUT session_id uuid, OUT tenant_id uuid) IS 'Completes a sign-in by a code of a time step that was verified, or by a recovery code. Outcomes: those of enter(); wrong (the code was used before); ended (the challenge is unknown, used or expired, or the password is another one by now). Challenge and code are used up by signed_in alone.';

CREATE FUNCTION public.confirm_company_field(tenant uuid, field text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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

ALTER FUNCTION public.confirm_company_field(tenant uuid, field text) OWNER TO hub_company;

COMMENT ON FUNCTION public.confirm_company_field(tenant uuid, field text) IS 'Keeps that a field is as a person wants it. Who: app.actor says it (account:<uuid>, or a token), else app.account_id; with neither it is an operator, by session_user. Runs with the rights of its caller, a function of hub_company.';

CREATE FUNCTION public.confirm_email(link uuid, undo_seconds integer, OUT outcome text, OUT email text) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  person account;
  sent one_time_link;
begin
  select l.* into sent from one_time_link l
  where l.id = confirm_email.link and l.purpose = 'change_email';
  select a.* into person from account a where a.id = sent.account_id for update;
  if is_kept_from_google(person.id, sent.address) then
    outcome := 'google_linked';
    return;
  end if;
  -- A refusal takes the use of the link back with it.
  begin
    select * into sent from use_link(confirm_email.link, 'change_email');
    if sent.id is null or person.id is null then
      outcome := 'invalid';
      return;
    end if;
    update account a set email = sent.address, pending_email = null where a.id = person.id;
  exception
    when unique_violation then
      outcome := 'taken';
      return;
  end;
  -- What was sent to the old address opens nothing any more, but for the undoing.
  perform void_links(person.id, '{change_email,unlink_google,reset_password}');
  perform tell_of_new_email(person.id, person.email, undo_seconds);
  outcome := 'done';
  email := sent.address;
end
$$;

ALTER FUNCTION public.confirm_email(link uuid, undo_seconds integer, OUT outcome text, OUT email text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.confirm_email(link uuid, undo_seconds integer, OUT outcome text, OUT email text) IS 'Uses the link that was sent to a new address: from now on the person signs in with it, and the old one gets a link that undoes it. Outcomes: done (email is given); taken (somebody else has it by now); google_linked (as of change_email); invalid (the link is unknown, for another purpose, expired, void or used). Only done uses the link.';

CREATE FUNCTION public.confirm_second_factor(account uuid, sealed_secret bytea, step bigint, code_hashes bytea[], undo_seconds integer) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  address text;
  undo uuid;
begin
  select a.email into address from account a
  where a.id = confirm_second_factor.account for no key update;
  update second_factor f
  set confirmed_at = now(), last_step = confirm_second_factor.step,
      recovery_codes_left = cardinality(code_hashes)
  where f.account_id = confirm_second_factor.account and f.confirmed_at is null
    and f.sealed_secret = confirm_second_factor.sealed_secret;
  if not found then
    return case
      when exists (
        select from second_factor f
        where f.account_id = confirm_second_factor.account and f.confirmed_at is null)
        then 'another'
      else 'none'
    end;
  end if;
  insert into recovery_code (account_id, hash)
  select confirm_second_factor.account, made.hash from unnest(code_hashes) as made (hash);
  perform forget_codes(confirm_second_factor.account);
  -- Made at the very instant of confirmed_at, by which it knows the factor that it undoes.
  undo := make_link(
    'undo_second_factor', confirm_second_factor.account, address,
    make_interval(secs => undo_seconds));
  perform ask_mail('second_factor_enabled', confirm_second_factor.account, address, link => undo);
  return 'done';
end
$$;

ALTER FUNCTION public.confirm_second_factor(account uuid, sealed_secret bytea, step bigint, code_hashes bytea[], undo_seconds integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.confirm_second_factor(account uuid, sealed_secret bytea, step bigint, code_hashes bytea[], undo_seconds integer) IS 'From now on the factor is asked for, whose code of this time step was verified by this very secret; keeps the recovery codes and asks for the mail that tells of it, with a link that undoes it. Outcomes: done; another (a later enrolment has put another secret in its place meanwhile); none (there is none to confirm).';

CREATE FUNCTION public.confirm_sign_up(link uuid, password_hash text, first_name text, last_name text, country text, language text, legal_name text, country_version text, device text, address_range text, refresh_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT account_id uuid, OUT session_id uuid, OUT tenant_id uuid) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  used one_time_link;
begin
  -- A refusal takes the use of the link back with it. Of two at once for one address, whatever
  -- links they hold, the second waits for the first and finds the address taken.
  begin
    select * into used from use_link(confirm_sign_up.link, 'sign_up');
    if used.id is null then
      outcome := 'invalid';
      return;
    end if;
    account_id := make_person(
      used.address, confirm_sign_up.password_hash, confirm_sign_up.first_name,
      confirm_sign_up.last_name, confirm_sign_up.country, confirm_sign_up.language);
  exception
    when unique_violation then
      outcome := 'taken';
      return;
  end;
  perform make_company(
    account_id, confirm_sign_up.country_version, confirm_sign_up.legal_name);
  select entered.outcome, entered.session_id, entered.tenant_id
  into outcome, session_id, tenant_id
  from enter(
    account_id, null, device, address_range, refresh_hash, idle_seconds, absolute_seconds)
    as entered;
end
$$;

ALTER FUNCTION public.confirm_sign_up(link uuid, password_hash text, first_name text, last_name text, country text, language text, legal_name text, country_version text, device text, address_range text, refresh_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT account_id uuid, OUT session_id uuid, OUT tenant_id uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.confirm_sign_up(link uuid, password_hash text, first_name text, last_name text, country text, language text, legal_name text, country_version text, device text, address_range text, refresh_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT account_id uuid, OUT session_id uuid, OUT tenant_id uuid) IS 'Uses a sign-up link: makes person, company and membership, and opens a session. Outcomes: signed_in (the ids are given); taken (somebody has the address by now); invalid (the link is unknown, for another purpose, expired, void or used). Only signed_in uses the link.';

CREATE FUNCTION public.confirm_unlink_google(link uuid, undo_seconds integer, OUT outcome text, OUT email text) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  person account;
  used one_time_link;
begin
  -- The account before the link, as everywhere.
  select a.* into person from account a
  join one_time_link l on l.account_id = a.id
  where l.id = confirm_unlink_google.link and l.purpose = 'unlink_google'
  for update of a;
  -- A refusal takes the use of the link back with it, and the link to Google is as it was.
  begin
    select * into used from use_link(confirm_unlink_google.link, 'unlink_google');
    if used.id is null or person.id is null then
      outcome := 'invalid';
      return;
    end if;
    outcome := replace_google(
      person.id, used.address, used.facts ->> 'password_hash', (used.facts ->> 'session')::uuid);
  exception
    when unique_violation then
      outcome := 'taken';
      return;
  end;
  if outcome <> 'done' then
    return;
  end if;
  perform tell_of_new_email(person.id, person.email, undo_seconds);
  email := used.address;
end
$$;

ALTER FUNCTION public.confirm_unlink_google(link uuid, undo_seconds integer, OUT outcome text, OUT email text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.confirm_unlink_google(link uuid, undo_seconds integer, OUT outcome text, OUT email text) IS 'Ends the link to Google now that the address is confirmed; every session ends but the one that asked for it, and the old address gets a link that undoes the change. Outcomes: done (email is given); invalid (the link is unknown, for another purpose, expired, void or used); taken (somebody else has the address by now: the link can be tried again); not_linked.';

CREATE FUNCTION public.connect_integration(tenant uuid, account uuid, integration text, sealed bytea, settings jsonb, tax_id text, OUT outcome text) RETURNS text
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  called text;
begin
  -- Its country version, plans and tax number stay as they are until the commit.
  perform hold_company(tenant);
  outcome := may_connect(tenant, account, integration, tax_id);
  if outcome <> 'allowed' then
    return;
  end if;
  select coalesce(nullif(a.display_name, ''), a.first_name) into called
  from account a where a.id = connect_integration.account;
  insert into integration_connection as c (
    tenant_id, integration, state, connected_by, connected_by_name, checked_at,
    sealed_credentials, settings)
  values (
    connect_integration.tenant, connect_integration.integration, 'CONNECTED',
    connect_integration.account, called, now(), connect_integration.sealed,
    jsonb_strip_nulls(connect_integration.settings))
  on conflict on constraint integration_connection_pkey do update
  set state = 'CONNECTED', failure = null, connected_at = now(),
      connected_by = connect_integration.account, connected_by_name = called,
      checked_at = now(), sealed_credentials = connect_integration.sealed,
      settings = jsonb_strip_nulls(c.settings || connect_integration.settings);
  outcome := 'connected';
end
$$;

ALTER FUNCTION public.connect_integration(tenant uuid, account uuid, integration text, sealed bytea, settings jsonb, tax_id text, OUT outcome text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.connect_integration(tenant uuid, account uuid, integration text, sealed bytea, settings jsonb, tax_id text, OUT outcome text) IS 'Keeps a connection whose credentials were found good, in the place of the one there was, whose settings stay where none are given. Outcomes: connected; not_available; tax_id_mismatch. Runs with the rights of its caller.';

CREATE FUNCTION public.count_credential_check(tenant uuid, checks_max integer, window_seconds integer, OUT retry_after_seconds integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  wait interval := take_guess(any_email(), 'checks ' || tenant, checks_max, window_seconds);
begin
  retry_after_seconds := case when wait is not null
    then greatest(1, ceil(extract(epoch from wait))) end;
end
$$;

ALTER FUNCTION public.count_credential_check(tenant uuid, checks_max integer, window_seconds integer, OUT retry_after_seconds integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.count_credential_check(tenant uuid, checks_max integer, window_seconds integer, OUT retry_after_seconds integer) IS 'Counts one request of a company that makes us ask somebody else''s server; null where it may, or else how long it has to wait. Commit it: call it in a batch of its own.';

CREATE FUNCTION public.count_guess(email text, network text, device_account uuid, device_hash bytea, guesses_max integer, stranger_guesses_max integer, client_guesses_max integer, window_seconds integer, OUT allowed boolean, OUT retry_after_seconds integer) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  counted_as constant bytea := hash_of_email(email);
  person uuid;
  wait interval;
  is_known boolean := false;
begin
  select a.id into person from account a where a.email_key = lower(count_guess.email);
  if person = device_account then
    wait := take_guess(
      counted_as, 'device ' || encode(device_hash, 'hex'), guesses_max, window_seconds);
    -- Each sign-in gives out a token, so that who had the password once may have as many as they
    -- like: all devices together get no more than all strangers do, and are strangers then.
    is_known := wait is not null
      or take_guess(counted_as, 'device *', stranger_guesses_max, window_seconds) is null;
  end if;
  if not is_known then
    -- Where the client's network is not known, only the bucket of strangers is left.
    if network <> '' then
      wait := coalesce(
        take_guess(any_email(), network, client_guesses_max, window_seconds),
        take_guess(counted_as, network, guesses_max, window_seconds));
    end if;
    if wait is null and not exists (
      select from session s
      where s.account_id = person and s.address_range = network and network <> ''
        and s.created_at > now() - interval '90 days')
    then
      wait := take_guess(counted_as, '*', stranger_guesses_max, window_seconds);
    end if;
  end if;
  allowed := wait is null;
  retry_after_seconds := case when allowed then 0
    else greatest(1, ceil(extract(epoch from wait))) end;

  -- Whoever comes by takes a few old rows out, so that the table stays small by itself.
  delete from sign_in_guess
  where (email_hash, client) in (
    select old.email_hash, old.client from sign_in_guess old
    where old.full_at < now()
    limit 10
    for update skip locked);
end
$$;

ALTER FUNCTION public.count_guess(email text, network text, device_account uuid, device_hash bytea, guesses_max integer, stranger_guesses_max integer, client_guesses_max integer, window_seconds integer, OUT allowed boolean, OUT retry_after_seconds integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.count_guess(email text, network text, device_account uuid, device_hash bytea, guesses_max integer, stranger_guesses_max integer, client_guesses_max integer, window_seconds integer, OUT allowed boolean, OUT retry_after_seconds integer) IS 'Counts one guess at the password of an address, before the password is looked at, and says whether it is allowed. The device is one that has signed in to that account before, by a token that was verified; null: none. Past what all devices together may try it is a stranger. An empty network is not known. Commit it: call it in a batch of its own.';

CREATE FUNCTION public.count_link_request(purpose text, address text, requests_max integer, window_seconds integer) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  counted link_request;
  span constant interval := make_interval(secs => window_seconds);
begin
  insert into link_request as r (address_hash, requests)
  values (hash_of_request(count_link_request.purpose, count_link_request.address), 1)
  on conflict (address_hash) do update
  set requests = case when r.window_started_at > now() - span then r.requests + 1 else 1 end,
      window_started_at =
        case when r.window_started_at > now() - span then r.window_started_at else now() end
  returning r.* into counted;

  -- Whoever comes by takes a few old rows out, so that the table stays small by itself.
  delete from link_request
  where address_hash in (
    select old.address_hash from link_request old
    where old.window_started_at < now() - greatest(span, interval '1 day')
    limit 10
    for update skip locked);
  return counted.requests <= requests_max;
end
$$;

ALTER FUNCTION public.count_link_request(purpose text, address text, requests_max integer, window_seconds integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.count_link_request(purpose text, address text, requests_max integer, window_seconds integer) IS 'Counts one request for a mail with a link, and says whether the mail may go: at most requests_max for a purpose to an address within window_seconds. The row stays locked, so that of two requests for one address the second waits. Runs with the rights of its caller, a function of hub_auth.';

CREATE FUNCTION public.count_mail_request(network text, requests_max integer, window_seconds integer, OUT allowed boolean, OUT retry_after_seconds integer) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  wait interval;
begin
  if network <> '' then
    wait := take_guess(any_email(), 'mail ' || network, requests_max, window_seconds);
  end if;
  allowed := wait is null;
  retry_after_seconds := case when allowed then 0
    else greatest(1, ceil(extract(epoch from wait))) end;
end
$$;

ALTER FUNCTION public.count_mail_request(network text, requests_max integer, window_seconds integer, OUT allowed boolean, OUT retry_after_seconds integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.count_mail_request(network text, requests_max integer, window_seconds integer, OUT allowed boolean, OUT retry_after_seconds integer) IS 'Counts one request of a client for a mail with a link, whatever the address, and says whether it is allowed: nobody is to send the house''s mails to strangers by the thousand. Commit it: call it in a batch of its own.';

CREATE FUNCTION public.count_tenant_rows(tenant uuid) RETURNS TABLE(name text, row_count bigint)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
begin
  for name in select t.name from tenant_tables() t order by t.place loop
    execute format('select count(*) from %s where tenant_id = $1', name)
      into row_count using tenant;
    return next;
  end loop;
end
$_$;

ALTER FUNCTION public.count_tenant_rows(tenant uuid) OWNER TO hub_owner;

COMMENT ON FUNCTION public.count_tenant_rows(tenant uuid) IS 'How many rows of a company each table holds.';

CREATE FUNCTION public.create_api_token(session uuid, account uuid, tenant uuid, name text, scopes text[], hash bytea, expires_at timestamp with time zone, tokens_max integer, days_max integer, OUT outcome text, OUT id uuid) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  if not exists (
    select from session s
    where s.id = create_api_token.session and s.account_id = create_api_token.account
      and is_fresh(s.authenticated_at))
  then
    outcome := 'not_fresh';
    return;
  end if;
  if create_api_token.expires_at <= now() then
    outcome := 'expired';
    return;
  elsif create_api_token.expires_at > now() + make_interval(days => days_max) then
    outcome := 'too_long';
    return;
  end if;
  -- Who makes them does so one after the other, so that the limit holds.
  perform pg_advisory_xact_lock(
    hashtextextended('mi-alegra: tokens of ' || create_api_token.tenant, 0));
  if (
    select count(*) from api_token t
    where t.tenant_id = create_api_token.tenant
      and api_token_status(t.revoked_at, t.expires_at, now()) = 'ACTIVE') >= tokens_max
  then
    outcome := 'too_many';
    return;
  end if;
  insert into api_token as t (tenant_id, name, scopes, hash, created_by, expires_at)
  values (
    create_api_token.tenant, create_api_token.name, create_api_token.scopes,
    create_api_token.hash, create_api_token.account,
    coalesce(create_api_token.expires_at, now() + interval '1 year'))
  returning t.id into create_api_token.id;
  outcome := 'created';
end
$$;

ALTER FUNCTION public.create_api_token(session uuid, account uuid, tenant uuid, name text, scopes text[], hash bytea, expires_at timestamp with time zone, tokens_max integer, days_max integer, OUT outcome text, OUT id uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.create_api_token(session uuid, account uuid, tenant uuid, name text, scopes text[], hash bytea, expires_at timestamp with time zone, tokens_max integer, days_max integer, OUT outcome text, OUT id uuid) IS 'Keeps a new token of a company by its hash; without a time it is good for a year. Outcomes: created; not_fresh; expired or too_long (the time given); too_many (there are tokens_max).';

CREATE FUNCTION public.create_service_token(solution text, name text, hash bytea, days integer, OUT outcome text, OUT id uuid, OUT expires_at timestamp with time zone) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  if not exists (select from solution s where s.code = create_service_token.solution) then
    outcome := 'solution_not_found';
    return;
  end if;
  insert into service_token as t (solution, name, hash, expires_at)
  values (
    create_service_token.solution, create_service_token.name, create_service_token.hash,
    now() + make_interval(days => create_service_token.days))
  returning t.id, t.expires_at into create_service_token.id, create_service_token.expires_at;
  outcome := 'created';
end
$$;

ALTER FUNCTION public.create_service_token(solution text, name text, hash bytea, days integer, OUT outcome text, OUT id uuid, OUT expires_at timestamp with time zone) OWNER TO hub_service;

COMMENT ON FUNCTION public.create_service_token(solution text, name text, hash bytea, days integer, OUT outcome text, OUT id uuid, OUT expires_at timestamp with time zone) IS 'Keeps a new token of a solution by its hash. Outcomes: created; solution_not_found. For operators: no role of the server may call it.';

CREATE FUNCTION public.create_webhook(tenant uuid, account uuid, token uuid, webhook uuid, url text, name text, event_types text[], tells_changes boolean, concurrency integer, sealed bytea, webhooks_max integer) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  perform pg_advisory_xact_lock(
    hashtextextended('mi-alegra: webhooks of ' || create_webhook.tenant, 0));
  if (select count(*) from webhook w where w.tenant_id = create_webhook.tenant) >= webhooks_max then
    return 'too_many';
  end if;
  insert into webhook (
    tenant_id, id, url, name, event_types, tells_changes, concurrency, sealed_secret, position,
    api_token, created_by)
  select create_webhook.tenant, create_webhook.webhook, create_webhook.url, create_webhook.name,
    create_webhook.event_types, create_webhook.tells_changes, create_webhook.concurrency,
    create_webhook.sealed, coalesce(max(h.sequence), 0), create_webhook.token,
    create_webhook.account
  from event_head h
  where h.tenant_id = create_webhook.tenant;
  return 'created';
end
$$;

ALTER FUNCTION public.create_webhook(tenant uuid, account uuid, token uuid, webhook uuid, url text, name text, event_types text[], tells_changes boolean, concurrency integer, sealed bytea, webhooks_max integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.create_webhook(tenant uuid, account uuid, token uuid, webhook uuid, url text, name text, event_types text[], tells_changes boolean, concurrency integer, sealed bytea, webhooks_max integer) IS 'Keeps a webhook, which is told what happens from now on. Outcomes: created; too_many (there are webhooks_max).';

CREATE FUNCTION public.credentials_to_check(tenant uuid, integration text) RETURNS text
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  sealed bytea;
begin
  if tenant is distinct from nullif(current_setting('app.tenant_id', true), '')::uuid then
    raise exception 'the credentials of a company are for its own requests'
      using errcode = 'HB403';
  end if;
  select c.sealed_credentials into sealed
  from integration_connection c
  where c.tenant_id = credentials_to_check.tenant
    and c.integration = credentials_to_check.integration;
  return rtrim(translate(encode(sealed, 'base64'), E'\n', ''), '=');
end
$$;

ALTER FUNCTION public.credentials_to_check(tenant uuid, integration text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.credentials_to_check(tenant uuid, integration text) IS 'The envelope of a connection''s credentials in base64, for the server to verify them again; null where there are none. Only for the company that the transaction is for (app.tenant_id).';

CREATE FUNCTION public.deactivate_solution(tenant uuid, solution text, language text, OUT outcome text, OUT obstacles jsonb) RETURNS record
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  version text := hold_company(tenant);
begin
  obstacles := '[]';
  if not exists (
    select from country_solution c
    where c.country_version = version and c.solution = deactivate_solution.solution)
  then
    outcome := 'solution_not_available';
    return;
  end if;
  obstacles := obstacles_of_solutions(version, deactivate_solution.language, array(
    select s.solution from company_solution s
    join solution_dependency d on d.solution = s.solution
    where s.tenant_id = deactivate_solution.tenant and d.needs = deactivate_solution.solution
      and s.state <> 'INACTIVE'));
  if obstacles <> '[]' then
    outcome := 'dependents_active';
    return;
  end if;
  update company_solution s set state = 'INACTIVE', deactivated_at = now()
  where s.tenant_id = deactivate_solution.tenant and s.solution = deactivate_solution.solution
    and s.state <> 'INACTIVE';
  outcome := case when found then 'deactivated' else 'unchanged' end;
end
$$;

ALTER FUNCTION public.deactivate_solution(tenant uuid, solution text, language text, OUT outcome text, OUT obstacles jsonb) OWNER TO hub_owner;

COMMENT ON FUNCTION public.deactivate_solution(tenant uuid, solution text, language text, OUT outcome text, OUT obstacles jsonb) IS 'Switches a solution off; what it gave the company and what people had in it stays. Outcomes: deactivated; unchanged (not in use); solution_not_available; dependents_active (obstacles: the solutions in use that need it). Runs with the rights of its caller.';

CREATE FUNCTION public.decide_company_fields(tenant uuid, source text, fields text[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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

ALTER FUNCTION public.decide_company_fields(tenant uuid, source text, fields text[]) OWNER TO hub_company;

COMMENT ON FUNCTION public.decide_company_fields(tenant uuid, source text, fields text[]) IS 'Writes what the claims come to into these fields of a company, in the name of the source that reports, only where it differs and no person''s word stands. The company''s row is locked. Runs with the rights of its caller, a function of hub_company.';

CREATE FUNCTION public.delete_account(session uuid, account uuid, OUT outcome text, OUT companies jsonb) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  person account;
  administered uuid[];
  left_alone uuid[] := '{}';
  tenant uuid;
begin
  perform from session s
  where s.id = delete_account.session and s.account_id = delete_account.account
    and s.revoked_at is null and is_fresh(s.authenticated_at);
  if not found then
    outcome := 'stale';
    return;
  end if;
  -- Tokens before sessions before the account, as whoever goes on with a session takes them.
  perform from refresh_token t
  where t.session_id in (
    select s.id from session s where s.account_id = delete_account.account)
  order by t.hash
  for update;
  perform from session s where s.account_id = delete_account.account order by s.id for update;
  select a.* into person from account a where a.id = delete_account.account for update;
  if not has_fresh_proof(delete_account.session, person.id) then
    outcome := 'stale';
    return;
  end if;
  -- Whose address it was before may undo the change, and then there must be an account.
  if exists (
    select from one_time_link l
    where l.account_id = person.id and l.purpose = 'undo_email'
      and l.used_at is null and l.voided_at is null and l.expires_at > now())
  then
    outcome := 'email_changed';
    return;
  end if;
  begin
    select array_agg(m.tenant_id order by m.tenant_id) into administered
    from membership m where m.account_id = person.id and m.role = 'administrator';
    perform forget_person(person.id);
    foreach tenant in array coalesce(administered, '{}') loop
      if not administrator_remains(tenant) then
        left_alone := left_alone || tenant;
      end if;
    end loop;
    if left_alone <> '{}' then
      raise exception 'the last administrator' using errcode = 'HB409';
    end if;
  exception
    when sqlstate 'HB409' then
      outcome := 'last_administrator';
      select jsonb_agg(
        jsonb_build_object('id', m.tenant_id, 'name', m.company_name)
        order by m.company_name, m.tenant_id)
      into companies
      from membership m
      where m.account_id = person.id and m.tenant_id = any (left_alone);
      return;
  end;
  insert into mail (kind, address, name, language)
  values (
    'account_deleted', person.email, coalesce(nullif(person.display_name, ''), person.first_name),
    mail_language(person.language, person.country));
  outcome := 'deleted';
end
$$;

ALTER FUNCTION public.delete_account(session uuid, account uuid, OUT outcome text, OUT companies jsonb) OWNER TO hub_auth;

COMMENT ON FUNCTION public.delete_account(session uuid, account uuid, OUT outcome text, OUT companies jsonb) IS 'Ends an account and everything of it, and tells its address so by a last mail. Outcomes: deleted; stale (the session''s proof is not fresh); email_changed (the address before can still undo its change); last_administrator (companies is [{"id", "name"}], those that would be left without one).';

CREATE FUNCTION public.delete_tenant(tenant uuid, legal_name text, reason text, export_digest bytea, OUT report jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  gone company;
  links uuid[];
  mail_count bigint;
  counts jsonb;
  people jsonb;
  traces text;
begin
  perform require_operator();
  -- Links before all else of a company, as whoever uses one takes them.
  links := array(
    select l.id from one_time_link l
    where l.facts ->> 'tenant' = delete_tenant.tenant::text
      or l.id in (
        select i.link_id from invitation i where i.tenant_id = delete_tenant.tenant)
    order by l.id
    for update);
  select c.* into gone from company c where c.tenant_id = delete_tenant.tenant for update;
  if not found then
    raise exception 'there is no company %', delete_tenant.tenant using errcode = 'HB404';
  end if;
  if delete_tenant.legal_name is not null and delete_tenant.legal_name <> gone.legal_name then
    raise exception 'the legal name of the company % is another', delete_tenant.tenant
      using errcode = 'HB409';
  end if;
  select jsonb_object_agg(c.name, c.row_count) into counts
  from count_tenant_rows(delete_tenant.tenant) c;
  delete from mail m where m.link_id = any (links);
  get diagnostics mail_count = row_count;
  delete from one_time_link l where l.id = any (links);
  people := tell_of_deletion(
    delete_tenant.tenant, coalesce(nullif(gone.trade_name, ''), gone.legal_name));
  -- Whatever keeps a record of the first round's changes loses it in the second.
  for round in 1..2 loop
    perform forget_tenant_rows(delete_tenant.tenant);
  end loop;
  select string_agg(format('%s (%s)', t.place, t.row_count), ', ') into traces
  from tenant_traces(delete_tenant.tenant) t;
  if traces is not null then
    raise exception 'the company % would still stand in %', delete_tenant.tenant, traces
      using errcode = 'HB409',
        hint = 'Nothing was deleted. What keeps it there has to let go first.';
  end if;
  insert into tenant_tombstone (
    id, reason, country_version, legal_name, identification_type, identification_number,
    identification_check_digit, signed_up_at, row_counts, export_digest)
  values (
    gone.tenant_id, delete_tenant.reason, gone.country_version, gone.legal_name,
    gone.identification_type, gone.identification_number, gone.identification_check_digit,
    gone.created_at, counts, delete_tenant.export_digest);
  report := jsonb_build_object(
    'legalName', gone.legal_name, 'rows', counts, 'people', people,
    'links', cardinality(links), 'mails', mail_count);
end
$$;

ALTER FUNCTION public.delete_tenant(tenant uuid, legal_name text, reason text, export_digest bytea, OUT report jsonb) OWNER TO hub_owner;

COMMENT ON FUNCTION public.delete_tenant(tenant uuid, legal_name text, reason text, export_digest bytea, OUT report jsonb) IS 'Erases a company, whose legal name must be given right (null: not asked for), with its invitations'' links and mails; proves that its number stands nowhere any more, and leaves a tombstone. The accounts of its people stay: they are told by mail. What went is reported. HB404: there is no such company; HB409: another name, or something would be left.';

CREATE FUNCTION public.delete_webhook(tenant uuid, token uuid, webhook uuid) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  if not my_webhook(delete_webhook.tenant, delete_webhook.token, delete_webhook.webhook) then
    return 'not_found';
  end if;
  delete from webhook w
  where w.tenant_id = delete_webhook.tenant and w.id = delete_webhook.webhook;
  return 'deleted';
end
$$;

ALTER FUNCTION public.delete_webhook(tenant uuid, token uuid, webhook uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.delete_webhook(tenant uuid, token uuid, webhook uuid) IS 'Takes a webhook away with its deliveries. Outcomes: deleted; not_found.';

CREATE FUNCTION public.delivery_ended(tenant uuid, webhook uuid, delivery uuid, attempt integer, response_status integer, failure text, milliseconds integer, retry_seconds double precision, failing_seconds double precision) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  ended webhook_delivery;
  since timestamptz;
  reason text;
begin
  -- First the webhook, as whoever claims has it.
  perform from webhook w
  where w.tenant_id = delivery_ended.tenant and w.id = delivery_ended.webhook
  for no key update;
  update webhook_delivery d set
    state = case
      when delivery_ended.failure is null then 'DELIVERED'
      when retry_seconds is null or d.sequence is null then 'FAILED' else 'PENDING' end,
    ended_at = case
      when delivery_ended.failure is null or retry_seconds is null or d.sequence is null
        then now() end,
    due_at = now() + make_interval(secs => coalesce(retry_seconds, 0)), claimed_until = null,
    attempted_at = now(), response_status = delivery_ended.response_status,
    failure = delivery_ended.failure, milliseconds = delivery_ended.milliseconds
  where d.tenant_id = delivery_ended.tenant and d.webhook_id = delivery_ended.webhook
    and d.id = delivery_ended.delivery and d.state = 'PENDING'
    and d.attempts = delivery_ended.attempt
  returning d.* into ended;
  if ended.id is null then
    return 'overtaken';
  elsif delivery_ended.failure is null then
    update webhook w set failing_since = null
    where w.tenant_id = ended.tenant_id and w.id = ended.webhook_id
      and w.failing_since is not null;
    return 'delivered';
  end if;
  if ended.sequence is not null then
    update webhook w set failing_since = coalesce(w.failing_since, now())
    where w.tenant_id = ended.tenant_id and w.id = ended.webhook_id
    returning w.failing_since into since;
  end if;
  reason := case
    when delivery_ended.response_status = 410 then 'GONE'
    when since < now() - make_interval(secs => failing_seconds) then 'FAILING' end;
  if reason is not null then
    perform set_config('app.actor', 'job:webhooks', true);
    if disable_webhook(ended.tenant_id, ended.webhook_id, reason) then
      return 'disabled';
    end if;
  end if;
  return case when ended.state = 'FAILED' then 'given_up' else 'delayed' end;
end
$$;

ALTER FUNCTION public.delivery_ended(tenant uuid, webhook uuid, delivery uuid, attempt integer, response_status integer, failure text, milliseconds integer, retry_seconds double precision, failing_seconds double precision) OWNER TO hub_delivery;

COMMENT ON FUNCTION public.delivery_ended(tenant uuid, webhook uuid, delivery uuid, attempt integer, response_status integer, failure text, milliseconds integer, retry_seconds double precision, failing_seconds double precision) IS 'Writes down what came of an attempt; without a time for the next one it is given up, and so is a test. Outcomes: delivered; delayed; given_up; disabled: it answered 410, or has taken nothing for failing_seconds; overtaken: somebody else has it by now, or nobody any more.';

CREATE FUNCTION public.disable_webhook(tenant uuid, webhook uuid, reason text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  update webhook w set disabled_at = now(), disabled_for = disable_webhook.reason
  where w.tenant_id = disable_webhook.tenant and w.id = disable_webhook.webhook
    and w.disabled_at is null;
  if not found then
    return false;
  end if;
  update webhook_delivery d set state = 'FAILED', failure = 'DISABLED', ended_at = now()
  where d.tenant_id = disable_webhook.tenant and d.webhook_id = disable_webhook.webhook
    and d.state = 'PENDING';
  if disable_webhook.reason <> 'REQUESTED' then
    perform ask_mail('webhook_disabled', m.account_id, null, jsonb_build_object(
      'company', m.company_name, 'webhook', coalesce(w.name, w.url),
      'is_gone', disable_webhook.reason = 'GONE'))
    from webhook w
    join membership m on m.tenant_id = w.tenant_id and m.role = 'administrator'
    where w.tenant_id = disable_webhook.tenant and w.id = disable_webhook.webhook
    order by m.account_id;
  end if;
  return true;
end
$$;

ALTER FUNCTION public.disable_webhook(tenant uuid, webhook uuid, reason text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.disable_webhook(tenant uuid, webhook uuid, reason text) IS 'Ends sending to a webhook, and gives up what it has not been told; unless somebody asked for it, the company''s administrators are told by mail. False where it was disabled before.';

CREATE FUNCTION public.disconnect_integration(tenant uuid, account uuid, integration text) RETURNS text
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  if not exists (
    select from integrations_of(
      disconnect_integration.tenant, disconnect_integration.account) o
    where o.integration = disconnect_integration.integration and o.is_connected)
  then
    return 'not_connected';
  end if;
  delete from integration_connection c
  where c.tenant_id = disconnect_integration.tenant
    and c.integration = disconnect_integration.integration;
  return 'disconnected';
end
$$;

ALTER FUNCTION public.disconnect_integration(tenant uuid, account uuid, integration text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.disconnect_integration(tenant uuid, account uuid, integration text) IS 'Ends a connection, and its credentials with it. Outcomes: disconnected; not_connected. Runs with the rights of its caller.';

CREATE FUNCTION public.doubled_digits(digits text, first_factor integer) RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
  select coalesce(sum(product / 10 + product % 10), 0)::integer
  from generate_series(1, length(digits)) as place
  cross join lateral (
    select substr(digits, place, 1)::integer
      * case place % 2 when 1 then first_factor else 3 - first_factor end) as of (product)
$$;

ALTER FUNCTION public.doubled_digits(digits text, first_factor integer) OWNER TO hub_owner;

COMMENT ON FUNCTION public.doubled_digits(digits text, first_factor integer) IS 'The sum of the digits, every other one doubled and its own digits added (Luhn): the first factor is 1 or 2.';

CREATE FUNCTION public.drop_email_of_ended_session(account uuid) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select drop_pending_email(drop_email_of_ended_session.account)
  where exists (
    select from one_time_link l
    join session s on s.id = (l.facts ->> 'session')::uuid
    where l.account_id = drop_email_of_ended_session.account
      and l.purpose in ('change_email', 'unlink_google')
      and l.used_at is null and l.voided_at is null and s.revoked_at is not null)
$$;

ALTER FUNCTION public.drop_email_of_ended_session(account uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.drop_email_of_ended_session(account uuid) IS 'Takes back a change of address that was asked for by a session which has been ended since. Runs with the rights of its caller, a function of hub_auth.';

CREATE FUNCTION public.drop_pending_email(account uuid) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  perform void_links(drop_pending_email.account, '{change_email,unlink_google}');
  update account a set pending_email = null
  where a.id = drop_pending_email.account and a.pending_email is not null;
  return found;
end
$$;

ALTER FUNCTION public.drop_pending_email(account uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.drop_pending_email(account uuid) IS 'Takes back the new address that waits for its confirmation, and all that waits with it; false where none waits. Runs with the rights of its caller, a function of hub_auth.';

CREATE FUNCTION public.dropped_by_country(tenant uuid, version text) RETURNS TABLE(kind text, name text, value text, reason text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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

ALTER FUNCTION public.dropped_by_country(tenant uuid, version text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.dropped_by_country(tenant uuid, version text) IS 'What a company has and would not have in another country version: its solutions, connections and the fields of its form.';

CREATE FUNCTION public.email_of_account(account uuid, OUT email text) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select a.email from account a where a.id = email_of_account.account
$$;

ALTER FUNCTION public.email_of_account(account uuid, OUT email text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.email_of_account(account uuid, OUT email text) IS 'The address that a person signs in with; null where there is no such person.';

CREATE FUNCTION public.end_google(hash bytea, OUT intent text, OUT account_id uuid, OUT session_id uuid, OUT facts jsonb) RETURNS record
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  delete from google_flow f
  where f.hash = end_google.hash and f.expires_at > now()
  returning f.intent, f.account_id, f.session_id, f.facts
$$;

ALTER FUNCTION public.end_google(hash bytea, OUT intent text, OUT account_id uuid, OUT session_id uuid, OUT facts jsonb) OWNER TO hub_auth;

COMMENT ON FUNCTION public.end_google(hash bytea, OUT intent text, OUT account_id uuid, OUT session_id uuid, OUT facts jsonb) IS 'Takes the journey that came back, once; null where it is unknown, over, or was taken before.';

CREATE FUNCTION public.end_integration_tokens(tenant uuid, integration text) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  update api_token t set revoked_at = now(), previous_hash = null, previous_until = null
  where t.tenant_id = end_integration_tokens.tenant
    and t.integration = end_integration_tokens.integration and t.revoked_at is null
$$;

ALTER FUNCTION public.end_integration_tokens(tenant uuid, integration text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.end_integration_tokens(tenant uuid, integration text) IS 'Revokes the tokens of an integration, and so ends its webhooks. Runs with the rights of its caller.';

CREATE FUNCTION public.end_second_factor(session uuid, account uuid, step bigint, code_hash bytea) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  perform from account a where a.id = end_second_factor.account for no key update;
  if not has_fresh_proof(end_second_factor.session, end_second_factor.account) then
    return 'not_fresh';
  end if;
  if not use_second_factor(end_second_factor.account, step, code_hash) then
    return 'wrong';
  end if;
  delete from second_factor f where f.account_id = end_second_factor.account;
  perform ask_mail('second_factor_disabled', end_second_factor.account, null);
  return 'done';
end
$$;

ALTER FUNCTION public.end_second_factor(session uuid, account uuid, step bigint, code_hash bytea) OWNER TO hub_auth;

COMMENT ON FUNCTION public.end_second_factor(session uuid, account uuid, step bigint, code_hash bytea) IS 'Takes the factor away by a code of it, and asks for the mail that tells of it. Outcomes: done; not_fresh; wrong (the code was used before, or is none).';

CREATE FUNCTION public.end_tokens_of_connection() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  perform end_integration_tokens(old.tenant_id, old.integration);
  return null;
end
$$;

ALTER FUNCTION public.end_tokens_of_connection() OWNER TO hub_auth;

COMMENT ON FUNCTION public.end_tokens_of_connection() IS 'Trigger: what a connection''s program was given ends with the connection.';

CREATE FUNCTION public.end_webhooks_of_token() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  delete from webhook w where w.tenant_id = new.tenant_id and w.api_token = new.id;
  return null;
end
$$;

ALTER FUNCTION public.end_webhooks_of_token() OWNER TO hub_auth;

COMMENT ON FUNCTION public.end_webhooks_of_token() IS 'Trigger: what a token made goes when the token is revoked.';

CREATE FUNCTION public.enrol_second_factor(session uuid, account uuid, sealed_secret bytea) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  perform from account a where a.id = enrol_second_factor.account for no key update;
  if not has_fresh_proof(enrol_second_factor.session, enrol_second_factor.account) then
    return 'not_fresh';
  end if;
  insert into second_factor as f (account_id, sealed_secret)
  values (enrol_second_factor.account, enrol_second_factor.sealed_secret)
  on conflict (account_id) do update
  set sealed_secret = excluded.sealed_secret, created_at = now(), last_step = 0
  where f.confirmed_at is null;
  return case when found then 'done' else 'confirmed' end;
end
$$;

ALTER FUNCTION public.enrol_second_factor(session uuid, account uuid, sealed_secret bytea) OWNER TO hub_auth;

COMMENT ON FUNCTION public.enrol_second_factor(session uuid, account uuid, sealed_secret bytea) IS 'Keeps a new secret, which asks for nothing until it is confirmed. Outcomes: done; not_fresh (the proof of who it is is too old); confirmed (there is one, which has to be given up first).';

CREATE FUNCTION public.enter(account uuid, wanted_tenant uuid, device text, address_range text, refresh_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT session_id uuid, OUT tenant_id uuid) RETURNS record
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  person account;
  belongs_to uuid[];
  is_known boolean;
begin
  select a.* into person from account a where a.id = enter.account for no key update;
  select coalesce(array_agg(m.tenant_id), '{}') into belongs_to
  from membership m where m.account_id = person.id;

  tenant_id := case
    when wanted_tenant is not null then wanted_tenant
    when person.last_tenant_id = any (belongs_to) then person.last_tenant_id
    when cardinality(belongs_to) = 1 then belongs_to[1]
  end;
  outcome := case
    when tenant_id is null and cardinality(belongs_to) > 0 then 'choose_company'
    when tenant_id is not null and tenant_id <> all (belongs_to) then 'not_member'
    else 'signed_in'
  end;
  if outcome <> 'signed_in' then
    tenant_id := null;
    return;
  end if;

  update account a set last_tenant_id = enter.tenant_id
  where a.id = person.id and a.last_tenant_id is distinct from enter.tenant_id;

  -- Null before the first session ever, which nobody needs to be told of: no device is new then.
  -- The account's row is locked, so of two sign-ins at once one comes first.
  select bool_or(s.device = left(enter.device, 200)) into is_known
  from session s where s.account_id = person.id;
  if not is_known then
    perform ask_mail('new_device', person.id, null, jsonb_build_object(
      'device', left(enter.device, 200), 'address_range', enter.address_range));
  end if;

  insert into session as s (
    account_id, last_tenant_id, device, address_range, expires_at, idle_expires_at)
  values (
    person.id, enter.tenant_id, left(enter.device, 200), enter.address_range,
    now() + make_interval(secs => absolute_seconds),
    now() + make_interval(secs => least(idle_seconds, absolute_seconds)))
  returning s.id into session_id;

  insert into refresh_token (hash, session_id) values (refresh_hash, enter.session_id);
end
$$;

ALTER FUNCTION public.enter(account uuid, wanted_tenant uuid, device text, address_range text, refresh_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT session_id uuid, OUT tenant_id uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.enter(account uuid, wanted_tenant uuid, device text, address_range text, refresh_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT session_id uuid, OUT tenant_id uuid) IS 'Opens a session for a person who has just proved who they are. Outcomes: signed_in (session_id is given, and tenant_id where the person belongs to a company); choose_company (none was wanted, none is the last used); not_member (of the company wanted). Runs with the rights of its caller, which is a function of hub_auth that checked the proof.';

CREATE FUNCTION public.enter_or_challenge(account uuid, wanted_tenant uuid, device text, address_range text, refresh_hash bytea, challenge_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT session_id uuid, OUT tenant_id uuid) RETURNS record
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  if exists (
    select from second_factor f
    where f.account_id = enter_or_challenge.account and f.confirmed_at is not null)
  then
    delete from sign_in_challenge c
    where c.hash in (
      select old.hash from sign_in_challenge old where old.expires_at < now()
      limit 10 for update skip locked);
    insert into sign_in_challenge (hash, account_id, password_hash, wanted_tenant_id)
    select challenge_hash, a.id, a.password_hash, wanted_tenant from account a
    where a.id = enter_or_challenge.account;
    outcome := 'challenge';
    return;
  end if;
  select entered.outcome, entered.session_id, entered.tenant_id
  into outcome, session_id, tenant_id
  from enter(
    account, wanted_tenant, device, address_range, refresh_hash, idle_seconds, absolute_seconds)
    as entered;
end
$$;

ALTER FUNCTION public.enter_or_challenge(account uuid, wanted_tenant uuid, device text, address_range text, refresh_hash bytea, challenge_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT session_id uuid, OUT tenant_id uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.enter_or_challenge(account uuid, wanted_tenant uuid, device text, address_range text, refresh_hash bytea, challenge_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT session_id uuid, OUT tenant_id uuid) IS 'Lets in a person who has proved one factor, whichever: opens a session, or asks for the second factor where there is one. Outcomes: those of enter(); challenge (the hash given is the challenge''s). Runs with the rights of its caller, a function of hub_auth that checked the proof.';

CREATE FUNCTION public.erase_tenant_events(tenant uuid) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  with emptied as (
    update event e
    set changes = null, changes_salt = null, actor_name = null, actor_salt = null
    where e.tenant_id = erase_tenant_events.tenant
      and (e.changes is not null or e.actor_salt is not null)
    returning 1)
  select count(*)::integer from emptied
$$;

ALTER FUNCTION public.erase_tenant_events(tenant uuid) OWNER TO hub_log;

COMMENT ON FUNCTION public.erase_tenant_events(tenant uuid) IS 'Takes changes and names out of all events of a tenant; of how many. The links stay.';

CREATE FUNCTION public.event_actor(OUT kind text, OUT id text) RETURNS record
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  told constant text := current_setting('app.actor', true);
begin
  -- The server alone is believed: an operator cannot pass as somebody else.
  if told ~ '^(account|token|service|job):.' and is_server() then
    kind := upper(split_part(told, ':', 1));
    id := substr(told, strpos(told, ':') + 1);
  else
    kind := 'OPERATOR';
    id := session_user;
  end if;
end
$$;

ALTER FUNCTION public.event_actor(OUT kind text, OUT id text) OWNER TO hub_log;

COMMENT ON FUNCTION public.event_actor(OUT kind text, OUT id text) IS 'Who acts: what the server''s setting app.actor says (account:<id>, token:<id>, service:<solution>, job:<name>), or else the role that opened the connection.';

CREATE FUNCTION public.event_changes(before jsonb, after jsonb, recorded text[]) RETURNS jsonb
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  pair text;
  old_value jsonb;
  new_value jsonb;
  changes jsonb := '[]';
begin
  foreach pair in array recorded loop
    old_value := coalesce(before -> split_part(pair, ' ', 1), 'null');
    new_value := coalesce(after -> split_part(pair, ' ', 1), 'null');
    if old_value <> new_value then
      changes := changes || jsonb_build_object(
        'field', split_part(pair, ' ', 2), 'before', old_value, 'after', new_value);
    end if;
  end loop;
  return changes;
end
$$;

ALTER FUNCTION public.event_changes(before jsonb, after jsonb, recorded text[]) OWNER TO hub_log;

COMMENT ON FUNCTION public.event_changes(before jsonb, after jsonb, recorded text[]) IS 'What differs between two rows, of the columns listed as "column field"; nothing else of them is looked at. Without a row before or after, everything that is there.';

CREATE FUNCTION public.event_cursor(sequence bigint, hash bytea) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$ select 'ev1-' || lpad(to_hex(sequence), 16, '0') || left(encode(hash, 'hex'), 8) $$;

ALTER FUNCTION public.event_cursor(sequence bigint, hash bytea) OWNER TO hub_owner;

COMMENT ON FUNCTION public.event_cursor(sequence bigint, hash bytea) IS 'Where a reader stands in a log: behind the event of this number and hash. A word without a meaning.';

CREATE FUNCTION public.event_digest(salt uuid, content text) RETURNS bytea
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  return sha256(convert_to(salt::text || ' ' || coalesce(content, ''), 'UTF8'));
end
$$;

ALTER FUNCTION public.event_digest(salt uuid, content text) OWNER TO hub_log;

COMMENT ON FUNCTION public.event_digest(salt uuid, content text) IS 'The digest of a part that can be erased.';

CREATE FUNCTION public.event_document(e public.event) RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$
  select jsonb_build_object(
    'cursor', event_cursor(e.sequence, e.hash), 'type', e.type, 'subject', e.subject,
    'at', to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    'origin', e.origin,
    'actor', jsonb_build_object('kind', e.actor_kind, 'id', e.actor_id, 'name', e.actor_name),
    'changes', (
      select jsonb_agg(
        jsonb_build_object(
          'field', change ->> 'field', 'before', change ->> 'before', 'after', change ->> 'after')
        order by position)
      from jsonb_array_elements(e.changes) with ordinality as listed (change, position)),
    'isErased', e.changes is null,
    'hash', encode(e.hash, 'hex'))
$$;

ALTER FUNCTION public.event_document(e public.event) OWNER TO hub_owner;

COMMENT ON FUNCTION public.event_document(e public.event) IS 'An event as it is answered.';

CREATE FUNCTION public.event_end(tenant uuid) RETURNS text
    LANGUAGE sql STABLE
    AS $$
  select coalesce(
    (select event_cursor(h.sequence, h.hash) from event_head h
      where h.tenant_id = event_end.tenant),
    event_cursor(0, decode(repeat('00', 32), 'hex')))
$$;

ALTER FUNCTION public.event_end(tenant uuid) OWNER TO hub_owner;

COMMENT ON FUNCTION public.event_end(tenant uuid) IS 'The cursor behind the last event of a tenant.';

CREATE FUNCTION public.event_ends(tenants uuid[], OUT tenant_id uuid, OUT sequence bigint) RETURNS SETOF record
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select h.tenant_id, h.sequence from event_head h where h.tenant_id = any (event_ends.tenants)
$$;

ALTER FUNCTION public.event_ends(tenants uuid[], OUT tenant_id uuid, OUT sequence bigint) OWNER TO hub_log;

COMMENT ON FUNCTION public.event_ends(tenants uuid[], OUT tenant_id uuid, OUT sequence bigint) IS 'Where the logs of these tenants end: by it a server knows whom of its readers to wake.';

CREATE FUNCTION public.event_hash(before bytea, e public.event) RETURNS bytea
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  return sha256(before || convert_to(jsonb_build_array(
    e.tenant_id, e.sequence, e.type, e.subject, e.actor_kind, e.actor_id, e.origin,
    (extract(epoch from e.at) * 1000000)::bigint, encode(e.actor_digest, 'hex'),
    encode(e.changes_digest, 'hex'))::text, 'UTF8'));
end
$$;

ALTER FUNCTION public.event_hash(before bytea, e public.event) OWNER TO hub_log;

COMMENT ON FUNCTION public.event_hash(before bytea, e public.event) IS 'The hash of an event: over the hash of the one before and its own header, in a form that no setting changes.';

CREATE FUNCTION public.event_message(e public.event, tells_changes boolean) RETURNS jsonb
    LANGUAGE sql STABLE
    AS $$
  select jsonb_build_object(
    'type', document -> 'type', 'timestamp', document -> 'at',
    'data', jsonb_build_object(
      'companyId', e.tenant_id, 'cursor', document -> 'cursor', 'subject', document -> 'subject',
      'origin', document -> 'origin', 'actor', document -> 'actor' #- '{name}')
      || case when event_message.tells_changes and e.changes is not null
        then jsonb_build_object(
          'changes', coalesce(nullif(document -> 'changes', 'null'), '[]')) else '{}' end)
  from (select event_document(e)) as d (document)
$$;

ALTER FUNCTION public.event_message(e public.event, tells_changes boolean) OWNER TO hub_owner;

COMMENT ON FUNCTION public.event_message(e public.event, tells_changes boolean) IS 'What a program is told of an event, without anybody''s name; what was erased is not told.';

CREATE FUNCTION public.event_page(tenant uuid, after text, types text[], exclude_origin text, wanted integer, OUT events jsonb, OUT cursor text, OUT has_more boolean) RETURNS SETOF record
    LANGUAGE sql STABLE
    AS $$
  with bounds as (
    select coalesce(event_position(event_page.after), 0) as start,
      least(greatest(coalesce(event_page.wanted, 50), 1), 200) as rows_max),
  found as (
    select e, row_number() over (order by e.sequence) as position
    from event e
    where e.tenant_id = event_page.tenant and e.sequence > (select start from bounds)
      and (event_page.types is null or e.type = any (event_page.types))
      and (event_page.exclude_origin is null
        or e.origin is distinct from event_page.exclude_origin)
    order by e.sequence
    limit (select rows_max + 1 from bounds)),
  page as (
    select found.e, found.position from found
    where found.position <= (select rows_max from bounds))
  select
    (select coalesce(jsonb_agg(event_document(page.e) order by page.position), '[]') from page),
    case
      when (select count(*) from found) > (select count(*) from page) then (
        select event_cursor((page.e).sequence, (page.e).hash) from page
        order by page.position desc limit 1)
      -- All up to the end of the log was looked at, whatever was left out.
      else event_end(event_page.tenant)
    end,
    (select count(*) from found) > (select count(*) from page)
  where is_event_cursor(event_page.tenant, event_page.after)
$$;

ALTER FUNCTION public.event_page(tenant uuid, after text, types text[], exclude_origin text, wanted integer, OUT events jsonb, OUT cursor text, OUT has_more boolean) OWNER TO hub_owner;

COMMENT ON FUNCTION public.event_page(tenant uuid, after text, types text[], exclude_origin text, wanted integer, OUT events jsonb, OUT cursor text, OUT has_more boolean) IS 'The events behind a cursor, from the first on where it is null, the oldest first: at least 1, at most 200. The cursor to go on from stands behind all that was looked at. No row where the log has no such place. Runs with the rights of its caller.';

CREATE FUNCTION public.event_position(cursor text) RETURNS bigint
    LANGUAGE sql IMMUTABLE
    AS $$ select ('x' || substr(cursor, 5, 16))::bit(64)::bigint $$;

ALTER FUNCTION public.event_position(cursor text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.event_position(cursor text) IS 'The number behind a cursor.';

CREATE FUNCTION public.event_samples(tenant uuid, types text[], tells_changes boolean) RETURNS json
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select coalesce(json_agg(told.sample order by told.sequence desc), '[]')
  from (
    select e.sequence, jsonb_build_object('id', webhook_message_id(e.hash))
      || event_message(e, event_samples.tells_changes) as sample
    from event e
    where e.tenant_id = event_samples.tenant and e.type = any (event_samples.types)
    order by e.sequence desc
    limit 3) as told
$$;

ALTER FUNCTION public.event_samples(tenant uuid, types text[], tells_changes boolean) OWNER TO hub_owner;

COMMENT ON FUNCTION public.event_samples(tenant uuid, types text[], tells_changes boolean) IS 'The latest events of these types, as a webhook would be told of them, with the id of the message beside. Runs with the rights of its caller.';

CREATE FUNCTION public.event_stays() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  -- A company that is erased takes its log along, whole, and the head of it first.
  if tg_op = 'DELETE' and not exists (
    select from event_head h where h.tenant_id = old.tenant_id)
  then
    return old;
  end if;
  if tg_op = 'UPDATE' then
    if new.changes_salt is null then
      old.changes := null;
      old.changes_salt := null;
    end if;
    if new.actor_salt is null then
      old.actor_name := null;
      old.actor_salt := null;
    end if;
    if new is not distinct from old then
      return new;
    end if;
  end if;
  raise exception 'an event is not changed any more'
    using errcode = 'HB405',
      hint = 'purge_events() and erase_tenant_events() take out what it holds.';
end
$$;

ALTER FUNCTION public.event_stays() OWNER TO hub_log;

COMMENT ON FUNCTION public.event_stays() IS 'Trigger: of an event nothing is changed, but changes or name taken out (HB405); a log is deleted whole, or not at all.';

CREATE FUNCTION public.exchange_launch(token_hash bytea, code_hash bytea, OUT outcome text, OUT account_id uuid, OUT display_name text, OUT email text, OUT language text, OUT tenant_id uuid, OUT company_name text, OUT country_version text, OUT solution text, OUT status text, OUT plan text, OUT role text, OUT session_id uuid, OUT session_expires_at timestamp with time zone) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  asking text := service_solution(token_hash);
  code launch_code;
begin
  -- Of two at once the second waits here and finds it gone. Another solution's code stays.
  delete from launch_code c
  where c.hash = code_hash and c.solution = asking
  returning c.* into code;
  select 'exchanged', m.account_id, m.display_name, m.email, a.language, m.tenant_id,
    m.company_name, m.country_version, o.solution,
    solution_status(o.state, o.trial_ends_at, now()), o.plan,
    opening_role(m.tenant_id, m.account_id, o.solution), s.id, s.expires_at
  into outcome, account_id, display_name, email, language, tenant_id, company_name,
    country_version, solution, status, plan, role, session_id, session_expires_at
  from session s
  join account a on a.id = s.account_id
  join membership m on m.tenant_id = code.tenant_id and m.account_id = s.account_id
  join company_solution o on o.tenant_id = m.tenant_id and o.solution = code.solution
  where code.expires_at > now() and s.id = code.session_id and s.account_id = code.account_id
    and s.revoked_at is null and s.expires_at > now() and s.idle_expires_at > now()
    and opening_role(m.tenant_id, m.account_id, o.solution) is not null;
  if outcome is null then
    outcome := 'refused';
  end if;
end
$$;

ALTER FUNCTION public.exchange_launch(token_hash bytea, code_hash bytea, OUT outcome text, OUT account_id uuid, OUT display_name text, OUT email text, OUT language text, OUT tenant_id uuid, OUT company_name text, OUT country_version text, OUT solution text, OUT status text, OUT plan text, OUT role text, OUT session_id uuid, OUT session_expires_at timestamp with time zone) OWNER TO hub_service;

COMMENT ON FUNCTION public.exchange_launch(token_hash bytea, code_hash bytea, OUT outcome text, OUT account_id uuid, OUT display_name text, OUT email text, OUT language text, OUT tenant_id uuid, OUT company_name text, OUT country_version text, OUT solution text, OUT status text, OUT plan text, OUT role text, OUT session_id uuid, OUT session_expires_at timestamp with time zone) IS 'Takes the code of a launch from the backend of the solution that it is for, and tells who comes. Outcomes: exchanged; refused (unknown, over, used, another solution''s, or the session, the membership, the role or the solution has ended since; never which of them).';

CREATE FUNCTION public.export_account(session uuid, account uuid, rows_max integer, OUT outcome text, OUT document jsonb) RETURNS record
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  person account;
begin
  perform from session s
  where s.id = export_account.session and s.account_id = export_account.account
    and s.revoked_at is null and is_fresh(s.authenticated_at);
  if not found then
    outcome := 'stale';
    return;
  end if;
  select a.* into person from account a where a.id = export_account.account;
  outcome := 'done';
  document := jsonb_build_object(
    'exportedAt', now(),
    'profile', jsonb_build_object(
      'id', person.id, 'firstName', person.first_name, 'lastName', person.last_name,
      'displayName', person.display_name, 'phone', person.phone, 'country', person.country,
      'language', person.language, 'signedUpAt', person.created_at,
      'updatedAt', person.updated_at),
    'photo', (
      select jsonb_build_object('path', person.photo_url, 'storedAt', p.stored_at)
      from photo p where p.account_id = person.id),
    'login', jsonb_build_object(
      'email', person.email, 'pendingEmail', person.pending_email,
      'hasPassword', person.has_password, 'passwordChangedAt', person.password_changed_at),
    'google', (
      select jsonb_build_object('subject', g.subject, 'email', g.email, 'linkedAt', g.linked_at)
      from account_google g where g.account_id = person.id),
    'secondFactor', (
      select jsonb_build_object(
        'enrolledAt', f.created_at, 'confirmedAt', f.confirmed_at,
        'recoveryCodesUsedAt', (
          select coalesce(jsonb_agg(c.used_at order by c.used_at), '[]')
          from recovery_code c where c.account_id = f.account_id and c.used_at is not null),
        'recoveryAskedAt', f.recovery_asked_at)
      from second_factor f where f.account_id = person.id),
    'memberships', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'companyId', m.tenant_id, 'companyName', m.company_name, 'role', m.role,
        'solutionRoles', (
          select coalesce(jsonb_object_agg(r.solution, r.role), '{}')
          from solution_role r
          where r.tenant_id = m.tenant_id and r.account_id = m.account_id),
        'joinedAt', m.joined_at) order by m.joined_at), '[]')
      from membership m where m.account_id = person.id),
    'sessions', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'device', s.device, 'addressRange', s.address_range, 'createdAt', s.created_at,
        'lastSeenAt', s.last_seen_at, 'authenticatedAt', s.authenticated_at,
        'expiresAt', s.expires_at, 'endedAt', s.revoked_at) order by s.created_at desc), '[]')
      from (
        select * from session own where own.account_id = person.id
        order by own.created_at desc limit export_account.rows_max) as s),
    'links', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'purpose', l.purpose, 'address', l.address, 'createdAt', l.created_at,
        'expiresAt', l.expires_at, 'usedAt', l.used_at, 'voidedAt', l.voided_at)
        order by l.created_at desc), '[]')
      from (
        select * from one_time_link own where own.account_id = person.id
        order by own.created_at desc limit export_account.rows_max) as l),
    'mails', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'kind', m.kind, 'address', m.address, 'language', m.language, 'askedForAt', m.created_at,
        'sentAt', m.sent_at) order by m.created_at desc), '[]')
      from (
        select * from mail own where own.account_id = person.id
        order by own.created_at desc limit export_account.rows_max) as m),
    -- Whom they invited is another person's to be told.
    'invitationsSent', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'companyId', i.tenant_id, 'role', i.role, 'invitedAt', i.invited_at,
        'status', invitation_status(i.accepted_at, i.revoked_at, i.expires_at, now()))
        order by i.invited_at desc), '[]')
      from (
        select * from invitation own where own.invited_by = person.id
        order by own.invited_at desc limit export_account.rows_max) as i),
    'invitationsAccepted', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'companyId', i.tenant_id, 'email', i.email, 'role', i.role, 'invitedAt', i.invited_at,
        'acceptedAt', i.accepted_at) order by i.accepted_at desc), '[]')
      from (
        select * from invitation own where own.accepted_by = person.id
        order by own.accepted_at desc limit export_account.rows_max) as i),
    'integrationsConnected', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'companyId', c.tenant_id, 'integration', c.integration, 'connectedAt', c.connected_at)
        order by c.connected_at), '[]')
      from integration_connection c where c.connected_by = person.id),
    'companyFieldsConfirmed', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'companyId', n.tenant_id, 'field', n.field, 'confirmedAs', n.confirmed_by_name,
        'confirmedAt', n.confirmed_at)
        order by n.confirmed_at, n.tenant_id, n.field), '[]')
      from company_confirmation n where n.confirmed_by = person.id),
    'loginEvents', (
      select coalesce(jsonb_agg(jsonb_build_object(
        'type', e.type, 'at', e.at, 'by', e.actor_kind, 'details', e.details)
        order by e.id desc), '[]')
      from (
        select * from account_event own where own.account_id = person.id
        order by own.id desc limit export_account.rows_max) as e));
end
$$;

ALTER FUNCTION public.export_account(session uuid, account uuid, rows_max integer, OUT outcome text, OUT document jsonb) OWNER TO hub_auth;

COMMENT ON FUNCTION public.export_account(session uuid, account uuid, rows_max integer, OUT outcome text, OUT document jsonb) IS 'Everything that the house keeps of a person, as one document; of sessions, links, mails and invitations the latest rows_max. Outcomes: done; stale (the session''s proof is not fresh). A test holds that each table of a person is in it.';

CREATE FUNCTION public.fields_changed_after(field_revisions jsonb, revision bigint) RETURNS text[]
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select coalesce(array_agg(field.name order by field.name), '{}')
  from jsonb_each_text(field_revisions) as field (name, revision)
  where field.revision::bigint > fields_changed_after.revision
$$;

ALTER FUNCTION public.fields_changed_after(field_revisions jsonb, revision bigint) OWNER TO hub_owner;

COMMENT ON FUNCTION public.fields_changed_after(field_revisions jsonb, revision bigint) IS 'The columns that changed after a revision: an edit that started from it and names one of them is a conflict, one that names others is not.';

CREATE FUNCTION public.finish_second_factor_recovery(email text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  person uuid;
begin
  delete from second_factor f using account a
  where a.email_key = lower(finish_second_factor_recovery.email) and f.account_id = a.id
    and f.recovery_asked_at <= now() - interval '72 hours'
  returning a.id into person;
  if person is null then
    return 'nothing was begun for this address, or not 72 hours ago';
  end if;
  perform ask_mail('second_factor_disabled', person, null);
  return 'done: the password alone signs in now';
end
$$;

ALTER FUNCTION public.finish_second_factor_recovery(email text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.finish_second_factor_recovery(email text) IS 'For operators, in psql: takes away a second factor that was lost, 72 hours after begin_second_factor_recovery, and tells the person by mail.';

CREATE FUNCTION public.forget_account_events() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  update event e set changes = null, changes_salt = null
  where e.changes is not null and e.subject = any (
    array[old.id::text] || array(
      select i.id::text from invitation i where i.email_key = old.email_key));
  update event e set actor_name = null, actor_salt = null
  where e.actor_kind = 'ACCOUNT' and e.actor_id = old.id::text and e.actor_salt is not null;
  delete from account_event a where a.account_id = old.id;
  return null;
end
$$;

ALTER FUNCTION public.forget_account_events() OWNER TO hub_log;

COMMENT ON FUNCTION public.forget_account_events() IS 'Trigger: a person who goes leaves nothing in the logs but the id of an account that is no more.';

CREATE FUNCTION public.forget_codes(account uuid) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  delete from sign_in_guess g using account a
  where a.id = forget_codes.account and g.email_hash = hash_of_email(a.email_key)
    and g.client = 'second factor'
$$;

ALTER FUNCTION public.forget_codes(account uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.forget_codes(account uuid) IS 'Forgets the guesses at a person''s second factor, after a right one. Runs with the rights of its caller, a function of hub_auth.';

CREATE FUNCTION public.forget_guesses(email_key text) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  delete from sign_in_guess g
  where g.email_hash = hash_of_email(forget_guesses.email_key) and g.client <> 'second factor'
$$;

ALTER FUNCTION public.forget_guesses(email_key text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.forget_guesses(email_key text) IS 'Forgets the guesses at the password of an address, once its owner has proved to be it; those at a second factor stay counted, which a password says nothing of. Runs with the rights of its caller, a function of hub_auth.';

CREATE FUNCTION public.forget_invitation_events() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  update event e set changes = null, changes_salt = null
  where e.changes is not null and e.subject = old.id::text;
  return null;
end
$$;

ALTER FUNCTION public.forget_invitation_events() OWNER TO hub_log;

COMMENT ON FUNCTION public.forget_invitation_events() IS 'Trigger: an invitation that is removed leaves no address in the log.';

CREATE FUNCTION public.forget_person(account uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  person account;
  tenant uuid;
begin
  select a.* into person from account a where a.id = forget_person.account;
  update integration_connection c set connected_by = null, connected_by_name = null
  where c.connected_by = person.id;
  -- Whoever goes takes their invitations back, as whoever leaves a company does: nobody is asked
  -- in by who is not there, nor joins by their word.
  for tenant in
    select i.tenant_id from invitation i where i.invited_by = person.id
    union
    select m.tenant_id from membership m where m.account_id = person.id
    order by 1
  loop
    perform revoke_invitations_of(tenant, person.id);
  end loop;
  update one_time_link l set facts = l.facts - 'inviter'
  where l.purpose = 'invitation' and (l.facts ->> 'inviter')::uuid = person.id;
  -- What was sent in their name.
  update mail m set facts = m.facts - '{inviter,inviter_email}'::text[]
  from one_time_link l
  join invitation i on i.id = (l.facts ->> 'invitation')::uuid
  where m.link_id = l.id and l.purpose = 'invitation' and i.invited_by = person.id
    and (m.sent_at is not null or m.given_up_at is not null);
  update invitation i set invited_by = null, invited_by_name = ''
  where i.invited_by = person.id;
  delete from invitation i where i.accepted_by = person.id;
  delete from mail m where m.account_id = person.id or lower(m.address) = person.email_key;
  delete from sign_in_guess g where g.email_hash = sha256(convert_to(person.email_key, 'UTF8'));
  delete from link_request r
  where r.address_hash in (
    select hash_of_request(purpose, person.email_key)
    from unnest(array['sign_up', 'reset_password', 'change_email']) as purpose);
  -- Memberships, sessions with their tokens, links, the Google link: by their foreign keys.
  delete from account a where a.id = person.id;
end
$$;

ALTER FUNCTION public.forget_person(account uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.forget_person(account uuid) IS 'Takes away what is a person''s, and the name from what stays their companies''. Runs with the rights of its caller, a function of hub_auth. A table that keeps something of a person has either a foreign key that cascades or a line here.';

CREATE FUNCTION public.forget_tenant_rows(tenant uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
declare
  statement text;
begin
  for statement in
    select format('delete from %s where tenant_id = $1', t.name)
    from tenant_tables() t order by t.place desc
  loop
    execute statement using tenant;
  end loop;
  -- Where somebody was last, or wanted to go.
  for statement in
    select format('update %s set %I = null where %2$I = $1', c.oid::regclass, a.attname)
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition and a.atttypid = 'uuid'::regtype
      and a.attname like '%\_tenant\_id'
      and n.nspname <> 'information_schema' and n.nspname not like 'pg\_%'
  loop
    execute statement using tenant;
  end loop;
  -- What waits for the commit is done now: it may write, or refuse.
  set constraints all immediate;
end
$_$;

ALTER FUNCTION public.forget_tenant_rows(tenant uuid) OWNER TO hub_owner;

COMMENT ON FUNCTION public.forget_tenant_rows(tenant uuid) IS 'Deletes a company''s rows, the dependent ones first, and takes its number out of columns of other tables that are named .._tenant_id.';

CREATE FUNCTION public.give_back_guess(network text) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  update sign_in_guess g set full_at = g.full_at - g.step
  where g.email_hash = any_email() and g.client = give_back_guess.network
$$;

ALTER FUNCTION public.give_back_guess(network text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.give_back_guess(network text) IS 'Gives a client back the one guess that a right password took of what it has at all accounts together: an office may sign in as often as it likes. Not for a device that was known, which took none.';

CREATE FUNCTION public.given_fields(company jsonb) RETURNS SETOF text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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

ALTER FUNCTION public.given_fields(company jsonb) OWNER TO hub_company;

COMMENT ON FUNCTION public.given_fields(company jsonb) IS 'The fields of a new row of company that somebody gave: those with a value that is not what each company of the country version begins with.';

CREATE FUNCTION public.guess_was_right(email_key text, network text) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  delete from sign_in_guess g
  where g.email_hash = hash_of_email(guess_was_right.email_key)
    and (g.client = guess_was_right.network or g.client like 'device %')
$$;

ALTER FUNCTION public.guess_was_right(email_key text, network text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.guess_was_right(email_key text, network text) IS 'After a sign-in: forgets the guesses at this address from this network and from the person''s devices. Strangers get no more than they had. Runs with the rights of its caller, a function of hub_auth.';

CREATE FUNCTION public.has_fresh_proof(session uuid, account uuid) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select exists (
    select from session s
    where s.id = has_fresh_proof.session and s.account_id = has_fresh_proof.account
      and s.revoked_at is null and s.expires_at > now() and s.idle_expires_at > now()
      and is_fresh(s.authenticated_at))
$$;

ALTER FUNCTION public.has_fresh_proof(session uuid, account uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.has_fresh_proof(session uuid, account uuid) IS 'Whether a session lives and its person proved lately who they are. Ask once the account is locked: app_guard asked before, and a reset that this waited for has ended the session since. Runs with the rights of its caller, a function of hub_auth.';

CREATE FUNCTION public.has_google_proof(session uuid, account uuid) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select exists (
    select from session s
    where s.id = has_google_proof.session and s.account_id = has_google_proof.account
      and s.revoked_at is null and s.expires_at > now() and s.idle_expires_at > now()
      and s.google_proved_at > now() - interval '5 minutes')
$$;

ALTER FUNCTION public.has_google_proof(session uuid, account uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.has_google_proof(session uuid, account uuid) IS 'Whether the person of a session has proved at Google who they are within the last five minutes, so that only the code of the second factor is missing.';

CREATE FUNCTION public.has_second_factor(account uuid) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select exists (
    select from second_factor f
    where f.account_id = has_second_factor.account and f.confirmed_at is not null)
$$;

ALTER FUNCTION public.has_second_factor(account uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.has_second_factor(account uuid) IS 'Whether a second factor is in force. Runs with the rights of its caller, a function of hub_auth.';

CREATE FUNCTION public.has_tax_id(tenant uuid, tax_id text) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select exists (
    select from company c
    cross join lateral (
      select upper(regexp_replace(has_tax_id.tax_id, '[^0-9A-Za-z&]', '', 'g')),
        upper(regexp_replace(c.identification_number, '[^0-9A-Za-z&]', '', 'g'))
    ) as plain (given, own)
    where c.tenant_id = has_tax_id.tenant
      and plain.given in (plain.own, plain.own || c.identification_check_digit))
$$;

ALTER FUNCTION public.has_tax_id(tenant uuid, tax_id text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.has_tax_id(tenant uuid, tax_id text) IS 'Whether a number is the company''s own, with or without its check digit and separators. Runs with the rights of its caller.';

CREATE FUNCTION public.hash_of_request(purpose text, address text) RETURNS bytea
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select sha256(convert_to(purpose || ':' || lower(address), 'UTF8'))
$$;

ALTER FUNCTION public.hash_of_request(purpose text, address text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.hash_of_request(purpose text, address text) IS 'By what requests for mails are counted: a purpose by itself, so that strangers who ask for a sign-up keep nobody from a reset.';

CREATE FUNCTION public.heads_to_sign(after uuid, pause_seconds double precision, rows_max integer, OUT tenant_id uuid, OUT sequence bigint, OUT hash bytea) RETURNS SETOF record
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select h.tenant_id, h.sequence, h.hash
  from event_head h
  left join lateral (
    select s.sequence, s.signed_at from audit_signature s
    where s.tenant_id = h.tenant_id order by s.sequence desc limit 1) as last on true
  where h.tenant_id > coalesce(
      heads_to_sign.after, '00000000-0000-0000-0000-000000000000')
    and h.sequence > coalesce(last.sequence, 0)
    and (last.signed_at is null
      or last.signed_at <= now() - make_interval(secs => heads_to_sign.pause_seconds))
  order by h.tenant_id
  limit heads_to_sign.rows_max
$$;

ALTER FUNCTION public.heads_to_sign(after uuid, pause_seconds double precision, rows_max integer, OUT tenant_id uuid, OUT sequence bigint, OUT hash bytea) OWNER TO hub_log;

COMMENT ON FUNCTION public.heads_to_sign(after uuid, pause_seconds double precision, rows_max integer, OUT tenant_id uuid, OUT sequence bigint, OUT hash bytea) IS 'The heads that moved since they were last signed, where that is so many seconds ago, in the order of tenants behind the one given.';

CREATE FUNCTION public.hold_company(tenant uuid) RETURNS text
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select c.country_version from company c where c.tenant_id = hold_company.tenant
  for no key update
$$;

ALTER FUNCTION public.hold_company(tenant uuid) OWNER TO hub_owner;

COMMENT ON FUNCTION public.hold_company(tenant uuid) IS 'The company''s country version; nobody else decides over its solutions until the transaction ends. Runs with the rights of its caller.';

CREATE FUNCTION public.hold_needed_solutions(tenants uuid[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  perform from company_solution n
  where n.tenant_id = any (tenants) and n.state <> 'INACTIVE'
    and exists (select from solution_dependency d where d.needs = n.solution)
  order by n.tenant_id, n.solution
  for share;
end
$$;

ALTER FUNCTION public.hold_needed_solutions(tenants uuid[]) OWNER TO hub_auth;

COMMENT ON FUNCTION public.hold_needed_solutions(tenants uuid[]) IS 'Takes the locks that company_solution_keep_needs waits for at commit, in one order.';

CREATE FUNCTION public.import_people() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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

ALTER FUNCTION public.import_people() OWNER TO hub_owner;

COMMENT ON FUNCTION public.import_people() IS 'Finds the people of an import by their addresses, or makes them: without a password, which they set by a reset. An account that is there is not changed.';

CREATE FUNCTION public.import_rows(tenant uuid, relation regclass) RETURNS bigint
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
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
$_$;

ALTER FUNCTION public.import_rows(tenant uuid, relation regclass) OWNER TO hub_owner;

COMMENT ON FUNCTION public.import_rows(tenant uuid, relation regclass) IS 'Inserts the document''s rows of one table, in the place of those that triggers made of rows before, through its constraints and triggers; where one is refused, says which. People get their numbers here.';

CREATE FUNCTION public.import_tenant(tenant uuid, tables text[], text_bytes_max integer, restores boolean, OUT report jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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

ALTER FUNCTION public.import_tenant(tenant uuid, tables text[], text_bytes_max integer, restores boolean, OUT report jsonb) OWNER TO hub_owner;

COMMENT ON FUNCTION public.import_tenant(tenant uuid, tables text[], text_bytes_max integer, restores boolean, OUT report jsonb) IS 'Makes a company out of what was copied into tenant_import, all of it or nothing. A company that was deleted here comes back only where restores says so. HB409: it is here, or was; HB422: the document, and where in it.';

CREATE FUNCTION public.integration_failure_message(failure text, integration text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select replace(
    coalesce(f.messages ->> reader_language(), f.messages ->> 'es'), '{name}', i.name)
  from integration_failure f
  join integration i on i.code = integration_failure_message.integration
  where f.code = integration_failure_message.failure
$$;

ALTER FUNCTION public.integration_failure_message(failure text, integration text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.integration_failure_message(failure text, integration text) IS 'Why a connection is not in order, in the language of whoever reads.';

CREATE FUNCTION public.integration_settings(settings jsonb) RETURNS json
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select json_agg(json_build_object('name', s.key, 'value', s.value) order by s.key)
  from jsonb_each_text(settings) as s
$$;

ALTER FUNCTION public.integration_settings(settings jsonb) OWNER TO hub_owner;

COMMENT ON FUNCTION public.integration_settings(settings jsonb) IS 'The settings of a connection as a list of their names and values.';

CREATE FUNCTION public.integrations_of(tenant uuid, account uuid) RETURNS TABLE(integration text, category text, is_offered boolean, is_connected boolean)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select i.code, i.category, o.offered, h.held
  from company c
  left join membership m
    on m.tenant_id = c.tenant_id and m.account_id = integrations_of.account
  cross join integration i
  cross join lateral (
    select exists (
        select from integration_country v
        where v.integration = i.code and v.country_version = c.country_version)
      and not is_withheld_by_plan(c.tenant_id, i.code)) as o (offered)
  cross join lateral (
    select exists (
      select from integration_connection n
      where n.tenant_id = c.tenant_id and n.integration = i.code)) as h (held)
  where c.tenant_id = integrations_of.tenant
    and (integrations_of.account is null or m.role is not null)
    and (o.offered or h.held)
    and (not exists (select from integration_role r where r.integration = i.code)
      or exists (
        select from integration_role r
        where r.integration = i.code and r.role = coalesce(m.role, 'administrator')))
$$;

ALTER FUNCTION public.integrations_of(tenant uuid, account uuid) OWNER TO hub_owner;

COMMENT ON FUNCTION public.integrations_of(tenant uuid, account uuid) IS 'What somebody sees of the integrations: those that the country version and the plans offer, and those that are connected, of which the member''s role sees any; without an account, a partner''s program, which sees what administrators do. Runs with the rights of its caller.';

CREATE FUNCTION public.invitation_of_link(link uuid, OUT email text, OUT has_account boolean) RETURNS record
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select i.email, exists (select from account a where a.email_key = i.email_key)
  from (values (invitation_of_link.link)) as wanted (link)
  left join one_time_link l on l.id = wanted.link and l.purpose = 'invitation'
    and l.used_at is null and l.voided_at is null and l.expires_at > now()
  left join invitation i on i.link_id = l.id and i.accepted_at is null and i.revoked_at is null
$$;

ALTER FUNCTION public.invitation_of_link(link uuid, OUT email text, OUT has_account boolean) OWNER TO hub_auth;

COMMENT ON FUNCTION public.invitation_of_link(link uuid, OUT email text, OUT has_account boolean) IS 'The address that an invitation''s link was sent to, and whether somebody signs in with it; null where the link can be used no longer. Told to whoever holds the link, who has read the mailbox.';

CREATE FUNCTION public.invitation_status(accepted_at timestamp with time zone, revoked_at timestamp with time zone, expires_at timestamp with time zone, at timestamp with time zone) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select case
    when accepted_at is not null then 'ACCEPTED'
    when revoked_at is not null then 'REVOKED'
    when expires_at <= at then 'EXPIRED'
    else 'PENDING'
  end
$$;

ALTER FUNCTION public.invitation_status(accepted_at timestamp with time zone, revoked_at timestamp with time zone, expires_at timestamp with time zone, at timestamp with time zone) OWNER TO hub_owner;

COMMENT ON FUNCTION public.invitation_status(accepted_at timestamp with time zone, revoked_at timestamp with time zone, expires_at timestamp with time zone, at timestamp with time zone) IS 'What came of an invitation: ACCEPTED, REVOKED, EXPIRED (it can be sent again) or PENDING.';

CREATE FUNCTION public.invitation_wait(tenant uuid, invitation uuid, company_mails_max integer, invitation_mails_max integer) RETURNS integer
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  with mailed as (
    select i.id, at
    from invitation i
    cross join unnest(i.mailed_at) as at
    where i.tenant_id = invitation_wait.tenant and at > now() - interval '1 day')
  select coalesce(ceil(extract(epoch from max(limited.free_at) - now()))::integer, 0)
  from (
    select min(m.at) + interval '1 day' from mailed m
    having count(*) >= invitation_wait.company_mails_max
    union all
    select min(m.at) + interval '1 day' from mailed m
    where m.id = invitation_wait.invitation
    having count(*) >= invitation_wait.invitation_mails_max
  ) as limited (free_at)
$$;

ALTER FUNCTION public.invitation_wait(tenant uuid, invitation uuid, company_mails_max integer, invitation_mails_max integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.invitation_wait(tenant uuid, invitation uuid, company_mails_max integer, invitation_mails_max integer) IS 'In how many seconds a company may send another invitation, or send this one again; 0: now. Runs with the rights of its caller, a function of hub_auth.';

CREATE FUNCTION public.invite_person(actor uuid, tenant uuid, email text, role text, solution_roles jsonb, company_mails_max integer, invitation_mails_max integer, lifetime_seconds integer, OUT outcome text, OUT invitation_id uuid, OUT retry_after_seconds integer) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  inviter_name text;
begin
  perform lock_invitations(invite_person.tenant);
  perform require_inviter(invite_person.tenant, invite_person.actor);
  select i.id into invitation_id from invitation i
  where i.tenant_id = invite_person.tenant and i.email_key = lower(invite_person.email)
    and i.accepted_at is null and i.revoked_at is null;
  perform lock_link(invite_person.tenant, invitation_id);
  if exists (
    select from membership m
    where m.tenant_id = invite_person.tenant and lower(m.email) = lower(invite_person.email))
  then
    outcome := 'already_member';
    return;
  end if;
  outcome := refused_role(invite_person.tenant, invite_person.role, invite_person.solution_roles);
  if outcome is not null then
    return;
  end if;
  retry_after_seconds := invitation_wait(
    invite_person.tenant, invitation_id, company_mails_max, invitation_mails_max);
  if retry_after_seconds > 0 then
    outcome := 'limited';
    return;
  end if;
  select m.display_name into inviter_name from membership m
  where m.tenant_id = invite_person.tenant and m.account_id = invite_person.actor;
  insert into invitation as i (
    tenant_id, email, role, solution_roles, invited_by, invited_by_name, expires_at)
  values (
    invite_person.tenant, invite_person.email, invite_person.role, invite_person.solution_roles,
    invite_person.actor, inviter_name, now())
  on conflict (tenant_id, email_key) where accepted_at is null and revoked_at is null
  do update
  set email = excluded.email, role = excluded.role, solution_roles = excluded.solution_roles,
      invited_by = excluded.invited_by, invited_by_name = excluded.invited_by_name
  returning i.id into invitation_id;
  perform mail_invitation(invite_person.tenant, invitation_id, lifetime_seconds);
  outcome := 'invited';
end
$$;

ALTER FUNCTION public.invite_person(actor uuid, tenant uuid, email text, role text, solution_roles jsonb, company_mails_max integer, invitation_mails_max integer, lifetime_seconds integer, OUT outcome text, OUT invitation_id uuid, OUT retry_after_seconds integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.invite_person(actor uuid, tenant uuid, email text, role text, solution_roles jsonb, company_mails_max integer, invitation_mails_max integer, lifetime_seconds integer, OUT outcome text, OUT invitation_id uuid, OUT retry_after_seconds integer) IS 'Asks an address into a company by mail; where it was asked already and has not answered, in the role given now, with a new link. Outcomes: invited (invitation_id is given); already_member; limited (retry_after_seconds is given: so many mails went out within a day); those of refused_role().';

CREATE FUNCTION public.is_api_token(tenant uuid, token uuid, hash bytea) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select exists (
    select from api_token t
    where t.tenant_id = is_api_token.tenant and t.id = is_api_token.token
      and t.revoked_at is null and t.expires_at > now()
      and (t.hash = is_api_token.hash
        or t.previous_hash = is_api_token.hash and t.previous_until > now()))
$$;

ALTER FUNCTION public.is_api_token(tenant uuid, token uuid, hash bytea) OWNER TO hub_auth;

COMMENT ON FUNCTION public.is_api_token(tenant uuid, token uuid, hash bytea) IS 'Whether this is a token of the company''s that is good now. To be asked in each batch.';

CREATE FUNCTION public.is_date_of_rfc(digits text) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $_$
  select digits ~ '^[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])$'
    and digits !~ '^..(02(30|31)|(04|06|09|11)31)$'
    and (digits !~ '^..0229$' or left(digits, 2)::integer % 4 = 0)
$_$;

ALTER FUNCTION public.is_date_of_rfc(digits text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.is_date_of_rfc(digits text) IS 'Whether the six digits of an RFC are a date, as yymmdd; the century is not told.';

CREATE FUNCTION public.is_event_cursor(tenant uuid, cursor text) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
  select is_event_cursor.cursor is null or event_position(is_event_cursor.cursor) = 0 or exists (
    select from event e
    where e.tenant_id = is_event_cursor.tenant
      and e.sequence = event_position(is_event_cursor.cursor)
      and event_cursor(e.sequence, e.hash) = is_event_cursor.cursor)
$$;

ALTER FUNCTION public.is_event_cursor(tenant uuid, cursor text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.is_event_cursor(tenant uuid, cursor text) IS 'Whether the log has the event that a cursor stands behind. It has not where the database was set back to a backup: who would go on from there would miss what was written anew.';

CREATE FUNCTION public.is_fresh(authenticated_at timestamp with time zone) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$ select authenticated_at > now() - interval '10 minutes' $$;

ALTER FUNCTION public.is_fresh(authenticated_at timestamp with time zone) OWNER TO hub_owner;

COMMENT ON FUNCTION public.is_fresh(authenticated_at timestamp with time zone) IS 'Whether a proof of who somebody is may still be relied on for what is sensitive.';

CREATE FUNCTION public.is_kept_from_google(account uuid, address text) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select exists (
    select from account_google g
    where g.account_id = is_kept_from_google.account
      and lower(g.email) <> lower(is_kept_from_google.address))
$$;

ALTER FUNCTION public.is_kept_from_google(account uuid, address text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.is_kept_from_google(account uuid, address text) IS 'Whether a Google account is linked that does not carry this address: unlink it first. Runs with the rights of its caller, a function of hub_auth.';

CREATE FUNCTION public.is_server() RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  return session_user = 'hub_app_write' or exists (
    select from pg_auth_members m
    join pg_roles r on r.oid = m.member
    where m.roleid = 'hub_app_write'::regrole and r.rolname = session_user);
end
$$;

ALTER FUNCTION public.is_server() OWNER TO hub_log;

COMMENT ON FUNCTION public.is_server() IS 'Whether the connection was opened by the server''s role for mutations, or by one that it was granted to: then the server''s word counts for who acts. A superuser is an operator.';

CREATE FUNCTION public.is_withheld_by_plan(tenant uuid, integration text) RETURNS boolean
    LANGUAGE sql STABLE
    AS $$
  select exists (
      select from integration_plan p where p.integration = is_withheld_by_plan.integration)
    and not exists (
      select from integration_plan p
      join company_solution s on s.tenant_id = is_withheld_by_plan.tenant and s.plan = p.plan
        and s.state <> 'INACTIVE'
      where p.integration = is_withheld_by_plan.integration)
$$;

ALTER FUNCTION public.is_withheld_by_plan(tenant uuid, integration text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.is_withheld_by_plan(tenant uuid, integration text) IS 'Whether an integration asks for a plan that no solution of the company is in use on.';

CREATE FUNCTION public.keep_answer(tenant uuid, actor uuid, key_digest bytea, field text, body_digest bytea, sealed_answer bytea) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  insert into kept_answer as k (tenant_id, actor, key_digest, field, body_digest, sealed_answer)
  values (tenant, actor, key_digest, field, body_digest, sealed_answer)
  on conflict (tenant_id, actor, key_digest, field) do update
  set body_digest = excluded.body_digest, sealed_answer = excluded.sealed_answer, kept_at = now()
$$;

ALTER FUNCTION public.keep_answer(tenant uuid, actor uuid, key_digest bytea, field text, body_digest bytea, sealed_answer bytea) OWNER TO hub_owner;

COMMENT ON FUNCTION public.keep_answer(tenant uuid, actor uuid, key_digest bytea, field text, body_digest bytea, sealed_answer bytea) IS 'Keeps the answer of what was claimed, in the place of one that was forgotten.';

CREATE FUNCTION public.keep_logo(tenant uuid, name text, digest bytea, bytes bytea, OUT logo_url text, OUT revision bigint) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  kept text;
begin
  -- Of two uploads at once the second waits here, and is held against the first one's image.
  perform from company c where c.tenant_id = keep_logo.tenant for no key update;
  select l.name into kept
  from company_logo l
  where l.tenant_id = keep_logo.tenant and l.digest = keep_logo.digest;
  if kept is null then
    kept := keep_logo.name;
    insert into company_logo as l (tenant_id, name, digest, bytes)
    values (keep_logo.tenant, kept, keep_logo.digest, keep_logo.bytes)
    on conflict (tenant_id) do update
    set name = excluded.name, digest = excluded.digest, bytes = excluded.bytes, stored_at = now();
  end if;
  update company c set logo_url = '/logos/' || kept
  where c.tenant_id = keep_logo.tenant
  returning c.logo_url, c.revision into keep_logo.logo_url, keep_logo.revision;
end
$$;

ALTER FUNCTION public.keep_logo(tenant uuid, name text, digest bytea, bytes bytea, OUT logo_url text, OUT revision bigint) OWNER TO hub_company;

COMMENT ON FUNCTION public.keep_logo(tenant uuid, name text, digest bytea, bytes bytea, OUT logo_url text, OUT revision bigint) IS 'Gives a company a logo in the place of the one it has. The same image as that one (by its digest) keeps its name, and nothing changes.';

CREATE FUNCTION public.keep_photo(account uuid, name text, digest bytea, bytes bytea, OUT photo_url text, OUT revision bigint) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  kept text;
begin
  -- Of two uploads at once the second waits here, and is held against the first one's image.
  perform from account a where a.id = keep_photo.account for no key update;
  select p.name into kept
  from photo p
  where p.account_id = keep_photo.account and p.digest = keep_photo.digest;
  if kept is null then
    kept := keep_photo.name;
    insert into photo as p (account_id, name, digest, bytes)
    values (keep_photo.account, kept, keep_photo.digest, keep_photo.bytes)
    on conflict (account_id) do update
    set name = excluded.name, digest = excluded.digest, bytes = excluded.bytes, stored_at = now();
  end if;
  update account a set photo_url = '/photos/' || kept
  where a.id = keep_photo.account
  returning a.photo_url, a.revision into keep_photo.photo_url, keep_photo.revision;
end
$$;

ALTER FUNCTION public.keep_photo(account uuid, name text, digest bytea, bytes bytea, OUT photo_url text, OUT revision bigint) OWNER TO hub_auth;

COMMENT ON FUNCTION public.keep_photo(account uuid, name text, digest bytea, bytes bytea, OUT photo_url text, OUT revision bigint) IS 'Gives a person a photo in the place of the one they have. The same image as that one (by its digest) keeps its name, and nothing changes.';

CREATE FUNCTION public.keep_revision() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  changed jsonb;
begin
  select jsonb_object_agg(field.name, old.revision + 1)
  into changed
  from jsonb_each(to_jsonb(new)) as field (name, value)
  where field.value is distinct from to_jsonb(old) -> field.name
    and field.name not in ('revision', 'field_revisions', 'created_at', 'updated_at')
    and field.name <> all (coalesce(tg_argv, '{}'));

  new.created_at := old.created_at;
  if changed is null then
    new.revision := old.revision;
    new.field_revisions := old.field_revisions;
    new.updated_at := old.updated_at;
  else
    new.revision := old.revision + 1;
    new.field_revisions := old.field_revisions || changed;
    new.updated_at := greatest(now(), old.updated_at);
  end if;
  return new;
end
$$;

ALTER FUNCTION public.keep_revision() OWNER TO hub_owner;

COMMENT ON FUNCTION public.keep_revision() IS 'BEFORE UPDATE trigger: counts the row''s revision up by one where a column really changed, and notes the new revision beside each changed column in field_revisions. An update that changes nothing leaves no trace. Its arguments name columns that do not count.';

CREATE FUNCTION public.keep_signature(tenant uuid, sequence bigint, hash bytea, signed_at timestamp with time zone, key_name text, signature bytea) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  insert into audit_signature (tenant_id, sequence, hash, signed_at, key_name, signature)
  values (
    keep_signature.tenant, keep_signature.sequence, keep_signature.hash,
    keep_signature.signed_at, keep_signature.key_name, keep_signature.signature)
  on conflict do nothing;
  return found;
end
$$;

ALTER FUNCTION public.keep_signature(tenant uuid, sequence bigint, hash bytea, signed_at timestamp with time zone, key_name text, signature bytea) OWNER TO hub_log;

COMMENT ON FUNCTION public.keep_signature(tenant uuid, sequence bigint, hash bytea, signed_at timestamp with time zone, key_name text, signature bytea) IS 'Keeps a signature; false where another server has kept one of this head.';

CREATE FUNCTION public.latest_claims(tenant uuid, field text) RETURNS TABLE(place bigint, source text, value jsonb, reported_at timestamp with time zone)
    LANGUAGE sql STABLE
    AS $$
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

ALTER FUNCTION public.latest_claims(tenant uuid, field text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.latest_claims(tenant uuid, field text) IS 'What each solution says of a field by now and the company can still hold, by the rules of company_check_rules(). Place 1 outranks the others.';

CREATE FUNCTION public.leave_company(session uuid, account uuid, tenant uuid, OUT outcome text, OUT next_tenant uuid) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  delete from membership m
  where m.tenant_id = leave_company.tenant and m.account_id = leave_company.account;
  select s.last_tenant_id into next_tenant from session s
  where s.id = leave_company.session and s.account_id = leave_company.account
    and s.revoked_at is null;
  if not administrator_remains(leave_company.tenant) then
    raise exception 'the last administrator' using errcode = 'HB409';
  end if;
  perform revoke_invitations_of(leave_company.tenant, leave_company.account);
  outcome := 'left';
exception
  when sqlstate 'HB409' then
    outcome := 'last_administrator';
    next_tenant := null;
end
$$;

ALTER FUNCTION public.leave_company(session uuid, account uuid, tenant uuid, OUT outcome text, OUT next_tenant uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.leave_company(session uuid, account uuid, tenant uuid, OUT outcome text, OUT next_tenant uuid) IS 'Ends one''s own membership. Outcomes: left (next_tenant is where the session goes on; null: in no company); last_administrator.';

CREATE FUNCTION public.link_google(session uuid, account uuid, expected_email text, subject text, google_email text, OUT outcome text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  person account;
  held text;
begin
  select a.* into person from account a where a.id = link_google.account for no key update;
  select case when not s.is_live then 'dead_session' when not s.is_fresh then 'not_fresh' end
  into outcome from live_session(link_google.session, link_google.account) as s;
  if outcome is not null then
    return;
  end if;
  if person.email is distinct from expected_email then
    outcome := 'changed';
    return;
  end if;

  insert into account_google (account_id, subject, email)
  values (person.id, link_google.subject, google_email)
  on conflict do nothing;
  if found then
    perform ask_mail(
      'google_linked', person.id, null, jsonb_build_object('google_email', google_email));
    outcome := 'linked';
    return;
  end if;
  select g.subject into held from account_google g where g.account_id = person.id;
  outcome := case
    when held = link_google.subject then 'linked'
    when held is not null then 'other_linked'
    else 'linked_elsewhere'
  end;
end
$$;

ALTER FUNCTION public.link_google(session uuid, account uuid, expected_email text, subject text, google_email text, OUT outcome text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.link_google(session uuid, account uuid, expected_email text, subject text, google_email text, OUT outcome text) IS 'Links the Google account that has just been proved to the person of a session, whose address was found to be Google''s own. Outcomes: linked (also where it was before, which asks for no mail); linked_elsewhere; other_linked (the person has linked another); changed (the address is another one by now); not_fresh (the session''s proof has grown old); dead_session.';

CREATE FUNCTION public.live_session(session uuid, account uuid, OUT is_live boolean, OUT is_fresh boolean) RETURNS record
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  select true, is_fresh(s.authenticated_at) into is_live, is_fresh
  from session s
  where s.id = live_session.session and s.account_id = live_session.account
    and s.revoked_at is null and s.expires_at > now() and s.idle_expires_at > now();
  is_live := coalesce(is_live, false);
  is_fresh := coalesce(is_fresh, false);
end
$$;

ALTER FUNCTION public.live_session(session uuid, account uuid, OUT is_live boolean, OUT is_fresh boolean) OWNER TO hub_auth;

COMMENT ON FUNCTION public.live_session(session uuid, account uuid, OUT is_live boolean, OUT is_fresh boolean) IS 'Whether a session of this account lives, and whether its proof is fresh. Runs with the rights of its caller, which is a function of hub_auth.';

CREATE FUNCTION public.lock_invitations(tenant uuid) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select pg_advisory_xact_lock(hashtextextended('mi-alegra: invitations of ' || tenant, 0))
$$;

ALTER FUNCTION public.lock_invitations(tenant uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.lock_invitations(tenant uuid) IS 'Whoever asks in a company''s name does so one after the other, so that limits hold.';

CREATE FUNCTION public.lock_link(tenant uuid, invitation uuid) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select from one_time_link l
  where l.id = (
    select i.link_id from invitation i
    where i.tenant_id = lock_link.tenant and i.id = lock_link.invitation)
  for no key update
$$;

ALTER FUNCTION public.lock_link(tenant uuid, invitation uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.lock_link(tenant uuid, invitation uuid) IS 'The link of an invitation is always taken before the invitation, as whoever accepts does: so that two who act at once wait for each other. Runs with the rights of its caller, a function of hub_auth.';

CREATE FUNCTION public.logo_bytes(name text) RETURNS bytea
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select l.bytes from company_logo l where l.name = logo_bytes.name limit 1
$$;

ALTER FUNCTION public.logo_bytes(name text) OWNER TO hub_company;

COMMENT ON FUNCTION public.logo_bytes(name text) IS 'The logo of this name; null where there is none (any more). To know the name is the right to see it.';

CREATE FUNCTION public.logo_length(name text) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select length(l.bytes)::text from company_logo l where l.name = logo_length.name limit 1
$$;

ALTER FUNCTION public.logo_length(name text) OWNER TO hub_company;

COMMENT ON FUNCTION public.logo_length(name text) IS 'How many bytes the logo of this name has; null where there is none (any more).';

CREATE FUNCTION public.look_at_link(link uuid, purpose text, OUT address text, OUT account_email text, OUT account_language text) RETURNS record
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select l.address, a.email, a.language
  from one_time_link l
  left join account a on a.id = l.account_id
  where l.id = look_at_link.link and l.purpose = look_at_link.purpose
    and l.used_at is null and l.voided_at is null and l.expires_at > now()
$$;

ALTER FUNCTION public.look_at_link(link uuid, purpose text, OUT address text, OUT account_email text, OUT account_language text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.look_at_link(link uuid, purpose text, OUT address text, OUT account_email text, OUT account_language text) IS 'Whose an open link is, before it is used; nulls where it is unknown, for another purpose, expired, void or used. The address is where it was sent.';

CREATE FUNCTION public.mail_failed(mail uuid, attempt integer, failure text, retry_seconds double precision) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  update mail m
  set failure = left(mail_failed.failure, 500),
      given_up_at = case when mail_failed.retry_seconds is null then now() end,
      next_attempt_at = case when mail_failed.retry_seconds is null then m.next_attempt_at
        else now() + make_interval(secs => mail_failed.retry_seconds) end
  where m.id = mail_failed.mail and m.attempts = mail_failed.attempt
    and m.sent_at is null and m.given_up_at is null
$$;

ALTER FUNCTION public.mail_failed(mail uuid, attempt integer, failure text, retry_seconds double precision) OWNER TO hub_delivery;

COMMENT ON FUNCTION public.mail_failed(mail uuid, attempt integer, failure text, retry_seconds double precision) IS 'The attempt of this number failed: when to try again, or null to give the mail up. Does nothing where somebody else has claimed it since.';

CREATE FUNCTION public.mail_invitation(tenant uuid, invitation uuid, lifetime_seconds integer) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  asked invitation;
  inviter account;
  guest account;
  made uuid;
begin
  select i.* into asked from invitation i
  where i.tenant_id = mail_invitation.tenant and i.id = mail_invitation.invitation;
  select a.* into inviter from account a where a.id = asked.invited_by;
  select a.* into guest from account a where a.email_key = asked.email_key;
  update one_time_link l set voided_at = now()
  where l.id = asked.link_id and l.used_at is null and l.voided_at is null;
  made := make_link(
    'invitation', null, asked.email, make_interval(secs => lifetime_seconds),
    jsonb_build_object(
      'tenant', asked.tenant_id, 'invitation', asked.id, 'inviter', asked.invited_by));
  update invitation i
  set link_id = made,
      invited_at = now(),
      expires_at = now() + make_interval(secs => lifetime_seconds),
      mailed_at = array(
        select at from unnest(i.mailed_at) as at where at > now() - interval '1 day'
        order by at) || now()
  where i.tenant_id = asked.tenant_id and i.id = asked.id;
  insert into mail (kind, account_id, address, name, language, facts, link_id)
  select 'invitation', guest.id, asked.email,
    coalesce(nullif(guest.display_name, ''), guest.first_name, ''),
    case when guest.id is null then mail_language(inviter.language, inviter.country)
      else mail_language(guest.language, guest.country) end,
    jsonb_build_object(
      'company', coalesce(nullif(c.trade_name, ''), c.legal_name),
      'inviter', asked.invited_by_name, 'inviter_email', inviter.email),
    made
  from company c
  where c.tenant_id = asked.tenant_id;
end
$$;

ALTER FUNCTION public.mail_invitation(tenant uuid, invitation uuid, lifetime_seconds integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.mail_invitation(tenant uuid, invitation uuid, lifetime_seconds integer) IS 'Makes the link of an invitation anew, which voids the one before, and asks for the mail: in the language of whoever has the address, or else of the inviter, whose address it carries for where their name is not repeated. Runs with the rights of its caller, a function of hub_auth.';

CREATE FUNCTION public.mail_language(language text, country text) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select case when language = 'es' and country = 'AR' then 'es-AR' else language end
$$;

ALTER FUNCTION public.mail_language(language text, country text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.mail_language(language text, country text) IS 'The language that mails speak with a person: in Argentina Spanish says vos.';

CREATE FUNCTION public.mail_was_sent(mail uuid) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  update mail m set sent_at = now(), given_up_at = null, failure = null
  where m.id = mail_was_sent.mail and m.sent_at is null
$$;

ALTER FUNCTION public.mail_was_sent(mail uuid) OWNER TO hub_delivery;

COMMENT ON FUNCTION public.mail_was_sent(mail uuid) IS 'The mail server took it. Says so of one that another worker claimed meanwhile, too: it is sent.';

CREATE FUNCTION public.mails_asked_for() RETURNS TABLE(kind text, subject text, name text, solution text, solution_name text)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select 'MAIL_SENT', lower(m.address), lower(m.address), null::text, null::text
  from mail m
  where m.created_at = now()
    -- Of the rows that can be seen, only those of this transaction itself are not committed.
    and pg_xact_status((
      pg_current_xact_id()::text::bigint / 4294967296 * 4294967296 + m.xmin::text::bigint
    )::text::xid8) = 'in progress'
$$;

ALTER FUNCTION public.mails_asked_for() OWNER TO hub_auth;

COMMENT ON FUNCTION public.mails_asked_for() IS 'The mails that this transaction has asked for so far, each as a consequence of it: none of anybody else''s. Whether somebody has the address is not told: it is in lower case always.';

CREATE FUNCTION public.make_company(administrator uuid, country_version text, legal_name text) RETURNS uuid
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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

ALTER FUNCTION public.make_company(administrator uuid, country_version text, legal_name text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.make_company(administrator uuid, country_version text, legal_name text) IS 'Makes a company with what its country version starts with, and its first administrator. Runs with the rights of its caller, a function of hub_auth.';

CREATE FUNCTION public.make_integration_token(session uuid, account uuid, tenant uuid, integration text, hash bytea, days integer) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  if not exists (
    select from session s
    where s.id = make_integration_token.session
      and s.account_id = make_integration_token.account and is_fresh(s.authenticated_at))
  then
    raise exception 'a token is made behind a fresh proof alone' using errcode = 'HB403';
  end if;
  -- Behind connect_integration, in its transaction: where that refused, there is nothing new.
  perform from integration_connection c
  where c.tenant_id = make_integration_token.tenant
    and c.integration = make_integration_token.integration and c.connected_at = now();
  if not found then
    return 'not_connected';
  end if;
  perform end_integration_tokens(
    make_integration_token.tenant, make_integration_token.integration);
  insert into api_token (
    tenant_id, name, scopes, hash, created_by, expires_at, integration)
  select make_integration_token.tenant, i.name, i.token_scopes, make_integration_token.hash,
    make_integration_token.account, now() + make_interval(days => days), i.code
  from integration i
  where i.code = make_integration_token.integration and i.token_scopes is not null;
  return case when found then 'made' else 'not_offered' end;
end
$$;

ALTER FUNCTION public.make_integration_token(session uuid, account uuid, tenant uuid, integration text, hash bytea, days integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.make_integration_token(session uuid, account uuid, tenant uuid, integration text, hash bytea, days integer) IS 'Makes the token of an integration that was connected in this transaction, in the place of the one there was, good for so many days. Outcomes: made; not_connected; not_offered: it has none.';

CREATE FUNCTION public.make_launch(session uuid, account uuid, tenant uuid, solution text, return_origin text, code_hash bytea, lifetime_seconds integer, codes_max integer, OUT outcome text, OUT launch_url text, OUT name text) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  if opening_role(make_launch.tenant, make_launch.account, make_launch.solution) is null then
    outcome := case
      when company_has_solution(make_launch.tenant, make_launch.solution) then 'role_opens_not'
      else 'solution_not_found'
    end;
    return;
  end if;
  select s.launch_url, coalesce(n.names->>a.language, n.names->>'es')
  into make_launch.launch_url, make_launch.name
  from solution s
  join membership m
    on m.tenant_id = make_launch.tenant and m.account_id = make_launch.account
  join account a on a.id = m.account_id
  join country_solution n on n.solution = s.code and n.country_version = m.country_version
  where s.code = make_launch.solution;
  if return_origin <> substring(make_launch.launch_url from '^https://[^/]+') then
    outcome := 'return_refused';
    return;
  end if;
  if (
    select count(*) from launch_code c
    where c.tenant_id = make_launch.tenant and c.session_id = make_launch.session
      and c.expires_at > now()) >= codes_max
  then
    outcome := 'too_many';
    return;
  end if;
  insert into launch_code (tenant_id, hash, account_id, session_id, solution, expires_at)
  values (
    make_launch.tenant, code_hash, make_launch.account, make_launch.session,
    make_launch.solution, now() + make_interval(secs => lifetime_seconds));
  outcome := 'made';
end
$$;

ALTER FUNCTION public.make_launch(session uuid, account uuid, tenant uuid, solution text, return_origin text, code_hash bytea, lifetime_seconds integer, codes_max integer, OUT outcome text, OUT launch_url text, OUT name text) OWNER TO hub_service;

COMMENT ON FUNCTION public.make_launch(session uuid, account uuid, tenant uuid, solution text, return_origin text, code_hash bytea, lifetime_seconds integer, codes_max integer, OUT outcome text, OUT launch_url text, OUT name text) IS 'Keeps the code by which a member''s session is handed to a solution. return_origin, null or such as https://pos.example.com, has to be the solution''s own. Outcomes: made (launch_url, name); solution_not_found (the company does not use it); role_opens_not; return_refused; too_many (codes_max of this session are open). To be called behind app_guard().';

CREATE FUNCTION public.make_link(purpose text, account uuid, address text, lifetime interval, facts jsonb DEFAULT '{}'::jsonb) RETURNS uuid
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  made uuid;
begin
  if make_link.account is not null then
    update one_time_link l set voided_at = now()
    where l.account_id = make_link.account and l.purpose = make_link.purpose
      and l.used_at is null and l.voided_at is null;
  end if;
  insert into one_time_link (purpose, account_id, address, facts, expires_at)
  values (
    make_link.purpose, make_link.account, make_link.address, make_link.facts,
    now() + make_link.lifetime)
  returning id into made;
  return made;
end
$$;

ALTER FUNCTION public.make_link(purpose text, account uuid, address text, lifetime interval, facts jsonb) OWNER TO hub_auth;

COMMENT ON FUNCTION public.make_link(purpose text, account uuid, address text, lifetime interval, facts jsonb) IS 'Makes a link for one purpose; open ones of the same purpose and account become void. Runs with the rights of its caller, which is a function of hub_auth.';

CREATE FUNCTION public.make_person(email text, password_hash text, first_name text, last_name text, country text, language text) RETURNS uuid
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  insert into account (
    email, password_hash, password_changed_at, first_name, last_name, country, language)
  values (
    make_person.email, make_person.password_hash,
    case when make_person.password_hash is not null then now() end, make_person.first_name,
    make_person.last_name, make_person.country, make_person.language)
  returning id
$$;

ALTER FUNCTION public.make_person(email text, password_hash text, first_name text, last_name text, country text, language text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.make_person(email text, password_hash text, first_name text, last_name text, country text, language text) IS 'Makes a person whose address has proved to be theirs; the password''s hash may be null. An address that somebody has is a unique violation. Runs with the rights of its caller, a function of hub_auth.';

CREATE FUNCTION public.masked_email(email text) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$ select left(email, 1) || '***@' || split_part(email, '@', 2) $$;

ALTER FUNCTION public.masked_email(email text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.masked_email(email text) IS 'An address by which its owner knows it again and nobody else learns it: its first character and its domain, such as a***@example.com.';

CREATE FUNCTION public.may_connect(tenant uuid, account uuid, integration text, tax_id text, OUT outcome text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select case
    when not exists (
      select from integrations_of(may_connect.tenant, may_connect.account) o
      where o.integration = may_connect.integration and o.is_offered) then 'not_available'
    when may_connect.tax_id is not null and not has_tax_id(may_connect.tenant, may_connect.tax_id)
      then 'tax_id_mismatch'
    else 'allowed'
  end
$$;

ALTER FUNCTION public.may_connect(tenant uuid, account uuid, integration text, tax_id text, OUT outcome text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.may_connect(tenant uuid, account uuid, integration text, tax_id text, OUT outcome text) IS 'Whether a company may have an integration, with an account there of this tax number (null: of no matter which): allowed, not_available or tax_id_mismatch. Runs with the rights of its caller.';

CREATE FUNCTION public.membership_end_sessions() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  next_tenant uuid;
begin
  select m.tenant_id into next_tenant
  from membership m
  where m.account_id = old.account_id
  order by m.company_name, m.tenant_id
  limit 1;
  update session s set last_tenant_id = next_tenant
  where s.account_id = old.account_id and s.last_tenant_id = old.tenant_id
    and s.revoked_at is null;
  update account a set last_tenant_id = next_tenant
  where a.id = old.account_id and a.last_tenant_id = old.tenant_id;
  return null;
end
$$;

ALTER FUNCTION public.membership_end_sessions() OWNER TO hub_auth;

COMMENT ON FUNCTION public.membership_end_sessions() IS 'Trigger: the sessions that a person has in a company they no longer belong to go on in another of their companies with the next refresh, or in none.';

CREATE FUNCTION public.membership_keep_administrator() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  -- A company that goes takes its administrators with it.
  perform from company c where c.tenant_id = old.tenant_id;
  if found and not administrator_remains(old.tenant_id) then
    raise exception 'the company % would be left without an administrator', old.tenant_id
      using errcode = 'HB409', table = 'membership', column = 'role',
        constraint = 'membership_keep_administrator',
        hint = 'Make somebody else its administrator first, in the same transaction if you like.';
  end if;
  return null;
end
$$;

ALTER FUNCTION public.membership_keep_administrator() OWNER TO hub_auth;

COMMENT ON FUNCTION public.membership_keep_administrator() IS 'Constraint trigger, looked at when the transaction commits: a company always has an administrator, whoever changes roles or takes people away, in psql too (HB409).';

CREATE FUNCTION public.membership_role_in_plan() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  -- What the row says by now counts, and one that is gone says nothing.
  perform from membership m
  where m.tenant_id = new.tenant_id and m.account_id = new.account_id
    and m.role <> all (roles_allowed(m.tenant_id, null));
  if found then
    raise exception 'no plan of the company % allows the role %', new.tenant_id, new.role
      using errcode = 'HB409', table = 'membership', column = 'role',
        constraint = 'membership_role_in_plan';
  end if;
  return null;
end
$$;

ALTER FUNCTION public.membership_role_in_plan() OWNER TO hub_auth;

COMMENT ON FUNCTION public.membership_role_in_plan() IS 'Constraint trigger, looked at when the transaction commits: a role is given only where a plan of the company allows it, in psql too (HB409).';

CREATE FUNCTION public.membership_take_copies() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  select c.country_version, coalesce(nullif(c.trade_name, ''), c.legal_name)
  into new.country_version, new.company_name
  from company c
  where c.tenant_id = new.tenant_id;

  select coalesce(nullif(a.display_name, ''), btrim(a.first_name || ' ' || a.last_name)), a.email
  into new.display_name, new.email
  from account a
  where a.id = new.account_id;
  return new;
end
$$;

ALTER FUNCTION public.membership_take_copies() OWNER TO hub_auth;

COMMENT ON FUNCTION public.membership_take_copies() IS 'Trigger: a new membership takes what each side shows the other, and the country version.';

CREATE TABLE public.country_version (
    code text NOT NULL,
    "position" smallint NOT NULL,
    names public.texts NOT NULL,
    currency_code text NOT NULL,
    timezone text NOT NULL,
    phone_code text,
    decimal_precision_default smallint NOT NULL,
    decimal_precision_max smallint NOT NULL,
    CONSTRAINT country_version_check CHECK (((decimal_precision_default >= 0) AND (decimal_precision_default <= decimal_precision_max))),
    CONSTRAINT country_version_code_check CHECK ((code ~ '^([A-Z]{2}|INTL)$'::text)),
    CONSTRAINT country_version_decimal_precision_max_check CHECK (((decimal_precision_max >= 0) AND (decimal_precision_max <= 6))),
    CONSTRAINT country_version_phone_code_check CHECK ((phone_code ~ '^[1-9][0-9]{0,2}$'::text))
);

ALTER TABLE public.country_version OWNER TO hub_owner;

COMMENT ON TABLE public.country_version IS 'The versions of the suite. A company runs in one, which decides the form, the tax rules and what is offered.';

COMMENT ON COLUMN public.country_version.code IS 'ISO 3166-1 alpha-2, or INTL for the international one.';

COMMENT ON COLUMN public.country_version."position" IS 'The order in which it is offered.';

COMMENT ON COLUMN public.country_version.names IS 'What the version is called.';

COMMENT ON COLUMN public.country_version.currency_code IS 'The currency that a new company starts with.';

COMMENT ON COLUMN public.country_version.timezone IS 'The IANA time zone that a new company starts with.';

COMMENT ON COLUMN public.country_version.phone_code IS 'The digits behind + in telephone numbers (E.164).';

COMMENT ON COLUMN public.country_version.decimal_precision_default IS 'What a new company starts with.';

COMMENT ON COLUMN public.country_version.decimal_precision_max IS 'How many decimals a company may choose at most: two in México, as its tax authority wants it.';

CREATE FUNCTION public.move_company(company public.company, version public.country_version) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
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
$_$;

ALTER FUNCTION public.move_company(company public.company, version public.country_version) OWNER TO hub_owner;

COMMENT ON FUNCTION public.move_company(company public.company, version public.country_version) IS 'Writes another country version into a company''s row, with what comes and goes with it. A field that is emptied by it, or gets what the version begins with, waits for a solution''s claim or a person''s word, as if the company were new.';

CREATE FUNCTION public.my_webhook(tenant uuid, token uuid, webhook uuid) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  perform from webhook w
  where w.tenant_id = my_webhook.tenant and w.id = my_webhook.webhook
    and (my_webhook.token is null or w.api_token = my_webhook.token)
  for no key update;
  return found;
end
$$;

ALTER FUNCTION public.my_webhook(tenant uuid, token uuid, webhook uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.my_webhook(tenant uuid, token uuid, webhook uuid) IS 'Whether there is such a webhook for whoever asks, a person or a token; it is held.';

CREATE FUNCTION public.named_check_characters(algorithm text, body text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
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
$_$;

ALTER FUNCTION public.named_check_characters(algorithm text, body text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.named_check_characters(algorithm text, body text) IS 'As tax_check_characters, by a rule that has a name.';

CREATE FUNCTION public.note_api_tokens_used(tenants uuid[], tokens uuid[], seconds_ago integer[]) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  -- A row that somebody holds is in use, or being ended: nobody waits for this note.
  with free as (
    select t.tenant_id, t.id, now() - make_interval(secs => used.seconds_ago) as used_at
    from unnest(
      note_api_tokens_used.tenants, note_api_tokens_used.tokens,
      note_api_tokens_used.seconds_ago) as used (tenant, token, seconds_ago)
    join api_token t on t.tenant_id = used.tenant and t.id = used.token
    where t.revoked_at is null
    for no key update of t skip locked
  ), noted as (
    update api_token t set last_used_at = free.used_at
    from free
    where t.tenant_id = free.tenant_id and t.id = free.id
      and (t.last_used_at is null or t.last_used_at < free.used_at)
    returning 1
  )
  select count(*)::integer from noted
$$;

ALTER FUNCTION public.note_api_tokens_used(tenants uuid[], tokens uuid[], seconds_ago integer[]) OWNER TO hub_auth;

COMMENT ON FUNCTION public.note_api_tokens_used(tenants uuid[], tokens uuid[], seconds_ago integer[]) IS 'Writes down when tokens were last used, each so many seconds ago by the server''s count; how many were older. What was noted later stays.';

CREATE FUNCTION public.note_check(tenant uuid, integration text, checked bytea, failure text, tax_id text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  found_failure text := failure;
begin
  if tenant is distinct from nullif(current_setting('app.tenant_id', true), '')::uuid then
    raise exception 'the connections of a company are for its own requests'
      using errcode = 'HB403';
  end if;
  if found_failure is null and tax_id is not null and not has_tax_id(tenant, tax_id) then
    found_failure := 'TAX_ID_CHANGED';
  end if;
  update integration_connection c
  set state = case when found_failure is null then 'CONNECTED' else 'ERROR' end,
      failure = found_failure, checked_at = now()
  where c.tenant_id = note_check.tenant and c.integration = note_check.integration
    and c.sealed_credentials is not distinct from note_check.checked;
  return case when found then 'checked' else 'changed' end;
end
$$;

ALTER FUNCTION public.note_check(tenant uuid, integration text, checked bytea, failure text, tax_id text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.note_check(tenant uuid, integration text, checked bytea, failure text, tax_id text) IS 'Writes down what verifying a connection again came to; null: good, where the tax number of the account there (null: no matter) is the company''s own. Outcomes: checked; changed (there are other credentials by now, or none, and nothing is said of those). Only for the company that the transaction is for (app.tenant_id).';

CREATE FUNCTION public.note_event_actor() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  person constant text := to_jsonb(new) ->> tg_argv[0];
begin
  if person is not null and coalesce(current_setting('app.actor', true), '') = '' and is_server()
  then
    perform set_config('app.actor', 'account:' || person, true);
  end if;
  return null;
end
$$;

ALTER FUNCTION public.note_event_actor() OWNER TO hub_log;

COMMENT ON FUNCTION public.note_event_actor() IS 'Trigger: where the server acts for nobody who is signed in, it acts for whoever holds a link or a proof that is theirs: the person whose row changes, in the column that its argument names.';

CREATE FUNCTION public.note_event_companies() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  perform note_tenant('app.event_tenants', m.tenant_id)
  from membership m where m.account_id = new.id;
  return null;
end
$$;

ALTER FUNCTION public.note_event_companies() OWNER TO hub_log;

COMMENT ON FUNCTION public.note_event_companies() IS 'Trigger: notes the companies of a person whose profile changes, for take_event_heads().';

CREATE FUNCTION public.note_event_tenant() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  perform note_tenant('app.event_tenants', new.tenant_id);
  if old.tenant_id is distinct from new.tenant_id then
    perform note_tenant('app.event_tenants', old.tenant_id);
  end if;
  if tg_table_name = 'company_solution' then
    perform note_tenant('app.event_solutions', coalesce(new.tenant_id, old.tenant_id));
  elsif tg_table_name = 'membership' then
    if old.role = 'administrator' then
      perform note_tenant('app.event_administrators', old.tenant_id);
    end if;
  end if;
  return null;
end
$$;

ALTER FUNCTION public.note_event_tenant() OWNER TO hub_log;

COMMENT ON FUNCTION public.note_event_tenant() IS 'Trigger: notes whose data a transaction has touched, for take_event_heads().';

CREATE FUNCTION public.note_operator_act() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  perform note_tenant('app.event_tenants', new.about_tenant_id);
  return null;
end
$$;

ALTER FUNCTION public.note_operator_act() OWNER TO hub_log;

COMMENT ON FUNCTION public.note_operator_act() IS 'Trigger: notes whose log is written at commit, for take_event_heads().';

CREATE FUNCTION public.note_sessions_seen(sessions uuid[], seconds_ago integer[]) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  -- A row that somebody holds is being ended or refreshed, which says more than this does: nobody
  -- waits for a read that was noted.
  with free as (
    select s.id, now() - make_interval(secs => seen.seconds_ago) as seen_at
    from unnest(note_sessions_seen.sessions, note_sessions_seen.seconds_ago)
      as seen (session, seconds_ago)
    join session s on s.id = seen.session
    where s.revoked_at is null
    for no key update of s skip locked
  ), noted as (
    update session s set last_seen_at = free.seen_at
    from free
    where s.id = free.id and s.last_seen_at < free.seen_at
    returning 1
  )
  select count(*)::integer from noted
$$;

ALTER FUNCTION public.note_sessions_seen(sessions uuid[], seconds_ago integer[]) OWNER TO hub_auth;

COMMENT ON FUNCTION public.note_sessions_seen(sessions uuid[], seconds_ago integer[]) IS 'Writes down when sessions were last used, each so many seconds ago by the server''s count; how many were older. What was seen later stays, and a session that was ended stays as it was.';

CREATE FUNCTION public.note_tenant(setting text, tenant uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  noted constant text := coalesce(current_setting(setting, true), '');
begin
  if tenant is not null and strpos(noted, tenant::text) = 0 then
    perform set_config(setting, concat_ws(',', nullif(noted, ''), tenant), true);
  end if;
end
$$;

ALTER FUNCTION public.note_tenant(setting text, tenant uuid) OWNER TO hub_log;

COMMENT ON FUNCTION public.note_tenant(setting text, tenant uuid) IS 'Adds a tenant to a list in a setting of the transaction.';

CREATE FUNCTION public.obstacles_of_people(tenant uuid, solution text, plan_before text, plan_after text) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select coalesce(jsonb_agg(to_jsonb(l)), '[]')
  from roles_lost(
    obstacles_of_people.tenant, obstacles_of_people.solution, obstacles_of_people.plan_before,
    obstacles_of_people.plan_after) as l
$$;

ALTER FUNCTION public.obstacles_of_people(tenant uuid, solution text, plan_before text, plan_after text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.obstacles_of_people(tenant uuid, solution text, plan_before text, plan_after text) IS 'Whose role stands in the way of a change of plan, as the hub tells them: kind, id, name, role. Runs with the rights of its caller.';

CREATE FUNCTION public.obstacles_of_solutions(country_version text, language text, solutions text[]) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select coalesce(
    jsonb_agg(
      jsonb_build_object(
        'kind', 'SOLUTION', 'id', s.code, 'role', null,
        'name', coalesce(c.names ->> obstacles_of_solutions.language, c.names ->> 'es', s.code))
      order by s.position),
    '[]')
  from solution s
  left join country_solution c on c.solution = s.code
    and c.country_version = obstacles_of_solutions.country_version
  where s.code = any (obstacles_of_solutions.solutions)
$$;

ALTER FUNCTION public.obstacles_of_solutions(country_version text, language text, solutions text[]) OWNER TO hub_owner;

COMMENT ON FUNCTION public.obstacles_of_solutions(country_version text, language text, solutions text[]) IS 'Solutions that stand in the way of a change, as the hub tells them: kind, id, name, role.';

CREATE FUNCTION public.open_tenant_people(tenant uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  opened refcursor := 'tenant_rows';
begin
  open opened for
    select row_to_json(person)::text
    from (
      select a.id, a.email, a.first_name, a.last_name, a.display_name, a.country, a.language
      from account a
      where a.id in (select tenant_people(open_tenant_people.tenant))
      order by a.email_key collate "C"
    ) as person;
end
$$;

ALTER FUNCTION public.open_tenant_people(tenant uuid) OWNER TO hub_owner;

COMMENT ON FUNCTION public.open_tenant_people(tenant uuid) IS 'Opens the cursor tenant_rows over the people of a company, as an import needs them: no hash, no session, no second factor, no Google account.';

CREATE FUNCTION public.open_tenant_rows(tenant uuid, name text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
declare
  opened refcursor := 'tenant_rows';
  exported regclass;
  columns text;
  keys text;
begin
  select t.relation into strict exported
  from tenant_tables() t where t.name = open_tenant_rows.name and not t.is_redacted;
  select string_agg(
    format(
      case when c.is_bytes then 'translate(encode(t.%1$I, ''base64''), E''\n'', '''') as %1$I'
        else 't.%I' end,
      c.name),
    ', ' order by c.place)
  into columns
  from tenant_columns(exported) c
  where not c.is_redacted;
  select string_agg(
    format('t.%I', a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end,
    ', ' order by k.place)
  into keys
  from pg_index i
  cross join unnest(i.indkey) with ordinality as k (attnum, place)
  join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
  where i.indrelid = exported and i.indisprimary;
  open opened for execute format(
    'select row_to_json(r)::text from (select %s from %s t where t.tenant_id = $1 order by %s) r',
    columns, exported, keys) using tenant;
end
$_$;

ALTER FUNCTION public.open_tenant_rows(tenant uuid, name text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.open_tenant_rows(tenant uuid, name text) IS 'Opens the cursor tenant_rows over a company''s rows of one table, by its primary key, as JSON: bytes in base64, without what is redacted or computed from the rest.';

CREATE FUNCTION public.open_to_operators(relation regclass) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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

ALTER FUNCTION public.open_to_operators(relation regclass) OWNER TO hub_owner;

COMMENT ON FUNCTION public.open_to_operators(relation regclass) IS 'Lets hub_ops_tenant see all of a table, and delete a company''s rows: called by the migration that makes the table, for its owner.';

CREATE FUNCTION public.opening_role(tenant uuid, account uuid, solution text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select coalesce(r.role, m.role)
  from membership m
  join company_solution s
    on s.tenant_id = m.tenant_id and s.solution = opening_role.solution
  left join solution_role r
    on r.tenant_id = m.tenant_id and r.account_id = m.account_id and r.solution = s.solution
  where m.tenant_id = opening_role.tenant and m.account_id = opening_role.account
    and s.state in ('TRIAL', 'ACTIVE', 'READ_ONLY')
    and (r.role is not null or exists (
      select from role_solution o where o.role = m.role and o.solution = s.solution))
$$;

ALTER FUNCTION public.opening_role(tenant uuid, account uuid, solution text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.opening_role(tenant uuid, account uuid, solution text) IS 'The role that a member has in one of the company''s solutions; null where they may not open it, or the company does not use it. Runs with the rights of its caller.';

CREATE FUNCTION public.outbox_state(OUT waiting bigint, OUT waiting_since timestamp with time zone, OUT given_up bigint, OUT given_up_at timestamp with time zone, OUT failure text) RETURNS record
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select w.waiting, w.waiting_since, g.given_up, last.given_up_at, last.failure
  from (
    select count(*), min(m.created_at) from mail m
    where m.sent_at is null and m.given_up_at is null) as w (waiting, waiting_since)
  cross join (select count(*) from mail m where m.given_up_at is not null) as g (given_up)
  left join (
    select m.given_up_at, m.failure from mail m
    where m.given_up_at is not null
    order by m.given_up_at desc
    limit 1) as last on true
$$;

ALTER FUNCTION public.outbox_state(OUT waiting bigint, OUT waiting_since timestamp with time zone, OUT given_up bigint, OUT given_up_at timestamp with time zone, OUT failure text) OWNER TO hub_delivery;

COMMENT ON FUNCTION public.outbox_state(OUT waiting bigint, OUT waiting_since timestamp with time zone, OUT given_up bigint, OUT given_up_at timestamp with time zone, OUT failure text) IS 'How many mails are still to be sent and since when the oldest of them waits, how many were given up, and of what the last one failed.';

CREATE FUNCTION public.password_of_account(account uuid, OUT password_hash text) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select a.password_hash
  from (values (password_of_account.account)) as wanted (id)
  left join account a on a.id = wanted.id
$$;

ALTER FUNCTION public.password_of_account(account uuid, OUT password_hash text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.password_of_account(account uuid, OUT password_hash text) IS 'The hash to verify a signed-in person''s password against; null where they have none. Count the guess in the same batch.';

CREATE FUNCTION public.photo_bytes(name text) RETURNS bytea
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select p.bytes from photo p where p.name = photo_bytes.name
$$;

ALTER FUNCTION public.photo_bytes(name text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.photo_bytes(name text) IS 'The photo of this name; null where there is none (any more). To know the name is the right to see it.';

CREATE FUNCTION public.photo_length(name text) RETURNS text
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select length(p.bytes)::text from photo p where p.name = photo_length.name
$$;

ALTER FUNCTION public.photo_length(name text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.photo_length(name text) IS 'How many bytes the photo of this name has; null where there is none (any more).';

CREATE FUNCTION public.purge_api_tokens(over_seconds double precision, rows_max integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
declare
  removed integer;
begin
  perform set_config('app.actor', 'job:housekeeping', true);
  delete from api_token t
  where (t.tenant_id, t.id) in (
    select old.tenant_id, old.id from api_token old
    where least(old.revoked_at, old.expires_at) < now() - make_interval(secs => over_seconds)
    order by least(old.revoked_at, old.expires_at)
    limit rows_max
    for update skip locked);
  get diagnostics removed = row_count;
  return removed;
end
$$;

ALTER FUNCTION public.purge_api_tokens(over_seconds double precision, rows_max integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.purge_api_tokens(over_seconds double precision, rows_max integer) IS 'Removes tokens that have been over for so long, so many of them; how many.';

CREATE FUNCTION public.purge_challenges(rows_max integer) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  with old as (
    select c.hash from sign_in_challenge c
    where c.expires_at < now()
    limit purge_challenges.rows_max
    for update skip locked),
  removed as (delete from sign_in_challenge c using old where c.hash = old.hash returning 1)
  select count(*)::integer from removed
$$;

ALTER FUNCTION public.purge_challenges(rows_max integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.purge_challenges(rows_max integer) IS 'Removes sign-ins whose second factor did not come in time, and those that were completed, once their time is over; how many.';

CREATE FUNCTION public.purge_deliveries(kept_seconds double precision, rows_max integer) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
  with old as (
    select d.tenant_id, d.webhook_id, d.id from webhook_delivery d
    where d.ended_at < now() - make_interval(secs => kept_seconds)
    order by d.ended_at
    limit rows_max
    for update skip locked),
  removed as (
    delete from webhook_delivery d using old
    where d.tenant_id = old.tenant_id and d.webhook_id = old.webhook_id and d.id = old.id
    returning 1)
  select count(*)::integer from removed
$$;

ALTER FUNCTION public.purge_deliveries(kept_seconds double precision, rows_max integer) OWNER TO hub_delivery;

COMMENT ON FUNCTION public.purge_deliveries(kept_seconds double precision, rows_max integer) IS 'Removes deliveries that have been at their end for so long, so many of them; how many.';

CREATE FUNCTION public.purge_events(kept_seconds double precision, rows_max integer) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  with old as (
    select e.tenant_id, e.sequence from event e
    where (e.changes is not null or e.actor_salt is not null)
      and e.at < now() - make_interval(secs => purge_events.kept_seconds)
    order by e.at
    limit purge_events.rows_max
    for update skip locked),
  emptied as (
    update event e
    set changes = null, changes_salt = null, actor_name = null, actor_salt = null
    from old
    where e.tenant_id = old.tenant_id and e.sequence = old.sequence
    returning 1),
  forgotten as (
    delete from account_event a
    where (a.account_id, a.id) in (
      select o.account_id, o.id from account_event o
      where o.at < now() - make_interval(secs => purge_events.kept_seconds)
      limit purge_events.rows_max
      for update skip locked)
    returning 1),
  acts as (
    delete from operator_act a
    where a.id in (
      select o.id from operator_act o
      where o.at < now() - make_interval(secs => purge_events.kept_seconds)
      limit purge_events.rows_max
      for update skip locked)
    returning 1)
  select (select count(*) from emptied)::integer + (select count(*) from forgotten)::integer
    + (select count(*) from acts)::integer
$$;

ALTER FUNCTION public.purge_events(kept_seconds double precision, rows_max integer) OWNER TO hub_log;

COMMENT ON FUNCTION public.purge_events(kept_seconds double precision, rows_max integer) IS 'Takes changes and names out of events older than these seconds, and removes what is as old from the logs of accounts and of operators'' acts; of how many. Call it again where as many as rows_max were found.';

CREATE FUNCTION public.purge_guesses(rows_max integer) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  with old as (
    select g.email_hash, g.client from sign_in_guess g
    where g.full_at < now()
    limit purge_guesses.rows_max
    for update skip locked),
  removed as (
    delete from sign_in_guess g using old
    where g.email_hash = old.email_hash and g.client = old.client
    returning 1)
  select count(*)::integer from removed
$$;

ALTER FUNCTION public.purge_guesses(rows_max integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.purge_guesses(rows_max integer) IS 'Removes buckets of guesses that are full again, which a bucket without a row is as well; how many. Call it again where as many as rows_max were removed.';

CREATE FUNCTION public.purge_journeys(rows_max integer) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  with old as (
    select f.hash from google_flow f
    where f.expires_at < now()
    limit purge_journeys.rows_max
    for update skip locked),
  removed as (delete from google_flow f using old where f.hash = old.hash returning 1)
  select count(*)::integer from removed
$$;

ALTER FUNCTION public.purge_journeys(rows_max integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.purge_journeys(rows_max integer) IS 'Removes journeys to Google that did not come back in time; how many.';

CREATE FUNCTION public.purge_kept_answers(kept_seconds double precision, rows_max integer) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
  with old as (
    select k.tenant_id, k.actor, k.key_digest, k.field from kept_answer k
    where k.kept_at < now() - make_interval(secs => kept_seconds)
    order by k.kept_at
    limit rows_max
    for update skip locked),
  removed as (
    delete from kept_answer k using old
    where k.tenant_id = old.tenant_id and k.actor = old.actor
      and k.key_digest = old.key_digest and k.field = old.field
    returning 1)
  select count(*)::integer from removed
$$;

ALTER FUNCTION public.purge_kept_answers(kept_seconds double precision, rows_max integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.purge_kept_answers(kept_seconds double precision, rows_max integer) IS 'Removes answers that were kept for so long, so many of them; how many.';

CREATE FUNCTION public.purge_launch_codes(rows_max integer) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  with old as (
    select c.tenant_id, c.hash from launch_code c
    where c.expires_at < now()
    limit purge_launch_codes.rows_max
    for update skip locked),
  removed as (
    delete from launch_code c using old
    where c.tenant_id = old.tenant_id and c.hash = old.hash
    returning 1)
  select count(*)::integer from removed
$$;

ALTER FUNCTION public.purge_launch_codes(rows_max integer) OWNER TO hub_service;

COMMENT ON FUNCTION public.purge_launch_codes(rows_max integer) IS 'Removes codes of launches whose minute is over; how many. Call it again where as many as rows_max were removed.';

CREATE FUNCTION public.purge_link_requests(kept_seconds double precision, rows_max integer) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  with old as (
    select r.address_hash from link_request r
    where r.window_started_at < now() - make_interval(secs => purge_link_requests.kept_seconds)
    limit purge_link_requests.rows_max
    for update skip locked),
  removed as (
    delete from link_request r using old where r.address_hash = old.address_hash returning 1)
  select count(*)::integer from removed
$$;

ALTER FUNCTION public.purge_link_requests(kept_seconds double precision, rows_max integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.purge_link_requests(kept_seconds double precision, rows_max integer) IS 'Removes counts of requests for mails that began longer ago than these seconds, which have to be more than the window they are counted in; how many.';

CREATE FUNCTION public.purge_links(expired_seconds double precision, rows_max integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
declare
  removed integer;
begin
  delete from one_time_link l
  where l.id = any (array(
    select old.id from one_time_link old
    where old.expires_at < now() - make_interval(secs => expired_seconds)
      and not exists (select from mail m where m.link_id = old.id)
    limit rows_max
    for update of old skip locked));
  get diagnostics removed = row_count;
  return removed;
end
$$;

ALTER FUNCTION public.purge_links(expired_seconds double precision, rows_max integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.purge_links(expired_seconds double precision, rows_max integer) IS 'Removes links that expired longer ago than these seconds, used and void ones too, once no mail carries them; how many. A mail that is still to be sent needs its link, and one that is kept tells by it whose invitation it was.';

CREATE FUNCTION public.purge_mails(sent_seconds double precision, given_up_seconds double precision, rows_max integer) RETURNS integer
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  with old as (
    select m.id from mail m
    where (m.sent_at is not null or m.given_up_at is not null)
      and coalesce(m.sent_at, m.given_up_at) < now() - make_interval(
        secs => least(purge_mails.sent_seconds, purge_mails.given_up_seconds))
      and (m.sent_at < now() - make_interval(secs => purge_mails.sent_seconds)
        or m.given_up_at < now() - make_interval(secs => purge_mails.given_up_seconds))
    limit purge_mails.rows_max
    for update skip locked),
  removed as (delete from mail m using old where m.id = old.id returning 1)
  select count(*)::integer from removed
$$;

ALTER FUNCTION public.purge_mails(sent_seconds double precision, given_up_seconds double precision, rows_max integer) OWNER TO hub_delivery;

COMMENT ON FUNCTION public.purge_mails(sent_seconds double precision, given_up_seconds double precision, rows_max integer) IS 'Removes mails that were sent, or given up, longer ago than these seconds; how many. Call it again where as many as rows_max were removed.';

CREATE FUNCTION public.purge_refresh_tokens(ended_seconds double precision, rows_max integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
declare
  removed integer;
begin
  delete from refresh_token t
  where t.hash = any (array(
    select old.hash from session s
    join refresh_token old on old.session_id = s.id
    where greatest(s.kept_at, least(s.revoked_at, s.idle_expires_at))
      < now() - make_interval(secs => ended_seconds)
    limit rows_max
    for update of old skip locked));
  get diagnostics removed = row_count;
  return removed;
end
$$;

ALTER FUNCTION public.purge_refresh_tokens(ended_seconds double precision, rows_max integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.purge_refresh_tokens(ended_seconds double precision, rows_max integer) IS 'Removes the refresh tokens of sessions that ended longer ago than these seconds; how many. While a session may live all its tokens stay, the used ones too: a used one that comes again is how a theft is noticed.';

CREATE FUNCTION public.purge_sessions(ended_seconds double precision, device_seconds double precision, network_seconds double precision, rows_max integer, OUT removed integer, OUT looked_at integer) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET plan_cache_mode TO 'force_custom_plan'
    AS $$
declare
  due uuid[];
begin
  -- Tokens before sessions, as whoever goes on with one takes them: one that still has any waits
  -- until they are removed, so that it takes no thousands of them along.
  select coalesce(array_agg(found.id), '{}') into due
  from (
    select s.id from session s
    where greatest(s.kept_at, least(s.revoked_at, s.idle_expires_at))
        < now() - make_interval(secs => ended_seconds)
      and not exists (select from refresh_token t where t.session_id = s.id)
    limit rows_max
    for update of s skip locked) as found;
  looked_at := cardinality(due);

  delete from session s
  where s.id = any (due)
    -- Its device is known by a later one, or was not seen for so long that it is no longer known;
    -- but where no session is left at all, a sign-in from a new device would be taken for the
    -- first one ever, of which nobody is told.
    and exists (
      select from session later
      where later.account_id = s.account_id
        and (later.created_at, later.id) > (s.created_at, s.id)
        and (later.device = s.device
          or least(s.revoked_at, s.idle_expires_at)
            < now() - make_interval(secs => device_seconds)))
    -- And so is its network.
    and (s.address_range = ''
      or s.created_at < now() - make_interval(secs => network_seconds)
      or exists (
        select from session later
        where later.account_id = s.account_id and later.address_range = s.address_range
          and (later.created_at, later.id) > (s.created_at, s.id)));
  get diagnostics removed = row_count;

  update session s set kept_at = now() where s.id = any (due);
end
$$;

ALTER FUNCTION public.purge_sessions(ended_seconds double precision, device_seconds double precision, network_seconds double precision, rows_max integer, OUT removed integer, OUT looked_at integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.purge_sessions(ended_seconds double precision, device_seconds double precision, network_seconds double precision, rows_max integer, OUT removed integer, OUT looked_at integer) IS 'Removes sessions that ended longer ago than ended_seconds, but for those by which a sign-in is known not to be a stranger''s: the last one of each device, until device_seconds after its end, and of each network that was signed in from within network_seconds. The last of each account stays. What stays is looked at again after ended_seconds. Call purge_refresh_tokens before it, and it again where looked_at is rows_max.';

CREATE FUNCTION public.read_import() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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

ALTER FUNCTION public.read_import() OWNER TO hub_owner;

COMMENT ON FUNCTION public.read_import() IS 'Reads each row of the document as JSON that can be stored.';

CREATE FUNCTION public.reader_account() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ select nullif(current_setting('app.account_id', true), '')::uuid $$;

ALTER FUNCTION public.reader_account() OWNER TO hub_owner;

COMMENT ON FUNCTION public.reader_account() IS 'The account of whoever reads; null: no person, but a partner''s program.';

CREATE FUNCTION public.reader_language() RETURNS text
    LANGUAGE sql STABLE
    AS $$
  select coalesce(
    (select a.language from account a where a.id = (select reader_account())),
    nullif(current_setting('app.language', true), ''), 'es')
$$;

ALTER FUNCTION public.reader_language() OWNER TO hub_owner;

COMMENT ON FUNCTION public.reader_language() IS 'The language of whoever reads: the person''s, or for a partner''s program the one that its request asked for (app.language).';

CREATE FUNCTION public.reader_token() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ select nullif(current_setting('app.token_id', true), '')::uuid $$;

ALTER FUNCTION public.reader_token() OWNER TO hub_owner;

COMMENT ON FUNCTION public.reader_token() IS 'The API token that reads; null: a person does.';

CREATE FUNCTION public.reauthenticate(session uuid, account uuid, expected_password_hash text, step bigint, code_hash bytea) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  person account;
begin
  select a.* into person from account a where a.id = reauthenticate.account for no key update;
  if expected_password_hash is null then
    if not has_google_proof(reauthenticate.session, person.id) then
      return 'not_proved';
    end if;
  elsif person.password_hash is null
    or person.password_hash is distinct from expected_password_hash
  then
    return 'changed';
  end if;
  if has_second_factor(person.id) then
    if step is null and code_hash is null then
      return 'code_required';
    end if;
    if not use_second_factor(person.id, step, code_hash) then
      return 'wrong_code';
    end if;
  end if;
  update session s set authenticated_at = now(), google_proved_at = null
  where s.id = reauthenticate.session and s.account_id = person.id;
  if expected_password_hash is not null then
    perform forget_guesses(person.email_key);
  end if;
  return 'done';
end
$$;

ALTER FUNCTION public.reauthenticate(session uuid, account uuid, expected_password_hash text, step bigint, code_hash bytea) OWNER TO hub_auth;

COMMENT ON FUNCTION public.reauthenticate(session uuid, account uuid, expected_password_hash text, step bigint, code_hash bytea) IS 'Notes that a person has just proved who they are: the password was verified against expected_password_hash, or (null) Google has just vouched for them in this session; where a second factor is in force, its code of a time step that was verified, or a recovery code, is used up. Outcomes: done; changed (the password is another one by now: refuse as a wrong one); not_proved (Google''s word is too old, or there is none); code_required; wrong_code (it was used before, or is none).';

CREATE FUNCTION public.reauthenticate_with_google(session uuid, account uuid, subject text, OUT outcome text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  lacks_code boolean;
begin
  perform from account a where a.id = reauthenticate_with_google.account for no key update;
  perform from account_google g
  where g.account_id = reauthenticate_with_google.account
    and g.subject = reauthenticate_with_google.subject;
  if not found then
    outcome := 'other_google';
    return;
  end if;
  -- Google has asked for what it asks for; our own factor is asked for by us.
  lacks_code := has_second_factor(reauthenticate_with_google.account);
  update session s
  set authenticated_at = case when lacks_code then s.authenticated_at else now() end,
      google_proved_at = case when lacks_code then now() end
  where s.id = reauthenticate_with_google.session
    and s.account_id = reauthenticate_with_google.account
    and s.revoked_at is null and s.expires_at > now() and s.idle_expires_at > now();
  outcome := case when not found then 'dead_session' when lacks_code then 'code_required'
    else 'done' end;
end
$$;

ALTER FUNCTION public.reauthenticate_with_google(session uuid, account uuid, subject text, OUT outcome text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.reauthenticate_with_google(session uuid, account uuid, subject text, OUT outcome text) IS 'Notes that the person of a session has just proved at Google who they are. Outcomes: done; code_required (a second factor is in force: nothing is proved before reauthenticate() has used its code up, within five minutes); other_google (not the one that is linked); dead_session.';

CREATE FUNCTION public.record_account_event(account uuid, type text, details jsonb DEFAULT '{}'::jsonb) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  kind text;
  id text;
begin
  -- An account that goes leaves no log, nor what goes along with it.
  if not exists (select from account a where a.id = record_account_event.account) then
    return;
  end if;
  select who.kind, who.id into kind, id from event_actor() as who;
  if kind = 'OPERATOR' and is_server() then
    -- Whoever is let in, or holds a link, is the person.
    kind := 'ACCOUNT';
    id := record_account_event.account;
  end if;
  insert into account_event (account_id, type, actor_kind, actor_id, details)
  values (record_account_event.account, record_account_event.type, kind, id, details);
end
$$;

ALTER FUNCTION public.record_account_event(account uuid, type text, details jsonb) OWNER TO hub_log;

COMMENT ON FUNCTION public.record_account_event(account uuid, type text, details jsonb) IS 'Writes what happened to a person''s login. Runs with the rights of the triggers that call it.';

CREATE FUNCTION public.record_act() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  -- A company that was deleted since has no log any more.
  if company_stands(new.about_tenant_id) then
    perform record_event(
      new.about_tenant_id, 'operator.acted', new.subject,
      event_changes(null, to_jsonb(new), array['act act', 'reason reason']));
  end if;
  return null;
end
$$;

ALTER FUNCTION public.record_act() OWNER TO hub_log;

COMMENT ON FUNCTION public.record_act() IS 'Constraint trigger, at commit: operator.acted, in the log of the company that it is about.';

CREATE FUNCTION public.record_api_token() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  recorded constant text[] := array[
    'name name', 'scopes scopes', 'expires_at expiresAt'];
  changes jsonb := event_changes(to_jsonb(old), to_jsonb(new), recorded);
  happened text;
begin
  if tg_op = 'DELETE' then
    if company_stands(old.tenant_id) then
      perform record_event(old.tenant_id, 'api_token.removed', old.id::text, changes);
    end if;
    return null;
  end if;
  happened := case
    when old is null then 'created'
    when old.revoked_at is null and new.revoked_at is not null then 'revoked'
    when new.hash <> old.hash then 'rotated'
    when changes <> '[]' or new.revoked_at is distinct from old.revoked_at then 'updated'
  end;
  -- That it was used is no change of it.
  if happened is not null then
    perform record_event(new.tenant_id, 'api_token.' || happened, new.id::text, changes);
  end if;
  return null;
end
$$;

ALTER FUNCTION public.record_api_token() OWNER TO hub_log;

COMMENT ON FUNCTION public.record_api_token() IS 'Constraint trigger, at commit: api_token.created, api_token.rotated, api_token.revoked, api_token.updated, api_token.removed. Of its texts nothing is told.';

CREATE FUNCTION public.record_company() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  recorded constant text[] := array[
    'country_version countryVersion', 'legal_name legalName', 'trade_name tradeName',
    'identification_type identification.type', 'identification_number identification.number',
    'identification_check_digit identification.checkDigit', 'kind_of_person kindOfPerson',
    'regime regime', 'address_description address.description', 'address_street address.street',
    'address_exterior_number address.exteriorNumber',
    'address_interior_number address.interiorNumber', 'address_neighborhood address.neighborhood',
    'address_city address.city', 'address_municipality address.municipality',
    'address_district address.district', 'address_region address.region',
    'address_postal_code address.postalCode', 'phone phone', 'email email', 'website website',
    'currency_code currency', 'timezone timezone', 'decimal_precision decimalPrecision',
    'logo_url logo'];
  changes jsonb;
begin
  -- A tenant that takes another's id is a company that went and one that came.
  if tg_op = 'DELETE' or tg_op = 'UPDATE' and new.tenant_id <> old.tenant_id then
    -- Whoever erases all of a company has its log go first, and a tombstone stay.
    if exists (select from event_head h where h.tenant_id = old.tenant_id) then
      perform record_event(old.tenant_id, 'company.deleted', null, '[]');
    end if;
    old := null;
  end if;
  if tg_op = 'DELETE' then
    return null;
  end if;
  changes := event_changes(to_jsonb(old), to_jsonb(new), recorded);
  if old is null then
    perform record_event(new.tenant_id, 'company.created', null, changes);
  elsif changes <> '[]' then
    perform record_event(new.tenant_id, 'company.updated', null, changes);
  end if;
  return null;
end
$$;

ALTER FUNCTION public.record_company() OWNER TO hub_log;

COMMENT ON FUNCTION public.record_company() IS 'Constraint trigger, at commit: company.created, company.updated, company.deleted.';

CREATE FUNCTION public.record_company_claim() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  claim company_claim := old;
begin
  if tg_op <> 'DELETE' then
    claim := new;
  end if;
  -- A claim is made, and never edited; its field is the one that it is about.
  if tg_op = 'INSERT' or new is distinct from old and company_stands(claim.tenant_id) then
    perform record_event(
      claim.tenant_id, case when tg_op = 'DELETE' then 'claim.removed' else 'claim.reported' end,
      claim.source,
      event_changes(to_jsonb(old), to_jsonb(new), array['value ' || claim.field]));
  end if;
  return null;
end
$$;

ALTER FUNCTION public.record_company_claim() OWNER TO hub_log;

COMMENT ON FUNCTION public.record_company_claim() IS 'Constraint trigger, at commit: claim.reported, claim.removed. That a field was confirmed is the company.updated of it, by whoever made that.';

CREATE FUNCTION public.record_company_solution() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  recorded constant text[] := array[
    'plan plan', 'state state', 'trial_ends_at trialEndsAt'];
  changes jsonb;
begin
  -- What stands at commit behind this row waits for locks.
  perform take_event_heads();
  if tg_op = 'DELETE'
    or tg_op = 'UPDATE' and (new.tenant_id, new.solution) <> (old.tenant_id, old.solution)
  then
    if company_stands(old.tenant_id) then
      perform record_event(
        old.tenant_id,
        case when old.state = 'INACTIVE' then 'solution.removed' else 'solution.deactivated' end,
        old.solution, event_changes(to_jsonb(old), null, recorded));
    end if;
    if tg_op = 'DELETE' then
      return null;
    end if;
    old := null;
  end if;
  changes := event_changes(to_jsonb(old), to_jsonb(new), recorded);
  if changes <> '[]' then
    perform record_event(
      new.tenant_id,
      case
        when old is null or old.state = 'INACTIVE' and new.state <> 'INACTIVE'
          then 'solution.activated'
        when old.state <> 'INACTIVE' and new.state = 'INACTIVE' then 'solution.deactivated'
        when new.plan <> old.plan then 'solution.plan_changed'
        else 'solution.updated'
      end,
      new.solution, changes);
  end if;
  return null;
end
$$;

ALTER FUNCTION public.record_company_solution() OWNER TO hub_log;

COMMENT ON FUNCTION public.record_company_solution() IS 'Constraint trigger, at commit: solution.activated, solution.plan_changed, solution.updated, solution.deactivated, solution.removed.';

CREATE FUNCTION public.record_event(tenant uuid, type text, subject text, changes jsonb) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  head event_head;
  made event;
begin
  perform take_event_heads();
  loop
    select h.* into head from event_head h where h.tenant_id = record_event.tenant for update;
    exit when found;
    insert into event_head (tenant_id) values (record_event.tenant) on conflict do nothing;
  end loop;

  made.tenant_id := head.tenant_id;
  made.sequence := head.sequence + 1;
  made.type := record_event.type;
  made.subject := record_event.subject;
  select who.kind, who.id into made.actor_kind, made.actor_id from event_actor() as who;
  if made.actor_kind = 'ACCOUNT' then
    select coalesce(nullif(a.display_name, ''), btrim(a.first_name || ' ' || a.last_name))
    into made.actor_name
    from account a where a.id = made.actor_id::uuid;
  end if;
  made.origin := nullif(left(current_setting('app.origin', true), 100), '');
  made.at := clock_timestamp();
  made.changes := record_event.changes;
  made.actor_salt := case when made.actor_name is not null then gen_random_uuid() end;
  made.changes_salt := gen_random_uuid();
  made.actor_digest := event_digest(
    coalesce(made.actor_salt, '00000000-0000-0000-0000-000000000000'), made.actor_name);
  made.changes_digest := event_digest(made.changes_salt, made.changes::text);
  made.hash := event_hash(head.hash, made);

  insert into event values (made.*);
  update event_head h set sequence = made.sequence, hash = made.hash
  where h.tenant_id = made.tenant_id;
  -- The server announces what it did after the commit: a NOTIFY inside serialises all commits.
  if not is_server() then
    perform pg_notify('event', made.tenant_id::text);
  end if;
end
$$;

ALTER FUNCTION public.record_event(tenant uuid, type text, subject text, changes jsonb) OWNER TO hub_log;

COMMENT ON FUNCTION public.record_event(tenant uuid, type text, subject text, changes jsonb) IS 'Writes an event at the end of its tenant''s log. Called at commit, by the deferred triggers of the tables that are recorded, whose functions it runs with the rights of.';

CREATE FUNCTION public.record_google() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  if tg_op <> 'INSERT' then
    perform record_account_event(
      old.account_id, 'google.unlinked', jsonb_build_object('email', old.email));
  end if;
  if tg_op <> 'DELETE' then
    perform record_account_event(
      new.account_id, 'google.linked', jsonb_build_object('email', new.email));
  end if;
  return null;
end
$$;

ALTER FUNCTION public.record_google() OWNER TO hub_log;

COMMENT ON FUNCTION public.record_google() IS 'Trigger: google.linked, google.unlinked.';

CREATE FUNCTION public.record_integration_connection() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  recorded constant text[] := array['state state', 'failure failure', 'settings settings'];
  changes jsonb := event_changes(to_jsonb(old), to_jsonb(new), recorded);
  happened text;
begin
  if tg_op = 'DELETE' then
    if company_stands(old.tenant_id) then
      perform record_event(
        old.tenant_id, 'integration.disconnected', old.integration, changes);
    end if;
    return null;
  end if;
  happened := case
    when old is null then 'connected'
    when new.state = 'ERROR' and old.state <> 'ERROR' then 'failed'
    when new.state <> old.state then 'recovered'
    else 'updated'
  end;
  -- That there are other credentials is told, what they are is not.
  if tg_op = 'UPDATE' and new.sealed_credentials is distinct from old.sealed_credentials then
    changes := changes || '[{"field": "credentials"}]';
  end if;
  if old is null or changes <> '[]' then
    perform record_event(
      new.tenant_id, 'integration.' || happened, new.integration, changes);
  end if;
  return null;
end
$$;

ALTER FUNCTION public.record_integration_connection() OWNER TO hub_log;

COMMENT ON FUNCTION public.record_integration_connection() IS 'Constraint trigger, at commit: integration.connected, integration.failed, integration.recovered, integration.updated, integration.disconnected.';

CREATE FUNCTION public.record_invitation() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  recorded constant text[] := array[
    'email email', 'role role', 'solution_roles solutionRoles', 'expires_at expiresAt'];
  changes constant jsonb := event_changes(to_jsonb(old), to_jsonb(new), recorded);
  happened text;
begin
  if tg_op = 'DELETE' then
    if company_stands(old.tenant_id) then
      perform record_event(old.tenant_id, 'invitation.removed', old.id::text, '[]');
    end if;
    return null;
  end if;
  happened := case
    when old is null then 'created'
    when old.accepted_at is null and new.accepted_at is not null then 'accepted'
    when old.revoked_at is null and new.revoked_at is not null then 'revoked'
    when new.mailed_at <> old.mailed_at then 'sent'
    when changes <> '[]' then 'updated'
  end;
  -- One that was taken back before the commit was not accepted.
  if happened is null or happened = 'accepted' and not exists (
    select from invitation i
    where i.tenant_id = new.tenant_id and i.id = new.id and i.accepted_at is not null)
  then
    return null;
  end if;
  perform record_event(new.tenant_id, 'invitation.' || happened, new.id::text, changes);
  return null;
end
$$;

ALTER FUNCTION public.record_invitation() OWNER TO hub_log;

COMMENT ON FUNCTION public.record_invitation() IS 'Constraint trigger, at commit: invitation.created, invitation.sent, invitation.updated, invitation.accepted, invitation.revoked, invitation.removed.';

CREATE FUNCTION public.record_login() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  if old.password_hash is not null and new.password_hash is null then
    perform record_account_event(new.id, 'password.removed');
  elsif new.password_changed_at is distinct from old.password_changed_at then
    perform record_account_event(new.id, 'password.changed');
  elsif (old.password_hash is null) <> (new.password_hash is null)
    -- A server that makes today's hash of the same password changes nothing for anybody.
    or not is_server() and new.password_hash is distinct from old.password_hash
  then
    perform record_account_event(new.id, 'password.changed');
  end if;
  if new.email <> old.email then
    perform record_account_event(
      new.id, 'email.changed', jsonb_build_object('before', old.email, 'after', new.email));
  elsif new.pending_email is distinct from old.pending_email then
    perform record_account_event(
      new.id, case when new.pending_email is null then 'email.dropped' else 'email.requested' end,
      jsonb_build_object('email', coalesce(new.pending_email, old.pending_email)));
  end if;
  return null;
end
$$;

ALTER FUNCTION public.record_login() OWNER TO hub_log;

COMMENT ON FUNCTION public.record_login() IS 'Trigger: password.changed, password.removed, email.requested, email.dropped, email.changed.';

CREATE FUNCTION public.record_membership() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  recorded constant text[] := array[
    'role role', 'display_name displayName', 'email email'];
begin
  -- Though nothing may be told of this row, what is behind it at commit waits for locks.
  perform take_event_heads();
  if tg_op = 'DELETE' or tg_op = 'UPDATE'
    and (new.tenant_id, new.account_id) <> (old.tenant_id, old.account_id)
  then
    if company_stands(old.tenant_id) then
      perform record_event(
        old.tenant_id, 'person.left', old.account_id::text,
        event_changes(
          to_jsonb(old), null,
          -- Whoever ends their account leaves no name behind.
          case when exists (select from account a where a.id = old.account_id) then recorded
            else recorded[1:1] end));
    end if;
    if tg_op = 'DELETE' then
      return null;
    end if;
    old := null;
  end if;
  if old is null then
    perform record_event(
      new.tenant_id, 'person.joined', new.account_id::text,
      event_changes(null, to_jsonb(new), recorded));
  elsif new.role <> old.role then
    -- What they are called is the account's: profile.updated tells of it.
    perform record_event(
      new.tenant_id, 'person.role_changed', new.account_id::text,
      event_changes(to_jsonb(old), to_jsonb(new), recorded[1:1]));
  end if;
  return null;
end
$$;

ALTER FUNCTION public.record_membership() OWNER TO hub_log;

COMMENT ON FUNCTION public.record_membership() IS 'Constraint trigger, at commit: person.joined, person.role_changed, person.left.';

CREATE FUNCTION public.record_operator_act(act text, tenant uuid, account uuid, subject text, reason text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  if char_length(coalesce(btrim(record_operator_act.reason), '')) not between 5 and 500 then
    raise exception 'a reason is needed for what you do, of 5 to 500 characters'
      using errcode = 'HB422',
        hint = 'Say why, such as ''ticket 4711: asked for by their administrator''. The company '
          'can read it.';
  end if;
  insert into operator_act (act, about_tenant_id, about_account_id, subject, reason)
  values (
    record_operator_act.act, record_operator_act.tenant, record_operator_act.account,
    left(nullif(record_operator_act.subject, ''), 200), btrim(record_operator_act.reason));
  if record_operator_act.account is not null then
    perform record_account_event(
      record_operator_act.account, 'operator.acted',
      jsonb_build_object(
        'act', record_operator_act.act, 'reason', btrim(record_operator_act.reason)));
  end if;
end
$$;

ALTER FUNCTION public.record_operator_act(act text, tenant uuid, account uuid, subject text, reason text) OWNER TO hub_log;

COMMENT ON FUNCTION public.record_operator_act(act text, tenant uuid, account uuid, subject text, reason text) IS 'Writes down what an operator does, and why: called by each function of the schema ops, in its transaction. HB422: no reason is given.';

CREATE FUNCTION public.record_profile() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  -- What a company sees of its people, and what it is only told to have changed.
  recorded constant text[] := array['shown_name displayName', 'email email'];
  named constant text[] := array[
    'first_name firstName', 'last_name lastName', 'phone phone', 'country country',
    'language language', 'photo_url photo'];
  before constant jsonb := to_jsonb(old) || jsonb_build_object(
    'shown_name', coalesce(
      nullif(old.display_name, ''), btrim(old.first_name || ' ' || old.last_name)));
  after constant jsonb := to_jsonb(new) || jsonb_build_object(
    'shown_name', coalesce(
      nullif(new.display_name, ''), btrim(new.first_name || ' ' || new.last_name)));
  changes jsonb;
begin
  select event_changes(before, after, recorded)
    || coalesce(jsonb_agg(jsonb_build_object('field', hidden ->> 'field')), '[]')
  into changes
  from jsonb_array_elements(event_changes(before, after, named)) as hidden;
  if changes <> '[]' then
    perform record_event(m.tenant_id, 'profile.updated', new.id::text, changes)
    from (
      select own.tenant_id from membership own
      where own.account_id = new.id order by own.tenant_id) as m;
  end if;
  return null;
end
$$;

ALTER FUNCTION public.record_profile() OWNER TO hub_log;

COMMENT ON FUNCTION public.record_profile() IS 'Constraint trigger, at commit: profile.updated, in each of the person''s companies. What a company does not see of its people is named there without what it holds.';

CREATE FUNCTION public.record_second_factor() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  if tg_op = 'DELETE' then
    if old.confirmed_at is not null then
      perform record_account_event(old.account_id, 'second_factor.disabled');
    end if;
  elsif old.confirmed_at is null and new.confirmed_at is not null then
    perform record_account_event(new.account_id, 'second_factor.enabled');
  elsif old.recovery_asked_at is null and new.recovery_asked_at is not null then
    perform record_account_event(new.account_id, 'second_factor.recovery_begun');
  elsif old.recovery_codes_left > new.recovery_codes_left then
    perform record_account_event(
      new.account_id, 'recovery_code.used',
      jsonb_build_object('left', new.recovery_codes_left));
  elsif new.recovery_codes_left > old.recovery_codes_left then
    perform record_account_event(new.account_id, 'recovery_code.replaced');
  end if;
  return null;
end
$$;

ALTER FUNCTION public.record_second_factor() OWNER TO hub_log;

COMMENT ON FUNCTION public.record_second_factor() IS 'Trigger: second_factor.enabled, second_factor.disabled, second_factor.recovery_begun, recovery_code.used, recovery_code.replaced.';

CREATE FUNCTION public.record_session_end() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  perform record_account_event(
    new.account_id, 'session.revoked', jsonb_build_object('device', new.device));
  return null;
end
$$;

ALTER FUNCTION public.record_session_end() OWNER TO hub_log;

COMMENT ON FUNCTION public.record_session_end() IS 'Trigger: session.revoked.';

CREATE FUNCTION public.record_solution_role() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  place solution_role := old;
begin
  if tg_op <> 'DELETE' then
    place := new;
  end if;
  -- Whoever leaves takes the roles along: person.left says it.
  if not exists (
    select from membership m
    where m.tenant_id = place.tenant_id and m.account_id = place.account_id)
  then
    return null;
  end if;
  if old is null or new is null or new is distinct from old then
    perform record_event(
      place.tenant_id, 'person.role_changed', place.account_id::text,
      event_changes(
        to_jsonb(old), to_jsonb(new), array['role solutionRoles.' || place.solution]));
  end if;
  return null;
end
$$;

ALTER FUNCTION public.record_solution_role() OWNER TO hub_log;

COMMENT ON FUNCTION public.record_solution_role() IS 'Constraint trigger, at commit: person.role_changed, for a role in one solution.';

CREATE FUNCTION public.record_webhook() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  recorded constant text[] := array[
    'url url', 'name name', 'event_types eventTypes', 'concurrency concurrency',
    'tells_changes tellsChanges', 'disabled_for disabledFor'];
  changes jsonb := event_changes(to_jsonb(old), to_jsonb(new), recorded);
  happened text;
begin
  if tg_op = 'DELETE' then
    if company_stands(old.tenant_id) then
      perform record_event(old.tenant_id, 'webhook.deleted', old.id::text, changes);
    end if;
    return null;
  end if;
  happened := case
    when old is null then 'created'
    when new.disabled_for is not null and old.disabled_for is null then 'disabled'
    when new.previous_until is distinct from old.previous_until then 'secret_rotated'
    when changes <> '[]' then 'updated'
  end;
  -- How far it has come is no change of it.
  if happened is not null then
    perform record_event(new.tenant_id, 'webhook.' || happened, new.id::text, changes);
  end if;
  return null;
end
$$;

ALTER FUNCTION public.record_webhook() OWNER TO hub_log;

COMMENT ON FUNCTION public.record_webhook() IS 'Constraint trigger, at commit: webhook.created, webhook.updated, webhook.secret_rotated, webhook.disabled, webhook.deleted. Of its secrets nothing is told.';

CREATE FUNCTION public.refresh_session(token_hash bytea, new_hash bytea, idle_seconds integer, OUT outcome text, OUT account_id uuid, OUT tenant_id uuid, OUT session_id uuid, OUT successor_hash bytea) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  token refresh_token;
  open_session session;
begin
  -- Two that come with the same token at the same instant: the second waits here, and then reads
  -- what the first has written.
  select t.* into token from refresh_token t where t.hash = token_hash for update;
  if not found then
    outcome := 'unknown';
    return;
  end if;
  select s.* into open_session from session s where s.id = token.session_id for no key update;
  -- Who belonged to no company may belong to one by now.
  if open_session.last_tenant_id is null then
    select m.tenant_id into open_session.last_tenant_id
    from membership m where m.account_id = open_session.account_id
    order by m.company_name, m.tenant_id
    limit 1;
  end if;

  outcome := case
    when open_session.revoked_at is not null then 'revoked'
    when least(open_session.expires_at, open_session.idle_expires_at) <= now() then 'expired'
    when token.used_at <= now() - interval '10 seconds' then 'reused'
    when open_session.last_tenant_id is not null and not exists (
      select from membership m
      where m.tenant_id = open_session.last_tenant_id and m.account_id = open_session.account_id)
      then 'not_member'
    when token.used_at is not null then 'repeated'
    else 'refreshed'
  end;

  if outcome = 'reused' then
    update session s set revoked_at = now() where s.id = open_session.id;
  elsif outcome = 'refreshed' then
    update refresh_token t set used_at = now(), successor_hash = new_hash where t.hash = token.hash;
    insert into refresh_token (hash, session_id) values (new_hash, open_session.id);
    update session s
    set last_seen_at = now(), last_tenant_id = open_session.last_tenant_id,
        idle_expires_at = least(now() + make_interval(secs => idle_seconds), s.expires_at)
    where s.id = open_session.id;
  end if;

  if outcome in ('refreshed', 'repeated') then
    account_id := open_session.account_id;
    tenant_id := open_session.last_tenant_id;
    session_id := open_session.id;
    successor_hash := case when outcome = 'repeated' then token.successor_hash else new_hash end;
  end if;
end
$$;

ALTER FUNCTION public.refresh_session(token_hash bytea, new_hash bytea, idle_seconds integer, OUT outcome text, OUT account_id uuid, OUT tenant_id uuid, OUT session_id uuid, OUT successor_hash bytea) OWNER TO hub_auth;

COMMENT ON FUNCTION public.refresh_session(token_hash bytea, new_hash bytea, idle_seconds integer, OUT outcome text, OUT account_id uuid, OUT tenant_id uuid, OUT session_id uuid, OUT successor_hash bytea) IS 'Exchanges a refresh token for its successor. Outcomes: refreshed (successor_hash is the one given); repeated (the same token within 10 seconds, as two tabs send it: successor_hash is the one of the first time); reused (later: a sign of theft, the session was revoked by this call); revoked; expired; unknown; not_member (of the company it was in; nothing was exchanged). Ids are given with the first two only, and tenant_id where the person belongs to a company.';

CREATE FUNCTION public.refuse_import(part text, place integer, member text, reason text) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  raise exception '%', refuse_import.part || coalesce('[' || refuse_import.place || ']', '')
    || coalesce('.' || refuse_import.member, '') || ': ' || refuse_import.reason
    using errcode = 'HB422';
end
$$;

ALTER FUNCTION public.refuse_import(part text, place integer, member text, reason text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.refuse_import(part text, place integer, member text, reason text) IS 'Raises HB422 with the place in the document; null where there is no row or no member to name.';

CREATE FUNCTION public.refuse_truncate() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  raise exception 'TRUNCATE of % would leave no trace in the log', tg_table_name
    using errcode = 'HB405', hint = 'DELETE is recorded, row by row.';
end
$$;

ALTER FUNCTION public.refuse_truncate() OWNER TO hub_log;

COMMENT ON FUNCTION public.refuse_truncate() IS 'Trigger: what the log records is not truncated (HB405).';

CREATE FUNCTION public.refused_role(tenant uuid, role text, solution_roles jsonb) RETURNS text
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  -- A change of plan waits for who gives a role, and the other way round.
  perform from company_solution s
  where s.tenant_id = refused_role.tenant
  order by s.solution
  for key share;
  return case
    when refused_role.role <> all (roles_allowed(refused_role.tenant, null))
      then 'role_not_in_plan'
    when exists (
      select from jsonb_object_keys(refused_role.solution_roles) as given (solution)
      where not exists (
        select from company_solution s
        where s.tenant_id = refused_role.tenant and s.solution = given.solution
          and s.state <> 'INACTIVE'))
      then 'solution_not_found'
    when exists (
      select from jsonb_each_text(refused_role.solution_roles) as given (solution, role)
      where given.role <> all (roles_allowed(refused_role.tenant, given.solution)))
      then 'solution_role_not_in_plan'
    end;
end
$$;

ALTER FUNCTION public.refused_role(tenant uuid, role text, solution_roles jsonb) OWNER TO hub_auth;

COMMENT ON FUNCTION public.refused_role(tenant uuid, role text, solution_roles jsonb) IS 'Why a role cannot be given (null is none), or one of the roles by solution: role_not_in_plan, solution_not_found, solution_role_not_in_plan; null where all can, until the transaction ends. Runs with the rights of its caller, a function of hub_auth.';

CREATE FUNCTION public.remove_logo(tenant uuid, OUT revision bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  update company c set logo_url = null
  where c.tenant_id = remove_logo.tenant
  returning c.revision into remove_logo.revision;
  delete from company_logo l where l.tenant_id = remove_logo.tenant;
end
$$;

ALTER FUNCTION public.remove_logo(tenant uuid, OUT revision bigint) OWNER TO hub_company;

COMMENT ON FUNCTION public.remove_logo(tenant uuid, OUT revision bigint) IS 'Takes a company''s logo away, where it has one; it is served no more.';

CREATE FUNCTION public.remove_person(actor uuid, tenant uuid, person uuid, OUT outcome text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  delete from membership m
  where m.tenant_id = remove_person.tenant and m.account_id = remove_person.person;
  outcome := case when found then 'removed' else 'not_found' end;
  perform require_administrators(remove_person.tenant, remove_person.actor);
  perform revoke_invitations_of(remove_person.tenant, remove_person.person);
exception
  when sqlstate 'HB409' then
    outcome := 'last_administrator';
end
$$;

ALTER FUNCTION public.remove_person(actor uuid, tenant uuid, person uuid, OUT outcome text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.remove_person(actor uuid, tenant uuid, person uuid, OUT outcome text) IS 'Ends a membership, and with it what the person''s sessions reach of the company. Outcomes: removed; not_found (no member); last_administrator. Raises HB403 as change_role() does.';

CREATE FUNCTION public.remove_photo(account uuid, OUT revision bigint) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  update account a set photo_url = null
  where a.id = remove_photo.account
  returning a.revision into remove_photo.revision;
  delete from photo p where p.account_id = remove_photo.account;
end
$$;

ALTER FUNCTION public.remove_photo(account uuid, OUT revision bigint) OWNER TO hub_auth;

COMMENT ON FUNCTION public.remove_photo(account uuid, OUT revision bigint) IS 'Takes a person''s photo away, where they have one; it is served no more.';

CREATE FUNCTION public.replace_google(account uuid, address text, new_password_hash text, kept_session uuid) RETURNS text
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  person account;
  ended account_google;
begin
  select a.* into person from account a where a.id = replace_google.account;
  delete from account_google g where g.account_id = person.id returning g.* into ended;
  if ended.subject is null then
    return 'not_linked';
  end if;
  update account a
  set email = address, pending_email = null, password_hash = new_password_hash,
      password_changed_at = now()
  where a.id = person.id;
  perform forget_guesses(person.email_key);
  perform forget_guesses(lower(address));
  perform void_links(person.id, '{change_email,unlink_google,reset_password}');
  perform revoke_other_sessions(kept_session, person.id);
  perform ask_mail(
    'google_unlinked', person.id, null,
    jsonb_build_object('google_email', ended.email, 'email', address));
  return 'done';
end
$$;

ALTER FUNCTION public.replace_google(account uuid, address text, new_password_hash text, kept_session uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.replace_google(account uuid, address text, new_password_hash text, kept_session uuid) IS 'Puts an address and a password in the place of the link to Google; every session but one ends. The caller holds the account''s row. Outcomes: done; not_linked. An address that somebody else has is a unique violation. Runs with the rights of its caller, a function of hub_auth.';

CREATE FUNCTION public.replace_recovery_codes(session uuid, account uuid, step bigint, code_hash bytea, code_hashes bytea[]) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  perform from account a where a.id = replace_recovery_codes.account for no key update;
  if not has_fresh_proof(replace_recovery_codes.session, replace_recovery_codes.account) then
    return 'not_fresh';
  end if;
  if not use_second_factor(replace_recovery_codes.account, step, code_hash) then
    return 'wrong';
  end if;
  delete from recovery_code r where r.account_id = replace_recovery_codes.account;
  insert into recovery_code (account_id, hash)
  select replace_recovery_codes.account, made.hash from unnest(code_hashes) as made (hash);
  update second_factor f set recovery_codes_left = cardinality(code_hashes)
  where f.account_id = replace_recovery_codes.account;
  return 'done';
end
$$;

ALTER FUNCTION public.replace_recovery_codes(session uuid, account uuid, step bigint, code_hash bytea, code_hashes bytea[]) OWNER TO hub_auth;

COMMENT ON FUNCTION public.replace_recovery_codes(session uuid, account uuid, step bigint, code_hash bytea, code_hashes bytea[]) IS 'Puts new recovery codes in the place of all that there were, by a code of the factor. Outcomes: done; not_fresh; wrong.';

CREATE FUNCTION public.replay_webhook(tenant uuid, token uuid, webhook uuid, since timestamp with time zone, until timestamp with time zone, events_max integer, OUT outcome text, OUT events integer) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  told webhook;
begin
  if not my_webhook(replay_webhook.tenant, replay_webhook.token, replay_webhook.webhook) then
    outcome := 'not_found';
    return;
  end if;
  select w.* into told from webhook w
  where w.tenant_id = replay_webhook.tenant and w.id = replay_webhook.webhook;
  if told.disabled_at is not null then
    outcome := 'disabled';
    return;
  end if;
  select count(*) into events
  from event e
  where e.tenant_id = told.tenant_id and e.sequence <= told.position
    and e.at >= since and (until is null or e.at < until)
    and (told.event_types is null or e.type = any (told.event_types));
  if events > events_max then
    outcome := 'too_many';
    return;
  end if;
  insert into webhook_delivery as d (tenant_id, webhook_id, sequence, message_id, type)
  select e.tenant_id, told.id, e.sequence, webhook_message_id(e.hash), e.type
  from event e
  where e.tenant_id = told.tenant_id and e.sequence <= told.position
    and e.at >= since and (until is null or e.at < until)
    and (told.event_types is null or e.type = any (told.event_types))
  order by e.sequence
  on conflict (tenant_id, webhook_id, sequence) do update
  set state = 'PENDING', attempts = 0, due_at = now(), ended_at = null, failure = null
  where d.state <> 'PENDING';
  outcome := 'replayed';
end
$$;

ALTER FUNCTION public.replay_webhook(tenant uuid, token uuid, webhook uuid, since timestamp with time zone, until timestamp with time zone, events_max integer, OUT outcome text, OUT events integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.replay_webhook(tenant uuid, token uuid, webhook uuid, since timestamp with time zone, until timestamp with time zone, events_max integer, OUT outcome text, OUT events integer) IS 'Lets a webhook be told once more what happened in that time, under the ids it had. Outcomes: replayed (events says how many); not_found; disabled; too_many (more than events_max).';

CREATE FUNCTION public.report_company(token_hash bytea, tenant uuid, judged_by text, claims jsonb, reported_at timestamp with time zone, ahead_seconds_max integer, OUT outcome text, OUT fields jsonb) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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

ALTER FUNCTION public.report_company(token_hash bytea, tenant uuid, judged_by text, claims jsonb, reported_at timestamp with time zone, ahead_seconds_max integer, OUT outcome text, OUT fields jsonb) OWNER TO hub_company;

COMMENT ON FUNCTION public.report_company(token_hash bytea, tenant uuid, judged_by text, claims jsonb, reported_at timestamp with time zone, ahead_seconds_max integer, OUT outcome text, OUT fields jsonb) IS 'take_report in the name of the service token''s solution, the actor of the transaction. moved: the company is in another country version than the one that judged the claims.';

CREATE FUNCTION public.reported_version(tenant uuid, source text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select c.country_version
  from company c
  join company_solution s on s.tenant_id = c.tenant_id
  where c.tenant_id = reported_version.tenant and s.solution = reported_version.source
    and s.state in ('TRIAL', 'ACTIVE', 'READ_ONLY')
$$;

ALTER FUNCTION public.reported_version(tenant uuid, source text) OWNER TO hub_company;

COMMENT ON FUNCTION public.reported_version(tenant uuid, source text) IS 'The country version of a company that has the solution; null where it has it not, or there is no such company. Runs with the rights of its caller, a function of hub_company.';

CREATE FUNCTION public.request_password_reset(email text, lifetime_seconds integer, requests_max integer, window_seconds integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  person account;
  link uuid;
begin
  -- Past the limit the last link stays the good one, so nobody is shut out by asking for others.
  if not count_link_request('reset_password', email, requests_max, window_seconds) then
    return;
  end if;
  select a.* into person from account a
  where a.email_key = lower(request_password_reset.email) for no key update;
  -- Where nobody has the address, the same is written and then undone, so that both cases take
  -- the same time.
  begin
    link := make_link(
      'reset_password', person.id, coalesce(person.email, request_password_reset.email),
      make_interval(secs => lifetime_seconds));
    insert into mail (kind, account_id, address, name, language, link_id)
    values (
      'reset_password', person.id, coalesce(person.email, request_password_reset.email),
      coalesce(nullif(person.display_name, ''), person.first_name, ''),
      coalesce(mail_language(person.language, person.country), 'es'), link);
    if person.id is null then
      raise exception 'nobody has this address' using errcode = 'HB404';
    end if;
  exception
    when sqlstate 'HB404' then null;
  end;
end
$$;

ALTER FUNCTION public.request_password_reset(email text, lifetime_seconds integer, requests_max integer, window_seconds integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.request_password_reset(email text, lifetime_seconds integer, requests_max integer, window_seconds integer) IS 'Asks for a mail with a link to set a new password, where somebody signs in with the address. Nothing tells whether it was so.';

CREATE FUNCTION public.require_administrators(tenant uuid, actor uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  if not administrator_remains(require_administrators.tenant) then
    raise exception 'the last administrator' using errcode = 'HB409';
  end if;
  perform from membership m
  where m.tenant_id = require_administrators.tenant and m.role = 'administrator'
    and m.account_id = require_administrators.actor;
  if not found then
    raise exception 'the role was taken away meanwhile' using errcode = 'HB403';
  end if;
end
$$;

ALTER FUNCTION public.require_administrators(tenant uuid, actor uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.require_administrators(tenant uuid, actor uuid) IS 'Raises HB409 where the company has no administrator after this transaction''s changes, HB403 where who made them is none any more: app_guard asked before, and their role may have been taken away since. Runs with the rights of its caller, a function of hub_auth.';

CREATE FUNCTION public.require_inviter(tenant uuid, actor uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  perform from membership m
  where m.tenant_id = require_inviter.tenant and m.account_id = require_inviter.actor
    and m.role = 'administrator';
  if not found then
    raise exception 'the role was taken away meanwhile' using errcode = 'HB403';
  end if;
end
$$;

ALTER FUNCTION public.require_inviter(tenant uuid, actor uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.require_inviter(tenant uuid, actor uuid) IS 'Raises HB403 where who invites is no administrator any more: app_guard asked before the lock. Runs with the rights of its caller, a function of hub_auth.';

CREATE FUNCTION public.require_operator() RETURNS void
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  if row_security_active('company'::regclass) and current_user <> 'hub_ops_tenant' then
    raise exception '% is held by row-level security', current_user
      using errcode = 'HB403',
        hint = 'Connect as a superuser, or as a role with BYPASSRLS; or use ops.move_company, '
          'ops.export_company and ops.delete_company.';
  end if;
end
$$;

ALTER FUNCTION public.require_operator() OWNER TO hub_owner;

COMMENT ON FUNCTION public.require_operator() IS 'Raises HB403 where the caller would see nothing of a company, and think that there is nothing. hub_ops_tenant sees all of it, by its policies.';

CREATE FUNCTION public.reseal(place text, tenant uuid, row_key text, before bytea, after bytea) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  if place = 'second_factor.sealed_secret' then
    update second_factor f set sealed_secret = reseal.after
    where f.account_id = reseal.row_key::uuid and f.sealed_secret = reseal.before;
  elsif place = 'integration_connection.sealed_credentials' then
    update integration_connection c set sealed_credentials = reseal.after
    where c.tenant_id = reseal.tenant and c.integration = reseal.row_key
      and c.sealed_credentials = reseal.before;
  elsif place = 'webhook.sealed_secret' then
    update webhook w set sealed_secret = reseal.after
    where w.tenant_id = reseal.tenant and w.id = reseal.row_key::uuid
      and w.sealed_secret = reseal.before;
  elsif place = 'webhook.sealed_previous_secret' then
    update webhook w set sealed_previous_secret = reseal.after
    where w.tenant_id = reseal.tenant and w.id = reseal.row_key::uuid
      and w.sealed_previous_secret = reseal.before;
  elsif place = 'kept_answer.sealed_answer' then
    update kept_answer k set sealed_answer = reseal.after
    where k.tenant_id = reseal.tenant and row_key_of(k) = reseal.row_key
      and k.sealed_answer = reseal.before;
  end if;
  return found;
end
$$;

ALTER FUNCTION public.reseal(place text, tenant uuid, row_key text, before bytea, after bytea) OWNER TO hub_auth;

COMMENT ON FUNCTION public.reseal(place text, tenant uuid, row_key text, before bytea, after bytea) IS 'Puts an envelope in the place of another one of the same secret; false where that is no longer the one there. For operators: `mi-alegra keys reseal`.';

CREATE FUNCTION public.resend_invitation(actor uuid, tenant uuid, invitation uuid, company_mails_max integer, invitation_mails_max integer, lifetime_seconds integer, OUT outcome text, OUT retry_after_seconds integer) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  perform lock_invitations(resend_invitation.tenant);
  perform require_inviter(resend_invitation.tenant, resend_invitation.actor);
  perform lock_link(resend_invitation.tenant, resend_invitation.invitation);
  perform from invitation i
  where i.tenant_id = resend_invitation.tenant and i.id = resend_invitation.invitation
    and i.accepted_at is null and i.revoked_at is null
  for no key update;
  if not found then
    outcome := 'not_found';
    return;
  end if;
  retry_after_seconds := invitation_wait(
    resend_invitation.tenant, resend_invitation.invitation, company_mails_max,
    invitation_mails_max);
  if retry_after_seconds > 0 then
    outcome := 'limited';
    return;
  end if;
  update invitation i
  set invited_by = resend_invitation.actor, invited_by_name = m.display_name
  from membership m
  where i.tenant_id = resend_invitation.tenant and i.id = resend_invitation.invitation
    and m.tenant_id = i.tenant_id and m.account_id = resend_invitation.actor;
  perform mail_invitation(resend_invitation.tenant, resend_invitation.invitation, lifetime_seconds);
  outcome := 'resent';
end
$$;

ALTER FUNCTION public.resend_invitation(actor uuid, tenant uuid, invitation uuid, company_mails_max integer, invitation_mails_max integer, lifetime_seconds integer, OUT outcome text, OUT retry_after_seconds integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.resend_invitation(actor uuid, tenant uuid, invitation uuid, company_mails_max integer, invitation_mails_max integer, lifetime_seconds integer, OUT outcome text, OUT retry_after_seconds integer) IS 'Sends an open invitation again, expired or not, with a new link. Outcomes: resent; not_found (none of the company''s, or accepted or taken back); limited (as in invite_person).';

CREATE FUNCTION public.resend_mail(mail uuid, OUT outcome text, OUT resent uuid, OUT kind text, OUT account uuid, OUT tenant uuid) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  known mail;
  carried one_time_link;
begin
  select m.* into known from mail m where m.id = resend_mail.mail for update;
  select l.* into carried from one_time_link l where l.id = known.link_id;
  kind := known.kind;
  account := coalesce(known.account_id, carried.account_id);
  tenant := (carried.facts ->> 'tenant')::uuid;
  outcome := case
    when known.id is null then 'not_found'
    when known.sent_at is null and known.given_up_at is null then 'waiting'
    when carried.used_at is not null or carried.voided_at is not null
      or carried.expires_at <= now() then 'link_over'
  end;
  if outcome is not null then
    return;
  end if;
  if known.given_up_at is not null then
    update mail m
    set given_up_at = null, failure = null, attempts = 0, next_attempt_at = now()
    where m.id = known.id;
    resent := known.id;
  else
    -- Another mail: under the same Message-ID mailboxes would take it for the one they have.
    insert into mail as m (kind, account_id, address, name, language, facts, link_id)
    values (
      known.kind, known.account_id, known.address, known.name, known.language, known.facts,
      known.link_id)
    returning m.id into resent;
  end if;
  outcome := 'resent';
end
$$;

ALTER FUNCTION public.resend_mail(mail uuid, OUT outcome text, OUT resent uuid, OUT kind text, OUT account uuid, OUT tenant uuid) OWNER TO hub_delivery;

COMMENT ON FUNCTION public.resend_mail(mail uuid, OUT outcome text, OUT resent uuid, OUT kind text, OUT account uuid, OUT tenant uuid) IS 'Sends a mail again: one that was given up is tried anew, of one that was sent a copy goes. Outcomes: resent (by the id given); not_found; waiting (it is still to be sent); link_over (its link can be used no longer). For operators.';

CREATE FUNCTION public.reset_password(link uuid, new_password_hash text, OUT outcome text, OUT email text, OUT account_id uuid) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  person account;
  used one_time_link;
begin
  select a.* into person from account a
  join one_time_link l on l.account_id = a.id
  where l.id = reset_password.link and l.purpose = 'reset_password'
  for no key update of a;
  select * into used from use_link(reset_password.link, 'reset_password');
  if used.id is null or person.id is null then
    outcome := 'invalid';
    return;
  end if;
  update account a set password_hash = new_password_hash, password_changed_at = now()
  where a.id = person.id;
  perform forget_guesses(person.email_key);
  perform revoke_sessions(person.id);
  perform void_links(person.id, '{reset_password}');
  -- Who resets may do so because somebody else was in: what that one began ends here.
  perform drop_pending_email(person.id);
  perform ask_mail('password_changed', person.id, null);
  outcome := 'done';
  email := person.email;
  account_id := person.id;
end
$$;

ALTER FUNCTION public.reset_password(link uuid, new_password_hash text, OUT outcome text, OUT email text, OUT account_id uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.reset_password(link uuid, new_password_hash text, OUT outcome text, OUT email text, OUT account_id uuid) IS 'Uses a reset link: sets the password, the first one too, ends every session, forgets the guesses, and takes back what waits for a confirmation. Outcomes: done (email and account are given); invalid (the link is unknown, for another purpose, expired, void or used).';

CREATE FUNCTION public.revoke_api_token(tenant uuid, token uuid) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  -- What acts by the token holds its row (token_guard): behind this nothing of it commits.
  update api_token t set revoked_at = now(), previous_hash = null, previous_until = null
  where t.tenant_id = revoke_api_token.tenant and t.id = revoke_api_token.token
    and t.revoked_at is null;
  if found or exists (
    select from api_token t
    where t.tenant_id = revoke_api_token.tenant and t.id = revoke_api_token.token)
  then
    return 'revoked';
  end if;
  return 'not_found';
end
$$;

ALTER FUNCTION public.revoke_api_token(tenant uuid, token uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.revoke_api_token(tenant uuid, token uuid) IS 'Ends a token for good, both of its texts. Outcomes: revoked (now or before); not_found.';

CREATE FUNCTION public.revoke_invitation(tenant uuid, invitation uuid, OUT outcome text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  link uuid;
begin
  perform lock_invitations(revoke_invitation.tenant);
  perform lock_link(revoke_invitation.tenant, revoke_invitation.invitation);
  update invitation i set revoked_at = now()
  where i.tenant_id = revoke_invitation.tenant and i.id = revoke_invitation.invitation
    and i.accepted_at is null and i.revoked_at is null
  returning i.link_id into link;
  outcome := case when found then 'revoked' else 'not_found' end;
  update one_time_link l set voided_at = now()
  where l.id = link and l.used_at is null and l.voided_at is null;
  perform withdraw_invitation_mails(revoke_invitation.tenant, revoke_invitation.invitation, null);
end
$$;

ALTER FUNCTION public.revoke_invitation(tenant uuid, invitation uuid, OUT outcome text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.revoke_invitation(tenant uuid, invitation uuid, OUT outcome text) IS 'Takes an open invitation back; its link is good for nothing from then on. Outcomes: revoked; not_found (none of the company''s, or accepted or taken back).';

CREATE FUNCTION public.revoke_invitations_of(tenant uuid, inviter uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  perform lock_invitations(revoke_invitations_of.tenant);
  -- Links before invitations, as everywhere.
  update one_time_link l set voided_at = now()
  where l.used_at is null and l.voided_at is null and l.id in (
    select i.link_id from invitation i
    where i.tenant_id = revoke_invitations_of.tenant
      and i.invited_by = revoke_invitations_of.inviter
      and i.accepted_at is null and i.revoked_at is null);
  update invitation i set revoked_at = now()
  where i.tenant_id = revoke_invitations_of.tenant
    and i.invited_by = revoke_invitations_of.inviter
    and i.accepted_at is null and i.revoked_at is null;
  perform withdraw_invitation_mails(
    revoke_invitations_of.tenant, null, revoke_invitations_of.inviter);
end
$$;

ALTER FUNCTION public.revoke_invitations_of(tenant uuid, inviter uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.revoke_invitations_of(tenant uuid, inviter uuid) IS 'Takes back the open invitations of a person who may ask nobody in any more, and their mails that have not gone: nobody comes in by the word of who was removed. Runs with the rights of its caller, a function of hub_auth.';

CREATE FUNCTION public.revoke_other_sessions(session uuid, account uuid) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  ended integer;
begin
  perform from account a where a.id = revoke_other_sessions.account for no key update;
  update session s set revoked_at = now()
  where s.account_id = revoke_other_sessions.account and s.id <> revoke_other_sessions.session
    and s.revoked_at is null and s.expires_at > now() and s.idle_expires_at > now();
  get diagnostics ended = row_count;
  perform drop_email_of_ended_session(revoke_other_sessions.account);
  return ended;
end
$$;

ALTER FUNCTION public.revoke_other_sessions(session uuid, account uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.revoke_other_sessions(session uuid, account uuid) IS 'Ends every open session of this account but the one given, access tokens included, and takes back a change of address that one of them asked for; how many.';

CREATE FUNCTION public.revoke_service_token(id uuid) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  update service_token t set revoked_at = coalesce(t.revoked_at, now())
  where t.id = revoke_service_token.id;
  return case when found then 'revoked' else 'not_found' end;
end
$$;

ALTER FUNCTION public.revoke_service_token(id uuid) OWNER TO hub_service;

COMMENT ON FUNCTION public.revoke_service_token(id uuid) IS 'Ends a token: what begins afterwards is refused. Outcomes: revoked (now or before); not_found. For operators.';

CREATE FUNCTION public.revoke_session(account uuid, target uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  is_ended boolean;
begin
  perform from account a where a.id = revoke_session.account for no key update;
  update session s set revoked_at = now()
  where s.id = revoke_session.target and s.account_id = revoke_session.account
    and s.revoked_at is null and s.expires_at > now() and s.idle_expires_at > now();
  is_ended := found;
  perform drop_email_of_ended_session(revoke_session.account);
  return is_ended;
end
$$;

ALTER FUNCTION public.revoke_session(account uuid, target uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.revoke_session(account uuid, target uuid) IS 'Ends an open session of this account, access tokens included, and takes back a change of address that it asked for; false where it has no such one.';

CREATE FUNCTION public.revoke_sessions(account uuid) RETURNS integer
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  with ended as (
    update session s set revoked_at = now()
    where s.account_id = revoke_sessions.account and s.revoked_at is null
      and s.expires_at > now() and s.idle_expires_at > now()
    returning 1)
  select count(*)::integer from ended
$$;

ALTER FUNCTION public.revoke_sessions(account uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.revoke_sessions(account uuid) IS 'Ends every open session of this account, access tokens included; how many. Runs with the rights of its caller, a function of hub_auth.';

CREATE FUNCTION public.revoke_tokens_of_intruder() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  update api_token t set revoked_at = now(), previous_hash = null, previous_until = null
  where t.created_by = new.id and t.revoked_at is null
    and greatest(t.created_at, t.rotated_at) > now() - interval '72 hours';
  return null;
end
$$;

ALTER FUNCTION public.revoke_tokens_of_intruder() OWNER TO hub_auth;

COMMENT ON FUNCTION public.revoke_tokens_of_intruder() IS 'Trigger: where an undoing takes a password away, whoever knew it may have made tokens to stay. Those of the 72 hours in which it can be undone go with it.';

CREATE FUNCTION public.role_in_solution(tenant uuid, account uuid, solution text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select coalesce(r.role, m.role)
  from membership m
  left join solution_role r on r.tenant_id = m.tenant_id and r.account_id = m.account_id
    and r.solution = role_in_solution.solution
  where m.tenant_id = role_in_solution.tenant and m.account_id = role_in_solution.account
$$;

ALTER FUNCTION public.role_in_solution(tenant uuid, account uuid, solution text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.role_in_solution(tenant uuid, account uuid, solution text) IS 'The role that a member has in a solution: the one given there, or else that in the company. Runs with the rights of its caller.';

CREATE FUNCTION public.roles_allowed(tenant uuid, solution text) RETURNS text[]
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select case
    when roles_allowed.solution is null and not exists (
        select from company_solution s
        where s.tenant_id = roles_allowed.tenant and s.state <> 'INACTIVE')
      then array['administrator', 'accountant', 'assistant', 'seller']
    else array(
      select distinct r.role
      from company_solution s
      join plan_role r on r.plan = s.plan
      where s.tenant_id = roles_allowed.tenant and s.state <> 'INACTIVE'
        and (roles_allowed.solution is null or s.solution = roles_allowed.solution))
    end
$$;

ALTER FUNCTION public.roles_allowed(tenant uuid, solution text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.roles_allowed(tenant uuid, solution text) IS 'The roles that can be given in a company: those of any of its plans, all where it has none yet; in one of its solutions: those of its plan, none where it is not in use. Runs with the rights of its caller, a function of hub_auth.';

CREATE FUNCTION public.roles_lost(tenant uuid, solution text, plan_before text, plan_after text) RETURNS TABLE(kind text, id uuid, name text, role text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  with lost as (
    select r.role from plan_role r where r.plan = roles_lost.plan_before
    except
    select r.role from plan_role r where r.plan = roles_lost.plan_after),
  holder as (
    select 'PERSON' as kind, m.account_id as id, m.display_name as name,
      coalesce(r.role, m.role) as role
    from membership m
    left join solution_role r on r.tenant_id = m.tenant_id and r.account_id = m.account_id
      and r.solution = roles_lost.solution
    where m.tenant_id = roles_lost.tenant
    union all
    select 'INVITATION', i.id, i.email, coalesce(i.solution_roles ->> roles_lost.solution, i.role)
    from invitation i
    where i.tenant_id = roles_lost.tenant and i.accepted_at is null and i.revoked_at is null
      and i.expires_at > now())
  select h.kind, h.id, h.name, h.role
  from holder h
  join lost l on l.role = h.role
  order by h.kind desc, h.name, h.id
$$;

ALTER FUNCTION public.roles_lost(tenant uuid, solution text, plan_before text, plan_after text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.roles_lost(tenant uuid, solution text, plan_before text, plan_after text) IS 'The members, and those invited, whose role in a solution one plan allows and another does not: kind is PERSON (id is the account) or INVITATION. Runs with the rights of its caller.';

CREATE FUNCTION public.rotate_api_token(session uuid, account uuid, tenant uuid, token uuid, hash bytea, overlap_seconds integer) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  if not exists (
    select from session s
    where s.id = rotate_api_token.session and s.account_id = rotate_api_token.account
      and is_fresh(s.authenticated_at))
  then
    return 'not_fresh';
  end if;
  update api_token t set
    previous_hash = case when overlap_seconds > 0 then t.hash end,
    previous_until = case
      when overlap_seconds > 0 then now() + make_interval(secs => overlap_seconds) end,
    hash = rotate_api_token.hash, rotated_at = now()
  where t.tenant_id = rotate_api_token.tenant and t.id = rotate_api_token.token
    and t.revoked_at is null and t.expires_at > now();
  return case when found then 'rotated' else 'not_found' end;
end
$$;

ALTER FUNCTION public.rotate_api_token(session uuid, account uuid, tenant uuid, token uuid, hash bytea, overlap_seconds integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.rotate_api_token(session uuid, account uuid, tenant uuid, token uuid, hash bytea, overlap_seconds integer) IS 'Gives a token another text; the one so far stays good for so long, and any before it ends. Outcomes: rotated; not_fresh; not_found: foreign, over, revoked, or never was.';

CREATE FUNCTION public.rotate_webhook_secret(tenant uuid, token uuid, webhook uuid, sealed bytea, overlap_seconds integer) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  if not my_webhook(
    rotate_webhook_secret.tenant, rotate_webhook_secret.token, rotate_webhook_secret.webhook)
  then
    return 'not_found';
  end if;
  update webhook w set
    sealed_previous_secret = case when overlap_seconds > 0 then w.sealed_secret end,
    previous_until = case
      when overlap_seconds > 0 then now() + make_interval(secs => overlap_seconds) end,
    sealed_secret = rotate_webhook_secret.sealed
  where w.tenant_id = rotate_webhook_secret.tenant and w.id = rotate_webhook_secret.webhook;
  return 'rotated';
end
$$;

ALTER FUNCTION public.rotate_webhook_secret(tenant uuid, token uuid, webhook uuid, sealed bytea, overlap_seconds integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.rotate_webhook_secret(tenant uuid, token uuid, webhook uuid, sealed bytea, overlap_seconds integer) IS 'Gives a webhook another secret; for so long the one so far signs besides. Outcomes: rotated; not_found.';

CREATE TABLE public.kept_answer (
    tenant_id uuid NOT NULL,
    actor uuid NOT NULL,
    key_digest bytea NOT NULL,
    field text NOT NULL,
    body_digest bytea NOT NULL,
    sealed_answer bytea NOT NULL,
    kept_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT kept_answer_body_digest_check CHECK ((octet_length(body_digest) = 32)),
    CONSTRAINT kept_answer_key_digest_check CHECK ((octet_length(key_digest) = 32)),
    CONSTRAINT kept_answer_tenant_id_check CHECK ((tenant_id <> '00000000-0000-0000-0000-000000000000'::uuid))
);

ALTER TABLE ONLY public.kept_answer FORCE ROW LEVEL SECURITY;

ALTER TABLE public.kept_answer OWNER TO hub_owner;

COMMENT ON TABLE public.kept_answer IS 'What was answered to mutations that were sent with an Idempotency-Key. [redacted]';

COMMENT ON COLUMN public.kept_answer.tenant_id IS 'The company that was acted in.';

COMMENT ON COLUMN public.kept_answer.actor IS 'Who acted: the account, or the partner''s token.';

COMMENT ON COLUMN public.kept_answer.key_digest IS 'SHA-256 of the key.';

COMMENT ON COLUMN public.kept_answer.field IS 'The response name of the field that was performed.';

COMMENT ON COLUMN public.kept_answer.body_digest IS 'SHA-256 of what was asked: another body under the same key is refused.';

COMMENT ON COLUMN public.kept_answer.sealed_answer IS 'The field''s value and errors, sealed.';

COMMENT ON COLUMN public.kept_answer.kept_at IS 'When it was answered; a day later it is forgotten.';

CREATE FUNCTION public.row_key_of(answer public.kept_answer) RETURNS text
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$ select answer.actor || ' ' || encode(answer.key_digest, 'hex') || ' ' || answer.field $$;

ALTER FUNCTION public.row_key_of(answer public.kept_answer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.row_key_of(answer public.kept_answer) IS 'The row''s key below its company, as its answer is sealed for it.';

CREATE FUNCTION public.sealing_key_of(sealed bytea) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select case
    when length(sealed) > 2 and get_byte(sealed, 0) = 1 and get_byte(sealed, 1) > 0
      and length(sealed) >= 2 + get_byte(sealed, 1)
    then encode(substring(sealed from 3 for get_byte(sealed, 1)), 'escape')
  end
$$;

ALTER FUNCTION public.sealing_key_of(sealed bytea) OWNER TO hub_owner;

COMMENT ON FUNCTION public.sealing_key_of(sealed bytea) IS 'The name of the key that a secret at rest is sealed under; null where it is no envelope.';

CREATE FUNCTION public.sealing_keys_in_use(OUT place text, OUT key_name text, OUT secrets bigint) RETURNS SETOF record
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select 'second_factor.sealed_secret', sealing_key_of(f.sealed_secret), count(*)
  from second_factor f
  group by 2
  union all
  select 'integration_connection.sealed_credentials', sealing_key_of(c.sealed_credentials),
    count(*)
  from integration_connection c
  where c.sealed_credentials is not null
  group by 2
  union all
  select 'webhook.sealed_secret', sealing_key_of(w.sealed_secret), count(*)
  from webhook w
  group by 2
  union all
  select 'webhook.sealed_previous_secret', sealing_key_of(w.sealed_previous_secret), count(*)
  from webhook w
  where w.sealed_previous_secret is not null
  group by 2
  union all
  select 'kept_answer.sealed_answer', sealing_key_of(k.sealed_answer), count(*)
  from kept_answer k
  group by 2
  order by 1, 2
$$;

ALTER FUNCTION public.sealing_keys_in_use(OUT place text, OUT key_name text, OUT secrets bigint) OWNER TO hub_auth;

COMMENT ON FUNCTION public.sealing_keys_in_use(OUT place text, OUT key_name text, OUT secrets bigint) IS 'Under which keys the secrets at rest are sealed, and how many each; null for those that are no envelope. A key that is not named here may be taken out of SEALING_KEYS.';

CREATE FUNCTION public.second_factor_to_prove(account uuid, guesses_max integer, window_seconds integer, OUT sealed_secret bytea, OUT last_step bigint, OUT is_confirmed boolean, OUT retry_after_seconds integer) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  wait interval;
begin
  select take_guess(hash_of_email(a.email_key), 'second factor', guesses_max, window_seconds)
  into wait from account a where a.id = second_factor_to_prove.account;
  if wait is not null then
    retry_after_seconds := greatest(1, ceil(extract(epoch from wait)));
    return;
  end if;
  select f.sealed_secret, f.last_step, f.confirmed_at is not null
  into sealed_secret, last_step, is_confirmed
  from second_factor f where f.account_id = second_factor_to_prove.account;
end
$$;

ALTER FUNCTION public.second_factor_to_prove(account uuid, guesses_max integer, window_seconds integer, OUT sealed_secret bytea, OUT last_step bigint, OUT is_confirmed boolean, OUT retry_after_seconds integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.second_factor_to_prove(account uuid, guesses_max integer, window_seconds integer, OUT sealed_secret bytea, OUT last_step bigint, OUT is_confirmed boolean, OUT retry_after_seconds integer) IS 'Counts one guess at a signed-in person''s second factor, before the code is looked at, and gives what it is compared with.';

CREATE FUNCTION public.secrets_to_reseal(place text, key_name text, after_tenant uuid, after_row text, rows_max integer, OUT tenant uuid, OUT row_key text, OUT sealed bytea) RETURNS SETOF record
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  if place = 'second_factor.sealed_secret' then
    return query
    select null::uuid, f.account_id::text, f.sealed_secret
    from second_factor f
    where sealing_key_of(f.sealed_secret) is distinct from secrets_to_reseal.key_name
      and (after_row is null or f.account_id > after_row::uuid)
    order by f.account_id
    limit rows_max;
  elsif place = 'integration_connection.sealed_credentials' then
    return query
    select c.tenant_id, c.integration, c.sealed_credentials
    from integration_connection c
    where c.sealed_credentials is not null
      and sealing_key_of(c.sealed_credentials) is distinct from secrets_to_reseal.key_name
      and (after_row is null or (c.tenant_id, c.integration) > (after_tenant, after_row))
    order by c.tenant_id, c.integration
    limit rows_max;
  elsif place = 'webhook.sealed_secret' then
    return query
    select w.tenant_id, w.id::text, w.sealed_secret
    from webhook w
    where sealing_key_of(w.sealed_secret) is distinct from secrets_to_reseal.key_name
      and (after_row is null or (w.tenant_id, w.id) > (after_tenant, after_row::uuid))
    order by w.tenant_id, w.id
    limit rows_max;
  elsif place = 'webhook.sealed_previous_secret' then
    return query
    select w.tenant_id, w.id::text, w.sealed_previous_secret
    from webhook w
    where w.sealed_previous_secret is not null
      and sealing_key_of(w.sealed_previous_secret) is distinct from secrets_to_reseal.key_name
      and (after_row is null or (w.tenant_id, w.id) > (after_tenant, after_row::uuid))
    order by w.tenant_id, w.id
    limit rows_max;
  elsif place = 'kept_answer.sealed_answer' then
    return query
    select k.tenant_id, row_key_of(k), k.sealed_answer
    from kept_answer k
    where sealing_key_of(k.sealed_answer) is distinct from secrets_to_reseal.key_name
      and (after_row is null or (k.tenant_id, row_key_of(k)) > (after_tenant, after_row))
    order by k.tenant_id, row_key_of(k)
    limit rows_max;
  end if;
end
$$;

ALTER FUNCTION public.secrets_to_reseal(place text, key_name text, after_tenant uuid, after_row text, rows_max integer, OUT tenant uuid, OUT row_key text, OUT sealed bytea) OWNER TO hub_auth;

COMMENT ON FUNCTION public.secrets_to_reseal(place text, key_name text, after_tenant uuid, after_row text, rows_max integer, OUT tenant uuid, OUT row_key text, OUT sealed bytea) IS 'The next envelopes of a place, as sealing_keys_in_use names it, that are not sealed under this key, behind the row given; null: from the first. The tenant is null where the secret is a person''s. For operators: `mi-alegra keys reseal`.';

CREATE FUNCTION public.service_guard(token_hash bytea) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  solution constant text := service_solution(service_guard.token_hash);
begin
  if solution is null then
    raise exception 'the service token is unknown, over or revoked' using errcode = 'HB401';
  end if;
  perform set_config('app.actor', 'service:' || solution, true);
end
$$;

ALTER FUNCTION public.service_guard(token_hash bytea) OWNER TO hub_service;

COMMENT ON FUNCTION public.service_guard(token_hash bytea) IS 'The first statement of every act of a solution''s backend: raises HB401 where the token is not good now, so that PostgreSQL skips what stands behind it in the same batch. From then on the transaction acts for the solution (app.actor).';

CREATE FUNCTION public.service_of(token_hash bytea) RETURNS TABLE(solution text, name text, expires_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select t.solution, t.name, t.expires_at
  from service_token t
  where t.hash = service_of.token_hash and t.revoked_at is null and t.expires_at > now()
$$;

ALTER FUNCTION public.service_of(token_hash bytea) OWNER TO hub_service;

COMMENT ON FUNCTION public.service_of(token_hash bytea) IS 'What a service token is, by its SHA-256: one row where it is good now, none otherwise.';

CREATE FUNCTION public.service_solution(token_hash bytea) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  token service_token;
begin
  select t.* into token
  from service_token t
  where t.hash = service_solution.token_hash and t.revoked_at is null and t.expires_at > now();
  if token.last_used_at is null or token.last_used_at < now() - interval '1 minute' then
    -- Whoever acts at the same time does not wait for the note of another.
    update service_token t set last_used_at = now()
    where t.id = (
      select n.id from service_token n where n.id = token.id for no key update skip locked);
  end if;
  return token.solution;
end
$$;

ALTER FUNCTION public.service_solution(token_hash bytea) OWNER TO hub_service;

COMMENT ON FUNCTION public.service_solution(token_hash bytea) IS 'The solution in whose name a service token acts, by its SHA-256; null where it is not good now. Notes that it was used. To be asked in the transaction of the act.';

CREATE FUNCTION public.service_tokens() RETURNS TABLE(id uuid, solution text, name text, created_at timestamp with time zone, expires_at timestamp with time zone, revoked_at timestamp with time zone, last_used_at timestamp with time zone)
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select t.id, t.solution, t.name, t.created_at, t.expires_at, t.revoked_at, t.last_used_at
  from service_token t
  order by t.solution, t.created_at, t.id
$$;

ALTER FUNCTION public.service_tokens() OWNER TO hub_service;

COMMENT ON FUNCTION public.service_tokens() IS 'Every service token with what is known of it, but for its hash. For operators.';

CREATE FUNCTION public.set_first_password(session uuid, account uuid, new_password_hash text, OUT outcome text, OUT sessions_ended integer) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  person account;
begin
  select a.* into person from account a where a.id = set_first_password.account for no key update;
  select case when not s.is_live then 'dead_session' when not s.is_fresh then 'not_fresh' end
  into outcome from live_session(set_first_password.session, set_first_password.account) as s;
  if outcome is not null then
    return;
  end if;
  if person.password_hash is not null then
    outcome := 'changed';
    return;
  end if;
  update account a set password_hash = new_password_hash, password_changed_at = now()
  where a.id = person.id;
  perform forget_guesses(person.email_key);
  perform void_links(person.id, '{reset_password}');
  sessions_ended := revoke_other_sessions(set_first_password.session, person.id);
  perform ask_mail('password_changed', person.id, null);
  outcome := 'done';
end
$$;

ALTER FUNCTION public.set_first_password(session uuid, account uuid, new_password_hash text, OUT outcome text, OUT sessions_ended integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.set_first_password(session uuid, account uuid, new_password_hash text, OUT outcome text, OUT sessions_ended integer) IS 'Gives a password to a person who has none and has just proved otherwise who they are; every other session ends. Outcomes: done; changed (there is a password by now); not_fresh; dead_session.';

CREATE FUNCTION public.set_integration(tenant uuid, account uuid, integration text, settings jsonb) RETURNS text
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  changed integration_connection.settings%type;
begin
  perform hold_company(tenant);
  if not exists (
    select from integrations_of(set_integration.tenant, set_integration.account) o
    where o.integration = set_integration.integration and o.is_connected)
  then
    return 'not_connected';
  elsif may_connect(tenant, account, integration, null) <> 'allowed' then
    return 'not_available';
  end if;
  update integration_connection c
  set settings = jsonb_strip_nulls(c.settings || set_integration.settings)
  where c.tenant_id = set_integration.tenant and c.integration = set_integration.integration;
  return 'updated';
end
$$;

ALTER FUNCTION public.set_integration(tenant uuid, account uuid, integration text, settings jsonb) OWNER TO hub_owner;

COMMENT ON FUNCTION public.set_integration(tenant uuid, account uuid, integration text, settings jsonb) IS 'Changes the settings of a connection that are named; null takes one away. Outcomes: updated; not_connected; not_available (it is offered no longer, and can only be disconnected). Runs with the rights of its caller.';

CREATE FUNCTION public.settle_claims(tenant uuid) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  perform decide_company_fields(settle_claims.tenant, best.source, best.fields)
  from (
    select k.source, array_agg(claimed.field) as fields
    from (
      select distinct claim_field(f.path) as field
      from company c
      join form_field f on f.country_version = c.country_version
      where c.tenant_id = settle_claims.tenant) as claimed
    cross join lateral latest_claims(settle_claims.tenant, claimed.field) as k
    -- What was said of the time zone was said of where the company was.
    where k.place = 1 and claimed.field <> 'timezone'
    group by k.source) as best;
end
$$;

ALTER FUNCTION public.settle_claims(tenant uuid) OWNER TO hub_owner;

COMMENT ON FUNCTION public.settle_claims(tenant uuid) IS 'Writes into a company that came to another country version what solutions know of it and that version takes, where no person''s word stands. Runs with the rights of its caller, who may act as hub_company.';

CREATE FUNCTION public.sign_in(account uuid, expected_password_hash text, wanted_tenant uuid, device text, address_range text, refresh_hash bytea, challenge_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT session_id uuid, OUT tenant_id uuid) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  person account;
begin
  select a.* into person from account a where a.id = sign_in.account for no key update;
  if person.password_hash is null or person.password_hash is distinct from expected_password_hash
  then
    outcome := 'changed';
    return;
  end if;
  perform guess_was_right(person.email_key, sign_in.address_range);
  select entered.outcome, entered.session_id, entered.tenant_id
  into outcome, session_id, tenant_id
  from enter_or_challenge(
    person.id, wanted_tenant, device, address_range, refresh_hash, challenge_hash, idle_seconds,
    absolute_seconds) as entered;
end
$$;

ALTER FUNCTION public.sign_in(account uuid, expected_password_hash text, wanted_tenant uuid, device text, address_range text, refresh_hash bytea, challenge_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT session_id uuid, OUT tenant_id uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.sign_in(account uuid, expected_password_hash text, wanted_tenant uuid, device text, address_range text, refresh_hash bytea, challenge_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT session_id uuid, OUT tenant_id uuid) IS 'Lets in a person whose password was just verified against expected_password_hash. Outcomes: those of enter_or_challenge(); changed (the password is another one by now: refuse as a wrong password).';

CREATE FUNCTION public.sign_in_with_google(subject text, device text, address_range text, refresh_hash bytea, challenge_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT account_id uuid, OUT session_id uuid, OUT tenant_id uuid) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  linked uuid;
  person account;
  wanted uuid;
begin
  select g.account_id into linked
  from account_google g where g.subject = sign_in_with_google.subject;
  select a.* into person from account a where a.id = linked for no key update;
  -- Asked again behind the lock: an unlinking that came first has ended.
  perform from account_google g
  where g.subject = sign_in_with_google.subject and g.account_id = linked;
  if not found then
    outcome := 'not_linked';
    return;
  end if;

  -- Nobody can be asked in the middle of a redirect: the company last used, or else the first by
  -- name, from where the person can switch to the others.
  select m.tenant_id into wanted
  from membership m where m.account_id = linked
  order by m.tenant_id is not distinct from person.last_tenant_id desc, m.company_name, m.tenant_id
  limit 1;
  select entered.outcome, entered.session_id, entered.tenant_id
  into outcome, session_id, tenant_id
  from enter_or_challenge(
    linked, wanted, device, address_range, refresh_hash, challenge_hash, idle_seconds,
    absolute_seconds) as entered;
  if outcome = 'signed_in' then
    account_id := linked;
  end if;
end
$$;

ALTER FUNCTION public.sign_in_with_google(subject text, device text, address_range text, refresh_hash bytea, challenge_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT account_id uuid, OUT session_id uuid, OUT tenant_id uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.sign_in_with_google(subject text, device text, address_range text, refresh_hash bytea, challenge_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT account_id uuid, OUT session_id uuid, OUT tenant_id uuid) IS 'Lets in the person who has linked this Google account, which has just been proved. An address is not looked at: one that belongs to an account without this link signs nobody in. Outcomes: not_linked; signed_in (the ids are given); challenge (a second factor is missing, the hash given is the challenge''s); no_company. Letting in is made by a later migration.';

CREATE FUNCTION public.sign_out(session uuid, account uuid) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  update session s set revoked_at = now()
  where s.id = sign_out.session and s.account_id = sign_out.account and s.revoked_at is null;
  return found;
end
$$;

ALTER FUNCTION public.sign_out(session uuid, account uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.sign_out(session uuid, account uuid) IS 'Ends a session of this account at once, its access tokens included; false where it had ended.';

CREATE FUNCTION public.sign_up(email text, language text, lifetime_seconds integer, requests_max integer, window_seconds integer) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  person account;
  link uuid;
begin
  if not count_link_request('sign_up', email, requests_max, window_seconds) then
    return;
  end if;
  select a.* into person from account a where a.email_key = lower(sign_up.email);
  update one_time_link l set voided_at = now()
  where l.purpose = 'sign_up' and lower(l.address) = lower(sign_up.email)
    and l.account_id is null and l.used_at is null and l.voided_at is null;
  -- A known address gets a link too, which no mail carries: both cases do the same work.
  link := make_link('sign_up', null, email, make_interval(secs => lifetime_seconds));
  if person.id is null then
    insert into mail (kind, account_id, address, name, language, link_id)
    values ('sign_up', null, email, '', sign_up.language, link);
  else
    insert into mail (kind, account_id, address, name, language, link_id)
    values (
      'sign_up_known', person.id, person.email,
      coalesce(nullif(person.display_name, ''), person.first_name),
      mail_language(person.language, person.country), null);
  end if;
end
$$;

ALTER FUNCTION public.sign_up(email text, language text, lifetime_seconds integer, requests_max integer, window_seconds integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.sign_up(email text, language text, lifetime_seconds integer, requests_max integer, window_seconds integer) IS 'Asks for a mail with a link to sign up by; links of before are void. Who has an account already is told so by the mail, and by nothing else.';

CREATE FUNCTION public.sign_up_with_google(subject text, google_email text, given_name text, family_name text, country text, language text, company_name text, country_version text, device text, address_range text, refresh_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT account_id uuid, OUT session_id uuid, OUT tenant_id uuid) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  made_account uuid;
  made_tenant uuid;
begin
  begin
    made_account := make_person(
      google_email, null, given_name, family_name, sign_up_with_google.country,
      sign_up_with_google.language);
    insert into account_google (account_id, subject, email)
    values (made_account, sign_up_with_google.subject, google_email);
    made_tenant := make_company(
      made_account, sign_up_with_google.country_version, company_name);
  exception when unique_violation then
    -- Two at once: the database has decided, and nothing of this one stays.
    outcome := 'known';
    return;
  end;
  select entered.outcome, entered.session_id, entered.tenant_id
  into outcome, session_id, tenant_id
  from enter(
    made_account, made_tenant, device, address_range, refresh_hash, idle_seconds,
    absolute_seconds) as entered;
  account_id := made_account;
end
$$;

ALTER FUNCTION public.sign_up_with_google(subject text, google_email text, given_name text, family_name text, country text, language text, company_name text, country_version text, device text, address_range text, refresh_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT account_id uuid, OUT session_id uuid, OUT tenant_id uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.sign_up_with_google(subject text, google_email text, given_name text, family_name text, country text, language text, company_name text, country_version text, device text, address_range text, refresh_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT account_id uuid, OUT session_id uuid, OUT tenant_id uuid) IS 'Makes a person, linked to the Google account that has just been proved, their company and their session. Outcomes: signed_in; known (there is an account with that address or that link: nothing was made, nothing was linked).';

CREATE FUNCTION public.signature_stands(tenant uuid, sequence bigint, hash bytea) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select exists (
    select from event e
    where e.tenant_id = signature_stands.tenant and e.sequence = signature_stands.sequence
      and e.hash = signature_stands.hash)
$$;

ALTER FUNCTION public.signature_stands(tenant uuid, sequence bigint, hash bytea) OWNER TO hub_log;

COMMENT ON FUNCTION public.signature_stands(tenant uuid, sequence bigint, hash bytea) IS 'Whether the log of a tenant has an event of this number and hash.';

CREATE FUNCTION public.signatures_to_verify(after_tenant uuid, after_sequence bigint, rows_max integer, OUT tenant_id uuid, OUT sequence bigint, OUT hash bytea, OUT signed_at timestamp with time zone, OUT key_name text, OUT signature bytea, OUT stands boolean) RETURNS SETOF record
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select s.tenant_id, s.sequence, s.hash, s.signed_at, s.key_name, s.signature,
    exists (
      select from event e
      where e.tenant_id = s.tenant_id and e.sequence = s.sequence and e.hash = s.hash)
  from audit_signature s
  where (s.tenant_id, s.sequence) > (
    coalesce(after_tenant, '00000000-0000-0000-0000-000000000000'), coalesce(after_sequence, 0))
  order by s.tenant_id, s.sequence
  limit signatures_to_verify.rows_max
$$;

ALTER FUNCTION public.signatures_to_verify(after_tenant uuid, after_sequence bigint, rows_max integer, OUT tenant_id uuid, OUT sequence bigint, OUT hash bytea, OUT signed_at timestamp with time zone, OUT key_name text, OUT signature bytea, OUT stands boolean) OWNER TO hub_log;

COMMENT ON FUNCTION public.signatures_to_verify(after_tenant uuid, after_sequence bigint, rows_max integer, OUT tenant_id uuid, OUT sequence bigint, OUT hash bytea, OUT signed_at timestamp with time zone, OUT key_name text, OUT signature bytea, OUT stands boolean) IS 'Signatures in order, and whether the log still has the event that they sign.';

CREATE FUNCTION public.solution_role_in_plan() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  perform from solution_role r
  where r.tenant_id = new.tenant_id and r.account_id = new.account_id
    and r.solution = new.solution
    and r.role <> all (roles_allowed(r.tenant_id, r.solution));
  if found then
    raise exception 'the plan of % does not allow the role %', new.solution, new.role
      using errcode = 'HB409', table = 'solution_role', column = 'role',
        constraint = 'solution_role_in_plan';
  end if;
  return null;
end
$$;

ALTER FUNCTION public.solution_role_in_plan() OWNER TO hub_auth;

COMMENT ON FUNCTION public.solution_role_in_plan() IS 'Constraint trigger, looked at when the transaction commits: a role in a solution is given only where it is in use and its plan allows the role, in psql too (HB409).';

CREATE FUNCTION public.spread_events(webhooks_max integer, events_max integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  behind record;
  spread integer := 0;
  last_position bigint;
begin
  for behind in
    select w.tenant_id, w.id, w.event_types, w.position
    from webhook w
    join event_head h on h.tenant_id = w.tenant_id and h.sequence > w.position
    where w.disabled_at is null
    limit webhooks_max
    for no key update of w skip locked
  loop
    -- A page of the log at a time: what lies in it is looked at, whether it is wanted or not.
    select max(page.sequence) into last_position
    from (
      select e.sequence from event e
      where e.tenant_id = behind.tenant_id and e.sequence > behind.position
      order by e.sequence
      limit events_max) as page;
    insert into webhook_delivery (tenant_id, webhook_id, sequence, message_id, type)
    select e.tenant_id, behind.id, e.sequence, webhook_message_id(e.hash), e.type
    from event e
    where e.tenant_id = behind.tenant_id
      and e.sequence > behind.position and e.sequence <= last_position
      and (behind.event_types is null or e.type = any (behind.event_types))
    on conflict (tenant_id, webhook_id, sequence) do nothing;
    update webhook w set position = coalesce(last_position, w.position)
    where w.tenant_id = behind.tenant_id and w.id = behind.id;
    spread := spread + 1;
  end loop;
  return spread;
end
$$;

ALTER FUNCTION public.spread_events(webhooks_max integer, events_max integer) OWNER TO hub_delivery;

COMMENT ON FUNCTION public.spread_events(webhooks_max integer, events_max integer) IS 'Makes deliveries of the events behind the positions of webhooks, of so many each; how many webhooks there were. One that another server is at is left to it.';

CREATE FUNCTION public.switch_company(session uuid, account uuid, tenant uuid, OUT outcome text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  perform from session s
  where s.id = switch_company.session and s.account_id = switch_company.account
    and s.revoked_at is null and s.expires_at > now() and s.idle_expires_at > now()
  for no key update;
  if not found then
    outcome := 'dead_session';
    return;
  end if;

  perform from membership m
  where m.tenant_id = switch_company.tenant and m.account_id = switch_company.account;
  if not found then
    outcome := 'not_member';
    return;
  end if;

  update session s set last_tenant_id = switch_company.tenant where s.id = switch_company.session;
  update account a set last_tenant_id = switch_company.tenant where a.id = switch_company.account;
  outcome := 'switched';
end
$$;

ALTER FUNCTION public.switch_company(session uuid, account uuid, tenant uuid, OUT outcome text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.switch_company(session uuid, account uuid, tenant uuid, OUT outcome text) IS 'Lets a session go on in another of the person''s companies. Outcomes: switched; not_member (also where there is no such company); dead_session.';

CREATE FUNCTION public.system_of(user_agent text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$
  select case
    when user_agent ~ '\m(iPhone|iPod);' then 'iOS'
    when user_agent ~ '\miPad;' then 'iPadOS'
    when user_agent ~ '\mAndroid\M' then 'Android'
    when user_agent ~ '\mWindows NT\M' then 'Windows'
    when user_agent ~ '\mCrOS\M' then 'ChromeOS'
    when user_agent ~ '\mMacintosh;' then 'macOS'
    when user_agent ~ '\m(Linux|X11)\M' then 'Linux'
  end
$$;

ALTER FUNCTION public.system_of(user_agent text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.system_of(user_agent text) IS 'The system that a User-Agent names, as people call it; null where it is none of the common ones.';

CREATE FUNCTION public.take_event_heads() RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  noted constant text := current_setting('app.event_tenants', true);
  administered constant text := current_setting('app.event_administrators', true);
  switched constant text := current_setting('app.event_solutions', true);
begin
  if coalesce(noted, '') = '' then
    return;
  end if;
  perform set_config('app.event_tenants', '', true);
  -- Rows first: whoever changes one has it since before the commit.
  if coalesce(switched, '') <> '' then
    perform set_config('app.event_solutions', '', true);
    perform hold_needed_solutions(string_to_array(switched, ',')::uuid[]);
  end if;
  if coalesce(administered, '') <> '' then
    -- The lock of administrator_remains(), which membership_keep_administrator waits for at commit.
    perform set_config('app.event_administrators', '', true);
    perform pg_advisory_xact_lock(
      hashtextextended('mi-alegra: administrators of ' || tenant, 0))
    from (
      select a.tenant from unnest(string_to_array(administered, ',')) as a (tenant)
      order by a.tenant) as ordered;
  end if;
  perform from event_head h
  where h.tenant_id = any (string_to_array(noted, ',')::uuid[])
  order by h.tenant_id
  for update;
end
$$;

ALTER FUNCTION public.take_event_heads() OWNER TO hub_log;

COMMENT ON FUNCTION public.take_event_heads() IS 'Takes the heads of all tenants that this transaction has changed something of, in one order for everybody, before the first event is written; and before them what the other triggers wait for that are deferred to the commit. A test holds that each of those is known.';

CREATE FUNCTION public.take_guess(email_hash bytea, client text, guesses_max integer, window_seconds integer) RETURNS interval
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  span constant interval := make_interval(secs => window_seconds);
  one_step constant interval := span / guesses_max;
  filled_at timestamptz;
begin
  insert into sign_in_guess as g (email_hash, client, full_at, step)
  values (take_guess.email_hash, take_guess.client, now() + one_step, one_step)
  on conflict on constraint sign_in_guess_pkey do update
  set full_at = greatest(g.full_at, now()) + excluded.step, step = excluded.step
  where greatest(g.full_at, now()) + excluded.step <= now() + span;
  if found then
    return null;
  end if;
  select g.full_at into filled_at from sign_in_guess g
  where g.email_hash = take_guess.email_hash and g.client = take_guess.client;
  return filled_at + one_step - span - now();
end
$$;

ALTER FUNCTION public.take_guess(email_hash bytea, client text, guesses_max integer, window_seconds integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.take_guess(email_hash bytea, client text, guesses_max integer, window_seconds integer) IS 'Takes one guess out of a bucket of guesses_max that fills within window_seconds; null where there was one, or else how long it takes until there is. What is refused takes nothing, so that hammering keeps nobody out for longer. Runs with the rights of its caller, a function of hub_auth.';

CREATE FUNCTION public.take_report(source text, tenant uuid, claims jsonb, reported_at timestamp with time zone, ahead_seconds_max integer, OUT outcome text, OUT fields jsonb) RETURNS record
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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

ALTER FUNCTION public.take_report(source text, tenant uuid, claims jsonb, reported_at timestamp with time zone, ahead_seconds_max integer, OUT outcome text, OUT fields jsonb) OWNER TO hub_company;

COMMENT ON FUNCTION public.take_report(source text, tenant uuid, claims jsonb, reported_at timestamp with time zone, ahead_seconds_max integer, OUT outcome text, OUT fields jsonb) IS 'Takes what a solution knows of a company, {field: value} by company_claim, and decides what stands. Outcomes: reported (fields is [{"name", "value", "stands"}], what then stands of each field of the form); ahead (reported for an instant too far ahead of this clock); not_found (the company has not this solution, or is none). Runs with the rights of its caller, a function of hub_company.';

CREATE FUNCTION public.tax_check_characters(algorithm text, body text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select case when algorithm like 'weights:%' then weighted_check_characters(algorithm, body)
    else named_check_characters(algorithm, body) end
$$;

ALTER FUNCTION public.tax_check_characters(algorithm text, body text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.tax_check_characters(algorithm text, body text) IS 'The characters that may end a tax number with this body, by the algorithm of its kind; empty where none fits, null where the body has not the form that the rule speaks of, or the rule knows no check digit.';

CREATE FUNCTION public.tax_number_fault(country_version text, type text, number text, check_digit text, kind_of_person text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
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
$_$;

ALTER FUNCTION public.tax_number_fault(country_version text, type text, number text, check_digit text, kind_of_person text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.tax_number_fault(country_version text, type text, number text, check_digit text, kind_of_person text) IS 'What is wrong with a tax number as it is kept, as the code of the hub''s user error; null where nothing is. A kind of person that is not known (null) fits every number.';

CREATE FUNCTION public.tell_of_deletion(tenant uuid, company_name text, OUT people jsonb) RETURNS jsonb
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  select coalesce(jsonb_agg(
    jsonb_build_object(
      'name', m.display_name, 'email', m.email, 'role', m.role,
      'isLeftWithout', not exists (
        select from membership other
        where other.account_id = m.account_id and other.tenant_id <> m.tenant_id))
    order by m.email collate "C"), '[]')
  into people
  from membership m where m.tenant_id = tell_of_deletion.tenant;
  perform ask_mail(
    'company_deleted', m.account_id, null,
    jsonb_build_object('company', tell_of_deletion.company_name))
  from membership m where m.tenant_id = tell_of_deletion.tenant;
end
$$;

ALTER FUNCTION public.tell_of_deletion(tenant uuid, company_name text, OUT people jsonb) OWNER TO hub_owner;

COMMENT ON FUNCTION public.tell_of_deletion(tenant uuid, company_name text, OUT people jsonb) IS 'Asks for the mails that tell a company''s members that it is gone, and says who they are.';

CREATE FUNCTION public.tell_of_new_email(account uuid, email_before text, undo_seconds integer) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  told jsonb;
  undo uuid;
begin
  select jsonb_build_object('email', a.email) into told from account a
  where a.id = tell_of_new_email.account;
  -- Not by make_link: an earlier change that can still be undone is not to be covered up by this.
  insert into one_time_link (purpose, account_id, address, expires_at)
  values (
    'undo_email', tell_of_new_email.account, email_before,
    now() + make_interval(secs => undo_seconds))
  returning id into undo;
  perform ask_mail('email_changed', tell_of_new_email.account, null, told);
  perform ask_mail('email_changed_undo', tell_of_new_email.account, email_before, told, undo);
end
$$;

ALTER FUNCTION public.tell_of_new_email(account uuid, email_before text, undo_seconds integer) OWNER TO hub_auth;

COMMENT ON FUNCTION public.tell_of_new_email(account uuid, email_before text, undo_seconds integer) IS 'Tells both addresses that a person signs in with another one by now; the one before gets a link that undoes it. Runs with the rights of its caller, a function of hub_auth.';

CREATE FUNCTION public.tenant_columns(relation regclass) RETURNS TABLE(name text, place integer, is_bytes boolean, is_redacted boolean, names_person boolean, points_to_person boolean)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  with recursive pointing as (
    select k.conrelid, k.conkey[i] as conkey, k.confrelid, k.confkey[i] as confkey
    from pg_constraint k
    cross join generate_subscripts(k.conkey, 1) as i
    where k.contype = 'f'),
  person as (
    select p.conrelid, p.conkey
    from pointing p
    join pg_attribute a on a.attrelid = p.confrelid and a.attnum = p.confkey and a.attname = 'id'
    where p.confrelid = 'account'::regclass
    union
    select p.conrelid, p.conkey
    from pointing p
    join person on person.conrelid = p.confrelid and person.conkey = p.confkey)
  select a.attname::text, a.attnum::integer, a.atttypid = 'bytea'::regtype,
    coalesce(c.comment ~ '\[redacted\]$', false),
    f.points_to_person or coalesce(c.comment ~ '\[account\]$', false), f.points_to_person
  from pg_attribute a
  cross join lateral col_description(a.attrelid, a.attnum) as c (comment)
  cross join lateral (
    select exists (
      select from person p where p.conrelid = a.attrelid and p.conkey = a.attnum)
  ) as f (points_to_person)
  where a.attrelid = tenant_columns.relation and a.attnum > 0 and not a.attisdropped
    and a.attgenerated = ''
  order by a.attnum
$_$;

ALTER FUNCTION public.tenant_columns(relation regclass) OWNER TO hub_owner;

COMMENT ON FUNCTION public.tenant_columns(relation regclass) IS 'The columns of a table that can be written, and what is to be known to export and import them: whether they hold bytes, stay in the house, name a person, and do so by a foreign key that leads to account, over other tables or not.';

CREATE FUNCTION public.tenant_people(tenant uuid) RETURNS SETOF uuid
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
declare
  statements text;
begin
  select string_agg(
    format('select %I from %s where tenant_id = $1 and %1$I is not null', c.name, t.name),
    ' union ')
  into statements
  from tenant_tables() t
  cross join tenant_columns(t.relation) c
  where not t.is_redacted and not c.is_redacted and c.points_to_person;
  return query execute statements using tenant;
end
$_$;

ALTER FUNCTION public.tenant_people(tenant uuid) OWNER TO hub_owner;

COMMENT ON FUNCTION public.tenant_people(tenant uuid) IS 'The accounts that a company''s rows cannot be without: its members, and whom else a foreign key of theirs points to.';

CREATE FUNCTION public.tenant_tables() RETURNS TABLE(relation regclass, name text, place integer, is_redacted boolean)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
declare
  waiting oid[];
  ready oid[];
begin
  place := 0;
  waiting := array(
    select c.oid
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition
      and n.nspname <> 'information_schema' and n.nspname not like 'pg\_%');
  while waiting <> '{}' loop
    ready := array(
      select w.id from unnest(waiting) as w (id)
      where not exists (
        select from pg_constraint k
        where k.contype = 'f' and k.conrelid = w.id and k.confrelid <> w.id
          and k.confrelid = any (waiting)));
    -- A circle of tables has no order; its foreign keys must be deferrable to be imported.
    if ready = '{}' then
      ready := waiting;
    end if;
    for relation in
      select r.id::regclass from unnest(ready) as r (id) order by r.id::regclass::text collate "C"
    loop
      name := relation::text;
      place := place + 1;
      is_redacted := coalesce(obj_description(relation, 'pg_class') ~ '\[redacted\]$', false);
      return next;
    end loop;
    waiting := array(select w.id from unnest(waiting) as w (id) where w.id <> all (ready));
  end loop;
end
$_$;

ALTER FUNCTION public.tenant_tables() OWNER TO hub_owner;

COMMENT ON FUNCTION public.tenant_tables() IS 'Every table that holds rows of companies, each behind those that its foreign keys point to, and whether its comment keeps it out of exports.';

CREATE FUNCTION public.tenant_traces(tenant uuid) RETURNS TABLE(place text, row_count bigint)
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
declare
  searched record;
  counts bigint[];
begin
  for searched in
    select c.oid::regclass as relation,
      array_agg(c.oid::regclass || '.' || a.attname order by a.attnum) as places,
      string_agg(named.condition, ' or ') as conditions,
      string_agg(format('count(*) filter (where %s)', named.condition), ', ' order by a.attnum)
        as counted
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    cross join lateral (
      select case
        when a.atttypid = 'uuid'::regtype then format('%I = $1', a.attname)
        when a.atttypid = 'uuid[]'::regtype then format('$1 = any (%I)', a.attname)
        when a.atttypid in ('json'::regtype, 'jsonb'::regtype, 'text'::regtype, 'varchar'::regtype)
          then format('position($1::text in %I::text) > 0', a.attname)
      end
    ) as named (condition)
    where c.relkind in ('r', 'p') and not c.relispartition and named.condition is not null
      and n.nspname <> 'information_schema' and n.nspname not like 'pg\_%'
      and c.oid <> 'tenant_tombstone'::regclass
    group by c.oid
    order by c.oid::regclass::text collate "C"
  loop
    execute format(
      'select array[%s] from %s where %s', searched.counted, searched.relation, searched.conditions)
      into counts using tenant;
    return query
      select found.place, found.row_count
      from unnest(searched.places, counts) as found (place, row_count)
      where found.row_count > 0;
  end loop;
end
$_$;

ALTER FUNCTION public.tenant_traces(tenant uuid) OWNER TO hub_owner;

COMMENT ON FUNCTION public.tenant_traces(tenant uuid) IS 'Every column of every table in which a company''s number still stands, as a uuid, in JSON or in a text, and in how many rows; of tombstones alone nothing is said. Reads the whole database.';

CREATE FUNCTION public.tenants_with_a_log(after uuid, rows_max integer) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  select h.tenant_id from event_head h
  where h.tenant_id > coalesce(
    tenants_with_a_log.after, '00000000-0000-0000-0000-000000000000')
  order by h.tenant_id limit tenants_with_a_log.rows_max
$$;

ALTER FUNCTION public.tenants_with_a_log(after uuid, rows_max integer) OWNER TO hub_log;

COMMENT ON FUNCTION public.tenants_with_a_log(after uuid, rows_max integer) IS 'Whose logs there are, in order.';

CREATE FUNCTION public.test_webhook(tenant uuid, token uuid, webhook uuid, OUT outcome text, OUT delivery uuid) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  if not my_webhook(test_webhook.tenant, test_webhook.token, test_webhook.webhook) then
    outcome := 'not_found';
    return;
  end if;
  perform from webhook w
  where w.tenant_id = test_webhook.tenant and w.id = test_webhook.webhook
    and w.disabled_at is not null;
  if found then
    outcome := 'disabled';
    return;
  end if;
  perform from webhook_delivery d
  where d.tenant_id = test_webhook.tenant and d.webhook_id = test_webhook.webhook
    and d.state = 'PENDING' and d.sequence is null;
  if found then
    outcome := 'under_way';
    return;
  end if;
  insert into webhook_delivery as d (tenant_id, webhook_id, message_id, type)
  values (
    test_webhook.tenant, test_webhook.webhook,
    'test_' || replace(gen_random_uuid()::text, '-', ''), 'webhook.test')
  returning d.id into delivery;
  outcome := 'asked';
end
$$;

ALTER FUNCTION public.test_webhook(tenant uuid, token uuid, webhook uuid, OUT outcome text, OUT delivery uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.test_webhook(tenant uuid, token uuid, webhook uuid, OUT outcome text, OUT delivery uuid) IS 'Asks for a test to be sent, once. Outcomes: asked (delivery is given); not_found; disabled; under_way: the last one is at no end yet.';

CREATE FUNCTION public.token_guard(tenant uuid, token uuid, hash bytea, scope text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  scopes text[];
begin
  -- Held until the commit: whoever revokes it waits, and nothing is done by it afterwards.
  select t.scopes into scopes
  from api_token t
  where t.tenant_id = token_guard.tenant and t.id = token_guard.token
    and t.revoked_at is null and t.expires_at > now()
    and (t.hash = token_guard.hash
      or t.previous_hash = token_guard.hash and t.previous_until > now())
  for share;
  if scopes is null then
    raise exception 'the token is unknown, over or revoked' using errcode = 'HB401';
  elsif token_guard.scope is null or token_guard.scope <> all (scopes) then
    raise exception 'the token lacks the scope %', token_guard.scope using errcode = 'HB403';
  end if;
  perform set_config('app.actor', 'token:' || token_guard.token, true);
end
$$;

ALTER FUNCTION public.token_guard(tenant uuid, token uuid, hash bytea, scope text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.token_guard(tenant uuid, token uuid, hash bytea, scope text) IS 'The first statement of every act of a partner''s program: raises HB401 where the token is not good now, HB403 where it lacks the scope, so that PostgreSQL skips what stands behind it in the same batch. From then on the transaction acts for the token (app.actor).';

CREATE FUNCTION public.undo_email(link uuid, reset_seconds integer, OUT outcome text, OUT email text) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  person account;
  used one_time_link;
  reset uuid;
begin
  select a.* into person from account a
  join one_time_link l on l.account_id = a.id
  where l.id = undo_email.link and l.purpose = 'undo_email'
  for update of a;
  begin
    select * into used from use_link(undo_email.link, 'undo_email');
    if used.id is null or person.id is null then
      outcome := 'invalid';
      return;
    end if;
    -- Whoever changed the address may know the password: it opens nothing any more, and the way to
    -- another one goes along with the mail below.
    update account a
    set email = used.address, password_hash = null, password_changed_at = null
    where a.id = person.id;
  exception
    when unique_violation then
      outcome := 'taken';
      return;
  end;
  perform revoke_sessions(person.id);
  perform drop_pending_email(person.id);
  perform void_links(person.id, '{reset_password}');
  -- Changes that came after the one that is undone are undone with it, not undoable themselves.
  update one_time_link l set voided_at = now()
  where l.account_id = person.id and l.purpose = 'undo_email' and l.created_at >= used.created_at
    and l.used_at is null and l.voided_at is null;
  -- Or of another address, linked before the change so that the address could become that one.
  delete from account_google g
  where g.account_id = person.id
    and (g.linked_at >= used.created_at or lower(g.email) <> lower(used.address));
  -- Of before the change, only what the same mailbox could undo by another link just as well.
  delete from second_factor f
  where f.account_id = person.id and (
    f.confirmed_at >= used.created_at
    or exists (
      select from one_time_link l
      where l.account_id = person.id and l.purpose = 'undo_second_factor'
        and lower(l.address) = lower(used.address) and l.created_at = f.confirmed_at
        and l.used_at is null and l.voided_at is null and l.expires_at > now()));
  reset := make_link(
    'reset_password', person.id, used.address, make_interval(secs => reset_seconds));
  perform ask_mail('email_undone', person.id, used.address, link => reset);
  if person.email_key <> lower(used.address) then
    perform ask_mail('email_undone_notice', person.id, person.email);
  end if;
  outcome := 'done';
  email := used.address;
end
$$;

ALTER FUNCTION public.undo_email(link uuid, reset_seconds integer, OUT outcome text, OUT email text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.undo_email(link uuid, reset_seconds integer, OUT outcome text, OUT email text) IS 'Uses the link that was sent to the address before: it is the address again, every session ends, what waits is void, the password, a Google account that was linked since or that is of another address, and a second factor confirmed since, or lately while this was the address, are taken away, and the mail that tells so carries a link to a new password. Outcomes: done (email is given); taken (somebody else has it by now); invalid (the link is unknown, for another purpose, expired, void or used). Only done uses the link.';

CREATE FUNCTION public.undo_second_factor(link uuid, reset_seconds integer, OUT outcome text, OUT email text) RETURNS record
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  person account;
  used one_time_link;
  google text;
  reset uuid;
begin
  select a.* into person from account a
  join one_time_link l on l.account_id = a.id
  where l.id = undo_second_factor.link and l.purpose = 'undo_second_factor'
  for no key update of a;
  -- The factor that the link tells of and no other, or else nothing happens at all: an old mail
  -- must not end sessions.
  delete from second_factor f
  using one_time_link l
  where l.id = undo_second_factor.link and l.purpose = 'undo_second_factor'
    and l.used_at is null and l.voided_at is null and l.expires_at > now()
    and f.account_id = l.account_id and f.confirmed_at = l.created_at;
  if not found then
    outcome := 'invalid';
    return;
  end if;
  select * into used from use_link(undo_second_factor.link, 'undo_second_factor');
  -- Whoever enrolled has proved who they were, so they know the password or hold a Google account
  -- that was linked for it, lately.
  update account a set password_hash = null, password_changed_at = null where a.id = person.id;
  delete from account_google g
  where g.account_id = person.id and g.linked_at >= used.created_at - interval '72 hours'
  returning g.email into google;
  perform revoke_sessions(person.id);
  perform drop_pending_email(person.id);
  -- The way in goes to the address of the account alone, which may be another one than the link's.
  reset := make_link(
    'reset_password', person.id, person.email, make_interval(secs => reset_seconds));
  perform ask_mail(
    'second_factor_undone', person.id, person.email,
    jsonb_strip_nulls(jsonb_build_object('google_email', google)), reset);
  if lower(used.address) <> person.email_key then
    perform ask_mail('second_factor_undone_notice', person.id, used.address);
  end if;
  outcome := 'done';
  email := person.email;
end
$$;

ALTER FUNCTION public.undo_second_factor(link uuid, reset_seconds integer, OUT outcome text, OUT email text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.undo_second_factor(link uuid, reset_seconds integer, OUT outcome text, OUT email text) IS 'Uses the link of the mail that told of a second factor: that factor is taken away, every session ends, what waits is void, the password and a Google account linked within the 72 hours before or since are taken away, and the mail that tells so carries a link to a new password. Outcomes: done (email is given); invalid (the link is unknown, for another purpose, expired, void or used, or its factor is gone already). Only done uses the link.';

CREATE FUNCTION public.unfit_fields(tenant uuid, version text) RETURNS TABLE(path text, column_name text, value text, reason text)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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

ALTER FUNCTION public.unfit_fields(tenant uuid, version text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.unfit_fields(tenant uuid, version text) IS 'What a company has filled in, and why a country version cannot keep it; a null reason is none. The same rules as those of company_check_rules().';

CREATE FUNCTION public.unlink_google(session uuid, account uuid, expected_email text, new_password_hash text, OUT outcome text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  person account;
begin
  select a.* into person from account a where a.id = unlink_google.account for no key update;
  select case when not s.is_live then 'dead_session' when not s.is_fresh then 'not_fresh' end
  into outcome from live_session(unlink_google.session, unlink_google.account) as s;
  if outcome is not null then
    return;
  end if;
  if person.email is distinct from expected_email then
    outcome := 'changed';
    return;
  end if;
  outcome := replace_google(
    person.id, person.email, new_password_hash, unlink_google.session);
end
$$;

ALTER FUNCTION public.unlink_google(session uuid, account uuid, expected_email text, new_password_hash text, OUT outcome text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.unlink_google(session uuid, account uuid, expected_email text, new_password_hash text, OUT outcome text) IS 'Ends the link to Google at once; from then on the person signs in with the address they have and this password. Outcomes: done; not_linked; changed (the address is another one by now); not_fresh; dead_session.';

CREATE FUNCTION public.unlock_account(account uuid) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  person account;
  counted integer;
begin
  select a.* into person from account a where a.id = unlock_account.account for no key update;
  select count(*) into counted from sign_in_guess g
  where g.email_hash = hash_of_email(person.email_key);
  perform forget_guesses(person.email_key);
  delete from sign_in_guess g where g.email_hash = hash_of_email(person.email_key);
  return counted;
end
$$;

ALTER FUNCTION public.unlock_account(account uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.unlock_account(account uuid) IS 'Forgets every guess that is counted against a person: at the password, by whomever, and at the second factor. How many buckets there were. For operators.';

CREATE FUNCTION public.update_webhook(tenant uuid, token uuid, webhook uuid, url text, name text, event_types text[], all_events boolean, concurrency integer, enabled boolean) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  if not my_webhook(update_webhook.tenant, update_webhook.token, update_webhook.webhook) then
    return 'not_found';
  end if;
  update webhook w set
    url = coalesce(update_webhook.url, w.url),
    name = case when update_webhook.name is null then w.name else nullif(update_webhook.name, '')
      end,
    event_types = case
      when all_events then null else coalesce(update_webhook.event_types, w.event_types) end,
    concurrency = coalesce(update_webhook.concurrency, w.concurrency)
  where w.tenant_id = update_webhook.tenant and w.id = update_webhook.webhook;
  if enabled then
    -- From now on: what it has missed is asked for by replay_webhook.
    update webhook w set
      disabled_at = null, disabled_for = null, failing_since = null,
      position = coalesce(
        (select h.sequence from event_head h where h.tenant_id = w.tenant_id), w.position)
    where w.tenant_id = update_webhook.tenant and w.id = update_webhook.webhook
      and w.disabled_at is not null;
  elsif not enabled then
    perform disable_webhook(update_webhook.tenant, update_webhook.webhook, 'REQUESTED');
  end if;
  return 'updated';
end
$$;

ALTER FUNCTION public.update_webhook(tenant uuid, token uuid, webhook uuid, url text, name text, event_types text[], all_events boolean, concurrency integer, enabled boolean) OWNER TO hub_auth;

COMMENT ON FUNCTION public.update_webhook(tenant uuid, token uuid, webhook uuid, url text, name text, event_types text[], all_events boolean, concurrency integer, enabled boolean) IS 'Changes what is not null; an empty name is none. Outcomes: updated; not_found.';

CREATE FUNCTION public.upgrade_password_hash(account uuid, old_hash text, new_hash text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  update account a set password_hash = new_hash
  where a.id = upgrade_password_hash.account and a.password_hash = old_hash;
  if not found then
    return false;
  end if;
  -- It is the same password to a sign-in of which the second factor is missing.
  update sign_in_challenge c set password_hash = new_hash
  where c.account_id = upgrade_password_hash.account and c.password_hash = old_hash;
  return true;
end
$$;

ALTER FUNCTION public.upgrade_password_hash(account uuid, old_hash text, new_hash text) OWNER TO hub_auth;

COMMENT ON FUNCTION public.upgrade_password_hash(account uuid, old_hash text, new_hash text) IS 'Replaces the hash of the same password by one with today''s parameters; false where the password was changed meanwhile. The person changed nothing, so nothing else is touched.';

CREATE TABLE public.one_time_link (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    purpose text NOT NULL,
    account_id uuid,
    address text NOT NULL,
    facts jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    voided_at timestamp with time zone,
    CONSTRAINT one_time_link_address_check CHECK ((char_length(address) <= 254)),
    CONSTRAINT one_time_link_purpose_check CHECK ((purpose = ANY (ARRAY['sign_up'::text, 'reset_password'::text, 'change_email'::text, 'undo_email'::text, 'unlink_google'::text, 'invitation'::text, 'recover_second_factor'::text, 'undo_second_factor'::text])))
);

ALTER TABLE ONLY public.one_time_link FORCE ROW LEVEL SECURITY;

ALTER TABLE public.one_time_link OWNER TO hub_owner;

COMMENT ON TABLE public.one_time_link IS 'The links that mails carry, each good for one thing, once, for a while. The token in the mail is derived from the id by a key of the server''s: whoever reads this table holds no link.';

COMMENT ON COLUMN public.one_time_link.id IS 'Names the link; half of its token.';

COMMENT ON COLUMN public.one_time_link.purpose IS 'The one thing it is good for.';

COMMENT ON COLUMN public.one_time_link.account_id IS 'Whose it is; null before there is an account.';

COMMENT ON COLUMN public.one_time_link.address IS 'The address it was sent to.';

COMMENT ON COLUMN public.one_time_link.facts IS 'What its use will need to know, by the purpose.';

COMMENT ON COLUMN public.one_time_link.created_at IS 'When it was made.';

COMMENT ON COLUMN public.one_time_link.expires_at IS 'Until when it can be used.';

COMMENT ON COLUMN public.one_time_link.used_at IS 'When it was used; null: not yet.';

COMMENT ON COLUMN public.one_time_link.voided_at IS 'When something made it void; null: it is not.';

CREATE FUNCTION public.use_link(link uuid, purpose text, OUT used public.one_time_link) RETURNS public.one_time_link
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  update one_time_link l set used_at = now()
  where l.id = use_link.link and l.purpose = use_link.purpose
    and l.used_at is null and l.voided_at is null and l.expires_at > now()
  returning l.* into used;
end
$$;

ALTER FUNCTION public.use_link(link uuid, purpose text, OUT used public.one_time_link) OWNER TO hub_auth;

COMMENT ON FUNCTION public.use_link(link uuid, purpose text, OUT used public.one_time_link) IS 'Uses a link up and gives it; null where it is unknown, for another purpose, expired, void or used. Of two at once the second waits and finds it used. Runs with the rights of its caller, which is a function of hub_auth.';

CREATE FUNCTION public.use_second_factor(account uuid, step bigint, code_hash bytea) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
begin
  if step is not null then
    update second_factor f set last_step = use_second_factor.step
    where f.account_id = use_second_factor.account and f.confirmed_at is not null
      and f.last_step < use_second_factor.step;
  else
    update recovery_code r set used_at = now()
    where r.account_id = use_second_factor.account and r.hash = code_hash and r.used_at is null;
  end if;
  if not found then
    return false;
  end if;
  update second_factor f set recovery_codes_left = f.recovery_codes_left - 1
  where f.account_id = use_second_factor.account and step is null;
  -- Whoever has the factor has not lost it.
  update second_factor f set recovery_asked_at = null
  where f.account_id = use_second_factor.account and f.recovery_asked_at is not null;
  perform forget_codes(use_second_factor.account);
  return true;
end
$$;

ALTER FUNCTION public.use_second_factor(account uuid, step bigint, code_hash bytea) OWNER TO hub_auth;

COMMENT ON FUNCTION public.use_second_factor(account uuid, step bigint, code_hash bytea) IS 'Uses up a code of a time step that was verified, or a recovery code: true once for each, of two at once for one. Runs with the rights of its caller, a function of hub_auth.';

CREATE FUNCTION public.verify_event_chain(tenant uuid, OUT sequence bigint, OUT problem text) RETURNS record
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  head event_head;
begin
  select h.* into head from event_head h where h.tenant_id = verify_event_chain.tenant;
  select link.sequence, link.problem into sequence, problem
  from (
    select e.sequence, case
      when e.sequence <> row_number() over ordered then 'an event before this one is missing'
      when e.hash <> event_hash(
          coalesce(lag(e.hash) over ordered, decode(repeat('00', 32), 'hex')), e)
        then 'the hash is not that of this event behind the one before'
      when e.changes is not null
          and e.changes_digest <> event_digest(e.changes_salt, e.changes::text)
        then 'the changes are not those that were written'
      when e.actor_salt is not null and e.actor_digest <> event_digest(e.actor_salt, e.actor_name)
        then 'the name of who made it is not the one that was written'
      end as problem
    from event e
    where e.tenant_id = verify_event_chain.tenant
    window ordered as (order by e.sequence)) as link
  where link.problem is not null
  order by link.sequence
  limit 1;
  if sequence is null and not exists (
      select from event e
      where e.tenant_id = head.tenant_id and e.sequence = head.sequence and e.hash = head.hash)
    and (head.sequence > 0 or exists (
      select from event e where e.tenant_id = verify_event_chain.tenant))
    or sequence is null and exists (
      select from event e
      where e.tenant_id = verify_event_chain.tenant and e.sequence > coalesce(head.sequence, 0))
  then
    sequence := coalesce(head.sequence, 0);
    problem := 'the head is not the last event';
  end if;
end
$$;

ALTER FUNCTION public.verify_event_chain(tenant uuid, OUT sequence bigint, OUT problem text) OWNER TO hub_log;

COMMENT ON FUNCTION public.verify_event_chain(tenant uuid, OUT sequence bigint, OUT problem text) IS 'The first broken link of a tenant''s log and what is wrong with it; nulls where the chain holds. A chain that somebody computed anew holds: see audit_signature.';

CREATE FUNCTION public.void_links(account uuid, purposes text[]) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  update one_time_link l set voided_at = now()
  where l.account_id = void_links.account and l.purpose = any (void_links.purposes)
    and l.used_at is null and l.voided_at is null
$$;

ALTER FUNCTION public.void_links(account uuid, purposes text[]) OWNER TO hub_auth;

COMMENT ON FUNCTION public.void_links(account uuid, purposes text[]) IS 'Makes a person''s open links for these purposes void. Runs with the rights of its caller, a function of hub_auth.';

CREATE TABLE public.webhook_delivery (
    tenant_id uuid NOT NULL,
    webhook_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    sequence bigint,
    message_id text NOT NULL,
    type text NOT NULL,
    state text DEFAULT 'PENDING'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    due_at timestamp with time zone DEFAULT now() NOT NULL,
    claimed_until timestamp with time zone,
    attempted_at timestamp with time zone,
    ended_at timestamp with time zone,
    response_status integer,
    failure text,
    milliseconds integer,
    CONSTRAINT webhook_delivery_check CHECK (((state = 'PENDING'::text) = (ended_at IS NULL))),
    CONSTRAINT webhook_delivery_state_check CHECK ((state = ANY (ARRAY['PENDING'::text, 'DELIVERED'::text, 'FAILED'::text]))),
    CONSTRAINT webhook_delivery_tenant_id_check CHECK ((tenant_id <> '00000000-0000-0000-0000-000000000000'::uuid))
);

ALTER TABLE ONLY public.webhook_delivery FORCE ROW LEVEL SECURITY;

ALTER TABLE public.webhook_delivery OWNER TO hub_owner;

COMMENT ON TABLE public.webhook_delivery IS 'What webhooks are to be told, and were: one row for each and each event. [redacted]';

COMMENT ON COLUMN public.webhook_delivery.tenant_id IS 'The company.';

COMMENT ON COLUMN public.webhook_delivery.webhook_id IS 'Whom to tell.';

COMMENT ON COLUMN public.webhook_delivery.id IS 'Names the delivery to people.';

COMMENT ON COLUMN public.webhook_delivery.sequence IS 'Of which event; null: a test.';

COMMENT ON COLUMN public.webhook_delivery.message_id IS 'What the other side knows it by (webhook-id): the same at each attempt and each replay.';

COMMENT ON COLUMN public.webhook_delivery.type IS 'The type of the event.';

COMMENT ON COLUMN public.webhook_delivery.state IS 'PENDING, DELIVERED, or FAILED: given up.';

COMMENT ON COLUMN public.webhook_delivery.attempts IS 'How often it was sent, the present time included.';

COMMENT ON COLUMN public.webhook_delivery.created_at IS 'When it was asked for.';

COMMENT ON COLUMN public.webhook_delivery.due_at IS 'When it is sent at the earliest.';

COMMENT ON COLUMN public.webhook_delivery.claimed_until IS 'Until when a server is at it; what has died by then leaves it to another.';

COMMENT ON COLUMN public.webhook_delivery.attempted_at IS 'When the last attempt ended.';

COMMENT ON COLUMN public.webhook_delivery.ended_at IS 'When it was delivered or given up.';

COMMENT ON COLUMN public.webhook_delivery.response_status IS 'What was answered to the last attempt; null: nothing.';

COMMENT ON COLUMN public.webhook_delivery.failure IS 'Why the last attempt failed, a word; null: it did not.';

COMMENT ON COLUMN public.webhook_delivery.milliseconds IS 'How long the last attempt took.';

CREATE FUNCTION public.webhook_body(delivery public.webhook_delivery, tells_changes boolean) RETURNS text
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
declare
  told event;
begin
  if delivery.sequence is null then
    return jsonb_build_object(
      'type', delivery.type,
      'timestamp', to_char(
        delivery.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      'data', jsonb_build_object('companyId', delivery.tenant_id))::text;
  end if;
  select e.* into told from event e
  where e.tenant_id = delivery.tenant_id and e.sequence = delivery.sequence;
  return event_message(told, webhook_body.tells_changes)::text;
end
$$;

ALTER FUNCTION public.webhook_body(delivery public.webhook_delivery, tells_changes boolean) OWNER TO hub_delivery;

COMMENT ON FUNCTION public.webhook_body(delivery public.webhook_delivery, tells_changes boolean) IS 'What a webhook is told, as JSON: what stands in the log now, for what was erased is not told.';

CREATE FUNCTION public.webhook_message_id(hash bytea) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ select 'evt_' || left(encode(hash, 'hex'), 32) $$;

ALTER FUNCTION public.webhook_message_id(hash bytea) OWNER TO hub_auth;

COMMENT ON FUNCTION public.webhook_message_id(hash bytea) IS 'The id of the message that tells of the event with this hash.';

CREATE FUNCTION public.weighted_check_characters(rule text, body text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
  select case when body ~ '^[0-9]+$' and length(body) <= cardinality(weights) then translate(
    substr(
      characters,
      weighted_digits(lpad(body, cardinality(weights), '0'), weights) % length(characters) + 1, 1),
    '-', '') end
  from (select string_to_array(split_part(rule, ':', 2), ',')::integer[], split_part(rule, ':', 3))
    as read (weights, characters)
$_$;

ALTER FUNCTION public.weighted_check_characters(rule text, body text) OWNER TO hub_owner;

COMMENT ON FUNCTION public.weighted_check_characters(rule text, body text) IS 'As tax_check_characters, by a rule that is data: weights:..';

CREATE FUNCTION public.weighted_digits(digits text, weights integer[]) RETURNS integer
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$
  select coalesce(sum(substr(digits, place, 1)::integer * weights[place]), 0)::integer
  from generate_series(1, least(length(digits), cardinality(weights))) as place
$$;

ALTER FUNCTION public.weighted_digits(digits text, weights integer[]) OWNER TO hub_owner;

COMMENT ON FUNCTION public.weighted_digits(digits text, weights integer[]) IS 'The sum of the digits, each by the weight of its place.';

CREATE FUNCTION public.withdraw_invitation_mails(tenant uuid, invitation uuid, inviter uuid) RETURNS void
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
  delete from mail m
  using one_time_link l
  where m.kind = 'invitation' and m.sent_at is null and m.given_up_at is null
    and l.id = m.link_id and l.purpose = 'invitation'
    and (l.facts ->> 'tenant')::uuid = withdraw_invitation_mails.tenant
    and (withdraw_invitation_mails.invitation is null
      or (l.facts ->> 'invitation')::uuid = withdraw_invitation_mails.invitation)
    and (withdraw_invitation_mails.inviter is null
      or (l.facts ->> 'inviter')::uuid = withdraw_invitation_mails.inviter)
$$;

ALTER FUNCTION public.withdraw_invitation_mails(tenant uuid, invitation uuid, inviter uuid) OWNER TO hub_auth;

COMMENT ON FUNCTION public.withdraw_invitation_mails(tenant uuid, invitation uuid, inviter uuid) IS 'Takes the mails of a company''s invitations out of the outbox that have not gone: those of one invitation, or those in one inviter''s name (null: any). One that is being sent may still arrive; its link is void. Runs with the rights of its caller, a function of hub_auth.';

CREATE TABLE public.account_event (
    account_id uuid NOT NULL,
    id bigint NOT NULL,
    type text NOT NULL,
    actor_kind text NOT NULL,
    actor_id text NOT NULL,
    details jsonb DEFAULT '{}'::jsonb NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT account_event_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['ACCOUNT'::text, 'TOKEN'::text, 'SERVICE'::text, 'OPERATOR'::text, 'JOB'::text]))),
    CONSTRAINT account_event_type_check CHECK ((type ~ '^[a-z][a-z_]*\.[a-z][a-z_]*$'::text))
);

ALTER TABLE ONLY public.account_event FORCE ROW LEVEL SECURITY;

ALTER TABLE public.account_event OWNER TO hub_owner;

COMMENT ON TABLE public.account_event IS 'What happened to the login of each person: password, address, Google, second factor, sessions. Theirs alone, and gone with the account. No foreign key: its check would wait for whoever changes the account, and they may be waiting for what led here.';

COMMENT ON COLUMN public.account_event.account_id IS 'The person.';

COMMENT ON COLUMN public.account_event.id IS 'The order in which they were written.';

COMMENT ON COLUMN public.account_event.type IS 'What happened, such as password.changed.';

COMMENT ON COLUMN public.account_event.actor_kind IS 'As in event.';

COMMENT ON COLUMN public.account_event.actor_id IS 'As in event.';

COMMENT ON COLUMN public.account_event.details IS 'What changed, without secrets.';

COMMENT ON COLUMN public.account_event.at IS 'When it was written.';

CREATE VIEW ops.account_events AS
 SELECT e.account_id,
    a.email,
    e.at,
    e.type,
    e.actor_kind,
    e.actor_id,
    e.details
   FROM (public.account_event e
     JOIN public.account a ON ((a.id = e.account_id)));

ALTER TABLE ops.account_events OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.account_events IS 'What happened to people''s logins.';

COMMENT ON COLUMN ops.account_events.account_id IS 'The person; null: nobody.';

COMMENT ON COLUMN ops.account_events.email IS 'The address they sign in with.';

COMMENT ON COLUMN ops.account_events.at IS 'When.';

COMMENT ON COLUMN ops.account_events.type IS 'What happened, such as password.changed.';

COMMENT ON COLUMN ops.account_events.actor_kind IS 'ACCOUNT, TOKEN, SERVICE, OPERATOR or JOB.';

COMMENT ON COLUMN ops.account_events.actor_id IS 'Who: an id, a solution, a job, or an operator''s role.';

COMMENT ON COLUMN ops.account_events.details IS 'What changed, without secrets.';

CREATE TABLE public.operator_act (
    id bigint NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    operator text DEFAULT SESSION_USER NOT NULL,
    act text NOT NULL,
    about_tenant_id uuid,
    about_account_id uuid,
    subject text,
    reason text NOT NULL,
    CONSTRAINT operator_act_act_check CHECK ((act ~ '^[a-z][a-z_]{0,62}$'::text)),
    CONSTRAINT operator_act_reason_check CHECK (((char_length(reason) >= 5) AND (char_length(reason) <= 500))),
    CONSTRAINT operator_act_subject_check CHECK (((char_length(subject) >= 1) AND (char_length(subject) <= 200)))
);

ALTER TABLE ONLY public.operator_act FORCE ROW LEVEL SECURITY;

ALTER TABLE public.operator_act OWNER TO hub_owner;

COMMENT ON TABLE public.operator_act IS 'What operators did by the functions of the schema ops, and why. Each is told in the log of the company, or of the person, whom it was about; kept as long as those are.';

COMMENT ON COLUMN public.operator_act.id IS 'The order in which they were written.';

COMMENT ON COLUMN public.operator_act.at IS 'When it was done.';

COMMENT ON COLUMN public.operator_act.operator IS 'The role that the connection was opened by.';

COMMENT ON COLUMN public.operator_act.act IS 'The function of the schema ops, such as extend_trial.';

COMMENT ON COLUMN public.operator_act.about_tenant_id IS 'The company it was about; null: none, or one that is gone.';

COMMENT ON COLUMN public.operator_act.about_account_id IS 'The person it was about; null: nobody. The row goes with them.';

COMMENT ON COLUMN public.operator_act.subject IS 'What it was done to, such as the code of a solution or the id of a mail; null: the company or the person themselves.';

COMMENT ON COLUMN public.operator_act.reason IS 'Why, in the words of who did it.';

CREATE VIEW ops.acts AS
 SELECT a.id AS act_id,
    a.at,
    a.operator,
    a.act,
    a.about_tenant_id AS company_id,
    a.about_account_id AS account_id,
    a.subject,
    a.reason
   FROM public.operator_act a;

ALTER TABLE ops.acts OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.acts IS 'What operators did, and why.';

COMMENT ON COLUMN ops.acts.act_id IS 'The order in which they were done.';

COMMENT ON COLUMN ops.acts.at IS 'When.';

COMMENT ON COLUMN ops.acts.operator IS 'Who: the role that the connection was opened by.';

COMMENT ON COLUMN ops.acts.act IS 'The function of the schema ops.';

COMMENT ON COLUMN ops.acts.company_id IS 'The company; null: none.';

COMMENT ON COLUMN ops.acts.account_id IS 'The person; null: nobody.';

COMMENT ON COLUMN ops.acts.subject IS 'What it was done to.';

COMMENT ON COLUMN ops.acts.reason IS 'Why.';

CREATE TABLE public.api_token (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    name text NOT NULL,
    scopes text[] NOT NULL,
    hash bytea NOT NULL,
    previous_hash bytea,
    previous_until timestamp with time zone,
    created_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    rotated_at timestamp with time zone,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    last_used_at timestamp with time zone,
    integration text,
    CONSTRAINT api_token_check CHECK ((expires_at > created_at)),
    CONSTRAINT api_token_check1 CHECK (((previous_hash IS NULL) = (previous_until IS NULL))),
    CONSTRAINT api_token_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT api_token_name_check CHECK ((((char_length(name) >= 1) AND (char_length(name) <= 100)) AND (name !~ '[[:cntrl:]]'::text))),
    CONSTRAINT api_token_previous_hash_check CHECK ((length(previous_hash) = 32)),
    CONSTRAINT api_token_scopes_check CHECK ((((cardinality(scopes) >= 1) AND (cardinality(scopes) <= 100)) AND (array_position(scopes, NULL::text) IS NULL))),
    CONSTRAINT api_token_tenant_id_check CHECK ((tenant_id <> '00000000-0000-0000-0000-000000000000'::uuid))
);

ALTER TABLE ONLY public.api_token FORCE ROW LEVEL SECURITY;

ALTER TABLE public.api_token OWNER TO hub_owner;

COMMENT ON TABLE public.api_token IS 'The tokens by which partners'' programs act for a company. Its administrators make them; in another house they would open nothing. [redacted]';

COMMENT ON COLUMN public.api_token.tenant_id IS 'The company, which is all that the token reaches.';

COMMENT ON COLUMN public.api_token.id IS 'Names the token to people and in the log; it is no part of it.';

COMMENT ON COLUMN public.api_token.name IS 'What its maker calls it, such as the partner''s name.';

COMMENT ON COLUMN public.api_token.scopes IS 'What it opens, such as company:read. A scope that the server does not know opens nothing.';

COMMENT ON COLUMN public.api_token.hash IS 'SHA-256 of the token, which was shown once.';

COMMENT ON COLUMN public.api_token.previous_hash IS 'SHA-256 of the text before the last rotation; null: never rotated, or made void.';

COMMENT ON COLUMN public.api_token.previous_until IS 'Until when the text before is good too.';

COMMENT ON COLUMN public.api_token.created_by IS 'The account that made it; it may be gone since.';

COMMENT ON COLUMN public.api_token.created_at IS 'When it was made.';

COMMENT ON COLUMN public.api_token.rotated_at IS 'When it last got another text; null: it never did.';

COMMENT ON COLUMN public.api_token.expires_at IS 'From when on it is good for nothing.';

COMMENT ON COLUMN public.api_token.revoked_at IS 'When it was revoked: refused from then on. Null: it was not.';

COMMENT ON COLUMN public.api_token.last_used_at IS 'When it was last used, to within a minute or so. Null: it never was.';

COMMENT ON COLUMN public.api_token.integration IS 'The integration that it was made for, and whose end is its own; null: a person asked for it.';

CREATE VIEW ops.api_tokens AS
 SELECT t.tenant_id AS company_id,
    COALESCE(NULLIF(c.trade_name, ''::text), c.legal_name) AS company_name,
    t.id AS api_token_id,
    t.name,
    public.api_token_status(t.revoked_at, t.expires_at, now()) AS status,
    t.scopes,
    t.integration,
    t.created_at,
    t.rotated_at,
    t.expires_at,
    t.last_used_at
   FROM (public.api_token t
     JOIN public.company c ON ((c.tenant_id = t.tenant_id)));

ALTER TABLE ops.api_tokens OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.api_tokens IS 'The tokens of companies'' programs. None of their texts is kept.';

COMMENT ON COLUMN ops.api_tokens.company_id IS 'The company; null: none.';

COMMENT ON COLUMN ops.api_tokens.company_name IS 'What it is called: the trade name, or else the registered one.';

COMMENT ON COLUMN ops.api_tokens.api_token_id IS 'The token.';

COMMENT ON COLUMN ops.api_tokens.name IS 'What people call it.';

COMMENT ON COLUMN ops.api_tokens.status IS 'ACTIVE, EXPIRED or REVOKED.';

COMMENT ON COLUMN ops.api_tokens.scopes IS 'What it opens.';

COMMENT ON COLUMN ops.api_tokens.integration IS 'The integration that it was made for; null: a person asked.';

COMMENT ON COLUMN ops.api_tokens.created_at IS 'When it was made.';

COMMENT ON COLUMN ops.api_tokens.rotated_at IS 'When it was last rotated.';

COMMENT ON COLUMN ops.api_tokens.expires_at IS 'When it ends.';

COMMENT ON COLUMN ops.api_tokens.last_used_at IS 'When it was last used, to within minutes.';

CREATE TABLE public.mail (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    kind text NOT NULL,
    account_id uuid,
    address text NOT NULL,
    name text NOT NULL,
    language text NOT NULL,
    facts jsonb DEFAULT '{}'::jsonb NOT NULL,
    link_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    next_attempt_at timestamp with time zone DEFAULT now() NOT NULL,
    sent_at timestamp with time zone,
    given_up_at timestamp with time zone,
    failure text,
    CONSTRAINT mail_address_check CHECK ((char_length(address) <= 254)),
    CONSTRAINT mail_check CHECK (((sent_at IS NULL) OR (given_up_at IS NULL))),
    CONSTRAINT mail_kind_check CHECK ((kind ~ '^[a-z][a-z_]{0,63}$'::text))
);

ALTER TABLE ONLY public.mail FORCE ROW LEVEL SECURITY;

ALTER TABLE public.mail OWNER TO hub_owner;

COMMENT ON TABLE public.mail IS 'The outbox: mails that changes have asked for. Those without sent_at and given_up_at are still to be sent; one that was given up stays here to be looked at.';

COMMENT ON COLUMN public.mail.id IS 'The mail; its Message-ID is made of it, so that a repetition shows.';

COMMENT ON COLUMN public.mail.kind IS 'What it tells; the name of its template.';

COMMENT ON COLUMN public.mail.account_id IS 'Whom it is about; null before there is an account, or after.';

COMMENT ON COLUMN public.mail.address IS 'Where it goes, as it was when it was asked for.';

COMMENT ON COLUMN public.mail.name IS 'How it greets the person; empty where no name is known.';

COMMENT ON COLUMN public.mail.language IS 'The language it speaks, such as es, es-AR, en or pt.';

COMMENT ON COLUMN public.mail.facts IS 'What its template fills in; no secret.';

COMMENT ON COLUMN public.mail.link_id IS 'The link it carries, where it carries one.';

COMMENT ON COLUMN public.mail.created_at IS 'When the change asked for it.';

COMMENT ON COLUMN public.mail.attempts IS 'How often sending was begun.';

COMMENT ON COLUMN public.mail.next_attempt_at IS 'When it may be tried next; while one is sending it, when that one is thought dead.';

COMMENT ON COLUMN public.mail.sent_at IS 'When the mail server took it; null: not yet.';

COMMENT ON COLUMN public.mail.given_up_at IS 'When it was given up; null: it was not.';

COMMENT ON COLUMN public.mail.failure IS 'What the last attempt failed of, in the mail server''s words.';

CREATE TABLE public.webhook (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    url text NOT NULL,
    name text,
    event_types text[],
    tells_changes boolean DEFAULT true NOT NULL,
    concurrency integer DEFAULT 1 NOT NULL,
    sealed_secret bytea NOT NULL,
    sealed_previous_secret bytea,
    previous_until timestamp with time zone,
    "position" bigint DEFAULT 0 NOT NULL,
    api_token uuid,
    created_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    failing_since timestamp with time zone,
    disabled_at timestamp with time zone,
    disabled_for text,
    CONSTRAINT webhook_check CHECK (((sealed_previous_secret IS NULL) = (previous_until IS NULL))),
    CONSTRAINT webhook_check1 CHECK (((disabled_at IS NULL) = (disabled_for IS NULL))),
    CONSTRAINT webhook_concurrency_check CHECK (((concurrency >= 1) AND (concurrency <= 10))),
    CONSTRAINT webhook_disabled_for_check CHECK ((disabled_for = ANY (ARRAY['REQUESTED'::text, 'GONE'::text, 'FAILING'::text]))),
    CONSTRAINT webhook_event_types_check CHECK ((((cardinality(event_types) >= 1) AND (cardinality(event_types) <= 100)) AND (array_position(event_types, NULL::text) IS NULL))),
    CONSTRAINT webhook_name_check CHECK ((((char_length(name) >= 1) AND (char_length(name) <= 100)) AND (name !~ '[[:cntrl:]]'::text))),
    CONSTRAINT webhook_position_check CHECK (("position" >= 0)),
    CONSTRAINT webhook_tenant_id_check CHECK ((tenant_id <> '00000000-0000-0000-0000-000000000000'::uuid)),
    CONSTRAINT webhook_url_check CHECK (((char_length(url) >= 1) AND (char_length(url) <= 2048)))
);

ALTER TABLE ONLY public.webhook FORCE ROW LEVEL SECURITY;

ALTER TABLE public.webhook OWNER TO hub_owner;

COMMENT ON TABLE public.webhook IS 'Where programs of a company are told what happens to its data. In another house they would be told twice. [redacted]';

COMMENT ON COLUMN public.webhook.tenant_id IS 'The company.';

COMMENT ON COLUMN public.webhook.id IS 'Names the webhook to people and in the log.';

COMMENT ON COLUMN public.webhook.url IS 'Whom to tell.';

COMMENT ON COLUMN public.webhook.name IS 'What people call it; null: nothing.';

COMMENT ON COLUMN public.webhook.event_types IS 'Of which events; null: of all.';

COMMENT ON COLUMN public.webhook.tells_changes IS 'Whether it is told what changed, or only that.';

COMMENT ON COLUMN public.webhook.concurrency IS 'How much is sent to it at once. 1: in order, each only when the one before is at its end.';

COMMENT ON COLUMN public.webhook.sealed_secret IS 'The secret of its signatures, sealed.';

COMMENT ON COLUMN public.webhook.sealed_previous_secret IS 'The secret before the last rotation, sealed; null: never rotated, or over.';

COMMENT ON COLUMN public.webhook.previous_until IS 'Until when that one signs too.';

COMMENT ON COLUMN public.webhook."position" IS 'The last event of the log that was looked at for it.';

COMMENT ON COLUMN public.webhook.api_token IS 'The token that made it, and ends it; null: a person did.';

COMMENT ON COLUMN public.webhook.created_by IS 'The account that made it; it may be gone since.';

COMMENT ON COLUMN public.webhook.created_at IS 'When it was made.';

COMMENT ON COLUMN public.webhook.failing_since IS 'When the first of the attempts failed behind which none succeeded; null: the last one did.';

COMMENT ON COLUMN public.webhook.disabled_at IS 'Since when nothing is sent to it; null: it is.';

COMMENT ON COLUMN public.webhook.disabled_for IS 'REQUESTED: by somebody; GONE: it answered 410; FAILING: for days nothing was taken.';

CREATE VIEW ops.dead_letters AS
 SELECT 'mail'::text AS kind,
    m.id,
    NULL::uuid AS company_id,
    m.kind AS about,
    m.address AS target,
    m.given_up_at AS since,
    m.attempts,
    m.failure
   FROM public.mail m
  WHERE (m.given_up_at IS NOT NULL)
UNION ALL
 SELECT 'webhook'::text AS kind,
    d.id,
    d.tenant_id AS company_id,
    d.type AS about,
    w.url AS target,
    d.ended_at AS since,
    d.attempts,
    concat_ws(' '::text, d.failure, d.response_status) AS failure
   FROM (public.webhook_delivery d
     JOIN public.webhook w ON (((w.tenant_id = d.tenant_id) AND (w.id = d.webhook_id))))
  WHERE (d.state = 'FAILED'::text);

ALTER TABLE ops.dead_letters OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.dead_letters IS 'What was given up: mails (ops.resend_mail) and deliveries to webhooks (ops.replay_webhook).';

COMMENT ON COLUMN ops.dead_letters.kind IS 'mail or webhook.';

COMMENT ON COLUMN ops.dead_letters.id IS 'The mail, or the delivery.';

COMMENT ON COLUMN ops.dead_letters.company_id IS 'The company; null: none.';

COMMENT ON COLUMN ops.dead_letters.about IS 'The kind of mail, or the type of the event.';

COMMENT ON COLUMN ops.dead_letters.target IS 'The address that was not reached.';

COMMENT ON COLUMN ops.dead_letters.since IS 'When it was given up.';

COMMENT ON COLUMN ops.dead_letters.attempts IS 'How often it was tried.';

COMMENT ON COLUMN ops.dead_letters.failure IS 'What the last attempt failed of.';

CREATE TABLE public.tenant_tombstone (
    id uuid NOT NULL,
    deleted_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_by text DEFAULT SESSION_USER NOT NULL,
    reason text NOT NULL,
    country_version text NOT NULL,
    legal_name text NOT NULL,
    identification_type text,
    identification_number text,
    identification_check_digit text,
    signed_up_at timestamp with time zone NOT NULL,
    row_counts jsonb NOT NULL,
    export_digest bytea,
    keep_until timestamp with time zone DEFAULT (now() + '10 years'::interval) NOT NULL,
    CONSTRAINT tenant_tombstone_export_digest_check CHECK ((length(export_digest) = 32))
);

ALTER TABLE ONLY public.tenant_tombstone FORCE ROW LEVEL SECURITY;

ALTER TABLE public.tenant_tombstone OWNER TO hub_owner;

COMMENT ON TABLE public.tenant_tombstone IS 'What stays of a company that was deleted: who it was before the law, when it was a customer, and that it is gone. No role of the server''s reads it. By default it stays for ten years, the longest that the laws of the country versions ask a business to keep its books (Colombia: Código de Comercio, article 60, and Ley 962 of 2005, article 28); then it may be deleted.';

COMMENT ON COLUMN public.tenant_tombstone.id IS 'What the company''s tenant_id was.';

COMMENT ON COLUMN public.tenant_tombstone.deleted_at IS 'When it was deleted.';

COMMENT ON COLUMN public.tenant_tombstone.deleted_by IS 'The role that the operator was connected as.';

COMMENT ON COLUMN public.tenant_tombstone.reason IS 'Why, in the operator''s words; may be empty.';

COMMENT ON COLUMN public.tenant_tombstone.country_version IS 'The version that it ran in.';

COMMENT ON COLUMN public.tenant_tombstone.legal_name IS 'Its registered name.';

COMMENT ON COLUMN public.tenant_tombstone.identification_type IS 'The kind of its tax identification.';

COMMENT ON COLUMN public.tenant_tombstone.identification_number IS 'The number of it.';

COMMENT ON COLUMN public.tenant_tombstone.identification_check_digit IS 'The check digit of it.';

COMMENT ON COLUMN public.tenant_tombstone.signed_up_at IS 'When it had signed up.';

COMMENT ON COLUMN public.tenant_tombstone.row_counts IS 'How many rows of each table went.';

COMMENT ON COLUMN public.tenant_tombstone.export_digest IS 'SHA-256 of the export that was written by the same deletion; null where none was.';

COMMENT ON COLUMN public.tenant_tombstone.keep_until IS 'From when on this row may be deleted.';

CREATE VIEW ops.deleted_companies AS
 SELECT t.id AS company_id,
    t.legal_name,
    t.country_version,
    t.identification_number,
    t.deleted_at,
    t.deleted_by,
    t.reason,
    t.keep_until,
    t.row_counts,
    (t.export_digest IS NOT NULL) AS was_exported
   FROM public.tenant_tombstone t;

ALTER TABLE ops.deleted_companies OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.deleted_companies IS 'What stays of companies that were deleted.';

COMMENT ON COLUMN ops.deleted_companies.company_id IS 'The company; null: none.';

COMMENT ON COLUMN ops.deleted_companies.legal_name IS 'Its registered name.';

COMMENT ON COLUMN ops.deleted_companies.country_version IS 'The country version.';

COMMENT ON COLUMN ops.deleted_companies.identification_number IS 'The number of its tax identification.';

COMMENT ON COLUMN ops.deleted_companies.deleted_at IS 'When it was deleted.';

COMMENT ON COLUMN ops.deleted_companies.deleted_by IS 'Who did it: the role of the connection.';

COMMENT ON COLUMN ops.deleted_companies.reason IS 'Why.';

COMMENT ON COLUMN ops.deleted_companies.keep_until IS 'From when on this may be deleted too.';

COMMENT ON COLUMN ops.deleted_companies.row_counts IS 'How many rows of each table went.';

COMMENT ON COLUMN ops.deleted_companies.was_exported IS 'Whether an export was written by the same deletion.';

CREATE TABLE public.event_head (
    tenant_id uuid NOT NULL,
    sequence bigint DEFAULT 0 NOT NULL,
    hash bytea DEFAULT decode(repeat('00'::text, 32), 'hex'::text) NOT NULL,
    CONSTRAINT event_head_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT event_head_sequence_check CHECK ((sequence >= 0)),
    CONSTRAINT event_head_tenant_id_check CHECK ((tenant_id <> '00000000-0000-0000-0000-000000000000'::uuid))
)
WITH (fillfactor='50');

ALTER TABLE ONLY public.event_head FORCE ROW LEVEL SECURITY;

ALTER TABLE public.event_head OWNER TO hub_owner;

COMMENT ON TABLE public.event_head IS 'Where the log of each tenant ends. Whoever writes an event holds this row until the commit, so that the order of the log is the order of the commits and has no gap. A log stays where it was written. [redacted]';

COMMENT ON COLUMN public.event_head.tenant_id IS 'The company; its log stays when it goes.';

COMMENT ON COLUMN public.event_head.sequence IS 'The number of the last event; 0 before the first.';

COMMENT ON COLUMN public.event_head.hash IS 'The hash of the last event; zeros before the first.';

CREATE VIEW ops.event_lag AS
 SELECT w.tenant_id AS company_id,
    w.id AS webhook_id,
    w.url,
    h.sequence AS log_end,
    w."position",
    (h.sequence - w."position") AS events_behind,
    ( SELECT e.at
           FROM public.event e
          WHERE ((e.tenant_id = w.tenant_id) AND (e.sequence = (w."position" + 1)))) AS behind_since,
    pending.deliveries AS deliveries_pending,
    pending.oldest_at AS oldest_pending_at
   FROM ((public.webhook w
     JOIN public.event_head h ON ((h.tenant_id = w.tenant_id)))
     CROSS JOIN LATERAL ( SELECT count(*) AS count,
            min(d.created_at) AS min
           FROM public.webhook_delivery d
          WHERE ((d.tenant_id = w.tenant_id) AND (d.webhook_id = w.id) AND (d.state = 'PENDING'::text))) pending(deliveries, oldest_at))
  WHERE (w.disabled_at IS NULL);

ALTER TABLE ops.event_lag OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.event_lag IS 'How far each webhook that is not disabled stands behind its company''s log.';

COMMENT ON COLUMN ops.event_lag.company_id IS 'The company; null: none.';

COMMENT ON COLUMN ops.event_lag.webhook_id IS 'The webhook.';

COMMENT ON COLUMN ops.event_lag.url IS 'Whom it tells.';

COMMENT ON COLUMN ops.event_lag.log_end IS 'The number of the last event of the company.';

COMMENT ON COLUMN ops.event_lag."position" IS 'The last event that was looked at for the webhook.';

COMMENT ON COLUMN ops.event_lag.events_behind IS 'How many lie between.';

COMMENT ON COLUMN ops.event_lag.behind_since IS 'Since when the first of them waits.';

COMMENT ON COLUMN ops.event_lag.deliveries_pending IS 'How much was looked at and is still to be delivered.';

COMMENT ON COLUMN ops.event_lag.oldest_pending_at IS 'Since when the oldest of that waits.';

CREATE VIEW ops.events AS
 SELECT e.tenant_id AS company_id,
    e.sequence,
    e.at,
    e.type,
    e.subject,
    e.actor_kind,
    e.actor_id,
    e.actor_name,
    e.origin,
    e.changes
   FROM public.event e;

ALTER TABLE ops.events OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.events IS 'The logs of all companies. Ask for one company, or for a short time.';

COMMENT ON COLUMN ops.events.company_id IS 'The company; null: none.';

COMMENT ON COLUMN ops.events.sequence IS 'Its number in the company''s log.';

COMMENT ON COLUMN ops.events.at IS 'When.';

COMMENT ON COLUMN ops.events.type IS 'What happened, such as company.updated.';

COMMENT ON COLUMN ops.events.subject IS 'What it happened to within the company.';

COMMENT ON COLUMN ops.events.actor_kind IS 'ACCOUNT, TOKEN, SERVICE, OPERATOR or JOB.';

COMMENT ON COLUMN ops.events.actor_id IS 'Who: an id, a solution, a job, or an operator''s role.';

COMMENT ON COLUMN ops.events.actor_name IS 'What that person was called then.';

COMMENT ON COLUMN ops.events.origin IS 'What the client that made the change calls itself.';

COMMENT ON COLUMN ops.events.changes IS 'The fields that changed; null once retention took them.';

CREATE VIEW ops.indexes AS
 SELECT i.relname AS table_name,
    i.indexrelname AS index_name,
    pg_relation_size((i.indexrelid)::regclass) AS bytes,
    i.idx_scan AS scans,
    x.indisunique AS is_unique,
    x.indisvalid AS is_valid,
        CASE
            WHEN (NOT x.indisvalid) THEN 'REINDEX it: building it failed'::text
            WHEN ((i.idx_scan = 0) AND (NOT x.indisunique) AND (pg_relation_size((i.indexrelid)::regclass) > 10000000)) THEN 'never used since statistics were reset'::text
            ELSE NULL::text
        END AS advice
   FROM (pg_stat_user_indexes i
     JOIN pg_index x ON ((x.indexrelid = i.indexrelid)));

ALTER TABLE ops.indexes OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.indexes IS 'How each index does: size, use, and advice.';

COMMENT ON COLUMN ops.indexes.table_name IS 'The table.';

COMMENT ON COLUMN ops.indexes.index_name IS 'The index.';

COMMENT ON COLUMN ops.indexes.bytes IS 'Its size.';

COMMENT ON COLUMN ops.indexes.scans IS 'How often it was used since statistics were reset.';

COMMENT ON COLUMN ops.indexes.is_unique IS 'Whether it keeps rows apart, and so is needed in any case.';

COMMENT ON COLUMN ops.indexes.is_valid IS 'Whether it can be used.';

COMMENT ON COLUMN ops.indexes.advice IS 'What to do; null: nothing.';

CREATE TABLE public.integration_connection (
    tenant_id uuid NOT NULL,
    integration text NOT NULL,
    state text DEFAULT 'CONNECTED'::text NOT NULL,
    connected_at timestamp with time zone DEFAULT now() NOT NULL,
    connected_by uuid,
    connected_by_name text,
    checked_at timestamp with time zone,
    failure text,
    sealed_credentials bytea,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    CONSTRAINT integration_connection_check CHECK (((state = 'ERROR'::text) = (failure IS NOT NULL))),
    CONSTRAINT integration_connection_settings_check CHECK ((jsonb_typeof(settings) = 'object'::text)),
    CONSTRAINT integration_connection_state_check CHECK ((state = ANY (ARRAY['CONNECTED'::text, 'ERROR'::text]))),
    CONSTRAINT integration_connection_tenant_id_check CHECK ((tenant_id <> '00000000-0000-0000-0000-000000000000'::uuid))
);

ALTER TABLE ONLY public.integration_connection FORCE ROW LEVEL SECURITY;

ALTER TABLE public.integration_connection OWNER TO hub_owner;

COMMENT ON TABLE public.integration_connection IS 'The integrations a company is connected to. The hub''s section Integraciones.';

COMMENT ON COLUMN public.integration_connection.tenant_id IS 'The company.';

COMMENT ON COLUMN public.integration_connection.integration IS 'The integration.';

COMMENT ON COLUMN public.integration_connection.state IS 'CONNECTED, or ERROR where it was refused when last checked. One that the country version no longer offers is answered as RETIRED, whatever stands here.';

COMMENT ON COLUMN public.integration_connection.connected_at IS 'When it was connected.';

COMMENT ON COLUMN public.integration_connection.connected_by IS 'The account that connected it; it may be gone since. [account]';

COMMENT ON COLUMN public.integration_connection.connected_by_name IS 'What that person was called then, so that the company still knows when they have left.';

COMMENT ON COLUMN public.integration_connection.checked_at IS 'When the credentials were last tried.';

COMMENT ON COLUMN public.integration_connection.failure IS 'Why it is not in order, as integration_failure has it.';

COMMENT ON COLUMN public.integration_connection.sealed_credentials IS 'The credentials under AES-256-GCM, bound to this row. Not readable by the hub''s sections. [redacted]';

COMMENT ON COLUMN public.integration_connection.settings IS 'What the connection is set to: texts by the names of integration_setting_field.';

CREATE TABLE public.integration_country (
    integration text NOT NULL,
    country_version text NOT NULL
);

ALTER TABLE public.integration_country OWNER TO hub_owner;

COMMENT ON TABLE public.integration_country IS 'Where an integration is offered. Taking a row away retires it there: companies that are connected stay so and can only disconnect.';

COMMENT ON COLUMN public.integration_country.integration IS 'The integration.';

COMMENT ON COLUMN public.integration_country.country_version IS 'The country version that offers it.';

CREATE VIEW ops.integrations AS
 SELECT i.tenant_id AS company_id,
    COALESCE(NULLIF(c.trade_name, ''::text), c.legal_name) AS company_name,
    i.integration,
        CASE
            WHEN (NOT (EXISTS ( SELECT
               FROM public.integration_country v
              WHERE ((v.integration = i.integration) AND (v.country_version = c.country_version))))) THEN 'RETIRED'::text
            ELSE i.state
        END AS status,
    i.failure,
    i.checked_at,
    i.connected_at,
    i.connected_by_name
   FROM (public.integration_connection i
     JOIN public.company c ON ((c.tenant_id = i.tenant_id)));

ALTER TABLE ops.integrations OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.integrations IS 'The integrations that companies are connected to.';

COMMENT ON COLUMN ops.integrations.company_id IS 'The company; null: none.';

COMMENT ON COLUMN ops.integrations.company_name IS 'What it is called: the trade name, or else the registered one.';

COMMENT ON COLUMN ops.integrations.integration IS 'The code of the integration.';

COMMENT ON COLUMN ops.integrations.status IS 'CONNECTED, ERROR, or RETIRED: no longer offered there.';

COMMENT ON COLUMN ops.integrations.failure IS 'Why the credentials were refused, a code.';

COMMENT ON COLUMN ops.integrations.checked_at IS 'When they were last tried.';

COMMENT ON COLUMN ops.integrations.connected_at IS 'When it was connected.';

COMMENT ON COLUMN ops.integrations.connected_by_name IS 'Who connected it.';

CREATE TABLE public.invitation (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    email text NOT NULL,
    email_key text GENERATED ALWAYS AS (lower(email)) STORED NOT NULL,
    role text NOT NULL,
    solution_roles jsonb DEFAULT '{}'::jsonb NOT NULL,
    invited_by uuid,
    invited_by_name text NOT NULL,
    invited_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    mailed_at timestamp with time zone[] DEFAULT '{}'::timestamp with time zone[] NOT NULL,
    link_id uuid,
    accepted_at timestamp with time zone,
    accepted_by uuid,
    revoked_at timestamp with time zone,
    CONSTRAINT invitation_check CHECK (((accepted_at IS NULL) OR (revoked_at IS NULL))),
    CONSTRAINT invitation_email_check CHECK (((email ~ '^[^@[:space:]]+@[^@[:space:]]+$'::text) AND (char_length(email) <= 254))),
    CONSTRAINT invitation_role_check CHECK ((role = ANY (ARRAY['administrator'::text, 'accountant'::text, 'assistant'::text, 'seller'::text]))),
    CONSTRAINT invitation_solution_roles_check CHECK ((jsonb_typeof(solution_roles) = 'object'::text)),
    CONSTRAINT invitation_tenant_id_check CHECK ((tenant_id <> '00000000-0000-0000-0000-000000000000'::uuid))
);

ALTER TABLE ONLY public.invitation FORCE ROW LEVEL SECURITY;

ALTER TABLE public.invitation OWNER TO hub_owner;

COMMENT ON TABLE public.invitation IS 'Who was asked into a company by mail, in which role, and what came of it.';

COMMENT ON COLUMN public.invitation.tenant_id IS 'The company.';

COMMENT ON COLUMN public.invitation.id IS 'Names the invitation.';

COMMENT ON COLUMN public.invitation.email IS 'The address that was invited; it alone may accept.';

COMMENT ON COLUMN public.invitation.email_key IS 'The address in lower case.';

COMMENT ON COLUMN public.invitation.role IS 'The role to join in.';

COMMENT ON COLUMN public.invitation.solution_roles IS 'Roles by solution, such as {"pos": "seller"}; those of solutions that are gone are left out.';

COMMENT ON COLUMN public.invitation.invited_by IS 'The account that last asked; it may be gone since. [account]';

COMMENT ON COLUMN public.invitation.invited_by_name IS 'What that person was called then.';

COMMENT ON COLUMN public.invitation.invited_at IS 'When the address was last asked.';

COMMENT ON COLUMN public.invitation.expires_at IS 'Until when the link of the last mail is good.';

COMMENT ON COLUMN public.invitation.mailed_at IS 'When mails were asked for within the last day or so: counted against the limits.';

COMMENT ON COLUMN public.invitation.link_id IS 'The link of the last mail; where the company was imported, none until it is sent again. [redacted]';

COMMENT ON COLUMN public.invitation.accepted_at IS 'When it was accepted; null: it was not.';

COMMENT ON COLUMN public.invitation.accepted_by IS 'The account that accepted it; it may be gone since. [account]';

COMMENT ON COLUMN public.invitation.revoked_at IS 'When it was taken back; null: it was not.';

CREATE VIEW ops.invitations AS
 SELECT i.tenant_id AS company_id,
    COALESCE(NULLIF(c.trade_name, ''::text), c.legal_name) AS company_name,
    i.id AS invitation_id,
    i.email,
    i.role,
    public.invitation_status(i.accepted_at, i.revoked_at, i.expires_at, now()) AS status,
    i.invited_at,
    i.invited_by_name,
    i.expires_at
   FROM (public.invitation i
     JOIN public.company c ON ((c.tenant_id = i.tenant_id)));

ALTER TABLE ops.invitations OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.invitations IS 'Whom companies have invited, and what came of it.';

COMMENT ON COLUMN ops.invitations.company_id IS 'The company; null: none.';

COMMENT ON COLUMN ops.invitations.company_name IS 'What it is called: the trade name, or else the registered one.';

COMMENT ON COLUMN ops.invitations.invitation_id IS 'The invitation.';

COMMENT ON COLUMN ops.invitations.email IS 'Who is invited.';

COMMENT ON COLUMN ops.invitations.role IS 'The role that they get.';

COMMENT ON COLUMN ops.invitations.status IS 'PENDING, ACCEPTED, REVOKED or EXPIRED.';

COMMENT ON COLUMN ops.invitations.invited_at IS 'When they were last asked.';

COMMENT ON COLUMN ops.invitations.invited_by_name IS 'Who asked.';

COMMENT ON COLUMN ops.invitations.expires_at IS 'Until when it can be accepted.';

CREATE TABLE public.solution_role (
    tenant_id uuid NOT NULL,
    account_id uuid NOT NULL,
    solution text NOT NULL,
    role text NOT NULL,
    CONSTRAINT solution_role_role_check CHECK ((role = ANY (ARRAY['administrator'::text, 'accountant'::text, 'assistant'::text, 'seller'::text]))),
    CONSTRAINT solution_role_tenant_id_check CHECK ((tenant_id <> '00000000-0000-0000-0000-000000000000'::uuid))
);

ALTER TABLE ONLY public.solution_role FORCE ROW LEVEL SECURITY;

ALTER TABLE public.solution_role OWNER TO hub_owner;

COMMENT ON TABLE public.solution_role IS 'The roles that members have in single solutions, where they differ from the role they have in the company. The solutions ask for them; the hub itself goes by membership.role.';

COMMENT ON COLUMN public.solution_role.tenant_id IS 'The company.';

COMMENT ON COLUMN public.solution_role.account_id IS 'The member.';

COMMENT ON COLUMN public.solution_role.solution IS 'One of the solutions that the company has.';

COMMENT ON COLUMN public.solution_role.role IS 'The member''s role in it.';

CREATE VIEW ops.memberships AS
 SELECT m.tenant_id AS company_id,
    m.company_name,
    m.account_id,
    m.email,
    m.display_name AS name,
    m.role,
    ( SELECT jsonb_object_agg(r.solution, r.role) AS jsonb_object_agg
           FROM public.solution_role r
          WHERE ((r.tenant_id = m.tenant_id) AND (r.account_id = m.account_id))) AS solution_roles,
    m.joined_at
   FROM public.membership m;

ALTER TABLE ops.memberships OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.memberships IS 'Who belongs to which company, and in which role.';

COMMENT ON COLUMN ops.memberships.company_id IS 'The company; null: none.';

COMMENT ON COLUMN ops.memberships.company_name IS 'What it is called: the trade name, or else the registered one.';

COMMENT ON COLUMN ops.memberships.account_id IS 'The person; null: nobody.';

COMMENT ON COLUMN ops.memberships.email IS 'The address they sign in with.';

COMMENT ON COLUMN ops.memberships.name IS 'What they are called.';

COMMENT ON COLUMN ops.memberships.role IS 'The role in the company.';

COMMENT ON COLUMN ops.memberships.solution_roles IS 'The roles in single solutions, where they differ.';

COMMENT ON COLUMN ops.memberships.joined_at IS 'Since when.';

CREATE TABLE public.country_plan (
    country_version text NOT NULL,
    plan text NOT NULL,
    offered boolean DEFAULT true NOT NULL
);

ALTER TABLE public.country_plan OWNER TO hub_owner;

COMMENT ON TABLE public.country_plan IS 'Which plans each country version has. A company cannot be on one that is not listed.';

COMMENT ON COLUMN public.country_plan.country_version IS 'The country version.';

COMMENT ON COLUMN public.country_plan.plan IS 'The plan.';

COMMENT ON COLUMN public.country_plan.offered IS 'Whether it can be chosen now; where it is offered no longer, companies that are on it stay so.';

CREATE TABLE public.country_solution (
    country_version text NOT NULL,
    solution text NOT NULL,
    names public.texts NOT NULL
);

ALTER TABLE public.country_solution OWNER TO hub_owner;

COMMENT ON TABLE public.country_solution IS 'Which solutions each country version has, and what they are called there. A company cannot have one that is not listed for its version.';

COMMENT ON COLUMN public.country_solution.country_version IS 'The country version.';

COMMENT ON COLUMN public.country_solution.solution IS 'The solution it has.';

COMMENT ON COLUMN public.country_solution.names IS 'The name there: accounting is Alegra Contabilidad, in Argentina Alegra Gestión.';

CREATE TABLE public.integration (
    code text NOT NULL,
    "position" smallint NOT NULL,
    category text NOT NULL,
    name text NOT NULL,
    descriptions public.texts NOT NULL,
    documentation_url text NOT NULL,
    needs_same_tax_id boolean DEFAULT false NOT NULL,
    token_scopes text[],
    CONSTRAINT integration_category_check CHECK ((category = ANY (ARRAY['ONLINE_PAYMENTS'::text, 'ZAPIER'::text]))),
    CONSTRAINT integration_code_check CHECK ((code ~ '^[a-z]+$'::text)),
    CONSTRAINT integration_documentation_url_check CHECK ((documentation_url ~ '^https://'::text)),
    CONSTRAINT integration_token_scopes_check CHECK ((((cardinality(token_scopes) >= 1) AND (cardinality(token_scopes) <= 100)) AND (array_position(token_scopes, NULL::text) IS NULL)))
);

ALTER TABLE public.integration OWNER TO hub_owner;

COMMENT ON TABLE public.integration IS 'The services outside the suite that a company can connect.';

COMMENT ON COLUMN public.integration.code IS 'Such as payu; never changes.';

COMMENT ON COLUMN public.integration."position" IS 'The order in which integrations are shown.';

COMMENT ON COLUMN public.integration.category IS 'ONLINE_PAYMENTS (Pagos en línea) or ZAPIER.';

COMMENT ON COLUMN public.integration.name IS 'The brand, the same in every language.';

COMMENT ON COLUMN public.integration.descriptions IS 'What it is for, in one sentence.';

COMMENT ON COLUMN public.integration.documentation_url IS 'Where its maker explains connecting.';

COMMENT ON COLUMN public.integration.needs_same_tax_id IS 'Whether the company''s account there has to carry its own tax number, as PayU asks.';

COMMENT ON COLUMN public.integration.token_scopes IS 'What the token opens that connecting makes for its program; null: it makes none.';

CREATE TABLE public.plan (
    code text NOT NULL,
    "position" smallint NOT NULL,
    labels public.texts NOT NULL,
    CONSTRAINT plan_code_check CHECK ((code ~ '^[a-z]+$'::text))
);

ALTER TABLE public.plan OWNER TO hub_owner;

COMMENT ON TABLE public.plan IS 'The plans that a solution can be had under, the smallest first.';

COMMENT ON COLUMN public.plan.code IS 'Such as pyme.';

COMMENT ON COLUMN public.plan."position" IS 'The order, by size.';

COMMENT ON COLUMN public.plan.labels IS 'What it is called.';

CREATE VIEW ops.offers AS
 SELECT s.country_version,
    'solution'::text AS kind,
    s.solution AS code,
    ((s.names)::jsonb ->> 'es'::text) AS name
   FROM public.country_solution s
UNION ALL
 SELECT p.country_version,
    'plan'::text AS kind,
    p.plan AS code,
    ((o.labels)::jsonb ->> 'es'::text) AS name
   FROM (public.country_plan p
     JOIN public.plan o ON ((o.code = p.plan)))
  WHERE p.offered
UNION ALL
 SELECT v.country_version,
    'integration'::text AS kind,
    v.integration AS code,
    i.name
   FROM (public.integration_country v
     JOIN public.integration i ON ((i.code = v.integration)));

ALTER TABLE ops.offers OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.offers IS 'What each country version offers: the codes that the functions take.';

COMMENT ON COLUMN ops.offers.country_version IS 'The country version.';

COMMENT ON COLUMN ops.offers.kind IS 'solution, plan or integration.';

COMMENT ON COLUMN ops.offers.code IS 'The code, such as pos or pyme.';

COMMENT ON COLUMN ops.offers.name IS 'What it is called there.';

CREATE VIEW ops.outbox AS
 SELECT m.id AS mail_id,
    m.kind,
    m.address,
    m.account_id,
        CASE
            WHEN (m.sent_at IS NOT NULL) THEN 'SENT'::text
            WHEN (m.given_up_at IS NOT NULL) THEN 'GIVEN_UP'::text
            ELSE 'WAITING'::text
        END AS status,
    m.created_at,
    m.attempts,
        CASE
            WHEN ((m.sent_at IS NULL) AND (m.given_up_at IS NULL)) THEN m.next_attempt_at
            ELSE NULL::timestamp with time zone
        END AS next_attempt_at,
    COALESCE(m.sent_at, m.given_up_at) AS ended_at,
    m.failure,
        CASE
            WHEN (l.id IS NULL) THEN NULL::text
            WHEN (l.used_at IS NOT NULL) THEN 'USED'::text
            WHEN (l.voided_at IS NOT NULL) THEN 'VOID'::text
            WHEN (l.expires_at <= now()) THEN 'EXPIRED'::text
            ELSE 'OPEN'::text
        END AS link
   FROM (public.mail m
     LEFT JOIN public.one_time_link l ON ((l.id = m.link_id)));

ALTER TABLE ops.outbox OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.outbox IS 'The mails: waiting, sent, given up. What they say is not shown.';

COMMENT ON COLUMN ops.outbox.mail_id IS 'The mail.';

COMMENT ON COLUMN ops.outbox.kind IS 'What it tells; the name of its template.';

COMMENT ON COLUMN ops.outbox.address IS 'Where it goes.';

COMMENT ON COLUMN ops.outbox.account_id IS 'The person; null: nobody.';

COMMENT ON COLUMN ops.outbox.status IS 'WAITING, SENT or GIVEN_UP.';

COMMENT ON COLUMN ops.outbox.created_at IS 'When it was asked for.';

COMMENT ON COLUMN ops.outbox.attempts IS 'How often sending was begun.';

COMMENT ON COLUMN ops.outbox.next_attempt_at IS 'When it may be tried next.';

COMMENT ON COLUMN ops.outbox.ended_at IS 'When it was sent or given up.';

COMMENT ON COLUMN ops.outbox.failure IS 'What the last attempt failed of.';

COMMENT ON COLUMN ops.outbox.link IS 'Of the link it carries: OPEN, USED, VOID or EXPIRED; null: it has none.';

CREATE VIEW ops.sessions AS
 SELECT s.id AS session_id,
    s.account_id,
    a.email,
    s.device,
    s.address_range,
    s.created_at,
    s.last_seen_at,
    LEAST(s.idle_expires_at, s.expires_at) AS ends_at,
    s.revoked_at,
    ((s.revoked_at IS NULL) AND (s.expires_at > now()) AND (s.idle_expires_at > now())) AS is_open
   FROM (public.session s
     JOIN public.account a ON ((a.id = s.account_id)));

ALTER TABLE ops.sessions OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.sessions IS 'Where people are or were signed in.';

COMMENT ON COLUMN ops.sessions.session_id IS 'The session.';

COMMENT ON COLUMN ops.sessions.account_id IS 'The person; null: nobody.';

COMMENT ON COLUMN ops.sessions.email IS 'The address they sign in with.';

COMMENT ON COLUMN ops.sessions.device IS 'The browser and system, as far as they told.';

COMMENT ON COLUMN ops.sessions.address_range IS 'The network that they signed in from.';

COMMENT ON COLUMN ops.sessions.created_at IS 'When they signed in.';

COMMENT ON COLUMN ops.sessions.last_seen_at IS 'When it was last used.';

COMMENT ON COLUMN ops.sessions.ends_at IS 'When it ends unless it is used before.';

COMMENT ON COLUMN ops.sessions.revoked_at IS 'When somebody ended it.';

COMMENT ON COLUMN ops.sessions.is_open IS 'Whether it lives.';

CREATE VIEW ops.overview AS
 SELECT 'companies'::text AS name,
    ( SELECT count(*) AS count
           FROM public.company) AS value,
    NULL::timestamp with time zone AS since,
    'ops.companies'::text AS look_at
UNION ALL
 SELECT 'people'::text AS name,
    ( SELECT count(*) AS count
           FROM public.account) AS value,
    NULL::timestamp with time zone AS since,
    'ops.people'::text AS look_at
UNION ALL
 SELECT 'open sessions'::text AS name,
    ( SELECT count(*) AS count
           FROM ops.sessions s
          WHERE s.is_open) AS value,
    NULL::timestamp with time zone AS since,
    'ops.sessions'::text AS look_at
UNION ALL
 SELECT 'mails waiting'::text AS name,
    count(*) AS value,
    min(m.created_at) AS since,
    'ops.outbox'::text AS look_at
   FROM public.mail m
  WHERE ((m.sent_at IS NULL) AND (m.given_up_at IS NULL))
UNION ALL
 SELECT 'mails given up'::text AS name,
    count(*) AS value,
    min(m.given_up_at) AS since,
    'ops.dead_letters'::text AS look_at
   FROM public.mail m
  WHERE (m.given_up_at IS NOT NULL)
UNION ALL
 SELECT 'webhook deliveries pending'::text AS name,
    count(*) AS value,
    min(d.created_at) AS since,
    'ops.event_lag'::text AS look_at
   FROM public.webhook_delivery d
  WHERE (d.state = 'PENDING'::text)
UNION ALL
 SELECT 'webhook deliveries given up'::text AS name,
    count(*) AS value,
    min(d.ended_at) AS since,
    'ops.dead_letters'::text AS look_at
   FROM public.webhook_delivery d
  WHERE (d.state = 'FAILED'::text)
UNION ALL
 SELECT 'webhooks disabled or failing'::text AS name,
    count(*) AS value,
    min(COALESCE(w.disabled_at, w.failing_since)) AS since,
    'ops.webhooks'::text AS look_at
   FROM public.webhook w
  WHERE ((w.disabled_at IS NOT NULL) OR (w.failing_since IS NOT NULL))
UNION ALL
 SELECT 'integrations in error'::text AS name,
    count(*) AS value,
    min(i.checked_at) AS since,
    'ops.integrations'::text AS look_at
   FROM public.integration_connection i
  WHERE (i.state = 'ERROR'::text)
UNION ALL
 SELECT 'trials that end within a week'::text AS name,
    count(*) AS value,
    min(s.trial_ends_at) AS since,
    'ops.solutions'::text AS look_at
   FROM public.company_solution s
  WHERE ((s.state = 'TRIAL'::text) AND ((s.trial_ends_at >= now()) AND (s.trial_ends_at <= (now() + '7 days'::interval))));

ALTER TABLE ops.overview OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.overview IS 'How things stand, and where to look further.';

COMMENT ON COLUMN ops.overview.name IS 'What is counted.';

COMMENT ON COLUMN ops.overview.value IS 'How many.';

COMMENT ON COLUMN ops.overview.since IS 'Of which the oldest is from.';

COMMENT ON COLUMN ops.overview.look_at IS 'The view that shows each.';

CREATE VIEW ops.report_companies AS
 SELECT c.country_version,
    c.kind_of_person,
    (date_trunc('month'::text, (c.created_at AT TIME ZONE 'UTC'::text)))::date AS signed_up_month,
    count(*) AS companies
   FROM public.company c
  GROUP BY c.country_version, c.kind_of_person, ((date_trunc('month'::text, (c.created_at AT TIME ZONE 'UTC'::text)))::date);

ALTER TABLE ops.report_companies OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.report_companies IS 'How many companies signed up, by month.';

COMMENT ON COLUMN ops.report_companies.country_version IS 'The country version.';

COMMENT ON COLUMN ops.report_companies.kind_of_person IS 'LEGAL_ENTITY or PERSON_ENTITY; null: not said yet.';

COMMENT ON COLUMN ops.report_companies.signed_up_month IS 'The first day of the month.';

COMMENT ON COLUMN ops.report_companies.companies IS 'How many companies.';

CREATE VIEW ops.report_events AS
 SELECT ((e.at AT TIME ZONE 'UTC'::text))::date AS day,
    e.type,
    e.actor_kind,
    count(*) AS events,
    count(DISTINCT e.tenant_id) AS companies
   FROM public.event e
  GROUP BY (((e.at AT TIME ZONE 'UTC'::text))::date), e.type, e.actor_kind;

ALTER TABLE ops.report_events OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.report_events IS 'How much happened, by day.';

COMMENT ON COLUMN ops.report_events.day IS 'The day, by UTC.';

COMMENT ON COLUMN ops.report_events.type IS 'The type of the event.';

COMMENT ON COLUMN ops.report_events.actor_kind IS 'ACCOUNT, TOKEN, SERVICE, OPERATOR or JOB.';

COMMENT ON COLUMN ops.report_events.events IS 'How many.';

COMMENT ON COLUMN ops.report_events.companies IS 'How many companies.';

CREATE VIEW ops.report_integrations AS
 SELECT c.country_version,
    i.integration,
    i.state AS status,
    count(*) AS companies
   FROM (public.integration_connection i
     JOIN public.company c ON ((c.tenant_id = i.tenant_id)))
  GROUP BY c.country_version, i.integration, i.state;

ALTER TABLE ops.report_integrations OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.report_integrations IS 'How many companies are connected to what.';

COMMENT ON COLUMN ops.report_integrations.country_version IS 'The country version.';

COMMENT ON COLUMN ops.report_integrations.integration IS 'The integration.';

COMMENT ON COLUMN ops.report_integrations.status IS 'CONNECTED or ERROR.';

COMMENT ON COLUMN ops.report_integrations.companies IS 'How many companies.';

CREATE VIEW ops.report_mails AS
 SELECT ((m.created_at AT TIME ZONE 'UTC'::text))::date AS day,
    m.kind,
    m.language,
        CASE
            WHEN (m.sent_at IS NOT NULL) THEN 'SENT'::text
            WHEN (m.given_up_at IS NOT NULL) THEN 'GIVEN_UP'::text
            ELSE 'WAITING'::text
        END AS status,
    count(*) AS mails,
    round(avg(EXTRACT(epoch FROM (m.sent_at - m.created_at))), 1) AS mean_seconds
   FROM public.mail m
  GROUP BY (((m.created_at AT TIME ZONE 'UTC'::text))::date), m.kind, m.language,
        CASE
            WHEN (m.sent_at IS NOT NULL) THEN 'SENT'::text
            WHEN (m.given_up_at IS NOT NULL) THEN 'GIVEN_UP'::text
            ELSE 'WAITING'::text
        END;

ALTER TABLE ops.report_mails OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.report_mails IS 'How many mails were asked for, by day, and what came of them.';

COMMENT ON COLUMN ops.report_mails.day IS 'The day, by UTC.';

COMMENT ON COLUMN ops.report_mails.kind IS 'What they tell; the name of their template.';

COMMENT ON COLUMN ops.report_mails.language IS 'The language the hub speaks with them.';

COMMENT ON COLUMN ops.report_mails.status IS 'WAITING, SENT or GIVEN_UP.';

COMMENT ON COLUMN ops.report_mails.mails IS 'How many.';

COMMENT ON COLUMN ops.report_mails.mean_seconds IS 'How long they waited until they were sent, on average.';

CREATE VIEW ops.report_people AS
 SELECT a.country,
    a.language,
    (date_trunc('month'::text, (a.created_at AT TIME ZONE 'UTC'::text)))::date AS signed_up_month,
    count(*) AS people,
    count(*) FILTER (WHERE (EXISTS ( SELECT
           FROM public.second_factor f
          WHERE ((f.account_id = a.id) AND (f.confirmed_at IS NOT NULL))))) AS with_second_factor,
    count(*) FILTER (WHERE (EXISTS ( SELECT
           FROM public.account_google g
          WHERE (g.account_id = a.id)))) AS with_google,
    count(*) FILTER (WHERE (EXISTS ( SELECT
           FROM public.session s
          WHERE ((s.account_id = a.id) AND (s.last_seen_at > (now() - '30 days'::interval)))))) AS seen_within_30_days
   FROM public.account a
  GROUP BY a.country, a.language, ((date_trunc('month'::text, (a.created_at AT TIME ZONE 'UTC'::text)))::date);

ALTER TABLE ops.report_people OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.report_people IS 'How many people signed up, by month, and what they use.';

COMMENT ON COLUMN ops.report_people.country IS 'The country they signed up in.';

COMMENT ON COLUMN ops.report_people.language IS 'The language the hub speaks with them.';

COMMENT ON COLUMN ops.report_people.signed_up_month IS 'The first day of the month.';

COMMENT ON COLUMN ops.report_people.people IS 'How many.';

COMMENT ON COLUMN ops.report_people.with_second_factor IS 'How many of them have a second factor.';

COMMENT ON COLUMN ops.report_people.with_google IS 'How many of them sign in with Google.';

COMMENT ON COLUMN ops.report_people.seen_within_30_days IS 'How many of them were here within 30 days.';

CREATE VIEW ops.report_solutions AS
 SELECT s.country_version,
    s.solution,
    s.plan,
    public.solution_status(s.state, s.trial_ends_at, now()) AS status,
    count(*) AS companies
   FROM public.company_solution s
  GROUP BY s.country_version, s.solution, s.plan, (public.solution_status(s.state, s.trial_ends_at, now()));

ALTER TABLE ops.report_solutions OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.report_solutions IS 'How many companies have which solution on which plan.';

COMMENT ON COLUMN ops.report_solutions.country_version IS 'The country version.';

COMMENT ON COLUMN ops.report_solutions.solution IS 'The solution.';

COMMENT ON COLUMN ops.report_solutions.plan IS 'The plan.';

COMMENT ON COLUMN ops.report_solutions.status IS 'TRIAL, ACTIVE, READ_ONLY or AVAILABLE (switched off).';

COMMENT ON COLUMN ops.report_solutions.companies IS 'How many companies.';

CREATE VIEW ops.report_webhooks AS
 SELECT ((d.created_at AT TIME ZONE 'UTC'::text))::date AS day,
    d.type,
    d.state AS status,
    count(*) AS deliveries,
    round(avg(d.attempts), 2) AS mean_attempts,
    round(avg(d.milliseconds)) AS mean_milliseconds
   FROM public.webhook_delivery d
  GROUP BY (((d.created_at AT TIME ZONE 'UTC'::text))::date), d.type, d.state;

ALTER TABLE ops.report_webhooks OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.report_webhooks IS 'How much webhooks were told, by day, and how it went.';

COMMENT ON COLUMN ops.report_webhooks.day IS 'The day, by UTC.';

COMMENT ON COLUMN ops.report_webhooks.type IS 'The type of the event.';

COMMENT ON COLUMN ops.report_webhooks.status IS 'PENDING, DELIVERED or FAILED.';

COMMENT ON COLUMN ops.report_webhooks.deliveries IS 'How many.';

COMMENT ON COLUMN ops.report_webhooks.mean_attempts IS 'How often each was sent, on average.';

COMMENT ON COLUMN ops.report_webhooks.mean_milliseconds IS 'How long the last attempt took, on average.';

CREATE VIEW ops.sealing_keys AS
 SELECT k.place,
    k.key_name,
    k.secrets,
    marked.at AS marked_at,
    marked.operator AS marked_by,
    marked.reason
   FROM (public.sealing_keys_in_use() k(place, key_name, secrets)
     LEFT JOIN LATERAL ( SELECT a.at,
            a.operator,
            a.reason
           FROM public.operator_act a
          WHERE ((a.act = 'mark_key'::text) AND (a.subject = k.key_name))
          ORDER BY a.id DESC
         LIMIT 1) marked ON (true));

ALTER TABLE ops.sealing_keys OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.sealing_keys IS 'Under which keys the secrets at rest are sealed, and which of them were marked for rotation.';

COMMENT ON COLUMN ops.sealing_keys.place IS 'The table and column of the secrets.';

COMMENT ON COLUMN ops.sealing_keys.key_name IS 'The key''s name; null: no envelope.';

COMMENT ON COLUMN ops.sealing_keys.secrets IS 'How many are sealed under it.';

COMMENT ON COLUMN ops.sealing_keys.marked_at IS 'When it was marked for rotation (ops.mark_key).';

COMMENT ON COLUMN ops.sealing_keys.marked_by IS 'Who marked it.';

COMMENT ON COLUMN ops.sealing_keys.reason IS 'Why.';

CREATE VIEW ops.slow_statements AS
 SELECT s.calls,
    s.total_seconds,
    s.mean_milliseconds,
    s.max_milliseconds,
    s.rows,
    s.cache_hit_percent,
    s.role,
    s.statement
   FROM ops.read_statements() s(calls, total_seconds, mean_milliseconds, max_milliseconds, rows, cache_hit_percent, role, statement)
  ORDER BY s.total_seconds DESC
 LIMIT 100;

ALTER TABLE ops.slow_statements OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.slow_statements IS 'The hundred statements that took most time, where pg_stat_statements is installed and loaded; nothing otherwise.';

COMMENT ON COLUMN ops.slow_statements.calls IS 'How often it was run.';

COMMENT ON COLUMN ops.slow_statements.total_seconds IS 'How long it took altogether.';

COMMENT ON COLUMN ops.slow_statements.mean_milliseconds IS 'How long it takes on average.';

COMMENT ON COLUMN ops.slow_statements.max_milliseconds IS 'How long it took at most.';

COMMENT ON COLUMN ops.slow_statements.rows IS 'How many rows it gave or changed altogether.';

COMMENT ON COLUMN ops.slow_statements.cache_hit_percent IS 'How much of what it read was in memory.';

COMMENT ON COLUMN ops.slow_statements.role IS 'Whose statement it is.';

COMMENT ON COLUMN ops.slow_statements.statement IS 'Its text, with $1 in the place of each value.';

CREATE VIEW ops.solutions AS
 SELECT s.tenant_id AS company_id,
    COALESCE(NULLIF(c.trade_name, ''::text), c.legal_name) AS company_name,
    s.solution,
    s.plan,
    public.solution_status(s.state, s.trial_ends_at, now()) AS status,
    s.trial_ends_at,
    s.activated_at,
    s.deactivated_at
   FROM (public.company_solution s
     JOIN public.company c ON ((c.tenant_id = s.tenant_id)));

ALTER TABLE ops.solutions OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.solutions IS 'The solutions that companies have or had.';

COMMENT ON COLUMN ops.solutions.company_id IS 'The company; null: none.';

COMMENT ON COLUMN ops.solutions.company_name IS 'What it is called: the trade name, or else the registered one.';

COMMENT ON COLUMN ops.solutions.solution IS 'The code of the solution.';

COMMENT ON COLUMN ops.solutions.plan IS 'The plan it is, or was last, had on.';

COMMENT ON COLUMN ops.solutions.status IS 'TRIAL, ACTIVE, READ_ONLY, or AVAILABLE where it is switched off.';

COMMENT ON COLUMN ops.solutions.trial_ends_at IS 'When its trial ends or ended.';

COMMENT ON COLUMN ops.solutions.activated_at IS 'When it was last activated.';

COMMENT ON COLUMN ops.solutions.deactivated_at IS 'When it was switched off.';

CREATE VIEW ops.tables AS
 SELECT t.relname AS table_name,
    t.n_live_tup AS live_rows,
    t.n_dead_tup AS dead_rows,
    round(((100.0 * (t.n_dead_tup)::numeric) / (NULLIF((t.n_live_tup + t.n_dead_tup), 0))::numeric), 1) AS dead_percent,
    pg_table_size((t.relid)::regclass) AS table_bytes,
    pg_indexes_size((t.relid)::regclass) AS index_bytes,
    t.seq_scan AS sequential_scans,
    t.idx_scan AS index_scans,
    GREATEST(t.last_vacuum, t.last_autovacuum) AS vacuumed_at,
    GREATEST(t.last_analyze, t.last_autoanalyze) AS analyzed_at,
    age(c.relfrozenxid) AS transactions_unfrozen,
        CASE
            WHEN (age(c.relfrozenxid) > 1000000000) THEN 'VACUUM it: transaction ids run out'::text
            WHEN ((t.n_dead_tup > 10000) AND (t.n_dead_tup > (t.n_live_tup / 5))) THEN 'many dead rows: a long transaction, or autovacuum does not keep up'::text
            WHEN ((t.n_live_tup > 10000) AND (GREATEST(t.last_analyze, t.last_autoanalyze) IS NULL)) THEN 'ANALYZE it: never analyzed'::text
            ELSE NULL::text
        END AS advice
   FROM (pg_stat_user_tables t
     JOIN pg_class c ON ((c.oid = t.relid)));

ALTER TABLE ops.tables OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.tables IS 'How each table does: rows, size, when it was vacuumed, and advice.';

COMMENT ON COLUMN ops.tables.table_name IS 'The table.';

COMMENT ON COLUMN ops.tables.live_rows IS 'How many rows it has, about.';

COMMENT ON COLUMN ops.tables.dead_rows IS 'How many rows wait to be vacuumed, about.';

COMMENT ON COLUMN ops.tables.dead_percent IS 'How much of it that is.';

COMMENT ON COLUMN ops.tables.table_bytes IS 'Its size without indexes.';

COMMENT ON COLUMN ops.tables.index_bytes IS 'The size of its indexes.';

COMMENT ON COLUMN ops.tables.sequential_scans IS 'How often it was read whole.';

COMMENT ON COLUMN ops.tables.index_scans IS 'How often by an index.';

COMMENT ON COLUMN ops.tables.vacuumed_at IS 'When it was last vacuumed.';

COMMENT ON COLUMN ops.tables.analyzed_at IS 'When it was last analyzed.';

COMMENT ON COLUMN ops.tables.transactions_unfrozen IS 'The age of its oldest transaction id.';

COMMENT ON COLUMN ops.tables.advice IS 'What to do; null: nothing.';

CREATE VIEW ops.webhook_deliveries AS
 SELECT d.tenant_id AS company_id,
    d.webhook_id,
    d.id AS delivery_id,
    d.sequence,
    d.message_id,
    d.type,
    d.state AS status,
    d.attempts,
    d.created_at,
    d.due_at,
    d.attempted_at,
    d.ended_at,
    d.response_status,
    d.failure,
    d.milliseconds
   FROM public.webhook_delivery d;

ALTER TABLE ops.webhook_deliveries OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.webhook_deliveries IS 'What webhooks are to be told, and were.';

COMMENT ON COLUMN ops.webhook_deliveries.company_id IS 'The company; null: none.';

COMMENT ON COLUMN ops.webhook_deliveries.webhook_id IS 'The webhook.';

COMMENT ON COLUMN ops.webhook_deliveries.delivery_id IS 'The delivery.';

COMMENT ON COLUMN ops.webhook_deliveries.sequence IS 'The event of the log; null: a test.';

COMMENT ON COLUMN ops.webhook_deliveries.message_id IS 'What the other side knows it by (webhook-id).';

COMMENT ON COLUMN ops.webhook_deliveries.type IS 'The type of the event.';

COMMENT ON COLUMN ops.webhook_deliveries.status IS 'PENDING, DELIVERED, or FAILED: given up.';

COMMENT ON COLUMN ops.webhook_deliveries.attempts IS 'How often it was sent.';

COMMENT ON COLUMN ops.webhook_deliveries.created_at IS 'When it was asked for.';

COMMENT ON COLUMN ops.webhook_deliveries.due_at IS 'When it is sent at the earliest.';

COMMENT ON COLUMN ops.webhook_deliveries.attempted_at IS 'When the last attempt ended.';

COMMENT ON COLUMN ops.webhook_deliveries.ended_at IS 'When it was delivered or given up.';

COMMENT ON COLUMN ops.webhook_deliveries.response_status IS 'What was answered to the last attempt.';

COMMENT ON COLUMN ops.webhook_deliveries.failure IS 'Why the last attempt failed, a word.';

COMMENT ON COLUMN ops.webhook_deliveries.milliseconds IS 'How long the last attempt took.';

CREATE VIEW ops.webhooks AS
 SELECT w.tenant_id AS company_id,
    COALESCE(NULLIF(c.trade_name, ''::text), c.legal_name) AS company_name,
    w.id AS webhook_id,
    w.name,
    w.url,
    w.event_types,
        CASE
            WHEN (w.disabled_at IS NOT NULL) THEN ('DISABLED: '::text || w.disabled_for)
            WHEN (w.failing_since IS NOT NULL) THEN 'FAILING'::text
            ELSE 'GOOD'::text
        END AS status,
    COALESCE(w.disabled_at, w.failing_since) AS status_since,
    w.created_at
   FROM (public.webhook w
     JOIN public.company c ON ((c.tenant_id = w.tenant_id)));

ALTER TABLE ops.webhooks OWNER TO hub_ops_reader;

COMMENT ON VIEW ops.webhooks IS 'The addresses that companies have told what happens.';

COMMENT ON COLUMN ops.webhooks.company_id IS 'The company; null: none.';

COMMENT ON COLUMN ops.webhooks.company_name IS 'What it is called: the trade name, or else the registered one.';

COMMENT ON COLUMN ops.webhooks.webhook_id IS 'The webhook.';

COMMENT ON COLUMN ops.webhooks.name IS 'What people call it.';

COMMENT ON COLUMN ops.webhooks.url IS 'Whom it tells.';

COMMENT ON COLUMN ops.webhooks.event_types IS 'Of which events; null: of all.';

COMMENT ON COLUMN ops.webhooks.status IS 'GOOD, FAILING, or DISABLED and for what.';

COMMENT ON COLUMN ops.webhooks.status_since IS 'Since when it fails or is disabled.';

COMMENT ON COLUMN ops.webhooks.created_at IS 'When it was made.';

ALTER TABLE public.account_event ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.account_event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.audit_signature (
    tenant_id uuid NOT NULL,
    sequence bigint NOT NULL,
    hash bytea NOT NULL,
    signed_at timestamp with time zone NOT NULL,
    key_name text NOT NULL,
    signature bytea NOT NULL,
    CONSTRAINT audit_signature_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT audit_signature_sequence_check CHECK ((sequence > 0)),
    CONSTRAINT audit_signature_signature_check CHECK ((length(signature) = 32)),
    CONSTRAINT audit_signature_tenant_id_check CHECK ((tenant_id <> '00000000-0000-0000-0000-000000000000'::uuid))
);

ALTER TABLE ONLY public.audit_signature FORCE ROW LEVEL SECURITY;

ALTER TABLE public.audit_signature OWNER TO hub_owner;

COMMENT ON TABLE public.audit_signature IS 'The heads of logs, signed by a key that is not in the database: whoever recomputes a chain cannot recompute these. The server''s log has each of them as well. [redacted]';

COMMENT ON COLUMN public.audit_signature.tenant_id IS 'The company.';

COMMENT ON COLUMN public.audit_signature.sequence IS 'The event that the log ended in.';

COMMENT ON COLUMN public.audit_signature.hash IS 'Its hash.';

COMMENT ON COLUMN public.audit_signature.signed_at IS 'When it was signed.';

COMMENT ON COLUMN public.audit_signature.key_name IS 'The name of the key.';

COMMENT ON COLUMN public.audit_signature.signature IS 'HMAC-SHA-256 over all of these.';

CREATE TABLE public.catalogue_revision (
    only_row boolean DEFAULT true NOT NULL,
    revision bigint DEFAULT 1 NOT NULL,
    changed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT catalogue_revision_only_row_check CHECK (only_row)
);

ALTER TABLE public.catalogue_revision OWNER TO hub_owner;

COMMENT ON TABLE public.catalogue_revision IS 'One row: the revision of all catalogues together. Every request reads it; a server whose memory is older reads the catalogues again before it answers.';

COMMENT ON COLUMN public.catalogue_revision.only_row IS 'Always true: there is one row.';

COMMENT ON COLUMN public.catalogue_revision.revision IS 'Counts up with every statement that edits.';

COMMENT ON COLUMN public.catalogue_revision.changed_at IS 'When a catalogue was last edited.';

CREATE TABLE public.company_claim (
    tenant_id uuid NOT NULL,
    field text NOT NULL,
    source text NOT NULL,
    reported_at timestamp with time zone NOT NULL,
    value jsonb NOT NULL,
    received_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT company_claim_check CHECK ((jsonb_typeof(value) =
CASE field
    WHEN 'identification'::text THEN 'object'::text
    WHEN 'decimalPrecision'::text THEN 'number'::text
    ELSE 'string'::text
END)),
    CONSTRAINT company_claim_check1 CHECK (((field <> 'identification'::text) OR (value ?& ARRAY['type'::text, 'number'::text, 'checkDigit'::text]))),
    CONSTRAINT company_claim_field_check CHECK ((field = ANY (ARRAY['legalName'::text, 'tradeName'::text, 'identification'::text, 'kindOfPerson'::text, 'regime'::text, 'address.description'::text, 'address.street'::text, 'address.exteriorNumber'::text, 'address.interiorNumber'::text, 'address.neighborhood'::text, 'address.city'::text, 'address.municipality'::text, 'address.district'::text, 'address.region'::text, 'address.postalCode'::text, 'phone'::text, 'email'::text, 'website'::text, 'timezone'::text, 'decimalPrecision'::text]))),
    CONSTRAINT company_claim_reported_at_check CHECK (isfinite(reported_at)),
    CONSTRAINT company_claim_tenant_id_check CHECK ((tenant_id <> '00000000-0000-0000-0000-000000000000'::uuid)),
    CONSTRAINT company_claim_value_check CHECK ((value <> '""'::jsonb))
);

ALTER TABLE ONLY public.company_claim FORCE ROW LEVEL SECURITY;

ALTER TABLE public.company_claim OWNER TO hub_owner;

COMMENT ON TABLE public.company_claim IS 'What each solution reported of each field, every one; the same once more is the same row. A solution that is switched off leaves its claims.';

COMMENT ON COLUMN public.company_claim.tenant_id IS 'The company.';

COMMENT ON COLUMN public.company_claim.field IS 'The field, as form_field.path has it; the three parts of the identification are one.';

COMMENT ON COLUMN public.company_claim.source IS 'The solution that reported it.';

COMMENT ON COLUMN public.company_claim.reported_at IS 'For when, by the solution''s clock.';

COMMENT ON COLUMN public.company_claim.value IS 'The value, as the rules of the country version left it: a text, a number of decimals, or {"type", "number", "checkDigit"}.';

COMMENT ON COLUMN public.company_claim.received_at IS 'When it first arrived; decides nothing.';

CREATE TABLE public.company_confirmation (
    tenant_id uuid NOT NULL,
    field text NOT NULL,
    kind text NOT NULL,
    confirmed_by uuid,
    confirmed_by_name text,
    confirmed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT company_confirmation_kind_check CHECK ((kind = ANY (ARRAY['HUB'::text, 'OPERATOR'::text]))),
    CONSTRAINT company_confirmation_tenant_id_check CHECK ((tenant_id <> '00000000-0000-0000-0000-000000000000'::uuid))
);

ALTER TABLE ONLY public.company_confirmation FORCE ROW LEVEL SECURITY;

ALTER TABLE public.company_confirmation OWNER TO hub_owner;

COMMENT ON TABLE public.company_confirmation IS 'The fields for which a person''s word stands, emptied ones too: no claim changes them. Written by the triggers of company alone.';

COMMENT ON COLUMN public.company_confirmation.tenant_id IS 'The company.';

COMMENT ON COLUMN public.company_confirmation.field IS 'The field, as company_claim has it.';

COMMENT ON COLUMN public.company_confirmation.kind IS 'HUB, or OPERATOR where it was written past the hub, in psql.';

COMMENT ON COLUMN public.company_confirmation.confirmed_by IS 'The account whose word it is; null for none, or one that is gone since.';

COMMENT ON COLUMN public.company_confirmation.confirmed_by_name IS 'What that person was called then, or the role that an operator signed in as.';

COMMENT ON COLUMN public.company_confirmation.confirmed_at IS 'When it was last confirmed.';

CREATE TABLE public.company_logo (
    tenant_id uuid NOT NULL,
    name text NOT NULL,
    digest bytea NOT NULL,
    bytes bytea NOT NULL,
    stored_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT company_logo_bytes_check CHECK (((length(bytes) >= 1) AND (length(bytes) <= 67108864))),
    CONSTRAINT company_logo_digest_check CHECK ((length(digest) = 32)),
    CONSTRAINT company_logo_name_check CHECK ((name ~ '^[0-9a-f]{32}\.(png|jpg|webp)$'::text)),
    CONSTRAINT company_logo_tenant_id_check CHECK ((tenant_id <> '00000000-0000-0000-0000-000000000000'::uuid))
);
ALTER TABLE ONLY public.company_logo ALTER COLUMN bytes SET STORAGE EXTERNAL;

ALTER TABLE ONLY public.company_logo FORCE ROW LEVEL SECURITY;

ALTER TABLE public.company_logo OWNER TO hub_owner;

COMMENT ON TABLE public.company_logo IS 'The logo of each company that has one, without metadata. Replaced, never edited: another image has another name.';

COMMENT ON COLUMN public.company_logo.tenant_id IS 'Whose it is; each company has one at most.';

COMMENT ON COLUMN public.company_logo.name IS 'What it is served under: 128 random bits and the ending of its kind. Whoever knows it may see the logo; whoever does not cannot find it.';

COMMENT ON COLUMN public.company_logo.digest IS 'SHA-256 of the bytes: the same image once more changes nothing. [exported]';

COMMENT ON COLUMN public.company_logo.bytes IS 'The image as it is served. [exported]';

COMMENT ON COLUMN public.company_logo.stored_at IS 'When it was uploaded.';

CREATE TABLE public.currency (
    code text NOT NULL,
    symbol text NOT NULL,
    names public.texts NOT NULL,
    CONSTRAINT currency_code_check CHECK ((code ~ '^[A-Z]{3}$'::text))
);

ALTER TABLE public.currency OWNER TO hub_owner;

COMMENT ON TABLE public.currency IS 'The currencies that companies account in.';

COMMENT ON COLUMN public.currency.code IS 'ISO 4217, such as COP.';

COMMENT ON COLUMN public.currency.symbol IS 'As it is written beside amounts.';

COMMENT ON COLUMN public.currency.names IS 'Its name in the languages of the hub.';

CREATE TABLE public.form_field (
    country_version text NOT NULL,
    path text NOT NULL,
    "position" smallint NOT NULL,
    required boolean NOT NULL,
    labels public.texts NOT NULL,
    characters_min smallint,
    characters_max smallint,
    pattern text,
    CONSTRAINT form_field_characters_min_check CHECK ((characters_min > 0)),
    CONSTRAINT form_field_check CHECK ((characters_max >= COALESCE((characters_min)::integer, 1))),
    CONSTRAINT form_field_path_check CHECK ((path = ANY (ARRAY['legalName'::text, 'tradeName'::text, 'identification.type'::text, 'identification.number'::text, 'identification.checkDigit'::text, 'kindOfPerson'::text, 'regime'::text, 'address.description'::text, 'address.street'::text, 'address.exteriorNumber'::text, 'address.interiorNumber'::text, 'address.neighborhood'::text, 'address.city'::text, 'address.municipality'::text, 'address.district'::text, 'address.region'::text, 'address.postalCode'::text, 'phone'::text, 'email'::text, 'website'::text, 'timezone'::text, 'decimalPrecision'::text]))),
    CONSTRAINT form_field_pattern_check CHECK ((pattern ~ '^\^.*\$$'::text))
);

ALTER TABLE public.form_field OWNER TO hub_owner;

COMMENT ON TABLE public.form_field IS 'The form of a company''s data, by country version: what is not listed does not exist there.';

COMMENT ON COLUMN public.form_field.country_version IS 'The country version.';

COMMENT ON COLUMN public.form_field.path IS 'The field of UpdateCompanyInput, by dots: address.city.';

COMMENT ON COLUMN public.form_field."position" IS 'The order in the form.';

COMMENT ON COLUMN public.form_field.required IS 'Whether the form cannot be saved with this field empty.';

COMMENT ON COLUMN public.form_field.labels IS 'What the country version calls the field.';

COMMENT ON COLUMN public.form_field.characters_min IS 'The fewest characters; null: one.';

COMMENT ON COLUMN public.form_field.characters_max IS 'The most characters; null: what the column holds.';

COMMENT ON COLUMN public.form_field.pattern IS 'The regular expression of the whole value; null: any.';

CREATE TABLE public.google_flow (
    hash bytea NOT NULL,
    intent text NOT NULL,
    account_id uuid,
    session_id uuid,
    facts jsonb DEFAULT '{}'::jsonb NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT google_flow_check CHECK (((intent = ANY (ARRAY['LINK'::text, 'REAUTHENTICATE'::text])) = (account_id IS NOT NULL))),
    CONSTRAINT google_flow_check1 CHECK (((account_id IS NULL) = (session_id IS NULL))),
    CONSTRAINT google_flow_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT google_flow_intent_check CHECK ((intent = ANY (ARRAY['SIGN_IN'::text, 'SIGN_UP'::text, 'LINK'::text, 'REAUTHENTICATE'::text])))
);

ALTER TABLE ONLY public.google_flow FORCE ROW LEVEL SECURITY;

ALTER TABLE public.google_flow OWNER TO hub_owner;

COMMENT ON TABLE public.google_flow IS 'Journeys to Google that have not come back yet. The secret of each lies in the browser that began it, and nowhere else; coming back takes the row away, so that it is done once.';

COMMENT ON COLUMN public.google_flow.hash IS 'SHA-256 of the secret in the browser''s cookie.';

COMMENT ON COLUMN public.google_flow.intent IS 'What the person set out for.';

COMMENT ON COLUMN public.google_flow.account_id IS 'Who set out; null where nobody was signed in.';

COMMENT ON COLUMN public.google_flow.session_id IS 'The session they set out from.';

COMMENT ON COLUMN public.google_flow.facts IS 'What the end will need to know, by the intent.';

COMMENT ON COLUMN public.google_flow.expires_at IS 'Until when it can come back.';

CREATE TABLE public.integration_credential_field (
    integration text NOT NULL,
    name text NOT NULL,
    "position" smallint NOT NULL,
    labels public.texts NOT NULL,
    secret boolean NOT NULL,
    required boolean NOT NULL,
    pattern text DEFAULT '[!-~]{1,512}'::text NOT NULL,
    is_tax_id boolean DEFAULT false NOT NULL,
    CONSTRAINT integration_credential_field_name_check CHECK ((name ~ '^[a-z][a-zA-Z]*$'::text))
);

ALTER TABLE public.integration_credential_field OWNER TO hub_owner;

COMMENT ON TABLE public.integration_credential_field IS 'What connecting an integration asks for.';

COMMENT ON COLUMN public.integration_credential_field.integration IS 'The integration.';

COMMENT ON COLUMN public.integration_credential_field.name IS 'The field, such as apiKey.';

COMMENT ON COLUMN public.integration_credential_field."position" IS 'The order in the form.';

COMMENT ON COLUMN public.integration_credential_field.labels IS 'What the form calls it.';

COMMENT ON COLUMN public.integration_credential_field.secret IS 'Whether it is sealed when stored and never shown again.';

COMMENT ON COLUMN public.integration_credential_field.required IS 'Whether connecting needs it.';

COMMENT ON COLUMN public.integration_credential_field.pattern IS 'The form of the whole value, a regular expression. Values go into addresses and header fields: no pattern lets a control character through.';

COMMENT ON COLUMN public.integration_credential_field.is_tax_id IS 'Whether it is the tax number of the account there, which has to be the company''s own.';

CREATE TABLE public.integration_failure (
    code text NOT NULL,
    messages public.texts NOT NULL,
    CONSTRAINT integration_failure_code_check CHECK ((code ~ '^[A-Z_]+$'::text))
);

ALTER TABLE public.integration_failure OWNER TO hub_owner;

COMMENT ON TABLE public.integration_failure IS 'Why a connection is not in order, as people read it; {name} is what the integration is called.';

COMMENT ON COLUMN public.integration_failure.code IS 'Stable, for programs.';

COMMENT ON COLUMN public.integration_failure.messages IS 'The sentence beside the connection.';

CREATE TABLE public.integration_filter (
    "position" smallint NOT NULL,
    category text,
    labels public.texts NOT NULL,
    CONSTRAINT integration_filter_category_check CHECK ((category = ANY (ARRAY['ONLINE_PAYMENTS'::text, 'ZAPIER'::text])))
);

ALTER TABLE public.integration_filter OWNER TO hub_owner;

COMMENT ON TABLE public.integration_filter IS 'The ways in which a person can choose which integrations to see.';

COMMENT ON COLUMN public.integration_filter."position" IS 'The order in which they stand.';

COMMENT ON COLUMN public.integration_filter.category IS 'What it leaves; null: all of them.';

COMMENT ON COLUMN public.integration_filter.labels IS 'What it is called.';

CREATE TABLE public.integration_plan (
    integration text NOT NULL,
    plan text NOT NULL
);

ALTER TABLE public.integration_plan OWNER TO hub_owner;

COMMENT ON TABLE public.integration_plan IS 'The plans that an integration is offered with: it asks for a solution in use on one of them. An integration without a row asks for none.';

COMMENT ON COLUMN public.integration_plan.integration IS 'The integration.';

COMMENT ON COLUMN public.integration_plan.plan IS 'A plan that it is offered with.';

CREATE TABLE public.integration_role (
    integration text NOT NULL,
    role text NOT NULL,
    CONSTRAINT integration_role_role_check CHECK ((role = ANY (ARRAY['administrator'::text, 'accountant'::text, 'assistant'::text, 'seller'::text])))
);

ALTER TABLE public.integration_role OWNER TO hub_owner;

COMMENT ON TABLE public.integration_role IS 'The roles whose people see an integration at all; without a row, everybody does.';

COMMENT ON COLUMN public.integration_role.integration IS 'The integration.';

COMMENT ON COLUMN public.integration_role.role IS 'A role whose people see it.';

CREATE TABLE public.integration_setting_field (
    integration text NOT NULL,
    name text NOT NULL,
    "position" smallint NOT NULL,
    kind text NOT NULL,
    labels public.texts NOT NULL,
    pattern text NOT NULL,
    CONSTRAINT integration_setting_field_kind_check CHECK ((kind = ANY (ARRAY['AMOUNT'::text, 'BOOLEAN'::text, 'TEXT'::text]))),
    CONSTRAINT integration_setting_field_name_check CHECK ((name ~ '^[a-z][a-zA-Z]*$'::text))
);

ALTER TABLE public.integration_setting_field OWNER TO hub_owner;

COMMENT ON TABLE public.integration_setting_field IS 'What a connection can be set to, beside its credentials; none of it is secret.';

COMMENT ON COLUMN public.integration_setting_field.integration IS 'The integration.';

COMMENT ON COLUMN public.integration_setting_field.name IS 'The setting, such as minimumAmount.';

COMMENT ON COLUMN public.integration_setting_field."position" IS 'The order in the form.';

COMMENT ON COLUMN public.integration_setting_field.kind IS 'How a form asks for it: AMOUNT (of the company''s currency), BOOLEAN (true or false) or TEXT.';

COMMENT ON COLUMN public.integration_setting_field.labels IS 'What the form calls it.';

COMMENT ON COLUMN public.integration_setting_field.pattern IS 'The form of the whole value, a regular expression.';

CREATE TABLE public.integration_verifier (
    integration text NOT NULL,
    method text NOT NULL,
    url text NOT NULL,
    headers jsonb DEFAULT '{}'::jsonb NOT NULL,
    basic_user text,
    basic_password text,
    body_kind text,
    body jsonb,
    good_statuses smallint[] DEFAULT '{200}'::smallint[] NOT NULL,
    refused_statuses smallint[] DEFAULT '{401,403}'::smallint[] NOT NULL,
    answer_path text[],
    answer_value text,
    CONSTRAINT integration_verifier_body_check CHECK ((jsonb_typeof(body) = 'object'::text)),
    CONSTRAINT integration_verifier_body_kind_check CHECK ((body_kind = ANY (ARRAY['JSON'::text, 'FORM'::text]))),
    CONSTRAINT integration_verifier_check CHECK (((body_kind IS NULL) = (body IS NULL))),
    CONSTRAINT integration_verifier_check1 CHECK (((method = 'POST'::text) OR (body IS NULL))),
    CONSTRAINT integration_verifier_check2 CHECK (((basic_user IS NULL) = (basic_password IS NULL))),
    CONSTRAINT integration_verifier_check3 CHECK (((answer_path IS NULL) = (answer_value IS NULL))),
    CONSTRAINT integration_verifier_good_statuses_check CHECK ((cardinality(good_statuses) > 0)),
    CONSTRAINT integration_verifier_headers_check CHECK ((jsonb_typeof(headers) = 'object'::text)),
    CONSTRAINT integration_verifier_method_check CHECK ((method = ANY (ARRAY['GET'::text, 'POST'::text]))),
    CONSTRAINT integration_verifier_url_check CHECK ((url ~ '^(https://[a-z0-9.-]+(:[0-9]+)?|http://(127[.]0[.]0[.]1|localhost):[0-9]+)/[^#]*$'::text))
);

ALTER TABLE public.integration_verifier OWNER TO hub_owner;

COMMENT ON TABLE public.integration_verifier IS 'The request by which the maker of an integration says whether credentials are good; it changes nothing there. An integration without a row has no credentials that could be verified.';

COMMENT ON COLUMN public.integration_verifier.integration IS 'The integration.';

COMMENT ON COLUMN public.integration_verifier.method IS 'GET or POST.';

COMMENT ON COLUMN public.integration_verifier.url IS 'A template; its host is fixed. http is for this machine, which the server asks only where it was started for development.';

COMMENT ON COLUMN public.integration_verifier.headers IS 'Templates by the name of their header field.';

COMMENT ON COLUMN public.integration_verifier.basic_user IS 'A template: the user of HTTP''s basic authentication (RFC 7617), where there is one.';

COMMENT ON COLUMN public.integration_verifier.basic_password IS 'A template: the password beside it.';

COMMENT ON COLUMN public.integration_verifier.body_kind IS 'JSON or FORM, where there is a body.';

COMMENT ON COLUMN public.integration_verifier.body IS 'What is sent; each text in it is a template. A form is an object of texts.';

COMMENT ON COLUMN public.integration_verifier.good_statuses IS 'The statuses of a good answer.';

COMMENT ON COLUMN public.integration_verifier.refused_statuses IS 'The statuses that say that the credentials are not good; any other one says nothing of them.';

COMMENT ON COLUMN public.integration_verifier.answer_path IS 'Where in the answer, which is JSON then, a text stands that tells good from refused.';

COMMENT ON COLUMN public.integration_verifier.answer_value IS 'That text, where the credentials are good.';

CREATE TABLE public.kind_of_person (
    country_version text NOT NULL,
    code text NOT NULL,
    "position" smallint NOT NULL,
    labels public.texts NOT NULL,
    CONSTRAINT kind_of_person_code_check CHECK ((code = ANY (ARRAY['LEGAL_ENTITY'::text, 'PERSON_ENTITY'::text])))
);

ALTER TABLE public.kind_of_person OWNER TO hub_owner;

COMMENT ON TABLE public.kind_of_person IS 'What a company can be before the law of a country version.';

COMMENT ON COLUMN public.kind_of_person.country_version IS 'The country version.';

COMMENT ON COLUMN public.kind_of_person.code IS 'LEGAL_ENTITY or PERSON_ENTITY.';

COMMENT ON COLUMN public.kind_of_person."position" IS 'The order in which it is offered.';

COMMENT ON COLUMN public.kind_of_person.labels IS 'What the law there calls it, such as persona moral.';

CREATE TABLE public.language (
    code text NOT NULL,
    name text NOT NULL,
    "position" smallint NOT NULL,
    CONSTRAINT language_code_check CHECK ((code ~ '^[a-z]{2}$'::text))
);

ALTER TABLE public.language OWNER TO hub_owner;

COMMENT ON TABLE public.language IS 'The languages that a person can choose for the texts of the hub.';

COMMENT ON COLUMN public.language.code IS 'ISO 639-1, such as es.';

COMMENT ON COLUMN public.language.name IS 'Its name in itself.';

COMMENT ON COLUMN public.language."position" IS 'The order in which it is offered.';

CREATE TABLE public.launch_code (
    tenant_id uuid NOT NULL,
    hash bytea NOT NULL,
    account_id uuid NOT NULL,
    session_id uuid NOT NULL,
    solution text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    CONSTRAINT launch_code_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT launch_code_tenant_id_check CHECK ((tenant_id <> '00000000-0000-0000-0000-000000000000'::uuid))
);

ALTER TABLE ONLY public.launch_code FORCE ROW LEVEL SECURITY;

ALTER TABLE public.launch_code OWNER TO hub_owner;

COMMENT ON TABLE public.launch_code IS 'The launches that are under way: codes that a browser carries to a solution and that its backend has not exchanged yet. Both ends are functions of hub_service. [redacted]';

COMMENT ON COLUMN public.launch_code.tenant_id IS 'The company that the person is in.';

COMMENT ON COLUMN public.launch_code.hash IS 'SHA-256 of the code, which stands nowhere.';

COMMENT ON COLUMN public.launch_code.account_id IS 'Who opens the solution.';

COMMENT ON COLUMN public.launch_code.session_id IS 'Their session, which has to live at the exchange.';

COMMENT ON COLUMN public.launch_code.solution IS 'The one solution whose backend may exchange it.';

COMMENT ON COLUMN public.launch_code.created_at IS 'When it was made.';

COMMENT ON COLUMN public.launch_code.expires_at IS 'From when on it is good for nothing.';

CREATE TABLE public.launcher_link (
    code text NOT NULL,
    kind text NOT NULL,
    "position" smallint NOT NULL,
    names public.texts NOT NULL,
    url text NOT NULL,
    icon text NOT NULL,
    CONSTRAINT launcher_link_code_check CHECK ((code ~ '^[a-z-]+$'::text)),
    CONSTRAINT launcher_link_icon_check CHECK ((icon ~ '^[a-z][a-z-]*$'::text)),
    CONSTRAINT launcher_link_kind_check CHECK ((kind = ANY (ARRAY['MANAGE'::text, 'RELATED'::text]))),
    CONSTRAINT launcher_link_url_check CHECK ((url ~ '^(https:/)?/[^/\\[:space:]][^\\[:space:]]*$'::text))
);

ALTER TABLE public.launcher_link OWNER TO hub_owner;

COMMENT ON TABLE public.launcher_link IS 'What the launcher shows beside the solutions.';

COMMENT ON COLUMN public.launcher_link.code IS 'Names the link.';

COMMENT ON COLUMN public.launcher_link.kind IS 'MANAGE, the one where the company''s solutions are managed, or RELATED, what belongs to the suite and is no solution.';

COMMENT ON COLUMN public.launcher_link."position" IS 'The order in which links are shown.';

COMMENT ON COLUMN public.launcher_link.names IS 'What people read.';

COMMENT ON COLUMN public.launcher_link.url IS 'Where it leads: a path below the server''s public address, or a whole address.';

COMMENT ON COLUMN public.launcher_link.icon IS 'The name of its icon, as in solution.';

CREATE TABLE public.link_request (
    address_hash bytea NOT NULL,
    window_started_at timestamp with time zone DEFAULT now() NOT NULL,
    requests integer NOT NULL,
    CONSTRAINT link_request_address_hash_check CHECK ((length(address_hash) = 32))
);

ALTER TABLE ONLY public.link_request FORCE ROW LEVEL SECURITY;

ALTER TABLE public.link_request OWNER TO hub_owner;

COMMENT ON TABLE public.link_request IS 'How often a mail with a link was asked for an address lately, whether there is an account or not: nobody''s mailbox is to be filled by strangers.';

COMMENT ON COLUMN public.link_request.address_hash IS 'SHA-256 of the purpose and the address in lower case: what people mistype is nobody''s to read.';

COMMENT ON COLUMN public.link_request.window_started_at IS 'When counting began.';

COMMENT ON COLUMN public.link_request.requests IS 'How many since then.';

ALTER TABLE public.operator_act ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.operator_act_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.photo (
    account_id uuid NOT NULL,
    name text NOT NULL,
    digest bytea NOT NULL,
    bytes bytea NOT NULL,
    stored_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT photo_bytes_check CHECK (((length(bytes) >= 1) AND (length(bytes) <= 67108864))),
    CONSTRAINT photo_digest_check CHECK ((length(digest) = 32)),
    CONSTRAINT photo_name_check CHECK ((name ~ '^[0-9a-f]{32}\.(png|jpg|webp)$'::text))
);
ALTER TABLE ONLY public.photo ALTER COLUMN bytes SET STORAGE EXTERNAL;

ALTER TABLE ONLY public.photo FORCE ROW LEVEL SECURITY;

ALTER TABLE public.photo OWNER TO hub_owner;

COMMENT ON TABLE public.photo IS 'The photo of each profile that has one, without metadata. Replaced, never edited: another image has another name.';

COMMENT ON COLUMN public.photo.account_id IS 'Whose it is; each person has one at most.';

COMMENT ON COLUMN public.photo.name IS 'What it is served under: 128 random bits and the ending of its kind. Whoever knows it may see the photo; whoever does not cannot find it.';

COMMENT ON COLUMN public.photo.digest IS 'SHA-256 of the bytes: the same image once more changes nothing.';

COMMENT ON COLUMN public.photo.bytes IS 'The image as it is served.';

COMMENT ON COLUMN public.photo.stored_at IS 'When it was uploaded.';

CREATE TABLE public.plan_role (
    plan text NOT NULL,
    role text NOT NULL,
    CONSTRAINT plan_role_role_check CHECK ((role = ANY (ARRAY['administrator'::text, 'accountant'::text, 'assistant'::text, 'seller'::text])))
);

ALTER TABLE public.plan_role OWNER TO hub_owner;

COMMENT ON TABLE public.plan_role IS 'The roles that a plan allows in its solution. PLUS has custom roles, which count as all four until there are any of a company''s own.';

COMMENT ON COLUMN public.plan_role.plan IS 'The plan.';

COMMENT ON COLUMN public.plan_role.role IS 'A role that it allows.';

CREATE TABLE public.recovery_code (
    account_id uuid NOT NULL,
    hash bytea NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT recovery_code_hash_check CHECK ((length(hash) = 32))
);

ALTER TABLE ONLY public.recovery_code FORCE ROW LEVEL SECURITY;

ALTER TABLE public.recovery_code OWNER TO hub_owner;

COMMENT ON TABLE public.recovery_code IS 'The codes that stand for the second factor where it is not at hand, each good once.';

COMMENT ON COLUMN public.recovery_code.account_id IS 'Whose it is.';

COMMENT ON COLUMN public.recovery_code.hash IS 'SHA-256 of the code: of 80 random bits, it needs no slow hash.';

COMMENT ON COLUMN public.recovery_code.used_at IS 'When it was used; null: not yet.';

CREATE TABLE public.refresh_token (
    hash bytea NOT NULL,
    session_id uuid NOT NULL,
    issued_at timestamp with time zone DEFAULT now() NOT NULL,
    used_at timestamp with time zone,
    successor_hash bytea,
    CONSTRAINT refresh_token_check CHECK (((used_at IS NULL) = (successor_hash IS NULL))),
    CONSTRAINT refresh_token_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT refresh_token_successor_hash_check CHECK ((length(successor_hash) = 32))
);

ALTER TABLE ONLY public.refresh_token FORCE ROW LEVEL SECURITY;

ALTER TABLE public.refresh_token OWNER TO hub_owner;

COMMENT ON TABLE public.refresh_token IS 'The refresh tokens of each session. Each is used once; a used one that comes again is a sign of theft and ends the session. Tokens of 256 random bits need no slow hash.';

COMMENT ON COLUMN public.refresh_token.hash IS 'SHA-256 of the token.';

COMMENT ON COLUMN public.refresh_token.session_id IS 'The session it prolongs.';

COMMENT ON COLUMN public.refresh_token.issued_at IS 'When it was given out.';

COMMENT ON COLUMN public.refresh_token.used_at IS 'When it was exchanged; null: not yet.';

COMMENT ON COLUMN public.refresh_token.successor_hash IS 'SHA-256 of the token it was exchanged for.';

CREATE TABLE public.role_solution (
    role text NOT NULL,
    solution text NOT NULL,
    CONSTRAINT role_solution_role_check CHECK ((role = ANY (ARRAY['administrator'::text, 'accountant'::text, 'assistant'::text, 'seller'::text])))
);

ALTER TABLE public.role_solution OWNER TO hub_owner;

COMMENT ON TABLE public.role_solution IS 'Which solutions a role in the company opens. Whoever was given a role in a single solution (solution_role) opens that one in any case.';

COMMENT ON COLUMN public.role_solution.role IS 'A role in the company.';

COMMENT ON COLUMN public.role_solution.solution IS 'A solution that it opens, where the company has it.';

CREATE TABLE public.service_token (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    solution text NOT NULL,
    name text NOT NULL,
    hash bytea NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    last_used_at timestamp with time zone,
    CONSTRAINT service_token_check CHECK ((expires_at > created_at)),
    CONSTRAINT service_token_hash_check CHECK ((length(hash) = 32)),
    CONSTRAINT service_token_id_check CHECK ((id <> '00000000-0000-0000-0000-000000000000'::uuid)),
    CONSTRAINT service_token_name_check CHECK ((((char_length(name) >= 1) AND (char_length(name) <= 100)) AND (name !~ '[[:cntrl:]]'::text)))
);

ALTER TABLE ONLY public.service_token FORCE ROW LEVEL SECURITY;

ALTER TABLE public.service_token OWNER TO hub_owner;

COMMENT ON TABLE public.service_token IS 'The tokens by which the backends of solutions act here. Operators make and revoke them.';

COMMENT ON COLUMN public.service_token.id IS 'Names the token to operators; it is no part of it.';

COMMENT ON COLUMN public.service_token.solution IS 'In whose name the token acts.';

COMMENT ON COLUMN public.service_token.name IS 'What the operator calls it, such as where it is kept.';

COMMENT ON COLUMN public.service_token.hash IS 'SHA-256 of the token, which was shown once and stands nowhere.';

COMMENT ON COLUMN public.service_token.created_at IS 'When it was made.';

COMMENT ON COLUMN public.service_token.expires_at IS 'From when on it is good for nothing.';

COMMENT ON COLUMN public.service_token.revoked_at IS 'When it was revoked: refused from then on. Null: it was not.';

COMMENT ON COLUMN public.service_token.last_used_at IS 'When it last acted, to within a minute: reading alone is not noted. Null: it never did.';

CREATE TABLE public.sign_in_challenge (
    hash bytea NOT NULL,
    account_id uuid NOT NULL,
    password_hash text,
    wanted_tenant_id uuid,
    guesses integer DEFAULT 0 NOT NULL,
    expires_at timestamp with time zone DEFAULT (now() + '00:05:00'::interval) NOT NULL,
    used_at timestamp with time zone,
    CONSTRAINT sign_in_challenge_hash_check CHECK ((length(hash) = 32))
);

ALTER TABLE ONLY public.sign_in_challenge FORCE ROW LEVEL SECURITY;

ALTER TABLE public.sign_in_challenge OWNER TO hub_owner;

COMMENT ON TABLE public.sign_in_challenge IS 'Sign-ins of which the second factor is missing: short-lived, good once, for a few guesses.';

COMMENT ON COLUMN public.sign_in_challenge.hash IS 'SHA-256 of the token that the client gives back.';

COMMENT ON COLUMN public.sign_in_challenge.account_id IS 'Who is signing in.';

COMMENT ON COLUMN public.sign_in_challenge.password_hash IS 'The password as it was at the first step: one that was changed since ends the sign-in.';

COMMENT ON COLUMN public.sign_in_challenge.wanted_tenant_id IS 'The company that was asked for.';

COMMENT ON COLUMN public.sign_in_challenge.guesses IS 'How many codes were tried.';

COMMENT ON COLUMN public.sign_in_challenge.expires_at IS 'Until when it can be completed.';

COMMENT ON COLUMN public.sign_in_challenge.used_at IS 'When it was completed; null: not yet.';

CREATE TABLE public.solution (
    code text NOT NULL,
    "position" smallint NOT NULL,
    descriptions public.texts NOT NULL,
    launch_url text NOT NULL,
    icon text NOT NULL,
    CONSTRAINT solution_code_check CHECK ((code ~ '^[a-z]+$'::text)),
    CONSTRAINT solution_code_is_no_endpoint CHECK ((code <> 'exchange'::text)),
    CONSTRAINT solution_icon_check CHECK ((icon ~ '^[a-z][a-z-]*$'::text)),
    CONSTRAINT solution_launch_url_check CHECK ((launch_url ~ '^https://'::text)),
    CONSTRAINT solution_launch_url_is_plain CHECK ((launch_url ~ '^https://[a-z0-9.-]+(:[0-9]+)?/[^?#\\[:space:]]*$'::text))
);

ALTER TABLE public.solution OWNER TO hub_owner;

COMMENT ON TABLE public.solution IS 'The products of the suite.';

COMMENT ON COLUMN public.solution.code IS 'Such as accounting; never changes.';

COMMENT ON COLUMN public.solution."position" IS 'The order in which solutions are shown, everywhere.';

COMMENT ON COLUMN public.solution.descriptions IS 'What it is for, in one sentence.';

COMMENT ON COLUMN public.solution.launch_url IS 'Where it opens.';

COMMENT ON COLUMN public.solution.icon IS 'The name of its icon in the suite''s set of icons, which each product has.';

CREATE TABLE public.solution_dependency (
    solution text NOT NULL,
    needs text NOT NULL,
    CONSTRAINT solution_dependency_check CHECK ((solution <> needs))
);

ALTER TABLE public.solution_dependency OWNER TO hub_owner;

COMMENT ON TABLE public.solution_dependency IS 'Which solutions work only beside others. A company cannot use one without those it needs, nor switch off one that another in use needs.';

COMMENT ON COLUMN public.solution_dependency.solution IS 'The solution, such as store.';

COMMENT ON COLUMN public.solution_dependency.needs IS 'A solution that it needs, such as invoicing.';

CREATE TABLE public.solution_requirement (
    country_version text NOT NULL,
    solution text NOT NULL,
    path text NOT NULL,
    accepted text[],
    CONSTRAINT solution_requirement_accepted_check CHECK ((accepted <> '{}'::text[]))
);

ALTER TABLE public.solution_requirement OWNER TO hub_owner;

COMMENT ON TABLE public.solution_requirement IS 'What a solution needs to know of a company before it can work in a country version: an invoice bears the tax number and the address, the payroll of Colombia is reported under a NIT.';

COMMENT ON COLUMN public.solution_requirement.country_version IS 'The country version.';

COMMENT ON COLUMN public.solution_requirement.solution IS 'The solution.';

COMMENT ON COLUMN public.solution_requirement.path IS 'The field of the form that it needs.';

COMMENT ON COLUMN public.solution_requirement.accepted IS 'The only values it can work with; null: whatever the form takes.';

CREATE TABLE public.tax_id_type (
    country_version text NOT NULL,
    code text NOT NULL,
    "position" smallint NOT NULL,
    labels public.texts NOT NULL,
    pattern text NOT NULL,
    check_algorithm text,
    has_check_digit boolean DEFAULT false NOT NULL,
    kinds_of_person text[] NOT NULL,
    CONSTRAINT tax_id_type_check_algorithm_check CHECK (((check_algorithm = ANY (ARRAY['nit'::text, 'rfc'::text, 'rnc'::text, 'ruc_pe'::text, 'cuit'::text, 'rut'::text, 'nif'::text, 'cif'::text])) OR (check_algorithm ~ '^weights:[0-9]{1,2}(,[0-9]{1,2}){0,19}:[0-9A-Z-]{2,36}$'::text))),
    CONSTRAINT tax_id_type_kinds_of_person_check CHECK (((kinds_of_person <@ ARRAY['LEGAL_ENTITY'::text, 'PERSON_ENTITY'::text]) AND (kinds_of_person <> '{}'::text[]))),
    CONSTRAINT tax_id_type_pattern_check CHECK ((pattern ~ '^\^.*\$$'::text))
);

ALTER TABLE public.tax_id_type OWNER TO hub_owner;

COMMENT ON TABLE public.tax_id_type IS 'The kinds of tax identification of each country version.';

COMMENT ON COLUMN public.tax_id_type.country_version IS 'The country version.';

COMMENT ON COLUMN public.tax_id_type.code IS 'The kind, such as NIT; unique within the country version.';

COMMENT ON COLUMN public.tax_id_type."position" IS 'The order in which it is offered.';

COMMENT ON COLUMN public.tax_id_type.labels IS 'What the form calls it.';

COMMENT ON COLUMN public.tax_id_type.pattern IS 'The regular expression that the number matches once separators are gone and letters are capitals; without the check digit where that is a field of its own.';

COMMENT ON COLUMN public.tax_id_type.check_algorithm IS 'The rule beyond the pattern, which the server knows by name: the check digit, or for rfc the length by kind of person; null where there is none. Or the rule itself, such as weights:4,3,2,9,8,7,6,5,4,3,2:0-987654321: the weights of the digits, of a shorter number those on the right; and what ends the number for each remainder, from 0 on, of their sum by as many as there are characters; a hyphen where a remainder is never given out.';

COMMENT ON COLUMN public.tax_id_type.has_check_digit IS 'Whether the check digit is a field of its own and required; otherwise it ends the number.';

COMMENT ON COLUMN public.tax_id_type.kinds_of_person IS 'Whose identification it can be.';

CREATE TABLE public.tax_regime (
    country_version text NOT NULL,
    code text NOT NULL,
    "position" smallint NOT NULL,
    labels public.texts NOT NULL
);

ALTER TABLE public.tax_regime OWNER TO hub_owner;

COMMENT ON TABLE public.tax_regime IS 'The tax regimes of each country version that has any.';

COMMENT ON COLUMN public.tax_regime.country_version IS 'The country version.';

COMMENT ON COLUMN public.tax_regime.code IS 'The regime, as the products of the suite spell it.';

COMMENT ON COLUMN public.tax_regime."position" IS 'The order in which it is offered.';

COMMENT ON COLUMN public.tax_regime.labels IS 'What the form calls it.';

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_email_key_key UNIQUE (email_key);

ALTER TABLE ONLY public.account_event
    ADD CONSTRAINT account_event_pkey PRIMARY KEY (account_id, id);

ALTER TABLE ONLY public.account_google
    ADD CONSTRAINT account_google_pkey PRIMARY KEY (account_id);

ALTER TABLE ONLY public.account_google
    ADD CONSTRAINT account_google_subject_key UNIQUE (subject);

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE ONLY public.audit_signature
    ADD CONSTRAINT audit_signature_pkey PRIMARY KEY (tenant_id, sequence);

ALTER TABLE ONLY public.catalogue_revision
    ADD CONSTRAINT catalogue_revision_pkey PRIMARY KEY (only_row);

ALTER TABLE ONLY public.company_claim
    ADD CONSTRAINT company_claim_pkey PRIMARY KEY (tenant_id, field, source, reported_at, value);

ALTER TABLE ONLY public.company_confirmation
    ADD CONSTRAINT company_confirmation_pkey PRIMARY KEY (tenant_id, field);

ALTER TABLE ONLY public.company_logo
    ADD CONSTRAINT company_logo_pkey PRIMARY KEY (tenant_id);

ALTER TABLE ONLY public.company
    ADD CONSTRAINT company_pkey PRIMARY KEY (tenant_id);

ALTER TABLE ONLY public.company_solution
    ADD CONSTRAINT company_solution_pkey PRIMARY KEY (tenant_id, solution);

ALTER TABLE ONLY public.company
    ADD CONSTRAINT company_tenant_id_country_version_key UNIQUE (tenant_id, country_version);

ALTER TABLE ONLY public.country_plan
    ADD CONSTRAINT country_plan_pkey PRIMARY KEY (country_version, plan);

ALTER TABLE ONLY public.country_solution
    ADD CONSTRAINT country_solution_pkey PRIMARY KEY (country_version, solution);

ALTER TABLE ONLY public.country_version
    ADD CONSTRAINT country_version_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.country_version
    ADD CONSTRAINT country_version_position_key UNIQUE ("position");

ALTER TABLE ONLY public.currency
    ADD CONSTRAINT currency_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.event_head
    ADD CONSTRAINT event_head_pkey PRIMARY KEY (tenant_id);

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (tenant_id, sequence);

ALTER TABLE ONLY public.form_field
    ADD CONSTRAINT form_field_country_version_position_key UNIQUE (country_version, "position");

ALTER TABLE ONLY public.form_field
    ADD CONSTRAINT form_field_pkey PRIMARY KEY (country_version, path);

ALTER TABLE ONLY public.google_flow
    ADD CONSTRAINT google_flow_pkey PRIMARY KEY (hash);

ALTER TABLE ONLY public.integration_connection
    ADD CONSTRAINT integration_connection_pkey PRIMARY KEY (tenant_id, integration);

ALTER TABLE ONLY public.integration_country
    ADD CONSTRAINT integration_country_pkey PRIMARY KEY (integration, country_version);

ALTER TABLE ONLY public.integration_credential_field
    ADD CONSTRAINT integration_credential_field_integration_position_key UNIQUE (integration, "position");

ALTER TABLE ONLY public.integration_credential_field
    ADD CONSTRAINT integration_credential_field_pkey PRIMARY KEY (integration, name);

ALTER TABLE ONLY public.integration_failure
    ADD CONSTRAINT integration_failure_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.integration_filter
    ADD CONSTRAINT integration_filter_category_key UNIQUE (category);

ALTER TABLE ONLY public.integration_filter
    ADD CONSTRAINT integration_filter_pkey PRIMARY KEY ("position");

ALTER TABLE ONLY public.integration
    ADD CONSTRAINT integration_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.integration_plan
    ADD CONSTRAINT integration_plan_pkey PRIMARY KEY (integration, plan);

ALTER TABLE ONLY public.integration
    ADD CONSTRAINT integration_position_key UNIQUE ("position");

ALTER TABLE ONLY public.integration_role
    ADD CONSTRAINT integration_role_pkey PRIMARY KEY (integration, role);

ALTER TABLE ONLY public.integration_setting_field
    ADD CONSTRAINT integration_setting_field_integration_position_key UNIQUE (integration, "position");

ALTER TABLE ONLY public.integration_setting_field
    ADD CONSTRAINT integration_setting_field_pkey PRIMARY KEY (integration, name);

ALTER TABLE ONLY public.integration_verifier
    ADD CONSTRAINT integration_verifier_pkey PRIMARY KEY (integration);

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_pkey PRIMARY KEY (tenant_id, id);

ALTER TABLE ONLY public.kept_answer
    ADD CONSTRAINT kept_answer_pkey PRIMARY KEY (tenant_id, actor, key_digest, field);

ALTER TABLE ONLY public.kind_of_person
    ADD CONSTRAINT kind_of_person_country_version_position_key UNIQUE (country_version, "position");

ALTER TABLE ONLY public.kind_of_person
    ADD CONSTRAINT kind_of_person_pkey PRIMARY KEY (country_version, code);

ALTER TABLE ONLY public.language
    ADD CONSTRAINT language_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.language
    ADD CONSTRAINT language_position_key UNIQUE ("position");

ALTER TABLE ONLY public.launch_code
    ADD CONSTRAINT launch_code_pkey PRIMARY KEY (tenant_id, hash);

ALTER TABLE ONLY public.launcher_link
    ADD CONSTRAINT launcher_link_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.launcher_link
    ADD CONSTRAINT launcher_link_position_key UNIQUE ("position");

ALTER TABLE ONLY public.link_request
    ADD CONSTRAINT link_request_pkey PRIMARY KEY (address_hash);

ALTER TABLE ONLY public.mail
    ADD CONSTRAINT mail_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_pkey PRIMARY KEY (tenant_id, account_id);

ALTER TABLE ONLY public.one_time_link
    ADD CONSTRAINT one_time_link_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.operator_act
    ADD CONSTRAINT operator_act_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.photo
    ADD CONSTRAINT photo_name_key UNIQUE (name);

ALTER TABLE ONLY public.photo
    ADD CONSTRAINT photo_pkey PRIMARY KEY (account_id);

ALTER TABLE ONLY public.plan
    ADD CONSTRAINT plan_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.plan
    ADD CONSTRAINT plan_position_key UNIQUE ("position");

ALTER TABLE ONLY public.plan_role
    ADD CONSTRAINT plan_role_pkey PRIMARY KEY (plan, role);

ALTER TABLE ONLY public.recovery_code
    ADD CONSTRAINT recovery_code_pkey PRIMARY KEY (account_id, hash);

ALTER TABLE ONLY public.refresh_token
    ADD CONSTRAINT refresh_token_pkey PRIMARY KEY (hash);

ALTER TABLE ONLY public.role_solution
    ADD CONSTRAINT role_solution_pkey PRIMARY KEY (role, solution);

ALTER TABLE ONLY public.second_factor
    ADD CONSTRAINT second_factor_pkey PRIMARY KEY (account_id);

ALTER TABLE ONLY public.service_token
    ADD CONSTRAINT service_token_hash_key UNIQUE (hash);

ALTER TABLE ONLY public.service_token
    ADD CONSTRAINT service_token_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.sign_in_challenge
    ADD CONSTRAINT sign_in_challenge_pkey PRIMARY KEY (hash);

ALTER TABLE ONLY public.sign_in_guess
    ADD CONSTRAINT sign_in_guess_pkey PRIMARY KEY (email_hash, client);

ALTER TABLE ONLY public.solution_dependency
    ADD CONSTRAINT solution_dependency_pkey PRIMARY KEY (solution, needs);

ALTER TABLE ONLY public.solution
    ADD CONSTRAINT solution_pkey PRIMARY KEY (code);

ALTER TABLE ONLY public.solution
    ADD CONSTRAINT solution_position_key UNIQUE ("position");

ALTER TABLE ONLY public.solution_requirement
    ADD CONSTRAINT solution_requirement_pkey PRIMARY KEY (country_version, solution, path);

ALTER TABLE ONLY public.solution_role
    ADD CONSTRAINT solution_role_pkey PRIMARY KEY (tenant_id, account_id, solution);

ALTER TABLE ONLY public.tax_id_type
    ADD CONSTRAINT tax_id_type_country_version_position_key UNIQUE (country_version, "position");

ALTER TABLE ONLY public.tax_id_type
    ADD CONSTRAINT tax_id_type_pkey PRIMARY KEY (country_version, code);

ALTER TABLE ONLY public.tax_regime
    ADD CONSTRAINT tax_regime_country_version_position_key UNIQUE (country_version, "position");

ALTER TABLE ONLY public.tax_regime
    ADD CONSTRAINT tax_regime_pkey PRIMARY KEY (country_version, code);

ALTER TABLE ONLY public.tenant_tombstone
    ADD CONSTRAINT tenant_tombstone_pkey PRIMARY KEY (id, deleted_at);

ALTER TABLE ONLY public.webhook_delivery
    ADD CONSTRAINT webhook_delivery_pkey PRIMARY KEY (tenant_id, webhook_id, id);

ALTER TABLE ONLY public.webhook_delivery
    ADD CONSTRAINT webhook_delivery_tenant_id_webhook_id_sequence_key UNIQUE (tenant_id, webhook_id, sequence);

ALTER TABLE ONLY public.webhook
    ADD CONSTRAINT webhook_pkey PRIMARY KEY (tenant_id, id);

CREATE INDEX account_event_to_purge ON public.account_event USING btree (at);

CREATE INDEX api_token_by_hash ON public.api_token USING btree (hash);

CREATE INDEX api_token_by_integration ON public.api_token USING btree (tenant_id, integration) WHERE (integration IS NOT NULL);

CREATE INDEX api_token_by_maker ON public.api_token USING btree (created_by);

CREATE INDEX api_token_by_previous_hash ON public.api_token USING btree (previous_hash) WHERE (previous_hash IS NOT NULL);

CREATE INDEX api_token_to_purge ON public.api_token USING btree (LEAST(revoked_at, expires_at));

CREATE INDEX company_confirmation_by_account ON public.company_confirmation USING btree (confirmed_by) WHERE (confirmed_by IS NOT NULL);

CREATE INDEX company_logo_by_name ON public.company_logo USING btree (name);

CREATE INDEX event_by_actor ON public.event USING btree (actor_id) WHERE ((actor_salt IS NOT NULL) AND (actor_kind = 'ACCOUNT'::text));

CREATE INDEX event_by_subject ON public.event USING btree (subject) WHERE (changes IS NOT NULL);

CREATE INDEX event_to_purge ON public.event USING btree (at) WHERE ((changes IS NOT NULL) OR (actor_salt IS NOT NULL));

CREATE INDEX google_flow_by_account ON public.google_flow USING btree (account_id);

CREATE INDEX google_flow_by_age ON public.google_flow USING btree (expires_at);

CREATE INDEX google_flow_by_session ON public.google_flow USING btree (session_id);

CREATE INDEX invitation_by_accepted ON public.invitation USING btree (accepted_by);

CREATE INDEX invitation_by_inviter ON public.invitation USING btree (invited_by);

CREATE INDEX invitation_by_link ON public.invitation USING btree (link_id);

CREATE UNIQUE INDEX invitation_open ON public.invitation USING btree (tenant_id, email_key) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL));

CREATE INDEX kept_answer_to_purge ON public.kept_answer USING btree (kept_at);

CREATE INDEX launch_code_by_age ON public.launch_code USING btree (expires_at);

CREATE INDEX launch_code_by_hash ON public.launch_code USING btree (hash);

CREATE UNIQUE INDEX launcher_link_manages_once ON public.launcher_link USING btree (kind) WHERE (kind = 'MANAGE'::text);

CREATE INDEX link_request_by_age ON public.link_request USING btree (window_started_at);

CREATE INDEX mail_by_account ON public.mail USING btree (account_id);

CREATE INDEX mail_by_link ON public.mail USING btree (link_id);

CREATE INDEX mail_to_purge ON public.mail USING btree (COALESCE(sent_at, given_up_at)) WHERE ((sent_at IS NOT NULL) OR (given_up_at IS NOT NULL));

CREATE INDEX mail_to_send ON public.mail USING btree (next_attempt_at) WHERE ((sent_at IS NULL) AND (given_up_at IS NULL));

CREATE INDEX membership_by_account ON public.membership USING btree (account_id);

CREATE INDEX one_time_link_by_account ON public.one_time_link USING btree (account_id, purpose) WHERE ((used_at IS NULL) AND (voided_at IS NULL));

CREATE INDEX one_time_link_by_address ON public.one_time_link USING btree (lower(address), purpose) WHERE ((account_id IS NULL) AND (used_at IS NULL) AND (voided_at IS NULL));

CREATE INDEX one_time_link_by_age ON public.one_time_link USING btree (expires_at);

CREATE INDEX operator_act_by_account ON public.operator_act USING btree (about_account_id);

CREATE INDEX operator_act_by_tenant ON public.operator_act USING btree (about_tenant_id);

CREATE INDEX operator_act_to_purge ON public.operator_act USING btree (at);

CREATE INDEX refresh_token_by_session ON public.refresh_token USING btree (session_id);

CREATE INDEX service_token_by_solution ON public.service_token USING btree (solution);

CREATE INDEX session_by_account ON public.session USING btree (account_id);

CREATE INDEX session_by_network ON public.session USING btree (account_id, address_range) WHERE (address_range <> ''::text);

CREATE INDEX session_to_purge ON public.session USING btree (GREATEST(kept_at, LEAST(revoked_at, idle_expires_at)));

CREATE INDEX sign_in_challenge_by_account ON public.sign_in_challenge USING btree (account_id);

CREATE INDEX sign_in_challenge_by_age ON public.sign_in_challenge USING btree (expires_at);

CREATE INDEX sign_in_guess_by_age ON public.sign_in_guess USING btree (full_at);

CREATE INDEX solution_role_by_account ON public.solution_role USING btree (account_id);

CREATE INDEX solution_role_by_solution ON public.solution_role USING btree (tenant_id, solution);

CREATE INDEX webhook_by_token ON public.webhook USING btree (tenant_id, api_token) WHERE (api_token IS NOT NULL);

CREATE INDEX webhook_delivery_due ON public.webhook_delivery USING btree (due_at) WHERE (state = 'PENDING'::text);

CREATE INDEX webhook_delivery_latest ON public.webhook_delivery USING btree (tenant_id, created_at);

CREATE INDEX webhook_delivery_pending ON public.webhook_delivery USING btree (tenant_id, webhook_id, sequence) WHERE (state = 'PENDING'::text);

CREATE INDEX webhook_delivery_to_purge ON public.webhook_delivery USING btree (ended_at) WHERE (ended_at IS NOT NULL);

CREATE INDEX webhook_enabled ON public.webhook USING btree (tenant_id) WHERE (disabled_at IS NULL);

CREATE TRIGGER account_give_names AFTER UPDATE OF first_name, last_name, display_name, email ON public.account FOR EACH ROW WHEN (((((old.first_name IS DISTINCT FROM new.first_name) OR (old.last_name IS DISTINCT FROM new.last_name)) OR (old.display_name IS DISTINCT FROM new.display_name)) OR (old.email IS DISTINCT FROM new.email))) EXECUTE FUNCTION public.account_give_names();

CREATE TRIGGER account_keep_revision BEFORE UPDATE ON public.account FOR EACH ROW EXECUTE FUNCTION public.keep_revision('email_key', 'has_password', 'password_hash', 'last_tenant_id');

CREATE TRIGGER company_check_decimal_precision BEFORE INSERT OR UPDATE OF decimal_precision, country_version ON public.company FOR EACH ROW EXECUTE FUNCTION public.company_check_decimal_precision();

CREATE TRIGGER company_check_rules BEFORE INSERT OR UPDATE OF country_version, legal_name, trade_name, identification_type, identification_number, identification_check_digit, kind_of_person, regime, address_description, address_street, address_exterior_number, address_interior_number, address_neighborhood, address_city, address_municipality, address_district, address_region, address_postal_code, phone, email, website, timezone, decimal_precision ON public.company FOR EACH ROW EXECUTE FUNCTION public.company_check_rules();

CREATE TRIGGER company_confirm_address_city AFTER UPDATE OF address_city ON public.company FOR EACH ROW EXECUTE FUNCTION public.company_confirm_named('address.city');

CREATE TRIGGER company_confirm_address_description AFTER UPDATE OF address_description ON public.company FOR EACH ROW EXECUTE FUNCTION public.company_confirm_named('address.description');

CREATE TRIGGER company_confirm_address_district AFTER UPDATE OF address_district ON public.company FOR EACH ROW EXECUTE FUNCTION public.company_confirm_named('address.district');

CREATE TRIGGER company_confirm_address_exterior_number AFTER UPDATE OF address_exterior_number ON public.company FOR EACH ROW EXECUTE FUNCTION public.company_confirm_named('address.exteriorNumber');

CREATE TRIGGER company_confirm_address_interior_number AFTER UPDATE OF address_interior_number ON public.company FOR EACH ROW EXECUTE FUNCTION public.company_confirm_named('address.interiorNumber');

CREATE TRIGGER company_confirm_address_municipality AFTER UPDATE OF address_municipality ON public.company FOR EACH ROW EXECUTE FUNCTION public.company_confirm_named('address.municipality');

CREATE TRIGGER company_confirm_address_neighborhood AFTER UPDATE OF address_neighborhood ON public.company FOR EACH ROW EXECUTE FUNCTION public.company_confirm_named('address.neighborhood');

CREATE TRIGGER company_confirm_address_postal_code AFTER UPDATE OF address_postal_code ON public.company FOR EACH ROW EXECUTE FUNCTION public.company_confirm_named('address.postalCode');

CREATE TRIGGER company_confirm_address_region AFTER UPDATE OF address_region ON public.company FOR EACH ROW EXECUTE FUNCTION public.company_confirm_named('address.region');

CREATE TRIGGER company_confirm_address_street AFTER UPDATE OF address_street ON public.company FOR EACH ROW EXECUTE FUNCTION public.company_confirm_named('address.street');

CREATE TRIGGER company_confirm_decimal_precision AFTER UPDATE OF decimal_precision ON public.company FOR EACH ROW EXECUTE FUNCTION public.company_confirm_named('decimalPrecision');

CREATE TRIGGER company_confirm_email AFTER UPDATE OF email ON public.company FOR EACH ROW EXECUTE FUNCTION public.company_confirm_named('email');

CREATE TRIGGER company_confirm_given AFTER INSERT ON public.company FOR EACH ROW EXECUTE FUNCTION public.company_confirm_given();

CREATE TRIGGER company_confirm_identification AFTER UPDATE OF identification_check_digit, identification_number, identification_type ON public.company FOR EACH ROW EXECUTE FUNCTION public.company_confirm_named('identification');

CREATE TRIGGER company_confirm_kind_of_person AFTER UPDATE OF kind_of_person ON public.company FOR EACH ROW EXECUTE FUNCTION public.company_confirm_named('kindOfPerson');

CREATE TRIGGER company_confirm_legal_name AFTER UPDATE OF legal_name ON public.company FOR EACH ROW EXECUTE FUNCTION public.company_confirm_named('legalName');

CREATE TRIGGER company_confirm_phone AFTER UPDATE OF phone ON public.company FOR EACH ROW EXECUTE FUNCTION public.company_confirm_named('phone');

CREATE TRIGGER company_confirm_regime AFTER UPDATE OF regime ON public.company FOR EACH ROW EXECUTE FUNCTION public.company_confirm_named('regime');

CREATE TRIGGER company_confirm_timezone AFTER UPDATE OF timezone ON public.company FOR EACH ROW EXECUTE FUNCTION public.company_confirm_named('timezone');

CREATE TRIGGER company_confirm_trade_name AFTER UPDATE OF trade_name ON public.company FOR EACH ROW EXECUTE FUNCTION public.company_confirm_named('tradeName');

CREATE TRIGGER company_confirm_website AFTER UPDATE OF website ON public.company FOR EACH ROW EXECUTE FUNCTION public.company_confirm_named('website');

CREATE TRIGGER company_confirmation_forget BEFORE UPDATE ON public.company_confirmation FOR EACH ROW WHEN (((old.confirmed_by IS NOT NULL) AND (new.confirmed_by IS NULL) AND (new.confirmed_at = old.confirmed_at))) EXECUTE FUNCTION public.company_confirmation_forget();

CREATE TRIGGER company_flag_connections AFTER UPDATE OF identification_type, identification_number, identification_check_digit ON public.company FOR EACH ROW WHEN ((((old.identification_type IS DISTINCT FROM new.identification_type) OR (old.identification_number IS DISTINCT FROM new.identification_number)) OR (old.identification_check_digit IS DISTINCT FROM new.identification_check_digit))) EXECUTE FUNCTION public.company_flag_connections();

CREATE TRIGGER company_give_name AFTER UPDATE OF legal_name, trade_name ON public.company FOR EACH ROW WHEN (((old.legal_name IS DISTINCT FROM new.legal_name) OR (old.trade_name IS DISTINCT FROM new.trade_name))) EXECUTE FUNCTION public.company_give_name();

CREATE TRIGGER company_keep_revision BEFORE UPDATE ON public.company FOR EACH ROW EXECUTE FUNCTION public.keep_revision();

CREATE CONSTRAINT TRIGGER company_solution_keep_needs AFTER INSERT OR DELETE OR UPDATE OF state, solution ON public.company_solution DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.company_solution_keep_needs();

CREATE CONSTRAINT TRIGGER company_solution_keep_roles AFTER UPDATE OF plan ON public.company_solution DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.plan <> new.plan)) EXECUTE FUNCTION public.company_solution_keep_roles();

CREATE TRIGGER country_plan_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.country_plan FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_changed();

CREATE TRIGGER country_solution_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.country_solution FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_changed();

CREATE TRIGGER country_version_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.country_version FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_changed();

CREATE TRIGGER currency_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.currency FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_changed();

CREATE TRIGGER end_tokens AFTER DELETE ON public.integration_connection FOR EACH ROW EXECUTE FUNCTION public.end_tokens_of_connection();

CREATE TRIGGER end_webhooks AFTER UPDATE OF revoked_at ON public.api_token FOR EACH ROW WHEN (((old.revoked_at IS NULL) AND (new.revoked_at IS NOT NULL))) EXECUTE FUNCTION public.end_webhooks_of_token();

CREATE CONSTRAINT TRIGGER event_at_commit AFTER UPDATE OF first_name, last_name, display_name, email, phone, country, language, photo_url ON public.account DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.* IS DISTINCT FROM old.*)) EXECUTE FUNCTION public.record_profile();

CREATE CONSTRAINT TRIGGER event_at_commit AFTER INSERT OR DELETE OR UPDATE ON public.api_token DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.record_api_token();

CREATE CONSTRAINT TRIGGER event_at_commit AFTER INSERT OR DELETE OR UPDATE ON public.company DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.record_company();

CREATE CONSTRAINT TRIGGER event_at_commit AFTER INSERT OR DELETE OR UPDATE ON public.company_claim DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.record_company_claim();

CREATE CONSTRAINT TRIGGER event_at_commit AFTER INSERT OR DELETE OR UPDATE ON public.company_solution DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.record_company_solution();

CREATE CONSTRAINT TRIGGER event_at_commit AFTER INSERT OR DELETE OR UPDATE ON public.integration_connection DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.record_integration_connection();

CREATE CONSTRAINT TRIGGER event_at_commit AFTER INSERT OR DELETE OR UPDATE ON public.invitation DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.record_invitation();

CREATE CONSTRAINT TRIGGER event_at_commit AFTER INSERT OR DELETE OR UPDATE ON public.membership DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.record_membership();

CREATE CONSTRAINT TRIGGER event_at_commit AFTER INSERT ON public.operator_act DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.record_act();

CREATE CONSTRAINT TRIGGER event_at_commit AFTER INSERT OR DELETE OR UPDATE ON public.solution_role DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.record_solution_role();

CREATE CONSTRAINT TRIGGER event_at_commit AFTER INSERT OR DELETE OR UPDATE ON public.webhook DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.record_webhook();

CREATE TRIGGER event_stays BEFORE DELETE OR UPDATE ON public.event FOR EACH ROW EXECUTE FUNCTION public.event_stays();

CREATE TRIGGER forget_account_events AFTER DELETE ON public.account FOR EACH ROW EXECUTE FUNCTION public.forget_account_events();

CREATE TRIGGER forget_invitation_events AFTER DELETE ON public.invitation FOR EACH ROW EXECUTE FUNCTION public.forget_invitation_events();

CREATE TRIGGER form_field_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.form_field FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_changed();

CREATE TRIGGER integration_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.integration FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_changed();

CREATE TRIGGER integration_country_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.integration_country FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_changed();

CREATE TRIGGER integration_credential_field_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.integration_credential_field FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_changed();

CREATE TRIGGER integration_failure_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.integration_failure FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_changed();

CREATE TRIGGER integration_filter_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.integration_filter FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_changed();

CREATE TRIGGER integration_plan_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.integration_plan FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_changed();

CREATE TRIGGER integration_role_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.integration_role FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_changed();

CREATE TRIGGER integration_setting_field_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.integration_setting_field FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_changed();

CREATE TRIGGER integration_verifier_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.integration_verifier FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_changed();

CREATE TRIGGER kind_of_person_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.kind_of_person FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_changed();

CREATE TRIGGER language_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.language FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_changed();

CREATE TRIGGER launcher_link_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.launcher_link FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_changed();

CREATE TRIGGER membership_end_sessions AFTER DELETE ON public.membership FOR EACH ROW EXECUTE FUNCTION public.membership_end_sessions();

CREATE CONSTRAINT TRIGGER membership_keep_administrator AFTER DELETE OR UPDATE OF role, tenant_id ON public.membership DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.role = 'administrator'::text)) EXECUTE FUNCTION public.membership_keep_administrator();

CREATE CONSTRAINT TRIGGER membership_role_in_plan AFTER INSERT OR UPDATE OF role ON public.membership DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.membership_role_in_plan();

CREATE TRIGGER membership_take_copies BEFORE INSERT ON public.membership FOR EACH ROW EXECUTE FUNCTION public.membership_take_copies();

CREATE TRIGGER note_event_actor AFTER UPDATE OF first_name, last_name, display_name, email, phone, country, language, photo_url, pending_email, password_hash ON public.account FOR EACH ROW WHEN ((new.* IS DISTINCT FROM old.*)) EXECUTE FUNCTION public.note_event_actor('id');

CREATE TRIGGER note_event_actor AFTER UPDATE OF accepted_by ON public.invitation FOR EACH ROW EXECUTE FUNCTION public.note_event_actor('accepted_by');

CREATE TRIGGER note_event_actor AFTER INSERT ON public.membership FOR EACH ROW EXECUTE FUNCTION public.note_event_actor('account_id');

CREATE TRIGGER note_event_companies AFTER UPDATE OF first_name, last_name, display_name, email, phone, country, language, photo_url ON public.account FOR EACH ROW WHEN ((new.* IS DISTINCT FROM old.*)) EXECUTE FUNCTION public.note_event_companies();

CREATE TRIGGER note_event_tenant AFTER INSERT OR DELETE OR UPDATE ON public.api_token FOR EACH ROW EXECUTE FUNCTION public.note_event_tenant();

CREATE TRIGGER note_event_tenant AFTER INSERT OR DELETE OR UPDATE ON public.company FOR EACH ROW EXECUTE FUNCTION public.note_event_tenant();

CREATE TRIGGER note_event_tenant AFTER INSERT OR DELETE OR UPDATE ON public.company_claim FOR EACH ROW EXECUTE FUNCTION public.note_event_tenant();

CREATE TRIGGER note_event_tenant AFTER INSERT OR DELETE OR UPDATE ON public.company_solution FOR EACH ROW EXECUTE FUNCTION public.note_event_tenant();

CREATE TRIGGER note_event_tenant AFTER INSERT OR DELETE OR UPDATE ON public.integration_connection FOR EACH ROW EXECUTE FUNCTION public.note_event_tenant();

CREATE TRIGGER note_event_tenant AFTER INSERT OR DELETE OR UPDATE ON public.invitation FOR EACH ROW EXECUTE FUNCTION public.note_event_tenant();

CREATE TRIGGER note_event_tenant AFTER INSERT OR DELETE OR UPDATE ON public.membership FOR EACH ROW EXECUTE FUNCTION public.note_event_tenant();

CREATE TRIGGER note_event_tenant AFTER INSERT OR DELETE OR UPDATE ON public.solution_role FOR EACH ROW EXECUTE FUNCTION public.note_event_tenant();

CREATE TRIGGER note_event_tenant AFTER INSERT OR DELETE OR UPDATE ON public.webhook FOR EACH ROW EXECUTE FUNCTION public.note_event_tenant();

CREATE TRIGGER note_operator_act AFTER INSERT ON public.operator_act FOR EACH ROW EXECUTE FUNCTION public.note_operator_act();

CREATE TRIGGER plan_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.plan FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_changed();

CREATE TRIGGER plan_role_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.plan_role FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_changed();

CREATE TRIGGER record_google AFTER INSERT OR DELETE OR UPDATE OF subject ON public.account_google FOR EACH ROW EXECUTE FUNCTION public.record_google();

CREATE TRIGGER record_login AFTER UPDATE OF email, pending_email, password_hash, password_changed_at ON public.account FOR EACH ROW WHEN (((((new.email IS DISTINCT FROM old.email) OR (new.pending_email IS DISTINCT FROM old.pending_email)) OR (new.password_hash IS DISTINCT FROM old.password_hash)) OR (new.password_changed_at IS DISTINCT FROM old.password_changed_at))) EXECUTE FUNCTION public.record_login();

CREATE TRIGGER record_second_factor AFTER DELETE OR UPDATE ON public.second_factor FOR EACH ROW EXECUTE FUNCTION public.record_second_factor();

CREATE TRIGGER record_session_end AFTER UPDATE OF revoked_at ON public.session FOR EACH ROW WHEN (((old.revoked_at IS NULL) AND (new.revoked_at IS NOT NULL))) EXECUTE FUNCTION public.record_session_end();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.account FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_truncate();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.api_token FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_truncate();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.audit_signature FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_truncate();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.company FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_truncate();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.company_claim FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_truncate();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.company_confirmation FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_truncate();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.company_logo FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_truncate();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.company_solution FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_truncate();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.event FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_truncate();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.event_head FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_truncate();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.integration_connection FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_truncate();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.invitation FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_truncate();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.kept_answer FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_truncate();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.membership FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_truncate();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.operator_act FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_truncate();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.solution_role FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_truncate();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.webhook FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_truncate();

CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON public.webhook_delivery FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_truncate();

CREATE TRIGGER revoke_tokens_of_intruder AFTER UPDATE OF password_hash ON public.account FOR EACH ROW WHEN (((old.password_hash IS NOT NULL) AND (new.password_hash IS NULL))) EXECUTE FUNCTION public.revoke_tokens_of_intruder();

CREATE TRIGGER role_solution_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.role_solution FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_changed();

CREATE TRIGGER solution_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.solution FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_changed();

CREATE TRIGGER solution_dependency_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.solution_dependency FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_changed();

CREATE TRIGGER solution_requirement_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.solution_requirement FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_changed();

CREATE CONSTRAINT TRIGGER solution_role_in_plan AFTER INSERT OR UPDATE OF role, solution ON public.solution_role DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.solution_role_in_plan();

CREATE TRIGGER tax_id_type_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.tax_id_type FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_changed();

CREATE TRIGGER tax_regime_changed AFTER INSERT OR DELETE OR UPDATE OR TRUNCATE ON public.tax_regime FOR EACH STATEMENT EXECUTE FUNCTION public.catalogue_changed();

ALTER TABLE ONLY public.account_google
    ADD CONSTRAINT account_google_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_language_fkey FOREIGN KEY (language) REFERENCES public.language(code);

ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_integration_fkey FOREIGN KEY (integration) REFERENCES public.integration(code);

ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.company(tenant_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.company_claim
    ADD CONSTRAINT company_claim_source_fkey FOREIGN KEY (source) REFERENCES public.solution(code);

ALTER TABLE ONLY public.company_claim
    ADD CONSTRAINT company_claim_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.company(tenant_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.company_confirmation
    ADD CONSTRAINT company_confirmation_confirmed_by_fkey FOREIGN KEY (confirmed_by) REFERENCES public.account(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.company_confirmation
    ADD CONSTRAINT company_confirmation_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.company(tenant_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.company
    ADD CONSTRAINT company_country_version_fkey FOREIGN KEY (country_version) REFERENCES public.country_version(code);

ALTER TABLE ONLY public.company
    ADD CONSTRAINT company_country_version_identification_type_fkey FOREIGN KEY (country_version, identification_type) REFERENCES public.tax_id_type(country_version, code);

ALTER TABLE ONLY public.company
    ADD CONSTRAINT company_country_version_kind_of_person_fkey FOREIGN KEY (country_version, kind_of_person) REFERENCES public.kind_of_person(country_version, code);

ALTER TABLE ONLY public.company
    ADD CONSTRAINT company_country_version_regime_fkey FOREIGN KEY (country_version, regime) REFERENCES public.tax_regime(country_version, code);

ALTER TABLE ONLY public.company
    ADD CONSTRAINT company_currency_code_fkey FOREIGN KEY (currency_code) REFERENCES public.currency(code);

ALTER TABLE ONLY public.company_logo
    ADD CONSTRAINT company_logo_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.company(tenant_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.company_solution
    ADD CONSTRAINT company_solution_country_version_plan_fkey FOREIGN KEY (country_version, plan) REFERENCES public.country_plan(country_version, plan);

ALTER TABLE ONLY public.company_solution
    ADD CONSTRAINT company_solution_country_version_solution_fkey FOREIGN KEY (country_version, solution) REFERENCES public.country_solution(country_version, solution);

ALTER TABLE ONLY public.company_solution
    ADD CONSTRAINT company_solution_plan_fkey FOREIGN KEY (plan) REFERENCES public.plan(code);

ALTER TABLE ONLY public.company_solution
    ADD CONSTRAINT company_solution_tenant_id_country_version_fkey FOREIGN KEY (tenant_id, country_version) REFERENCES public.company(tenant_id, country_version) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.country_plan
    ADD CONSTRAINT country_plan_country_version_fkey FOREIGN KEY (country_version) REFERENCES public.country_version(code);

ALTER TABLE ONLY public.country_plan
    ADD CONSTRAINT country_plan_plan_fkey FOREIGN KEY (plan) REFERENCES public.plan(code);

ALTER TABLE ONLY public.country_solution
    ADD CONSTRAINT country_solution_country_version_fkey FOREIGN KEY (country_version) REFERENCES public.country_version(code);

ALTER TABLE ONLY public.country_solution
    ADD CONSTRAINT country_solution_solution_fkey FOREIGN KEY (solution) REFERENCES public.solution(code);

ALTER TABLE ONLY public.country_version
    ADD CONSTRAINT country_version_currency_code_fkey FOREIGN KEY (currency_code) REFERENCES public.currency(code);

ALTER TABLE ONLY public.form_field
    ADD CONSTRAINT form_field_country_version_fkey FOREIGN KEY (country_version) REFERENCES public.country_version(code);

ALTER TABLE ONLY public.google_flow
    ADD CONSTRAINT google_flow_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.google_flow
    ADD CONSTRAINT google_flow_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.session(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.integration_connection
    ADD CONSTRAINT integration_connection_failure_fkey FOREIGN KEY (failure) REFERENCES public.integration_failure(code);

ALTER TABLE ONLY public.integration_connection
    ADD CONSTRAINT integration_connection_integration_fkey FOREIGN KEY (integration) REFERENCES public.integration(code);

ALTER TABLE ONLY public.integration_connection
    ADD CONSTRAINT integration_connection_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.company(tenant_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.integration_country
    ADD CONSTRAINT integration_country_country_version_fkey FOREIGN KEY (country_version) REFERENCES public.country_version(code);

ALTER TABLE ONLY public.integration_country
    ADD CONSTRAINT integration_country_integration_fkey FOREIGN KEY (integration) REFERENCES public.integration(code);

ALTER TABLE ONLY public.integration_credential_field
    ADD CONSTRAINT integration_credential_field_integration_fkey FOREIGN KEY (integration) REFERENCES public.integration(code);

ALTER TABLE ONLY public.integration_plan
    ADD CONSTRAINT integration_plan_integration_fkey FOREIGN KEY (integration) REFERENCES public.integration(code) ON DELETE CASCADE;

ALTER TABLE ONLY public.integration_plan
    ADD CONSTRAINT integration_plan_plan_fkey FOREIGN KEY (plan) REFERENCES public.plan(code);

ALTER TABLE ONLY public.integration_role
    ADD CONSTRAINT integration_role_integration_fkey FOREIGN KEY (integration) REFERENCES public.integration(code) ON DELETE CASCADE;

ALTER TABLE ONLY public.integration_setting_field
    ADD CONSTRAINT integration_setting_field_integration_fkey FOREIGN KEY (integration) REFERENCES public.integration(code) ON DELETE CASCADE;

ALTER TABLE ONLY public.integration_verifier
    ADD CONSTRAINT integration_verifier_integration_fkey FOREIGN KEY (integration) REFERENCES public.integration(code) ON DELETE CASCADE;

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_link_id_fkey FOREIGN KEY (link_id) REFERENCES public.one_time_link(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.company(tenant_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.kept_answer
    ADD CONSTRAINT kept_answer_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.company(tenant_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.kind_of_person
    ADD CONSTRAINT kind_of_person_country_version_fkey FOREIGN KEY (country_version) REFERENCES public.country_version(code);

ALTER TABLE ONLY public.launch_code
    ADD CONSTRAINT launch_code_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.session(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.launch_code
    ADD CONSTRAINT launch_code_tenant_id_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES public.membership(tenant_id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.launch_code
    ADD CONSTRAINT launch_code_tenant_id_solution_fkey FOREIGN KEY (tenant_id, solution) REFERENCES public.company_solution(tenant_id, solution) ON DELETE CASCADE;

ALTER TABLE ONLY public.mail
    ADD CONSTRAINT mail_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.mail
    ADD CONSTRAINT mail_link_id_fkey FOREIGN KEY (link_id) REFERENCES public.one_time_link(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.membership
    ADD CONSTRAINT membership_tenant_id_country_version_fkey FOREIGN KEY (tenant_id, country_version) REFERENCES public.company(tenant_id, country_version) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.one_time_link
    ADD CONSTRAINT one_time_link_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.operator_act
    ADD CONSTRAINT operator_act_about_account_id_fkey FOREIGN KEY (about_account_id) REFERENCES public.account(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.photo
    ADD CONSTRAINT photo_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.plan_role
    ADD CONSTRAINT plan_role_plan_fkey FOREIGN KEY (plan) REFERENCES public.plan(code);

ALTER TABLE ONLY public.recovery_code
    ADD CONSTRAINT recovery_code_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.second_factor(account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.refresh_token
    ADD CONSTRAINT refresh_token_session_id_fkey FOREIGN KEY (session_id) REFERENCES public.session(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.role_solution
    ADD CONSTRAINT role_solution_solution_fkey FOREIGN KEY (solution) REFERENCES public.solution(code);

ALTER TABLE ONLY public.second_factor
    ADD CONSTRAINT second_factor_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.service_token
    ADD CONSTRAINT service_token_solution_fkey FOREIGN KEY (solution) REFERENCES public.solution(code);

ALTER TABLE ONLY public.session
    ADD CONSTRAINT session_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.sign_in_challenge
    ADD CONSTRAINT sign_in_challenge_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.account(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.solution_dependency
    ADD CONSTRAINT solution_dependency_needs_fkey FOREIGN KEY (needs) REFERENCES public.solution(code);

ALTER TABLE ONLY public.solution_dependency
    ADD CONSTRAINT solution_dependency_solution_fkey FOREIGN KEY (solution) REFERENCES public.solution(code);

ALTER TABLE ONLY public.solution_requirement
    ADD CONSTRAINT solution_requirement_country_version_path_fkey FOREIGN KEY (country_version, path) REFERENCES public.form_field(country_version, path) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.solution_requirement
    ADD CONSTRAINT solution_requirement_country_version_solution_fkey FOREIGN KEY (country_version, solution) REFERENCES public.country_solution(country_version, solution) ON DELETE CASCADE;

ALTER TABLE ONLY public.solution_role
    ADD CONSTRAINT solution_role_tenant_id_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES public.membership(tenant_id, account_id) ON DELETE CASCADE;

ALTER TABLE ONLY public.solution_role
    ADD CONSTRAINT solution_role_tenant_id_solution_fkey FOREIGN KEY (tenant_id, solution) REFERENCES public.company_solution(tenant_id, solution) ON DELETE CASCADE;

ALTER TABLE ONLY public.tax_id_type
    ADD CONSTRAINT tax_id_type_country_version_fkey FOREIGN KEY (country_version) REFERENCES public.country_version(code);

ALTER TABLE ONLY public.tax_regime
    ADD CONSTRAINT tax_regime_country_version_fkey FOREIGN KEY (country_version) REFERENCES public.country_version(code);

ALTER TABLE ONLY public.webhook_delivery
    ADD CONSTRAINT webhook_delivery_tenant_id_webhook_id_fkey FOREIGN KEY (tenant_id, webhook_id) REFERENCES public.webhook(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.webhook
    ADD CONSTRAINT webhook_tenant_id_api_token_fkey FOREIGN KEY (tenant_id, api_token) REFERENCES public.api_token(tenant_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.webhook
    ADD CONSTRAINT webhook_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES public.company(tenant_id) ON DELETE CASCADE;

ALTER TABLE public.account ENABLE ROW LEVEL SECURITY;

CREATE POLICY account_by_auth ON public.account FOR UPDATE TO hub_auth USING (true);

CREATE POLICY account_by_invitation ON public.account FOR INSERT TO hub_auth WITH CHECK (true);

CREATE POLICY account_by_sign_up ON public.account FOR INSERT TO hub_auth WITH CHECK (true);

ALTER TABLE public.account_event ENABLE ROW LEVEL SECURITY;

CREATE POLICY account_event_by_log ON public.account_event TO hub_log USING (true);

CREATE POLICY account_event_for_auth ON public.account_event FOR SELECT TO hub_auth USING (true);

CREATE POLICY account_event_for_operators ON public.account_event FOR SELECT TO hub_ops_reader USING (true);

CREATE POLICY account_event_of_account ON public.account_event FOR SELECT TO hub_app USING ((account_id = ( SELECT (NULLIF(current_setting('app.account_id'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY account_for_auth ON public.account FOR SELECT TO hub_auth USING (true);

CREATE POLICY account_for_company ON public.account FOR SELECT TO hub_company USING (true);

CREATE POLICY account_for_log ON public.account FOR SELECT TO hub_log USING (true);

CREATE POLICY account_for_operators ON public.account FOR SELECT TO hub_ops_reader USING (true);

CREATE POLICY account_for_service ON public.account FOR SELECT TO hub_service USING (true);

ALTER TABLE public.account_google ENABLE ROW LEVEL SECURITY;

CREATE POLICY account_google_by_email ON public.account_google FOR DELETE TO hub_auth USING (true);

CREATE POLICY account_google_by_linking ON public.account_google FOR INSERT TO hub_auth WITH CHECK (true);

CREATE POLICY account_google_for_email ON public.account_google FOR SELECT TO hub_auth USING (true);

CREATE POLICY account_google_for_export ON public.account_google FOR SELECT TO hub_auth USING (true);

CREATE POLICY account_google_for_operators ON public.account_google FOR SELECT TO hub_ops_reader USING (true);

CREATE POLICY account_google_of_request ON public.account_google FOR SELECT TO hub_app USING ((account_id = ( SELECT (NULLIF(current_setting('app.account_id'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY account_of_request ON public.account TO hub_app USING ((id = ( SELECT (NULLIF(current_setting('app.account_id'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY account_without_by_auth ON public.account FOR DELETE TO hub_auth USING (true);

ALTER TABLE public.api_token ENABLE ROW LEVEL SECURITY;

CREATE POLICY api_token_by_auth ON public.api_token TO hub_auth USING (true);

CREATE POLICY api_token_for_operators ON public.api_token FOR SELECT TO hub_ops_reader USING (true);

CREATE POLICY api_token_of_tenant ON public.api_token FOR SELECT TO hub_app USING ((tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")));

ALTER TABLE public.audit_signature ENABLE ROW LEVEL SECURITY;

CREATE POLICY audit_signature_by_log ON public.audit_signature TO hub_log USING (true);

CREATE POLICY audit_signature_of_tenant ON public.audit_signature FOR SELECT TO hub_app USING ((tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")));

ALTER TABLE public.company ENABLE ROW LEVEL SECURITY;

CREATE POLICY company_by_company ON public.company FOR UPDATE TO hub_company USING (true);

CREATE POLICY company_by_sign_up ON public.company FOR INSERT TO hub_auth WITH CHECK (true);

ALTER TABLE public.company_claim ENABLE ROW LEVEL SECURITY;

CREATE POLICY company_claim_by_company ON public.company_claim TO hub_company USING (true);

CREATE POLICY company_claim_of_tenant ON public.company_claim FOR SELECT TO hub_app USING ((tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")));

ALTER TABLE public.company_confirmation ENABLE ROW LEVEL SECURITY;

CREATE POLICY company_confirmation_by_company ON public.company_confirmation TO hub_company USING (true);

CREATE POLICY company_confirmation_for_export ON public.company_confirmation FOR SELECT TO hub_auth USING (true);

CREATE POLICY company_confirmation_of_tenant ON public.company_confirmation FOR SELECT TO hub_app USING ((tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY company_for_auth ON public.company FOR SELECT TO hub_auth USING (true);

CREATE POLICY company_for_company ON public.company FOR SELECT TO hub_company USING (true);

CREATE POLICY company_for_log ON public.company FOR SELECT TO hub_log USING (true);

CREATE POLICY company_for_operators ON public.company FOR SELECT TO hub_ops_reader USING (true);

ALTER TABLE public.company_logo ENABLE ROW LEVEL SECURITY;

CREATE POLICY company_logo_by_company ON public.company_logo TO hub_company USING (true);

CREATE POLICY company_logo_of_tenant ON public.company_logo FOR SELECT TO hub_app USING ((tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY company_of_tenant ON public.company TO hub_app USING ((tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")));

ALTER TABLE public.company_solution ENABLE ROW LEVEL SECURITY;

CREATE POLICY company_solution_for_auth ON public.company_solution FOR SELECT TO hub_auth USING (true);

CREATE POLICY company_solution_for_company ON public.company_solution FOR SELECT TO hub_company USING (true);

CREATE POLICY company_solution_for_operators ON public.company_solution FOR SELECT TO hub_ops_reader USING (true);

CREATE POLICY company_solution_for_service ON public.company_solution FOR SELECT TO hub_service USING (true);

CREATE POLICY company_solution_held_by_auth ON public.company_solution FOR UPDATE TO hub_auth USING (true) WITH CHECK (false);

CREATE POLICY company_solution_of_tenant ON public.company_solution TO hub_app USING ((tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")));

ALTER TABLE public.event ENABLE ROW LEVEL SECURITY;

CREATE POLICY event_by_log ON public.event TO hub_log USING (true);

CREATE POLICY event_for_auth ON public.event FOR SELECT TO hub_auth USING (true);

CREATE POLICY event_for_delivery ON public.event FOR SELECT TO hub_delivery USING (true);

CREATE POLICY event_for_operators ON public.event FOR SELECT TO hub_ops_reader USING (true);

ALTER TABLE public.event_head ENABLE ROW LEVEL SECURITY;

CREATE POLICY event_head_by_log ON public.event_head TO hub_log USING (true);

CREATE POLICY event_head_for_auth ON public.event_head FOR SELECT TO hub_auth USING (true);

CREATE POLICY event_head_for_delivery ON public.event_head FOR SELECT TO hub_delivery USING (true);

CREATE POLICY event_head_for_operators ON public.event_head FOR SELECT TO hub_ops_reader USING (true);

CREATE POLICY event_head_of_tenant ON public.event_head FOR SELECT TO hub_app USING ((tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY event_of_tenant ON public.event FOR SELECT TO hub_app USING ((tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")));

ALTER TABLE public.google_flow ENABLE ROW LEVEL SECURITY;

CREATE POLICY google_flow_by_auth ON public.google_flow TO hub_auth USING (true);

ALTER TABLE public.integration_connection ENABLE ROW LEVEL SECURITY;

CREATE POLICY integration_connection_by_auth ON public.integration_connection FOR UPDATE TO hub_auth USING (true);

CREATE POLICY integration_connection_for_auth ON public.integration_connection FOR SELECT TO hub_auth USING (true);

CREATE POLICY integration_connection_for_operators ON public.integration_connection FOR SELECT TO hub_ops_reader USING (true);

CREATE POLICY integration_connection_of_tenant ON public.integration_connection TO hub_app USING ((tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")));

ALTER TABLE public.invitation ENABLE ROW LEVEL SECURITY;

CREATE POLICY invitation_by_auth ON public.invitation TO hub_auth USING (true);

CREATE POLICY invitation_for_log ON public.invitation FOR SELECT TO hub_log USING (true);

CREATE POLICY invitation_for_operators ON public.invitation FOR SELECT TO hub_ops_reader USING (true);

CREATE POLICY invitation_of_tenant ON public.invitation FOR SELECT TO hub_app USING ((tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")));

ALTER TABLE public.kept_answer ENABLE ROW LEVEL SECURITY;

CREATE POLICY kept_answer_by_auth ON public.kept_answer TO hub_auth USING (true);

CREATE POLICY kept_answer_of_tenant ON public.kept_answer TO hub_app USING ((tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")));

ALTER TABLE public.launch_code ENABLE ROW LEVEL SECURITY;

CREATE POLICY launch_code_by_service ON public.launch_code TO hub_service USING (true);

CREATE POLICY launch_code_of_tenant ON public.launch_code TO hub_app USING ((tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")));

ALTER TABLE public.link_request ENABLE ROW LEVEL SECURITY;

CREATE POLICY link_request_by_auth ON public.link_request TO hub_auth USING (true);

ALTER TABLE public.mail ENABLE ROW LEVEL SECURITY;

CREATE POLICY mail_by_auth ON public.mail TO hub_auth USING (true);

CREATE POLICY mail_by_delivery ON public.mail TO hub_delivery USING (true);

CREATE POLICY mail_for_operators ON public.mail FOR SELECT TO hub_ops_reader USING (true);

ALTER TABLE public.membership ENABLE ROW LEVEL SECURITY;

CREATE POLICY membership_by_auth ON public.membership FOR UPDATE TO hub_auth USING (true);

CREATE POLICY membership_by_invitation ON public.membership FOR INSERT TO hub_auth WITH CHECK (true);

CREATE POLICY membership_by_sign_up ON public.membership FOR INSERT TO hub_auth WITH CHECK (true);

CREATE POLICY membership_for_auth ON public.membership FOR SELECT TO hub_auth USING (true);

CREATE POLICY membership_for_log ON public.membership FOR SELECT TO hub_log USING (true);

CREATE POLICY membership_for_operators ON public.membership FOR SELECT TO hub_ops_reader USING (true);

CREATE POLICY membership_for_service ON public.membership FOR SELECT TO hub_service USING (true);

CREATE POLICY membership_of_account ON public.membership FOR SELECT TO hub_app USING ((account_id = ( SELECT (NULLIF(current_setting('app.account_id'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY membership_of_tenant ON public.membership FOR SELECT TO hub_app USING ((tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY membership_without_by_auth ON public.membership FOR DELETE TO hub_auth USING (true);

ALTER TABLE public.one_time_link ENABLE ROW LEVEL SECURITY;

CREATE POLICY one_time_link_by_auth ON public.one_time_link TO hub_auth USING (true);

CREATE POLICY one_time_link_for_delivery ON public.one_time_link FOR SELECT TO hub_delivery USING (true);

CREATE POLICY one_time_link_for_operators ON public.one_time_link FOR SELECT TO hub_ops_reader USING (true);

ALTER TABLE public.operator_act ENABLE ROW LEVEL SECURITY;

CREATE POLICY operator_act_by_log ON public.operator_act TO hub_log USING (true);

CREATE POLICY operator_act_for_operators ON public.operator_act FOR SELECT TO hub_ops_reader USING (true);

ALTER TABLE public.photo ENABLE ROW LEVEL SECURITY;

CREATE POLICY photo_by_auth ON public.photo TO hub_auth USING (true);

ALTER TABLE public.recovery_code ENABLE ROW LEVEL SECURITY;

CREATE POLICY recovery_code_by_auth ON public.recovery_code TO hub_auth USING (true);

ALTER TABLE public.refresh_token ENABLE ROW LEVEL SECURITY;

CREATE POLICY refresh_token_by_auth ON public.refresh_token TO hub_auth USING (true);

ALTER TABLE public.second_factor ENABLE ROW LEVEL SECURITY;

CREATE POLICY second_factor_by_auth ON public.second_factor TO hub_auth USING (true);

CREATE POLICY second_factor_for_operators ON public.second_factor FOR SELECT TO hub_ops_reader USING (true);

CREATE POLICY second_factor_of_account ON public.second_factor FOR SELECT TO hub_app USING ((account_id = ( SELECT (NULLIF(current_setting('app.account_id'::text, true), ''::text))::uuid AS "nullif")));

ALTER TABLE public.service_token ENABLE ROW LEVEL SECURITY;

CREATE POLICY service_token_by_service ON public.service_token TO hub_service USING (true);

ALTER TABLE public.session ENABLE ROW LEVEL SECURITY;

CREATE POLICY session_by_auth ON public.session TO hub_auth USING (true);

CREATE POLICY session_for_operators ON public.session FOR SELECT TO hub_ops_reader USING (true);

CREATE POLICY session_for_service ON public.session FOR SELECT TO hub_service USING (true);

CREATE POLICY session_of_account ON public.session FOR SELECT TO hub_app USING ((account_id = ( SELECT (NULLIF(current_setting('app.account_id'::text, true), ''::text))::uuid AS "nullif")));

ALTER TABLE public.sign_in_challenge ENABLE ROW LEVEL SECURITY;

CREATE POLICY sign_in_challenge_by_auth ON public.sign_in_challenge TO hub_auth USING (true);

ALTER TABLE public.sign_in_guess ENABLE ROW LEVEL SECURITY;

CREATE POLICY sign_in_guess_by_auth ON public.sign_in_guess TO hub_auth USING (true);

CREATE POLICY sign_in_guess_for_operators ON public.sign_in_guess FOR SELECT TO hub_ops_reader USING (true);

ALTER TABLE public.solution_role ENABLE ROW LEVEL SECURITY;

CREATE POLICY solution_role_by_auth ON public.solution_role TO hub_auth USING (true);

CREATE POLICY solution_role_for_operators ON public.solution_role FOR SELECT TO hub_ops_reader USING (true);

CREATE POLICY solution_role_for_service ON public.solution_role FOR SELECT TO hub_service USING (true);

CREATE POLICY solution_role_of_account ON public.solution_role FOR SELECT TO hub_app USING ((account_id = ( SELECT (NULLIF(current_setting('app.account_id'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY solution_role_of_tenant ON public.solution_role FOR SELECT TO hub_app USING ((tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")));

ALTER TABLE public.tenant_tombstone ENABLE ROW LEVEL SECURITY;

CREATE POLICY tenant_tombstone_for_operators ON public.tenant_tombstone FOR SELECT TO hub_ops_reader USING (true);

ALTER TABLE public.webhook ENABLE ROW LEVEL SECURITY;

CREATE POLICY webhook_by_auth ON public.webhook TO hub_auth USING (true);

CREATE POLICY webhook_by_delivery ON public.webhook TO hub_delivery USING (true);

ALTER TABLE public.webhook_delivery ENABLE ROW LEVEL SECURITY;

CREATE POLICY webhook_delivery_by_auth ON public.webhook_delivery TO hub_auth USING (true);

CREATE POLICY webhook_delivery_by_delivery ON public.webhook_delivery TO hub_delivery USING (true);

CREATE POLICY webhook_delivery_for_operators ON public.webhook_delivery FOR SELECT TO hub_ops_reader USING (true);

CREATE POLICY webhook_delivery_of_tenant ON public.webhook_delivery FOR SELECT TO hub_app USING ((tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY webhook_for_operators ON public.webhook FOR SELECT TO hub_ops_reader USING (true);

CREATE POLICY webhook_of_tenant ON public.webhook FOR SELECT TO hub_app USING ((tenant_id = ( SELECT (NULLIF(current_setting('app.tenant_id'::text, true), ''::text))::uuid AS "nullif")));

CREATE POLICY whole_for_operators ON public.account TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.account_event TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.account_google TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.api_token TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.audit_signature TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.company TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.company_claim TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.company_confirmation TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.company_logo TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.company_solution TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.event TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.event_head TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.google_flow TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.integration_connection TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.invitation TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.kept_answer TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.launch_code TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.link_request TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.mail TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.membership TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.one_time_link TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.operator_act TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.photo TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.recovery_code TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.refresh_token TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.second_factor TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.service_token TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.session TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.sign_in_challenge TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.sign_in_guess TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.solution_role TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.tenant_tombstone TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.webhook TO hub_ops_tenant USING (true);

CREATE POLICY whole_for_operators ON public.webhook_delivery TO hub_ops_tenant USING (true);

GRANT USAGE ON SCHEMA ops TO hub_ops_read;
GRANT USAGE ON SCHEMA ops TO hub_report;
GRANT USAGE ON SCHEMA ops TO hub_ops_reader;
GRANT USAGE ON SCHEMA ops TO hub_ops_actor;
GRANT USAGE ON SCHEMA ops TO hub_ops_tenant;

REVOKE USAGE ON SCHEMA public FROM PUBLIC;
GRANT ALL ON SCHEMA public TO hub_owner;
GRANT USAGE ON SCHEMA public TO hub_app;
GRANT USAGE ON SCHEMA public TO hub_auth;
GRANT USAGE ON SCHEMA public TO hub_delivery;
GRANT USAGE ON SCHEMA public TO hub_company;
GRANT USAGE ON SCHEMA public TO hub_service;
GRANT USAGE ON SCHEMA public TO hub_log;
GRANT USAGE ON SCHEMA public TO hub_ops_reader;
GRANT USAGE ON SCHEMA public TO hub_ops_tenant;

REVOKE ALL ON FUNCTION ops.activate_solution(company text, solution text, plan text, reason text, trial_days integer) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.activate_solution(company text, solution text, plan text, reason text, trial_days integer) TO hub_ops;

REVOKE ALL ON FUNCTION ops.begin_act(tenant uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION ops.begin_second_factor_recovery(person text, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.begin_second_factor_recovery(person text, reason text) TO hub_ops;

REVOKE ALL ON FUNCTION ops.begin_whole() FROM PUBLIC;

REVOKE ALL ON FUNCTION ops.change_plan(company text, solution text, plan text, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.change_plan(company text, solution text, plan text, reason text) TO hub_ops;

REVOKE ALL ON FUNCTION ops.company_id(company text) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.company_id(company text) TO hub_ops_read;
GRANT ALL ON FUNCTION ops.company_id(company text) TO hub_ops_actor;
GRANT ALL ON FUNCTION ops.company_id(company text) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION ops.correct_company(company text, fields jsonb, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.correct_company(company text, fields jsonb, reason text) TO hub_ops;

REVOKE ALL ON FUNCTION ops.deactivate_solution(company text, solution text, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.deactivate_solution(company text, solution text, reason text) TO hub_ops;

REVOKE ALL ON FUNCTION ops.delete_company(company text, legal_name text, reason text, dry_run boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.delete_company(company text, legal_name text, reason text, dry_run boolean) TO hub_ops;

REVOKE ALL ON FUNCTION ops.end_act(entered text) FROM PUBLIC;

REVOKE ALL ON FUNCTION ops.enter(company text, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.enter(company text, reason text) TO hub_ops_read;

REVOKE ALL ON FUNCTION ops.export_company(company text, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.export_company(company text, reason text) TO hub_ops;

REVOKE ALL ON FUNCTION ops.extend_trial(company text, solution text, days integer, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.extend_trial(company text, solution text, days integer, reason text) TO hub_ops;

REVOKE ALL ON FUNCTION public.solution_status(state text, trial_ends_at timestamp with time zone, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.solution_status(state text, trial_ends_at timestamp with time zone, at timestamp with time zone) TO hub_app;
GRANT ALL ON FUNCTION public.solution_status(state text, trial_ends_at timestamp with time zone, at timestamp with time zone) TO hub_service;
GRANT ALL ON FUNCTION public.solution_status(state text, trial_ends_at timestamp with time zone, at timestamp with time zone) TO hub_ops_reader;
GRANT ALL ON FUNCTION public.solution_status(state text, trial_ends_at timestamp with time zone, at timestamp with time zone) TO hub_report;

GRANT SELECT ON TABLE public.company TO hub_app;
GRANT SELECT ON TABLE public.company TO hub_company;
GRANT SELECT ON TABLE public.company TO hub_ops_reader;
GRANT SELECT,DELETE ON TABLE public.company TO hub_ops_tenant;

GRANT SELECT(tenant_id),INSERT(tenant_id) ON TABLE public.company TO hub_auth;
GRANT SELECT(tenant_id) ON TABLE public.company TO hub_log;

GRANT SELECT(country_version),INSERT(country_version) ON TABLE public.company TO hub_auth;
GRANT UPDATE(country_version) ON TABLE public.company TO hub_ops_tenant;

GRANT UPDATE(legal_name) ON TABLE public.company TO hub_app_write;
GRANT SELECT(legal_name),INSERT(legal_name) ON TABLE public.company TO hub_auth;
GRANT UPDATE(legal_name) ON TABLE public.company TO hub_company;
GRANT UPDATE(legal_name) ON TABLE public.company TO hub_ops_tenant;

GRANT UPDATE(trade_name) ON TABLE public.company TO hub_app_write;
GRANT SELECT(trade_name) ON TABLE public.company TO hub_auth;
GRANT UPDATE(trade_name) ON TABLE public.company TO hub_company;
GRANT UPDATE(trade_name) ON TABLE public.company TO hub_ops_tenant;

GRANT UPDATE(identification_type) ON TABLE public.company TO hub_app_write;
GRANT UPDATE(identification_type) ON TABLE public.company TO hub_company;
GRANT UPDATE(identification_type) ON TABLE public.company TO hub_ops_tenant;

GRANT UPDATE(identification_number) ON TABLE public.company TO hub_app_write;
GRANT UPDATE(identification_number) ON TABLE public.company TO hub_company;
GRANT SELECT(identification_number) ON TABLE public.company TO hub_auth;
GRANT UPDATE(identification_number) ON TABLE public.company TO hub_ops_tenant;

GRANT UPDATE(identification_check_digit) ON TABLE public.company TO hub_app_write;
GRANT UPDATE(identification_check_digit) ON TABLE public.company TO hub_company;
GRANT SELECT(identification_check_digit) ON TABLE public.company TO hub_auth;
GRANT UPDATE(identification_check_digit) ON TABLE public.company TO hub_ops_tenant;

GRANT UPDATE(kind_of_person) ON TABLE public.company TO hub_app_write;
GRANT INSERT(kind_of_person) ON TABLE public.company TO hub_auth;
GRANT UPDATE(kind_of_person) ON TABLE public.company TO hub_company;
GRANT UPDATE(kind_of_person) ON TABLE public.company TO hub_ops_tenant;

GRANT UPDATE(regime) ON TABLE public.company TO hub_app_write;
GRANT UPDATE(regime) ON TABLE public.company TO hub_company;
GRANT UPDATE(regime) ON TABLE public.company TO hub_ops_tenant;

GRANT UPDATE(address_description) ON TABLE public.company TO hub_app_write;
GRANT UPDATE(address_description) ON TABLE public.company TO hub_company;
GRANT UPDATE(address_description) ON TABLE public.company TO hub_ops_tenant;

GRANT UPDATE(address_street) ON TABLE public.company TO hub_app_write;
GRANT UPDATE(address_street) ON TABLE public.company TO hub_company;
GRANT UPDATE(address_street) ON TABLE public.company TO hub_ops_tenant;

GRANT UPDATE(address_exterior_number) ON TABLE public.company TO hub_app_write;
GRANT UPDATE(address_exterior_number) ON TABLE public.company TO hub_company;
GRANT UPDATE(address_exterior_number) ON TABLE public.company TO hub_ops_tenant;

GRANT UPDATE(address_interior_number) ON TABLE public.company TO hub_app_write;
GRANT UPDATE(address_interior_number) ON TABLE public.company TO hub_company;
GRANT UPDATE(address_interior_number) ON TABLE public.company TO hub_ops_tenant;

GRANT UPDATE(address_neighborhood) ON TABLE public.company TO hub_app_write;
GRANT UPDATE(address_neighborhood) ON TABLE public.company TO hub_company;
GRANT UPDATE(address_neighborhood) ON TABLE public.company TO hub_ops_tenant;

GRANT UPDATE(address_city) ON TABLE public.company TO hub_app_write;
GRANT UPDATE(address_city) ON TABLE public.company TO hub_company;
GRANT UPDATE(address_city) ON TABLE public.company TO hub_ops_tenant;

GRANT UPDATE(address_municipality) ON TABLE public.company TO hub_app_write;
GRANT UPDATE(address_municipality) ON TABLE public.company TO hub_company;
GRANT UPDATE(address_municipality) ON TABLE public.company TO hub_ops_tenant;

GRANT UPDATE(address_district) ON TABLE public.company TO hub_app_write;
GRANT UPDATE(address_district) ON TABLE public.company TO hub_company;
GRANT UPDATE(address_district) ON TABLE public.company TO hub_ops_tenant;

GRANT UPDATE(address_region) ON TABLE public.company TO hub_app_write;
GRANT UPDATE(address_region) ON TABLE public.company TO hub_company;
GRANT UPDATE(address_region) ON TABLE public.company TO hub_ops_tenant;

GRANT UPDATE(address_postal_code) ON TABLE public.company TO hub_app_write;
GRANT UPDATE(address_postal_code) ON TABLE public.company TO hub_company;
GRANT UPDATE(address_postal_code) ON TABLE public.company TO hub_ops_tenant;

GRANT UPDATE(phone) ON TABLE public.company TO hub_app_write;
GRANT UPDATE(phone) ON TABLE public.company TO hub_company;
GRANT UPDATE(phone) ON TABLE public.company TO hub_ops_tenant;

GRANT UPDATE(email) ON TABLE public.company TO hub_app_write;
GRANT UPDATE(email) ON TABLE public.company TO hub_company;
GRANT UPDATE(email) ON TABLE public.company TO hub_ops_tenant;

GRANT UPDATE(website) ON TABLE public.company TO hub_app_write;
GRANT UPDATE(website) ON TABLE public.company TO hub_company;
GRANT UPDATE(website) ON TABLE public.company TO hub_ops_tenant;

GRANT INSERT(currency_code) ON TABLE public.company TO hub_auth;
GRANT UPDATE(currency_code) ON TABLE public.company TO hub_ops_tenant;

GRANT UPDATE(timezone) ON TABLE public.company TO hub_app_write;
GRANT INSERT(timezone) ON TABLE public.company TO hub_auth;
GRANT UPDATE(timezone) ON TABLE public.company TO hub_company;
GRANT UPDATE(timezone) ON TABLE public.company TO hub_ops_tenant;

GRANT UPDATE(decimal_precision) ON TABLE public.company TO hub_app_write;
GRANT INSERT(decimal_precision) ON TABLE public.company TO hub_auth;
GRANT UPDATE(decimal_precision) ON TABLE public.company TO hub_company;
GRANT UPDATE(decimal_precision) ON TABLE public.company TO hub_ops_tenant;

GRANT UPDATE(logo_url) ON TABLE public.company TO hub_company;

GRANT SELECT ON TABLE public.company_solution TO hub_app;
GRANT SELECT ON TABLE public.company_solution TO hub_auth;
GRANT SELECT ON TABLE public.company_solution TO hub_service;
GRANT SELECT ON TABLE public.company_solution TO hub_ops_reader;
GRANT SELECT,DELETE ON TABLE public.company_solution TO hub_ops_tenant;

GRANT INSERT(tenant_id) ON TABLE public.company_solution TO hub_app_write;
GRANT SELECT(tenant_id) ON TABLE public.company_solution TO hub_company;

GRANT INSERT(solution) ON TABLE public.company_solution TO hub_app_write;
GRANT SELECT(solution) ON TABLE public.company_solution TO hub_company;

GRANT INSERT(country_version) ON TABLE public.company_solution TO hub_app_write;

GRANT INSERT(plan),UPDATE(plan) ON TABLE public.company_solution TO hub_app_write;
GRANT UPDATE(plan) ON TABLE public.company_solution TO hub_auth;

GRANT INSERT(state),UPDATE(state) ON TABLE public.company_solution TO hub_app_write;
GRANT SELECT(state) ON TABLE public.company_solution TO hub_company;

GRANT UPDATE(activated_at) ON TABLE public.company_solution TO hub_app_write;

GRANT INSERT(trial_ends_at) ON TABLE public.company_solution TO hub_app_write;
GRANT UPDATE(trial_ends_at) ON TABLE public.company_solution TO hub_ops_actor;

GRANT UPDATE(deactivated_at) ON TABLE public.company_solution TO hub_app_write;

GRANT SELECT ON TABLE public.event TO hub_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.event TO hub_log;
GRANT SELECT ON TABLE public.event TO hub_delivery;
GRANT SELECT ON TABLE public.event TO hub_auth;
GRANT SELECT ON TABLE public.event TO hub_ops_reader;
GRANT SELECT,DELETE ON TABLE public.event TO hub_ops_tenant;

GRANT SELECT ON TABLE public.membership TO hub_app;
GRANT SELECT,DELETE ON TABLE public.membership TO hub_auth;
GRANT SELECT ON TABLE public.membership TO hub_service;
GRANT SELECT ON TABLE public.membership TO hub_ops_reader;
GRANT SELECT,DELETE ON TABLE public.membership TO hub_ops_tenant;

GRANT INSERT(tenant_id) ON TABLE public.membership TO hub_auth;
GRANT SELECT(tenant_id) ON TABLE public.membership TO hub_log;

GRANT INSERT(account_id) ON TABLE public.membership TO hub_auth;
GRANT SELECT(account_id) ON TABLE public.membership TO hub_log;

GRANT INSERT(role),UPDATE(role) ON TABLE public.membership TO hub_auth;

GRANT UPDATE(company_name) ON TABLE public.membership TO hub_auth;

GRANT UPDATE(display_name) ON TABLE public.membership TO hub_auth;

GRANT UPDATE(email) ON TABLE public.membership TO hub_auth;

GRANT SELECT ON TABLE ops.companies TO hub_ops_read;

REVOKE ALL ON FUNCTION ops.find_company(words text) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.find_company(words text) TO hub_ops_read;

REVOKE ALL ON FUNCTION public.hash_of_email(email text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hash_of_email(email text) TO hub_ops_reader;
GRANT ALL ON FUNCTION public.hash_of_email(email text) TO hub_ops_read;

GRANT SELECT,DELETE ON TABLE public.account TO hub_auth;
GRANT SELECT ON TABLE public.account TO hub_ops_tenant;

GRANT SELECT(id) ON TABLE public.account TO hub_app;
GRANT SELECT(id) ON TABLE public.account TO hub_company;
GRANT SELECT(id) ON TABLE public.account TO hub_log;
GRANT SELECT(id) ON TABLE public.account TO hub_service;
GRANT SELECT(id) ON TABLE public.account TO hub_ops_reader;

GRANT SELECT(email) ON TABLE public.account TO hub_app;
GRANT INSERT(email),UPDATE(email) ON TABLE public.account TO hub_auth;
GRANT SELECT(email) ON TABLE public.account TO hub_ops_reader;

GRANT SELECT(email_key) ON TABLE public.account TO hub_app;
GRANT SELECT(email_key) ON TABLE public.account TO hub_ops_reader;

GRANT SELECT(pending_email) ON TABLE public.account TO hub_app;
GRANT UPDATE(pending_email) ON TABLE public.account TO hub_auth;
GRANT SELECT(pending_email) ON TABLE public.account TO hub_ops_reader;

GRANT INSERT(password_hash),UPDATE(password_hash) ON TABLE public.account TO hub_auth;

GRANT SELECT(has_password) ON TABLE public.account TO hub_app;
GRANT SELECT(has_password) ON TABLE public.account TO hub_ops_reader;

GRANT SELECT(password_changed_at) ON TABLE public.account TO hub_app;
GRANT INSERT(password_changed_at),UPDATE(password_changed_at) ON TABLE public.account TO hub_auth;
GRANT SELECT(password_changed_at) ON TABLE public.account TO hub_ops_reader;

GRANT SELECT(first_name) ON TABLE public.account TO hub_app;
GRANT UPDATE(first_name) ON TABLE public.account TO hub_app_write;
GRANT INSERT(first_name) ON TABLE public.account TO hub_auth;
GRANT SELECT(first_name) ON TABLE public.account TO hub_company;
GRANT SELECT(first_name) ON TABLE public.account TO hub_log;
GRANT SELECT(first_name) ON TABLE public.account TO hub_ops_reader;

GRANT SELECT(last_name) ON TABLE public.account TO hub_app;
GRANT UPDATE(last_name) ON TABLE public.account TO hub_app_write;
GRANT INSERT(last_name) ON TABLE public.account TO hub_auth;
GRANT SELECT(last_name) ON TABLE public.account TO hub_company;
GRANT SELECT(last_name) ON TABLE public.account TO hub_log;
GRANT SELECT(last_name) ON TABLE public.account TO hub_ops_reader;

GRANT SELECT(display_name) ON TABLE public.account TO hub_app;
GRANT UPDATE(display_name) ON TABLE public.account TO hub_app_write;
GRANT SELECT(display_name) ON TABLE public.account TO hub_company;
GRANT SELECT(display_name) ON TABLE public.account TO hub_log;
GRANT SELECT(display_name) ON TABLE public.account TO hub_ops_reader;

GRANT SELECT(phone) ON TABLE public.account TO hub_app;
GRANT UPDATE(phone) ON TABLE public.account TO hub_app_write;
GRANT SELECT(phone) ON TABLE public.account TO hub_ops_reader;

GRANT SELECT(country) ON TABLE public.account TO hub_app;
GRANT UPDATE(country) ON TABLE public.account TO hub_app_write;
GRANT INSERT(country) ON TABLE public.account TO hub_auth;
GRANT SELECT(country) ON TABLE public.account TO hub_ops_reader;

GRANT SELECT(language) ON TABLE public.account TO hub_app;
GRANT UPDATE(language) ON TABLE public.account TO hub_app_write;
GRANT INSERT(language) ON TABLE public.account TO hub_auth;
GRANT SELECT(language) ON TABLE public.account TO hub_service;
GRANT SELECT(language) ON TABLE public.account TO hub_ops_reader;

GRANT SELECT(photo_url) ON TABLE public.account TO hub_app;
GRANT UPDATE(photo_url) ON TABLE public.account TO hub_auth;

GRANT SELECT(last_tenant_id) ON TABLE public.account TO hub_app;
GRANT UPDATE(last_tenant_id) ON TABLE public.account TO hub_auth;
GRANT SELECT(last_tenant_id) ON TABLE public.account TO hub_ops_reader;
GRANT UPDATE(last_tenant_id) ON TABLE public.account TO hub_ops_tenant;

GRANT SELECT(revision) ON TABLE public.account TO hub_app;

GRANT SELECT(field_revisions) ON TABLE public.account TO hub_app;

GRANT SELECT(created_at) ON TABLE public.account TO hub_app;
GRANT SELECT(created_at) ON TABLE public.account TO hub_ops_reader;

GRANT SELECT(updated_at) ON TABLE public.account TO hub_app;

GRANT SELECT ON TABLE public.account_google TO hub_app;
GRANT SELECT,INSERT,DELETE ON TABLE public.account_google TO hub_auth;
GRANT SELECT ON TABLE public.account_google TO hub_ops_reader;
GRANT SELECT ON TABLE public.account_google TO hub_ops_tenant;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.second_factor TO hub_auth;
GRANT SELECT ON TABLE public.second_factor TO hub_ops_tenant;

GRANT SELECT(account_id) ON TABLE public.second_factor TO hub_app;
GRANT SELECT(account_id) ON TABLE public.second_factor TO hub_ops_reader;

GRANT SELECT(created_at) ON TABLE public.second_factor TO hub_ops_reader;

GRANT SELECT(confirmed_at) ON TABLE public.second_factor TO hub_app;
GRANT SELECT(confirmed_at) ON TABLE public.second_factor TO hub_ops_reader;

GRANT SELECT(recovery_codes_left) ON TABLE public.second_factor TO hub_app;
GRANT SELECT(recovery_codes_left) ON TABLE public.second_factor TO hub_ops_reader;

GRANT SELECT(recovery_asked_at) ON TABLE public.second_factor TO hub_ops_reader;

GRANT SELECT ON TABLE public.session TO hub_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.session TO hub_auth;
GRANT SELECT ON TABLE public.session TO hub_ops_reader;
GRANT SELECT ON TABLE public.session TO hub_ops_tenant;

GRANT SELECT(id) ON TABLE public.session TO hub_service;

GRANT SELECT(account_id) ON TABLE public.session TO hub_service;

GRANT UPDATE(last_tenant_id) ON TABLE public.session TO hub_ops_tenant;

GRANT SELECT(expires_at) ON TABLE public.session TO hub_service;

GRANT SELECT(idle_expires_at) ON TABLE public.session TO hub_service;

GRANT SELECT(revoked_at) ON TABLE public.session TO hub_service;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sign_in_guess TO hub_auth;
GRANT SELECT ON TABLE public.sign_in_guess TO hub_ops_reader;
GRANT SELECT ON TABLE public.sign_in_guess TO hub_ops_tenant;

GRANT SELECT ON TABLE ops.people TO hub_ops_read;

REVOKE ALL ON FUNCTION ops.find_person(words text) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.find_person(words text) TO hub_ops_read;

REVOKE ALL ON FUNCTION ops.finish_second_factor_recovery(person text, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.finish_second_factor_recovery(person text, reason text) TO hub_ops;

REVOKE ALL ON FUNCTION ops.help(about text) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.help(about text) TO hub_ops_read;
GRANT ALL ON FUNCTION ops.help(about text) TO hub_report;

REVOKE ALL ON FUNCTION ops.leave() FROM PUBLIC;
GRANT ALL ON FUNCTION ops.leave() TO hub_ops_read;

REVOKE ALL ON FUNCTION ops.mark_key(key_name text, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.mark_key(key_name text, reason text) TO hub_ops;

REVOKE ALL ON FUNCTION ops.move_company(company text, country_version text, reason text, drops boolean, dry_run boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.move_company(company text, country_version text, reason text, drops boolean, dry_run boolean) TO hub_ops;

REVOKE ALL ON FUNCTION ops.person_address(account uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.person_address(account uuid) TO hub_ops_actor;

REVOKE ALL ON FUNCTION ops.person_id(person text) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.person_id(person text) TO hub_ops_read;
GRANT ALL ON FUNCTION ops.person_id(person text) TO hub_ops_actor;

REVOKE ALL ON FUNCTION ops.read_statements() FROM PUBLIC;
GRANT ALL ON FUNCTION ops.read_statements() TO hub_ops_read;

REVOKE ALL ON FUNCTION ops.refuse_change(tenant uuid, solution text, outcome text, obstacles jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION ops.replay_webhook(company text, webhook_id uuid, since timestamp with time zone, reason text, until timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.replay_webhook(company text, webhook_id uuid, since timestamp with time zone, reason text, until timestamp with time zone) TO hub_ops;

REVOKE ALL ON FUNCTION ops.resend_mail(mail_id uuid, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.resend_mail(mail_id uuid, reason text) TO hub_ops;

REVOKE ALL ON FUNCTION ops.revoke_api_token(company text, api_token_id uuid, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.revoke_api_token(company text, api_token_id uuid, reason text) TO hub_ops;

REVOKE ALL ON FUNCTION ops.revoke_sessions(person text, reason text, session_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.revoke_sessions(person text, reason text, session_id uuid) TO hub_ops;

REVOKE ALL ON FUNCTION ops.solution_line(tenant uuid, solution text) FROM PUBLIC;

REVOKE ALL ON FUNCTION ops.unlock_login(person text, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION ops.unlock_login(person text, reason text) TO hub_ops;

REVOKE ALL ON FUNCTION public.accept_invitation(link uuid, password_hash text, first_name text, country text, language text, OUT outcome text, OUT tenant_id uuid, OUT company_name text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.accept_invitation(link uuid, password_hash text, first_name text, country text, language text, OUT outcome text, OUT tenant_id uuid, OUT company_name text) TO hub_app_write;

REVOKE ALL ON FUNCTION public.account_for_sign_in(email text, OUT account_id uuid, OUT password_hash text, OUT language text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.account_for_sign_in(email text, OUT account_id uuid, OUT password_hash text, OUT language text) TO hub_app_write;

REVOKE ALL ON FUNCTION public.account_give_names() FROM PUBLIC;
GRANT ALL ON FUNCTION public.account_give_names() TO hub_owner;

REVOKE ALL ON FUNCTION public.account_of_link(link uuid, purpose text, OUT address text, OUT account text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.account_of_link(link uuid, purpose text, OUT address text, OUT account text) TO hub_app_write;

REVOKE ALL ON FUNCTION public.activate_solution(tenant uuid, solution text, plan text, language text, trial_days integer, OUT outcome text, OUT obstacles jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.activate_solution(tenant uuid, solution text, plan text, language text, trial_days integer, OUT outcome text, OUT obstacles jsonb) TO hub_app_write;

REVOKE ALL ON FUNCTION public.administrator_remains(tenant uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.any_email() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.api_token_of(hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.api_token_of(hash bytea) TO hub_app;

REVOKE ALL ON FUNCTION public.api_token_status(revoked_at timestamp with time zone, expires_at timestamp with time zone, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.api_token_status(revoked_at timestamp with time zone, expires_at timestamp with time zone, at timestamp with time zone) TO hub_app;
GRANT ALL ON FUNCTION public.api_token_status(revoked_at timestamp with time zone, expires_at timestamp with time zone, at timestamp with time zone) TO hub_auth;
GRANT ALL ON FUNCTION public.api_token_status(revoked_at timestamp with time zone, expires_at timestamp with time zone, at timestamp with time zone) TO hub_ops_reader;

REVOKE ALL ON FUNCTION public.app_guard(tenant uuid, account uuid, session uuid, roles text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.app_guard(tenant uuid, account uuid, session uuid, roles text[]) TO hub_app_write;

REVOKE ALL ON FUNCTION public.ask_mail(kind text, account uuid, address text, facts jsonb, link uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.ask_mail(kind text, account uuid, address text, facts jsonb, link uuid) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.ask_unlink_google(session uuid, account uuid, address text, new_password_hash text, lifetime_seconds integer, requests_max integer, window_seconds integer, OUT outcome text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.ask_unlink_google(session uuid, account uuid, address text, new_password_hash text, lifetime_seconds integer, requests_max integer, window_seconds integer, OUT outcome text) TO hub_app_write;

REVOKE ALL ON FUNCTION public.audit_page(tenant uuid, before text, types text[], actor text, subject text, wanted integer, OUT events jsonb, OUT cursor text, OUT has_more boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.audit_page(tenant uuid, before text, types text[], actor text, subject text, wanted integer, OUT events jsonb, OUT cursor text, OUT has_more boolean) TO hub_app;
GRANT ALL ON FUNCTION public.audit_page(tenant uuid, before text, types text[], actor text, subject text, wanted integer, OUT events jsonb, OUT cursor text, OUT has_more boolean) TO hub_log;

REVOKE ALL ON FUNCTION public.begin_google(hash bytea, intent text, account uuid, session uuid, facts jsonb, lifetime_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.begin_google(hash bytea, intent text, account uuid, session uuid, facts jsonb, lifetime_seconds integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.begin_second_factor_recovery(email text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.begin_second_factor_recovery(email text) TO hub_ops_actor;

REVOKE ALL ON FUNCTION public.begin_tenant_export(tenant uuid, OUT head jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.begin_tenant_export(tenant uuid, OUT head jsonb) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.begin_tenant_import() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.browser_of(user_agent text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.browser_of(user_agent text) TO hub_app;

REVOKE ALL ON FUNCTION public.cancel_email_change(account uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.cancel_email_change(account uuid) TO hub_app_write;

REVOKE ALL ON FUNCTION public.catalogue_changed() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.challenge_to_complete(challenge_hash bytea, guesses_max integer, account_guesses_max integer, window_seconds integer, OUT account_id uuid, OUT sealed_secret bytea, OUT last_step bigint, OUT retry_after_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.challenge_to_complete(challenge_hash bytea, guesses_max integer, account_guesses_max integer, window_seconds integer, OUT account_id uuid, OUT sealed_secret bytea, OUT last_step bigint, OUT retry_after_seconds integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.change_country(tenant uuid, version text, drops boolean, OUT report jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.change_country(tenant uuid, version text, drops boolean, OUT report jsonb) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.change_email(session uuid, account uuid, new_email text, lifetime_seconds integer, requests_max integer, window_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.change_email(session uuid, account uuid, new_email text, lifetime_seconds integer, requests_max integer, window_seconds integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.change_password(session uuid, account uuid, expected_password_hash text, new_password_hash text, OUT outcome text, OUT sessions_ended integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.change_password(session uuid, account uuid, expected_password_hash text, new_password_hash text, OUT outcome text, OUT sessions_ended integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.change_plan(tenant uuid, solution text, plan text, OUT outcome text, OUT obstacles jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.change_plan(tenant uuid, solution text, plan text, OUT outcome text, OUT obstacles jsonb) TO hub_app_write;

REVOKE ALL ON FUNCTION public.change_role(actor uuid, tenant uuid, person uuid, role text, solution_roles jsonb, OUT outcome text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.change_role(actor uuid, tenant uuid, person uuid, role text, solution_roles jsonb, OUT outcome text) TO hub_app_write;

REVOKE ALL ON FUNCTION public.characters_at_least(value text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.characters_at_least(value text) TO hub_app;
GRANT ALL ON FUNCTION public.characters_at_least(value text) TO hub_auth;
GRANT ALL ON FUNCTION public.characters_at_least(value text) TO hub_company;
GRANT ALL ON FUNCTION public.characters_at_least(value text) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.check_import_members(part text, members text[], long_members text[], text_bytes_max integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.check_import_rows(tenant uuid, relation regclass, text_bytes_max integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.check_import_whole(tenant uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.claim_answer(tenant uuid, actor uuid, key_digest bytea, field text, kept_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.claim_answer(tenant uuid, actor uuid, key_digest bytea, field text, kept_seconds integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.claim_deliveries(lease_seconds double precision, deliveries_max integer, failing_max integer, of_tenant uuid, of_webhook uuid, OUT tenant_id uuid, OUT webhook_id uuid, OUT id uuid, OUT url text, OUT sealed bytea, OUT sealed_previous bytea, OUT message_id text, OUT attempts integer, OUT body text, OUT is_failing boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.claim_deliveries(lease_seconds double precision, deliveries_max integer, failing_max integer, of_tenant uuid, of_webhook uuid, OUT tenant_id uuid, OUT webhook_id uuid, OUT id uuid, OUT url text, OUT sealed bytea, OUT sealed_previous bytea, OUT message_id text, OUT attempts integer, OUT body text, OUT is_failing boolean) TO hub_app_write;

REVOKE ALL ON FUNCTION public.claim_field(path text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.claim_field(path text) TO hub_app;
GRANT ALL ON FUNCTION public.claim_field(path text) TO hub_company;
GRANT ALL ON FUNCTION public.claim_field(path text) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.claim_mail(lease_seconds double precision, OUT id uuid, OUT kind text, OUT address text, OUT name text, OUT language text, OUT facts jsonb, OUT created_at timestamp with time zone, OUT attempts integer, OUT link_id uuid, OUT link_purpose text, OUT link_expires_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.claim_mail(lease_seconds double precision, OUT id uuid, OUT kind text, OUT address text, OUT name text, OUT language text, OUT facts jsonb, OUT created_at timestamp with time zone, OUT attempts integer, OUT link_id uuid, OUT link_purpose text, OUT link_expires_at timestamp with time zone) TO hub_app_write;

REVOKE ALL ON FUNCTION public.claimed_columns(field text, value jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.claimed_columns(field text, value jsonb) TO hub_app;
GRANT ALL ON FUNCTION public.claimed_columns(field text, value jsonb) TO hub_company;
GRANT ALL ON FUNCTION public.claimed_columns(field text, value jsonb) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.claimed_part(path text, value jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.claimed_part(path text, value jsonb) TO hub_app;
GRANT ALL ON FUNCTION public.claimed_part(path text, value jsonb) TO hub_company;

REVOKE ALL ON FUNCTION public.companies_of(account uuid, rows_max integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.companies_of(account uuid, rows_max integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.company_access(tenant uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.company_access(tenant uuid) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.company_check_decimal_precision() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.company_check_rules() FROM PUBLIC;
GRANT ALL ON FUNCTION public.company_check_rules() TO hub_owner;

REVOKE ALL ON FUNCTION public.company_column(path text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.company_column(path text) TO hub_app;
GRANT ALL ON FUNCTION public.company_column(path text) TO hub_company;
GRANT ALL ON FUNCTION public.company_column(path text) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.company_confirm_given() FROM PUBLIC;
GRANT ALL ON FUNCTION public.company_confirm_given() TO hub_owner;

REVOKE ALL ON FUNCTION public.company_confirm_named() FROM PUBLIC;
GRANT ALL ON FUNCTION public.company_confirm_named() TO hub_owner;

REVOKE ALL ON FUNCTION public.company_confirmation_forget() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.company_fields(tenant uuid, language text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.company_fields(tenant uuid, language text) TO hub_app;

REVOKE ALL ON FUNCTION public.company_flag_connections() FROM PUBLIC;
GRANT ALL ON FUNCTION public.company_flag_connections() TO hub_owner;

REVOKE ALL ON FUNCTION public.company_give_name() FROM PUBLIC;
GRANT ALL ON FUNCTION public.company_give_name() TO hub_owner;

REVOKE ALL ON FUNCTION public.company_has_solution(company uuid, solution text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.company_of_report(token_hash bytea, tenant uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.company_of_report(token_hash bytea, tenant uuid) TO hub_app_write;

REVOKE ALL ON FUNCTION public.company_solution_keep_needs() FROM PUBLIC;
GRANT ALL ON FUNCTION public.company_solution_keep_needs() TO hub_owner;

REVOKE ALL ON FUNCTION public.company_solution_keep_roles() FROM PUBLIC;
GRANT ALL ON FUNCTION public.company_solution_keep_roles() TO hub_owner;

REVOKE ALL ON FUNCTION public.company_standing(tenant uuid, language text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.company_standing(tenant uuid, language text) TO hub_app;
GRANT ALL ON FUNCTION public.company_standing(tenant uuid, language text) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.company_stands(tenant uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.company_value(company jsonb, field text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.company_value(company jsonb, field text) TO hub_app;
GRANT ALL ON FUNCTION public.company_value(company jsonb, field text) TO hub_company;
GRANT ALL ON FUNCTION public.company_value(company jsonb, field text) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.company_values(of public.company) FROM PUBLIC;
GRANT ALL ON FUNCTION public.company_values(of public.company) TO hub_app;
GRANT ALL ON FUNCTION public.company_values(of public.company) TO hub_auth;

REVOKE ALL ON FUNCTION public.complete_sign_in(challenge_hash bytea, step bigint, code_hash bytea, device text, address_range text, refresh_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT account_id uuid, OUT session_id uuid, OUT tenant_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.complete_sign_in(challenge_hash bytea, step bigint, code_hash bytea, device text, address_range text, refresh_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT account_id uuid, OUT session_id uuid, OUT tenant_id uuid) TO hub_app_write;

REVOKE ALL ON FUNCTION public.confirm_company_field(tenant uuid, field text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.confirm_email(link uuid, undo_seconds integer, OUT outcome text, OUT email text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.confirm_email(link uuid, undo_seconds integer, OUT outcome text, OUT email text) TO hub_app_write;

REVOKE ALL ON FUNCTION public.confirm_second_factor(account uuid, sealed_secret bytea, step bigint, code_hashes bytea[], undo_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.confirm_second_factor(account uuid, sealed_secret bytea, step bigint, code_hashes bytea[], undo_seconds integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.confirm_sign_up(link uuid, password_hash text, first_name text, last_name text, country text, language text, legal_name text, country_version text, device text, address_range text, refresh_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT account_id uuid, OUT session_id uuid, OUT tenant_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.confirm_sign_up(link uuid, password_hash text, first_name text, last_name text, country text, language text, legal_name text, country_version text, device text, address_range text, refresh_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT account_id uuid, OUT session_id uuid, OUT tenant_id uuid) TO hub_app_write;

REVOKE ALL ON FUNCTION public.confirm_unlink_google(link uuid, undo_seconds integer, OUT outcome text, OUT email text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.confirm_unlink_google(link uuid, undo_seconds integer, OUT outcome text, OUT email text) TO hub_app_write;

REVOKE ALL ON FUNCTION public.connect_integration(tenant uuid, account uuid, integration text, sealed bytea, settings jsonb, tax_id text, OUT outcome text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.connect_integration(tenant uuid, account uuid, integration text, sealed bytea, settings jsonb, tax_id text, OUT outcome text) TO hub_app_write;

REVOKE ALL ON FUNCTION public.count_credential_check(tenant uuid, checks_max integer, window_seconds integer, OUT retry_after_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.count_credential_check(tenant uuid, checks_max integer, window_seconds integer, OUT retry_after_seconds integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.count_guess(email text, network text, device_account uuid, device_hash bytea, guesses_max integer, stranger_guesses_max integer, client_guesses_max integer, window_seconds integer, OUT allowed boolean, OUT retry_after_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.count_guess(email text, network text, device_account uuid, device_hash bytea, guesses_max integer, stranger_guesses_max integer, client_guesses_max integer, window_seconds integer, OUT allowed boolean, OUT retry_after_seconds integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.count_link_request(purpose text, address text, requests_max integer, window_seconds integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.count_mail_request(network text, requests_max integer, window_seconds integer, OUT allowed boolean, OUT retry_after_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.count_mail_request(network text, requests_max integer, window_seconds integer, OUT allowed boolean, OUT retry_after_seconds integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.count_tenant_rows(tenant uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.count_tenant_rows(tenant uuid) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.create_api_token(session uuid, account uuid, tenant uuid, name text, scopes text[], hash bytea, expires_at timestamp with time zone, tokens_max integer, days_max integer, OUT outcome text, OUT id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.create_api_token(session uuid, account uuid, tenant uuid, name text, scopes text[], hash bytea, expires_at timestamp with time zone, tokens_max integer, days_max integer, OUT outcome text, OUT id uuid) TO hub_app_write;

REVOKE ALL ON FUNCTION public.create_service_token(solution text, name text, hash bytea, days integer, OUT outcome text, OUT id uuid, OUT expires_at timestamp with time zone) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.create_webhook(tenant uuid, account uuid, token uuid, webhook uuid, url text, name text, event_types text[], tells_changes boolean, concurrency integer, sealed bytea, webhooks_max integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.create_webhook(tenant uuid, account uuid, token uuid, webhook uuid, url text, name text, event_types text[], tells_changes boolean, concurrency integer, sealed bytea, webhooks_max integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.credentials_to_check(tenant uuid, integration text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.credentials_to_check(tenant uuid, integration text) TO hub_app_write;

REVOKE ALL ON FUNCTION public.deactivate_solution(tenant uuid, solution text, language text, OUT outcome text, OUT obstacles jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.deactivate_solution(tenant uuid, solution text, language text, OUT outcome text, OUT obstacles jsonb) TO hub_app_write;

REVOKE ALL ON FUNCTION public.decide_company_fields(tenant uuid, source text, fields text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.decide_company_fields(tenant uuid, source text, fields text[]) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.delete_account(session uuid, account uuid, OUT outcome text, OUT companies jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.delete_account(session uuid, account uuid, OUT outcome text, OUT companies jsonb) TO hub_app_write;

REVOKE ALL ON FUNCTION public.delete_tenant(tenant uuid, legal_name text, reason text, export_digest bytea, OUT report jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.delete_tenant(tenant uuid, legal_name text, reason text, export_digest bytea, OUT report jsonb) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.delete_webhook(tenant uuid, token uuid, webhook uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.delete_webhook(tenant uuid, token uuid, webhook uuid) TO hub_app_write;

REVOKE ALL ON FUNCTION public.delivery_ended(tenant uuid, webhook uuid, delivery uuid, attempt integer, response_status integer, failure text, milliseconds integer, retry_seconds double precision, failing_seconds double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION public.delivery_ended(tenant uuid, webhook uuid, delivery uuid, attempt integer, response_status integer, failure text, milliseconds integer, retry_seconds double precision, failing_seconds double precision) TO hub_app_write;

REVOKE ALL ON FUNCTION public.disable_webhook(tenant uuid, webhook uuid, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.disable_webhook(tenant uuid, webhook uuid, reason text) TO hub_delivery;

REVOKE ALL ON FUNCTION public.disconnect_integration(tenant uuid, account uuid, integration text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.disconnect_integration(tenant uuid, account uuid, integration text) TO hub_app_write;

REVOKE ALL ON FUNCTION public.doubled_digits(digits text, first_factor integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.doubled_digits(digits text, first_factor integer) TO hub_app;
GRANT ALL ON FUNCTION public.doubled_digits(digits text, first_factor integer) TO hub_auth;
GRANT ALL ON FUNCTION public.doubled_digits(digits text, first_factor integer) TO hub_company;
GRANT ALL ON FUNCTION public.doubled_digits(digits text, first_factor integer) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.drop_email_of_ended_session(account uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.drop_pending_email(account uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.dropped_by_country(tenant uuid, version text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.dropped_by_country(tenant uuid, version text) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.email_of_account(account uuid, OUT email text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.email_of_account(account uuid, OUT email text) TO hub_app_write;

REVOKE ALL ON FUNCTION public.end_google(hash bytea, OUT intent text, OUT account_id uuid, OUT session_id uuid, OUT facts jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.end_google(hash bytea, OUT intent text, OUT account_id uuid, OUT session_id uuid, OUT facts jsonb) TO hub_app_write;

REVOKE ALL ON FUNCTION public.end_integration_tokens(tenant uuid, integration text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.end_second_factor(session uuid, account uuid, step bigint, code_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.end_second_factor(session uuid, account uuid, step bigint, code_hash bytea) TO hub_app_write;

REVOKE ALL ON FUNCTION public.end_tokens_of_connection() FROM PUBLIC;
GRANT ALL ON FUNCTION public.end_tokens_of_connection() TO hub_owner;

REVOKE ALL ON FUNCTION public.end_webhooks_of_token() FROM PUBLIC;
GRANT ALL ON FUNCTION public.end_webhooks_of_token() TO hub_owner;

REVOKE ALL ON FUNCTION public.enrol_second_factor(session uuid, account uuid, sealed_secret bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.enrol_second_factor(session uuid, account uuid, sealed_secret bytea) TO hub_app_write;

REVOKE ALL ON FUNCTION public.enter(account uuid, wanted_tenant uuid, device text, address_range text, refresh_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT session_id uuid, OUT tenant_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.enter_or_challenge(account uuid, wanted_tenant uuid, device text, address_range text, refresh_hash bytea, challenge_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT session_id uuid, OUT tenant_id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.erase_tenant_events(tenant uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.event_actor(OUT kind text, OUT id text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.event_changes(before jsonb, after jsonb, recorded text[]) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.event_cursor(sequence bigint, hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.event_cursor(sequence bigint, hash bytea) TO hub_app;
GRANT ALL ON FUNCTION public.event_cursor(sequence bigint, hash bytea) TO hub_log;
GRANT ALL ON FUNCTION public.event_cursor(sequence bigint, hash bytea) TO hub_delivery;

REVOKE ALL ON FUNCTION public.event_digest(salt uuid, content text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.event_document(e public.event) FROM PUBLIC;
GRANT ALL ON FUNCTION public.event_document(e public.event) TO hub_app;
GRANT ALL ON FUNCTION public.event_document(e public.event) TO hub_log;
GRANT ALL ON FUNCTION public.event_document(e public.event) TO hub_delivery;

REVOKE ALL ON FUNCTION public.event_end(tenant uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.event_end(tenant uuid) TO hub_app;
GRANT ALL ON FUNCTION public.event_end(tenant uuid) TO hub_log;

REVOKE ALL ON FUNCTION public.event_ends(tenants uuid[], OUT tenant_id uuid, OUT sequence bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.event_ends(tenants uuid[], OUT tenant_id uuid, OUT sequence bigint) TO hub_app_write;

REVOKE ALL ON FUNCTION public.event_hash(before bytea, e public.event) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.event_message(e public.event, tells_changes boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.event_message(e public.event, tells_changes boolean) TO hub_app;
GRANT ALL ON FUNCTION public.event_message(e public.event, tells_changes boolean) TO hub_delivery;

REVOKE ALL ON FUNCTION public.event_page(tenant uuid, after text, types text[], exclude_origin text, wanted integer, OUT events jsonb, OUT cursor text, OUT has_more boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.event_page(tenant uuid, after text, types text[], exclude_origin text, wanted integer, OUT events jsonb, OUT cursor text, OUT has_more boolean) TO hub_app;
GRANT ALL ON FUNCTION public.event_page(tenant uuid, after text, types text[], exclude_origin text, wanted integer, OUT events jsonb, OUT cursor text, OUT has_more boolean) TO hub_log;

REVOKE ALL ON FUNCTION public.event_position(cursor text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.event_position(cursor text) TO hub_app;
GRANT ALL ON FUNCTION public.event_position(cursor text) TO hub_log;

REVOKE ALL ON FUNCTION public.event_samples(tenant uuid, types text[], tells_changes boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.event_samples(tenant uuid, types text[], tells_changes boolean) TO hub_app;

REVOKE ALL ON FUNCTION public.event_stays() FROM PUBLIC;
GRANT ALL ON FUNCTION public.event_stays() TO hub_owner;

REVOKE ALL ON FUNCTION public.exchange_launch(token_hash bytea, code_hash bytea, OUT outcome text, OUT account_id uuid, OUT display_name text, OUT email text, OUT language text, OUT tenant_id uuid, OUT company_name text, OUT country_version text, OUT solution text, OUT status text, OUT plan text, OUT role text, OUT session_id uuid, OUT session_expires_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.exchange_launch(token_hash bytea, code_hash bytea, OUT outcome text, OUT account_id uuid, OUT display_name text, OUT email text, OUT language text, OUT tenant_id uuid, OUT company_name text, OUT country_version text, OUT solution text, OUT status text, OUT plan text, OUT role text, OUT session_id uuid, OUT session_expires_at timestamp with time zone) TO hub_app_write;

REVOKE ALL ON FUNCTION public.export_account(session uuid, account uuid, rows_max integer, OUT outcome text, OUT document jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.export_account(session uuid, account uuid, rows_max integer, OUT outcome text, OUT document jsonb) TO hub_app_write;

REVOKE ALL ON FUNCTION public.fields_changed_after(field_revisions jsonb, revision bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.fields_changed_after(field_revisions jsonb, revision bigint) TO hub_app;

REVOKE ALL ON FUNCTION public.finish_second_factor_recovery(email text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.finish_second_factor_recovery(email text) TO hub_ops_actor;

REVOKE ALL ON FUNCTION public.forget_account_events() FROM PUBLIC;
GRANT ALL ON FUNCTION public.forget_account_events() TO hub_owner;

REVOKE ALL ON FUNCTION public.forget_codes(account uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.forget_guesses(email_key text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.forget_invitation_events() FROM PUBLIC;
GRANT ALL ON FUNCTION public.forget_invitation_events() TO hub_owner;

REVOKE ALL ON FUNCTION public.forget_person(account uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.forget_tenant_rows(tenant uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.forget_tenant_rows(tenant uuid) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.give_back_guess(network text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.give_back_guess(network text) TO hub_app_write;

REVOKE ALL ON FUNCTION public.given_fields(company jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.guess_was_right(email_key text, network text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.has_fresh_proof(session uuid, account uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.has_google_proof(session uuid, account uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.has_google_proof(session uuid, account uuid) TO hub_app_write;

REVOKE ALL ON FUNCTION public.has_second_factor(account uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.has_tax_id(tenant uuid, tax_id text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.has_tax_id(tenant uuid, tax_id text) TO hub_app;
GRANT ALL ON FUNCTION public.has_tax_id(tenant uuid, tax_id text) TO hub_auth;

REVOKE ALL ON FUNCTION public.hash_of_request(purpose text, address text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.heads_to_sign(after uuid, pause_seconds double precision, rows_max integer, OUT tenant_id uuid, OUT sequence bigint, OUT hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.heads_to_sign(after uuid, pause_seconds double precision, rows_max integer, OUT tenant_id uuid, OUT sequence bigint, OUT hash bytea) TO hub_app_write;

REVOKE ALL ON FUNCTION public.hold_company(tenant uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hold_company(tenant uuid) TO hub_app_write;

REVOKE ALL ON FUNCTION public.hold_needed_solutions(tenants uuid[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.hold_needed_solutions(tenants uuid[]) TO hub_log;

REVOKE ALL ON FUNCTION public.import_people() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.import_rows(tenant uuid, relation regclass) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.import_tenant(tenant uuid, tables text[], text_bytes_max integer, restores boolean, OUT report jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.integration_failure_message(failure text, integration text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.integration_failure_message(failure text, integration text) TO hub_app;

REVOKE ALL ON FUNCTION public.integration_settings(settings jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.integration_settings(settings jsonb) TO hub_app;

REVOKE ALL ON FUNCTION public.integrations_of(tenant uuid, account uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.integrations_of(tenant uuid, account uuid) TO hub_app;

REVOKE ALL ON FUNCTION public.invitation_of_link(link uuid, OUT email text, OUT has_account boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.invitation_of_link(link uuid, OUT email text, OUT has_account boolean) TO hub_app_write;

REVOKE ALL ON FUNCTION public.invitation_status(accepted_at timestamp with time zone, revoked_at timestamp with time zone, expires_at timestamp with time zone, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.invitation_status(accepted_at timestamp with time zone, revoked_at timestamp with time zone, expires_at timestamp with time zone, at timestamp with time zone) TO hub_app;
GRANT ALL ON FUNCTION public.invitation_status(accepted_at timestamp with time zone, revoked_at timestamp with time zone, expires_at timestamp with time zone, at timestamp with time zone) TO hub_auth;
GRANT ALL ON FUNCTION public.invitation_status(accepted_at timestamp with time zone, revoked_at timestamp with time zone, expires_at timestamp with time zone, at timestamp with time zone) TO hub_ops_reader;

REVOKE ALL ON FUNCTION public.invitation_wait(tenant uuid, invitation uuid, company_mails_max integer, invitation_mails_max integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.invite_person(actor uuid, tenant uuid, email text, role text, solution_roles jsonb, company_mails_max integer, invitation_mails_max integer, lifetime_seconds integer, OUT outcome text, OUT invitation_id uuid, OUT retry_after_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.invite_person(actor uuid, tenant uuid, email text, role text, solution_roles jsonb, company_mails_max integer, invitation_mails_max integer, lifetime_seconds integer, OUT outcome text, OUT invitation_id uuid, OUT retry_after_seconds integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.is_api_token(tenant uuid, token uuid, hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.is_api_token(tenant uuid, token uuid, hash bytea) TO hub_app;

REVOKE ALL ON FUNCTION public.is_date_of_rfc(digits text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.is_date_of_rfc(digits text) TO hub_app;
GRANT ALL ON FUNCTION public.is_date_of_rfc(digits text) TO hub_auth;
GRANT ALL ON FUNCTION public.is_date_of_rfc(digits text) TO hub_company;
GRANT ALL ON FUNCTION public.is_date_of_rfc(digits text) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.is_event_cursor(tenant uuid, cursor text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.is_event_cursor(tenant uuid, cursor text) TO hub_app;
GRANT ALL ON FUNCTION public.is_event_cursor(tenant uuid, cursor text) TO hub_log;

REVOKE ALL ON FUNCTION public.is_fresh(authenticated_at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION public.is_fresh(authenticated_at timestamp with time zone) TO hub_app;
GRANT ALL ON FUNCTION public.is_fresh(authenticated_at timestamp with time zone) TO hub_auth;

REVOKE ALL ON FUNCTION public.is_kept_from_google(account uuid, address text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.is_server() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.is_withheld_by_plan(tenant uuid, integration text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.is_withheld_by_plan(tenant uuid, integration text) TO hub_app;
GRANT ALL ON FUNCTION public.is_withheld_by_plan(tenant uuid, integration text) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.keep_answer(tenant uuid, actor uuid, key_digest bytea, field text, body_digest bytea, sealed_answer bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.keep_answer(tenant uuid, actor uuid, key_digest bytea, field text, body_digest bytea, sealed_answer bytea) TO hub_app_write;

REVOKE ALL ON FUNCTION public.keep_logo(tenant uuid, name text, digest bytea, bytes bytea, OUT logo_url text, OUT revision bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.keep_logo(tenant uuid, name text, digest bytea, bytes bytea, OUT logo_url text, OUT revision bigint) TO hub_app_write;

REVOKE ALL ON FUNCTION public.keep_photo(account uuid, name text, digest bytea, bytes bytea, OUT photo_url text, OUT revision bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.keep_photo(account uuid, name text, digest bytea, bytes bytea, OUT photo_url text, OUT revision bigint) TO hub_app_write;

REVOKE ALL ON FUNCTION public.keep_revision() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.keep_signature(tenant uuid, sequence bigint, hash bytea, signed_at timestamp with time zone, key_name text, signature bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.keep_signature(tenant uuid, sequence bigint, hash bytea, signed_at timestamp with time zone, key_name text, signature bytea) TO hub_app_write;

REVOKE ALL ON FUNCTION public.latest_claims(tenant uuid, field text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.latest_claims(tenant uuid, field text) TO hub_app;
GRANT ALL ON FUNCTION public.latest_claims(tenant uuid, field text) TO hub_company;
GRANT ALL ON FUNCTION public.latest_claims(tenant uuid, field text) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.leave_company(session uuid, account uuid, tenant uuid, OUT outcome text, OUT next_tenant uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.leave_company(session uuid, account uuid, tenant uuid, OUT outcome text, OUT next_tenant uuid) TO hub_app_write;

REVOKE ALL ON FUNCTION public.link_google(session uuid, account uuid, expected_email text, subject text, google_email text, OUT outcome text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.link_google(session uuid, account uuid, expected_email text, subject text, google_email text, OUT outcome text) TO hub_app_write;

REVOKE ALL ON FUNCTION public.live_session(session uuid, account uuid, OUT is_live boolean, OUT is_fresh boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.lock_invitations(tenant uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.lock_link(tenant uuid, invitation uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.logo_bytes(name text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.logo_bytes(name text) TO hub_app;

REVOKE ALL ON FUNCTION public.logo_length(name text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.logo_length(name text) TO hub_app;

REVOKE ALL ON FUNCTION public.look_at_link(link uuid, purpose text, OUT address text, OUT account_email text, OUT account_language text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.look_at_link(link uuid, purpose text, OUT address text, OUT account_email text, OUT account_language text) TO hub_app_write;

REVOKE ALL ON FUNCTION public.mail_failed(mail uuid, attempt integer, failure text, retry_seconds double precision) FROM PUBLIC;
GRANT ALL ON FUNCTION public.mail_failed(mail uuid, attempt integer, failure text, retry_seconds double precision) TO hub_app_write;

REVOKE ALL ON FUNCTION public.mail_invitation(tenant uuid, invitation uuid, lifetime_seconds integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.mail_language(language text, country text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.mail_language(language text, country text) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.mail_was_sent(mail uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.mail_was_sent(mail uuid) TO hub_app_write;

REVOKE ALL ON FUNCTION public.mails_asked_for() FROM PUBLIC;
GRANT ALL ON FUNCTION public.mails_asked_for() TO hub_app_write;

REVOKE ALL ON FUNCTION public.make_company(administrator uuid, country_version text, legal_name text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.make_integration_token(session uuid, account uuid, tenant uuid, integration text, hash bytea, days integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.make_integration_token(session uuid, account uuid, tenant uuid, integration text, hash bytea, days integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.make_launch(session uuid, account uuid, tenant uuid, solution text, return_origin text, code_hash bytea, lifetime_seconds integer, codes_max integer, OUT outcome text, OUT launch_url text, OUT name text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.make_launch(session uuid, account uuid, tenant uuid, solution text, return_origin text, code_hash bytea, lifetime_seconds integer, codes_max integer, OUT outcome text, OUT launch_url text, OUT name text) TO hub_app_write;

REVOKE ALL ON FUNCTION public.make_link(purpose text, account uuid, address text, lifetime interval, facts jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.make_person(email text, password_hash text, first_name text, last_name text, country text, language text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.masked_email(email text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.may_connect(tenant uuid, account uuid, integration text, tax_id text, OUT outcome text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.may_connect(tenant uuid, account uuid, integration text, tax_id text, OUT outcome text) TO hub_app_write;

REVOKE ALL ON FUNCTION public.membership_end_sessions() FROM PUBLIC;
GRANT ALL ON FUNCTION public.membership_end_sessions() TO hub_owner;

REVOKE ALL ON FUNCTION public.membership_keep_administrator() FROM PUBLIC;
GRANT ALL ON FUNCTION public.membership_keep_administrator() TO hub_owner;

REVOKE ALL ON FUNCTION public.membership_role_in_plan() FROM PUBLIC;
GRANT ALL ON FUNCTION public.membership_role_in_plan() TO hub_owner;

REVOKE ALL ON FUNCTION public.membership_take_copies() FROM PUBLIC;
GRANT ALL ON FUNCTION public.membership_take_copies() TO hub_owner;

GRANT SELECT ON TABLE public.country_version TO hub_app;
GRANT SELECT ON TABLE public.country_version TO hub_auth;
GRANT SELECT ON TABLE public.country_version TO hub_company;
GRANT SELECT ON TABLE public.country_version TO hub_ops_reader;
GRANT SELECT ON TABLE public.country_version TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.move_company(company public.company, version public.country_version) FROM PUBLIC;
GRANT ALL ON FUNCTION public.move_company(company public.company, version public.country_version) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.my_webhook(tenant uuid, token uuid, webhook uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.named_check_characters(algorithm text, body text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.named_check_characters(algorithm text, body text) TO hub_app;
GRANT ALL ON FUNCTION public.named_check_characters(algorithm text, body text) TO hub_auth;
GRANT ALL ON FUNCTION public.named_check_characters(algorithm text, body text) TO hub_company;
GRANT ALL ON FUNCTION public.named_check_characters(algorithm text, body text) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.note_api_tokens_used(tenants uuid[], tokens uuid[], seconds_ago integer[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.note_api_tokens_used(tenants uuid[], tokens uuid[], seconds_ago integer[]) TO hub_app_write;

REVOKE ALL ON FUNCTION public.note_check(tenant uuid, integration text, checked bytea, failure text, tax_id text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.note_check(tenant uuid, integration text, checked bytea, failure text, tax_id text) TO hub_app_write;

REVOKE ALL ON FUNCTION public.note_event_actor() FROM PUBLIC;
GRANT ALL ON FUNCTION public.note_event_actor() TO hub_owner;

REVOKE ALL ON FUNCTION public.note_event_companies() FROM PUBLIC;
GRANT ALL ON FUNCTION public.note_event_companies() TO hub_owner;

REVOKE ALL ON FUNCTION public.note_event_tenant() FROM PUBLIC;
GRANT ALL ON FUNCTION public.note_event_tenant() TO hub_owner;

REVOKE ALL ON FUNCTION public.note_operator_act() FROM PUBLIC;
GRANT ALL ON FUNCTION public.note_operator_act() TO hub_owner;

REVOKE ALL ON FUNCTION public.note_sessions_seen(sessions uuid[], seconds_ago integer[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.note_sessions_seen(sessions uuid[], seconds_ago integer[]) TO hub_app_write;

REVOKE ALL ON FUNCTION public.note_tenant(setting text, tenant uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.obstacles_of_people(tenant uuid, solution text, plan_before text, plan_after text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.obstacles_of_people(tenant uuid, solution text, plan_before text, plan_after text) TO hub_app;
GRANT ALL ON FUNCTION public.obstacles_of_people(tenant uuid, solution text, plan_before text, plan_after text) TO hub_auth;

REVOKE ALL ON FUNCTION public.obstacles_of_solutions(country_version text, language text, solutions text[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.obstacles_of_solutions(country_version text, language text, solutions text[]) TO hub_app;
GRANT ALL ON FUNCTION public.obstacles_of_solutions(country_version text, language text, solutions text[]) TO hub_auth;

REVOKE ALL ON FUNCTION public.open_tenant_people(tenant uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.open_tenant_people(tenant uuid) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.open_tenant_rows(tenant uuid, name text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.open_tenant_rows(tenant uuid, name text) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.open_to_operators(relation regclass) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.opening_role(tenant uuid, account uuid, solution text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.opening_role(tenant uuid, account uuid, solution text) TO hub_app;
GRANT ALL ON FUNCTION public.opening_role(tenant uuid, account uuid, solution text) TO hub_service;

REVOKE ALL ON FUNCTION public.outbox_state(OUT waiting bigint, OUT waiting_since timestamp with time zone, OUT given_up bigint, OUT given_up_at timestamp with time zone, OUT failure text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.outbox_state(OUT waiting bigint, OUT waiting_since timestamp with time zone, OUT given_up bigint, OUT given_up_at timestamp with time zone, OUT failure text) TO hub_app_write;

REVOKE ALL ON FUNCTION public.password_of_account(account uuid, OUT password_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.password_of_account(account uuid, OUT password_hash text) TO hub_app_write;

REVOKE ALL ON FUNCTION public.photo_bytes(name text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.photo_bytes(name text) TO hub_app;

REVOKE ALL ON FUNCTION public.photo_length(name text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.photo_length(name text) TO hub_app;

REVOKE ALL ON FUNCTION public.purge_api_tokens(over_seconds double precision, rows_max integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.purge_api_tokens(over_seconds double precision, rows_max integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.purge_challenges(rows_max integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.purge_challenges(rows_max integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.purge_deliveries(kept_seconds double precision, rows_max integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.purge_deliveries(kept_seconds double precision, rows_max integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.purge_events(kept_seconds double precision, rows_max integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.purge_events(kept_seconds double precision, rows_max integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.purge_guesses(rows_max integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.purge_guesses(rows_max integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.purge_journeys(rows_max integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.purge_journeys(rows_max integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.purge_kept_answers(kept_seconds double precision, rows_max integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.purge_kept_answers(kept_seconds double precision, rows_max integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.purge_launch_codes(rows_max integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.purge_launch_codes(rows_max integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.purge_link_requests(kept_seconds double precision, rows_max integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.purge_link_requests(kept_seconds double precision, rows_max integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.purge_links(expired_seconds double precision, rows_max integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.purge_links(expired_seconds double precision, rows_max integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.purge_mails(sent_seconds double precision, given_up_seconds double precision, rows_max integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.purge_mails(sent_seconds double precision, given_up_seconds double precision, rows_max integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.purge_refresh_tokens(ended_seconds double precision, rows_max integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.purge_refresh_tokens(ended_seconds double precision, rows_max integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.purge_sessions(ended_seconds double precision, device_seconds double precision, network_seconds double precision, rows_max integer, OUT removed integer, OUT looked_at integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.purge_sessions(ended_seconds double precision, device_seconds double precision, network_seconds double precision, rows_max integer, OUT removed integer, OUT looked_at integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.read_import() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.reader_account() FROM PUBLIC;
GRANT ALL ON FUNCTION public.reader_account() TO hub_app;

REVOKE ALL ON FUNCTION public.reader_language() FROM PUBLIC;
GRANT ALL ON FUNCTION public.reader_language() TO hub_app;

REVOKE ALL ON FUNCTION public.reader_token() FROM PUBLIC;
GRANT ALL ON FUNCTION public.reader_token() TO hub_app;

REVOKE ALL ON FUNCTION public.reauthenticate(session uuid, account uuid, expected_password_hash text, step bigint, code_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.reauthenticate(session uuid, account uuid, expected_password_hash text, step bigint, code_hash bytea) TO hub_app_write;

REVOKE ALL ON FUNCTION public.reauthenticate_with_google(session uuid, account uuid, subject text, OUT outcome text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.reauthenticate_with_google(session uuid, account uuid, subject text, OUT outcome text) TO hub_app_write;

REVOKE ALL ON FUNCTION public.record_account_event(account uuid, type text, details jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.record_act() FROM PUBLIC;
GRANT ALL ON FUNCTION public.record_act() TO hub_owner;

REVOKE ALL ON FUNCTION public.record_api_token() FROM PUBLIC;
GRANT ALL ON FUNCTION public.record_api_token() TO hub_owner;

REVOKE ALL ON FUNCTION public.record_company() FROM PUBLIC;
GRANT ALL ON FUNCTION public.record_company() TO hub_owner;

REVOKE ALL ON FUNCTION public.record_company_claim() FROM PUBLIC;
GRANT ALL ON FUNCTION public.record_company_claim() TO hub_owner;

REVOKE ALL ON FUNCTION public.record_company_solution() FROM PUBLIC;
GRANT ALL ON FUNCTION public.record_company_solution() TO hub_owner;

REVOKE ALL ON FUNCTION public.record_event(tenant uuid, type text, subject text, changes jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.record_google() FROM PUBLIC;
GRANT ALL ON FUNCTION public.record_google() TO hub_owner;

REVOKE ALL ON FUNCTION public.record_integration_connection() FROM PUBLIC;
GRANT ALL ON FUNCTION public.record_integration_connection() TO hub_owner;

REVOKE ALL ON FUNCTION public.record_invitation() FROM PUBLIC;
GRANT ALL ON FUNCTION public.record_invitation() TO hub_owner;

REVOKE ALL ON FUNCTION public.record_login() FROM PUBLIC;
GRANT ALL ON FUNCTION public.record_login() TO hub_owner;

REVOKE ALL ON FUNCTION public.record_membership() FROM PUBLIC;
GRANT ALL ON FUNCTION public.record_membership() TO hub_owner;

REVOKE ALL ON FUNCTION public.record_operator_act(act text, tenant uuid, account uuid, subject text, reason text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.record_operator_act(act text, tenant uuid, account uuid, subject text, reason text) TO hub_ops_actor;
GRANT ALL ON FUNCTION public.record_operator_act(act text, tenant uuid, account uuid, subject text, reason text) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.record_profile() FROM PUBLIC;
GRANT ALL ON FUNCTION public.record_profile() TO hub_owner;

REVOKE ALL ON FUNCTION public.record_second_factor() FROM PUBLIC;
GRANT ALL ON FUNCTION public.record_second_factor() TO hub_owner;

REVOKE ALL ON FUNCTION public.record_session_end() FROM PUBLIC;
GRANT ALL ON FUNCTION public.record_session_end() TO hub_owner;

REVOKE ALL ON FUNCTION public.record_solution_role() FROM PUBLIC;
GRANT ALL ON FUNCTION public.record_solution_role() TO hub_owner;

REVOKE ALL ON FUNCTION public.record_webhook() FROM PUBLIC;
GRANT ALL ON FUNCTION public.record_webhook() TO hub_owner;

REVOKE ALL ON FUNCTION public.refresh_session(token_hash bytea, new_hash bytea, idle_seconds integer, OUT outcome text, OUT account_id uuid, OUT tenant_id uuid, OUT session_id uuid, OUT successor_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.refresh_session(token_hash bytea, new_hash bytea, idle_seconds integer, OUT outcome text, OUT account_id uuid, OUT tenant_id uuid, OUT session_id uuid, OUT successor_hash bytea) TO hub_app_write;

REVOKE ALL ON FUNCTION public.refuse_import(part text, place integer, member text, reason text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.refuse_truncate() FROM PUBLIC;
GRANT ALL ON FUNCTION public.refuse_truncate() TO hub_owner;

REVOKE ALL ON FUNCTION public.refused_role(tenant uuid, role text, solution_roles jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.remove_logo(tenant uuid, OUT revision bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.remove_logo(tenant uuid, OUT revision bigint) TO hub_app_write;

REVOKE ALL ON FUNCTION public.remove_person(actor uuid, tenant uuid, person uuid, OUT outcome text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.remove_person(actor uuid, tenant uuid, person uuid, OUT outcome text) TO hub_app_write;

REVOKE ALL ON FUNCTION public.remove_photo(account uuid, OUT revision bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.remove_photo(account uuid, OUT revision bigint) TO hub_app_write;

REVOKE ALL ON FUNCTION public.replace_google(account uuid, address text, new_password_hash text, kept_session uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.replace_recovery_codes(session uuid, account uuid, step bigint, code_hash bytea, code_hashes bytea[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.replace_recovery_codes(session uuid, account uuid, step bigint, code_hash bytea, code_hashes bytea[]) TO hub_app_write;

REVOKE ALL ON FUNCTION public.replay_webhook(tenant uuid, token uuid, webhook uuid, since timestamp with time zone, until timestamp with time zone, events_max integer, OUT outcome text, OUT events integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.replay_webhook(tenant uuid, token uuid, webhook uuid, since timestamp with time zone, until timestamp with time zone, events_max integer, OUT outcome text, OUT events integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.report_company(token_hash bytea, tenant uuid, judged_by text, claims jsonb, reported_at timestamp with time zone, ahead_seconds_max integer, OUT outcome text, OUT fields jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.report_company(token_hash bytea, tenant uuid, judged_by text, claims jsonb, reported_at timestamp with time zone, ahead_seconds_max integer, OUT outcome text, OUT fields jsonb) TO hub_app_write;

REVOKE ALL ON FUNCTION public.reported_version(tenant uuid, source text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.request_password_reset(email text, lifetime_seconds integer, requests_max integer, window_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.request_password_reset(email text, lifetime_seconds integer, requests_max integer, window_seconds integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.require_administrators(tenant uuid, actor uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.require_inviter(tenant uuid, actor uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.require_operator() FROM PUBLIC;
GRANT ALL ON FUNCTION public.require_operator() TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.reseal(place text, tenant uuid, row_key text, before bytea, after bytea) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.resend_invitation(actor uuid, tenant uuid, invitation uuid, company_mails_max integer, invitation_mails_max integer, lifetime_seconds integer, OUT outcome text, OUT retry_after_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.resend_invitation(actor uuid, tenant uuid, invitation uuid, company_mails_max integer, invitation_mails_max integer, lifetime_seconds integer, OUT outcome text, OUT retry_after_seconds integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.resend_mail(mail uuid, OUT outcome text, OUT resent uuid, OUT kind text, OUT account uuid, OUT tenant uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.resend_mail(mail uuid, OUT outcome text, OUT resent uuid, OUT kind text, OUT account uuid, OUT tenant uuid) TO hub_ops_actor;

REVOKE ALL ON FUNCTION public.reset_password(link uuid, new_password_hash text, OUT outcome text, OUT email text, OUT account_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.reset_password(link uuid, new_password_hash text, OUT outcome text, OUT email text, OUT account_id uuid) TO hub_app_write;

REVOKE ALL ON FUNCTION public.revoke_api_token(tenant uuid, token uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.revoke_api_token(tenant uuid, token uuid) TO hub_app_write;

REVOKE ALL ON FUNCTION public.revoke_invitation(tenant uuid, invitation uuid, OUT outcome text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.revoke_invitation(tenant uuid, invitation uuid, OUT outcome text) TO hub_app_write;

REVOKE ALL ON FUNCTION public.revoke_invitations_of(tenant uuid, inviter uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.revoke_other_sessions(session uuid, account uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.revoke_other_sessions(session uuid, account uuid) TO hub_app_write;

REVOKE ALL ON FUNCTION public.revoke_service_token(id uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.revoke_session(account uuid, target uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.revoke_session(account uuid, target uuid) TO hub_app_write;

REVOKE ALL ON FUNCTION public.revoke_sessions(account uuid) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.revoke_tokens_of_intruder() FROM PUBLIC;
GRANT ALL ON FUNCTION public.revoke_tokens_of_intruder() TO hub_owner;

REVOKE ALL ON FUNCTION public.role_in_solution(tenant uuid, account uuid, solution text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.role_in_solution(tenant uuid, account uuid, solution text) TO hub_app;
GRANT ALL ON FUNCTION public.role_in_solution(tenant uuid, account uuid, solution text) TO hub_auth;
GRANT ALL ON FUNCTION public.role_in_solution(tenant uuid, account uuid, solution text) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.roles_allowed(tenant uuid, solution text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.roles_lost(tenant uuid, solution text, plan_before text, plan_after text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.roles_lost(tenant uuid, solution text, plan_before text, plan_after text) TO hub_app;
GRANT ALL ON FUNCTION public.roles_lost(tenant uuid, solution text, plan_before text, plan_after text) TO hub_auth;

REVOKE ALL ON FUNCTION public.rotate_api_token(session uuid, account uuid, tenant uuid, token uuid, hash bytea, overlap_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.rotate_api_token(session uuid, account uuid, tenant uuid, token uuid, hash bytea, overlap_seconds integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.rotate_webhook_secret(tenant uuid, token uuid, webhook uuid, sealed bytea, overlap_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.rotate_webhook_secret(tenant uuid, token uuid, webhook uuid, sealed bytea, overlap_seconds integer) TO hub_app_write;

GRANT SELECT ON TABLE public.kept_answer TO hub_app;
GRANT INSERT ON TABLE public.kept_answer TO hub_app_write;
GRANT SELECT,DELETE,UPDATE ON TABLE public.kept_answer TO hub_auth;
GRANT SELECT,DELETE ON TABLE public.kept_answer TO hub_ops_tenant;

GRANT UPDATE(body_digest) ON TABLE public.kept_answer TO hub_app_write;

GRANT UPDATE(sealed_answer) ON TABLE public.kept_answer TO hub_app_write;

GRANT UPDATE(kept_at) ON TABLE public.kept_answer TO hub_app_write;

REVOKE ALL ON FUNCTION public.row_key_of(answer public.kept_answer) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.sealing_key_of(sealed bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.sealing_key_of(sealed bytea) TO hub_auth;

REVOKE ALL ON FUNCTION public.sealing_keys_in_use(OUT place text, OUT key_name text, OUT secrets bigint) FROM PUBLIC;
GRANT ALL ON FUNCTION public.sealing_keys_in_use(OUT place text, OUT key_name text, OUT secrets bigint) TO hub_app_write;
GRANT ALL ON FUNCTION public.sealing_keys_in_use(OUT place text, OUT key_name text, OUT secrets bigint) TO hub_ops_reader;
GRANT ALL ON FUNCTION public.sealing_keys_in_use(OUT place text, OUT key_name text, OUT secrets bigint) TO hub_ops_read;

REVOKE ALL ON FUNCTION public.second_factor_to_prove(account uuid, guesses_max integer, window_seconds integer, OUT sealed_secret bytea, OUT last_step bigint, OUT is_confirmed boolean, OUT retry_after_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.second_factor_to_prove(account uuid, guesses_max integer, window_seconds integer, OUT sealed_secret bytea, OUT last_step bigint, OUT is_confirmed boolean, OUT retry_after_seconds integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.secrets_to_reseal(place text, key_name text, after_tenant uuid, after_row text, rows_max integer, OUT tenant uuid, OUT row_key text, OUT sealed bytea) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.service_guard(token_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.service_guard(token_hash bytea) TO hub_app_write;

REVOKE ALL ON FUNCTION public.service_of(token_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.service_of(token_hash bytea) TO hub_app;

REVOKE ALL ON FUNCTION public.service_solution(token_hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.service_solution(token_hash bytea) TO hub_app_write;
GRANT ALL ON FUNCTION public.service_solution(token_hash bytea) TO hub_company;

REVOKE ALL ON FUNCTION public.service_tokens() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.set_first_password(session uuid, account uuid, new_password_hash text, OUT outcome text, OUT sessions_ended integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.set_first_password(session uuid, account uuid, new_password_hash text, OUT outcome text, OUT sessions_ended integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.set_integration(tenant uuid, account uuid, integration text, settings jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.set_integration(tenant uuid, account uuid, integration text, settings jsonb) TO hub_app_write;

REVOKE ALL ON FUNCTION public.settle_claims(tenant uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.settle_claims(tenant uuid) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.sign_in(account uuid, expected_password_hash text, wanted_tenant uuid, device text, address_range text, refresh_hash bytea, challenge_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT session_id uuid, OUT tenant_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.sign_in(account uuid, expected_password_hash text, wanted_tenant uuid, device text, address_range text, refresh_hash bytea, challenge_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT session_id uuid, OUT tenant_id uuid) TO hub_app_write;

REVOKE ALL ON FUNCTION public.sign_in_with_google(subject text, device text, address_range text, refresh_hash bytea, challenge_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT account_id uuid, OUT session_id uuid, OUT tenant_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.sign_in_with_google(subject text, device text, address_range text, refresh_hash bytea, challenge_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT account_id uuid, OUT session_id uuid, OUT tenant_id uuid) TO hub_app_write;

REVOKE ALL ON FUNCTION public.sign_out(session uuid, account uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.sign_out(session uuid, account uuid) TO hub_app_write;

REVOKE ALL ON FUNCTION public.sign_up(email text, language text, lifetime_seconds integer, requests_max integer, window_seconds integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.sign_up(email text, language text, lifetime_seconds integer, requests_max integer, window_seconds integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.sign_up_with_google(subject text, google_email text, given_name text, family_name text, country text, language text, company_name text, country_version text, device text, address_range text, refresh_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT account_id uuid, OUT session_id uuid, OUT tenant_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.sign_up_with_google(subject text, google_email text, given_name text, family_name text, country text, language text, company_name text, country_version text, device text, address_range text, refresh_hash bytea, idle_seconds integer, absolute_seconds integer, OUT outcome text, OUT account_id uuid, OUT session_id uuid, OUT tenant_id uuid) TO hub_app_write;

REVOKE ALL ON FUNCTION public.signature_stands(tenant uuid, sequence bigint, hash bytea) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.signatures_to_verify(after_tenant uuid, after_sequence bigint, rows_max integer, OUT tenant_id uuid, OUT sequence bigint, OUT hash bytea, OUT signed_at timestamp with time zone, OUT key_name text, OUT signature bytea, OUT stands boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.solution_role_in_plan() FROM PUBLIC;
GRANT ALL ON FUNCTION public.solution_role_in_plan() TO hub_owner;

REVOKE ALL ON FUNCTION public.spread_events(webhooks_max integer, events_max integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.spread_events(webhooks_max integer, events_max integer) TO hub_app_write;

REVOKE ALL ON FUNCTION public.switch_company(session uuid, account uuid, tenant uuid, OUT outcome text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.switch_company(session uuid, account uuid, tenant uuid, OUT outcome text) TO hub_app_write;

REVOKE ALL ON FUNCTION public.system_of(user_agent text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.system_of(user_agent text) TO hub_app;

REVOKE ALL ON FUNCTION public.take_event_heads() FROM PUBLIC;

REVOKE ALL ON FUNCTION public.take_guess(email_hash bytea, client text, guesses_max integer, window_seconds integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.take_report(source text, tenant uuid, claims jsonb, reported_at timestamp with time zone, ahead_seconds_max integer, OUT outcome text, OUT fields jsonb) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.tax_check_characters(algorithm text, body text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.tax_check_characters(algorithm text, body text) TO hub_app;
GRANT ALL ON FUNCTION public.tax_check_characters(algorithm text, body text) TO hub_auth;
GRANT ALL ON FUNCTION public.tax_check_characters(algorithm text, body text) TO hub_company;
GRANT ALL ON FUNCTION public.tax_check_characters(algorithm text, body text) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.tax_number_fault(country_version text, type text, number text, check_digit text, kind_of_person text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.tax_number_fault(country_version text, type text, number text, check_digit text, kind_of_person text) TO hub_app;
GRANT ALL ON FUNCTION public.tax_number_fault(country_version text, type text, number text, check_digit text, kind_of_person text) TO hub_auth;
GRANT ALL ON FUNCTION public.tax_number_fault(country_version text, type text, number text, check_digit text, kind_of_person text) TO hub_company;
GRANT ALL ON FUNCTION public.tax_number_fault(country_version text, type text, number text, check_digit text, kind_of_person text) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.tell_of_deletion(tenant uuid, company_name text, OUT people jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION public.tell_of_deletion(tenant uuid, company_name text, OUT people jsonb) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.tell_of_new_email(account uuid, email_before text, undo_seconds integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.tenant_columns(relation regclass) FROM PUBLIC;
GRANT ALL ON FUNCTION public.tenant_columns(relation regclass) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.tenant_people(tenant uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.tenant_people(tenant uuid) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.tenant_tables() FROM PUBLIC;
GRANT ALL ON FUNCTION public.tenant_tables() TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.tenant_traces(tenant uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.tenant_traces(tenant uuid) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.tenants_with_a_log(after uuid, rows_max integer) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.test_webhook(tenant uuid, token uuid, webhook uuid, OUT outcome text, OUT delivery uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.test_webhook(tenant uuid, token uuid, webhook uuid, OUT outcome text, OUT delivery uuid) TO hub_app_write;

REVOKE ALL ON FUNCTION public.token_guard(tenant uuid, token uuid, hash bytea, scope text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.token_guard(tenant uuid, token uuid, hash bytea, scope text) TO hub_app_write;

REVOKE ALL ON FUNCTION public.undo_email(link uuid, reset_seconds integer, OUT outcome text, OUT email text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.undo_email(link uuid, reset_seconds integer, OUT outcome text, OUT email text) TO hub_app_write;

REVOKE ALL ON FUNCTION public.undo_second_factor(link uuid, reset_seconds integer, OUT outcome text, OUT email text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.undo_second_factor(link uuid, reset_seconds integer, OUT outcome text, OUT email text) TO hub_app_write;

REVOKE ALL ON FUNCTION public.unfit_fields(tenant uuid, version text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.unfit_fields(tenant uuid, version text) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.unlink_google(session uuid, account uuid, expected_email text, new_password_hash text, OUT outcome text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.unlink_google(session uuid, account uuid, expected_email text, new_password_hash text, OUT outcome text) TO hub_app_write;

REVOKE ALL ON FUNCTION public.unlock_account(account uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION public.unlock_account(account uuid) TO hub_ops_actor;

REVOKE ALL ON FUNCTION public.update_webhook(tenant uuid, token uuid, webhook uuid, url text, name text, event_types text[], all_events boolean, concurrency integer, enabled boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION public.update_webhook(tenant uuid, token uuid, webhook uuid, url text, name text, event_types text[], all_events boolean, concurrency integer, enabled boolean) TO hub_app_write;

REVOKE ALL ON FUNCTION public.upgrade_password_hash(account uuid, old_hash text, new_hash text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.upgrade_password_hash(account uuid, old_hash text, new_hash text) TO hub_app_write;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.one_time_link TO hub_auth;
GRANT SELECT ON TABLE public.one_time_link TO hub_delivery;
GRANT SELECT,DELETE ON TABLE public.one_time_link TO hub_ops_tenant;

GRANT SELECT(id) ON TABLE public.one_time_link TO hub_ops_reader;

GRANT SELECT(purpose) ON TABLE public.one_time_link TO hub_ops_reader;

GRANT SELECT(account_id) ON TABLE public.one_time_link TO hub_ops_reader;

GRANT SELECT(facts) ON TABLE public.one_time_link TO hub_ops_reader;

GRANT SELECT(created_at) ON TABLE public.one_time_link TO hub_ops_reader;

GRANT SELECT(expires_at) ON TABLE public.one_time_link TO hub_ops_reader;

GRANT SELECT(used_at) ON TABLE public.one_time_link TO hub_ops_reader;

GRANT SELECT(voided_at) ON TABLE public.one_time_link TO hub_ops_reader;
GRANT UPDATE(voided_at) ON TABLE public.one_time_link TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.use_link(link uuid, purpose text, OUT used public.one_time_link) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.use_second_factor(account uuid, step bigint, code_hash bytea) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.verify_event_chain(tenant uuid, OUT sequence bigint, OUT problem text) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.void_links(account uuid, purposes text[]) FROM PUBLIC;

GRANT SELECT ON TABLE public.webhook_delivery TO hub_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.webhook_delivery TO hub_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.webhook_delivery TO hub_delivery;
GRANT SELECT ON TABLE public.webhook_delivery TO hub_ops_reader;
GRANT SELECT,DELETE ON TABLE public.webhook_delivery TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.webhook_body(delivery public.webhook_delivery, tells_changes boolean) FROM PUBLIC;

REVOKE ALL ON FUNCTION public.webhook_message_id(hash bytea) FROM PUBLIC;
GRANT ALL ON FUNCTION public.webhook_message_id(hash bytea) TO hub_delivery;
GRANT ALL ON FUNCTION public.webhook_message_id(hash bytea) TO hub_app;

REVOKE ALL ON FUNCTION public.weighted_check_characters(rule text, body text) FROM PUBLIC;
GRANT ALL ON FUNCTION public.weighted_check_characters(rule text, body text) TO hub_app;
GRANT ALL ON FUNCTION public.weighted_check_characters(rule text, body text) TO hub_auth;
GRANT ALL ON FUNCTION public.weighted_check_characters(rule text, body text) TO hub_company;
GRANT ALL ON FUNCTION public.weighted_check_characters(rule text, body text) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.weighted_digits(digits text, weights integer[]) FROM PUBLIC;
GRANT ALL ON FUNCTION public.weighted_digits(digits text, weights integer[]) TO hub_app;
GRANT ALL ON FUNCTION public.weighted_digits(digits text, weights integer[]) TO hub_auth;
GRANT ALL ON FUNCTION public.weighted_digits(digits text, weights integer[]) TO hub_company;
GRANT ALL ON FUNCTION public.weighted_digits(digits text, weights integer[]) TO hub_ops_tenant;

REVOKE ALL ON FUNCTION public.withdraw_invitation_mails(tenant uuid, invitation uuid, inviter uuid) FROM PUBLIC;

GRANT SELECT ON TABLE public.account_event TO hub_app;
GRANT SELECT ON TABLE public.account_event TO hub_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.account_event TO hub_log;
GRANT SELECT ON TABLE public.account_event TO hub_ops_reader;
GRANT SELECT ON TABLE public.account_event TO hub_ops_tenant;

GRANT SELECT ON TABLE ops.account_events TO hub_ops_read;

GRANT SELECT,INSERT,DELETE ON TABLE public.operator_act TO hub_log;
GRANT SELECT ON TABLE public.operator_act TO hub_ops_reader;
GRANT SELECT ON TABLE public.operator_act TO hub_ops_tenant;

GRANT UPDATE(about_tenant_id) ON TABLE public.operator_act TO hub_ops_tenant;

GRANT UPDATE(subject) ON TABLE public.operator_act TO hub_log;

GRANT SELECT ON TABLE ops.acts TO hub_ops_read;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.api_token TO hub_auth;
GRANT SELECT,DELETE ON TABLE public.api_token TO hub_ops_tenant;

GRANT SELECT(tenant_id) ON TABLE public.api_token TO hub_app;
GRANT SELECT(tenant_id) ON TABLE public.api_token TO hub_ops_reader;

GRANT SELECT(id) ON TABLE public.api_token TO hub_app;
GRANT SELECT(id) ON TABLE public.api_token TO hub_ops_reader;

GRANT SELECT(name) ON TABLE public.api_token TO hub_app;
GRANT SELECT(name) ON TABLE public.api_token TO hub_ops_reader;

GRANT SELECT(scopes) ON TABLE public.api_token TO hub_app;
GRANT SELECT(scopes) ON TABLE public.api_token TO hub_ops_reader;

GRANT SELECT(previous_until) ON TABLE public.api_token TO hub_app;

GRANT SELECT(created_by) ON TABLE public.api_token TO hub_app;
GRANT SELECT(created_by) ON TABLE public.api_token TO hub_ops_reader;

GRANT SELECT(created_at) ON TABLE public.api_token TO hub_app;
GRANT SELECT(created_at) ON TABLE public.api_token TO hub_ops_reader;

GRANT SELECT(rotated_at) ON TABLE public.api_token TO hub_app;
GRANT SELECT(rotated_at) ON TABLE public.api_token TO hub_ops_reader;

GRANT SELECT(expires_at) ON TABLE public.api_token TO hub_app;
GRANT SELECT(expires_at) ON TABLE public.api_token TO hub_ops_reader;

GRANT SELECT(revoked_at) ON TABLE public.api_token TO hub_app;
GRANT SELECT(revoked_at) ON TABLE public.api_token TO hub_ops_reader;

GRANT SELECT(last_used_at) ON TABLE public.api_token TO hub_app;
GRANT SELECT(last_used_at) ON TABLE public.api_token TO hub_ops_reader;

GRANT SELECT(integration) ON TABLE public.api_token TO hub_app;
GRANT SELECT(integration) ON TABLE public.api_token TO hub_ops_reader;

GRANT SELECT ON TABLE ops.api_tokens TO hub_ops_read;

GRANT SELECT,INSERT,DELETE ON TABLE public.mail TO hub_auth;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.mail TO hub_delivery;
GRANT SELECT,DELETE ON TABLE public.mail TO hub_ops_tenant;

GRANT SELECT(id) ON TABLE public.mail TO hub_ops_reader;

GRANT SELECT(kind) ON TABLE public.mail TO hub_ops_reader;
GRANT INSERT(kind) ON TABLE public.mail TO hub_ops_tenant;

GRANT SELECT(account_id) ON TABLE public.mail TO hub_ops_reader;
GRANT INSERT(account_id) ON TABLE public.mail TO hub_ops_tenant;

GRANT SELECT(address) ON TABLE public.mail TO hub_ops_reader;
GRANT INSERT(address) ON TABLE public.mail TO hub_ops_tenant;

GRANT INSERT(name) ON TABLE public.mail TO hub_ops_tenant;

GRANT SELECT(language) ON TABLE public.mail TO hub_ops_reader;
GRANT INSERT(language) ON TABLE public.mail TO hub_ops_tenant;

GRANT UPDATE(facts) ON TABLE public.mail TO hub_auth;
GRANT INSERT(facts) ON TABLE public.mail TO hub_ops_tenant;

GRANT SELECT(link_id) ON TABLE public.mail TO hub_ops_reader;
GRANT INSERT(link_id) ON TABLE public.mail TO hub_ops_tenant;

GRANT SELECT(created_at) ON TABLE public.mail TO hub_ops_reader;

GRANT SELECT(attempts) ON TABLE public.mail TO hub_ops_reader;

GRANT SELECT(next_attempt_at) ON TABLE public.mail TO hub_ops_reader;

GRANT SELECT(sent_at) ON TABLE public.mail TO hub_ops_reader;

GRANT SELECT(given_up_at) ON TABLE public.mail TO hub_ops_reader;

GRANT SELECT(failure) ON TABLE public.mail TO hub_ops_reader;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.webhook TO hub_auth;
GRANT SELECT ON TABLE public.webhook TO hub_delivery;
GRANT SELECT,DELETE ON TABLE public.webhook TO hub_ops_tenant;

GRANT SELECT(tenant_id) ON TABLE public.webhook TO hub_app;
GRANT SELECT(tenant_id) ON TABLE public.webhook TO hub_ops_reader;

GRANT SELECT(id) ON TABLE public.webhook TO hub_app;
GRANT SELECT(id) ON TABLE public.webhook TO hub_ops_reader;

GRANT SELECT(url) ON TABLE public.webhook TO hub_app;
GRANT SELECT(url) ON TABLE public.webhook TO hub_ops_reader;

GRANT SELECT(name) ON TABLE public.webhook TO hub_app;
GRANT SELECT(name) ON TABLE public.webhook TO hub_ops_reader;

GRANT SELECT(event_types) ON TABLE public.webhook TO hub_app;
GRANT SELECT(event_types) ON TABLE public.webhook TO hub_ops_reader;

GRANT SELECT(tells_changes) ON TABLE public.webhook TO hub_app;

GRANT SELECT(concurrency) ON TABLE public.webhook TO hub_app;
GRANT SELECT(concurrency) ON TABLE public.webhook TO hub_ops_reader;

GRANT SELECT(previous_until) ON TABLE public.webhook TO hub_app;

GRANT UPDATE("position") ON TABLE public.webhook TO hub_delivery;
GRANT SELECT("position") ON TABLE public.webhook TO hub_ops_reader;

GRANT SELECT(api_token) ON TABLE public.webhook TO hub_app;
GRANT SELECT(api_token) ON TABLE public.webhook TO hub_ops_reader;

GRANT SELECT(created_by) ON TABLE public.webhook TO hub_app;
GRANT SELECT(created_by) ON TABLE public.webhook TO hub_ops_reader;

GRANT SELECT(created_at) ON TABLE public.webhook TO hub_app;
GRANT SELECT(created_at) ON TABLE public.webhook TO hub_ops_reader;

GRANT SELECT(failing_since) ON TABLE public.webhook TO hub_app;
GRANT UPDATE(failing_since) ON TABLE public.webhook TO hub_delivery;
GRANT SELECT(failing_since) ON TABLE public.webhook TO hub_ops_reader;

GRANT SELECT(disabled_at) ON TABLE public.webhook TO hub_app;
GRANT UPDATE(disabled_at) ON TABLE public.webhook TO hub_delivery;
GRANT SELECT(disabled_at) ON TABLE public.webhook TO hub_ops_reader;

GRANT SELECT(disabled_for) ON TABLE public.webhook TO hub_app;
GRANT UPDATE(disabled_for) ON TABLE public.webhook TO hub_delivery;
GRANT SELECT(disabled_for) ON TABLE public.webhook TO hub_ops_reader;

GRANT SELECT ON TABLE ops.dead_letters TO hub_ops_read;

GRANT SELECT ON TABLE public.tenant_tombstone TO hub_ops_reader;
GRANT SELECT,INSERT ON TABLE public.tenant_tombstone TO hub_ops_tenant;

GRANT SELECT ON TABLE ops.deleted_companies TO hub_ops_read;

GRANT SELECT ON TABLE public.event_head TO hub_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.event_head TO hub_log;
GRANT SELECT ON TABLE public.event_head TO hub_delivery;
GRANT SELECT ON TABLE public.event_head TO hub_auth;
GRANT SELECT ON TABLE public.event_head TO hub_ops_reader;
GRANT SELECT,DELETE ON TABLE public.event_head TO hub_ops_tenant;

GRANT SELECT ON TABLE ops.event_lag TO hub_ops_read;

GRANT SELECT ON TABLE ops.events TO hub_ops_read;

GRANT SELECT ON TABLE ops.indexes TO hub_ops_read;

GRANT INSERT,DELETE ON TABLE public.integration_connection TO hub_app_write;
GRANT SELECT,DELETE ON TABLE public.integration_connection TO hub_ops_tenant;

GRANT SELECT(tenant_id) ON TABLE public.integration_connection TO hub_app;
GRANT SELECT(tenant_id) ON TABLE public.integration_connection TO hub_auth;
GRANT SELECT(tenant_id) ON TABLE public.integration_connection TO hub_ops_reader;

GRANT SELECT(integration) ON TABLE public.integration_connection TO hub_app;
GRANT SELECT(integration) ON TABLE public.integration_connection TO hub_auth;
GRANT SELECT(integration) ON TABLE public.integration_connection TO hub_ops_reader;

GRANT SELECT(state) ON TABLE public.integration_connection TO hub_app;
GRANT SELECT(state),UPDATE(state) ON TABLE public.integration_connection TO hub_auth;
GRANT UPDATE(state) ON TABLE public.integration_connection TO hub_app_write;
GRANT SELECT(state) ON TABLE public.integration_connection TO hub_ops_reader;

GRANT SELECT(connected_at) ON TABLE public.integration_connection TO hub_app;
GRANT SELECT(connected_at) ON TABLE public.integration_connection TO hub_auth;
GRANT UPDATE(connected_at) ON TABLE public.integration_connection TO hub_app_write;
GRANT SELECT(connected_at) ON TABLE public.integration_connection TO hub_ops_reader;

GRANT SELECT(connected_by) ON TABLE public.integration_connection TO hub_app;
GRANT SELECT(connected_by),UPDATE(connected_by) ON TABLE public.integration_connection TO hub_auth;
GRANT UPDATE(connected_by) ON TABLE public.integration_connection TO hub_app_write;
GRANT SELECT(connected_by) ON TABLE public.integration_connection TO hub_ops_reader;

GRANT SELECT(connected_by_name) ON TABLE public.integration_connection TO hub_app;
GRANT UPDATE(connected_by_name) ON TABLE public.integration_connection TO hub_auth;
GRANT UPDATE(connected_by_name) ON TABLE public.integration_connection TO hub_app_write;
GRANT SELECT(connected_by_name) ON TABLE public.integration_connection TO hub_ops_reader;

GRANT SELECT(checked_at) ON TABLE public.integration_connection TO hub_app;
GRANT UPDATE(checked_at) ON TABLE public.integration_connection TO hub_app_write;
GRANT UPDATE(checked_at) ON TABLE public.integration_connection TO hub_auth;
GRANT SELECT(checked_at) ON TABLE public.integration_connection TO hub_ops_reader;

GRANT SELECT(failure) ON TABLE public.integration_connection TO hub_app;
GRANT UPDATE(failure) ON TABLE public.integration_connection TO hub_auth;
GRANT UPDATE(failure) ON TABLE public.integration_connection TO hub_app_write;
GRANT SELECT(failure) ON TABLE public.integration_connection TO hub_ops_reader;

GRANT SELECT(sealed_credentials),UPDATE(sealed_credentials) ON TABLE public.integration_connection TO hub_auth;
GRANT UPDATE(sealed_credentials) ON TABLE public.integration_connection TO hub_app_write;

GRANT SELECT(settings) ON TABLE public.integration_connection TO hub_app;
GRANT UPDATE(settings) ON TABLE public.integration_connection TO hub_app_write;

GRANT SELECT ON TABLE public.integration_country TO hub_app;
GRANT SELECT ON TABLE public.integration_country TO hub_ops_reader;
GRANT SELECT ON TABLE public.integration_country TO hub_ops_tenant;

GRANT SELECT ON TABLE ops.integrations TO hub_ops_read;

GRANT SELECT ON TABLE public.invitation TO hub_app;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.invitation TO hub_auth;
GRANT SELECT ON TABLE public.invitation TO hub_ops_reader;
GRANT SELECT,DELETE ON TABLE public.invitation TO hub_ops_tenant;

GRANT SELECT(tenant_id) ON TABLE public.invitation TO hub_log;

GRANT SELECT(id) ON TABLE public.invitation TO hub_log;

GRANT SELECT(email_key) ON TABLE public.invitation TO hub_log;

GRANT SELECT(accepted_at) ON TABLE public.invitation TO hub_log;

GRANT SELECT ON TABLE ops.invitations TO hub_ops_read;

GRANT SELECT ON TABLE public.solution_role TO hub_app;
GRANT SELECT,INSERT,DELETE ON TABLE public.solution_role TO hub_auth;
GRANT SELECT ON TABLE public.solution_role TO hub_service;
GRANT SELECT ON TABLE public.solution_role TO hub_ops_reader;
GRANT SELECT,DELETE ON TABLE public.solution_role TO hub_ops_tenant;

GRANT UPDATE(role) ON TABLE public.solution_role TO hub_auth;

GRANT SELECT ON TABLE ops.memberships TO hub_ops_read;

GRANT SELECT ON TABLE public.country_plan TO hub_app;
GRANT SELECT ON TABLE public.country_plan TO hub_auth;
GRANT SELECT ON TABLE public.country_plan TO hub_ops_reader;
GRANT SELECT ON TABLE public.country_plan TO hub_ops_tenant;

GRANT SELECT ON TABLE public.country_solution TO hub_app;
GRANT SELECT ON TABLE public.country_solution TO hub_auth;
GRANT SELECT ON TABLE public.country_solution TO hub_service;
GRANT SELECT ON TABLE public.country_solution TO hub_ops_reader;
GRANT SELECT ON TABLE public.country_solution TO hub_ops_tenant;

GRANT SELECT ON TABLE public.integration TO hub_app;
GRANT SELECT ON TABLE public.integration TO hub_auth;
GRANT SELECT ON TABLE public.integration TO hub_ops_reader;
GRANT SELECT ON TABLE public.integration TO hub_ops_tenant;

GRANT SELECT ON TABLE public.plan TO hub_app;
GRANT SELECT ON TABLE public.plan TO hub_auth;
GRANT SELECT ON TABLE public.plan TO hub_ops_reader;
GRANT SELECT ON TABLE public.plan TO hub_ops_tenant;

GRANT SELECT ON TABLE ops.offers TO hub_ops_read;

GRANT SELECT ON TABLE ops.outbox TO hub_ops_read;

GRANT SELECT ON TABLE ops.sessions TO hub_ops_read;

GRANT SELECT ON TABLE ops.overview TO hub_ops_read;

GRANT SELECT ON TABLE ops.report_companies TO hub_report;

GRANT SELECT ON TABLE ops.report_events TO hub_report;

GRANT SELECT ON TABLE ops.report_integrations TO hub_report;

GRANT SELECT ON TABLE ops.report_mails TO hub_report;

GRANT SELECT ON TABLE ops.report_people TO hub_report;

GRANT SELECT ON TABLE ops.report_solutions TO hub_report;

GRANT SELECT ON TABLE ops.report_webhooks TO hub_report;

GRANT SELECT ON TABLE ops.sealing_keys TO hub_ops_read;

GRANT SELECT ON TABLE ops.slow_statements TO hub_ops_read;

GRANT SELECT ON TABLE ops.solutions TO hub_ops_read;

GRANT SELECT ON TABLE ops.tables TO hub_ops_read;

GRANT SELECT ON TABLE ops.webhook_deliveries TO hub_ops_read;

GRANT SELECT ON TABLE ops.webhooks TO hub_ops_read;

GRANT SELECT ON TABLE public.audit_signature TO hub_app;
GRANT SELECT,INSERT ON TABLE public.audit_signature TO hub_log;
GRANT SELECT,DELETE ON TABLE public.audit_signature TO hub_ops_tenant;

GRANT SELECT ON TABLE public.catalogue_revision TO hub_app;
GRANT SELECT ON TABLE public.catalogue_revision TO hub_ops_tenant;

GRANT SELECT ON TABLE public.company_claim TO hub_app;
GRANT SELECT,INSERT ON TABLE public.company_claim TO hub_company;
GRANT SELECT,DELETE ON TABLE public.company_claim TO hub_ops_tenant;

GRANT SELECT ON TABLE public.company_confirmation TO hub_app;
GRANT SELECT,INSERT,UPDATE ON TABLE public.company_confirmation TO hub_company;
GRANT SELECT,DELETE ON TABLE public.company_confirmation TO hub_ops_tenant;

GRANT SELECT(tenant_id) ON TABLE public.company_confirmation TO hub_auth;

GRANT SELECT(field) ON TABLE public.company_confirmation TO hub_auth;

GRANT SELECT(confirmed_by) ON TABLE public.company_confirmation TO hub_auth;

GRANT SELECT(confirmed_by_name) ON TABLE public.company_confirmation TO hub_auth;

GRANT SELECT(confirmed_at) ON TABLE public.company_confirmation TO hub_auth;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.company_logo TO hub_company;
GRANT SELECT,DELETE ON TABLE public.company_logo TO hub_ops_tenant;

GRANT SELECT(tenant_id) ON TABLE public.company_logo TO hub_app;

GRANT SELECT(stored_at) ON TABLE public.company_logo TO hub_app;

GRANT SELECT ON TABLE public.currency TO hub_app;
GRANT SELECT ON TABLE public.currency TO hub_ops_tenant;

GRANT SELECT ON TABLE public.form_field TO hub_app;
GRANT SELECT ON TABLE public.form_field TO hub_auth;
GRANT SELECT ON TABLE public.form_field TO hub_company;
GRANT SELECT ON TABLE public.form_field TO hub_ops_tenant;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.google_flow TO hub_auth;
GRANT SELECT ON TABLE public.google_flow TO hub_ops_tenant;

GRANT SELECT ON TABLE public.integration_credential_field TO hub_app;
GRANT SELECT ON TABLE public.integration_credential_field TO hub_ops_tenant;

GRANT SELECT ON TABLE public.integration_failure TO hub_app;
GRANT SELECT ON TABLE public.integration_failure TO hub_ops_tenant;

GRANT SELECT ON TABLE public.integration_filter TO hub_app;
GRANT SELECT ON TABLE public.integration_filter TO hub_ops_tenant;

GRANT SELECT ON TABLE public.integration_plan TO hub_app;
GRANT SELECT ON TABLE public.integration_plan TO hub_ops_tenant;

GRANT SELECT ON TABLE public.integration_role TO hub_app;
GRANT SELECT ON TABLE public.integration_role TO hub_ops_tenant;

GRANT SELECT ON TABLE public.integration_setting_field TO hub_app;
GRANT SELECT ON TABLE public.integration_setting_field TO hub_ops_tenant;

GRANT SELECT ON TABLE public.integration_verifier TO hub_app;
GRANT SELECT ON TABLE public.integration_verifier TO hub_ops_tenant;

GRANT SELECT ON TABLE public.kind_of_person TO hub_app;
GRANT SELECT ON TABLE public.kind_of_person TO hub_auth;
GRANT SELECT ON TABLE public.kind_of_person TO hub_company;
GRANT SELECT ON TABLE public.kind_of_person TO hub_ops_tenant;

GRANT SELECT ON TABLE public.language TO hub_app;
GRANT SELECT ON TABLE public.language TO hub_ops_tenant;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.launch_code TO hub_service;
GRANT SELECT,DELETE ON TABLE public.launch_code TO hub_ops_tenant;

GRANT SELECT ON TABLE public.launcher_link TO hub_app;
GRANT SELECT ON TABLE public.launcher_link TO hub_ops_tenant;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.link_request TO hub_auth;
GRANT SELECT ON TABLE public.link_request TO hub_ops_tenant;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.photo TO hub_auth;
GRANT SELECT ON TABLE public.photo TO hub_ops_tenant;

GRANT SELECT ON TABLE public.plan_role TO hub_app;
GRANT SELECT ON TABLE public.plan_role TO hub_auth;
GRANT SELECT ON TABLE public.plan_role TO hub_ops_tenant;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.recovery_code TO hub_auth;
GRANT SELECT ON TABLE public.recovery_code TO hub_ops_tenant;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.refresh_token TO hub_auth;
GRANT SELECT ON TABLE public.refresh_token TO hub_ops_tenant;

GRANT SELECT ON TABLE public.role_solution TO hub_app;
GRANT SELECT ON TABLE public.role_solution TO hub_service;
GRANT SELECT ON TABLE public.role_solution TO hub_ops_tenant;

GRANT SELECT,INSERT,UPDATE ON TABLE public.service_token TO hub_service;
GRANT SELECT ON TABLE public.service_token TO hub_ops_tenant;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.sign_in_challenge TO hub_auth;
GRANT SELECT ON TABLE public.sign_in_challenge TO hub_ops_tenant;

GRANT UPDATE(wanted_tenant_id) ON TABLE public.sign_in_challenge TO hub_ops_tenant;

GRANT SELECT ON TABLE public.solution TO hub_app;
GRANT SELECT ON TABLE public.solution TO hub_auth;
GRANT SELECT ON TABLE public.solution TO hub_company;
GRANT SELECT ON TABLE public.solution TO hub_service;
GRANT SELECT ON TABLE public.solution TO hub_ops_tenant;

GRANT SELECT ON TABLE public.solution_dependency TO hub_app;
GRANT SELECT ON TABLE public.solution_dependency TO hub_auth;
GRANT SELECT ON TABLE public.solution_dependency TO hub_ops_tenant;

GRANT SELECT ON TABLE public.solution_requirement TO hub_app;
GRANT SELECT ON TABLE public.solution_requirement TO hub_ops_tenant;

GRANT SELECT ON TABLE public.tax_id_type TO hub_app;
GRANT SELECT ON TABLE public.tax_id_type TO hub_auth;
GRANT SELECT ON TABLE public.tax_id_type TO hub_company;
GRANT SELECT ON TABLE public.tax_id_type TO hub_ops_tenant;

GRANT SELECT ON TABLE public.tax_regime TO hub_app;
GRANT SELECT ON TABLE public.tax_regime TO hub_company;
GRANT SELECT ON TABLE public.tax_regime TO hub_ops_tenant;

ALTER DEFAULT PRIVILEGES FOR ROLE hub_auth REVOKE ALL ON FUNCTIONS  FROM PUBLIC;

ALTER DEFAULT PRIVILEGES FOR ROLE hub_company REVOKE ALL ON FUNCTIONS  FROM PUBLIC;

ALTER DEFAULT PRIVILEGES FOR ROLE hub_delivery REVOKE ALL ON FUNCTIONS  FROM PUBLIC;

ALTER DEFAULT PRIVILEGES FOR ROLE hub_log REVOKE ALL ON FUNCTIONS  FROM PUBLIC;

ALTER DEFAULT PRIVILEGES FOR ROLE hub_ops_actor REVOKE ALL ON FUNCTIONS  FROM PUBLIC;

ALTER DEFAULT PRIVILEGES FOR ROLE hub_ops_reader REVOKE ALL ON FUNCTIONS  FROM PUBLIC;

ALTER DEFAULT PRIVILEGES FOR ROLE hub_ops_tenant REVOKE ALL ON FUNCTIONS  FROM PUBLIC;

ALTER DEFAULT PRIVILEGES FOR ROLE hub_owner REVOKE ALL ON FUNCTIONS  FROM PUBLIC;

ALTER DEFAULT PRIVILEGES FOR ROLE hub_service REVOKE ALL ON FUNCTIONS  FROM PUBLIC;

