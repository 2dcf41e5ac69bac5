-- The launcher: which of the company's solutions a person may open, and how their session is
-- handed over. What comes out: the catalogue of it, the codes of launches, and the functions of
-- hub_service that make one for a member and take it back from the solution's backend.
--
-- A code is good once, for a minute, for one solution. It stands here as a hash, and goes when it
-- is exchanged, when its person leaves the company or with its session: a row is an open code.

set local row_security = on;

set local role hub_owner;

-- Who opens what ----------------------------------------------------------------------------------

alter table solution add column icon text not null default 'solution'
  check (icon ~ '^[a-z][a-z-]*$');
alter table solution alter column icon drop default;
comment on column solution.icon is
  'The name of its icon in the suite''s set of icons, which each product has.';

update solution set icon = code;

-- A code of a launch is appended to it, and what a person returns to stands on its host.
alter table solution add constraint solution_launch_url_is_plain
  check (launch_url ~ '^https://[a-z0-9.-]+(:[0-9]+)?/[^?#\\[:space:]]*$');
-- POST /launch/exchange is no solution's page.
alter table solution add constraint solution_code_is_no_endpoint check (code <> 'exchange');

create table role_solution (
  role text not null check (role in ('administrator', 'accountant', 'assistant', 'seller')),
  solution text not null references solution,
  primary key (role, solution)
);

comment on table role_solution is
  'Which solutions a role in the company opens. Whoever was given a role in a single solution '
  '(solution_role) opens that one in any case.';
comment on column role_solution.role is 'A role in the company.';
comment on column role_solution.solution is 'A solution that it opens, where the company has it.';

-- Administrators everything; accountants the books and what leads to them; assistants the daily
-- work, but no salaries; sellers what sells.
insert into role_solution (role, solution)
select 'administrator', code from solution
union all
select role, solution
from (values
  ('accountant', 'accounting'), ('accountant', 'invoicing'), ('accountant', 'payroll'),
  ('assistant', 'accounting'), ('assistant', 'invoicing'), ('assistant', 'pos'),
  ('assistant', 'store'),
  ('seller', 'invoicing'), ('seller', 'pos'), ('seller', 'store')
) as opens (role, solution);

create trigger role_solution_changed after insert or update or delete or truncate on role_solution
for each statement execute function catalogue_changed();
grant select on role_solution to hub_app, hub_service;

create table launcher_link (
  code text primary key check (code ~ '^[a-z-]+$'),
  kind text not null check (kind in ('MANAGE', 'RELATED')),
  position smallint not null unique,
  names texts not null,
  url text not null check (url ~ '^(https:/)?/[^/\\[:space:]][^\\[:space:]]*$'),
  icon text not null check (icon ~ '^[a-z][a-z-]*$')
);

create unique index launcher_link_manages_once on launcher_link (kind) where kind = 'MANAGE';

comment on table launcher_link is 'What the launcher shows beside the solutions.';
comment on column launcher_link.code is 'Names the link.';
comment on column launcher_link.kind is
  'MANAGE, the one where the company''s solutions are managed, or RELATED, what belongs to the '
  'suite and is no solution.';
comment on column launcher_link.position is 'The order in which links are shown.';
comment on column launcher_link.names is 'What people read.';
comment on column launcher_link.url is
  'Where it leads: a path below the server''s public address, or a whole address.';
comment on column launcher_link.icon is 'The name of its icon, as in solution.';

insert into launcher_link (code, kind, position, url, icon, names) values
  ('manage', 'MANAGE', 1, '/solutions', 'settings', '{
    "es": "Administrar mis soluciones", "en": "Manage my solutions",
    "pt": "Administrar minhas soluções"}'),
  ('accountant', 'RELATED', 2, 'https://contador.alegra.example/', 'accountant', '{
    "es": "Alegra Contador", "en": "Alegra Contador", "pt": "Alegra Contador"}');

create trigger launcher_link_changed after insert or update or delete or truncate on launcher_link
for each statement execute function catalogue_changed();
grant select on launcher_link to hub_app;

create function opening_role(tenant uuid, account uuid, solution text) returns text
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function opening_role(uuid, uuid, text) is
  'The role that a member has in one of the company''s solutions; null where they may not open it, '
  'or the company does not use it. Runs with the rights of its caller.';

grant execute on function opening_role(uuid, uuid, text) to hub_app, hub_service;

-- Codes of launches -------------------------------------------------------------------------------

