-- A whole company, by the functions of operators: a table that is added later is exported,
-- imported, counted and erased without a line of code; and no role of the server's reaches it.

\ir expect.sql

-- Out of the server's reach -----------------------------------------------------------------------

select pg_temp.expect(
  'no role of the server''s executes what operators do',
  (select string_agg(r.name || ' ' || p.oid::regprocedure, ', ')
   from pg_proc p
   cross join (values ('hub_app'), ('hub_app_read'), ('hub_app_write'), ('hub_auth'),
     ('hub_delivery')) as r (name)
   where p.proname ~ '(tenant|import|^require_operator|^change_country|^tell_of_deletion)'
     and pg_get_userbyid(p.proowner) = 'hub_owner'
     and has_function_privilege(r.name, p.oid, 'execute')),
  null::text);
select pg_temp.expect(
  'no role of the server''s reads a tombstone',
  (select string_agg(r.name || ' ' || w.privilege, ', ')
   from (values ('hub_app'), ('hub_app_read'), ('hub_app_write'), ('hub_auth'),
     ('hub_delivery')) as r (name)
   cross join (values ('select'), ('insert'), ('update'), ('delete')) as w (privilege)
   where has_table_privilege(r.name, 'tenant_tombstone', w.privilege)),
  null::text);

-- Whoever is held by row-level security is told, and not that there is no such company.
begin;
grant execute on function begin_tenant_export(uuid), require_operator() to hub_app_write;
set local role hub_app_write;
select pg_temp.expect_refusal(
  $$select begin_tenant_export('00000000-0000-4000-8000-0000000000c1')$$, 'HB403');
reset role;
set local role hub_owner;
select pg_temp.expect_refusal(
  $$select delete_tenant('00000000-0000-4000-8000-0000000000c1', null, '', null)$$, 'HB403');
select pg_temp.expect_refusal(
  $$select change_country('00000000-0000-4000-8000-0000000000c1', 'MX', true)$$, 'HB403');
select pg_temp.expect_refusal($$select begin_tenant_import()$$, 'HB403');
rollback;

-- A table added later -----------------------------------------------------------------------------

begin;
\ir ../../Migrations/demo/demo.sql

-- Named so that it sorts before what it depends on.
create table added (
  tenant_id uuid not null references company,
  id integer generated always as identity,
  kept_by uuid not null references account,
  seen_by uuid,
  solution text,
  parent integer,
  bytes bytea,
  access_secret text default 'made anew',
  at timestamptz[] not null,
  doubled integer generated always as (parent * 2) stored,
  primary key (tenant_id, id),
  foreign key (tenant_id, solution) references company_solution,
  foreign key (tenant_id, parent) references added
);
create table added_secret (tenant_id uuid primary key references company, hash bytea not null);
comment on column added.access_secret is 'Of the other side. [redacted]';
comment on column added.seen_by is 'Who saw it. [account]';
comment on column added.bytes is 'A picture. [exported]';
comment on table added_secret is 'Nothing but secrets. [redacted]';
insert into added (
  tenant_id, kept_by, seen_by, solution, parent, bytes, access_secret, at)
values
  ('00000000-0000-4000-8000-0000000000c1', '00000000-0000-4000-8000-0000000000a3',
   '00000000-0000-4000-8000-0000000000a4', 'pos', 2, '\x00ff5c27220a', 'marked secret',
   '{2026-01-15 14:00:00.123456+00}'),
  ('00000000-0000-4000-8000-0000000000c1', '00000000-0000-4000-8000-0000000000a1', null, null,
   null, null, 'marked secret', '{}');
insert into added_secret values ('00000000-0000-4000-8000-0000000000c1', 'marked secret');

select pg_temp.expect(
  'a table stands behind those that it points to', string_agg(name, ' ' order by place),
  'company added_secret company_solution added')
from tenant_tables() where name in ('added', 'added_secret', 'company', 'company_solution');

create function pg_temp.exported(tenant uuid, part text) returns text[] language plpgsql as $$
declare
  opened refcursor := 'tenant_rows';
  found_row text;
  all_rows text[] := '{}';
begin
  if part = 'people' then
    perform open_tenant_people(tenant);
  else
    perform open_tenant_rows(tenant, substr(part, 8));
  end if;
  loop
    fetch opened into found_row;
    exit when not found;
    all_rows := all_rows || found_row;
  end loop;
  close opened;
  return all_rows;
