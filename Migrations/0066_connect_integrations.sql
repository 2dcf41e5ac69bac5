-- Connecting and disconnecting. What comes out: the settings of a connection, and the functions
-- that decide at last, in the transaction that writes: whoever verified credentials spoke to
-- somebody else's server meanwhile, with no transaction open, and everything may have changed.
--
-- What is sealed is written by the server and read by it only to verify it again, through
-- credentials_to_check(), one connection of the request's own company at a time.

set local row_security = on;

set local role hub_owner;

alter table integration_connection
  add column settings jsonb not null default '{}' check (jsonb_typeof(settings) = 'object'),
  add foreign key (failure) references integration_failure;

comment on column integration_connection.settings is
  'What the connection is set to: texts by the names of integration_setting_field.';
comment on column integration_connection.failure is
  'Why it is not in order, as integration_failure has it.';

grant select (settings) on integration_connection to hub_app;
grant insert, delete on integration_connection to hub_app_write;
grant update (
  state, failure, connected_at, connected_by, connected_by_name, checked_at, sealed_credentials,
  settings)
  on integration_connection to hub_app_write;

grant select (tenant_id, integration, sealed_credentials), update (checked_at)
  on integration_connection to hub_auth;
grant select (tenant_id, identification_number, identification_check_digit) on company to hub_auth;

-- Who may have it ---------------------------------------------------------------------------------

create function is_withheld_by_plan(tenant uuid, integration text) returns boolean
language sql stable
as $$
  select exists (
      select from integration_plan p where p.integration = is_withheld_by_plan.integration)
    and not exists (
      select from integration_plan p
      join company_solution s on s.tenant_id = is_withheld_by_plan.tenant and s.plan = p.plan
        and s.state <> 'INACTIVE'
      where p.integration = is_withheld_by_plan.integration)
$$;

comment on function is_withheld_by_plan(uuid, text) is
  'Whether an integration asks for a plan that no solution of the company is in use on.';

create function integrations_of(tenant uuid, account uuid)
returns table (integration text, category text, is_offered boolean, is_connected boolean)
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function integrations_of(uuid, uuid) is
  'What somebody sees of the integrations: those that the country version and the plans offer, and '
  'those that are connected, of which the member''s role sees any; without an account, a partner''s '
  'program, which sees what administrators do. Runs with the rights of its caller.';

create function has_tax_id(tenant uuid, tax_id text) returns boolean
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  select exists (
    select from company c
    cross join lateral (
      select upper(regexp_replace(has_tax_id.tax_id, '[^0-9A-Za-z&]', '', 'g')),
        upper(regexp_replace(c.identification_number, '[^0-9A-Za-z&]', '', 'g'))
    ) as plain (given, own)
    where c.tenant_id = has_tax_id.tenant
      and plain.given in (plain.own, plain.own || c.identification_check_digit))
$$;

comment on function has_tax_id(uuid, text) is
  'Whether a number is the company''s own, with or without its check digit and separators. Runs '
  'with the rights of its caller.';

-- What the section shows of few connections, and so computes for those alone.
create function integration_failure_message(failure text, integration text)
returns text
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  select replace(
    coalesce(f.messages ->> reader_language(), f.messages ->> 'es'), '{name}', i.name)
  from integration_failure f
  join integration i on i.code = integration_failure_message.integration
  where f.code = integration_failure_message.failure
$$;

comment on function integration_failure_message(text, text) is
  'Why a connection is not in order, in the language of whoever reads.';

create function integration_settings(settings jsonb) returns json
language sql immutable
set search_path = pg_catalog, public, pg_temp
as $$
  select json_agg(json_build_object('name', s.key, 'value', s.value) order by s.key)
  from jsonb_each_text(settings) as s
$$;

comment on function integration_settings(jsonb) is
  'The settings of a connection as a list of their names and values.';

grant execute on function
  is_withheld_by_plan(uuid, text), integrations_of(uuid, uuid), has_tax_id(uuid, text),
  integration_failure_message(text, text), integration_settings(jsonb)
  to hub_app;
grant execute on function has_tax_id(uuid, text) to hub_auth;

-- Deciding ----------------------------------------------------------------------------------------

