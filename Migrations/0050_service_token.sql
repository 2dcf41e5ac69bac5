-- The service tokens of solutions. What comes out: the table of them, the functions of hub_service
-- that make, list and revoke them for operators, and those that say whose a token is.
--
-- A token stands for a solution and for no company: what a solution's backend may reach is decided
-- by a function of its own, inside the transaction of its act.

set local row_security = on;

do $roles$
begin
  perform pg_advisory_xact_lock(hashtextextended('mi-alegra: roles', 0));
  if (select rolsuper from pg_roles where rolname = current_user) then
    lock table pg_catalog.pg_authid in share row exclusive mode;
  end if;
  if not exists (select from pg_roles where rolname = 'hub_service') then
    create role hub_service nologin;
    comment on role hub_service is
      'Mi Alegra: owns the functions that the backends of solutions act through.';
  end if;
  if exists (
    select from pg_roles
    where rolname = 'hub_service' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb))
  then
    raise exception 'the role hub_service has rights that would undo the separation of tenants'
      using hint = 'ALTER ROLE hub_service NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB;';
  end if;
  if not (select rolsuper from pg_roles where rolname = current_user) then
    execute format('grant hub_service to %I', current_user);
  end if;
end
$roles$;

grant usage on schema public to hub_service;
alter default privileges for role hub_service revoke execute on functions from public;

set local role hub_owner;

create table service_token (
  id uuid primary key default gen_random_uuid()
    check (id <> '00000000-0000-0000-0000-000000000000'),
  solution text not null references solution,
  name text not null check (char_length(name) between 1 and 100 and name !~ '[[:cntrl:]]'),
  hash bytea not null unique check (length(hash) = 32),
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  last_used_at timestamptz,
  check (expires_at > created_at)
);

create index service_token_by_solution on service_token (solution);

comment on table service_token is
  'The tokens by which the backends of solutions act here. Operators make and revoke them.';
comment on column service_token.id is 'Names the token to operators; it is no part of it.';
comment on column service_token.solution is 'In whose name the token acts.';
comment on column service_token.name is 'What the operator calls it, such as where it is kept.';
comment on column service_token.hash is
  'SHA-256 of the token, which was shown once and stands nowhere.';
comment on column service_token.created_at is 'When it was made.';
comment on column service_token.expires_at is 'From when on it is good for nothing.';
comment on column service_token.revoked_at is
  'When it was revoked: refused from then on. Null: it was not.';
comment on column service_token.last_used_at is
  'When it last acted, to within a minute: reading alone is not noted. Null: it never did.';

alter table service_token enable row level security, force row level security;

create policy service_token_by_service on service_token to hub_service using (true);
grant select, insert, update on service_token to hub_service;
create policy company_solution_for_service on company_solution for select to hub_service
  using (true);
grant select on company_solution to hub_service;
grant select on solution to hub_service;

reset role;

grant create on schema public to hub_service;
set local role hub_service;

-- For operators -----------------------------------------------------------------------------------

create function create_service_token(
  solution text, name text, hash bytea, days integer,
  out outcome text, out id uuid, out expires_at timestamptz)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function create_service_token(text, text, bytea, integer) is
  'Keeps a new token of a solution by its hash. Outcomes: created; solution_not_found. For '
  'operators: no role of the server may call it.';

create function service_tokens()
returns table (
  id uuid, solution text, name text, created_at timestamptz, expires_at timestamptz,
  revoked_at timestamptz, last_used_at timestamptz)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select t.id, t.solution, t.name, t.created_at, t.expires_at, t.revoked_at, t.last_used_at
  from service_token t
  order by t.solution, t.created_at, t.id
$$;

comment on function service_tokens() is
  'Every service token with what is known of it, but for its hash. For operators.';

create function revoke_service_token(id uuid) returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  update service_token t set revoked_at = coalesce(t.revoked_at, now())
  where t.id = revoke_service_token.id;
  return case when found then 'revoked' else 'not_found' end;
end
$$;

comment on function revoke_service_token(uuid) is
  'Ends a token: what begins afterwards is refused. Outcomes: revoked (now or before); not_found. '
  'For operators.';

-- Whose a token is --------------------------------------------------------------------------------

create function service_of(token_hash bytea)
returns table (solution text, name text, expires_at timestamptz)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select t.solution, t.name, t.expires_at
  from service_token t
  where t.hash = service_of.token_hash and t.revoked_at is null and t.expires_at > now()
$$;

comment on function service_of(bytea) is
  'What a service token is, by its SHA-256: one row where it is good now, none otherwise.';

create function service_solution(token_hash bytea) returns text
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function service_solution(bytea) is
  'The solution in whose name a service token acts, by its SHA-256; null where it is not good now. '
  'Notes that it was used. To be asked in the transaction of the act.';

create function service_guard(token_hash bytea) returns void
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  if service_solution(service_guard.token_hash) is null then
    raise exception 'the service token is unknown, over or revoked' using errcode = 'HB401';
  end if;
end
$$;

comment on function service_guard(bytea) is
  'The first statement of every act of a solution''s backend: raises HB401 where the token is not '
  'good now, so that PostgreSQL skips what stands behind it in the same batch.';

create function company_has_solution(company uuid, solution text) returns boolean
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  select exists (
    select from company_solution s
    where s.tenant_id = company_has_solution.company
      and s.solution = company_has_solution.solution)
$$;

comment on function company_has_solution(uuid, text) is
  'Whether a company has a solution. A solution''s backend finds these companies alone: any other '
  'is to it as one that does not exist. Runs with the rights of its caller, a function of '
  'hub_service.';

grant execute on function service_of(bytea) to hub_app;
grant execute on function service_solution(bytea), service_guard(bytea) to hub_app_write;

reset role;
revoke create on schema public from hub_service;