create table launch_code (
  tenant_id uuid not null check (tenant_id <> '00000000-0000-0000-0000-000000000000'),
  hash bytea not null check (length(hash) = 32),
  account_id uuid not null,
  session_id uuid not null references session on delete cascade,
  solution text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  primary key (tenant_id, hash),
  foreign key (tenant_id, account_id) references membership on delete cascade,
  foreign key (tenant_id, solution) references company_solution on delete cascade
);

create index launch_code_by_hash on launch_code (hash);
create index launch_code_by_age on launch_code (expires_at);

comment on table launch_code is
  'The launches that are under way: codes that a browser carries to a solution and that its '
  'backend has not exchanged yet. Both ends are functions of hub_service. [redacted]';
comment on column launch_code.tenant_id is 'The company that the person is in.';
comment on column launch_code.hash is 'SHA-256 of the code, which stands nowhere.';
comment on column launch_code.account_id is 'Who opens the solution.';
comment on column launch_code.session_id is 'Their session, which has to live at the exchange.';
comment on column launch_code.solution is 'The one solution whose backend may exchange it.';
comment on column launch_code.created_at is 'When it was made.';
comment on column launch_code.expires_at is 'From when on it is good for nothing.';

alter table launch_code enable row level security, force row level security;

-- Nothing is granted to hub_app: the policy is there so that a later grant opens nobody else's.
create policy launch_code_of_tenant on launch_code to hub_app
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));
create policy launch_code_by_service on launch_code to hub_service using (true);
grant select, insert, update, delete on launch_code to hub_service;

create policy membership_for_service on membership for select to hub_service using (true);
grant select on membership to hub_service;
create policy solution_role_for_service on solution_role for select to hub_service using (true);
grant select on solution_role to hub_service;
create policy session_for_service on session for select to hub_service using (true);
grant select (id, account_id, revoked_at, expires_at, idle_expires_at) on session to hub_service;
create policy account_for_service on account for select to hub_service using (true);
grant select (id, language) on account to hub_service;
grant select on country_solution to hub_service;

reset role;

grant create on schema public to hub_service;
grant execute on function solution_status(text, timestamptz, timestamptz) to hub_service;
set local role hub_service;

create function make_launch(
  session uuid, account uuid, tenant uuid, solution text, return_origin text, code_hash bytea,
  lifetime_seconds integer, codes_max integer,
  out outcome text, out launch_url text, out name text)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function make_launch(uuid, uuid, uuid, text, text, bytea, integer, integer) is
  'Keeps the code by which a member''s session is handed to a solution. return_origin, null or '
  'such as https://pos.example.com, has to be the solution''s own. Outcomes: made (launch_url, name); '
  'solution_not_found (the company does not use it); role_opens_not; return_refused; too_many '
  '(codes_max of this session are open). To be called behind app_guard().';

create function exchange_launch(
  token_hash bytea, code_hash bytea,
  out outcome text, out account_id uuid, out display_name text, out email text, out language text,
  out tenant_id uuid, out company_name text, out country_version text, out solution text,
  out status text, out plan text, out role text, out session_id uuid,
  out session_expires_at timestamptz)
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function exchange_launch(bytea, bytea) is
  'Takes the code of a launch from the backend of the solution that it is for, and tells who '
  'comes. Outcomes: exchanged; refused (unknown, over, used, another solution''s, or the session, the '
  'membership, the role or the solution has ended since; never which of them).';

create function purge_launch_codes(rows_max integer) returns integer
language sql security definer
set search_path = pg_catalog, public, pg_temp
as $$
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

comment on function purge_launch_codes(integer) is
  'Removes codes of launches whose minute is over; how many. Call it again where as many as '
  'rows_max were removed.';

create or replace function company_has_solution(company uuid, solution text) returns boolean
language sql stable
set search_path = pg_catalog, public, pg_temp
as $$
  select exists (
    select from company_solution s
    where s.tenant_id = company_has_solution.company
      and s.solution = company_has_solution.solution
      and s.state in ('TRIAL', 'ACTIVE', 'READ_ONLY'))
$$;

comment on function company_has_solution(uuid, text) is
  'Whether a company has a solution in use, READ_ONLY counted. A solution''s backend finds these '
  'companies alone: any other is to it as one that does not exist. Runs with the rights of its '
  'caller, a function of hub_service.';

grant execute on function purge_launch_codes(integer) to hub_app_write;
grant execute on function
  make_launch(uuid, uuid, uuid, text, text, bytea, integer, integer),
  exchange_launch(bytea, bytea)
  to hub_app_write;

reset role;
revoke create on schema public from hub_service;
