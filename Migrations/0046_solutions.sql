-- How solutions come and go. What comes out: which solution needs which, which plans a country
-- version has, the functions that activate, deactivate and change a plan, and the triggers that
-- hold the same rules against whoever writes.
--
-- A solution that is switched off stays a row of its company, as INACTIVE: what people had in it,
-- and that its trial was used, is there when it comes back. It has a trial once.

set local row_security = on;

set local role hub_owner;

-- What needs what, and which plans there are ------------------------------------------------------

create table solution_dependency (
  solution text not null references solution,
  needs text not null references solution,
  primary key (solution, needs),
  check (solution <> needs)
);

comment on table solution_dependency is
  'Which solutions work only beside others. A company cannot use one without those it needs, nor '
  'switch off one that another in use needs.';
comment on column solution_dependency.solution is 'The solution, such as store.';
comment on column solution_dependency.needs is 'A solution that it needs, such as invoicing.';

insert into solution_dependency (solution, needs) values ('store', 'invoicing');

create table country_plan (
  country_version text not null references country_version,
  plan text not null references plan,
  offered boolean not null default true,
  primary key (country_version, plan)
);

comment on table country_plan is
  'Which plans each country version has. A company cannot be on one that is not listed.';
comment on column country_plan.country_version is 'The country version.';
comment on column country_plan.plan is 'The plan.';
comment on column country_plan.offered is
  'Whether it can be chosen now; where it is offered no longer, companies that are on it stay so.';

insert into country_plan (country_version, plan)
select v.code, p.code from country_version v cross join plan p;

do $watch$
declare
  catalogue text;
begin
  foreach catalogue in array array['solution_dependency', 'country_plan'] loop
    execute format(
      'create trigger %1$s_changed after insert or update or delete or truncate on %1$I '
      'for each statement execute function catalogue_changed()', catalogue);
    execute format('grant select on %I to hub_app, hub_auth', catalogue);
  end loop;
  grant select on country_solution, solution, plan to hub_auth;
end
$watch$;

comment on table plan_role is
  'The roles that a plan allows in its solution. PLUS has custom roles, which count as all four '
  'until there are any of a company''s own.';

-- What a company has ------------------------------------------------------------------------------

alter table company_solution
  drop constraint company_solution_state_check,
  add constraint company_solution_state_check
    check (state in ('TRIAL', 'ACTIVE', 'READ_ONLY', 'INACTIVE')),
  add column deactivated_at timestamptz,
  add check ((state = 'INACTIVE') = (deactivated_at is not null)),
  add foreign key (country_version, plan) references country_plan;

comment on table company_solution is
  'The solutions a company has or had. The hub''s section Soluciones; one that the country version '
  'offers and that is not here, or is INACTIVE, is available to be activated.';
comment on column company_solution.plan is
  'The plan; during a trial the one that is tried, of what is INACTIVE the last one.';
comment on column company_solution.state is
  'What was last decided: TRIAL, ACTIVE (a plan was taken), READ_ONLY (ended: plan consulta), or '
  'INACTIVE (switched off). A trial ends by the clock: ask solution_status() for what it is now.';
comment on column company_solution.activated_at is 'When it was last activated.';
comment on column company_solution.trial_ends_at is
  'When its only trial ends or ended, if any; stays when it is switched off.';
comment on column company_solution.deactivated_at is 'When it was switched off; null: in use.';

create or replace function solution_status(state text, trial_ends_at timestamptz, at timestamptz)
returns text
language sql immutable parallel safe
as $$
  select case
    when state = 'INACTIVE' then 'AVAILABLE'
    when state = 'TRIAL' and trial_ends_at <= at then 'READ_ONLY'
    else state
  end
$$;

comment on function solution_status(text, timestamptz, timestamptz) is
  'What a company has of a solution at an instant: TRIAL, ACTIVE, READ_ONLY, or AVAILABLE where it '
  'is switched off. A trial that is over leaves reading and downloading, without anybody writing '
  'that down.';

grant insert (tenant_id, solution, country_version, plan, state, trial_ends_at)
  on company_solution to hub_app_write;
grant update (plan, state, activated_at, deactivated_at) on company_solution to hub_app_write;

-- hub_auth may hold a company's solutions still, and change nothing of them.
create policy company_solution_held_by_auth on company_solution for update to hub_auth
  using (true) with check (false);
grant update (plan) on company_solution to hub_auth;

