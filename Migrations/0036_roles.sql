-- Roles, and who may take them away. What comes out: a role of one's own in a solution, which roles
-- a plan allows, and a company that always keeps an administrator, whoever changes it.

set local row_security = on;

set local role hub_owner;

-- Which roles a plan allows -----------------------------------------------------------------------

create table plan_role (
  plan text not null references plan,
  role text not null check (role in ('administrator', 'accountant', 'assistant', 'seller')),
  primary key (plan, role)
);

comment on table plan_role is
  'The roles that can be given in a company by its solutions'' plans. Who has a role keeps it when '
  'a plan is changed.';
comment on column plan_role.plan is 'The plan.';
comment on column plan_role.role is 'A role that it allows.';

insert into plan_role (plan, role)
select plan, role
from (values ('administrator'), ('accountant')) as allowed (role)
cross join (values ('emprendedor'), ('pyme'), ('pro'), ('plus')) as of (plan)
union all
select plan, role
from (values ('assistant'), ('seller')) as allowed (role)
cross join (values ('pro'), ('plus')) as of (plan);

create trigger plan_role_changed after insert or update or delete or truncate on plan_role
for each statement execute function catalogue_changed();
grant select on plan_role to hub_app, hub_auth;

-- A role in one solution --------------------------------------------------------------------------

create table solution_role (
  tenant_id uuid not null check (tenant_id <> '00000000-0000-0000-0000-000000000000'),
  account_id uuid not null,
  solution text not null,
  role text not null check (role in ('administrator', 'accountant', 'assistant', 'seller')),
  primary key (tenant_id, account_id, solution),
  foreign key (tenant_id, account_id) references membership on delete cascade,
  foreign key (tenant_id, solution) references company_solution on delete cascade
);

create index solution_role_by_account on solution_role (account_id);
create index solution_role_by_solution on solution_role (tenant_id, solution);

comment on table solution_role is
  'The roles that members have in single solutions, where they differ from the role they have in '
  'the company. The solutions ask for them; the hub itself goes by membership.role.';
comment on column solution_role.tenant_id is 'The company.';
comment on column solution_role.account_id is 'The member.';
comment on column solution_role.solution is 'One of the solutions that the company has.';
comment on column solution_role.role is 'The member''s role in it.';

alter table solution_role enable row level security, force row level security;
create policy solution_role_of_tenant on solution_role for select to hub_app
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
create policy solution_role_of_account on solution_role for select to hub_app
  using (account_id = (select nullif(current_setting('app.account_id', true), '')::uuid));
grant select on solution_role to hub_app;

create policy solution_role_by_auth on solution_role to hub_auth using (true);
grant select, insert, delete on solution_role to hub_auth;
create policy company_solution_for_auth on company_solution for select to hub_auth using (true);
grant select on company_solution to hub_auth;
create policy membership_without_by_auth on membership for delete to hub_auth using (true);
grant update (role), delete on membership to hub_auth;

reset role;

grant create on schema public to hub_auth;
set local role hub_auth;

-- A company keeps an administrator ----------------------------------------------------------------

create function administrator_remains(tenant uuid) returns boolean
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function administrator_remains(uuid) is
  'Whether a company has an administrator, after this transaction''s changes; stays so until it '
  'ends. Runs with the rights of its caller, a function of hub_auth.';

create function membership_keep_administrator() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function membership_keep_administrator() is
  'Constraint trigger, looked at when the transaction commits: a company always has an '
  'administrator, whoever changes roles or takes people away, in psql too (HB409).';

create function membership_end_sessions() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
declare
  next_tenant uuid;
begin
  select m.tenant_id into next_tenant
  from membership m
  where m.account_id = old.account_id
  order by m.company_name, m.tenant_id
  limit 1;
  if next_tenant is null then
    update session s set revoked_at = now()
    where s.account_id = old.account_id and s.revoked_at is null;
  else
    update session s set last_tenant_id = next_tenant
    where s.account_id = old.account_id and s.last_tenant_id = old.tenant_id
      and s.revoked_at is null;
  end if;
  update account a set last_tenant_id = next_tenant
  where a.id = old.account_id and a.last_tenant_id = old.tenant_id;
  return null;
end
$$;

