-- What a solution needs to know of a company before it can work, and what a change of the tax
-- number does to connections. What comes out: requirements as data, by country version; connections
-- whose account has to carry the company's own number are flagged when that changes.

set local row_security = on;

set local role hub_owner;

-- Requirements ------------------------------------------------------------------------------------

create table solution_requirement (
  country_version text not null,
  solution text not null,
  path text not null,
  accepted text[] check (accepted <> '{}'),
  primary key (country_version, solution, path),
  foreign key (country_version, solution) references country_solution on delete cascade,
  -- What the form does not show cannot be asked for.
  foreign key (country_version, path) references form_field on update cascade on delete cascade
);

comment on table solution_requirement is
  'What a solution needs to know of a company before it can work in a country version: an invoice '
  'bears the tax number and the address, the payroll of Colombia is reported under a NIT.';
comment on column solution_requirement.country_version is 'The country version.';
comment on column solution_requirement.solution is 'The solution.';
comment on column solution_requirement.path is 'The field of the form that it needs.';
comment on column solution_requirement.accepted is
  'The only values it can work with; null: whatever the form takes.';

insert into solution_requirement (country_version, solution, path)
select version, solution, path
from (values
  -- Accounts are kept in the name of a kind of person, under its tax number and regime.
  ('CO', '{accounting}'::text[], '{kindOfPerson, identification.number, regime}'::text[]),
  ('MX', '{accounting}', '{kindOfPerson, identification.number, regime}'),
  ('CR', '{accounting}', '{kindOfPerson, identification.number, regime}'),
  ('DO', '{accounting}', '{kindOfPerson, identification.number, regime}'),
  ('PE', '{accounting}', '{kindOfPerson, identification.number, regime}'),
  ('PA', '{accounting}', '{kindOfPerson, identification.number}'),
  ('AR', '{accounting}', '{kindOfPerson, identification.number, regime}'),
  ('CL', '{accounting}', '{kindOfPerson, identification.number}'),
  ('ES', '{accounting}', '{kindOfPerson, identification.number, regime}'),
  ('US', '{accounting}', '{kindOfPerson, identification.number}'),
  ('INTL', '{accounting}', '{identification.number}'),
  -- An invoice bears who issues it and from where, as the tax authority wants it.
  ('CO', '{invoicing, pos}', '{identification.number, regime, address.region, address.city,
    address.description}'),
  ('MX', '{invoicing, pos}', '{identification.number, regime, address.street,
    address.neighborhood, address.postalCode}'),
  ('CR', '{invoicing, pos}', '{identification.number, regime, address.region,
    address.municipality, address.district, address.description}'),
  ('DO', '{invoicing, pos}', '{identification.number, address.region, address.municipality,
    address.description}'),
  ('PE', '{invoicing, pos}', '{identification.number, address.region, address.municipality,
    address.district, address.description}'),
  ('PA', '{invoicing, pos}', '{identification.number, address.region, address.municipality,
    address.district, address.description}'),
  ('AR', '{invoicing, pos}', '{identification.number, regime, address.region, address.city,
    address.description}'),
  ('CL', '{invoicing, pos}', '{identification.number, address.region, address.municipality,
    address.description}'),
  ('ES', '{invoicing, pos}', '{identification.number, address.region, address.city,
    address.description, address.postalCode}'),
  ('US', '{invoicing, pos}', '{identification.number, address.street, address.city,
    address.region, address.postalCode}'),
  ('INTL', '{invoicing, pos}', '{identification.number, address.description, address.city}'),
  -- Who employs, before the DIAN.
  ('CO', '{payroll}', '{kindOfPerson, identification.number, regime, address.region,
    address.city, address.description}')
) as need (version, solutions, paths)
cross join unnest(solutions) as solution
cross join unnest(paths) as path;

insert into solution_requirement (country_version, solution, path, accepted) values
  ('CO', 'payroll', 'identification.type', '{NIT}'),
  ('PE', 'invoicing', 'identification.type', '{RUC}'),
  ('PE', 'pos', 'identification.type', '{RUC}');

-- Who buys has to reach who sells.
insert into solution_requirement (country_version, solution, path)
select c.country_version, 'store', path
from country_solution c
cross join unnest(array['email', 'phone']) as path
where c.solution = 'store';

create trigger solution_requirement_changed
after insert or update or delete or truncate on solution_requirement
for each statement execute function catalogue_changed();
grant select on solution_requirement to hub_app;

-- Connections that go by the tax number -----------------------------------------------------------

alter table integration add column needs_same_tax_id boolean not null default false;

comment on column integration.needs_same_tax_id is
  'Whether the company''s account there has to carry its own tax number, as PayU asks.';

update integration set needs_same_tax_id = true where code = 'payu';

-- hub_auth has policies there already, for who leaves.
grant select (tenant_id, integration, state), update (state, failure)
  on integration_connection to hub_auth;
grant select on integration to hub_auth;

reset role;

grant create on schema public to hub_auth;
set local role hub_auth;

create function company_flag_connections() returns trigger
language plpgsql security definer
set search_path = pg_catalog, public, pg_temp
as $$
begin
  update integration_connection c set state = 'ERROR', failure = 'TAX_ID_CHANGED'
  from integration i
  where c.tenant_id = new.tenant_id and c.state = 'CONNECTED' and i.code = c.integration
    and i.needs_same_tax_id;
  return null;
end
$$;

comment on function company_flag_connections() is
  'Trigger: another tax number flags the connections whose account has to carry it; connecting '
  'anew, or checking again, takes the flag away.';

grant execute on function company_flag_connections() to hub_owner;

create or replace function mails_asked_for()
returns table (kind text, subject text, name text, solution text, solution_name text)
language sql stable security definer
set search_path = pg_catalog, public, pg_temp
as $$
  select 'MAIL_SENT', lower(m.address), lower(m.address), null::text, null::text
  from mail m
  where m.created_at = now()
    -- Of the rows that can be seen, only those of this transaction itself are not committed.
    and pg_xact_status((
      pg_current_xact_id()::text::bigint / 4294967296 * 4294967296 + m.xmin::text::bigint
    )::text::xid8) = 'in progress'
$$;

comment on function mails_asked_for() is
  'The mails that this transaction has asked for so far, each as a consequence of it: none of '
  'anybody else''s. Whether somebody has the address is not told: it is in lower case always.';

reset role;
revoke create on schema public from hub_auth;
set local role hub_owner;

create trigger company_flag_connections
after update of identification_type, identification_number, identification_check_digit on company
for each row
when ((old.identification_type, old.identification_number, old.identification_check_digit)
  is distinct from
  (new.identification_type, new.identification_number, new.identification_check_digit))
execute function company_flag_connections();

reset role;