-- Who may do what in a solution -------------------------------------------------------------------

create function role_in_solution(tenant uuid, account uuid, solution text) returns text
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  select coalesce(r.role, m.role)
  from membership m
  left join solution_role r on r.tenant_id = m.tenant_id and r.account_id = m.account_id
    and r.solution = role_in_solution.solution
  where m.tenant_id = role_in_solution.tenant and m.account_id = role_in_solution.account
$$;

comment on function role_in_solution(uuid, uuid, text) is
  'The role that a member has in a solution: the one given there, or else that in the company. '
  'Runs with the rights of its caller.';

create function roles_lost(tenant uuid, solution text, plan_before text, plan_after text)
returns table (kind text, id uuid, name text, role text)
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function roles_lost(uuid, text, text, text) is
  'The members, and those invited, whose role in a solution one plan allows and another does not: '
  'kind is PERSON (id is the account) or INVITATION. Runs with the rights of its caller.';

-- Coming, going, changing the plan ----------------------------------------------------------------
-- In the name of the server's own role, under the tenant's policies. The company's row is taken
-- first, so that of two who decide at once the second sees what the first has done.

create function hold_company(tenant uuid) returns text
language sql
set search_path = pg_catalog, public, pg_temp
as $$
  select c.country_version from company c where c.tenant_id = hold_company.tenant
  for no key update
$$;

comment on function hold_company(uuid) is
  'The company''s country version; nobody else decides over its solutions until the transaction '
  'ends. Runs with the rights of its caller.';

create function obstacles_of_solutions(country_version text, language text, solutions text[])
returns jsonb
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function obstacles_of_solutions(text, text, text[]) is
  'Solutions that stand in the way of a change, as the hub tells them: kind, id, name, role.';

create function obstacles_of_people(tenant uuid, solution text, plan_before text, plan_after text)
returns jsonb
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  select coalesce(jsonb_agg(to_jsonb(l)), '[]')
  from roles_lost(
    obstacles_of_people.tenant, obstacles_of_people.solution, obstacles_of_people.plan_before,
    obstacles_of_people.plan_after) as l
$$;

comment on function obstacles_of_people(uuid, text, text, text) is
  'Whose role stands in the way of a change of plan, as the hub tells them: kind, id, name, role. '
  'Runs with the rights of its caller.';

create function activate_solution(
  tenant uuid, solution text, plan text, language text, trial_days integer,
  out outcome text, out obstacles jsonb)
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function activate_solution(uuid, text, text, text, integer) is
  'Takes a solution into use. The first time begins its trial; one that was switched off goes on '
  'with what is left of it, or READ_ONLY. Outcomes: activated; unchanged (in use on this plan); '
  'already_active (in use on another); solution_not_available; plan_not_available; '
  'requirement_inactive (obstacles: the solutions it needs); plan_lacks_roles (obstacles: who '
  'would lose what they had in it). Runs with the rights of its caller.';

create function deactivate_solution(
  tenant uuid, solution text, language text, out outcome text, out obstacles jsonb)
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function deactivate_solution(uuid, text, text) is
  'Switches a solution off; what it gave the company and what people had in it stays. Outcomes: '
  'deactivated; unchanged (not in use); solution_not_available; dependents_active (obstacles: the '
  'solutions in use that need it). Runs with the rights of its caller.';

create function change_plan(
  tenant uuid, solution text, plan text, out outcome text, out obstacles jsonb)
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function change_plan(uuid, text, text) is
  'Takes a plan for a solution in use, which makes it ACTIVE out of a trial or READ_ONLY too. '
  'Outcomes: changed; unchanged (ACTIVE on this plan); solution_not_available; solution_not_found '
  '(not in use); plan_not_available; plan_lacks_roles (obstacles: the people and invitations whose '
  'roles the plan does not allow). Runs with the rights of its caller.';

grant execute on function
  role_in_solution(uuid, uuid, text), roles_lost(uuid, text, text, text),
  obstacles_of_solutions(text, text, text[]), obstacles_of_people(uuid, text, text, text)
  to hub_app, hub_auth;
grant execute on function
  hold_company(uuid), activate_solution(uuid, text, text, text, integer),
  deactivate_solution(uuid, text, text), change_plan(uuid, text, text)
  to hub_app_write;

-- What a rehearsal compares -----------------------------------------------------------------------

