-- Companies for benchmarks. What enters: how many, as the setting demo.companies. What comes out:
-- that many companies, spread over the country versions, each with an administrator who has one
-- live session, with solutions and integrations. Ten thousand take a few seconds.
--
--     psql -c 'set demo.companies = 10000' -f Migrations/demo/generate.sql DATABASE
--
-- The ids can be computed by whoever measures: those of company n end in the twelve digits of
-- 100000000000 + n, behind 00000000-0000-4000- and a000- (company), b000- (its administrator),
-- c000- (the session). The administrator of company 7 signs in as persona7@empresa7.example with
-- demo-ejemplar.
--
-- Run it by a superuser, or by a role that bypasses row-level security: the owner of the tables is
-- held by it too. Run again, it adds only what is missing.

create temporary table generated as
select
  number,
  ('00000000-0000-4000-a000-' || 100000000000 + number)::uuid as tenant_id,
  ('00000000-0000-4000-b000-' || 100000000000 + number)::uuid as account_id,
  ('00000000-0000-4000-c000-' || 100000000000 + number)::uuid as session_id
from generate_series(1, current_setting('demo.companies')::integer) as number;

insert into company (
  tenant_id, country_version, legal_name, trade_name, identification_type, identification_number,
  identification_check_digit, kind_of_person, regime, address_description, address_city,
  address_region, phone, email, website, currency_code, timezone, decimal_precision)
select
  g.tenant_id, v.code, 'Empresa ' || number || ' S.A.', 'Empresa ' || number,
  case when v.code = 'CO' then 'NIT' end,
  case when v.code = 'CO' then nit.digits end,
  case when v.code = 'CO' then case when nit.rest < 2 then nit.rest else 11 - nit.rest end end,
  'LEGAL_ENTITY',
  (select r.code from tax_regime r where r.country_version = v.code and r.position = 1),
  case when 'address.description' = any (form.paths)
    then 'Calle ' || number || ' # ' || number % 100 || '-21' end,
  case when 'address.city' = any (form.paths) then 'Ciudad ' || number % 100 end,
  case when 'address.region' = any (form.paths) then 'Región ' || number % 10 end,
  '+57601555' || lpad((number % 10000)::text, 4, '0'),
  'contacto@empresa' || number || '.example', 'https://empresa' || number || '.example/',
  v.currency_code, v.timezone, v.decimal_precision_default
from generated g
join country_version v
  on v.position = 1 + number % (select count(*) from country_version)
cross join lateral (
  select array_agg(f.path) as paths from form_field f where f.country_version = v.code) as form
cross join lateral (
  select
    lpad(number::text, 9, '9') as digits,
    sum(substr(reverse(lpad(number::text, 9, '9')), place, 1)::integer
      * (array[3, 7, 13, 17, 19, 23, 29, 37, 41])[place]) % 11 as rest
  from generate_series(1, 9) as place
) as nit
on conflict do nothing;

insert into account (
  id, email, password_hash, password_changed_at, first_name, last_name, display_name, phone,
  country, language, last_tenant_id)
select
  g.account_id, 'persona' || number || '@empresa' || number || '.example',
  '$scrypt$ln=14,r=8,p=5$vkThj0Ue9049mxwD0DPQlg$CvbF5ib7Ozi9vwYXblCaXm4ZlcOH2yFCbDaZ1V9nJmc',
  now(), 'Persona', 'Número ' || number, '',
  '+57300555' || lpad((number % 10000)::text, 4, '0'), 'CO',
  (array['es', 'en', 'pt'])[1 + number % 3], g.tenant_id
from generated g
on conflict do nothing;

insert into membership (tenant_id, account_id, role)
select g.tenant_id, g.account_id, 'administrator'
from generated g
on conflict do nothing;

insert into session (id, account_id, last_tenant_id, device, expires_at, idle_expires_at)
select
  g.session_id, g.account_id, g.tenant_id, 'Benchmark', now() + interval '5 years',
  now() + interval '5 years'
from generated g
on conflict do nothing;

-- All of its version's solutions but one, in turn, and in turn each state; without invoicing there
-- is no store either, which needs it.
insert into company_solution (
  tenant_id, solution, country_version, plan, state, trial_ends_at)
select
  c.tenant_id, s.code, c.country_version,
  (array['emprendedor', 'pyme', 'pro', 'plus'])[1 + number % 4],
  (array['ACTIVE', 'TRIAL', 'READ_ONLY'])[1 + (number + s.position) % 3],
  now() + interval '15 days'
from generated g
join company c on c.tenant_id = g.tenant_id
join country_solution o on o.country_version = c.country_version
join solution s on s.code = o.solution
where s.position <> 1 + number % 5
  and not exists (
    select from solution_dependency d
    join solution n on n.code = d.needs
    where d.solution = s.code and n.position = 1 + number % 5)
on conflict do nothing;

-- Every other one of what its version offers.
insert into integration_connection (tenant_id, integration, connected_by, connected_by_name)
select c.tenant_id, i.code, g.account_id, 'Persona Número ' || number
from generated g
join company c on c.tenant_id = g.tenant_id
join integration_country o on o.country_version = c.country_version
join integration i on i.code = o.integration
where i.position % 2 = number % 2
on conflict do nothing;

drop table generated;

analyze company, account, membership, session, company_solution, integration_connection;
