-- The rules of a company's solutions hold whoever writes: which it may have, on which plans, beside
-- which others, and which roles its plans allow. Decided by the functions, kept by the triggers.

\ir expect.sql

begin;
\ir ../../Migrations/demo/demo.sql
set constraints all immediate;

create function pg_temp.has(tenant text, solution text) returns text language sql as $$
  select solution_status(s.state, s.trial_ends_at, now()) || ' ' || s.plan from company_solution s
  where s.tenant_id = ('00000000-0000-4000-8000-0000000000' || $1)::uuid and s.solution = $2
$$;
\set co '''00000000-0000-4000-8000-0000000000c1'''
\set mx '''00000000-0000-4000-8000-0000000000c2'''
\set caro '''00000000-0000-4000-8000-0000000000a4'''

-- What a country version has ----------------------------------------------------------------------

select pg_temp.expect(v.code || ' has plans, and each allows somebody something',
  (select count(*) > 0 and bool_and(exists (select from plan_role r where r.plan = p.plan))
   from country_plan p where p.country_version = v.code and p.offered), true)
from country_version v;
select pg_temp.expect('what is needed exists where what needs it does', count(*), 0::bigint)
from country_solution c
join solution_dependency d on d.solution = c.solution
where not exists (
  select from country_solution n
  where n.country_version = c.country_version and n.solution = d.needs);
select pg_temp.expect('Emprendedor and PYME allow two roles, PRO and PLUS four',
  array_agg(plan || ' ' || roles order by plan),
  array['emprendedor 2', 'plus 4', 'pro 4', 'pyme 2'])
from (select plan, count(*) as roles from plan_role group by plan) as counted;

select pg_temp.expect(c.country_version || ' says what ' || c.solution || ' needs to know',
  exists (select from solution_requirement r
    where r.country_version = c.country_version and r.solution = c.solution), true)
from country_solution c;
select pg_temp.expect(v.code || ': an invoice needs the tax number',
  exists (select from solution_requirement r where r.country_version = v.code
    and r.solution = 'invoicing' and r.path = 'identification.number'), true)
from country_version v;
select pg_temp.expect('what is accepted exists', count(*), 0::bigint)
from solution_requirement r
cross join unnest(r.accepted) as value
where not exists (select from tax_id_type t where r.path = 'identification.type'
    and t.country_version = r.country_version and t.code = value)
  and not exists (select from tax_regime t where r.path = 'regime'
    and t.country_version = r.country_version and t.code = value);
select pg_temp.expect_refusal($$
  insert into solution_requirement (country_version, solution, path)
  values ('CL', 'invoicing', 'regime')$$, '23503');

savepoint plans;
delete from country_plan where country_version = 'ES' and plan = 'plus';
insert into company (
  tenant_id, country_version, legal_name, currency_code, timezone, decimal_precision)
values ('00000000-0000-4000-8000-0000000000e5', 'ES', 'Prueba', 'EUR', 'Europe/Madrid', 2);
select pg_temp.expect_refusal($$
  insert into company_solution (tenant_id, solution, country_version, plan, state)
  values ('00000000-0000-4000-8000-0000000000e5', 'pos', 'ES', 'plus', 'ACTIVE')$$, '23503');
update country_plan set offered = false where country_version = 'ES' and plan = 'pro';
select pg_temp.expect(plan || ': what is not offered cannot be chosen', outcome, expected)
from (values ('plus', 'plan_not_available'), ('pro', 'plan_not_available'),
  ('none', 'plan_not_available'), ('pyme', 'activated')) as chosen (plan, expected)
cross join lateral activate_solution(
  '00000000-0000-4000-8000-0000000000e5', 'pos', plan, 'es', 15);
rollback to plans;

-- Who needs whom ----------------------------------------------------------------------------------

select pg_temp.expect_refusal($$
  delete from company_solution where solution = 'invoicing'
    and tenant_id = '00000000-0000-4000-8000-0000000000c2'$$, 'HB409');
select pg_temp.expect_refusal($$
  update company_solution set state = 'INACTIVE', deactivated_at = now()
  where solution = 'invoicing' and tenant_id = '00000000-0000-4000-8000-0000000000c2'$$, 'HB409');
select pg_temp.expect_refusal($$
  insert into company_solution (tenant_id, solution, country_version, plan, state)
  values ('00000000-0000-4000-8000-0000000000c3', 'store', 'AR', 'pro', 'ACTIVE')$$, 'HB409');
select pg_temp.expect_refusal($$
  update company_solution set state = 'INACTIVE'
  where solution = 'store' and tenant_id = '00000000-0000-4000-8000-0000000000c2'$$, '23514');
-- In one transaction, in whichever order, both may go.
savepoint pair;
set constraints all deferred;
delete from company_solution where solution = 'invoicing' and tenant_id = :mx;
delete from company_solution where solution = 'store' and tenant_id = :mx;
set constraints all immediate;
rollback to pair;
set constraints all immediate;
savepoint company;
delete from company where tenant_id = :mx;
rollback to company;
set constraints all immediate;

-- Which roles plans allow -------------------------------------------------------------------------

select pg_temp.expect_refusal($$
  update company_solution set plan = 'pyme'
  where solution = 'invoicing' and tenant_id = '00000000-0000-4000-8000-0000000000c1'$$, 'HB409');
select pg_temp.expect_refusal($$
  insert into solution_role values ('00000000-0000-4000-8000-0000000000c1',
    '00000000-0000-4000-8000-0000000000a4', 'pos', 'seller')$$, 'HB409');
select pg_temp.expect_refusal($$
  update solution_role set solution = 'pos' where solution = 'invoicing'
    and tenant_id = '00000000-0000-4000-8000-0000000000c1'$$, 'HB409');