create function may_connect(
  tenant uuid, account uuid, integration text, tax_id text, out outcome text)
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  select case
    when not exists (
      select from integrations_of(may_connect.tenant, may_connect.account) o
      where o.integration = may_connect.integration and o.is_offered) then 'not_available'
    when may_connect.tax_id is not null and not has_tax_id(may_connect.tenant, may_connect.tax_id)
      then 'tax_id_mismatch'
    else 'allowed'
  end
$$;

comment on function may_connect(uuid, uuid, text, text) is
  'Whether a company may have an integration, with an account there of this tax number (null: of '
  'no matter which): allowed, not_available or tax_id_mismatch. Runs with the rights of its caller.';

create function connect_integration(
  tenant uuid, account uuid, integration text, sealed bytea, settings jsonb, tax_id text,
  out outcome text)
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function connect_integration(uuid, uuid, text, bytea, jsonb, text) is
  'Keeps a connection whose credentials were found good, in the place of the one there was, whose '
  'settings stay where none are given. Outcomes: connected; not_available; tax_id_mismatch. Runs '
  'with the rights of its caller.';

create function set_integration(tenant uuid, account uuid, integration text, settings jsonb)
returns text
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function set_integration(uuid, uuid, text, jsonb) is
  'Changes the settings of a connection that are named; null takes one away. Outcomes: updated; '
  'not_connected; not_available (it is offered no longer, and can only be disconnected). Runs with '
  'the rights of its caller.';

create function disconnect_integration(tenant uuid, account uuid, integration text) returns text
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function disconnect_integration(uuid, uuid, text) is
  'Ends a connection, and its credentials with it. Outcomes: disconnected; not_connected. Runs with '
  'the rights of its caller.';

grant execute on function
  may_connect(uuid, uuid, text, text), disconnect_integration(uuid, uuid, text),
  connect_integration(uuid, uuid, text, bytea, jsonb, text),
  set_integration(uuid, uuid, text, jsonb)
  to hub_app_write;

reset role;

-- Verifying again ---------------------------------------------------------------------------------

grant create on schema public to hub_auth;
set local role hub_auth;

create function credentials_to_check(tenant uuid, integration text) returns text
language plpgsql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function credentials_to_check(uuid, text) is
  'The envelope of a connection''s credentials in base64, for the server to verify them again; null '
  'where there are none. Only for the company that the transaction is for (app.tenant_id).';

create function note_check(
  tenant uuid, integration text, checked bytea, failure text, tax_id text) returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function note_check(uuid, text, bytea, text, text) is
  'Writes down what verifying a connection again came to; null: good, where the tax number of the '
  'account there (null: no matter) is the company''s own. Outcomes: checked; changed (there are '
  'other credentials by now, or none, and nothing is said of those). Only for the company that the '
  'transaction is for (app.tenant_id).';

create function count_credential_check(
  tenant uuid, checks_max integer, window_seconds integer, out retry_after_seconds integer)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  wait interval := take_guess(any_email(), 'checks ' || tenant, checks_max, window_seconds);
begin
  retry_after_seconds := case when wait is not null
    then greatest(1, ceil(extract(epoch from wait))) end;
end
$$;

comment on function count_credential_check(uuid, integer, integer) is
  'Counts one request of a company that makes us ask somebody else''s server; null where it may, or '
  'else how long it has to wait. Commit it: call it in a batch of its own.';

grant execute on function
  credentials_to_check(uuid, text), note_check(uuid, text, bytea, text, text),
  count_credential_check(uuid, integer, integer)
  to hub_app_write;

reset role;
revoke create on schema public from hub_auth;

-- What the log says of it -------------------------------------------------------------------------

grant create on schema public to hub_log;
set local role hub_log;

create or replace function record_integration_connection() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
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

reset role;
revoke create on schema public from hub_log;

-- What a rehearsal compares -----------------------------------------------------------------------

set local role hub_owner;

create or replace function company_standing(tenant uuid, language text)
returns table (kind text, subject text, name text, solution text, solution_name text)
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function company_standing(uuid, text) is
  'What a company has that a change can take away, each under the kind of the consequence: its '
  'solutions in use, who may open each, its connections, and those of them that are sound and '
  'offered. Runs with the rights of its caller.';

reset role;