comment on function membership_end_sessions() is
  'Trigger: the sessions that a person has in a company they no longer belong to go on in another '
  'of their companies with the next refresh, or end where there is none.';

grant execute on function membership_keep_administrator(), membership_end_sessions() to hub_owner;

-- Changing roles ----------------------------------------------------------------------------------

create function require_administrators(tenant uuid, actor uuid) returns void
language plpgsql
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function require_administrators(uuid, uuid) is
  'Raises HB409 where the company has no administrator after this transaction''s changes, HB403 '
  'where who made them is none any more: app_guard asked before, and their role may have been '
  'taken away since. Runs with the rights of its caller, a function of hub_auth.';

create function roles_allowed(tenant uuid, solution text) returns text[]
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  select case
    when roles_allowed.solution is null and not exists (
        select from company_solution s where s.tenant_id = roles_allowed.tenant)
      then array['administrator', 'accountant', 'assistant', 'seller']
    else array(
      select distinct r.role
      from company_solution s
      join plan_role r on r.plan = s.plan
      where s.tenant_id = roles_allowed.tenant
        and (roles_allowed.solution is null or s.solution = roles_allowed.solution))
    end
$$;

comment on function roles_allowed(uuid, text) is
  'The roles that can be given in a company: those of any of its plans, all where it has none yet; '
  'in one of its solutions: those of its plan, none where the company does not have it. Runs with '
  'the rights of its caller, a function of hub_auth.';

create function refused_role(tenant uuid, role text, solution_roles jsonb) returns text
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  select case
    when refused_role.role <> all (roles_allowed(refused_role.tenant, null))
      then 'role_not_in_plan'
    when exists (
      select from jsonb_object_keys(refused_role.solution_roles) as given (solution)
      where not exists (
        select from company_solution s
        where s.tenant_id = refused_role.tenant and s.solution = given.solution))
      then 'solution_not_found'
    when exists (
      select from jsonb_each_text(refused_role.solution_roles) as given (solution, role)
      where given.role <> all (roles_allowed(refused_role.tenant, given.solution)))
      then 'solution_role_not_in_plan'
    end
$$;

comment on function refused_role(uuid, text, jsonb) is
  'Why a role cannot be given (null is none), or one of the roles by solution: role_not_in_plan, '
  'solution_not_found, solution_role_not_in_plan; null where all can. Runs with the rights of its '
  'caller, a function of hub_auth.';

create function change_role(
  actor uuid, tenant uuid, person uuid, role text, solution_roles jsonb, out outcome text)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
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
    delete from solution_role r
    where r.tenant_id = change_role.tenant and r.account_id = change_role.person;
    insert into solution_role (tenant_id, account_id, solution, role)
    select change_role.tenant, change_role.person, given.solution, given.role
    from jsonb_each_text(change_role.solution_roles) as given (solution, role);
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

comment on function change_role(uuid, uuid, uuid, text, jsonb) is
  'Gives a member another role, and roles by solution ({"pos": "seller"}; null leaves those there '
  'are). Outcomes: changed; not_found (no member); last_administrator; those of refused_role(). '
  'Raises HB403 where the actor is no administrator any more.';

create function remove_person(actor uuid, tenant uuid, person uuid, out outcome text)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function remove_person(uuid, uuid, uuid) is
  'Ends a membership, and with it what the person''s sessions reach of the company. Outcomes: '
  'removed; not_found (no member); last_administrator. Raises HB403 as change_role() does.';

create function leave_company(
  session uuid, account uuid, tenant uuid, out outcome text, out next_tenant uuid)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function leave_company(uuid, uuid, uuid) is
  'Ends one''s own membership. Outcomes: left (next_tenant is where the session goes on; null: the '
  'session has ended, there is no other company); last_administrator.';

grant execute on function
  change_role(uuid, uuid, uuid, text, jsonb),
  remove_person(uuid, uuid, uuid),
  leave_company(uuid, uuid, uuid)
  to hub_app_write;

reset role;
revoke create on schema public from hub_auth;
set local role hub_owner;

create constraint trigger membership_keep_administrator
after update of role, tenant_id or delete on membership
deferrable initially deferred
for each row
when (old.role = 'administrator')
execute function membership_keep_administrator();

create trigger membership_end_sessions after delete on membership
for each row execute function membership_end_sessions();

reset role;
