-- What a company has: its solutions, and the integrations it is connected to.
-- What comes out: two tenant tables that can hold only what the company's country version offers.

set local role hub_owner;

-- Solutions ---------------------------------------------------------------------------------------

create table company_solution (
  tenant_id uuid not null check (tenant_id <> '00000000-0000-0000-0000-000000000000'),
  solution text not null,
  country_version text not null,
  plan text not null references plan,
  state text not null check (state in ('TRIAL', 'ACTIVE', 'READ_ONLY')),
  activated_at timestamptz not null default now(),
  trial_ends_at timestamptz,
  primary key (tenant_id, solution),
  check (state <> 'TRIAL' or trial_ends_at is not null),
  -- The version is the company's, and the version has the solution: payroll for a company in
  -- México is refused whoever asks.
  foreign key (tenant_id, country_version) references company (tenant_id, country_version)
    on update cascade on delete cascade,
  foreign key (country_version, solution) references country_solution
);

comment on table company_solution is
  'The solutions a company has. The hub''s section Soluciones; one that the country version offers '
  'and that is not here is available to be activated.';
comment on column company_solution.tenant_id is 'The company.';
comment on column company_solution.solution is 'The solution.';
comment on column company_solution.country_version is
  'The company''s country version, repeated for the foreign key that forbids what it lacks.';
comment on column company_solution.plan is 'The plan; during a trial the one that is tried.';
comment on column company_solution.state is
  'What was last decided: TRIAL, ACTIVE (paid for), or READ_ONLY (ended: plan consulta). A trial '
  'ends by the clock, so ask solution_status() for what it is now.';
comment on column company_solution.activated_at is 'When it was first activated.';
comment on column company_solution.trial_ends_at is 'When its trial ends or ended, if any.';

create function solution_status(state text, trial_ends_at timestamptz, at timestamptz) returns text
language sql immutable parallel safe
as $$
  select case when state = 'TRIAL' and trial_ends_at <= at then 'READ_ONLY' else state end
$$;

comment on function solution_status(text, timestamptz, timestamptz) is
  'What a company has of a solution at an instant: TRIAL, ACTIVE or READ_ONLY. A trial that is '
  'over leaves reading and downloading, without anybody writing that down.';

grant execute on function solution_status(text, timestamptz, timestamptz) to hub_app;

alter table company_solution enable row level security, force row level security;

create policy company_solution_of_tenant on company_solution to hub_app
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));

grant select on company_solution to hub_app;

-- Integrations ------------------------------------------------------------------------------------

create table integration_connection (
  tenant_id uuid not null references company on delete cascade
    check (tenant_id <> '00000000-0000-0000-0000-000000000000'),
  integration text not null references integration,
  state text not null default 'CONNECTED' check (state in ('CONNECTED', 'ERROR')),
  connected_at timestamptz not null default now(),
  connected_by uuid,
  connected_by_name text,
  checked_at timestamptz,
  failure text,
  sealed_credentials bytea,
  primary key (tenant_id, integration),
  check ((state = 'ERROR') = (failure is not null))
);

comment on table integration_connection is
  'The integrations a company is connected to. The hub''s section Integraciones.';
comment on column integration_connection.tenant_id is 'The company.';
comment on column integration_connection.integration is 'The integration.';
comment on column integration_connection.state is
  'CONNECTED, or ERROR where it was refused when last checked. One that the country version no '
  'longer offers is answered as RETIRED, whatever stands here.';
comment on column integration_connection.connected_at is 'When it was connected.';
comment on column integration_connection.connected_by is
  'The account that connected it; it may be gone since.';
comment on column integration_connection.connected_by_name is
  'What that person was called then, so that the company still knows when they have left.';
comment on column integration_connection.checked_at is 'When the credentials were last tried.';
comment on column integration_connection.failure is 'Why they were refused, as a code.';
comment on column integration_connection.sealed_credentials is
  'The credentials under AES-256-GCM, bound to this row. Not readable by the hub''s sections.';

alter table integration_connection enable row level security, force row level security;

create policy integration_connection_of_tenant on integration_connection to hub_app
  using (tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid));

grant select (
  tenant_id, integration, state, connected_at, connected_by, connected_by_name, checked_at, failure)
  on integration_connection to hub_app;

reset role;