select pg_temp.expect_refusal($$
  insert into membership (tenant_id, account_id, role)
  values ('00000000-0000-4000-8000-0000000000c3',
    '00000000-0000-4000-8000-0000000000a4', 'seller')$$, 'HB409');
insert into membership (tenant_id, account_id, role)
values ('00000000-0000-4000-8000-0000000000c3', :caro, 'accountant');
select pg_temp.expect_refusal($$
  update membership set role = 'assistant'
  where tenant_id = '00000000-0000-4000-8000-0000000000c3'
    and account_id = '00000000-0000-4000-8000-0000000000a4'$$, 'HB409');
-- A plan that takes nobody's role away is free, though Caro has none in it that counts.
update company_solution set plan = 'emprendedor' where solution = 'pos' and tenant_id = :co;

-- The functions, as the server's own role in the name of one company ------------------------------

set local role hub_app_write;
select set_config('app.tenant_id', :co, true);

select pg_temp.expect(call.what, call.outcome, call.expected)
from (values
  ('no such solution', (select outcome from activate_solution(:co, 'none', 'pro', 'es', 15)),
    'solution_not_available'),
  ('no such solution to switch off', (select outcome from deactivate_solution(:co, 'none', 'es')),
    'solution_not_available'),
  ('no such solution to change', (select outcome from change_plan(:co, 'none', 'pro')),
    'solution_not_available'),
  ('nothing to switch off', (select outcome from deactivate_solution(:co, 'store', 'es')),
    'unchanged'),
  ('nothing to change', (select outcome from change_plan(:co, 'store', 'pro')),
    'solution_not_found'),
  ('in use on this plan',
    (select outcome from activate_solution(:co, 'pos', 'emprendedor', 'es', 15)), 'unchanged'),
  ('in use on another', (select outcome from activate_solution(:co, 'pos', 'pro', 'es', 15)),
    'already_active')
) as call (what, outcome, expected);

select pg_temp.expect('a first activation is a trial', outcome, 'activated')
from activate_solution(:co, 'store', 'pro', 'es', 15);
select pg_temp.expect('of fifteen days', (state, trial_ends_at - now(), activated_at),
  ('TRIAL'::text, interval '15 days', now()))
from company_solution where tenant_id = :co and solution = 'store';
select pg_temp.expect('its need stands in its way', (outcome, obstacles),
  ('dependents_active'::text, '[{"kind": "SOLUTION", "id": "store", "name": "Alegra Tienda",
    "role": null}]'::jsonb))
from deactivate_solution(:co, 'invoicing', 'es');
select pg_temp.expect('it goes', outcome, 'deactivated')
from deactivate_solution(:co, 'store', 'es');
select pg_temp.expect('and is available again', pg_temp.has('c1', 'store'), 'AVAILABLE pro');
reset role;
set local role hub_service;
select pg_temp.expect('and its backend finds the company no more',
  (company_has_solution(:co, 'store'), company_has_solution(:co, 'invoicing')), (false, true));
reset role;
set local role hub_app_write;
select pg_temp.expect('going twice is going once', outcome, 'unchanged')
from deactivate_solution(:co, 'store', 'es');
select pg_temp.expect('it comes back to what is left of its trial', outcome, 'activated')
from activate_solution(:co, 'store', 'plus', 'es', 15);
select pg_temp.expect('with no other trial', pg_temp.has('c1', 'store'), 'TRIAL plus');
select pg_temp.expect('a plan makes it active', outcome, 'changed')
from change_plan(:co, 'store', 'plus');
select pg_temp.expect('on that plan', pg_temp.has('c1', 'store'), 'ACTIVE plus');
select pg_temp.expect('the same again is none', outcome, 'unchanged')
from change_plan(:co, 'store', 'plus');
select pg_temp.expect('a role stands in the way of a plan', (outcome, obstacles),
  ('plan_lacks_roles'::text, '[{"kind": "PERSON", "id": "00000000-0000-4000-8000-0000000000a4",
    "name": "Caro", "role": "assistant"}]'::jsonb))
from change_plan(:co, 'invoicing', 'pyme');
select pg_temp.expect('and an invitation does', obstacles -> 1 ->> 'kind', 'INVITATION')
from change_plan(:co, 'payroll', 'pyme');

reset role;
update company_solution set trial_ends_at = now() where tenant_id = :co and solution = 'store';
set local role hub_app_write;
select pg_temp.expect('it goes again', outcome, 'deactivated')
from deactivate_solution(:co, 'store', 'es');
select pg_temp.expect('after its trial it comes back', outcome, 'activated')
from activate_solution(:co, 'store', 'pro', 'es', 15);
select pg_temp.expect('to be read only', pg_temp.has('c1', 'store'), 'READ_ONLY pro');

-- Another company's are nobody's: its row cannot even be held.
select pg_temp.expect('another company is none', outcome, 'solution_not_available')
from activate_solution(:mx, 'pos', 'pro', 'es', 15)
union all select pg_temp.expect('none', outcome, 'solution_not_available')
from deactivate_solution(:mx, 'store', 'es')
union all select pg_temp.expect('none', outcome, 'solution_not_available')
from change_plan(:mx, 'store', 'pro');
select pg_temp.expect('nothing of another company stands', count(*), 0::bigint)
from company_standing(:mx, 'es');
select pg_temp.expect_refusal($$
  insert into company_solution (tenant_id, solution, country_version, plan, state)
  values ('00000000-0000-4000-8000-0000000000c2', 'pos', 'MX', 'pro', 'ACTIVE')$$, '42501');
reset role;
select pg_temp.expect('the other has what it had', pg_temp.has('c2', 'store'), 'ACTIVE plus');
rollback;