create function company_standing(tenant uuid, language text)
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
  select 'CONNECTION_FLAGGED', i.integration, n.name, null, null
  from integration_connection i
  join integration n on n.code = i.integration
  where i.tenant_id = company_standing.tenant and i.state = 'CONNECTED'
$$;

comment on function company_standing(uuid, text) is
  'What a company has that a change can take away, each under the kind of the consequence: its '
  'solutions in use, who may open each, its sound connections. Runs with the rights of its caller.';

grant execute on function company_standing(uuid, text) to hub_app;

reset role;

-- Giving roles ------------------------------------------------------------------------------------

grant create on schema public to hub_auth;
set local role hub_auth;

create or replace function roles_allowed(tenant uuid, solution text) returns text[]
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function roles_allowed(uuid, text) is
  'The roles that can be given in a company: those of any of its plans, all where it has none yet; '
  'in one of its solutions: those of its plan, none where it is not in use. Runs with the rights '
  'of its caller, a function of hub_auth.';

create or replace function refused_role(tenant uuid, role text, solution_roles jsonb) returns text
language plpgsql volatile
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function refused_role(uuid, text, jsonb) is
  'Why a role cannot be given (null is none), or one of the roles by solution: role_not_in_plan, '
  'solution_not_found, solution_role_not_in_plan; null where all can, until the transaction ends. '
  'Runs with the rights of its caller, a function of hub_auth.';

create or replace function accept_invitation(
  link uuid, password_hash text, first_name text, country text, language text,
  out outcome text, out tenant_id uuid, out company_name text)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function accept_invitation(uuid, text, text, text, text) is
  'Uses an invitation''s link: who signs in with its address becomes a member, or with a first '
  'name a person is made first. A person there is stays as they are; roles in solutions that are '
  'gone, or that their plans allow no longer, are left out. Outcomes: accepted (the company is '
  'given); account_needed (nobody has the address: come with a first name and a password''s hash); '
  'role_not_in_plan (no plan of the company allows the role any more; nothing was used up); '
  'invalid (the link can be used no longer). Opens no session.';

-- The same rules against whoever writes -----------------------------------------------------------

create function company_solution_keep_needs() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function company_solution_keep_needs() is
  'Constraint trigger, looked at when the transaction commits: a solution in use has those in use '
  'that it needs, whoever switches them, in psql too (HB409).';

create function company_solution_keep_roles() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function company_solution_keep_roles() is
  'Constraint trigger, looked at when the transaction commits: a change of plan takes nobody''s '
  'role in the solution away, whoever changes it, in psql too (HB409).';

create function membership_role_in_plan() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function membership_role_in_plan() is
  'Constraint trigger, looked at when the transaction commits: a role is given only where a plan '
  'of the company allows it, in psql too (HB409).';

create function solution_role_in_plan() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function solution_role_in_plan() is
  'Constraint trigger, looked at when the transaction commits: a role in a solution is given only '
  'where it is in use and its plan allows the role, in psql too (HB409).';

grant execute on function
  company_solution_keep_needs(), company_solution_keep_roles(), membership_role_in_plan(),
  solution_role_in_plan()
  to hub_owner;

create function mails_asked_for()
returns table (kind text, subject text, name text, solution text, solution_name text)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select 'MAIL_SENT', m.address, m.address, null::text, null::text
  from mail m
  where m.created_at = now()
    and m.account_id = (select nullif(current_setting('app.account_id', true), '')::uuid)
$$;

comment on function mails_asked_for() is
  'The mails that this transaction has asked for so far on behalf of the account that asks, each '
  'as a consequence of it. Tells of no other account''s.';

grant execute on function mails_asked_for() to hub_app_write;

reset role;
revoke create on schema public from hub_auth;
set local role hub_owner;

create constraint trigger company_solution_keep_needs
after insert or update of state, solution or delete on company_solution
deferrable initially deferred
for each row execute function company_solution_keep_needs();

create constraint trigger company_solution_keep_roles
after update of plan on company_solution
deferrable initially deferred
for each row
when (old.plan <> new.plan)
execute function company_solution_keep_roles();

create constraint trigger membership_role_in_plan
after insert or update of role on membership
deferrable initially deferred
for each row execute function membership_role_in_plan();

create constraint trigger solution_role_in_plan
after insert or update of role, solution on solution_role
deferrable initially deferred
for each row execute function solution_role_in_plan();

reset role;