end
$$;

create temporary table head as
select begin_tenant_export('00000000-0000-4000-8000-0000000000c1') as head;
select pg_temp.expect(
  'what is left out is said',
  head -> 'redacted' @> '["added.access_secret", "added_secret",
    "integration_connection.sealed_credentials", "invitation.link_id"]',
  true) from head;
create temporary table document as
select part, row - 1 as place, written
from head
cross join lateral (
  select 'people' union all
  select 'tables.' || jsonb_array_elements_text(head -> 'tables')
) as parts (part)
cross join unnest(pg_temp.exported('00000000-0000-4000-8000-0000000000c1', part))
  with ordinality as rows (written, row);
select pg_temp.expect(
  'its rows are exported, by key, bytes in base64', string_agg(written, E'\n' order by place),
  '{"tenant_id":"00000000-0000-4000-8000-0000000000c1","id":1,'
  '"kept_by":"00000000-0000-4000-8000-0000000000a3",'
  '"seen_by":"00000000-0000-4000-8000-0000000000a4","solution":"pos","parent":2,'
  '"bytes":"AP9cJyIK","at":["2026-01-15T14:00:00.123456+00:00"]}' || E'\n'
  '{"tenant_id":"00000000-0000-4000-8000-0000000000c1","id":2,'
  '"kept_by":"00000000-0000-4000-8000-0000000000a1","seen_by":null,"solution":null,'
  '"parent":null,"bytes":null,"at":[]}')
from document where part = 'tables.added';
select pg_temp.expect(
  'whom a key points to is among the people', string_agg(written::json ->> 'email', ' '),
  'ana@ejemplar.example caro@ejemplar.example sofia@pampa.example')
from document where part = 'people';
select pg_temp.expect('nothing secret is in it', string_agg(written, ''), null::text)
from document where written like '%marked secret%' or written like '%scrypt%';

savepoint whole;
create temporary table before as
select 'added' as name, to_jsonb(a) - 'access_secret' as kept from added a
where tenant_id = '00000000-0000-4000-8000-0000000000c1';
select delete_tenant('00000000-0000-4000-8000-0000000000c1', null, 'test', null);
select pg_temp.expect('its rows are gone with the company', count(*), 0::bigint) from added;
select pg_temp.expect('and the secret ones', count(*), 0::bigint) from added_secret;
select pg_temp.expect(
  'the tombstone counts them', (row_counts ->> 'added')::integer, 2)
from tenant_tombstone where id = '00000000-0000-4000-8000-0000000000c1';

-- Back again, where Caro's address is an account of another number by now.
update account set email = 'other@ejemplar.example'
where id = '00000000-0000-4000-8000-0000000000a4';
insert into account (id, email, country)
values ('00000000-0000-4000-8000-00000000aaaa', 'Caro@Ejemplar.example', 'CO');
select begin_tenant_import();
insert into pg_temp.tenant_import (part, place, written) select part, place, written from document;
select import_tenant(
  '00000000-0000-4000-8000-0000000000c1',
  array(select jsonb_array_elements_text(head -> 'tables')), 100000, true)
from head;
select pg_temp.expect(
  'its rows are back, of their numbers; the redacted column has its default',
  jsonb_agg(to_jsonb(a) order by a.id),
  (select jsonb_agg(
     case when b.kept ->> 'seen_by' is null then b.kept else jsonb_set(
       b.kept, '{seen_by}', '"00000000-0000-4000-8000-00000000aaaa"') end
     || '{"access_secret": "made anew"}' order by b.kept -> 'id')
   from before b))
from added a;
rollback to whole;

-- Where something keeps the number, nothing is deleted.
alter table account add remembered jsonb;
update account set remembered = '{"at": ["00000000-0000-4000-8000-0000000000c1"]}'
where id = '00000000-0000-4000-8000-0000000000a3';
select pg_temp.expect_refusal(
  $$select delete_tenant('00000000-0000-4000-8000-0000000000c1', null, '', null)$$, 'HB409');
select pg_temp.expect(
  'and it is said where it stands', place, 'account.remembered')
from tenant_traces('00000000-0000-4000-8000-0000000000c1') where place like 'account.%';

rollback;
